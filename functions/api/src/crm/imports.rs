//! Imports of leads: a file is uploaded, its columns are mapped, its rows are checked, and then written.

use super::jobs;
use crate::Deps;
use crate::app::App;
use crate::views::{At, PageView};
use crate::web::answers::{Accepting, Created};
use crate::web::audit::entry;
use crate::web::auth::{Caller, Viewing};
use crate::web::body::JsonBody;
use crate::web::cursor::Cursors;
use crate::web::file_links::{Elsewhere, RequestView, Ticket};
use crate::web::idempotency_key::IdempotencyKey;
use crate::web::path::Id;
use crate::web::problem::{FieldError, Kind, Problem};
use crate::web::query::{Cursor, Limit, Query, parameters};
use axum::Json;
use axum::extract::State;
use blobs::{BlobError, Facts};
use domain::access::audit::Action;
use domain::crm::import_fields::{ImportField, guess};
use domain::crm::import_file::{HEAD, LARGEST_FILE, MOST_COLUMNS, Table};
use domain::crm::imports::{Duplicates, ImportCounts, ImportOrder, ImportPhase, ImportProgress, ImportSettings};
use domain::crm::lead_details::{MOST_TAGS, Tag, currency};
use domain::crm::leads::Source;
use domain::crm::long_jobs::{JobKind, JobState, LongJob, object};
use domain::ids::LongJobId;
use domain::inbox::media::{MediaType, Sha256Digest, UPLOAD_LINK};
use domain::stages::Stage;
use domain::{Actor, Text, UserId};
use futures::TryStreamExt;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The longest name of a file, in characters.
const LONGEST_NAME: usize = 240;

/// The longest proof of consent, in characters.
const LONGEST_PROOF: usize = 500;

/// How many rows a preview shows.
const SHOWN: usize = 5;

/// The longest part of a cell that a preview shows, in bytes.
const SHOWN_OF_CELL: usize = 200;

/// A CSV file to import. Its bytes must match this description.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct ImportBody {
    /// The file name.
    #[schemars(required, with = "Text", length(min = 1, max = LONGEST_NAME))]
    filename: Option<Text>,
    /// The size in bytes.
    #[schemars(required, with = "u64", range(min = 1, max = LARGEST_FILE))]
    size: Option<u64>,
    /// The SHA-256 digest of the bytes, in base64.
    #[schemars(required, with = "String", length(min = 44, max = 44))]
    sha256: Option<String>,
}

/// The meaning of the columns, and what holds for every row.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct ImportSettingsBody {
    /// The field of each column, in order. Null leaves a column out.
    #[schemars(with = "Vec<Option<ImportField>>", length(min = 1, max = MOST_COLUMNS))]
    columns: Vec<Option<String>>,
    /// The handling of rows whose phone number or email address belongs to a lead. Defaults to `skip`.
    #[schemars(with = "Option<Duplicates>")]
    duplicates: Option<String>,
    /// The country code of phone numbers without one, such as 91.
    #[schemars(regex(pattern = "^[+]?[1-9][0-9]{0,3}$"))]
    calling_code: Option<String>,
    /// The stage of new leads whose row names none. Defaults to `New`.
    #[schemars(with = "Option<Stage>")]
    stage: Option<String>,
    /// The source of new leads whose row names none. Defaults to `Other`.
    #[schemars(with = "Option<Source>")]
    source: Option<String>,
    /// Tags for every lead.
    #[schemars(with = "Option<Vec<Tag>>", length(max = MOST_TAGS))]
    tags: Option<Vec<String>>,
    /// The owner of new leads whose row names none.
    #[schemars(with = "Option<UserId>")]
    owner_id: Option<String>,
    /// The currency of values whose row names none, as ISO 4217 writes it.
    currency: Option<String>,
    /// The proof that all customers of the file agreed to marketing messages. Leave it out if they did not.
    #[schemars(length(min = 1, max = LONGEST_PROOF))]
    consent_proof: Option<Text>,
}

/// An import whose upload can begin.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ImportUpload")]
pub(crate) struct ImportUploadView {
    /// The import's ID.
    id: LongJobId,
    /// The request that uploads the bytes.
    upload: RequestView,
}

/// The phase of an import.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "ImportPhase")]
enum PhaseView {
    /// It waits for the file and for the meaning of its columns.
    Upload,
    /// It checks the rows, and writes nothing.
    Check,
    /// It has checked the rows, and waits to be run.
    Ready,
    /// It writes the rows.
    Run,
}

/// The number of rows by result.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ImportCounts")]
struct CountsView {
    /// New leads.
    created: usize,
    /// Updated leads.
    updated: usize,
    /// Skipped rows.
    skipped: usize,
    /// Rows with something wrong.
    invalid: usize,
}

/// An import of leads.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "Import")]
pub(crate) struct ImportView {
    /// The import's ID.
    id: LongJobId,
    /// The state of the job.
    state: JobState,
    /// The phase.
    phase: PhaseView,
    /// The file name.
    filename: Text,
    /// The size of the file in bytes.
    size: u64,
    /// Who began it.
    by: Actor,
    /// The number of rows below the header. Null until they are counted.
    rows: Option<usize>,
    /// The number of rows that this phase is done with.
    rows_done: usize,
    /// The number of rows by result. During the check, the expected result.
    counts: CountsView,
    /// Where the report of each row can be downloaded as CSV. Null until the phase is over, and once it is removed.
    report_url: Option<String>,
    /// Why the import failed. Null unless it did.
    problem: Option<Text>,
    /// When it began.
    created_at: At,
    /// When it ended. Null until then.
    ended_at: Option<At>,
}

/// A column of the file.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ImportColumn")]
struct ColumnView {
    /// Its header.
    header: Text,
    /// The field that its header suggests. Null if the header is unknown.
    field: Option<ImportField>,
    /// The beginnings of its first cells.
    samples: Vec<Text>,
}

/// The first rows of the file.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "ImportPreview")]
pub(crate) struct PreviewView {
    /// The encoding that was found.
    encoding: String,
    /// The separator that was found.
    separator: String,
    /// The columns.
    columns: Vec<ColumnView>,
}

parameters! {
    /// The imports to list.
    ImportsQuery {
        /// The page size.
        limit = "limit": Limit<20>,
        /// The `nextCursor` of the previous page.
        cursor = "cursor": Option<Cursor>,
    }
}

parameters! {
    /// For whom.
    ReportQuery {
        /// The ticket from `reportUrl`.
        ticket = "ticket": Option<Ticket>,
    }
}

/// `POST /api/imports` `{filename, size, sha256}`: Begin an import of leads from a CSV file of up to 100,000 rows and 25 MB.
/// PUT the bytes with the request in `upload` and exactly its headers within 15 minutes, then read the preview.
pub(crate) async fn create_import(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    IdempotencyKey(key): IdempotencyKey,
    JsonBody(body): JsonBody<ImportBody>,
) -> Result<Created<ImportUploadView>, Problem> {
    jobs::sees_everything(&viewer)?;
    let (order, sha256) = announced(body).map_err(Problem::invalid)?;
    let now = app.clock.now();
    let content = format!("import {} {} {}", order.filename.as_str(), order.size, sha256.base64());
    let id = jobs::new_id(&app, caller, key, &content).await?;
    let progress = jobs::written(&ImportProgress::begin(ImportPhase::Upload, now))?;
    let job = LongJob::new(id, JobKind::Import, JobState::Waiting, caller.by, jobs::written(&order)?, progress);
    app.store.tenant(caller.tenant).create_long_job(&job, None).await?;
    let facts = Facts { size: order.size, mime_type: &csv(), sha256: Some(&sha256) };
    let link = app.blobs.upload_link(&file(caller, id), &facts, UPLOAD_LINK, now).await?;
    Ok(Created(ImportUploadView { id, upload: link.into() }))
}

fn announced(body: ImportBody) -> Result<(ImportOrder, Sha256Digest), Vec<FieldError>> {
    let mut errors = Vec::new();
    let filename = body.filename.filter(|name| !name.is_blank() && name.as_str().chars().count() <= LONGEST_NAME);
    if filename.is_none() {
        errors.push(FieldError::new("filename", format!("Use 1 to {LONGEST_NAME} characters.")));
    }
    let size = body.size.filter(|size| (1..=LARGEST_FILE).contains(size));
    if size.is_none() {
        let detail = format!("Use a file of 1 to {LARGEST_FILE} bytes. Split a larger one.");
        errors.push(FieldError::new("size", detail));
    }
    let sha256 = body.sha256.filter(|text| text.len() == 44).and_then(|text| text.parse::<Sha256Digest>().ok());
    if sha256.is_none() {
        errors.push(FieldError::new("sha256", "expected the SHA-256 digest of the bytes in base64"));
    }
    match (filename, size, sha256) {
        (Some(filename), Some(size), Some(sha256)) => Ok((ImportOrder { filename, size, settings: None }, sha256)),
        (_, _, _) => Err(errors),
    }
}

/// `GET /api/imports?limit=&cursor=`: List imports, the newest first.
pub(crate) async fn list_imports(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<ImportsQuery>,
) -> Result<Json<PageView<ImportView>>, Problem> {
    let cursors = Cursors::for_list(&app, caller.tenant, "imports");
    let below = cursors.mark(query.cursor.as_ref(), "cursor")?.and_then(|mark| mark.parse().ok());
    let page = app.store.tenant(caller.tenant).long_jobs(JobKind::Import, below, query.limit.0).await?;
    let items = page.items.iter().map(|job| view(&app, caller, job)).collect::<Result<_, _>>()?;
    Ok(Json(PageView { items, next_cursor: page.next.map(|mark| cursors.sign(&mark)) }))
}

/// `GET /api/imports/{id}`: Get an import.
pub(crate) async fn get_import(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<LongJobId>,
) -> Result<Json<ImportView>, Problem> {
    view(&app, caller, &jobs::found(&app, caller, id, JobKind::Import).await?).map(Json)
}

/// `GET /api/imports/{id}/preview`: Get the columns of the uploaded file with samples, and the field that each header suggests.
pub(crate) async fn preview_import(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<LongJobId>,
) -> Result<Json<PreviewView>, Problem> {
    jobs::found(&app, caller, id, JobKind::Import).await?;
    let head = head(&app, caller, id).await?;
    let table = Table::read(&head).map_err(|fault| Problem::new(Kind::InvalidInput, fault.to_string()))?;
    let rows: Vec<_> = table.rows().take(SHOWN).collect();
    let fields = guess(&table.header);
    let sample = |cell: &String| Text::new(Text::new(cell).head(SHOWN_OF_CELL));
    let columns = table.header.iter().zip(fields).enumerate().map(|(place, (header, field))| ColumnView {
        header: sample(header),
        field,
        samples: rows.iter().filter_map(|row| row.cells.get(place)).map(sample).collect(),
    });
    let columns = columns.collect();
    let (encoding, separator) = (table.encoding().to_owned(), table.separator().to_string());
    Ok(Json(PreviewView { encoding, separator, columns }))
}

/// `POST /api/imports/{id}/check` `{columns, duplicates, callingCode, stage, source, tags, ownerId, currency,
/// consentProof}`: Check every row without writing any. The check is a job: read the import until its phase is `ready`. It
/// can be repeated with other settings.
pub(crate) async fn check_import(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    Id(id): Id<LongJobId>,
    JsonBody(body): JsonBody<ImportSettingsBody>,
) -> Result<Accepting<ImportView>, Problem> {
    jobs::sees_everything(&viewer)?;
    let job = jobs::found(&app, caller, id, JobKind::Import).await?;
    let mut order: ImportOrder = jobs::read(&job.order)?;
    let settings = settings(body).map_err(Problem::invalid)?;
    if let Some(owner) = settings.owner {
        super::leads::active_user(&app, caller.tenant, owner, "ownerId").await?;
    }
    let head = head(&app, caller, id).await?;
    let table = Table::read(&head).map_err(|fault| Problem::new(Kind::InvalidInput, fault.to_string()))?;
    if table.header.len() != settings.columns.len() {
        let detail = format!("The file has {} columns. Send as many.", table.header.len());
        return Err(Problem::invalid(vec![FieldError::new("columns", detail)]));
    }
    order.settings = Some(settings);
    go_on(&app, caller, &job, &order, ImportPhase::Check).await
}

/// `POST /api/imports/{id}/run`: Write the rows that were checked. Invalid rows are left out. The run is a job: read the
/// import until its state is `done`.
pub(crate) async fn run_import(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    Id(id): Id<LongJobId>,
) -> Result<Accepting<ImportView>, Problem> {
    jobs::sees_everything(&viewer)?;
    let job = jobs::found(&app, caller, id, JobKind::Import).await?;
    let progress: ImportProgress = jobs::read(&job.progress)?;
    if progress.phase == ImportPhase::Run && job.state != JobState::Cancelled {
        return view(&app, caller, &job).map(Accepting);
    }
    if progress.phase != ImportPhase::Ready {
        return Err(Problem::new(Kind::Conflict, "Check the import first, and wait until it is ready."));
    }
    let order: ImportOrder = jobs::read(&job.order)?;
    go_on(&app, caller, &job, &order, ImportPhase::Run).await
}

/// `POST /api/imports/{id}/cancel`: Cancel an import. Leads that it has written by then stay.
pub(crate) async fn cancel_import(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<LongJobId>,
) -> Result<Json<ImportView>, Problem> {
    let job = jobs::found(&app, caller, id, JobKind::Import).await?;
    view(&app, caller, &jobs::cancel(&app, caller, job).await?).map(Json)
}

/// `GET /api/imports/{id}/report?ticket=`: Download the report of the last phase as CSV, with a line for each row. The link
/// in `reportUrl` needs no token.
pub(crate) async fn get_import_report(
    State(app): State<App>,
    Id(id): Id<LongJobId>,
    Query(ReportQuery { ticket }): Query<ReportQuery>,
) -> Result<Elsewhere, Problem> {
    let (ticket, job) = jobs::opened(&app, id, JobKind::Import, ticket).await?;
    let progress: ImportProgress = jobs::read(&job.progress)?;
    let name = progress.report.ok_or_else(|| Problem::not_found("report"))?;
    jobs::download(&app, ticket, &job, &name, "import-report.csv").await
}

async fn go_on(
    app: &App,
    caller: Caller,
    job: &LongJob,
    order: &ImportOrder,
    phase: ImportPhase,
) -> Result<Accepting<ImportView>, Problem> {
    let progress = ImportProgress::begin(phase, app.clock.now());
    let detail = if phase == ImportPhase::Run { "run" } else { "check" };
    let entry = entry(app, caller.by, Action::LeadsImported, &job.id.to_string(), detail);
    let (order, progress) = (jobs::written(order)?, jobs::written(&progress)?);
    let store = app.store.tenant(caller.tenant);
    if !store.resume_long_job(job, &order, &progress, &entry).await? {
        return Err(Problem::new(Kind::Conflict, "The import is running or has ended. Read it again."));
    }
    view(app, caller, &jobs::found(app, caller, job.id, JobKind::Import).await?).map(Accepting)
}

fn settings(body: ImportSettingsBody) -> Result<ImportSettings, Vec<FieldError>> {
    let mut errors = Vec::new();
    let mut taken = BTreeSet::new();
    let mut columns = Vec::with_capacity(body.columns.len());
    for (place, text) in body.columns.iter().enumerate() {
        let name = format!("columns[{place}]");
        let field = text.as_deref().and_then(|text| jobs::parsed::<ImportField>(&name, text, &mut errors));
        if field.is_some_and(|field| !taken.insert(field)) {
            errors.push(FieldError::new(name, "An earlier column holds this field already."));
        }
        columns.push(field);
    }
    let names = [ImportField::Name, ImportField::FirstName, ImportField::LastName, ImportField::Phone];
    if !names.iter().chain(&[ImportField::EmailAddress]).any(|field| taken.contains(field)) {
        errors.push(FieldError::new("columns", "Choose a column for the name, the phone number or the email address."));
    }
    let calling_code = body.calling_code.map(|code| code.trim_start_matches('+').to_owned());
    let is_code = |code: &String| (1..=4).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_digit());
    if calling_code.as_ref().is_some_and(|code| !is_code(code) || code.starts_with('0')) {
        errors.push(FieldError::new("callingCode", "expected a country code, such as 91"));
    }
    let mut tags = BTreeSet::new();
    for (place, text) in body.tags.iter().flatten().enumerate() {
        tags.extend(jobs::parsed::<Tag>(&format!("tags[{place}]"), text, &mut errors));
    }
    if tags.len() > MOST_TAGS {
        errors.push(FieldError::new("tags", format!("Use at most {MOST_TAGS} tags.")));
    }
    let currency = body.currency.as_deref().and_then(|code| match currency(code) {
        Ok(currency) => Some(currency.code().to_owned()),
        Err(error) => {
            errors.push(FieldError::new("currency", error.to_string()));
            None
        }
    });
    let fits = |proof: &Text| !proof.is_blank() && proof.as_str().chars().count() <= LONGEST_PROOF;
    if !body.consent_proof.as_ref().is_none_or(fits) {
        errors.push(FieldError::new("consentProof", format!("Use 1 to {LONGEST_PROOF} characters.")));
    }
    let duplicates = body.duplicates.as_deref().and_then(|text| jobs::parsed("duplicates", text, &mut errors));
    let stage = body.stage.as_deref().and_then(|text| jobs::parsed("stage", text, &mut errors));
    let source = body.source.as_deref().and_then(|text| jobs::parsed("source", text, &mut errors));
    let owner = body.owner_id.as_deref().and_then(|text| jobs::parsed("ownerId", text, &mut errors));
    let settings = ImportSettings {
        columns,
        duplicates: duplicates.unwrap_or(Duplicates::Skip),
        calling_code,
        stage: stage.unwrap_or(Stage::New),
        source: source.unwrap_or(Source::Other),
        tags,
        owner,
        currency,
        consent_proof: body.consent_proof,
    };
    if errors.is_empty() { Ok(settings) } else { Err(errors) }
}

/// The beginning of the file, up to the end of a line.
async fn head(deps: &Deps, caller: Caller, id: LongJobId) -> Result<Vec<u8>, Problem> {
    let mut stream = match deps.blobs.get(&file(caller, id), deps.clock.now()).await {
        Ok(stream) => stream,
        Err(BlobError::Missing) => {
            let detail = "The file has not arrived. PUT its bytes with the request that POST /api/imports returned.";
            return Err(Problem::new(Kind::Conflict, detail));
        }
        Err(error) => return Err(error.into()),
    };
    let mut bytes = Vec::new();
    while bytes.len() < HEAD {
        let chunk = stream.try_next().await.map_err(|error| BlobError::Unavailable(error.to_string()))?;
        let Some(chunk) = chunk else { return Ok(bytes) };
        bytes.extend_from_slice(&chunk);
    }
    // An even number of bytes, so that no UTF-16 character is cut.
    bytes.truncate(HEAD);
    let lines = bytes.iter().rposition(|byte| *byte == b'\n').filter(|_| !bytes.contains(&0));
    if let Some(end) = lines {
        bytes.truncate(end + 1);
    }
    Ok(bytes)
}

fn file(caller: Caller, id: LongJobId) -> String {
    object(caller.tenant, id, "file.csv")
}

fn csv() -> MediaType {
    MediaType::announced(Some("text/csv"))
}

fn view(deps: &Deps, caller: Caller, job: &LongJob) -> Result<ImportView, Problem> {
    let order: ImportOrder = jobs::read(&job.order)?;
    let progress: ImportProgress = jobs::read(&job.progress)?;
    let ImportCounts { created, updated, skipped, invalid } = progress.counts;
    let route = format!("/api/imports/{}/report", job.id);
    Ok(ImportView {
        id: job.id,
        state: job.state,
        phase: match progress.phase {
            ImportPhase::Upload => PhaseView::Upload,
            ImportPhase::Check => PhaseView::Check,
            ImportPhase::Ready => PhaseView::Ready,
            ImportPhase::Run => PhaseView::Run,
        },
        filename: order.filename,
        size: order.size,
        by: job.by,
        rows: progress.total,
        rows_done: progress.rows,
        counts: CountsView { created, updated, skipped, invalid },
        report_url: progress.report.and_then(|_| jobs::link(deps, caller, job, &route)),
        problem: job.problem.clone(),
        created_at: At(job.id.at()),
        ended_at: job.ended.map(At),
    })
}
