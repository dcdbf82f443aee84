//! The business numbers that there are at "Meta", each with its account and the token that gives access to it; and which
//! accounts have their webhooks posted.

use crate::config::Config;
use crate::error::Error;
use crate::simulator::Simulator;
use crate::storage::subscriptions;
use rusqlite::Connection;
use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::fmt;

/// The status of a number that may send.
const CONNECTED: &str = "CONNECTED";

/// A business number.
#[derive(Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct BusinessNumber {
    /// Its id.
    pub phone_number_id: String,
    /// The id of its account.
    pub waba_id: String,
    /// The Bearer token that gives access to it.
    pub access_token: String,
    /// The number, digits only.
    pub display_phone_number: String,
    /// The name that customers see.
    pub verified_name: String,
    /// `CONNECTED`, or `PENDING` until it is registered.
    pub status: String,
}

impl BusinessNumber {
    /// Two numbers of a second account, to connect by hand and in tests: one that works, and one that is not registered.
    /// Their token follows from `seed`.
    #[must_use]
    pub fn spare(seed: &str) -> Vec<Self> {
        let digest = hex::encode(Sha256::digest(format!("spare/{seed}").as_bytes()));
        let spare = |phone_number_id: &str, display: &str, name: &str, status: &str| Self {
            phone_number_id: phone_number_id.to_owned(),
            waba_id: "102290129340399".to_owned(),
            access_token: format!("EAAG{}", &digest[..32]),
            display_phone_number: display.to_owned(),
            verified_name: name.to_owned(),
            status: status.to_owned(),
        };
        vec![
            spare("106540352242933", "15550783882", "Leadwire Second", CONNECTED),
            spare("106540352242944", "15550783883", "Leadwire Third", "PENDING"),
        ]
    }

    /// The number that the simulator was made for.
    pub(crate) fn first(config: &Config) -> Self {
        Self {
            phone_number_id: config.phone_number_id.clone(),
            waba_id: config.waba_id.clone(),
            access_token: config.access_token.clone(),
            display_phone_number: config.display_phone_number.clone(),
            verified_name: config.verified_name.clone(),
            status: CONNECTED.to_owned(),
        }
    }

    /// Whether it may send.
    pub(crate) fn is_registered(&self) -> bool {
        self.status == CONNECTED
    }
}

/// The token is left out.
impl fmt::Debug for BusinessNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BusinessNumber")
            .field("phone_number_id", &self.phone_number_id)
            .field("waba_id", &self.waba_id)
            .finish_non_exhaustive()
    }
}

impl Simulator {
    /// The number with this id, or with these digits.
    pub(crate) fn number(&self, key: &str) -> Option<&BusinessNumber> {
        self.numbers().iter().find(|number| number.phone_number_id == key || number.display_phone_number == key)
    }

    /// The number with this ID, or with these digits.
    ///
    /// # Errors
    /// If there is none.
    pub(crate) fn known_number(&self, key: &str) -> Result<&BusinessNumber, Error> {
        self.number(key.trim_start_matches('+')).ok_or_else(|| Error::NoSuchNumber(key.to_owned()))
    }

    /// Whether a message with this ID of a number in its row is of `number`. Rows from before there were several numbers
    /// are of the first.
    pub(crate) fn is_of(&self, number: &BusinessNumber, row: &str) -> bool {
        let id = if row.is_empty() { &self.first_number().phone_number_id } else { row };
        id == number.phone_number_id
    }

    /// The number that a webhook's `value` is about; the first where it names none.
    pub(crate) fn number_of(&self, value: &Value) -> &BusinessNumber {
        let named = value["metadata"]["phone_number_id"].as_str();
        named.and_then(|id| self.number(id)).unwrap_or_else(|| self.first_number())
    }

    /// Whether the account's webhooks are posted. Those of the first number are from the start.
    ///
    /// # Errors
    /// If the database fails.
    pub fn is_subscribed(&self, waba_id: &str) -> Result<bool, Error> {
        self.storage().read(|connection| self.is_subscribed_in(connection, waba_id))
    }

    pub(crate) fn is_subscribed_in(&self, connection: &Connection, waba_id: &str) -> Result<bool, Error> {
        let said = subscriptions::find(connection, waba_id)?;
        Ok(said.unwrap_or(waba_id == self.first_number().waba_id))
    }

    /// Has the account's webhooks posted, or posted no more.
    ///
    /// # Errors
    /// If the database fails.
    pub fn subscribe(&self, waba_id: &str, subscribed: bool) -> Result<(), Error> {
        self.storage().write(|connection| subscriptions::put(connection, waba_id, subscribed))
    }
}
