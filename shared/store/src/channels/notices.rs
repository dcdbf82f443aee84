//! What WhatsApp tells about the account rather than a message: kept as it came, and listed.

use crate::table::client::Put;
use crate::table::encoding::{compress, decompress};
use crate::table::item::item;
use crate::table::keys::{ChannelsKey, Key, Partition};
use crate::table::page::Page;
use crate::table::query::{Query, Read};
use crate::{Store, StoreError, TenantStore};
use domain::{MessageId, Timestamp};

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

item! {
    struct NoticeItem: "notice" {
        field: String = "fi",
        /// The JSON, deflated.
        #[serde(with = "serde_bytes")]
        compressed: Vec<u8> = "z",
    }
}

item! {
    struct NoticedItem: "noticed" {
        id: MessageId = "id",
    }
}

item! {
    /// When the newest test of Meta's dashboard came.
    struct DashboardTestItem: "dashboard_test" {
        at: Timestamp = "at",
    }
}

impl Store {
    /// Writes down that a test of Meta's dashboard came at `at`. Its number is nobody's, so it belongs to no business.
    pub async fn dashboard_test_came(&self, at: Timestamp) -> Result<(), StoreError> {
        self.table.put(ChannelsKey::DashboardTest, &DashboardTestItem { at }).await
    }

    /// When the newest test of Meta's dashboard came; none if none did.
    pub async fn dashboard_test(&self) -> Result<Option<Timestamp>, StoreError> {
        let item: Option<DashboardTestItem> = self.table.get(ChannelsKey::DashboardTest, Read::Eventual).await?;
        Ok(item.map(|item| item.at))
    }
}

impl TenantStore<'_> {
    /// Keeps a notice. The event named by `digest` becomes one notice, however often it comes; gives its id.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written, or the notice is too large for it.
    pub async fn put_notice(self, digest: &str, notice: &Notice) -> Result<MessageId, StoreError> {
        let noticed = NoticedItem { id: notice.id };
        let id = match self
            .table()
            .create::<NoticedItem>(ChannelsKey::Noticed(self.tenant, digest.to_owned()), &noticed)
            .await?
        {
            Put::New => notice.id,
            Put::Exists(first) => first.id,
        };
        let compressed = compress(notice.raw.as_bytes())?;
        let item = NoticeItem { field: notice.field.clone(), compressed };
        match self.table().create::<NoticeItem>(ChannelsKey::Notice(self.tenant, id), &item).await? {
            Put::New | Put::Exists(_) => Ok(id),
        }
    }

    /// A page of notices, newest first, below the mark `below`.
    pub async fn notices(self, below: Option<MessageId>, limit: usize) -> Result<Page<Notice>, StoreError> {
        let query = Query::partition(&Partition::Notices(self.tenant)).newest_first().limit(limit);
        let query = if let Some(below) = below { query.below(below.ulid_str()) } else { query };
        let (found, more) = self.table().query(&query).await?;
        let mut items = Vec::with_capacity(found.len());
        for item in found {
            if let Key::Channels(ChannelsKey::Notice(_, id)) = item.key {
                let notice: NoticeItem = item.read()?;
                let raw = String::from_utf8(decompress(&notice.compressed)?);
                let raw = raw.map_err(|error| StoreError::corrupt(id.to_string(), &error))?;
                items.push(Notice { id, field: notice.field, raw });
            }
        }
        let next = more.and_then(|_| items.last().map(|notice: &Notice| notice.id.to_string()));
        Ok(Page { items, next })
    }
}
