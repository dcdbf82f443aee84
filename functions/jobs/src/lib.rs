//! Slow work, apart from everything that somebody waits for: each task is a pointer to what stands in the table, and one
//! step of its job. A step is bounded, may come twice or late, and is taken once. What is lost on the way is due in the
//! table, and `schedule` puts it into the queue again.
//!
//! A new job is a file here, a variant of [`Job`], and a line in `run`.

mod block;
mod budget;
mod bulk;
mod delivery;
mod email;
mod erasure;
mod export;
mod import;
mod long_jobs;
mod media;
mod media_upload;
mod number_setup;
mod resume;
mod selections;
mod template_sync;
mod template_work;
mod thumbnail;
mod token;

use aws_lambda_events::sqs::{SqsBatchResponse, SqsEvent};
use blobs::{BlobError, Blobs};
use encryption::{EncryptionError, Encryptor};
use mail::Mail;
use queue::{Job, JobTask, Queue, Record, Verdict};
use runtime::{Clock, Keyring, MetaSecrets};
use std::sync::Arc;
use store::{Store, StoreError};
use tracing::Instrument;

/// What the function works with.
#[derive(Clone, Debug)]
pub struct Deps {
    /// What the tasks point to.
    pub store: Store,
    /// The queue that they come from.
    pub queue: Queue,
    /// Where files are kept.
    pub blobs: Blobs,
    /// The Graph API.
    pub graph: whatsapp::Client,
    /// The token by which it is called for channels that have none of their own.
    pub keyring: Keyring<MetaSecrets>,
    /// Opens the tokens of those that have.
    pub encryptor: Encryptor,
    /// The way to addresses that customers name.
    pub egress: Arc<dyn egress::Transport>,
    /// The way to SES; none where no mail is sent.
    pub mail: Option<Mail>,
    /// The time by which things are due.
    pub clock: Arc<dyn Clock>,
}

/// Why a step could not be done.
#[derive(Debug, thiserror::Error)]
pub(crate) enum JobError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Blobs(#[from] BlobError),
    #[error("a secret: {0}")]
    Secret(#[from] EncryptionError),
}

impl JobError {
    const fn is_retryable(&self) -> bool {
        match self {
            Self::Store(error) => error.is_retryable(),
            Self::Blobs(error) => error.is_retryable(),
            Self::Secret(error) => error.is_retryable(),
        }
    }
}

/// Does the steps of a batch, and answers which are to come again.
pub async fn handle(deps: &Deps, event: SqsEvent) -> SqsBatchResponse {
    queue::consume(&deps.queue, event, |record| step(deps, record)).await
}

async fn step(deps: &Deps, record: Record) -> Verdict {
    let task = match JobTask::parse(&record.body) {
        Ok(task) => task,
        Err(error) => return park(deps, &record, &error.to_string()).await,
    };
    let tenant = task.tenant.digest();
    let job = task.job.kind();
    let step = task.step;
    let span = tracing::info_span!("job", record.received, tenant, job, step);
    async {
        match run(deps, task).await {
            Ok(()) => Verdict::Done,
            Err(error) if error.is_retryable() => {
                tracing::warn!(%error, "a step has to come again");
                Verdict::Again(record.backoff())
            }
            Err(error) => {
                tracing::error!(metric.jobs_failed = 1, %error, "a step cannot be done: what it is about stays due");
                Verdict::Done
            }
        }
    }
    .instrument(span)
    .await
}

/// Every job there is.
async fn run(deps: &Deps, task: JobTask) -> Result<(), JobError> {
    match task.job {
        Job::Delivery { webhook, event } => delivery::send(deps, task.tenant, webhook, event, task.step).await,
        Job::Budget { id } => budget::release(deps, task.tenant, id).await,
        Job::Email { id } => email::send(deps, task.tenant, id, task.step).await,
        Job::Block { lead } => block::tell(deps, task.tenant, lead, task.step).await,
        Job::Erasure { id } => erasure::erase(deps, task.tenant, id, task.step).await,
        Job::Media { id } => media::fetch(deps, task.tenant, id, task.step).await,
        Job::MediaUpload { id, channel } => media_upload::take(deps, task.tenant, id, channel).await,
        Job::LongJob { id } => long_jobs::take(deps, task.tenant, id, task.step).await,
        Job::NumberSetup { channel } => number_setup::perform(deps, task.tenant, channel, task.step).await,
        Job::Resume { channel } => resume::release(deps, task.tenant, channel, task.step).await,
        Job::TemplateSync { channel } => template_sync::read_page(deps, task.tenant, channel, task.step).await,
        Job::TemplateWork { id } => template_work::perform(deps, task.tenant, id, task.step).await,
    }
}

/// Keeps a task aside that cannot be read: it would come again for ever.
async fn park(deps: &Deps, record: &Record, why: &str) -> Verdict {
    match deps.store.park(record.body.as_bytes(), why, None, deps.clock.now()).await {
        Ok(id) => {
            tracing::error!(metric.parked = 1, parked.id = %id, reason = why, "parked a task");
            Verdict::Done
        }
        Err(error) => {
            tracing::error!(%error, "a task that cannot be read cannot be parked either");
            Verdict::Again(record.backoff())
        }
    }
}
