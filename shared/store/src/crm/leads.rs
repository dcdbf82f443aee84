//! Leads: one item each, listed by stage and newest message.

use crate::crm::lead_changes::Restorer;
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
use domain::crm::leads::{Lead, Source, StageMove};
use domain::inbox::history::Event;
use domain::stages::Stage;
use domain::{Bsuid, ConversationId, Identity, LeadId, MessageId, Phone, TenantId, Text, Timestamp, UserId};
use std::collections::BTreeSet;

item! {
    pub(crate) struct LeadItem: "lead" {
        stage: Stage = "st" as STAGE,
        source: Source = "so" as SOURCE,
        name?: Text = "nm" as NAME,
        pub(crate) phone?: Phone = "ph" as PHONE,
        bsuid?: Bsuid = "bs" as BSUID,
        /// The event that last changed the phone and the user id.
        address_told_by?: MessageId = "pt" as ADDRESS_TOLD_BY,
        /// The first message that opened the window.
        first?: MessageId = "fm" as FIRST,
        #[serde(default)]
        conversations: Vec<ConversationId> = "cv" as CONVERSATIONS,
        #[serde(default)]
        possible_duplicates: Vec<LeadId> = "ps" as POSSIBLE_DUPLICATES,
        created: Timestamp = "ca",
        updated: Timestamp = "ua" as UPDATED,
        email?: EmailAddress = "em" as EMAIL,
        tags?: BTreeSet<Tag> = "tg" as TAGS,
        owner?: UserId = "ow" as OWNER,
        /// The value of the sale in the currency's smallest unit.
        amount?: u64 = "va" as AMOUNT,
        currency?: String = "cu" as CURRENCY,
        lost_reason?: Text = "lr" as LOST_REASON,
        deleted?: Timestamp = "dl" as DELETED,
        /// Counts the changes of stage and details; absent while there was none.
        revision?: u64 = "rv" as REVISION,
        /// Only where a phone brought it from the time before it was linked: it counts in no figure.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        pub(crate) imported: bool = "im",
        list: String = "GSI1PK",
        rank: String = "GSI1SK",
    }
}

/// A lead of a list.
#[derive(Clone, Debug)]
pub struct ListedLead {
    /// The lead.
    pub lead: Lead,
    /// The mark below which the list goes on after it.
    pub mark: String,
}

impl LeadItem {
    /// A new lead, whose newest message is this one.
    pub(crate) fn from_lead(tenant: TenantId, lead: &Lead, newest: Option<MessageId>) -> Self {
        let LeadDetails { email, tags, owner, value, lost_reason } = lead.details.clone();
        Self {
            stage: lead.stage,
            source: lead.source,
            name: lead.name.clone(),
            phone: lead.phone.clone(),
            bsuid: lead.bsuid.clone(),
            address_told_by: None,
            first: lead.first,
            conversations: lead.conversations.clone(),
            possible_duplicates: lead.possible_duplicates.clone(),
            created: lead.created,
            updated: lead.updated,
            email,
            tags: Some(tags).filter(|tags| !tags.is_empty()),
            owner,
            amount: value.map(LeadValue::minor),
            currency: value.map(|value| value.code().to_owned()),
            lost_reason,
            deleted: lead.deleted,
            revision: Some(lead.revision).filter(|revision| *revision > 0),
            imported: false,
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
        };
        Lead {
            id,
            stage: self.stage,
            source: self.source,
            name: self.name,
            phone: self.phone,
            bsuid: self.bsuid,
            first: self.first,
            conversations: self.conversations,
            possible_duplicates: self.possible_duplicates,
            created: self.created,
            updated: self.updated,
            details,
            deleted: self.deleted,
            revision: self.revision.unwrap_or_default(),
        }
    }

    /// Adds to `update` what people change of a lead, except the phone.
    pub(crate) fn set_details(&self, update: Update) -> Update {
        update
            .set(Self::STAGE, &self.stage)
            .set(Self::SOURCE, &self.source)
            .set_or_remove(Self::NAME, self.name.as_ref())
            .set_or_remove(Self::EMAIL, self.email.as_ref())
            .set_or_remove(Self::TAGS, self.tags.as_ref())
            .set_or_remove(Self::OWNER, self.owner.as_ref())
            .set_or_remove(Self::AMOUNT, self.amount.as_ref())
            .set_or_remove(Self::CURRENCY, self.currency.as_ref())
            .set_or_remove(Self::LOST_REASON, self.lost_reason.as_ref())
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

    /// Many leads, in no order; those that do not exist are left out.
    pub async fn leads(self, ids: &[LeadId]) -> Result<Vec<Lead>, StoreError> {
        let distinct: BTreeSet<_> = ids.iter().copied().collect();
        let keys: Vec<_> = distinct.into_iter().map(|id| CrmKey::Lead(self.tenant, id)).collect();
        let mut leads = Vec::with_capacity(keys.len());
        for item in self.table().get_all(&keys, Read::Eventual).await? {
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
        let ranked = self.merged(lists, below, limit).await?;
        let ids: Vec<_> = ranked.items.iter().filter_map(|(_, key)| lead_of(key)).collect();
        let leads = self.leads(&ids).await?;
        let listed = ranked.items.into_iter().filter_map(|(mark, key)| {
            let id = lead_of(&key)?;
            let lead = leads.iter().find(|lead| lead.id == id).cloned()?;
            Some(ListedLead { lead, mark })
        });
        Ok(Page { items: listed.collect(), next: ranked.next })
    }

    /// The keys that stand in `lists` with their ranks, merged, the highest rank first, below `below`.
    pub(crate) async fn merged(
        self,
        lists: &[List],
        below: Option<&str>,
        limit: usize,
    ) -> Result<Page<(String, Key)>, StoreError> {
        let pages = lists.iter().map(|list| {
            let query = Query::index(Index::Lists, list.pk()).newest_first().limit(limit + 1);
            let query = if let Some(below) = below { query.below(below.to_owned()) } else { query };
            async move { self.table().query(&query).await }
        });
        let mut ranked = Vec::new();
        for (found, _) in futures::future::try_join_all(pages).await? {
            ranked.extend(found.into_iter().map(|item| (item.rank.unwrap_or_default(), item.key)));
        }
        ranked.sort_by(|a, b| b.0.cmp(&a.0));
        let more = ranked.len() > limit;
        ranked.truncate(limit);
        let next = ranked.last().filter(|_| more).map(|(rank, _)| rank.clone());
        Ok(Page { items: ranked, next })
    }

    /// Lets a message that counts move the lead's stage, once: the first is noted, a later one makes New or
    /// Incoming Contacted, one of a Won or Lost lead is noted in the history. May be repeated, also by a worker that
    /// was taken for dead: the line of the history has its place by when the message arrived, and stands once.
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
            let Some(lead) = self.lead(id).await? else { return Ok(()) };
            if lead.deleted.is_some() {
                // The customer writes: the lead is there again, and the message then counts as any other.
                let restored =
                    MessageId::at_moment(arrived, domain::digest::bits80(&["restored", &message.ulid_str()]));
                self.restore_lead(&lead, Restorer::Customer, restored, now).await?;
                continue;
            }
            let changes = match lead.on_message(message) {
                StageMove::First => vec![note_first_message(self.tenant, &lead, message)],
                StageMove::Contacted => {
                    let event = Event::StageChanged { from: lead.stage, to: Stage::Contacted, by: None, reason: None };
                    let mut changes = vec![move_stage_change(self.tenant, &lead, Stage::Contacted, now)];
                    changes.push(crate::inbox::messages::event(self.tenant, history, line, &event)?);
                    changes.push(set_stage_open(self.tenant, conversation, false));
                    changes
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
            if self.entry(history, line).await?.is_some() {
                return Ok(());
            }
        }
        Err(StoreError::Conflict)
    }

    /// Moves the lead up in its list, to the place of `message`; a lead that stands there or above stays. May be
    /// repeated, in any order.
    pub async fn raise_lead(self, id: LeadId, message: MessageId) -> Result<(), StoreError> {
        let place = rank(message.at(), id);
        let update = Update::at(CrmKey::Lead(self.tenant, id)).set(RANK, &place).when(Condition::exists());
        match self.table().update::<LeadItem>(update.when(Condition::below(RANK, &place))).await? {
            Conditional::Applied(item) => self.raise_listings(&item.lead(id), &place).await,
            Conditional::Rejected(_) => Ok(()),
        }
    }

    /// Notes a phone or user id that the lead did not have, and leads that may be the same person.
    pub async fn add_to_lead(
        self,
        id: LeadId,
        customer: &domain::Customer,
        perhaps: &[LeadId],
    ) -> Result<(), StoreError> {
        let mut update = Update::upsert::<LeadItem>(CrmKey::Lead(self.tenant, id)).when(Condition::exists());
        if let Some(phone) = &customer.phone {
            update = update.set_once(LeadItem::PHONE, phone);
        }
        if let Some(bsuid) = &customer.bsuid {
            update = update.set_once(LeadItem::BSUID, bsuid);
        }
        match self.table().update::<LeadItem>(update).await? {
            Conditional::Applied(item) => {
                let known = item.lead(id).possible_duplicates;
                for other in perhaps.iter().filter(|other| !known.contains(other)) {
                    self.possible_duplicates(id, *other).await?;
                    self.possible_duplicates(*other, id).await?;
                }
                Ok(())
            }
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

    /// Lets a lead no longer show `phone`, in whichever of its spellings it has it.
    pub(crate) async fn hide_phone(self, id: LeadId, phone: &Phone) -> Result<(), StoreError> {
        let Some(shown) = self.lead(id).await?.and_then(|lead| lead.phone) else { return Ok(()) };
        if shown != *phone {
            return Ok(());
        }
        let update = Update::at(CrmKey::Lead(self.tenant, id)).remove(LeadItem::PHONE);
        match self.table().update::<LeadItem>(update.when(Condition::is(LeadItem::PHONE, &shown))).await? {
            Conditional::Applied(_) | Conditional::Rejected(_) => Ok(()),
        }
    }

    /// Notes the phone and user id that the lead has changed to, as the event `told_by` says; a later such event holds
    /// against an earlier one, whichever comes first.
    pub async fn change_address(self, id: LeadId, told_by: MessageId, new: &[Identity]) -> Result<(), StoreError> {
        let mut update = Update::at(CrmKey::Lead(self.tenant, id)).set(LeadItem::ADDRESS_TOLD_BY, &told_by);
        for identity in new {
            update = match identity {
                Identity::Phone(phone) => update.set(LeadItem::PHONE, phone),
                Identity::Bsuid(bsuid) => update.set(LeadItem::BSUID, bsuid),
                Identity::ParentBsuid(_) => update,
            };
        }
        let update = update.when(Condition::exists()).when(Condition::below(LeadItem::ADDRESS_TOLD_BY, &told_by));
        match self.table().update::<LeadItem>(update).await? {
            Conditional::Applied(_) | Conditional::Rejected(_) => Ok(()),
        }
    }

    async fn possible_duplicates(self, lead: LeadId, other: LeadId) -> Result<(), StoreError> {
        match self.table().update::<LeadItem>(possible_duplicate(self.tenant, lead, other)).await? {
            Conditional::Applied(_) | Conditional::Rejected(_) => Ok(()),
        }
    }
}

/// The update by which `lead` shows that `other` may be the same person.
pub(crate) fn possible_duplicate(tenant: TenantId, lead: LeadId, other: LeadId) -> Update {
    let update =
        Update::at(CrmKey::Lead(tenant, lead)).append(LeadItem::POSSIBLE_DUPLICATES, &other).when(Condition::exists());
    update.when(Condition::without(LeadItem::POSSIBLE_DUPLICATES, &other))
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
        .set(LeadItem::UPDATED, &now)
        .count_up(LeadItem::REVISION)
        .set(LIST, &List::Leads(tenant, to).pk());
    Change::update(update.when(Condition::is(LeadItem::STAGE, &lead.stage)))
}

/// Lets the next message look at the lead's stage, or not.
pub(crate) fn set_stage_open(tenant: TenantId, conversation: ConversationId, open: bool) -> Change {
    let update = Update::at(InboxKey::Conversation(tenant, conversation))
        .set(ConversationItem::STAGE_OPEN, &open)
        .count_up(ConversationItem::REVISION);
    Change::update(update.when(Condition::exists()))
}
