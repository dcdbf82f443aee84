//! Connecting a WhatsApp number, checking it with Meta, pausing it, and disconnecting it.
//!
//! Access tokens are encrypted here and never opened: later checks are made by `outbound`, which opens them.

use crate::app::App;
use crate::channels::channels::{ChannelView, connected, encrypted, missing, next_step};
use crate::web::answers::{Created, Done};
use crate::web::audit::entry;
use crate::web::auth::{Caller, ManagesChannels};
use crate::web::body::JsonBody;
use crate::web::names::{LONGEST_NAME, name_of};
use crate::web::path::Id;
use crate::web::problem::{FieldError, Kind, Problem};
use axum::Json;
use axum::extract::State;
use domain::access::audit::Action;
use domain::channels::channels::{AccessToken, CheckName, CheckResult, GraphId, Sending, TokenFacts, VerifyToken};
use domain::{ChannelId, PhoneNumberId, Secret, Text};
use schemars::JsonSchema;
use serde::Deserialize;
use store::channels::channels::{Channel, Route};
use store::channels::numbers::Connected;
use whatsapp::graph_check::PATIENCE;
use whatsapp::{NumberReport, Subscribing};

/// A number to connect. Meta shows the IDs in the app's dashboard, under WhatsApp, API Setup.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct ConnectBody {
    /// A name for the channel.
    #[schemars(length(min = 1, max = LONGEST_NAME))]
    name: Text,
    /// Meta's ID of the phone number.
    #[schemars(regex(pattern = r"^[0-9]{5,32}$"))]
    phone_number_id: String,
    /// Meta's ID of the WhatsApp Business account.
    #[schemars(regex(pattern = r"^[0-9]{5,32}$"))]
    business_account_id: String,
    /// An access token of a system user with whatsapp_business_messaging and whatsapp_business_management. It is never
    /// shown.
    #[schemars(with = "Secret", regex(pattern = r"^[!-~]{20,1000}$"))]
    access_token: Secret,
    /// The token that Meta repeats when the webhook URL is entered in the app's dashboard. It is generated if omitted.
    #[schemars(with = "Option<Secret>", regex(pattern = r"^[!-~]{16,200}$"))]
    verify_token: Option<Secret>,
}

/// A [`ConnectBody`] whose fields are right.
struct Wish {
    name: Text,
    number: PhoneNumberId,
    waba: GraphId,
    token: AccessToken,
    verify_token: Option<VerifyToken>,
}

impl ConnectBody {
    /// Reads all fields, and names each that is wrong.
    fn read(&self) -> Result<Wish, Problem> {
        let mut errors = Vec::new();
        let name = name_of("name", &self.name).map_err(|error| errors.push(error)).ok();
        let mut wrong = |field: &str, detail: String| errors.push(FieldError::new(field, detail));
        let number = GraphId::parse(&self.phone_number_id);
        let number = number.map_err(|error| wrong("phoneNumberId", error.to_string())).ok();
        let number = number.and_then(|id| PhoneNumberId::parse(id.as_str()).ok());
        let waba = GraphId::parse(&self.business_account_id);
        let waba = waba.map_err(|error| wrong("businessAccountId", error.to_string())).ok();
        let token = AccessToken::parse(self.access_token.expose());
        let token = token.map_err(|error| wrong("accessToken", error.to_string())).ok();
        let verify_token = self.verify_token.as_ref().map(|token| VerifyToken::parse(token.expose())).transpose();
        let verify_token = verify_token.map_err(|error| wrong("verifyToken", error.to_string())).ok();
        match (name, number, waba, token, verify_token) {
            (Some(name), Some(number), Some(waba), Some(token), Some(verify_token)) => {
                Ok(Wish { name, number, waba, token, verify_token })
            }
            _ => Err(Problem::invalid(errors)),
        }
    }
}

/// `POST /api/channels` `{name, phoneNumberId, businessAccountId, accessToken, verifyToken}`: Connect a WhatsApp number.
/// The number is checked with Meta first; it is connected only if Meta accepts the token, the number and the account.
/// Other findings are listed in `checks`.
pub(crate) async fn connect_channel(
    State(app): State<App>,
    caller: Caller,
    manages: ManagesChannels,
    JsonBody(body): JsonBody<ConnectBody>,
) -> Result<Created<ChannelView>, Problem> {
    let wish = body.read()?;
    let known = app.store.tenant(caller.tenant).all_channels().await?;
    let before = known.iter().find(|channel| channel.number == wish.number);
    if let Some(channel) = before.filter(|channel| channel.is_connected()) {
        return Err(connected_here(channel));
    }
    let report = Asked::Connecting.report(&app, &wish.number, wish.waba.as_str(), &wish.token).await?;
    let id = before.map_or_else(|| ChannelId::from_parts(app.clock.now(), app.random.u128()), |channel| channel.id);
    let display = report.display.clone().unwrap_or_else(|| wish.number.as_str().to_owned());
    let verify_token = wish.verify_token.unwrap_or_else(|| VerifyToken::from_bits(app.random.u128()));
    let channel = Channel {
        token: Some(encrypted(&app, caller, id, &wish.token).await?),
        verify_token: Some(verify_token),
        check: Some(report.kept(app.clock.now())),
        read_receipts: before.is_none_or(|channel| channel.read_receipts),
        agent_names: before.is_some_and(|channel| channel.agent_names),
        payments: before.is_some_and(|channel| channel.payments),
        ..Channel::new(id, wish.name, wish.number, display, wish.waba.as_str().to_owned())
    };
    let said = entry(&app, caller.by, Action::ChannelConnected, &id.to_string(), "by its own token");
    match app.store.tenant(caller.tenant).connect_anew(&channel, before, &said).await? {
        Connected::Now => {
            // Where this is cut short, the templates come with the next daily run, or by the console's button.
            if let Err(error) = app.store.tenant(caller.tenant).begin_template_sync(id, None, app.clock.now()).await {
                tracing::warn!(%error, "the templates of a new number are not read yet");
            }
            Ok(Created(ChannelView::read(&app, caller, channel, manages).await?))
        }
        Connected::Already(route) => Err(connected_already(&app, caller, route).await?),
        Connected::VerifyTokenTaken => {
            let detail = "Another number has this verify token. Use another one, or omit it.";
            Err(Problem::invalid(vec![FieldError::new("verifyToken", detail)]))
        }
    }
}

/// Why Meta is asked about a number before anything is written.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Asked {
    /// It is to be connected.
    Connecting,
    /// Its token is to be replaced.
    Replacing,
}

impl Asked {
    /// What Meta reports about the number, if it accepts the token, the number and the account. A missing webhook
    /// subscription is made.
    pub(crate) async fn report(
        self,
        app: &App,
        number: &PhoneNumberId,
        waba: &str,
        token: &AccessToken,
    ) -> Result<NumberReport, Problem> {
        let asked = app.graph.check_number(number, waba, token.secret(), Subscribing::Made);
        let asked = tokio::time::timeout(PATIENCE, asked).await;
        let asked = asked.map_err(|_| self.unanswered("no answer in time".to_owned()))?;
        let report = asked.map_err(|error| self.unanswered(error.to_string()))?;
        for name in [CheckName::Token, CheckName::Number, CheckName::Account] {
            if let Some(failed) = report.result(name).filter(|result| !result.ok) {
                return Err(self.refused(&report, failed));
            }
        }
        Ok(report)
    }

    fn unanswered(self, why: String) -> Problem {
        Problem::unavailable(
            match self {
                Self::Connecting => "Meta does not answer. Nothing was connected: send the same request again.",
                Self::Replacing => "Meta does not answer. The token was not replaced: send the same request again.",
            },
            why,
        )
    }

    /// A failed check. Where the token does not have a permission, that is the cause.
    fn refused(self, report: &NumberReport, failed: &CheckResult) -> Problem {
        let missing = report.token.as_ref().map(TokenFacts::missing_permissions).unwrap_or_default();
        if !missing.is_empty() {
            let detail =
                format!("The token does not have {}. {}", missing.join(" and "), next_step(CheckName::Permissions));
            return Problem::invalid(vec![FieldError::new("accessToken", detail)]);
        }
        let code = failed.code.map_or_else(String::new, |code| format!(" (code {code})"));
        let reported = failed.detail.as_str().trim_end_matches('.');
        let detail = format!("Meta reports: {reported}{code}. {}", self.next_step(failed.name));
        Problem::invalid(vec![FieldError::new(self.field(failed.name), detail)])
    }

    /// The field of the request that a failed check is about.
    const fn field(self, failed: CheckName) -> &'static str {
        match self {
            Self::Replacing => "accessToken",
            Self::Connecting => match failed {
                CheckName::Number => "phoneNumberId",
                CheckName::Account => "businessAccountId",
                CheckName::Token
                | CheckName::Expiry
                | CheckName::Permissions
                | CheckName::Registration
                | CheckName::Subscription
                | CheckName::Callback
                | CheckName::Health
                | CheckName::Profile => "accessToken",
            },
        }
    }

    fn next_step(self, failed: CheckName) -> &'static str {
        match self {
            Self::Replacing if failed != CheckName::Token => {
                "Use a token whose system user has access to this number and its account."
            }
            Self::Replacing | Self::Connecting => next_step(failed),
        }
    }
}

fn connected_here(channel: &Channel) -> Problem {
    let detail = format!("This number is already connected as {} ({}).", channel.name.as_str(), channel.id);
    Problem::field(Kind::Conflict, "phoneNumberId", detail)
}

/// A number that somebody connected meanwhile, or that another business has. Whose it is is not told.
pub(crate) async fn connected_already(app: &App, caller: Caller, route: Route) -> Result<Problem, Problem> {
    if route.tenant == caller.tenant
        && let Some(channel) = app.store.tenant(caller.tenant).channel(route.channel).await?
    {
        return Ok(connected_here(&channel));
    }
    let detail = "This number is connected to another business. Disconnect it there first, or contact support.";
    Ok(Problem::field(Kind::Conflict, "phoneNumberId", detail))
}

/// `POST /api/channels/{id}/check`: Check a number with Meta again. The findings follow within seconds: `checking` is then
/// false, and `checkedAt` is later. A missing webhook subscription is made.
pub(crate) async fn check_channel(
    State(app): State<App>,
    caller: Caller,
    manages: ManagesChannels,
    Id(id): Id<ChannelId>,
) -> Result<Json<ChannelView>, Problem> {
    connected(&app, caller, id).await?;
    let number = u64::try_from(app.clock.now().millis()).unwrap_or_default();
    let said = entry(&app, caller.by, Action::ChannelChanged, &id.to_string(), "checked with Meta");
    let channel = app.store.tenant(caller.tenant).want_check(id, number, &said).await?.ok_or_else(missing)?;
    Ok(Json(ChannelView::read(&app, caller, channel, manages).await?))
}

/// `POST /api/channels/{id}/toggle`: Pause or resume sending from a number. Messages of a paused number are held for at most
/// 24 hours, and templates for 7 days. After it is resumed they are sent in order, if the customer's window is still open.
pub(crate) async fn toggle_channel(
    State(app): State<App>,
    caller: Caller,
    manages: ManagesChannels,
    Id(id): Id<ChannelId>,
) -> Result<Json<ChannelView>, Problem> {
    let pauses = connected(&app, caller, id).await?.sending != Sending::Paused;
    let detail = if pauses { "sending paused" } else { "sending resumed" };
    let said = entry(&app, caller.by, Action::ChannelChanged, &id.to_string(), detail);
    let changed = app.store.tenant(caller.tenant).set_paused(id, pauses, &said).await?;
    let meanwhile = "Another user changed this number at the same moment. Reload it, then try again.";
    let channel = changed.ok_or_else(|| Problem::new(Kind::Conflict, meanwhile))?;
    Ok(Json(ChannelView::read(&app, caller, channel, manages).await?))
}

/// `DELETE /api/channels/{id}`: Disconnect a number. Its conversations stay readable, and its access token is deleted.
/// Waiting messages fail. Later webhooks of the number are parked.
pub(crate) async fn disconnect_channel(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<ChannelId>,
) -> Result<Done, Problem> {
    let channel = connected(&app, caller, id).await?;
    let said = entry(&app, caller.by, Action::ChannelDisconnected, &id.to_string(), "its token was deleted");
    app.store.tenant(caller.tenant).disconnect(&channel, app.clock.now(), &said).await?.ok_or_else(missing)?;
    Ok(Done)
}
