//! Deals: a lead has none or several, each with a stage of its own, so that a second sale never overwrites the first. The
//! lead's stage follows them.

use crate::actors::Actor;
use crate::crm::lead_changes::LeadRefused;
use crate::crm::lead_details::LeadValue;
use crate::ids::{DealId, LeadId, PipelineId, UserId};
use crate::personal::Text;
use crate::stages::Stage;
use crate::string_enum::string_enum;
use crate::time::Timestamp;
use iso_currency::Currency;

/// The most deals of one lead.
pub const MOST_DEALS: usize = 40;

/// The longest title, in characters.
pub const LONGEST_TITLE: usize = 120;

string_enum! {
    /// A field of a deal that people change.
    DealField {
        /// The title.
        Title = "title",
        /// The value.
        Value = "value",
        /// The currency of the value.
        Currency = "currency",
        /// The pipeline.
        Pipeline = "pipelineId",
        /// The stage.
        Stage = "stage",
        /// The owner.
        Owner = "ownerId",
        /// When it is expected to be won.
        ExpectedClose = "expectedClose",
        /// Why it was lost.
        LostReason = "lostReason",
    }
}

/// A possible sale to a lead.
#[derive(Clone, Debug, PartialEq)]
pub struct Deal {
    /// Its ID.
    pub id: DealId,
    /// To whom.
    pub lead: LeadId,
    /// What is sold.
    pub title: Text,
    /// For how much.
    pub value: Option<LeadValue>,
    /// In which pipeline it stands.
    pub pipeline: PipelineId,
    /// In which stage of it.
    pub stage: Stage,
    /// Since when.
    pub stage_since: Timestamp,
    /// Who sells it.
    pub owner: Option<UserId>,
    /// When it is expected to be won: a day, such as 2026-12-24.
    pub expected_close: Option<Text>,
    /// Why it was lost.
    pub lost_reason: Option<Text>,
    /// Who created it.
    pub by: Actor,
    /// When it last changed.
    pub updated: Timestamp,
    /// Whether its lead was deleted.
    pub hidden: bool,
    /// Counts its changes.
    pub revision: u64,
}

/// A change of a deal. A field without a value stays as it is; an inner `None` removes it.
#[derive(Clone, Debug, Default)]
pub struct DealChange {
    /// The title.
    pub title: Option<Text>,
    /// The amount of the value, as a decimal number.
    pub amount: Option<Option<String>>,
    /// The currency of the value.
    pub currency: Option<Option<Currency>>,
    /// The pipeline.
    pub pipeline: Option<PipelineId>,
    /// The stage.
    pub stage: Option<Stage>,
    /// The owner.
    pub owner: Option<Option<UserId>>,
    /// When it is expected to be won.
    pub expected_close: Option<Option<Text>>,
    /// Why it was lost.
    pub lost_reason: Option<Option<Text>>,
}

impl DealChange {
    /// `deal` after this change at `now`, with the next revision; the same deal if nothing changes.
    ///
    /// # Errors
    /// The field, and why it is refused.
    pub fn apply(&self, deal: &Deal, now: Timestamp) -> Result<Deal, (DealField, LeadRefused)> {
        let mut after = deal.clone();
        if let Some(title) = &self.title {
            after.title.clone_from(title);
        }
        after.value = LeadValue::changed(deal.value, self.amount.as_ref(), self.currency).map_err(|refused| {
            let is_currency = matches!(refused, LeadRefused::NoCurrency);
            (if is_currency { DealField::Currency } else { DealField::Value }, refused)
        })?;
        after.pipeline = self.pipeline.unwrap_or(deal.pipeline);
        after.stage = self.stage.unwrap_or(deal.stage);
        after.owner = self.owner.unwrap_or(deal.owner);
        if let Some(day) = &self.expected_close {
            after.expected_close.clone_from(day);
        }
        if let Some(reason) = &self.lost_reason {
            after.lost_reason.clone_from(reason);
        }
        if after.stage != Stage::Lost {
            if self.lost_reason.as_ref().is_some_and(Option::is_some) {
                return Err((DealField::LostReason, LeadRefused::NotLost));
            }
            after.lost_reason = None;
        }
        if (after.pipeline, after.stage) != (deal.pipeline, deal.stage) {
            after.stage_since = now;
        }
        if after != *deal {
            after.updated = now;
            after.revision = deal.revision + 1;
        }
        Ok(after)
    }
}

impl Deal {
    /// Whether it is neither won nor lost.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        match self.stage {
            Stage::Won | Stage::Lost => false,
            Stage::New
            | Stage::Incoming
            | Stage::Contacted
            | Stage::Qualified
            | Stage::Proposal
            | Stage::Negotiation => true,
        }
    }

    /// The fields in which `after` differs, in the order in which people read them.
    #[must_use]
    pub fn changed_fields(&self, after: &Self) -> Vec<DealField> {
        let differs = |field: &DealField| match field {
            DealField::Title => self.title != after.title,
            DealField::Value => self.value.map(LeadValue::minor) != after.value.map(LeadValue::minor),
            DealField::Currency => self.value.map(LeadValue::code) != after.value.map(LeadValue::code),
            DealField::Pipeline => self.pipeline != after.pipeline,
            DealField::Stage => self.stage != after.stage,
            DealField::Owner => self.owner != after.owner,
            DealField::ExpectedClose => self.expected_close != after.expected_close,
            DealField::LostReason => self.lost_reason != after.lost_reason,
        };
        DealField::ALL.iter().copied().filter(|field| differs(field)).collect()
    }
}

/// The stage that a lead has by its deals: that of its newest open one; without an open one, Won if one was won, else Lost.
/// None without deals.
#[must_use]
pub fn stage_by_deals<'a>(deals: impl IntoIterator<Item = &'a Deal>) -> Option<Stage> {
    let mut newest: Option<&Deal> = None;
    let mut closed = None;
    for deal in deals {
        if deal.is_open() {
            newest = newest.filter(|other| other.id > deal.id).or(Some(deal));
        } else if closed != Some(Stage::Won) {
            closed = Some(deal.stage);
        }
    }
    newest.map(|deal| deal.stage).or(closed)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_seconds(1_790_000_000);

    fn deal(number: u128, stage: Stage) -> Deal {
        Deal {
            id: DealId::from_parts(NOW, number),
            lead: LeadId::from_parts(NOW, 1),
            title: Text::new("Braces"),
            value: None,
            pipeline: PipelineId::default_pipeline(),
            stage,
            stage_since: NOW,
            owner: None,
            expected_close: None,
            lost_reason: None,
            by: Actor::Nobody,
            updated: NOW,
            hidden: false,
            revision: 1,
        }
    }

    #[test]
    fn a_lead_follows_its_newest_open_deal_and_a_second_sale_leaves_the_first() {
        let stage = |deals: &[Deal]| stage_by_deals(deals);
        assert_eq!(stage(&[]), None);
        assert_eq!(stage(&[deal(1, Stage::Won)]), Some(Stage::Won));
        assert_eq!(stage(&[deal(1, Stage::Won), deal(2, Stage::Proposal)]), Some(Stage::Proposal));
        assert_eq!(stage(&[deal(2, Stage::Proposal), deal(1, Stage::New)]), Some(Stage::Proposal));
        assert_eq!(stage(&[deal(1, Stage::Won), deal(2, Stage::Lost)]), Some(Stage::Won));
        assert_eq!(stage(&[deal(1, Stage::Lost)]), Some(Stage::Lost));
    }

    #[test]
    fn a_move_counts_from_now_and_a_reason_needs_a_lost_deal() {
        let later = NOW.plus(std::time::Duration::from_secs(60));
        let lost = DealChange {
            stage: Some(Stage::Lost),
            lost_reason: Some(Some(Text::new("Too dear"))),
            ..DealChange::default()
        };
        let after = lost.apply(&deal(1, Stage::New), later).unwrap();
        assert_eq!((after.stage_since, after.revision), (later, 2));
        assert_eq!(lost.apply(&after, later.plus(std::time::Duration::from_secs(9))).unwrap(), after);
        let reason = DealChange { lost_reason: lost.lost_reason.clone(), ..DealChange::default() };
        assert_eq!(reason.apply(&deal(1, Stage::New), NOW), Err((DealField::LostReason, LeadRefused::NotLost)));
        let amount = DealChange { amount: Some(Some("5".to_owned())), ..DealChange::default() };
        assert_eq!(amount.apply(&deal(1, Stage::New), NOW), Err((DealField::Currency, LeadRefused::NoCurrency)));
    }
}
