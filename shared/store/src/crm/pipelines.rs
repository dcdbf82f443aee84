//! The pipelines of a business: all of them in one item, since their names and moves change together.

use crate::access::audit;
use crate::table::client::{Change, Conditional};
use crate::table::encoding::json;
use crate::table::expression::{Condition, Update};
use crate::table::item::item;
use crate::table::keys::CrmKey;
use crate::table::query::Read;
use crate::{StoreError, TenantStore};
use domain::access::audit::Entry;
use domain::crm::pipelines::{AutomaticMoves, Pipelines};

item! {
    struct PipelinesItem: "pipelines" {
        /// The pipelines as JSON, the default one first.
        pipelines: String = "pi" as PIPELINES,
        /// The automatic moves as JSON.
        moves: String = "mv" as MOVES,
        revision: u64 = "rv" as REVISION,
    }
}

impl TenantStore<'_> {
    /// The pipelines of the business.
    pub async fn pipelines(self) -> Result<Pipelines, StoreError> {
        self.read_pipelines(Read::Strong).await
    }

    /// The moves of leads that happen by themselves. A change may be seen a moment late: every first message asks for them.
    pub async fn automatic_moves(self) -> Result<AutomaticMoves, StoreError> {
        Ok(self.read_pipelines(Read::Eventual).await?.moves)
    }

    async fn read_pipelines(self, how: Read) -> Result<Pipelines, StoreError> {
        let item: Option<PipelinesItem> = self.table().get(CrmKey::Pipelines(self.tenant), how).await?;
        let Some(item) = item else { return Ok(Pipelines::default()) };
        let corrupt = |error| StoreError::corrupt("the pipelines", &error);
        let pipelines = serde_json::from_str(&item.pipelines).map_err(corrupt)?;
        let moves = serde_json::from_str(&item.moves).map_err(corrupt)?;
        Ok(Pipelines { pipelines, moves, revision: item.revision })
    }

    /// Writes `after` in the place of the pipelines with the revision `before`; `entry` says so. False if they were changed
    /// since.
    pub async fn change_pipelines(self, before: u64, after: &Pipelines, entry: &Entry) -> Result<bool, StoreError> {
        let was = Some(before).filter(|revision| *revision > 0);
        let update = Update::upsert::<PipelinesItem>(CrmKey::Pipelines(self.tenant))
            .set(PipelinesItem::PIPELINES, &json(&after.pipelines)?)
            .set(PipelinesItem::MOVES, &json(&after.moves)?)
            .set(PipelinesItem::REVISION, &after.revision)
            .when(Condition::is_still(PipelinesItem::REVISION, was.as_ref()));
        match self.table().transact(vec![Change::update(update), audit::append(self.tenant, entry)?]).await {
            Ok(Conditional::Applied(())) => Ok(true),
            Ok(Conditional::Rejected(_)) | Err(StoreError::Conflict) => Ok(false),
            Err(error) => Err(error),
        }
    }
}
