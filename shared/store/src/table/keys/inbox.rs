//! Keys of conversations, of their history, and of the browsers that follow them. What follows from an entry stands
//! under the entry's own sort key.

use super::{Partition, Parts};
use domain::digest;
use domain::ids::QuickReplyId;
use domain::inbox::realtime::ConnectionId;
use domain::{ChannelId, ConversationId, HistoryId, LeadId, MediaId, MessageId, PhoneNumberId, TenantId, Wamid};

/// The sort key of a lead's consent.
const CONSENT: &str = "CONSENT";

/// What stands in the place of the number in the partition key of an erased message.
const ERASED: &str = "erased";

/// An item of the inbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InboxKey {
    /// A conversation.
    Conversation(TenantId, ConversationId),
    /// A conversation that is snoozed: when it wakes.
    Snooze(TenantId, ConversationId),
    /// What the customer of a conversation is to be shown: that messages were read, that somebody types.
    Signal(TenantId, ConversationId),
    /// A line of a lead's history.
    Entry(TenantId, HistoryId, MessageId),
    /// The content of an entry that is too long to stand in it.
    Body(TenantId, HistoryId, MessageId),
    /// A reaction, edit or withdrawal, under the entry that it speaks of.
    Amendment(TenantId, HistoryId, MessageId, MessageId),
    /// That a message of WhatsApp is on record, and where.
    Receipt(TenantId, PhoneNumberId, Wamid),
    /// That a message of WhatsApp was erased, by a digest of its name.
    Tombstone(TenantId, String),
    /// What a lead has agreed to receive.
    Consent(TenantId, LeadId),
    /// A browser that is connected.
    Connection(TenantId, ConnectionId),
    /// Whose a connection is. Not under a tenant: it is what tells the tenant.
    ConnectionOwner(ConnectionId),
    /// A ticket that opens one connection, by its digest. Not under a tenant: it is what tells the tenant.
    Ticket(String),
    /// A file of a message.
    Media(TenantId, MediaId),
    /// A file at WhatsApp, by the channel that sends it and by its digest.
    Upload(TenantId, ChannelId, String),
    /// A quick reply.
    QuickReply(TenantId, QuickReplyId),
    /// The place of a held message in its channel's list.
    Held(TenantId, ChannelId, MessageId),
    /// The place of a message that is held for what it costs.
    HeldForCost(TenantId, MessageId),
    /// The free entry point of a conversation whose customer came by an ad.
    FreeEntry(TenantId, ConversationId),
}

impl InboxKey {
    /// The partition key.
    #[must_use]
    pub fn pk(&self) -> String {
        match self {
            Self::Conversation(tenant, conversation)
            | Self::Snooze(tenant, conversation)
            | Self::Signal(tenant, conversation)
            | Self::FreeEntry(tenant, conversation) => Partition::History(*tenant, conversation.history).pk(),
            Self::Entry(tenant, history_id, _)
            | Self::Body(tenant, history_id, _)
            | Self::Amendment(tenant, history_id, _, _) => Partition::History(*tenant, *history_id).pk(),
            Self::Receipt(tenant, number, wamid) => {
                format!("T#{}#RCPT#{}#{}", tenant.ulid_str(), number.as_str(), wamid.as_str())
            }
            Self::Tombstone(tenant, digest) => format!("T#{}#RCPT#{ERASED}#{digest}", tenant.ulid_str()),
            Self::Consent(tenant, lead) => format!("T#{}#CONSENT#{}", tenant.ulid_str(), lead.ulid_str()),
            Self::Connection(tenant, _) => Partition::Connections(*tenant).pk(),
            Self::ConnectionOwner(id) => format!("SOCKET#{id}"),
            Self::Ticket(digest) => format!("TICKET#{digest}"),
            Self::Media(tenant, id) => format!("T#{}#MEDIA#{}", tenant.ulid_str(), id.ulid_str()),
            Self::Upload(tenant, channel, digest) => {
                format!("T#{}#UPLOAD#{}#{digest}", tenant.ulid_str(), channel.ulid_str())
            }
            Self::QuickReply(tenant, _) => Partition::QuickReplies(*tenant).pk(),
            Self::Held(tenant, channel, _) => Partition::Held(*tenant, *channel).pk(),
            Self::HeldForCost(tenant, _) => Partition::HeldForCost(*tenant).pk(),
        }
    }

    /// The sort key.
    #[must_use]
    pub fn sk(&self) -> String {
        match self {
            Self::Conversation(_, conversation) => format!("LEAD#CONV#{}", conversation.channel.ulid_str()),
            Self::Entry(_, _, id) => format!("H#{}", id.ulid_str()),
            Self::Body(_, _, id) => format!("H#{}#B", id.ulid_str()),
            Self::Amendment(_, _, parent, id) => format!("H#{}#X#{}", parent.ulid_str(), id.ulid_str()),
            Self::Receipt(..) => "RECEIPT".to_owned(),
            Self::Tombstone(..) => "ERASED".to_owned(),
            Self::Consent(..) => CONSENT.to_owned(),
            Self::Connection(_, id) => id.to_string(),
            Self::ConnectionOwner(_) => "SOCKET".to_owned(),
            Self::Ticket(_) => "TICKET".to_owned(),
            Self::Snooze(_, conversation) => format!("SNOOZE#{}", conversation.channel.ulid_str()),
            Self::Signal(_, conversation) => format!("SIGNAL#{}", conversation.channel.ulid_str()),
            Self::FreeEntry(_, conversation) => format!("FREE#{}", conversation.channel.ulid_str()),
            Self::Media(..) => "MEDIA".to_owned(),
            Self::Upload(..) => "UPLOAD".to_owned(),
            Self::QuickReply(_, id) => id.ulid_str(),
            Self::Held(_, _, id) | Self::HeldForCost(_, id) => format!("H#{}", id.ulid_str()),
        }
    }

    /// What stands in these two keys; none if that is of another area.
    pub(super) fn read(parts: &Parts<'_>) -> Option<Self> {
        match (parts.tenant, parts.head, parts.rest) {
            (Some(tenant), "L", Some(id)) => read_in_history(tenant, HistoryId::from_ulid_str(id).ok()?, parts.sk),
            (Some(tenant), "RCPT", Some(message)) => {
                let (number, wamid) = message.split_once('#')?;
                if number == ERASED {
                    return Some(Self::Tombstone(tenant, wamid.to_owned()));
                }
                Some(Self::Receipt(tenant, PhoneNumberId::parse(number).ok()?, Wamid::parse(wamid).ok()?))
            }
            (Some(tenant), "CONSENT", Some(id)) if parts.sk == CONSENT => {
                Some(Self::Consent(tenant, LeadId::from_ulid_str(id).ok()?))
            }
            (Some(tenant), "MEDIA", Some(id)) => Some(Self::Media(tenant, MediaId::from_ulid_str(id).ok()?)),
            (Some(tenant), "UPLOAD", Some(file)) => {
                let (channel, digest) = file.split_once('#')?;
                Some(Self::Upload(tenant, ChannelId::from_ulid_str(channel).ok()?, digest.to_owned()))
            }
            (Some(tenant), "HELD", Some(channel)) => {
                let id = MessageId::from_ulid_str(parts.sk.strip_prefix("H#")?).ok()?;
                Some(Self::Held(tenant, ChannelId::from_ulid_str(channel).ok()?, id))
            }
            (Some(tenant), "COSTLY", None) => {
                Some(Self::HeldForCost(tenant, MessageId::from_ulid_str(parts.sk.strip_prefix("H#")?).ok()?))
            }
            (Some(tenant), "REPLIES", None) => {
                Some(Self::QuickReply(tenant, QuickReplyId::from_ulid_str(parts.sk).ok()?))
            }
            (Some(tenant), "SOCKETS", None) => Some(Self::Connection(tenant, ConnectionId::parse(parts.sk).ok()?)),
            (None, "SOCKET", Some(id)) => Some(Self::ConnectionOwner(ConnectionId::parse(id).ok()?)),
            (None, "TICKET", Some(digest)) => Some(Self::Ticket(digest.to_owned())),
            _ => None,
        }
    }

    /// Words for a log, where the keys hold a phone, an address or a name of WhatsApp.
    pub(super) fn masked(&self) -> Option<String> {
        match self {
            Self::Receipt(..) => Some(format!("receipt #{}", digest::hex(&[&self.pk()]))),
            Self::Conversation(..)
            | Self::Snooze(..)
            | Self::Signal(..)
            | Self::Entry(..)
            | Self::Body(..)
            | Self::Amendment(..)
            | Self::Consent(..)
            | Self::Tombstone(..)
            | Self::Connection(..)
            | Self::ConnectionOwner(_)
            | Self::Ticket(_)
            | Self::Media(..)
            | Self::Upload(..)
            | Self::QuickReply(..)
            | Self::Held(..)
            | Self::HeldForCost(..)
            | Self::FreeEntry(..) => None,
        }
    }
}

fn read_in_history(tenant: TenantId, history: HistoryId, sk: &str) -> Option<InboxKey> {
    let parts: Vec<&str> = sk.split('#').collect();
    let message = |text: &str| MessageId::from_ulid_str(text).ok();
    let conversation = |channel| Some(ConversationId { history, channel: ChannelId::from_ulid_str(channel).ok()? });
    match parts.as_slice() {
        ["LEAD", "CONV", channel] => Some(InboxKey::Conversation(tenant, conversation(channel)?)),
        ["SNOOZE", channel] => Some(InboxKey::Snooze(tenant, conversation(channel)?)),
        ["SIGNAL", channel] => Some(InboxKey::Signal(tenant, conversation(channel)?)),
        ["FREE", channel] => Some(InboxKey::FreeEntry(tenant, conversation(channel)?)),
        ["H", id] => Some(InboxKey::Entry(tenant, history, message(id)?)),
        ["H", id, "B"] => Some(InboxKey::Body(tenant, history, message(id)?)),
        ["H", parent, "X", id] => Some(InboxKey::Amendment(tenant, history, message(parent)?, message(id)?)),
        _ => None,
    }
}
