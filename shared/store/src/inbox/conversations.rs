//! Conversations: written as maxima, listed by last activity.
//!
//! A change is first tried without a read, under the condition that it is newer in every respect. Where that
//! does not hold, the conversation that the refusal brings is folded in `domain`, and written under its revision.

use crate::inbox::messages::ReceivedItem;
use crate::table::client::{Change, Conditional};
use crate::table::expression::{Condition, Update};
use crate::table::item::{LIST, RANK, WAITING_LIST, WAITING_RANK, item};
use crate::table::keys::{self, InboxKey, Key, List, Partition};
use crate::table::query::{Query, Read};
use crate::{RACES, StoreError, TenantStore};
use domain::inbox::conversations::{Conversation, ConversationStatus, LastMessage, Profile, Received};
use domain::inbox::history::Event;
use domain::{Assignee, ConversationId, Direction, LeadId, MessageId, TenantId, Text, Timestamp, digest};

item! {
    #[derive(Clone)]
    pub(crate) struct ConversationItem: "conversation" {
        lead: LeadId = "ld" as LEAD,
        status: ConversationStatus = "st" as STATUS,
        /// Counts every change.
        revision: u64 = "rv" as REVISION,
        /// Whether the next message has to look at the lead's stage.
        stage_open: bool = "so" as STAGE_OPEN,
        /// The newest message.
        last?: MessageId = "lm" as LAST,
        last_direction?: Direction = "li" as LAST_DIRECTION,
        last_kind?: String = "lk" as LAST_KIND,
        last_preview?: Text = "lp" as LAST_PREVIEW,
        /// The event that told the profile.
        profile_told_by?: MessageId = "pb" as PROFILE_TOLD_BY,
        profile_name?: Text = "pn" as PROFILE_NAME,
        profile_username?: Text = "pu" as PROFILE_USERNAME,
        /// The latest arrival.
        arrived?: Timestamp = "ar" as ARRIVED,
        customer_wrote?: Timestamp = "cw" as CUSTOMER_WROTE,
        customer_called?: Timestamp = "cc" as CUSTOMER_CALLED,
        /// The arrival up to which it is read.
        read_at?: Timestamp = "ra" as READ_AT,
        last_read?: Timestamp = "lr" as LAST_READ,
        /// Whether a user has marked it as unread since.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        marked_unread: bool = "mu" as MARKED_UNREAD,
        /// Our last message.
        last_send?: MessageId = "ls" as LAST_SEND,
        /// Who answers it. Projected into GSI1.
        assignee?: Assignee = "assignee" as ASSIGNEE,
        snoozed_until?: Timestamp = "su" as SNOOZED_UNTIL,
        /// Only while it is closed or snoozed.
        set_aside?: Timestamp = "sa" as SET_ASIDE,
        waiting_since?: Timestamp = "ws" as WAITING_SINCE,
        settled?: Timestamp = "se" as SETTLED,
        /// Whether its lead was deleted.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        lead_deleted: bool = "dl" as LEAD_DELETED,
        list: String = "GSI1PK",
        rank: String = "GSI1SK",
        /// Whose list of waiting conversations it stands in: only while it is open.
        waiting_list?: String = "GSI3PK",
        /// Its place there: only while something waits.
        waiting_rank?: String = "GSI3SK",
    }
}

impl ConversationItem {
    pub(crate) fn from_conversation(tenant: TenantId, conversation: &Conversation, revision: u64) -> Self {
        Self {
            lead: conversation.lead,
            status: conversation.status,
            revision,
            stage_open: conversation.stage_open,
            last: conversation.last.as_ref().map(|last| last.id),
            last_direction: conversation.last.as_ref().map(|last| last.direction),
            last_kind: conversation.last.as_ref().map(|last| last.kind.clone()),
            last_preview: conversation.last.as_ref().map(|last| last.preview.clone()),
            profile_told_by: conversation.profile.as_ref().map(|profile| profile.told_by),
            profile_name: conversation.profile.as_ref().and_then(|profile| profile.name.clone()),
            profile_username: conversation.profile.as_ref().and_then(|profile| profile.username.clone()),
            arrived: conversation.arrived,
            customer_wrote: conversation.customer_wrote,
            customer_called: conversation.customer_called,
            read_at: conversation.read_at,
            last_read: conversation.last_read,
            marked_unread: conversation.marked_unread,
            last_send: conversation.last_send,
            assignee: conversation.assignee,
            snoozed_until: conversation.snoozed_until,
            set_aside: conversation.set_aside,
            waiting_since: conversation.waiting_since,
            settled: conversation.settled,
            lead_deleted: conversation.lead_deleted,
            list: if conversation.lead_deleted {
                List::HiddenInbox(tenant).pk()
            } else {
                List::Inbox(tenant, conversation.status, conversation.assignee).pk()
            },
            rank: rank(conversation),
            waiting_list: (conversation.status == ConversationStatus::Open && !conversation.lead_deleted)
                .then(|| List::Waiting(tenant, conversation.assignee).pk()),
            waiting_rank: conversation.waiting_since.map(|since| waiting_rank(since, conversation.id)),
        }
    }

    pub(crate) fn conversation(self, id: ConversationId) -> Conversation {
        let last = self.last.map(|id| LastMessage {
            id,
            direction: self.last_direction.unwrap_or(Direction::In),
            kind: self.last_kind.unwrap_or_default(),
            preview: self.last_preview.unwrap_or_default(),
        });
        let profile = self.profile_told_by.map(|told_by| Profile {
            told_by,
            name: self.profile_name,
            username: self.profile_username,
        });
        Conversation {
            id,
            lead: self.lead,
            status: self.status,
            last,
            profile,
            arrived: self.arrived,
            customer_wrote: self.customer_wrote,
            customer_called: self.customer_called,
            read_at: self.read_at,
            last_read: self.last_read,
            marked_unread: self.marked_unread,
            last_send: self.last_send,
            stage_open: self.stage_open,
            assignee: self.assignee,
            snoozed_until: self.snoozed_until,
            set_aside: self.set_aside,
            waiting_since: self.waiting_since,
            settled: self.settled,
            lead_deleted: self.lead_deleted,
        }
    }
}

fn rank(conversation: &Conversation) -> String {
    match &conversation.last {
        Some(last) => rank_by(last.id, conversation.id),
        None => keys::rank(
            conversation.id.history.at(),
            &format!("{}{}", conversation.id.history.ulid_str(), conversation.id.channel.ulid_str()),
        ),
    }
}

/// The place of a conversation in its list: by its newest message, whose id orders messages of one second too.
fn rank_by(last: MessageId, id: ConversationId) -> String {
    keys::rank(last.at(), &format!("{}{}{}", last.ulid_str(), id.history.ulid_str(), id.channel.ulid_str()))
}

/// The place of a conversation among those that wait.
fn waiting_rank(since: Timestamp, id: ConversationId) -> String {
    keys::rank(since, &format!("{}{}", id.history.ulid_str(), id.channel.ulid_str()))
}

/// Which of a conversation's changes was the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Revision(pub(crate) u64);

impl TenantStore<'_> {
    /// One conversation.
    pub async fn conversation(self, id: ConversationId) -> Result<Option<Conversation>, StoreError> {
        Ok(self.conversation_to_change(id).await?.map(|(conversation, _)| conversation))
    }

    /// Many conversations, in no order; those that do not exist are left out.
    pub async fn conversations(self, ids: &[ConversationId]) -> Result<Vec<Conversation>, StoreError> {
        self.conversations_by_key(ids, Read::Eventual).await
    }

    /// The same as they stand this moment: for whoever decides by them what is changed or shown.
    pub async fn conversations_now(self, ids: &[ConversationId]) -> Result<Vec<Conversation>, StoreError> {
        self.conversations_by_key(ids, Read::Strong).await
    }

    /// The same, read as `how` says.
    async fn conversations_by_key(self, ids: &[ConversationId], how: Read) -> Result<Vec<Conversation>, StoreError> {
        let keys: Vec<_> = ids.iter().map(|id| InboxKey::Conversation(self.tenant, *id)).collect();
        let mut conversations = Vec::with_capacity(keys.len());
        for item in self.table().get_all(&keys, how).await? {
            if let Key::Inbox(InboxKey::Conversation(_, id)) = item.key {
                conversations.push(item.read::<ConversationItem>()?.conversation(id));
            }
        }
        Ok(conversations)
    }

    /// Tells the conversation that something of the customer was received. One that opens the conversation again leaves
    /// a line in the history. Gives the conversation as it is then; none if there is no such conversation. May be
    /// repeated, in any order.
    pub async fn receive(self, id: ConversationId, received: &Received) -> Result<Option<Conversation>, StoreError> {
        let mut attempt = receive_newest(self.tenant, id, received);
        for _ in 0..RACES {
            let item = match self.table().update::<ConversationItem>(attempt).await? {
                Conditional::Applied(item) => return Ok(Some(item.conversation(id))),
                Conditional::Rejected(None) => return Ok(None),
                Conditional::Rejected(Some(item)) => item,
            };
            let revision = item.revision;
            let before = item.conversation(id);
            let after = before.after(received);
            if after == before {
                return Ok(Some(before));
            }
            attempt = replace_with(self.tenant, &after, revision);
            if before.status != after.status {
                let line = MessageId::at_moment(received.arrived, digest::bits80(&["opened", &received.id.ulid_str()]));
                let event = Event::StatusChanged {
                    channel: id.channel,
                    from: before.status,
                    to: after.status,
                    until: None,
                    by: None,
                };
                let changes = vec![
                    Change::update(attempt),
                    crate::inbox::messages::event(self.tenant, id.history, line, &event)?,
                ];
                match self.table().transact(changes).await {
                    Ok(Conditional::Applied(())) => return Ok(Some(after)),
                    Ok(Conditional::Rejected(_)) | Err(StoreError::Conflict) => {}
                    Err(error) => return Err(error),
                }
                attempt = receive_newest(self.tenant, id, received);
            }
        }
        Err(StoreError::Conflict)
    }

    /// Tells the conversation that the customer called at `at`, or took a call of the business. Gives the
    /// conversation as it is then; none if there is no such conversation. May be repeated, in any order.
    pub async fn record_call(self, id: ConversationId, at: Timestamp) -> Result<Option<Conversation>, StoreError> {
        let latest = Update::at(InboxKey::Conversation(self.tenant, id))
            .set(ConversationItem::CUSTOMER_CALLED, &at)
            .count_up(ConversationItem::REVISION)
            .when(Condition::exists())
            .when(Condition::below(ConversationItem::CUSTOMER_CALLED, &at));
        self.change_conversation(id, latest, |conversation| conversation.called(at)).await
    }

    /// Marks the conversation as unread, until a user reads it. None if there is no such conversation.
    pub async fn mark_unread(self, id: ConversationId) -> Result<Option<Conversation>, StoreError> {
        let marked = Update::at(InboxKey::Conversation(self.tenant, id))
            .set(ConversationItem::MARKED_UNREAD, &true)
            .count_up(ConversationItem::REVISION)
            .when(Condition::exists())
            .when(Condition::absent(ConversationItem::MARKED_UNREAD));
        self.change_conversation(id, marked, Conversation::marked_as_unread).await
    }

    /// Adds to the conversation a message that the business wrote with WhatsApp's own app, and gives the conversation as
    /// it stands then; none if there is none. May be repeated, in any order.
    pub async fn append_echo(
        self,
        id: ConversationId,
        message: &LastMessage,
    ) -> Result<Option<Conversation>, StoreError> {
        for _ in 0..RACES {
            let Some((before, revision)) = self.conversation_to_change(id).await? else { return Ok(None) };
            let after = before.wrote_elsewhere(message);
            if after == before || self.replace_conversation(&after, revision).await? {
                return Ok(Some(after));
            }
        }
        Err(StoreError::Conflict)
    }

    /// Shows a message of a phone's past as the conversation's last, if it is the newest. Nothing else changes. None if there
    /// is no such conversation.
    pub async fn append_past(
        self,
        id: ConversationId,
        message: &LastMessage,
    ) -> Result<Option<Conversation>, StoreError> {
        for _ in 0..RACES {
            let Some((before, revision)) = self.conversation_to_change(id).await? else { return Ok(None) };
            let after = before.with_past(message);
            if after == before || self.replace_conversation(&after, revision).await? {
                return Ok(Some(after));
            }
        }
        Err(StoreError::Conflict)
    }

    /// One conversation, and its revision.
    pub async fn conversation_to_change(
        self,
        id: ConversationId,
    ) -> Result<Option<(Conversation, Revision)>, StoreError> {
        let item: Option<ConversationItem> =
            self.table().get(InboxKey::Conversation(self.tenant, id), Read::Strong).await?;
        Ok(item.map(|item| {
            let revision = Revision(item.revision);
            (item.conversation(id), revision)
        }))
    }

    /// Writes `conversation`, unless it was changed since it had `revision`; true if it was written.
    pub async fn replace_conversation(
        self,
        conversation: &Conversation,
        revision: Revision,
    ) -> Result<bool, StoreError> {
        let written =
            self.table().update::<ConversationItem>(replace_with(self.tenant, conversation, revision.0)).await?;
        Ok(matches!(written, Conditional::Applied(_)))
    }

    /// How many messages nobody has read, counted up to `most`.
    pub async fn unread(self, conversation: &Conversation, most: usize) -> Result<usize, StoreError> {
        if !conversation.has_unread_messages() {
            return Ok(0);
        }
        let from = conversation.unread_since();
        let to = Timestamp::from_millis(i64::MAX);
        let (low, high) = keys::history_between(from, to);
        let mut query = Query::partition(&Partition::History(self.tenant, conversation.id.history))
            .between(low, high)
            .only(Condition::is(ReceivedItem::OPENS_WINDOW, &true))
            .only(Condition::is(ReceivedItem::CHANNEL, &conversation.id.channel));
        if let Some(read_at) = conversation.read_at {
            query = query.only(Condition::above(ReceivedItem::ARRIVED, &read_at));
        }
        self.table().count(&query, most).await
    }

    pub(crate) async fn change_conversation(
        self,
        id: ConversationId,
        first_try: Update,
        fold: impl Fn(&Conversation) -> Conversation,
    ) -> Result<Option<Conversation>, StoreError> {
        let mut attempt = first_try;
        for _ in 0..RACES {
            let item: ConversationItem = match self.table().update(attempt).await? {
                Conditional::Applied(item) => return Ok(Some(ConversationItem::conversation(item, id))),
                Conditional::Rejected(None) => return Ok(None),
                Conditional::Rejected(Some(item)) => item,
            };
            let revision = item.revision;
            let before = item.conversation(id);
            let after = fold(&before);
            if after == before {
                return Ok(Some(before));
            }
            attempt = replace_with(self.tenant, &after, revision);
        }
        Err(StoreError::Conflict)
    }
}

/// The update where the event is the newest in every respect: no read is needed.
fn receive_newest(tenant: TenantId, id: ConversationId, received: &Received) -> Update {
    let mut update =
        Update::at(InboxKey::Conversation(tenant, id)).count_up(ConversationItem::REVISION).when(Condition::exists());
    if let Some(profile) = &received.profile {
        update = update
            .set(ConversationItem::PROFILE_TOLD_BY, &profile.told_by)
            .set_or_remove(ConversationItem::PROFILE_NAME, profile.name.as_ref())
            .set_or_remove(ConversationItem::PROFILE_USERNAME, profile.username.as_ref())
            .when(Condition::below(ConversationItem::PROFILE_TOLD_BY, &profile.told_by));
    }
    if let Some(shown) = &received.shown {
        update = set_last(id, update, shown)
            .set(ConversationItem::ARRIVED, &received.arrived)
            .set(ConversationItem::CUSTOMER_WROTE, &received.written())
            .set_once(ConversationItem::WAITING_SINCE, &received.written())
            .set_once(WAITING_RANK, &waiting_rank(received.written(), id))
            .when(Condition::absent(ConversationItem::SET_ASIDE))
            .when(Condition::below(ConversationItem::SETTLED, &received.arrived))
            .when(Condition::below(ConversationItem::LAST, &shown.id))
            .when(Condition::at_most(ConversationItem::ARRIVED, &received.arrived))
            .when(Condition::at_most(ConversationItem::CUSTOMER_WROTE, &received.written()));
    }
    update
}

/// The update by which a conversation belongs to the lead `to` in the place of `from`.
pub(crate) fn repoint(tenant: TenantId, id: ConversationId, from: LeadId, to: LeadId, stage_open: bool) -> Update {
    Update::at(InboxKey::Conversation(tenant, id))
        .set(ConversationItem::LEAD, &to)
        .set(ConversationItem::STAGE_OPEN, &stage_open)
        .count_up(ConversationItem::REVISION)
        .when(Condition::is(ConversationItem::LEAD, &from))
}

/// The update by which `conversation` learns of a message that comes right after its last one. Where the customer has
/// written since `conversation` was read, it is refused.
pub(crate) fn append_send(tenant: TenantId, conversation: &Conversation, send: &LastMessage) -> Update {
    let update = Update::at(InboxKey::Conversation(tenant, conversation.id))
        .set(ConversationItem::LAST_SEND, &send.id)
        .count_up(ConversationItem::REVISION)
        .when(Condition::exists());
    let update = update.when(Condition::is_still(ConversationItem::LAST_SEND, conversation.last_send.as_ref()));
    let answered = conversation.answered(send.at());
    let at = send.at();
    let update = update.set_or_remove(ConversationItem::SETTLED, answered.settled.as_ref());
    let update = match (answered.waiting_since, conversation.arrived) {
        (Some(since), Some(arrived)) => update
            .set(ConversationItem::WAITING_SINCE, &since)
            .set(WAITING_RANK, &waiting_rank(since, conversation.id))
            .when(Condition::is(ConversationItem::ARRIVED, &arrived)),
        (_, Some(arrived)) if arrived > at => update.when(Condition::is(ConversationItem::ARRIVED, &arrived)),
        (Some(_) | None, _) => update
            .remove(ConversationItem::WAITING_SINCE)
            .remove(WAITING_RANK)
            .when(Condition::at_most(ConversationItem::ARRIVED, &at)),
    };
    if conversation.last.as_ref().is_some_and(|last| last.id > send.id) {
        return update;
    }
    set_last(conversation.id, update, send).when(Condition::below(ConversationItem::LAST, &send.id))
}

/// The update by which `conversation` counts a message that no list shows: later sends come after it, and nothing else
/// changes.
pub(crate) fn append_unseen(tenant: TenantId, conversation: &Conversation, send: MessageId) -> Update {
    let update = Update::at(InboxKey::Conversation(tenant, conversation.id))
        .set(ConversationItem::LAST_SEND, &send)
        .count_up(ConversationItem::REVISION)
        .when(Condition::exists());
    update.when(match &conversation.last_send {
        Some(before) => Condition::is(ConversationItem::LAST_SEND, before),
        None => Condition::absent(ConversationItem::LAST_SEND),
    })
}

fn set_last(id: ConversationId, update: Update, last: &LastMessage) -> Update {
    let place = rank_by(last.id, id);
    update
        .set(ConversationItem::LAST, &last.id)
        .set(ConversationItem::LAST_DIRECTION, &last.direction)
        .set(ConversationItem::LAST_KIND, &last.kind)
        .set(ConversationItem::LAST_PREVIEW, &last.preview)
        .set(RANK, &place)
}

/// The update that writes every fact of `conversation`, if nobody has changed it since `revision`.
pub(crate) fn replace_with(tenant: TenantId, conversation: &Conversation, revision: u64) -> Update {
    let item = ConversationItem::from_conversation(tenant, conversation, revision + 1);
    Update::at(InboxKey::Conversation(tenant, conversation.id))
        .set(ConversationItem::REVISION, &item.revision)
        .set(ConversationItem::STAGE_OPEN, &item.stage_open)
        .set_or_remove(ConversationItem::LAST, item.last.as_ref())
        .set_or_remove(ConversationItem::LAST_DIRECTION, item.last_direction.as_ref())
        .set_or_remove(ConversationItem::LAST_KIND, item.last_kind.as_ref())
        .set_or_remove(ConversationItem::LAST_PREVIEW, item.last_preview.as_ref())
        .set_or_remove(ConversationItem::PROFILE_TOLD_BY, item.profile_told_by.as_ref())
        .set_or_remove(ConversationItem::PROFILE_NAME, item.profile_name.as_ref())
        .set_or_remove(ConversationItem::PROFILE_USERNAME, item.profile_username.as_ref())
        .set_or_remove(ConversationItem::ARRIVED, item.arrived.as_ref())
        .set_or_remove(ConversationItem::CUSTOMER_WROTE, item.customer_wrote.as_ref())
        .set_or_remove(ConversationItem::CUSTOMER_CALLED, item.customer_called.as_ref())
        .set_or_remove(ConversationItem::READ_AT, item.read_at.as_ref())
        .set_or_remove(ConversationItem::LAST_READ, item.last_read.as_ref())
        .set_or_remove(ConversationItem::MARKED_UNREAD, item.marked_unread.then_some(&true))
        .set_or_remove(ConversationItem::LAST_SEND, item.last_send.as_ref())
        .set(ConversationItem::STATUS, &item.status)
        .set_or_remove(ConversationItem::ASSIGNEE, item.assignee.as_ref())
        .set_or_remove(ConversationItem::SNOOZED_UNTIL, item.snoozed_until.as_ref())
        .set_or_remove(ConversationItem::SET_ASIDE, item.set_aside.as_ref())
        .set_or_remove(ConversationItem::WAITING_SINCE, item.waiting_since.as_ref())
        .set_or_remove(ConversationItem::SETTLED, item.settled.as_ref())
        .set_or_remove(ConversationItem::LEAD_DELETED, item.lead_deleted.then_some(&true))
        .set(LIST, &item.list)
        .set(RANK, &item.rank)
        .set_or_remove(WAITING_LIST, item.waiting_list.as_ref())
        .set_or_remove(WAITING_RANK, item.waiting_rank.as_ref())
        .when(Condition::is(ConversationItem::REVISION, &revision))
}
