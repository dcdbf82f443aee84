//! A business, as its owner and whoever runs the platform see it.

use crate::At;
use domain::access::second_factor::SecondFactorRule;
use domain::access::tenants::{Language, Tenant, TimeZone, UnrecordedConsent};
use domain::{TenantId, Text};
use schemars::JsonSchema;
use serde::Serialize;

/// A business.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "Business")]
pub struct TenantView {
    /// The business's ID.
    id: TenantId,
    /// The name of the business.
    company_name: Text,
    /// The industry of the business. Null if not set.
    business_category: Option<Text>,
    /// The time zone of the business.
    timezone: TimeZone,
    /// The languages of the business, the main language first.
    languages: Vec<Language>,
    /// Whether users of the business can sign in.
    is_active: bool,
    /// Which users must have two-factor authentication.
    second_factor_required_of: SecondFactorRule,
    /// What happens to marketing messages to customers whose consent is not recorded.
    marketing_without_consent: UnrecordedConsent,
    /// The confirmation that a customer gets once after STOP. Null if they get none.
    stop_confirmation: Option<Text>,
    /// When the business was created.
    created_at: At,
}

impl TenantView {
    /// What is shown of `tenant`.
    pub fn from_tenant(tenant: Tenant) -> Self {
        let Tenant { id, name, category, time_zone, languages, active, second_factor, created, .. } = tenant;
        Self {
            id,
            company_name: name,
            business_category: category,
            timezone: time_zone,
            languages,
            is_active: active,
            second_factor_required_of: second_factor,
            marketing_without_consent: tenant.unrecorded_marketing,
            stop_confirmation: tenant.stop_confirmation,
            created_at: At(created),
        }
    }
}
