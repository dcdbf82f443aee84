//! Users and invitations.

use crate::access::auth::email_of;
use crate::access::{passwords, proofs};
use crate::app::App;
use crate::views::users::UserView;
use crate::views::{At, PageView};
use crate::web::answers::{Accepted, Created, Done};
use crate::web::audit::entry;
use crate::web::auth::{Caller, Person};
use crate::web::body::JsonBody;
use crate::web::limits;
use crate::web::names::{LONGEST_NAME, name_of};
use crate::web::path::Id;
use crate::web::problem::{FieldError, Kind, Problem};
use axum::Json;
use axum::extract::State;
use domain::access::audit::Action;
use domain::access::links::InvitationLink;
use domain::access::users::{ChangeRefused, EmailAddress, Role, User, UserChange};
use domain::access::visibility::{MOST_CHANNELS, Sees, Visibility};
use domain::ids::InvitationId;
use domain::{Actor, ChannelId, TenantId, Text, UserId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::access::invitations::Invitation;

/// An invitation to send.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct InviteBody {
    /// The email address to invite.
    #[schemars(with = "EmailAddress")]
    email: String,
    /// The user's role.
    #[schemars(with = "Role")]
    role: String,
}

/// A change of a user. Omitted fields stay as they are.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct UserBody {
    /// The user's role.
    #[schemars(with = "Option<Role>")]
    role: Option<String>,
    /// The user's name.
    #[schemars(length(min = 1, max = LONGEST_NAME))]
    name: Option<Text>,
    /// Whether the user can sign in.
    active: Option<bool>,
    /// The conversations that the user can see.
    #[schemars(with = "Option<Sees>")]
    sees: Option<String>,
    /// The channels that the user can see. Required if `sees` is `channels`; otherwise leave it out.
    #[schemars(length(min = 1, max = MOST_CHANNELS))]
    channel_ids: Option<Vec<ChannelId>>,
    /// Whether customers' phone numbers are masked for the user.
    masks_phones: Option<bool>,
}

/// An invitation.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct InvitationView {
    /// The invitation's ID.
    id: InvitationId,
    /// An invitation to send.
    email: EmailAddress,
    /// The role of the future user.
    role: Role,
    /// When the invitation was created.
    created_at: At,
    /// When the invitation expires.
    expires_at: At,
    /// A token to pass on, to sign up with. It is shown only once. The email contains another token, which also
    /// verifies the address.
    #[serde(skip_serializing_if = "Option::is_none")]
    token: Option<String>,
}

impl InvitationView {
    fn from_invitation(invitation: Invitation) -> Self {
        let created_at = At(invitation.id.at());
        let expires_at = At(invitation.expires());
        let Invitation { id, email, role, .. } = invitation;
        Self { id, email, role, created_at, expires_at, token: None }
    }
}

/// `GET /api/users`: List users. All of them are on one page.
pub(crate) async fn list_users(State(app): State<App>, caller: Caller) -> Result<Json<PageView<UserView>>, Problem> {
    let users = app.store.tenant(caller.tenant).users().await?;
    Ok(Json(PageView { items: users.into_iter().map(UserView::from_user).collect(), next_cursor: None }))
}

/// `POST /api/users` `{email, role}`: Invite a user. We email the invitation, and the answer contains a token that you
/// can pass on. Until the business connects a WhatsApp number, it can send ten invitations a day.
pub(crate) async fn invite_user(
    State(app): State<App>,
    Person(principal): Person,
    JsonBody(body): JsonBody<InviteBody>,
) -> Result<Created<InvitationView>, Problem> {
    let email = email_of(&body.email)?;
    let role = role_of(&body.role)?;
    if !principal.user.role.gives(role) {
        return Err(forbidden(ChangeRefused::OwnersAlone));
    }
    proofs::of_mailbox(&principal.user)?;
    let by = Actor::User(principal.user.id);
    limits::invitation(&app, principal.tenant.id, &email, by).await?;
    let view = invited(&app, principal.tenant.id, email, role, by).await?;
    Ok(Created(view))
}

/// Invites somebody on behalf of `by`.
pub(crate) async fn invited(
    app: &App,
    tenant: TenantId,
    email: EmailAddress,
    role: Role,
    by: Actor,
) -> Result<InvitationView, Problem> {
    let id = InvitationId::from_parts(app.clock.now(), app.random.u128());
    let invitation = Invitation { id, email, role, by, joined: None };
    let entry = entry(app, by, Action::UserInvited, &id.to_string(), &format!("as {role}"));
    app.store.tenant(tenant).invite(&invitation, &entry).await?;
    let token = InvitationLink { tenant, id }.inviter_token(&app.token_key).expose().to_owned();
    Ok(InvitationView { token: Some(token), ..InvitationView::from_invitation(invitation) })
}

/// `PATCH /api/users/{id}` `{role, name, active, sees, channelIds, masksPhones}`: Update a user. A new role or
/// deactivation ends the user's sessions immediately. A change of visibility takes effect with the next request.
pub(crate) async fn update_user(
    State(app): State<App>,
    Person(principal): Person,
    Id(id): Id<UserId>,
    JsonBody(body): JsonBody<UserBody>,
) -> Result<Json<UserView>, Problem> {
    let role = body.role.as_deref().map(role_of).transpose()?;
    let name = body.name.as_ref().map(|name| name_of("name", name)).transpose();
    let name = name.map_err(|error| Problem::invalid(vec![error]))?;
    let tenant = principal.tenant.id;
    let visibility = visibility_of(&app, tenant, id, &body).await?;
    let change = UserChange { role, name, active: body.active, visibility };
    let become_so = |user: &User| {
        let masked = if user.visibility.masks_phones { ", phones masked" } else { "" };
        let active = if user.active { "active" } else { "deactivated" };
        let detail = format!("{}, {active}, sees {}{masked}", user.role, user.visibility.sees);
        entry(&app, Actor::User(principal.user.id), Action::UserChanged, &id.to_string(), &detail)
    };
    let changed = app.store.tenant(tenant).change_user(id, principal.user.role, &change, become_so).await?;
    let user = changed.ok_or_else(|| Problem::not_found("user"))?.map_err(forbidden)?;
    Ok(Json(UserView::from_user(user)))
}

/// `POST /api/users/{id}/reset-password`: Email a user a link to reset the password. Only the user can choose the new
/// password.
pub(crate) async fn request_user_password_reset(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<UserId>,
) -> Result<Accepted, Problem> {
    let user = app.store.tenant(caller.tenant).user(id).await?.ok_or_else(|| Problem::not_found("user"))?;
    limits::reset_by_colleague(&app, &user).await?;
    passwords::allow(&app, Some(&user), &user.email, caller.by).await?;
    Ok(Accepted)
}

/// `GET /api/invitations`: List open invitations. The newest comes first.
pub(crate) async fn list_invitations(
    State(app): State<App>,
    caller: Caller,
) -> Result<Json<PageView<InvitationView>>, Problem> {
    let mut invitations = app.store.tenant(caller.tenant).invitations().await?;
    invitations.retain(|invitation| app.clock.now() < invitation.expires());
    Ok(Json(PageView {
        items: invitations.into_iter().map(InvitationView::from_invitation).collect(),
        next_cursor: None,
    }))
}

/// `DELETE /api/invitations/{id}`: Revoke an invitation. Its tokens stop working immediately.
pub(crate) async fn revoke_invitation(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<InvitationId>,
) -> Result<Done, Problem> {
    let entry = entry(&app, caller.by, Action::UserInvited, &id.to_string(), "revoked");
    if !app.store.tenant(caller.tenant).take_back(id, &entry).await? {
        return Err(Problem::not_found("open invitation"));
    }
    Ok(Done)
}

/// What the person is to see from now on; none if that stays as it is.
async fn visibility_of(
    app: &App,
    tenant: TenantId,
    id: UserId,
    body: &UserBody,
) -> Result<Option<Visibility>, Problem> {
    if body.sees.is_none() && body.channel_ids.is_none() && body.masks_phones.is_none() {
        return Ok(None);
    }
    let invalid = |field: &str, detail: String| Problem::invalid(vec![FieldError::new(field, detail)]);
    let user = app.store.tenant(tenant).user(id).await?.ok_or_else(|| Problem::not_found("user"))?;
    let sees = body.sees.as_deref().map(str::parse::<Sees>).transpose();
    let sees = sees.map_err(|error| invalid("sees", error.to_string()))?.unwrap_or(user.visibility.sees);
    let before = user.visibility.channels;
    let channels = match (sees, &body.channel_ids) {
        (Sees::Channels, Some(channels)) => channels.clone(),
        (Sees::Channels, None) => before,
        (Sees::All | Sees::UnassignedAndMine | Sees::Mine, None) => Vec::new(),
        (Sees::All | Sees::UnassignedAndMine | Sees::Mine, Some(_)) => {
            return Err(invalid("channelIds", format!("Only for `sees: channels`. This user sees {sees}.")));
        }
    };
    if sees == Sees::Channels {
        if channels.is_empty() || channels.len() > MOST_CHANNELS {
            return Err(invalid("channelIds", format!("Use 1 to {MOST_CHANNELS} channels.")));
        }
        let known = app.store.tenant(tenant).all_channels().await?;
        if let Some(unknown) = channels.iter().find(|id| known.iter().all(|channel| channel.id != **id)) {
            return Err(invalid("channelIds", format!("There is no channel {unknown}.")));
        }
    }
    let masks_phones = body.masks_phones.unwrap_or(user.visibility.masks_phones);
    Ok(Some(Visibility { sees, channels, masks_phones }))
}

fn role_of(text: &str) -> Result<Role, Problem> {
    text.parse().map_err(|error: domain::string_enum::UnknownVariant| {
        Problem::invalid(vec![FieldError::new("role", error.to_string())])
    })
}

pub(crate) fn forbidden(refused: ChangeRefused) -> Problem {
    let kind = match refused {
        ChangeRefused::OwnersAlone => Kind::Forbidden,
        ChangeRefused::LastOwner => Kind::Conflict,
    };
    Problem::new(kind, refused.to_string())
}
