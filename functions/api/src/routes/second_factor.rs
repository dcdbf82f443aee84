//! One's second factor, and taking that of somebody who has lost it.

use crate::answers::{Created, Done};
use crate::app::App;
use crate::auth::Person;
use crate::body::JsonBody;
use crate::deeds::entry;
use crate::path::Id;
use crate::problem::{Kind, Problem};
use crate::proofs;
use crate::routes::users::forbidden;
use crate::second_factor::{self, wrong_code};
use axum::Json;
use axum::extract::State;
use domain::audit::Action;
use domain::users::ChangeRefused;
use domain::{Actor, Secret, UserId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Who it really is.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PasswordBody {
    /// One's password.
    password: Secret,
}

/// A code of the second factor.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CodeBody {
    /// The six digits that the app shows, or a recovery code.
    code: Secret,
}

/// What an app takes its codes from.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "SecondFactorOffer")]
pub(crate) struct OfferView {
    /// To be typed into an app.
    secret: String,
    /// The same as a link, for a QR code.
    uri: String,
}

/// Recovery codes: shown now, and never again.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "RecoveryCodes")]
pub(crate) struct RecoveryCodesView {
    /// Each signs in once, in the place of a code of the app.
    recovery_codes: Vec<String>,
}

impl RecoveryCodesView {
    fn of(codes: &[Secret]) -> Json<Self> {
        Json(Self { recovery_codes: codes.iter().map(|code| code.expose().to_owned()).collect() })
    }
}

/// `POST /api/auth/second-factor` `{password}`: makes a secret for an authenticator app (TOTP). It is
/// asked for once its first code is confirmed.
pub(crate) async fn offer(
    State(app): State<App>,
    Person(principal): Person,
    JsonBody(body): JsonBody<PasswordBody>,
) -> Result<Created<OfferView>, Problem> {
    let user = principal.user;
    proofs::password_of(&app, &user, body.password, "password").await?;
    let has_one = || Problem::new(Kind::Conflict, "You have a second factor: remove it first.");
    let secret = second_factor::offer(&app, &user).await?.ok_or_else(has_one)?;
    let view =
        OfferView { secret: secret.text().expose().to_owned(), uri: secret.link(&user.email).expose().to_owned() };
    Ok(Created(view))
}

/// `POST /api/auth/second-factor/confirm` `{code}`: lets the second factor be asked for at every sign-in. The
/// recovery codes are shown once, and never again.
pub(crate) async fn confirm(
    State(app): State<App>,
    Person(principal): Person,
    JsonBody(body): JsonBody<CodeBody>,
) -> Result<Json<RecoveryCodesView>, Problem> {
    let user = principal.user;
    let codes = second_factor::confirm(&app, &user, &body.code).await?.ok_or_else(wrong_code)?;
    Ok(RecoveryCodesView::of(&codes))
}

/// `POST /api/auth/second-factor/recovery-codes` `{code}`: makes other recovery codes. Those before hold no more.
pub(crate) async fn recovery_codes(
    State(app): State<App>,
    Person(principal): Person,
    JsonBody(body): JsonBody<CodeBody>,
) -> Result<Json<RecoveryCodesView>, Problem> {
    let user = principal.user;
    second_factor::proved(&app, &user, &body.code, None).await?.ok_or_else(wrong_code)?;
    let codes = second_factor::renew_recovery_codes(&app, &user).await?;
    Ok(RecoveryCodesView::of(&codes))
}

/// `POST /api/auth/second-factor/remove` `{code}`: takes one's second factor away.
pub(crate) async fn remove(
    State(app): State<App>,
    Person(principal): Person,
    JsonBody(body): JsonBody<CodeBody>,
) -> Result<Done, Problem> {
    let user = principal.user;
    second_factor::proved(&app, &user, &body.code, None).await?.ok_or_else(wrong_code)?;
    let entry = second_factor::said(&app, &user, Action::SecondFactorRemoved, "by themselves");
    app.store.remove_second_factor(&user, &entry).await?;
    Ok(Done)
}

/// `DELETE /api/users/{id}/second-factor`: takes away the second factor of somebody who has lost their app and their
/// recovery codes.
pub(crate) async fn take(
    State(app): State<App>,
    Person(principal): Person,
    Id(id): Id<UserId>,
) -> Result<Done, Problem> {
    let tenant = principal.tenant.id;
    let user = app.store.user(tenant, id).await?.ok_or_else(|| Problem::not_found("user"))?;
    if !principal.user.role.gives(user.role) {
        return Err(forbidden(ChangeRefused::OwnersAlone));
    }
    let by = Actor::User(principal.user.id);
    let entry = entry(&app, by, Action::SecondFactorRemoved, &id.to_string(), "by somebody else");
    if !app.store.remove_second_factor(&user, &entry).await? {
        return Err(Problem::not_found("second factor"));
    }
    Ok(Done)
}
