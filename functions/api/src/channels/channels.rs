//! Connected WhatsApp numbers: what is shown of them, and their settings. Access tokens are never shown.

use super::numbers::Asked;
use crate::app::App;
use crate::views::messages::ErrorView;
use crate::views::{At, PageView};
use crate::web::audit::entry;
use crate::web::auth::{Caller, ManagesChannels};
use crate::web::body::JsonBody;
use crate::web::path::Id;
use crate::web::problem::{FieldError, Problem};
use axum::Json;
use axum::extract::State;
use domain::access::audit::Action;
use domain::access::tenants::TimeZone;
use domain::channels::channels::{AccessToken, Billing, CheckName, CheckResult, Sending, TokenLife};
use domain::channels::prices::money::Currency;
use domain::{ChannelId, PhoneNumberId, Secret, Text};
use encryption::{EncryptionContext, SecretOwner};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::channels::channels::{Channel, Refusal, Token, token_place};

/// Held messages are counted up to this.
const MOST_COUNTED: usize = 100;

/// A connected WhatsApp business number.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ChannelView {
    /// The channel's ID.
    id: ChannelId,
    /// The channel's name.
    name: Text,
    /// The phone number, formatted for display.
    phone_number: String,
    /// Meta's ID of the phone number.
    phone_number_id: PhoneNumberId,
    /// Meta's ID of the WhatsApp Business account.
    business_account_id: String,
    /// The name that customers see, as of the last check.
    verified_name: Option<Text>,
    /// Meta's quality rating, as of the last check: GREEN, YELLOW, RED or UNKNOWN. Meta may add values.
    quality: Option<String>,
    /// How many customers the business portfolio may write to outside their windows in 24 hours, as of the last check:
    /// TIER_250 to TIER_UNLIMITED. Meta may add values.
    messaging_tier: Option<String>,
    /// How many messages a second the number takes, as of the last check: STANDARD for 80, HIGH for 1,000.
    throughput: Option<String>,
    /// Whether the number is also in use in the WhatsApp Business app, which limits it to 20 messages a second.
    on_phone: bool,
    /// Whether sending is paused. Messages are then held, for at most 24 hours.
    paused: bool,
    /// How many messages are held because the number is paused or WhatsApp rejects it, counted up to 100. They are sent
    /// once it is resumed, or its access token is replaced.
    held_messages: usize,
    /// The last four characters of the number's own access token. Null if it uses the application's token.
    token_last4: Option<String>,
    /// When the access token expires, as of the last check. Null if it does not expire, or if Meta did not say.
    token_expires_at: Option<At>,
    /// Whether the access token expires within 7 days, or has expired. Replace it before then.
    token_expires_soon: bool,
    /// The permissions of the access token, by Meta's names, as of the last check. Empty if Meta did not say.
    token_permissions: Vec<String>,
    /// Why WhatsApp rejects messages from this number. Null if it accepts them. While it rejects them, Leadwire holds the
    /// number's messages, and tries the oldest every ten minutes.
    refusal: Option<RefusalView>,
    /// Whether customers see read receipts and typing indicators.
    read_receipts: bool,
    /// Whether the name of the user who writes stands before each text.
    agent_names: bool,
    /// Whether requests to pay are sent from this number.
    payments: bool,
    /// The URL to enter as the callback URL in the app's dashboard.
    webhook_url: String,
    /// The verify token to enter with the URL. Null if the number uses the application's, or if you may not manage
    /// channels.
    verify_token: Option<String>,
    /// What the last check with Meta found. Empty if the number was never checked.
    checks: Vec<CheckView>,
    /// When the newest webhook of the number arrived, to ten minutes. Null if none has arrived since it was connected.
    last_heard_at: Option<At>,
    /// How much of the past of the number's phone has been imported, in percent. Null if none has.
    history_percent: Option<u32>,
    /// When Meta was last asked.
    checked_at: Option<At>,
    /// Whether a check is under way. It takes a few seconds.
    checking: bool,
    /// The currency in which Meta charges the WhatsApp Business account. Null if it is not known: prices are then unknown.
    currency: Option<Currency>,
    /// The time zone of the WhatsApp Business account. Price lists begin at its midnight.
    time_zone: TimeZone,
}

/// What a check of a number found.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "ChannelCheck")]
pub(crate) struct CheckView {
    /// What was checked.
    name: CheckName,
    /// Whether it is as it should be.
    ok: bool,
    /// What Meta reports.
    detail: Text,
    /// Meta's error code. Null if Meta did not answer with an error.
    code: Option<i64>,
    /// What to do. Null if there is nothing to do.
    next_step: Option<&'static str>,
}

impl CheckView {
    pub(crate) fn new(result: CheckResult) -> Self {
        let next_step = (!result.ok).then(|| next_step(result.name));
        Self { name: result.name, ok: result.ok, detail: result.detail, code: result.code, next_step }
    }
}

/// What to do about a failed check.
pub(crate) const fn next_step(name: CheckName) -> &'static str {
    match name {
        CheckName::Token => {
            "In Meta's business settings, create a token of a system user with whatsapp_business_messaging and \
             whatsapp_business_management. Use it as the access token."
        }
        CheckName::Expiry => {
            "In Meta's business settings, create a token of the same system user that never expires. Use it as the \
             access token."
        }
        CheckName::Permissions => {
            "In Meta's business settings, create a token of the same system user with whatsapp_business_messaging and \
             whatsapp_business_management. Use it as the access token."
        }
        CheckName::Number => {
            "Copy the phone number ID from WhatsApp, API Setup, in the app's dashboard. Give the token's system user \
             access to its account."
        }
        CheckName::Account => {
            "Copy both IDs from the same page, WhatsApp, API Setup, in the app's dashboard. Give the token's system \
             user access to that account."
        }
        CheckName::Registration => {
            "Register the number for the Cloud API in WhatsApp Manager, under Phone numbers. Then check again."
        }
        CheckName::Subscription => {
            "Give the token the permission whatsapp_business_management. Then check again, which subscribes the app."
        }
        CheckName::Callback => {
            "Enter the webhook URL and the verify token in the app's dashboard, under WhatsApp, Configuration. Or have this \
             number's webhooks posted here: PATCH /api/channels/{id}/setup with {\"ownCallback\": true}."
        }
        CheckName::Profile => "Correct the business profile and save it again.",
        CheckName::Health => "Open the number in WhatsApp Manager and resolve what it reports. Then check again.",
    }
}

/// Why WhatsApp rejects messages from a number. They wait until the cause is fixed.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ChannelRefusal")]
pub(crate) struct RefusalView {
    /// When WhatsApp first rejected a message.
    since: At,
    /// WhatsApp's error. Without a code if the token could not be decrypted.
    #[serde(flatten)]
    why: ErrorView,
}

impl RefusalView {
    fn new(refusal: &Refusal) -> Self {
        Self { since: At(refusal.since), why: ErrorView::found(&refusal.why) }
    }
}

impl ChannelView {
    /// The view for a caller who may manage channels, or may not; with how many messages it holds, if it holds any.
    pub(crate) async fn read(
        app: &App,
        caller: Caller,
        channel: Channel,
        manages: ManagesChannels,
    ) -> Result<Self, Problem> {
        let held = match channel.sending {
            Sending::Active | Sending::Disconnected => 0,
            Sending::Paused | Sending::Refused => {
                app.store.tenant(caller.tenant).count_held(channel.id, MOST_COUNTED).await?
            }
        };
        Ok(Self::new(app, channel, manages, held))
    }

    fn new(app: &App, channel: Channel, manages: ManagesChannels, held_messages: usize) -> Self {
        let currency = channel.currency();
        let verify_token = channel.verify_token.filter(|_| manages.0).map(|token| token.expose().to_owned());
        let now = app.clock.now();
        let check = channel.check;
        let token = check.as_ref().and_then(|check| check.token.as_ref());
        let expires_soon = token.is_some_and(|token| match token.life(now) {
            TokenLife::Unlimited | TokenLife::Until(_) => false,
            TokenLife::EndsSoon(_) | TokenLife::Expired(_) => true,
        });
        Self {
            token_expires_at: token.and_then(|token| token.expires_at).map(At),
            token_expires_soon: expires_soon,
            token_permissions: token.map(|token| token.permissions.clone()).unwrap_or_default(),
            business_account_id: channel.waba,
            verified_name: check.as_ref().and_then(|check| check.verified_name.clone()),
            quality: check.as_ref().and_then(|check| check.quality.clone()),
            messaging_tier: check.as_ref().and_then(|check| check.limits.tier.clone()),
            throughput: check.as_ref().and_then(|check| check.limits.throughput.clone()),
            on_phone: check.as_ref().is_some_and(|check| check.limits.on_phone),
            paused: channel.sending == Sending::Paused,
            held_messages,
            webhook_url: app.edge.webhook_url.clone(),
            verify_token,
            last_heard_at: channel.heard.map(At),
            history_percent: channel.history,
            checked_at: check.as_ref().map(|check| At(check.at)),
            checks: check
                .iter()
                .flat_map(|check| check.results_at(now, &app.edge.webhook_url))
                .map(CheckView::new)
                .collect(),
            checking: channel.check_wanted.is_some(),
            id: channel.id,
            name: channel.name,
            phone_number: channel.display,
            phone_number_id: channel.number,
            token_last4: channel.token.map(|token| token.last4),
            refusal: channel.refusal.as_ref().map(RefusalView::new),
            read_receipts: channel.read_receipts,
            currency,
            time_zone: channel.billing.time_zone.unwrap_or_default(),
            agent_names: channel.agent_names,
            payments: channel.payments,
        }
    }
}

/// The status of the WhatsApp connection.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "WhatsAppStatus")]
pub(crate) struct StatusView {
    /// Whether a number is connected.
    configured: bool,
    /// A summary of the status.
    message: &'static str,
    /// When a test of the app's dashboard last arrived (WhatsApp, Configuration, Test). Null if none has. It names a number
    /// that belongs to no business.
    dashboard_test_at: Option<At>,
    /// The connected numbers.
    channels: Vec<ChannelView>,
}

/// `GET /api/channels`: List the connected WhatsApp numbers. All of them are on one page.
pub(crate) async fn list_channels(
    State(app): State<App>,
    caller: Caller,
    manages: ManagesChannels,
) -> Result<Json<PageView<ChannelView>>, Problem> {
    let channels = app.store.tenant(caller.tenant).channels().await?;
    let items = views(&app, caller, channels, manages).await?;
    Ok(Json(PageView { items, next_cursor: None }))
}

/// A change of a channel. Omitted fields stay as they are.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct ChannelBody {
    /// A new access token from Meta, for the same number. It is never shown.
    #[schemars(with = "Option<Secret>", regex(pattern = r"^[!-~]{20,1000}$"))]
    access_token: Option<Secret>,
    /// Whether customers see read receipts and typing indicators.
    read_receipts: Option<bool>,
    /// The currency in which Meta charges the WhatsApp Business account, if Meta does not say it.
    currency: Option<Currency>,
    /// The time zone of the WhatsApp Business account.
    #[schemars(with = "Option<TimeZone>")]
    time_zone: Option<String>,
    /// Whether the name of the user who writes stands before each text, in a line of its own. Templates, captions and
    /// messages of API keys have none.
    agent_names: Option<bool>,
    /// Whether requests to pay are sent from this number. Meta approves payments per WhatsApp Business account.
    payments: Option<bool>,
}

/// `PATCH /api/channels/{id}` `{accessToken, readReceipts, agentNames, payments, currency, timeZone}`: Update a channel. Replaces its
/// access token, turns read receipts or the names of agents on or off, or sets the currency and the time zone of its
/// account, from which prices follow. A new token is checked with Meta first. The former one stays if Meta rejects it for
/// this number. With a new token, messages that were held are sent in order.
pub(crate) async fn update_channel(
    State(app): State<App>,
    caller: Caller,
    manages: ManagesChannels,
    Id(id): Id<ChannelId>,
    JsonBody(body): JsonBody<ChannelBody>,
) -> Result<Json<ChannelView>, Problem> {
    let token = body.access_token.as_ref().map(|token| AccessToken::parse(token.expose())).transpose();
    let token = token.map_err(|error| Problem::invalid(vec![FieldError::new("accessToken", error.to_string())]))?;
    let time_zone = body.time_zone.as_deref().map(TimeZone::parse).transpose();
    let time_zone =
        time_zone.map_err(|error| Problem::invalid(vec![FieldError::new("timeZone", error.to_string())]))?;
    let bills = body.currency.is_some() || time_zone.is_some();
    if token.is_none()
        && body.read_receipts.is_none()
        && body.agent_names.is_none()
        && body.payments.is_none()
        && !bills
    {
        let nothing = "Send accessToken, readReceipts, agentNames, payments, currency or timeZone.";
        return Err(Problem::invalid(vec![FieldError::new("accessToken", nothing)]));
    }
    let said = |detail: &str| entry(&app, caller.by, Action::ChannelChanged, &id.to_string(), detail);
    let mut channel = connected(&app, caller, id).await?;
    if let Some(token) = token {
        let report = Asked::Replacing.report(&app, &channel.number, &channel.waba, &token).await?;
        let check = report.kept(app.clock.now());
        let token = encrypted(&app, caller, id, &token).await?;
        let entry = said("new access token");
        let replaced = app.store.tenant(caller.tenant).set_token(id, &token, Some(&check), &entry).await?;
        channel = replaced.ok_or_else(missing)?;
    }
    if let Some(shown) = body.read_receipts {
        let entry = said(if shown { "read receipts on" } else { "read receipts off" });
        channel = app.store.tenant(caller.tenant).set_read_receipts(id, shown, &entry).await?.ok_or_else(missing)?;
    }
    if bills {
        let billing = Billing {
            currency: body.currency.or(channel.billing.currency),
            time_zone: time_zone.or(channel.billing.time_zone),
        };
        let entry = said("currency or time zone of the account");
        channel = app.store.tenant(caller.tenant).set_billing(id, &billing, &entry).await?.ok_or_else(missing)?;
    }
    if let Some(shown) = body.agent_names {
        let entry = said(if shown { "agent names on" } else { "agent names off" });
        channel = app.store.tenant(caller.tenant).set_agent_names(id, shown, &entry).await?.ok_or_else(missing)?;
    }
    if let Some(on) = body.payments {
        let entry = said(if on { "payments on" } else { "payments off" });
        channel = app.store.tenant(caller.tenant).set_payments(id, on, &entry).await?.ok_or_else(missing)?;
    }
    Ok(Json(ChannelView::read(&app, caller, channel, manages).await?))
}

async fn views(
    app: &App,
    caller: Caller,
    channels: Vec<Channel>,
    manages: ManagesChannels,
) -> Result<Vec<ChannelView>, Problem> {
    let views = channels.into_iter().map(|channel| ChannelView::read(app, caller, channel, manages));
    futures::future::try_join_all(views).await
}

/// The business's connected channel with this ID.
pub(crate) async fn connected(app: &App, caller: Caller, id: ChannelId) -> Result<Channel, Problem> {
    let channel = app.store.tenant(caller.tenant).channel(id).await?.filter(Channel::is_connected);
    channel.ok_or_else(missing)
}

pub(crate) fn missing() -> Problem {
    Problem::not_found("channel")
}

/// The token as it may stand in the table.
pub(crate) async fn encrypted(app: &App, caller: Caller, id: ChannelId, token: &AccessToken) -> Result<Token, Problem> {
    let item = token_place(caller.tenant, id);
    let place = EncryptionContext { tenant: caller.tenant, owner: SecretOwner::Channel(id), item };
    let ciphertext = app.encryptor.encrypt(token.secret(), &place, app.random.u128()).await?;
    Ok(Token { ciphertext, last4: token.last4().to_owned() })
}

/// `GET /api/whatsapp/status`: Get the status of the WhatsApp connection. It includes the connected numbers, and
/// whether WhatsApp accepts their messages.
pub(crate) async fn get_whatsapp_status(
    State(app): State<App>,
    caller: Caller,
    manages: ManagesChannels,
) -> Result<Json<StatusView>, Problem> {
    let store = app.store.tenant(caller.tenant);
    let (channels, test) = futures::future::try_join(store.channels(), app.store.dashboard_test()).await?;
    let configured = !channels.is_empty();
    let refused = channels.iter().any(|channel| channel.refusal.is_some());
    let message = match (configured, refused) {
        (false, _) => "WhatsApp is not configured. Connect a number first.",
        (true, false) => "WhatsApp is configured and ready to use",
        (true, true) => {
            "WhatsApp rejects a number, whose messages are held: check its token, permissions and registration"
        }
    };
    let channels = views(&app, caller, channels, manages).await?;
    Ok(Json(StatusView { configured, message, dashboard_test_at: test.map(At), channels }))
}
