//! Exports of leads and of their messages, as CSV or JSON.

use super::jobs;
use crate::Deps;
use crate::app::App;
use crate::views::{At, PageView};
use crate::web::answers::Accepting;
use crate::web::audit::entry;
use crate::web::auth::{Caller, Viewing};
use crate::web::body::JsonBody;
use crate::web::cursor::Cursors;
use crate::web::file_links::{Elsewhere, Ticket};
use crate::web::idempotency_key::IdempotencyKey;
use crate::web::path::Id;
use crate::web::problem::{FieldError, Kind, Problem};
use crate::web::query::{Cursor, Limit, Query, parameters};
use axum::Json;
use axum::extract::State;
use domain::access::audit::Action;
use domain::access::visibility::{Assignee, Viewer};
use domain::crm::exports::{ExportFormat, ExportOrder, ExportProgress, Exported};
use domain::crm::lead_details::Tag;
use domain::crm::leads::Source;
use domain::crm::long_jobs::{JobKind, JobState, LongJob};
use domain::crm::selections::{LeadFilter, MOST_NAMED, Selection, Whose};
use domain::ids::LongJobId;
use domain::stages::Stage;
use domain::{Actor, LeadId, Text, UserId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The leads to export.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct ExportBody {
    /// The data to export. Defaults to `leads`.
    #[schemars(with = "Option<Exported>")]
    what: Option<String>,
    /// The format. Defaults to `csv`.
    #[schemars(with = "Option<ExportFormat>")]
    format: Option<String>,
    /// Only these leads. Leave it out for all that match `filter`.
    #[schemars(with = "Option<Vec<LeadId>>", length(min = 1, max = MOST_NAMED))]
    lead_ids: Option<Vec<String>>,
    /// Only leads that match. Leave it out for all leads.
    filter: Option<FilterBody>,
}

/// The leads that are meant.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase", default)]
#[schemars(rename = "LeadSelection")]
pub(crate) struct FilterBody {
    /// Only leads in these stages.
    #[schemars(with = "Option<Vec<Stage>>")]
    stages: Option<Vec<String>>,
    /// Only leads of this owner: a user's ID, `me` for your own, or `none` for leads without an owner.
    owner: Option<String>,
    /// Only leads with this tag.
    #[schemars(with = "Option<Tag>")]
    tag: Option<String>,
    /// Only leads from this source.
    #[schemars(with = "Option<Source>")]
    source: Option<String>,
}

/// A file of an export.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ExportFile")]
struct FileView {
    /// Where the file can be downloaded. The link needs no token.
    url: String,
    /// The size in bytes.
    size: u64,
}

/// An export.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "Export")]
pub(crate) struct ExportView {
    /// The export's ID.
    id: LongJobId,
    /// The state of the job.
    state: JobState,
    /// The exported data.
    what: Exported,
    /// The format.
    format: ExportFormat,
    /// Who began it.
    by: Actor,
    /// The number of leads. Null until they are counted.
    leads: Option<usize>,
    /// The number of leads that are written.
    leads_done: usize,
    /// The number of rows that are written.
    rows: usize,
    /// The files: one, or several of 64 MB. Empty until they are there, and once they are removed.
    files: Vec<FileView>,
    /// When the files are removed.
    files_expire_at: At,
    /// Why the export failed. Null unless it did.
    problem: Option<Text>,
    /// When it began.
    created_at: At,
    /// When it ended. Null until then.
    ended_at: Option<At>,
}

parameters! {
    /// The exports to list.
    ExportsQuery {
        /// The page size.
        limit = "limit": Limit<20>,
        /// The `nextCursor` of the previous page.
        cursor = "cursor": Option<Cursor>,
    }
}

parameters! {
    /// Which file, and for whom.
    FileQuery {
        /// The number of the file, from 0.
        file = "file": Option<u16>,
        /// The ticket from the file's `url`.
        ticket = "ticket": Option<Ticket>,
    }
}

/// `POST /api/exports` `{what, format, leadIds, filter}`: Export leads or their messages as CSV or JSON. The export is a job:
/// read it until its state is `done`, then download its files within a week. It holds what the caller can see, with masked
/// phone numbers if they are masked for the caller. Cells of CSV that a spreadsheet would take for formulas begin with an
/// apostrophe.
pub(crate) async fn create_export(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    IdempotencyKey(key): IdempotencyKey,
    JsonBody(body): JsonBody<ExportBody>,
) -> Result<Accepting<ExportView>, Problem> {
    let order = order(body, &viewer).map_err(Problem::invalid)?;
    let text = jobs::written(&order)?;
    let id = jobs::new_id(&app, caller, key, &format!("export {text}")).await?;
    let progress = jobs::written(&ExportProgress::default())?;
    let job = LongJob::new(id, JobKind::Export, JobState::Running, caller.by, text, progress);
    let detail = format!("{} as {}", order.what, order.format);
    let entry = entry(&app, caller.by, Action::DataExported, &id.to_string(), &detail);
    app.store.tenant(caller.tenant).create_long_job(&job, Some(&entry)).await?;
    view(&app, caller, &jobs::found(&app, caller, id, JobKind::Export).await?).map(Accepting)
}

fn order(body: ExportBody, viewer: &Viewer) -> Result<ExportOrder, Vec<FieldError>> {
    let mut errors = Vec::new();
    let what = body.what.as_deref().map_or(Some(Exported::Leads), |text| jobs::parsed("what", text, &mut errors));
    let format = body.format.as_deref();
    let format = format.map_or(Some(ExportFormat::Csv), |text| jobs::parsed("format", text, &mut errors));
    let selection = selection(body.lead_ids, body.filter, viewer, &mut errors);
    match (what, format, selection) {
        (Some(what), Some(format), Some(selection)) if errors.is_empty() => Ok(ExportOrder { what, format, selection }),
        (_, _, _) => Err(errors),
    }
}

/// The leads that a body means: those that it names, or all that match.
pub(super) fn selection(
    ids: Option<Vec<String>>,
    filter: Option<FilterBody>,
    viewer: &Viewer,
    errors: &mut Vec<FieldError>,
) -> Option<Selection> {
    match (ids, filter) {
        (Some(_), Some(_)) => {
            errors.push(FieldError::new("filter", "Send leadIds or a filter, not both."));
            None
        }
        (Some(ids), None) => jobs::named("leadIds", &ids, errors).map(Selection::NamedLeads),
        (None, filter) => Some(Selection::Leads(lead_filter(filter.unwrap_or_default(), viewer, errors))),
    }
}

fn lead_filter(body: FilterBody, viewer: &Viewer, errors: &mut Vec<FieldError>) -> LeadFilter {
    let mut stages = Vec::new();
    for (place, text) in body.stages.iter().flatten().enumerate() {
        stages.extend(jobs::parsed::<Stage>(&format!("filter.stages[{place}]"), text, errors));
    }
    LeadFilter {
        stages,
        owner: whose("filter.owner", body.owner.as_deref(), viewer, errors),
        tag: body.tag.as_deref().and_then(|text| jobs::parsed("filter.tag", text, errors)),
        source: body.source.as_deref().and_then(|text| jobs::parsed("filter.source", text, errors)),
    }
}

/// Whose leads or conversations are meant by `me`, `none`, `unassigned` or a user's ID.
pub(super) fn whose(name: &str, text: Option<&str>, viewer: &Viewer, errors: &mut Vec<FieldError>) -> Whose {
    match text {
        None => Whose::Anyone,
        Some("none" | "unassigned") => Whose::Nobody,
        Some("me") => match viewer.assignee() {
            Some(Assignee::User(user)) => Whose::User(user),
            None => {
                errors.push(FieldError::new(name, "An API key has nothing of its own. Send a user's ID."));
                Whose::Nobody
            }
        },
        Some(id) => jobs::parsed::<UserId>(name, id, errors).map_or(Whose::Nobody, Whose::User),
    }
}

/// `GET /api/exports?limit=&cursor=`: List exports, the newest first.
pub(crate) async fn list_exports(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<ExportsQuery>,
) -> Result<Json<PageView<ExportView>>, Problem> {
    let cursors = Cursors::for_list(&app, caller.tenant, "exports");
    let below = cursors.mark(query.cursor.as_ref(), "cursor")?.and_then(|mark| mark.parse().ok());
    let page = app.store.tenant(caller.tenant).long_jobs(JobKind::Export, below, query.limit.0).await?;
    let items = page.items.iter().map(|job| view(&app, caller, job)).collect::<Result<_, _>>()?;
    Ok(Json(PageView { items, next_cursor: page.next.map(|mark| cursors.sign(&mark)) }))
}

/// `GET /api/exports/{id}`: Get an export. Only who began it gets links to its files.
pub(crate) async fn get_export(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<LongJobId>,
) -> Result<Json<ExportView>, Problem> {
    view(&app, caller, &jobs::found(&app, caller, id, JobKind::Export).await?).map(Json)
}

/// `POST /api/exports/{id}/cancel`: Cancel an export.
pub(crate) async fn cancel_export(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<LongJobId>,
) -> Result<Json<ExportView>, Problem> {
    let job = jobs::found(&app, caller, id, JobKind::Export).await?;
    view(&app, caller, &jobs::cancel(&app, caller, job).await?).map(Json)
}

/// `GET /api/exports/{id}/content?file=&ticket=`: Download a file of an export. The link in the file's `url` needs no token.
pub(crate) async fn get_export_content(
    State(app): State<App>,
    Id(id): Id<LongJobId>,
    Query(FileQuery { file, ticket }): Query<FileQuery>,
) -> Result<Elsewhere, Problem> {
    let (ticket, job) = jobs::opened(&app, id, JobKind::Export, ticket).await?;
    let order: ExportOrder = jobs::read(&job.order)?;
    let progress: ExportProgress = jobs::read(&job.progress)?;
    let number = usize::from(file.unwrap_or_default());
    let file = progress.files.get(number).filter(|_| ticket.viewer == job.by && job.state == JobState::Done);
    let file = file.ok_or_else(|| Problem::new(Kind::NotFound, "There is no such file."))?;
    let filename = match progress.files.len() {
        1 => format!("{}.{}", order.what, order.format),
        _ => format!("{}-{}.{}", order.what, number + 1, order.format),
    };
    jobs::download(&app, ticket, &job, &file.name, &filename).await
}

fn view(deps: &Deps, caller: Caller, job: &LongJob) -> Result<ExportView, Problem> {
    let order: ExportOrder = jobs::read(&job.order)?;
    let progress: ExportProgress = jobs::read(&job.progress)?;
    // What one person sees is not shown to another who may see less.
    let is_own = job.state == JobState::Done && job.by == caller.by;
    let files = progress.files.iter().enumerate().filter(|_| is_own).filter_map(|(number, file)| {
        let route = format!("/api/exports/{}/content?file={number}", job.id);
        Some(FileView { url: jobs::link(deps, caller, job, &route)?, size: file.size })
    });
    Ok(ExportView {
        id: job.id,
        state: job.state,
        what: order.what,
        format: order.format,
        by: job.by,
        leads: progress.selected.total,
        leads_done: progress.done,
        rows: progress.rows,
        files: files.collect(),
        files_expire_at: jobs::files_expire(job),
        problem: job.problem.clone(),
        created_at: At(job.id.at()),
        ended_at: job.ended.map(At),
    })
}
