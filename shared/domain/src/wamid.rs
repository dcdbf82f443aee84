//! Names that WhatsApp gives: of a message, and of a business number. Opaque, and never parsed.

use crate::digest;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A name that is empty, or longer than anything WhatsApp gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected 1 to {MAX} characters")]
pub struct InvalidName;

/// Longer than any wamid seen (they run to about 80 characters), short enough for a table key.
const MAX: usize = 512;

/// WhatsApp's ID of a message (`wamid.…`). It embeds a phone number, so Debug shows a digest.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(extend("minLength" = 1, "maxLength" = MAX))]
pub struct Wamid(String);

impl Wamid {
    /// Takes the id as WhatsApp wrote it.
    ///
    /// # Errors
    /// [`InvalidName`] if it is empty or over 512 bytes.
    pub fn parse(text: &str) -> Result<Self, InvalidName> {
        bounded(text).map(Self)
    }

    /// The id as WhatsApp wrote it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands for this id in a log line.
    #[must_use]
    pub fn digest(&self) -> String {
        digest::hex(&[&self.0])
    }
}

impl fmt::Debug for Wamid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Wamid(#{})", &self.digest()[..8])
    }
}

impl TryFrom<String> for Wamid {
    type Error = InvalidName;
    fn try_from(text: String) -> Result<Self, InvalidName> {
        Self::parse(&text)
    }
}

impl From<Wamid> for String {
    fn from(wamid: Wamid) -> Self {
        wamid.0
    }
}

/// Meta's ID of a business phone number, which webhooks are routed by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(extend("minLength" = 1, "maxLength" = MAX))]
pub struct PhoneNumberId(String);

impl PhoneNumberId {
    /// Takes the id as Meta wrote it.
    ///
    /// # Errors
    /// [`InvalidName`] if it is empty or over 512 bytes.
    pub fn parse(text: &str) -> Result<Self, InvalidName> {
        bounded(text).map(Self)
    }

    /// The id as Meta wrote it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for PhoneNumberId {
    type Error = InvalidName;
    fn try_from(text: String) -> Result<Self, InvalidName> {
        Self::parse(&text)
    }
}

impl From<PhoneNumberId> for String {
    fn from(id: PhoneNumberId) -> Self {
        id.0
    }
}

fn bounded(text: &str) -> Result<String, InvalidName> {
    if text.is_empty() || text.len() > MAX { Err(InvalidName) } else { Ok(text.to_owned()) }
}
