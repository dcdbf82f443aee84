//! Email address verification.

use crate::app::App;
use crate::web::answers::{Accepted, Done};
use crate::web::audit::entry;
use crate::web::auth::Person;
use crate::web::body::JsonBody;
use crate::web::limits;
use crate::web::problem::{FieldError, Kind, Problem};
use axum::extract::State;
use domain::access::audit::Action;
use domain::access::links::EmailVerificationLink;
use domain::access::rates::EmailSort;
use domain::ids::EmailVerificationId;
use domain::{Actor, Secret};
use schemars::JsonSchema;
use serde::Deserialize;

/// The verification link.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct EmailVerificationBody {
    /// The token of the link in the email.
    token: Secret,
}

/// `POST /api/auth/verify-email` `{token}`: Verify an email address with the link from an email. Opening the same link
/// again has no effect.
pub(crate) async fn verify_email(
    State(app): State<App>,
    JsonBody(body): JsonBody<EmailVerificationBody>,
) -> Result<Done, Problem> {
    let invalid = || {
        let detail = "The link is invalid or expired. Sign in, and send another email with POST \
                      /api/auth/verify-email/resend.";
        Problem::invalid(vec![FieldError::new("token", detail)])
    };
    let now = app.clock.now();
    let link = EmailVerificationLink::read(&app.token_key, body.token.expose(), now).ok_or_else(invalid)?;
    let user = app.store.tenant(link.tenant).user(link.user).await?.filter(|user| user.active).ok_or_else(invalid)?;
    if user.email_verified {
        return Ok(Done);
    }
    let entry = entry(&app, Actor::User(user.id), Action::EmailVerified, &user.id.to_string(), "with an emailed link");
    if !app.store.verify_email(&user, &entry).await? {
        return Err(invalid());
    }
    Ok(Done)
}

/// `POST /api/auth/verify-email/resend`: Resend the verification email to the signed-in user. At most three an hour are
/// sent.
pub(crate) async fn resend_verification_email(
    State(app): State<App>,
    Person(principal): Person,
) -> Result<Accepted, Problem> {
    let user = principal.user;
    if user.email_verified {
        return Err(Problem::new(Kind::Conflict, "Your email address is already confirmed."));
    }
    limits::email(&app, EmailSort::Verification, &user.email).await?;
    let id = EmailVerificationId::from_parts(app.clock.now(), app.random.u128());
    app.store.ask_for_email_verification(EmailVerificationLink { tenant: user.tenant, user: user.id, id }).await?;
    Ok(Accepted)
}
