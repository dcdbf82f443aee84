//! Which leads or conversations an export or a bulk change is about: some that people named, or all that match a filter.

use crate::access::visibility::Assignee;
use crate::crm::lead_details::Tag;
use crate::crm::leads::{Lead, Listing, Source};
use crate::ids::{ChannelId, ConversationId, LeadId, UserId};
use crate::inbox::conversations::{Conversation, ConversationStatus};
use crate::stages::Stage;
use serde::{Deserialize, Serialize};

/// The most leads or conversations that are named one by one.
pub const MOST_NAMED: usize = 1_000;

/// Whose leads or conversations are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Whose {
    /// Everybody's, and those of nobody.
    Anyone,
    /// Those of nobody.
    Nobody,
    /// Those of one user.
    User(UserId),
}

impl Whose {
    /// Whether what this user has is meant.
    #[must_use]
    pub fn has(self, user: Option<UserId>) -> bool {
        match self {
            Self::Anyone => true,
            Self::Nobody => user.is_none(),
            Self::User(one) => user == Some(one),
        }
    }
}

/// All leads that match.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeadFilter {
    /// In one of these stages; in any if there are none.
    pub stages: Vec<Stage>,
    /// Of this owner.
    pub owner: Whose,
    /// With this tag.
    pub tag: Option<Tag>,
    /// From this source.
    pub source: Option<Source>,
}

impl LeadFilter {
    /// The list besides those of stages that holds all that match, if there is one: that of a tag is likely the smallest.
    #[must_use]
    pub fn listing(&self) -> Option<Listing> {
        let owner = match self.owner {
            Whose::User(user) => Some(Listing::Owner(user)),
            Whose::Anyone | Whose::Nobody => None,
        };
        let source = self.source.filter(|source| *source != Source::WhatsApp && self.stages.is_empty());
        self.tag.clone().map(Listing::Tag).or(owner).or_else(|| source.map(Listing::Source))
    }

    /// The stages of the leads that match.
    #[must_use]
    pub fn stages(&self) -> &[Stage] {
        if self.stages.is_empty() { Stage::ALL } else { &self.stages }
    }

    /// Whether `lead` matches. No lead that was deleted does.
    #[must_use]
    pub fn wants(&self, lead: &Lead) -> bool {
        lead.deleted.is_none()
            && self.stages().contains(&lead.stage)
            && self.owner.has(lead.details.owner)
            && self.tag.as_ref().is_none_or(|tag| lead.details.tags.contains(tag))
            && self.source.is_none_or(|source| lead.source == source)
    }
}

/// All conversations that match.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConversationFilter {
    /// With one of these statuses; with any if there are none.
    pub statuses: Vec<ConversationStatus>,
    /// Of this assignee.
    pub assignee: Whose,
    /// On this channel.
    pub channel: Option<ChannelId>,
    /// With unread messages, or marked as unread.
    pub unread: bool,
    /// That wait for our reply.
    pub waiting: bool,
}

impl ConversationFilter {
    /// The statuses of the conversations that match.
    #[must_use]
    pub fn statuses(&self) -> &[ConversationStatus] {
        if self.statuses.is_empty() { ConversationStatus::ALL } else { &self.statuses }
    }

    /// Whether `conversation` matches. None of a deleted lead does.
    #[must_use]
    pub fn wants(&self, conversation: &Conversation) -> bool {
        let assignee = conversation.assignee.map(|Assignee::User(user)| user);
        !conversation.lead_deleted
            && self.statuses().contains(&conversation.status)
            && self.assignee.has(assignee)
            && self.channel.is_none_or(|channel| conversation.id.channel == channel)
            && (!self.unread || conversation.is_unread())
            && (!self.waiting || conversation.waiting_since.is_some())
    }
}

/// What a job is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Selection {
    /// All leads that match.
    Leads(LeadFilter),
    /// These leads.
    NamedLeads(Vec<LeadId>),
    /// All conversations that match.
    Conversations(ConversationFilter),
    /// These conversations.
    NamedConversations(Vec<ConversationId>),
}

/// How far a walk through lists has come. It goes from the longest quiet to the last active, so that what moves up during
/// the walk is found once more rather than never.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WalkMark {
    /// The list, by its place among those that are walked.
    pub list: usize,
    /// The rank above which the walk goes on.
    pub above: Option<String>,
}

/// A file of a job that is part of a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Its name in the bucket.
    pub name: String,
    /// Its size in bytes.
    pub size: u64,
}

/// How far the selection of a job has come: first everything that is meant is written down, and then worked off. So what
/// moves, appears or changes meanwhile is neither missed nor met twice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Selected {
    /// How far the walk has come.
    pub walk: WalkMark,
    /// The parts of the list of IDs.
    pub parts: Vec<Part>,
    /// The name of the whole list, once it is there.
    pub list: Option<String>,
    /// How many IDs it holds.
    pub total: Option<usize>,
}
