//! The business profile of a number: what customers see of the business besides its name.
//!
//! `outbound` reads it at Meta with each check, and makes the changes, since it alone opens access tokens.

use crate::app::App;
use crate::channels::channels::{connected, missing};
use crate::views::At;
use crate::web::audit::entry;
use crate::web::auth::Caller;
use crate::web::body::JsonBody;
use crate::web::path::Id;
use crate::web::problem::{FieldError, Kind, Problem};
use axum::Json;
use axum::extract::State;
use domain::access::audit::Action;
use domain::channels::business_profile::{ProfileChange, ProfileDraft};
use domain::channels::channels::CheckName;
use domain::{ChannelId, Text};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::channels::channels::Channel;

/// The business profile of a number.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "BusinessProfile")]
pub(crate) struct ProfileView {
    /// A line about the business.
    about: Option<Text>,
    /// The address of the business.
    address: Option<Text>,
    /// A description of the business.
    description: Option<Text>,
    /// The email address of the business.
    email: Option<Text>,
    /// The websites of the business, at most two.
    websites: Vec<Text>,
    /// When it was last read at Meta. Null if Meta did not show it: check the number.
    read_at: Option<At>,
    /// Whether a change is on its way to Meta. It takes a few seconds. The fields show the change already.
    saving: bool,
    /// Why Meta rejected the last change. Null if it accepted it.
    rejection: Option<ProfileRejection>,
}

/// Why Meta rejected a change of a business profile.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ProfileRejection {
    /// What Meta reports.
    detail: Text,
    /// Meta's error code. Null if Meta did not answer with an error.
    code: Option<i64>,
}

impl ProfileView {
    fn new(channel: Channel) -> Self {
        let check = channel.check;
        let rejection = check.as_ref().and_then(|check| check.result(CheckName::Profile)).filter(|result| !result.ok);
        let rejection = rejection.map(|failed| ProfileRejection { detail: failed.detail.clone(), code: failed.code });
        let read_at = check.as_ref().filter(|check| check.profile.is_some()).map(|check| At(check.at));
        let profile = check.and_then(|check| check.profile).unwrap_or_default();
        let saving = channel.profile_wanted.is_some();
        let profile = match &channel.profile_wanted {
            Some(change) => profile.changed(change),
            None => profile,
        };
        Self {
            about: profile.about,
            address: profile.address,
            description: profile.description,
            email: profile.email,
            websites: profile.websites,
            read_at,
            saving,
            rejection: rejection.filter(|_| !saving),
        }
    }
}

/// `GET /api/channels/{id}/profile`: Get the business profile of a number, as of the last check with Meta.
pub(crate) async fn get_channel_profile(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<ChannelId>,
) -> Result<Json<ProfileView>, Problem> {
    Ok(Json(ProfileView::new(connected(&app, caller, id).await?)))
}

/// A change of a business profile. Omitted fields stay as they are; an empty text or list is removed.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct ProfileBody {
    /// A line about the business, 1 to 139 characters. It cannot be removed.
    #[schemars(length(min = 1, max = 139))]
    about: Option<Text>,
    /// The address of the business, at most 256 characters.
    #[schemars(length(max = 256))]
    address: Option<Text>,
    /// A description of the business, at most 512 characters.
    #[schemars(length(max = 512))]
    description: Option<Text>,
    /// The email address of the business, at most 128 characters.
    #[schemars(length(max = 128))]
    email: Option<Text>,
    /// Up to two websites, with `https://` or `http://`.
    #[schemars(length(max = 2))]
    websites: Option<Vec<Text>>,
}

/// `PATCH /api/channels/{id}/profile` `{about, address, description, email, websites}`: Update the business profile of a
/// number. The change is sent to Meta within seconds: `saving` is then false, and `rejection` says whether Meta rejected it.
pub(crate) async fn update_channel_profile(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<ChannelId>,
    JsonBody(body): JsonBody<ProfileBody>,
) -> Result<Json<ProfileView>, Problem> {
    let ProfileBody { about, address, description, email, websites } = body;
    let change = ProfileChange::parse(ProfileDraft { about, address, description, email, websites });
    let change =
        change.map_err(|wrong| Problem::invalid(vec![FieldError::new(wrong.field(), wrong.detail().to_owned())]))?;
    let channel = connected(&app, caller, id).await?;
    let change = change.after(channel.profile_wanted.as_ref());
    let number = u64::try_from(app.clock.now().millis()).unwrap_or_default();
    let said = entry(&app, caller.by, Action::ChannelChanged, &id.to_string(), "business profile");
    let changed = app.store.tenant(caller.tenant).want_profile(&channel, number, &change, &said).await?;
    if let Some(channel) = changed {
        return Ok(Json(ProfileView::new(channel)));
    }
    app.store.tenant(caller.tenant).channel(id).await?.filter(Channel::is_connected).ok_or_else(missing)?;
    let meanwhile = "Another change of this profile was saved at the same moment. Reload it, then try again.";
    Err(Problem::new(Kind::Conflict, meanwhile))
}
