//! The simulator's own controls under `/_sim`: people, their messages, templates, settings, and what happened.

use crate::conversation::Conversation;
use crate::error::Error;
use crate::graph;
use crate::inbound::{Called, CustomerCall, CustomerMessage};
use crate::inspect::{SendRecord, WebhookRecord};
use crate::outbox::Delivered;
use crate::payments::Payment;
use crate::people::{Invent, Person, PersonChange};
use crate::settings::Settings;
use crate::simulator::Simulator;
use crate::tokens::{AccessToken, TokenWish};
use axum::extract::rejection::JsonRejection;
use axum::extract::{FromRequest, Path, Query, Request, State};
use axum::routing::{get, patch, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

/// The routes.
pub(crate) fn router() -> Router<Simulator> {
    Router::new()
        .route("/_sim/config", get(config))
        .route("/_sim/people", get(people).post(invent))
        .route("/_sim/people/{id}", get(person).patch(change_person))
        .route("/_sim/people/{id}/conversation", get(conversation))
        .route("/_sim/people/{id}/read", post(read))
        .route("/_sim/tokens", post(issue_token))
        .route("/_sim/signup", get(graph::signup::confirm))
        .route("/_sim/messages", post(message))
        .route("/_sim/calls", post(call))
        .route("/_sim/payments", post(pay))
        .route("/_sim/sends", get(sends))
        .route("/_sim/webhooks", get(webhooks).post(inject))
        .route("/_sim/webhooks/posted", post(posted))
        .route("/_sim/webhooks/retry", post(retry))
        .route("/_sim/webhooks/deliver", post(deliver))
        .route("/_sim/templates", get(templates))
        .route("/_sim/templates/{id}", patch(change_template))
        .route("/_sim/handshake", post(handshake))
        .route("/_sim/settings", get(settings).put(replace_settings).patch(change_settings))
}

/// A JSON body whose mistakes are told in the same words as all others.
struct Body<T>(T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Self, Error> {
        let body: Result<Json<T>, JsonRejection> = Json::from_request(request, state).await;
        body.map(|Json(value)| Self(value)).map_err(|error| Error::Invalid(error.body_text()))
    }
}

type Answer<T> = Result<Json<T>, Error>;

async fn config(State(simulator): State<Simulator>) -> Answer<Value> {
    let config = simulator.config();
    let mut numbers = Vec::new();
    for number in simulator.numbers() {
        let mut shown = serde_json::to_value(number)?;
        shown["subscribed"] = json!(simulator.is_subscribed(&number.waba_id)?);
        numbers.push(shown);
    }
    Ok(Json(json!({
        "verifiedName": config.verified_name,
        "displayPhoneNumber": config.display_phone_number,
        "phoneNumberId": config.phone_number_id,
        "wabaId": config.waba_id,
        "webhookUrl": config.webhook_url,
        "leadPanelUrl": config.lead_panel_url,
        "versions": config.versions,
        "numbers": numbers,
    })))
}

async fn people(State(simulator): State<Simulator>) -> Answer<Vec<Person>> {
    simulator.people().map(Json)
}

async fn person(State(simulator): State<Simulator>, Path(id): Path<String>) -> Answer<Person> {
    simulator.person(&id).map(Json)
}

async fn change_person(
    State(simulator): State<Simulator>,
    Path(id): Path<String>,
    Body(change): Body<PersonChange>,
) -> Answer<Person> {
    simulator.change_person(&id, change).map(Json)
}

async fn invent(State(simulator): State<Simulator>, Body(wish): Body<Invent>) -> Answer<Person> {
    simulator.invent(wish).map(Json)
}

/// Which of the business's numbers a conversation is with.
#[derive(Deserialize)]
struct With {
    number: Option<String>,
}

async fn conversation(
    State(simulator): State<Simulator>,
    Path(id): Path<String>,
    Query(with): Query<With>,
) -> Answer<Conversation> {
    simulator.conversation_with(&id, with.number.as_deref()).map(Json)
}

async fn read(State(simulator): State<Simulator>, Path(id): Path<String>) -> Answer<Value> {
    Ok(Json(json!({"read": simulator.read(&id)?})))
}

async fn issue_token(State(simulator): State<Simulator>, Body(wish): Body<TokenWish>) -> Answer<AccessToken> {
    simulator.issue_token(wish).map(Json)
}

async fn call(State(simulator): State<Simulator>, Body(wish): Body<CustomerCall>) -> Answer<Called> {
    simulator.call(&wish).map(Json)
}

async fn pay(State(simulator): State<Simulator>, Body(payment): Body<Payment>) -> Answer<Value> {
    Ok(Json(json!({"update": simulator.pay(&payment)?})))
}

/// A customer's message; its sender may be given as a number.
async fn message(State(simulator): State<Simulator>, Body(mut body): Body<Map<String, Value>>) -> Answer<Value> {
    if let Some(Value::Number(from)) = body.get("from") {
        let from = from.to_string();
        body.insert("from".to_owned(), Value::String(from));
    }
    let wish: CustomerMessage =
        serde_json::from_value(Value::Object(body)).map_err(|error| Error::Invalid(error.to_string()))?;
    Ok(Json(serde_json::to_value(simulator.receive(&wish)?)?))
}

/// A webhook that another program posted.
async fn posted(State(simulator): State<Simulator>, Body(body): Body<Value>) -> Answer<Value> {
    simulator.remember_posted(&body)?;
    Ok(Json(json!({})))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Page {
    callback_data: Option<String>,
    cursor: Option<i64>,
    limit: Option<usize>,
}

impl Page {
    fn before(&self) -> i64 {
        self.cursor.unwrap_or(i64::MAX)
    }

    fn limit(&self) -> usize {
        self.limit.unwrap_or(100).clamp(1, 1_000)
    }
}

async fn sends(State(simulator): State<Simulator>, Query(page): Query<Page>) -> Answer<Value> {
    let items = simulator.sends_before(page.callback_data.as_deref(), page.before(), page.limit())?;
    let next = next_cursor(&items, page.limit(), |send: &SendRecord| send.seq);
    Ok(Json(json!({"items": items, "nextCursor": next})))
}

async fn webhooks(State(simulator): State<Simulator>, Query(page): Query<Page>) -> Answer<Value> {
    let items = simulator.webhooks_before(page.before(), page.limit())?;
    let next = next_cursor(&items, page.limit(), |post: &WebhookRecord| post.id);
    let counts: Map<String, Value> =
        simulator.storage().outbox_counts()?.into_iter().map(|(state, count)| (state, json!(count))).collect();
    Ok(Json(json!({"items": items, "nextCursor": next, "counts": counts})))
}

fn next_cursor<T>(items: &[T], limit: usize, key: impl Fn(&T) -> i64) -> Option<i64> {
    items.last().filter(|_| items.len() == limit).map(key)
}

#[derive(Deserialize)]
struct Injected {
    #[serde(default = "messages")]
    field: String,
    value: Value,
}

fn messages() -> String {
    "messages".to_owned()
}

async fn inject(State(simulator): State<Simulator>, Body(change): Body<Injected>) -> Answer<Value> {
    Ok(Json(json!({"update": simulator.inject(&change.field, change.value)?})))
}

async fn retry(State(simulator): State<Simulator>) -> Answer<Value> {
    let due = simulator.storage().retry_now(simulator.now())?;
    simulator.wake();
    Ok(Json(json!({"due": due})))
}

async fn deliver(State(simulator): State<Simulator>) -> Answer<Delivered> {
    simulator.deliver_due().await.map(Json)
}

async fn handshake(State(simulator): State<Simulator>) -> Answer<Value> {
    simulator.handshake().await?;
    Ok(Json(json!({"verified": true})))
}

async fn templates(State(simulator): State<Simulator>) -> Answer<Value> {
    Ok(Json(json!({"items": simulator.templates()?})))
}

/// What Meta's reviewers and systems do to a template.
async fn change_template(
    State(simulator): State<Simulator>,
    Path(id): Path<String>,
    Body(changes): Body<Map<String, Value>>,
) -> Answer<Value> {
    simulator.change_template(&id, &changes).map(Json)
}

async fn settings(State(simulator): State<Simulator>) -> Json<Settings> {
    Json(simulator.settings())
}

async fn replace_settings(State(simulator): State<Simulator>, Body(settings): Body<Value>) -> Answer<Settings> {
    simulator.set_settings(Settings::read(settings)?);
    Ok(Json(simulator.settings()))
}

async fn change_settings(State(simulator): State<Simulator>, Body(changes): Body<Value>) -> Answer<Settings> {
    simulator.turn(&changes).map(Json)
}
