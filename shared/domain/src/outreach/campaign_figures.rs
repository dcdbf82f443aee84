//! What is counted of one campaign: its funnel.

use crate::channels::prices::money::Currency;
use crate::outreach::campaigns::Exclusion;
use std::fmt;

/// Something that is counted of a campaign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CampaignFigure {
    /// A recipient, whether their turn has come or not.
    Recipient,
    /// A lead of the audience that gets no message.
    Excluded(Exclusion),
    /// A message that was written.
    Attempted,
    /// A message that was withdrawn before it went out, since the campaign was paused or cancelled.
    Withdrawn,
    /// A message that WhatsApp accepted.
    Sent,
    /// Such a message that reached the customer.
    Delivered,
    /// Such a message that the customer read.
    Read,
    /// Such a message to which the customer replied in time.
    Replied,
    /// A message that could not be sent or delivered.
    Failed,
    /// Millionths of this currency that WhatsApp charges.
    Cost(Currency),
}

impl fmt::Display for CampaignFigure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Recipient => f.write_str("recipient"),
            Self::Excluded(why) => write!(f, "excluded.{why}"),
            Self::Attempted => f.write_str("attempted"),
            Self::Withdrawn => f.write_str("withdrawn"),
            Self::Sent => f.write_str("sent"),
            Self::Delivered => f.write_str("delivered"),
            Self::Read => f.write_str("read"),
            Self::Replied => f.write_str("replied"),
            Self::Failed => f.write_str("failed"),
            Self::Cost(currency) => write!(f, "cost.{currency}"),
        }
    }
}

impl CampaignFigure {
    /// The figure that this text names; none if it names none.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        Some(match text.split_once('.') {
            Some(("excluded", why)) => Self::Excluded(why.parse().ok()?),
            Some(("cost", currency)) => Self::Cost(currency.parse().ok()?),
            Some(_) => return None,
            None => match text {
                "recipient" => Self::Recipient,
                "attempted" => Self::Attempted,
                "withdrawn" => Self::Withdrawn,
                "sent" => Self::Sent,
                "delivered" => Self::Delivered,
                "read" => Self::Read,
                "replied" => Self::Replied,
                "failed" => Self::Failed,
                _ => return None,
            },
        })
    }
}
