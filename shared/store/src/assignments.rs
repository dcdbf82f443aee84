//! What people do with a conversation: its status and its assignee. Each change is one transaction with its line in the
//! history, under the revision of the head that was decided on.

use crate::conversations::{Revision, whole};
use crate::due_rank::{self, DueKind};
use crate::expression::{Condition, Update};
use crate::keys::{Key, List};
use crate::query::Read;
use crate::table::{Change, Written};
use crate::{RACES, Store, StoreError, audit};
use domain::audit::{Action, Deed, Entry};
use domain::conversations::{Claim, ConversationStatus, Head, NewStatus};
use domain::history::Event;
use domain::{Actor, Assignee, ConversationId, MessageId, TenantId, Timestamp};
use serde::{Deserialize, Serialize};
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
        let deed = Deed { at: self.line.moment(), by: self.by, action, target: id.to_string(), detail };
        Entry::new(deed, self.bits)
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
    pub head: Head,
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

/// When a conversation wakes. It is due until then, and goes some days later.
#[derive(Serialize, Deserialize)]
struct SnoozeItem {
    ty: String,
    v: u8,
    #[serde(rename = "un")]
    until: Timestamp,
}

impl Store {
    /// Gives a conversation another status; none if there is no such conversation.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read or written, or others keep writing to the conversation.
    pub async fn set_status(
        &self,
        tenant: TenantId,
        id: ConversationId,
        to: NewStatus,
        author: Author,
    ) -> Result<Option<Changed>, StoreError> {
        for _ in 0..RACES {
            let Some((head, revision)) = self.head_to_change(tenant, id).await? else { return Ok(None) };
            let after = head.with_status(to);
            if (after.status, after.snoozed_until) == (head.status, head.snoozed_until) {
                return Ok(Some(Changed { head, is_new: false }));
            }
            if self.write_status(tenant, &head, &after, revision, Cause::Person(author)).await? {
                return Ok(Some(Changed { head: after, is_new: true }));
            }
        }
        Err(StoreError::Conflict)
    }

    /// Assigns a conversation, or unassigns it; none if there is no such conversation.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read or written, or others keep writing to the conversation.
    pub async fn assign(
        &self,
        tenant: TenantId,
        id: ConversationId,
        to: Option<Assignee>,
        author: Author,
    ) -> Result<Option<Changed>, StoreError> {
        for _ in 0..RACES {
            let Some((head, revision)) = self.head_to_change(tenant, id).await? else { return Ok(None) };
            if head.assignee == to {
                return Ok(Some(Changed { head, is_new: false }));
            }
            let after = head.assigned(to);
            if self.write_assignee(tenant, &head, &after, revision, author).await? {
                return Ok(Some(Changed { head: after, is_new: true }));
            }
        }
        Err(StoreError::Conflict)
    }

    /// Lets a person take a conversation that is unassigned: of several at once, one gets it. None if there is no such
    /// conversation.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read or written, or others keep writing to the conversation.
    pub async fn claim_conversation(
        &self,
        tenant: TenantId,
        id: ConversationId,
        person: Assignee,
        author: Author,
    ) -> Result<Option<Claimed>, StoreError> {
        for _ in 0..RACES {
            let Some((head, revision)) = self.head_to_change(tenant, id).await? else { return Ok(None) };
            match head.claim(person) {
                Claim::Mine => return Ok(Some(Claimed::Yes(Box::new(Changed { head, is_new: false })))),
                Claim::Theirs(assignee) => return Ok(Some(Claimed::No(assignee))),
                Claim::Taken(after) => {
                    if self.write_assignee(tenant, &head, &after, revision, author).await? {
                        return Ok(Some(Claimed::Yes(Box::new(Changed { head: *after, is_new: true }))));
                    }
                }
            }
        }
        Err(StoreError::Conflict)
    }

    /// Opens a conversation whose snooze has ended by `now`, and forgets when it was to wake. One that is snoozed for
    /// longer by now stays as it is. True if it was opened.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read or written, or others keep writing to the conversation.
    pub async fn wake(&self, tenant: TenantId, id: ConversationId, now: Timestamp) -> Result<bool, StoreError> {
        for _ in 0..RACES {
            let snooze: Option<SnoozeItem> = self.table.get(&Key::Snooze(tenant, id), Read::Strong).await?;
            let Some(snooze) = snooze.filter(|snooze| snooze.until <= now) else { return Ok(false) };
            let head = self.head_to_change(tenant, id).await?;
            let Some((head, revision)) = head else { return Ok(false) };
            let Some(after) = head.woken(now) else {
                // It was opened or closed: nothing is left to wake. A later snooze keeps its own time.
                self.forget_snooze(tenant, id, snooze.until).await?;
                return Ok(false);
            };
            let line = MessageId::at_moment(snooze.until, domain::digest::bits80(&["woken", &id.to_string()]));
            if self.write_status(tenant, &head, &after, revision, Cause::Time(line)).await? {
                self.forget_snooze(tenant, id, snooze.until).await?;
                return Ok(true);
            }
        }
        Err(StoreError::Conflict)
    }

    /// Takes a snooze that ends at `until` out of the due work.
    async fn forget_snooze(&self, tenant: TenantId, id: ConversationId, until: Timestamp) -> Result<(), StoreError> {
        let update = Update::of(Key::Snooze(tenant, id))
            .set("ttl", &until.plus(LINGERS).seconds())
            .remove("GSI1PK")
            .remove("GSI1SK");
        match self.table.update::<SnoozeItem>(update.when(Condition::is("un", &until))).await? {
            Written::Done(_) | Written::Refused(_) => Ok(()),
        }
    }

    async fn write_status(
        &self,
        tenant: TenantId,
        before: &Head,
        after: &Head,
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
        let mut changes = with_line(tenant, after, revision, line, &event)?;
        if let (ConversationStatus::Snoozed, Some(until)) = (after.status, after.snoozed_until) {
            changes.push(Change::update(snooze(tenant, after.id, until)));
        }
        if let Cause::Person(author) = cause {
            let detail = match after.snoozed_until {
                Some(until) => format!("{} until {until}", after.status),
                None => after.status.to_string(),
            };
            let entry = author.entry(Action::ConversationStatusChanged, after.id, detail);
            changes.push(audit::written(tenant, &entry)?);
        }
        self.all_or_none(changes).await
    }

    async fn write_assignee(
        &self,
        tenant: TenantId,
        before: &Head,
        after: &Head,
        revision: Revision,
        author: Author,
    ) -> Result<bool, StoreError> {
        let channel = after.id.channel;
        let event = Event::Assigned { channel, from: before.assignee, to: after.assignee, by: author.by };
        let mut changes = with_line(tenant, after, revision, author.line, &event)?;
        let detail = after.assignee.map_or_else(|| "unassigned".to_owned(), |assignee| format!("to {assignee}"));
        let entry = author.entry(Action::ConversationAssigned, after.id, detail);
        changes.push(audit::written(tenant, &entry)?);
        self.all_or_none(changes).await
    }

    /// Whether they took effect; not if somebody was first.
    async fn all_or_none(&self, changes: Vec<Change>) -> Result<bool, StoreError> {
        match self.table.together(changes).await {
            Ok(Written::Done(())) => Ok(true),
            Ok(Written::Refused(_)) | Err(StoreError::Conflict) => Ok(false),
            Err(error) => Err(error),
        }
    }
}

/// The head as it becomes, and the line of the history that says so.
fn with_line(
    tenant: TenantId,
    after: &Head,
    revision: Revision,
    line: MessageId,
    event: &Event,
) -> Result<Vec<Change>, StoreError> {
    let head = Change::update(whole(tenant, after, revision.0));
    Ok(vec![head, crate::messages::event(tenant, after.id.home, line, event)?])
}

/// Writes down when a conversation wakes, in place of an earlier time.
fn snooze(tenant: TenantId, id: ConversationId, until: Timestamp) -> Update {
    let name = id.to_string();
    Update::of(Key::Snooze(tenant, id))
        .set("ty", &"snooze")
        .set("v", &1)
        .set("un", &until)
        .remove("ttl")
        .set("GSI1PK", &List::due(&name).pk())
        .set("GSI1SK", &due_rank::due_rank(DueKind::Snooze, tenant, until, &name))
}
