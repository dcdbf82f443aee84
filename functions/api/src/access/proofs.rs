//! What somebody who is signed in proves once more before something that outlives their session: their password, or a
//! code of their second factor.

use crate::access::second_factor_codes::{self, wrong_code};
use crate::app::App;
use crate::web::limits;
use crate::web::problem::{FieldError, Kind, Problem};
use domain::Secret;
use domain::access::rates::HashAllowance;
use domain::access::users::User;
use schemars::JsonSchema;
use serde::Deserialize;

/// Proof of identity: a password or a two-factor code.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProofBody {
    /// The signed-in user's password.
    password: Option<Secret>,
    /// A two-factor code or a recovery code, in place of the password.
    code: Option<Secret>,
}

impl ProofBody {
    pub(crate) const fn new(password: Option<Secret>, code: Option<Secret>) -> Self {
        Self { password, code }
    }

    /// Whether it proves that this is `user`.
    ///
    /// # Errors
    /// A problem if it does not.
    pub(crate) async fn check(self, app: &App, user: &User) -> Result<(), Problem> {
        match (self.password, self.code) {
            (Some(password), _) => password_of(app, user, password, "password").await,
            (None, Some(code)) => {
                let proof = second_factor_codes::proved(app, user, &code, None).await?;
                proof.map(drop).ok_or_else(wrong_code)
            }
            (None, None) => {
                let detail = "Send your password as `password`, or a two-factor code as `code`.";
                Err(Problem::invalid(vec![FieldError::new("password", detail)]))
            }
        }
    }
}

/// Whether `password`, which the body calls `field`, is that of `user`, who is signed in.
///
/// # Errors
/// A problem if it is not, or if there were too many tries.
pub(crate) async fn password_of(app: &App, user: &User, password: Secret, field: &str) -> Result<(), Problem> {
    limits::reproof(app, user).await?;
    limits::hash(app, HashAllowance::Known).await?;
    let login = app.store.login(&user.email).await?.filter(|login| login.user.id == user.id);
    if app.passwords.verify(password, login.map(|login| login.password)).await? {
        return Ok(());
    }
    Err(Problem::invalid(vec![FieldError::new(field, "This is not your current password.")]))
}

/// Whether `user` has proved their mailbox. Until then they work in their own business alone.
///
/// # Errors
/// A problem that says what to do.
pub(crate) fn of_mailbox(user: &User) -> Result<(), Problem> {
    if user.email_verified {
        return Ok(());
    }
    let detail = "Open the link in the email that we sent you. POST /api/auth/verify-email/resend sends another one.";
    Err(Problem::new(Kind::EmailNotVerified, detail))
}
