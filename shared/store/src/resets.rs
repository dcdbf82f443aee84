//! Wishes to choose a new password.

use crate::keys::Key;
use crate::letters;
use crate::table::{Change, Written};
use crate::{Store, StoreError};
use domain::Timestamp;
use domain::ids::ResetId;
use domain::letters::Letter;
use domain::links::{RESET_LIFETIME, ResetLink};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
struct ResetItem {
    ty: String,
    v: u8,
    /// When it was used.
    #[serde(default)]
    us: Option<Timestamp>,
    #[serde(rename = "ttl")]
    expires: i64,
}

impl Store {
    /// Lets `link` choose a new password, once, for half an hour from when it was made, and owes its person the letter
    /// that holds it.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn allow_reset(&self, link: ResetLink) -> Result<(), StoreError> {
        let expires = until(link.id).seconds();
        let item = ResetItem { ty: "reset".into(), v: 1, us: None, expires };
        let reset = Change::create(&Key::Reset(link.tenant, link.user, link.id), &item)?;
        match self.table.together(vec![reset, letters::owed(&Letter::reset(link))?]).await? {
            Written::Done(()) => Ok(()),
            Written::Refused(_) => Err(StoreError::Conflict),
        }
    }
}

fn until(id: ResetId) -> Timestamp {
    id.at().plus(RESET_LIFETIME)
}
