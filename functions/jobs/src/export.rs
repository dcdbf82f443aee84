//! Leads, or the messages of leads, as files. Who began the export sees in it what they see in the console: their leads and
//! conversations, with phones masked where they are masked for them.

use crate::long_jobs::{Ended, LONGEST_STEP, join, keep, read};
use crate::selections::{ids, seen_leads, select, viewer};
use crate::{Deps, JobError};
use domain::access::permissions::Permission;
use domain::access::users::User;
use domain::access::visibility::Viewer;
use domain::crm::exports::{ExportFile, ExportOrder, ExportProgress, Exported, FULL_FILE, Inside};
use domain::crm::leads::Lead;
use domain::crm::long_jobs::LongJob;
use domain::inbox::conversations::Conversation;
use domain::inbox::history::{Entry, Line};
use domain::{HistoryId, LeadId, TenantId, Timestamp};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use store::TenantStore;
use store::crm::long_jobs::AfterStep;
use views::leads::{LeadNames, LeadView};
use views::messages::MessageStatus;

/// How many leads are read together.
const AT_A_TIME: usize = 100;

/// How many leads one step writes at most.
const LEADS: usize = 5_000;

/// How many lines of a history are read at a time.
const LINES: usize = 500;

/// How much text one step holds before it ends.
const MOST_BYTES: usize = 8 * 1024 * 1024;

/// The columns of leads. JSON has the same fields as the API.
const LEAD_COLUMNS: [&str; 17] = [
    "id",
    "name",
    "phone",
    "phoneMasked",
    "username",
    "email",
    "stage",
    "source",
    "tags",
    "ownerName",
    "value",
    "currency",
    "lostReason",
    "createdAt",
    "updatedAt",
    "lastMessageAt",
    "unread",
];

/// The columns of messages.
const MESSAGE_COLUMNS: [&str; 13] = [
    "at",
    "leadId",
    "leadName",
    "phone",
    "direction",
    "by",
    "type",
    "text",
    "status",
    "channelId",
    "conversationId",
    "messageId",
    "wamid",
];

/// What an export works with.
struct Export<'a> {
    deps: &'a Deps,
    store: TenantStore<'a>,
    tenant: TenantId,
    job: &'a LongJob,
    order: &'a ExportOrder,
    viewer: Viewer,
    users: Vec<User>,
    progress: ExportProgress,
    text: String,
}

/// Takes the next step of an export.
pub(crate) async fn step(deps: &Deps, tenant: TenantId, job: &LongJob) -> Result<Ended, JobError> {
    let order: Option<ExportOrder> = read(&job.order);
    let (Some(order), Some(mut progress)) = (order, read::<ExportProgress>(&job.progress)) else {
        return Ok(Ended::failed(job, "The export cannot be read. Start it again."));
    };
    let Some(viewer) = viewer(deps, tenant, job.by, Permission::ManageLeads).await? else {
        return Ok(Ended::failed(job, "The user who began this export may no longer export leads."));
    };
    if progress.selected.list.is_none() {
        select(deps, tenant, job, &viewer, &order.selection, &mut progress.selected).await?;
        return Ok(Ended::with(&progress, AfterStep::Next));
    }
    let store = deps.store.tenant(tenant);
    let users = store.users().await?;
    let text = String::new();
    Export { deps, store, tenant, job, order: &order, viewer, users, progress, text }.write().await
}

impl Export<'_> {
    /// Writes the next leads, or the next messages.
    async fn write(mut self) -> Result<Ended, JobError> {
        let end = self.deps.clock.now().plus(LONGEST_STEP);
        let all: Vec<LeadId> =
            ids(self.deps, self.tenant, self.job, &self.progress.selected, self.progress.done, LEADS).await?;
        if self.progress.parts.is_empty() {
            self.text = self.order.format.head(self.columns());
        }
        for some in all.chunks(AT_A_TIME) {
            let mut leads = self.store.leads_now(some).await?;
            leads.retain(|lead| lead.deleted.is_none());
            leads.sort_by_key(|lead| lead.id);
            let leads = seen_leads(self.deps, self.tenant, &self.viewer, leads).await?;
            let is_whole = match self.order.what {
                Exported::Leads => {
                    self.leads(&leads).await?;
                    self.progress.done += some.len();
                    true
                }
                Exported::Messages => self.messages(some, &leads).await?,
            };
            if !is_whole || self.text.len() > MOST_BYTES || self.deps.clock.now() >= end {
                break;
            }
        }
        self.settle().await
    }

    /// Ends the step: the text becomes a part, and the parts a file once it is large or the last one.
    async fn settle(mut self) -> Result<Ended, JobError> {
        let Self { deps, tenant, job, order, .. } = self;
        let is_over = self.progress.selected.total.is_none_or(|total| self.progress.done >= total);
        let size: u64 = self.progress.parts.iter().map(|part| part.size).sum();
        let is_full = size + self.text.len() as u64 >= FULL_FILE;
        if is_over || is_full {
            self.text.push_str(order.format.tail());
        }
        let part = keep(deps, tenant, job.id, &job.part("part"), std::mem::take(&mut self.text)).await?;
        self.progress.parts.push(part);
        if is_over || is_full {
            let name = format!("{}.{}", job.part("export"), order.format);
            let size = join(deps, tenant, job.id, &self.progress.parts, &name).await?;
            self.progress.files.push(ExportFile { name, size });
            self.progress.parts.clear();
            self.progress.rows_in_file = 0;
        }
        let after = if is_over { AfterStep::End(None) } else { AfterStep::Next };
        Ok(Ended::with(&self.progress, after))
    }

    const fn columns(&self) -> &'static [&'static str] {
        match self.order.what {
            Exported::Leads => &LEAD_COLUMNS,
            Exported::Messages => &MESSAGE_COLUMNS,
        }
    }

    fn push(&mut self, row: &Value) {
        let row = self.order.format.row(row, self.columns(), self.progress.rows_in_file == 0);
        self.text.push_str(&row);
        self.progress.rows += 1;
        self.progress.rows_in_file += 1;
    }

    async fn conversations(&self, leads: &[Lead]) -> Result<Vec<Conversation>, JobError> {
        let ids: BTreeSet<_> = leads.iter().flat_map(|lead| lead.conversations.iter().copied()).collect();
        let mut all = self.store.conversations_now(&ids.into_iter().collect::<Vec<_>>()).await?;
        all.retain(|conversation| conversation.is_seen_by(&self.viewer));
        Ok(all)
    }

    const fn names(&self) -> LeadNames {
        LeadNames { masks_phones: self.viewer.masks_phones() }
    }

    async fn leads(&mut self, leads: &[Lead]) -> Result<(), JobError> {
        let conversations = self.conversations(leads).await?;
        let unread = views::gather::unread(&self.deps.store, self.tenant, &conversations).await?;
        let fields = self.deps.store.tenant(self.tenant).lead_fields().await?;
        for lead in leads {
            let own: Vec<_> = conversations.iter().filter(|one| lead.conversations.contains(&one.id)).collect();
            let count = own.iter().filter_map(|one| unread.get(&one.id)).sum::<usize>();
            let view = LeadView::new(lead, &own, count.min(views::gather::MOST_COUNTED), self.names(), &fields);
            let mut row = serde_json::to_value(&view).unwrap_or_default();
            let owner = self.users.iter().find(|user| Some(user.id) == lead.details.owner);
            row["ownerName"] = owner.map_or(Value::Null, |user| json!(user.name));
            self.push(&row);
        }
        Ok(())
    }

    /// Writes the messages of the leads of `ids`. False if the step ended before the last of them.
    async fn messages(&mut self, ids: &[LeadId], leads: &[Lead]) -> Result<bool, JobError> {
        let conversations = self.conversations(leads).await?;
        for id in ids {
            if let Some(lead) = leads.iter().find(|lead| lead.id == *id) {
                let own: Vec<_> = conversations.iter().filter(|one| lead.conversations.contains(&one.id)).collect();
                if !self.messages_of(lead, &own).await? {
                    return Ok(false);
                }
            }
            self.progress.inside = None;
            self.progress.done += 1;
        }
        Ok(true)
    }

    /// Writes the messages of one lead, newest first, history by history. False if there are more than one step holds.
    async fn messages_of(&mut self, lead: &Lead, conversations: &[&Conversation]) -> Result<bool, JobError> {
        let histories: BTreeSet<HistoryId> = conversations.iter().map(|conversation| conversation.id.history).collect();
        let name = self.names().name(lead, conversations);
        let phone = self.names().phone(lead).or_else(|| self.names().phone_masked(lead));
        let now = self.deps.clock.now();
        for (place, history) in histories.into_iter().enumerate() {
            let mut before = match self.progress.inside {
                Some(inside) if place < inside.history => continue,
                Some(inside) if place == inside.history => Some(inside.before),
                Some(_) | None => None,
            };
            loop {
                let page = self.store.history(history, before, LINES).await?;
                for entry in &page.items {
                    let id = entry.conversation(history);
                    if !id.is_some_and(|id| conversations.iter().any(|conversation| conversation.id == id)) {
                        continue;
                    }
                    if let Some(mut row) = message(entry, now) {
                        row["leadId"] = json!(lead.id);
                        row["leadName"] = json!(name);
                        row["phone"] = json!(phone);
                        row["conversationId"] = json!(id);
                        self.push(&row);
                    }
                }
                before = page.next.and_then(|next| next.parse().ok());
                let Some(next) = before else { break };
                if self.text.len() > MOST_BYTES {
                    self.progress.inside = Some(Inside { history: place, before: next });
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }
}

/// The row of a message; none of a line that is no message.
fn message(entry: &Entry, now: Timestamp) -> Option<Value> {
    let at = entry.at().to_string();
    let id = entry.id;
    Some(match &entry.line {
        Line::Received(received) => json!({
            "at": at, "messageId": id, "direction": "inbound", "by": null, "type": received.content.kind(),
            "text": received.shown_text(), "status": "received", "channelId": received.channel,
            "wamid": received.wamid,
        }),
        Line::Echo(echo) => json!({
            "at": at, "messageId": id, "direction": "outbound", "by": "whatsapp_app", "type": echo.content.kind(),
            "text": echo.shown_text(), "status": "sent", "channelId": echo.channel, "wamid": echo.wamid,
        }),
        Line::Sent(sent) => json!({
            "at": at, "messageId": id, "direction": "outbound", "by": sent.by, "type": sent.send.content.kind(),
            "text": sent.shown_text(), "status": MessageStatus::from(sent.send.shown(now)), "channelId": sent.send.conversation.channel,
            "wamid": sent.send.wamid,
        }),
        Line::Event(_) => return None,
    })
}
