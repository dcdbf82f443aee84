//! Two-factor authentication.

use crate::access::proofs;
use crate::access::second_factor_codes::{self, wrong_code};
use crate::access::users::forbidden;
use crate::app::App;
use crate::web::answers::{Created, Done};
use crate::web::audit::entry;
use crate::web::auth::Person;
use crate::web::body::JsonBody;
use crate::web::path::Id;
use crate::web::problem::{Kind, Problem};
use axum::Json;
use axum::extract::State;
use domain::access::audit::Action;
use domain::access::users::ChangeRefused;
use domain::{Actor, Secret, UserId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The proof to set up two-factor authentication with.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PasswordBody {
    /// The user's password.
    password: Secret,
}

/// A two-factor code.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CodeBody {
    /// The six-digit code of the authenticator app, or a recovery code.
    code: Secret,
}

/// The secret for an authenticator app.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "SecondFactorOffer")]
pub(crate) struct OfferView {
    /// The secret, to type into the app.
    secret: String,
    /// The secret as an `otpauth` link, to show as a QR code.
    uri: String,
}

/// Recovery codes. They are shown only once.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "RecoveryCodes")]
pub(crate) struct RecoveryCodesView {
    /// The codes. Each replaces one code of the app, once.
    recovery_codes: Vec<String>,
}

impl RecoveryCodesView {
    fn from_codes(codes: &[Secret]) -> Json<Self> {
        Json(Self { recovery_codes: codes.iter().map(|code| code.expose().to_owned()).collect() })
    }
}

/// `POST /api/auth/second-factor` `{password}`: Create a secret for an authenticator app (TOTP). Two-factor
/// authentication is enabled when the first code is confirmed.
pub(crate) async fn create_second_factor_secret(
    State(app): State<App>,
    Person(principal): Person,
    JsonBody(body): JsonBody<PasswordBody>,
) -> Result<Created<OfferView>, Problem> {
    let user = principal.user;
    proofs::password_of(&app, &user, body.password, "password").await?;
    let has_one = || Problem::new(Kind::Conflict, "Two-factor authentication is already enabled. Disable it first.");
    let secret = second_factor_codes::offer(&app, &user).await?.ok_or_else(has_one)?;
    let view =
        OfferView { secret: secret.text().expose().to_owned(), uri: secret.link(&user.email).expose().to_owned() };
    Ok(Created(view))
}

/// `POST /api/auth/second-factor/confirm` `{code}`: Enable two-factor authentication. Confirms the first code of the
/// app, and returns the recovery codes, which are shown only once.
pub(crate) async fn enable_second_factor(
    State(app): State<App>,
    Person(principal): Person,
    JsonBody(body): JsonBody<CodeBody>,
) -> Result<Json<RecoveryCodesView>, Problem> {
    let user = principal.user;
    let codes = second_factor_codes::confirm(&app, &user, &body.code).await?.ok_or_else(wrong_code)?;
    Ok(RecoveryCodesView::from_codes(&codes))
}

/// `POST /api/auth/second-factor/recovery-codes` `{code}`: Replace the recovery codes. Earlier recovery codes stop
/// working.
pub(crate) async fn regenerate_recovery_codes(
    State(app): State<App>,
    Person(principal): Person,
    JsonBody(body): JsonBody<CodeBody>,
) -> Result<Json<RecoveryCodesView>, Problem> {
    let user = principal.user;
    second_factor_codes::proved(&app, &user, &body.code, None).await?.ok_or_else(wrong_code)?;
    let codes = second_factor_codes::renew_recovery_codes(&app, &user).await?;
    Ok(RecoveryCodesView::from_codes(&codes))
}

/// `POST /api/auth/second-factor/remove` `{code}`: Disable two-factor authentication.
pub(crate) async fn disable_second_factor(
    State(app): State<App>,
    Person(principal): Person,
    JsonBody(body): JsonBody<CodeBody>,
) -> Result<Done, Problem> {
    let user = principal.user;
    second_factor_codes::proved(&app, &user, &body.code, None).await?.ok_or_else(wrong_code)?;
    let entry = second_factor_codes::said(&app, &user, Action::SecondFactorRemoved, "by the user");
    app.store.remove_second_factor(&user, &entry).await?;
    Ok(Done)
}

/// `DELETE /api/users/{id}/second-factor`: Reset a user's two-factor authentication. Use it when a user has lost both
/// the app and the recovery codes.
pub(crate) async fn reset_user_second_factor(
    State(app): State<App>,
    Person(principal): Person,
    Id(id): Id<UserId>,
) -> Result<Done, Problem> {
    let tenant = principal.tenant.id;
    let user = app.store.tenant(tenant).user(id).await?.ok_or_else(|| Problem::not_found("user"))?;
    if !principal.user.role.gives(user.role) {
        return Err(forbidden(ChangeRefused::OwnersAlone));
    }
    let by = Actor::User(principal.user.id);
    let entry = entry(&app, by, Action::SecondFactorRemoved, &id.to_string(), "by another user");
    if !app.store.remove_second_factor(&user, &entry).await? {
        return Err(Problem::new(Kind::NotFound, "This user has not enabled two-factor authentication."));
    }
    Ok(Done)
}
