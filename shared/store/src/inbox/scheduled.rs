//! Messages that are sent later. Until its time has come a message stands in the history alone, at that time, and is due
//! then. No conversation knows of it before it is queued.

use crate::inbox::conversations::append_send;
use crate::inbox::messages::{BodyItem, Split, body_item};
use crate::inbox::outbound_messages::{OutboundItem, Step, due_rank};
use crate::table::client::{Change, Conditional};
use crate::table::expression::{Condition, Update};
use crate::table::item::RANK;
use crate::table::keys::InboxKey;
use crate::{RACES, StoreError, TenantStore};
use domain::inbox::conversations::LastMessage;
use domain::inbox::outbound_messages::{FIRST_SWEEP, OutboundMessage};
use domain::{Actor, Timestamp};

impl TenantStore<'_> {
    /// Writes a new scheduled message. Gives it as it stands then: one that is written already stays as it is.
    pub async fn schedule_send(self, send: &OutboundMessage, by: Actor) -> Result<OutboundMessage, StoreError> {
        match self.table().transact(self.created(send, by)?).await? {
            Conditional::Applied(()) => Ok(send.clone()),
            Conditional::Rejected(_) => {
                let there = self.outbound_message(send.conversation.history, send.id).await?;
                there.ok_or(StoreError::Conflict)
            }
        }
    }

    /// Gives a scheduled message another text. False if it is not scheduled any more.
    pub async fn change_scheduled(self, send: &OutboundMessage) -> Result<bool, StoreError> {
        let split = Split::from_content(&send.content, || send.content.readable())?;
        let update = self
            .scheduled(send)
            .set_or_remove(OutboundItem::CONTENT, split.inline.as_ref())
            .set_or_remove(OutboundItem::PREVIEW, split.preview.as_ref())
            .set_or_remove(OutboundItem::UNLESS_WRITTEN_SINCE, send.unless_written_since.as_ref());
        let body = InboxKey::Body(self.tenant, send.conversation.history, send.id);
        let body = match split.body {
            Some(json) => Change::update(Update::upsert::<BodyItem>(body).set(BodyItem::CONTENT, &json)),
            None => Change::remove_when(body, Vec::new()),
        };
        self.all(vec![Change::update(update), body]).await
    }

    /// Puts `after`, with another time and so another id, in the place of the scheduled message `before`. False if that is
    /// not scheduled any more.
    pub async fn move_scheduled(
        self,
        before: &OutboundMessage,
        after: &OutboundMessage,
        by: Actor,
    ) -> Result<bool, StoreError> {
        let mut changes = vec![Change::update(self.cancelled(before))];
        changes.extend(self.created(after, by)?);
        self.all(changes).await
    }

    /// Cancels a scheduled message. False if it is not scheduled any more.
    pub async fn cancel_scheduled(self, send: &OutboundMessage) -> Result<bool, StoreError> {
        self.step(self.cancelled(send)).await
    }

    /// Queues a scheduled message at `now`, after the last message of its conversation, and tells the conversation: both
    /// or neither. False if it is not scheduled any more.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written, or others keep sending into the conversation.
    pub async fn start_scheduled(
        self,
        send: &OutboundMessage,
        shown: &LastMessage,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        for _ in 0..RACES {
            let Some(conversation) = self.conversation(send.conversation).await? else { return Ok(false) };
            let after = conversation.last_send.filter(|before| *before < send.id);
            let update = self
                .scheduled(send)
                .set(OutboundItem::STEP, &Step::Queued)
                .set(OutboundItem::QUEUED, &now)
                .set_or_remove(OutboundItem::AFTER, after.as_ref())
                .set(RANK, &due_rank(self.tenant, send.id, now.plus(FIRST_SWEEP)));
            let told = append_send(self.tenant, &conversation, shown);
            match self.table().transact(vec![Change::update(update), Change::update(told)]).await {
                Ok(Conditional::Applied(())) => return Ok(true),
                Ok(Conditional::Rejected(_)) | Err(StoreError::Conflict) => {}
                Err(error) => return Err(error),
            }
            let there = self.outbound_message(send.conversation.history, send.id).await?;
            if there.is_none_or(|there| there.state != send.state) {
                return Ok(false);
            }
        }
        Err(StoreError::Conflict)
    }

    fn created(self, send: &OutboundMessage, by: Actor) -> Result<Vec<Change>, StoreError> {
        let history = send.conversation.history;
        let (item, body) = OutboundItem::new(self.tenant, send, by)?;
        let mut changes = vec![Change::create(InboxKey::Entry(self.tenant, history, send.id), &item)?];
        if let Some(body) = body {
            changes.push(Change::create(InboxKey::Body(self.tenant, history, send.id), &body_item(body))?);
        }
        Ok(changes)
    }

    /// A change of a message that is still scheduled.
    fn scheduled(self, send: &OutboundMessage) -> Update {
        let update = Update::at(InboxKey::Entry(self.tenant, send.conversation.history, send.id));
        update.when(Condition::is(OutboundItem::STEP, &Step::Scheduled))
    }

    fn cancelled(self, send: &OutboundMessage) -> Update {
        self.scheduled(send).set(OutboundItem::STEP, &Step::Cancelled).clear_due(self.tenant, send.id)
    }

    /// Writes all or nothing. False if the condition of any failed.
    pub(super) async fn all(self, changes: Vec<Change>) -> Result<bool, StoreError> {
        match self.table().transact(changes).await? {
            Conditional::Applied(()) => Ok(true),
            Conditional::Rejected(_) => Ok(false),
        }
    }
}
