//! Keys of leads, and of how they are recognised.

use super::list::{listed, read_listed};
use super::{Partition, Parts};
use domain::access::users::EmailAddress;
use domain::crm::lead_search::SearchToken;
use domain::crm::leads::Listing;
use domain::digest;
use domain::ids::{DealId, ErasureId, LongJobId, MergeId, SegmentId, TaskId};
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
/// What the partition keys of deals begin with, after the tenant.
const DEALS: &str = "DEALS";
/// The sort key of the last change of where a lead stands.
const STANDING: &str = "STANDING";
/// The sort key of a deal.
const DEAL: &str = "DEAL";
/// The sort key of the pipelines.
const PIPELINES: &str = "PIPELINES";
/// The partition of how a business sells: its fields and pipelines.
const CRM: &str = "CRM";
/// The sort key of the custom fields.
const FIELDS: &str = "FIELDS";
/// The sort key of the request to write them.
const REINDEX: &str = "REINDEX";

/// The sort key of whether a lead is blocked, beside its consent.
pub(super) const BLOCK: &str = "BLOCK";
/// What the sort keys of the merges of a lead begin with.
const MERGE: &str = "MERGE#";
/// What follows `ID` in the partition key of pairs of leads that may be the same person.
pub(super) const PAIRS: &str = "pairs";
/// What the sort keys of those pairs begin with.
const PAIR: &str = "PAIR#";
/// What the sort keys of the pairs begin with that are not the same person.
const DISTINCT: &str = "NOT#";

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
    /// A merge of another lead into this one.
    Merge(TenantId, LeadId, MergeId),
    /// Whether a lead is blocked.
    Block(TenantId, LeadId),
    /// An erasure.
    Erasure(TenantId, ErasureId),
    /// Two leads that may be the same person, the older first.
    Pair(TenantId, LeadId, LeadId),
    /// Two leads that are not the same person, the older first.
    Distinct(TenantId, LeadId, LeadId),
    /// An import, an export or a bulk change.
    LongJob(TenantId, LongJobId),
    /// One of the places for long jobs that run, by its number.
    JobPlace(TenantId, u8),
    /// A word or number by which a lead is found.
    Token(TenantId, SearchToken, LeadId),
    /// The custom fields of a business.
    Fields(TenantId),
    /// A saved filter of leads.
    Segment(TenantId, SegmentId),
    /// The pipelines of a business.
    Pipelines(TenantId),
    /// A deal.
    Deal(TenantId, DealId),
    /// The last change of where a lead stands, for the counters.
    Standing(TenantId, LeadId),
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
            | Self::Merge(tenant, lead, _)
            | Self::Reminder(tenant, lead, _)
            | Self::Standing(tenant, lead) => Partition::History(*tenant, HistoryId::for_lead(*lead)).pk(),
            Self::Pair(tenant, ..) | Self::Distinct(tenant, ..) => Partition::Pairs(*tenant).pk(),
            Self::Block(tenant, lead) => format!("T#{}#CONSENT#{}", tenant.ulid_str(), lead.ulid_str()),
            Self::Erasure(tenant, _) => Partition::Erasures(*tenant).pk(),
            Self::EmailAddress(tenant, email) => format!("T#{}#ID#email#{}", tenant.ulid_str(), email.as_str()),
            Self::LongJob(tenant, _) | Self::JobPlace(tenant, _) => Partition::LongJobs(*tenant).pk(),
            Self::Token(tenant, token, _) => Partition::Tokens(*tenant, token.clone()).pk(),
            Self::Deal(tenant, deal) => format!("T#{}#{DEALS}#{}", tenant.ulid_str(), deal.ulid_str()),
            Self::Fields(tenant) | Self::Pipelines(tenant) => format!("T#{}#{CRM}", tenant.ulid_str()),
            Self::Segment(tenant, _) => Partition::Segments(*tenant).pk(),
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
            Self::Merge(_, _, merge) => format!("{MERGE}{}", merge.ulid_str()),
            Self::Block(..) => BLOCK.to_owned(),
            Self::Erasure(_, id) => id.ulid_str(),
            Self::Pair(_, one, other) => format!("{PAIR}{}#{}", one.ulid_str(), other.ulid_str()),
            Self::Distinct(_, one, other) => format!("{DISTINCT}{}#{}", one.ulid_str(), other.ulid_str()),
            Self::LongJob(_, id) => id.ulid_str(),
            Self::JobPlace(_, number) => format!("{PLACE}{number}"),
            Self::Token(_, token, lead) => format!("{}#{}", token_text(token), lead.ulid_str()),
            Self::Fields(_) => FIELDS.to_owned(),
            Self::Pipelines(_) => PIPELINES.to_owned(),
            Self::Deal(..) => DEAL.to_owned(),
            Self::Standing(..) => STANDING.to_owned(),
            Self::Segment(_, segment) => segment.ulid_str(),
        }
    }

    /// What stands in these two keys; none if that is of another area.
    pub(super) fn read(parts: &Parts<'_>) -> Option<Self> {
        match (parts.tenant, parts.head, parts.rest) {
            (Some(tenant), "L", Some(id)) if parts.sk == LEAD => {
                Some(Self::Lead(tenant, LeadId::from_ulid_str(id).ok()?))
            }
            (Some(tenant), "L", Some(id)) if parts.sk == STANDING => {
                Some(Self::Standing(tenant, LeadId::from_ulid_str(id).ok()?))
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
            (Some(tenant), "L", Some(id)) if parts.sk.starts_with(MERGE) => {
                let merge = MergeId::from_ulid_str(parts.sk.strip_prefix(MERGE)?).ok()?;
                Some(Self::Merge(tenant, LeadId::from_ulid_str(id).ok()?, merge))
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
            (Some(tenant), "CONSENT", Some(id)) if parts.sk == BLOCK => {
                Some(Self::Block(tenant, LeadId::from_ulid_str(id).ok()?))
            }
            (Some(tenant), "ERASURES", None) => Some(Self::Erasure(tenant, ErasureId::from_ulid_str(parts.sk).ok()?)),
            (Some(tenant), "ID", Some(PAIRS)) => {
                let is_open = parts.sk.strip_prefix(PAIR);
                let (one, other) = is_open.or_else(|| parts.sk.strip_prefix(DISTINCT))?.split_once('#')?;
                let one = LeadId::from_ulid_str(one).ok()?;
                let other = LeadId::from_ulid_str(other).ok()?;
                Some(if is_open.is_some() {
                    Self::Pair(tenant, one, other)
                } else {
                    Self::Distinct(tenant, one, other)
                })
            }
            (Some(tenant), CRM, None) if parts.sk == FIELDS => Some(Self::Fields(tenant)),
            (Some(tenant), CRM, None) if parts.sk == PIPELINES => Some(Self::Pipelines(tenant)),
            (Some(tenant), DEALS, Some(id)) if parts.sk == DEAL => {
                Some(Self::Deal(tenant, DealId::from_ulid_str(id).ok()?))
            }
            (Some(tenant), "SEGMENTS", None) => Some(Self::Segment(tenant, SegmentId::from_ulid_str(parts.sk).ok()?)),
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
            | Self::Merge(..)
            | Self::Erasure(..)
            | Self::Block(..)
            | Self::Pair(..)
            | Self::Distinct(..)
            | Self::LongJob(..)
            | Self::JobPlace(..)
            | Self::Reminder(..)
            | Self::Fields(..)
            | Self::Segment(..)
            | Self::Pipelines(..)
            | Self::Deal(..)
            | Self::Standing(..) => None,
        }
    }
}

/// Between which sort keys the merges of a lead stand.
pub(crate) fn merges_range() -> (String, String) {
    (MERGE.to_owned(), format!("{MERGE}~"))
}

/// Between which sort keys the pairs stand that may be the same person.
pub(crate) fn pairs_range() -> (String, String) {
    (PAIR.to_owned(), format!("{PAIR}~"))
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
