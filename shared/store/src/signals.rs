//! What customers are to be shown: that their messages were read, that somebody types. One item for each conversation,
//! due until it was posted or is too late.

use crate::conversations::Told;
use crate::due_rank::{self, DueKind};
use crate::expression::{Condition, Update};
use crate::keys::{Key, List};
use crate::query::Read;
use crate::table::{Change, Written};
use crate::{RACES, Store, StoreError};
use domain::conversations::Head;
use domain::signals::{FIRST_SWEEP, Signal, TYPING_PAUSE};
use domain::{ConversationId, TenantId, Timestamp};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// How long an item outlives its last use.
const LINGERS: Duration = Duration::from_secs(7 * 24 * 3600);

#[derive(Serialize, Deserialize)]
struct SignalItem {
    ty: String,
    v: u8,
    #[serde(rename = "n")]
    number: u64,
    #[serde(rename = "ra", default)]
    read: Option<Timestamp>,
    #[serde(rename = "ta", default)]
    typing: Option<Timestamp>,
}

impl Store {
    /// Notes that somebody has read everything that has arrived, and that the customer is to be shown it: both or
    /// neither.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read or written, or others keep writing to the conversation.
    pub async fn mark_read(
        &self,
        tenant: TenantId,
        id: ConversationId,
        receipt: bool,
        now: Timestamp,
    ) -> Result<Told, StoreError> {
        for _ in 0..RACES {
            let Some(head) = self.head(tenant, id).await? else { return Ok(Told::Missing) };
            let after = head.read();
            if after == head {
                return Ok(Told::Head(Box::new(head)));
            }
            let update = Update::of(Key::Head(tenant, id))
                .set_or_remove("ra", after.read_at.as_ref())
                .set_or_remove("lr", after.last_read.as_ref())
                .count_up("rv")
                .when(Condition::is("ar", &head.arrived));
            if !receipt || !head.is_unread() {
                return self.change_head(tenant, id, update, Head::read).await;
            }
            let wish = wanted(tenant, id, now).set("ra", &now);
            match self.table.together(vec![Change::update(update), Change::update(wish)]).await {
                Ok(Written::Done(())) => return Ok(Told::Head(Box::new(after))),
                Ok(Written::Refused(_)) | Err(StoreError::Conflict) => {}
                Err(error) => return Err(error),
            }
        }
        Err(StoreError::Conflict)
    }

    /// Wants the customer to be shown that somebody types, at most once in 20 seconds.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn show_typing(&self, tenant: TenantId, id: ConversationId, now: Timestamp) -> Result<(), StoreError> {
        let update = wanted(tenant, id, now).set("ta", &now).when(Condition::at_most("ta", &now.minus(TYPING_PAUSE)));
        self.write_signal(update).await
    }

    /// What the customer of a conversation is to be shown; none if nothing was ever wanted.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read.
    pub async fn signal(&self, tenant: TenantId, id: ConversationId) -> Result<Option<Signal>, StoreError> {
        let item: Option<SignalItem> = self.table.get(&Key::Signal(tenant, id), Read::Strong).await?;
        let signal =
            |item: SignalItem| Signal { conversation: id, number: item.number, read: item.read, typing: item.typing };
        Ok(item.map(signal))
    }

    /// Settles a signal that was posted, or is too late. A later wish stays.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn settle_signal(&self, tenant: TenantId, signal: &Signal) -> Result<(), StoreError> {
        let update =
            Update::of(Key::Signal(tenant, signal.conversation)).remove("GSI1PK").remove("GSI1SK").remove("ra");
        self.write_signal(update.when(Condition::is("n", &signal.number))).await
    }

    /// Has the sweeper look at a signal again at `look`.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn put_off_signal(&self, tenant: TenantId, signal: &Signal, look: Timestamp) -> Result<(), StoreError> {
        let name = signal.conversation.to_string();
        let update = Update::of(Key::Signal(tenant, signal.conversation)).set("GSI1SK", &due_rank(tenant, look, &name));
        let due = Condition::is("GSI1PK", &List::due(&name).pk());
        self.write_signal(update.when(Condition::is("n", &signal.number)).when(due)).await
    }

    async fn write_signal(&self, update: Update) -> Result<(), StoreError> {
        match self.table.update::<SignalItem>(update).await? {
            Written::Done(_) | Written::Refused(_) => Ok(()),
        }
    }
}

/// One wish more at `now`, due soon.
fn wanted(tenant: TenantId, id: ConversationId, now: Timestamp) -> Update {
    let name = id.to_string();
    Update::of(Key::Signal(tenant, id))
        .set("ty", &"signal")
        .set("v", &1)
        .count_up("n")
        .set("ttl", &now.plus(LINGERS).seconds())
        .set("GSI1PK", &List::due(&name).pk())
        .set("GSI1SK", &due_rank(tenant, now.plus(FIRST_SWEEP), &name))
}

fn due_rank(tenant: TenantId, at: Timestamp, name: &str) -> String {
    due_rank::due_rank(DueKind::Signal, tenant, at, name)
}
