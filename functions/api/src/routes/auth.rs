//! Signing in, and who one is.

use crate::app::App;
use crate::auth::Caller;
use crate::body::JsonBody;
use crate::limits;
use crate::passwords;
use crate::problem::{FieldError, Kind, Problem};
use crate::tokens::LIFETIME;
use axum::Json;
use axum::extract::State;
use axum::http::HeaderValue;
use axum::http::header::WWW_AUTHENTICATE;
use domain::users::{Email, Role, User};
use domain::{Secret, Text, UserId};
use serde::{Deserialize, Serialize};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LoginBody {
    email: String,
    password: Secret,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct LoginView {
    access_token: String,
    token_type: &'static str,
    expires_in: u64,
    user: UserView,
}

#[derive(Debug, Serialize)]
pub(crate) struct UserView {
    id: UserId,
    name: Text,
    email: Email,
    role: Role,
}

impl UserView {
    fn of(user: User) -> Self {
        Self { id: user.id, name: user.name, email: user.email, role: user.role }
    }
}

/// `POST /api/auth/login`. An address that nobody has and a wrong password get the same answer, after the same work.
pub(crate) async fn login(
    State(app): State<App>,
    JsonBody(body): JsonBody<LoginBody>,
) -> Result<Json<LoginView>, Problem> {
    let email = Email::parse(&body.email);
    let email = email.map_err(|error| Problem::invalid(vec![FieldError::new("email", error.to_string())]))?;
    limits::account(&app, &email).await?;
    let login = app.store.login(&email).await?;
    let hash = login.as_ref().map(|login| login.password.clone());
    // Apart from the other requests of this process: it takes tens of milliseconds of processor time.
    let verified = tokio::task::spawn_blocking(move || passwords::verify(&body.password, hash.as_ref())).await;
    let matches = verified.map_err(|error| Problem::internal(error.to_string()))?;
    let user = login.filter(|_| matches).map(|login| login.user).ok_or_else(refused)?;
    let access_token =
        app.tokens.issue(&user, app.clock.now()).map_err(|error| Problem::internal(error.to_string()))?;
    let expires_in = LIFETIME.as_secs();
    Ok(Json(LoginView { access_token, token_type: "Bearer", expires_in, user: UserView::of(user) }))
}

fn refused() -> Problem {
    Problem::new(Kind::WrongCredentials, "No account has this address and this password.")
        .with_header(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"))
}

/// `GET /api/auth/me`
pub(crate) async fn me(State(app): State<App>, caller: Caller) -> Result<Json<UserView>, Problem> {
    let user = app.store.user(caller.tenant, caller.user).await?;
    user.map(UserView::of).map(Json).ok_or_else(|| Problem::unauthenticated("This account no longer exists."))
}
