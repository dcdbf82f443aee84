//! Creating, changing and deleting message templates. WhatsApp reviews what is created and changed; a job asks it.

use crate::Deps;
use crate::app::App;
use crate::outreach::templates::{TemplateView, missing};
use crate::web::answers::{Accepted, Created};
use crate::web::audit::entry;
use crate::web::auth::Caller;
use crate::web::body::{JsonBody, given};
use crate::web::path::Id;
use crate::web::problem::{FieldError, Kind, Problem};
use crate::web::uploads;
use axum::Json;
use axum::extract::State;
use domain::access::audit::Action;
use domain::inbox::outbound_template::MAX_BODY;
use domain::limits::Violation;
use domain::outreach::template_code::CodeParts;
use domain::outreach::template_lint::{CardExamples, Examples, NewTemplate, TemplateDraft, TemplateEdit};
use domain::outreach::templates::{
    Language, MAX_EDGE, Template, TemplateButton, TemplateCard, TemplateCategory, TemplateHeader, TemplateName,
    TemplateParts, TemplateStatus,
};
use domain::{ChannelId, MediaId, TemplateId, TenantId, Text};
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use store::channels::channels::Channel;

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
    /// The category: `marketing`, `utility`, or `authentication` for one-time codes.
    category: TemplateCategory,
    /// The header.
    header: Option<TemplateHeader>,
    /// The uploaded file that the header shows, to the reviewers and in every message that names no other.
    header_file: Option<MediaId>,
    /// The body. Its parameters are numbers, `{{1}}`, or names, `{{first_name}}`. WhatsApp writes that of one-time codes.
    #[serde(default)]
    #[schemars(length(max = MAX_BODY))]
    body: Text,
    /// The footer.
    #[schemars(length(min = 1, max = MAX_EDGE))]
    footer: Option<Text>,
    /// Up to ten buttons.
    #[serde(default)]
    #[schemars(length(max = 10))]
    buttons: Vec<TemplateButton>,
    /// The cards of a carousel, two to ten.
    #[serde(default)]
    #[schemars(length(max = 10))]
    cards: Vec<TemplateCard>,
    /// The uploaded file of each card.
    #[serde(default)]
    #[schemars(length(max = 10))]
    card_files: Vec<MediaId>,
    /// How a one-time code is delivered. Needed for the category `authentication`.
    code: Option<CodeParts>,
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
    /// Of the cards, in their order.
    cards: Vec<CardExamples>,
}

impl ExamplesBody {
    fn examples(self) -> Examples {
        let Self { header, body, buttons, cards } = self;
        Examples { header, body, buttons, cards }
    }
}

/// `POST /api/templates`: Create a message template, and submit it to WhatsApp for review. It is checked by WhatsApp's rules
/// first; an error names the field. The review takes from a minute to a day. The status changes by itself.
pub(crate) async fn create_template(
    State(app): State<App>,
    caller: Caller,
    JsonBody(body): JsonBody<TemplateBody>,
) -> Result<Created<TemplateView>, Problem> {
    let TemplateBody { channel_id, name, language, category, header, header_file, .. } = body;
    let files = if body.cards.is_empty() { header_file.into_iter().collect() } else { body.card_files.clone() };
    let draft = TemplateDraft {
        name,
        language,
        category,
        parts: TemplateParts {
            header,
            body: body.body,
            footer: body.footer,
            buttons: body.buttons,
            cards: body.cards,
            code: body.code,
            unsupported: Vec::new(),
        },
        examples: body.examples.examples(),
        files,
    };
    let new = draft.lint().map_err(|errors| Problem::invalid(errors.iter().map(field_error).collect()))?;
    check_files(&app, caller, &new.parts, &new.files).await?;
    let channel = channel(&app, caller.tenant, channel_id).await?;
    let id = TemplateId::for_name(&channel.waba, new.name.as_str(), new.language.as_str());
    let entry = entry(&app, caller.by, Action::TemplateCreated, &id.to_string(), "submitted for review");
    if !app.store.tenant(caller.tenant).create_template(&channel.waba, channel.id, &new, &entry).await? {
        let detail = "The account has a template with this name in this language. Choose another name or language.";
        return Err(Problem::field(Kind::Conflict, "name", detail));
    }
    let template = app.store.tenant(caller.tenant).template(id).await?.ok_or_else(missing)?;
    Ok(Created(TemplateView::new(template, app.clock.now())))
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

/// A change of a template. Omitted fields stay as they are; null removes a part.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "camelCase")]
#[schemars(rename = "TemplateChange")]
pub(crate) struct TemplateChangeBody {
    /// Whether messages in a language that the template does not have are sent in this one.
    is_default: Option<bool>,
    /// The category. That of an approved template cannot be changed.
    category: Option<TemplateCategory>,
    /// The header.
    #[serde(deserialize_with = "given")]
    #[schemars(with = "Option<TemplateHeader>")]
    header: Option<Option<TemplateHeader>>,
    /// The uploaded file that the header shows.
    header_file: Option<MediaId>,
    /// The body.
    #[schemars(length(max = MAX_BODY))]
    body: Option<Text>,
    /// The footer.
    #[serde(deserialize_with = "given")]
    #[schemars(with = "Option<Text>", length(min = 1, max = MAX_EDGE))]
    footer: Option<Option<Text>>,
    /// All buttons.
    #[schemars(length(max = 10))]
    buttons: Option<Vec<TemplateButton>>,
    /// All cards of the carousel.
    #[schemars(length(max = 10))]
    cards: Option<Vec<TemplateCard>>,
    /// The uploaded file of each card.
    #[schemars(length(max = 10))]
    card_files: Option<Vec<MediaId>>,
    /// How a one-time code is delivered.
    code: Option<CodeParts>,
    /// A sample of each value, for WhatsApp's reviewers.
    examples: ExamplesBody,
}

impl TemplateChangeBody {
    /// Whether WhatsApp has to review the change.
    const fn changes_content(&self) -> bool {
        self.category.is_some()
            || self.header.is_some()
            || self.body.is_some()
            || self.footer.is_some()
            || self.buttons.is_some()
            || self.cards.is_some()
            || self.code.is_some()
    }

    /// The files that are named; none if they stay.
    fn files(&self) -> Option<Vec<MediaId>> {
        self.card_files.clone().or_else(|| self.header_file.map(|file| vec![file]))
    }

    /// The template as it is to be.
    fn draft(self, template: &Template) -> TemplateDraft {
        let files = self.files();
        let before = template.parts.clone();
        let parts = TemplateParts {
            header: self.header.unwrap_or(before.header),
            body: self.body.unwrap_or(before.body),
            footer: self.footer.unwrap_or(before.footer),
            buttons: self.buttons.unwrap_or(before.buttons),
            cards: self.cards.unwrap_or(before.cards),
            code: None,
            unsupported: Vec::new(),
        };
        // WhatsApp writes the text of one-time codes.
        let parts = match self.code.or(before.code) {
            Some(code) => TemplateParts { code: Some(code), ..TemplateParts::default() },
            None => parts,
        };
        let stays = parts.file_kinds() == template.parts.file_kinds();
        TemplateDraft {
            name: template.name.to_string(),
            language: template.language.to_string(),
            category: self.category.unwrap_or(template.category),
            files: files.unwrap_or_else(|| if stays { template.files.clone() } else { Vec::new() }),
            parts,
            examples: self.examples.examples(),
        }
    }
}

/// `PATCH /api/templates/{id}` `{header, headerFile, body, footer, buttons, cards, cardFiles, code, category, examples,
/// isDefault}`: Change a message template. WhatsApp reviews a change of its content. It takes one change of an approved
/// template a day, and ten in 30 days; rejected and paused templates can be changed at any time. Files and `isDefault` are
/// changed here alone. `editing` is false, and `editProblem` null, once WhatsApp has the change.
pub(crate) async fn update_template(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<TemplateId>,
    JsonBody(body): JsonBody<TemplateChangeBody>,
) -> Result<Json<TemplateView>, Problem> {
    let store = app.store.tenant(caller.tenant);
    let now = app.clock.now();
    let read =
        async || store.template(id).await?.filter(|one| one.status != TemplateStatus::Deleted).ok_or_else(missing);
    let template = read().await?;
    let (is_default, files) = (body.is_default, body.files());
    if !body.changes_content() && is_default.is_none() && files.is_none() {
        let nothing = "Send the parts to change, headerFile, cardFiles or isDefault.";
        return Err(Problem::invalid(vec![FieldError::new("body", nothing)]));
    }
    let said = |detail: &str| entry(&app, caller.by, Action::TemplateChanged, &id.to_string(), detail);
    if body.changes_content() {
        if template.status == TemplateStatus::Approved && body.category.is_some_and(|one| one != template.category) {
            let detail = "The category of an approved template cannot be changed. Create another template.";
            return Err(Problem::field(Kind::Conflict, "category", detail));
        }
        let draft = body.draft(&template);
        let new = draft.lint().map_err(|errors| Problem::invalid(errors.iter().map(field_error).collect()))?;
        if let Some(obstacle) = template.edit_obstacle(now) {
            return Err(Problem::new(Kind::Conflict, obstacle));
        }
        check_files(&app, caller, &new.parts, &new.files).await?;
        let channel = channel_of(&app, caller, &template).await?;
        let NewTemplate { category, parts, examples, files, .. } = new;
        let edit = TemplateEdit { category, parts, examples, files };
        if !store.edit_template(&template, channel.id, edit, &said("submitted for review")).await? {
            return Err(busy());
        }
    } else if let Some(files) = files {
        let wanted = template.parts.file_kinds().len();
        if files.len() != wanted {
            let field = if template.parts.cards.is_empty() { "headerFile" } else { "cardFiles" };
            let detail = format!("names {} files; the template shows {wanted}", files.len());
            return Err(Problem::invalid(vec![FieldError::new(field, detail)]));
        }
        check_files(&app, caller, &template.parts, &files).await?;
        if !store.set_template_files(id, &files, &said("files")).await? {
            return Err(missing());
        }
    }
    if let Some(is_default) = is_default {
        let detail = if is_default { "default language" } else { "no longer the default language" };
        if !store.set_default_template(&template, is_default, &said(detail)).await? {
            return Err(busy());
        }
    }
    Ok(Json(TemplateView::new(read().await?, now)))
}

/// Refuses files that headers cannot show: of another type, or whose bytes have not arrived.
async fn check_files(app: &App, caller: Caller, parts: &TemplateParts, files: &[MediaId]) -> Result<(), Problem> {
    for (place, (id, kind)) in files.iter().zip(parts.file_kinds()).enumerate() {
        let field = if parts.cards.is_empty() { "headerFile".to_owned() } else { format!("cardFiles[{place}]") };
        uploads::check_own(app, caller.tenant, *id, kind, &field).await?;
    }
    Ok(())
}

/// A channel of the template's account, whose token changes it.
async fn channel_of(app: &App, caller: Caller, template: &Template) -> Result<Channel, Problem> {
    let channels = app.store.tenant(caller.tenant).channels().await?;
    channels.into_iter().find(|channel| channel.waba == template.account).ok_or_else(|| {
        let detail = "No channel of this template's account is connected. Connect one to change the template.";
        Problem::new(Kind::Conflict, detail)
    })
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
    let channel = channel_of(&app, caller, &template).await?;
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
