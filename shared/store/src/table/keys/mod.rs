//! Every key of the table, and of its indexes. Nothing else builds or reads a key. Each area has keys of its own, and
//! [`Key`] is any of them.
//!
//! A lead is one item collection: read newest first, its partition gives the conversations, the lead and the latest
//! history in one query. What follows from an entry stands under the entry's own sort key.

mod access;
mod channels;
mod crm;
mod inbox;
mod insight;
mod list;
mod partition;
mod work;

pub use access::AccessKey;
pub use channels::ChannelsKey;
pub use crm::CrmKey;
pub(crate) use crm::{merges_range, pairs_range};
pub use inbox::InboxKey;
pub use insight::{InsightKey, figures_at};
pub use list::{DUE_SHARDS, List};
pub use partition::Partition;
pub use work::WorkKey;

use domain::crm::lead_search::SearchToken;
use domain::{MessageId, TenantId, Timestamp, Wamid};

/// One item of the table, by its area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key {
    /// Of businesses, people and what they may do.
    Access(AccessKey),
    /// Of connected business numbers.
    Channels(ChannelsKey),
    /// Of conversations.
    Inbox(InboxKey),
    /// Of leads.
    Crm(CrmKey),
    /// Of what is counted.
    Insight(InsightKey),
    /// Of work that waits.
    Work(WorkKey),
}

/// What the two keys of an item say, taken apart.
struct Parts<'a> {
    /// The tenant under which it stands, if it stands under one.
    tenant: Option<TenantId>,
    /// The first word of the partition key, or the first after the tenant.
    head: &'a str,
    /// The partition key after that word.
    rest: Option<&'a str>,
    sk: &'a str,
}

impl<'a> Parts<'a> {
    fn read(pk: &'a str, sk: &'a str) -> Option<Self> {
        let (tenant, pk) = match pk.strip_prefix("T#") {
            Some(rest) => {
                let (tenant, rest) = rest.split_once('#')?;
                (Some(TenantId::from_ulid_str(tenant).ok()?), rest)
            }
            None => (None, pk),
        };
        let (head, rest) = pk.split_once('#').map_or((pk, None), |(head, rest)| (head, Some(rest)));
        Some(Self { tenant, head, rest, sk })
    }
}

impl Key {
    /// The partition key.
    #[must_use]
    pub fn pk(&self) -> String {
        match self {
            Self::Access(key) => key.pk(),
            Self::Channels(key) => key.pk(),
            Self::Inbox(key) => key.pk(),
            Self::Crm(key) => key.pk(),
            Self::Insight(key) => key.pk(),
            Self::Work(key) => key.pk(),
        }
    }

    /// The sort key.
    #[must_use]
    pub fn sk(&self) -> String {
        match self {
            Self::Access(key) => key.sk(),
            Self::Channels(key) => key.sk(),
            Self::Inbox(key) => key.sk(),
            Self::Crm(key) => key.sk(),
            Self::Insight(key) => key.sk(),
            Self::Work(key) => key.sk(),
        }
    }

    /// The item that these two keys stand for; none if they are not of this table's making. Phones, addresses and
    /// numbers can be written in several ways, of which only ours is let through.
    #[must_use]
    pub fn parse(pk: &str, sk: &str) -> Option<Self> {
        let parts = Parts::read(pk, sk)?;
        let key = AccessKey::read(&parts)
            .map(Self::Access)
            .or_else(|| ChannelsKey::read(&parts).map(Self::Channels))
            .or_else(|| InboxKey::read(&parts).map(Self::Inbox))
            .or_else(|| CrmKey::read(&parts).map(Self::Crm))
            .or_else(|| InsightKey::read(&parts).map(Self::Insight))
            .or_else(|| WorkKey::read(&parts).map(Self::Work));
        key.filter(|key| key.pk() == pk && key.sk() == sk)
    }

    /// The key in words for a log: where it holds a phone, an address or a name of WhatsApp, a digest stands instead.
    #[must_use]
    pub fn loggable(&self) -> String {
        let masked = match self {
            Self::Access(key) => key.masked(),
            Self::Channels(_) | Self::Insight(_) => None,
            Self::Inbox(key) => key.masked(),
            Self::Crm(key) => key.masked(),
            Self::Work(key) => key.masked(),
        };
        masked.unwrap_or_else(|| format!("{} {}", self.pk(), self.sk()))
    }
}

/// The key of an area is one of the table, also where it is only lent.
macro_rules! keys_of_areas {
    ($($Area:ident $AreaKey:ident)*) => {$(
        impl From<$AreaKey> for Key {
            fn from(key: $AreaKey) -> Self {
                Self::$Area(key)
            }
        }

        impl From<&$AreaKey> for Key {
            fn from(key: &$AreaKey) -> Self {
                Self::$Area(key.clone())
            }
        }
    )*};
}
keys_of_areas!(
    Access AccessKey Channels ChannelsKey Inbox InboxKey Crm CrmKey Insight InsightKey Work WorkKey
);

impl From<&Key> for Key {
    fn from(key: &Key) -> Self {
        key.clone()
    }
}

/// The sort keys between which a person's sessions lie.
#[must_use]
pub fn sessions_range() -> (String, String) {
    ("SESS#".to_owned(), "SESS$".to_owned())
}

/// The sort keys between which held messages lie, behind `after`.
#[must_use]
pub fn held_range(after: Option<MessageId>) -> (String, String) {
    let lower = after.map_or_else(|| "H#".to_owned(), |id| format!("H#{}!", id.ulid_str()));
    (lower, "H$".to_owned())
}

/// The sort keys between which a lead's tasks lie.
#[must_use]
pub fn tasks_range() -> (String, String) {
    ("TASK#".to_owned(), "TASK$".to_owned())
}

/// The sort keys between which a page of history lies: entries and what belongs to them, older than `before`.
#[must_use]
pub fn history_range(before: Option<MessageId>) -> (String, String) {
    let upper = before.map_or_else(|| "H$".to_owned(), |id| format!("H#{}", id.ulid_str()));
    ("H#".to_owned(), upper)
}

/// The sort keys between which one entry and what stands beside it lie.
#[must_use]
pub fn history_of(id: MessageId) -> (String, String) {
    (format!("H#{}", id.ulid_str()), format!("H#{}$", id.ulid_str()))
}

/// The sort keys between which the entries written from `from` to `to` lie.
#[must_use]
pub fn history_between(from: Timestamp, to: Timestamp) -> (String, String) {
    let next = Timestamp::from_millis(to.millis() + 1);
    (format!("H#{}", MessageId::earliest_at(from).ulid_str()), format!("H#{}", MessageId::earliest_at(next).ulid_str()))
}

/// The sort keys between which the tokens lie that begin like `token`.
#[must_use]
pub fn tokens_range(token: &SearchToken) -> (String, String) {
    let begins = crm::token_text(token);
    (begins.to_owned(), format!("{begins}{}", char::MAX))
}

/// The place in a list of something that is sorted by time: the time, then a name that tells equals apart.
#[must_use]
pub fn rank(at: Timestamp, name: &str) -> String {
    format!("{:015}#{name}", at.millis())
}

/// The partition key in GSI2 under which a message of ours is found by WhatsApp's id.
#[must_use]
pub fn find_wamid(tenant: TenantId, wamid: &Wamid) -> String {
    format!("T#{}#W#{}", tenant.ulid_str(), wamid.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::access::users::EmailAddress;
    use domain::channels::budgets::PeriodName;
    use domain::crm::lead_details::Tag;
    use domain::crm::leads::{Listing, Source};
    use domain::ids::{
        ApiKeyId, AuditId, BudgetId, DealId, EmailId, ErasureId, InvitationId, LongJobId, MergeId, ParkedId,
        QuickReplyId, ResetId, SegmentId, SessionId, TaskId, WebhookEventId, WebhookId,
    };
    use domain::inbox::realtime::ConnectionId;
    use domain::insight::figures::HalfHour;
    use domain::{
        Bsuid, ChannelId, ConversationId, HistoryId, Identity, LeadId, MediaId, Phone, PhoneNumberId, PhoneSessionId,
        TemplateId, UserId,
    };

    fn every_key() -> Vec<Key> {
        let at = Timestamp::from_seconds(1_790_000_000);
        let tenant = TenantId::from_parts(at, 1);
        let lead = LeadId::from_parts(at, 2);
        let history = HistoryId::for_lead(lead);
        let channel = ChannelId::from_parts(at, 3);
        let message = MessageId::from_parts(at, 4);
        let child = MessageId::from_parts(at, 5);
        let wamid = Wamid::parse("wamid.HBgM+/=#x").unwrap();
        let bsuid = Bsuid::parse("IN.77120934411").unwrap();
        vec![
            CrmKey::Lead(tenant, lead).into(),
            InboxKey::Conversation(tenant, ConversationId { history, channel }).into(),
            InboxKey::Entry(tenant, history, message).into(),
            InboxKey::Body(tenant, history, message).into(),
            InboxKey::Amendment(tenant, history, message, child).into(),
            CrmKey::Fields(tenant).into(),
            CrmKey::Pipelines(tenant).into(),
            CrmKey::Standing(tenant, lead).into(),
            CrmKey::Deal(tenant, DealId::from_parts(at, 42)).into(),
            InsightKey::Standing(tenant).into(),
            CrmKey::Segment(tenant, SegmentId::from_parts(at, 41)).into(),
            InboxKey::Receipt(tenant, PhoneNumberId::parse("106540352242922").unwrap(), wamid.clone()).into(),
            InboxKey::Consent(tenant, lead).into(),
            CrmKey::Identity(tenant, Identity::Bsuid(bsuid.clone())).into(),
            CrmKey::Identity(tenant, Identity::ParentBsuid(bsuid)).into(),
            CrmKey::Identity(tenant, Identity::Phone(Phone::parse("919876543210").unwrap())).into(),
            ChannelsKey::Route(PhoneNumberId::parse("106540352242922").unwrap()).into(),
            ChannelsKey::Account("102290129340398".to_owned()).into(),
            ChannelsKey::VerifyToken("6a7b".to_owned()).into(),
            ChannelsKey::DashboardTest.into(),
            ChannelsKey::Signup("7c8d".to_owned()).into(),
            ChannelsKey::PhoneSession(tenant, PhoneSessionId::from_parts(at, 17)).into(),
            ChannelsKey::Channel(tenant, channel).into(),
            ChannelsKey::Template(tenant, TemplateId::from_parts(at, 16)).into(),
            ChannelsKey::TemplateWork(tenant, TemplateId::from_parts(at, 16)).into(),
            ChannelsKey::Setup(tenant, ChannelId::from_parts(at, 3)).into(),
            ChannelsKey::TemplateSync(tenant, channel).into(),
            WorkKey::Orphan(tenant, wamid.clone(), "0a1b".to_owned()).into(),
            WorkKey::Waiting(tenant, wamid).into(),
            WorkKey::ParkedPart(ParkedId::from_parts(at, 6), 3).into(),
            WorkKey::Parked(ParkedId::from_parts(at, 6)).into(),
            WorkKey::ParkedOf(PhoneNumberId::parse("106540352242922").unwrap(), at, ParkedId::from_parts(at, 6)).into(),
            WorkKey::Attempt("ab12".to_owned()).into(),
            WorkKey::Idempotency(tenant, "cd34".to_owned()).into(),
            AccessKey::Login(EmailAddress::parse("owner@example.com").unwrap()).into(),
            AccessKey::Tenant(tenant).into(),
            AccessKey::User(tenant, UserId::from_parts(at, 7)).into(),
            AccessKey::Session(tenant, UserId::from_parts(at, 7), SessionId::from_parts(at, 8)).into(),
            AccessKey::SecondFactor(tenant, UserId::from_parts(at, 7)).into(),
            AccessKey::Reset(tenant, UserId::from_parts(at, 7), ResetId::from_parts(at, 9)).into(),
            AccessKey::Invitation(tenant, InvitationId::from_parts(at, 10)).into(),
            AccessKey::Email(tenant, EmailId::from_parts(at, 13)).into(),
            AccessKey::ApiKey(tenant, ApiKeyId::from_parts(at, 11)).into(),
            AccessKey::ApiKeyDigest("0c1d".to_owned()).into(),
            AccessKey::Audit(tenant, AuditId::from_parts(at, 14)).into(),
            AccessKey::Tally(tenant, "1a2b".to_owned()).into(),
            AccessKey::Link(tenant, 12).into(),
            AccessKey::Webhook(tenant, WebhookId::from_parts(at, 18)).into(),
            AccessKey::Delivery(tenant, WebhookId::from_parts(at, 18), WebhookEventId::from_parts(at, 19)).into(),
            AccessKey::ChainKey.into(),
            InboxKey::Connection(tenant, ConnectionId::parse("L0SM9cOFIAMCJdw=").unwrap()).into(),
            InboxKey::ConnectionOwner(ConnectionId::parse("L0SM9cOFIAMCJdw=").unwrap()).into(),
            InboxKey::Ticket("4e5f".to_owned()).into(),
            ChannelsKey::Notice(tenant, message).into(),
            ChannelsKey::Noticed(tenant, "ef56".to_owned()).into(),
            InboxKey::Snooze(tenant, ConversationId { history, channel }).into(),
            InboxKey::Signal(tenant, ConversationId { history, channel }).into(),
            InboxKey::Media(tenant, MediaId::from_parts(at, 15)).into(),
            InboxKey::Upload(tenant, channel, "9a0b".to_owned()).into(),
            InboxKey::Held(tenant, channel, message).into(),
            ChannelsKey::Resume(tenant, channel).into(),
            InboxKey::HeldForCost(tenant, message).into(),
            InboxKey::FreeEntry(tenant, ConversationId { history, channel }).into(),
            ChannelsKey::Budget(tenant, BudgetId::from_parts(at, 18)).into(),
            ChannelsKey::BudgetResume(tenant, BudgetId::from_parts(at, 18)).into(),
            ChannelsKey::Allowance(tenant, channel, PeriodName::parse("2026-10").unwrap()).into(),
            ChannelsKey::Spending(tenant, BudgetId::from_parts(at, 18), PeriodName::parse("2026-10").unwrap()).into(),
            AccessKey::Rate("ab78".to_owned()).into(),
            CrmKey::EmailAddress(tenant, EmailAddress::parse("asha@example.com").unwrap()).into(),
            CrmKey::Listed(tenant, lead, Listing::Owner(UserId::from_parts(at, 7))).into(),
            CrmKey::Listed(tenant, lead, Listing::Tag(Tag::parse("late payer #2").unwrap())).into(),
            CrmKey::Listed(tenant, lead, Listing::Source(Source::ColdCall)).into(),
            CrmKey::Index(tenant, lead).into(),
            CrmKey::Reindex(tenant, lead).into(),
            CrmKey::Task(tenant, lead, TaskId::from_parts(at, 17)).into(),
            CrmKey::Reminder(tenant, lead, TaskId::from_parts(at, 17)).into(),
            CrmKey::Merge(tenant, lead, MergeId::from_parts(at, 18)).into(),
            CrmKey::Block(tenant, lead).into(),
            CrmKey::Erasure(tenant, ErasureId::from_parts(at, 20)).into(),
            InboxKey::Tombstone(tenant, "5f60".to_owned()).into(),
            CrmKey::Pair(tenant, lead, LeadId::from_parts(at, 19)).into(),
            CrmKey::Distinct(tenant, lead, LeadId::from_parts(at, 19)).into(),
            InboxKey::QuickReply(tenant, QuickReplyId::from_parts(at, 19)).into(),
            CrmKey::LongJob(tenant, LongJobId::from_parts(at, 18)).into(),
            CrmKey::JobPlace(tenant, 1).into(),
            CrmKey::Token(tenant, SearchToken::Word("asha".to_owned()), lead).into(),
            CrmKey::Token(tenant, SearchToken::Digits("43210".to_owned()), lead).into(),
            InsightKey::Figures(tenant, HalfHour::containing(at)).into(),
        ]
    }

    #[test]
    fn every_key_reads_as_it_is_written_down() {
        let lines: Vec<String> = every_key().iter().map(|key| format!("{:<52} {}", key.pk(), key.sk())).collect();
        insta::assert_snapshot!(lines.join("\n"));
    }

    #[test]
    fn every_key_parses_back_to_itself() {
        for key in every_key() {
            assert_eq!(Key::parse(&key.pk(), &key.sk()), Some(key));
        }
        assert_eq!(Key::parse("T#x#L#y", "LEAD"), None);
        assert_eq!(Key::parse("", ""), None);
    }

    #[test]
    fn what_is_not_written_as_we_write_it_is_no_key() {
        let at = Timestamp::from_seconds(1_790_000_000);
        let tenant = TenantId::from_parts(at, 10).ulid_str();
        let parked = ParkedId::from_parts(at, 6).ulid_str();
        for (pk, sk) in [
            (format!("T#{}#USERS", tenant.to_lowercase()), UserId::from_parts(at, 7).ulid_str()),
            (format!("T#{tenant}#NOTICES"), "Z".repeat(26)),
            (format!("T#{tenant}#ID#phone#+91 98765 43210"), "ID".to_owned()),
            (format!("T#{tenant}#ID#phone#551188887777"), "ID".to_owned()),
            ("LOGIN#Owner@Example.com".to_owned(), "LOGIN".to_owned()),
            (format!("PARK#{parked}"), "PART#3".to_owned()),
            (format!("PARK#{parked}"), "PART#+0003".to_owned()),
        ] {
            assert_eq!(Key::parse(&pk, &sk), None, "{pk} {sk}");
        }
    }

    #[test]
    fn a_tenants_keys_begin_with_the_tenant_and_the_others_are_known() {
        let without: Vec<_> = every_key().into_iter().filter(|key| !key.pk().starts_with("T#")).collect();
        assert!(without.iter().all(|key| matches!(
            key,
            Key::Channels(ChannelsKey::Route(_))
                | Key::Channels(ChannelsKey::Account(_))
                | Key::Channels(ChannelsKey::VerifyToken(_))
                | Key::Channels(ChannelsKey::DashboardTest)
                | Key::Channels(ChannelsKey::Signup(_))
                | Key::Work(WorkKey::ParkedPart(..))
                | Key::Work(WorkKey::Parked(_))
                | Key::Work(WorkKey::ParkedOf(..))
                | Key::Work(WorkKey::Attempt(_))
                | Key::Access(AccessKey::Login(_))
                | Key::Access(AccessKey::ApiKeyDigest(_))
                | Key::Access(AccessKey::ChainKey)
                | Key::Inbox(InboxKey::ConnectionOwner(_))
                | Key::Inbox(InboxKey::Ticket(_))
                | Key::Access(AccessKey::Rate(_))
        )));
    }

    #[test]
    fn a_newest_first_read_of_a_history_gives_conversations_then_lead_then_history() {
        let mut sorted: Vec<_> = every_key().into_iter().take(5).map(|key| key.sk()).collect();
        sorted.sort_by(|a, b| b.cmp(a));
        assert!(sorted[0].starts_with("LEAD#CONV#") && sorted[1] == "LEAD" && sorted[4].starts_with("H#"));
        assert!(sorted[2].contains("#X#") && sorted[4].len() == 28, "children come before their entry");
    }
}
