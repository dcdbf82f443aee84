//! People who sign in.

use crate::ids::{TenantId, UserId};
use crate::personal::Text;
use crate::words::words;
use serde::{Deserialize, Serialize};
use std::fmt;

words! {
    /// What a person may do. Which role may do what is a table of permissions, not an order.
    Role {
        /// Owns the account.
        Owner = "owner",
        /// Manages people and settings.
        Admin = "admin",
        /// Writes templates and campaigns.
        Marketer = "marketer",
        /// Answers customers.
        Agent = "agent",
        /// Looks on.
        Viewer = "viewer",
    }
}

/// A person who signs in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// Its id.
    pub id: UserId,
    /// The business they belong to.
    pub tenant: TenantId,
    /// What they may do.
    pub role: Role,
    /// Their name.
    pub name: Text,
    /// Their address.
    pub email: Email,
}

/// An e-mail address that is not one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected an e-mail address such as owner@example.com")]
pub struct InvalidEmail;

/// An e-mail address, in lower case. Debug masks it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Email(String);

impl Email {
    /// Reads an address; case and surrounding space do not matter.
    ///
    /// # Errors
    /// [`InvalidEmail`] unless it has one `@` with something on both sides, no white space, and at most 254 bytes.
    pub fn parse(text: &str) -> Result<Self, InvalidEmail> {
        let email = text.trim().to_lowercase();
        let both = email
            .split_once('@')
            .is_some_and(|(name, host)| !name.is_empty() && !host.is_empty() && !host.contains('@'));
        let plain = !email.chars().any(|c| c.is_whitespace() || c.is_control());
        if both && plain && email.len() <= 254 { Ok(Self(email)) } else { Err(InvalidEmail) }
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Email(***)")
    }
}

impl TryFrom<String> for Email {
    type Error = InvalidEmail;
    fn try_from(text: String) -> Result<Self, InvalidEmail> {
        Self::parse(&text)
    }
}

impl From<Email> for String {
    fn from(email: Email) -> Self {
        email.0
    }
}
