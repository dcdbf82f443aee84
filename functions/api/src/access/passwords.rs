//! Password reset and change.

use crate::access::auth::{SignInBy, SignedIn, device, email_of, signed_in};
use crate::access::{devices, password_hashes, proofs, sessions};
use crate::app::App;
use crate::web::answers::{Accepted, Done};
use crate::web::audit::entry;
use crate::web::auth::Person;
use crate::web::body::JsonBody;
use crate::web::limits;
use crate::web::problem::{FieldError, Problem};
use axum::extract::State;
use axum::http::HeaderMap;
use domain::access::audit::{Action, Entry};
use domain::access::links::ResetLink;
use domain::access::rates::HashAllowance;
use domain::access::users::{EmailAddress, User};
use domain::ids::ResetId;
use domain::{Actor, Secret, TenantId, Timestamp, UserId, digest};
use schemars::JsonSchema;
use serde::Deserialize;

/// A request for a password reset.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct ForgotBody {
    /// The user's email address.
    #[schemars(with = "EmailAddress")]
    email: String,
    /// For clients other than browsers: the `deviceToken` of an earlier sign-in.
    device_token: Option<Secret>,
}

/// A password reset.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ResetBody {
    /// The token of the link in the email.
    token: Secret,
    /// The new password. Easily guessed passwords are rejected.
    #[schemars(length(min = password_hashes::SHORTEST, max = password_hashes::LONGEST))]
    password: Secret,
}

/// A password change.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct ChangeBody {
    /// The current password.
    current_password: Secret,
    /// The new password. Easily guessed passwords are rejected.
    #[schemars(length(min = password_hashes::SHORTEST, max = password_hashes::LONGEST))]
    new_password: Secret,
}

/// `POST /api/auth/forgot-password` `{email}`: Request a password reset. If the address has an account, a reset link is
/// emailed. Unknown addresses get the same answer after the same amount of work.
pub(crate) async fn request_password_reset(
    State(app): State<App>,
    headers: HeaderMap,
    JsonBody(body): JsonBody<ForgotBody>,
) -> Result<Accepted, Problem> {
    let email = email_of(&body.email)?;
    let device = devices::known(&app, &headers, body.device_token.as_ref(), &email);
    limits::reset(&app, &email, device).await?;
    let login = app.store.login(&email).await?;
    let user = login.as_ref().filter(|login| login.open && login.user.active).map(|login| &login.user);
    allow(&app, user, &email, Actor::Nobody).await?;
    Ok(Accepted)
}

/// Lets `user` choose a new password by a link; as much is written where there is nobody.
pub(crate) async fn allow(app: &App, user: Option<&User>, email: &EmailAddress, by: Actor) -> Result<(), Problem> {
    let now = app.clock.now();
    let id = ResetId::from_parts(now, app.random.u128());
    let nobody = TenantId::from_parts(Timestamp::default(), digest::bits80(&[email.as_str()]));
    let (tenant, person) = user.map_or_else(
        || (nobody, UserId::from_parts(Timestamp::default(), digest::bits80(&[email.as_str()]))),
        |user| (user.tenant, user.id),
    );
    let entry = entry(app, by, Action::ResetAsked, &person.to_string(), "");
    Ok(app.store.allow_reset(ResetLink { tenant, user: person, id }, &entry, user.is_some()).await?)
}

/// `POST /api/auth/reset-password` `{token, password}`: Reset a password with the link from an email. The link works
/// once and ends all sessions of the user. It also verifies the email address. If the address was unverified,
/// two-factor authentication is disabled, as another person may have set it up.
pub(crate) async fn reset_password(
    State(app): State<App>,
    JsonBody(body): JsonBody<ResetBody>,
) -> Result<Done, Problem> {
    let invalid = || {
        let detail = "The link is invalid or expired. Request another one with POST /api/auth/forgot-password.";
        Problem::invalid(vec![FieldError::new("token", detail)])
    };
    let link = ResetLink::read(&app.token_key, body.token.expose()).ok_or_else(invalid)?;
    let user = app.store.tenant(link.tenant).user(link.user).await?.filter(|user| user.active).ok_or_else(invalid)?;
    check("password", &body.password, &user)?;
    limits::hash(&app, HashAllowance::Known).await?;
    let hash = app.passwords.hash(body.password, app.random.u128()).await?;
    let entry = changed(&app, &user, "with an emailed link");
    app.store.set_password(&user, &hash, Some(link.id), &entry).await?.ok_or_else(invalid)?;
    Ok(Done)
}

/// `POST /api/auth/change-password` `{currentPassword, newPassword}`: Change the password. Ends all sessions of the
/// user, and starts a new one.
pub(crate) async fn change_password(
    State(app): State<App>,
    Person(principal): Person,
    headers: HeaderMap,
    JsonBody(body): JsonBody<ChangeBody>,
) -> Result<SignedIn<200>, Problem> {
    let user = principal.user;
    check("newPassword", &body.new_password, &user)?;
    proofs::password_of(&app, &user, body.current_password, "currentPassword").await?;
    let hash = app.passwords.hash(body.new_password, app.random.u128()).await?;
    let changed =
        app.store.set_password(&user, &hash, None, &changed(&app, &user, "with the current password")).await?;
    let user = changed.ok_or_else(|| Problem::unauthenticated("This session has ended. Sign in again."))?;
    let granted = sessions::open(&app, &user, &device(&headers), None).await?;
    Ok(signed_in(&app, &headers, granted, user, SignInBy::Password))
}

fn changed(app: &App, user: &User, detail: &str) -> Entry {
    entry(app, Actor::User(user.id), Action::PasswordChanged, &user.id.to_string(), detail)
}

fn check(field: &str, password: &Secret, user: &User) -> Result<(), Problem> {
    let weak = password_hashes::check(password, &[user.name.as_str(), user.email.as_str()]);
    weak.map_err(|weak| Problem::invalid(vec![FieldError::new(field, weak.to_string())]))
}
