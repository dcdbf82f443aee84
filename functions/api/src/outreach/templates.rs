//! Message templates, as WhatsApp last listed them.

use crate::app::App;
use crate::views::{At, PageView};
use crate::web::auth::Caller;
use crate::web::cursor::Cursors;
use crate::web::path::Id;
use crate::web::problem::Problem;
use crate::web::query::{Cursor, Limit, Query, parameters};
use axum::Json;
use axum::extract::State;
use domain::outreach::template_code::CodeParts;
use domain::outreach::template_text::{is_number, parameters as parameters_of};
use domain::outreach::templates::{
    Language, Template, TemplateButton, TemplateCard, TemplateCategory, TemplateHeader, TemplateName, TemplateParts,
    TemplateQuality, TemplateStatus,
};
use domain::{ChannelId, MediaId, TemplateId, Text, Timestamp};
use schemars::JsonSchema;
use serde::Serialize;
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
    /// The cards of a carousel.
    cards: Vec<TemplateCard>,
    /// How a one-time code is delivered. Null for other templates.
    code: Option<CodeParts>,
    /// The business's files that messages show if they name none: of the header, or of each card. Empty if messages have to
    /// name one.
    files: Vec<MediaId>,
    /// Whether messages in a language that the template does not have are sent in this one.
    is_default: bool,
    /// Whether a change is on its way to WhatsApp.
    editing: bool,
    /// Why WhatsApp did not take the last change.
    edit_problem: Option<Text>,
    /// Why the template cannot be changed now. Null if it can.
    edit_obstacle: Option<String>,
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
    /// The values of each card, in their order.
    cards: Vec<CardParametersView>,
}

/// The values that a card of a carousel needs.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "TemplateCardParameters")]
struct CardParametersView {
    /// The parameters of the text.
    body: Vec<String>,
    /// The places of the buttons that need a value, from 0.
    buttons: Vec<usize>,
}

impl CardParametersView {
    fn new(card: &TemplateCard) -> Self {
        let text = card.body.as_ref().map(Text::as_str).unwrap_or_default();
        let places = card.buttons.iter().enumerate().filter(|(_, button)| button.takes_value());
        Self {
            body: parameters_of(text).into_iter().map(str::to_owned).collect(),
            buttons: places.map(|(place, _)| place).collect(),
        }
    }
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
    pub(super) fn new(template: Template, now: Timestamp) -> Self {
        let obstacle = template.obstacle();
        let edit_obstacle = template.edit_obstacle(now);
        let TemplateParts { header, body, footer, buttons, cards, code, unsupported: _ } = template.parts;
        let names: Vec<_> = parameters_of(body.as_str()).into_iter().map(str::to_owned).collect();
        let named = names.iter().any(|name| !is_number(name));
        let places = buttons.iter().enumerate().filter(|(_, button)| button.takes_value());
        let parameters = ParametersView {
            format: if named { ParameterFormat::Named } else { ParameterFormat::Positional },
            header: header.as_ref().and_then(TemplateHeader::parameter).map(str::to_owned),
            body: names,
            buttons: places.map(|(place, _)| place).collect(),
            cards: cards.iter().map(CardParametersView::new).collect(),
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
            cards,
            buttons,
            code,
            files: template.files,
            is_default: template.is_default,
            editing: template.edits.is_pending,
            edit_problem: template.edits.refused,
            edit_obstacle,
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
    let now = app.clock.now();
    let next_cursor = page.next.map(|mark| cursors.sign(&mark));
    Ok(Json(PageView { items: page.items.into_iter().map(|one| TemplateView::new(one, now)).collect(), next_cursor }))
}

/// `GET /api/templates/{id}`: Get a message template.
pub(crate) async fn get_template(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<TemplateId>,
) -> Result<Json<TemplateView>, Problem> {
    let template = app.store.tenant(caller.tenant).template(id).await?.ok_or_else(missing)?;
    Ok(Json(TemplateView::new(template, app.clock.now())))
}

pub(super) fn missing() -> Problem {
    Problem::not_found("template")
}
