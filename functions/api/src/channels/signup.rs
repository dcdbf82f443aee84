//! Connecting a number by Meta's Embedded Signup: beginning one, and what follows from its return. The number is then
//! connected as by the form.
//!
//! A return is exchanged here at once, since its code lasts 30 seconds. It may be repeated: a state takes one code.

use crate::app::{App, Signups};
use crate::channels::channels::{ChannelView, encrypted};
use crate::channels::numbers::{Asked, connected_already};
use crate::views::At;
use crate::web::answers::Created;
use crate::web::audit::entry;
use crate::web::auth::{Caller, ManagesChannels};
use crate::web::body::JsonBody;
use crate::web::names::LONGEST_NAME;
use crate::web::problem::{FieldError, Kind, Problem};
use crate::web::secrets;
use axum::Json;
use axum::extract::State;
use domain::access::audit::Action;
use domain::channels::channels::{AccessToken, VerifyToken};
use domain::channels::number_setup::SetupChange;
use domain::channels::sessions::{LinkReport, Onboarding, PhoneSession, SessionError, SessionEvent};
use domain::channels::signup::{NoneChosen, Redemption, Returned, SharedNumber, Signup, SignupKind, chosen, digits};
use domain::{ChannelId, PhoneNumberId, Secret, Text};
use encryption::EncryptionError;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::time::Duration;
use store::StoreError;
use store::channels::channels::{Channel, Route};
use store::channels::numbers::Connected;
use whatsapp::graph_check::PATIENCE;
use whatsapp::{Refusal, Unanswered};

/// Whether numbers can be connected by Embedded Signup.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "SignupSettings")]
pub(crate) struct SettingsView {
    /// Whether the installation names an app of Meta's and its configuration.
    available: bool,
    /// The URL that Meta returns to. List it in the app's dashboard, under Facebook Login for Business, Settings.
    return_url: Option<String>,
}

/// `GET /api/channels/signup`: Get whether numbers can be connected by Embedded Signup.
pub(crate) async fn get_channel_signup(State(app): State<App>) -> Json<SettingsView> {
    let return_url = app.signups.as_ref().map(|signups| signups.app.return_url.clone());
    Json(SettingsView { available: return_url.is_some(), return_url })
}

/// A signup to begin.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct StartBody {
    /// `cloud` for a number of the Cloud API alone, `phone` for one that stays in use in the WhatsApp Business app.
    /// Defaults to `cloud`.
    kind: Option<SignupKind>,
    /// The only number to connect, with its country code. Needed if the account has several that are not connected.
    #[schemars(length(min = 1, max = 32))]
    phone_number: Option<Text>,
}

/// A signup that has begun.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "ChannelSignup")]
pub(crate) struct SignupView {
    /// Meta's page. Open it in the browser.
    url: String,
    /// When the signup expires.
    expires_at: At,
}

/// `POST /api/channels/signup` `{kind, phoneNumber}`: Start Embedded Signup. Open the URL in the browser. Meta's page
/// returns to the console with `code` and `state`: send both to `POST /api/channels/signup/complete`.
pub(crate) async fn start_channel_signup(
    State(app): State<App>,
    caller: Caller,
    JsonBody(body): JsonBody<StartBody>,
) -> Result<Created<SignupView>, Problem> {
    let signups = configured(&app)?;
    let wanted = body.phone_number.as_ref().map(wanted).transpose()?;
    let kind = body.kind.unwrap_or(SignupKind::Cloud);
    let state = secrets::new_key("", &*app.random);
    let state = Returned::parse(state.expose()).map_err(|error| Problem::internal(error.to_string()))?;
    let until = app.clock.now().plus(kind.life());
    let Caller { tenant, by } = caller;
    let signup = Signup { tenant, by, kind, session: None, wanted, until, code: None, channel: None };
    app.store.begin_signup(&state.digest(), &signup).await?;
    Ok(Created(SignupView { url: app.graph.signup_url(&signups.app, &state, kind), expires_at: At(until) }))
}

/// The digits of a wanted number.
fn wanted(phone: &Text) -> Result<Text, Problem> {
    let digits = digits(phone.as_str());
    if (7..=15).contains(&digits.len()) {
        return Ok(Text::new(digits));
    }
    let detail = "expected a phone number with its country code, such as +1 555 078 3882";
    Err(Problem::invalid(vec![FieldError::new("phoneNumber", detail)]))
}

/// What Meta's page returned.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct ReturnBody {
    /// The code in the query of the URL that Meta returned to. It works once, within 30 seconds.
    #[schemars(with = "Secret", length(min = 16, max = 2000))]
    code: Secret,
    /// The state in the same query.
    #[schemars(with = "Secret", length(min = 16, max = 2000))]
    state: Secret,
}

impl ReturnBody {
    /// The code and the state, both in the right form.
    pub(crate) fn read(&self) -> Result<Return, Problem> {
        let mut errors = Vec::new();
        let mut read = |field: &str, text: &Secret| {
            Returned::parse(text.expose()).map_err(|error| errors.push(FieldError::new(field, error.to_string()))).ok()
        };
        match (read("code", &self.code), read("state", &self.state)) {
            (Some(code), Some(state)) => Ok(Return { code, state }),
            _ => Err(Problem::invalid(errors)),
        }
    }
}

/// A return of Meta's page.
pub(crate) struct Return {
    pub(crate) code: Returned,
    pub(crate) state: Returned,
}

/// A number that Embedded Signup connected.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "ConnectedChannel")]
pub(crate) struct ConnectedView {
    #[serde(flatten)]
    channel: ChannelView,
    /// The PIN of the number's two-step verification, where the signup set one. It is shown only once: keep it.
    two_step_pin: Option<String>,
}

/// `POST /api/channels/signup/complete` `{code, state}`: Complete Embedded Signup. Connects the number that was shared on
/// Meta's page, as `POST /api/channels` does. The user who started the signup calls it. If there is no answer, send the same
/// request again.
pub(crate) async fn complete_channel_signup(
    State(app): State<App>,
    caller: Caller,
    manages: ManagesChannels,
    JsonBody(body): JsonBody<ReturnBody>,
) -> Result<Created<ConnectedView>, Problem> {
    let returned = body.read()?;
    let signup = app.store.signup(&returned.state.digest()).await?;
    let signup = signup.filter(|signup| signup.session.is_none()).ok_or_else(unknown)?;
    if (signup.tenant, signup.by) != (caller.tenant, caller.by) {
        return Err(unknown());
    }
    let Linked { channel, pin } = redeem(&app, &returned).await?;
    let two_step_pin = pin.map(|pin| pin.expose().to_owned());
    let channel = ChannelView::read(&app, caller, channel, manages).await?;
    Ok(Created(ConnectedView { channel, two_step_pin }))
}

/// What the process knows of Embedded Signup.
pub(crate) fn configured(app: &App) -> Result<&Signups, Problem> {
    app.signups.as_ref().ok_or_else(|| {
        let detail = "Embedded Signup is not configured for this installation. Connect the number by its IDs and a token, \
                      or ask the operator to configure Meta's app.";
        Problem::new(Kind::Conflict, detail)
    })
}

/// A number that a return connected.
pub(crate) struct Linked {
    pub(crate) channel: Channel,
    /// The PIN that was set, where the number had to be registered.
    pub(crate) pin: Option<Secret>,
}

/// Why a return connects nothing.
struct Failed {
    /// What becomes of its session; none if the return may be repeated.
    error: Option<SessionError>,
    problem: Problem,
}

impl Failed {
    fn new(error: SessionError, problem: Problem) -> Self {
        Self { error: Some(error), problem }
    }
}

/// Nothing is decided yet: the return may be repeated.
impl From<Problem> for Failed {
    fn from(problem: Problem) -> Self {
        Self { error: None, problem }
    }
}

impl From<StoreError> for Failed {
    fn from(error: StoreError) -> Self {
        Problem::from(error).into()
    }
}

impl From<EncryptionError> for Failed {
    fn from(error: EncryptionError) -> Self {
        Problem::from(error).into()
    }
}

/// Connects what a return shares, and says in its session what came of it.
pub(crate) async fn redeem(app: &App, returned: &Return) -> Result<Linked, Problem> {
    let signups = configured(app)?;
    let state = returned.state.digest();
    let code = returned.code.digest();
    let signup = app.store.claim_signup(&state, &code).await?.ok_or_else(unknown)?;
    let store = app.store.tenant(signup.tenant);
    match signup.redemption(&code, app.clock.now()) {
        Redemption::Exchanged => {}
        Redemption::Connected(channel) => {
            let channel = store.channel(channel).await?.filter(Channel::is_connected).ok_or_else(unknown)?;
            return Ok(Linked { channel, pin: None });
        }
        Redemption::Used => return Err(used()),
        Redemption::Expired => return Err(expired()),
    }
    let session = match signup.session {
        Some(id) => Some(store.phone_session(id).await?.ok_or_else(unknown)?),
        None => None,
    };
    let connecting = Connecting { app, signups, signup: &signup, state: &state, session: session.as_ref() };
    match connecting.connect(&returned.code).await {
        Ok(linked) => Ok(linked),
        Err(Failed { error, problem }) => {
            if let Some((session, error)) = session.as_ref().zip(error) {
                connecting.end(session, SessionEvent::Failed(error)).await?;
            }
            Err(problem)
        }
    }
}

/// One return, on its way to a channel.
struct Connecting<'a> {
    app: &'a App,
    signups: &'a Signups,
    signup: &'a Signup,
    /// The digest of its state.
    state: &'a str,
    session: Option<&'a PhoneSession>,
}

impl Connecting<'_> {
    async fn connect(&self, code: &Returned) -> Result<Linked, Failed> {
        let Self { app, signup, .. } = *self;
        if self.session.is_some_and(|session| !matches!(session.onboarding, Onboarding::Waiting(_))) {
            return Err(withdrawn().into());
        }
        let token = self.token(code).await?;
        let number = self.number(&token).await?;
        let id = PhoneNumberId::parse(number.id.as_str()).map_err(|error| Problem::internal(error.to_string()))?;
        let pin = self.registered(&number, &id, &token).await?;
        let report = Asked::Connecting.report(app, &id, number.waba.as_str(), &token).await;
        let report = report.map_err(|problem| Failed::new(SessionError::Rejected, problem))?;
        let caller = Caller { tenant: signup.tenant, by: signup.by };
        let known = app.store.tenant(signup.tenant).all_channels().await?;
        let before = known.iter().find(|channel| channel.number == id);
        let channel_id =
            before.map_or_else(|| ChannelId::from_parts(app.clock.now(), app.random.u128()), |channel| channel.id);
        let name = number.verified_name.as_ref().map_or(number.display.as_str(), Text::as_str);
        let name = Text::new(name.chars().take(LONGEST_NAME).collect::<String>());
        let channel = Channel {
            token: Some(encrypted(app, caller, channel_id, &token).await?),
            verify_token: Some(VerifyToken::from_bits(app.random.u128())),
            check: Some(report.kept(app.clock.now())),
            read_receipts: before.is_none_or(|channel| channel.read_receipts),
            agent_names: before.is_some_and(|channel| channel.agent_names),
            ..Channel::new(channel_id, name, id, number.display.clone(), number.waba.as_str().to_owned())
        };
        self.write(&channel, before).await?;
        Ok(Linked { channel, pin })
    }

    /// The token that Meta gives for the code.
    async fn token(&self, code: &Returned) -> Result<AccessToken, Failed> {
        let Self { app, signups, .. } = *self;
        let silent = |why: String| Problem::unavailable("Meta's app secret cannot be read. Try again.", why);
        let meta = signups.meta.fetch().await.map_err(|error| silent(error.to_string()))?;
        let secret = meta.app_secrets.iter().find(|secret| !secret.expose().is_empty());
        let secret = secret.ok_or_else(|| silent("there is no app secret".to_owned()))?;
        let token = answered(app.graph.exchange_code(&signups.app, secret, code)).await?;
        let token = token.map_err(|refusal| {
            let next = "Start again: a code works once, within 30 seconds.";
            rejected("code", &refusal, next)
        })?;
        AccessToken::parse(token.expose()).map_err(|error| Problem::internal(error.to_string()).into())
    }

    /// The one number that the token gives access to and that is not connected.
    async fn number(&self, token: &AccessToken) -> Result<SharedNumber, Failed> {
        let Self { app, signup, .. } = *self;
        let shared = answered(app.graph.shared_numbers(token.secret())).await?;
        let shared = shared.map_err(|refusal| {
            rejected("code", &refusal, "Start again, and share the WhatsApp account with the app on Meta's page.")
        })?;
        let mut numbers = Vec::new();
        for number in shared {
            let id = PhoneNumberId::parse(number.id.as_str()).map_err(|error| Problem::internal(error.to_string()))?;
            let is_connected = match app.store.route(&id).await? {
                Some(route) => !self.was_unlinked(route).await?,
                None => false,
            };
            numbers.push((number, is_connected));
        }
        // Meta's clock may be behind ours by some seconds.
        let begun = signup.begun().minus(Duration::from_secs(60));
        chosen(numbers, signup.wanted.as_ref().map(Text::as_str), begun).map_err(not_chosen)
    }

    /// Whether a connected number is this business's and was unlinked on its phone: it is linked again.
    async fn was_unlinked(&self, route: Route) -> Result<bool, StoreError> {
        let Self { app, signup, .. } = *self;
        if route.tenant != signup.tenant {
            return Ok(false);
        }
        let channel = app.store.tenant(signup.tenant).channel_now(route.channel).await?;
        Ok(channel.is_some_and(|channel| channel.link_report == Some(LinkReport::Removed)))
    }

    /// Registers the number where Meta wants that; the PIN that it then has. A number that is not registered in the end is
    /// connected all the same: its check says what to do.
    async fn registered(
        &self,
        number: &SharedNumber,
        id: &PhoneNumberId,
        token: &AccessToken,
    ) -> Result<Option<Secret>, Failed> {
        let Self { app, signup, .. } = *self;
        if number.is_registered || number.is_on_phone || signup.kind == SignupKind::Phone {
            return Ok(None);
        }
        let pin = Secret::new(format!("{:06}", app.random.u128() % 1_000_000));
        match answered(app.graph.register_number(id, token.secret(), &pin)).await? {
            Ok(()) => Ok(Some(pin)),
            Err(refusal) => {
                tracing::info!(meta.code = refusal.code, "Meta does not register a number");
                Ok(None)
            }
        }
    }

    async fn write(&self, channel: &Channel, before: Option<&Channel>) -> Result<(), Failed> {
        let Self { app, signup, .. } = *self;
        let store = app.store.tenant(signup.tenant);
        let now = app.clock.now();
        let phone = Some(Text::new(channel.display.as_str()));
        let linked = match self.session {
            Some(session) => {
                let onboarding =
                    session.onboarding.after(SessionEvent::Linked(channel.id), now).ok_or_else(withdrawn)?;
                self.end_others(session, channel.id).await?;
                Some(PhoneSession { onboarding, phone, changed: now, ..session.clone() })
            }
            None => None,
        };
        let said = entry(app, signup.by, Action::ChannelConnected, &channel.id.to_string(), "by Embedded Signup");
        let session = self.session.zip(linked.as_ref());
        if before.is_some_and(Channel::is_connected) {
            return if store.relink_by_signup(channel, &said, self.state, session).await? {
                self.import_phone(channel.id).await
            } else {
                Err(withdrawn().into())
            };
        }
        match store.connect_by_signup(channel, before, &said, self.state, session).await {
            Ok(Connected::Now) => {}
            Ok(Connected::Already(route)) => {
                let caller = Caller { tenant: signup.tenant, by: signup.by };
                let problem = connected_already(app, caller, route).await?;
                return Err(Failed::new(SessionError::AlreadyConnected, problem));
            }
            Ok(Connected::VerifyTokenTaken) => return Err(Problem::internal("a new verify token is taken").into()),
            Err(error) => return Err(error.into()),
        }
        // Where this is cut short, the templates come with the next daily run, or by the console's button.
        if let Err(error) = store.begin_template_sync(channel.id, None, now).await {
            tracing::warn!(%error, "the templates of a new number are not read yet");
        }
        self.import_phone(channel.id).await
    }

    /// Has a phone bring its past. Where this is cut short, a user imports it within a day, from the number's page.
    async fn import_phone(&self, channel: ChannelId) -> Result<(), Failed> {
        let Self { app, signup, .. } = *self;
        if signup.kind == SignupKind::Phone {
            let store = app.store.tenant(signup.tenant);
            match store.want_setup(channel, &SetupChange::ImportPhone, None, app.clock.now()).await {
                Ok(_) => {}
                Err(error) => tracing::warn!(%error, "the past of a new number's phone is not asked for yet"),
            }
        }
        Ok(())
    }

    /// Ends the sessions that linked this channel before it was disconnected: a number has one session.
    async fn end_others(&self, session: &PhoneSession, channel: ChannelId) -> Result<(), Failed> {
        let others = self.app.store.tenant(self.signup.tenant).phone_sessions().await?;
        for other in others.iter().filter(|other| other.id != session.id && other.channel() == Some(channel)) {
            self.end(other, SessionEvent::Withdrawn).await?;
        }
        Ok(())
    }

    async fn end(&self, session: &PhoneSession, event: SessionEvent) -> Result<(), Problem> {
        let now = self.app.clock.now();
        if let Some(onboarding) = session.onboarding.after(event, now) {
            let ended = PhoneSession { onboarding, changed: now, ..session.clone() };
            self.app.store.tenant(self.signup.tenant).change_phone_session(session, &ended).await?;
        }
        Ok(())
    }
}

/// What Meta answers in time.
async fn answered<T>(asked: impl Future<Output = Result<T, Unanswered>>) -> Result<T, Failed> {
    let unanswered = |why: String| {
        let detail = "Meta does not answer. Nothing was connected: start the signup again.";
        Failed::new(SessionError::Rejected, Problem::unavailable(detail, why))
    };
    let asked = tokio::time::timeout(PATIENCE, asked).await;
    asked.map_err(|_| unanswered("no answer in time".to_owned()))?.map_err(|error| unanswered(error.to_string()))
}

fn rejected(field: &str, refusal: &Refusal, next: &str) -> Failed {
    let said = refusal.said.trim_end_matches('.');
    let detail = format!("Meta reports: {said} (code {}). {next}", refusal.code);
    Failed::new(SessionError::Rejected, Problem::invalid(vec![FieldError::new(field, detail)]))
}

fn not_chosen(why: NoneChosen) -> Failed {
    let listed =
        |numbers: &[SharedNumber]| numbers.iter().map(|number| number.display.as_str()).collect::<Vec<_>>().join(", ");
    let (error, kind, detail) = match why {
        NoneChosen::NoNumber => (
            SessionError::NoNumber,
            Kind::InvalidInput,
            "Meta shared no such number. Start again, and choose the account and the number on Meta's page.".to_owned(),
        ),
        NoneChosen::AllConnected(numbers) => (
            SessionError::AlreadyConnected,
            Kind::Conflict,
            format!("Already connected: {}. Disconnect the number first, or choose another one.", listed(&numbers)),
        ),
        NoneChosen::Several(numbers) => (
            SessionError::NoNumber,
            Kind::Conflict,
            format!(
                "The account has several numbers that are not connected: {}. Start again with phoneNumber, the one to \
                 connect.",
                listed(&numbers)
            ),
        ),
    };
    Failed::new(error, Problem::field(kind, "code", detail))
}

/// A state that is nobody's, or another user's.
pub(crate) fn unknown() -> Problem {
    Problem::field(Kind::NotFound, "state", "This signup is unknown, or another user started it. Start again.")
}

pub(crate) fn used() -> Problem {
    Problem::field(Kind::Conflict, "state", "This signup was already used. Start again for another number.")
}

pub(crate) fn expired() -> Problem {
    Problem::field(Kind::Conflict, "state", "This signup has expired. Start again.")
}

pub(crate) fn withdrawn() -> Problem {
    Problem::field(Kind::Conflict, "state", "This session has ended. Create a new one.")
}
