//! What a client's idempotency key stands for: one request, and the message that came of it.

use crate::table::client::{Conditional, Put};
use crate::table::expression::{Condition, Update};
use crate::table::item::{EXPIRES, item};
use crate::table::keys::WorkKey;
use crate::table::query::Read;
use crate::{StoreError, TenantStore};
use domain::{ConversationId, MessageId, Timestamp};
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
    /// The message that it makes.
    pub send: MessageId,
}

item! {
    struct RequestItem: "request" {
        content: String = "bh" as CONTENT,
        conversation: ConversationId = "cv" as CONVERSATION,
        send: MessageId = "id" as SEND,
        expires: i64 = "ttl",
    }
}

impl TenantStore<'_> {
    /// What the key named by `digest` stands for, if it stands for anything.
    pub async fn request(self, digest: &str, now: Timestamp) -> Result<Option<Request>, StoreError> {
        let key = WorkKey::Idempotency(self.tenant, digest.to_owned());
        let item: Option<RequestItem> = self.table().get(&key, Read::Strong).await?;
        Ok(item.filter(|item| item.expires > now.seconds()).map(RequestItem::request))
    }

    /// Lets the key named by `digest` stand for `request`, unless it stands for one already: the one that it
    /// stands for is returned either way.
    pub async fn remember_request(
        self,
        digest: &str,
        request: &Request,
        now: Timestamp,
    ) -> Result<Request, StoreError> {
        let key = WorkKey::Idempotency(self.tenant, digest.to_owned());
        let item = RequestItem {
            content: request.content.clone(),
            conversation: request.conversation,
            send: request.send,
            expires: now.plus(KEPT).seconds(),
        };
        match self.table().create::<RequestItem>(&key, &item).await? {
            Put::New => Ok(request.clone()),
            Put::Exists(there) if there.expires > now.seconds() => Ok(there.request()),
            Put::Exists(expired) => self.replace_request(key, &item, expired.expires).await,
        }
    }

    async fn replace_request(self, key: WorkKey, item: &RequestItem, expired: i64) -> Result<Request, StoreError> {
        let update = Update::at(key)
            .set(RequestItem::CONTENT, &item.content)
            .set(RequestItem::CONVERSATION, &item.conversation)
            .set(RequestItem::SEND, &item.send)
            .set(EXPIRES, &item.expires)
            .when(Condition::is(EXPIRES, &expired));
        match self.table().update::<RequestItem>(update).await? {
            Conditional::Applied(now) | Conditional::Rejected(Some(now)) => Ok(now.request()),
            Conditional::Rejected(None) => Err(StoreError::Conflict),
        }
    }
}

impl RequestItem {
    fn request(self) -> Request {
        Request { content: self.content, conversation: self.conversation, send: self.send }
    }
}
