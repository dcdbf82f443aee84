//! Templates that are to be submitted to WhatsApp, or changed or deleted there: an item of its own beside the template, due until
//! WhatsApp has answered.

use crate::reliability::due_rank::{self, DueKind};
use crate::table::client::{Change, Conditional};
use crate::table::encoding::json;
use crate::table::expression::{Condition, Update};
use crate::table::item::{RANK, item};
use crate::table::keys::{ChannelsKey, List};
use crate::table::query::Read;
use crate::{StoreError, TenantStore};
use domain::outreach::template_lint::{Examples, TemplateEdit};
use domain::{ChannelId, TemplateId, TenantId, Timestamp};
use std::time::Duration;

/// How long a worker holds it: longer than the function may run (90 s).
const LEASE: Duration = Duration::from_secs(120);

/// How often it is tried before it is given up.
const MOST_TRIES: u32 = 5;

/// What WhatsApp is to do with a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TemplateTask {
    /// Review it; these are the samples.
    Submit(Examples),
    /// Change it.
    Edit(Box<TemplateEdit>),
    /// Delete it.
    Delete,
}

/// A [`TemplateTask`] in hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateWork {
    /// The channel whose token is used.
    pub channel: ChannelId,
    /// What is to be done.
    pub task: TemplateTask,
    /// How often it was tried.
    pub tries: u32,
}

impl TemplateWork {
    /// Whether it has been tried as often as it may be.
    #[must_use]
    pub const fn is_last_try(&self) -> bool {
        self.tries >= MOST_TRIES
    }
}

item! {
    struct WorkItem: "template_work" {
        channel: ChannelId = "ch",
        /// The samples, as JSON.
        submit?: String = "sb",
        /// The change, as JSON.
        edit?: String = "ed",
        #[serde(default)]
        tries: u32 = "tr" as TRIES,
        claimed_until?: Timestamp = "cu" as CLAIMED_UNTIL,
        list: String = "GSI1PK",
        rank: String = "GSI1SK",
    }
}

impl WorkItem {
    fn work(self, id: TemplateId) -> Result<TemplateWork, StoreError> {
        let corrupt = |error: serde_json::Error| StoreError::corrupt(id.to_string(), &error);
        let task = match (self.submit.as_deref(), self.edit.as_deref()) {
            (Some(examples), _) => TemplateTask::Submit(serde_json::from_str(examples).map_err(corrupt)?),
            (None, Some(edit)) => TemplateTask::Edit(serde_json::from_str(edit).map_err(corrupt)?),
            (None, None) => TemplateTask::Delete,
        };
        Ok(TemplateWork { channel: self.channel, task, tries: self.tries })
    }
}

/// The change by which WhatsApp is to do something with a template, as one of several. It only ever creates.
pub(crate) fn want(
    tenant: TenantId,
    id: TemplateId,
    channel: ChannelId,
    task: &TemplateTask,
    now: Timestamp,
) -> Result<Change, StoreError> {
    let (submit, edit) = match task {
        TemplateTask::Submit(examples) => (Some(json(examples)?), None),
        TemplateTask::Edit(edit) => (None, Some(json(edit)?)),
        TemplateTask::Delete => (None, None),
    };
    let item = WorkItem {
        channel,
        submit,
        edit,
        tries: 0,
        claimed_until: None,
        list: List::due(&id.ulid_str()).pk(),
        rank: rank(tenant, id, now.plus(LEASE)),
    };
    Change::create(ChannelsKey::TemplateWork(tenant, id), &item)
}

impl TenantStore<'_> {
    /// What WhatsApp is still to do with a template.
    pub async fn template_work(self, id: TemplateId) -> Result<Option<TemplateWork>, StoreError> {
        let item: Option<WorkItem> = self.table().get(ChannelsKey::TemplateWork(self.tenant, id), Read::Strong).await?;
        item.map(|item| item.work(id)).transpose()
    }

    /// Takes it in hand until two minutes after `now`, and counts the try. None if it was done, or was tried more than
    /// `step` times, or another worker has it in hand.
    pub async fn claim_template_work(
        self,
        id: TemplateId,
        step: u32,
        now: Timestamp,
    ) -> Result<Option<TemplateWork>, StoreError> {
        let end = now.plus(LEASE);
        let update = Update::at(ChannelsKey::TemplateWork(self.tenant, id))
            .set(WorkItem::CLAIMED_UNTIL, &end)
            .set(RANK, &rank(self.tenant, id, end))
            .count_up(WorkItem::TRIES)
            .when(Condition::is(WorkItem::TRIES, &step))
            .when(Condition::at_most(WorkItem::CLAIMED_UNTIL, &now));
        match self.table().update::<WorkItem>(update).await? {
            Conditional::Applied(item) => item.work(id).map(Some),
            Conditional::Rejected(_) => Ok(None),
        }
    }

    /// Has it be tried again at `next`.
    pub async fn put_off_template_work(
        self,
        id: TemplateId,
        work: &TemplateWork,
        next: Timestamp,
    ) -> Result<(), StoreError> {
        let update = Update::at(ChannelsKey::TemplateWork(self.tenant, id))
            .set(RANK, &rank(self.tenant, id, next))
            .remove(WorkItem::CLAIMED_UNTIL)
            .when(Condition::is(WorkItem::TRIES, &work.tries));
        match self.table().update::<WorkItem>(update).await? {
            Conditional::Applied(_) | Conditional::Rejected(_) => Ok(()),
        }
    }

    /// Nothing more is to be done with a template.
    pub async fn end_template_work(self, id: TemplateId) -> Result<(), StoreError> {
        self.table().delete(ChannelsKey::TemplateWork(self.tenant, id)).await
    }
}

fn rank(tenant: TenantId, id: TemplateId, at: Timestamp) -> String {
    due_rank::due_rank(DueKind::Template, tenant, at, &id.ulid_str())
}
