//! Every key of the table, and of its two indexes. Nothing else builds or reads a key.
//!
//! A lead is one item collection: read newest first, its partition gives the heads, the lead and the latest
//! history in one query. What follows from an entry stands under the entry's own sort key.

use domain::conversations::ConversationStatus;
use domain::digest;
use domain::ids::{ApiKeyId, AuditId, InvitationId, LetterId, ParkedId, ResetId, SessionId};
use domain::leads::Stage;
use domain::realtime::ConnectionId;
use domain::users::Email;
use domain::{
    Assignee, Bsuid, ChannelId, ConversationId, HomeId, Identity, LeadId, MessageId, Phone, PhoneNumberId, TenantId,
    Timestamp, UserId, Wamid,
};

/// Over how many partitions the due work is spread.
pub const DUE_SHARDS: u8 = 16;

/// The sort key under which it stands that events wait.
const WAITING: &str = "WAITING";

/// One item of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key {
    /// A lead.
    Lead(TenantId, LeadId),
    /// The head of a conversation.
    Head(TenantId, ConversationId),
    /// A line of a lead's history.
    Entry(TenantId, HomeId, MessageId),
    /// The content of an entry that is too long to stand in it.
    Body(TenantId, HomeId, MessageId),
    /// A reaction, edit or withdrawal, under the entry that it speaks of.
    Child(TenantId, HomeId, MessageId, MessageId),
    /// That a message of WhatsApp is on record, and where.
    Receipt(TenantId, PhoneNumberId, Wamid),
    /// A way to recognise a customer.
    Identity(TenantId, Identity),
    /// Where the events of a business number go. Not under a tenant: it is what tells the tenant.
    Route(PhoneNumberId),
    /// Where the events of a WhatsApp business account go.
    Account(String),
    /// A connected business number.
    Channel(TenantId, ChannelId),
    /// An event that waits for the message it speaks of.
    Orphan(TenantId, Wamid, String),
    /// That events wait for this message, and when they are tried again.
    Waiting(TenantId, Wamid),
    /// A part of a parked event. Not under a tenant: it may not be known.
    ParkedPart(ParkedId, u16),
    /// A parked event: why, and how many parts. Written last.
    Parked(ParkedId),
    /// A parked event in the list of the business number that it concerns, by when it was parked.
    ParkedOf(PhoneNumberId, Timestamp, ParkedId),
    /// Set before an event that has failed often is tried again, and taken away after.
    Trial(String),
    /// What a client's idempotency key stands for.
    Idempotency(TenantId, String),
    /// How a person signs in. Not under a tenant: it is what tells the tenant.
    Login(Email),
    /// A business itself.
    Tenant(TenantId),
    /// A person.
    User(TenantId, UserId),
    /// A person who has signed in on a device.
    Session(TenantId, UserId, SessionId),
    /// A person's second factor.
    SecondFactor(TenantId, UserId),
    /// A person's wish to choose a new password.
    Reset(TenantId, UserId, ResetId),
    /// Somebody who may join.
    Invitation(TenantId, InvitationId),
    /// An e-mail that we owe somebody.
    Letter(TenantId, LetterId),
    /// A key for a program, as a list shows it.
    ApiKey(TenantId, ApiKeyId),
    /// Whose the key with this digest is. Not under a tenant: it is what tells the tenant.
    ApiKeyDigest(String),
    /// An entry of the audit.
    Audit(TenantId, AuditId),
    /// What is counted for the audit until its minute is over, by a digest of what it is.
    Tally(TenantId, String),
    /// A link of the chain that holds the audit's entries, by its number.
    Link(TenantId, u64),
    /// The sealed key of all chains. Not under a tenant: it is the platform's.
    ChainKey,
    /// A browser that is connected.
    Connection(TenantId, ConnectionId),
    /// Whose a connection is. Not under a tenant: it is what tells the tenant.
    ConnectionOwner(ConnectionId),
    /// A ticket that opens one connection, by its digest. Not under a tenant: it is what tells the tenant.
    Ticket(String),
    /// Something that WhatsApp told about the account, kept as it came.
    Notice(TenantId, MessageId),
    /// Which notice an event became, so that its repetition becomes none.
    Noticed(TenantId, String),
    /// A conversation that is snoozed: when it wakes.
    Snooze(TenantId, ConversationId),
    /// What the customer of a conversation is to be shown: that messages were read, that somebody types.
    Signal(TenantId, ConversationId),
    /// How often somebody has done something of late, by a digest of who it is. Not under a tenant: whoever tries to
    /// sign in has none.
    Rate(String),
}

impl Key {
    /// The partition key.
    #[must_use]
    pub fn pk(&self) -> String {
        match self {
            Self::Lead(tenant, lead) => home(*tenant, HomeId::of(*lead)),
            Self::Head(tenant, conversation)
            | Self::Snooze(tenant, conversation)
            | Self::Signal(tenant, conversation) => home(*tenant, conversation.home),
            Self::Entry(tenant, home_id, _) | Self::Body(tenant, home_id, _) | Self::Child(tenant, home_id, _, _) => {
                home(*tenant, *home_id)
            }
            Self::Receipt(tenant, number, wamid) => {
                format!("T#{}#RCPT#{}#{}", tenant.bare(), number.as_str(), wamid.as_str())
            }
            Self::Identity(tenant, identity) => {
                format!("T#{}#ID#{}#{}", tenant.bare(), identity.kind(), identity.value())
            }
            Self::Route(number) => format!("CH#{}", number.as_str()),
            Self::Account(waba) => format!("WABA#{waba}"),
            Self::Channel(tenant, _) => format!("T#{}#CHANNELS", tenant.bare()),
            Self::Orphan(tenant, wamid, _) | Self::Waiting(tenant, wamid) => {
                format!("T#{}#ORPH#{}", tenant.bare(), wamid.as_str())
            }
            Self::ParkedPart(id, _) | Self::Parked(id) => format!("PARK#{}", id.bare()),
            Self::ParkedOf(number, ..) => parked_of(number),
            Self::Trial(event) => format!("TRIAL#{event}"),
            Self::Idempotency(tenant, digest) => format!("T#{}#IDEM#{digest}", tenant.bare()),
            Self::Login(email) => format!("LOGIN#{}", email.as_str()),
            Self::Tenant(tenant) => format!("T#{}#TENANT", tenant.bare()),
            Self::User(tenant, _) => format!("T#{}#USERS", tenant.bare()),
            Self::Session(tenant, user, _) | Self::SecondFactor(tenant, user) | Self::Reset(tenant, user, _) => {
                format!("T#{}#U#{}", tenant.bare(), user.bare())
            }
            Self::Invitation(tenant, _) => format!("T#{}#INVITES", tenant.bare()),
            Self::Letter(tenant, _) => format!("T#{}#LETTERS", tenant.bare()),
            Self::ApiKey(tenant, _) => format!("T#{}#KEYS", tenant.bare()),
            Self::ApiKeyDigest(digest) => format!("KEY#{digest}"),
            Self::Connection(tenant, _) => format!("T#{}#SOCKETS", tenant.bare()),
            Self::ConnectionOwner(id) => format!("SOCKET#{id}"),
            Self::Ticket(digest) => format!("TICKET#{digest}"),
            Self::Audit(tenant, _) => format!("T#{}#AUDIT", tenant.bare()),
            Self::Tally(tenant, _) => format!("T#{}#TALLIES", tenant.bare()),
            Self::Link(tenant, _) => format!("T#{}#CHAIN", tenant.bare()),
            Self::ChainKey => "CHAIN".to_owned(),
            Self::Notice(tenant, _) => format!("T#{}#NOTICES", tenant.bare()),
            Self::Noticed(tenant, digest) => format!("T#{}#NOTICED#{digest}", tenant.bare()),
            Self::Rate(subject) => format!("RATE#{subject}"),
        }
    }

    /// The sort key.
    #[must_use]
    pub fn sk(&self) -> String {
        match self {
            Self::Lead(..) => "LEAD".to_owned(),
            Self::Head(_, conversation) => format!("LEAD#CONV#{}", conversation.channel.bare()),
            Self::Entry(_, _, id) => format!("H#{}", id.bare()),
            Self::Body(_, _, id) => format!("H#{}#B", id.bare()),
            Self::Child(_, _, parent, id) => format!("H#{}#X#{}", parent.bare(), id.bare()),
            Self::Receipt(..) => "RECEIPT".to_owned(),
            Self::Identity(..) => "ID".to_owned(),
            Self::Route(_) | Self::Account(_) => "ROUTE".to_owned(),
            Self::Channel(_, id) => id.bare(),
            Self::Orphan(_, _, digest) => digest.clone(),
            Self::Waiting(..) => WAITING.to_owned(),
            Self::ParkedPart(_, part) => format!("PART#{part:05}"),
            Self::Parked(_) => "MANIFEST".to_owned(),
            Self::ParkedOf(_, at, id) => rank(*at, &id.bare()),
            Self::Trial(_) => "TRIAL".to_owned(),
            Self::Idempotency(..) => "IDEM".to_owned(),
            Self::Login(_) => "LOGIN".to_owned(),
            Self::Tenant(_) => "TENANT".to_owned(),
            Self::User(_, id) => id.bare(),
            Self::Session(_, _, id) => format!("SESS#{}", id.bare()),
            Self::SecondFactor(..) => "FACTOR".to_owned(),
            Self::Reset(_, _, id) => format!("RESET#{}", id.bare()),
            Self::Invitation(_, id) => id.bare(),
            Self::Letter(_, id) => id.bare(),
            Self::ApiKey(_, id) => id.bare(),
            Self::ApiKeyDigest(_) => "KEY".to_owned(),
            Self::Audit(_, id) => id.bare(),
            Self::Tally(_, digest) => digest.clone(),
            Self::Link(_, number) => format!("{number:012}"),
            Self::ChainKey => "KEY".to_owned(),
            Self::Connection(_, id) => id.to_string(),
            Self::ConnectionOwner(_) => "SOCKET".to_owned(),
            Self::Ticket(_) => "TICKET".to_owned(),
            Self::Notice(_, id) => id.bare(),
            Self::Noticed(..) => "NOTICED".to_owned(),
            Self::Snooze(_, conversation) => format!("SNOOZE#{}", conversation.channel.bare()),
            Self::Signal(_, conversation) => format!("SIGNAL#{}", conversation.channel.bare()),
            Self::Rate(_) => "RATE".to_owned(),
        }
    }

    /// The item that these two keys stand for; none if they are not of this table's making.
    #[must_use]
    pub fn parse(pk: &str, sk: &str) -> Option<Self> {
        Self::read(pk, sk).filter(|key| key.pk() == pk && key.sk() == sk)
    }

    /// Reads what stands in these two keys. Phones, addresses and numbers can be written in several ways, of which
    /// [`Key::parse`] lets through only ours.
    fn read(pk: &str, sk: &str) -> Option<Self> {
        let Some((space, rest)) = pk.split_once('#') else { return (pk == "CHAIN").then_some(Self::ChainKey) };
        match space {
            "T" => {
                let (tenant, rest) = rest.split_once('#')?;
                Self::read_of_tenant(TenantId::from_bare(tenant).ok()?, rest, sk)
            }
            "WABA" => Some(Self::Account(rest.to_owned())),
            "CH" => Some(Self::Route(PhoneNumberId::parse(rest).ok()?)),
            "PARK" if rest.starts_with("CH#") => {
                let number = PhoneNumberId::parse(rest.strip_prefix("CH#")?).ok()?;
                let (at, id) = sk.split_once('#')?;
                Some(Self::ParkedOf(number, Timestamp::from_millis(at.parse().ok()?), ParkedId::from_bare(id).ok()?))
            }
            "PARK" => {
                let id = ParkedId::from_bare(rest).ok()?;
                match sk.strip_prefix("PART#") {
                    Some(part) => Some(Self::ParkedPart(id, part.parse().ok()?)),
                    None => Some(Self::Parked(id)),
                }
            }
            "TRIAL" => Some(Self::Trial(rest.to_owned())),
            "RATE" => Some(Self::Rate(rest.to_owned())),
            "LOGIN" => Some(Self::Login(Email::parse(rest).ok()?)),
            "KEY" => Some(Self::ApiKeyDigest(rest.to_owned())),
            "SOCKET" => Some(Self::ConnectionOwner(ConnectionId::parse(rest).ok()?)),
            "TICKET" => Some(Self::Ticket(rest.to_owned())),
            _ => None,
        }
    }

    /// The key in words for a log: where it holds a phone, an address or a name of WhatsApp, a digest stands instead.
    #[must_use]
    pub fn loggable(&self) -> String {
        let (pk, sk) = (self.pk(), self.sk());
        match self {
            Self::Identity(_, identity) => format!("identity {} #{}", identity.kind(), digest::hex(&[&pk])),
            Self::Receipt(..) => format!("receipt #{}", digest::hex(&[&pk])),
            Self::Login(_) => format!("login #{}", digest::hex(&[&pk])),
            Self::Orphan(..) | Self::Waiting(..) => format!("orphan #{} {sk}", digest::hex(&[&pk])),
            Self::Lead(..)
            | Self::Head(..)
            | Self::Entry(..)
            | Self::Body(..)
            | Self::Child(..)
            | Self::Route(_)
            | Self::Account(_)
            | Self::Channel(..)
            | Self::ParkedPart(..)
            | Self::Parked(_)
            | Self::ParkedOf(..)
            | Self::Trial(_)
            | Self::Idempotency(..)
            | Self::Tenant(_)
            | Self::User(..)
            | Self::Session(..)
            | Self::SecondFactor(..)
            | Self::Reset(..)
            | Self::Invitation(..)
            | Self::Letter(..)
            | Self::ApiKey(..)
            | Self::ApiKeyDigest(_)
            | Self::Connection(..)
            | Self::ConnectionOwner(_)
            | Self::Ticket(_)
            | Self::Audit(..)
            | Self::Tally(..)
            | Self::Link(..)
            | Self::ChainKey
            | Self::Notice(..)
            | Self::Noticed(..)
            | Self::Snooze(..)
            | Self::Signal(..)
            | Self::Rate(_) => format!("{pk} {sk}"),
        }
    }

    fn read_of_tenant(tenant: TenantId, rest: &str, sk: &str) -> Option<Self> {
        match rest.split_once('#') {
            Some(("L", id)) => parse_in_home(tenant, HomeId::from_bare(id).ok()?, sk),
            Some(("ID", identity)) => {
                let (kind, value) = identity.split_once('#')?;
                Some(Self::Identity(tenant, parse_identity(kind, value)?))
            }
            Some(("RCPT", message)) => {
                let (number, wamid) = message.split_once('#')?;
                Some(Self::Receipt(tenant, PhoneNumberId::parse(number).ok()?, Wamid::parse(wamid).ok()?))
            }
            Some(("ORPH", wamid)) if sk == WAITING => Some(Self::Waiting(tenant, Wamid::parse(wamid).ok()?)),
            Some(("ORPH", wamid)) => Some(Self::Orphan(tenant, Wamid::parse(wamid).ok()?, sk.to_owned())),
            Some(("NOTICED", digest)) => Some(Self::Noticed(tenant, digest.to_owned())),
            Some(("IDEM", digest)) => Some(Self::Idempotency(tenant, digest.to_owned())),
            Some(("U", user)) => {
                let user = UserId::from_bare(user).ok()?;
                if sk == "FACTOR" {
                    return Some(Self::SecondFactor(tenant, user));
                }
                match sk.split_once('#')? {
                    ("SESS", id) => Some(Self::Session(tenant, user, SessionId::from_bare(id).ok()?)),
                    ("RESET", id) => Some(Self::Reset(tenant, user, ResetId::from_bare(id).ok()?)),
                    _ => None,
                }
            }
            Some(_) => None,
            None => match rest {
                "CHANNELS" => Some(Self::Channel(tenant, ChannelId::from_bare(sk).ok()?)),
                "TENANT" => Some(Self::Tenant(tenant)),
                "INVITES" => Some(Self::Invitation(tenant, InvitationId::from_bare(sk).ok()?)),
                "LETTERS" => Some(Self::Letter(tenant, LetterId::from_bare(sk).ok()?)),
                "KEYS" => Some(Self::ApiKey(tenant, ApiKeyId::from_bare(sk).ok()?)),
                "AUDIT" => Some(Self::Audit(tenant, AuditId::from_bare(sk).ok()?)),
                "TALLIES" => Some(Self::Tally(tenant, sk.to_owned())),
                "CHAIN" => Some(Self::Link(tenant, sk.parse().ok()?)),
                "SOCKETS" => Some(Self::Connection(tenant, ConnectionId::parse(sk).ok()?)),
                "USERS" => Some(Self::User(tenant, UserId::from_bare(sk).ok()?)),
                "NOTICES" => Some(Self::Notice(tenant, MessageId::from_bare(sk).ok()?)),
                _ => None,
            },
        }
    }
}

fn parse_in_home(tenant: TenantId, home: HomeId, sk: &str) -> Option<Key> {
    let parts: Vec<&str> = sk.split('#').collect();
    let message = |text: &str| MessageId::from_bare(text).ok();
    let conversation = |channel| Some(ConversationId { home, channel: ChannelId::from_bare(channel).ok()? });
    match parts.as_slice() {
        ["LEAD"] => Some(Key::Lead(tenant, LeadId::from_bare(&home.bare()).ok()?)),
        ["LEAD", "CONV", channel] => Some(Key::Head(tenant, conversation(channel)?)),
        ["SNOOZE", channel] => Some(Key::Snooze(tenant, conversation(channel)?)),
        ["SIGNAL", channel] => Some(Key::Signal(tenant, conversation(channel)?)),
        ["H", id] => Some(Key::Entry(tenant, home, message(id)?)),
        ["H", id, "B"] => Some(Key::Body(tenant, home, message(id)?)),
        ["H", parent, "X", id] => Some(Key::Child(tenant, home, message(parent)?, message(id)?)),
        _ => None,
    }
}

fn parse_identity(kind: &str, value: &str) -> Option<Identity> {
    match kind {
        "bsuid" => Some(Identity::Bsuid(Bsuid::parse(value).ok()?)),
        "parent" => Some(Identity::ParentBsuid(Bsuid::parse(value).ok()?)),
        "phone" => Some(Identity::Phone(Phone::parse(value).ok()?)),
        _ => None,
    }
}

/// The partition in which a lead's history lives.
#[must_use]
pub fn home(tenant: TenantId, home: HomeId) -> String {
    format!("T#{}#L#{}", tenant.bare(), home.bare())
}

/// The sort keys between which a person's sessions lie.
#[must_use]
pub fn sessions_range() -> (String, String) {
    ("SESS#".to_owned(), "SESS$".to_owned())
}

/// The sort keys between which a page of history lies: entries and what belongs to them, older than `before`.
#[must_use]
pub fn history_range(before: Option<MessageId>) -> (String, String) {
    let upper = before.map_or_else(|| "H$".to_owned(), |id| format!("H#{}", id.bare()));
    ("H#".to_owned(), upper)
}

/// The sort keys between which one entry and what stands beside it lie.
#[must_use]
pub fn history_of(id: MessageId) -> (String, String) {
    (format!("H#{}", id.bare()), format!("H#{}$", id.bare()))
}

/// The sort keys between which the entries written from `from` to `to` lie.
#[must_use]
pub fn history_between(from: Timestamp, to: Timestamp) -> (String, String) {
    let next = Timestamp::from_millis(to.millis() + 1);
    (format!("H#{}", MessageId::earliest_at(from).bare()), format!("H#{}", MessageId::earliest_at(next).bare()))
}

/// A list in an index: GSI3 for conversations that wait, GSI1 for all others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// The leads of one stage, by newest message.
    Leads(TenantId, Stage),
    /// The conversations of one status and one assignee, or that are unassigned, by last activity.
    Inbox(TenantId, ConversationStatus, Option<Assignee>),
    /// The open conversations of one assignee, or that are unassigned, by since when they wait for our answer.
    Waiting(TenantId, Option<Assignee>),
    /// The messages that people and programs of a business sent, by when.
    Sends(TenantId),
    /// Work that must still happen, by kind, by business, and by when.
    Due(u8),
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
            Self::Leads(tenant, stage) => format!("T#{}#LEADS#{stage}", tenant.bare()),
            Self::Inbox(tenant, status, assignee) => {
                format!("T#{}#INBOX#{status}#{}", tenant.bare(), owner(*assignee))
            }
            Self::Waiting(tenant, assignee) => format!("T#{}#WAITING#{}", tenant.bare(), owner(*assignee)),
            Self::Sends(tenant) => format!("T#{}#SENDS", tenant.bare()),
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
    assignee.map_or_else(|| "unassigned".to_owned(), Assignee::bare)
}

/// The place in a list of something that is sorted by time: the time, then a name that tells equals apart.
#[must_use]
pub fn rank(at: Timestamp, name: &str) -> String {
    format!("{:015}#{name}", at.millis())
}

/// The partition in which the parked events of a business number are listed.
#[must_use]
pub fn parked_of(number: &PhoneNumberId) -> String {
    format!("PARK#CH#{}", number.as_str())
}

/// The partition key in GSI2 under which a message of ours is found by WhatsApp's id.
#[must_use]
pub fn find_wamid(tenant: TenantId, wamid: &Wamid) -> String {
    format!("T#{}#W#{}", tenant.bare(), wamid.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn every_key() -> Vec<Key> {
        let at = Timestamp::from_seconds(1_790_000_000);
        let tenant = TenantId::from_parts(at, 1);
        let lead = LeadId::from_parts(at, 2);
        let home = HomeId::of(lead);
        let channel = ChannelId::from_parts(at, 3);
        let (message, child) = (MessageId::from_parts(at, 4), MessageId::from_parts(at, 5));
        let wamid = Wamid::parse("wamid.HBgM+/=#x").unwrap();
        let bsuid = Bsuid::parse("IN.77120934411").unwrap();
        vec![
            Key::Lead(tenant, lead),
            Key::Head(tenant, ConversationId { home, channel }),
            Key::Entry(tenant, home, message),
            Key::Body(tenant, home, message),
            Key::Child(tenant, home, message, child),
            Key::Receipt(tenant, PhoneNumberId::parse("106540352242922").unwrap(), wamid.clone()),
            Key::Identity(tenant, Identity::Bsuid(bsuid.clone())),
            Key::Identity(tenant, Identity::ParentBsuid(bsuid)),
            Key::Identity(tenant, Identity::Phone(Phone::parse("919876543210").unwrap())),
            Key::Route(PhoneNumberId::parse("106540352242922").unwrap()),
            Key::Account("102290129340398".to_owned()),
            Key::Channel(tenant, channel),
            Key::Orphan(tenant, wamid.clone(), "0a1b".to_owned()),
            Key::Waiting(tenant, wamid),
            Key::ParkedPart(ParkedId::from_parts(at, 6), 3),
            Key::Parked(ParkedId::from_parts(at, 6)),
            Key::ParkedOf(PhoneNumberId::parse("106540352242922").unwrap(), at, ParkedId::from_parts(at, 6)),
            Key::Trial("ab12".to_owned()),
            Key::Idempotency(tenant, "cd34".to_owned()),
            Key::Login(Email::parse("owner@example.com").unwrap()),
            Key::Tenant(tenant),
            Key::User(tenant, UserId::from_parts(at, 7)),
            Key::Session(tenant, UserId::from_parts(at, 7), SessionId::from_parts(at, 8)),
            Key::SecondFactor(tenant, UserId::from_parts(at, 7)),
            Key::Reset(tenant, UserId::from_parts(at, 7), ResetId::from_parts(at, 9)),
            Key::Invitation(tenant, InvitationId::from_parts(at, 10)),
            Key::Letter(tenant, LetterId::from_parts(at, 13)),
            Key::ApiKey(tenant, ApiKeyId::from_parts(at, 11)),
            Key::ApiKeyDigest("0c1d".to_owned()),
            Key::Audit(tenant, AuditId::from_parts(at, 14)),
            Key::Tally(tenant, "1a2b".to_owned()),
            Key::Link(tenant, 12),
            Key::ChainKey,
            Key::Connection(tenant, ConnectionId::parse("L0SM9cOFIAMCJdw=").unwrap()),
            Key::ConnectionOwner(ConnectionId::parse("L0SM9cOFIAMCJdw=").unwrap()),
            Key::Ticket("4e5f".to_owned()),
            Key::Notice(tenant, message),
            Key::Noticed(tenant, "ef56".to_owned()),
            Key::Snooze(tenant, ConversationId { home, channel }),
            Key::Signal(tenant, ConversationId { home, channel }),
            Key::Rate("ab78".to_owned()),
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
        let (tenant, parked) = (TenantId::from_parts(at, 10).bare(), ParkedId::from_parts(at, 6).bare());
        for (pk, sk) in [
            (format!("T#{}#USERS", tenant.to_lowercase()), UserId::from_parts(at, 7).bare()),
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
            Key::Route(_)
                | Key::Account(_)
                | Key::ParkedPart(..)
                | Key::Parked(_)
                | Key::ParkedOf(..)
                | Key::Trial(_)
                | Key::Login(_)
                | Key::ApiKeyDigest(_)
                | Key::ChainKey
                | Key::ConnectionOwner(_)
                | Key::Ticket(_)
                | Key::Rate(_)
        )));
    }

    #[test]
    fn a_newest_first_read_of_a_home_gives_heads_then_lead_then_history() {
        let mut sorted: Vec<_> = every_key().into_iter().take(5).map(|key| key.sk()).collect();
        sorted.sort_by(|a, b| b.cmp(a));
        assert!(sorted[0].starts_with("LEAD#CONV#") && sorted[1] == "LEAD" && sorted[4].starts_with("H#"));
        assert!(sorted[2].contains("#X#") && sorted[4].len() == 28, "children come before their entry");
    }
}
