//! Partitions of the table, as a query reads them.

use super::crm::PAIRS;
use domain::crm::lead_search::SearchToken;
use domain::ids::BudgetId;
use domain::ids::WebhookId;
use domain::{ChannelId, HistoryId, PhoneNumberId, TenantId, UserId, Wamid};

/// Items that stand together, in the order of their sort keys: what a query reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Partition {
    /// A lead with its conversations and its history.
    History(TenantId, HistoryId),
    /// The connected business numbers.
    Channels(TenantId),
    /// The sessions that link numbers by a QR code.
    PhoneSessions(TenantId),
    /// The held messages of a channel, and how far they are released.
    Held(TenantId, ChannelId),
    /// The messages of a business that are held for what they cost.
    HeldForCost(TenantId),
    /// The budgets of a business, and when their held messages are looked at.
    Budgets(TenantId),
    /// What is booked in the periods of a budget.
    Spending(TenantId, BudgetId),
    /// The message templates of a business, what is still to be done to them, and how far they were read.
    Templates(TenantId),
    /// The people of a business.
    Users(TenantId),
    /// What belongs to one person: sessions, a second factor, wishes to choose a new password.
    Person(TenantId, UserId),
    /// Those who may join.
    Invitations(TenantId),
    /// The keys for programs.
    ApiKeys(TenantId),
    /// The entries of the audit.
    Audit(TenantId),
    /// The links of the chain that holds the audit's entries.
    Chain(TenantId),
    /// The browsers that are connected.
    Connections(TenantId),
    /// What was counted, half hour by half hour.
    Figures(TenantId),
    /// What WhatsApp told about the account.
    Notices(TenantId),
    /// The events that wait for one message, and when they are tried again.
    Orphans(TenantId, Wamid),
    /// The parked events of a business number.
    ParkedOf(PhoneNumberId),
    /// The addresses that are told of events.
    Webhooks(TenantId),
    /// The deliveries to one webhook.
    Deliveries(TenantId, WebhookId),
    /// The erasures of people.
    Erasures(TenantId),
    /// Pairs of leads that may be the same person, or are known not to be.
    Pairs(TenantId),
    /// The saved filters of leads.
    Segments(TenantId),
    /// The quick replies of a business.
    QuickReplies(TenantId),
    /// The imports, exports and bulk changes of a business.
    LongJobs(TenantId),
    /// The words that begin with the same letter as this one, or the numbers with the same two digits.
    Tokens(TenantId, SearchToken),
}

impl Partition {
    /// The partition key.
    #[must_use]
    pub fn pk(&self) -> String {
        match self {
            Self::History(tenant, history) => format!("T#{}#L#{}", tenant.ulid_str(), history.ulid_str()),
            Self::Channels(tenant) => format!("T#{}#CHANNELS", tenant.ulid_str()),
            Self::PhoneSessions(tenant) => format!("T#{}#LINKS", tenant.ulid_str()),
            Self::Held(tenant, channel) => format!("T#{}#HELD#{}", tenant.ulid_str(), channel.ulid_str()),
            Self::HeldForCost(tenant) => format!("T#{}#COSTLY", tenant.ulid_str()),
            Self::Budgets(tenant) => format!("T#{}#BUDGETS", tenant.ulid_str()),
            Self::Spending(tenant, budget) => format!("T#{}#SPENT#{}", tenant.ulid_str(), budget.ulid_str()),
            Self::Templates(tenant) => format!("T#{}#TEMPLATES", tenant.ulid_str()),
            Self::Users(tenant) => format!("T#{}#USERS", tenant.ulid_str()),
            Self::Person(tenant, user) => format!("T#{}#U#{}", tenant.ulid_str(), user.ulid_str()),
            Self::Invitations(tenant) => format!("T#{}#INVITES", tenant.ulid_str()),
            Self::ApiKeys(tenant) => format!("T#{}#KEYS", tenant.ulid_str()),
            Self::Audit(tenant) => format!("T#{}#AUDIT", tenant.ulid_str()),
            Self::Chain(tenant) => format!("T#{}#CHAIN", tenant.ulid_str()),
            Self::Connections(tenant) => format!("T#{}#SOCKETS", tenant.ulid_str()),
            Self::Figures(tenant) => format!("T#{}#FIGURES", tenant.ulid_str()),
            Self::Notices(tenant) => format!("T#{}#NOTICES", tenant.ulid_str()),
            Self::Orphans(tenant, wamid) => format!("T#{}#ORPH#{}", tenant.ulid_str(), wamid.as_str()),
            Self::ParkedOf(number) => format!("PARK#CH#{}", number.as_str()),
            Self::Webhooks(tenant) => format!("T#{}#HOOKS", tenant.ulid_str()),
            Self::Deliveries(tenant, webhook) => format!("T#{}#HOOK#{}", tenant.ulid_str(), webhook.ulid_str()),
            Self::Erasures(tenant) => format!("T#{}#ERASURES", tenant.ulid_str()),
            Self::Pairs(tenant) => format!("T#{}#ID#{PAIRS}", tenant.ulid_str()),
            Self::Segments(tenant) => format!("T#{}#SEGMENTS", tenant.ulid_str()),
            Self::QuickReplies(tenant) => format!("T#{}#REPLIES", tenant.ulid_str()),
            Self::LongJobs(tenant) => format!("T#{}#JOBS", tenant.ulid_str()),
            Self::Tokens(tenant, SearchToken::Word(word)) => {
                format!("T#{}#S#w#{}", tenant.ulid_str(), word.chars().take(1).collect::<String>())
            }
            Self::Tokens(tenant, SearchToken::Digits(digits)) => {
                format!("T#{}#S#d#{}", tenant.ulid_str(), digits.chars().take(2).collect::<String>())
            }
        }
    }
}
