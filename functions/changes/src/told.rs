//! What browsers that are connected are told of a batch of records. It is read anew, so that a frame says what the API says
//! at this moment, and each change is told once however many records it has.

use crate::Deps;
use aws_lambda_events::dynamodb::Event;
use domain::conversations::Head;
use domain::history::Entry;
use domain::ids::SessionId;
use domain::realtime::{Closing, Connection, ConnectionId, may_see};
use domain::users::User;
use domain::{Assignee, ConversationId, HomeId, LeadId, MessageId, TenantId, Timestamp, UserId};
use push::Delivery;
use std::collections::{BTreeMap, BTreeSet};
use store::stream::{self, Shown};
use store::{Store, StoreError};
use views::frames::Frame;
use views::gather::Gathered;
use views::messages::MessageView;

/// More frames than this of one batch get no browser: it reads the rest within a minute. What is on screen comes first.
const MOST_FRAMES: usize = 25;

/// Tells every browser that is connected what it may know of these records.
pub(crate) async fn tell(deps: &Deps, event: &Event) {
    let mut changes: BTreeMap<TenantId, BTreeSet<Shown>> = BTreeMap::new();
    for record in &event.records {
        let (keys, old, new) = (&record.change.keys, &record.change.old_image, &record.change.new_image);
        if let Some((tenant, shown)) = stream::shown(keys, old, new) {
            changes.entry(tenant).or_default().insert(shown);
        }
    }
    let now = deps.clock.now();
    let of_tenants = changes.iter().map(|(tenant, shown)| deliveries(&deps.store, *tenant, shown, now));
    let mut all = Vec::new();
    for deliveries in futures::future::join_all(of_tenants).await {
        match deliveries {
            Ok(deliveries) => all.extend(deliveries),
            Err(error) => tracing::warn!(%error, "browsers are not told of a change, and read it within a minute"),
        }
    }
    if !all.is_empty() {
        deps.courier.deliver(all, now).await;
    }
}

async fn deliveries(
    store: &Store,
    tenant: TenantId,
    shown: &BTreeSet<Shown>,
    now: Timestamp,
) -> Result<Vec<Delivery>, StoreError> {
    let connections = store.connections(tenant, now).await?;
    if connections.is_empty() {
        return Ok(Vec::new());
    }
    let ids: BTreeSet<UserId> = connections.iter().map(|connection| connection.user).collect();
    let people = store.people(tenant, &ids.into_iter().collect::<Vec<_>>()).await?;
    let changes = Changes::of(shown);
    let news = changes.read(store, tenant, now).await?;
    let one = |connection: Connection| {
        let user = people.iter().find(|user| user.id == connection.user);
        let closing = changes.closing(&connection, user);
        let frames = match (closing, user) {
            (Some(why), _) => vec![Frame::closing(why).text()],
            (None, Some(user)) => changes.frames(&connection, user, &news),
            (None, None) => Vec::new(),
        };
        Delivery { tenant, connection, frames, closing }
    };
    Ok(connections.into_iter().map(one).filter(|delivery| !delivery.frames.is_empty()).collect())
}

/// One frame, and who may get it.
#[derive(Debug)]
struct News {
    /// The conversations that it speaks of; who may see one of them may get it.
    about: Vec<Head>,
    /// Whether it is for those alone who have one of the conversations open.
    for_open: bool,
    text: String,
    /// The same for people who see phones masked.
    masked: String,
}

impl News {
    /// `render` writes the frame, for people who see phones masked or not.
    fn new(about: Vec<Head>, for_open: bool, render: impl Fn(bool) -> String) -> Self {
        Self { about, for_open, text: render(false), masked: render(true) }
    }

    /// The frame as `user` gets it at `connection`; none if it is not for them.
    fn text_for(&self, connection: &Connection, user: &User) -> Option<&str> {
        let is_for = |head: &Head| (!self.for_open || self.is_open_at(connection)) && may_see(user, head);
        let text = if user.visibility.masks_phones { &self.masked } else { &self.text };
        self.about.iter().any(is_for).then_some(text)
    }

    fn is_open_at(&self, connection: &Connection) -> bool {
        self.about.iter().any(|head| connection.open == Some(head.id))
    }
}

/// What a batch has of one tenant, each once.
#[derive(Debug, Default)]
struct Changes {
    messages: BTreeSet<(HomeId, MessageId)>,
    statuses: BTreeSet<(HomeId, MessageId)>,
    conversations: BTreeSet<ConversationId>,
    leads: BTreeSet<LeadId>,
    connected: BTreeSet<ConnectionId>,
    rights: BTreeSet<UserId>,
    signed_out: BTreeSet<SessionId>,
    closed: bool,
}

impl Changes {
    fn of(shown: &BTreeSet<Shown>) -> Self {
        let mut changes = Self::default();
        for one in shown {
            match one {
                Shown::Message(home, id) => changes.messages.extend([(*home, *id)]),
                Shown::Status(home, id) => changes.statuses.extend([(*home, *id)]),
                Shown::Conversation(id) => changes.conversations.extend([*id]),
                Shown::Lead(id) => changes.leads.extend([*id]),
                Shown::Connected(id) => changes.connected.extend([id.clone()]),
                Shown::Rights(id) => changes.rights.extend([*id]),
                Shown::SignedOut(id) => changes.signed_out.extend([*id]),
                Shown::Closed => changes.closed = true,
            }
        }
        let Self { messages, statuses, .. } = &mut changes;
        statuses.retain(|status| !messages.contains(status));
        changes
    }

    /// Why a connection ends; none if it stays. That somebody may not act is looked at whatever changed.
    fn closing(&self, connection: &Connection, user: Option<&User>) -> Option<Closing> {
        let signed_in = user.is_some_and(|user| connection.belongs_to(user));
        if self.closed || !signed_in || self.signed_out.contains(&connection.session) {
            return Some(Closing::SignedOut);
        }
        self.rights.contains(&connection.user).then_some(Closing::RightsChanged)
    }

    /// Reads what the frames say.
    async fn read(&self, store: &Store, tenant: TenantId, now: Timestamp) -> Result<Vec<News>, StoreError> {
        let both = self.messages.iter().chain(&self.statuses);
        let entries = both.map(|(home, id)| async move { Ok((*home, store.entry(tenant, *home, *id).await?)) });
        let entries: Vec<(HomeId, Option<Entry>)> = futures::future::try_join_all(entries).await?;
        let entries: Vec<_> = entries
            .into_iter()
            .filter_map(|(home, entry)| entry.and_then(|entry| Some((entry.conversation(home)?, entry))))
            .collect();
        let leads = self.leads.iter().map(|id| store.lead(tenant, *id));
        let leads: Vec<_> = futures::future::try_join_all(leads).await?.into_iter().flatten().collect();
        let heads: BTreeSet<ConversationId> = entries.iter().map(|(id, _)| *id).collect();
        let heads = heads.into_iter().chain(self.conversations.iter().copied());
        let heads: BTreeSet<_> = heads.chain(leads.iter().flat_map(|lead| lead.conversations.clone())).collect();
        let heads = store.heads(tenant, &heads.into_iter().collect::<Vec<_>>()).await?;
        let head = |id: ConversationId| heads.iter().find(|head| head.id == id);

        let needed = entries.iter().filter(|(id, entry)| !self.is_status(id.home, entry.id));
        let needed: BTreeSet<_> = needed.map(|(id, _)| *id).collect();
        let wanted = heads.iter().filter(|head| needed.contains(&head.id) || self.conversations.contains(&head.id));
        let wanted: Vec<_> = wanted.cloned().collect();
        let assignees = wanted.iter().filter_map(|head| head.assignee).map(|Assignee::User(id)| id);
        let assignees: BTreeSet<UserId> = assignees.collect();
        let assignees = store.people(tenant, &assignees.into_iter().collect::<Vec<_>>()).await?;
        let gathered = Gathered::read(store, tenant, &wanted, assignees).await?;

        let mut news = Vec::new();
        for (id, entry) in entries {
            let Some(head) = head(id) else { continue };
            let is_status = self.is_status(id.home, entry.id);
            let Some(message) = MessageView::of(entry, id.home, now) else { continue };
            news.push(News::new(vec![head.clone()], is_status, |masks_phones| {
                if is_status {
                    return Frame::Status { conversation_id: id, message: &message }.text();
                }
                let conversation = &gathered.view(head, masks_phones);
                Frame::Message { conversation_id: id, lead_id: head.lead, message: &message, conversation }.text()
            }));
        }
        // A conversation that stands in a message's frame needs none of its own.
        for head in wanted.iter().filter(|head| !needed.contains(&head.id)) {
            news.push(News::new(vec![head.clone()], false, |masks_phones| {
                Frame::Conversation { conversation: &gathered.view(head, masks_phones) }.text()
            }));
        }
        for lead in leads {
            let about = lead.conversations.iter().filter_map(|id| head(*id)).cloned().collect();
            news.push(News::new(about, false, |_| Frame::Lead { lead_id: lead.id, stage: lead.stage }.text()));
        }
        Ok(news)
    }

    fn is_status(&self, home: HomeId, id: MessageId) -> bool {
        self.statuses.contains(&(home, id))
    }

    /// What goes to one connection: its greeting, what concerns the conversation on screen, and then the rest.
    fn frames(&self, connection: &Connection, user: &User, news: &[News]) -> Vec<String> {
        let mut frames = Vec::new();
        if self.connected.contains(&connection.id) {
            frames.push(Frame::hello().text());
        }
        let (on_screen, rest): (Vec<_>, Vec<_>) = news.iter().partition(|one| one.is_open_at(connection));
        let own = on_screen.into_iter().chain(rest).filter_map(|one| one.text_for(connection, user));
        frames.extend(own.take(MOST_FRAMES).map(str::to_owned));
        frames
    }
}
