//! Bulk changes: one change of many leads or conversations, with what is needed to undo it.

use crate::access::visibility::Assignee;
use crate::crm::lead_changes::LeadChange;
use crate::crm::lead_details::{MOST_TAGS, Tag};
use crate::crm::leads::Lead;
use crate::crm::selections::{Part, Selected, Selection};
use crate::ids::{ConversationId, LeadId, LongJobId, UserId};
use crate::inbox::conversations::{Conversation, ConversationStatus, NewStatus};
use crate::personal::Text;
use crate::stages::Stage;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A change of many leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeadAction {
    /// Tags are added.
    Tag(BTreeSet<Tag>),
    /// Tags are removed.
    Untag(BTreeSet<Tag>),
    /// The owner is set, or removed.
    Own(Option<UserId>),
    /// The stage is set, with the reason of a lost sale.
    Move(Stage, Option<Text>),
    /// They are deleted.
    Delete,
}

/// A change of many conversations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConversationAction {
    /// They are assigned, or unassigned.
    Assign(Option<UserId>),
    /// They are opened.
    Open,
    /// They are closed.
    Close,
    /// They are snoozed until then.
    Snooze(Timestamp),
    /// They are marked as read. Nobody undoes that.
    Read,
}

/// A change of many.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BulkAction {
    /// Of leads.
    Leads(LeadAction),
    /// Of conversations.
    Conversations(ConversationAction),
}

impl BulkAction {
    /// Whether it can be undone.
    #[must_use]
    pub const fn can_be_undone(&self) -> bool {
        match self {
            Self::Conversations(ConversationAction::Read) => false,
            Self::Leads(_) | Self::Conversations(_) => true,
        }
    }
}

/// A bulk change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulkOrder {
    /// What is changed.
    pub selection: Selection,
    /// How.
    pub action: BulkAction,
    /// The bulk change that this one undoes.
    pub undoes: Option<LongJobId>,
}

/// What a lead or a conversation had before it was changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "snake_case")]
pub enum Before {
    /// A lead.
    Lead {
        /// Which.
        id: LeadId,
        /// The tags that it had and loses, or gets and had not.
        #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
        tags: BTreeSet<Tag>,
        /// Its owner.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        owner: Option<UserId>,
        /// Its stage.
        stage: Stage,
        /// Why it was lost.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Text>,
    },
    /// A conversation.
    Conversation {
        /// Which.
        id: ConversationId,
        /// Its assignee.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        assignee: Option<UserId>,
        /// Its status.
        status: ConversationStatus,
        /// Until when it was snoozed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Timestamp>,
    },
}

/// Of how many what came.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BulkCounts {
    /// Those that were changed.
    pub changed: usize,
    /// Those that were so before, or are gone.
    pub unchanged: usize,
    /// Those that could not be changed.
    pub refused: usize,
}

/// How far a bulk change has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulkProgress {
    /// When it began: repeated steps write the same lines of history.
    pub began: Timestamp,
    /// What is changed.
    pub selected: Selected,
    /// How much of it is done.
    pub done: usize,
    /// What came of it.
    pub counts: BulkCounts,
    /// The plan of the step in hand, once it is written down. A step that comes again follows the same plan.
    pub plan: Option<Part>,
    /// The plans of all steps: what an undo reads.
    pub plans: Vec<Part>,
    /// The parts of the report.
    pub parts: Vec<Part>,
    /// The name of the whole report, once it is there.
    pub report: Option<String>,
}

impl BulkProgress {
    /// The beginning.
    #[must_use]
    pub fn begin(now: Timestamp) -> Self {
        Self {
            began: now,
            selected: Selected::default(),
            done: 0,
            counts: BulkCounts::default(),
            plan: None,
            plans: Vec::new(),
            parts: Vec::new(),
            report: None,
        }
    }
}

impl LeadAction {
    /// The change of `lead`; none where it is deleted instead.
    #[must_use]
    pub fn change(&self, lead: &Lead) -> Option<LeadChange> {
        let none = LeadChange::default();
        Some(match self {
            Self::Tag(tags) => {
                let mut all = lead.details.tags.clone();
                for tag in tags {
                    if all.len() < MOST_TAGS {
                        all.insert(tag.clone());
                    }
                }
                LeadChange { tags: Some(all), ..none }
            }
            Self::Untag(tags) => LeadChange { tags: Some(&lead.details.tags - tags), ..none },
            Self::Own(owner) => LeadChange { owner: Some(*owner), ..none },
            Self::Move(stage, reason) => LeadChange {
                stage: Some(*stage),
                lost_reason: reason.clone().filter(|_| *stage == Stage::Lost).map(Some),
                ..none
            },
            Self::Delete => return None,
        })
    }

    /// What `lead` has before this change.
    #[must_use]
    pub fn before(&self, lead: &Lead) -> Before {
        let tags = match self {
            Self::Tag(tags) => tags - &lead.details.tags,
            Self::Untag(tags) => tags & &lead.details.tags,
            Self::Own(_) | Self::Move(..) | Self::Delete => BTreeSet::new(),
        };
        let reason = lead.details.lost_reason.clone();
        Before::Lead { id: lead.id, tags, owner: lead.details.owner, stage: lead.stage, reason }
    }

    /// The change that undoes this one, of a lead that is still as this one left it; none if somebody changed it since.
    #[must_use]
    pub fn undo(&self, lead: &Lead, before: &Before) -> Option<LeadChange> {
        let Before::Lead { tags, owner, stage, reason, .. } = before else { return None };
        let none = LeadChange::default();
        match self {
            Self::Tag(_) => Some(LeadChange { tags: Some(&lead.details.tags - tags), ..none }),
            Self::Untag(_) => Some(LeadChange { tags: Some(&lead.details.tags | tags), ..none }),
            Self::Own(set) => (lead.details.owner == *set || lead.details.owner == *owner)
                .then_some(LeadChange { owner: Some(*owner), ..none }),
            Self::Move(set, _) => (lead.stage == *set || lead.stage == *stage).then(|| LeadChange {
                stage: Some(*stage),
                lost_reason: reason.clone().filter(|_| *stage == Stage::Lost).map(Some),
                ..none
            }),
            Self::Delete => None,
        }
    }
}

impl ConversationAction {
    /// What `conversation` has before this change.
    #[must_use]
    pub fn before(&self, conversation: &Conversation) -> Before {
        Before::Conversation {
            id: conversation.id,
            assignee: conversation.assignee.map(|Assignee::User(user)| user),
            status: conversation.status,
            until: conversation.snoozed_until,
        }
    }

    /// The status that it sets.
    #[must_use]
    pub const fn status(self) -> Option<NewStatus> {
        match self {
            Self::Open => Some(NewStatus::Open),
            Self::Close => Some(NewStatus::Closed),
            Self::Snooze(until) => Some(NewStatus::SnoozedUntil(until)),
            Self::Assign(_) | Self::Read => None,
        }
    }

    /// The change that undoes this one, of a conversation that is still as this one left it; none if somebody changed it
    /// since, or a customer's message did. A snooze that is over by `now` is not begun again.
    #[must_use]
    pub fn undo(self, conversation: &Conversation, before: &Before, now: Timestamp) -> Option<Undo> {
        let Before::Conversation { assignee, status, until, .. } = before else { return None };
        let was = match (status, until) {
            (ConversationStatus::Open, _) => NewStatus::Open,
            (ConversationStatus::Pending, _) => NewStatus::Pending,
            (ConversationStatus::Closed, _) => NewStatus::Closed,
            (ConversationStatus::Snoozed, Some(until)) if *until > now => NewStatus::SnoozedUntil(*until),
            (ConversationStatus::Snoozed, _) => NewStatus::Open,
        };
        let is_left = |left: ConversationStatus| conversation.status == left || conversation.status == *status;
        match self {
            Self::Assign(set) => {
                let now = conversation.assignee.map(|Assignee::User(user)| user);
                (now == set || now == *assignee).then_some(Undo::Assign(assignee.map(Assignee::User)))
            }
            Self::Open => is_left(ConversationStatus::Open).then_some(Undo::Status(was)),
            Self::Close => is_left(ConversationStatus::Closed).then_some(Undo::Status(was)),
            Self::Snooze(_) => is_left(ConversationStatus::Snoozed).then_some(Undo::Status(was)),
            Self::Read => None,
        }
    }
}

/// How the change of a conversation is undone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undo {
    /// It gets its assignee back.
    Assign(Option<Assignee>),
    /// It gets its status back.
    Status(NewStatus),
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crm::leads::Source;

    const NOW: Timestamp = Timestamp::from_seconds(1_790_000_000);

    fn tags(names: &[&str]) -> BTreeSet<Tag> {
        names.iter().map(|name| Tag::parse(name).unwrap()).collect()
    }

    fn lead() -> Lead {
        let mut lead = Lead::new(LeadId::from_parts(NOW, 1), Stage::New, Source::Other, NOW);
        lead.name = Some(Text::new("Asha"));
        lead.details.tags = tags(&["vip", "old"]);
        lead
    }

    fn applied(action: &LeadAction, lead: &Lead) -> Lead {
        action.change(lead).unwrap().apply(lead, NOW).unwrap()
    }

    #[test]
    fn an_undo_takes_back_only_what_the_change_brought() {
        for action in [
            LeadAction::Tag(tags(&["vip", "fair"])),
            LeadAction::Untag(tags(&["vip", "unknown"])),
            LeadAction::Own(Some(UserId::from_parts(NOW, 1))),
            LeadAction::Move(Stage::Lost, Some(Text::new("Too dear"))),
        ] {
            let before = lead();
            let note = action.before(&before);
            let mut after = applied(&action, &before);
            after.details.tags.extend(tags(&["meanwhile"]));
            let undone = action.undo(&after, &note).unwrap().apply(&after, NOW).unwrap();
            let details = (undone.stage, undone.details.owner, undone.details.lost_reason.clone());
            assert_eq!(details, (before.stage, before.details.owner, None), "{action:?}");
            assert_eq!(undone.details.tags, tags(&["vip", "old", "meanwhile"]), "{action:?}");
        }
    }

    #[test]
    fn what_somebody_changed_since_is_not_undone() {
        let action = LeadAction::Move(Stage::Qualified, None);
        let note = action.before(&lead());
        let mut after = applied(&action, &lead());
        after.stage = Stage::Won;
        assert!(action.undo(&after, &note).is_none());
    }
}
