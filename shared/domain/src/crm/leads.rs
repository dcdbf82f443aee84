//! A lead: one customer of one tenant, with the stage of the sale.

use crate::crm::lead_details::{LeadDetails, Tag};
use crate::identities::Bsuid;
use crate::ids::{ConversationId, DealId, HistoryId, LeadId, MessageId, UserId};
use crate::personal::Text;
use crate::phone::Phone;
use crate::stages::Stage;
use crate::string_enum::string_enum;
use crate::time::Timestamp;
use std::collections::BTreeSet;

string_enum! {
    /// The source of a lead.
    Source {
        /// Wrote on WhatsApp.
        WhatsApp = "WhatsApp",
        /// Came through the website.
        Website = "Website",
        /// Was referred.
        Referral = "Referral",
        /// Was called.
        ColdCall = "Cold Call",
        /// Wrote an email.
        EmailAddress = "Email",
        /// Came through social media.
        SocialMedia = "Social Media",
        /// Anything else.
        Other = "Other",
    }
}

/// One customer of one tenant.
#[derive(Clone, Debug, PartialEq)]
pub struct Lead {
    /// Its id.
    pub id: LeadId,
    /// Where it stands in the sale.
    pub stage: Stage,
    /// Since when it stands there.
    pub stage_since: Timestamp,
    /// Where it came from.
    pub source: Source,
    /// The name that the team gave it. Without one, the profile's name is shown.
    pub name: Option<Text>,
    /// The phone, where WhatsApp told it.
    pub phone: Option<Phone>,
    /// The business-scoped user id, where WhatsApp told it.
    pub bsuid: Option<Bsuid>,
    /// The first message that counted; none where only a reaction came so far.
    pub first: Option<MessageId>,
    /// Every conversation of this lead: one for each history and channel.
    pub conversations: Vec<ConversationId>,
    /// Its deals, in the order in which they were created.
    pub deals: Vec<DealId>,
    /// Other leads that may be the same person: an event named identities of both.
    pub possible_duplicates: Vec<LeadId>,
    /// When it was made.
    pub created: Timestamp,
    /// When stage or details last changed. A message does not touch it.
    pub updated: Timestamp,
    /// What the team wrote down.
    pub details: LeadDetails,
    /// When it was deleted.
    pub deleted: Option<Timestamp>,
    /// Counts the changes of stage and details.
    pub revision: u64,
    /// The leads that were merged into this one, and those that had been merged into them.
    pub merged: Vec<LeadId>,
    /// The lead into which this one was merged. It then counts as deleted.
    pub merged_into: Option<LeadId>,
    /// The phones of the leads that were merged into this one.
    pub other_phones: Vec<Phone>,
    /// Whether everything that is known of it is being erased. It then counts as deleted.
    pub erasing: bool,
}

/// A list that a lead is in besides that of its stage. The source WhatsApp has none: most leads come from there, so such
/// a list would cost a write with every message, and reading all leads finds them as quickly.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Listing {
    /// Of one owner.
    Owner(UserId),
    /// Of one tag.
    Tag(Tag),
    /// Of one source.
    Source(Source),
}

/// What a counted message means for the stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StageMove {
    /// It is the lead's first: it is noted as such, the stage stays.
    First,
    /// A later one: New or Incoming becomes Contacted, or what the business wants instead.
    Contacted,
    /// The lead was Won or Lost and writes again: the stage stays, the timeline says so.
    Reengaged,
    /// Nothing.
    Stay,
}

impl Lead {
    /// A lead of whom nothing more is known.
    #[must_use]
    pub fn new(id: LeadId, stage: Stage, source: Source, created: Timestamp) -> Self {
        Self {
            id,
            stage,
            stage_since: created,
            source,
            name: None,
            phone: None,
            bsuid: None,
            first: None,
            conversations: Vec::new(),
            deals: Vec::new(),
            possible_duplicates: Vec::new(),
            created,
            updated: created,
            details: LeadDetails::default(),
            deleted: None,
            revision: 0,
            merged: Vec::new(),
            merged_into: None,
            other_phones: Vec::new(),
            erasing: false,
        }
    }

    /// Whether `id` is this lead, or one that was merged into it.
    #[must_use]
    pub fn is_or_has(&self, id: LeadId) -> bool {
        self.id == id || self.merged.contains(&id)
    }

    /// Every history of this lead: its own, and those of the leads that were merged into it.
    #[must_use]
    pub fn histories(&self) -> BTreeSet<HistoryId> {
        let conversations = self.conversations.iter().map(|conversation| conversation.history);
        let merged = self.merged.iter().copied().map(HistoryId::for_lead);
        conversations.chain(merged).chain([HistoryId::for_lead(self.id)]).collect()
    }

    /// The lists that it is in besides that of its stage; none once it is deleted.
    #[must_use]
    pub fn listings(&self) -> Vec<Listing> {
        if self.deleted.is_some() {
            return Vec::new();
        }
        let owner = self.details.owner.map(Listing::Owner);
        let source = (self.source != Source::WhatsApp).then_some(Listing::Source(self.source));
        let tags = self.details.tags.iter().cloned().map(Listing::Tag);
        owner.into_iter().chain(source).chain(tags).collect()
    }

    /// Whether our answer to the customer may move it by itself.
    #[must_use]
    pub fn moves_on_answer(&self) -> bool {
        matches!(self.stage, Stage::New | Stage::Incoming) && self.first.is_some() && self.deals.is_empty()
    }

    /// What the counted message `message` means for this lead's stage. The same message asked again
    /// answers as if it had not come, so a repetition moves nothing.
    #[must_use]
    pub fn on_message(&self, message: MessageId) -> StageMove {
        match (self.first, self.stage) {
            (None, _) => StageMove::First,
            (Some(first), _) if first == message => StageMove::Stay,
            // The stage of a lead with deals follows them.
            (Some(_), Stage::New | Stage::Incoming) if !self.deals.is_empty() => StageMove::Stay,
            (Some(_), Stage::New | Stage::Incoming) => StageMove::Contacted,
            (Some(_), Stage::Won | Stage::Lost) => StageMove::Reengaged,
            (Some(_), Stage::Contacted | Stage::Qualified | Stage::Proposal | Stage::Negotiation) => StageMove::Stay,
        }
    }
}

impl Stage {
    /// Whether the next message of a lead in this stage has to look at the stage at all.
    #[must_use]
    pub const fn is_open(self) -> bool {
        match self {
            Self::New | Self::Incoming | Self::Won | Self::Lost => true,
            Self::Contacted | Self::Qualified | Self::Proposal | Self::Negotiation => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lead(stage: Stage, first: Option<MessageId>) -> Lead {
        let id = LeadId::from_parts(Timestamp::default(), 1);
        Lead { first, ..Lead::new(id, stage, Source::WhatsApp, Timestamp::default()) }
    }

    fn message(n: u128) -> MessageId {
        MessageId::from_parts(Timestamp::from_seconds(5), n)
    }

    #[test]
    fn the_second_message_moves_incoming_to_contacted_and_a_repetition_of_the_first_does_not() {
        assert_eq!(lead(Stage::Incoming, Some(message(1))).on_message(message(1)), StageMove::Stay);
        assert_eq!(lead(Stage::Incoming, Some(message(1))).on_message(message(2)), StageMove::Contacted);
    }

    #[test]
    fn a_lead_that_a_reaction_made_notes_its_first_message() {
        assert_eq!(lead(Stage::Incoming, None).on_message(message(1)), StageMove::First);
    }

    #[test]
    fn a_won_lead_stays_won() {
        assert_eq!(lead(Stage::Won, Some(message(1))).on_message(message(2)), StageMove::Reengaged);
        assert_eq!(lead(Stage::Proposal, Some(message(1))).on_message(message(2)), StageMove::Stay);
    }

    #[test]
    fn stages_and_sources_are_the_words_people_know() {
        assert_eq!("cold call".parse::<Source>().unwrap(), Source::ColdCall);
        let error = "Closed".parse::<Stage>().unwrap_err().to_string();
        assert!(error.contains("New, Incoming, Contacted"), "{error}");
    }
}
