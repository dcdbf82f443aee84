//! A customer wrote. The message is put first, and is its own deduplication; the conversation's head follows.

use crate::Deps;
use crate::became::Became;
use crate::error::ProcessError;
use crate::trace;
use domain::Direction;
use domain::content::{Context, Remark};
use domain::conversations::{Head, Last, Profile, Received};
use domain::history::{self, Child, Entry, Line};
use domain::identities::Recognised;
use domain::leads::{Lead, Source, Stage};
use domain::{ConversationId, HomeId, Identity, LeadId, MessageId, Timestamp};
use queue::{InboundTask, Run};
use std::time::Duration;
use store::channels::Route;
use store::conversations::Told;
use store::first_contact::FirstContact;
use store::messages::ReceivedMessage;
use whatsapp::{Event, InboundMessage, parse_message};

/// How often the customer is looked up again when something changed in between.
const TRIES: usize = 4;

/// How far a message may seem to be written after what is said about it: times are whole seconds of two clocks.
const LATE_CLOCKS: Duration = Duration::from_secs(60);

/// The beginning of a message, as a list shows it.
const PREVIEW: usize = 160;

/// A message with everything that is known about it before the table is asked.
struct Arrival<'a> {
    id: MessageId,
    route: Route,
    task: &'a InboundTask<Event>,
    body: &'a str,
    message: InboundMessage,
    /// When it got here, if nobody has written it down yet. Not when the webhook took it: what lay in a queue while
    /// somebody read what came after it is as unread as what Meta brings late.
    arrived: Timestamp,
}

/// Where a customer's history lives, and whose it is.
#[derive(Clone, Copy)]
struct Place {
    home: HomeId,
    lead: LeadId,
}

pub(crate) async fn receive(deps: &Deps, task: &InboundTask<Event>, body: &str) -> Result<Became, ProcessError> {
    let message = parse_message(&task.event)?;
    let route = deps.routes.of(&deps.store, task.event.number.as_ref(), deps.clock.now()).await?;
    let number = task.event.number.as_ref().ok_or(ProcessError::UnknownNumber { number: None })?;
    let id = MessageId::of_inbound(number, &message.wamid, message.at);
    trace::names(route.tenant, id);
    let arrival = Arrival { id, route, task, body, message, arrived: deps.clock.now() };
    for _ in 0..TRIES {
        if let Some(became) = attempt(deps, &arrival).await? {
            return Ok(became);
        }
    }
    Err(ProcessError::Unsettled)
}

/// Finds the customer and stores the message with them. None if somebody else changed who that is meanwhile.
async fn attempt(deps: &Deps, arrival: &Arrival<'_>) -> Result<Option<Became>, ProcessError> {
    let customer = &arrival.message.customer;
    match deps.store.recognise(arrival.route.tenant, customer).await? {
        Recognised::As { by, home, lead, unlinked, perhaps } => {
            let place = Place { home, lead };
            let new: Vec<_> = unlinked.iter().chain(&arrival.message.also).cloned().collect();
            if !new.is_empty() {
                know(deps, arrival, place, &by, (&new, &perhaps)).await?;
            }
            store(deps, arrival, place).await
        }
        Recognised::Stranger { free, perhaps } => meet(deps, arrival, &free, &perhaps).await,
    }
}

/// Puts further identities of somebody known on record.
async fn know(
    deps: &Deps,
    arrival: &Arrival<'_>,
    place: Place,
    by: &Identity,
    (new, perhaps): (&[Identity], &[LeadId]),
) -> Result<(), ProcessError> {
    let tenant = arrival.route.tenant;
    let mut others = deps.store.add_identities(tenant, (place.home, place.lead), by, new).await?;
    others.extend(perhaps);
    others.sort_unstable();
    others.dedup();
    deps.store.know_more(tenant, place.lead, &arrival.message.customer, &others).await?;
    if !arrival.message.also.is_empty() {
        deps.store.change_address(tenant, place.lead, arrival.id, &arrival.message.also).await?;
    }
    Ok(deps.store.seen_together(tenant, by, new).await?)
}

/// The first event of somebody new. None if somebody else was first.
async fn meet(
    deps: &Deps,
    arrival: &Arrival<'_>,
    free: &[Identity],
    perhaps: &[LeadId],
) -> Result<Option<Became>, ProcessError> {
    let (now, tenant) = (deps.clock.now(), arrival.route.tenant);
    let shown = arrival.is_shown();
    let lead = arrival.lead(LeadId::from_parts(now, deps.ids.bits()), now);
    let place = Place { home: HomeId::of(lead.id), lead: lead.id };
    let conversation = arrival.conversation(place);
    let head = Head::new(conversation, lead.id, true).after(&arrival.received(arrival.arrived));
    let message = arrival.stored();
    let contact = FirstContact { lead: &lead, head: &head, identities: free, message: shown.then_some(&message) };
    if !deps.store.first_contact(tenant, &contact).await? {
        return Ok(None);
    }
    tracing::info!(lead.id = %lead.id, "a new lead");
    if let Some(by) = free.first().filter(|_| !perhaps.is_empty() || !arrival.message.also.is_empty()) {
        know(deps, arrival, place, by, (&arrival.message.also, perhaps)).await?;
    }
    if shown {
        keep_raw(deps, arrival, place, arrival.arrived).await?;
        return Ok(Some(Became::Kept));
    }
    put_beside(deps, arrival, place).await.map(|()| Some(Became::Kept))
}

/// Stores the message of somebody known. None if the conversation turned out not to exist.
async fn store(deps: &Deps, arrival: &Arrival<'_>, place: Place) -> Result<Option<Became>, ProcessError> {
    if !arrival.is_shown() {
        put_beside(deps, arrival, place).await?;
        let told = tell_head(deps, arrival, place, arrival.arrived).await?;
        return Ok(told.then_some(Became::Kept));
    }
    let tenant = arrival.route.tenant;
    let first_arrived = deps.store.put_received(tenant, place.home, &arrival.stored()).await?;
    let (told, raw) =
        tokio::join!(tell_head(deps, arrival, place, first_arrived), keep_raw(deps, arrival, place, first_arrived));
    raw?;
    if told? {
        let again = first_arrived != arrival.arrived;
        return Ok(Some(if again { Became::KeptBefore } else { Became::Kept }));
    }
    deps.store.remove_received(tenant, place.home, arrival.id).await?;
    Ok(None)
}

/// Tells the conversation's head, opening the conversation if it is the lead's first on this channel, and lets the
/// message move the stage. False if there is no such lead.
async fn tell_head(deps: &Deps, arrival: &Arrival<'_>, place: Place, arrived: Timestamp) -> Result<bool, ProcessError> {
    let (tenant, conversation) = (arrival.route.tenant, arrival.conversation(place));
    let received = arrival.received(arrived);
    if received.profile.is_none() && received.shown.is_none() {
        return Ok(true);
    }
    let head = match deps.store.receive(tenant, conversation, &received).await? {
        Told::Head(head) => head,
        Told::Missing => {
            if !deps.store.open_conversation(tenant, conversation, place.lead).await? {
                return Ok(false);
            }
            match deps.store.receive(tenant, conversation, &received).await? {
                Told::Head(head) => head,
                Told::Missing => return Ok(false),
            }
        }
    };
    if head.stage_open && arrival.message.content.counts() {
        let message = (arrival.id, arrived);
        deps.store.move_stage(tenant, head.lead, conversation, message, deps.clock.now()).await?;
    }
    Ok(true)
}

/// Puts a reaction, an edit or a withdrawal beside the message it speaks of; keeps it aside until that comes.
async fn put_beside(deps: &Deps, arrival: &Arrival<'_>, place: Place) -> Result<(), ProcessError> {
    let Some(target) = arrival.message.content.remark().map(|remark| remark.target()) else { return Ok(()) };
    let (tenant, digest) = (arrival.route.tenant, arrival.id.bare());
    let waited = arrival.task.run != Run::First;
    match (find_parent(deps, arrival, place).await?, arrival.task.run) {
        (Some((home, parent)), _) => {
            let content = arrival.message.content.clone();
            let child = Child { id: arrival.id, direction: Direction::In, content };
            deps.store.put_child(tenant, home, parent, &child).await?;
            reword(deps, arrival, place, parent).await?;
        }
        (None, Run::First | Run::Again) => {
            let now = deps.clock.now();
            return Ok(deps.store.put_orphan(tenant, target, &digest, arrival.body, now).await?);
        }
        (None, Run::Last) => {
            deps.store.put_received(tenant, place.home, &arrival.stored()).await?;
            tracing::warn!("an event never found its message and stands by itself");
        }
    }
    if waited {
        deps.store.remove_orphan(tenant, target, &digest).await?;
    }
    Ok(())
}

/// Lets lists show what the message says now. Of two edits the later one stands whichever came first, and whoever is
/// late: what is shown is read from the message itself, and written only if nobody has changed the head since. Who wrote
/// the message down may not have told the head yet, and may stand behind this event in the queue: so it is told here.
async fn reword(deps: &Deps, arrival: &Arrival<'_>, place: Place, parent: MessageId) -> Result<(), ProcessError> {
    let tenant = arrival.route.tenant;
    if matches!(arrival.message.content.remark(), Some(Remark::Reaction { .. })) {
        return Ok(());
    }
    let mut conversation = arrival.conversation(place);
    for _ in 0..TRIES {
        let head = deps.store.head_to_change(tenant, conversation).await?;
        let entry = deps.store.entry(tenant, place.home, parent).await?;
        let Some(Entry { line: Line::Received(message), .. }) = entry else { return Ok(()) };
        if !message.content.counts() {
            return Ok(());
        }
        if conversation.channel != message.channel {
            conversation.channel = message.channel;
            continue;
        }
        match head {
            Some((head, revision)) => {
                let after = head.reworded(&said_now(parent, &message));
                if after == head || deps.store.replace_head(tenant, &after, revision).await? {
                    return Ok(());
                }
            }
            None if deps.store.open_conversation(tenant, conversation, place.lead).await? => {}
            None => break,
        }
    }
    Err(ProcessError::Unsettled)
}

/// A message as its head is told of it when its words have changed.
fn said_now(id: MessageId, message: &history::Received) -> Received {
    let kind = message.content.kind().to_owned();
    let preview = domain::Text::new(message.shown_text().head(PREVIEW));
    let shown = Last { id, direction: Direction::In, kind, preview };
    Received { id, arrived: message.arrived, profile: None, shown: Some(shown) }
}

/// The message that a reaction, an edit or a withdrawal speaks of: one of ours, or one of the customer's own not
/// too long ago.
async fn find_parent(
    deps: &Deps,
    arrival: &Arrival<'_>,
    place: Place,
) -> Result<Option<(HomeId, MessageId)>, ProcessError> {
    let (tenant, message) = (arrival.route.tenant, &arrival.message);
    let (Some(remark), Some(number)) = (message.content.remark(), arrival.task.event.number.as_ref()) else {
        return Ok(None);
    };
    if matches!(remark, Remark::Reaction { .. })
        && let Some(sent) = deps.store.find_sent(tenant, remark.target()).await?
    {
        return Ok(Some(sent));
    }
    let span = (message.at.minus(remark.looks_back()), message.at.plus(LATE_CLOCKS));
    let parent = deps.store.find_received(tenant, place.home, (number, remark.target()), span).await?;
    Ok(parent.map(|parent| (place.home, parent)))
}

async fn keep_raw(deps: &Deps, arrival: &Arrival<'_>, place: Place, arrived: Timestamp) -> Result<(), ProcessError> {
    let times = (arrived, deps.clock.now());
    Ok(deps.store.put_raw(arrival.route.tenant, place.home, arrival.id, arrival.body.as_bytes(), times).await?)
}

impl Arrival<'_> {
    /// Whether this is a line of the history, rather than something said about another one.
    fn is_shown(&self) -> bool {
        self.message.content.remark().is_none()
    }

    fn conversation(&self, place: Place) -> ConversationId {
        ConversationId { home: place.home, channel: self.route.channel }
    }

    fn lead(&self, id: LeadId, now: Timestamp) -> Lead {
        let customer = &self.message.customer;
        Lead {
            id,
            stage: Stage::Incoming,
            source: Source::WhatsApp,
            name: None,
            phone: customer.phone.clone(),
            bsuid: customer.bsuid.clone(),
            first: self.message.content.counts().then_some(self.id),
            conversations: vec![ConversationId { home: HomeId::of(id), channel: self.route.channel }],
            perhaps_same: Vec::new(),
            created: now,
            updated: now,
        }
    }

    fn stored(&self) -> ReceivedMessage {
        ReceivedMessage {
            id: self.id,
            channel: self.route.channel,
            wamid: self.message.wamid.clone(),
            content: self.message.content.clone(),
            context: Context::clone(&self.message.context),
            arrived: self.arrived,
        }
    }

    fn received(&self, arrived: Timestamp) -> Received {
        let customer = &self.message.customer;
        let told = customer.name.is_some() || customer.username.is_some();
        let profile = Profile { told_by: self.id, name: customer.name.clone(), username: customer.username.clone() };
        let content = &self.message.content;
        let shown = content.counts().then(|| Last {
            id: self.id,
            direction: Direction::In,
            kind: content.kind().to_owned(),
            preview: domain::Text::new(content.readable().head(PREVIEW)),
        });
        Received { id: self.id, arrived, profile: told.then_some(profile), shown }
    }
}
