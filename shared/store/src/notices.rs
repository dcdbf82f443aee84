//! What WhatsApp tells about the account rather than a message: kept as it came, and listed.

use crate::keys::Key;
use crate::leads::Page;
use crate::messages::{compress, decompress};
use crate::query::Query;
use crate::table::Created;
use crate::{Store, StoreError};
use domain::{MessageId, TenantId};
use serde::{Deserialize, Serialize};

/// Something that WhatsApp told.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// Its id, which holds when it reached us.
    pub id: MessageId,
    /// WhatsApp's word for what it is about.
    pub field: String,
    /// The JSON as it came.
    pub raw: String,
}

#[derive(Serialize, Deserialize)]
struct NoticeItem {
    ty: String,
    v: u8,
    fi: String,
    #[serde(with = "serde_bytes")]
    z: Vec<u8>,
}

#[derive(Serialize, Deserialize)]
struct NoticedItem {
    ty: String,
    v: u8,
    id: MessageId,
}

impl Store {
    /// Keeps a notice. The event named by `digest` becomes one notice, however often it comes; gives its id.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written, or the notice is too large for it.
    pub async fn put_notice(&self, tenant: TenantId, digest: &str, notice: &Notice) -> Result<MessageId, StoreError> {
        let noticed = NoticedItem { ty: "noticed".into(), v: 1, id: notice.id };
        let id = match self.table.create::<NoticedItem>(&Key::Noticed(tenant, digest.to_owned()), &noticed).await? {
            Created::New => notice.id,
            Created::There(first) => first.id,
        };
        let z = compress(notice.raw.as_bytes())?;
        let item = NoticeItem { ty: "notice".into(), v: 1, fi: notice.field.clone(), z };
        match self.table.create::<NoticeItem>(&Key::Notice(tenant, id), &item).await? {
            Created::New | Created::There(_) => Ok(id),
        }
    }

    /// A page of notices, newest first, below the mark `below`.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read, or an item of it cannot.
    pub async fn notices(
        &self,
        tenant: TenantId,
        below: Option<MessageId>,
        limit: usize,
    ) -> Result<Page<Notice>, StoreError> {
        let partition = Key::Notice(tenant, MessageId::earliest_at(domain::Timestamp::default())).pk();
        let query = Query::partition(partition).newest_first().limit(limit);
        let query = if let Some(below) = below { query.below(below.bare()) } else { query };
        let (found, more) = self.table.query(&query).await?;
        let mut items = Vec::with_capacity(found.len());
        for item in found {
            if let Key::Notice(_, id) = item.key {
                let notice: NoticeItem = item.read()?;
                let raw = String::from_utf8(decompress(&notice.z)?);
                let raw = raw.map_err(|error| StoreError::corrupt(id.to_string(), &error))?;
                items.push(Notice { id, field: notice.fi, raw });
            }
        }
        let next = more.and_then(|_| items.last().map(|notice: &Notice| notice.id.to_string()));
        Ok(Page { items, next })
    }
}
