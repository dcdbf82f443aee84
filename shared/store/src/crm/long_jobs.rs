//! Long jobs of a business: one item each, due while it runs, and two leases that let two of a business run at a time.

use crate::access::audit;
use crate::reliability::due_rank::{self, DueKind};
use crate::reliability::idempotency;
use crate::table::client::{Change, Conditional, Put};
use crate::table::expression::{Condition, Update};
use crate::table::item::{EXPIRES, LIST, RANK, item};
use crate::table::keys::{CrmKey, Key, List, Partition, WorkKey};
use crate::table::page::Page;
use crate::table::query::{Query, Read};
use crate::{StoreError, TenantStore};
use domain::access::audit::Entry;
use domain::crm::long_jobs::{AT_A_TIME, JobKind, JobState, KEPT, LongJob};
use domain::ids::LongJobId;
use domain::{Actor, TenantId, Text, Timestamp};
use std::time::Duration;

/// How long a worker holds a step: longer than the function may run (90 s).
const LEASE: Duration = Duration::from_secs(120);

/// How long a job keeps its place among those that run, unless it takes another step.
const PLACE: Duration = Duration::from_secs(300);

/// When a job without a place is looked at again.
const NO_PLACE: Duration = Duration::from_secs(60);

/// How many are read at a time.
const MOST_LISTED: usize = 100;

item! {
    pub(crate) struct LongJobItem: "long_job" {
        kind: JobKind = "ki",
        pub(crate) state: JobState = "st" as STATE,
        by: Actor = "by",
        order: String = "od" as ORDER,
        progress: String = "pr" as PROGRESS,
        pub(crate) step: u32 = "sp" as STEP,
        #[serde(default)]
        tries: u32 = "tr" as TRIES,
        /// Until when a worker has the step in hand.
        claimed_until?: Timestamp = "cu" as CLAIMED_UNTIL,
        ended?: Timestamp = "en" as ENDED,
        problem?: Text = "er" as PROBLEM,
        list?: String = "GSI1PK",
        rank?: String = "GSI1SK",
        expires: i64 = "ttl",
    }
}

item! {
    /// One of the places for jobs that run.
    struct PlaceItem: "job_place" {
        job: LongJobId = "jb" as JOB,
        until: Timestamp = "un" as UNTIL,
    }
}

/// What an idempotency key stands for: a request that began a job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobRequest {
    /// A digest of the request's content.
    pub content: String,
    /// The job that it began.
    pub job: LongJobId,
}

item! {
    struct JobRequestItem: "job_request" {
        content: String = "bh",
        job: LongJobId = "jb",
        expires: i64 = "ttl",
    }
}

/// What came of taking a step in hand.
#[derive(Clone, Debug)]
pub enum ClaimedStep {
    /// The worker has it.
    Yes(Box<LongJob>),
    /// It is done, in hand elsewhere, or no longer wanted.
    No,
    /// Two other jobs of the business run.
    Full,
}

/// What follows a step.
#[derive(Clone, Debug)]
pub enum AfterStep {
    /// The next step.
    Next,
    /// The job waits for a person.
    Wait,
    /// The job has ended: done, or failed for this reason.
    End(Option<Text>),
}

impl LongJobItem {
    fn job(self, id: LongJobId) -> LongJob {
        let Self { kind, state, by, order, progress, step, tries, ended, problem, .. } = self;
        LongJob { id, kind, state, by, order, progress, step, tries, ended, problem }
    }
}

impl TenantStore<'_> {
    /// Lets the key named by `digest` stand for `request`, unless it stands for one already: the one that it stands for is
    /// returned either way.
    pub async fn remember_job_request(
        self,
        digest: &str,
        request: &JobRequest,
        now: Timestamp,
    ) -> Result<JobRequest, StoreError> {
        let expires = now.plus(idempotency::KEPT).seconds();
        let item = JobRequestItem { content: request.content.clone(), job: request.job, expires };
        let key = WorkKey::Idempotency(self.tenant, digest.to_owned());
        let over = Condition::below(EXPIRES, &(now.seconds() + 1));
        match self.table().create_over::<JobRequestItem>(key, &item, Some(over)).await? {
            Put::New => Ok(request.clone()),
            Put::Exists(there) => Ok(JobRequest { content: there.content, job: there.job }),
        }
    }

    /// Writes a new job, with its entry in the audit if it has one. The same again changes nothing.
    pub async fn create_long_job(self, job: &LongJob, entry: Option<&Entry>) -> Result<(), StoreError> {
        let runs = job.state == JobState::Running;
        let due = runs.then(|| rank(self.tenant, job.id, job.id.at().plus(LEASE)));
        let item = LongJobItem {
            kind: job.kind,
            state: job.state,
            by: job.by,
            order: job.order.clone(),
            progress: job.progress.clone(),
            step: job.step,
            tries: job.tries,
            claimed_until: None,
            ended: job.ended,
            problem: job.problem.clone(),
            list: runs.then(|| List::due(&job.id.ulid_str()).pk()),
            rank: due,
            expires: job.id.at().plus(KEPT).seconds(),
        };
        let key = CrmKey::LongJob(self.tenant, job.id);
        let Some(entry) = entry else {
            return match self.table().create::<LongJobItem>(&key, &item).await? {
                Put::New | Put::Exists(_) => Ok(()),
            };
        };
        let changes = vec![Change::create(&key, &item)?, audit::append(self.tenant, entry)?];
        match self.table().transact(changes).await? {
            Conditional::Applied(()) | Conditional::Rejected(_) => Ok(()),
        }
    }

    /// One job.
    pub async fn long_job(self, id: LongJobId) -> Result<Option<LongJob>, StoreError> {
        let item: Option<LongJobItem> = self.table().get(CrmKey::LongJob(self.tenant, id), Read::Strong).await?;
        Ok(item.map(|item| item.job(id)))
    }

    /// The jobs of one kind, the newest first, below the one with this ID. A page may be shorter and go on.
    pub async fn long_jobs(
        self,
        kind: JobKind,
        below: Option<LongJobId>,
        limit: usize,
    ) -> Result<Page<LongJob>, StoreError> {
        let partition = Partition::LongJobs(self.tenant);
        let bound = below.map_or_else(|| JOBS_END.to_owned(), |id| CrmKey::LongJob(self.tenant, id).sk());
        let query = Query::partition(&partition).below(bound).newest_first().limit(MOST_LISTED);
        let (found, more) = self.table().query(&query).await?;
        let mut items = Vec::new();
        let mut last = None;
        let mut read = 0;
        let all = found.len();
        for found in found {
            let Key::Crm(CrmKey::LongJob(_, id)) = found.key else { continue };
            if items.len() == limit {
                break;
            }
            read += 1;
            last = Some(id);
            let job = found.read::<LongJobItem>()?.job(id);
            if job.kind == kind {
                items.push(job);
            }
        }
        let next = last.filter(|_| more.is_some() || read < all).map(|id| id.to_string());
        Ok(Page { items, next })
    }

    /// Takes a step in hand until two minutes after `now`, if the job has one of the places for those that run.
    pub async fn claim_long_job(self, id: LongJobId, step: u32, now: Timestamp) -> Result<ClaimedStep, StoreError> {
        let job = self.long_job(id).await?;
        if job.is_none_or(|job| job.state != JobState::Running || job.step != step) {
            return Ok(ClaimedStep::No);
        }
        if !self.take_place(id, now).await? {
            let later = self.at_job_step(id, step).set(RANK, &rank(self.tenant, id, now.plus(NO_PLACE)));
            let later = later.when(Condition::is(LongJobItem::STATE, &JobState::Running));
            return match self.table().update::<LongJobItem>(later).await? {
                Conditional::Applied(_) | Conditional::Rejected(_) => Ok(ClaimedStep::Full),
            };
        }
        let end = now.plus(LEASE);
        let update = self
            .at_job_step(id, step)
            .set(LongJobItem::CLAIMED_UNTIL, &end)
            .set(RANK, &rank(self.tenant, id, end))
            .count_up(LongJobItem::TRIES)
            .when(Condition::at_most(LongJobItem::CLAIMED_UNTIL, &now));
        match self.table().update::<LongJobItem>(update).await? {
            Conditional::Applied(item) => Ok(ClaimedStep::Yes(Box::new(item.job(id)))),
            Conditional::Rejected(_) => Ok(ClaimedStep::No),
        }
    }

    /// Writes down how far the step in hand has come, without ending it. False if another worker has it by now.
    pub async fn note_long_job(self, job: &LongJob, progress: &str) -> Result<bool, StoreError> {
        let update = self.job_in_hand(job).set(LongJobItem::PROGRESS, progress);
        Ok(matches!(self.table().update::<LongJobItem>(update).await?, Conditional::Applied(_)))
    }

    /// Ends the step in hand. Nothing happens if another worker has it by now, or the job was cancelled.
    pub async fn end_step(
        self,
        job: &LongJob,
        progress: &str,
        after: AfterStep,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let update = self
            .job_in_hand(job)
            .set(LongJobItem::PROGRESS, progress)
            .count_up(LongJobItem::STEP)
            .set(LongJobItem::TRIES, &0)
            .remove(LongJobItem::CLAIMED_UNTIL);
        let goes_on = matches!(after, AfterStep::Next);
        let update = match after {
            AfterStep::Next => update.set(RANK, &rank(self.tenant, job.id, now.plus(LEASE))),
            AfterStep::Wait => update.set(LongJobItem::STATE, &JobState::Waiting).remove(LIST).remove(RANK),
            AfterStep::End(problem) => {
                let state = if problem.is_some() { JobState::Failed } else { JobState::Done };
                update
                    .set(LongJobItem::STATE, &state)
                    .set(LongJobItem::ENDED, &now)
                    .set_or_remove(LongJobItem::PROBLEM, problem.as_ref())
                    .remove(LIST)
                    .remove(RANK)
            }
        };
        match self.table().update::<LongJobItem>(update).await? {
            Conditional::Applied(_) if !goes_on => self.free_place(job.id, now).await,
            Conditional::Applied(_) | Conditional::Rejected(_) => Ok(()),
        }
    }

    /// Has the step in hand be taken again at `next`.
    pub async fn put_off_long_job(self, job: &LongJob, next: Timestamp) -> Result<(), StoreError> {
        let update = self.job_in_hand(job).remove(LongJobItem::CLAIMED_UNTIL);
        let update = update.set(RANK, &rank(self.tenant, job.id, next));
        match self.table().update::<LongJobItem>(update).await? {
            Conditional::Applied(_) | Conditional::Rejected(_) => Ok(()),
        }
    }

    /// Has a job that waits for a person go on, with another order and progress; the entry of the audit says so. False if
    /// it did not wait with the progress `before`.
    pub async fn resume_long_job(
        self,
        before: &LongJob,
        order: &str,
        progress: &str,
        entry: &Entry,
    ) -> Result<bool, StoreError> {
        let now = entry.audit_event.at;
        let update = self
            .at_job_step(before.id, before.step)
            .set(LongJobItem::STATE, &JobState::Running)
            .set(LongJobItem::ORDER, order)
            .set(LongJobItem::PROGRESS, progress)
            .count_up(LongJobItem::STEP)
            .set(LongJobItem::TRIES, &0)
            .set(LIST, &List::due(&before.id.ulid_str()).pk())
            .set(RANK, &rank(self.tenant, before.id, now.plus(LEASE)))
            .when(Condition::is(LongJobItem::STATE, &JobState::Waiting));
        let changes = vec![Change::update(update), audit::append(self.tenant, entry)?];
        // Where another write holds the job, nobody knows yet whether it still waits: that is an error.
        match self.table().transact(changes).await? {
            Conditional::Applied(()) => Ok(true),
            Conditional::Rejected(_) => Ok(false),
        }
    }

    /// Cancels a job. False if it has ended, or is not there.
    pub async fn cancel_long_job(self, id: LongJobId, now: Timestamp) -> Result<bool, StoreError> {
        for state in [JobState::Running, JobState::Waiting] {
            let update = Update::at(CrmKey::LongJob(self.tenant, id))
                .set(LongJobItem::STATE, &JobState::Cancelled)
                .set(LongJobItem::ENDED, &now)
                .count_up(LongJobItem::STEP)
                .remove(LongJobItem::CLAIMED_UNTIL)
                .remove(LIST)
                .remove(RANK)
                .when(Condition::is(LongJobItem::STATE, &state));
            if let Conditional::Applied(_) = self.table().update::<LongJobItem>(update).await? {
                self.free_place(id, now).await?;
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Takes one of the places for jobs that run, or keeps the one that the job has.
    async fn take_place(self, id: LongJobId, now: Timestamp) -> Result<bool, StoreError> {
        let place = |number: u8| CrmKey::JobPlace(self.tenant, number);
        let taken = |number: u8| {
            Update::upsert::<PlaceItem>(place(number)).set(PlaceItem::JOB, &id).set(PlaceItem::UNTIL, &now.plus(PLACE))
        };
        for number in 0..AT_A_TIME {
            let kept = taken(number).when(Condition::is(PlaceItem::JOB, &id));
            if let Conditional::Applied(_) = self.table().update::<PlaceItem>(kept).await? {
                return Ok(true);
            }
        }
        for number in 0..AT_A_TIME {
            let free = taken(number).when(Condition::at_most(PlaceItem::UNTIL, &now));
            if let Conditional::Applied(_) = self.table().update::<PlaceItem>(free).await? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    async fn free_place(self, id: LongJobId, now: Timestamp) -> Result<(), StoreError> {
        for number in 0..AT_A_TIME {
            let update = Update::at(CrmKey::JobPlace(self.tenant, number)).set(PlaceItem::UNTIL, &now);
            match self.table().update::<PlaceItem>(update.when(Condition::is(PlaceItem::JOB, &id))).await? {
                Conditional::Applied(_) | Conditional::Rejected(_) => {}
            }
        }
        Ok(())
    }

    fn at_job_step(self, id: LongJobId, step: u32) -> Update {
        Update::at(CrmKey::LongJob(self.tenant, id)).when(Condition::is(LongJobItem::STEP, &step))
    }

    /// A change of a step that the worker has in hand.
    fn job_in_hand(self, job: &LongJob) -> Update {
        self.at_job_step(job.id, job.step)
            .when(Condition::is(LongJobItem::STATE, &JobState::Running))
            .when(Condition::is(LongJobItem::TRIES, &job.tries))
    }
}

/// What stands above every job in its partition: IDs begin with digits up to 7.
const JOBS_END: &str = "8";

fn rank(tenant: TenantId, id: LongJobId, at: Timestamp) -> String {
    due_rank::due_rank(DueKind::LongJob, tenant, at, &id.ulid_str())
}
