//! Leads: one item each, listed by stage and newest message.

use crate::expression::{Condition, Update};
use crate::keys::{self, Key, List};
use crate::query::{Index, Query, Read};
use crate::table::{Change, Written};
use crate::{RACES, Store, StoreError, audit};
use domain::audit::Entry;
use domain::history::Event;
use domain::leads::{Lead, Source, Stage, StageMove};
use domain::{Bsuid, ConversationId, Identity, LeadId, MessageId, Phone, TenantId, Text, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

#[derive(Serialize, Deserialize)]
pub(crate) struct LeadItem {
    ty: String,
    v: u8,
    st: Stage,
    so: Source,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    nm: Option<Text>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ph: Option<Phone>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    bs: Option<Bsuid>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    fm: Option<MessageId>,
    #[serde(default)]
    cv: Vec<ConversationId>,
    #[serde(default)]
    ps: Vec<LeadId>,
    ca: Timestamp,
    ua: Timestamp,
    #[serde(rename = "GSI1PK")]
    list: String,
    #[serde(rename = "GSI1SK")]
    rank: String,
}

impl LeadItem {
    /// A new lead, whose newest message is this one.
    pub(crate) fn of(tenant: TenantId, lead: &Lead, newest: Option<MessageId>) -> Self {
        Self {
            ty: "lead".into(),
            v: 1,
            st: lead.stage,
            so: lead.source,
            nm: lead.name.clone(),
            ph: lead.phone.clone(),
            bs: lead.bsuid.clone(),
            fm: lead.first,
            cv: lead.conversations.clone(),
            ps: lead.perhaps_same.clone(),
            ca: lead.created,
            ua: lead.updated,
            list: List::Leads(tenant, lead.stage).pk(),
            rank: rank(newest.map_or(lead.created, MessageId::at), lead.id),
        }
    }

    pub(crate) fn lead(self, id: LeadId) -> Lead {
        Lead {
            id,
            stage: self.st,
            source: self.so,
            name: self.nm,
            phone: self.ph,
            bsuid: self.bs,
            first: self.fm,
            conversations: self.cv,
            perhaps_same: self.ps,
            created: self.ca,
            updated: self.ua,
        }
    }
}

fn rank(newest: Timestamp, lead: LeadId) -> String {
    keys::rank(newest, &lead.bare())
}

/// One page of a list, and the mark below which the next one begins.
#[derive(Clone, Debug, PartialEq)]
pub struct Page<T> {
    /// The items, in the list's order.
    pub items: Vec<T>,
    /// Where the next page begins; none if this is the last.
    pub next: Option<String>,
}

impl Store {
    /// One lead.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read.
    pub async fn lead(&self, tenant: TenantId, id: LeadId) -> Result<Option<Lead>, StoreError> {
        let item: Option<LeadItem> = self.table.get(&Key::Lead(tenant, id), Read::Strong).await?;
        Ok(item.map(|item| item.lead(id)))
    }

    /// Many leads, in no order; those that do not exist are left out.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read.
    pub async fn leads(&self, tenant: TenantId, ids: &[LeadId]) -> Result<Vec<Lead>, StoreError> {
        let distinct: BTreeSet<_> = ids.iter().copied().collect();
        let keys: Vec<_> = distinct.into_iter().map(|id| Key::Lead(tenant, id)).collect();
        let mut leads = Vec::with_capacity(keys.len());
        for item in self.table.get_all(&keys, Read::Eventual).await? {
            if let Key::Lead(_, id) = item.key {
                leads.push(item.read::<LeadItem>()?.lead(id));
            }
        }
        Ok(leads)
    }

    /// The leads of `stages`, newest message first, below the mark `below`.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read.
    pub async fn list_leads(
        &self,
        tenant: TenantId,
        stages: &[Stage],
        below: Option<&str>,
        limit: usize,
    ) -> Result<Page<Lead>, StoreError> {
        let lists: Vec<_> = stages.iter().map(|stage| List::Leads(tenant, *stage)).collect();
        let ranked = self.merged(&lists, below, limit).await?;
        let ids: Vec<_> = ranked.items.iter().filter_map(lead_of).collect();
        let mut leads = self.leads(tenant, &ids).await?;
        leads.sort_by_key(|lead| ids.iter().position(|id| *id == lead.id));
        Ok(Page { items: leads, next: ranked.next })
    }

    /// The keys that stand in `lists`, merged, the highest rank first, below `below`.
    pub(crate) async fn merged(
        &self,
        lists: &[List],
        below: Option<&str>,
        limit: usize,
    ) -> Result<Page<Key>, StoreError> {
        let pages = lists.iter().map(|list| {
            let query = Query::index(Index::Lists, list.pk()).newest_first().limit(limit + 1);
            let query = if let Some(below) = below { query.below(below.to_owned()) } else { query };
            async move { self.table.query(&query).await }
        });
        let mut ranked = Vec::new();
        for (found, _) in futures::future::try_join_all(pages).await? {
            ranked.extend(found.into_iter().map(|item| (item.rank.unwrap_or_default(), item.key)));
        }
        ranked.sort_by(|a, b| b.0.cmp(&a.0));
        let more = ranked.len() > limit;
        ranked.truncate(limit);
        let next = ranked.last().filter(|_| more).map(|(rank, _)| rank.clone());
        Ok(Page { items: ranked.into_iter().map(|(_, key)| key).collect(), next })
    }

    /// Lets a message that counts move the lead's stage, once: the first is noted, a later one makes New or
    /// Incoming Contacted, one of a Won or Lost lead is noted in the history. May be repeated, also by a worker that was
    /// taken for dead: the line of the history has its place by when the message arrived, and stands once.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read or written, or others keep writing to the lead.
    pub async fn move_stage(
        &self,
        tenant: TenantId,
        id: LeadId,
        conversation: ConversationId,
        (message, arrived): (MessageId, Timestamp),
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let bits = domain::digest::bits80(&["stage", &message.bare()]);
        let (home, line) = (conversation.home, MessageId::at_moment(arrived, bits));
        for _ in 0..RACES {
            let Some(lead) = self.lead(tenant, id).await? else { return Ok(()) };
            let changes = match lead.on_message(message) {
                StageMove::First => vec![first(tenant, &lead, message)],
                StageMove::Contacted => {
                    let event = Event::StageChanged { from: lead.stage, to: Stage::Contacted, by: None };
                    let mut changes = staged(tenant, &lead, Stage::Contacted, now);
                    changes.push(crate::messages::event(tenant, home, line, &event)?);
                    changes.push(settled(tenant, conversation));
                    changes
                }
                StageMove::Reengaged => {
                    let event = Event::Reengaged { stage: lead.stage };
                    let unchanged = Update::of(Key::Lead(tenant, id)).set("st", &lead.stage);
                    vec![
                        Change::update(unchanged.when(Condition::is("st", &lead.stage))),
                        crate::messages::event(tenant, home, line, &event)?,
                        settled(tenant, conversation),
                    ]
                }
                StageMove::Stay if lead.stage.is_open() => return Ok(()),
                StageMove::Stay => vec![settled(tenant, conversation)],
            };
            if let Written::Done(()) = self.table.together(changes).await? {
                return Ok(());
            }
            if self.entry(tenant, home, line).await?.is_some() {
                return Ok(());
            }
        }
        Err(StoreError::Conflict)
    }

    /// Moves the lead to `to` on behalf of a person or a program, at the moment of `entry`, which says so. The next message
    /// looks at the stage again where it matters.
    /// Gives the lead as it is then; none if there is no such lead.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read or written, or others keep writing to the lead.
    pub async fn set_stage(
        &self,
        tenant: TenantId,
        id: LeadId,
        to: Stage,
        event_id: MessageId,
        entry: &Entry,
    ) -> Result<Option<Lead>, StoreError> {
        let (by, now) = (entry.deed.by, entry.deed.at);
        for _ in 0..RACES {
            let Some(lead) = self.lead(tenant, id).await? else { return Ok(None) };
            if lead.stage == to {
                return Ok(Some(lead));
            }
            let mut changes = staged(tenant, &lead, to, now);
            let event = Event::StageChanged { from: lead.stage, to, by: Some(by) };
            changes.push(audit::written(tenant, entry)?);
            changes.push(crate::messages::event(tenant, domain::HomeId::of(id), event_id, &event)?);
            for conversation in &lead.conversations {
                let head = Update::of(Key::Head(tenant, *conversation)).set("so", &to.is_open()).count_up("rv");
                changes.push(Change::update(head.when(Condition::Exists)));
            }
            if let Written::Done(()) = self.table.together(changes).await? {
                return Ok(Some(Lead { stage: to, updated: now, ..lead }));
            }
        }
        Err(StoreError::Conflict)
    }

    /// Moves the lead up in its list, to the place of `message`; a lead that stands there or above stays. May be repeated,
    /// in any order.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn raise_lead(&self, tenant: TenantId, id: LeadId, message: MessageId) -> Result<(), StoreError> {
        let place = rank(message.at(), id);
        let update = Update::of(Key::Lead(tenant, id)).set("GSI1SK", &place).when(Condition::Exists);
        match self.table.update::<LeadItem>(update.when(Condition::below("GSI1SK", &place))).await? {
            Written::Done(_) | Written::Refused(_) => Ok(()),
        }
    }

    /// Notes a phone or user id that the lead did not have, and leads that may be the same person.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read or written.
    pub async fn know_more(
        &self,
        tenant: TenantId,
        id: LeadId,
        customer: &domain::Customer,
        perhaps: &[LeadId],
    ) -> Result<(), StoreError> {
        let mut update = Update::of(Key::Lead(tenant, id)).when(Condition::Exists).set("ty", &"lead");
        if let Some(phone) = &customer.phone {
            update = update.set_once("ph", phone);
        }
        if let Some(bsuid) = &customer.bsuid {
            update = update.set_once("bs", bsuid);
        }
        match self.table.update::<LeadItem>(update).await? {
            Written::Done(item) => {
                let known = item.lead(id).perhaps_same;
                for other in perhaps.iter().filter(|other| !known.contains(other)) {
                    self.perhaps_same(tenant, id, *other).await?;
                    self.perhaps_same(tenant, *other, id).await?;
                }
                Ok(())
            }
            Written::Refused(_) => Ok(()),
        }
    }

    /// Lets a lead no longer show `phone`, in whichever of its spellings it has it.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read or written.
    pub(crate) async fn hide_phone(&self, tenant: TenantId, id: LeadId, phone: &Phone) -> Result<(), StoreError> {
        let Some(shown) = self.lead(tenant, id).await?.and_then(|lead| lead.phone) else { return Ok(()) };
        if shown != *phone {
            return Ok(());
        }
        let update = Update::of(Key::Lead(tenant, id)).remove("ph").when(Condition::is("ph", &shown));
        match self.table.update::<LeadItem>(update).await? {
            Written::Done(_) | Written::Refused(_) => Ok(()),
        }
    }

    /// Notes the phone and user id that the lead has changed to, as the event `told_by` says; a later such event holds
    /// against an earlier one, whichever comes first.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn change_address(
        &self,
        tenant: TenantId,
        id: LeadId,
        told_by: MessageId,
        new: &[Identity],
    ) -> Result<(), StoreError> {
        let mut update = Update::of(Key::Lead(tenant, id)).set("pt", &told_by);
        for identity in new {
            update = match identity {
                Identity::Phone(phone) => update.set("ph", phone),
                Identity::Bsuid(bsuid) => update.set("bs", bsuid),
                Identity::ParentBsuid(_) => update,
            };
        }
        let update = update.when(Condition::Exists).when(Condition::below("pt", &told_by));
        match self.table.update::<LeadItem>(update).await? {
            Written::Done(_) | Written::Refused(_) => Ok(()),
        }
    }

    async fn perhaps_same(&self, tenant: TenantId, lead: LeadId, other: LeadId) -> Result<(), StoreError> {
        match self.table.update::<LeadItem>(possible_duplicate(tenant, lead, other)).await? {
            Written::Done(_) | Written::Refused(_) => Ok(()),
        }
    }
}

/// The update by which `lead` shows that `other` may be the same person.
pub(crate) fn possible_duplicate(tenant: TenantId, lead: LeadId, other: LeadId) -> Update {
    let update = Update::of(Key::Lead(tenant, lead)).append("ps", &other).when(Condition::Exists);
    update.when(Condition::without("ps", &other))
}

fn lead_of(key: &Key) -> Option<LeadId> {
    if let Key::Lead(_, id) = key { Some(*id) } else { None }
}

fn first(tenant: TenantId, lead: &Lead, message: MessageId) -> Change {
    let update = Update::of(Key::Lead(tenant, lead.id)).set("fm", &message);
    Change::update(update.when(Condition::Exists).when(Condition::Absent("fm")))
}

fn staged(tenant: TenantId, lead: &Lead, to: Stage, now: Timestamp) -> Vec<Change> {
    let update = Update::of(Key::Lead(tenant, lead.id))
        .set("st", &to)
        .set("ua", &now)
        .set("GSI1PK", &List::Leads(tenant, to).pk());
    vec![Change::update(update.when(Condition::is("st", &lead.stage)))]
}

fn settled(tenant: TenantId, conversation: ConversationId) -> Change {
    let update = Update::of(Key::Head(tenant, conversation)).set("so", &false).count_up("rv");
    Change::update(update.when(Condition::Exists))
}
