//! A person, as callers see them.

use domain::permissions::Permission;
use domain::users::{Email, Role, User};
use domain::visibility::{Sees, Visibility};
use domain::{ChannelId, TenantId, Text, UserId};
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
    /// Whether they proved that the mailbox is theirs. Until then they invite nobody and make no keys.
    email_verified: bool,
    /// What they may do.
    role: Role,
    /// Whether they may sign in.
    active: bool,
    /// Whether they prove a second factor when they sign in.
    second_factor: bool,
    /// Which conversations they see.
    sees: Sees,
    /// On which channels, where they see those of some channels; else empty.
    channel_ids: Vec<ChannelId>,
    /// Whether customers' phones are masked for them.
    masks_phones: bool,
}

impl UserView {
    /// What is shown of `user`.
    pub fn of(user: User) -> Self {
        let User {
            id,
            tenant: tenant_id,
            role,
            name,
            email,
            email_verified,
            active,
            epoch: _,
            second_factor,
            visibility,
        } = user;
        let Visibility { sees, channels: channel_ids, masks_phones } = visibility;
        Self {
            id,
            tenant_id,
            name,
            email,
            email_verified,
            role,
            active,
            second_factor,
            sees,
            channel_ids,
            masks_phones,
        }
    }
}

/// The person who has signed in.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Me")]
pub struct MeView {
    #[serde(flatten)]
    user: UserView,
    /// What their role allows.
    permissions: Vec<Permission>,
}

impl MeView {
    /// What `user` is shown of themselves.
    pub fn new(user: User) -> Self {
        let permissions = Permission::ALL.iter().copied().filter(|permission| user.role.may(*permission)).collect();
        Self { user: UserView::of(user), permissions }
    }
}
