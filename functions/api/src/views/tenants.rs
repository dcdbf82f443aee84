//! A business, as its owner and whoever runs the platform see it.

use super::At;
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
    created_at: At,
}

impl TenantView {
    pub(crate) fn of(tenant: Tenant) -> Self {
        let Tenant { id, name, category, time_zone, languages, active, created } = tenant;
        Self {
            id,
            company_name: name,
            business_category: category,
            timezone: time_zone,
            languages,
            is_active: active,
            created_at: At(created),
        }
    }
}
