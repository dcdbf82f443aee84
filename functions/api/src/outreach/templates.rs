//! Message templates: list, create and delete them, and synchronise them with WhatsApp.

use crate::Deps;
use crate::app::App;
use crate::views::{At, PageView};
use crate::web::answers::{Accepted, Created};
use crate::web::audit::entry;
use crate::web::auth::Caller;
use crate::web::body::JsonBody;
use crate::web::cursor::Cursors;
use crate::web::openapi::describe::{Answer, Operation, Output};
use crate::web::openapi::schemas::Schemas;
use crate::web::path::Id;
use crate::web::problem::{FieldError, Kind, Problem};
use crate::web::query::{Cursor, Limit, Query, parameters};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::access::audit::Action;
use domain::inbox::outbound_template::MAX_BODY;
use domain::limits::Violation;
use domain::outreach::template_lint::{Examples, TemplateDraft};
use domain::outreach::template_text::{is_number, parameters as parameters_of};
use domain::outreach::templates::{
    Language, MAX_EDGE, Template, TemplateButton, TemplateCategory, TemplateHeader, TemplateName, TemplateParts,
    TemplateQuality, TemplateStatus,
};
use domain::{ChannelId, TemplateId, TenantId, Text};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use store::channels::channels::Channel;
use store::outreach::template_syncs::{SyncState, TemplateSync};
use store::outreach::templates::TemplateFilter;

/// A message template.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "Template")]
pub(crate) struct TemplateView {
    /// The template's ID.
    id: TemplateId,
    /// Meta's ID of the WhatsApp business account.
    account_id: String,
    /// The name.
    name: TemplateName,
    /// The language.
    language: Language,
    /// The category, which decides the price. WhatsApp may change it.
    category: TemplateCategory,
    /// The status of WhatsApp's review.
    status: TemplateStatus,
    /// WhatsApp's rating of the template.
    quality: TemplateQuality,
    /// Why WhatsApp rejected, paused or did not take the template.
    reason: Option<Text>,
    /// Whether it can be sent.
    sendable: bool,
    /// Why it cannot be sent.
    obstacle: Option<String>,
    /// The header.
    header: Option<TemplateHeader>,
    /// The body, with its parameters in double braces.
    body: Text,
    /// The footer.
    footer: Option<Text>,
    /// The buttons.
    buttons: Vec<TemplateButton>,
    /// The values that a message needs.
    parameters: ParametersView,
    /// When the template was last read from WhatsApp, or submitted.
    seen_at: At,
}

/// The values that a message from a template needs.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "TemplateParameters")]
struct ParametersView {
    /// Whether the body's parameters are numbers or names.
    format: ParameterFormat,
    /// The parameter of the text header.
    header: Option<String>,
    /// The parameters of the body.
    body: Vec<String>,
    /// The places of the buttons that need a value, from 0.
    buttons: Vec<usize>,
}

/// Whether parameters are numbers or names.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum ParameterFormat {
    /// `{{1}}`.
    Positional,
    /// `{{first_name}}`.
    Named,
}

impl TemplateView {
    fn new(template: Template) -> Self {
        let obstacle = template.obstacle();
        let TemplateParts { header, body, footer, buttons, .. } = template.parts;
        let names: Vec<_> = parameters_of(body.as_str()).into_iter().map(str::to_owned).collect();
        let named = names.iter().any(|name| !is_number(name));
        let places = buttons.iter().enumerate().filter(|(_, button)| button.takes_value());
        let parameters = ParametersView {
            format: if named { ParameterFormat::Named } else { ParameterFormat::Positional },
            header: header.as_ref().and_then(TemplateHeader::parameter).map(str::to_owned),
            body: names,
            buttons: places.map(|(place, _)| place).collect(),
        };
        Self {
            id: template.id,
            account_id: template.account,
            name: template.name,
            language: template.language,
            category: template.category,
            status: template.status,
            quality: template.quality,
            reason: template.reason,
            sendable: obstacle.is_none(),
            obstacle,
            header,
            body,
            footer,
            buttons,
            parameters,
            seen_at: At(template.seen),
        }
    }
}

parameters! {
    /// The templates to list.
    TemplatesQuery {
        /// Only templates whose name contains this.
        name = "name": Option<String>,
        /// Only templates of this status.
        status = "status": Option<TemplateStatus>,
        /// Only templates in this language.
        language = "language": Option<Language>,
        /// Only templates that this channel can send.
        channel = "channelId": Option<ChannelId>,
        /// The page size.
        limit = "limit": Limit<50>,
        /// The `nextCursor` of the previous page.
        cursor = "cursor": Option<Cursor>,
    }
}

/// `GET /api/templates?name=&status=&language=&channelId=&limit=&cursor=`: List message templates by name and language.
/// They are as WhatsApp last listed them. A page may be short although more follow: go on while there is a `nextCursor`.
pub(crate) async fn list_templates(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<TemplatesQuery>,
) -> Result<Json<PageView<TemplateView>>, Problem> {
    let TemplatesQuery { name, status, language, channel, limit, cursor } = query;
    let account = match channel {
        Some(id) => Some(app.store.tenant(caller.tenant).channel(id).await?.ok_or_else(Problem::no_such_channel)?.waba),
        None => None,
    };
    let name = name.map(|name| name.to_lowercase().replace([' ', '-'], "_"));
    let filter = TemplateFilter { account, status, language, name };
    let cursors = Cursors::for_list(&app, caller.tenant, format!("templates {filter:?}"));
    let above = cursors.mark(cursor.as_ref(), "cursor")?;
    let page = app.store.tenant(caller.tenant).templates(&filter, above, limit.0).await?;
    let next_cursor = page.next.map(|mark| cursors.sign(&mark));
    Ok(Json(PageView { items: page.items.into_iter().map(TemplateView::new).collect(), next_cursor }))
}

/// `GET /api/templates/{id}`: Get a message template.
pub(crate) async fn get_template(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<TemplateId>,
) -> Result<Json<TemplateView>, Problem> {
    let template = app.store.tenant(caller.tenant).template(id).await?.ok_or_else(missing)?;
    Ok(Json(TemplateView::new(template)))
}

/// A template to create.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schemars(rename = "NewTemplate")]
pub(crate) struct TemplateBody {
    /// The channel whose account gets the template. Optional if all channels belong to one account.
    channel_id: Option<ChannelId>,
    /// The name.
    #[schemars(with = "TemplateName")]
    name: String,
    /// The language.
    #[schemars(with = "Language")]
    language: String,
    /// The category: `marketing` or `utility`.
    category: TemplateCategory,
    /// The header: a line of text, or a location.
    header: Option<TemplateHeader>,
    /// The body. Its parameters are numbers, `{{1}}`, or names, `{{first_name}}`.
    #[schemars(length(min = 1, max = MAX_BODY))]
    body: Text,
    /// The footer.
    #[schemars(length(min = 1, max = MAX_EDGE))]
    footer: Option<Text>,
    /// Up to ten buttons.
    #[serde(default)]
    #[schemars(length(max = 10))]
    buttons: Vec<TemplateButton>,
    /// A sample of each value, for WhatsApp's reviewers.
    #[serde(default)]
    examples: ExamplesBody,
}

/// A sample of each value, for WhatsApp's reviewers.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(rename = "TemplateExamples")]
struct ExamplesBody {
    /// Of the text header's parameter.
    header: Option<Text>,
    /// Of the body's parameters, by name or number.
    body: BTreeMap<String, Text>,
    /// Of buttons, by their place from 0.
    buttons: BTreeMap<String, Text>,
}

/// `POST /api/templates`: Create a message template, and submit it to WhatsApp for review. It is checked by WhatsApp's rules
/// first; an error names the field. The review takes from a minute to a day. The status changes by itself.
pub(crate) async fn create_template(
    State(app): State<App>,
    caller: Caller,
    JsonBody(body): JsonBody<TemplateBody>,
) -> Result<Created<TemplateView>, Problem> {
    let TemplateBody { channel_id, name, language, category, header, body, footer, buttons, examples } = body;
    let ExamplesBody { header: header_sample, body: body_samples, buttons: button_samples } = examples;
    let draft = TemplateDraft {
        name,
        language,
        category,
        parts: TemplateParts { header, body, footer, buttons, unsupported: Vec::new() },
        examples: Examples { header: header_sample, body: body_samples, buttons: button_samples },
    };
    let new = draft.lint().map_err(|errors| Problem::invalid(errors.iter().map(field_error).collect()))?;
    let channel = channel(&app, caller.tenant, channel_id).await?;
    let id = TemplateId::for_name(&channel.waba, new.name.as_str(), new.language.as_str());
    let entry = entry(&app, caller.by, Action::TemplateCreated, &id.to_string(), "submitted for review");
    if !app.store.tenant(caller.tenant).create_template(&channel.waba, channel.id, &new, &entry).await? {
        let detail = "The account has a template with this name in this language. Choose another name or language.";
        return Err(Problem::field(Kind::Conflict, "name", detail));
    }
    let template = app.store.tenant(caller.tenant).template(id).await?.ok_or_else(missing)?;
    Ok(Created(TemplateView::new(template)))
}

fn field_error(violation: &Violation) -> FieldError {
    FieldError::new(violation.field(), violation.detail())
}

/// The channel that is named; or any, if all belong to one account.
async fn channel(deps: &Deps, tenant: TenantId, asked: Option<ChannelId>) -> Result<Channel, Problem> {
    let channels = deps.store.tenant(tenant).channels().await?;
    if channels.is_empty() {
        return Err(Problem::not_connected());
    }
    if let Some(asked) = asked {
        return channels.into_iter().find(|channel| channel.id == asked).ok_or_else(Problem::no_such_channel);
    }
    let accounts: BTreeSet<_> = channels.iter().map(|channel| channel.waba.clone()).collect();
    match (accounts.len(), channels.into_iter().next()) {
        (1, Some(channel)) => Ok(channel),
        (_, _) => {
            let detail = "The channels belong to several accounts. Name the channel whose account gets the template.";
            Err(Problem::invalid(vec![FieldError::new("channelId", detail)]))
        }
    }
}

/// `DELETE /api/templates/{id}`: Delete a message template in its language. WhatsApp deletes it within a minute, and blocks the
/// name of an approved template for 30 days.
pub(crate) async fn delete_template(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<TemplateId>,
) -> Result<Accepted, Problem> {
    let template = app.store.tenant(caller.tenant).template(id).await?.ok_or_else(missing)?;
    match template.status {
        TemplateStatus::Deleting | TemplateStatus::PendingDeletion | TemplateStatus::Deleted => return Ok(Accepted),
        TemplateStatus::Submitting => return Err(busy()),
        TemplateStatus::NotSubmitted
        | TemplateStatus::Pending
        | TemplateStatus::Approved
        | TemplateStatus::Rejected
        | TemplateStatus::Paused
        | TemplateStatus::Disabled
        | TemplateStatus::InAppeal
        | TemplateStatus::LimitExceeded
        | TemplateStatus::Archived
        | TemplateStatus::Other => {}
    }
    let channels = app.store.tenant(caller.tenant).channels().await?;
    let channel = channels.iter().find(|channel| channel.waba == template.account);
    let Some(channel) = channel else {
        let detail = "No channel of this template's account is connected. Connect one to delete the template.";
        return Err(Problem::new(Kind::Conflict, detail));
    };
    let detail = format!("{} in {}", template.name, template.language);
    let entry = entry(&app, caller.by, Action::TemplateDeleted, &id.to_string(), &detail);
    if app.store.tenant(caller.tenant).delete_template(&template, channel.id, &entry).await? {
        Ok(Accepted)
    } else {
        Err(busy())
    }
}

fn busy() -> Problem {
    Problem::new(Kind::Conflict, "The template is being submitted or changed. Try again in a minute.")
}

/// How far an account's templates were read from WhatsApp.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "TemplateSync")]
pub(crate) struct SyncView {
    /// The channel whose access token reads them.
    channel_id: ChannelId,
    /// How far the synchronisation is.
    state: SyncStateView,
    /// How many templates were read.
    count: u32,
    /// When it began.
    started_at: At,
    /// When it ended. Null while it runs.
    ended_at: Option<At>,
    /// Why it failed.
    problem: Option<Text>,
}

/// How far a synchronisation is.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "TemplateSyncState")]
enum SyncStateView {
    /// Templates are being read.
    Running,
    /// All templates were read.
    Done,
    /// WhatsApp did not list them.
    Failed,
}

impl SyncView {
    fn new(sync: TemplateSync) -> Self {
        Self {
            channel_id: sync.channel,
            state: match sync.state {
                SyncState::Running => SyncStateView::Running,
                SyncState::Done => SyncStateView::Done,
                SyncState::Failed => SyncStateView::Failed,
            },
            count: sync.count,
            started_at: At(sync.began),
            ended_at: sync.ended.map(At),
            problem: sync.problem,
        }
    }
}

/// A synchronisation that has begun.
pub(crate) struct Begun(Json<PageView<SyncView>>);

impl IntoResponse for Begun {
    fn into_response(self) -> Response {
        (StatusCode::ACCEPTED, self.0).into_response()
    }
}

impl Output for Begun {
    fn describe(operation: &mut Operation, schemas: &mut Schemas) {
        operation.answers.insert(202, Answer::json::<PageView<SyncView>>("Started.", schemas));
    }
}

/// `POST /api/templates/sync`: Read the templates of every account from WhatsApp anew. It also happens once a day, and when
/// WhatsApp reports a change. Follow it with `GET /api/templates/sync`.
pub(crate) async fn start_template_sync(State(app): State<App>, caller: Caller) -> Result<Begun, Problem> {
    let channels = app.store.tenant(caller.tenant).channels().await?;
    if channels.is_empty() {
        return Err(Problem::not_connected());
    }
    let mut accounts = BTreeMap::new();
    for channel in &channels {
        accounts.entry(channel.waba.as_str()).or_insert(channel.id);
    }
    let now = app.clock.now();
    for (account, first) in accounts {
        // Webhooks name the account alone, and are led to this channel.
        let route = app.store.account_route(account).await?.map(|route| route.channel);
        let routed = route.filter(|route| channels.iter().any(|channel| channel.id == *route));
        app.store.tenant(caller.tenant).begin_template_sync(routed.unwrap_or(first), None, now).await?;
    }
    syncs(&app, caller.tenant).await.map(|syncs| Begun(Json(syncs)))
}

/// `GET /api/templates/sync`: Get the progress of the synchronisation, for each account. All of them are on one page.
pub(crate) async fn get_template_sync(
    State(app): State<App>,
    caller: Caller,
) -> Result<Json<PageView<SyncView>>, Problem> {
    syncs(&app, caller.tenant).await.map(Json)
}

async fn syncs(deps: &Deps, tenant: TenantId) -> Result<PageView<SyncView>, Problem> {
    let syncs = deps.store.tenant(tenant).template_syncs().await?;
    Ok(PageView { items: syncs.into_iter().map(SyncView::new).collect(), next_cursor: None })
}

fn missing() -> Problem {
    Problem::not_found("template")
}
