//! Keys of leads, and of how they are recognised.

use super::list::{listed, read_listed};
use super::{Partition, Parts};
use domain::access::users::EmailAddress;
use domain::crm::lead_search::SearchToken;
use domain::crm::leads::Listing;
use domain::digest;
use domain::ids::{LongJobId, TaskId};
use domain::{Bsuid, HistoryId, Identity, LeadId, Phone, TenantId};

/// The sort key of a lead.
const LEAD: &str = "LEAD";
/// What the sort keys of a lead's entries in lists begin with.
const LISTED: &str = "LISTED#";
/// What the sort keys of a lead's tasks begin with.
const TASK: &str = "TASK#";
/// What the sort keys of their reminders begin with.
const REMINDER: &str = "REMIND#";
/// What the sort keys of the places for long jobs begin with.
const PLACE: &str = "PLACE#";
/// The sort key of what was last written of a lead's lists and tokens.
const INDEX: &str = "INDEX";
/// The sort key of the request to write them.
const REINDEX: &str = "REINDEX";

/// An item of the area crm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CrmKey {
    /// A lead.
    Lead(TenantId, LeadId),
    /// A way to recognise a customer.
    Identity(TenantId, Identity),
    /// The lead with an email address.
    EmailAddress(TenantId, EmailAddress),
    /// A lead's entry in a list besides that of its stage.
    Listed(TenantId, LeadId, Listing),
    /// The lists and search tokens of a lead, as they were last written.
    Index(TenantId, LeadId),
    /// A request to write a lead's lists and search tokens.
    Reindex(TenantId, LeadId),
    /// A task of a lead.
    Task(TenantId, LeadId, TaskId),
    /// When somebody is reminded of a task.
    Reminder(TenantId, LeadId, TaskId),
    /// An import, an export or a bulk change.
    LongJob(TenantId, LongJobId),
    /// One of the places for long jobs that run, by its number.
    JobPlace(TenantId, u8),
    /// A word or number by which a lead is found.
    Token(TenantId, SearchToken, LeadId),
}

impl CrmKey {
    /// The partition key.
    #[must_use]
    pub fn pk(&self) -> String {
        match self {
            Self::Lead(tenant, lead)
            | Self::Listed(tenant, lead, _)
            | Self::Index(tenant, lead)
            | Self::Reindex(tenant, lead)
            | Self::Task(tenant, lead, _)
            | Self::Reminder(tenant, lead, _) => Partition::History(*tenant, HistoryId::for_lead(*lead)).pk(),
            Self::EmailAddress(tenant, email) => format!("T#{}#ID#email#{}", tenant.ulid_str(), email.as_str()),
            Self::LongJob(tenant, _) | Self::JobPlace(tenant, _) => Partition::LongJobs(*tenant).pk(),
            Self::Token(tenant, token, _) => Partition::Tokens(*tenant, token.clone()).pk(),
            Self::Identity(tenant, identity) => {
                format!("T#{}#ID#{}#{}", tenant.ulid_str(), identity.kind(), identity.value())
            }
        }
    }

    /// The sort key.
    #[must_use]
    pub fn sk(&self) -> String {
        match self {
            Self::Lead(..) => LEAD.to_owned(),
            Self::Identity(..) | Self::EmailAddress(..) => "ID".to_owned(),
            Self::Listed(_, _, listing) => format!("{LISTED}{}", listed(listing)),
            Self::Index(..) => INDEX.to_owned(),
            Self::Reindex(..) => REINDEX.to_owned(),
            Self::Task(_, _, task) => format!("{TASK}{}", task.ulid_str()),
            Self::Reminder(_, _, task) => format!("{REMINDER}{}", task.ulid_str()),
            Self::LongJob(_, id) => id.ulid_str(),
            Self::JobPlace(_, number) => format!("{PLACE}{number}"),
            Self::Token(_, token, lead) => format!("{}#{}", token_text(token), lead.ulid_str()),
        }
    }

    /// What stands in these two keys; none if that is of another area.
    pub(super) fn read(parts: &Parts<'_>) -> Option<Self> {
        match (parts.tenant, parts.head, parts.rest) {
            (Some(tenant), "L", Some(id)) if parts.sk == LEAD => {
                Some(Self::Lead(tenant, LeadId::from_ulid_str(id).ok()?))
            }
            (Some(tenant), "L", Some(id)) if parts.sk == INDEX => {
                Some(Self::Index(tenant, LeadId::from_ulid_str(id).ok()?))
            }
            (Some(tenant), "L", Some(id)) if parts.sk == REINDEX => {
                Some(Self::Reindex(tenant, LeadId::from_ulid_str(id).ok()?))
            }
            (Some(tenant), "L", Some(id)) if parts.sk.starts_with(TASK) => {
                let task = TaskId::from_ulid_str(parts.sk.strip_prefix(TASK)?).ok()?;
                Some(Self::Task(tenant, LeadId::from_ulid_str(id).ok()?, task))
            }
            (Some(tenant), "L", Some(id)) if parts.sk.starts_with(REMINDER) => {
                let task = TaskId::from_ulid_str(parts.sk.strip_prefix(REMINDER)?).ok()?;
                Some(Self::Reminder(tenant, LeadId::from_ulid_str(id).ok()?, task))
            }
            (Some(tenant), "L", Some(id)) => {
                let listing = read_listed(parts.sk.strip_prefix(LISTED)?)?;
                Some(Self::Listed(tenant, LeadId::from_ulid_str(id).ok()?, listing))
            }
            (Some(tenant), "JOBS", None) => match parts.sk.strip_prefix(PLACE) {
                Some(number) => Some(Self::JobPlace(tenant, number.parse().ok()?)),
                None => Some(Self::LongJob(tenant, LongJobId::from_ulid_str(parts.sk).ok()?)),
            },
            (Some(tenant), "S", Some(kind)) => {
                let (text, lead) = parts.sk.rsplit_once('#')?;
                let token = match kind.split_once('#')?.0 {
                    "w" => SearchToken::Word(text.to_owned()),
                    "d" => SearchToken::Digits(text.to_owned()),
                    _ => return None,
                };
                Some(Self::Token(tenant, token, LeadId::from_ulid_str(lead).ok()?))
            }
            (Some(tenant), "ID", Some(identity)) => {
                let (kind, value) = identity.split_once('#')?;
                if kind == "email" {
                    return Some(Self::EmailAddress(tenant, EmailAddress::parse(value).ok()?));
                }
                Some(Self::Identity(tenant, read_identity(kind, value)?))
            }
            _ => None,
        }
    }

    /// Words for a log, where the keys hold a phone, an address or a name of WhatsApp.
    pub(super) fn masked(&self) -> Option<String> {
        match self {
            Self::Identity(_, identity) => {
                Some(format!("identity {} #{}", identity.kind(), digest::hex(&[&self.pk()])))
            }
            Self::EmailAddress(..) => Some(format!("email address #{}", digest::hex(&[&self.pk()]))),
            Self::Token(_, _, lead) => Some(format!("search token of {lead} #{}", digest::hex(&[&self.sk()]))),
            Self::Listed(_, lead, Listing::Tag(_)) => Some(format!("tag of {lead} #{}", digest::hex(&[&self.sk()]))),
            Self::Lead(..)
            | Self::Listed(_, _, Listing::Owner(_) | Listing::Source(_))
            | Self::Index(..)
            | Self::Reindex(..)
            | Self::Task(..)
            | Self::LongJob(..)
            | Self::JobPlace(..)
            | Self::Reminder(..) => None,
        }
    }
}

/// What the sort key of a token begins with.
pub(crate) fn token_text(token: &SearchToken) -> &str {
    match token {
        SearchToken::Word(text) | SearchToken::Digits(text) => text,
    }
}

fn read_identity(kind: &str, value: &str) -> Option<Identity> {
    match kind {
        "bsuid" => Some(Identity::Bsuid(Bsuid::parse(value).ok()?)),
        "parent" => Some(Identity::ParentBsuid(Bsuid::parse(value).ok()?)),
        "phone" => Some(Identity::Phone(Phone::parse(value).ok()?)),
        _ => None,
    }
}
