//! A customer's message, from the queue to the table: who wrote it and where it stands, then the message itself or the
//! earlier one that it amends, then the conversation.

mod amend;
mod append;
mod conversation;
mod resolve;

use crate::became::Ingested;
use crate::error::ProcessError;
use crate::{Deps, consent, trace};
use domain::crm::leads::{Lead, Source};
use domain::inbox::content::Context;
use domain::inbox::conversations::{LastMessage, Profile, Received};
use domain::stages::Stage;
use domain::{ConversationId, Direction, HistoryId, LeadId, MessageId, Timestamp};
use queue::InboundTask;
use resolve::Resolved;
use store::channels::channels::Route;
use store::inbox::messages::ReceivedMessage;
use store::inbox::receipts::MessageName;
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
    history: HistoryId,
    id: MessageId,
    /// Who the customer is now.
    lead: LeadId,
    /// Whether an earlier delivery put it on record, and may have stored some or all of it.
    again: bool,
}

pub(crate) async fn receive(deps: &Deps, task: &InboundTask<Event>, body: &str) -> Result<Ingested, ProcessError> {
    let message = parse_message(&task.event)?;
    let route = deps.routes.find(&deps.store, task.event.number.as_ref(), deps.clock.now()).await?;
    let number = task.event.number.clone().ok_or(ProcessError::UnknownNumber { number: None })?;
    let name = MessageName { number, wamid: message.wamid.clone() };
    let arrival = Arrival { route, task, body, name, message, arrived: deps.clock.now() };
    trace::names(arrival.route.tenant, arrival.first_id());
    for _ in 0..MAX_RACES {
        let placed = match resolve::customer(deps, &arrival).await? {
            Resolved::Placed(placed) => placed,
            Resolved::Met(placed) if arrival.message.content.amendment().is_none() => {
                arrival.consent(deps, placed).await?;
                arrival.refer(deps, placed).await?;
                return Ok(Ingested::New);
            }
            Resolved::Met(placed) => placed,
            Resolved::Waits => return Ok(Ingested::New),
            Resolved::Changed => continue,
            Resolved::Erased => return Ok(Ingested::Duplicate),
        };
        trace::names(arrival.route.tenant, placed.id);
        let became = match arrival.message.content.amendment() {
            None => append::message(deps, &arrival, placed).await?,
            Some(amendment) => amend::earlier_message(deps, &arrival, placed, amendment).await?,
        };
        if let Some(became) = became {
            arrival.consent(deps, placed).await?;
            arrival.refer(deps, placed).await?;
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

    /// Writes down what the message says about the customer's consent.
    async fn consent(&self, deps: &Deps, placed: Placed) -> Result<(), ProcessError> {
        let conversation = self.conversation(placed.history);
        consent::said(deps, self.route.tenant, placed.lead, conversation, placed.id, &self.message.content).await
    }

    /// Writes down that the customer came by an ad.
    async fn refer(&self, deps: &Deps, placed: Placed) -> Result<(), ProcessError> {
        let is_referred = self.message.context.referral.is_some() && self.message.content.opens_window();
        if is_referred {
            let store = deps.store.tenant(self.route.tenant);
            store.refer(self.conversation(placed.history), placed.id.at().min(self.task.arrived)).await?;
        }
        Ok(())
    }

    fn conversation(&self, history: HistoryId) -> ConversationId {
        ConversationId { history, channel: self.route.channel }
    }

    fn new_lead(&self, id: LeadId, stage: Stage, message: MessageId, now: Timestamp) -> Lead {
        let customer = &self.message.customer;
        Lead {
            phone: customer.phone.clone(),
            bsuid: customer.bsuid.clone(),
            first: self.message.content.opens_window().then_some(message),
            conversations: vec![self.conversation(HistoryId::for_lead(id))],
            ..Lead::new(id, stage, Source::WhatsApp, now)
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
        let shown = content.opens_window().then(|| LastMessage {
            id,
            direction: Direction::In,
            kind: content.kind().to_owned(),
            preview: domain::Text::new(content.readable().excerpt(PREVIEW)),
        });
        Received { id, arrived, profile: has_profile.then_some(profile), shown }
    }
}
