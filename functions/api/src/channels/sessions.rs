//! Sessions that link a phone's own number by a QR code: they list, show, begin and end them. The code leads to Meta's
//! Embedded Signup on the phone, since Meta allows no other way. Messages of a session are in the area `inbox`.

use super::signup::{ReturnBody, configured, expired, redeem, unknown, used, withdrawn};
use crate::app::{App, Signups};
use crate::channels::channels::CheckView;
use crate::views::At;
use crate::web::answers::{Created, Done};
use crate::web::audit::entry;
use crate::web::auth::{Caller, ManagesChannels};
use crate::web::body::JsonBody;
use crate::web::path::Id;
use crate::web::problem::{FieldError, Kind, Problem};
use axum::Json;
use axum::extract::State;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::access::audit::Action;
use domain::channels::sessions::{Onboarding, PhoneSession, SessionError, SessionEvent, SessionState};
use domain::channels::signup::{Returned, Signup, SignupKind};
use domain::{Actor, ChannelId, PhoneSessionId, Secret, Text, signed_token};
use qrcode::QrCode;
use qrcode::render::svg;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::channels::channels::Channel;

/// How many QR codes of a business may wait to be scanned at once.
const MOST_WAITING: usize = 20;

/// A session: the link of one number, from its QR code until it is unlinked.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "PhoneSession")]
pub(crate) struct SessionView {
    /// The session's ID.
    id: PhoneSessionId,
    /// The state.
    status: SessionState,
    /// The number, formatted for display. Null until it is linked.
    phone_number: Option<Text>,
    /// The channel that it linked. Null until then.
    channel_id: Option<ChannelId>,
    /// Why the number could not be linked. Null in every other state.
    error: Option<SessionError>,
    /// Who created it.
    created_by: Actor,
    /// When it was created.
    created_at: At,
    /// When its onboarding last changed.
    updated_at: At,
    /// When the QR code expires. Null unless it waits to be scanned.
    expires_at: Option<At>,
    /// The QR code as a data URL of an SVG, for an `<img>`. Null unless it waits to be scanned. Lists omit it.
    qr: Option<String>,
    /// The URL in the QR code, to open on the phone. Null whenever `qr` is.
    link: Option<String>,
}

impl SessionView {
    fn new(app: &App, session: &PhoneSession, channel: Option<&Channel>) -> Self {
        let now = app.clock.now();
        let status = session.state(channel.map(Channel::linked), now);
        let expires_at = match (status, session.onboarding) {
            (SessionState::Connecting, Onboarding::Waiting(until)) => Some(At(until)),
            _ => None,
        };
        Self {
            id: session.id,
            status,
            phone_number: session.phone.clone(),
            channel_id: session.channel(),
            error: session.error(now),
            created_by: session.by,
            created_at: At(session.id.at()),
            updated_at: At(session.changed),
            expires_at,
            qr: None,
            link: None,
        }
    }

    /// The same with its QR code, if it waits to be scanned.
    fn with_code(mut self, app: &App) -> Result<Self, Problem> {
        if let Some(signups) = app.signups.as_ref().filter(|_| self.expires_at.is_some()) {
            let link = link(signups, &state_of(app, self.id)?);
            self.qr = Some(picture(&link)?);
            self.link = Some(link);
        }
        Ok(self)
    }
}

/// The purpose that the state of a session's signup is signed for.
const PURPOSE: [&str; 1] = ["phone session"];

/// The state of the signup of a session. It follows from the ID, so that the QR code can be shown again and the table holds
/// nothing that opens it. It is signed, so that a guess costs no read.
fn state_of(app: &App, id: PhoneSessionId) -> Result<Returned, Problem> {
    let state = signed_token::sign(&app.token_key, &PURPOSE, id.to_string().as_bytes());
    Returned::parse(&state).map_err(|error| Problem::internal(error.to_string()))
}

/// The signup of a session whose state this is.
async fn signup_of(app: &App, state: &Returned) -> Result<Signup, Problem> {
    signed_token::verify(&app.token_key, &PURPOSE, state.expose()).ok_or_else(unknown)?;
    app.store.signup(&state.digest()).await?.ok_or_else(unknown)
}

/// What a QR code says: the console's page, which leads on to Meta's.
fn link(signups: &Signups, state: &Returned) -> String {
    format!("{}?scan={}", signups.app.return_url, state.expose())
}

/// `text` as a QR code that an `<img>` shows.
pub(crate) fn picture(text: &str) -> Result<String, Problem> {
    let code = QrCode::new(text.as_bytes()).map_err(|error| Problem::internal(error.to_string()))?;
    let svg = code.render::<svg::Color<'_>>().min_dimensions(240, 240).build();
    Ok(format!("data:image/svg+xml;base64,{}", STANDARD.encode(svg)))
}

/// The sessions of the business.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PhoneSessions")]
pub(crate) struct SessionsView {
    /// The sessions, the oldest first. Ended sessions are listed for 30 days.
    sessions: Vec<SessionView>,
}

/// `GET /api/sessions`: List the sessions that link phones by QR code.
pub(crate) async fn list_phone_sessions(State(app): State<App>, caller: Caller) -> Result<Json<SessionsView>, Problem> {
    let store = app.store.tenant(caller.tenant);
    let (sessions, channels) = futures::future::try_join(store.phone_sessions(), store.all_channels()).await?;
    let view = |session: &PhoneSession| {
        let channel = session.channel().and_then(|id| channels.iter().find(|channel| channel.id == id));
        SessionView::new(&app, session, channel)
    };
    Ok(Json(SessionsView { sessions: sessions.iter().map(view).collect() }))
}

/// `POST /api/sessions`: Create a session, and the QR code that links a phone. The code works once, for ten minutes. Scanned,
/// it leads to Meta's Embedded Signup. The number stays in use in the WhatsApp Business app.
pub(crate) async fn create_phone_session(
    State(app): State<App>,
    caller: Caller,
) -> Result<Created<SessionView>, Problem> {
    configured(&app)?;
    let Caller { tenant, by } = caller;
    let store = app.store.tenant(tenant);
    let now = app.clock.now();
    let is_waiting = |session: &&PhoneSession| session.state(None, now) == SessionState::Connecting;
    if store.phone_sessions().await?.iter().filter(is_waiting).count() >= MOST_WAITING {
        let detail = format!("{MOST_WAITING} QR codes wait to be scanned. Use one of them, or delete one.");
        return Err(Problem::new(Kind::Conflict, detail));
    }
    let kind = SignupKind::Phone;
    let until = now.plus(kind.life());
    let id = PhoneSessionId::from_parts(now, app.random.u128());
    let session = PhoneSession::new(id, by, now, until);
    let signup = Signup { tenant, by, kind, session: Some(id), wanted: None, until, code: None, channel: None };
    let state = state_of(&app, id)?.digest();
    let said = entry(&app, by, Action::ChannelChanged, &id.to_string(), "a QR code to link a phone");
    store.begin_phone_session(&session, &state, &signup, &said).await?;
    Ok(Created(SessionView::new(&app, &session, None).with_code(&app)?))
}

/// `GET /api/sessions/{id}/status`: Get a session. Includes the QR code while it waits to be scanned, if you may manage
/// channels.
pub(crate) async fn get_phone_session_status(
    State(app): State<App>,
    caller: Caller,
    manages: ManagesChannels,
    Id(id): Id<PhoneSessionId>,
) -> Result<Json<SessionView>, Problem> {
    let (session, channel) = read(&app, caller, id).await?;
    let view = SessionView::new(&app, &session, channel.as_ref());
    Ok(Json(if manages.0 { view.with_code(&app)? } else { view }))
}

/// `DELETE /api/sessions/{id}`: End a session. Its number is disconnected as by `DELETE /api/channels/{id}`, and a QR code
/// that waits is withdrawn. Conversations stay readable.
pub(crate) async fn end_phone_session(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<PhoneSessionId>,
) -> Result<Done, Problem> {
    let (session, channel) = read(&app, caller, id).await?;
    let store = app.store.tenant(caller.tenant);
    let now = app.clock.now();
    if let Some(channel) = channel.filter(Channel::is_connected) {
        let said =
            entry(&app, caller.by, Action::ChannelDisconnected, &channel.id.to_string(), "its session was ended");
        store.disconnect(&channel, now, &said).await?;
    }
    if let Some(onboarding) = session.onboarding.after(SessionEvent::Withdrawn, now) {
        let ended = PhoneSession { onboarding, changed: now, ..session.clone() };
        if !store.change_phone_session(&session, &ended).await? {
            let detail = "The session changed at the same moment. Send the same request again.";
            return Err(Problem::new(Kind::Conflict, detail));
        }
    }
    Ok(Done)
}

async fn read(app: &App, caller: Caller, id: PhoneSessionId) -> Result<(PhoneSession, Option<Channel>), Problem> {
    let store = app.store.tenant(caller.tenant);
    let session = store.phone_session(id).await?.ok_or_else(|| Problem::not_found("session"))?;
    let channel = match session.channel() {
        Some(channel) => store.channel_now(channel).await?,
        None => None,
    };
    Ok((session, channel))
}

/// A scanned QR code.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct ScanBody {
    /// The state in the query of the scanned URL, under `scan`.
    #[schemars(with = "Secret", length(min = 16, max = 2000))]
    state: Secret,
}

/// Where a scanned QR code leads.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "ScannedSession")]
pub(crate) struct ScannedView {
    /// Meta's page. Open it in the phone's browser.
    url: String,
    /// The business that the number will be linked to. Show it before you open the page.
    business: Text,
    /// When the QR code expires.
    expires_at: At,
}

/// `POST /api/sessions/scan` `{state}`: Open a scanned QR code. The phone calls it, which has not signed in: the state is what
/// it may show.
pub(crate) async fn scan_phone_session(
    State(app): State<App>,
    JsonBody(body): JsonBody<ScanBody>,
) -> Result<Json<ScannedView>, Problem> {
    let signups = configured(&app)?;
    let state = Returned::parse(body.state.expose());
    let state = state.map_err(|error| Problem::invalid(vec![FieldError::new("state", error.to_string())]))?;
    let signup = signup_of(&app, &state).await?;
    let id = signup.session.ok_or_else(unknown)?;
    if signup.code.is_some() {
        return Err(used());
    }
    if !signup.is_open(app.clock.now()) {
        return Err(expired());
    }
    let session = app.store.tenant(signup.tenant).phone_session(id).await?.ok_or_else(unknown)?;
    if !matches!(session.onboarding, Onboarding::Waiting(_)) {
        return Err(withdrawn());
    }
    let tenant = app.store.tenant(signup.tenant).tenant().await?.ok_or_else(unknown)?;
    let url = app.graph.signup_url(&signups.app, &state, signup.kind);
    Ok(Json(ScannedView { url, business: tenant.name, expires_at: At(signup.until) }))
}

/// A phone that was linked.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "LinkedPhone")]
pub(crate) struct LinkedView {
    /// The number, formatted for display.
    phone_number: String,
    /// What the check with Meta found.
    checks: Vec<CheckView>,
}

/// `POST /api/sessions/complete` `{code, state}`: Complete the signup of a scanned QR code, and link the number. The phone
/// calls it with what Meta's page returned, and has not signed in. If there is no answer, send the same request again.
pub(crate) async fn complete_phone_session(
    State(app): State<App>,
    JsonBody(body): JsonBody<ReturnBody>,
) -> Result<Json<LinkedView>, Problem> {
    let returned = body.read()?;
    signup_of(&app, &returned.state).await?;
    let channel = redeem(&app, &returned).await?.channel;
    let now = app.clock.now();
    let results = channel.check.iter().flat_map(|check| check.results_at(now, &app.edge.webhook_url));
    Ok(Json(LinkedView { phone_number: channel.display, checks: results.map(CheckView::new).collect() }))
}
