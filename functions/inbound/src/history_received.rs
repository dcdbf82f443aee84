//! What a linked phone brings of the time before: its past messages, and its address book. Nothing of it is new to anybody:
//! it makes no unread, moves no stage, opens no window, fires no rule and counts in no figure.

use crate::became::Ingested;
use crate::error::ProcessError;
use crate::link::{self, Found};
use crate::{Deps, trace};
use domain::crm::leads::{Lead, Source};
use domain::identities::Recognised;
use domain::inbox::conversations::{Conversation, ConversationStatus, LastMessage};
use domain::stages::Stage;
use domain::{ConversationId, Customer, HistoryId, Identity, LeadId, MessageId, TenantId, Text};
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
    if deps.store.tenant(route.tenant).find_sent(&message.wamid).await?.is_some() {
        // It went out through us.
        return Ok(Ingested::Duplicate);
    }
    for _ in 0..MAX_RACES {
        if let Some(found) = customer(deps, route, &message.customer, id, None).await? {
            return Past { route, message: &message, name: &name, found }.keep(deps, id).await;
        }
    }
    Err(ProcessError::Unsettled)
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
        for _ in 0..MAX_RACES {
            if self::customer(deps, route, &customer, id, Some(&name)).await?.is_some() {
                break;
            }
        }
    }
    Ok(())
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
    let Recognised::Stranger { free, perhaps, passed_on: None } = store.recognise(customer, Some(event)).await? else {
        return Ok(None);
    };
    let now = deps.clock.now();
    let lead_id = LeadId::from_parts(now, deps.random.u128());
    let history = HistoryId::for_lead(lead_id);
    let conversation = ConversationId { history, channel: route.channel };
    let lead = Lead {
        name: name.cloned(),
        phone: customer.phone.clone().filter(|phone| free.contains(&Identity::Phone(phone.clone()))),
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
        passed_on: None,
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
    Conversation { status: ConversationStatus::Closed, ..Conversation::new(id, lead, true) }
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
        let new = NewReceipt { name, receipt, json: &message.json, kind: ReceiptKind::Message };
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
        let last = LastMessage {
            id: stands.id,
            direction: message.direction,
            kind: message.content.kind().to_owned(),
            preview: Text::new(message.content.readable().excerpt(PREVIEW)),
        };
        let id = ConversationId { history: stands.history, channel: route.channel };
        if store.append_past(id, &last).await?.is_none() {
            store.open_past_conversation(&past_conversation(id, found.lead)).await?;
            store.append_past(id, &last).await?;
        }
        Ok(became)
    }
}
