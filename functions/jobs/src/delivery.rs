//! An event on its way to a webhook: claimed, sent with what its subject says at this moment, and settled. A worker that
//! dies after the endpoint answered sends the event once more: its ID says that it is the same.

use crate::{Deps, JobError};
use domain::access::audit::{Action, AuditEvent, Entry};
use domain::access::webhooks::{self, Delivery, DeliveryState, EventType, Health, Off, Outcome, Subject, Webhook};
use domain::ids::{WebhookEventId, WebhookId};
use domain::{Actor, Secret, TenantId, Timestamp, digest};
use egress::EgressError;
use encryption::{EncryptionContext, SecretOwner};
use store::access::webhooks::{StoredWebhook, secret_place};

/// Sends an event that is still pending; `step` is how often it was tried before.
pub(crate) async fn send(
    deps: &Deps,
    tenant: TenantId,
    webhook: WebhookId,
    event: WebhookEventId,
    step: u32,
) -> Result<(), JobError> {
    let store = deps.store.tenant(tenant);
    let now = deps.clock.now();
    let Some(stored) = store.webhook(webhook).await? else {
        return Ok(store.forget_delivery(webhook, event).await?);
    };
    if let Some(until) = stored.webhook.paused_at(now) {
        return Ok(store.postpone_delivery(webhook, event, now, until).await?);
    }
    let Some(delivery) = store.claim_delivery(webhook, event, step, now).await? else { return Ok(()) };
    let is_off = stored.webhook.off.is_some() && delivery.event.event_type != EventType::Ping;
    let outcome = if is_off { None } else { Some(attempt(deps, tenant, &stored, &delivery, now).await?) };
    settle(deps, tenant, &stored.webhook, delivery, outcome).await
}

/// One attempt, and what it brought.
async fn attempt(
    deps: &Deps,
    tenant: TenantId,
    stored: &StoredWebhook,
    delivery: &Delivery,
    now: Timestamp,
) -> Result<Outcome, JobError> {
    let Some(body) = body(deps, tenant, delivery, now).await? else { return Ok(Outcome::Gone) };
    let secrets = secrets(deps, tenant, stored, now).await?;
    let id = delivery.event.id;
    let request = http::Request::post(stored.webhook.url.as_str())
        .header("content-type", "application/json")
        .header("user-agent", "Leadwire-Webhooks/1")
        .header("webhook-id", id.to_string())
        .header("webhook-timestamp", now.seconds().to_string())
        .header("webhook-signature", webhooks::signature(&secrets, id, now, &body))
        .body(body.into_bytes());
    // An address that was parsed makes a request.
    let Ok(request) = request else { return Ok(Outcome::NoConnection) };
    Ok(match deps.egress.carry(request).await {
        Ok(answer) => Outcome::Status(answer.status().as_u16()),
        Err(EgressError::Private) => Outcome::PrivateAddress,
        Err(EgressError::Timeout) => Outcome::Timeout,
        Err(EgressError::NoConnection) => Outcome::NoConnection,
    })
}

/// What the event says: none if what it is about is gone.
async fn body(deps: &Deps, tenant: TenantId, delivery: &Delivery, now: Timestamp) -> Result<Option<String>, JobError> {
    let store = &deps.store;
    let event = delivery.event;
    let data = match event.subject {
        Subject::Message(history, id) => views::webhooks::message(store, tenant, history, id, now).await?,
        Subject::Lead(id) => views::webhooks::lead(store, tenant, id).await?,
        Subject::Conversation(id) => views::webhooks::conversation(store, tenant, id).await?,
        Subject::Nothing => Some(views::webhooks::nothing()),
    };
    Ok(data.map(|data| views::webhooks::body(&event, data)))
}

/// The secrets that sign at `now`.
async fn secrets(
    deps: &Deps,
    tenant: TenantId,
    stored: &StoredWebhook,
    now: Timestamp,
) -> Result<Vec<Secret>, JobError> {
    let id = stored.webhook.id;
    let place = EncryptionContext { tenant, owner: SecretOwner::Webhook(id), item: secret_place(tenant, id) };
    let old = stored.old_secret.as_ref().filter(|_| stored.webhook.signs_with_old_secret(now));
    let mut secrets = Vec::with_capacity(2);
    for secret in std::iter::once(&stored.secret).chain(old) {
        secrets.push(deps.encryptor.decrypt(secret, &place, now).await?.secret);
    }
    Ok(secrets)
}

/// Writes what the attempt brought; none if the webhook is off. An endpoint that failed for three days is switched off.
async fn settle(
    deps: &Deps,
    tenant: TenantId,
    webhook: &Webhook,
    delivery: Delivery,
    outcome: Option<Outcome>,
) -> Result<(), JobError> {
    let now = deps.clock.now();
    let has_arrived = outcome.as_ref().is_some_and(Outcome::has_arrived);
    let is_final = matches!(outcome, None | Some(Outcome::Gone));
    let next = if has_arrived || is_final { None } else { delivery.next_try(now) };
    let state = match (has_arrived, next) {
        (true, _) => DeliveryState::Delivered,
        (false, Some(_)) => DeliveryState::Pending,
        (false, None) => DeliveryState::Failed,
    };
    if !is_final {
        let health = if has_arrived { Health::delivered(now) } else { webhook.health.failed(now) };
        note(deps, tenant, webhook, &health, now).await?;
    }
    let event = delivery.event.id;
    let status = outcome.as_ref().and_then(Outcome::status);
    tracing::info!(webhook.id = %webhook.id, event.id = %event, state = state.as_str(), status, "sent an event");
    let settled = Delivery { state, next, outcome, ..delivery };
    Ok(deps.store.tenant(tenant).settle_delivery(&settled).await?)
}

async fn note(
    deps: &Deps,
    tenant: TenantId,
    webhook: &Webhook,
    health: &Health,
    now: Timestamp,
) -> Result<(), JobError> {
    let store = deps.store.tenant(tenant);
    if !health.is_hopeless(now) || webhook.off.is_some() {
        return Ok(store.note_webhook_health(webhook, health, None).await?);
    }
    let id = webhook.id.to_string();
    let since = health.failing_since.unwrap_or(now);
    let bits = digest::bits80(&["webhook off", &id, &since.millis().to_string()]);
    let detail = "every delivery failed for three days".to_owned();
    let disabled = AuditEvent { at: now, by: Actor::Nobody, action: Action::WebhookDisabled, target: id, detail };
    let entry = Entry::new(disabled, bits);
    tracing::error!(metric.webhooks_off = 1, webhook.id = %webhook.id, "switched off a webhook that never answers");
    Ok(store.note_webhook_health(webhook, health, Some((Off::Failing, &entry))).await?)
}
