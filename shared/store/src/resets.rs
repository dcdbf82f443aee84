//! Wishes to choose a new password.

use crate::keys::Key;
use crate::table::{Change, Written};
use crate::{Store, StoreError};
use crate::{audit, letters};
use domain::Timestamp;
use domain::audit::Entry;
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
    /// that holds it. `entry` says so; `exists` says whether there is such a person: as much is written for nobody.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn allow_reset(&self, link: ResetLink, entry: &Entry, exists: bool) -> Result<(), StoreError> {
        let expires = until(link.id).seconds();
        let item = ResetItem { ty: "reset".into(), v: 1, us: None, expires };
        let reset = Change::create(&Key::Reset(link.tenant, link.user, link.id), &item)?;
        let said =
            if exists { audit::written(link.tenant, entry)? } else { audit::written_for_nobody(link.tenant, entry)? };
        match self.table.together(vec![reset, letters::owed(&Letter::reset(link))?, said]).await? {
            Written::Done(()) => Ok(()),
            Written::Refused(_) => Err(StoreError::Conflict),
        }
    }
}

fn until(id: ResetId) -> Timestamp {
    id.at().plus(RESET_LIFETIME)
}
