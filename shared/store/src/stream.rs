//! What a record of the table's stream says, for the functions that follow it.

use crate::keys::Key;
use domain::ids::LetterId;
use domain::{ConversationId, HomeId, LeadId, MessageId, TenantId, Wamid};
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
        Key::Signal(tenant, conversation) if !text(new, "GSI1PK").is_empty() => {
            number(new, "n").map_or(Change::Other, |wish| Change::SignalWanted(tenant, conversation, wish))
        }
        _ => Change::Other,
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
