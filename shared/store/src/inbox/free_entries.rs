//! Free entry points: one item for each conversation whose customer came by an ad.

use crate::table::client::Conditional;
use crate::table::expression::{Condition, Update};
use crate::table::item::item;
use crate::table::keys::InboxKey;
use crate::table::query::Read;
use crate::{StoreError, TenantStore};
use domain::inbox::free_entries::FreeEntry;
use domain::{ConversationId, Timestamp};

item! {
    struct FreeEntryItem: "free_entry" {
        referred: Timestamp = "re" as REFERRED,
        answered?: Timestamp = "an" as ANSWERED,
        until?: Timestamp = "un" as UNTIL,
    }
}

impl TenantStore<'_> {
    /// What is known of the free entry point of a conversation.
    pub async fn free_entry(self, id: ConversationId) -> Result<FreeEntry, StoreError> {
        let key = InboxKey::FreeEntry(self.tenant, id);
        let item: Option<FreeEntryItem> = self.table().get(key, Read::Eventual).await?;
        Ok(item.map_or_else(FreeEntry::default, |item| FreeEntry {
            referred: Some(item.referred),
            answered: item.answered,
            until: item.until,
        }))
    }

    /// Writes down that the customer came by an ad at `at`. May be repeated, in any order.
    pub async fn refer(self, id: ConversationId, at: Timestamp) -> Result<(), StoreError> {
        let update = Update::upsert::<FreeEntryItem>(InboxKey::FreeEntry(self.tenant, id))
            .set(FreeEntryItem::REFERRED, &at)
            .remove(FreeEntryItem::ANSWERED)
            .when(Condition::below(FreeEntryItem::REFERRED, &at));
        match self.table().update::<FreeEntryItem>(update).await? {
            Conditional::Applied(_) | Conditional::Rejected(_) => Ok(()),
        }
    }

    /// Writes down that WhatsApp accepted an answer at `at`, if it is the first after `entry`.
    pub async fn answer_entry(self, id: ConversationId, entry: FreeEntry, at: Timestamp) -> Result<(), StoreError> {
        let after = entry.answered(at);
        let (Some(referred), Some(until)) = (after.referred, after.until) else { return Ok(()) };
        if after == entry {
            return Ok(());
        }
        let update = Update::at(InboxKey::FreeEntry(self.tenant, id))
            .set(FreeEntryItem::ANSWERED, &at)
            .set(FreeEntryItem::UNTIL, &until)
            .when(Condition::is(FreeEntryItem::REFERRED, &referred))
            .when(Condition::absent(FreeEntryItem::ANSWERED));
        match self.table().update::<FreeEntryItem>(update).await? {
            Conditional::Applied(_) | Conditional::Rejected(_) => Ok(()),
        }
    }
}
