//! What a record of the table's stream says, for the functions that follow it.

use crate::access::tenants::TenantItem;
use crate::access::users::UserItem;
use crate::access::webhooks::DeliveryItem;
use crate::channels::channels::ChannelItem;
use crate::channels::number_setups::SetupItem;
use crate::channels::resumes::ResumeItem;
use crate::crm::blocks::BlockItem;
use crate::crm::erasures::ErasureItem;
use crate::crm::long_jobs::LongJobItem;
use crate::inbox::conversations::ConversationItem;
use crate::inbox::media::MediaItem;
use crate::inbox::outbound_messages::OutboundItem;
use crate::inbox::signals::SignalItem;
use crate::outreach::template_syncs::SyncItem;
use crate::table::item::{Attr, LIST, PK, SK, TYPE};
use crate::table::keys::{AccessKey, ChannelsKey, CrmKey, InboxKey, Key, WorkKey};
use domain::ids::{AuditId, EmailId, ErasureId, LongJobId, SessionId, WebhookEventId, WebhookId};
use domain::inbox::realtime::ConnectionId;
use domain::{
    Assignee, ChannelId, ConversationId, HistoryId, LeadId, MediaId, MessageId, PhoneSessionId, TemplateId, TenantId,
    Text, UserId, Wamid,
};
use serde_dynamo::{AttributeValue, Item};

/// What happened to an item, as far as anybody follows it.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// A message was accepted from a user, or is no longer held or scheduled, and wants to go out. It was put into the queue this often
    /// before.
    SendQueued(TenantId, HistoryId, MessageId, u32),
    /// A message became known under WhatsApp's id: a customer's, or one of ours that was answered.
    MessageNamed(TenantId, Wamid),
    /// An event began to wait for the message it speaks of.
    OrphanKept(TenantId, Wamid),
    /// A conversation's conversation changed.
    ConversationChanged {
        /// Whose lead it is.
        tenant: TenantId,
        /// The lead.
        lead: LeadId,
        /// The newest message, where that is another one than before.
        newest: Option<MessageId>,
        /// Whether the profile is another one.
        has_new_profile: bool,
        /// A message of ours that may move the lead by itself: the conversation, and the message.
        answer: Option<(ConversationId, MessageId)>,
    },
    /// A lead's lists and search tokens are to be written.
    LeadToIndex(TenantId, LeadId),
    /// We owe somebody an e-mail.
    EmailOwed(TenantId, EmailId),
    /// An entry was written into the audit.
    AuditEventWritten(TenantId, AuditId),
    /// A customer's file is to be fetched, by this step.
    MediaWanted(TenantId, MediaId, u32),
    /// A template is to be submitted or deleted.
    TemplateWorkWanted(TenantId, TemplateId),
    /// Meta is to make this change of a number, or is asked about it.
    SetupWanted(TenantId, ChannelId, u32),
    /// This page of an account's templates is to be read.
    TemplatePageWanted(TenantId, ChannelId, u32),
    /// This step of releasing a channel's held messages is to be taken.
    ResumeWanted(TenantId, ChannelId, u32),
    /// A webhook is to be told of an event.
    DeliveryWanted(TenantId, WebhookId, WebhookEventId),
    /// WhatsApp is to be asked to block or unblock a lead, by this step.
    BlockWanted(TenantId, LeadId, u32),
    /// This step of an erasure is to be taken.
    ErasureWanted(TenantId, ErasureId, u32),
    /// This step of an import, an export or a bulk change is to be taken.
    LongJobWanted(TenantId, LongJobId, u32),
    /// A customer is to be shown something, by the wish with this number.
    SignalWanted(TenantId, ConversationId, u64),
    /// A number is to be checked with Meta, by the wish with this number.
    CheckWanted(TenantId, ChannelId, u64),
    /// Anything else.
    Other,
}

/// Reads a stream record: the item before (empty at an insert) and after (empty at a removal).
#[must_use]
pub fn read(keys: &Item, old: &Item, new: &Item) -> Change {
    let Some(key) = Key::parse(text(keys, PK), text(keys, SK)) else { return Change::Other };
    let is_new = old.is_empty();
    match key {
        Key::Inbox(InboxKey::Entry(tenant, history, id))
            if text(new, TYPE) == "out" && text(new, OutboundItem::STEP) == "queued" && wants_to_go(old) =>
        {
            let redriven = number(new, OutboundItem::REDRIVEN).and_then(|times| u32::try_from(times).ok());
            Change::SendQueued(tenant, history, id, redriven.unwrap_or_default())
        }
        Key::Inbox(InboxKey::Entry(tenant, _, _)) if text(old, OutboundItem::WAMID).is_empty() => {
            Wamid::parse(text(new, OutboundItem::WAMID))
                .map_or(Change::Other, |wamid| Change::MessageNamed(tenant, wamid))
        }
        Key::Inbox(InboxKey::Conversation(tenant, conversation)) if !is_new => {
            let Ok(lead) = text(new, ConversationItem::LEAD).parse() else { return Change::Other };
            let newest = text(new, ConversationItem::LAST);
            let newest = if newest == text(old, ConversationItem::LAST) { None } else { newest.parse().ok() };
            let differs = |attribute: Attr<Text>| text(new, attribute) != text(old, attribute);
            let has_new_profile =
                differs(ConversationItem::PROFILE_NAME) || differs(ConversationItem::PROFILE_USERNAME);
            let sent = text(new, ConversationItem::LAST_SEND);
            let may_move = new.get(ConversationItem::STAGE_OPEN.name()) == Some(&AttributeValue::Bool(true))
                && sent != text(old, ConversationItem::LAST_SEND);
            let answer = sent.parse().ok().filter(|_| may_move).map(|sent| (conversation, sent));
            Change::ConversationChanged { tenant, lead, newest, has_new_profile, answer }
        }
        Key::Crm(CrmKey::Lead(tenant, id)) if is_new => Change::LeadToIndex(tenant, id),
        Key::Crm(CrmKey::Reindex(tenant, id)) if !new.is_empty() => Change::LeadToIndex(tenant, id),
        Key::Work(WorkKey::Orphan(tenant, wamid, _)) if is_new => Change::OrphanKept(tenant, wamid),
        Key::Access(AccessKey::Email(tenant, id)) if is_new => Change::EmailOwed(tenant, id),
        Key::Access(AccessKey::Audit(tenant, id)) if is_new && text(new, TYPE) == "audit" => {
            Change::AuditEventWritten(tenant, id)
        }
        Key::Access(AccessKey::Delivery(tenant, webhook, event))
            if text(new, DeliveryItem::STATE) == "pending" && text(old, DeliveryItem::STATE) != "pending" =>
        {
            Change::DeliveryWanted(tenant, webhook, event)
        }
        Key::Inbox(InboxKey::Media(tenant, id)) if is_wanted(old, new) => {
            let step = number(new, MediaItem::TRIES).and_then(|tries| u32::try_from(tries).ok());
            step.map_or(Change::Other, |step| Change::MediaWanted(tenant, id, step))
        }
        Key::Inbox(InboxKey::Signal(tenant, conversation)) if !text(new, LIST).is_empty() => {
            number(new, SignalItem::NUMBER)
                .map_or(Change::Other, |wish| Change::SignalWanted(tenant, conversation, wish))
        }
        Key::Channels(ChannelsKey::Channel(tenant, channel)) if !is_new => number(new, ChannelItem::CHECK_WANTED)
            .map_or(Change::Other, |wish| Change::CheckWanted(tenant, channel, wish)),
        Key::Channels(ChannelsKey::Resume(tenant, channel)) => {
            let step = |item: &Item| number(item, ResumeItem::STEP).and_then(|step| u32::try_from(step).ok());
            step(new)
                .filter(|wanted| *wanted > step(old).unwrap_or_default())
                .map_or(Change::Other, |step| Change::ResumeWanted(tenant, channel, step))
        }
        Key::Crm(CrmKey::Block(tenant, lead)) => {
            let step = |item: &Item| number(item, BlockItem::STEP).and_then(|step| u32::try_from(step).ok());
            step(new)
                .filter(|wanted| *wanted > step(old).unwrap_or_default())
                .map_or(Change::Other, |step| Change::BlockWanted(tenant, lead, step))
        }
        Key::Crm(CrmKey::Erasure(tenant, id)) if !text(new, LIST).is_empty() => {
            let step = |item: &Item| number(item, ErasureItem::STEP).and_then(|step| u32::try_from(step).ok());
            step(new)
                .filter(|wanted| is_new || Some(*wanted) > step(old))
                .map_or(Change::Other, |step| Change::ErasureWanted(tenant, id, step))
        }
        Key::Crm(CrmKey::LongJob(tenant, id)) if text(new, LongJobItem::STATE) == "running" => {
            let step = |item: &Item| number(item, LongJobItem::STEP).and_then(|step| u32::try_from(step).ok());
            step(new)
                .filter(|wanted| Some(*wanted) != step(old))
                .map_or(Change::Other, |step| Change::LongJobWanted(tenant, id, step))
        }
        Key::Channels(ChannelsKey::Setup(tenant, channel)) => {
            let wanted = |item: &Item| number(item, SetupItem::NUMBER).and_then(|number| u32::try_from(number).ok());
            wanted(new)
                .filter(|number| Some(*number) != wanted(old))
                .map_or(Change::Other, |number| Change::SetupWanted(tenant, channel, number))
        }
        Key::Channels(ChannelsKey::TemplateWork(tenant, id)) if is_new => Change::TemplateWorkWanted(tenant, id),
        Key::Channels(ChannelsKey::TemplateSync(tenant, channel)) if text(new, SyncItem::STATE) == "running" => {
            let page = |item: &Item| number(item, SyncItem::PAGE).and_then(|page| u32::try_from(page).ok());
            let is_wanted = page(new) != page(old) || text(new, SyncItem::STATE) != text(old, SyncItem::STATE);
            page(new)
                .filter(|_| is_wanted)
                .map_or(Change::Other, |page| Change::TemplatePageWanted(tenant, channel, page))
        }
        _ => Change::Other,
    }
}

/// Whether a message that is queued now was not before: it is new, or was held or scheduled.
fn wants_to_go(old: &Item) -> bool {
    old.is_empty() || ["held", "scheduled"].contains(&text(old, OutboundItem::STEP))
}

/// Whether a file became pending, to be fetched: an upload is pending too, and nobody fetches it.
fn is_wanted(old: &Item, new: &Item) -> bool {
    let is_pending = |item: &Item| text(item, MediaItem::STATE) == "pending";
    is_pending(new) && !is_pending(old) && !text(new, LIST).is_empty()
}

/// What people who are connected are told of, or what ends their connections.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shown {
    /// A message is new, or says something else than before.
    Message(HistoryId, MessageId),
    /// One of our messages has come further.
    Status(HistoryId, MessageId),
    /// A conversation is new or changed.
    Conversation(ConversationId),
    /// A conversation changed, and had this assignee before.
    Reassigned(ConversationId, Option<Assignee>),
    /// A lead is new, or was moved.
    Lead(LeadId),
    /// A browser connected.
    Connected(ConnectionId),
    /// What a person may do or see changed.
    Rights(UserId),
    /// A session ended.
    SignedOut(SessionId),
    /// A session that links a phone is new, or came further.
    PhoneSession(PhoneSessionId),
    /// A number is refused or not any more, was unlinked or disconnected: its session has another state.
    Channel(ChannelId),
    /// Nobody of the business may sign in.
    Closed,
}

/// Attributes of a message that tell how far it has come, or what it says while it is scheduled.
const PROGRESS: [&str; 12] = [
    OutboundItem::CONTENT.name(),
    OutboundItem::PREVIEW.name(),
    OutboundItem::STEP.name(),
    OutboundItem::WAMID.name(),
    OutboundItem::SENT.name(),
    OutboundItem::DELIVERED.name(),
    OutboundItem::READ.name(),
    OutboundItem::PLAYED.name(),
    OutboundItem::FAILED.name(),
    OutboundItem::ERRORS.name(),
    OutboundItem::FAILURE.name(),
    OutboundItem::PRICING.name(),
];

/// Attributes of a channel that its session's state follows from.
const LINK: [&str; 3] =
    [ChannelItem::REFUSAL.name(), ChannelItem::DISCONNECTED.name(), ChannelItem::LINK_REPORT.name()];

/// Attributes of a user that change nothing of what they may do or see.
const NO_RIGHTS: [&str; 2] = [UserItem::NAME.name(), UserItem::SECOND_FACTOR.name()];

/// Reads a stream record as what is shown to people who are connected; none if it is nothing to them.
#[must_use]
pub fn shown(keys: &Item, old: &Item, new: &Item) -> Option<(TenantId, Shown)> {
    let is_new = old.is_empty();
    let gone = new.is_empty();
    let differs = |names: &[&str]| names.iter().any(|name| old.get(*name) != new.get(*name));
    Some(match Key::parse(text(keys, PK), text(keys, SK))? {
        Key::Access(AccessKey::Session(tenant, _, id)) if gone => (tenant, Shown::SignedOut(id)),
        _ if gone => return None,
        Key::Inbox(InboxKey::Entry(tenant, history, id)) if ["in", "echo"].contains(&text(new, TYPE)) => {
            (tenant, Shown::Message(history, id))
        }
        Key::Inbox(InboxKey::Entry(tenant, history, id)) if text(new, TYPE) == "out" && is_new => {
            (tenant, Shown::Message(history, id))
        }
        Key::Inbox(InboxKey::Entry(tenant, history, id)) if text(new, TYPE) == "out" && differs(&PROGRESS) => {
            (tenant, Shown::Status(history, id))
        }
        Key::Inbox(InboxKey::Media(tenant, _)) if !is_new && differs(&[MediaItem::STATE.name()]) => {
            let conversation: ConversationId = text(new, MediaItem::CONVERSATION).parse().ok()?;
            (tenant, Shown::Message(conversation.history, text(new, MediaItem::MESSAGE).parse().ok()?))
        }
        Key::Inbox(InboxKey::Amendment(tenant, history, parent, _)) => (tenant, Shown::Message(history, parent)),
        Key::Inbox(InboxKey::Conversation(tenant, id)) if !is_new && differs(&[ConversationItem::ASSIGNEE.name()]) => {
            (tenant, Shown::Reassigned(id, text(old, ConversationItem::ASSIGNEE).parse().ok()))
        }
        Key::Inbox(InboxKey::Conversation(tenant, id)) => (tenant, Shown::Conversation(id)),
        Key::Crm(CrmKey::Lead(tenant, id)) if is_new => (tenant, Shown::Lead(id)),
        // A move of a lead is known by its line in the history: the lead itself is written to with every message.
        Key::Inbox(InboxKey::Entry(tenant, history, _)) if text(new, TYPE) == "event" && is_new => {
            (tenant, Shown::Lead(LeadId::from_ulid_str(&history.ulid_str()).ok()?))
        }
        Key::Channels(ChannelsKey::PhoneSession(tenant, id)) => (tenant, Shown::PhoneSession(id)),
        Key::Channels(ChannelsKey::Channel(tenant, id)) if !is_new && differs(&LINK) => (tenant, Shown::Channel(id)),
        Key::Inbox(InboxKey::Connection(tenant, id)) if is_new => (tenant, Shown::Connected(id)),
        Key::Access(AccessKey::User(tenant, id)) if !is_new && has_other_rights(old, new) => {
            (tenant, Shown::Rights(id))
        }
        Key::Access(AccessKey::Tenant(tenant)) if is_closed(new) && !is_closed(old) => (tenant, Shown::Closed),
        _ => return None,
    })
}

fn is_closed(tenant: &Item) -> bool {
    tenant.get(TenantItem::ACTIVE.name()) == Some(&AttributeValue::Bool(false))
}

/// Whatever is not known to change no rights may change some: an attribute that is new here ends the connection.
fn has_other_rights(old: &Item, new: &Item) -> bool {
    let names = old.inner().keys().chain(new.inner().keys());
    let mut counted = names.filter(|name| !NO_RIGHTS.contains(&name.as_str()));
    counted.any(|name| old.get(name) != new.get(name))
}

/// Of which types `changes` follows what: as the filters of its mapping say on AWS.
const INSERTED: [&str; 24] = [
    "long_job",
    "number_setup",
    "in",
    "out",
    "event",
    "child",
    "conversation",
    "lead",
    "orphan",
    "email",
    "connection",
    "audit",
    "media",
    "echo",
    "template_work",
    "template_sync",
    "resume",
    "phone_session",
    "reindex",
    "delivery",
    "erasure",
    "block",
    "standing",
    "deal",
];
const MODIFIED: [&str; 19] = [
    "long_job",
    "number_setup",
    "in",
    "out",
    "child",
    "conversation",
    "user",
    "tenant",
    "media",
    "template_sync",
    "resume",
    "phone_session",
    "channel",
    "reindex",
    "delivery",
    "erasure",
    "block",
    "standing",
    "deal",
];
const REMOVED: [&str; 2] = ["session", "deal"];

/// Whether `changes` follows a record: by the item's type and whether it is new, changed or gone. No filter compares two
/// images, so some of these records turn out to be nothing to anybody.
#[must_use]
pub fn is_followed(old: &Item, new: &Item) -> bool {
    match (old.is_empty(), new.is_empty()) {
        (true, false) => INSERTED.contains(&text(new, TYPE)),
        (false, false) => MODIFIED.contains(&text(new, TYPE)),
        (false, true) => REMOVED.contains(&text(old, TYPE)),
        (true, true) => false,
    }
}

pub(super) fn text<T>(item: &Item, attribute: Attr<T>) -> &str {
    match item.get(attribute.name()) {
        Some(AttributeValue::S(text)) => text,
        _ => "",
    }
}

fn number<T>(item: &Item, attribute: Attr<T>) -> Option<u64> {
    match item.get(attribute.name()) {
        Some(AttributeValue::N(number)) => number.parse().ok(),
        _ => None,
    }
}
