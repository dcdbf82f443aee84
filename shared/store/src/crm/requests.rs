//! What the idempotency key of a creating request stands for: the digest of its content, and the ID of what it creates.

use crate::reliability::idempotency::KEPT;
use crate::table::client::Put;
use crate::table::expression::Condition;
use crate::table::item::{EXPIRES, item};
use crate::table::keys::WorkKey;
use crate::{StoreError, TenantStore};
use domain::Timestamp;

item! {
    struct CreationItem: "creation" {
        content: String = "bh",
        created: String = "id",
        expires: i64 = "ttl",
    }
}

impl TenantStore<'_> {
    /// Lets the key named by `digest` stand for the creation of `id`, unless it stands for one already. Gives the ID that it
    /// stands for; none if that was of another content.
    pub async fn remember_creation(
        self,
        digest: &str,
        content: &str,
        id: &str,
        now: Timestamp,
    ) -> Result<Option<String>, StoreError> {
        let expires = now.plus(KEPT).seconds();
        let item = CreationItem { content: content.to_owned(), created: id.to_owned(), expires };
        let key = WorkKey::Idempotency(self.tenant, digest.to_owned());
        let over = Condition::below(EXPIRES, &(now.seconds() + 1));
        match self.table().create_over::<CreationItem>(key, &item, Some(over)).await? {
            Put::New => Ok(Some(id.to_owned())),
            Put::Exists(there) => Ok(Some(there.created).filter(|_| there.content == content)),
        }
    }
}
