//! A person, as callers see them.

use domain::users::{Email, Role, User};
use domain::{TenantId, Text, UserId};
use schemars::JsonSchema;
use serde::Serialize;

/// A person who signs in.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct UserView {
    /// Their id.
    id: UserId,
    /// The business that they belong to.
    tenant_id: TenantId,
    /// Their name.
    name: Text,
    /// Their address, by which they sign in.
    email: Email,
    /// What they may do.
    role: Role,
    /// Whether they may sign in.
    active: bool,
    /// Whether they prove a second factor when they sign in.
    second_factor: bool,
}

impl UserView {
    /// What is shown of `user`.
    pub fn of(user: User) -> Self {
        let User { id, tenant: tenant_id, role, name, email, active, epoch: _, second_factor } = user;
        Self { id, tenant_id, name, email, role, active, second_factor }
    }
}
