//! A business, as its owner and whoever runs the platform see it.

use crate::At;
use domain::second_factor::SecondFactorRule;
use domain::tenants::{Language, Tenant, TimeZone};
use domain::{TenantId, Text};
use schemars::JsonSchema;
use serde::Serialize;

/// A business.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "Business")]
pub struct TenantView {
    /// Its id.
    id: TenantId,
    /// Its name.
    company_name: Text,
    /// What it trades in; null if nobody has said.
    business_category: Option<Text>,
    /// Its time zone.
    timezone: TimeZone,
    /// The languages that it writes in, the first one first.
    languages: Vec<Language>,
    /// Whether its people may sign in.
    is_active: bool,
    /// Whose sign-in has to have a second factor.
    second_factor_required_of: SecondFactorRule,
    /// When it was made.
    created_at: At,
}

impl TenantView {
    /// What is shown of `tenant`.
    pub fn of(tenant: Tenant) -> Self {
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
