//! A business, as its owner and whoever runs the platform see it.

use super::At;
use domain::second_factor::Required;
use domain::tenants::{Language, Tenant, TimeZone};
use domain::{TenantId, Text};
use serde::Serialize;

/// A business.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TenantView {
    id: TenantId,
    company_name: Text,
    business_category: Option<Text>,
    timezone: TimeZone,
    languages: Vec<Language>,
    is_active: bool,
    /// Whose sign-in has to have a second factor.
    second_factor_required_of: Required,
    created_at: At,
}

impl TenantView {
    pub(crate) fn of(tenant: Tenant) -> Self {
        let Tenant { id, name, category, time_zone, languages, active, second_factor, created } = tenant;
        Self {
            id,
            company_name: name,
            business_category: category,
            timezone: time_zone,
            languages,
            is_active: active,
            second_factor_required_of: second_factor,
            created_at: At(created),
        }
    }
}
