//! Blocked leads: one item each, due until WhatsApp has answered for every number.

use crate::access::audit;
use crate::inbox::conversations::replace_with;
use crate::reliability::due_rank::{self, DueKind};
use crate::table::client::{Change, Conditional};
use crate::table::expression::{Condition, Update};
use crate::table::item::{LIST, RANK, item};
use crate::table::keys::{CrmKey, List};
use crate::table::query::Read;
use crate::{StoreError, TenantStore};
use domain::access::audit::Entry;
use domain::crm::blocks::{AtWhatsapp, Block};
use domain::crm::leads::Lead;
use domain::inbox::conversations::Conversation;
use domain::{Actor, LeadId, TenantId, Text, Timestamp};
use std::time::Duration;

/// How long a worker holds a step: longer than the function may run (90 s).
const LEASE: Duration = Duration::from_secs(120);

item! {
    pub(crate) struct BlockItem: "block" {
        blocked: bool = "bl" as BLOCKED,
        by: Actor = "by" as BY,
        at: Timestamp = "at" as AT,
        at_whatsapp: AtWhatsapp = "ws" as AT_WHATSAPP,
        reason?: Text = "er" as REASON,
        /// Counts the steps. The stream queues each.
        step: u32 = "sp" as STEP,
        claimed_until?: Timestamp = "cu" as CLAIMED_UNTIL,
        /// How often WhatsApp was asked for this.
        #[serde(default)]
        tries: u32 = "tr" as TRIES,
        list?: String = "GSI1PK",
        rank?: String = "GSI1SK",
    }
}

impl BlockItem {
    fn block(self) -> Block {
        let Self { blocked, by, at, at_whatsapp, reason, .. } = self;
        Block { blocked, by, at, at_whatsapp, reason }
    }
}

impl TenantStore<'_> {
    /// Whether a lead is blocked, or was; none if it never was.
    pub async fn block(self, lead: LeadId) -> Result<Option<Block>, StoreError> {
        let item: Option<BlockItem> = self.table().get(CrmKey::Block(self.tenant, lead), Read::Strong).await?;
        Ok(item.map(BlockItem::block))
    }

    /// Blocks a lead, or unblocks it: its conversations leave the inbox, or come back. False if one of them was changed
    /// meanwhile.
    pub async fn set_block(self, lead: &Lead, blocked: bool, by: Actor, entry: &Entry) -> Result<bool, StoreError> {
        let now = entry.audit_event.at;
        let name = lead.id.ulid_str();
        let update = Update::upsert::<BlockItem>(CrmKey::Block(self.tenant, lead.id))
            .set(BlockItem::BLOCKED, &blocked)
            .set(BlockItem::BY, &by)
            .set(BlockItem::AT, &now)
            .set(BlockItem::AT_WHATSAPP, &AtWhatsapp::Pending)
            .set(BlockItem::TRIES, &0)
            .count_up(BlockItem::STEP)
            .remove(BlockItem::REASON)
            .remove(BlockItem::CLAIMED_UNTIL)
            .set(LIST, &List::due(&name).pk())
            .set(RANK, &rank(self.tenant, lead.id, now.plus(LEASE)));
        let mut changes = vec![Change::update(update), audit::append(self.tenant, entry)?];
        let become_so = if blocked { Conversation::with_lead_deleted } else { Conversation::with_lead_restored };
        for id in &lead.conversations {
            let Some((conversation, revision)) = self.conversation_to_change(*id).await? else { continue };
            changes.push(Change::update(replace_with(self.tenant, &become_so(&conversation), revision.0)));
        }
        match self.table().transact(changes).await {
            Ok(Conditional::Applied(())) => Ok(true),
            Ok(Conditional::Rejected(_)) | Err(StoreError::Conflict) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// The step by which WhatsApp is asked next; none if it has answered.
    pub async fn block_step(self, lead: LeadId) -> Result<Option<u32>, StoreError> {
        let item: Option<BlockItem> = self.table().get(CrmKey::Block(self.tenant, lead), Read::Strong).await?;
        Ok(item.filter(|item| item.at_whatsapp == AtWhatsapp::Pending).map(|item| item.step))
    }

    /// Takes a step in hand, and gives what is wished and how often WhatsApp was asked. None if it is done, or another
    /// worker has it in hand.
    pub async fn claim_block(
        self,
        lead: LeadId,
        step: u32,
        now: Timestamp,
    ) -> Result<Option<(Block, u32)>, StoreError> {
        let end = now.plus(LEASE);
        let update = self
            .block_at(lead, step)
            .set(BlockItem::CLAIMED_UNTIL, &end)
            .set(RANK, &rank(self.tenant, lead, end))
            .add(BlockItem::TRIES, &0, 1)
            .when(Condition::is(BlockItem::AT_WHATSAPP, &AtWhatsapp::Pending))
            .when(Condition::at_most(BlockItem::CLAIMED_UNTIL, &now));
        match self.table().update::<BlockItem>(update).await? {
            Conditional::Applied(item) => {
                let tries = item.tries;
                Ok(Some((item.block(), tries)))
            }
            Conditional::Rejected(_) => Ok(None),
        }
    }

    /// Writes down what WhatsApp answered.
    pub async fn settle_block(self, lead: LeadId, step: u32, refusal: Option<&Text>) -> Result<(), StoreError> {
        let state = if refusal.is_some() { AtWhatsapp::Refused } else { AtWhatsapp::Done };
        let update = self
            .block_at(lead, step)
            .set(BlockItem::AT_WHATSAPP, &state)
            .set_or_remove(BlockItem::REASON, refusal)
            .remove(BlockItem::CLAIMED_UNTIL)
            .remove(LIST)
            .remove(RANK);
        self.block_written(update).await
    }

    /// Has WhatsApp be asked again at `next`.
    pub async fn put_off_block(self, lead: LeadId, step: u32, next: Timestamp) -> Result<(), StoreError> {
        let update = self.block_at(lead, step).remove(BlockItem::CLAIMED_UNTIL);
        self.block_written(update.set(RANK, &rank(self.tenant, lead, next))).await
    }

    fn block_at(self, lead: LeadId, step: u32) -> Update {
        Update::at(CrmKey::Block(self.tenant, lead)).when(Condition::is(BlockItem::STEP, &step))
    }

    async fn block_written(self, update: Update) -> Result<(), StoreError> {
        match self.table().update::<BlockItem>(update).await? {
            Conditional::Applied(_) | Conditional::Rejected(_) => Ok(()),
        }
    }
}

fn rank(tenant: TenantId, lead: LeadId, at: Timestamp) -> String {
    due_rank::due_rank(DueKind::Block, tenant, at, &lead.ulid_str())
}
