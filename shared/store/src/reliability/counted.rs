//! What a record of the table's stream adds to the figures: the difference between what its item says after the change
//! and what it said before.

use crate::crm::deals::DealItem;
use crate::crm::leads::LeadItem;
use crate::crm::standings::{Standing, StandingItem};
use crate::inbox::conversations::ConversationItem;
use crate::inbox::messages::{EventItem, ReceivedItem};
use crate::inbox::outbound_messages::OutboundItem;
use crate::reliability::stream::text;
use crate::table::item::{Attr, PK, SK, TYPE};
use crate::table::keys::{CrmKey, InboxKey, Key};
use domain::access::visibility::Assignee;
use domain::inbox::history::Event;
use domain::insight::figures::{Board, CurrencyCode, Figure, HalfHour, Measure, Sender, Tally, Wait};
use domain::{Actor, ChannelId, MessageId, TenantId, Timestamp};
use serde_dynamo::{AttributeValue, Item};

/// What a record changes of what stands in the stages of a business now.
#[must_use]
pub fn moves(keys: &Item, old: &Item, new: &Item) -> Option<(TenantId, Tally)> {
    let mut tally = Tally::default();
    let mut add = |board, standing: Option<Standing>, sign: i64| {
        for (figure, times) in standing.into_iter().flat_map(|standing| figures_of(board, standing)) {
            tally.add(figure, sign * times);
        }
    };
    let tenant = match Key::parse(text(keys, PK), text(keys, SK))? {
        Key::Crm(CrmKey::Lead(tenant, _)) if old.is_empty() => {
            add(Board::Leads, lead_standing(new), 1);
            tenant
        }
        Key::Crm(CrmKey::Standing(tenant, _)) if !new.is_empty() => {
            let item: StandingItem = serde_dynamo::from_item(new.clone()).ok()?;
            add(Board::Leads, item.after, 1);
            add(Board::Leads, item.before, -1);
            tenant
        }
        Key::Crm(CrmKey::Deal(tenant, _)) => {
            for (item, sign) in [(new, 1), (old, -1)] {
                if let Ok(pipeline) = text(item, DealItem::PIPELINE).parse() {
                    add(Board::Deals(pipeline), deal_standing(item), sign);
                }
            }
            tenant
        }
        _ => return None,
    };
    Some((tenant, tally)).filter(|(_, tally)| !tally.is_empty())
}

/// Where a new lead stands.
fn lead_standing(item: &Item) -> Option<Standing> {
    let since = moment(item, LeadItem::STAGE_SINCE).or_else(|| moment(item, LeadItem::CREATED))?;
    let is_there = moment(item, LeadItem::DELETED).is_none();
    standing(item, since).filter(|_| is_there)
}

/// Where a deal stands; none while its lead is deleted.
fn deal_standing(item: &Item) -> Option<Standing> {
    let is_hidden = item.contains_key(DealItem::HIDDEN.name());
    standing(item, moment(item, DealItem::STAGE_SINCE)?).filter(|_| !is_hidden)
}

/// Leads and deals call stage, amount and currency the same.
fn standing(item: &Item, since: Timestamp) -> Option<Standing> {
    let amount = match item.get(DealItem::AMOUNT.name()) {
        Some(AttributeValue::N(amount)) => amount.parse().ok(),
        _ => None,
    };
    let currency = Some(text(item, DealItem::CURRENCY).to_owned()).filter(|code| !code.is_empty());
    Some(Standing { stage: text(item, DealItem::STAGE).parse().ok()?, since, amount, currency })
}

fn figures_of(board: Board, standing: Standing) -> Vec<(Figure, i64)> {
    let figure = |measure| Figure::Standing(board, standing.stage, measure);
    let code = standing.currency.as_deref().and_then(CurrencyCode::parse);
    let value = standing.amount.zip(code).map(|(amount, code)| (figure(Measure::Value(code)), amount));
    let counted = [(figure(Measure::Count), 1), (figure(Measure::Since), standing.since.seconds())];
    counted.into_iter().chain(value).collect()
}

/// What a record adds to the figures of one half hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Whose figures they are.
    pub tenant: TenantId,
    /// The half hour in which it occurred: a status counts in the half hour of its message.
    pub half_hour: HalfHour,
    /// What occurred.
    pub figure: Figure,
    /// How often: -1 where an item says it no longer.
    pub times: i64,
}

/// What a stream record adds to the figures: its keys, and the item before and after the change, each empty where there
/// was none.
#[must_use]
pub fn differences(keys: &Item, old: &Item, new: &Item) -> Vec<Difference> {
    // What is erased has occurred all the same.
    if new.is_empty() {
        return Vec::new();
    }
    let Some(key) = Key::parse(text(keys, PK), text(keys, SK)) else { return Vec::new() };
    let Some((tenant, at)) = owner(&key, new) else { return Vec::new() };
    let half_hour = HalfHour::containing(at);
    let mut tally = Tally::default();
    facts(&key, new).into_iter().for_each(|figure| tally.add(figure, 1));
    facts(&key, old).into_iter().for_each(|figure| tally.add(figure, -1));
    if let Some(answered) = answer(&key, old, new) {
        tally.add(answered, 1);
    }
    tally.iter().map(|(figure, times)| Difference { tenant, half_hour, figure, times }).collect()
}

/// Whose item it is, and when what it says occurred.
fn owner(key: &Key, new: &Item) -> Option<(TenantId, Timestamp)> {
    match key {
        Key::Inbox(InboxKey::Entry(tenant, _, id)) => Some((*tenant, id.at())),
        Key::Inbox(InboxKey::Conversation(tenant, _)) => Some((*tenant, settled(new)?)),
        Key::Crm(CrmKey::Lead(tenant, id)) => Some((*tenant, id.at())),
        _ => None,
    }
}

/// What an item says that counts.
fn facts(key: &Key, item: &Item) -> Vec<Figure> {
    // What a phone brought of the time before it was linked is nothing that occurred here.
    if item.get(ReceivedItem::IMPORTED.name()) == Some(&AttributeValue::Bool(true)) {
        return Vec::new();
    }
    match (key, text(item, TYPE)) {
        (Key::Inbox(InboxKey::Entry(..)), "in") => received(item).into_iter().collect(),
        (Key::Inbox(InboxKey::Entry(..)), "echo") => {
            channel(item).map(|channel| Figure::Sent(channel, Sender::PhoneApp)).into_iter().collect()
        }
        (Key::Inbox(InboxKey::Entry(..)), "out") => sent(item),
        (Key::Inbox(InboxKey::Entry(..)), "event") => match serde_json::from_str(text(item, EventItem::EVENT)) {
            // A merge moves nobody along: the lead that was further along has been counted.
            Ok(Event::StageChanged { to, cause: None, .. }) => vec![Figure::Moved(to)],
            Ok(_) | Err(_) => Vec::new(),
        },
        // What an import brings along was known before.
        (Key::Crm(CrmKey::Lead(..)), "lead") if is_true(item, LeadItem::IMPORTED) => Vec::new(),
        (Key::Crm(CrmKey::Lead(..)), "lead") => {
            text(item, LeadItem::SOURCE).parse().map(Figure::NewLead).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// Only what a customer wrote counts: no call, and no placeholder before its content has come.
fn received(item: &Item) -> Option<Figure> {
    let counts = is_true(item, ReceivedItem::OPENS_WINDOW) && !is_true(item, ReceivedItem::IS_PLACEHOLDER);
    channel(item).filter(|_| counts).map(Figure::Received)
}

/// A message that was read has been delivered, whether WhatsApp said so or not.
fn sent(item: &Item) -> Vec<Figure> {
    let has = |names: &[&str]| names.iter().any(|name| item.contains_key(*name));
    let read = [OutboundItem::READ.name(), OutboundItem::PLAYED.name()];
    let is_read = has(&read);
    let is_delivered = is_read || has(&[OutboundItem::DELIVERED.name()]);
    let has_failed = text(item, OutboundItem::STEP) == "failed" || has(&[OutboundItem::FAILED.name()]);
    let sender = match text(item, OutboundItem::BY).parse() {
        Ok(Actor::User(user)) => Sender::User(user),
        Ok(Actor::ApiKey(_) | Actor::Operator(_) | Actor::Nobody) | Err(_) => Sender::Program,
    };
    let Some(channel) = channel(item) else { return Vec::new() };
    let all = [
        (has(&[OutboundItem::WAMID.name()]), Figure::Sent(channel, sender)),
        (is_delivered, Figure::Delivered(channel)),
        (is_read, Figure::Read(channel)),
        (has_failed && !is_delivered, Figure::Failed(channel)),
    ];
    all.into_iter().filter(|(is_so, _)| *is_so).map(|(_, figure)| figure).collect()
}

/// That a customer who waited got an answer with this change of the conversation. Closing it is none.
fn answer(key: &Key, old: &Item, new: &Item) -> Option<Figure> {
    let Key::Inbox(InboxKey::Conversation(..)) = key else { return None };
    let last_send = |item: &Item| text(item, ConversationItem::LAST_SEND).parse::<MessageId>().ok();
    let since = moment(old, ConversationItem::WAITING_SINCE)?;
    let still = moment(new, ConversationItem::WAITING_SINCE) == Some(since);
    if still || last_send(old) == last_send(new) {
        return None;
    }
    let assignee = text(new, ConversationItem::ASSIGNEE).parse().ok();
    let user = assignee.map(|Assignee::User(user)| user);
    Some(Figure::Answered(user, Wait::class_of(settled(new)?.since(since))))
}

fn is_true(item: &Item, attribute: Attr<bool>) -> bool {
    item.get(attribute.name()) == Some(&AttributeValue::Bool(true))
}

fn settled(item: &Item) -> Option<Timestamp> {
    moment(item, ConversationItem::SETTLED)
}

fn channel(item: &Item) -> Option<ChannelId> {
    text(item, OutboundItem::CHANNEL).parse().ok()
}

fn moment(item: &Item, attribute: Attr<Timestamp>) -> Option<Timestamp> {
    match item.get(attribute.name())? {
        AttributeValue::N(millis) => millis.parse().ok().map(Timestamp::from_millis),
        AttributeValue::S(text) => Timestamp::parse(text),
        _ => None,
    }
}
