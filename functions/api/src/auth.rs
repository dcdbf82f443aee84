//! Who calls. Tenant and role come from the verified token alone; no other header is proof of anything.

use crate::app::App;
use crate::problem::Problem;
use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use domain::users::Role;
use domain::{TenantId, UserId};

/// Who calls, as their token says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Caller {
    pub(crate) tenant: TenantId,
    pub(crate) user: UserId,
    pub(crate) role: Role,
}

impl Caller {
    /// Who the token in `headers` is for.
    pub(crate) fn of(app: &App, headers: &HeaderMap) -> Result<Self, Problem> {
        let token =
            bearer(headers).ok_or_else(|| Problem::unauthenticated("Send the header Authorization: Bearer …"))?;
        let claims = app.tokens.check(token, app.clock.now());
        let claims =
            claims.ok_or_else(|| Problem::unauthenticated("The access token is not valid, or has expired."))?;
        Ok(Self { tenant: claims.tenant, user: claims.user, role: claims.role })
    }
}

/// The caller whom the route's guard has let through.
impl<S: Sync> FromRequestParts<S> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let caller = parts.extensions.get::<Self>().copied();
        caller.ok_or_else(|| Problem::internal("a handler asks who calls, and its route lets anyone in"))
    }
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}
