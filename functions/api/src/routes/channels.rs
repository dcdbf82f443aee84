//! The connected business numbers. A token that was given to one is never shown again.

use crate::app::App;
use crate::auth::Caller;
use crate::body::JsonBody;
use crate::deeds::entry;
use crate::path::Id;
use crate::problem::{FieldError, Problem};
use crate::views::messages::ErrorView;
use crate::views::{At, PageView};
use axum::Json;
use axum::extract::State;
use domain::audit::Action;
use domain::channels::AccessToken;
use domain::{ChannelId, PhoneNumberId, Secret, Text};
use schemars::JsonSchema;
use seal::{Holder, Place};
use serde::{Deserialize, Serialize};
use store::channels::{Channel, Refusal, Token, token_place};

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
    /// Why WhatsApp refuses what it sends; null while WhatsApp takes it.
    refusal: Option<RefusalView>,
    /// Whether customers are shown that their messages were read, and that a colleague types.
    read_receipts: bool,
}

/// Why WhatsApp refuses a number. Its sends wait until that is mended.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ChannelRefusal")]
pub(crate) struct RefusalView {
    /// Since when.
    since: At,
    /// WhatsApp's code and words; no code where the token could not be opened.
    #[serde(flatten)]
    why: ErrorView,
}

impl RefusalView {
    fn new(refusal: &Refusal) -> Self {
        Self { since: At(refusal.since), why: ErrorView::found(&refusal.why) }
    }
}

impl ChannelView {
    fn of(channel: Channel) -> Self {
        Self {
            id: channel.id,
            name: channel.name,
            phone_number: channel.display,
            phone_number_id: channel.number,
            token_last4: channel.token.map(|token| token.last4),
            refusal: channel.refusal.as_ref().map(RefusalView::new),
            read_receipts: channel.read_receipts,
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
    #[schemars(with = "Option<Secret>", regex(pattern = r"^[!-~]{20,1000}$"))]
    access_token: Option<Secret>,
    /// Whether customers are shown that their messages were read, and that a colleague types.
    read_receipts: Option<bool>,
}

/// `PATCH /api/channels/{id}` `{accessToken, readReceipts}`: gives a number another token to send by, or turns read
/// receipts on or off.
pub(crate) async fn update(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<ChannelId>,
    JsonBody(body): JsonBody<ChannelBody>,
) -> Result<Json<ChannelView>, Problem> {
    let token = body.access_token.as_ref().map(|token| AccessToken::parse(token.expose())).transpose();
    let token = token.map_err(|error| Problem::invalid(vec![FieldError::new("accessToken", error.to_string())]))?;
    if token.is_none() && body.read_receipts.is_none() {
        let nothing = "is missing: send accessToken, readReceipts or both";
        return Err(Problem::invalid(vec![FieldError::new("accessToken", nothing)]));
    }
    let missing = || Problem::not_found("channel");
    let said = |detail: &str| entry(&app, caller.by, Action::ChannelChanged, &id.to_string(), detail);
    let mut channel = app.store.channel(caller.tenant, id).await?.ok_or_else(missing)?;
    if let Some(token) = token {
        let place = Place { tenant: caller.tenant, of: Holder::Channel(id), item: token_place(caller.tenant, id) };
        let sealed = app.sealer.seal(token.secret(), &place, app.ids.bits()).await?;
        let token = Token { sealed, last4: token.last4().to_owned() };
        let entry = said("another token");
        channel = app.store.set_token(caller.tenant, id, &token, &entry).await?.ok_or_else(missing)?;
    }
    if let Some(shown) = body.read_receipts {
        let entry = said(if shown { "read receipts on" } else { "read receipts off" });
        channel = app.store.set_read_receipts(caller.tenant, id, shown, &entry).await?.ok_or_else(missing)?;
    }
    Ok(Json(ChannelView::of(channel)))
}

/// `GET /api/whatsapp/status`: whether WhatsApp is connected, by which numbers, and whether it takes what they send.
pub(crate) async fn status(State(app): State<App>, caller: Caller) -> Result<Json<StatusView>, Problem> {
    let channels = app.store.channels(caller.tenant).await?;
    let configured = !channels.is_empty();
    let refused = channels.iter().any(|channel| channel.refusal.is_some());
    let message = match (configured, refused) {
        (false, _) => "WhatsApp is not configured",
        (true, false) => "WhatsApp is connected",
        (true, true) => "WhatsApp refuses a number: its token, a permission or its registration has to be mended",
    };
    Ok(Json(StatusView { configured, message, channels: channels.into_iter().map(ChannelView::of).collect() }))
}
