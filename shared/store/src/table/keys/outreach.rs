//! Keys of campaigns and their recipients.

use super::{Partition, Parts};
use domain::{CampaignId, LeadId, TenantId};

/// What the sort keys of recipients begin with.
const RECIPIENT: &str = "R#";

/// An item of the area outreach.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OutreachKey {
    /// A campaign: what people decided, and its state.
    Campaign(TenantId, CampaignId),
    /// How far a campaign has come.
    CampaignRun(TenantId, CampaignId),
    /// The leads that a campaign names one by one.
    CampaignLeads(TenantId, CampaignId),
    /// What is counted of a campaign.
    CampaignFigures(TenantId, CampaignId),
    /// A lead of a campaign's audience.
    Recipient(TenantId, CampaignId, LeadId),
}

impl OutreachKey {
    /// The partition key.
    #[must_use]
    pub fn pk(&self) -> String {
        match self {
            Self::Campaign(tenant, _) => Partition::Campaigns(*tenant).pk(),
            Self::CampaignRun(tenant, id)
            | Self::CampaignLeads(tenant, id)
            | Self::CampaignFigures(tenant, id)
            | Self::Recipient(tenant, id, _) => Partition::Campaign(*tenant, *id).pk(),
        }
    }

    /// The sort key.
    #[must_use]
    pub fn sk(&self) -> String {
        match self {
            Self::Campaign(_, id) => id.ulid_str(),
            Self::CampaignRun(..) => "RUN".to_owned(),
            Self::CampaignLeads(..) => "LEADS".to_owned(),
            Self::CampaignFigures(..) => "FIGURES".to_owned(),
            Self::Recipient(_, _, lead) => recipient_at(*lead),
        }
    }

    /// What stands in these two keys; none if that is of another area.
    pub(super) fn read(parts: &Parts<'_>) -> Option<Self> {
        match (parts.tenant, parts.head, parts.rest) {
            (Some(tenant), "CAMPAIGNS", None) => {
                Some(Self::Campaign(tenant, CampaignId::from_ulid_str(parts.sk).ok()?))
            }
            (Some(tenant), "CAMPAIGN", Some(id)) => {
                let id = CampaignId::from_ulid_str(id).ok()?;
                match parts.sk {
                    "RUN" => Some(Self::CampaignRun(tenant, id)),
                    "LEADS" => Some(Self::CampaignLeads(tenant, id)),
                    "FIGURES" => Some(Self::CampaignFigures(tenant, id)),
                    sk => {
                        let lead = LeadId::from_ulid_str(sk.strip_prefix(RECIPIENT)?).ok()?;
                        Some(Self::Recipient(tenant, id, lead))
                    }
                }
            }
            _ => None,
        }
    }
}

/// The sort key of a recipient.
#[must_use]
pub fn recipient_at(lead: LeadId) -> String {
    format!("{RECIPIENT}{}", lead.ulid_str())
}

/// The sort keys between which the recipients of a campaign lie, after `after`.
#[must_use]
pub fn recipients_range(after: Option<LeadId>) -> (String, String) {
    let low = after.map_or_else(|| RECIPIENT.to_owned(), |lead| format!("{}$", recipient_at(lead)));
    (low, "R$".to_owned())
}
