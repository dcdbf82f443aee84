//! Keys of what is counted.

use super::{Partition, Parts};
use domain::insight::figures::HalfHour;
use domain::{TenantId, Timestamp};

/// An item of the area insight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InsightKey {
    /// What was counted in half an hour.
    Figures(TenantId, HalfHour),
    /// What stands in the stages now.
    Standing(TenantId),
}

/// The sort key of what stands in the stages now: after every half hour.
const STANDING: &str = "STANDING";

impl InsightKey {
    /// The partition key.
    #[must_use]
    pub fn pk(&self) -> String {
        match self {
            Self::Figures(tenant, _) | Self::Standing(tenant) => Partition::Figures(*tenant).pk(),
        }
    }

    /// The sort key.
    #[must_use]
    pub fn sk(&self) -> String {
        match self {
            Self::Figures(_, half_hour) => figures_at(*half_hour),
            Self::Standing(_) => STANDING.to_owned(),
        }
    }

    /// What stands in these two keys; none if that is of another area.
    pub(super) fn read(parts: &Parts<'_>) -> Option<Self> {
        match (parts.tenant, parts.head, parts.rest) {
            (Some(tenant), "FIGURES", None) if parts.sk == STANDING => Some(Self::Standing(tenant)),
            (Some(tenant), "FIGURES", None) => {
                let begins = Timestamp::from_seconds(parts.sk.parse().ok()?);
                Some(Self::Figures(tenant, HalfHour::containing(begins)))
            }
            _ => None,
        }
    }
}

/// The sort key of what was counted in this half hour.
#[must_use]
pub fn figures_at(half_hour: HalfHour) -> String {
    format!("{:012}", half_hour.begins().seconds())
}
