//! A person, as callers see them.

use domain::users::{Email, Role, User};
use domain::{TenantId, Text, UserId};
use serde::Serialize;

/// A person who signs in.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct UserView {
    id: UserId,
    tenant_id: TenantId,
    name: Text,
    email: Email,
    role: Role,
    active: bool,
    /// Whether they prove a second factor when they sign in.
    second_factor: bool,
}

impl UserView {
    pub(crate) fn of(user: User) -> Self {
        let User { id, tenant: tenant_id, role, name, email, active, epoch: _, second_factor } = user;
        Self { id, tenant_id, name, email, role, active, second_factor }
    }
}
