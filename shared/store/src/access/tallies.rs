//! What is counted for the audit until its minute is over: refusals and failed sign-ins, which one caller can cause by
//! the thousand. Then the schedule makes an entry of it, with how often it was.

use crate::access::audit;
use crate::reliability::due_rank::{self, DueKind};
use crate::table::client::{Change, Conditional};
use crate::table::expression::{Condition, Update};
use crate::table::item::{EXPIRES, LIST, RANK, item};
use crate::table::keys::{AccessKey, List};
use crate::table::query::Read;
use crate::{Store, StoreError, TenantStore};
use domain::access::audit::{Action, AuditEvent, Entry};
use domain::{Actor, TenantId, Timestamp, digest};
use std::time::Duration;

/// In which stretches of time it is counted.
const MINUTE: Duration = Duration::from_secs(60);

item! {
    struct TallyItem: "tally" {
        at: Timestamp = "at" as AT,
        by: Actor = "by" as BY,
        action: Action = "ac" as ACTION,
        target: String = "tg" as TARGET,
        detail: String = "de" as DETAIL,
        times: u32 = "n" as TIMES,
    }
}

/// Counts an audit event within its minute: the same by the same caller is one item.
fn count(tenant: TenantId, audit_event: &AuditEvent) -> (Update, Timestamp, String) {
    let minute = audit_event.at.millis().div_euclid(60_000);
    let end = Timestamp::from_millis(minute * 60_000).plus(MINUTE);
    let by = audit_event.by.to_string();
    let minute = minute.to_string();
    let name = digest::hex(&[&minute, &by, audit_event.action.as_str(), &audit_event.target, &audit_event.detail]);
    let update = Update::upsert::<TallyItem>(AccessKey::Tally(tenant, name.clone()))
        .set_once(TallyItem::AT, &audit_event.at)
        .set(TallyItem::BY, &audit_event.by)
        .set(TallyItem::ACTION, &audit_event.action)
        .set(TallyItem::TARGET, &audit_event.target)
        .set(TallyItem::DETAIL, &audit_event.detail)
        .count_up(TallyItem::TIMES);
    (update, end, name)
}

impl TenantStore<'_> {
    /// Counts an audit event, of which there is one entry for its minute.
    pub async fn tally(self, audit_event: &AuditEvent) -> Result<(), StoreError> {
        let (update, end, name) = count(self.tenant, audit_event);
        let update = update
            .set(LIST, &List::due(&self.tenant.ulid_str()).pk())
            .set(RANK, &due_rank::due_rank(DueKind::Tally, self.tenant, end, &name));
        self.table().update::<TallyItem>(update).await.map(drop)
    }

    /// Makes an entry of what was counted under `name`, and ends the count. What is counted at the same moment is left
    /// for the next time.
    pub async fn end_tally(self, name: &str, now: Timestamp) -> Result<(), StoreError> {
        let key = AccessKey::Tally(self.tenant, name.to_owned());
        let Some(item) = self.table().get::<TallyItem>(&key, Read::Strong).await? else { return Ok(()) };
        let bits = digest::bits80(&[name, &item.times.to_string(), &now.millis().to_string()]);
        let audit_event =
            AuditEvent { at: item.at, by: item.by, action: item.action, target: item.target, detail: item.detail };
        let entry = Entry { times: item.times, ..Entry::new(audit_event, bits) };
        let ended = Change::remove_when(key, vec![Condition::is(TallyItem::TIMES, &item.times)]);
        match self.table().transact(vec![audit::append(self.tenant, &entry)?, ended]).await? {
            Conditional::Applied(()) | Conditional::Rejected(_) => Ok(()),
        }
    }
}

impl Store {
    /// Does what [`TenantStore::tally`] does, of a business that does not exist and for a minute: so that how long an
    /// answer takes does not say whether there was something to count.
    pub async fn tally_for_nobody(&self, nobody: TenantId, audit_event: &AuditEvent) -> Result<(), StoreError> {
        let (update, end, _) = count(nobody, audit_event);
        self.table.update::<TallyItem>(update.set(EXPIRES, &end.seconds())).await.map(drop)
    }
}
