//! What is counted for the audit until its minute is over: refusals and failed sign-ins, which one caller can cause by
//! the thousand. Then the schedule makes an entry of it, with how often it was.

use crate::due_rank::{self, DueKind};
use crate::expression::{Condition, Update};
use crate::keys::{Key, List};
use crate::query::Read;
use crate::table::{Change, Written};
use crate::{Store, StoreError, audit};
use domain::audit::{Action, Deed, Entry};
use domain::{Actor, TenantId, Timestamp, digest};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// In which stretches of time it is counted.
const MINUTE: Duration = Duration::from_secs(60);

#[derive(Serialize, Deserialize)]
struct TallyItem {
    ty: String,
    v: u8,
    at: Timestamp,
    by: Actor,
    ac: Action,
    tg: String,
    de: String,
    n: u32,
}

/// Counts a deed within its minute: the same by the same caller is one item.
fn counted(tenant: TenantId, deed: &Deed) -> (Update, Timestamp, String) {
    let minute = deed.at.millis().div_euclid(60_000);
    let end = Timestamp::from_millis(minute * 60_000).plus(MINUTE);
    let (by, minute) = (deed.by.to_string(), minute.to_string());
    let name = digest::hex(&[&minute, &by, deed.action.word(), &deed.target, &deed.detail]);
    let update = Update::of(Key::Tally(tenant, name.clone()))
        .set("ty", &"tally")
        .set("v", &1)
        .set_once("at", &deed.at)
        .set("by", &deed.by)
        .set("ac", &deed.action)
        .set("tg", &deed.target)
        .set("de", &deed.detail)
        .count_up("n");
    (update, end, name)
}

impl Store {
    /// Counts a deed, of which there is one entry for its minute.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn tally(&self, tenant: TenantId, deed: &Deed) -> Result<(), StoreError> {
        let (update, end, name) = counted(tenant, deed);
        let update = update
            .set("GSI1PK", &List::due(&tenant.bare()).pk())
            .set("GSI1SK", &due_rank::due_rank(DueKind::Tally, tenant, end, &name));
        self.table.update::<TallyItem>(update).await.map(drop)
    }

    /// Does what [`Store::tally`] does, of a business that does not exist and for a minute: so that how long an answer
    /// takes does not say whether there was something to count.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn tally_for_nobody(&self, nobody: TenantId, deed: &Deed) -> Result<(), StoreError> {
        let (update, end, _) = counted(nobody, deed);
        self.table.update::<TallyItem>(update.set("ttl", &end.seconds())).await.map(drop)
    }

    /// Makes an entry of what was counted under `name`, and ends the count. What is counted at the same moment is left
    /// for the next time.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read or written.
    pub async fn end_tally(&self, tenant: TenantId, name: &str, now: Timestamp) -> Result<(), StoreError> {
        let key = Key::Tally(tenant, name.to_owned());
        let Some(item) = self.table.get::<TallyItem>(&key, Read::Strong).await? else { return Ok(()) };
        let bits = digest::bits80(&[name, &item.n.to_string(), &now.millis().to_string()]);
        let deed = Deed { at: item.at, by: item.by, action: item.ac, target: item.tg, detail: item.de };
        let entry = Entry { times: item.n, ..Entry::new(deed, bits) };
        let ended = Change::RemoveWhen(key, vec![Condition::is("n", &item.n)]);
        match self.table.together(vec![audit::written(tenant, &entry)?, ended]).await? {
            Written::Done(()) | Written::Refused(_) => Ok(()),
        }
    }
}
