//! Leads: one item each, listed by stage and newest message.

use crate::crm::lead_changes::Restorer;
use crate::crm::standings;
use crate::inbox::conversations::ConversationItem;
use crate::table::client::{Change, Conditional};
use crate::table::expression::{Condition, Update};
use crate::table::item::{LIST, RANK, item};
use crate::table::keys::{self, CrmKey, InboxKey, Key, List};
use crate::table::page::Page;
use crate::table::query::{Index, Query, Read};
use crate::{RACES, StoreError, TenantStore};
use domain::access::users::EmailAddress;
use domain::crm::lead_details::{LeadDetails, LeadValue, Tag};
use domain::crm::lead_fields::FieldValues;
use domain::crm::leads::{Lead, Source, StageMove};
use domain::ids::DealId;
use domain::inbox::history::Event;
use domain::stages::Stage;
use domain::{Bsuid, ConversationId, HistoryId, Identity, LeadId, MessageId, Phone, TenantId, Text, Timestamp, UserId};
use std::collections::BTreeSet;

item! {
    pub(crate) struct LeadItem: "lead" {
        stage: Stage = "st" as STAGE,
        /// When the stage was reached; absent while it is the first.
        stage_since?: Timestamp = "ss" as STAGE_SINCE,
        source: Source = "so" as SOURCE,
        pub(crate) name?: Text = "nm" as NAME,
        pub(crate) phone?: Phone = "ph" as PHONE,
        pub(crate) bsuid?: Bsuid = "bs" as BSUID,
        /// The event that last changed the phone and the user id.
        address_told_by?: MessageId = "pt" as ADDRESS_TOLD_BY,
        /// The first message that opened the window.
        pub(crate) first?: MessageId = "fm" as FIRST,
        #[serde(default)]
        conversations: Vec<ConversationId> = "cv" as CONVERSATIONS,
        pub(crate) deals?: Vec<DealId> = "de" as DEALS,
        #[serde(default)]
        possible_duplicates: Vec<LeadId> = "ps" as POSSIBLE_DUPLICATES,
        created: Timestamp = "ca" as CREATED,
        updated: Timestamp = "ua" as UPDATED,
        email?: EmailAddress = "em" as EMAIL,
        tags?: BTreeSet<Tag> = "tg" as TAGS,
        owner?: UserId = "ow" as OWNER,
        /// The value of the sale in the currency's smallest unit.
        amount?: u64 = "va" as AMOUNT,
        currency?: String = "cu" as CURRENCY,
        lost_reason?: Text = "lr" as LOST_REASON,
        /// The values of custom fields, by key.
        fields?: FieldValues = "cf" as FIELDS,
        deleted?: Timestamp = "dl" as DELETED,
        /// Whether an import made it: then it counts as no new lead.
        pub(crate) imported?: bool = "im" as IMPORTED,
        /// Counts the changes of stage and details; absent while there was none.
        pub(crate) revision?: u64 = "rv" as REVISION,
        /// The leads that were merged into this one.
        pub(crate) merged?: Vec<LeadId> = "mg" as MERGED,
        /// The lead into which this one was merged.
        pub(crate) merged_into?: LeadId = "mi" as MERGED_INTO,
        /// The phones of the leads that were merged into this one.
        pub(crate) other_phones?: Vec<Phone> = "op" as OTHER_PHONES,
        /// Whether it is being erased.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        pub(crate) erasing: bool = "er" as ERASING,
        list: String = "GSI1PK",
        rank: String = "GSI1SK",
    }
}

/// How many merges of merged leads are followed.
const MOST_MERGES: usize = 32;

/// The order in which a list is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    /// The newest message first: for people.
    NewestFirst,
    /// The oldest first: for a job. A lead that moves up while the job reads is still before it.
    OldestFirst,
}

/// A lead of a list.
#[derive(Clone, Debug)]
pub struct ListedLead {
    /// The lead.
    pub lead: Lead,
    /// The mark below which the list goes on after it.
    pub mark: String,
}

impl ListedLead {
    /// When its newest message was written, or it was created.
    #[must_use]
    pub fn active(&self) -> Timestamp {
        let millis = self.mark.split('#').next().and_then(|millis| millis.parse().ok());
        millis.map_or(self.lead.created, Timestamp::from_millis)
    }
}

impl LeadItem {
    /// A new lead, whose newest message is this one.
    pub(crate) fn from_lead(tenant: TenantId, lead: &Lead, newest: Option<MessageId>) -> Self {
        let LeadDetails { email, tags, owner, value, lost_reason, fields } = lead.details.clone();
        Self {
            stage: lead.stage,
            stage_since: Some(lead.stage_since).filter(|since| *since != lead.created),
            source: lead.source,
            name: lead.name.clone(),
            phone: lead.phone.clone(),
            bsuid: lead.bsuid.clone(),
            address_told_by: None,
            first: lead.first,
            conversations: lead.conversations.clone(),
            deals: Some(lead.deals.clone()).filter(|deals| !deals.is_empty()),
            possible_duplicates: lead.possible_duplicates.clone(),
            created: lead.created,
            updated: lead.updated,
            email,
            tags: Some(tags).filter(|tags| !tags.is_empty()),
            owner,
            amount: value.map(LeadValue::minor),
            currency: value.map(|value| value.code().to_owned()),
            lost_reason,
            fields: Some(fields).filter(|fields| !fields.is_empty()),
            deleted: lead.deleted,
            imported: None,
            revision: Some(lead.revision).filter(|revision| *revision > 0),
            merged: Some(lead.merged.clone()).filter(|merged| !merged.is_empty()),
            merged_into: lead.merged_into,
            other_phones: Some(lead.other_phones.clone()).filter(|phones| !phones.is_empty()),
            erasing: lead.erasing,
            list: List::Leads(tenant, lead.stage).pk(),
            rank: rank(newest.map_or(lead.created, MessageId::at), lead.id),
        }
    }

    pub(crate) fn lead(self, id: LeadId) -> Lead {
        let code = self.currency.as_deref().unwrap_or_default();
        let details = LeadDetails {
            email: self.email,
            tags: self.tags.unwrap_or_default(),
            owner: self.owner,
            value: self.amount.and_then(|minor| LeadValue::from_minor(minor, code)),
            lost_reason: self.lost_reason,
            fields: self.fields.unwrap_or_default(),
        };
        Lead {
            id,
            stage: self.stage,
            stage_since: self.stage_since.unwrap_or(self.created),
            source: self.source,
            name: self.name,
            phone: self.phone,
            bsuid: self.bsuid,
            first: self.first,
            conversations: self.conversations,
            deals: self.deals.unwrap_or_default(),
            possible_duplicates: self.possible_duplicates,
            created: self.created,
            updated: self.updated,
            details,
            deleted: self.deleted,
            revision: self.revision.unwrap_or_default(),
            merged: self.merged.unwrap_or_default(),
            merged_into: self.merged_into,
            other_phones: self.other_phones.unwrap_or_default(),
            erasing: self.erasing,
        }
    }

    /// Adds to `update` what people change of a lead, except the phone.
    pub(crate) fn set_details(&self, update: Update) -> Update {
        update
            .set(Self::STAGE, &self.stage)
            .set_or_remove(Self::STAGE_SINCE, self.stage_since.as_ref())
            .set(Self::SOURCE, &self.source)
            .set_or_remove(Self::NAME, self.name.as_ref())
            .set_or_remove(Self::EMAIL, self.email.as_ref())
            .set_or_remove(Self::TAGS, self.tags.as_ref())
            .set_or_remove(Self::OWNER, self.owner.as_ref())
            .set_or_remove(Self::AMOUNT, self.amount.as_ref())
            .set_or_remove(Self::CURRENCY, self.currency.as_ref())
            .set_or_remove(Self::LOST_REASON, self.lost_reason.as_ref())
            .set_or_remove(Self::FIELDS, self.fields.as_ref())
            .set_or_remove(Self::DELETED, self.deleted.as_ref())
            .set_or_remove(Self::REVISION, self.revision.as_ref())
            .set(Self::UPDATED, &self.updated)
    }

    /// The lead's place in its lists.
    pub(crate) fn place(&self) -> &str {
        &self.rank
    }
}

pub(crate) fn rank(newest: Timestamp, lead: LeadId) -> String {
    keys::rank(newest, &lead.ulid_str())
}

impl TenantStore<'_> {
    /// One lead.
    pub async fn lead(self, id: LeadId) -> Result<Option<Lead>, StoreError> {
        let item: Option<LeadItem> = self.table().get(CrmKey::Lead(self.tenant, id), Read::Strong).await?;
        Ok(item.map(|item| item.lead(id)))
    }

    /// The lead that `id` stands for today: itself, or the one into which it was merged.
    pub async fn current_lead(self, id: LeadId) -> Result<Option<Lead>, StoreError> {
        let mut lead = self.lead(id).await?;
        for _ in 0..MOST_MERGES {
            match lead.as_ref().and_then(|lead| lead.merged_into) {
                Some(into) => lead = self.lead(into).await?,
                None => break,
            }
        }
        Ok(lead)
    }

    /// Many leads as they stand today, in no order: for one that was merged into another, that one.
    pub async fn current_leads(self, ids: &[LeadId]) -> Result<Vec<Lead>, StoreError> {
        let mut leads = self.leads(ids).await?;
        let merged: Vec<_> = leads.extract_if(.., |lead| lead.merged_into.is_some()).map(|lead| lead.id).collect();
        for id in merged {
            if let Some(lead) =
                self.current_lead(id).await?.filter(|lead| leads.iter().all(|known| known.id != lead.id))
            {
                leads.push(lead);
            }
        }
        Ok(leads)
    }

    /// Many leads, in no order; those that do not exist are left out.
    pub async fn leads(self, ids: &[LeadId]) -> Result<Vec<Lead>, StoreError> {
        self.leads_by_key(ids, Read::Eventual).await
    }

    /// The same as they stand this moment: for whoever decides by them what is changed.
    pub async fn leads_now(self, ids: &[LeadId]) -> Result<Vec<Lead>, StoreError> {
        self.leads_by_key(ids, Read::Strong).await
    }

    async fn leads_by_key(self, ids: &[LeadId], how: Read) -> Result<Vec<Lead>, StoreError> {
        let distinct: BTreeSet<_> = ids.iter().copied().collect();
        let keys: Vec<_> = distinct.into_iter().map(|id| CrmKey::Lead(self.tenant, id)).collect();
        let mut leads = Vec::with_capacity(keys.len());
        for item in self.table().get_all(&keys, how).await? {
            if let Key::Crm(CrmKey::Lead(_, id)) = item.key {
                leads.push(item.read::<LeadItem>()?.lead(id));
            }
        }
        Ok(leads)
    }

    /// The leads of `stages`, newest message first, below the mark `below`.
    pub async fn list_leads(
        self,
        stages: &[Stage],
        below: Option<&str>,
        limit: usize,
    ) -> Result<Page<ListedLead>, StoreError> {
        let lists: Vec<_> = stages.iter().map(|stage| List::Leads(self.tenant, *stage)).collect();
        self.leads_of(&lists, below, limit).await
    }

    /// The leads that stand in `lists`, newest message first, below the mark `below`. One of which the index still shows
    /// an older entry may be among them.
    pub(crate) async fn leads_of(
        self,
        lists: &[List],
        below: Option<&str>,
        limit: usize,
    ) -> Result<Page<ListedLead>, StoreError> {
        self.leads_beyond(lists, Order::NewestFirst, below, limit).await
    }

    /// The same in either order: below the mark, or above it.
    pub(crate) async fn leads_beyond(
        self,
        lists: &[List],
        order: Order,
        mark: Option<&str>,
        limit: usize,
    ) -> Result<Page<ListedLead>, StoreError> {
        let ranked = self.merged(lists, order, mark, limit).await?;
        let ids: Vec<_> = ranked.items.iter().filter_map(|(_, key)| lead_of(key)).collect();
        let leads = self.leads(&ids).await?;
        let listed = ranked.items.into_iter().filter_map(|(mark, key)| {
            let id = lead_of(&key)?;
            let lead = leads.iter().find(|lead| lead.id == id).cloned()?;
            Some(ListedLead { lead, mark })
        });
        Ok(Page { items: listed.collect(), next: ranked.next })
    }

    /// The keys that stand in `lists` with their ranks, merged in this order, beyond `mark`.
    pub(crate) async fn merged(
        self,
        lists: &[List],
        order: Order,
        mark: Option<&str>,
        limit: usize,
    ) -> Result<Page<(String, Key)>, StoreError> {
        let pages = lists.iter().map(|list| {
            let query = Query::index(Index::Lists, list.pk()).limit(limit + 1);
            let query = match (order, mark) {
                (Order::NewestFirst, None) => query.newest_first(),
                (Order::NewestFirst, Some(mark)) => query.newest_first().below(mark.to_owned()),
                (Order::OldestFirst, None) => query,
                (Order::OldestFirst, Some(mark)) => query.above(mark.to_owned()),
            };
            async move { self.table().query(&query).await }
        });
        let mut ranked = Vec::new();
        for (found, _) in futures::future::try_join_all(pages).await? {
            ranked.extend(found.into_iter().map(|item| (item.rank.unwrap_or_default(), item.key)));
        }
        match order {
            Order::NewestFirst => ranked.sort_by(|a, b| b.0.cmp(&a.0)),
            Order::OldestFirst => ranked.sort_by(|a, b| a.0.cmp(&b.0)),
        }
        let more = ranked.len() > limit;
        ranked.truncate(limit);
        let next = ranked.last().filter(|_| more).map(|(rank, _)| rank.clone());
        Ok(Page { items: ranked, next })
    }

    /// Lets a message that counts move the lead's stage, once: the first is noted, a later one makes New or
    /// Incoming Contacted, one of a Won or Lost lead is noted in the history. May be repeated, also by a worker that
    /// was taken for dead: the line of the history has its place by when the message arrived, and stands once.
    ///
    /// A move stands in the history with which the lead began, wherever the message does: a merge that is undone takes
    /// conversations away, and the moves stay with the lead that made them.
    pub async fn move_stage(
        self,
        id: LeadId,
        conversation: ConversationId,
        message: MessageId,
        arrived: Timestamp,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let bits = domain::digest::bits80(&["stage", &message.ulid_str()]);
        let history = conversation.history;
        let line = MessageId::at_moment(arrived, bits);
        for _ in 0..RACES {
            let Some(lead) = self.current_lead(id).await? else { return Ok(()) };
            let id = lead.id;
            if lead.erasing {
                return Ok(());
            }
            if lead.deleted.is_some() {
                // The customer writes: the lead is there again, and the message then counts as any other.
                let restored =
                    MessageId::at_moment(arrived, domain::digest::bits80(&["restored", &message.ulid_str()]));
                self.restore_lead(&lead, Restorer::Customer, restored, now).await?;
                continue;
            }
            let (own, becomes) = (HistoryId::for_lead(id), lead.on_message(message));
            let counted = match becomes {
                StageMove::First | StageMove::Stay => false,
                StageMove::Contacted | StageMove::Reengaged => self.has_counted(&lead, message, history, line).await?,
            };
            if counted {
                return Ok(());
            }
            let changes = match becomes {
                StageMove::First => vec![note_first_message(self.tenant, &lead, message)],
                StageMove::Contacted => {
                    let Some(to) = self.automatic_moves().await?.later_message else { return Ok(()) };
                    self.moved_by_itself(&lead, to, conversation, line, now)?
                }
                StageMove::Reengaged => {
                    let event = Event::Reengaged { stage: lead.stage };
                    let unchanged = Update::at(CrmKey::Lead(self.tenant, id)).set(LeadItem::STAGE, &lead.stage);
                    vec![
                        Change::update(unchanged.when(Condition::is(LeadItem::STAGE, &lead.stage))),
                        crate::inbox::messages::event(self.tenant, history, line, &event)?,
                        set_stage_open(self.tenant, conversation, false),
                    ]
                }
                StageMove::Stay if lead.stage.is_open() => return Ok(()),
                StageMove::Stay => vec![set_stage_open(self.tenant, conversation, false)],
            };
            if let Conditional::Applied(()) = self.table().transact(changes).await? {
                return Ok(());
            }
            if self.entry(own, line).await?.is_some() || self.entry(history, line).await?.is_some() {
                return Ok(());
            }
        }
        Err(StoreError::Conflict)
    }

    /// Whether a message had its say before the lead that it was written to was merged into `lead`: it was that one's first,
    /// or moved it by this line of this history.
    async fn has_counted(
        self,
        lead: &Lead,
        message: MessageId,
        history: HistoryId,
        line: MessageId,
    ) -> Result<bool, StoreError> {
        let merged = self.leads_now(&lead.merged).await?;
        if merged.iter().any(|merged| merged.first == Some(message)) {
            return Ok(true);
        }
        Ok(history != HistoryId::for_lead(lead.id) && self.entry(history, line).await?.is_some())
    }

    /// Lets our first answer to a customer move the lead, if the business wants that: from New or Incoming alone, and never
    /// a lead with deals. May be repeated: the line of the history has its place by the answer, and stands once.
    pub async fn move_on_answer(
        self,
        id: LeadId,
        conversation: ConversationId,
        answer: MessageId,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let Some(to) = self.automatic_moves().await?.answer else { return Ok(()) };
        let line = MessageId::at_moment(answer.moment(), domain::digest::bits80(&["answer", &answer.ulid_str()]));
        for _ in 0..RACES {
            let lead = self.current_lead(id).await?.filter(|lead| lead.deleted.is_none());
            let Some(lead) = lead.filter(Lead::moves_on_answer) else { return Ok(()) };
            let (own, history) = (HistoryId::for_lead(lead.id), conversation.history);
            if own != history && self.entry(history, line).await?.is_some() {
                return Ok(());
            }
            let changes = self.moved_by_itself(&lead, to, conversation, line, now)?;
            if let Conditional::Applied(()) = self.table().transact(changes).await? {
                return Ok(());
            }
            if self.entry(own, line).await?.is_some() {
                return Ok(());
            }
        }
        Err(StoreError::Conflict)
    }

    /// The changes by which a lead moves to `to` by itself.
    fn moved_by_itself(
        self,
        lead: &Lead,
        to: Stage,
        conversation: ConversationId,
        line: MessageId,
        now: Timestamp,
    ) -> Result<Vec<Change>, StoreError> {
        let event = Event::StageChanged { from: lead.stage, to, by: None, reason: None, cause: None };
        let after = Lead { stage: to, stage_since: now, revision: lead.revision + 1, ..lead.clone() };
        let mut changes = vec![
            move_stage_change(self.tenant, lead, to, now),
            crate::inbox::messages::event(self.tenant, HistoryId::for_lead(lead.id), line, &event)?,
            set_stage_open(self.tenant, conversation, to.is_open()),
        ];
        changes.extend(standings::moved(self.tenant, lead, &after));
        Ok(changes)
    }

    /// Moves the lead up in its list, to the place of `message`; a lead that stands there or above stays. May be
    /// repeated, in any order.
    pub async fn raise_lead(self, id: LeadId, message: MessageId) -> Result<(), StoreError> {
        let mut id = id;
        for _ in 0..MOST_MERGES {
            let place = rank(message.at(), id);
            let update = Update::at(CrmKey::Lead(self.tenant, id)).set(RANK, &place).when(Condition::exists());
            match self.table().update::<LeadItem>(update.when(Condition::below(RANK, &place))).await? {
                Conditional::Applied(item) => match item.merged_into {
                    Some(into) => id = into,
                    None => return self.raise_listings(&item.lead(id), &place).await,
                },
                Conditional::Rejected(_) => return Ok(()),
            }
        }
        Ok(())
    }

    /// Notes a phone or user id that the lead did not have. A lead that was merged into another keeps those of its own
    /// history.
    pub async fn add_to_lead(self, id: LeadId, customer: &domain::Customer) -> Result<(), StoreError> {
        let mut update = Update::upsert::<LeadItem>(CrmKey::Lead(self.tenant, id)).when(Condition::exists());
        if let Some(phone) = &customer.phone {
            update = update.set_once(LeadItem::PHONE, phone);
        }
        if let Some(bsuid) = &customer.bsuid {
            update = update.set_once(LeadItem::BSUID, bsuid);
        }
        match self.table().update::<LeadItem>(update).await? {
            Conditional::Applied(item) => match (item.merged_into, &customer.phone) {
                (Some(into), Some(phone)) => self.add_other_phone(into, phone).await,
                (Some(_), None) | (None, _) => Ok(()),
            },
            Conditional::Rejected(_) => Ok(()),
        }
    }

    /// Names a lead that has no name.
    pub async fn name_lead(self, id: LeadId, name: &Text) -> Result<(), StoreError> {
        let update = Update::upsert::<LeadItem>(CrmKey::Lead(self.tenant, id))
            .set_once(LeadItem::NAME, name)
            .when(Condition::exists());
        match self.table().update::<LeadItem>(update).await? {
            Conditional::Applied(_) | Conditional::Rejected(_) => Ok(()),
        }
    }

    /// Lets a lead be found by the phone of one that was merged into it.
    async fn add_other_phone(self, id: LeadId, phone: &Phone) -> Result<(), StoreError> {
        let Some(lead) = self.current_lead(id).await?.filter(|lead| lead.phone.as_ref() != Some(phone)) else {
            return Ok(());
        };
        let update = Update::at(CrmKey::Lead(self.tenant, lead.id)).append(LeadItem::OTHER_PHONES, phone);
        let update = update.when(Condition::exists()).when(Condition::without(LeadItem::OTHER_PHONES, phone));
        match self.table().update::<LeadItem>(update).await? {
            Conditional::Applied(_) | Conditional::Rejected(_) => Ok(()),
        }
    }

    /// Lets a lead, and those that were merged into it, no longer show `phone`, in whichever of its spellings they have it.
    pub(crate) async fn hide_phone(self, id: LeadId, phone: &Phone) -> Result<(), StoreError> {
        let Some(lead) = self.lead(id).await? else { return Ok(()) };
        for holder in std::iter::once(id).chain(lead.merged) {
            let Some(shown) = self.lead(holder).await?.and_then(|lead| lead.phone).filter(|shown| shown == phone)
            else {
                continue;
            };
            let update = Update::at(CrmKey::Lead(self.tenant, holder)).remove(LeadItem::PHONE);
            match self.table().update::<LeadItem>(update.when(Condition::is(LeadItem::PHONE, &shown))).await? {
                Conditional::Applied(_) | Conditional::Rejected(_) => {}
            }
        }
        if lead.other_phones.contains(phone) {
            let rest: Vec<_> = lead.other_phones.iter().filter(|other| *other != phone).cloned().collect();
            let update = Update::at(CrmKey::Lead(self.tenant, id)).set(LeadItem::OTHER_PHONES, &rest);
            let update = update.when(Condition::is(LeadItem::OTHER_PHONES, &lead.other_phones));
            match self.table().update::<LeadItem>(update).await? {
                Conditional::Applied(_) | Conditional::Rejected(_) => {}
            }
        }
        Ok(())
    }

    /// Notes the phone and user id that the lead has changed to, as the event `told_by` says; a later such event holds
    /// against an earlier one, whichever comes first.
    pub async fn change_address(self, id: LeadId, told_by: MessageId, new: &[Identity]) -> Result<(), StoreError> {
        let mut update = Update::at(CrmKey::Lead(self.tenant, id)).set(LeadItem::ADDRESS_TOLD_BY, &told_by);
        let mut phone = None;
        for identity in new {
            update = match identity {
                Identity::Phone(told) => {
                    phone = Some(told);
                    update.set(LeadItem::PHONE, told)
                }
                Identity::Bsuid(bsuid) => update.set(LeadItem::BSUID, bsuid),
                Identity::ParentBsuid(_) => update,
            };
        }
        let update = update.when(Condition::exists()).when(Condition::below(LeadItem::ADDRESS_TOLD_BY, &told_by));
        match self.table().update::<LeadItem>(update).await? {
            Conditional::Applied(item) => match (item.merged_into, phone) {
                (Some(into), Some(phone)) => self.add_other_phone(into, phone).await,
                (Some(_), None) | (None, _) => Ok(()),
            },
            Conditional::Rejected(_) => Ok(()),
        }
    }
}

fn lead_of(key: &Key) -> Option<LeadId> {
    if let Key::Crm(CrmKey::Lead(_, id) | CrmKey::Listed(_, id, _)) = key { Some(*id) } else { None }
}

fn note_first_message(tenant: TenantId, lead: &Lead, message: MessageId) -> Change {
    let update = Update::at(CrmKey::Lead(tenant, lead.id)).set(LeadItem::FIRST, &message);
    Change::update(update.when(Condition::exists()).when(Condition::absent(LeadItem::FIRST)))
}

fn move_stage_change(tenant: TenantId, lead: &Lead, to: Stage, now: Timestamp) -> Change {
    let update = Update::at(CrmKey::Lead(tenant, lead.id))
        .set(LeadItem::STAGE, &to)
        .set(LeadItem::STAGE_SINCE, &now)
        .set(LeadItem::UPDATED, &now)
        .count_up(LeadItem::REVISION)
        .set(LIST, &List::Leads(tenant, to).pk());
    let was = Some(lead.revision).filter(|revision| *revision > 0);
    let update = update.when(Condition::is_still(LeadItem::REVISION, was.as_ref()));
    Change::update(update.when(Condition::is(LeadItem::STAGE, &lead.stage)))
}

/// Lets the next message look at the lead's stage, or not.
pub(crate) fn set_stage_open(tenant: TenantId, conversation: ConversationId, open: bool) -> Change {
    let update = Update::at(InboxKey::Conversation(tenant, conversation))
        .set(ConversationItem::STAGE_OPEN, &open)
        .count_up(ConversationItem::REVISION);
    Change::update(update.when(Condition::exists()))
}
