//! What people change of a lead, and what such a change comes to.

use crate::access::users::EmailAddress;
use crate::crm::lead_details::{InvalidAmount, LeadValue, Tag};
use crate::crm::lead_fields::{FieldKey, FieldValue, are_too_large};
use crate::crm::leads::{Lead, Source};
use crate::ids::UserId;
use crate::personal::Text;
use crate::phone::Phone;
use crate::stages::Stage;
use crate::string_enum::string_enum;
use crate::time::Timestamp;
use iso_currency::Currency;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

/// How long a deleted lead can be restored: 30 days.
pub const RESTORABLE: Duration = Duration::from_secs(30 * 24 * 3600);

string_enum! {
    /// A field of a lead that people change.
    LeadField {
        /// The name.
        Name = "name",
        /// The phone number.
        Phone = "phone",
        /// The email address.
        EmailAddress = "email",
        /// The stage.
        Stage = "stage",
        /// The source.
        Source = "source",
        /// The tags.
        Tags = "tags",
        /// The owner.
        Owner = "ownerId",
        /// The value of the sale.
        Value = "value",
        /// The currency of the value.
        Currency = "currency",
        /// Why the sale was lost.
        LostReason = "lostReason",
        /// Custom fields.
        Fields = "fields",
    }
}

/// A change of a lead. A field without a value stays as it is; an inner `None` removes it.
#[derive(Clone, Debug, Default)]
pub struct LeadChange {
    /// The name that the team gives.
    pub name: Option<Option<Text>>,
    /// The phone number.
    pub phone: Option<Option<Phone>>,
    /// The email address.
    pub email: Option<Option<EmailAddress>>,
    /// The stage.
    pub stage: Option<Stage>,
    /// The source.
    pub source: Option<Source>,
    /// All tags.
    pub tags: Option<BTreeSet<Tag>>,
    /// The owner.
    pub owner: Option<Option<UserId>>,
    /// The amount of the value, as a decimal number.
    pub amount: Option<Option<String>>,
    /// The currency of the value.
    pub currency: Option<Option<Currency>>,
    /// Why the sale was lost.
    pub lost_reason: Option<Option<Text>>,
    /// Values of custom fields, as [`crate::crm::lead_fields::FieldDefinition::read`] gives them.
    pub fields: BTreeMap<FieldKey, Option<FieldValue>>,
}

/// Why a lead cannot be changed so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LeadRefused {
    /// A value needs a currency.
    #[error("A value needs a currency. Send `currency` too.")]
    NoCurrency,
    /// A currency needs a value.
    #[error("A currency needs a value. Send `value` too, or leave the currency out.")]
    NoAmount,
    /// The amount is wrong.
    #[error(transparent)]
    Amount(#[from] InvalidAmount),
    /// WhatsApp decides the phone of a lead with a conversation.
    #[error("This lead has a WhatsApp conversation, so the phone number cannot be changed.")]
    PhoneInUse,
    /// A reason that belongs to another stage.
    #[error("Only a lead in the stage Lost has a reason. Send `stage: Lost` too.")]
    NotLost,
    /// Nothing would be left to recognise the lead by.
    #[error("A lead needs a name, a phone number or an email address.")]
    Nobody,
    /// The values of custom fields are too large together.
    #[error("The custom fields of a lead hold at most 16 KB together. Shorten a text.")]
    TooLarge,
}

impl LeadRefused {
    /// The field that is refused.
    #[must_use]
    pub const fn field(self) -> LeadField {
        match self {
            Self::NoCurrency => LeadField::Currency,
            Self::NoAmount | Self::Amount(_) => LeadField::Value,
            Self::PhoneInUse => LeadField::Phone,
            Self::NotLost => LeadField::LostReason,
            Self::Nobody => LeadField::Name,
            Self::TooLarge => LeadField::Fields,
        }
    }
}

impl LeadChange {
    /// `lead` after this change at `now`, with the next revision; the same lead if nothing changes.
    ///
    /// # Errors
    /// [`LeadRefused`] if it must not be.
    pub fn apply(&self, lead: &Lead, now: Timestamp) -> Result<Lead, LeadRefused> {
        let mut after = lead.clone();
        if let Some(name) = &self.name {
            after.name.clone_from(name);
        }
        if let Some(phone) = self.phone.as_ref().filter(|phone| **phone != lead.phone) {
            if lead.phone.is_some() && !lead.conversations.is_empty() {
                return Err(LeadRefused::PhoneInUse);
            }
            after.phone.clone_from(phone);
        }
        after.stage = self.stage.unwrap_or(lead.stage);
        after.source = self.source.unwrap_or(lead.source);
        let details = &mut after.details;
        if let Some(email) = &self.email {
            details.email.clone_from(email);
        }
        if let Some(tags) = &self.tags {
            details.tags.clone_from(tags);
        }
        if let Some(owner) = self.owner {
            details.owner = owner;
        }
        details.value = LeadValue::changed(lead.details.value, self.amount.as_ref(), self.currency)?;
        for (key, value) in &self.fields {
            match value {
                Some(value) => details.fields.insert(key.clone(), value.clone()),
                None => details.fields.remove(key),
            };
        }
        if !self.fields.is_empty() && are_too_large(&details.fields) {
            return Err(LeadRefused::TooLarge);
        }
        if let Some(reason) = &self.lost_reason {
            details.lost_reason.clone_from(reason);
        }
        if after.stage != Stage::Lost {
            if self.lost_reason.as_ref().is_some_and(Option::is_some) {
                return Err(LeadRefused::NotLost);
            }
            after.details.lost_reason = None;
        }
        let is_nobody = after.name.is_none() && after.phone.is_none() && after.details.email.is_none();
        if is_nobody && after.bsuid.is_none() && after.conversations.is_empty() {
            return Err(LeadRefused::Nobody);
        }
        if after.stage != lead.stage {
            after.stage_since = now;
        }
        if after != *lead {
            after.updated = now;
            after.revision = lead.revision + 1;
        }
        Ok(after)
    }
}

impl LeadValue {
    /// The value `before` with another amount or currency, where one is given.
    pub(crate) fn changed(
        before: Option<Self>,
        amount: Option<&Option<String>>,
        currency: Option<Option<Currency>>,
    ) -> Result<Option<Self>, LeadRefused> {
        let stays_without = currency.is_some() && amount.is_none();
        let currency = currency.unwrap_or_else(|| before.map(Self::currency));
        let amount = amount.map_or_else(|| before.map(Self::amount), Clone::clone);
        match (amount, currency) {
            (Some(amount), Some(currency)) => Ok(Some(Self::parse(&amount, currency)?)),
            (Some(_), None) => Err(LeadRefused::NoCurrency),
            (None, Some(_)) if stays_without => Err(LeadRefused::NoAmount),
            (None, Some(_) | None) => Ok(None),
        }
    }
}

impl Lead {
    /// The fields in which `after` differs, in the order in which people read them.
    #[must_use]
    pub fn changed_fields(&self, after: &Self) -> Vec<LeadField> {
        let differs = |field: &LeadField| match field {
            LeadField::Name => self.name != after.name,
            LeadField::Phone => self.phone != after.phone,
            LeadField::EmailAddress => self.details.email != after.details.email,
            LeadField::Stage => self.stage != after.stage,
            LeadField::Source => self.source != after.source,
            LeadField::Tags => self.details.tags != after.details.tags,
            LeadField::Owner => self.details.owner != after.details.owner,
            LeadField::Value => self.details.value.map(LeadValue::minor) != after.details.value.map(LeadValue::minor),
            LeadField::Currency => self.details.value.map(LeadValue::code) != after.details.value.map(LeadValue::code),
            LeadField::LostReason => self.details.lost_reason != after.details.lost_reason,
            LeadField::Fields => self.details.fields != after.details.fields,
        };
        LeadField::ALL.iter().copied().filter(|field| differs(field)).collect()
    }

    /// Whether it was deleted so recently that it can be restored at `now`.
    #[must_use]
    pub fn may_be_restored(&self, now: Timestamp) -> bool {
        !self.erasing && self.deleted.is_some_and(|deleted| now.since(deleted) <= RESTORABLE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::LeadId;

    const NOW: Timestamp = Timestamp::from_seconds(1_790_000_000);

    fn lead() -> Lead {
        let id = LeadId::from_parts(Timestamp::default(), 1);
        Lead { name: Some(Text::new("Ana")), ..Lead::new(id, Stage::New, Source::Other, Timestamp::default()) }
    }

    #[test]
    fn a_change_counts_the_revision_once_and_the_same_again_changes_nothing() {
        let change = LeadChange { stage: Some(Stage::Won), ..LeadChange::default() };
        let after = change.apply(&lead(), NOW).unwrap();
        assert_eq!((after.stage, after.revision, after.updated), (Stage::Won, 1, NOW));
        assert_eq!(lead().changed_fields(&after), [LeadField::Stage]);
        assert_eq!(change.apply(&after, NOW.plus(RESTORABLE)).unwrap(), after);
    }

    #[test]
    fn a_value_and_its_currency_stand_together() {
        let amount = |text: &str| LeadChange { amount: Some(Some(text.to_owned())), ..LeadChange::default() };
        assert_eq!(amount("7").apply(&lead(), NOW), Err(LeadRefused::NoCurrency));
        let euros = LeadChange { currency: Some(Some(Currency::EUR)), ..amount("7") };
        let after = euros.apply(&lead(), NOW).unwrap();
        assert_eq!(after.details.value.unwrap().amount(), "7.00");
        assert_eq!(amount("8").apply(&after, NOW).unwrap().details.value.unwrap().amount(), "8.00");
        let without = LeadChange { amount: Some(None), ..LeadChange::default() };
        assert_eq!(without.apply(&after, NOW).unwrap().details.value, None);
        let alone = LeadChange { currency: Some(Some(Currency::EUR)), ..LeadChange::default() };
        assert_eq!(alone.apply(&lead(), NOW), Err(LeadRefused::NoAmount));
    }

    #[test]
    fn a_reason_stands_only_while_the_sale_is_lost() {
        let reason = LeadChange { lost_reason: Some(Some(Text::new("Too dear"))), ..LeadChange::default() };
        assert_eq!(reason.apply(&lead(), NOW), Err(LeadRefused::NotLost));
        let lost = LeadChange { stage: Some(Stage::Lost), ..reason }.apply(&lead(), NOW).unwrap();
        assert_eq!(lost.details.lost_reason, Some(Text::new("Too dear")));
        let again = LeadChange { stage: Some(Stage::Contacted), ..LeadChange::default() }.apply(&lost, NOW).unwrap();
        assert_eq!(again.details.lost_reason, None);
    }

    #[test]
    fn a_lead_needs_something_to_be_recognised_by() {
        let nameless = LeadChange { name: Some(None), ..LeadChange::default() };
        assert_eq!(nameless.apply(&lead(), NOW), Err(LeadRefused::Nobody));
    }
}
