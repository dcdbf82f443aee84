//! What imports, exports and bulk changes have in common: who begins them, and how their files are downloaded.

use crate::Deps;
use crate::app::App;
use crate::views::At;
use crate::web::auth::Caller;
use crate::web::file_links::{Elsewhere, Ticket};
use crate::web::problem::{FieldError, Kind, Problem};
use axum::http::HeaderValue;
use domain::access::permissions::Permission;
use domain::access::visibility::Viewer;
use domain::crm::long_jobs::{FILES_KEPT, JobKind, JobState, JobTicket, LongJob, object};
use domain::crm::selections::MOST_NAMED;
use domain::ids::LongJobId;
use domain::inbox::media::{DOWNLOAD_LINK, MediaType};
use domain::{Actor, digest};
use serde::de::DeserializeOwned;
use std::str::FromStr;
use store::crm::long_jobs::JobRequest;

/// The job `id`, if it is of this kind.
pub(super) async fn found(deps: &Deps, caller: Caller, id: LongJobId, kind: JobKind) -> Result<LongJob, Problem> {
    let job = deps.store.tenant(caller.tenant).long_job(id).await?;
    job.filter(|job| job.kind == kind).ok_or_else(|| Problem::not_found("job"))
}

/// The ID of a new job: under an idempotency key, that of the first request with it.
pub(super) async fn new_id(
    deps: &Deps,
    caller: Caller,
    key: Option<String>,
    content: &str,
) -> Result<LongJobId, Problem> {
    let now = deps.clock.now();
    let id = LongJobId::from_parts(now, deps.random.u128());
    let Some(key) = key else { return Ok(id) };
    let content = digest::hex(&["new job", content]);
    let request = JobRequest { content: content.clone(), job: id };
    let store = deps.store.tenant(caller.tenant);
    let known = store.remember_job_request(&digest::hex(&["jobs", &key]), &request, now).await?;
    if known.content == content {
        return Ok(known.job);
    }
    let detail = "This idempotency key was used for another request. Use a new key for each request.";
    Err(Problem::new(Kind::KeyReused, detail))
}

/// What a job's JSON says.
pub(super) fn read<T: DeserializeOwned>(json: &str) -> Result<T, Problem> {
    serde_json::from_str(json).map_err(|error| Problem::internal(error.to_string()))
}

/// The JSON of a job's order or progress.
pub(super) fn written(value: &impl serde::Serialize) -> Result<String, Problem> {
    serde_json::to_string(value).map_err(|error| Problem::internal(error.to_string()))
}

/// What `text` says in the field `name`; none, and the error noted, if it is wrong.
pub(super) fn parsed<T: FromStr<Err: ToString>>(name: &str, text: &str, errors: &mut Vec<FieldError>) -> Option<T> {
    text.parse().map_err(|error: T::Err| errors.push(FieldError::new(name, error.to_string()))).ok()
}

/// The IDs in the field `name`.
pub(super) fn named<T: FromStr<Err: ToString>>(
    name: &str,
    ids: &[String],
    errors: &mut Vec<FieldError>,
) -> Option<Vec<T>> {
    if !(1..=MOST_NAMED).contains(&ids.len()) {
        errors.push(FieldError::new(name, format!("Send 1 to {MOST_NAMED} IDs, or a filter for more.")));
        return None;
    }
    let each = ids.iter().enumerate();
    Some(each.filter_map(|(place, text)| parsed(&format!("{name}[{place}]"), text, errors)).collect())
}

/// Refuses somebody who does not see everything: what a job finds of others would show it to them.
pub(super) fn sees_everything(viewer: &Viewer) -> Result<(), Problem> {
    if viewer.sees_everything() && !viewer.masks_phones() {
        return Ok(());
    }
    let detail = "Only users who can see all leads and their phone numbers can do this. Ask an owner or admin.";
    Err(Problem::new(Kind::Forbidden, detail))
}

/// The link to a file of a job, which `route` serves; none once the files are removed.
pub(super) fn link(deps: &Deps, caller: Caller, job: &LongJob, route: &str) -> Option<String> {
    let now = deps.clock.now();
    if now.since(job.ended.unwrap_or_else(|| job.id.at())) >= FILES_KEPT {
        return None;
    }
    let ticket = JobTicket { tenant: caller.tenant, viewer: caller.by }.sign(&deps.token_key, job.id, now);
    let joint = if route.contains('?') { '&' } else { '?' };
    Some(format!("{route}{joint}ticket={ticket}"))
}

/// When the files of a job are removed.
pub(super) fn files_expire(job: &LongJob) -> At {
    At(job.ended.unwrap_or_else(|| job.id.at()).plus(FILES_KEPT))
}

/// The job whose files a ticket opens, for somebody who still may: a role or a visibility that was taken away closes them.
pub(super) async fn opened(
    app: &App,
    id: LongJobId,
    kind: JobKind,
    ticket: Option<Ticket>,
) -> Result<(JobTicket, LongJob), Problem> {
    let now = app.clock.now();
    let over = || Problem::unauthenticated("This link is not valid, or has expired. Open the page again.");
    let ticket = ticket.and_then(|Ticket(text)| JobTicket::open(&app.token_key, id, &text, now)).ok_or_else(over)?;
    let store = app.store.tenant(ticket.tenant);
    let may = match ticket.viewer {
        Actor::User(user) => store
            .user(user)
            .await?
            .is_some_and(|user| user.active && (user.role.may(Permission::ManageLeads) || kind == JobKind::Bulk)),
        Actor::ApiKey(_) => true,
        Actor::Operator(_) | Actor::Nobody => false,
    };
    if !may {
        return Err(over());
    }
    let job = store.long_job(id).await?.filter(|job| job.kind == kind);
    Ok((ticket, job.ok_or_else(|| Problem::not_found("job"))?))
}

/// The answer that leads to a file of a job, to be saved as `filename`.
pub(super) async fn download(
    app: &App,
    ticket: JobTicket,
    job: &LongJob,
    name: &str,
    filename: &str,
) -> Result<Elsewhere, Problem> {
    let now = app.clock.now();
    let kind = if filename.ends_with(".json") { "application/json" } else { "text/csv" };
    let disposition = format!("attachment; filename=\"{filename}\"");
    let file = object(ticket.tenant, job.id, name);
    let shown = (&MediaType::announced(Some(kind)), disposition.as_str());
    let link = app.blobs.download_link(&file, shown, DOWNLOAD_LINK, now).await?;
    HeaderValue::try_from(link.url).map(Elsewhere).map_err(|_| Problem::internal("a link cannot stand in a header"))
}

/// Cancels a job. What was done by then stays.
pub(super) async fn cancel(deps: &Deps, caller: Caller, job: LongJob) -> Result<LongJob, Problem> {
    let store = deps.store.tenant(caller.tenant);
    if store.cancel_long_job(job.id, deps.clock.now()).await? {
        return found(deps, caller, job.id, job.kind).await;
    }
    let job = found(deps, caller, job.id, job.kind).await?;
    match job.state {
        JobState::Cancelled => Ok(job),
        JobState::Done | JobState::Failed | JobState::Running | JobState::Waiting => {
            Err(Problem::new(Kind::Conflict, "The job has ended, so it cannot be cancelled."))
        }
    }
}
