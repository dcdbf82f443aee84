//! Who calls. Tenant and role come from the table, by what a verified token names; no other header is proof of anything.

use crate::app::App;
use crate::openapi::describe::{Input, Operation};
use crate::openapi::schemas::Schemas;
use crate::problem::Problem;
use crate::secrets::digest_of;
use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use domain::ids::{ApiKeyId, OperatorId};
use domain::permissions::Permission;
use domain::visibility::Viewer;
use domain::{Actor, TenantId};
use store::api_keys::Holder;
use store::users::{Member, Principal};

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
pub(crate) enum Known {
    /// A person who has signed in.
    Person(Box<Principal>),
    /// A program of a business, with what it may do on behalf of its key's owner.
    Program { tenant: TenantId, id: ApiKeyId, scopes: Vec<Permission>, owner: Box<Member> },
    /// Somebody who runs the platform.
    Operator(OperatorId),
}

impl Known {
    /// Whom the token or key in `headers` makes known.
    pub(crate) async fn of(app: &App, headers: &HeaderMap) -> Result<Self, Problem> {
        let token =
            bearer(headers).ok_or_else(|| Problem::unauthenticated("Send the header Authorization: Bearer …"))?;
        if token.starts_with(KEY_PREFIX) { by_key(app, token).await } else { by_token(app, token).await }
    }

    /// Which conversations they see; nothing of a business where they run the platform.
    fn viewer(&self) -> Option<Viewer> {
        match self {
            Self::Person(principal) => Some(principal.user.viewer()),
            Self::Program { .. } => Some(Viewer::program()),
            Self::Operator(_) => None,
        }
    }

    /// On whose behalf they call; none where that is the platform itself.
    pub(crate) fn caller(&self) -> Option<Caller> {
        match self {
            Self::Person(principal) => Some(Caller { tenant: principal.tenant.id, by: Actor::User(principal.user.id) }),
            Self::Program { tenant, id, .. } => Some(Caller { tenant: *tenant, by: Actor::ApiKey(*id) }),
            Self::Operator(_) => None,
        }
    }
}

async fn by_token(app: &App, token: &str) -> Result<Known, Problem> {
    let now = app.clock.now();
    let invalid = || Problem::unauthenticated("The access token is not valid, or has expired.");
    let claims = app.signing.check(token, now).await.ok_or_else(invalid)?;
    let principal = app.store.principal(claims.tenant, claims.user, claims.session).await?;
    let principal = principal.filter(|principal| principal.may_act(now));
    let ended = || Problem::unauthenticated("This session has ended: sign in again.");
    principal.map(|principal| Known::Person(Box::new(principal))).ok_or_else(ended)
}

async fn by_key(app: &App, key: &str) -> Result<Known, Problem> {
    let invalid = || Problem::unauthenticated("There is no such key, or it was revoked.");
    match app.store.holder(&digest_of(key), app.clock.now()).await?.ok_or_else(invalid)? {
        Holder::Operator(id) => Ok(Known::Operator(id)),
        Holder::Program { tenant, id, scopes, owner } => {
            let member = app.store.member(tenant, owner).await?;
            let member = member.filter(|member| member.user.active && member.tenant.active).ok_or_else(invalid)?;
            Ok(Known::Program { tenant, id, scopes, owner: Box::new(member) })
        }
    }
}

/// The caller whom the route's guard has let through.
impl<S: Sync> FromRequestParts<S> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let caller = parts.extensions.get::<Known>().and_then(Known::caller);
        caller.ok_or_else(|| Problem::internal("a handler asks on whose behalf, and its route lets others in"))
    }
}

/// Which conversations the caller sees, whom the route's guard has let through.
#[derive(Clone, Debug)]
pub(crate) struct Viewing(pub(crate) Viewer);

impl<S: Sync> FromRequestParts<S> for Viewing {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let viewer = parts.extensions.get::<Known>().and_then(Known::viewer);
        viewer.map(Self).ok_or_else(|| Problem::internal("a handler asks what a caller sees who sees nothing"))
    }
}

/// A person who has signed in, whom the route's guard has let through.
#[derive(Clone, Debug)]
pub(crate) struct Person(pub(crate) Principal);

impl<S: Sync> FromRequestParts<S> for Person {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        match parts.extensions.get::<Known>() {
            Some(Known::Person(principal)) => Ok(Self(Principal::clone(principal))),
            Some(Known::Program { .. } | Known::Operator(_)) | None => {
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
        match parts.extensions.get::<Known>() {
            Some(Known::Operator(id)) => Ok(Self(*id)),
            Some(Known::Person(_) | Known::Program { .. }) | None => {
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
unseen!(Caller Person Operator Viewing);

pub(crate) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}
