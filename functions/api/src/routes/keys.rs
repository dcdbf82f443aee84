//! Keys by which programs call the API.

use crate::answers::{Created, Done};
use crate::app::App;
use crate::auth::{Caller, KEY_PREFIX, Person};
use crate::body::JsonBody;
use crate::deeds::entry;
use crate::path::Id;
use crate::problem::{FieldError, Problem};
use crate::proofs::{self, ProofBody};
use crate::routes::auth::{LONGEST_NAME, name_of};
use crate::secrets::{digest_of, new_key};
use crate::views::{At, PageView};
use axum::Json;
use axum::extract::State;
use domain::audit::Action;
use domain::ids::ApiKeyId;
use domain::permissions::Permission;
use domain::{Actor, Secret, Text, UserId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use store::api_keys::ApiKey;

/// A key to be made.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct KeyBody {
    /// What people call it.
    #[schemars(length(min = 1, max = LONGEST_NAME))]
    name: Text,
    /// What it may do.
    #[schemars(length(min = 1), extend("items" = { "type": "string", "enum": for_keys() }))]
    scopes: Vec<String>,
    /// Your password: a key outlives the session by which it is made.
    password: Option<Secret>,
    /// Instead of the password: a code of your second factor, or a recovery code.
    code: Option<Secret>,
}

/// A key by which a program calls.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct KeyView {
    /// Its id.
    id: ApiKeyId,
    /// What people call it.
    name: Text,
    /// What it may do.
    scopes: Vec<Permission>,
    /// How it ends, to tell it from others.
    ends_with: String,
    /// When it was made.
    created_at: At,
    /// By whom.
    created_by: Actor,
    /// Whose rights it has: it never has more than this person has at the moment.
    owner_id: UserId,
    /// Whether its owner may sign in. While they may not, the key opens nothing.
    active: bool,
    /// When it was used last, to the minute; null before the first time.
    last_used_at: Option<At>,
    /// The key itself: shown when it is made, and never again.
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<String>,
}

impl KeyView {
    fn new(key: ApiKey, active: bool) -> Self {
        let ApiKey { id, name, scopes, ends: ends_with, by: created_by, owner: owner_id, used } = key;
        let (created_at, last_used_at) = (At(id.at()), used.map(At));
        Self { id, name, scopes, ends_with, created_at, created_by, owner_id, active, last_used_at, key: None }
    }
}

/// `GET /api/keys`: the keys that hold, in one page.
pub(crate) async fn list(State(app): State<App>, caller: Caller) -> Result<Json<PageView<KeyView>>, Problem> {
    let (keys, users) = tokio::try_join!(app.store.api_keys(caller.tenant), app.store.users(caller.tenant))?;
    let active: BTreeSet<_> = users.iter().filter(|user| user.active).map(|user| user.id).collect();
    let shown = |key: ApiKey| {
        let active = active.contains(&key.owner);
        KeyView::new(key, active)
    };
    let items = keys.into_iter().map(shown).collect();
    Ok(Json(PageView { items, next_cursor: None }))
}

/// `POST /api/keys` `{name, scopes, password}`, or `code` instead of `password`: makes a key for a program. It is shown
/// once, and never again. It never has more rights than its owner has at the moment, who is told by email.
pub(crate) async fn create(
    State(app): State<App>,
    Person(principal): Person,
    JsonBody(body): JsonBody<KeyBody>,
) -> Result<Created<KeyView>, Problem> {
    let name = name_of("name", &body.name).map_err(|error| Problem::invalid(vec![error]))?;
    let scopes = scopes_of(&body.scopes).map_err(|error| Problem::invalid(vec![error]))?;
    let user = principal.user;
    proofs::of_mailbox(&user)?;
    ProofBody::new(body.password, body.code).check(&app, &user).await?;
    let key = new_key(KEY_PREFIX, &*app.ids);
    let ends = key.expose()[key.expose().len() - 4..].to_owned();
    let id = ApiKeyId::from_parts(app.clock.now(), app.ids.bits());
    let by = Actor::User(user.id);
    let made = ApiKey { id, name, scopes, ends, by, owner: user.id, used: None };
    let words: Vec<_> = made.scopes.iter().map(|scope| scope.word()).collect();
    let entry = entry(&app, by, Action::KeyCreated, &id.to_string(), &words.join(" "));
    app.store.create_api_key(user.tenant, &made, &digest_of(key.expose()), &entry).await?;
    Ok(Created(KeyView { key: Some(key.expose().to_owned()), ..KeyView::new(made, true) }))
}

/// What a key may be allowed to do.
fn for_keys() -> Vec<Permission> {
    Permission::ALL.iter().copied().filter(|scope| scope.is_for_keys()).collect()
}

fn scopes_of(words: &[String]) -> Result<Vec<Permission>, FieldError> {
    let for_keys = for_keys();
    let scope = |word: &String| for_keys.iter().copied().find(|scope| scope.word() == word);
    let scopes: BTreeSet<_> = words.iter().filter_map(scope).collect();
    if scopes.is_empty() || scopes.len() < words.iter().collect::<BTreeSet<_>>().len() {
        let known: Vec<_> = for_keys.iter().map(|scope| scope.word()).collect();
        return Err(FieldError::new("scopes", format!("expected some of {}", known.join(", "))));
    }
    Ok(scopes.into_iter().collect())
}

/// `POST /api/keys/{id}/take-over` `{password}` or `{code}`: makes the signed-in user the owner of a key, whose rights it
/// has from now on. So a program goes on when the person who made its key leaves.
pub(crate) async fn take_over(
    State(app): State<App>,
    Person(principal): Person,
    Id(id): Id<ApiKeyId>,
    JsonBody(proof): JsonBody<ProofBody>,
) -> Result<Done, Problem> {
    let user = principal.user;
    let known = app.store.api_keys(user.tenant).await?.iter().any(|key| key.id == id);
    if !known {
        return Err(Problem::not_found("key"));
    }
    proofs::of_mailbox(&user)?;
    proof.check(&app, &user).await?;
    let entry = entry(&app, Actor::User(user.id), Action::KeyHandedOver, &id.to_string(), "");
    if !app.store.hand_over_api_key(user.tenant, id, user.id, &entry).await? {
        return Err(Problem::not_found("key"));
    }
    Ok(Done)
}

/// `DELETE /api/keys/{id}`: revokes a key. From now on it opens nothing.
pub(crate) async fn revoke(State(app): State<App>, caller: Caller, Id(id): Id<ApiKeyId>) -> Result<Done, Problem> {
    let entry = entry(&app, caller.by, Action::KeyRevoked, &id.to_string(), "");
    if !app.store.revoke_api_key(caller.tenant, id, &entry).await? {
        return Err(Problem::not_found("key"));
    }
    Ok(Done)
}
