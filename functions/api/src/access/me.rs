//! The signed-in user's account and sessions.

use crate::app::App;
use crate::views::users::MeView;
use crate::views::{At, PageView};
use crate::web::answers::Done;
use crate::web::audit::entry;
use crate::web::auth::Person;
use crate::web::body::JsonBody;
use crate::web::names::{LONGEST_NAME, name_of};
use crate::web::path::Id;
use crate::web::problem::{Kind, Problem};
use axum::Json;
use axum::extract::State;
use domain::access::audit::Action;
use domain::ids::SessionId;
use domain::{Actor, Text};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A change of the signed-in user's account.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MeBody {
    /// The user's name.
    #[schemars(length(min = 1, max = LONGEST_NAME))]
    name: Text,
}

/// An active session of the user.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SessionView {
    /// The session's ID.
    id: SessionId,
    /// The client's `User-Agent`.
    device: Text,
    /// When the user signed in.
    created_at: At,
    /// When the session was last refreshed.
    used_at: At,
    /// When the session expires unless it is refreshed.
    expires_at: At,
    /// Whether it is the session of this request.
    current: bool,
}

/// `GET /api/auth/me`: Get the signed-in user. It includes the user's permissions and visibility.
pub(crate) async fn get_current_user(Person(principal): Person) -> Json<MeView> {
    Json(MeView::new(principal.user))
}

/// `PATCH /api/auth/me` `{name}`: Change the signed-in user's name.
pub(crate) async fn update_current_user(
    State(app): State<App>,
    Person(principal): Person,
    JsonBody(body): JsonBody<MeBody>,
) -> Result<Json<MeView>, Problem> {
    let name = name_of("name", &body.name).map_err(|error| Problem::invalid(vec![error]))?;
    let id = principal.user.id;
    let entry = entry(&app, Actor::User(id), Action::UserChanged, &id.to_string(), "own name");
    let renamed = app.store.tenant(principal.tenant.id).rename_user(id, &name, &entry).await?;
    renamed.map(MeView::new).map(Json).ok_or_else(|| Problem::new(Kind::NotFound, "This account no longer exists."))
}

/// `GET /api/auth/sessions`: List active sessions. The newest comes first.
pub(crate) async fn list_sessions(
    State(app): State<App>,
    Person(principal): Person,
) -> Result<Json<PageView<SessionView>>, Problem> {
    let user = principal.user;
    let now = app.clock.now();
    let mut sessions = app.store.tenant(user.tenant).sessions(user.id).await?;
    sessions.retain(|session| session.holds(user.epoch, now));
    let items = sessions.into_iter().map(|session| SessionView {
        current: session.id == principal.session.id,
        id: session.id,
        created_at: At(session.id.at()),
        used_at: At(session.used),
        expires_at: At(session.holds_until()),
        device: session.device,
    });
    Ok(Json(PageView { items: items.collect(), next_cursor: None }))
}

/// `DELETE /api/auth/sessions/{id}`: End a session. Its tokens stop working immediately.
pub(crate) async fn end_session(
    State(app): State<App>,
    Person(principal): Person,
    Id(id): Id<SessionId>,
) -> Result<Done, Problem> {
    let user = principal.user;
    let entry = entry(&app, Actor::User(user.id), Action::SignedOut, &id.to_string(), "from another session");
    if !app.store.tenant(user.tenant).end_session(user.id, id, &entry).await? {
        return Err(Problem::not_found("session"));
    }
    Ok(Done)
}
