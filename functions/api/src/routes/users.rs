//! The people of a business, and those who are invited.

use crate::answers::{Accepted, Created, Done};
use crate::app::App;
use crate::auth::{Caller, Person};
use crate::body::JsonBody;
use crate::deeds::entry;
use crate::limits;
use crate::path::Id;
use crate::problem::{FieldError, Kind, Problem};
use crate::proofs;
use crate::routes::auth::{LONGEST_NAME, email_of, name_of};
use crate::routes::passwords;
use crate::views::users::UserView;
use crate::views::{At, PageView};
use axum::Json;
use axum::extract::State;
use domain::audit::Action;
use domain::ids::InvitationId;
use domain::links::InvitationLink;
use domain::users::{ChangeRefused, Email, Role, User, UserChange};
use domain::visibility::{MOST_CHANNELS, Sees, Visibility};
use domain::{Actor, ChannelId, TenantId, Text, UserId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::invitations::Invitation;

/// Who is invited.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct InviteBody {
    /// Their address.
    #[schemars(with = "Email")]
    email: String,
    /// What they may do.
    #[schemars(with = "Role")]
    role: String,
}

/// What is changed of a person: what is left out stays.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct UserBody {
    /// What they may do.
    #[schemars(with = "Option<Role>")]
    role: Option<String>,
    /// Their name.
    #[schemars(length(min = 1, max = LONGEST_NAME))]
    name: Option<Text>,
    /// Whether they may sign in.
    active: Option<bool>,
    /// Which conversations they see.
    #[schemars(with = "Option<Sees>")]
    sees: Option<String>,
    /// On which channels: required where `sees` is `channels`, and refused otherwise.
    #[schemars(length(min = 1, max = MOST_CHANNELS))]
    channel_ids: Option<Vec<ChannelId>>,
    /// Whether customers' phones are masked for them.
    masks_phones: Option<bool>,
}

/// Somebody who is invited.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct InvitationView {
    /// Its id.
    id: InvitationId,
    /// Who is invited.
    email: Email,
    /// What they will be allowed to do.
    role: Role,
    /// When it was made.
    created_at: At,
    /// Until when they can join by it.
    expires_at: At,
    /// What the inviter may hand on, for the invited person to sign up with: shown when the invitation is made, and never
    /// again. The email of the invitation holds another one, which proves the mailbox as well.
    #[serde(skip_serializing_if = "Option::is_none")]
    token: Option<String>,
}

impl InvitationView {
    fn of(invitation: Invitation) -> Self {
        let (created_at, expires_at) = (At(invitation.id.at()), At(invitation.expires()));
        let Invitation { id, email, role, .. } = invitation;
        Self { id, email, role, created_at, expires_at, token: None }
    }
}

/// `GET /api/users`: everybody who works here, in one page.
pub(crate) async fn list(State(app): State<App>, caller: Caller) -> Result<Json<PageView<UserView>>, Problem> {
    let users = app.store.users(caller.tenant).await?;
    Ok(Json(PageView { items: users.into_iter().map(UserView::of).collect(), next_cursor: None }))
}

/// `POST /api/users` `{email, role}`: invites somebody, who then signs up. Until a number is connected, a business
/// invites ten people a day.
pub(crate) async fn invite(
    State(app): State<App>,
    Person(principal): Person,
    JsonBody(body): JsonBody<InviteBody>,
) -> Result<Created<InvitationView>, Problem> {
    let (email, role) = (email_of(&body.email)?, role_of(&body.role)?);
    if !principal.user.role.gives(role) {
        return Err(forbidden(ChangeRefused::OwnersAlone));
    }
    proofs::of_mailbox(&principal.user)?;
    let by = Actor::User(principal.user.id);
    limits::invitation(&app, principal.tenant.id, &email, by).await?;
    let view = invited(&app, principal.tenant.id, (email, role), by).await?;
    Ok(Created(view))
}

/// Invites somebody on behalf of `by`.
pub(crate) async fn invited(
    app: &App,
    tenant: TenantId,
    (email, role): (Email, Role),
    by: Actor,
) -> Result<InvitationView, Problem> {
    let id = InvitationId::from_parts(app.clock.now(), app.ids.bits());
    let invitation = Invitation { id, email, role, by, joined: None };
    let entry = entry(app, by, Action::UserInvited, &id.to_string(), &format!("as {role}"));
    app.store.invite(tenant, &invitation, &entry).await?;
    let token = InvitationLink { tenant, id }.inviter_token(&app.seal_key).expose().to_owned();
    Ok(InvitationView { token: Some(token), ..InvitationView::of(invitation) })
}

/// `PATCH /api/users/{id}` `{role, name, active, sees, channelIds, masksPhones}`: changes a person. A new role or
/// deactivation signs them out at once; a change of what they see takes effect with their next request.
pub(crate) async fn update(
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
        let active = if user.active { "active" } else { "shut out" };
        let detail = format!("{}, {active}, sees {}{masked}", user.role, user.visibility.sees);
        entry(&app, Actor::User(principal.user.id), Action::UserChanged, &id.to_string(), &detail)
    };
    let changed = app.store.change_user(tenant, id, principal.user.role, &change, become_so).await?;
    let user = changed.ok_or_else(|| Problem::not_found("user"))?.map_err(forbidden)?;
    Ok(Json(UserView::of(user)))
}

/// `POST /api/users/{id}/reset-password`: sends a person a link to choose a new password. Nobody chooses the password
/// of somebody else.
pub(crate) async fn reset_password(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<UserId>,
) -> Result<Accepted, Problem> {
    let user = app.store.user(caller.tenant, id).await?.ok_or_else(|| Problem::not_found("user"))?;
    limits::reset_by_colleague(&app, &user).await?;
    passwords::allow(&app, Some(&user), &user.email, caller.by).await?;
    Ok(Accepted)
}

/// `GET /api/invitations`: who is invited and has not joined yet, the newest first.
pub(crate) async fn invitations(
    State(app): State<App>,
    caller: Caller,
) -> Result<Json<PageView<InvitationView>>, Problem> {
    let mut invitations = app.store.invitations(caller.tenant).await?;
    invitations.retain(|invitation| app.clock.now() < invitation.expires());
    Ok(Json(PageView { items: invitations.into_iter().map(InvitationView::of).collect(), next_cursor: None }))
}

/// `DELETE /api/invitations/{id}`: takes an invitation back. Nobody joins by it any more.
pub(crate) async fn take_back(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<InvitationId>,
) -> Result<Done, Problem> {
    let entry = entry(&app, caller.by, Action::UserInvited, &id.to_string(), "taken back");
    if !app.store.take_back(caller.tenant, id, &entry).await? {
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
    let user = app.store.user(tenant, id).await?.ok_or_else(|| Problem::not_found("user"))?;
    let sees = body.sees.as_deref().map(str::parse::<Sees>).transpose();
    let sees = sees.map_err(|error| invalid("sees", error.to_string()))?.unwrap_or(user.visibility.sees);
    let before = user.visibility.channels;
    let channels = match (sees, &body.channel_ids) {
        (Sees::Channels, Some(channels)) => channels.clone(),
        (Sees::Channels, None) => before,
        (Sees::All | Sees::UnassignedAndMine | Sees::Mine, None) => Vec::new(),
        (Sees::All | Sees::UnassignedAndMine | Sees::Mine, Some(_)) => {
            return Err(invalid("channelIds", format!("is for `sees: channels`; this person sees {sees}")));
        }
    };
    if sees == Sees::Channels {
        if channels.is_empty() || channels.len() > MOST_CHANNELS {
            return Err(invalid("channelIds", format!("expected 1 to {MOST_CHANNELS} channels")));
        }
        let known = app.store.channels(tenant).await?;
        if let Some(unknown) = channels.iter().find(|id| known.iter().all(|channel| channel.id != **id)) {
            return Err(invalid("channelIds", format!("there is no channel {unknown}")));
        }
    }
    let masks_phones = body.masks_phones.unwrap_or(user.visibility.masks_phones);
    Ok(Some(Visibility { sees, channels, masks_phones }))
}

fn role_of(text: &str) -> Result<Role, Problem> {
    text.parse()
        .map_err(|error: domain::words::UnknownWord| Problem::invalid(vec![FieldError::new("role", error.to_string())]))
}

pub(crate) fn forbidden(refused: ChangeRefused) -> Problem {
    let kind = match refused {
        ChangeRefused::OwnersAlone => Kind::Forbidden,
        ChangeRefused::LastOwner => Kind::Conflict,
    };
    Problem::new(kind, refused.to_string())
}
