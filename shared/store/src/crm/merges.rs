//! Two leads become one, and two again: each in one transaction. Identities and conversations lead to the lead that stays;
//! histories, tasks and notes stay where they are, and readers merge them. The other lead stays on record, out of every
//! list, with the address of its own history.

use crate::access::audit;
use crate::crm::duplicates;
use crate::crm::identities::{self, LeadIdentity};
use crate::crm::lead_changes::EmailItem;
use crate::crm::lead_index;
use crate::crm::leads::{LeadItem, rank};
use crate::crm::standings;
use crate::inbox::conversations;
use crate::inbox::messages::event;
use crate::table::client::{Change, Conditional};
use crate::table::encoding::json;
use crate::table::expression::{Condition, Update};
use crate::table::item::{LIST, RANK, item};
use crate::table::keys::{CrmKey, Key, List, Partition, merges_range};
use crate::table::query::{Query, Read};
use crate::{StoreError, TenantStore};
use domain::access::audit::Entry;
use domain::crm::leads::Lead;
use domain::crm::merges::{Merge, MergePlan, MergedFields};
use domain::ids::MergeId;
use domain::inbox::consents::Consents;
use domain::inbox::conversations::Conversation;
use domain::inbox::history::{Event, StageCause};
use domain::{Actor, HistoryId, LeadId, MessageId, Timestamp};
use std::collections::BTreeSet;

/// DynamoDB's limit for one transaction.
const MOST_CHANGES: usize = 100;

item! {
    struct MergeItem: "merge" {
        other: LeadId = "ot",
        by: Actor = "by",
        /// The fields in which they differed, as JSON.
        fields: String = "fi",
        /// The fields of the lead that stays, before and after, as JSON.
        before: String = "bf",
        after: String = "af",
        undone_at?: Timestamp = "un" as UNDONE_AT,
        undone_by?: Actor = "ub" as UNDONE_BY,
    }
}

impl MergeItem {
    fn from_merge(merge: &Merge) -> Result<Self, StoreError> {
        Ok(Self {
            other: merge.other,
            by: merge.by,
            fields: json(&merge.fields)?,
            before: json(&merge.before)?,
            after: json(&merge.after)?,
            undone_at: merge.undone.map(|(at, _)| at),
            undone_by: merge.undone.map(|(_, by)| by),
        })
    }

    fn merge(self, lead: LeadId, id: MergeId) -> Result<Merge, StoreError> {
        fn read<T: serde::de::DeserializeOwned>(id: MergeId, json: &str) -> Result<T, StoreError> {
            serde_json::from_str(json).map_err(|error| StoreError::corrupt(id.to_string(), &error))
        }
        Ok(Merge {
            id,
            lead,
            other: self.other,
            by: self.by,
            fields: read(id, &self.fields)?,
            before: read(id, &self.before)?,
            after: read(id, &self.after)?,
            undone: self.undone_at.zip(self.undone_by),
        })
    }
}

/// What came of merging two leads, or of undoing it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MergeWrite {
    /// It is done.
    Done,
    /// One of them was changed meanwhile.
    Stale,
    /// They have more conversations and identities than one transaction takes.
    TooLarge,
}

/// Everything of two leads that a merge touches, as it stands.
struct Pair {
    identities: Vec<LeadIdentity>,
    conversations: Vec<Conversation>,
    consents: [Option<(Consents, u64)>; 2],
}

impl TenantStore<'_> {
    /// Merges the lead that `merge` names as the other into the one that stays, as `plan` says. `before` are both as they
    /// were read; `lines` are the IDs of the lines that say that they were merged, and that the lead has another stage.
    pub async fn merge_leads(
        self,
        before: (&Lead, &Lead),
        plan: &MergePlan,
        merge: &Merge,
        lines: [MessageId; 2],
        entry: &Entry,
    ) -> Result<MergeWrite, StoreError> {
        let (lead, other) = before;
        let [line, stage_line] = lines;
        let pair = self.pair(lead, other).await?;
        let mut changes = self.leads_become([lead, other], [&plan.lead, &plan.other], &pair);
        for found in pair.identities.iter().filter(|found| found.lead == other.id) {
            changes.push(Change::update(identities::repoint(self.tenant, &found.identity, other.id, lead.id)));
        }
        changes.extend(self.hand_over_deals(&other.deals, other.id, lead.id));
        if let Some(email) = plan.lead.details.email.as_ref().filter(|_| lead.details.email.is_none()) {
            let update = Update::at(CrmKey::EmailAddress(self.tenant, email.clone())).set(EmailItem::LEAD, &lead.id);
            changes.push(Change::update(update.when(Condition::is(EmailItem::LEAD, &other.id))));
        }
        let [ours, theirs] = &pair.consents;
        if let Some((theirs, _)) = theirs {
            let was = ours.as_ref().map(|(consents, _)| consents.clone()).unwrap_or_default();
            let both = was.with(theirs);
            if both != was {
                changes.push(self.replace_consents(lead.id, &both, ours.as_ref().map(|(_, revision)| *revision))?);
            }
        }
        let by = merge.by;
        let merged = Event::LeadsMerged { merge: merge.id, other: other.id, by };
        changes.push(event(self.tenant, HistoryId::for_lead(lead.id), line, &merged)?);
        changes.extend(self.stage_line(lead, &plan.lead, stage_line, by, StageCause::Merged)?);
        changes.push(Change::create(CrmKey::Merge(self.tenant, lead.id, merge.id), &MergeItem::from_merge(merge)?)?);
        changes.push(duplicates::forget_pair(self.tenant, lead.id, other.id));
        for duplicate in plan.lead.possible_duplicates.iter().filter(|id| !lead.possible_duplicates.contains(id)) {
            changes.push(Change::update(duplicates::pair(self.tenant, lead.id, *duplicate, merge.at())));
        }
        self.finish(changes, [lead.id, other.id], merge.at(), entry).await
    }

    /// Undoes a merge: `after` are both leads as they become, `before` as they were read. `lines` are the IDs of the lines
    /// that say to each of them that it was undone, and that the lead has another stage.
    pub async fn undo_merge(
        self,
        before: (&Lead, &Lead),
        after: (&Lead, &Lead),
        merge: &Merge,
        lines: [MessageId; 3],
        by: Actor,
        entry: &Entry,
    ) -> Result<MergeWrite, StoreError> {
        let (lead, other) = before;
        let now = entry.audit_event.at;
        let pair = self.pair(lead, other).await?;
        let mut changes = self.leads_become([lead, other], [after.0, after.1], &pair);
        changes.extend(self.hand_over_deals(&after.1.deals, lead.id, other.id));
        let histories = other.histories();
        for found in &pair.identities {
            if found.lead == lead.id && histories.contains(&found.history) {
                changes.push(Change::update(identities::repoint(self.tenant, &found.identity, lead.id, other.id)));
            }
        }
        if let Some(email) = other.details.email.as_ref().filter(|email| {
            lead.details.email.as_ref() == Some(*email) && after.0.details.email.as_ref() != Some(*email)
        }) {
            let update = Update::at(CrmKey::EmailAddress(self.tenant, email.clone())).set(EmailItem::LEAD, &other.id);
            changes.push(Change::update(update.when(Condition::is(EmailItem::LEAD, &lead.id))));
        }
        changes.extend(self.consents_part([lead.id, other.id], &pair.consents, merge.at())?);
        let [line, line_of_other, stage_line] = lines;
        changes.extend(self.stage_line(lead, after.0, stage_line, by, StageCause::MergeUndone)?);
        for (place, line) in [(lead.id, line), (other.id, line_of_other)] {
            let undone =
                Event::MergeUndone { merge: merge.id, other: if place == lead.id { other.id } else { lead.id }, by };
            changes.push(event(self.tenant, HistoryId::for_lead(place), line, &undone)?);
        }
        let update = Update::at(CrmKey::Merge(self.tenant, lead.id, merge.id))
            .set(MergeItem::UNDONE_AT, &now)
            .set(MergeItem::UNDONE_BY, &by)
            .when(Condition::exists())
            .when(Condition::absent(MergeItem::UNDONE_AT));
        changes.push(Change::update(update));
        if after.0.possible_duplicates.contains(&other.id) {
            changes.push(Change::update(duplicates::pair(self.tenant, lead.id, other.id, merge.at())));
        }
        self.finish(changes, [lead.id, other.id], now, entry).await
    }

    /// One merge into a lead.
    pub async fn merge(self, lead: LeadId, id: MergeId) -> Result<Option<Merge>, StoreError> {
        let item: Option<MergeItem> = self.table().get(CrmKey::Merge(self.tenant, lead, id), Read::Strong).await?;
        item.map(|item| item.merge(lead, id)).transpose()
    }

    /// The merges into a lead, the newest first.
    pub async fn merges(self, lead: LeadId) -> Result<Vec<Merge>, StoreError> {
        let (low, high) = merges_range();
        let query = Query::partition(&Partition::History(self.tenant, HistoryId::for_lead(lead))).between(low, high);
        let mut merges = Vec::new();
        for (key, item) in self.table().list::<MergeItem>(query.strong()).await? {
            if let Key::Crm(CrmKey::Merge(_, _, id)) = key {
                merges.push(item.merge(lead, id)?);
            }
        }
        merges.sort_by_key(|merge| std::cmp::Reverse(merge.id));
        Ok(merges)
    }

    async fn pair(self, lead: &Lead, other: &Lead) -> Result<Pair, StoreError> {
        let mut identities = self.identities_of(lead).await?;
        for found in self.identities_of(other).await? {
            if !identities.contains(&found) {
                identities.push(found);
            }
        }
        let ids: BTreeSet<_> = lead.conversations.iter().chain(&other.conversations).copied().collect();
        let ids: Vec<_> = ids.into_iter().collect();
        let conversations = self.conversations_now(&ids).await?;
        let consents = [self.consent_item(lead.id).await?, self.consent_item(other.id).await?];
        Ok(Pair { identities, conversations, consents })
    }

    /// The changes by which two leads and their conversations become what `after` says. Nobody may have changed one of the
    /// leads since it was read.
    fn leads_become(self, before: [&Lead; 2], after: [&Lead; 2], pair: &Pair) -> Vec<Change> {
        let mut changes = Vec::new();
        for (before, after) in before.into_iter().zip(after) {
            let newest = pair.conversations.iter().filter(|one| after.conversations.contains(&one.id));
            let newest = newest.filter_map(|one| one.last.as_ref().map(|last| last.id)).max();
            changes.push(Change::update(self.lead_becomes(before, after, newest)));
            changes.extend(standings::moved(self.tenant, before, after));
        }
        for conversation in &pair.conversations {
            let owner =
                after.iter().find(|lead| lead.deleted.is_none() && lead.conversations.contains(&conversation.id));
            let Some(owner) = owner else { continue };
            let stage_open = owner.stage.is_open();
            let was = before.iter().find(|lead| lead.id == owner.id).map(|lead| lead.stage.is_open());
            if conversation.lead != owner.id || was != Some(stage_open) {
                let from = conversation.lead;
                let update = conversations::repoint(self.tenant, conversation.id, from, owner.id, stage_open);
                changes.push(Change::update(update));
            }
        }
        changes
    }

    /// The line of a lead's history that says why it has another stage; none if it has the same.
    fn stage_line(
        self,
        before: &Lead,
        after: &Lead,
        line: MessageId,
        by: Actor,
        cause: StageCause,
    ) -> Result<Option<Change>, StoreError> {
        if before.stage == after.stage {
            return Ok(None);
        }
        let moved = Event::StageChanged {
            from: before.stage,
            to: after.stage,
            by: Some(by),
            reason: after.details.lost_reason.clone(),
            cause: Some(cause),
        };
        event(self.tenant, HistoryId::for_lead(before.id), line, &moved).map(Some)
    }

    fn lead_becomes(self, before: &Lead, after: &Lead, newest: Option<MessageId>) -> Update {
        let list = match (after.merged_into, after.deleted) {
            (Some(_), _) => List::MergedLeads(self.tenant),
            (None, Some(_)) => List::DeletedLeads(self.tenant),
            (None, None) => List::Leads(self.tenant, after.stage),
        };
        let item = LeadItem::from_lead(self.tenant, after, newest);
        let was = LeadItem::from_lead(self.tenant, before, None);
        let update = Update::at(CrmKey::Lead(self.tenant, before.id))
            .set_or_remove(LeadItem::FIRST, item.first.as_ref())
            .set(LeadItem::CONVERSATIONS, &after.conversations)
            .set(LeadItem::POSSIBLE_DUPLICATES, &after.possible_duplicates)
            .set_or_remove(LeadItem::DEALS, item.deals.as_ref())
            .set_or_remove(LeadItem::MERGED, item.merged.as_ref())
            .set_or_remove(LeadItem::MERGED_INTO, item.merged_into.as_ref())
            .set_or_remove(LeadItem::OTHER_PHONES, item.other_phones.as_ref());
        let update = if after.deleted.is_some() {
            // The address stays that of its own history, and may change while the lead is merged.
            update
        } else {
            update
                .set_or_remove(LeadItem::PHONE, item.phone.as_ref())
                .set_or_remove(LeadItem::BSUID, item.bsuid.as_ref())
                .set(RANK, &rank(newest.map_or(after.created, MessageId::at), after.id))
        };
        item.set_details(update)
            .set(LIST, &list.pk())
            .when(Condition::exists())
            .when(Condition::is_still(LeadItem::REVISION, was.revision.as_ref()))
            .when(Condition::is_still(LeadItem::PHONE, was.phone.as_ref()))
            .when(Condition::is_still(LeadItem::BSUID, was.bsuid.as_ref()))
            .when(Condition::is_still(LeadItem::MERGED_INTO, was.merged_into.as_ref()))
            .when(Condition::is_still(LeadItem::FIRST, was.first.as_ref()))
            .when(Condition::is_still(LeadItem::NAME, was.name.as_ref()))
            .when(Condition::is(LeadItem::POSSIBLE_DUPLICATES, &before.possible_duplicates))
            .when(Condition::is(LeadItem::CONVERSATIONS, &before.conversations))
    }

    /// The changes by which two leads that were one have each their own consent again. What was said while they were one
    /// holds for both.
    fn consents_part(
        self,
        ids: [LeadId; 2],
        consents: &[Option<(Consents, u64)>; 2],
        since: Timestamp,
    ) -> Result<Vec<Change>, StoreError> {
        let [Some((ours, revision)), theirs] = consents else { return Ok(Vec::new()) };
        let [lead, other] = ids;
        let own = theirs.as_ref().map(|(theirs, _)| theirs.clone()).unwrap_or_default();
        let mut changes = Vec::new();
        let kept = ours.without(&own, since);
        if kept != *ours {
            changes.push(self.replace_consents(lead, &kept, Some(*revision))?);
        }
        let both = own.with(&ours.since(since));
        if both != own {
            changes.push(self.replace_consents(other, &both, theirs.as_ref().map(|(_, revision)| *revision))?);
        }
        Ok(changes)
    }

    async fn finish(
        self,
        mut changes: Vec<Change>,
        leads: [LeadId; 2],
        now: Timestamp,
        entry: &Entry,
    ) -> Result<MergeWrite, StoreError> {
        changes.push(audit::append(self.tenant, entry)?);
        changes.extend(leads.map(|lead| lead_index::request(self.tenant, lead, now)));
        if changes.len() > MOST_CHANGES {
            return Ok(MergeWrite::TooLarge);
        }
        match self.table().transact(changes).await {
            Ok(Conditional::Applied(())) => Ok(MergeWrite::Done),
            Ok(Conditional::Rejected(_)) | Err(StoreError::Conflict) => Ok(MergeWrite::Stale),
            Err(error) => Err(error),
        }
    }
}

/// A merge as it is recorded: `before` and `after` are the lead that stays.
#[must_use]
pub fn recorded(id: MergeId, before: &Lead, other: LeadId, plan: &MergePlan, by: Actor) -> Merge {
    Merge {
        id,
        lead: before.id,
        other,
        by,
        fields: plan.fields.clone(),
        before: MergedFields::from(before),
        after: MergedFields::from(&plan.lead),
        undone: None,
    }
}
