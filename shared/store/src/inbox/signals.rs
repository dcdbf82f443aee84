//! What customers are to be shown: that their messages were read, that somebody types. One item for each conversation,
//! due until it was posted or is too late.

use crate::inbox::conversations::ConversationItem;
use crate::reliability::due_rank::{self, DueKind};
use crate::table::client::{Change, Conditional};
use crate::table::expression::{Condition, Update};
use crate::table::item::{EXPIRES, LIST, RANK, item};
use crate::table::keys::{InboxKey, List};
use crate::table::query::Read;
use crate::{RACES, StoreError, TenantStore};
use domain::inbox::conversations::Conversation;
use domain::inbox::signals::{FIRST_SWEEP, Signal, TYPING_PAUSE};
use domain::{ConversationId, TenantId, Timestamp};
use std::time::Duration;

/// How long an item outlives its last use.
const LINGERS: Duration = Duration::from_secs(7 * 24 * 3600);

item! {
    pub(crate) struct SignalItem: "signal" {
        number: u64 = "n" as NUMBER,
        read?: Timestamp = "ra" as READ,
        typing?: Timestamp = "ta" as TYPING,
    }
}

impl TenantStore<'_> {
    /// Notes that somebody has read everything that has arrived, and that the customer is to be shown it: both or
    /// neither. Gives the conversation as it is then; none if there is no such conversation.
    pub async fn mark_read(
        self,
        id: ConversationId,
        receipt: bool,
        now: Timestamp,
    ) -> Result<Option<Conversation>, StoreError> {
        for _ in 0..RACES {
            let Some(conversation) = self.conversation(id).await? else { return Ok(None) };
            let after = conversation.read();
            if after == conversation {
                return Ok(Some(conversation));
            }
            let update = Update::at(InboxKey::Conversation(self.tenant, id))
                .set_or_remove(ConversationItem::READ_AT, after.read_at.as_ref())
                .set_or_remove(ConversationItem::LAST_READ, after.last_read.as_ref())
                .remove(ConversationItem::MARKED_UNREAD)
                .count_up(ConversationItem::REVISION)
                .when(Condition::is_still(ConversationItem::ARRIVED, conversation.arrived.as_ref()));
            if !receipt || !conversation.has_unread_messages() {
                return self.change_conversation(id, update, Conversation::read).await;
            }
            let wish = want(self.tenant, id, now).set(SignalItem::READ, &now);
            match self.table().transact(vec![Change::update(update), Change::update(wish)]).await {
                Ok(Conditional::Applied(())) => return Ok(Some(after)),
                Ok(Conditional::Rejected(_)) | Err(StoreError::Conflict) => {}
                Err(error) => return Err(error),
            }
        }
        Err(StoreError::Conflict)
    }

    /// Wants the customer to be shown that somebody types, at most once in 20 seconds.
    pub async fn show_typing(self, id: ConversationId, now: Timestamp) -> Result<(), StoreError> {
        let update = want(self.tenant, id, now).set(SignalItem::TYPING, &now);
        self.write_signal(update.when(Condition::at_most(SignalItem::TYPING, &now.minus(TYPING_PAUSE)))).await
    }

    /// What the customer of a conversation is to be shown; none if nothing was ever wanted.
    pub async fn signal(self, id: ConversationId) -> Result<Option<Signal>, StoreError> {
        let item: Option<SignalItem> = self.table().get(InboxKey::Signal(self.tenant, id), Read::Strong).await?;
        let signal =
            |item: SignalItem| Signal { conversation: id, number: item.number, read: item.read, typing: item.typing };
        Ok(item.map(signal))
    }

    /// Settles a signal that was posted, or is too late. A later wish stays.
    pub async fn settle_signal(self, signal: &Signal) -> Result<(), StoreError> {
        let update = Update::at(InboxKey::Signal(self.tenant, signal.conversation))
            .remove(LIST)
            .remove(RANK)
            .remove(SignalItem::READ);
        self.write_signal(update.when(Condition::is(SignalItem::NUMBER, &signal.number))).await
    }

    /// Has the sweeper look at a signal again at `look`.
    pub async fn put_off_signal(self, signal: &Signal, look: Timestamp) -> Result<(), StoreError> {
        let name = signal.conversation.to_string();
        let update = Update::at(InboxKey::Signal(self.tenant, signal.conversation))
            .set(RANK, &due_rank(self.tenant, look, &name));
        let due = Condition::is(LIST, &List::due(&name).pk());
        self.write_signal(update.when(Condition::is(SignalItem::NUMBER, &signal.number)).when(due)).await
    }

    async fn write_signal(self, update: Update) -> Result<(), StoreError> {
        match self.table().update::<SignalItem>(update).await? {
            Conditional::Applied(_) | Conditional::Rejected(_) => Ok(()),
        }
    }
}

/// One wish more at `now`, due soon.
fn want(tenant: TenantId, id: ConversationId, now: Timestamp) -> Update {
    let name = id.to_string();
    Update::upsert::<SignalItem>(InboxKey::Signal(tenant, id))
        .count_up(SignalItem::NUMBER)
        .set(EXPIRES, &now.plus(LINGERS).seconds())
        .set(LIST, &List::due(&name).pk())
        .set(RANK, &due_rank(tenant, now.plus(FIRST_SWEEP), &name))
}

fn due_rank(tenant: TenantId, at: Timestamp, name: &str) -> String {
    due_rank::due_rank(DueKind::Signal, tenant, at, name)
}
