//! A customer's message, from the queue to the table: who wrote it and where it stands, then the message itself or the
//! earlier one that it amends, then the conversation.

mod amend;
mod append;
mod conversation;
mod resolve;

use crate::Deps;
use crate::became::Became;
use crate::error::ProcessError;
use crate::trace;
use domain::content::Context;
use domain::conversations::{Last, Profile, Received};
use domain::leads::{Lead, Source, Stage};
use domain::{ConversationId, Direction, HomeId, LeadId, MessageId, Timestamp};
use queue::InboundTask;
use resolve::Resolved;
use store::channels::Route;
use store::messages::ReceivedMessage;
use store::receipts::MessageName;
use whatsapp::{Event, InboundMessage, parse_message};

/// How often the customer is looked up again when something changed in between.
const MAX_RACES: usize = 4;

/// The beginning of a message, as a list shows it.
const PREVIEW: usize = 160;

/// A message with everything that is known about it before the table is asked.
struct Arrival<'a> {
    route: Route,
    task: &'a InboundTask<Event>,
    body: &'a str,
    name: MessageName,
    message: InboundMessage,
    /// When this worker took it. Not when the webhook did: what lay in the queue while somebody read later messages is as
    /// unread as what Meta brings late.
    arrived: Timestamp,
}

/// Where a message stands.
#[derive(Clone, Copy, Debug)]
struct Placed {
    history: HomeId,
    id: MessageId,
    /// Who the customer is now.
    lead: LeadId,
    /// Whether an earlier delivery put it on record, and may have stored some or all of it.
    again: bool,
}

pub(crate) async fn receive(deps: &Deps, task: &InboundTask<Event>, body: &str) -> Result<Became, ProcessError> {
    let message = parse_message(&task.event)?;
    let route = deps.routes.of(&deps.store, task.event.number.as_ref(), deps.clock.now()).await?;
    let number = task.event.number.clone().ok_or(ProcessError::UnknownNumber { number: None })?;
    let name = MessageName { number, wamid: message.wamid.clone() };
    let arrival = Arrival { route, task, body, name, message, arrived: deps.clock.now() };
    trace::names(arrival.route.tenant, arrival.first_id());
    for _ in 0..MAX_RACES {
        let placed = match resolve::customer(deps, &arrival).await? {
            Resolved::Placed(placed) => placed,
            Resolved::Met(_) if arrival.message.content.remark().is_none() => return Ok(Became::Kept),
            Resolved::Met(placed) => placed,
            Resolved::Waits => return Ok(Became::Kept),
            Resolved::Changed => continue,
        };
        trace::names(arrival.route.tenant, placed.id);
        let became = match arrival.message.content.remark() {
            None => append::message(deps, &arrival, placed).await?,
            Some(remark) => amend::earlier_message(deps, &arrival, placed, remark).await?,
        };
        if let Some(became) = became {
            return Ok(became);
        }
    }
    Err(ProcessError::Unsettled)
}

impl Arrival<'_> {
    /// The message's id, if nobody has put it on record yet.
    fn first_id(&self) -> MessageId {
        MessageId::inbound(&self.name.number, &self.name.wamid, self.message.at, self.task.taken())
    }

    fn conversation(&self, history: HomeId) -> ConversationId {
        ConversationId { home: history, channel: self.route.channel }
    }

    fn new_lead(&self, id: LeadId, message: MessageId, now: Timestamp) -> Lead {
        let customer = &self.message.customer;
        Lead {
            id,
            stage: Stage::Incoming,
            source: Source::WhatsApp,
            name: None,
            phone: customer.phone.clone(),
            bsuid: customer.bsuid.clone(),
            first: self.message.content.counts().then_some(message),
            conversations: vec![self.conversation(HomeId::of(id))],
            perhaps_same: Vec::new(),
            created: now,
            updated: now,
        }
    }

    fn stored(&self, id: MessageId) -> ReceivedMessage {
        ReceivedMessage {
            id,
            channel: self.route.channel,
            wamid: self.message.wamid.clone(),
            content: self.message.content.clone(),
            context: Context::clone(&self.message.context),
            arrived: self.arrived,
        }
    }

    fn received(&self, id: MessageId, arrived: Timestamp) -> Received {
        let customer = &self.message.customer;
        let has_profile = customer.name.is_some() || customer.username.is_some();
        let profile = Profile { told_by: id, name: customer.name.clone(), username: customer.username.clone() };
        let content = &self.message.content;
        let shown = content.counts().then(|| Last {
            id,
            direction: Direction::In,
            kind: content.kind().to_owned(),
            preview: domain::Text::new(content.readable().excerpt(PREVIEW)),
        });
        Received { id, arrived, profile: has_profile.then_some(profile), shown }
    }
}
