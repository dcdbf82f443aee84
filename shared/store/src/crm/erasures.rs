//! The erasure of a person, step by step: first what leads to them, then the leads, then their histories. An erasure is due
//! until it is done. Its receipt stays.

use crate::access::audit;
use crate::crm::identities::IdentityItem;
use crate::crm::lead_changes::EmailItem;
use crate::crm::leads::LeadItem;
use crate::crm::standings;
use crate::inbox::messages::{AmendmentItem, ReceivedItem};
use crate::inbox::outbound_messages::{OutboundItem, Step};
use crate::inbox::receipts::MessageName;
use crate::reliability::due_rank::{self, DueKind};
use crate::table::client::{Change, Conditional, Found};
use crate::table::expression::{Condition, Update};
use crate::table::item::{LIST, RANK, item};
use crate::table::keys::{CrmKey, InboxKey, Key, List, Partition};
use crate::table::page::Page;
use crate::table::query::{Query, Read};
use crate::{StoreError, TenantStore};
use domain::access::audit::Entry;
use domain::crm::erasures::{Erased, Erasure, SECOND_LOOK};
use domain::crm::leads::Lead;
use domain::ids::ErasureId;
use domain::inbox::conversations::Conversation;
use domain::inbox::media::Media;
use domain::{Actor, ChannelId, HistoryId, LeadId, MediaId, MessageId, TenantId, Timestamp, Wamid};
use std::time::Duration;

/// How long a worker holds a step: longer than the function may run (90 s).
const LEASE: Duration = Duration::from_secs(120);

/// DynamoDB's limit for one transaction.
const MOST_CHANGES: usize = 100;

/// How many items one step erases.
const PAGE: usize = 50;

item! {
    pub(crate) struct ErasureItem: "erasure" {
        leads: Vec<LeadId> = "ld",
        histories: Vec<HistoryId> = "hs",
        by: Actor = "by",
        requested: Timestamp = "at",
        done?: Timestamp = "dn" as DONE,
        /// Counts the steps. The stream queues each.
        step: u32 = "sp" as STEP,
        /// Until when a worker has the step in hand.
        claimed_until?: Timestamp = "cu" as CLAIMED_UNTIL,
        /// Whether everything was looked at once already.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        looked: bool = "lk" as LOOKED,
        /// Up to which key of which history everything was counted.
        counted?: String = "ct" as COUNTED,
        #[serde(default)]
        messages: u64 = "ms" as MESSAGES,
        #[serde(default)]
        files: u64 = "fl" as FILES,
        #[serde(default)]
        others: u64 = "ot" as OTHERS,
        list?: String = "GSI1PK",
        rank?: String = "GSI1SK",
    }
}

impl ErasureItem {
    fn erasure(&self, id: ErasureId) -> Erasure {
        Erasure {
            id,
            leads: self.leads.clone(),
            histories: self.histories.clone(),
            by: self.by,
            requested: self.requested,
            done: self.done,
            erased: Erased { messages: self.messages, files: self.files, others: self.others },
        }
    }
}

/// A step that a worker has in hand.
#[derive(Clone, Debug)]
pub struct ErasureStep {
    /// What is erased.
    pub erasure: Erasure,
    step: u32,
    looked: bool,
    counted: Option<String>,
}

/// What one step erases: items of one history, and what belongs to them.
#[derive(Debug)]
pub struct ErasurePage {
    /// The place of the history among those of the erasure.
    history: usize,
    /// The items, and whether each is a message.
    keys: Vec<(Key, bool)>,
    /// WhatsApp's names of what is erased.
    names: Vec<Name>,
    /// Where messages stand that are held.
    held: Vec<InboxKey>,
    /// The files that the person sent.
    pub media: Vec<Media>,
}

/// WhatsApp's name of something that is erased, and where its receipt stands.
#[derive(Debug)]
enum Name {
    /// It came to this channel.
    Received(ChannelId, Wamid),
    /// It came to one of the channels.
    Somewhere(Wamid),
    /// We sent it: there is no receipt.
    Sent(Wamid),
}

impl Name {
    const fn wamid(&self) -> &Wamid {
        match self {
            Self::Received(_, wamid) | Self::Somewhere(wamid) | Self::Sent(wamid) => wamid,
        }
    }
}

impl TenantStore<'_> {
    /// Begins to erase a lead, which nobody sees from then on; a customer who writes begins anew. False if the lead was
    /// changed since it was read.
    pub async fn begin_erasure(self, lead: &Lead, erasure: &Erasure, entry: &Entry) -> Result<bool, StoreError> {
        let name = erasure.id.ulid_str();
        let item = ErasureItem {
            leads: erasure.leads.clone(),
            histories: erasure.histories.clone(),
            by: erasure.by,
            requested: erasure.requested,
            done: None,
            step: 0,
            claimed_until: None,
            looked: false,
            counted: None,
            messages: 0,
            files: 0,
            others: 0,
            list: Some(List::due(&name).pk()),
            rank: Some(rank(self.tenant, erasure.id, erasure.requested.plus(LEASE))),
        };
        let was = Some(lead.revision).filter(|revision| *revision > 0);
        let gone = Update::at(CrmKey::Lead(self.tenant, lead.id))
            .set(LeadItem::DELETED, &lead.deleted.unwrap_or(erasure.requested))
            .set(LeadItem::ERASING, &true)
            .set(LIST, &List::MergedLeads(self.tenant).pk())
            .count_up(LeadItem::REVISION)
            .when(Condition::exists())
            .when(Condition::is_still(LeadItem::REVISION, was.as_ref()));
        let mut changes = vec![
            Change::create(CrmKey::Erasure(self.tenant, erasure.id), &item)?,
            Change::update(gone),
            audit::append(self.tenant, entry)?,
        ];
        let hidden = Lead {
            deleted: Some(lead.deleted.unwrap_or(erasure.requested)),
            revision: lead.revision + 1,
            ..lead.clone()
        };
        changes.extend(standings::moved(self.tenant, lead, &hidden));
        for found in self.identities_of(lead).await? {
            let theirs = vec![Condition::is(IdentityItem::LEAD, &found.lead)];
            changes.push(Change::remove_when(CrmKey::Identity(self.tenant, found.identity), theirs));
        }
        let mut shown = self.hide_deals(lead, true).await?;
        self.change_conversations(lead, &mut shown, Conversation::with_lead_deleted).await?;
        // What finds no room is shown until its step comes.
        shown.truncate(MOST_CHANGES.saturating_sub(changes.len()));
        changes.extend(shown);
        match self.table().transact(changes).await {
            Ok(Conditional::Applied(())) => Ok(true),
            Ok(Conditional::Rejected(_)) | Err(StoreError::Conflict) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// One erasure.
    pub async fn erasure(self, id: ErasureId) -> Result<Option<Erasure>, StoreError> {
        Ok(self.erasure_item(id).await?.map(|item| item.erasure(id)))
    }

    /// The erasures, the newest leads first, below the mark `below`.
    pub async fn erasures(self, below: Option<String>, limit: usize) -> Result<Page<Erasure>, StoreError> {
        let query = Query::partition(&Partition::Erasures(self.tenant)).newest_first().limit(limit + 1);
        let query = if let Some(below) = below { query.below(below) } else { query };
        let (found, _) = self.table().query(&query).await?;
        let more = found.len() > limit;
        let mut items = Vec::with_capacity(limit);
        for item in found.into_iter().take(limit) {
            if let Key::Crm(CrmKey::Erasure(_, id)) = item.key {
                items.push(item.read::<ErasureItem>()?.erasure(id));
            }
        }
        let next = items.last().filter(|_| more).map(|erasure| erasure.id.ulid_str());
        Ok(Page { items, next })
    }

    /// The next step of an erasure; none if it is done.
    pub async fn erasure_step(self, id: ErasureId) -> Result<Option<u32>, StoreError> {
        Ok(self.erasure_item(id).await?.filter(|item| item.done.is_none()).map(|item| item.step))
    }

    /// Takes a step in hand until two minutes after `now`. None if it is done, or another worker has it in hand.
    pub async fn claim_erasure(
        self,
        id: ErasureId,
        step: u32,
        now: Timestamp,
    ) -> Result<Option<ErasureStep>, StoreError> {
        let end = now.plus(LEASE);
        let update = self
            .erasure_at(id, step)
            .set(ErasureItem::CLAIMED_UNTIL, &end)
            .set(RANK, &rank(self.tenant, id, end))
            .when(Condition::absent(ErasureItem::DONE))
            .when(Condition::at_most(ErasureItem::CLAIMED_UNTIL, &now));
        match self.table().update::<ErasureItem>(update).await? {
            Conditional::Applied(item) => {
                let ErasureItem { looked, ref counted, .. } = item;
                let counted = counted.clone();
                Ok(Some(ErasureStep { erasure: item.erasure(id), step, looked, counted }))
            }
            Conditional::Rejected(_) => Ok(None),
        }
    }

    /// Erases what leads to the person: lists, search tokens, addresses, consent, pairs; then the leads themselves. May be
    /// repeated: the second look finds what a worker wrote after its lead was gone, and nothing of whoever has begun anew.
    pub async fn erase_leads(self, step: &ErasureStep) -> Result<(), StoreError> {
        let erasure = &step.erasure;
        let leads = self.leads_now(&erasure.leads).await?;
        for found in self.identities_that_lead_to(&leads).await? {
            let theirs = vec![Condition::is(IdentityItem::LEAD, &found.lead)];
            self.table().delete_when(CrmKey::Identity(self.tenant, found.identity), theirs).await?;
        }
        // The lead that stays of merged ones goes last: it names the others.
        for id in erasure.leads.iter().rev() {
            match leads.iter().find(|lead| lead.id == *id) {
                Some(lead) => self.erase_what_names(lead, erasure).await?,
                None if step.looked => {}
                None => continue,
            }
            self.index_lead(*id).await?;
            self.table().delete(InboxKey::Consent(self.tenant, *id)).await?;
            self.table().delete(CrmKey::Block(self.tenant, *id)).await?;
            self.table().delete(CrmKey::Lead(self.tenant, *id)).await?;
        }
        Ok(())
    }

    async fn erase_what_names(self, lead: &Lead, erasure: &Erasure) -> Result<(), StoreError> {
        if let Some(email) = &lead.details.email {
            for holder in &erasure.leads {
                let theirs = vec![Condition::is(EmailItem::LEAD, holder)];
                self.table().delete_when(CrmKey::EmailAddress(self.tenant, email.clone()), theirs).await?;
            }
        }
        self.forget_possible_duplicates(lead.id, &lead.possible_duplicates).await?;
        for deal in &lead.deals {
            self.table().delete(CrmKey::Deal(self.tenant, *deal)).await?;
        }
        Ok(())
    }

    /// The next items to be erased; none if the histories are empty.
    pub async fn erasure_page(self, step: &ErasureStep) -> Result<Option<ErasurePage>, StoreError> {
        for (place, history) in step.erasure.histories.iter().enumerate() {
            let query = Query::partition(&Partition::History(self.tenant, *history)).limit(PAGE).strong();
            let (found, _) = self.table().query(&query).await?;
            if !found.is_empty() {
                return self.page_of(place, *history, found).await.map(Some);
            }
        }
        Ok(None)
    }

    async fn page_of(self, place: usize, history: HistoryId, found: Vec<Found>) -> Result<ErasurePage, StoreError> {
        let mut page =
            ErasurePage { history: place, keys: Vec::new(), names: Vec::new(), held: Vec::new(), media: Vec::new() };
        let mut files = Vec::new();
        for item in found {
            let kind = item.kind().to_owned();
            let key = item.key.clone();
            let is_message = matches!(&key, Key::Inbox(InboxKey::Entry(..))) && kind != "event";
            page.keys.push((key.clone(), is_message));
            match (key, kind.as_str()) {
                (Key::Inbox(InboxKey::Entry(_, _, id)), "in" | "echo") => {
                    files.push(MediaId::inbound(history, id));
                    let item: ReceivedItem = item.read()?;
                    page.names.push(Name::Received(item.channel, item.wamid));
                }
                (Key::Inbox(InboxKey::Entry(_, _, id)), "out") => {
                    let item: OutboundItem = item.read()?;
                    if item.step == Step::Held {
                        page.held.push(InboxKey::Held(self.tenant, item.channel, id));
                        page.held.push(InboxKey::HeldForCost(self.tenant, id));
                    }
                    page.names.extend(item.wamid.map(Name::Sent));
                }
                (Key::Inbox(InboxKey::Amendment(..)), _) => {
                    let item: AmendmentItem = item.read()?;
                    page.names.extend(item.wamid.map(Name::Somewhere));
                }
                _ => {}
            }
        }
        page.media = self.media_of(&files).await?;
        Ok(page)
    }

    /// Erases a page, whose files are gone from the bucket: first it is counted, each item once, then messages are
    /// remembered by a digest, then all of it goes.
    pub async fn erase_page(self, step: &ErasureStep, page: &ErasurePage, now: Timestamp) -> Result<(), StoreError> {
        let mark = |key: &Key| format!("{:03} {}", page.history, key.sk());
        let is_new = |key: &Key| step.counted.as_ref().is_none_or(|counted| mark(key) > *counted);
        let new: Vec<_> = page.keys.iter().filter(|(key, _)| is_new(key)).collect();
        let messages = new.iter().filter(|(_, is_message)| *is_message).count();
        let entries = new.iter().filter_map(|(key, _)| entry_of(key));
        let ids: Vec<_> = entries.map(|(history, id)| MediaId::inbound(history, id)).collect();
        let files = page.media.iter().filter(|media| ids.contains(&media.id)).count();
        let erased = step.erasure.erased;
        let more = |before: u64, count: usize| before + u64::try_from(count).unwrap_or_default();
        let last = page.keys.iter().map(|(key, _)| mark(key)).max().unwrap_or_default();
        let counted = self
            .erasure_at(step.erasure.id, step.step)
            .set(ErasureItem::MESSAGES, &more(erased.messages, messages))
            .set(ErasureItem::FILES, &more(erased.files, files))
            .set(ErasureItem::OTHERS, &more(erased.others, new.len() - messages))
            .set(ErasureItem::COUNTED, &step.counted.clone().unwrap_or_default().max(last));
        if let Conditional::Rejected(_) = self.table().update::<ErasureItem>(counted).await? {
            return Ok(());
        }
        let wamids: Vec<_> = page.names.iter().map(|name| name.wamid().clone()).collect();
        self.bury(&wamids, now).await?;
        let channels = self.all_channels().await?;
        for name in &page.names {
            for channel in channels.iter().filter(|channel| match name {
                Name::Received(here, _) => channel.id == *here,
                Name::Somewhere(_) => true,
                Name::Sent(_) => false,
            }) {
                let wamid = name.wamid().clone();
                self.remove_receipt(&MessageName { number: channel.number.clone(), wamid }).await?;
            }
        }
        for media in &page.media {
            self.forget_media(media.id).await?;
        }
        for key in &page.held {
            self.table().delete(key).await?;
        }
        let gone = page.keys.iter().map(|(key, _)| self.table().delete(key));
        futures::future::try_join_all(gone).await.map(drop)
    }

    /// Has the next step be taken.
    pub async fn next_erasure_step(self, step: &ErasureStep, now: Timestamp) -> Result<(), StoreError> {
        let update = self
            .erasure_at(step.erasure.id, step.step)
            .count_up(ErasureItem::STEP)
            .remove(ErasureItem::CLAIMED_UNTIL)
            .set(RANK, &rank(self.tenant, step.erasure.id, now.plus(LEASE)));
        self.erasure_written(update).await
    }

    /// Nothing is left: everything is looked at once more after two minutes, and then it is done.
    pub async fn end_erasure(self, step: &ErasureStep, now: Timestamp) -> Result<(), StoreError> {
        let update = self.erasure_at(step.erasure.id, step.step).remove(ErasureItem::COUNTED);
        let update = if step.looked {
            update.set(ErasureItem::DONE, &now).remove(ErasureItem::CLAIMED_UNTIL).remove(LIST).remove(RANK)
        } else {
            // Nobody takes the same step before: a task that comes again would find nothing at once.
            let then = now.plus(SECOND_LOOK);
            let next = rank(self.tenant, step.erasure.id, then);
            update.set(ErasureItem::LOOKED, &true).set(ErasureItem::CLAIMED_UNTIL, &then).set(RANK, &next)
        };
        self.erasure_written(update).await
    }

    async fn erasure_item(self, id: ErasureId) -> Result<Option<ErasureItem>, StoreError> {
        self.table().get(CrmKey::Erasure(self.tenant, id), Read::Strong).await
    }

    fn erasure_at(self, id: ErasureId, step: u32) -> Update {
        Update::at(CrmKey::Erasure(self.tenant, id)).when(Condition::is(ErasureItem::STEP, &step))
    }

    async fn erasure_written(self, update: Update) -> Result<(), StoreError> {
        match self.table().update::<ErasureItem>(update).await? {
            Conditional::Applied(_) | Conditional::Rejected(_) => Ok(()),
        }
    }
}

fn entry_of(key: &Key) -> Option<(HistoryId, MessageId)> {
    match key {
        Key::Inbox(InboxKey::Entry(_, history, id)) => Some((*history, *id)),
        _ => None,
    }
}

fn rank(tenant: TenantId, id: ErasureId, at: Timestamp) -> String {
    due_rank::due_rank(DueKind::Erasure, tenant, at, &id.ulid_str())
}
