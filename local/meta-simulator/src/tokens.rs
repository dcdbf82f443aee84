//! The access tokens that there are at "Meta": to which account each gives access, until when, and what it permits.

use crate::error::Error;
use crate::simulator::Simulator;
use crate::storage::tokens;
use domain::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::time::Duration;

/// What is needed to send.
pub(crate) const MESSAGING: &str = "whatsapp_business_messaging";

/// What is needed to read and change an account and its numbers.
pub(crate) const MANAGEMENT: &str = "whatsapp_business_management";

/// An access token of a system user.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AccessToken {
    /// The token itself.
    pub access_token: String,
    /// The account that it gives access to.
    pub waba_id: String,
    /// When it expires; never, if it has no such time.
    pub expires_at: Option<Timestamp>,
    /// What it permits, by Meta's names.
    pub permissions: Vec<String>,
}

/// The token is left out.
impl fmt::Debug for AccessToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccessToken").field("waba_id", &self.waba_id).finish_non_exhaustive()
    }
}

impl AccessToken {
    pub(crate) fn is_expired(&self, now: Timestamp) -> bool {
        self.expires_at.is_some_and(|at| at <= now)
    }

    pub(crate) fn permits(&self, permission: &str) -> bool {
        self.permissions.iter().any(|one| one == permission)
    }
}

/// What is wished of a token; the rest is as Meta makes it by default.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct TokenWish {
    /// The account that it gives access to; the first number's by default.
    pub waba_id: Option<String>,
    /// A token that there is already, which is changed; a new one by default.
    pub access_token: Option<String>,
    /// In how many seconds it expires; never by default. With 0 it is expired.
    pub expires_in_seconds: Option<u64>,
    /// What it permits; all that a number needs by default.
    pub permissions: Option<Vec<String>>,
}

impl Simulator {
    /// Makes a token, or changes one.
    ///
    /// # Errors
    /// If there is no such account, or the database fails.
    pub fn issue_token(&self, wish: TokenWish) -> Result<AccessToken, Error> {
        let waba_id = match (&wish.waba_id, &wish.access_token) {
            (Some(waba_id), _) => waba_id.clone(),
            (None, Some(token)) => {
                self.token(token)?.map_or_else(|| self.first_number().waba_id.clone(), |token| token.waba_id)
            }
            (None, None) => self.first_number().waba_id.clone(),
        };
        if !self.numbers().iter().any(|number| number.waba_id == waba_id) {
            return Err(Error::Invalid(format!("no number belongs to the account {waba_id}")));
        }
        let access_token = match wish.access_token {
            Some(token) => token,
            None => format!("EAAG{}", self.digits("token", 32)?),
        };
        let expires_at = wish.expires_in_seconds.map(|seconds| self.now().plus(Duration::from_secs(seconds)));
        let permissions = wish.permissions.unwrap_or_else(all);
        let token = AccessToken { access_token, waba_id, expires_at, permissions };
        self.storage().write(|connection| tokens::put(connection, &token))?;
        Ok(token)
    }

    /// This token; none if Meta never made it. Those of the numbers are from the start, and do not expire.
    pub(crate) fn token(&self, token: &str) -> Result<Option<AccessToken>, Error> {
        if let Some(issued) = self.storage().read(|connection| tokens::find(connection, token))? {
            return Ok(Some(issued));
        }
        let number = self.numbers().iter().find(|number| number.access_token == token);
        Ok(number.map(|number| AccessToken {
            access_token: token.to_owned(),
            waba_id: number.waba_id.clone(),
            expires_at: None,
            permissions: all(),
        }))
    }
}

fn all() -> Vec<String> {
    vec![MESSAGING.to_owned(), MANAGEMENT.to_owned()]
}
