//! Where leads stand: stage, since when, and value. The counters follow from it. A lead itself changes with every message, so
//! that each change of where it stands is written beside it too, with what was before: the stream tells of that item alone.

use crate::table::client::Change;
use crate::table::expression::Update;
use crate::table::item::item;
use crate::table::keys::CrmKey;
use domain::crm::lead_details::LeadValue;
use domain::crm::leads::Lead;
use domain::stages::Stage;
use domain::{TenantId, Timestamp};
use serde::{Deserialize, Serialize};

/// Where something stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Standing {
    #[serde(rename = "st")]
    pub(crate) stage: Stage,
    #[serde(rename = "ss")]
    pub(crate) since: Timestamp,
    /// The value in the currency's smallest unit.
    #[serde(rename = "va", default, skip_serializing_if = "Option::is_none")]
    pub(crate) amount: Option<i64>,
    #[serde(rename = "cu", default, skip_serializing_if = "Option::is_none")]
    pub(crate) currency: Option<String>,
}

item! {
    /// The last change of where a lead stands.
    pub(crate) struct StandingItem: "standing" {
        /// Where it stood; absent if it was deleted.
        pub(crate) before?: Standing = "be" as BEFORE,
        /// Where it stands; absent if it is deleted.
        pub(crate) after?: Standing = "af" as AFTER,
        /// The revision of the lead.
        revision: u64 = "rv" as REVISION,
    }
}

impl Standing {
    /// Where a lead stands; none once it is deleted.
    pub(crate) fn of_lead(lead: &Lead) -> Option<Self> {
        let value = lead.details.value;
        let standing = || Self {
            stage: lead.stage,
            since: lead.stage_since,
            amount: value.and_then(|value| i64::try_from(value.minor()).ok()),
            currency: value.map(LeadValue::code).map(str::to_owned),
        };
        lead.deleted.is_none().then(standing)
    }
}

/// The change that tells the counters that a lead became `after`; none if it stands where it stood.
pub(crate) fn moved(tenant: TenantId, before: &Lead, after: &Lead) -> Option<Change> {
    let (was, is) = (Standing::of_lead(before), Standing::of_lead(after));
    let update = Update::upsert::<StandingItem>(CrmKey::Standing(tenant, after.id))
        .set_or_remove(StandingItem::BEFORE, was.as_ref())
        .set_or_remove(StandingItem::AFTER, is.as_ref())
        .set(StandingItem::REVISION, &after.revision);
    (was != is).then(|| Change::update(update))
}
