//! Leads from a file. A first run checks every row and writes nothing; a second one writes, and reports what came of each.
//! A row makes the same lead however often it is read, so that a step which comes again doubles none.

use crate::long_jobs::{Ended, LONGEST_STEP, file, join, keep, read};
use crate::{Deps, JobError};
use domain::access::users::EmailAddress;
use domain::crm::import_fields::ImportField;
use domain::crm::import_file::{LARGEST_FILE, Row, Table};
use domain::crm::imports::{
    Duplicates, ImportOrder, ImportPhase, ImportProgress, ImportSettings, RowFault, WantedLead, lead_id,
};
use domain::crm::lead_changes::{LeadField, LeadRefused};
use domain::crm::leads::{Lead, Source};
use domain::crm::long_jobs::{LongJob, csv_line};
use domain::inbox::consents::{ConsentChange, ConsentKind, ConsentSource};
use domain::stages::Stage;
use domain::{HistoryId, LeadId, MessageId, Phone, TenantId, UserId, digest};
use futures::StreamExt;
use std::collections::{BTreeMap, HashSet};
use store::TenantStore;
use store::crm::contacts::KnownContacts;
use store::crm::lead_changes::{LeadAuthor, LeadWrite};
use store::crm::long_jobs::AfterStep;

/// How many rows one step checks.
const CHECKED: usize = 5_000;

/// How many rows one step writes at most.
const WRITTEN: usize = 2_000;

/// How many rows are looked up together.
const AT_A_TIME: usize = 50;

/// How many of them are written side by side.
const SIDE_BY_SIDE: usize = 8;

/// How often a row is tried when somebody else changes the same lead.
const MOST_RACES: usize = 8;

/// The columns of a report.
const REPORT: [&str; 5] = ["row", "result", "leadId", "field", "problem"];

/// What came of a row, or would come of it.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Outcome {
    Created(Option<LeadId>),
    Updated(LeadId),
    Skipped(Option<LeadId>, &'static str),
    Invalid(Vec<RowFault>),
}

/// What an import works with.
struct Import<'a> {
    deps: &'a Deps,
    store: TenantStore<'a>,
    job: &'a LongJob,
    settings: &'a ImportSettings,
    progress: ImportProgress,
    width: usize,
    users: BTreeMap<String, UserId>,
}

/// Takes the next step of an import.
pub(crate) async fn step(deps: &Deps, tenant: TenantId, job: &LongJob) -> Result<Ended, JobError> {
    let order: Option<ImportOrder> = read(&job.order);
    let (Some(order), Some(mut progress)) = (order, read::<ImportProgress>(&job.progress)) else {
        return Ok(Ended::failed(job, "The import cannot be read. Start it again."));
    };
    let Some(settings) = &order.settings else {
        return Ok(Ended::failed(job, "The columns were not chosen. Start the import again."));
    };
    let Some(bytes) = file(deps, tenant, job.id, "file.csv", LARGEST_FILE).await? else {
        return Ok(Ended::failed(job, "The file is gone. Upload it again."));
    };
    let table = match Table::read(&bytes) {
        Ok(table) => table,
        Err(fault) => return Ok(Ended::failed(job, fault.to_string())),
    };
    match table.count() {
        Ok(total) => progress.total = Some(total),
        Err(fault) => return Ok(Ended::failed(job, fault.to_string())),
    }
    let width = table.header.len();
    if settings.columns.len() != width {
        return Ok(Ended::failed(job, "The file has other columns than those that were chosen. Upload it again."));
    }
    let store = deps.store.tenant(tenant);
    let users = store.users().await?.into_iter().filter(|user| user.active);
    let users = users.map(|user| (user.email.as_str().to_owned(), user.id)).collect();
    let mut import = Import { deps, store, job, settings, progress, width, users };
    match import.progress.phase {
        ImportPhase::Check => import.check(tenant, &table).await,
        ImportPhase::Run => import.run(tenant, &table).await,
        ImportPhase::Upload | ImportPhase::Ready => {
            Ok(Ended::failed(job, "The import was not started. Start it again."))
        }
    }
}

impl Import<'_> {
    /// Says of the next rows what would come of them.
    async fn check(&mut self, tenant: TenantId, table: &Table<'_>) -> Result<Ended, JobError> {
        let mut seen = HashSet::new();
        let mut report = self.report();
        let mut rows = table.rows();
        for row in rows.by_ref().take(self.progress.rows) {
            if let Ok(wanted) = self.wanted(&row) {
                seen.extend(contacts(&wanted));
            }
        }
        let mut done = 0;
        loop {
            let some: Vec<_> = rows.by_ref().take(AT_A_TIME).collect();
            if some.is_empty() {
                break;
            }
            let wanted: Vec<_> = some.iter().map(|row| (row.number, self.wanted(row))).collect();
            let known = self.known(wanted.iter().filter_map(|(_, wanted)| wanted.as_ref().ok())).await?;
            for (number, wanted) in wanted {
                let outcome = match wanted {
                    Ok(wanted) => self.forecast(&wanted, &known, &mut seen),
                    Err(faults) => Outcome::Invalid(faults),
                };
                self.count(&outcome);
                report.push_str(&line(number, &outcome));
            }
            done += some.len();
            if done >= CHECKED {
                break;
            }
        }
        self.progress.rows += done;
        self.settle(tenant, report, "check.csv").await
    }

    fn forecast(&self, wanted: &WantedLead, known: &KnownContacts, seen: &mut HashSet<u64>) -> Outcome {
        let contacts = contacts(wanted);
        let repeated = contacts.iter().any(|contact| seen.contains(contact));
        seen.extend(contacts);
        match (self.lead_of(wanted, known), self.settings.duplicates) {
            (Err(fault), _) => Outcome::Invalid(vec![fault]),
            (Ok(Some(lead)), Duplicates::Skip) => Outcome::Skipped(Some(lead), KNOWN),
            (Ok(Some(lead)), Duplicates::Update | Duplicates::UpdateOnly) => Outcome::Updated(lead),
            (Ok(None), Duplicates::UpdateOnly) => Outcome::Skipped(None, UNKNOWN),
            (Ok(None), Duplicates::Skip) if repeated => Outcome::Skipped(None, REPEATED),
            (Ok(None), Duplicates::Skip | Duplicates::Update) => Outcome::Created(None),
        }
    }

    /// Writes the next rows.
    async fn run(&mut self, tenant: TenantId, table: &Table<'_>) -> Result<Ended, JobError> {
        let end = self.deps.clock.now().plus(LONGEST_STEP);
        let mut report = self.report();
        let mut rows = table.rows().skip(self.progress.rows);
        let mut done = 0;
        loop {
            let some: Vec<_> = rows.by_ref().take(AT_A_TIME).collect();
            if some.is_empty() {
                break;
            }
            for (number, outcome) in self.written(&some).await? {
                self.count(&outcome);
                report.push_str(&line(number, &outcome));
            }
            done += some.len();
            if done >= WRITTEN || self.deps.clock.now() >= end {
                break;
            }
        }
        self.progress.rows += done;
        self.settle(tenant, report, "report.csv").await
    }

    /// Writes some rows. Rows of one customer are written one after the other, all others side by side.
    async fn written(&self, rows: &[Row]) -> Result<BTreeMap<usize, Outcome>, JobError> {
        let mut outcomes = BTreeMap::new();
        let mut waiting = Vec::new();
        for row in rows {
            match self.wanted(row) {
                Ok(wanted) => waiting.push(wanted),
                Err(faults) => drop(outcomes.insert(row.number, Outcome::Invalid(faults))),
            }
        }
        while !waiting.is_empty() {
            let mut taken = HashSet::new();
            let (now, later): (Vec<_>, Vec<_>) = waiting.into_iter().partition(|wanted| {
                let contacts = contacts(wanted);
                let is_first = contacts.iter().all(|contact| !taken.contains(contact));
                taken.extend(contacts);
                is_first
            });
            let known = self.known(now.iter()).await?;
            let known = &known;
            let writes: Vec<_> = now.iter().map(|wanted| self.write(wanted, known)).collect();
            let mut writes = futures::stream::iter(writes).buffer_unordered(SIDE_BY_SIDE);
            while let Some(written) = writes.next().await {
                let (number, outcome) = written?;
                outcomes.insert(number, outcome);
            }
            drop(writes);
            waiting = later;
        }
        Ok(outcomes)
    }

    async fn write(&self, wanted: &WantedLead, known: &KnownContacts) -> Result<(usize, Outcome), JobError> {
        let mut lead = match self.lead_of(wanted, known) {
            Ok(lead) => lead,
            Err(fault) => return Ok((wanted.row, Outcome::Invalid(vec![fault]))),
        };
        let own = lead_id(self.job.id, self.progress.began, wanted.row);
        for _ in 0..MOST_RACES {
            let outcome = match (lead, self.settings.duplicates) {
                (Some(id), _) if id == own => Some(Outcome::Created(Some(own))),
                (None, Duplicates::UpdateOnly) => Some(Outcome::Skipped(None, UNKNOWN)),
                (None, Duplicates::Skip | Duplicates::Update) => match self.create(wanted, own).await? {
                    Made::Done(outcome) => Some(outcome),
                    Made::Known(other) => {
                        lead = Some(other);
                        None
                    }
                    Made::Stale => None,
                },
                (Some(id), Duplicates::Skip) => Some(Outcome::Skipped(Some(id), KNOWN)),
                (Some(id), Duplicates::Update | Duplicates::UpdateOnly) => self.update(wanted, id).await?,
            };
            if let Some(outcome) = outcome {
                if let Outcome::Created(Some(id)) | Outcome::Updated(id) = &outcome {
                    self.note_consent(wanted, *id).await?;
                }
                return Ok((wanted.row, outcome));
            }
        }
        Err(store::StoreError::Conflict.into())
    }

    async fn create(&self, wanted: &WantedLead, own: LeadId) -> Result<Made, JobError> {
        let now = self.deps.clock.now();
        let blank = Lead::new(own, Stage::New, Source::Other, now);
        let mut lead = match self.settings.creation(wanted).apply(&blank, now) {
            Ok(lead) => lead,
            Err(refused) => return Ok(Made::Done(refusal(refused))),
        };
        lead.revision = 1;
        Ok(match self.store.import_lead(&lead, self.author(wanted.row)).await? {
            LeadWrite::Done => Made::Done(Outcome::Created(Some(own))),
            LeadWrite::Taken { lead, .. } => Made::Known(lead),
            LeadWrite::Stale => Made::Stale,
        })
    }

    /// None if somebody else changed the lead meanwhile.
    async fn update(&self, wanted: &WantedLead, id: LeadId) -> Result<Option<Outcome>, JobError> {
        let Some(before) = self.store.lead(id).await? else { return Ok(Some(Outcome::Skipped(None, DELETED))) };
        if before.deleted.is_some() {
            return Ok(Some(Outcome::Skipped(Some(id), DELETED)));
        }
        if self.job.tries > 1 && self.was_updated(wanted.row, id).await? {
            return Ok(Some(Outcome::Updated(id)));
        }
        let change = self.settings.update(wanted, &before.details.tags);
        let after = match change.apply(&before, self.deps.clock.now()) {
            Ok(after) => after,
            Err(refused) => return Ok(Some(refusal(refused))),
        };
        if after == before {
            return Ok(Some(Outcome::Updated(id)));
        }
        Ok(match self.store.change_lead(&before, &after, self.author(wanted.row)).await? {
            LeadWrite::Done => Some(Outcome::Updated(id)),
            LeadWrite::Taken { .. } => Some(Outcome::Invalid(vec![two_leads()])),
            LeadWrite::Stale => None,
        })
    }

    /// Whether an earlier try of this step updated the lead.
    async fn was_updated(&self, row: usize, id: LeadId) -> Result<bool, JobError> {
        let author = self.author(row);
        let history = HistoryId::for_lead(id);
        for line in [author.line, author.stage_line] {
            if self.store.entry(history, line).await?.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Writes down what the customer agreed to. A refusal of theirs stays.
    async fn note_consent(&self, wanted: &WantedLead, lead: LeadId) -> Result<(), JobError> {
        let Some((allowed, note)) = &wanted.consent else { return Ok(()) };
        let kind = ConsentKind::Marketing;
        let refused = self.store.consents(lead).await?.holds(kind).is_some_and(|change| !change.allowed);
        if refused {
            return Ok(());
        }
        let at = self.progress.began;
        let (source, by) = (ConsentSource::User, Some(self.job.by));
        let change = ConsentChange { kind, allowed: *allowed, at, source, by, note: note.clone() };
        self.store.change_consent(lead, &[change]).await?;
        Ok(())
    }

    fn author(&self, row: usize) -> LeadAuthor<'static> {
        let line = |what: &str| {
            let bits = digest::bits80(&["import", &self.job.id.ulid_str(), &row.to_string(), what]);
            MessageId::at_moment(self.progress.began, bits)
        };
        LeadAuthor { by: self.job.by, line: line("line"), stage_line: line("stage"), entry: None }
    }

    fn wanted(&self, row: &Row) -> Result<WantedLead, Vec<RowFault>> {
        self.settings.lead(row, self.width, |email| self.users.get(email.as_str()).copied())
    }

    async fn known<'w>(&self, wanted: impl Iterator<Item = &'w WantedLead> + Clone) -> Result<KnownContacts, JobError> {
        let phones: Vec<Phone> = wanted.clone().filter_map(|wanted| wanted.change.phone.clone().flatten()).collect();
        let emails: Vec<EmailAddress> = wanted.filter_map(|wanted| wanted.change.email.clone().flatten()).collect();
        Ok(self.store.known_contacts(&phones, &emails).await?)
    }

    /// The lead that has the phone or the email address of a row.
    fn lead_of(&self, wanted: &WantedLead, known: &KnownContacts) -> Result<Option<LeadId>, RowFault> {
        let by_phone = wanted.change.phone.as_ref().and_then(Option::as_ref).and_then(|phone| known.by_phone(phone));
        let by_email = wanted.change.email.as_ref().and_then(Option::as_ref).and_then(|email| known.by_email(email));
        match (by_phone, by_email) {
            (Some(one), Some(other)) if one != other => Err(two_leads()),
            (one, other) => Ok(one.or(other)),
        }
    }

    fn count(&mut self, outcome: &Outcome) {
        let counts = &mut self.progress.counts;
        let count = match outcome {
            Outcome::Created(_) => &mut counts.created,
            Outcome::Updated(_) => &mut counts.updated,
            Outcome::Skipped(..) => &mut counts.skipped,
            Outcome::Invalid(_) => &mut counts.invalid,
        };
        *count += 1;
    }

    /// The part of the report that this step writes, with the columns at its beginning.
    fn report(&self) -> String {
        if self.progress.parts.is_empty() { csv_line(REPORT) } else { String::new() }
    }

    /// Keeps the part of the report, and ends the step; after the last row, the whole report.
    async fn settle(&mut self, tenant: TenantId, report: String, name: &str) -> Result<Ended, JobError> {
        let part = self.job.part(name);
        self.progress.parts.push(keep(self.deps, tenant, self.job.id, &part, report).await?);
        if self.progress.total.is_some_and(|total| self.progress.rows < total) {
            return Ok(Ended::with(&self.progress, AfterStep::Next));
        }
        join(self.deps, tenant, self.job.id, &self.progress.parts, name).await?;
        self.progress.report = Some(name.to_owned());
        let after = match self.progress.phase {
            ImportPhase::Check => {
                self.progress.phase = ImportPhase::Ready;
                AfterStep::Wait
            }
            ImportPhase::Run | ImportPhase::Upload | ImportPhase::Ready => AfterStep::End(None),
        };
        Ok(Ended::with(&self.progress, after))
    }
}

/// What came of making a lead.
enum Made {
    Done(Outcome),
    /// This lead has the phone or the email address.
    Known(LeadId),
    Stale,
}

const KNOWN: &str = "A lead has this phone number or email address.";
const UNKNOWN: &str = "No lead has this phone number or email address.";
const REPEATED: &str = "An earlier row has this phone number or email address.";
const DELETED: &str = "The lead was deleted. Restore it first.";

fn two_leads() -> RowFault {
    let detail = "Another lead has the email address or the phone number.".to_owned();
    RowFault { field: ImportField::EmailAddress, detail }
}

fn refusal(refused: LeadRefused) -> Outcome {
    let field = match refused.field() {
        LeadField::Phone => ImportField::Phone,
        LeadField::EmailAddress => ImportField::EmailAddress,
        LeadField::Stage => ImportField::Stage,
        LeadField::Source => ImportField::Source,
        LeadField::Tags => ImportField::Tags,
        LeadField::Owner => ImportField::Owner,
        LeadField::Value => ImportField::Value,
        LeadField::Currency => ImportField::Currency,
        LeadField::LostReason => ImportField::LostReason,
        // An import sets no custom fields, so none of them is refused.
        LeadField::Name | LeadField::Fields => ImportField::Name,
    };
    Outcome::Invalid(vec![RowFault { field, detail: refused.to_string() }])
}

/// The digests of the phone and the email address of a row.
fn contacts(wanted: &WantedLead) -> Vec<u64> {
    let digest = |kind: &str, text: &str| u64::try_from(digest::bits80(&[kind, text]) >> 16).unwrap_or_default();
    let phone = wanted.change.phone.iter().flatten().map(|phone| digest("phone", &phone.canonical()));
    let email = wanted.change.email.iter().flatten().map(|email| digest("email", email.as_str()));
    phone.chain(email).collect()
}

fn line(row: usize, outcome: &Outcome) -> String {
    let row = row.to_string();
    let id = |lead: &Option<LeadId>| lead.map(|lead| lead.to_string()).unwrap_or_default();
    match outcome {
        Outcome::Created(lead) => csv_line([row.as_str(), "created", &id(lead), "", ""]),
        Outcome::Updated(lead) => csv_line([row.as_str(), "updated", &lead.to_string(), "", ""]),
        Outcome::Skipped(lead, why) => csv_line([row.as_str(), "skipped", &id(lead), "", why]),
        Outcome::Invalid(faults) => faults
            .iter()
            .map(|fault| csv_line([row.as_str(), "invalid", "", fault.field.as_str(), &fault.detail]))
            .collect(),
    }
}
