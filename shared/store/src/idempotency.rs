//! What a client's idempotency key stands for: one request, and the send that came of it.

use crate::expression::{Condition, Update};
use crate::keys::Key;
use crate::query::Read;
use crate::table::{Created, Written};
use crate::{Store, StoreError};
use domain::{ConversationId, MessageId, TenantId, Timestamp};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// How long a key stands for its request.
pub const KEPT: Duration = Duration::from_secs(7 * 24 * 3600);

/// What a key stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// A digest of the request's content.
    pub content: String,
    /// In which conversation it sends.
    pub conversation: ConversationId,
    /// The send that it makes.
    pub send: MessageId,
}

#[derive(Serialize, Deserialize)]
struct RequestItem {
    ty: String,
    v: u8,
    bh: String,
    cv: ConversationId,
    id: MessageId,
    #[serde(rename = "ttl")]
    expires: i64,
}

impl Store {
    /// What the key named by `digest` stands for, if it stands for anything.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read.
    pub async fn request(&self, tenant: TenantId, digest: &str, now: Timestamp) -> Result<Option<Request>, StoreError> {
        let key = Key::Idempotency(tenant, digest.to_owned());
        let item: Option<RequestItem> = self.table.get(&key, Read::Strong).await?;
        Ok(item.filter(|item| item.expires > now.seconds()).map(RequestItem::request))
    }

    /// Lets the key named by `digest` stand for `request`, unless it stands for one already: the one that it
    /// stands for is returned either way.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn remember_request(
        &self,
        tenant: TenantId,
        digest: &str,
        request: &Request,
        now: Timestamp,
    ) -> Result<Request, StoreError> {
        let key = Key::Idempotency(tenant, digest.to_owned());
        let item = RequestItem {
            ty: "request".into(),
            v: 1,
            bh: request.content.clone(),
            cv: request.conversation,
            id: request.send,
            expires: now.plus(KEPT).seconds(),
        };
        match self.table.create::<RequestItem>(&key, &item).await? {
            Created::New => Ok(request.clone()),
            Created::There(there) if there.expires > now.seconds() => Ok(there.request()),
            Created::There(expired) => self.replace_request(key, &item, expired.expires).await,
        }
    }

    async fn replace_request(&self, key: Key, item: &RequestItem, expired: i64) -> Result<Request, StoreError> {
        let update = Update::of(key)
            .set("bh", &item.bh)
            .set("cv", &item.cv)
            .set("id", &item.id)
            .set("ttl", &item.expires)
            .when(Condition::is("ttl", &expired));
        match self.table.update::<RequestItem>(update).await? {
            Written::Done(now) | Written::Refused(Some(now)) => Ok(now.request()),
            Written::Refused(None) => Err(StoreError::Conflict),
        }
    }
}

impl RequestItem {
    fn request(self) -> Request {
        Request { content: self.bh, conversation: self.cv, send: self.id }
    }
}
