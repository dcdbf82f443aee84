//! Wishes to choose a new password.

use crate::keys::Key;
use crate::{Store, StoreError};
use domain::Timestamp;
use domain::ids::ResetId;
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
    /// Lets `link` choose a new password, once, for half an hour from when it was made.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn allow_reset(&self, link: ResetLink) -> Result<(), StoreError> {
        let expires = until(link.id).seconds();
        let item = ResetItem { ty: "reset".into(), v: 1, us: None, expires };
        self.table.put(&Key::Reset(link.tenant, link.user, link.id), &item).await
    }
}

fn until(id: ResetId) -> Timestamp {
    id.at().plus(RESET_LIFETIME)
}
