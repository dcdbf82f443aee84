//! What a linked phone brings of the time before: its past messages, and its address book. Nothing of it is new to anybody:
//! it makes no unread, moves no stage, opens no window, fires no rule and counts in no figure.

use crate::became::Ingested;
use crate::error::ProcessError;
use crate::link::{self, Found};
use crate::{Deps, trace};
use domain::crm::leads::{Lead, Source};
use domain::identities::Recognised;
use domain::inbox::conversations::{Conversation, LastMessage, NewStatus};
use domain::stages::Stage;
use domain::{ConversationId, Customer, Direction, HistoryId, Identity, LeadId, MessageId, Phone, TenantId, Text};
use queue::InboundTask;
use store::channels::channels::Route;
use store::crm::first_contact::FirstContact;
use store::inbox::messages::ReceivedMessage;
use store::inbox::receipts::{MessageName, NewReceipt, Receipt, ReceiptKind, ReceiptPut};
use whatsapp::Event;
use whatsapp::history::{PastMessage, PhoneContact, parse_history_progress, parse_past_message, parse_phone_contacts};

/// How often the customer is looked up again when something changed in between.
const MAX_RACES: usize = 4;

/// The beginning of a message, as a list shows it.
const PREVIEW: usize = 160;

/// Keeps one past message.
pub(crate) async fn receive(deps: &Deps, task: &InboundTask<Event>) -> Result<Ingested, ProcessError> {
    let message = parse_past_message(&task.event)?;
    let route = deps.routes.find(&deps.store, task.event.number.as_ref(), deps.clock.now()).await?;
    let number = task.event.number.clone().ok_or(ProcessError::UnknownNumber { number: None })?;
    let id = MessageId::inbound(&number, &message.wamid, message.at, task.taken());
    let name = MessageName { number, wamid: message.wamid.clone() };
    trace::names(route.tenant, id);
    let store = deps.store.tenant(route.tenant);
    let went_out_through_us = store.find_sent(&message.wamid).await?.is_some();
    if went_out_through_us || store.is_erased(&message.wamid, deps.clock.now()).await? {
        return Ok(Ingested::Duplicate);
    }
    let found = in_spite_of_races(deps, route, &message.customer, id, None).await?;
    Past { route, message: &message, name: &name, found }.keep(deps, id).await
}

/// Notes how much has come, and makes the contacts of the phone's address book leads.
pub(crate) async fn noticed(deps: &Deps, task: &InboundTask<Event>, tenant: TenantId) -> Result<(), ProcessError> {
    let event = &task.event;
    let route = match deps.routes.find(&deps.store, event.number.as_ref(), deps.clock.now()).await {
        Ok(route) => route,
        Err(ProcessError::UnknownNumber { .. }) => return Ok(()),
        Err(error) => return Err(error),
    };
    if let Some(percent) = parse_history_progress(event) {
        deps.store.tenant(tenant).history_came(route.channel, percent).await?;
    }
    for PhoneContact { phone, name } in parse_phone_contacts(event) {
        let customer = Customer { phone: Some(phone), portfolio: event.portfolio(), ..Customer::default() };
        let id = MessageId::from_parts(event.time.unwrap_or(task.arrived).min(task.arrived), 0);
        in_spite_of_races(deps, route, &customer, id, Some(&name)).await?;
    }
    Ok(())
}

/// The lead that a phone's past is about.
async fn in_spite_of_races(
    deps: &Deps,
    route: Route,
    customer: &Customer,
    event: MessageId,
    name: Option<&Text>,
) -> Result<Found, ProcessError> {
    for _ in 0..MAX_RACES {
        if let Some(found) = self::customer(deps, route, customer, event, name).await? {
            return Ok(found);
        }
    }
    Err(ProcessError::Unsettled)
}

/// The lead that a phone's past is about; somebody unknown becomes one. None if something changed in between.
async fn customer(
    deps: &Deps,
    route: Route,
    customer: &Customer,
    event: MessageId,
    name: Option<&Text>,
) -> Result<Option<Found>, ProcessError> {
    let store = deps.store.tenant(route.tenant);
    if let Some(found) = link::known_customer(deps, route.tenant, customer, event).await? {
        if let Some(name) = name {
            store.name_lead(found.lead, name).await?;
            store.request_lead_index(found.lead, deps.clock.now()).await?;
        }
        return Ok(Some(found));
    }
    let Recognised::Stranger { free, perhaps, passed_on } = store.recognise(customer, Some(event)).await? else {
        return Ok(None);
    };
    let now = deps.clock.now();
    // A phone that another lead had moves in the transaction: that lead lets go of it before.
    if let Some(passed_on) = &passed_on {
        store.release_phone(passed_on).await?;
        store.request_lead_index(passed_on.from, now).await?;
    }
    let moved = passed_on.as_ref().map(|passed_on| &passed_on.phone);
    let is_theirs = |phone: &Phone| moved == Some(phone) || free.contains(&Identity::Phone(phone.clone()));
    let lead_id = LeadId::from_parts(now, deps.random.u128());
    let history = HistoryId::for_lead(lead_id);
    let conversation = ConversationId { history, channel: route.channel };
    let lead = Lead {
        name: name.cloned(),
        phone: customer.phone.clone().filter(is_theirs),
        bsuid: customer.bsuid.clone(),
        conversations: vec![conversation],
        possible_duplicates: perhaps,
        ..Lead::new(lead_id, Stage::New, Source::WhatsApp, now)
    };
    let contact = FirstContact {
        lead: &lead,
        conversation: &past_conversation(conversation, lead_id),
        identities: &free,
        portfolio: customer.portfolio.as_ref(),
        event,
        passed_on: passed_on.as_ref(),
        message: None,
        entry: None,
        imported: true,
    };
    if !store.first_contact(&contact).await? {
        return Ok(None);
    }
    store.request_lead_index(lead_id, now).await?;
    Ok(Some(Found { history, lead: lead_id }))
}

/// A conversation that nobody waits for: the customer's next message opens it.
fn past_conversation(id: ConversationId, lead: LeadId) -> Conversation {
    Conversation::new(id, lead, true).with_status(NewStatus::Closed)
}

/// A past message of a lead.
struct Past<'a> {
    route: Route,
    message: &'a PastMessage,
    name: &'a MessageName,
    found: Found,
}

impl Past<'_> {
    async fn keep(&self, deps: &Deps, id: MessageId) -> Result<Ingested, ProcessError> {
        let Self { route, message, name, found } = self;
        let store = deps.store.tenant(route.tenant);
        let receipt = Receipt { history: found.history, id };
        let is_placeholder = message.content.is_placeholder();
        let kind = if is_placeholder { ReceiptKind::Placeholder } else { ReceiptKind::Message };
        let new = NewReceipt { name, receipt, json: &message.json, kind };
        let (stands, became) = match store.put_receipt(&new).await? {
            ReceiptPut::New => (receipt, Ingested::New),
            ReceiptPut::Stands(stands) => (stands, Ingested::Duplicate),
        };
        let past = ReceivedMessage {
            id: stands.id,
            channel: route.channel,
            wamid: message.wamid.clone(),
            content: message.content.clone(),
            context: message.context.clone(),
            arrived: deps.clock.now(),
        };
        store.put_past(stands.history, message.direction, &past).await?;
        let lead = self.holder(deps, stands.history).await?;
        if message.direction == Direction::In && message.content.opens_window() {
            store.note_past_message(lead, stands.id).await?;
        }
        let last = LastMessage {
            id: stands.id,
            direction: message.direction,
            kind: message.content.kind().to_owned(),
            preview: Text::new(message.content.readable().excerpt(PREVIEW)),
        };
        let id = ConversationId { history: stands.history, channel: route.channel };
        if store.append_past(id, &last).await?.is_some() {
            return Ok(became);
        }
        store.open_past_conversation(&past_conversation(id, lead)).await?;
        if store.append_past(id, &last).await?.is_some() {
            return Ok(became);
        }
        // The lead was merged into another at this moment, or is gone: the message finds its place anew.
        store.remove_received(stands.history, stands.id).await?;
        store.remove_receipt(name).await?;
        Err(ProcessError::Unsettled)
    }

    /// Who has the history now: not the customer, if an earlier delivery put the message in somebody else's.
    async fn holder(&self, deps: &Deps, history: HistoryId) -> Result<LeadId, ProcessError> {
        if history == self.found.history {
            return Ok(self.found.lead);
        }
        let first = history.first_lead();
        let lead = deps.store.tenant(self.route.tenant).current_lead(first).await?;
        Ok(lead.map_or(first, |lead| lead.id))
    }
}
