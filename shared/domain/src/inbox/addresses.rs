//! The address of an outbound message.

use crate::channels::prices::markets::Recipient;
use crate::identities::Bsuid;
use crate::phone::Phone;
use serde::{Deserialize, Serialize};

/// Where a message goes: the phone where it is known, else the user id. Meta takes them in different fields.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Address {
    /// A phone number (`to`).
    Phone(Phone),
    /// A business-scoped user id (`recipient`).
    Bsuid(Bsuid),
}

impl Address {
    /// The recipient, as far as a price depends on it.
    #[must_use]
    pub const fn recipient(&self) -> Recipient<'_> {
        match self {
            Self::Phone(phone) => Recipient::Phone(phone),
            Self::Bsuid(bsuid) => Recipient::User(bsuid),
        }
    }
}
