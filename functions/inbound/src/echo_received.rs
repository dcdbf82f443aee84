//! The business wrote to a customer with WhatsApp's own app: the message stands in the conversation as one of its own, and
//! answers what waits there. The echo's phone and user id belong to one person.

use crate::error::ProcessError;
use crate::link::{self, Found};
use crate::{Deps, trace};
use domain::inbox::conversations::LastMessage;
use domain::inbox::history::Amendment;
use domain::{ConversationId, Direction, MessageId, Taken, TenantId, Text, Timestamp, Wamid};
use queue::{InboundTask, Run};
use store::channels::channels::Route;
use store::inbox::messages::ReceivedMessage;
use store::inbox::receipts::{MessageName, NewReceipt, Receipt, ReceiptKind, ReceiptPut};
use store::reliability::orphans::{Orphan, WAITS, Waits};
use whatsapp::{Echo, Event, parse_echoes};

/// The beginning of a message, as a list shows it.
const PREVIEW: usize = 160;

/// Writes down the echoes in `task`, and links the identities of those they went to. `arrived` is when the event first
/// reached us. Events come in any order: an echo to somebody unknown waits, since the message by which they become known may
/// still come.
pub(crate) async fn receive(
    deps: &Deps,
    task: &InboundTask<Event>,
    body: &str,
    tenant: TenantId,
    arrived: Timestamp,
) -> Result<(), ProcessError> {
    let echoes = parse_echoes(&task.event);
    if echoes.is_empty() {
        return Ok(());
    }
    let route = match deps.routes.find(&deps.store, task.event.number.as_ref(), deps.clock.now()).await {
        Ok(route) => Some(route),
        Err(ProcessError::UnknownNumber { .. }) => None,
        Err(error) => return Err(error),
    };
    let mut all_known = true;
    for (place, echo) in (task.taken().place..).zip(&echoes) {
        let event = MessageId::from_parts(echo.at.unwrap_or(arrived).min(arrived), 0);
        let Some(customer) = link::known_customer(deps, tenant, &echo.recipient, event).await? else {
            all_known = false;
            continue;
        };
        if let (Some(route), Some(number), Some(wamid), Some(at)) = (route, &task.event.number, &echo.wamid, echo.at) {
            let name = MessageName { number: number.clone(), wamid: wamid.clone() };
            let id = MessageId::inbound(number, wamid, at, Taken { place, ..task.taken() });
            let found = Addressed { route, customer, name, id };
            found.keep(deps, echo, arrived).await?;
        }
    }
    wait_for(deps, task, body, tenant, all_known).await
}

/// Keeps the event until all whom its echoes went to are known, for a while.
async fn wait_for(
    deps: &Deps,
    task: &InboundTask<Event>,
    body: &str,
    tenant: TenantId,
    all_known: bool,
) -> Result<(), ProcessError> {
    let key = task.event.dedup_key();
    let Ok(name) = Wamid::parse(&format!("echo.{key}")) else { return Ok(()) };
    match task.run {
        Run::First | Run::Again if !all_known => {
            let until = deps.clock.now().plus(WAITS);
            let again = task.run == Run::Again;
            let orphan = Orphan { digest: key, event: body.to_owned(), kind: Waits::ForCertain, until };
            Ok(deps.store.tenant(tenant).put_orphan(&name, &orphan, again).await?)
        }
        Run::First => Ok(()),
        Run::Again | Run::Last => Ok(deps.store.tenant(tenant).remove_orphan(&name, &key).await?),
    }
}

/// An echo to a customer on record.
struct Addressed {
    route: Route,
    customer: Found,
    name: MessageName,
    id: MessageId,
}

impl Addressed {
    /// Writes the echo down: beside the message that it amends, else as a line. What went out through us is there already.
    async fn keep(&self, deps: &Deps, echo: &Echo, arrived: Timestamp) -> Result<(), ProcessError> {
        let tenant = self.route.tenant;
        if deps.store.tenant(tenant).find_sent(&self.name.wamid).await?.is_some() {
            return Ok(());
        }
        let here = Receipt { history: self.customer.history, id: self.id };
        let amends = echo.content.amendment();
        let kind = if amends.is_some() { ReceiptKind::Amendment } else { ReceiptKind::Message };
        let new = NewReceipt { name: &self.name, receipt: here, json: &echo.json, kind };
        let stands = match deps.store.tenant(tenant).put_receipt(&new).await? {
            ReceiptPut::New => here,
            ReceiptPut::Stands(stands) => stands,
        };
        trace::names(tenant, stands.id);
        match amends {
            Some(amendment) => self.amend(deps, echo, stands.id, amendment.target()).await,
            None => self.line(deps, echo, stands, arrived).await,
        }
    }

    /// Puts a reaction, correction or withdrawal beside its message; of a message that is not on record there is nothing
    /// to amend.
    async fn amend(&self, deps: &Deps, echo: &Echo, id: MessageId, target: &Wamid) -> Result<(), ProcessError> {
        let tenant = self.route.tenant;
        let store = deps.store.tenant(tenant);
        let parent = match store.find_sent(target).await? {
            Some((history, id)) => Some(Receipt { history, id }),
            None => {
                let name = MessageName { wamid: target.clone(), ..self.name.clone() };
                store.amendable(&name).await?
            }
        };
        let Some(parent) = parent else {
            tracing::info!("the business amended a message that is not on record");
            return Ok(());
        };
        let child = Amendment { id, direction: Direction::Out, content: echo.content.clone() };
        Ok(store.put_child(parent.history, parent.id, &child, &self.name.wamid).await?)
    }

    async fn line(&self, deps: &Deps, echo: &Echo, stands: Receipt, arrived: Timestamp) -> Result<(), ProcessError> {
        let tenant = self.route.tenant;
        let store = deps.store.tenant(tenant);
        let channel = self.route.channel;
        let message = ReceivedMessage {
            id: stands.id,
            channel,
            wamid: self.name.wamid.clone(),
            content: echo.content.clone(),
            context: echo.context.clone(),
            arrived,
        };
        store.put_echo(stands.history, &message).await?;
        let last = LastMessage {
            id: stands.id,
            direction: Direction::Out,
            kind: echo.content.kind().to_owned(),
            preview: Text::new(echo.content.readable().excerpt(PREVIEW)),
        };
        let conversation = ConversationId { history: stands.history, channel };
        if store.append_echo(conversation, &last).await?.is_none()
            && store.open_conversation(conversation, self.customer.lead).await?
        {
            store.append_echo(conversation, &last).await?;
        }
        Ok(())
    }
}
