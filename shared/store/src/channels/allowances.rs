//! How many of its free service messages each number has used in a month.

use crate::table::expression::Update;
use crate::table::item::item;
use crate::table::keys::ChannelsKey;
use crate::table::query::Read;
use crate::{StoreError, TenantStore};
use domain::ChannelId;
use domain::channels::budgets::PeriodName;

item! {
    struct AllowanceItem: "allowance" {
        used: u32 = "us" as USED,
    }
}

impl TenantStore<'_> {
    /// How many free service messages of `channel` WhatsApp has delivered in `month`.
    pub async fn free_messages_used(self, channel: ChannelId, month: &PeriodName) -> Result<u32, StoreError> {
        let key = ChannelsKey::Allowance(self.tenant, channel, month.clone());
        let item: Option<AllowanceItem> = self.table().get(key, Read::Eventual).await?;
        Ok(item.map_or(0, |item| item.used))
    }

    /// The update that counts one more.
    pub(crate) fn one_more_free(self, channel: ChannelId, month: &PeriodName) -> Update {
        let key = ChannelsKey::Allowance(self.tenant, channel, month.clone());
        Update::upsert::<AllowanceItem>(key).count_up(AllowanceItem::USED)
    }
}
