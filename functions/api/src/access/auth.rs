//! Sign-up, sign-in, sign-out and session refresh.

use crate::access::second_factor_codes::{self, Proof, code_needed, wrong_code};
use crate::access::sessions::{self, Granted, Renewal};
use crate::access::tokens::LIFETIME;
use crate::access::{devices, password_hashes};
use crate::app::App;
use crate::views::users::UserView;
use crate::web::audit::{audit_event, count, entry};
use crate::web::auth::bearer;
use crate::web::body::{JsonBody, OptionalBody};
use crate::web::cookies;
use crate::web::limits::{self, RightPassword};
use crate::web::names::{LONGEST_NAME, name_of};
use crate::web::openapi::describe::{Answer, Operation, Output};
use crate::web::openapi::headers;
use crate::web::openapi::schemas::Schemas;
use crate::web::problem::{FieldError, Kind, Problem};
use axum::Json;
use axum::extract::State;
use axum::http::header::WWW_AUTHENTICATE;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{AppendHeaders, IntoResponse, Response};
use axum_extra::headers::{HeaderMapExt, UserAgent};
use domain::access::audit::Action;
use domain::access::links::InvitationLink;
use domain::access::rates::{EmailSort, HashAllowance};
use domain::access::tenants::{LONGEST_BUSINESS_NAME, Tenant, is_business_name};
use domain::access::users::{EmailAddress, Role, User};
use domain::{Actor, Secret, TenantId, Text, Timestamp, UserId, digest};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A sign-up.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct SignupBody {
    /// The user's full name.
    #[schemars(length(min = 1, max = LONGEST_NAME))]
    full_name: Text,
    /// The email address to sign in with.
    #[schemars(with = "EmailAddress")]
    email: String,
    /// The password. Easily guessed passwords are rejected.
    #[schemars(length(min = password_hashes::SHORTEST, max = password_hashes::LONGEST))]
    password: Secret,
    /// Whether the user agrees to the terms. Must be true.
    #[serde(default)]
    agree_to_terms: bool,
    /// The name of the business, without a web address. Defaults to the user's name.
    #[schemars(length(min = 1, max = LONGEST_BUSINESS_NAME))]
    company_name: Option<Text>,
    /// The token of an invitation. The user joins that business, and no new business is created.
    invitation: Option<Secret>,
}

/// A sign-in.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct LoginBody {
    /// The user's email address.
    #[schemars(with = "EmailAddress")]
    email: String,
    /// The user's password.
    password: Secret,
    /// The six-digit code of the authenticator app, or a recovery code. Required if the user has two-factor
    /// authentication.
    code: Option<Secret>,
    /// For clients other than browsers: the `deviceToken` of an earlier sign-in. Attempts on a known device have a rate
    /// limit of their own.
    device_token: Option<Secret>,
}

/// The refresh token. Browsers send their cookie, and no body.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct RefreshBody {
    /// The refresh token.
    refresh_token: Option<Secret>,
}

/// The tokens of a new session.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SignedInView {
    /// The access token: send it with every request.
    access_token: String,
    /// The authentication scheme of the access token.
    #[schemars(extend("const" = "Bearer"))]
    token_type: &'static str,
    /// The lifetime of the access token, in seconds.
    expires_in: u64,
    /// The refresh token, for clients other than browsers. Browsers get it as a cookie that scripts cannot read.
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<String>,
    /// The token of this device, for clients other than browsers, after a sign-in with a password. Send it with the
    /// next sign-in, which then has a rate limit of its own. Browsers get it as a cookie.
    #[serde(skip_serializing_if = "Option::is_none")]
    device_token: Option<String>,
    /// The signed-in user.
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

/// `POST /api/auth/signup`: Sign up. Creates a business and its owner or, with `invitation`, joins an existing
/// business. An email asks the user to verify the address, unless the invitation was emailed there. Until then, the
/// account cannot invite users or create API keys, and another account that verifies the address takes it over.
pub(crate) async fn sign_up(
    State(app): State<App>,
    headers: HeaderMap,
    JsonBody(body): JsonBody<SignupBody>,
) -> Result<SignedIn<201>, Problem> {
    let (email, name) = checked(&body)?;
    limits::account(&app, &email, None).await?;
    limits::hash(&app, HashAllowance::Unknown).await?;
    let password = app.passwords.hash(body.password, app.random.u128()).await?;
    let user = match body.invitation {
        Some(token) => join(&app, &token, email, name, &password).await?,
        None => found(&app, body.company_name, email, name, &password).await?,
    };
    let granted = sessions::open(&app, &user, &device(&headers), None).await?;
    Ok(signed_in(&app, &headers, granted, user, SignInBy::Password))
}

/// Everything that is wrong with the body at once.
fn checked(body: &SignupBody) -> Result<(EmailAddress, Text), Problem> {
    let mut errors = Vec::new();
    let email =
        EmailAddress::parse(&body.email).map_err(|error| errors.push(FieldError::new("email", error.to_string()))).ok();
    let name = name_of("fullName", &body.full_name).map_err(|error| errors.push(error)).ok();
    // Without a name of its own the business has the person's.
    let company = match (&body.company_name, &name, &body.invitation) {
        (Some(company), _, _) => business_name_of("companyName", company).map(drop),
        (None, Some(name), None) => business_name_of("fullName", name).map(drop),
        (None, _, _) => Ok(()),
    };
    errors.extend(company.err());
    let about = [body.full_name.as_str(), &body.email, body.company_name.as_ref().map_or("", Text::as_str)];
    if let Err(weak) = password_hashes::check(&body.password, &about) {
        errors.push(FieldError::new("password", weak.to_string()));
    }
    if !body.agree_to_terms {
        errors.push(FieldError::new("agreeToTerms", "You must agree to the terms. Send true."));
    }
    email.zip(name).filter(|_| errors.is_empty()).ok_or_else(|| Problem::invalid(errors))
}

/// The name of a business without the space around it.
pub(crate) fn business_name_of(field: &str, name: &Text) -> Result<Text, FieldError> {
    let name = name.as_str().trim();
    let expected = || {
        format!(
            "Use 1 to {LONGEST_BUSINESS_NAME} characters, at least one of them visible, and no web address: Orchid \
             Dental, not orchid-dental.com."
        )
    };
    if is_business_name(name) { Ok(Text::new(name)) } else { Err(FieldError::new(field, expected())) }
}

/// Makes a business, and its owner, who then proves their mailbox by the link of an email.
async fn found(
    app: &App,
    company: Option<Text>,
    email: EmailAddress,
    name: Text,
    password: &Secret,
) -> Result<User, Problem> {
    let now = app.clock.now();
    let company = company.map_or_else(|| name.clone(), |company| Text::new(company.as_str().trim()));
    let tenant = Tenant::new(TenantId::from_parts(now, app.random.u128()), company);
    let owner = User::new(UserId::from_parts(now, app.random.u128()), tenant.id, Role::Owner, name, email);
    limits::email(app, EmailSort::Verification, &owner.email).await?;
    let by = Actor::User(owner.id);
    let entry = entry(app, by, Action::TenantCreated, &tenant.id.to_string(), "by sign-up");
    if !app.store.create_with_owner(&tenant, &owner, password, &entry).await? {
        limits::email_not_sent(app, EmailSort::Verification, &owner.email).await;
        return Err(taken());
    }
    Ok(owner)
}

/// Joins the business that `token` invites to. The token of the invitation's email proves the mailbox, and takes the
/// address from an account that did not prove it; the one that the inviter handed on does neither.
async fn join(app: &App, token: &Secret, email: EmailAddress, name: Text, password: &Secret) -> Result<User, Problem> {
    let invalid = || {
        let detail = "The invitation is invalid or expired. Ask for a new one.";
        Problem::invalid(vec![FieldError::new("invitation", detail)])
    };
    let mailed = InvitationLink::read(&app.token_key, token.expose());
    let handed_on = || InvitationLink::read_inviter_token(&app.token_key, token.expose());
    let link = mailed.or_else(handed_on).ok_or_else(invalid)?;
    let now = app.clock.now();
    let invitation = app.store.tenant(link.tenant).invitation(link.id).await?;
    let open = invitation.filter(|invitation| invitation.joined.is_none() && now < invitation.expires());
    let invitation = open.ok_or_else(invalid)?;
    if invitation.email != email {
        let detail = "Use the email address that the invitation was sent to.";
        return Err(Problem::invalid(vec![FieldError::new("email", detail)]));
    }
    let id = UserId::from_parts(now, app.random.u128());
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

/// Signing up signs in, so the answer has to say this. The number of attempts is limited.
fn taken() -> Problem {
    let detail = "An account with this email address already exists. Sign in, or reset your password.";
    Problem::field(Kind::AddressTaken, "email", detail)
}

/// `POST /api/auth/login` `{email, password}`: Sign in. An unknown email address and a wrong password get the same
/// answer after the same amount of work. Only failed attempts count towards the rate limits of the address and the
/// account.
pub(crate) async fn sign_in(
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
        _ if !user.second_factor => "with password",
        None => return Err(code_needed().with_right_password(RightPassword(tried))),
        Some(code) => match second_factor_codes::proved(&app, user, &code, tried.device).await? {
            Some(Proof::App) => "with password and app code",
            Some(Proof::Recovery) => "with password and recovery code",
            None => {
                note_failure(&app, &email, Some(user), "wrong code").await?;
                return Err(wrong_code());
            }
        },
    };
    if let Some(old) = hash.filter(password_hashes::is_outdated) {
        let new = app.passwords.hash(body.password, app.random.u128()).await?;
        app.store.rehash(&email, &old, &new).await?;
    }
    let granted = sessions::open(&app, user, &device(&headers), Some(proof)).await?;
    let SignedIn(mut answer) = signed_in::<200>(&app, &headers, granted, user.clone(), SignInBy::Password);
    answer.extensions_mut().insert(RightPassword(tried));
    Ok(SignedIn(answer))
}

/// Counts that somebody failed to sign in; as much is written where nobody has the address.
async fn note_failure(app: &App, email: &EmailAddress, user: Option<&User>, why: &str) -> Result<(), Problem> {
    let target = user.map_or_else(String::new, |user| user.id.to_string());
    let detail = if user.is_some_and(|user| !user.active) { "deactivated user" } else { why };
    let audit_event = audit_event(app, Actor::Nobody, Action::SignInFailed, &target, detail);
    let nobody = || TenantId::from_parts(Timestamp::default(), digest::bits80(&[email.as_str()]));
    match user {
        Some(user) => count(app, user.tenant, &audit_event).await,
        None => Ok(app.store.tally_for_nobody(nobody(), &audit_event).await?),
    }
}

fn refused() -> Problem {
    Problem::new(
        Kind::WrongCredentials,
        "The email address or the password is wrong. Check both, or reset your password.",
    )
    .with_header(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"))
}

/// `POST /api/auth/refresh` `{refreshToken}`: Refresh the access token. Each refresh token works once. Send it in the
/// body, or as the cookie that an earlier answer set.
pub(crate) async fn refresh_session(
    State(app): State<App>,
    headers: HeaderMap,
    OptionalBody(body): OptionalBody<RefreshBody>,
) -> Result<SignedIn<200>, Problem> {
    let token = presented(&app, &headers, body)?.ok_or_else(|| {
        let detail = "Send the refresh token in the body, or as the cookie that signing in set.";
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
    Problem::new(Kind::SignedOut, "The refresh token is invalid or expired. Sign in again.")
}

/// `POST /api/auth/logout` `{refreshToken}`: Sign out. Ends the session of the refresh token or, without one, of the
/// access token. Signing out again has no effect.
pub(crate) async fn sign_out(
    State(app): State<App>,
    headers: HeaderMap,
    OptionalBody(body): OptionalBody<RefreshBody>,
) -> Result<SignedOut, Problem> {
    let ended = match presented(&app, &headers, body)? {
        Some(token) => sessions::end(&app, &token).await?,
        None => false,
    };
    if !ended
        && let Some(bearer) = bearer(&headers)
        && let Some(claims) = app.signing.check(bearer.token(), app.clock.now()).await
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
    let refresh_token = in_body(refresh_token);
    let device_token = device.and_then(in_body);
    let token_type = "Bearer";
    let expires_in = LIFETIME.as_secs();
    let user = UserView::from_user(user);
    let view = SignedInView { access_token, token_type, expires_in, refresh_token, device_token, user };
    let status = StatusCode::from_u16(STATUS).expect("the status of an answer is one");
    SignedIn((status, AppendHeaders(kept.into_iter().flatten()), Json(view)).into_response())
}

pub(crate) fn email_of(text: &str) -> Result<EmailAddress, Problem> {
    EmailAddress::parse(text).map_err(|error| Problem::invalid(vec![FieldError::new("email", error.to_string())]))
}

/// What the client calls itself.
pub(crate) fn device(headers: &HeaderMap) -> String {
    headers.typed_get::<UserAgent>().map_or_else(|| "unknown".to_owned(), |agent| agent.to_string())
}
