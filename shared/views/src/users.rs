//! A person, as callers see them.

use domain::access::permissions::Permission;
use domain::access::users::{EmailAddress, Role, User};
use domain::access::visibility::{Sees, Visibility};
use domain::{ChannelId, TenantId, Text, UserId};
use schemars::JsonSchema;
use serde::Serialize;

/// A user.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct UserView {
    /// The user's ID.
    id: UserId,
    /// The business of the user.
    tenant_id: TenantId,
    /// The user's name.
    name: Text,
    /// The email address to sign in with.
    email: EmailAddress,
    /// Whether the email address is verified. Until then, the user cannot invite users or create API keys.
    email_verified: bool,
    /// The user's role.
    role: Role,
    /// Whether the user can sign in.
    active: bool,
    /// Whether the user has two-factor authentication.
    second_factor: bool,
    /// The conversations that the user can see.
    sees: Sees,
    /// The channels that the user can see, if `sees` is `channels`. Otherwise empty.
    channel_ids: Vec<ChannelId>,
    /// Whether customers' phone numbers are masked for the user.
    masks_phones: bool,
}

impl UserView {
    /// What is shown of `user`.
    pub fn from_user(user: User) -> Self {
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

/// The signed-in user.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Me")]
pub struct MeView {
    #[serde(flatten)]
    user: UserView,
    /// The permissions of the role.
    permissions: Vec<Permission>,
}

impl MeView {
    /// What `user` is shown of themselves.
    pub fn new(user: User) -> Self {
        let permissions = Permission::ALL.iter().copied().filter(|permission| user.role.may(*permission)).collect();
        Self { user: UserView::from_user(user), permissions }
    }
}
