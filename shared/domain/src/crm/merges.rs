//! Two leads that are one person become one, and two again. No history moves: the one that stays reads the histories of
//! the other beside its own.

use crate::access::users::EmailAddress;
use crate::actors::Actor;
use crate::crm::lead_changes::LeadField;
use crate::crm::lead_details::{LeadDetails, LeadValue, Tag};
use crate::crm::lead_fields::FieldValues;
use crate::crm::leads::{Lead, Source};
use crate::identities::Bsuid;
use crate::ids::{LeadId, MergeId, MessageId, UserId};
use crate::personal::Text;
use crate::phone::Phone;
use crate::stages::Stage;
use crate::string_enum::string_enum;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::time::Duration;

/// How long a merge can be undone: 30 days.
pub const UNDOABLE: Duration = Duration::from_secs(30 * 24 * 3600);

string_enum! {
    /// What becomes of a field in which two leads differ.
    FieldRule {
        /// The lead that stays keeps its own.
        Kept = "kept",
        /// It takes the other lead's.
        Taken = "taken",
        /// It has both.
        Combined = "combined",
    }
}

/// A field in which two leads differ, and what becomes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChoice {
    /// The field.
    pub field: LeadField,
    /// What becomes of it.
    pub rule: FieldRule,
}

/// The fields that a merge may change, as they were or became: what undoing it needs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MergedFields {
    name: Option<Text>,
    phone: Option<Phone>,
    bsuid: Option<Bsuid>,
    first: Option<MessageId>,
    stage: Stage,
    stage_since: Timestamp,
    source: Source,
    email: Option<EmailAddress>,
    tags: BTreeSet<Tag>,
    owner: Option<UserId>,
    amount: Option<u64>,
    currency: Option<String>,
    lost_reason: Option<Text>,
    possible_duplicates: Vec<LeadId>,
    other_phones: Vec<Phone>,
    fields: FieldValues,
}

impl From<&Lead> for MergedFields {
    fn from(lead: &Lead) -> Self {
        let details = lead.details.clone();
        Self {
            name: lead.name.clone(),
            phone: lead.phone.clone(),
            bsuid: lead.bsuid.clone(),
            first: lead.first,
            stage: lead.stage,
            stage_since: lead.stage_since,
            source: lead.source,
            email: details.email,
            tags: details.tags,
            owner: details.owner,
            amount: details.value.map(LeadValue::minor),
            currency: details.value.map(|value| value.code().to_owned()),
            lost_reason: details.lost_reason,
            possible_duplicates: lead.possible_duplicates.clone(),
            other_phones: lead.other_phones.clone(),
            fields: details.fields,
        }
    }
}

/// A merge that was made.
#[derive(Clone, Debug, PartialEq)]
pub struct Merge {
    /// Its ID, which begins with its time.
    pub id: MergeId,
    /// The lead that stays.
    pub lead: LeadId,
    /// The lead that was merged into it.
    pub other: LeadId,
    /// Who merged them.
    pub by: Actor,
    /// The fields in which they differed.
    pub fields: Vec<FieldChoice>,
    /// The fields of the lead that stays, before.
    pub before: MergedFields,
    /// The same after.
    pub after: MergedFields,
    /// When and by whom it was undone.
    pub undone: Option<(Timestamp, Actor)>,
}

/// Why a merge cannot be made or undone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MergeRefused {
    /// One lead is no pair.
    #[error("A lead cannot be merged with itself. Choose another lead.")]
    Itself,
    /// It was undone before.
    #[error("This merge was undone already.")]
    Undone,
    /// It was made too long ago.
    #[error("A merge can be undone for 30 days. Create a new lead for the other person.")]
    TooLate,
    /// One of its leads is not what the merge made of it.
    #[error("One of these leads was merged again or deleted since. Undo that first.")]
    ChangedSince,
}

/// What a merge makes of two leads.
#[derive(Clone, Debug, PartialEq)]
pub struct MergePlan {
    /// The lead that stays.
    pub lead: Lead,
    /// The other one, which then counts as deleted.
    pub other: Lead,
    /// The fields in which they differ.
    pub fields: Vec<FieldChoice>,
}

impl Lead {
    /// What becomes of this lead and of `other` if `other` is merged into this one at `now`. This lead's own fields come
    /// first, and the other's fill the gaps. Tags are combined. The stage that is further along stands.
    ///
    /// # Errors
    /// [`MergeRefused`] if both are the same, or one of them is gone.
    pub fn merge(&self, other: &Self, now: Timestamp) -> Result<MergePlan, MergeRefused> {
        if self.id == other.id {
            return Err(MergeRefused::Itself);
        }
        if self.deleted.is_some() || other.deleted.is_some() {
            return Err(MergeRefused::ChangedSince);
        }
        let mut after = self.clone();
        fill(&mut after.name, other.name.as_ref());
        fill(&mut after.phone, other.phone.as_ref());
        fill(&mut after.bsuid, other.bsuid.as_ref());
        after.first = [self.first, other.first].into_iter().flatten().min();
        if progress(other.stage) > progress(self.stage) {
            after.stage = other.stage;
            after.stage_since = other.stage_since;
        }
        if other.created < self.created {
            after.source = other.source;
        }
        let LeadDetails { email, tags, owner, value, lost_reason, fields } = &mut after.details;
        fill(email, other.details.email.as_ref());
        tags.extend(other.details.tags.iter().cloned());
        fill(owner, other.details.owner.as_ref());
        fill(value, other.details.value.as_ref());
        fill(lost_reason, other.details.lost_reason.as_ref());
        for (key, value) in &other.details.fields {
            fields.entry(key.clone()).or_insert_with(|| value.clone());
        }
        if after.stage != Stage::Lost {
            after.details.lost_reason = None;
        }
        after.deals.extend(&other.deals);
        after.conversations.extend(&other.conversations);
        after.merged.extend([other.id].iter().chain(&other.merged));
        for duplicate in &other.possible_duplicates {
            if !after.possible_duplicates.contains(duplicate) {
                after.possible_duplicates.push(*duplicate);
            }
        }
        after.possible_duplicates.retain(|duplicate| *duplicate != self.id && *duplicate != other.id);
        for phone in other.phone.iter().chain(&other.other_phones) {
            if after.phone.as_ref() != Some(phone) && !after.other_phones.contains(phone) {
                after.other_phones.push(phone.clone());
            }
        }
        after.updated = now;
        after.revision += 1;
        let fields = self.changed_fields(other).into_iter().map(|field| {
            let is = |one: &Self| !one.changed_fields(&after).contains(&field);
            let rule = match (is(self), is(other)) {
                (true, _) => FieldRule::Kept,
                (false, true) => FieldRule::Taken,
                (false, false) => FieldRule::Combined,
            };
            FieldChoice { field, rule }
        });
        let fields = fields.collect();
        let gone = Self {
            deleted: Some(now),
            merged_into: Some(self.id),
            updated: now,
            revision: other.revision + 1,
            ..other.clone()
        };
        Ok(MergePlan { lead: after, other: gone, fields })
    }
}

impl Merge {
    /// When it was made.
    #[must_use]
    pub fn at(&self) -> Timestamp {
        self.id.at()
    }

    /// Until when it can be undone.
    #[must_use]
    pub fn undoable_until(&self) -> Timestamp {
        self.at().plus(UNDOABLE)
    }

    /// What becomes of both leads, as they stand, if this merge is undone at `now`. A field that was changed since the
    /// merge stays as it is. Conversations go back to the lead with whose history they began.
    ///
    /// # Errors
    /// [`MergeRefused`] if it must not be.
    pub fn undo(&self, lead: &Lead, other: &Lead, now: Timestamp) -> Result<(Lead, Lead), MergeRefused> {
        if self.undone.is_some() {
            return Err(MergeRefused::Undone);
        }
        if now > self.undoable_until() {
            return Err(MergeRefused::TooLate);
        }
        if lead.deleted.is_some() || other.merged_into != Some(lead.id) {
            return Err(MergeRefused::ChangedSince);
        }
        let Self { before, after, .. } = self;
        let mut kept = lead.clone();
        back(&mut kept.name, &before.name, &after.name);
        back(&mut kept.phone, &before.phone, &after.phone);
        back(&mut kept.bsuid, &before.bsuid, &after.bsuid);
        back(&mut kept.first, &before.first, &after.first);
        back(&mut kept.stage, &before.stage, &after.stage);
        back(&mut kept.stage_since, &before.stage_since, &after.stage_since);
        back(&mut kept.details.fields, &before.fields, &after.fields);
        back(&mut kept.source, &before.source, &after.source);
        back(&mut kept.details.email, &before.email, &after.email);
        back(&mut kept.details.owner, &before.owner, &after.owner);
        back(&mut kept.details.lost_reason, &before.lost_reason, &after.lost_reason);
        let value = |amount: Option<u64>, currency: &Option<String>| {
            amount.and_then(|amount| LeadValue::from_minor(amount, currency.as_deref().unwrap_or_default()))
        };
        let was = value(before.amount, &before.currency);
        back(&mut kept.details.value, &was, &value(after.amount, &after.currency));
        if kept.stage != Stage::Lost {
            kept.details.lost_reason = None;
        }
        kept.details.tags.retain(|tag| before.tags.contains(tag) || !after.tags.contains(tag));
        let came = |phone: &Phone| before.other_phones.contains(phone) || !after.other_phones.contains(phone);
        kept.other_phones.retain(|phone| came(phone) && other.phone.as_ref() != Some(phone));
        let came = |id: &LeadId| before.possible_duplicates.contains(id) || !after.possible_duplicates.contains(id);
        kept.possible_duplicates.retain(came);
        if before.possible_duplicates.contains(&other.id) {
            kept.possible_duplicates.push(other.id);
        }
        let histories = other.histories();
        let theirs = |id: &crate::ids::ConversationId| histories.contains(&id.history);
        let deals = other.deals.iter().copied().filter(|id| lead.deals.contains(id)).collect();
        kept.deals.retain(|id| !other.deals.contains(id));
        let conversations = lead.conversations.iter().copied().filter(theirs).collect();
        kept.conversations.retain(|id| !theirs(id));
        kept.merged.retain(|id| *id != other.id && !other.merged.contains(id));
        kept.updated = now;
        kept.revision += 1;
        let again = Lead {
            deals,
            conversations,
            deleted: None,
            merged_into: None,
            updated: now,
            revision: other.revision + 1,
            ..other.clone()
        };
        Ok((kept, again))
    }
}

fn fill<T: Clone>(field: &mut Option<T>, other: Option<&T>) {
    if field.is_none() {
        *field = other.cloned();
    }
}

/// Puts a field back as it was before a merge, unless it was changed since.
fn back<T: Clone + PartialEq>(field: &mut T, before: &T, after: &T) {
    if field == after {
        field.clone_from(before);
    }
}

/// How far along a stage is. A lost sale counts less than one that goes on.
const fn progress(stage: Stage) -> u8 {
    match stage {
        Stage::Lost => 0,
        Stage::New => 1,
        Stage::Incoming => 2,
        Stage::Contacted => 3,
        Stage::Qualified => 4,
        Stage::Proposal => 5,
        Stage::Negotiation => 6,
        Stage::Won => 7,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{ChannelId, ConversationId, HistoryId};
    use proptest::prelude::*;

    const NOW: Timestamp = Timestamp::from_seconds(1_790_000_000);

    fn lead(n: u128) -> Lead {
        let id = LeadId::from_parts(Timestamp::default(), n);
        let history = HistoryId::for_lead(id);
        let channel = ChannelId::from_parts(Timestamp::default(), 9);
        Lead {
            conversations: vec![ConversationId { history, channel }],
            ..Lead::new(id, Stage::New, Source::Other, Timestamp::from_millis(i64::try_from(n).unwrap()))
        }
    }

    fn merged(lead: &Lead, other: &Lead) -> (MergePlan, Merge) {
        let plan = lead.merge(other, NOW).unwrap();
        let merge = Merge {
            id: MergeId::from_parts(NOW, 1),
            lead: lead.id,
            other: other.id,
            by: Actor::User(UserId::from_parts(NOW, 1)),
            fields: plan.fields.clone(),
            before: MergedFields::from(lead),
            after: MergedFields::from(&plan.lead),
            undone: None,
        };
        (plan, merge)
    }

    fn tag(text: &str) -> Tag {
        Tag::parse(text).unwrap()
    }

    #[test]
    fn gaps_are_filled_tags_combined_and_the_further_stage_stands() {
        let mut asha = lead(1);
        asha.name = Some(Text::new("Asha"));
        asha.details.tags = [tag("vip")].into();
        let mut other = lead(2);
        other.name = Some(Text::new("A. Rao"));
        other.phone = Some(Phone::parse("919876543210").unwrap());
        other.details.tags = [tag("late")].into();
        other.stage = Stage::Qualified;
        let (MergePlan { lead, other: gone, fields }, _) = merged(&asha, &other);
        assert_eq!((lead.name.as_ref(), &lead.phone, lead.stage), (asha.name.as_ref(), &other.phone, Stage::Qualified));
        assert_eq!((lead.details.tags.len(), lead.conversations.len()), (2, 2));
        assert_eq!((gone.merged_into, gone.deleted), (Some(asha.id), Some(NOW)));
        let rules: Vec<_> = fields.iter().map(|choice| (choice.field, choice.rule)).collect();
        let taken = |field| (field, FieldRule::Taken);
        let kept = (LeadField::Name, FieldRule::Kept);
        let tags = (LeadField::Tags, FieldRule::Combined);
        assert_eq!(rules, [kept, taken(LeadField::Phone), taken(LeadField::Stage), tags]);
    }

    #[test]
    fn a_merge_with_itself_or_with_a_lead_that_is_gone_is_refused() {
        let one = lead(1);
        assert_eq!(one.merge(&one, NOW), Err(MergeRefused::Itself));
        let gone = Lead { deleted: Some(NOW), ..lead(2) };
        assert_eq!(one.merge(&gone, NOW), Err(MergeRefused::ChangedSince));
    }

    #[test]
    fn a_merge_is_undone_once_and_for_thirty_days() {
        let (plan, mut merge) = merged(&lead(1), &lead(2));
        let late = NOW.plus(UNDOABLE).plus(Duration::from_millis(1));
        assert_eq!(merge.undo(&plan.lead, &plan.other, late), Err(MergeRefused::TooLate));
        assert!(merge.undo(&plan.lead, &plan.other, NOW.plus(UNDOABLE)).is_ok());
        let again = Lead { merged_into: Some(lead(3).id), ..plan.other.clone() };
        assert_eq!(merge.undo(&plan.lead, &again, NOW), Err(MergeRefused::ChangedSince));
        merge.undone = Some((NOW, merge.by));
        assert_eq!(merge.undo(&plan.lead, &plan.other, NOW), Err(MergeRefused::Undone));
    }

    #[test]
    fn what_was_changed_after_the_merge_stays_when_it_is_undone() {
        let other = Lead { name: Some(Text::new("Bo")), stage: Stage::Won, ..lead(2) };
        let (plan, merge) = merged(&lead(1), &other);
        let mut lead = plan.lead.clone();
        lead.name = Some(Text::new("Bodil"));
        let (kept, _) = merge.undo(&lead, &plan.other, NOW).unwrap();
        assert_eq!((kept.name, kept.stage), (Some(Text::new("Bodil")), Stage::New));
    }

    fn any_lead(n: u128) -> impl Strategy<Value = Lead> {
        let phone = proptest::option::of(Just(Phone::parse(&format!("9198765432{n:02}")).unwrap()));
        let tags = proptest::collection::btree_set(proptest::sample::select(vec!["a", "b", "c"]).prop_map(tag), 0..3);
        let name = proptest::option::of(proptest::sample::select(vec!["Asha", "Bo"]).prop_map(Text::new));
        (phone, tags, name, proptest::sample::select(Stage::ALL)).prop_map(move |(phone, tags, name, stage)| {
            let mut lead = lead(n);
            lead.details.tags = tags;
            Lead { phone, name, stage, ..lead }
        })
    }

    proptest! {
        /// Undoing a merge at once gives both leads back, and no conversation is lost or doubled on the way.
        #[test]
        fn a_merge_that_is_undone_at_once_changes_nothing(one in any_lead(1), two in any_lead(2)) {
            let (plan, merge) = merged(&one, &two);
            let mut all = plan.lead.conversations.clone();
            all.sort();
            all.dedup();
            prop_assert_eq!(all.len(), 2);
            let (kept, again) = merge.undo(&plan.lead, &plan.other, NOW).unwrap();
            let bare = |lead: &Lead| Lead { revision: 0, updated: NOW, ..lead.clone() };
            prop_assert_eq!(bare(&kept), bare(&one));
            prop_assert_eq!(bare(&again), bare(&two));
        }
    }
}
