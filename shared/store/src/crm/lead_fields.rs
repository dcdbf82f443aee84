//! The custom fields of a business: all of them in one item, so that their order and names change together.

use crate::access::audit;
use crate::table::client::{Change, Conditional};
use crate::table::encoding::json;
use crate::table::expression::{Condition, Update};
use crate::table::item::item;
use crate::table::keys::CrmKey;
use crate::table::query::Read;
use crate::{StoreError, TenantStore};
use domain::access::audit::Entry;
use domain::crm::lead_fields::LeadFields;

item! {
    struct FieldsItem: "lead_fields" {
        /// The definitions as JSON, in their order.
        fields: String = "fi" as FIELDS,
        revision: u64 = "rv" as REVISION,
    }
}

impl TenantStore<'_> {
    /// The custom fields of leads.
    pub async fn lead_fields(self) -> Result<LeadFields, StoreError> {
        let item: Option<FieldsItem> = self.table().get(CrmKey::Fields(self.tenant), Read::Strong).await?;
        let Some(item) = item else { return Ok(LeadFields::default()) };
        let fields = serde_json::from_str(&item.fields);
        let fields = fields.map_err(|error| StoreError::corrupt("the custom fields", &error))?;
        Ok(LeadFields { fields, revision: item.revision })
    }

    /// Writes `after` in the place of the fields with the revision `before`; `entry` says so. False if they were changed
    /// since.
    pub async fn change_lead_fields(self, before: u64, after: &LeadFields, entry: &Entry) -> Result<bool, StoreError> {
        let was = Some(before).filter(|revision| *revision > 0);
        let update = Update::upsert::<FieldsItem>(CrmKey::Fields(self.tenant))
            .set(FieldsItem::FIELDS, &json(&after.fields)?)
            .set(FieldsItem::REVISION, &after.revision)
            .when(Condition::is_still(FieldsItem::REVISION, was.as_ref()));
        match self.table().transact(vec![Change::update(update), audit::append(self.tenant, entry)?]).await {
            Ok(Conditional::Applied(())) => Ok(true),
            Ok(Conditional::Rejected(_)) | Err(StoreError::Conflict) => Ok(false),
            Err(error) => Err(error),
        }
    }
}
