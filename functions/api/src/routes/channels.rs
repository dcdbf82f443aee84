//! The connected business numbers. A token that was given to one is never shown again.

use crate::app::App;
use crate::auth::Caller;
use crate::body::JsonBody;
use crate::deeds::note;
use crate::path::Id;
use crate::problem::{FieldError, Problem};
use crate::views::PageView;
use axum::Json;
use axum::extract::State;
use domain::audit::Action;
use domain::channels::AccessToken;
use domain::{ChannelId, PhoneNumberId, Secret, Text};
use schemars::JsonSchema;
use seal::{Holder, Place};
use serde::{Deserialize, Serialize};
use store::channels::{Channel, Token, token_place};

/// A connected WhatsApp business number.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ChannelView {
    /// Its id.
    id: ChannelId,
    /// Its name.
    name: Text,
    /// The number, as people write it.
    phone_number: String,
    /// Meta's id of the number.
    phone_number_id: PhoneNumberId,
    /// The last characters of its own token; null if it sends by the application's.
    token_last4: Option<String>,
}

impl ChannelView {
    fn of(channel: Channel) -> Self {
        Self {
            id: channel.id,
            name: channel.name,
            phone_number: channel.display,
            phone_number_id: channel.number,
            token_last4: channel.token.map(|token| token.last4),
        }
    }
}

/// Whether WhatsApp is connected.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "WhatsAppStatus")]
pub(crate) struct StatusView {
    /// Whether any number is connected.
    configured: bool,
    /// The same in words.
    message: &'static str,
    /// The numbers.
    channels: Vec<ChannelView>,
}

/// `GET /api/channels`: the connected numbers, in one page.
pub(crate) async fn list(State(app): State<App>, caller: Caller) -> Result<Json<PageView<ChannelView>>, Problem> {
    let channels = app.store.channels(caller.tenant).await?;
    Ok(Json(PageView { items: channels.into_iter().map(ChannelView::of).collect(), next_cursor: None }))
}

/// What can be changed of a channel.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct ChannelBody {
    /// What the number sends by from now on: a token of Meta's. It is never shown again.
    #[schemars(regex(pattern = r"^[!-~]{20,1000}$"))]
    access_token: Secret,
}

/// `PATCH /api/channels/{id}` `{accessToken}`: gives a number another token to send by.
pub(crate) async fn update(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<ChannelId>,
    JsonBody(body): JsonBody<ChannelBody>,
) -> Result<Json<ChannelView>, Problem> {
    let token = AccessToken::parse(body.access_token.expose());
    let token = token.map_err(|error| Problem::invalid(vec![FieldError::new("accessToken", error.to_string())]))?;
    if app.store.channel(caller.tenant, id).await?.is_none() {
        return Err(Problem::not_found("channel"));
    }
    let place = Place { tenant: caller.tenant, of: Holder::Channel(id), item: token_place(caller.tenant, id) };
    let sealed = app.sealer.seal(token.secret(), &place, app.ids.bits()).await?;
    let token = Token { sealed, last4: token.last4().to_owned() };
    let changed = app.store.set_token(caller.tenant, id, &token).await?;
    let changed = changed.ok_or_else(|| Problem::not_found("channel"))?;
    note(&app, caller.tenant, caller.by, Action::ChannelChanged, &id.to_string(), "another token").await?;
    Ok(Json(ChannelView::of(changed)))
}

/// `GET /api/whatsapp/status`: whether WhatsApp is connected, and by which numbers.
pub(crate) async fn status(State(app): State<App>, caller: Caller) -> Result<Json<StatusView>, Problem> {
    let channels = app.store.channels(caller.tenant).await?;
    let configured = !channels.is_empty();
    let message = if configured { "WhatsApp is connected" } else { "WhatsApp is not configured" };
    Ok(Json(StatusView { configured, message, channels: channels.into_iter().map(ChannelView::of).collect() }))
}
