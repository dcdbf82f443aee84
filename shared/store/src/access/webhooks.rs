//! Webhooks of a business, and the events on their way to them: each delivery is an item of its own, due until the address
//! answered 2xx or it was given up.

use crate::access::audit;
use crate::reliability::due_rank::{self, DueKind};
use crate::table::client::{Change, Conditional, Put};
use crate::table::expression::{Condition, Update};
use crate::table::item::{EXPIRES, Item as _, LIST, RANK, item};
use crate::table::keys::{AccessKey, Key, List, Partition};
use crate::table::page::Page;
use crate::table::query::{Query, Read};
use crate::{StoreError, TenantStore};
use domain::access::audit::Entry;
use domain::access::webhooks::{
    Delivery, DeliveryState, EventType, FIRST_SWEEP, Health, KEPT, LEASE, Off, Outcome, Subject, Webhook, WebhookEvent,
    WebhookUrl,
};
use domain::ids::{WebhookEventId, WebhookId};
use domain::{TenantId, Text, Timestamp};

/// The place of a webhook's secrets, for which they are encrypted.
#[must_use]
pub fn secret_place(tenant: TenantId, id: WebhookId) -> String {
    let key = AccessKey::Webhook(tenant, id);
    format!("{} {} {}", key.pk(), key.sk(), WebhookItem::VERSION)
}

/// A webhook with its encrypted secrets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredWebhook {
    /// The webhook.
    pub webhook: Webhook,
    /// The secret that signs.
    pub secret: String,
    /// The secret that it replaced.
    pub old_secret: Option<String>,
}

item! {
    struct WebhookItem: "webhook" {
        url: WebhookUrl = "ur" as URL,
        description: Text = "ds" as DESCRIPTION,
        events: Vec<EventType> = "ev" as EVENTS,
        off?: Off = "of" as OFF,
        secret: String = "sc" as SECRET,
        old_secret?: String = "os" as OLD_SECRET,
        old_secret_until?: Timestamp = "ou" as OLD_SECRET_UNTIL,
        failing_since?: Timestamp = "fs" as FAILING_SINCE,
        #[serde(default)]
        failures: u32 = "fl" as FAILURES,
        paused_until?: Timestamp = "pu" as PAUSED_UNTIL,
        delivered?: Timestamp = "dl" as DELIVERED,
        revision: u64 = "rv" as REVISION,
    }
}

item! {
    pub(crate) struct DeliveryItem: "delivery" {
        event_type: EventType = "et",
        subject: Subject = "sb",
        state: DeliveryState = "st" as STATE,
        #[serde(default)]
        tries: u32 = "tr" as TRIES,
        next?: Timestamp = "nx" as NEXT,
        /// Until when a worker has it in hand.
        claimed_until?: Timestamp = "cu" as CLAIMED_UNTIL,
        outcome?: Outcome = "oc" as OUTCOME,
        since: Timestamp = "si" as SINCE,
        list?: String = "GSI1PK",
        rank?: String = "GSI1SK",
        expires: i64 = "ttl",
    }
}

impl WebhookItem {
    fn stored(self, id: WebhookId) -> StoredWebhook {
        let health = Health {
            failing_since: self.failing_since,
            failures: self.failures,
            paused_until: self.paused_until,
            delivered: self.delivered,
        };
        let webhook = Webhook {
            id,
            url: self.url,
            description: self.description,
            events: self.events,
            off: self.off,
            health,
            old_secret_until: self.old_secret_until,
            version: self.revision,
        };
        StoredWebhook { webhook, secret: self.secret, old_secret: self.old_secret }
    }
}

impl DeliveryItem {
    fn new(tenant: TenantId, webhook: WebhookId, event: &WebhookEvent, since: Timestamp) -> Self {
        Self {
            event_type: event.event_type,
            subject: event.subject,
            state: DeliveryState::Pending,
            tries: 0,
            next: None,
            claimed_until: None,
            outcome: None,
            since,
            list: Some(List::due(&event.id.ulid_str()).pk()),
            rank: Some(rank(tenant, webhook, event.id, since.plus(FIRST_SWEEP))),
            expires: since.plus(KEPT).seconds(),
        }
    }

    fn delivery(self, webhook: WebhookId, id: WebhookEventId) -> Delivery {
        Delivery {
            webhook,
            event: WebhookEvent { id, event_type: self.event_type, subject: self.subject },
            state: self.state,
            tries: self.tries,
            next: self.next,
            outcome: self.outcome,
            since: self.since,
        }
    }
}

impl TenantStore<'_> {
    /// Writes a new webhook with its encrypted secret; `entry` tells the audit log.
    pub async fn create_webhook(self, webhook: &Webhook, secret: &str, entry: &Entry) -> Result<(), StoreError> {
        let item = WebhookItem {
            url: webhook.url.clone(),
            description: webhook.description.clone(),
            events: webhook.events.clone(),
            off: webhook.off,
            secret: secret.to_owned(),
            old_secret: None,
            old_secret_until: None,
            failing_since: None,
            failures: 0,
            paused_until: None,
            delivered: None,
            revision: webhook.version,
        };
        let created = Change::create(AccessKey::Webhook(self.tenant, webhook.id), &item)?;
        match self.table().transact(vec![created, audit::append(self.tenant, entry)?]).await? {
            Conditional::Applied(()) => Ok(()),
            Conditional::Rejected(_) => Err(StoreError::Conflict),
        }
    }

    /// The webhooks of the business, the oldest first. What was created a moment ago may be missing.
    pub async fn webhooks(self) -> Result<Vec<Webhook>, StoreError> {
        let query = Query::partition(&Partition::Webhooks(self.tenant));
        let mut webhooks = Vec::new();
        for (key, item) in self.table().list::<WebhookItem>(query).await? {
            if let Key::Access(AccessKey::Webhook(_, id)) = key {
                webhooks.push(item.stored(id).webhook);
            }
        }
        Ok(webhooks)
    }

    /// One webhook with its secrets.
    pub async fn webhook(self, id: WebhookId) -> Result<Option<StoredWebhook>, StoreError> {
        let item: Option<WebhookItem> = self.table().get(AccessKey::Webhook(self.tenant, id), Read::Strong).await?;
        Ok(item.map(|item| item.stored(id)))
    }

    /// Changes address, description, types and whether it is off. A webhook that is switched on begins without failures.
    /// False if it was changed since `version`.
    pub async fn change_webhook(self, after: &Webhook, version: u64, entry: &Entry) -> Result<bool, StoreError> {
        let update = Update::at(AccessKey::Webhook(self.tenant, after.id))
            .set(WebhookItem::URL, &after.url)
            .set(WebhookItem::DESCRIPTION, &after.description)
            .set(WebhookItem::EVENTS, &after.events)
            .set_or_remove(WebhookItem::OFF, after.off.as_ref())
            .set_or_remove(WebhookItem::FAILING_SINCE, after.health.failing_since.as_ref())
            .set_or_remove(WebhookItem::PAUSED_UNTIL, after.health.paused_until.as_ref())
            .set(WebhookItem::FAILURES, &after.health.failures)
            .count_up(WebhookItem::REVISION)
            .when(Condition::is(WebhookItem::REVISION, &version));
        self.change(update, entry).await
    }

    /// Replaces the secret by `secret`; the one that it had signs until `old_until`. False if the webhook was changed since.
    pub async fn rotate_webhook_secret(
        self,
        stored: &StoredWebhook,
        secret: &str,
        old_until: Timestamp,
        entry: &Entry,
    ) -> Result<bool, StoreError> {
        let update = Update::at(AccessKey::Webhook(self.tenant, stored.webhook.id))
            .set(WebhookItem::SECRET, secret)
            .set(WebhookItem::OLD_SECRET, &stored.secret)
            .set(WebhookItem::OLD_SECRET_UNTIL, &old_until)
            .count_up(WebhookItem::REVISION)
            .when(Condition::is(WebhookItem::REVISION, &stored.webhook.version));
        self.change(update, entry).await
    }

    async fn change(self, update: Update, entry: &Entry) -> Result<bool, StoreError> {
        match self.table().transact(vec![Change::update(update), audit::append(self.tenant, entry)?]).await {
            Ok(Conditional::Applied(())) => Ok(true),
            Ok(Conditional::Rejected(_)) | Err(StoreError::Conflict) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Deletes a webhook. What is on its way to it is dropped. False if there is none.
    pub async fn delete_webhook(self, id: WebhookId, entry: &Entry) -> Result<bool, StoreError> {
        let removed = Change::remove_when(AccessKey::Webhook(self.tenant, id), vec![Condition::exists()]);
        match self.table().transact(vec![removed, audit::append(self.tenant, entry)?]).await? {
            Conditional::Applied(()) => Ok(true),
            Conditional::Rejected(_) => Ok(false),
        }
    }

    /// Notes how the deliveries of a webhook go, unless another worker has noted since. One that is to be switched `off`
    /// is, and `entry` tells the audit log.
    pub async fn note_webhook_health(
        self,
        webhook: &Webhook,
        after: &Health,
        off: Option<(Off, &Entry)>,
    ) -> Result<(), StoreError> {
        let update = Update::at(AccessKey::Webhook(self.tenant, webhook.id))
            .set_or_remove(WebhookItem::FAILING_SINCE, after.failing_since.as_ref())
            .set_or_remove(WebhookItem::PAUSED_UNTIL, after.paused_until.as_ref())
            .set_or_remove(WebhookItem::DELIVERED, after.delivered.as_ref())
            .set(WebhookItem::FAILURES, &after.failures)
            .when(Condition::is(WebhookItem::FAILURES, &webhook.health.failures));
        let changes = match off {
            Some((off, entry)) => {
                let update = update.set(WebhookItem::OFF, &off).count_up(WebhookItem::REVISION);
                vec![Change::update(update), audit::append(self.tenant, entry)?]
            }
            None => vec![Change::update(update)],
        };
        match self.table().transact(changes).await {
            Ok(Conditional::Applied(()) | Conditional::Rejected(_)) | Err(StoreError::Conflict) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Writes at `now` a delivery of `event` to `webhook`, unless it was written before.
    pub async fn add_delivery(
        self,
        webhook: WebhookId,
        event: &WebhookEvent,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let key = AccessKey::Delivery(self.tenant, webhook, event.id);
        match self.table().create(key, &DeliveryItem::new(self.tenant, webhook, event, now)).await? {
            Put::New | Put::Exists(_) => Ok(()),
        }
    }

    /// A page of the deliveries to a webhook, the newest first.
    pub async fn deliveries(
        self,
        webhook: WebhookId,
        below: Option<WebhookEventId>,
        limit: usize,
    ) -> Result<Page<Delivery>, StoreError> {
        let query = Query::partition(&Partition::Deliveries(self.tenant, webhook)).newest_first().limit(limit + 1);
        let query = if let Some(below) = below { query.below(below.ulid_str()) } else { query };
        let (found, _) = self.table().query(&query).await?;
        let mut items = Vec::with_capacity(found.len());
        for found in found {
            if let Key::Access(AccessKey::Delivery(_, _, id)) = found.key {
                items.push(found.read::<DeliveryItem>()?.delivery(webhook, id));
            }
        }
        let more = items.len() > limit;
        items.truncate(limit);
        let next = items.last().filter(|_| more).map(|last| last.event.id.to_string());
        Ok(Page { items, next })
    }

    /// One delivery.
    pub async fn delivery(self, webhook: WebhookId, id: WebhookEventId) -> Result<Option<Delivery>, StoreError> {
        let key = AccessKey::Delivery(self.tenant, webhook, id);
        let item: Option<DeliveryItem> = self.table().get(key, Read::Strong).await?;
        Ok(item.map(|item| item.delivery(webhook, id)))
    }

    /// Claims a delivery until a minute after `now`, and counts the try. None if it is settled, if it was tried more than
    /// `step` times, or if another worker holds it.
    pub async fn claim_delivery(
        self,
        webhook: WebhookId,
        id: WebhookEventId,
        step: u32,
        now: Timestamp,
    ) -> Result<Option<Delivery>, StoreError> {
        let end = now.plus(LEASE);
        let update = Update::at(AccessKey::Delivery(self.tenant, webhook, id))
            .set(DeliveryItem::CLAIMED_UNTIL, &end)
            .set(RANK, &rank(self.tenant, webhook, id, end))
            .count_up(DeliveryItem::TRIES)
            .when(Condition::is(DeliveryItem::STATE, &DeliveryState::Pending))
            .when(Condition::is(DeliveryItem::TRIES, &step))
            .when(Condition::at_most(DeliveryItem::CLAIMED_UNTIL, &now));
        match self.table().update::<DeliveryItem>(update).await? {
            Conditional::Applied(item) => Ok(Some(item.delivery(webhook, id))),
            Conditional::Rejected(_) => Ok(None),
        }
    }

    /// Lets a delivery wait until `next` without a try, if it is pending and nobody holds it.
    pub async fn postpone_delivery(
        self,
        webhook: WebhookId,
        id: WebhookEventId,
        now: Timestamp,
        next: Timestamp,
    ) -> Result<(), StoreError> {
        let update = Update::at(AccessKey::Delivery(self.tenant, webhook, id))
            .set(RANK, &rank(self.tenant, webhook, id, next))
            .set(DeliveryItem::NEXT, &next)
            .when(Condition::is(DeliveryItem::STATE, &DeliveryState::Pending))
            .when(Condition::at_most(DeliveryItem::CLAIMED_UNTIL, &now));
        match self.table().update::<DeliveryItem>(update).await? {
            Conditional::Applied(_) | Conditional::Rejected(_) => Ok(()),
        }
    }

    /// Notes what the attempt of a claimed delivery brought. Pending ones are tried again at their `next`.
    pub async fn settle_delivery(self, delivery: &Delivery) -> Result<(), StoreError> {
        let id = delivery.event.id;
        let update = Update::at(AccessKey::Delivery(self.tenant, delivery.webhook, id))
            .set(DeliveryItem::STATE, &delivery.state)
            .set_or_remove(DeliveryItem::OUTCOME, delivery.outcome.as_ref())
            .set_or_remove(DeliveryItem::NEXT, delivery.next.as_ref())
            .remove(DeliveryItem::CLAIMED_UNTIL)
            .when(Condition::is(DeliveryItem::TRIES, &delivery.tries))
            .when(Condition::is(DeliveryItem::STATE, &DeliveryState::Pending));
        let update = match delivery.next {
            Some(next) => update.set(RANK, &rank(self.tenant, delivery.webhook, id, next)),
            None => update.remove(LIST).remove(RANK),
        };
        match self.table().update::<DeliveryItem>(update).await? {
            Conditional::Applied(_) | Conditional::Rejected(_) => Ok(()),
        }
    }

    /// Has a settled delivery sent again, with all its attempts. False if there is none, or it is not settled.
    pub async fn replay_delivery(
        self,
        webhook: WebhookId,
        id: WebhookEventId,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let Some(delivery) = self.delivery(webhook, id).await? else { return Ok(false) };
        let update = Update::at(AccessKey::Delivery(self.tenant, webhook, id))
            .set(DeliveryItem::STATE, &DeliveryState::Pending)
            .set(DeliveryItem::SINCE, &now)
            .set(DeliveryItem::TRIES, &0)
            .set(LIST, &List::due(&id.ulid_str()).pk())
            .set(RANK, &rank(self.tenant, webhook, id, now.plus(FIRST_SWEEP)))
            .set(EXPIRES, &now.plus(KEPT).seconds())
            .remove(DeliveryItem::OUTCOME)
            .remove(DeliveryItem::NEXT)
            .when(Condition::is(DeliveryItem::STATE, &delivery.state));
        if delivery.state == DeliveryState::Pending {
            return Ok(false);
        }
        match self.table().update::<DeliveryItem>(update).await? {
            Conditional::Applied(_) => Ok(true),
            Conditional::Rejected(_) => Ok(false),
        }
    }

    /// Forgets a delivery whose webhook is gone.
    pub async fn forget_delivery(self, webhook: WebhookId, id: WebhookEventId) -> Result<(), StoreError> {
        self.table().delete(AccessKey::Delivery(self.tenant, webhook, id)).await
    }
}

fn rank(tenant: TenantId, webhook: WebhookId, id: WebhookEventId, at: Timestamp) -> String {
    due_rank::due_rank(DueKind::Delivery, tenant, at, &format!("{}{}", id.ulid_str(), webhook.ulid_str()))
}
