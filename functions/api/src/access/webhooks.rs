//! Webhooks: addresses of the business's own systems that receive events.

use crate::Deps;
use crate::app::App;
use crate::views::{At, PageView};
use crate::web::answers::{Accepting, Created, Done};
use crate::web::audit::entry;
use crate::web::auth::Caller;
use crate::web::body::JsonBody;
use crate::web::cursor::Cursors;
use crate::web::if_match::{IfMatch, changed_meanwhile};
use crate::web::openapi::describe::{Input, Operation};
use crate::web::openapi::schemas::Schemas;
use crate::web::path::Id;
use crate::web::problem::{FieldError, Kind, Problem};
use crate::web::query::{Cursor, Limit, Query, parameters};
use axum::Json;
use axum::extract::{FromRequestParts, Path, State};
use axum::http::request::Parts;
use domain::access::audit::Action;
use domain::access::webhooks::{
    Delivery, DeliveryState, EventType, Health, LONGEST_URL, MOST_WEBHOOKS, Off, Subject, Webhook, WebhookEvent,
    WebhookUrl, new_secret,
};
use domain::ids::{WebhookEventId, WebhookId};
use domain::{Secret, TenantId, Text};
use encryption::{EncryptionContext, SecretOwner};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeSet;
use store::access::webhooks::{StoredWebhook, secret_place};

/// The longest description.
const LONGEST_DESCRIPTION: usize = 200;

/// A webhook to create.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct NewWebhookBody {
    /// The HTTPS URL that receives the events. It cannot be in a private network.
    #[schemars(length(max = LONGEST_URL))]
    url: String,
    /// The types of events to send.
    #[schemars(length(min = 1), with = "Vec<EventType>", extend("items" = { "type": "string", "enum": chosen() }))]
    events: Vec<String>,
    /// What the webhook is for.
    #[serde(default)]
    #[schemars(length(max = LONGEST_DESCRIPTION))]
    description: Option<Text>,
}

/// A change of a webhook. Omitted fields stay as they are.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct WebhookBody {
    /// The HTTPS URL that receives the events.
    #[schemars(length(max = LONGEST_URL))]
    url: Option<String>,
    /// The types of events to send.
    #[schemars(length(min = 1), with = "Option<Vec<EventType>>")]
    events: Option<Vec<String>>,
    /// What the webhook is for.
    #[schemars(length(max = LONGEST_DESCRIPTION))]
    description: Option<Text>,
    /// Whether it receives events. Switching it on again resets its failures.
    active: Option<bool>,
}

/// A webhook.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "Webhook")]
pub(crate) struct WebhookView {
    /// The webhook's ID.
    id: WebhookId,
    /// The URL that receives the events.
    url: String,
    /// The types of events that are sent.
    events: Vec<EventType>,
    /// What the webhook is for.
    description: Text,
    /// Whether it receives events.
    active: bool,
    /// Whether Leadwire switched it off because every delivery failed for three days.
    disabled: bool,
    /// Since when every delivery has failed. Null if the last one succeeded.
    failing_since: Option<At>,
    /// When a delivery last succeeded. Null if none has.
    last_delivered_at: Option<At>,
    /// Until when the replaced secret also signs. Null if no secret was replaced.
    previous_secret_until: Option<At>,
    /// Counts the changes of the webhook. It is also the `ETag` for `If-Match`.
    revision: u64,
    /// When the webhook was created.
    created_at: At,
    /// The signing secret. It is shown only once: when it is created or replaced.
    #[serde(skip_serializing_if = "Option::is_none")]
    secret: Option<String>,
}

impl From<Webhook> for WebhookView {
    fn from(webhook: Webhook) -> Self {
        Self {
            id: webhook.id,
            url: webhook.url.as_str().to_owned(),
            events: webhook.events,
            description: webhook.description,
            active: webhook.off.is_none(),
            disabled: webhook.off == Some(Off::Failing),
            failing_since: webhook.health.failing_since.map(At),
            last_delivered_at: webhook.health.delivered.map(At),
            previous_secret_until: webhook.old_secret_until.map(At),
            revision: webhook.version,
            created_at: At(webhook.id.at()),
            secret: None,
        }
    }
}

/// An event on its way to a webhook.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "WebhookDelivery")]
pub(crate) struct DeliveryView {
    /// The event's ID: the header `webhook-id`.
    event_id: WebhookEventId,
    /// The event's type.
    event_type: EventType,
    /// When it happened.
    happened_at: At,
    /// The state of the delivery.
    state: DeliveryState,
    /// The number of attempts.
    attempts: u32,
    /// When it is tried next. Null if it is not tried again, or is about to be tried.
    next_attempt_at: Option<At>,
    /// The HTTP status of the last answer. Null if there was none.
    status: Option<u16>,
    /// What the last attempt brought, and what to do. Null before the first attempt.
    detail: Option<String>,
}

impl From<Delivery> for DeliveryView {
    fn from(delivery: Delivery) -> Self {
        Self {
            event_id: delivery.event.id,
            event_type: delivery.event.event_type,
            happened_at: At(delivery.event.id.at()),
            state: delivery.state,
            attempts: delivery.tries,
            next_attempt_at: delivery.next.map(At),
            status: delivery.outcome.as_ref().and_then(domain::access::webhooks::Outcome::status),
            detail: delivery.outcome.as_ref().map(domain::access::webhooks::Outcome::explanation),
        }
    }
}

parameters! {
    /// The deliveries to list.
    DeliveriesQuery {
        /// The page size.
        limit = "limit": Limit<50>,
        /// The `nextCursor` of the previous page.
        cursor = "cursor": Option<Cursor>,
    }
}

/// `GET /api/webhooks`: List the webhooks. All of them are on one page.
pub(crate) async fn list_webhooks(
    State(app): State<App>,
    caller: Caller,
) -> Result<Json<PageView<WebhookView>>, Problem> {
    let webhooks = app.store.tenant(caller.tenant).webhooks().await?;
    let items = webhooks.into_iter().map(WebhookView::from).collect();
    Ok(Json(PageView { items, next_cursor: None }))
}

/// `POST /api/webhooks` `{url, events, description}`: Create a webhook. The answer contains the signing secret, which is
/// shown only once. Deliveries follow the Standard Webhooks specification: verify `webhook-signature` with the secret.
pub(crate) async fn create_webhook(
    State(app): State<App>,
    caller: Caller,
    JsonBody(body): JsonBody<NewWebhookBody>,
) -> Result<Created<WebhookView>, Problem> {
    let invalid = |error| Problem::invalid(vec![error]);
    let url = url_of(&app, &body.url).map_err(invalid)?;
    let events = events_of(&body.events).map_err(invalid)?;
    let description = description_of(body.description.unwrap_or_default()).map_err(invalid)?;
    let store = app.store.tenant(caller.tenant);
    if store.webhooks().await?.len() >= MOST_WEBHOOKS {
        let detail = format!("A business has at most {MOST_WEBHOOKS} webhooks. Delete one first.");
        return Err(Problem::new(Kind::Conflict, detail));
    }
    let id = WebhookId::from_parts(app.clock.now(), app.random.u128());
    let secret = new_secret([app.random.u128(), app.random.u128()]);
    let encrypted = encrypted(&app, caller.tenant, id, &secret).await?;
    let health = Health::default();
    let webhook = Webhook { id, url, description, events, off: None, health, old_secret_until: None, version: 1 };
    let words: Vec<_> = webhook.events.iter().map(|event| event.as_str()).collect();
    let entry = entry(&app, caller.by, Action::WebhookCreated, &id.to_string(), &words.join(" "));
    store.create_webhook(&webhook, &encrypted, &entry).await?;
    Ok(Created(WebhookView { secret: Some(secret.expose().to_owned()), ..WebhookView::from(webhook) }))
}

/// `PATCH /api/webhooks/{id}` `{url, events, description, active}`: Update a webhook, or switch it off and on.
pub(crate) async fn update_webhook(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<WebhookId>,
    if_match: IfMatch,
    JsonBody(body): JsonBody<WebhookBody>,
) -> Result<Json<WebhookView>, Problem> {
    let invalid = |error| Problem::invalid(vec![error]);
    let before = the_webhook(&app, caller, id).await?.webhook;
    if_match.admits(before.version)?;
    let mut after = before.clone();
    if let Some(url) = &body.url {
        after.url = url_of(&app, url).map_err(invalid)?;
    }
    if let Some(events) = &body.events {
        after.events = events_of(events).map_err(invalid)?;
    }
    if let Some(description) = body.description {
        after.description = description_of(description).map_err(invalid)?;
    }
    match body.active {
        Some(true) => {
            after.off = None;
            after.health = Health { delivered: before.health.delivered, ..Health::default() };
        }
        Some(false) => after.off = Some(before.off.unwrap_or(Off::ByUser)),
        None => {}
    }
    if after == before {
        return Ok(Json(WebhookView::from(before)));
    }
    let entry = entry(&app, caller.by, Action::WebhookChanged, &id.to_string(), "settings");
    if !app.store.tenant(caller.tenant).change_webhook(&after, before.version, &entry).await? {
        return Err(changed_meanwhile());
    }
    Ok(Json(WebhookView::from(Webhook { version: before.version + 1, ..after })))
}

/// `DELETE /api/webhooks/{id}`: Delete a webhook. Events on their way to it are dropped.
pub(crate) async fn delete_webhook(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<WebhookId>,
) -> Result<Done, Problem> {
    let entry = entry(&app, caller.by, Action::WebhookDeleted, &id.to_string(), "");
    if app.store.tenant(caller.tenant).delete_webhook(id, &entry).await? { Ok(Done) } else { Err(missing()) }
}

/// `POST /api/webhooks/{id}/rotate-secret`: Replace the signing secret. The answer contains the new one. The old one also
/// signs for 24 hours, so that you can change your receiver in between.
pub(crate) async fn rotate_webhook_secret(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<WebhookId>,
) -> Result<Json<WebhookView>, Problem> {
    let stored = the_webhook(&app, caller, id).await?;
    let secret = new_secret([app.random.u128(), app.random.u128()]);
    let encrypted = encrypted(&app, caller.tenant, id, &secret).await?;
    let until = Webhook::secret_signs_until(app.clock.now());
    let entry = entry(&app, caller.by, Action::WebhookChanged, &id.to_string(), "secret");
    if !app.store.tenant(caller.tenant).rotate_webhook_secret(&stored, &encrypted, until, &entry).await? {
        return Err(changed_meanwhile());
    }
    let version = stored.webhook.version + 1;
    let webhook = Webhook { old_secret_until: Some(until), version, ..stored.webhook };
    Ok(Json(WebhookView { secret: Some(secret.expose().to_owned()), ..WebhookView::from(webhook) }))
}

/// `POST /api/webhooks/{id}/test`: Send a test event of type `ping`. Its delivery is in the list of deliveries.
pub(crate) async fn test_webhook(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<WebhookId>,
) -> Result<Accepting<DeliveryView>, Problem> {
    the_webhook(&app, caller, id).await?;
    let now = app.clock.now();
    let event = WebhookEvent {
        id: WebhookEventId::from_parts(now, app.random.u128()),
        event_type: EventType::Ping,
        subject: Subject::Nothing,
    };
    app.store.tenant(caller.tenant).add_delivery(id, &event, now).await?;
    let delivery = app.store.tenant(caller.tenant).delivery(id, event.id).await?.ok_or_else(missing)?;
    Ok(Accepting(DeliveryView::from(delivery)))
}

/// `GET /api/webhooks/{id}/deliveries?limit=&cursor=`: List the deliveries of the last 30 days to a webhook, the newest
/// event first.
pub(crate) async fn list_webhook_deliveries(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<WebhookId>,
    Query(DeliveriesQuery { limit, cursor }): Query<DeliveriesQuery>,
) -> Result<Json<PageView<DeliveryView>>, Problem> {
    the_webhook(&app, caller, id).await?;
    let cursors = Cursors::for_list(&app, caller.tenant, format!("deliveries {id}"));
    let below = cursors.mark(cursor.as_ref(), "cursor")?.and_then(|mark| mark.parse().ok());
    let page = app.store.tenant(caller.tenant).deliveries(id, below, limit.0).await?;
    let items = page.items.into_iter().map(DeliveryView::from).collect();
    Ok(Json(PageView { items, next_cursor: page.next.map(|mark| cursors.sign(&mark)) }))
}

/// `POST /api/webhooks/{id}/deliveries/{eventId}/replay`: Send an event again that was delivered or given up. It keeps its
/// ID, and contains the present state of its object.
pub(crate) async fn replay_webhook_delivery(
    State(app): State<App>,
    caller: Caller,
    path: DeliveryPath,
) -> Result<Accepting<DeliveryView>, Problem> {
    let store = app.store.tenant(caller.tenant);
    let there = store.delivery(path.webhook, path.event).await?;
    let there = there.ok_or_else(|| Problem::not_found("delivery"))?;
    if there.state == DeliveryState::Pending {
        let detail = "This event is still being delivered. Wait until it is delivered or given up.";
        return Err(Problem::new(Kind::Conflict, detail));
    }
    store.replay_delivery(path.webhook, path.event, app.clock.now()).await?;
    let again = store.delivery(path.webhook, path.event).await?.unwrap_or(there);
    Ok(Accepting(DeliveryView::from(again)))
}

/// The webhook and the event in the path.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DeliveryPath {
    webhook: WebhookId,
    event: WebhookEventId,
}

impl<S: Send + Sync> FromRequestParts<S> for DeliveryPath {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let ids = Path::<(String, String)>::from_request_parts(parts, state).await.ok();
        let read = ids.and_then(|Path((webhook, event))| {
            Some(Self { webhook: webhook.parse().ok()?, event: event.parse().ok()? })
        });
        read.ok_or_else(|| Problem::not_found("delivery"))
    }
}

impl Input for DeliveryPath {
    fn describe(operation: &mut Operation, schemas: &mut Schemas) {
        let webhook = schemas.taken::<WebhookId>();
        let event = schemas.taken::<WebhookEventId>();
        for (name, schema) in [("id", webhook), ("eventId", event)] {
            operation.parameters.push(json!({ "name": name, "in": "path", "required": true, "schema": schema }));
        }
        operation.problems.insert(Kind::NotFound);
    }
}

async fn the_webhook(deps: &Deps, caller: Caller, id: WebhookId) -> Result<StoredWebhook, Problem> {
    deps.store.tenant(caller.tenant).webhook(id).await?.ok_or_else(missing)
}

fn missing() -> Problem {
    Problem::not_found("webhook")
}

async fn encrypted(deps: &Deps, tenant: TenantId, id: WebhookId, secret: &Secret) -> Result<String, Problem> {
    let place = EncryptionContext { tenant, owner: SecretOwner::Webhook(id), item: secret_place(tenant, id) };
    Ok(deps.encryptor.encrypt(secret, &place, deps.random.u128()).await?)
}

fn url_of(deps: &Deps, text: &str) -> Result<WebhookUrl, FieldError> {
    WebhookUrl::parse(text, deps.calls_private).map_err(|error| FieldError::new("url", error.to_string()))
}

/// The types that a webhook may ask for.
fn chosen() -> Vec<EventType> {
    EventType::ALL.iter().copied().filter(|event| event.may_be_chosen()).collect()
}

fn events_of(words: &[String]) -> Result<Vec<EventType>, FieldError> {
    let known = chosen();
    let found: BTreeSet<_> =
        words.iter().filter_map(|word| known.iter().copied().find(|event| event.as_str() == word)).collect();
    if found.is_empty() || found.len() < words.iter().collect::<BTreeSet<_>>().len() {
        let known: Vec<_> = known.iter().map(|event| event.as_str()).collect();
        return Err(FieldError::new("events", format!("Use one or more of {}.", known.join(", "))));
    }
    Ok(found.into_iter().collect())
}

fn description_of(text: Text) -> Result<Text, FieldError> {
    let length = text.as_str().chars().count();
    if length > LONGEST_DESCRIPTION {
        return Err(FieldError::new("description", format!("Use at most {LONGEST_DESCRIPTION} characters.")));
    }
    Ok(text)
}
