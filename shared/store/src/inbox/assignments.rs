//! What people do with a conversation: its status and its assignee. Each change is one transaction with its line in the
//! history, under the revision of the conversation that was decided on.

use crate::access::audit;
use crate::inbox::conversations::{Revision, replace_with};
use crate::reliability::due_rank::{self, DueKind};
use crate::table::client::{Change, Conditional};
use crate::table::expression::{Condition, Update};
use crate::table::item::{EXPIRES, LIST, RANK, item};
use crate::table::keys::{InboxKey, List};
use crate::table::query::Read;
use crate::{RACES, StoreError, TenantStore};
use domain::access::audit::{Action, AuditEvent, Entry};
use domain::inbox::conversations::{Claim, Conversation, ConversationStatus, NewStatus};
use domain::inbox::history::Event;
use domain::{Actor, Assignee, ConversationId, MessageId, TenantId, Timestamp};
use std::time::Duration;

/// How long the item of a snooze outlives it.
const LINGERS: Duration = Duration::from_secs(7 * 24 * 3600);

/// Who changes a conversation, and the id of the line that says so.
#[derive(Clone, Copy, Debug)]
pub struct Author {
    /// Who.
    pub by: Actor,
    /// The line's id.
    pub line: MessageId,
    /// Random bits for the id of the entry in the audit.
    pub bits: u128,
}

impl Author {
    /// The entry in the audit that says what was done to the conversation `id`.
    fn entry(&self, action: Action, id: ConversationId, detail: String) -> Entry {
        let audit_event = AuditEvent { at: self.line.moment(), by: self.by, action, target: id.to_string(), detail };
        Entry::new(audit_event, self.bits)
    }
}

/// Why a status changes: a person or a program wants it, which the audit says, or its time has come.
#[derive(Clone, Copy)]
enum Cause {
    Person(Author),
    Time(MessageId),
}

/// A conversation before and after a change.
#[derive(Clone, Debug, PartialEq)]
pub struct Changed {
    /// As it is now.
    pub conversation: Conversation,
    /// Whether this request changed it.
    pub is_new: bool,
}

/// What came of taking a conversation.
#[derive(Clone, Debug, PartialEq)]
pub enum Claimed {
    /// The person has it.
    Yes(Box<Changed>),
    /// Somebody else has it.
    No(Assignee),
}

item! {
    /// When a conversation wakes. It is due until then, and goes some days later.
    struct SnoozeItem: "snooze" {
        until: Timestamp = "un" as UNTIL,
    }
}

impl TenantStore<'_> {
    /// Gives a conversation another status; none if there is no such conversation.
    pub async fn set_status(
        self,
        id: ConversationId,
        to: NewStatus,
        author: Author,
    ) -> Result<Option<Changed>, StoreError> {
        for _ in 0..RACES {
            let Some((conversation, revision)) = self.conversation_to_change(id).await? else {
                return Ok(None);
            };
            let after = conversation.with_status(to);
            if (after.status, after.snoozed_until) == (conversation.status, conversation.snoozed_until) {
                return Ok(Some(Changed { conversation, is_new: false }));
            }
            if self.write_status(&conversation, &after, revision, Cause::Person(author)).await? {
                return Ok(Some(Changed { conversation: after, is_new: true }));
            }
        }
        Err(StoreError::Conflict)
    }

    /// Assigns a conversation, or unassigns it; none if there is no such conversation.
    pub async fn assign(
        self,
        id: ConversationId,
        to: Option<Assignee>,
        author: Author,
    ) -> Result<Option<Changed>, StoreError> {
        for _ in 0..RACES {
            let Some((conversation, revision)) = self.conversation_to_change(id).await? else {
                return Ok(None);
            };
            if conversation.assignee == to {
                return Ok(Some(Changed { conversation, is_new: false }));
            }
            let after = conversation.assigned(to);
            if self.write_assignee(&conversation, &after, revision, author).await? {
                return Ok(Some(Changed { conversation: after, is_new: true }));
            }
        }
        Err(StoreError::Conflict)
    }

    /// Lets a person take a conversation that is unassigned: of several at once, one gets it. None if there is no such
    /// conversation.
    pub async fn claim_conversation(
        self,
        id: ConversationId,
        person: Assignee,
        author: Author,
    ) -> Result<Option<Claimed>, StoreError> {
        for _ in 0..RACES {
            let Some((conversation, revision)) = self.conversation_to_change(id).await? else {
                return Ok(None);
            };
            match conversation.claim(person) {
                Claim::Mine => return Ok(Some(Claimed::Yes(Box::new(Changed { conversation, is_new: false })))),
                Claim::Theirs(assignee) => return Ok(Some(Claimed::No(assignee))),
                Claim::Taken(after) => {
                    if self.write_assignee(&conversation, &after, revision, author).await? {
                        return Ok(Some(Claimed::Yes(Box::new(Changed { conversation: *after, is_new: true }))));
                    }
                }
            }
        }
        Err(StoreError::Conflict)
    }

    /// Opens a conversation whose snooze has ended by `now`, and forgets when it was to wake. One that is snoozed for
    /// longer by now stays as it is. True if it was opened.
    pub async fn wake(self, id: ConversationId, now: Timestamp) -> Result<bool, StoreError> {
        for _ in 0..RACES {
            let snooze: Option<SnoozeItem> = self.table().get(InboxKey::Snooze(self.tenant, id), Read::Strong).await?;
            let Some(snooze) = snooze.filter(|snooze| snooze.until <= now) else { return Ok(false) };
            let conversation = self.conversation_to_change(id).await?;
            let Some((conversation, revision)) = conversation else { return Ok(false) };
            let Some(after) = conversation.woken(now) else {
                // It was opened or closed: nothing is left to wake. A later snooze keeps its own time.
                self.forget_snooze(id, snooze.until).await?;
                return Ok(false);
            };
            let line = MessageId::at_moment(snooze.until, domain::digest::bits80(&["woken", &id.to_string()]));
            if self.write_status(&conversation, &after, revision, Cause::Time(line)).await? {
                self.forget_snooze(id, snooze.until).await?;
                return Ok(true);
            }
        }
        Err(StoreError::Conflict)
    }

    /// Takes a snooze that ends at `until` out of the due work.
    async fn forget_snooze(self, id: ConversationId, until: Timestamp) -> Result<(), StoreError> {
        let update = Update::at(InboxKey::Snooze(self.tenant, id))
            .set(EXPIRES, &until.plus(LINGERS).seconds())
            .remove(LIST)
            .remove(RANK);
        match self.table().update::<SnoozeItem>(update.when(Condition::is(SnoozeItem::UNTIL, &until))).await? {
            Conditional::Applied(_) | Conditional::Rejected(_) => Ok(()),
        }
    }

    async fn write_status(
        self,
        before: &Conversation,
        after: &Conversation,
        revision: Revision,
        cause: Cause,
    ) -> Result<bool, StoreError> {
        let (by, line) = match cause {
            Cause::Person(author) => (Some(author.by), author.line),
            Cause::Time(line) => (None, line),
        };
        let event = Event::StatusChanged {
            channel: after.id.channel,
            from: before.status,
            to: after.status,
            until: after.snoozed_until,
            by,
        };
        let mut changes = with_line(self.tenant, after, revision, line, &event)?;
        if let (ConversationStatus::Snoozed, Some(until)) = (after.status, after.snoozed_until) {
            changes.push(Change::update(snooze(self.tenant, after.id, until)));
        }
        if let Cause::Person(author) = cause {
            let detail = match after.snoozed_until {
                Some(until) => format!("{} until {until}", after.status),
                None => after.status.to_string(),
            };
            let entry = author.entry(Action::ConversationStatusChanged, after.id, detail);
            changes.push(audit::append(self.tenant, &entry)?);
        }
        self.all_or_none(changes).await
    }

    async fn write_assignee(
        self,
        before: &Conversation,
        after: &Conversation,
        revision: Revision,
        author: Author,
    ) -> Result<bool, StoreError> {
        let channel = after.id.channel;
        let event = Event::Assigned { channel, from: before.assignee, to: after.assignee, by: author.by };
        let mut changes = with_line(self.tenant, after, revision, author.line, &event)?;
        let detail = after.assignee.map_or_else(|| "unassigned".to_owned(), |assignee| format!("to {assignee}"));
        let entry = author.entry(Action::ConversationAssigned, after.id, detail);
        changes.push(audit::append(self.tenant, &entry)?);
        self.all_or_none(changes).await
    }

    /// Whether they took effect; not if somebody was first.
    async fn all_or_none(self, changes: Vec<Change>) -> Result<bool, StoreError> {
        match self.table().transact(changes).await {
            Ok(Conditional::Applied(())) => Ok(true),
            Ok(Conditional::Rejected(_)) | Err(StoreError::Conflict) => Ok(false),
            Err(error) => Err(error),
        }
    }
}

/// The conversation as it becomes, and the line of the history that says so.
fn with_line(
    tenant: TenantId,
    after: &Conversation,
    revision: Revision,
    line: MessageId,
    event: &Event,
) -> Result<Vec<Change>, StoreError> {
    let conversation = Change::update(replace_with(tenant, after, revision.0));
    Ok(vec![conversation, crate::inbox::messages::event(tenant, after.id.history, line, event)?])
}

/// Writes down when a conversation wakes, in place of an earlier time.
fn snooze(tenant: TenantId, id: ConversationId, until: Timestamp) -> Update {
    let name = id.to_string();
    Update::upsert::<SnoozeItem>(InboxKey::Snooze(tenant, id))
        .set(SnoozeItem::UNTIL, &until)
        .remove(EXPIRES)
        .set(LIST, &List::due(&name).pk())
        .set(RANK, &due_rank::due_rank(DueKind::Snooze, tenant, until, &name))
}
