//! Bulk changes. Each step first writes down what it is about to change and what that was before, and then changes it. So
//! a step that comes again knows what it has changed already, and an undo knows what to restore.

use crate::long_jobs::{Ended, file, join, keep, read};
use crate::selections::{ids, seen_leads, select, viewer};
use crate::{Deps, JobError};
use blobs::BlobError;
use domain::access::audit::{Action, AuditEvent, Entry};
use domain::access::permissions::Permission;
use domain::access::visibility::Viewer;
use domain::crm::bulk::{Before, BulkAction, BulkOrder, BulkProgress, ConversationAction, LeadAction, Undo};
use domain::crm::leads::Lead;
use domain::crm::long_jobs::{LongJob, csv_line};
use domain::crm::selections::Part;
use domain::{Assignee, ConversationId, LeadId, MessageId, TenantId, digest};
use futures::StreamExt;
use store::TenantStore;
use store::crm::lead_changes::{LeadAuthor, LeadWrite, Restorer};
use store::crm::long_jobs::AfterStep;
use store::inbox::assignments::Author;

/// How many one step changes.
const STEP: usize = 500;

/// How many are changed side by side.
const SIDE_BY_SIDE: usize = 8;

/// How often a change is tried when somebody else changes the same lead.
const MOST_RACES: usize = 8;

/// The largest plan of a step.
const LARGEST_PLAN: u64 = 8 * 1024 * 1024;

/// The columns of a report.
const REPORT: [&str; 3] = ["id", "result", "problem"];

/// What came of one.
#[derive(Clone, Debug)]
enum Outcome {
    Changed,
    Unchanged,
    Refused(String),
}

struct Bulk<'a> {
    deps: &'a Deps,
    store: TenantStore<'a>,
    tenant: TenantId,
    job: &'a LongJob,
    order: &'a BulkOrder,
    viewer: Viewer,
    progress: BulkProgress,
}

/// Takes the next step of a bulk change.
pub(crate) async fn step(deps: &Deps, tenant: TenantId, job: &LongJob) -> Result<Ended, JobError> {
    let order: Option<BulkOrder> = read(&job.order);
    let (Some(order), Some(mut progress)) = (order, read::<BulkProgress>(&job.progress)) else {
        return Ok(Ended::failed(job, "The bulk change cannot be read. Start it again."));
    };
    let permission = match order.action {
        BulkAction::Leads(LeadAction::Delete) => Permission::ManageLeads,
        BulkAction::Leads(_) | BulkAction::Conversations(_) => Permission::ServeCustomers,
    };
    let Some(viewer) = viewer(deps, tenant, job.by, permission).await? else {
        return Ok(Ended::failed(job, "The user who began this bulk change may no longer make it."));
    };
    let store = deps.store.tenant(tenant);
    if order.undoes.is_none() && progress.selected.list.is_none() {
        select(deps, tenant, job, &viewer, &order.selection, &mut progress.selected).await?;
        return Ok(Ended::with(&progress, AfterStep::Next));
    }
    let bulk = Bulk { deps, store, tenant, job, order: &order, viewer, progress };
    if order.undoes.is_some() { bulk.undo().await } else { bulk.change().await }
}

impl Bulk<'_> {
    async fn change(mut self) -> Result<Ended, JobError> {
        let plan = match self.progress.plan.clone() {
            Some(part) => self.lines(&part).await?,
            None => {
                let plan = self.plan().await?;
                let text: String = plan.iter().map(|line| format!("{}\n", json(line))).collect();
                let part = keep(self.deps, self.tenant, self.job.id, &self.job.part("plan"), text).await?;
                self.progress.plan = Some(part);
                if !self.store.note_long_job(self.job, &json(&self.progress)).await? {
                    // Another worker has the step by now: what this one would write is refused.
                    return Ok(Ended::with(&self.progress, AfterStep::Next));
                }
                plan
            }
        };
        let missing = self.asked().saturating_sub(plan.len());
        self.progress.counts.unchanged += missing;
        self.progress.done += missing;
        let outcomes = self.each(&plan, |before| self.apply(before)).await?;
        self.progress.plans.extend(self.progress.plan.take());
        self.settle(&plan, outcomes).await
    }

    /// How many the step is about.
    fn asked(&self) -> usize {
        let total = self.progress.selected.total.unwrap_or_default();
        total.saturating_sub(self.progress.done).min(STEP)
    }

    /// What the step changes, as it is before. What is gone, or nothing that the viewer sees, is left out.
    async fn plan(&self) -> Result<Vec<Before>, JobError> {
        let (selected, done) = (&self.progress.selected, self.progress.done);
        match &self.order.action {
            BulkAction::Leads(action) => {
                let some: Vec<LeadId> = ids(self.deps, self.tenant, self.job, selected, done, STEP).await?;
                let mut leads = self.store.leads_now(&some).await?;
                leads.retain(|lead| lead.deleted.is_none());
                let leads = seen_leads(self.deps, self.tenant, &self.viewer, leads).await?;
                Ok(leads.iter().map(|lead| action.before(lead)).collect())
            }
            BulkAction::Conversations(action) => {
                let some: Vec<ConversationId> = ids(self.deps, self.tenant, self.job, selected, done, STEP).await?;
                let all = self.store.conversations_now(&some).await?;
                let seen = all.iter().filter(|one| one.is_seen_by(&self.viewer) && !one.lead_deleted);
                Ok(seen.map(|conversation| action.before(conversation)).collect())
            }
        }
    }

    async fn lines(&self, part: &Part) -> Result<Vec<Before>, JobError> {
        let bytes = file(self.deps, self.tenant, self.job.id, &part.name, LARGEST_PLAN).await?;
        Ok(lines(&bytes.ok_or(BlobError::Missing)?))
    }

    /// Does `what` with each line of a plan, many side by side.
    async fn each<'p, F>(&self, plan: &'p [Before], what: impl Fn(&'p Before) -> F) -> Result<Vec<Outcome>, JobError>
    where
        F: Future<Output = Result<Outcome, JobError>>,
    {
        let all: Vec<_> = plan.iter().map(what).collect();
        let done: Vec<_> = futures::stream::iter(all).buffered(SIDE_BY_SIDE).collect().await;
        done.into_iter().collect()
    }

    async fn apply(&self, before: &Before) -> Result<Outcome, JobError> {
        match (&self.order.action, before) {
            (BulkAction::Leads(action), Before::Lead { id, .. }) => self.change_lead(action, *id).await,
            (BulkAction::Conversations(action), Before::Conversation { id, .. }) => {
                self.change_conversation(*action, *id).await
            }
            (BulkAction::Leads(_) | BulkAction::Conversations(_), _) => Ok(Outcome::Unchanged),
        }
    }

    async fn change_lead(&self, action: &LeadAction, id: LeadId) -> Result<Outcome, JobError> {
        for _ in 0..MOST_RACES {
            let Some(lead) = self.store.lead(id).await? else { return Ok(Outcome::Unchanged) };
            if let Some(outcome) = self.change_once(action, &lead).await? {
                return Ok(outcome);
            }
        }
        Err(store::StoreError::Conflict.into())
    }

    /// None if somebody else changed the lead meanwhile.
    async fn change_once(&self, action: &LeadAction, lead: &Lead) -> Result<Option<Outcome>, JobError> {
        if self.job.tries > 1 && matches!(self.known(lead.id).await?, Outcome::Changed) {
            return Ok(Some(Outcome::Changed));
        }
        let Some(change) = action.change(lead) else {
            if lead.deleted.is_some() {
                return self.known(lead.id).await.map(Some);
            }
            let line = self.line(&lead.id.to_string(), "line");
            let entry = self.entry(Action::LeadDeleted, &lead.id.to_string());
            let is_deleted = self.store.delete_lead(lead, self.job.by, line, &entry).await?;
            return Ok(is_deleted.then_some(Outcome::Changed));
        };
        if lead.deleted.is_some() {
            return Ok(Some(Outcome::Refused("The lead was deleted.".to_owned())));
        }
        self.write(lead, &change).await
    }

    async fn write(
        &self,
        lead: &Lead,
        change: &domain::crm::lead_changes::LeadChange,
    ) -> Result<Option<Outcome>, JobError> {
        let after = match change.apply(lead, self.deps.clock.now()) {
            Ok(after) => after,
            Err(refused) => return Ok(Some(Outcome::Refused(refused.to_string()))),
        };
        if after == *lead {
            return self.known(lead.id).await.map(Some);
        }
        let id = lead.id.to_string();
        let (line, stage_line) = (self.line(&id, "line"), self.line(&id, "stage"));
        let author = LeadAuthor { by: self.job.by, line, stage_line, entry: None };
        Ok(match self.store.change_lead(lead, &after, author).await? {
            LeadWrite::Done => Some(Outcome::Changed),
            LeadWrite::Stale => None,
            LeadWrite::Taken { .. } => Some(Outcome::Refused("Another lead has this value.".to_owned())),
        })
    }

    /// What came of a lead that is as it should be: an earlier try of this step changed it if its line of history is there.
    async fn known(&self, lead: LeadId) -> Result<Outcome, JobError> {
        let history = domain::HistoryId::for_lead(lead);
        for what in ["line", "stage"] {
            if self.store.entry(history, self.line(&lead.to_string(), what)).await?.is_some() {
                return Ok(Outcome::Changed);
            }
        }
        Ok(Outcome::Unchanged)
    }

    async fn change_conversation(&self, action: ConversationAction, id: ConversationId) -> Result<Outcome, JobError> {
        match (action, action.status()) {
            (ConversationAction::Assign(user), _) => {
                self.write_conversation(id, Undo::Assign(user.map(Assignee::User))).await
            }
            (_, Some(status)) => self.write_conversation(id, Undo::Status(status)).await,
            (_, None) => {
                let before = self.store.conversation(id).await?;
                if !before.is_some_and(|before| before.is_unread()) {
                    return Ok(Outcome::Unchanged);
                }
                // Hundreds of receipts at once would tell customers that somebody has read what nobody has.
                self.store.mark_read(id, false, self.deps.clock.now()).await?;
                Ok(Outcome::Changed)
            }
        }
    }

    async fn write_conversation(&self, id: ConversationId, to: Undo) -> Result<Outcome, JobError> {
        let name = id.to_string();
        let line = self.line(&name, "line");
        if self.job.tries > 1 && self.store.entry(id.history, line).await?.is_some() {
            return Ok(Outcome::Changed);
        }
        let author = Author { by: self.job.by, line, bits: self.bits(&name, "entry") };
        let changed = match to {
            Undo::Assign(assignee) => self.store.assign(id, assignee, author).await?,
            Undo::Status(status) => self.store.set_status(id, status, author).await?,
        };
        let Some(changed) = changed else { return Ok(Outcome::Unchanged) };
        if changed.is_new || self.store.entry(id.history, line).await?.is_some() {
            return Ok(Outcome::Changed);
        }
        Ok(Outcome::Unchanged)
    }

    /// Undoes the next lines of the plans of another bulk change.
    async fn undo(mut self) -> Result<Ended, JobError> {
        let undone = match self.order.undoes {
            Some(id) => self.store.long_job(id).await?,
            None => None,
        };
        let Some(undone) = undone else {
            return Ok(Ended::failed(self.job, "The bulk change to undo is gone."));
        };
        let Some(theirs) = read::<BulkProgress>(&undone.progress) else {
            return Ok(Ended::failed(self.job, "The bulk change to undo cannot be read."));
        };
        self.progress.selected.total = theirs.selected.total;
        // The plan of a step that was cancelled is the last one.
        let plans: Vec<_> = theirs.plans.iter().chain(&theirs.plan).collect();
        let Some(part) = plans.get(self.progress.plans.len()).map(|part| (*part).clone()) else {
            self.progress.selected.total = Some(self.progress.done);
            return self.settle(&[], Vec::new()).await;
        };
        let bytes = file(self.deps, self.tenant, undone.id, &part.name, LARGEST_PLAN).await?;
        let Some(bytes) = bytes else {
            return Ok(Ended::failed(self.job, "The notes of the bulk change are removed after a week."));
        };
        let plan = lines(&bytes);
        let outcomes = self.each(&plan, |before| self.restore(before)).await?;
        self.progress.plans.push(part);
        if self.progress.plans.len() == plans.len() {
            self.progress.selected.total = Some(self.progress.done + plan.len());
        }
        self.settle(&plan, outcomes).await
    }

    async fn restore(&self, before: &Before) -> Result<Outcome, JobError> {
        let changed = || Outcome::Refused("Another user has changed this since.".to_owned());
        match (&self.order.action, before) {
            (BulkAction::Leads(LeadAction::Delete), Before::Lead { id, .. }) => self.restore_lead(*id).await,
            (BulkAction::Leads(action), Before::Lead { id, .. }) => {
                for _ in 0..MOST_RACES {
                    let Some(lead) = self.store.lead(*id).await? else { return Ok(changed()) };
                    let undo = action.undo(&lead, before).filter(|_| lead.deleted.is_none());
                    if self.job.tries > 1 && matches!(self.known(*id).await?, Outcome::Changed) {
                        return Ok(Outcome::Changed);
                    }
                    let Some(change) = undo else { return Ok(changed()) };
                    if let Some(outcome) = self.write(&lead, &change).await? {
                        return Ok(outcome);
                    }
                }
                Err(store::StoreError::Conflict.into())
            }
            (BulkAction::Conversations(action), Before::Conversation { id, .. }) => {
                let Some(conversation) = self.store.conversation(*id).await? else { return Ok(changed()) };
                match action.undo(&conversation, before, self.deps.clock.now()) {
                    Some(undo) => self.write_conversation(*id, undo).await,
                    None => Ok(changed()),
                }
            }
            (BulkAction::Leads(_) | BulkAction::Conversations(_), _) => Ok(Outcome::Unchanged),
        }
    }

    async fn restore_lead(&self, id: LeadId) -> Result<Outcome, JobError> {
        let now = self.deps.clock.now();
        for _ in 0..MOST_RACES {
            let Some(lead) = self.store.lead(id).await? else { return Ok(Outcome::Unchanged) };
            if lead.deleted.is_none() {
                return self.known(id).await;
            }
            if !lead.may_be_restored(now) {
                return Ok(Outcome::Refused("The lead was deleted more than 30 days ago.".to_owned()));
            }
            let entry = self.entry(Action::LeadRestored, &id.to_string());
            let by = Restorer::Caller(self.job.by, &entry);
            if self.store.restore_lead(&lead, by, self.line(&id.to_string(), "line"), now).await? {
                return Ok(Outcome::Changed);
            }
        }
        Err(store::StoreError::Conflict.into())
    }

    async fn settle(mut self, plan: &[Before], outcomes: Vec<Outcome>) -> Result<Ended, JobError> {
        let mut report = if self.progress.parts.is_empty() { csv_line(REPORT) } else { String::new() };
        for (before, outcome) in plan.iter().zip(outcomes) {
            let id = match before {
                Before::Lead { id, .. } => id.to_string(),
                Before::Conversation { id, .. } => id.to_string(),
            };
            let counts = &mut self.progress.counts;
            let (count, result, problem) = match outcome {
                Outcome::Changed => (&mut counts.changed, "changed", String::new()),
                Outcome::Unchanged => (&mut counts.unchanged, "unchanged", String::new()),
                Outcome::Refused(why) => (&mut counts.refused, "refused", why),
            };
            *count += 1;
            self.progress.done += 1;
            report.push_str(&csv_line([id.as_str(), result, &problem]));
        }
        let part = keep(self.deps, self.tenant, self.job.id, &self.job.part("report"), report).await?;
        self.progress.parts.push(part);
        if self.progress.selected.total.is_some_and(|total| self.progress.done < total) {
            return Ok(Ended::with(&self.progress, AfterStep::Next));
        }
        join(self.deps, self.tenant, self.job.id, &self.progress.parts, "report.csv").await?;
        self.progress.report = Some("report.csv".to_owned());
        Ok(Ended::with(&self.progress, AfterStep::End(None)))
    }

    fn bits(&self, id: &str, what: &str) -> u128 {
        digest::bits80(&["bulk", &self.job.id.ulid_str(), id, what])
    }

    /// The line of the history that says so: the same however often the step comes.
    fn line(&self, id: &str, what: &str) -> MessageId {
        MessageId::at_moment(self.progress.began, self.bits(id, what))
    }

    fn entry(&self, action: Action, id: &str) -> Entry {
        let by = self.job.by;
        let detail = format!("by {}", self.job.id);
        let event = AuditEvent { at: self.deps.clock.now(), by, action, target: id.to_owned(), detail };
        Entry::new(event, self.bits(id, "entry"))
    }
}

fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

fn lines(bytes: &[u8]) -> Vec<Before> {
    String::from_utf8_lossy(bytes).lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
}
