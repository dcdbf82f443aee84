//! What customers meet at a number besides its messages: short links, conversation starters, flows and calls; and whether
//! the number's webhooks are posted here whatever the app's dashboard says.
//!
//! Meta keeps all of it. A job reads it and makes the changes, since `api` opens no access tokens.

use crate::app::App;
use crate::channels::channels::{connected, missing};
use crate::channels::sessions::picture;
use crate::views::At;
use crate::web::answers::Accepted;
use crate::web::audit::entry;
use crate::web::auth::Caller;
use crate::web::body::JsonBody;
use crate::web::openapi::describe::{Input, Operation};
use crate::web::openapi::schemas::Schemas;
use crate::web::path::Id;
use crate::web::problem::{FieldError, Kind, Problem};
use crate::web::uploads;
use axum::Json;
use axum::extract::{FromRequestParts, Path, State};
use axum::http::request::Parts;
use domain::access::audit::Action;
use domain::access::tenants::TimeZone;
use domain::channels::number_setup::{
    CallSettings, Callback, ConversationStarters, PublishedFlow, SetupChange, SetupState, is_link_code, link_message,
};
use domain::inbox::outbound_media::MediaKind;
use domain::limits::Violation;
use domain::{ChannelId, MediaId, Secret, Text};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::channels::channels::Channel;

/// What customers meet at a number besides its messages.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "NumberSetup")]
pub(crate) struct SetupView {
    /// Short links that open a chat with the number.
    links: Vec<LinkView>,
    /// What customers can tap or type before they have written.
    starters: ConversationStarters,
    /// The published flows of the account. A button of a message or template opens one by its ID.
    flows: Vec<PublishedFlow>,
    /// Whether and when customers can call. Null if Meta does not offer calls for this number.
    calls: Option<CallSettings>,
    /// The address to which Meta posts the number's messages. Null if Meta did not say it.
    posted_to: Option<String>,
    /// Whether that is an address of the number's own, which comes before that of the app.
    own_callback: bool,
    /// When Meta was last asked. Null if it never was.
    read_at: Option<At>,
    /// Whether a change is on its way to Meta. It takes a few seconds.
    saving: bool,
    /// Why Meta did not make the last change.
    problem: Option<Text>,
}

/// A short link that opens a chat with a number.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "NumberLink")]
struct LinkView {
    /// Meta's code of the link.
    code: String,
    /// The message that the customer sends first.
    message: Text,
    /// The link.
    url: String,
    /// The link as a QR code: a data URL that an `<img>` shows.
    qr: String,
}

impl SetupView {
    fn new(state: SetupState) -> Result<Self, Problem> {
        let SetupState { setup, read, wanted, problem, .. } = state;
        let setup = setup.unwrap_or_default();
        let links = setup.links.into_iter().map(|link| {
            let qr = picture(&link.url)?;
            Ok::<_, Problem>(LinkView { code: link.code, message: link.message, url: link.url, qr })
        });
        Ok(Self {
            links: links.collect::<Result<_, Problem>>()?,
            starters: setup.starters,
            flows: setup.flows,
            calls: setup.calls,
            posted_to: setup.callbacks.of_messages().map(str::to_owned),
            own_callback: setup.callbacks.number.is_some(),
            read_at: read.map(At),
            saving: wanted.is_some(),
            problem,
        })
    }
}

/// `GET /api/channels/{id}/setup`: Get a number's short links, conversation starters, flows, calls and callback address, as
/// Meta said them last.
pub(crate) async fn get_channel_setup(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<ChannelId>,
) -> Result<Json<SetupView>, Problem> {
    connected(&app, caller, id).await?;
    Ok(Json(SetupView::new(app.store.tenant(caller.tenant).number_setup(id).await?)?))
}

/// `POST /api/channels/{id}/setup/refresh`: Ask Meta for a number's short links, conversation starters, flows, calls and
/// callback address. They follow within seconds: `saving` is then false.
pub(crate) async fn refresh_channel_setup(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<ChannelId>,
) -> Result<Json<SetupView>, Problem> {
    connected(&app, caller, id).await?;
    let now = app.clock.now();
    let store = app.store.tenant(caller.tenant);
    let state = match store.want_setup(id, &SetupChange::Read, None, now).await? {
        Some(state) => state,
        // A change is under way, and Meta is asked after it.
        None => store.number_setup(id).await?,
    };
    Ok(Json(SetupView::new(state)?))
}

/// A change of what customers meet at a number. One at a time.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schemars(rename = "NumberSetupChange")]
pub(crate) struct SetupBody {
    /// All questions and commands.
    starters: Option<ConversationStarters>,
    /// Whether and when customers can call.
    calls: Option<CallSettings>,
    /// Whether the number's webhooks are posted to this installation by an address of the number's own. Use it where the
    /// app's dashboard names another one.
    own_callback: Option<bool>,
    /// `true` to import the address book and the past messages of the phone that the number is in use on. It happens by
    /// itself when a phone is linked. Meta takes it once, within 24 hours.
    import_phone: Option<bool>,
    /// The picture of the business profile: the ID of an uploaded JPEG or PNG.
    picture: Option<MediaId>,
}

/// `PATCH /api/channels/{id}/setup` `{starters | calls | ownCallback | picture | importPhone}`: Change a number's conversation
/// starters, its calls or its callback address, or import its phone. Meta makes the change within seconds: `saving` is then false, and `problem` says why it did not.
pub(crate) async fn update_channel_setup(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<ChannelId>,
    JsonBody(body): JsonBody<SetupBody>,
) -> Result<Json<SetupView>, Problem> {
    let given = [
        body.starters.is_some(),
        body.calls.is_some(),
        body.own_callback.is_some(),
        body.import_phone == Some(true),
        body.picture.is_some(),
    ];
    if given.into_iter().filter(|is_given| *is_given).count() != 1 {
        let detail = "Send one of starters, calls, ownCallback, picture and importPhone: true.";
        return Err(Problem::invalid(vec![FieldError::new("starters", detail)]));
    }
    let SetupBody { starters, calls, own_callback, import_phone: _, picture } = body;
    let (change, detail) = if let Some(starters) = starters {
        starters.check().map_err(|errors| invalid("starters", errors))?;
        (SetupChange::SetStarters(starters), "conversation starters")
    } else if let Some(calls) = calls {
        let is_zone = |zone: &str| TimeZone::parse(zone).is_ok();
        calls.check(is_zone).map_err(|errors| invalid("calls", errors))?;
        (SetupChange::SetCalls(calls), "calls")
    } else if let Some(is_own) = own_callback {
        let channel = connected(&app, caller, id).await?;
        let callback = if is_own { Some(callback(&app, &channel)?) } else { None };
        (SetupChange::SetCallback(callback), "callback address")
    } else if let Some(picture) = picture {
        connected(&app, caller, id).await?;
        uploads::check_own(&app, caller.tenant, picture, MediaKind::Image, "picture").await?;
        (SetupChange::SetPicture(picture), "profile picture")
    } else {
        (SetupChange::ImportPhone, "phone imported")
    };
    want(&app, caller, id, &change, detail).await.map(Json)
}

/// This installation's address with the number's own verify token.
fn callback(app: &App, channel: &Channel) -> Result<Callback, Problem> {
    let wrong = |detail: String| Problem::invalid(vec![FieldError::new("ownCallback", detail)]);
    let token = channel.verify_token.as_ref();
    let token = token.ok_or_else(|| {
        wrong("The number uses the application's verify token. Disconnect it and connect it again.".to_owned())
    })?;
    Callback::new(&app.edge.webhook_url, &Secret::new(token.expose())).map_err(wrong)
}

/// A short link to make or change.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schemars(rename = "NumberLinkBody")]
pub(crate) struct LinkBody {
    /// The message that the customer sends first.
    #[schemars(length(min = 1, max = 140))]
    message: Text,
}

impl LinkBody {
    fn read(self) -> Result<Text, Problem> {
        link_message(&self.message)
            .map_err(|error| Problem::invalid(vec![FieldError::new(error.field(), error.detail())]))?;
        Ok(self.message)
    }
}

/// `POST /api/channels/{id}/links` `{message}`: Create a short link with a first message, and its QR code. Meta makes it
/// within seconds. A link with the same message stays the only one.
pub(crate) async fn create_channel_link(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<ChannelId>,
    JsonBody(body): JsonBody<LinkBody>,
) -> Result<Json<SetupView>, Problem> {
    let change = SetupChange::AddLink(body.read()?);
    want(&app, caller, id, &change, "short link created").await.map(Json)
}

/// `PATCH /api/channels/{id}/links/{code}` `{message}`: Change the first message of a short link. The link stays the same.
pub(crate) async fn update_channel_link(
    State(app): State<App>,
    caller: Caller,
    path: LinkPath,
    JsonBody(body): JsonBody<LinkBody>,
) -> Result<Json<SetupView>, Problem> {
    let message = body.read()?;
    path.exists(&app, caller).await?;
    let change = SetupChange::ChangeLink { code: path.code, message };
    want(&app, caller, path.channel, &change, "short link changed").await.map(Json)
}

/// `DELETE /api/channels/{id}/links/{code}`: Delete a short link. Printed QR codes of it stop working.
pub(crate) async fn delete_channel_link(
    State(app): State<App>,
    caller: Caller,
    path: LinkPath,
) -> Result<Accepted, Problem> {
    path.exists(&app, caller).await?;
    let change = SetupChange::RemoveLink(path.code.clone());
    want(&app, caller, path.channel, &change, "short link deleted").await?;
    Ok(Accepted)
}

/// The channel and the code of a short link in the path.
#[derive(Clone, Debug)]
pub(crate) struct LinkPath {
    channel: ChannelId,
    code: String,
}

impl LinkPath {
    /// Refuses a link that Meta did not list.
    async fn exists(&self, app: &App, caller: Caller) -> Result<(), Problem> {
        connected(app, caller, self.channel).await?;
        let setup = app.store.tenant(caller.tenant).number_setup(self.channel).await?.setup.unwrap_or_default();
        if setup.links.iter().any(|link| link.code == self.code) {
            return Ok(());
        }
        Err(Problem::not_found("short link"))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for LinkPath {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let both = Path::<(String, String)>::from_request_parts(parts, state).await.ok();
        let read = both.and_then(|Path((channel, code))| Some((channel.parse().ok()?, code)));
        let read = read.filter(|(_, code)| is_link_code(code));
        let (channel, code) = read.ok_or_else(|| Problem::not_found("short link"))?;
        Ok(Self { channel, code })
    }
}

impl Input for LinkPath {
    fn describe(operation: &mut Operation, schemas: &mut Schemas) {
        let channel = schemas.taken::<ChannelId>();
        let code = json!({ "type": "string", "pattern": "^[A-Za-z0-9]{1,64}$" });
        for (name, schema) in [("id", channel), ("code", code)] {
            operation.parameters.push(json!({ "name": name, "in": "path", "required": true, "schema": schema }));
        }
        operation.problems.insert(Kind::NotFound);
    }
}

/// Has Meta make `change`.
async fn want(
    app: &App,
    caller: Caller,
    id: ChannelId,
    change: &SetupChange,
    detail: &str,
) -> Result<SetupView, Problem> {
    connected(app, caller, id).await?;
    let said = entry(app, caller.by, Action::ChannelChanged, &id.to_string(), detail);
    let store = app.store.tenant(caller.tenant);
    if let Some(state) = store.want_setup(id, change, Some(&said), app.clock.now()).await? {
        return SetupView::new(state);
    }
    store.channel(id).await?.filter(Channel::is_connected).ok_or_else(missing)?;
    let meanwhile = "Another change of this number is on its way to Meta. Try again in a few seconds.";
    Err(Problem::new(Kind::Conflict, meanwhile))
}

fn invalid(under: &str, errors: Vec<Violation>) -> Problem {
    let field = |violation: Violation| {
        let violation = violation.under(under);
        FieldError::new(violation.field(), violation.detail())
    };
    Problem::invalid(errors.into_iter().map(field).collect())
}
