//! One's own account, and where one has signed in.

use crate::answers::Done;
use crate::app::App;
use crate::auth::Person;
use crate::body::JsonBody;
use crate::deeds::entry;
use crate::path::Id;
use crate::problem::Problem;
use crate::routes::auth::{LONGEST_NAME, name_of};
use crate::views::users::MeView;
use crate::views::{At, PageView};
use axum::Json;
use axum::extract::State;
use domain::audit::Action;
use domain::ids::SessionId;
use domain::{Actor, Text};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What is changed of one's own account.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MeBody {
    /// One's name.
    #[schemars(length(min = 1, max = LONGEST_NAME))]
    name: Text,
}

/// Where somebody has signed in.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SessionView {
    /// Its id.
    id: SessionId,
    /// What the client called itself.
    device: Text,
    /// When they signed in.
    created_at: At,
    /// When it was renewed last.
    used_at: At,
    /// Until when it holds if it is not renewed.
    expires_at: At,
    /// Whether it is the one by which this list is asked for.
    current: bool,
}

/// `GET /api/auth/me`: the signed-in user, with their permissions and what they see.
pub(crate) async fn show(Person(principal): Person) -> Json<MeView> {
    Json(MeView::new(principal.user))
}

/// `PATCH /api/auth/me` `{name}`: changes one's name.
pub(crate) async fn update(
    State(app): State<App>,
    Person(principal): Person,
    JsonBody(body): JsonBody<MeBody>,
) -> Result<Json<MeView>, Problem> {
    let name = name_of("name", &body.name).map_err(|error| Problem::invalid(vec![error]))?;
    let id = principal.user.id;
    let entry = entry(&app, Actor::User(id), Action::UserChanged, &id.to_string(), "their own name");
    let renamed = app.store.rename_user(principal.tenant.id, id, &name, &entry).await?;
    renamed.map(MeView::new).map(Json).ok_or_else(|| Problem::not_found("account"))
}

/// `GET /api/auth/sessions`: where one has signed in, the newest first.
pub(crate) async fn sessions(
    State(app): State<App>,
    Person(principal): Person,
) -> Result<Json<PageView<SessionView>>, Problem> {
    let (user, now) = (principal.user, app.clock.now());
    let mut sessions = app.store.sessions(user.tenant, user.id).await?;
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

/// `DELETE /api/auth/sessions/{id}`: signs out elsewhere. From now on its tokens open nothing.
pub(crate) async fn end_session(
    State(app): State<App>,
    Person(principal): Person,
    Id(id): Id<SessionId>,
) -> Result<Done, Problem> {
    let user = principal.user;
    let entry = entry(&app, Actor::User(user.id), Action::SignedOut, &id.to_string(), "from another session");
    if !app.store.end_session(user.tenant, user.id, id, &entry).await? {
        return Err(Problem::not_found("session"));
    }
    Ok(Done)
}
