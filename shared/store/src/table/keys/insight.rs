//! Keys of what is counted.

use super::{Partition, Parts};
use domain::insight::figures::HalfHour;
use domain::{TenantId, Timestamp};

/// An item of the area insight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InsightKey {
    /// What was counted in half an hour.
    Figures(TenantId, HalfHour),
}

impl InsightKey {
    /// The partition key.
    #[must_use]
    pub fn pk(&self) -> String {
        match self {
            Self::Figures(tenant, _) => Partition::Figures(*tenant).pk(),
        }
    }

    /// The sort key.
    #[must_use]
    pub fn sk(&self) -> String {
        match self {
            Self::Figures(_, half_hour) => figures_at(*half_hour),
        }
    }

    /// What stands in these two keys; none if that is of another area.
    pub(super) fn read(parts: &Parts<'_>) -> Option<Self> {
        match (parts.tenant, parts.head, parts.rest) {
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
