//! Keys of connected business numbers, and of what WhatsApp says of them.

use super::{Partition, Parts};
use domain::channels::budgets::PeriodName;
use domain::ids::BudgetId;
use domain::{ChannelId, MessageId, PhoneNumberId, PhoneSessionId, TemplateId, TenantId};

/// An item of the area channels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChannelsKey {
    /// Where the events of a business number go. Not under a tenant: it is what tells the tenant.
    Route(PhoneNumberId),
    /// Where the events of a WhatsApp business account go.
    Account(String),
    /// Whose the webhook verify token with this digest is. Not under a tenant: Meta's handshake names none.
    VerifyToken(String),
    /// When a test of Meta's dashboard came. Not under a tenant: it names a number that is nobody's.
    DashboardTest,
    /// A signup at Meta, by the digest of its state. Not under a tenant: the phone that scans a QR code names none.
    Signup(String),
    /// A session that links one number.
    PhoneSession(TenantId, PhoneSessionId),
    /// A connected business number.
    Channel(TenantId, ChannelId),
    /// Something that WhatsApp told about the account, kept as it came.
    Notice(TenantId, MessageId),
    /// Which notice an event became, so that its repetition becomes none.
    Noticed(TenantId, String),
    /// A message template.
    Template(TenantId, TemplateId),
    /// A template that is to be submitted or deleted.
    TemplateWork(TenantId, TemplateId),
    /// How far the list of an account's templates was read, by the channel whose token reads it.
    TemplateSync(TenantId, ChannelId),
    /// What Meta keeps of a number, and the change that it is to make.
    Setup(TenantId, ChannelId),
    /// How far the held messages of a channel are released.
    Resume(TenantId, ChannelId),
    /// A budget.
    Budget(TenantId, BudgetId),
    /// When the messages are looked at that a budget holds.
    BudgetResume(TenantId, BudgetId),
    /// What is booked in one period of a budget.
    Spending(TenantId, BudgetId, PeriodName),
    /// The free service messages of a number in a month.
    Allowance(TenantId, ChannelId, PeriodName),
}

impl ChannelsKey {
    /// The partition key.
    #[must_use]
    pub fn pk(&self) -> String {
        match self {
            Self::Route(number) => format!("CH#{}", number.as_str()),
            Self::Account(waba) => format!("WABA#{waba}"),
            Self::VerifyToken(digest) => format!("VERIFY#{digest}"),
            Self::DashboardTest => "DASHBOARD".to_owned(),
            Self::Signup(digest) => format!("SIGNUP#{digest}"),
            Self::PhoneSession(tenant, _) => Partition::PhoneSessions(*tenant).pk(),
            Self::Channel(tenant, _) => Partition::Channels(*tenant).pk(),
            Self::Notice(tenant, _) => Partition::Notices(*tenant).pk(),
            Self::Template(tenant, _) | Self::TemplateWork(tenant, _) | Self::TemplateSync(tenant, _) => {
                Partition::Templates(*tenant).pk()
            }
            Self::Resume(tenant, channel) => Partition::Held(*tenant, *channel).pk(),
            Self::Budget(tenant, _) | Self::BudgetResume(tenant, _) => Partition::Budgets(*tenant).pk(),
            Self::Spending(tenant, budget, _) => Partition::Spending(*tenant, *budget).pk(),
            Self::Allowance(tenant, channel, _) => format!("T#{}#ALLOWED#{}", tenant.ulid_str(), channel.ulid_str()),
            Self::Setup(tenant, _) => format!("T#{}#SETUP", tenant.ulid_str()),
            Self::Noticed(tenant, digest) => format!("T#{}#NOTICED#{digest}", tenant.ulid_str()),
        }
    }

    /// The sort key.
    #[must_use]
    pub fn sk(&self) -> String {
        match self {
            Self::Route(_) | Self::Account(_) | Self::VerifyToken(_) => "ROUTE".to_owned(),
            Self::DashboardTest => "TEST".to_owned(),
            Self::Signup(_) => "SIGNUP".to_owned(),
            Self::PhoneSession(_, id) => id.ulid_str(),
            Self::Channel(_, id) | Self::Setup(_, id) => id.ulid_str(),
            Self::Notice(_, id) => id.ulid_str(),
            Self::Template(_, id) => id.ulid_str(),
            Self::TemplateWork(_, id) => format!("WORK#{}", id.ulid_str()),
            Self::TemplateSync(_, channel) => format!("SYNC#{}", channel.ulid_str()),
            Self::Noticed(..) => "NOTICED".to_owned(),
            Self::Resume(..) => "RESUME".to_owned(),
            Self::Budget(_, id) => format!("B#{}", id.ulid_str()),
            Self::BudgetResume(_, id) => format!("RESUME#{}", id.ulid_str()),
            Self::Spending(_, _, period) | Self::Allowance(_, _, period) => period.as_str().to_owned(),
        }
    }

    /// What stands in these two keys; none if that is of another area.
    pub(super) fn read(parts: &Parts<'_>) -> Option<Self> {
        match (parts.tenant, parts.head, parts.rest) {
            (None, "CH", Some(number)) => Some(Self::Route(PhoneNumberId::parse(number).ok()?)),
            (None, "WABA", Some(waba)) => Some(Self::Account(waba.to_owned())),
            (None, "VERIFY", Some(digest)) => Some(Self::VerifyToken(digest.to_owned())),
            (None, "DASHBOARD", None) => Some(Self::DashboardTest),
            (None, "SIGNUP", Some(digest)) => Some(Self::Signup(digest.to_owned())),
            (Some(tenant), "LINKS", None) => {
                Some(Self::PhoneSession(tenant, PhoneSessionId::from_ulid_str(parts.sk).ok()?))
            }
            (Some(tenant), "CHANNELS", None) => Some(Self::Channel(tenant, ChannelId::from_ulid_str(parts.sk).ok()?)),
            (Some(tenant), "SETUP", None) => Some(Self::Setup(tenant, ChannelId::from_ulid_str(parts.sk).ok()?)),
            (Some(tenant), "NOTICES", None) => Some(Self::Notice(tenant, MessageId::from_ulid_str(parts.sk).ok()?)),
            (Some(tenant), "NOTICED", Some(digest)) => Some(Self::Noticed(tenant, digest.to_owned())),
            (Some(tenant), "HELD", Some(channel)) if parts.sk == "RESUME" => {
                Some(Self::Resume(tenant, ChannelId::from_ulid_str(channel).ok()?))
            }
            (Some(tenant), "BUDGETS", None) => match parts.sk.split_once('#')? {
                ("B", id) => Some(Self::Budget(tenant, BudgetId::from_ulid_str(id).ok()?)),
                ("RESUME", id) => Some(Self::BudgetResume(tenant, BudgetId::from_ulid_str(id).ok()?)),
                _ => None,
            },
            (Some(tenant), "ALLOWED", Some(channel)) => {
                Some(Self::Allowance(tenant, ChannelId::from_ulid_str(channel).ok()?, PeriodName::parse(parts.sk)?))
            }
            (Some(tenant), "SPENT", Some(budget)) => {
                Some(Self::Spending(tenant, BudgetId::from_ulid_str(budget).ok()?, PeriodName::parse(parts.sk)?))
            }
            (Some(tenant), "TEMPLATES", None) => match parts.sk.split_once('#') {
                None => Some(Self::Template(tenant, TemplateId::from_ulid_str(parts.sk).ok()?)),
                Some(("WORK", id)) => Some(Self::TemplateWork(tenant, TemplateId::from_ulid_str(id).ok()?)),
                Some(("SYNC", id)) => Some(Self::TemplateSync(tenant, ChannelId::from_ulid_str(id).ok()?)),
                Some(_) => None,
            },
            _ => None,
        }
    }
}
