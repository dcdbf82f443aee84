//! Receipts: that a message of WhatsApp is on record, under which history and id, and its own JSON.
//!
//! A receipt is the deduplication: by number and WhatsApp's id, for ever, whatever time a repetition carries. One that
//! stands never means that the message is stored: a worker may have died after it. Its history and id replace those
//! just worked out, and every later write is tried again. It goes with the message, not before.

use crate::table::client::{Change, Conditional, Put};
use crate::table::encoding::{compress, decompress};
use crate::table::expression::{Condition, Update};
use crate::table::item::item;
use crate::table::keys::InboxKey;
use crate::table::query::Read;
use crate::{StoreError, TenantStore};
use domain::{HistoryId, MessageId, PhoneNumberId, TenantId, Wamid};

/// An item holds 400 KB. JSON that is larger than this when compressed is not kept.
const MOST_JSON: usize = 300 * 1024;

/// A message by WhatsApp's names for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageName {
    /// The business number that it came to.
    pub number: PhoneNumberId,
    /// WhatsApp's id of it.
    pub wamid: Wamid,
}

impl MessageName {
    fn key(&self, tenant: TenantId) -> InboxKey {
        InboxKey::Receipt(tenant, self.number.clone(), self.wamid.clone())
    }
}

/// Where a message of WhatsApp is on record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The history that it stands in.
    pub history: HistoryId,
    /// Its id there, which says when `webhook` first took it.
    pub id: MessageId,
}

/// Which receipt stands after one was put.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReceiptPut {
    /// The one that was put.
    New,
    /// That of an earlier delivery. The message may not be stored all the same.
    Stands(Receipt),
}

/// What a receipt is made from.
#[derive(Clone, Copy, Debug)]
pub struct NewReceipt<'a> {
    /// Whose it is.
    pub name: &'a MessageName,
    /// Where the message is to stand.
    pub receipt: Receipt,
    /// The message's own JSON, as it came.
    pub json: &'a str,
    /// What kind of message it is.
    pub kind: ReceiptKind,
}

/// What a receipt is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReceiptKind {
    /// A message with its content.
    Message,
    /// A placeholder: JSON of the content replaces its own.
    Placeholder,
    /// A reaction, edit or withdrawal. None of these amends another.
    Amendment,
}

item! {
    struct ReceiptItem: "receipt" {
        history: HistoryId = "hm",
        id: MessageId = "id",
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        is_placeholder: bool = "pl" as IS_PLACEHOLDER,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        is_amendment: bool = "am",
        /// The message's own JSON, deflated.
        json?: serde_bytes::ByteBuf = "z" as JSON,
    }
}

impl ReceiptItem {
    const fn receipt(&self) -> Receipt {
        Receipt { history: self.history, id: self.id }
    }
}

impl NewReceipt<'_> {
    fn item(&self) -> Result<ReceiptItem, StoreError> {
        let json = compress(self.json.as_bytes())?;
        Ok(ReceiptItem {
            history: self.receipt.history,
            id: self.receipt.id,
            is_placeholder: self.kind == ReceiptKind::Placeholder,
            is_amendment: self.kind == ReceiptKind::Amendment,
            json: (json.len() <= MOST_JSON).then(|| serde_bytes::ByteBuf::from(json)),
        })
    }

    pub(crate) fn change(&self, tenant: TenantId) -> Result<Change, StoreError> {
        Change::create(self.name.key(tenant), &self.item()?)
    }
}

impl TenantStore<'_> {
    /// Puts a message on record, unless it is.
    pub async fn put_receipt(self, new: &NewReceipt<'_>) -> Result<ReceiptPut, StoreError> {
        let key = new.name.key(self.tenant);
        let item = new.item()?;
        match self.table().create::<ReceiptItem>(&key, &item).await? {
            Put::New => Ok(ReceiptPut::New),
            Put::Exists(there) => {
                if there.is_placeholder && new.kind == ReceiptKind::Message {
                    self.replace_json(key, &item).await?;
                }
                Ok(ReceiptPut::Stands(there.receipt()))
            }
        }
    }

    async fn replace_json(self, key: InboxKey, item: &ReceiptItem) -> Result<(), StoreError> {
        let update =
            Update::at(key).set_or_remove(ReceiptItem::JSON, item.json.as_ref()).remove(ReceiptItem::IS_PLACEHOLDER);
        match self.table().update::<ReceiptItem>(update.when(Condition::is(ReceiptItem::IS_PLACEHOLDER, &true))).await?
        {
            Conditional::Applied(_) | Conditional::Rejected(_) => Ok(()),
        }
    }

    /// Where a message stands, if it is on record.
    pub async fn receipt(self, name: &MessageName) -> Result<Option<Receipt>, StoreError> {
        let item: Option<ReceiptItem> = self.table().get(&name.key(self.tenant), Read::Strong).await?;
        Ok(item.map(|item| item.receipt()))
    }

    /// Where a message stands that can be amended; none if it is not on record or amends another one itself.
    pub async fn amendable(self, name: &MessageName) -> Result<Option<Receipt>, StoreError> {
        let item: Option<ReceiptItem> = self.table().get(&name.key(self.tenant), Read::Strong).await?;
        Ok(item.filter(|item| !item.is_amendment).map(|item| item.receipt()))
    }

    /// The JSON of a message, as WhatsApp wrote it; none if the message is not on record or was too large to keep.
    pub async fn message_json(self, name: &MessageName) -> Result<Option<String>, StoreError> {
        let item: Option<ReceiptItem> = self.table().get(&name.key(self.tenant), Read::Eventual).await?;
        let Some(json) = item.and_then(|item| item.json) else { return Ok(None) };
        let json = decompress(&json)?;
        String::from_utf8(json).map(Some).map_err(|error| StoreError::corrupt("a message's JSON", &error))
    }

    /// Takes a receipt away whose history turned out not to exist.
    pub async fn remove_receipt(self, name: &MessageName) -> Result<(), StoreError> {
        self.table().delete(&name.key(self.tenant)).await
    }
}
