//! Who calls. Tenant and role come from the verified token alone; no other header is proof of anything.

use crate::app::App;
use crate::problem::{Kind, Problem};
use axum::extract::FromRequestParts;
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

/// What a request does, as far as roles are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Permission {
    /// Sends to customers, moves leads, marks conversations as read.
    ServeCustomers,
}

/// Who may do what. Everyone who has signed in may look.
const fn grants(role: Role, permission: Permission) -> bool {
    match (role, permission) {
        (Role::Owner | Role::Admin | Role::Marketer | Role::Agent, Permission::ServeCustomers) => true,
        (Role::Viewer, Permission::ServeCustomers) => false,
    }
}

impl Caller {
    /// Refuses a caller whose role does not grant `permission`.
    pub(crate) fn require(&self, permission: Permission) -> Result<(), Problem> {
        if grants(self.role, permission) {
            return Ok(());
        }
        Err(Problem::new(Kind::Forbidden, format!("A {} may look but not act.", self.role)))
    }
}

impl FromRequestParts<App> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let token = bearer(parts).ok_or_else(|| Problem::unauthenticated("Send the header Authorization: Bearer …"))?;
        let claims = app.tokens.check(token, app.clock.now());
        let claims =
            claims.ok_or_else(|| Problem::unauthenticated("The access token is not valid, or has expired."))?;
        Ok(Self { tenant: claims.tenant, user: claims.user, role: claims.role })
    }
}

fn bearer(parts: &Parts) -> Option<&str> {
    let (scheme, token) = parts.headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}
