//! API keys for programs.

use crate::access::proofs::{self, ProofBody};
use crate::app::App;
use crate::views::{At, PageView};
use crate::web::answers::{Created, Done};
use crate::web::audit::entry;
use crate::web::auth::{Caller, KEY_PREFIX, Person};
use crate::web::body::JsonBody;
use crate::web::names::{LONGEST_NAME, name_of};
use crate::web::path::Id;
use crate::web::problem::{FieldError, Problem};
use crate::web::secrets::{digest_of, new_key};
use axum::Json;
use axum::extract::State;
use domain::access::audit::Action;
use domain::access::permissions::Permission;
use domain::ids::ApiKeyId;
use domain::{Actor, Secret, Text, UserId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use store::access::api_keys::ApiKey;

/// An API key to create.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct KeyBody {
    /// A name for the key.
    #[schemars(length(min = 1, max = LONGEST_NAME))]
    name: Text,
    /// The permissions of the key.
    #[schemars(length(min = 1), extend("items" = { "type": "string", "enum": for_keys() }))]
    scopes: Vec<String>,
    /// Your password, as a key outlives the session that creates it.
    password: Option<Secret>,
    /// A two-factor code or a recovery code, in place of the password.
    code: Option<Secret>,
}

/// An API key.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct KeyView {
    /// The key's ID.
    id: ApiKeyId,
    /// A name for the key.
    name: Text,
    /// The permissions of the key.
    scopes: Vec<Permission>,
    /// The last characters of the key.
    ends_with: String,
    /// When the key was created.
    created_at: At,
    /// The user who created the key.
    created_by: Actor,
    /// The owner. The key never has more permissions than its owner currently has.
    owner_id: UserId,
    /// Whether the owner can sign in. If not, the key does not work.
    active: bool,
    /// When the key was last used, to the minute. Null if it never was.
    last_used_at: Option<At>,
    /// The key itself. It is shown only once, when it is created.
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<String>,
}

impl KeyView {
    fn new(key: ApiKey, active: bool) -> Self {
        let ApiKey { id, name, scopes, ends: ends_with, by: created_by, owner: owner_id, used } = key;
        let created_at = At(id.at());
        let last_used_at = used.map(At);
        Self { id, name, scopes, ends_with, created_at, created_by, owner_id, active, last_used_at, key: None }
    }
}

/// `GET /api/keys`: List the active API keys. All of them are on one page.
pub(crate) async fn list_api_keys(State(app): State<App>, caller: Caller) -> Result<Json<PageView<KeyView>>, Problem> {
    let (keys, users) =
        tokio::try_join!(app.store.tenant(caller.tenant).api_keys(), app.store.tenant(caller.tenant).users())?;
    let active: BTreeSet<_> = users.iter().filter(|user| user.active).map(|user| user.id).collect();
    let shown = |key: ApiKey| {
        let active = active.contains(&key.owner);
        KeyView::new(key, active)
    };
    let items = keys.into_iter().map(shown).collect();
    Ok(Json(PageView { items, next_cursor: None }))
}

/// `POST /api/keys` `{name, scopes, password or code}`: Create an API key. The key is shown only once. It never has
/// more permissions than its owner currently has. The owner gets an email.
pub(crate) async fn create_api_key(
    State(app): State<App>,
    Person(principal): Person,
    JsonBody(body): JsonBody<KeyBody>,
) -> Result<Created<KeyView>, Problem> {
    let name = name_of("name", &body.name).map_err(|error| Problem::invalid(vec![error]))?;
    let scopes = scopes_of(&body.scopes).map_err(|error| Problem::invalid(vec![error]))?;
    let user = principal.user;
    proofs::of_mailbox(&user)?;
    ProofBody::new(body.password, body.code).check(&app, &user).await?;
    let key = new_key(KEY_PREFIX, &*app.random);
    let ends = key.expose()[key.expose().len() - 4..].to_owned();
    let id = ApiKeyId::from_parts(app.clock.now(), app.random.u128());
    let by = Actor::User(user.id);
    let made = ApiKey { id, name, scopes, ends, by, owner: user.id, used: None };
    let words: Vec<_> = made.scopes.iter().map(|scope| scope.as_str()).collect();
    let entry = entry(&app, by, Action::KeyCreated, &id.to_string(), &words.join(" "));
    app.store.tenant(user.tenant).create_api_key(&made, &digest_of(key.expose()), &entry).await?;
    Ok(Created(KeyView { key: Some(key.expose().to_owned()), ..KeyView::new(made, true) }))
}

/// What a key may be allowed to do.
fn for_keys() -> Vec<Permission> {
    Permission::ALL.iter().copied().filter(|scope| scope.is_for_keys()).collect()
}

fn scopes_of(words: &[String]) -> Result<Vec<Permission>, FieldError> {
    let for_keys = for_keys();
    let scope = |word: &String| for_keys.iter().copied().find(|scope| scope.as_str() == word);
    let scopes: BTreeSet<_> = words.iter().filter_map(scope).collect();
    if scopes.is_empty() || scopes.len() < words.iter().collect::<BTreeSet<_>>().len() {
        let known: Vec<_> = for_keys.iter().map(|scope| scope.as_str()).collect();
        return Err(FieldError::new("scopes", format!("Use one or more of {}.", known.join(", "))));
    }
    Ok(scopes.into_iter().collect())
}

/// `POST /api/keys/{id}/take-over` `{password or code}`: Take over an API key. The signed-in user becomes its owner,
/// whose permissions it then has. Use it when the owner of a key leaves.
pub(crate) async fn take_over_api_key(
    State(app): State<App>,
    Person(principal): Person,
    Id(id): Id<ApiKeyId>,
    JsonBody(proof): JsonBody<ProofBody>,
) -> Result<Done, Problem> {
    let user = principal.user;
    let known = app.store.tenant(user.tenant).api_keys().await?.iter().any(|key| key.id == id);
    if !known {
        return Err(Problem::not_found("API key"));
    }
    proofs::of_mailbox(&user)?;
    proof.check(&app, &user).await?;
    let entry = entry(&app, Actor::User(user.id), Action::KeyHandedOver, &id.to_string(), "");
    if !app.store.tenant(user.tenant).hand_over_api_key(id, user.id, &entry).await? {
        return Err(Problem::not_found("API key"));
    }
    Ok(Done)
}

/// `DELETE /api/keys/{id}`: Revoke an API key. It stops working immediately.
pub(crate) async fn revoke_api_key(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<ApiKeyId>,
) -> Result<Done, Problem> {
    let entry = entry(&app, caller.by, Action::KeyRevoked, &id.to_string(), "");
    if !app.store.tenant(caller.tenant).revoke_api_key(id, &entry).await? {
        return Err(Problem::not_found("API key"));
    }
    Ok(Done)
}
