//! An email that we owe: claimed, sent by SES, and then no longer owed. A worker that dies when SES has taken the mail
//! leaves an email that is sent once more, a minute later: it arrives twice rather than never.

use crate::{Deps, JobError};
use domain::TenantId;
use domain::access::emails::Email;
use domain::ids::EmailId;
use mail::Mail;

/// Sends an email that is still owed; `step` is how often it was tried before.
pub(crate) async fn send(deps: &Deps, tenant: TenantId, id: EmailId, step: u32) -> Result<(), JobError> {
    let now = deps.clock.now();
    let Some(email) = deps.store.tenant(tenant).claim_email(id, step, now).await? else { return Ok(()) };
    let about = email.about.as_str();
    if email.is_too_late(now) {
        tracing::error!(metric.emails_failed = 1, email.id = %id, about, "an email is given up");
        return Ok(deps.store.remove_email(&email).await?);
    }
    let Some(mail) = &deps.mail else {
        tracing::warn!(email.id = %id, about, "no mail is sent: MAIL_FROM or CONSOLE_URL is not set");
        return Ok(deps.store.remove_email(&email).await?);
    };
    deliver(deps, mail, &email).await
}

async fn deliver(deps: &Deps, mail: &Mail, email: &Email) -> Result<(), JobError> {
    let id = email.id;
    let about = email.about.as_str();
    let Some(recipient) = deps.store.recipient(email).await? else {
        tracing::debug!(email.id = %id, about, "an email has no recipient any more");
        return Ok(deps.store.remove_email(email).await?);
    };
    match mail.send(email, &recipient).await {
        Ok(()) => {
            tracing::info!(metric.emails_sent = 1, email.id = %id, about, "sent an email");
            deps.store.remove_email(email).await?;
        }
        Err(error) if error.is_retryable() => {
            let tries = email.tries;
            tracing::warn!(email.id = %id, about, tries, %error, "an email has to wait");
            deps.store.put_off_email(email, email.next(deps.clock.now())).await?;
        }
        Err(error) => {
            tracing::warn!(email.id = %id, about, %error, "an email can reach nobody");
            deps.store.remove_email(email).await?;
        }
    }
    Ok(())
}
