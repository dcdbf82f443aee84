//! Steps of imports, exports and bulk changes: what is the same for all of them. A step that ends without a trace is
//! taken again; one that fails time and again ends its job.

use crate::{Deps, JobError, bulk, export, import};
use blobs::{BlobError, Facts, once};
use bytes::{Bytes, BytesMut};
use domain::crm::long_jobs::{JobKind, LongJob, MOST_TRIES, object};
use domain::crm::selections::Part;
use domain::ids::LongJobId;
use domain::inbox::media::MediaType;
use domain::{TenantId, Text};
use futures::{StreamExt, TryStreamExt};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::io;
use std::time::Duration;
use store::crm::long_jobs::{AfterStep, ClaimedStep};

/// How long a step works before it leaves the rest to the next one.
pub(crate) const LONGEST_STEP: Duration = Duration::from_secs(8);

/// The pause before a step is tried again that nobody else tries again.
const PAUSE: Duration = Duration::from_secs(120);

/// What a step ended with: the progress as it is now, and what follows.
pub(crate) struct Ended {
    pub(crate) progress: String,
    pub(crate) after: AfterStep,
}

impl Ended {
    /// The progress is this, and the job goes on so.
    pub(crate) fn with(progress: &impl Serialize, after: AfterStep) -> Self {
        Self { progress: serde_json::to_string(progress).unwrap_or_default(), after }
    }

    /// The job fails: `problem` says what people can do.
    pub(crate) fn failed(job: &LongJob, problem: impl Into<String>) -> Self {
        Self { progress: job.progress.clone(), after: AfterStep::End(Some(Text::new(problem))) }
    }
}

/// Takes the step `step` of the job `id`, unless it was taken or another worker takes it.
pub(crate) async fn take(deps: &Deps, tenant: TenantId, id: LongJobId, step: u32) -> Result<(), JobError> {
    let store = deps.store.tenant(tenant);
    let job = match store.claim_long_job(id, step, deps.clock.now()).await? {
        ClaimedStep::Yes(job) => job,
        ClaimedStep::No => return Ok(()),
        ClaimedStep::Full => {
            tracing::info!(job.id = %id, "a job waits for two others of its business");
            return Ok(());
        }
    };
    let ended = if job.tries > MOST_TRIES {
        Ok(Ended::failed(&job, "The job could not be completed. Start it again."))
    } else {
        match job.kind {
            JobKind::Import => import::step(deps, tenant, &job).await,
            JobKind::Export => export::step(deps, tenant, &job).await,
            JobKind::Bulk => bulk::step(deps, tenant, &job).await,
        }
    };
    match ended {
        Ok(Ended { progress, after }) => {
            if let AfterStep::End(problem) = &after {
                let failed = problem.is_some();
                tracing::info!(job.id = %id, job.kind = %job.kind, failed, "a job has ended");
            }
            Ok(store.end_step(&job, &progress, after, deps.clock.now()).await?)
        }
        Err(error) => {
            store.put_off_long_job(&job, deps.clock.now().plus(PAUSE)).await?;
            Err(error)
        }
    }
}

/// What the job's JSON says; none if another version wrote it.
pub(crate) fn read<T: DeserializeOwned>(json: &str) -> Option<T> {
    serde_json::from_str(json).ok()
}

/// A file of the job as a whole; none if it is not there, or larger than `most`.
pub(crate) async fn file(
    deps: &Deps,
    tenant: TenantId,
    job: LongJobId,
    name: &str,
    most: u64,
) -> Result<Option<Bytes>, JobError> {
    let mut stream = match deps.blobs.get(&object(tenant, job, name), deps.clock.now()).await {
        Ok(stream) => stream,
        Err(BlobError::Missing) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let mut bytes = BytesMut::new();
    loop {
        let chunk = stream.try_next().await.map_err(|error| BlobError::Unavailable(error.to_string()))?;
        let Some(chunk) = chunk else { return Ok(Some(bytes.freeze())) };
        bytes.extend_from_slice(&chunk);
        if bytes.len() as u64 > most {
            return Ok(None);
        }
    }
}

/// Keeps a file of the job, in place of an earlier one.
pub(crate) async fn keep(
    deps: &Deps,
    tenant: TenantId,
    job: LongJobId,
    name: &str,
    bytes: impl Into<Bytes>,
) -> Result<Part, JobError> {
    let bytes = bytes.into();
    let size = bytes.len() as u64;
    let facts = Facts { size, mime_type: &mime_type(name), sha256: None };
    deps.blobs.put(&object(tenant, job, name), &facts, once(bytes), deps.clock.now()).await?;
    Ok(Part { name: name.to_owned(), size })
}

/// Keeps all `parts` of the job, one after the other, as one file: none of them is held as a whole.
pub(crate) async fn join(
    deps: &Deps,
    tenant: TenantId,
    job: LongJobId,
    parts: &[Part],
    name: &str,
) -> Result<u64, JobError> {
    let size = parts.iter().map(|part| part.size).sum();
    let now = deps.clock.now();
    let blobs = deps.blobs.clone();
    let objects: Vec<_> = parts.iter().map(|part| object(tenant, job, &part.name)).collect();
    let bytes = futures::stream::iter(objects)
        .then(move |part| {
            let blobs = blobs.clone();
            async move { blobs.get(&part, now).await.map_err(io::Error::other) }
        })
        .try_flatten()
        .boxed();
    let facts = Facts { size, mime_type: &mime_type(name), sha256: None };
    deps.blobs.put(&object(tenant, job, name), &facts, bytes, now).await?;
    Ok(size)
}

fn mime_type(name: &str) -> MediaType {
    MediaType::announced(Some(if name.ends_with(".json") { "application/json" } else { "text/csv" }))
}
