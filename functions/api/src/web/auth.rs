//! Who calls. Tenant and role come from the table, by what a verified token names; no other header is proof of anything.

use crate::app::App;
use crate::web::openapi::describe::{Input, Operation};
use crate::web::openapi::schemas::Schemas;
use crate::web::problem::Problem;
use crate::web::secrets::digest_of;
use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use axum_extra::headers::Authorization;
use axum_extra::headers::HeaderMapExt;
use axum_extra::headers::authorization::Bearer;
use domain::access::permissions::Permission;
use domain::access::visibility::Viewer;
use domain::ids::{ApiKeyId, OperatorId};
use domain::inbox::realtime::pass_digest;
use domain::{Actor, TenantId};
use store::access::api_keys::Holder;
use store::access::users::{Member, SignedInUser};

/// What every key for a program begins with.
pub const KEY_PREFIX: &str = "lw_";

/// On behalf of which business a request comes, and from whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Caller {
    pub(crate) tenant: TenantId,
    pub(crate) by: Actor,
}

/// Somebody whom a token or key makes known.
#[derive(Clone, Debug)]
pub(crate) enum Principal {
    /// A person who has signed in.
    User(Box<SignedInUser>),
    /// A program of a business, with what it may do on behalf of its key's owner.
    ApiKey { tenant: TenantId, id: ApiKeyId, scopes: Vec<Permission>, owner: Box<Member> },
    /// Somebody who runs the platform.
    Operator(OperatorId),
}

impl Principal {
    /// Whom the token or key in `headers` makes known.
    pub(crate) async fn authenticate(app: &App, headers: &HeaderMap) -> Result<Self, Problem> {
        if let Some(pass) = pass(headers) {
            return by_pass(app, pass).await;
        }
        let bearer = bearer(headers).ok_or_else(|| {
            Problem::unauthenticated("Send an access token or an API key in the header Authorization: Bearer …")
        })?;
        let token = bearer.token();
        if token.starts_with(KEY_PREFIX) { by_key(app, token).await } else { by_token(app, token).await }
    }

    /// Which conversations they see; nothing of a business where they run the platform.
    fn viewer(&self) -> Option<Viewer> {
        match self {
            Self::User(principal) => Some(principal.user.viewer()),
            Self::ApiKey { .. } => Some(Viewer::program()),
            Self::Operator(_) => None,
        }
    }

    /// On whose behalf they call; none where that is the platform itself.
    pub(crate) fn caller(&self) -> Option<Caller> {
        match self {
            Self::User(principal) => Some(Caller { tenant: principal.tenant.id, by: Actor::User(principal.user.id) }),
            Self::ApiKey { tenant, id, .. } => Some(Caller { tenant: *tenant, by: Actor::ApiKey(*id) }),
            Self::Operator(_) => None,
        }
    }
}

/// The function `realtime` calls on behalf of a connection, once for each pass that it left in the table.
async fn by_pass(app: &App, pass: &str) -> Result<Principal, Problem> {
    let now = app.clock.now();
    let invalid = || Problem::unauthenticated("The pass is invalid or expired.");
    let pass = app.store.take_ticket(&pass_digest(pass), now).await?.ok_or_else(invalid)?;
    let principal = app.store.tenant(pass.tenant).principal(pass.user, pass.session).await?;
    let principal = principal.filter(|principal| principal.may_act(now));
    principal.map(|principal| Principal::User(Box::new(principal))).ok_or_else(invalid)
}

fn pass(headers: &HeaderMap) -> Option<&str> {
    headers.get(AUTHORIZATION)?.to_str().ok()?.strip_prefix("Pass ")
}

async fn by_token(app: &App, token: &str) -> Result<Principal, Problem> {
    let now = app.clock.now();
    let invalid = || Problem::unauthenticated("The access token is invalid or expired. Refresh it, or sign in again.");
    let claims = app.signing.check(token, now).await.ok_or_else(invalid)?;
    let principal = app.store.tenant(claims.tenant).principal(claims.user, claims.session).await?;
    let principal = principal.filter(|principal| principal.may_act(now));
    let ended = || Problem::unauthenticated("This session has ended. Sign in again.");
    principal.map(|principal| Principal::User(Box::new(principal))).ok_or_else(ended)
}

async fn by_key(app: &App, key: &str) -> Result<Principal, Problem> {
    let invalid = || Problem::unauthenticated("The API key is unknown or revoked.");
    match app.store.holder(&digest_of(key), app.clock.now()).await?.ok_or_else(invalid)? {
        Holder::Operator(id) => Ok(Principal::Operator(id)),
        Holder::Program { tenant, id, scopes, owner } => {
            let member = app.store.tenant(tenant).member(owner).await?;
            let member = member.filter(|member| member.user.active && member.tenant.active).ok_or_else(invalid)?;
            Ok(Principal::ApiKey { tenant, id, scopes, owner: Box::new(member) })
        }
    }
}

/// The caller whom the route's guard has let through.
impl<S: Sync> FromRequestParts<S> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let caller = parts.extensions.get::<Principal>().and_then(Principal::caller);
        caller.ok_or_else(|| Problem::internal("a handler asks on whose behalf, and its route lets others in"))
    }
}

/// Which conversations the caller sees, whom the route's guard has let through.
#[derive(Clone, Debug)]
pub(crate) struct Viewing(pub(crate) Viewer);

impl<S: Sync> FromRequestParts<S> for Viewing {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let viewer = parts.extensions.get::<Principal>().and_then(Principal::viewer);
        viewer.map(Self).ok_or_else(|| Problem::internal("a handler asks what a caller sees who sees nothing"))
    }
}

/// Whether the caller may manage channels.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ManagesChannels(pub(crate) bool);

impl<S: Sync> FromRequestParts<S> for ManagesChannels {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        Ok(Self(match parts.extensions.get::<Principal>() {
            Some(Principal::User(principal)) => principal.user.role.may(Permission::ManageChannels),
            Some(Principal::ApiKey { scopes, .. }) => scopes.contains(&Permission::ManageChannels),
            Some(Principal::Operator(_)) | None => false,
        }))
    }
}

/// Whether the caller may manage leads.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ManagesLeads(pub(crate) bool);

impl<S: Sync> FromRequestParts<S> for ManagesLeads {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        Ok(Self(match parts.extensions.get::<Principal>() {
            Some(Principal::User(principal)) => principal.user.role.may(Permission::ManageLeads),
            Some(Principal::ApiKey { scopes, .. }) => scopes.contains(&Permission::ManageLeads),
            Some(Principal::Operator(_)) | None => false,
        }))
    }
}

/// Whether the caller may manage templates, and with them what all users write.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ManagesTemplates(pub(crate) bool);

impl<S: Sync> FromRequestParts<S> for ManagesTemplates {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        Ok(Self(match parts.extensions.get::<Principal>() {
            Some(Principal::User(principal)) => principal.user.role.may(Permission::ManageTemplates),
            Some(Principal::ApiKey { scopes, .. }) => scopes.contains(&Permission::ManageTemplates),
            Some(Principal::Operator(_)) | None => false,
        }))
    }
}

/// A person who has signed in, whom the route's guard has let through.
#[derive(Clone, Debug)]
pub(crate) struct Person(pub(crate) SignedInUser);

impl<S: Sync> FromRequestParts<S> for Person {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        match parts.extensions.get::<Principal>() {
            Some(Principal::User(principal)) => Ok(Self(SignedInUser::clone(principal))),
            Some(Principal::ApiKey { .. } | Principal::Operator(_)) | None => {
                Err(Problem::internal("a handler asks for a person, and its route lets others in"))
            }
        }
    }
}

/// Somebody who runs the platform, whom the route's guard has let through.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Operator(pub(crate) OperatorId);

impl<S: Sync> FromRequestParts<S> for Operator {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        match parts.extensions.get::<Principal>() {
            Some(Principal::Operator(id)) => Ok(Self(*id)),
            Some(Principal::User(_) | Principal::ApiKey { .. }) | None => {
                Err(Problem::internal("a handler asks for an operator, and its route lets others in"))
            }
        }
    }
}

/// Who calls is no part of what is asked: the route says who may.
macro_rules! unseen {
    ($($caller:ident)*) => {$(
        impl Input for $caller {
            fn describe(_: &mut Operation, _: &mut Schemas) {}
        }
    )*};
}
unseen!(Caller Person Operator Viewing ManagesChannels ManagesLeads ManagesTemplates);

pub(crate) fn bearer(headers: &HeaderMap) -> Option<Authorization<Bearer>> {
    headers.typed_get()
}
