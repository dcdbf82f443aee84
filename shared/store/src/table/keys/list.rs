//! Lists, in the indexes of the table.

use domain::crm::lead_details::Tag;
use domain::crm::leads::Listing;
use domain::ids::PipelineId;
use domain::inbox::conversations::ConversationStatus;
use domain::stages::Stage;
use domain::{Assignee, TenantId, UserId, digest};

/// Over how many partitions the due work is spread.
pub const DUE_SHARDS: u8 = 16;

/// A list in an index: GSI3 for conversations that wait, GSI1 for all others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum List {
    /// The leads of one stage, by newest message.
    Leads(TenantId, Stage),
    /// The leads of one owner, tag or source, by newest message.
    LeadsIn(TenantId, Listing),
    /// The deals of one stage of a pipeline, by when they last changed.
    Deals(TenantId, PipelineId, Stage),
    /// The deals of deleted leads, which nobody reads.
    HiddenDeals(TenantId),
    /// The leads that were deleted, by when.
    DeletedLeads(TenantId),
    /// The leads that were merged into others, or are being erased.
    MergedLeads(TenantId),
    /// The tasks of one assignee, or without one: open ones by due time, or done ones by when they were done.
    Tasks(TenantId, Option<UserId>, bool),
    /// The conversations of deleted leads, which nobody reads.
    HiddenInbox(TenantId),
    /// The conversations of one status and one assignee, or that are unassigned, by last activity.
    Inbox(TenantId, ConversationStatus, Option<Assignee>),
    /// The open conversations of one assignee, or that are unassigned, by since when they wait for our answer.
    Waiting(TenantId, Option<Assignee>),
    /// The messages that people and programs of a business sent, by when.
    Sends(TenantId),
    /// Work that must still happen, by kind, by business, and by when.
    Due(u8),
    /// The templates of a business, by name and language.
    Templates(TenantId),
    /// Parked events, by when they were parked.
    Parked,
    /// All businesses, by when they began.
    Tenants,
}

impl List {
    /// The partition key in GSI1.
    #[must_use]
    pub fn pk(&self) -> String {
        match self {
            Self::Templates(tenant) => format!("T#{}#TEMPLATES", tenant.ulid_str()),
            Self::Leads(tenant, stage) => format!("T#{}#LEADS#{stage}", tenant.ulid_str()),
            Self::LeadsIn(tenant, listing) => format!("T#{}#LISTED#{}", tenant.ulid_str(), listed(listing)),
            Self::Deals(tenant, pipeline, stage) => {
                format!("T#{}#DEALS#{}#{stage}", tenant.ulid_str(), pipeline.ulid_str())
            }
            Self::HiddenDeals(tenant) => format!("T#{}#DEALS#hidden", tenant.ulid_str()),
            Self::DeletedLeads(tenant) => format!("T#{}#LEADS#deleted", tenant.ulid_str()),
            Self::MergedLeads(tenant) => format!("T#{}#LEADS#merged", tenant.ulid_str()),
            Self::Tasks(tenant, assignee, done) => {
                let state = if *done { "done" } else { "open" };
                format!("T#{}#TASKS#{}#{state}", tenant.ulid_str(), owner(assignee.map(Assignee::User)))
            }
            Self::HiddenInbox(tenant) => format!("T#{}#INBOX#hidden", tenant.ulid_str()),
            Self::Inbox(tenant, status, assignee) => {
                format!("T#{}#INBOX#{status}#{}", tenant.ulid_str(), owner(*assignee))
            }
            Self::Waiting(tenant, assignee) => format!("T#{}#WAITING#{}", tenant.ulid_str(), owner(*assignee)),
            Self::Sends(tenant) => format!("T#{}#SENDS", tenant.ulid_str()),
            Self::Due(shard) => format!("DUE#{shard:02}"),
            Self::Parked => "PARKED".to_owned(),
            Self::Tenants => "TENANTS".to_owned(),
        }
    }

    /// The list of due work in which everything stands that waits for `awaited`.
    #[must_use]
    pub fn due(awaited: &str) -> Self {
        let shard = digest::bits80(&[awaited]) % u128::from(DUE_SHARDS);
        Self::Due(u8::try_from(shard).unwrap_or_default())
    }
}

/// Whose list it is, as its key says.
fn owner(assignee: Option<Assignee>) -> String {
    assignee.map_or_else(|| "unassigned".to_owned(), Assignee::ulid_str)
}

/// A list of leads, as its key and the keys of its entries say.
pub(super) fn listed(listing: &Listing) -> String {
    match listing {
        Listing::Owner(user) => format!("owner#{}", user.ulid_str()),
        Listing::Tag(tag) => format!("tag#{}", tag.key()),
        Listing::Source(source) => format!("source#{source}"),
    }
}

/// The list that [`listed`] wrote so; none if it wrote no such.
pub(super) fn read_listed(text: &str) -> Option<Listing> {
    let (kind, name) = text.split_once('#')?;
    match kind {
        "owner" => UserId::from_ulid_str(name).ok().map(Listing::Owner),
        "tag" => Tag::parse(name).ok().map(Listing::Tag),
        "source" => name.parse().ok().map(Listing::Source),
        _ => None,
    }
}
