//! Choosing a new password: by a link, or by the old one.

use crate::answers::{Accepted, Done};
use crate::app::App;
use crate::auth::Person;
use crate::body::JsonBody;
use crate::deeds::entry;
use crate::devices;
use crate::limits;
use crate::passwords;
use crate::problem::{FieldError, Problem};
use crate::proofs;
use crate::routes::auth::{SignInBy, SignedIn, device, email_of, signed_in};
use crate::sessions;
use axum::extract::State;
use axum::http::HeaderMap;
use domain::audit::{Action, Entry};
use domain::ids::ResetId;
use domain::links::ResetLink;
use domain::rates::HashAllowance;
use domain::users::{Email, User};
use domain::{Actor, Secret, TenantId, Timestamp, UserId, digest};
use schemars::JsonSchema;
use serde::Deserialize;

/// Who forgot their password.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct ForgotBody {
    /// Their address.
    #[schemars(with = "Email")]
    email: String,
    /// Of clients that are no browser: the `deviceToken` that an earlier sign-in gave.
    device_token: Option<Secret>,
}

/// A new password, by a link.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ResetBody {
    /// The token of the link.
    token: Secret,
    /// The new password: it must not be one that is easily guessed.
    #[schemars(length(min = passwords::SHORTEST, max = passwords::LONGEST))]
    password: Secret,
}

/// A new password, by the old one.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct ChangeBody {
    /// The old password.
    current_password: Secret,
    /// The new password: it must not be one that is easily guessed.
    #[schemars(length(min = passwords::SHORTEST, max = passwords::LONGEST))]
    new_password: Secret,
}

/// `POST /api/auth/forgot-password` `{email}`: asks for a link to choose a new password. The same answer and the same
/// work whether anybody has the address or not.
pub(crate) async fn forgot(
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
pub(crate) async fn allow(app: &App, user: Option<&User>, email: &Email, by: Actor) -> Result<(), Problem> {
    let now = app.clock.now();
    let id = ResetId::from_parts(now, app.ids.bits());
    let nobody = TenantId::from_parts(Timestamp::default(), digest::bits80(&[email.as_str()]));
    let (tenant, person) = user.map_or_else(
        || (nobody, UserId::from_parts(Timestamp::default(), digest::bits80(&[email.as_str()]))),
        |user| (user.tenant, user.id),
    );
    let entry = entry(app, by, Action::ResetAsked, &person.to_string(), "");
    Ok(app.store.allow_reset(ResetLink { tenant, user: person, id }, &entry, user.is_some()).await?)
}

/// `POST /api/auth/reset-password` `{token, password}`: chooses a new password by a link. The token of the link holds
/// once. All sessions of the person end. The link proves the mailbox: of an account that had not proved it before, it
/// also drops the second factor, which somebody else may have set.
pub(crate) async fn reset(State(app): State<App>, JsonBody(body): JsonBody<ResetBody>) -> Result<Done, Problem> {
    let invalid = || {
        let detail = "does not hold, or holds no more: ask for another link by POST /api/auth/forgot-password";
        Problem::invalid(vec![FieldError::new("token", detail)])
    };
    let link = ResetLink::read(&app.seal_key, body.token.expose()).ok_or_else(invalid)?;
    let user = app.store.user(link.tenant, link.user).await?.filter(|user| user.active).ok_or_else(invalid)?;
    check("password", &body.password, &user)?;
    limits::hash(&app, HashAllowance::Known).await?;
    let hash = app.passwords.hash(body.password, app.ids.bits()).await?;
    let entry = changed(&app, &user, "by a link");
    app.store.set_password(&user, &hash, Some(link.id), &entry).await?.ok_or_else(invalid)?;
    Ok(Done)
}

/// `POST /api/auth/change-password` `{currentPassword, newPassword}`: chooses a new password. All sessions of the
/// person end, and a new one begins.
pub(crate) async fn change(
    State(app): State<App>,
    Person(principal): Person,
    headers: HeaderMap,
    JsonBody(body): JsonBody<ChangeBody>,
) -> Result<SignedIn<200>, Problem> {
    let user = principal.user;
    check("newPassword", &body.new_password, &user)?;
    proofs::password_of(&app, &user, body.current_password, "currentPassword").await?;
    let hash = app.passwords.hash(body.new_password, app.ids.bits()).await?;
    let changed = app.store.set_password(&user, &hash, None, &changed(&app, &user, "by the old one")).await?;
    let user = changed.ok_or_else(|| Problem::unauthenticated("This session has ended: sign in again."))?;
    let granted = sessions::open(&app, &user, device(&headers), None).await?;
    Ok(signed_in(&app, &headers, granted, user, SignInBy::Password))
}

fn changed(app: &App, user: &User, detail: &str) -> Entry {
    entry(app, Actor::User(user.id), Action::PasswordChanged, &user.id.to_string(), detail)
}

fn check(field: &str, password: &Secret, user: &User) -> Result<(), Problem> {
    let weak = passwords::check(password, &[user.name.as_str(), user.email.as_str()]);
    weak.map_err(|weak| Problem::invalid(vec![FieldError::new(field, weak.to_string())]))
}
