//! What WhatsApp tells about the account rather than a message: kept as it came, and listed.

use crate::keys::Key;
use crate::leads::Page;
use crate::table::{Created, Query};
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
    e: String,
}

impl Store {
    /// Keeps a notice. One that is kept already stays as it is.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn put_notice(&self, tenant: TenantId, notice: &Notice) -> Result<(), StoreError> {
        let item = NoticeItem { ty: "notice".into(), v: 1, fi: notice.field.clone(), e: notice.raw.clone() };
        match self.table.create::<NoticeItem>(&Key::Notice(tenant, notice.id), &item).await? {
            Created::New | Created::There(_) => Ok(()),
        }
    }

    /// A page of notices, newest first, below the mark `below`.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read.
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
                items.push(Notice { id, field: notice.fi, raw: notice.e });
            }
        }
        let next = more.and_then(|_| items.last().map(|notice: &Notice| notice.id.to_string()));
        Ok(Page { items, next })
    }
}
