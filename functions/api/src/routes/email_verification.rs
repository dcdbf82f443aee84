//! Proving that a mailbox is one's own, by a link that was sent there.

use crate::answers::{Accepted, Done};
use crate::app::App;
use crate::auth::Person;
use crate::body::JsonBody;
use crate::deeds::entry;
use crate::limits;
use crate::problem::{FieldError, Kind, Problem};
use axum::extract::State;
use domain::audit::Action;
use domain::ids::EmailVerificationId;
use domain::links::EmailVerificationLink;
use domain::rates::EmailSort;
use domain::{Actor, Secret};
use schemars::JsonSchema;
use serde::Deserialize;

/// The link of the email.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct EmailVerificationBody {
    /// The token of the link.
    token: Secret,
}

/// `POST /api/auth/verify-email` `{token}`: proves a mailbox by the link of an email. From now on the address belongs to
/// the account. The same link may be opened again.
pub(crate) async fn verify(
    State(app): State<App>,
    JsonBody(body): JsonBody<EmailVerificationBody>,
) -> Result<Done, Problem> {
    let invalid = || {
        let detail = "is not valid or has expired: sign in, and ask for another email by POST \
                      /api/auth/verify-email/resend";
        Problem::invalid(vec![FieldError::new("token", detail)])
    };
    let now = app.clock.now();
    let link = EmailVerificationLink::read(&app.seal_key, body.token.expose(), now).ok_or_else(invalid)?;
    let user = app.store.user(link.tenant, link.user).await?.filter(|user| user.active).ok_or_else(invalid)?;
    if user.email_verified {
        return Ok(Done);
    }
    let entry = entry(&app, Actor::User(user.id), Action::EmailVerified, &user.id.to_string(), "by a link");
    if !app.store.verify_email(&user, &entry).await? {
        return Err(invalid());
    }
    Ok(Done)
}

/// `POST /api/auth/verify-email/resend`: sends the signed-in user another email to prove their mailbox by, three an hour
/// at most.
pub(crate) async fn resend(State(app): State<App>, Person(principal): Person) -> Result<Accepted, Problem> {
    let user = principal.user;
    if user.email_verified {
        return Err(Problem::new(Kind::Conflict, "Your email address is confirmed already."));
    }
    limits::email(&app, EmailSort::Verification, &user.email).await?;
    let id = EmailVerificationId::from_parts(app.clock.now(), app.ids.bits());
    app.store.ask_for_email_verification(EmailVerificationLink { tenant: user.tenant, user: user.id, id }).await?;
    Ok(Accepted)
}
