//! Signing up, in and out, and staying signed in.

use crate::app::App;
use crate::auth::bearer;
use crate::body::{JsonBody, OptionalBody};
use crate::cookies;
use crate::deeds::{count, deed, entry};
use crate::devices;
use crate::limits::{self, RightPassword};
use crate::openapi::describe::{Answer, Operation, Output};
use crate::openapi::headers;
use crate::openapi::schemas::Schemas;
use crate::passwords;
use crate::problem::{FieldError, Kind, Problem};
use crate::second_factor::{self, Proof, code_needed, wrong_code};
use crate::sessions::{self, Granted, Renewal};
use crate::tokens::LIFETIME;
use crate::views::users::UserView;
use axum::Json;
use axum::extract::State;
use axum::http::header::{USER_AGENT, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{AppendHeaders, IntoResponse, Response};
use domain::audit::Action;
use domain::characters::is_visible;
use domain::links::InvitationLink;
use domain::rates::{EmailSort, HashAllowance};
use domain::tenants::{LONGEST_BUSINESS_NAME, Tenant, is_business_name};
use domain::users::{Email, Role, User};
use domain::{Actor, Secret, TenantId, Text, Timestamp, UserId, digest};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Who signs up.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct SignupBody {
    /// The person's name.
    #[schemars(length(min = 1, max = LONGEST_NAME))]
    full_name: Text,
    /// The address by which they sign in.
    #[schemars(with = "Email")]
    email: String,
    /// Their password: it must not be one that is easily guessed.
    #[schemars(length(min = passwords::SHORTEST, max = passwords::LONGEST))]
    password: Secret,
    /// Whether they agree to the terms. It has to be true: nobody joins without.
    #[serde(default)]
    agree_to_terms: bool,
    /// The name of the business, without a web address in it; without a name, the person's own.
    #[schemars(length(min = 1, max = LONGEST_BUSINESS_NAME))]
    company_name: Option<Text>,
    /// The token of an invitation: joins that business instead of making one.
    invitation: Option<Secret>,
}

/// Who signs in.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct LoginBody {
    /// Their address.
    #[schemars(with = "Email")]
    email: String,
    /// Their password.
    password: Secret,
    /// Of whoever has a second factor: the six digits that their app shows, or a recovery code.
    code: Option<Secret>,
    /// Of clients that are no browser: the `deviceToken` that an earlier sign-in gave. Tries on this device are counted
    /// apart from those of strangers.
    device_token: Option<Secret>,
}

/// By which token; a browser sends its cookie instead.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct RefreshBody {
    /// The refresh token.
    refresh_token: Option<Secret>,
}

/// What whoever has signed in is given.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SignedInView {
    /// What is sent with every call from now on.
    access_token: String,
    /// How it is sent.
    #[schemars(extend("const" = "Bearer"))]
    token_type: &'static str,
    /// For how many seconds it holds.
    expires_in: u64,
    /// For clients that are no browser: a browser keeps it in a cookie that no script reads.
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<String>,
    /// For clients that are no browser, after a sign-in by password: what to send with the next sign-in, so that its
    /// tries are not counted with those of strangers. A browser keeps it in a cookie.
    #[serde(skip_serializing_if = "Option::is_none")]
    device_token: Option<String>,
    /// Who has signed in.
    user: UserView,
}

/// The answer to whoever has signed in, with this status.
pub(crate) struct SignedIn<const STATUS: u16>(Response);

impl<const STATUS: u16> IntoResponse for SignedIn<STATUS> {
    fn into_response(self) -> Response {
        self.0
    }
}

impl<const STATUS: u16> Output for SignedIn<STATUS> {
    fn describe(operation: &mut Operation, schemas: &mut Schemas) {
        let answer = Answer::json::<SignedInView>("Signed in.", schemas).with_header(headers::COOKIE);
        operation.answers.insert(STATUS, answer);
    }
}

/// The answer to whoever has signed out.
pub(crate) struct SignedOut(Response);

impl IntoResponse for SignedOut {
    fn into_response(self) -> Response {
        self.0
    }
}

impl Output for SignedOut {
    fn describe(operation: &mut Operation, _: &mut Schemas) {
        operation.answers.insert(204, Answer::empty("Signed out.").with_header(headers::COOKIE));
    }
}

/// `POST /api/auth/signup`: makes a business and its owner, or joins one by invitation. An email asks to prove the
/// mailbox, unless the token of the invitation's own email proved it. Until then the account invites nobody and makes no
/// keys, and whoever proves the mailbox takes the address over.
pub(crate) async fn signup(
    State(app): State<App>,
    headers: HeaderMap,
    JsonBody(body): JsonBody<SignupBody>,
) -> Result<SignedIn<201>, Problem> {
    let (email, name) = checked(&body)?;
    limits::account(&app, &email, None).await?;
    limits::hash(&app, HashAllowance::Unknown).await?;
    let password = app.passwords.hash(body.password, app.ids.bits()).await?;
    let user = match body.invitation {
        Some(token) => join(&app, &token, (email, name), &password).await?,
        None => found(&app, body.company_name, (email, name), &password).await?,
    };
    let granted = sessions::open(&app, &user, device(&headers), None).await?;
    Ok(signed_in(&app, &headers, granted, user, SignInBy::Password))
}

/// Everything that is wrong with the body at once.
fn checked(body: &SignupBody) -> Result<(Email, Text), Problem> {
    let mut errors = Vec::new();
    let email =
        Email::parse(&body.email).map_err(|error| errors.push(FieldError::new("email", error.to_string()))).ok();
    let name = name_of("fullName", &body.full_name).map_err(|error| errors.push(error)).ok();
    // Without a name of its own the business has the person's.
    let company = match (&body.company_name, &name, &body.invitation) {
        (Some(company), _, _) => business_name_of("companyName", company).map(drop),
        (None, Some(name), None) => business_name_of("fullName", name).map(drop),
        (None, _, _) => Ok(()),
    };
    errors.extend(company.err());
    let about = [body.full_name.as_str(), &body.email, body.company_name.as_ref().map_or("", Text::as_str)];
    if let Err(weak) = passwords::check(&body.password, &about) {
        errors.push(FieldError::new("password", weak.to_string()));
    }
    if !body.agree_to_terms {
        errors.push(FieldError::new("agreeToTerms", "has to be true: nobody joins without agreeing"));
    }
    email.zip(name).filter(|_| errors.is_empty()).ok_or_else(|| Problem::invalid(errors))
}

/// The longest name of a person or company, in characters.
pub(crate) const LONGEST_NAME: usize = 200;

/// A name without the space around it. A name of which nobody sees anything is none.
pub(crate) fn name_of(field: &str, name: &Text) -> Result<Text, FieldError> {
    let name = name.as_str().trim();
    let fits = name.chars().count() <= LONGEST_NAME && is_visible(name) && !name.chars().any(char::is_control);
    let expected = || format!("expected a name of 1 to {LONGEST_NAME} characters, of which at least one is visible");
    if fits { Ok(Text::new(name)) } else { Err(FieldError::new(field, expected())) }
}

/// The name of a business without the space around it.
pub(crate) fn business_name_of(field: &str, name: &Text) -> Result<Text, FieldError> {
    let name = name.as_str().trim();
    let expected = || {
        format!(
            "expected a name of 1 to {LONGEST_BUSINESS_NAME} characters, of which at least one is visible, without a web \
             address in it: write Orchid Dental, not orchid-dental.com"
        )
    };
    if is_business_name(name) { Ok(Text::new(name)) } else { Err(FieldError::new(field, expected())) }
}

/// Makes a business, and its owner, who then proves their mailbox by the link of an email.
async fn found(
    app: &App,
    company: Option<Text>,
    (email, name): (Email, Text),
    password: &Secret,
) -> Result<User, Problem> {
    let now = app.clock.now();
    let company = company.map_or_else(|| name.clone(), |company| Text::new(company.as_str().trim()));
    let tenant = Tenant::new(TenantId::from_parts(now, app.ids.bits()), company);
    let owner = User::new(UserId::from_parts(now, app.ids.bits()), tenant.id, Role::Owner, name, email);
    limits::email(app, EmailSort::Verification, &owner.email).await?;
    let by = Actor::User(owner.id);
    let entry = entry(app, by, Action::TenantCreated, &tenant.id.to_string(), "by signing up");
    if !app.store.found(&tenant, &owner, password, &entry).await? {
        limits::email_not_sent(app, EmailSort::Verification, &owner.email).await;
        return Err(taken());
    }
    Ok(owner)
}

/// Joins the business that `token` invites to. The token of the invitation's email proves the mailbox, and takes the
/// address from an account that did not prove it; the one that the inviter handed on does neither.
async fn join(app: &App, token: &Secret, (email, name): (Email, Text), password: &Secret) -> Result<User, Problem> {
    let invalid = || {
        let detail = "does not hold, or holds no more: ask for another one";
        Problem::invalid(vec![FieldError::new("invitation", detail)])
    };
    let mailed = InvitationLink::read(&app.seal_key, token.expose());
    let handed_on = || InvitationLink::read_inviter_token(&app.seal_key, token.expose());
    let link = mailed.or_else(handed_on).ok_or_else(invalid)?;
    let now = app.clock.now();
    let invitation = app.store.invitation(link.tenant, link.id).await?;
    let open = invitation.filter(|invitation| invitation.joined.is_none() && now < invitation.expires());
    let invitation = open.ok_or_else(invalid)?;
    if invitation.email != email {
        let detail = "is not the address that the invitation was sent to";
        return Err(Problem::invalid(vec![FieldError::new("email", detail)]));
    }
    let id = UserId::from_parts(now, app.ids.bits());
    let user = User::new(id, link.tenant, invitation.role, name, email);
    let user = if mailed.is_some() { user.with_email_verified() } else { user };
    if !user.email_verified {
        limits::email(app, EmailSort::Verification, &user.email).await?;
    }
    let holder = app.store.login(&user.email).await?.map(|login| login.user);
    let entry = entry(app, Actor::User(id), Action::UserJoined, &id.to_string(), &format!("as {}", user.role));
    if !app.store.join(link.id, &user, password, holder.as_ref(), &entry).await? {
        if !user.email_verified {
            limits::email_not_sent(app, EmailSort::Verification, &user.email).await;
        }
        return Err(taken());
    }
    Ok(user)
}

/// Whoever signs up is signed in by it, so they have to be told. How often that can be tried is limited.
fn taken() -> Problem {
    let detail = "An account has this address: sign in, or choose a new password by POST /api/auth/forgot-password.";
    Problem::field(Kind::AddressTaken, "email", detail)
}

/// `POST /api/auth/login` `{email, password}`: signs in. An address that nobody has and a wrong password get the same
/// answer, after the same work. Only failures use up the tries of an address and an account.
pub(crate) async fn login(
    State(app): State<App>,
    headers: HeaderMap,
    JsonBody(body): JsonBody<LoginBody>,
) -> Result<SignedIn<200>, Problem> {
    let email = email_of(&body.email)?;
    let known = devices::known(&app, &headers, body.device_token.as_ref(), &email);
    let tried = limits::account(&app, &email, known).await?;
    limits::hash(&app, tried.allowance()).await?;
    let login = app.store.login(&email).await?;
    let hash = login.as_ref().map(|login| login.password.clone());
    let matches = app.passwords.verify(body.password.clone(), hash.clone()).await?;
    let Some(user) = login.as_ref().filter(|login| matches && login.open && login.user.active).map(|it| &it.user)
    else {
        note_failure(&app, &email, login.as_ref().map(|login| &login.user), "wrong password").await?;
        return Err(refused());
    };
    let proof = match body.code {
        _ if !user.second_factor => "by password",
        None => return Err(code_needed().with_right_password(RightPassword(tried))),
        Some(code) => match second_factor::proved(&app, user, &code, tried.device).await? {
            Some(Proof::App) => "by password and app",
            Some(Proof::Recovery) => "by password and recovery code",
            None => {
                note_failure(&app, &email, Some(user), "wrong code").await?;
                return Err(wrong_code());
            }
        },
    };
    if let Some(old) = hash.filter(passwords::is_outdated) {
        let new = app.passwords.hash(body.password, app.ids.bits()).await?;
        app.store.rehash(&email, (&old, &new)).await?;
    }
    let granted = sessions::open(&app, user, device(&headers), Some(proof)).await?;
    let SignedIn(mut answer) = signed_in::<200>(&app, &headers, granted, user.clone(), SignInBy::Password);
    answer.extensions_mut().insert(RightPassword(tried));
    Ok(SignedIn(answer))
}

/// Counts that somebody failed to sign in; as much is written where nobody has the address.
async fn note_failure(app: &App, email: &Email, user: Option<&User>, why: &str) -> Result<(), Problem> {
    let target = user.map_or_else(String::new, |user| user.id.to_string());
    let detail = if user.is_some_and(|user| !user.active) { "shut out" } else { why };
    let deed = deed(app, Actor::Nobody, Action::SignInFailed, &target, detail);
    let nobody = || TenantId::from_parts(Timestamp::default(), digest::bits80(&[email.as_str()]));
    match user {
        Some(user) => count(app, user.tenant, &deed).await,
        None => Ok(app.store.tally_for_nobody(nobody(), &deed).await?),
    }
}

fn refused() -> Problem {
    Problem::new(Kind::WrongCredentials, "No account has this address and this password.")
        .with_header(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"))
}

/// `POST /api/auth/refresh` `{refreshToken}`: gives new tokens for a refresh token. Each holds once. The refresh token
/// comes in the body, or in the cookie that an earlier answer set.
pub(crate) async fn refresh(
    State(app): State<App>,
    headers: HeaderMap,
    OptionalBody(body): OptionalBody<RefreshBody>,
) -> Result<SignedIn<200>, Problem> {
    let token = presented(&app, &headers, body)?.ok_or_else(|| {
        let detail = "is missing: send it in the body, or the cookie that the answer to the login set";
        Problem::invalid(vec![FieldError::new("refreshToken", detail)])
    })?;
    match sessions::renew(&app, &token).await? {
        Renewal::Granted(granted, user) => Ok(signed_in(&app, &headers, granted, user, SignInBy::RefreshToken)),
        Renewal::Reused(session) => {
            tracing::warn!(tenant = session.tenant.digest(), session.id = %session.id, "a refresh token was used again");
            Err(ended())
        }
        Renewal::Ended => Err(ended()),
    }
}

fn ended() -> Problem {
    Problem::new(Kind::SignedOut, "This refresh token does not hold, or holds no more: sign in again.")
}

/// `POST /api/auth/logout` `{refreshToken}`: signs out. Ends the session of the refresh token or, where none comes, of
/// the access token. Whoever has signed out already is signed out.
pub(crate) async fn logout(
    State(app): State<App>,
    headers: HeaderMap,
    OptionalBody(body): OptionalBody<RefreshBody>,
) -> Result<SignedOut, Problem> {
    let ended = match presented(&app, &headers, body)? {
        Some(token) => sessions::end(&app, &token).await?,
        None => false,
    };
    if !ended
        && let Some(token) = bearer(&headers)
        && let Some(claims) = app.signing.check(token, app.clock.now()).await
    {
        sessions::end_one(&app, claims.tenant, claims.user, claims.session).await?;
    }
    Ok(SignedOut((StatusCode::NO_CONTENT, [cookies::forget(&app)]).into_response()))
}

fn presented(app: &App, headers: &HeaderMap, body: RefreshBody) -> Result<Option<Secret>, Problem> {
    match body.refresh_token {
        Some(token) => Ok(Some(token)),
        None => cookies::kept(app, headers),
    }
}

/// By what somebody has signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SignInBy {
    /// By a password, which was right or was just chosen: the device is known from now on.
    Password,
    /// By a token: whoever has one could make as many devices known as they like, and guess passwords on each.
    RefreshToken,
}

/// The answer to whoever has signed in.
pub(crate) fn signed_in<const STATUS: u16>(
    app: &App,
    headers: &HeaderMap,
    granted: Granted,
    user: User,
    by: SignInBy,
) -> SignedIn<STATUS> {
    let Granted { access_token, refresh_token, .. } = granted;
    let device = match by {
        SignInBy::Password => devices::token(app, &user),
        SignInBy::RefreshToken => None,
    };
    let kept = [Some(cookies::keep(app, &refresh_token)), device.as_ref().map(|it| cookies::keep_device(app, it))];
    let in_body = |token: Secret| (!cookies::is_browser(headers)).then(|| token.expose().to_owned());
    let (refresh_token, device_token) = (in_body(refresh_token), device.and_then(in_body));
    let (token_type, expires_in, user) = ("Bearer", LIFETIME.as_secs(), UserView::of(user));
    let view = SignedInView { access_token, token_type, expires_in, refresh_token, device_token, user };
    let status = StatusCode::from_u16(STATUS).expect("the status of an answer is one");
    SignedIn((status, AppendHeaders(kept.into_iter().flatten()), Json(view)).into_response())
}

pub(crate) fn email_of(text: &str) -> Result<Email, Problem> {
    Email::parse(text).map_err(|error| Problem::invalid(vec![FieldError::new("email", error.to_string())]))
}

/// What the client calls itself.
pub(crate) fn device(headers: &HeaderMap) -> &str {
    headers.get(USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or("unknown")
}
