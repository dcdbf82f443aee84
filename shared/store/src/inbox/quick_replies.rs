//! Quick replies of a business: shared ones, and those of each user.

use crate::table::client::{Conditional, Put};
use crate::table::expression::{Condition, Update};
use crate::table::item::item;
use crate::table::keys::{InboxKey, Key, Partition};
use crate::table::query::{Query, Read};
use crate::{StoreError, TenantStore};
use domain::ids::QuickReplyId;
use domain::inbox::quick_replies::{QuickReply, ReplyName, ReplyText};
use domain::{MediaId, UserId};

item! {
    struct QuickReplyItem: "quick_reply" {
        name: String = "nm" as NAME,
        text: String = "tx" as TEXT,
        media?: MediaId = "md" as MEDIA,
        owner?: UserId = "ow" as OWNER,
        revision: u64 = "rv" as REVISION,
    }
}

impl QuickReplyItem {
    fn from_reply(reply: &QuickReply) -> Self {
        Self {
            name: reply.name.as_str().to_owned(),
            text: reply.text.text().as_str().to_owned(),
            media: reply.media,
            owner: reply.owner,
            revision: reply.revision,
        }
    }

    fn reply(self, id: QuickReplyId) -> Result<QuickReply, StoreError> {
        let corrupt = |problem: &str| StoreError::corrupt(id.to_string(), problem);
        let name = ReplyName::parse(&self.name).map_err(|_| corrupt("its name is no name"))?;
        let text = ReplyText::parse(&self.text).map_err(|_| corrupt("its text is no text"))?;
        Ok(QuickReply { id, name, text, media: self.media, owner: self.owner, revision: self.revision })
    }
}

impl TenantStore<'_> {
    /// Every quick reply of the business.
    pub async fn quick_replies(self) -> Result<Vec<QuickReply>, StoreError> {
        let query = Query::partition(&Partition::QuickReplies(self.tenant));
        let mut replies = Vec::new();
        for (key, item) in self.table().list::<QuickReplyItem>(query).await? {
            if let Key::Inbox(InboxKey::QuickReply(_, id)) = key {
                replies.push(item.reply(id)?);
            }
        }
        Ok(replies)
    }

    /// One quick reply.
    pub async fn quick_reply(self, id: QuickReplyId) -> Result<Option<QuickReply>, StoreError> {
        let item: Option<QuickReplyItem> =
            self.table().get(InboxKey::QuickReply(self.tenant, id), Read::Strong).await?;
        item.map(|item| item.reply(id)).transpose()
    }

    /// Writes a new quick reply. The same again changes nothing.
    pub async fn create_quick_reply(self, reply: &QuickReply) -> Result<(), StoreError> {
        let key = InboxKey::QuickReply(self.tenant, reply.id);
        match self.table().create(key, &QuickReplyItem::from_reply(reply)).await? {
            Put::New | Put::Exists(_) => Ok(()),
        }
    }

    /// Writes `after` in the place of `before`. False if somebody changed it since, or it is gone.
    pub async fn change_quick_reply(self, before: &QuickReply, after: &QuickReply) -> Result<bool, StoreError> {
        let item = QuickReplyItem::from_reply(after);
        let update = Update::at(InboxKey::QuickReply(self.tenant, before.id))
            .set(QuickReplyItem::NAME, &item.name)
            .set(QuickReplyItem::TEXT, &item.text)
            .set_or_remove(QuickReplyItem::MEDIA, item.media.as_ref())
            .set_or_remove(QuickReplyItem::OWNER, item.owner.as_ref())
            .set(QuickReplyItem::REVISION, &item.revision)
            .when(Condition::is(QuickReplyItem::REVISION, &before.revision));
        Ok(matches!(self.table().update::<QuickReplyItem>(update).await?, Conditional::Applied(_)))
    }

    /// Deletes a quick reply.
    pub async fn delete_quick_reply(self, id: QuickReplyId) -> Result<(), StoreError> {
        self.table().delete(InboxKey::QuickReply(self.tenant, id)).await
    }
}
