//! What a record of the table's stream says, for the functions that follow it.

use crate::keys::Key;
use domain::ids::{AuditId, LetterId, SessionId};
use domain::realtime::ConnectionId;
use domain::{ConversationId, HomeId, LeadId, MessageId, TenantId, UserId, Wamid};
use serde_dynamo::{AttributeValue, Item};

/// What happened to an item, as far as anybody follows it.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// A send was accepted from a user, and wants to go out.
    SendQueued(TenantId, HomeId, MessageId),
    /// A message became known under WhatsApp's id: a customer's, or one of ours that was answered.
    MessageNamed(TenantId, Wamid),
    /// An event began to wait for the message it speaks of.
    OrphanKept(TenantId, Wamid),
    /// A conversation's head changed.
    HeadChanged {
        /// Whose lead it is.
        tenant: TenantId,
        /// The lead.
        lead: LeadId,
        /// The newest message, where that is another one than before.
        newest: Option<MessageId>,
    },
    /// We owe somebody an e-mail.
    LetterOwed(TenantId, LetterId),
    /// An entry was written into the audit.
    DeedWritten(TenantId, AuditId),
    /// A customer is to be shown something, by the wish with this number.
    SignalWanted(TenantId, ConversationId, u64),
    /// Anything else.
    Other,
}

/// Reads a stream record: the item before (empty at an insert) and after (empty at a removal).
#[must_use]
pub fn read(keys: &Item, old: &Item, new: &Item) -> Change {
    let Some(key) = Key::parse(text(keys, "PK"), text(keys, "SK")) else { return Change::Other };
    let is_new = old.is_empty();
    match key {
        Key::Entry(tenant, home, id) if is_new && text(new, "ty") == "out" && text(new, "st") == "queued" => {
            Change::SendQueued(tenant, home, id)
        }
        Key::Entry(tenant, _, _) if text(old, "w").is_empty() => {
            Wamid::parse(text(new, "w")).map_or(Change::Other, |wamid| Change::MessageNamed(tenant, wamid))
        }
        Key::Head(tenant, _) if !is_new => {
            let Ok(lead) = text(new, "ld").parse() else { return Change::Other };
            let newest = text(new, "lm");
            let newest = if newest == text(old, "lm") { None } else { newest.parse().ok() };
            Change::HeadChanged { tenant, lead, newest }
        }
        Key::Orphan(tenant, wamid, _) if is_new => Change::OrphanKept(tenant, wamid),
        Key::Letter(tenant, id) if is_new => Change::LetterOwed(tenant, id),
        Key::Audit(tenant, id) if is_new && text(new, "ty") == "audit" => Change::DeedWritten(tenant, id),
        Key::Signal(tenant, conversation) if !text(new, "GSI1PK").is_empty() => {
            number(new, "n").map_or(Change::Other, |wish| Change::SignalWanted(tenant, conversation, wish))
        }
        _ => Change::Other,
    }
}

/// What people who are connected are told of, or what ends their connections.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shown {
    /// A message is new, or says something else than before.
    Message(HomeId, MessageId),
    /// One of our messages has come further.
    Status(HomeId, MessageId),
    /// A conversation is new, or its head changed.
    Conversation(ConversationId),
    /// A lead is new, or was moved.
    Lead(LeadId),
    /// A browser connected.
    Connected(ConnectionId),
    /// What a person may do or see changed.
    Rights(UserId),
    /// A session ended.
    SignedOut(SessionId),
    /// Nobody of the business may sign in.
    Closed,
}

/// Attributes of a send that tell how far it has come.
const PROGRESS: [&str; 10] = ["st", "w", "s1", "s2", "s3", "s4", "s5", "er", "fl", "pr"];

/// Attributes of a user that change nothing of what they may do or see.
const NO_RIGHTS: [&str; 2] = ["nm", "sf"];

/// Reads a stream record as what is shown to people who are connected; none if it is nothing to them.
#[must_use]
pub fn shown(keys: &Item, old: &Item, new: &Item) -> Option<(TenantId, Shown)> {
    let (is_new, gone) = (old.is_empty(), new.is_empty());
    let differs = |names: &[&str]| names.iter().any(|name| old.get(*name) != new.get(*name));
    Some(match Key::parse(text(keys, "PK"), text(keys, "SK"))? {
        Key::Session(tenant, _, id) if gone => (tenant, Shown::SignedOut(id)),
        _ if gone => return None,
        Key::Entry(tenant, home, id) if text(new, "ty") == "in" => (tenant, Shown::Message(home, id)),
        Key::Entry(tenant, home, id) if text(new, "ty") == "out" && is_new => (tenant, Shown::Message(home, id)),
        Key::Entry(tenant, home, id) if text(new, "ty") == "out" && differs(&PROGRESS) => {
            (tenant, Shown::Status(home, id))
        }
        Key::Child(tenant, home, parent, _) => (tenant, Shown::Message(home, parent)),
        Key::Head(tenant, id) => (tenant, Shown::Conversation(id)),
        Key::Lead(tenant, id) if is_new => (tenant, Shown::Lead(id)),
        // A move of a lead is known by its line in the history: the lead itself is written to with every message.
        Key::Entry(tenant, home, _) if text(new, "ty") == "event" && is_new => {
            (tenant, Shown::Lead(LeadId::from_bare(&home.bare()).ok()?))
        }
        Key::Connection(tenant, id) if is_new => (tenant, Shown::Connected(id)),
        Key::User(tenant, id) if !is_new && has_other_rights(old, new) => (tenant, Shown::Rights(id)),
        Key::Tenant(tenant) if new.get("ac") == Some(&AttributeValue::Bool(false)) && differs(&["ac"]) => {
            (tenant, Shown::Closed)
        }
        _ => return None,
    })
}

/// Whatever is not known to change no rights may change some: an attribute that is new here ends the connection.
fn has_other_rights(old: &Item, new: &Item) -> bool {
    let names = old.inner().keys().chain(new.inner().keys());
    let mut counted = names.filter(|name| !NO_RIGHTS.contains(&name.as_str()));
    counted.any(|name| old.get(name) != new.get(name))
}

/// Of which types `changes` follows what: as the filters of its mapping say on AWS.
const INSERTED: [&str; 10] = ["in", "out", "event", "child", "head", "lead", "orphan", "letter", "connection", "audit"];
const MODIFIED: [&str; 6] = ["in", "out", "child", "head", "user", "tenant"];
const REMOVED: [&str; 1] = ["session"];

/// Whether `changes` follows a record: by the item's type and whether it is new, changed or gone. No filter compares two
/// images, so some of these records turn out to be nothing to anybody.
#[must_use]
pub fn is_followed(old: &Item, new: &Item) -> bool {
    match (old.is_empty(), new.is_empty()) {
        (true, false) => INSERTED.contains(&text(new, "ty")),
        (false, false) => MODIFIED.contains(&text(new, "ty")),
        (false, true) => REMOVED.contains(&text(old, "ty")),
        (true, true) => false,
    }
}

fn text<'a>(item: &'a Item, name: &str) -> &'a str {
    match item.get(name) {
        Some(AttributeValue::S(text)) => text,
        _ => "",
    }
}

fn number(item: &Item, name: &str) -> Option<u64> {
    match item.get(name) {
        Some(AttributeValue::N(number)) => number.parse().ok(),
        _ => None,
    }
}
