//! What browsers that are connected are told of a batch of records. It is read anew, so that a frame says what the API says
//! at this moment, and each change is told once however many records it has.

use crate::Deps;
use crate::sessions;
use aws_lambda_events::dynamodb::Event;
use domain::access::users::User;
use domain::ids::SessionId;
use domain::inbox::conversations::Conversation;
use domain::inbox::history::{Entry, Line};
use domain::inbox::media::MediaTicket;
use domain::inbox::realtime::{Closing, Connection, ConnectionId, Dialect, may_see};
use domain::{
    Actor, Assignee, ChannelId, ConversationId, HistoryId, LeadId, MessageId, PhoneSessionId, TenantId, Timestamp,
    UserId,
};
use push::Delivery;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use store::StoreError;
use store::reliability::stream::{self, Shown};
use views::frames::Frame;
use views::gather::Gathered;
use views::media::{Files, Links};
use views::messages::MessageView;

/// More frames than this of one batch get no browser: it reads the rest within a minute. What is on screen comes first.
const MOST_FRAMES: usize = 25;

/// Tells every browser that is connected what it may know of these records.
pub(crate) async fn tell(deps: &Deps, event: &Event) {
    let mut changes: BTreeMap<TenantId, BTreeSet<Shown>> = BTreeMap::new();
    for record in &event.records {
        let keys = &record.change.keys;
        let old = &record.change.old_image;
        let new = &record.change.new_image;
        if let Some((tenant, shown)) = stream::shown(keys, old, new) {
            changes.entry(tenant).or_default().insert(shown);
        }
    }
    let now = deps.clock.now();
    let of_tenants = changes.iter().map(|(tenant, shown)| deliveries(deps, *tenant, shown, now));
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
    deps: &Deps,
    tenant: TenantId,
    shown: &BTreeSet<Shown>,
    now: Timestamp,
) -> Result<Vec<Delivery>, StoreError> {
    let store = &deps.store;
    let connections = store.tenant(tenant).connections(now).await?;
    if connections.is_empty() {
        return Ok(Vec::new());
    }
    let ids: BTreeSet<UserId> = connections.iter().map(|connection| connection.user).collect();
    let people = store.tenant(tenant).people(&ids.into_iter().collect::<Vec<_>>()).await?;
    let changes = Changes::from_shown(shown);
    let news = changes.read(deps, tenant, now).await?;
    let speaks = |dialect| connections.iter().any(|connection| connection.dialect == dialect);
    let of_sessions = if speaks(Dialect::Sessions) {
        sessions::News::read(store, tenant, &changes, now).await?
    } else {
        sessions::News::default()
    };
    let one = |connection: Connection| {
        let user = people.iter().find(|user| user.id == connection.user);
        let closing = changes.closing(&connection, user);
        let frames = match (closing, user) {
            (Some(why), _) => vec![Frame::closing(why).text()],
            (None, Some(user)) => match connection.dialect {
                Dialect::Console => changes.frames(&connection, user, &news),
                Dialect::Sessions => of_sessions.frames(user),
            },
            (None, None) => Vec::new(),
        };
        Delivery { tenant, connection, frames, closing }
    };
    Ok(connections.into_iter().map(one).filter(|delivery| !delivery.frames.is_empty()).collect())
}

/// One frame, and who may get it.
struct News {
    /// The conversations that it speaks of; who may see one of them may get it.
    about: Vec<Conversation>,
    /// Whether it is for those alone who have one of the conversations open.
    for_open: bool,
    /// Who gets it all the same, whatever they have open: the sender of a message that failed.
    sender: Option<UserId>,
    /// Writes the frame for one person: phones may be masked for them, and links to files are theirs alone.
    text: Box<dyn Fn(&User) -> String + Send + Sync>,
}

impl News {
    fn new(about: Vec<Conversation>, for_open: bool, text: impl Fn(&User) -> String + Send + Sync + 'static) -> Self {
        Self { about, for_open, sender: None, text: Box::new(text) }
    }

    /// The same, for `sender` too.
    fn also_for(self, sender: Option<UserId>) -> Self {
        Self { sender, ..self }
    }

    /// The frame as `user` gets it at `connection`; none if it is not for them.
    fn text_for(&self, connection: &Connection, user: &User) -> Option<String> {
        let is_for = |conversation: &Conversation| {
            let is_told = !self.for_open || self.is_open_at(connection) || self.sender == Some(user.id);
            is_told && may_see(user, conversation)
        };
        self.about.iter().any(is_for).then(|| (self.text)(user))
    }

    fn is_open_at(&self, connection: &Connection) -> bool {
        self.about.iter().any(|conversation| connection.open == Some(conversation.id))
    }
}

/// What a batch has of one tenant, each once.
#[derive(Debug, Default)]
pub(crate) struct Changes {
    pub(crate) messages: BTreeSet<(HistoryId, MessageId)>,
    statuses: BTreeSet<(HistoryId, MessageId)>,
    conversations: BTreeSet<ConversationId>,
    /// Who had a conversation before it was given to somebody else.
    former: BTreeSet<(ConversationId, Option<Assignee>)>,
    leads: BTreeSet<LeadId>,
    pub(crate) phone_sessions: BTreeSet<PhoneSessionId>,
    pub(crate) channels: BTreeSet<ChannelId>,
    connected: BTreeSet<ConnectionId>,
    rights: BTreeSet<UserId>,
    signed_out: BTreeSet<SessionId>,
    closed: bool,
}

impl Changes {
    fn from_shown(shown: &BTreeSet<Shown>) -> Self {
        let mut changes = Self::default();
        for one in shown {
            match one {
                Shown::Message(history, id) => changes.messages.extend([(*history, *id)]),
                Shown::Status(history, id) => changes.statuses.extend([(*history, *id)]),
                Shown::Conversation(id) => changes.conversations.extend([*id]),
                Shown::Reassigned(id, former) => {
                    changes.conversations.extend([*id]);
                    changes.former.extend([(*id, *former)]);
                }
                Shown::Lead(id) => changes.leads.extend([*id]),
                Shown::Connected(id) => changes.connected.extend([id.clone()]),
                Shown::Rights(id) => changes.rights.extend([*id]),
                Shown::SignedOut(id) => changes.signed_out.extend([*id]),
                Shown::PhoneSession(id) => changes.phone_sessions.extend([*id]),
                Shown::Channel(id) => changes.channels.extend([*id]),
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
    async fn read(&self, deps: &Deps, tenant: TenantId, now: Timestamp) -> Result<Vec<News>, StoreError> {
        let store = &deps.store;
        let both = self.messages.iter().chain(&self.statuses);
        let entries =
            both.map(|(history, id)| async move { Ok((*history, store.tenant(tenant).entry(*history, *id).await?)) });
        let entries: Vec<(HistoryId, Option<Entry>)> = futures::future::try_join_all(entries).await?;
        let entries: Vec<_> = entries
            .into_iter()
            .filter_map(|(history, entry)| {
                Some((history, entry.filter(|entry| entry.is_shown() || entry.is_cancelled())?))
            })
            .filter_map(|(history, entry)| Some((entry.conversation(history)?, entry)))
            .collect();
        let leads = self.leads.iter().map(|id| store.tenant(tenant).lead(*id));
        let leads: Vec<_> = futures::future::try_join_all(leads).await?.into_iter().flatten().collect();
        let conversations: BTreeSet<ConversationId> = entries.iter().map(|(id, _)| *id).collect();
        let conversations = conversations.into_iter().chain(self.conversations.iter().copied());
        let conversations: BTreeSet<_> =
            conversations.chain(leads.iter().flat_map(|lead| lead.conversations.clone())).collect();
        let conversations = store.tenant(tenant).conversations(&conversations.into_iter().collect::<Vec<_>>()).await?;
        let conversation = |id: ConversationId| conversations.iter().find(|conversation| conversation.id == id);

        let needed = entries.iter().filter(|(id, entry)| !self.is_quiet(id.history, entry));
        let needed: BTreeSet<_> = needed.map(|(id, _)| *id).collect();
        let wanted = conversations
            .iter()
            .filter(|conversation| needed.contains(&conversation.id) || self.conversations.contains(&conversation.id));
        let wanted: Vec<_> = wanted.cloned().collect();
        let assignees = wanted.iter().filter_map(|conversation| conversation.assignee).map(|Assignee::User(id)| id);
        let assignees: BTreeSet<UserId> = assignees.collect();
        let assignees = store.tenant(tenant).people(&assignees.into_iter().collect::<Vec<_>>()).await?;
        let gathered = Arc::new(Gathered::read(store, tenant, &wanted, assignees).await?);
        let lines = entries.iter().map(|(id, entry)| (id.history, entry));
        let files = Arc::new(Files::read(store, tenant, lines).await?);

        let mut news = Vec::new();
        for (id, entry) in entries {
            let Some(conversation) = conversation(id) else { continue };
            let is_quiet = self.is_quiet(id.history, &entry);
            let conversation = conversation.clone();
            let gathered = Arc::clone(&gathered);
            let files = Arc::clone(&files);
            let key = deps.token_key.clone();
            let sender = sender_of_failed(&entry, now);
            let one = News::new(vec![conversation.clone()], is_quiet, move |user| {
                let links =
                    Links { key: Some(&key), ticket: MediaTicket { tenant, viewer: Actor::User(user.id) }, now };
                let message = MessageView::with_file(entry.clone(), id.history, &files, &links);
                let Some(message) = &message else { return String::new() };
                if is_quiet {
                    return Frame::Status { conversation_id: id, message }.text();
                }
                let view = &gathered.view(&conversation, user.visibility.masks_phones);
                let lead_id = conversation.lead;
                Frame::Message { conversation_id: id, lead_id, message, conversation: view }.text()
            });
            news.push(one.also_for(sender));
        }
        for conversation in wanted {
            let before: Vec<_> = self.before(&conversation).collect();
            // A conversation that stands in a message's frame needs none of its own.
            if needed.contains(&conversation.id) && before.is_empty() {
                continue;
            }
            let gathered = Arc::clone(&gathered);
            let about = std::iter::once(conversation.clone()).chain(before).collect();
            news.push(News::new(about, false, move |user| {
                if !may_see(user, &conversation) {
                    return Frame::Hidden { conversation_id: conversation.id }.text();
                }
                Frame::Conversation { conversation: &gathered.view(&conversation, user.visibility.masks_phones) }.text()
            }));
        }
        for lead in leads {
            let about = lead.conversations.iter().filter_map(|id| conversation(*id)).cloned().collect();
            news.push(News::new(about, false, move |_| Frame::Lead { lead_id: lead.id, stage: lead.stage }.text()));
        }
        Ok(news)
    }

    /// The conversation as it was for those who had it before.
    fn before(&self, conversation: &Conversation) -> impl Iterator<Item = Conversation> {
        let former = self.former.iter().filter(|(id, _)| *id == conversation.id);
        former.map(|(_, assignee)| Conversation { assignee: *assignee, ..conversation.clone() })
    }

    /// Whether a line is told to those alone who have its conversation open: one that has come further, or that a phone
    /// brought of the past.
    fn is_quiet(&self, history: HistoryId, entry: &Entry) -> bool {
        entry.is_imported() || self.statuses.contains(&(history, entry.id))
    }

    /// What goes to one connection: its greeting, what concerns the conversation on screen, and then the rest.
    fn frames(&self, connection: &Connection, user: &User, news: &[News]) -> Vec<String> {
        let mut frames = Vec::new();
        if self.connected.contains(&connection.id) {
            frames.push(Frame::hello().text());
        }
        let (on_screen, rest): (Vec<_>, Vec<_>) = news.iter().partition(|one| one.is_open_at(connection));
        let own = on_screen.into_iter().chain(rest).filter_map(|one| one.text_for(connection, user));
        frames.extend(own.filter(|text| !text.is_empty()).take(MOST_FRAMES));
        frames
    }
}

/// Who sent the message that did not reach the customer; none of any other line.
fn sender_of_failed(entry: &Entry, now: Timestamp) -> Option<UserId> {
    let Line::Sent(sent) = &entry.line else { return None };
    match (sent.by, sent.send.shown(now).has_failed()) {
        (Actor::User(user), true) => Some(user),
        (Actor::User(_) | Actor::ApiKey(_) | Actor::Operator(_) | Actor::Nobody, _) => None,
    }
}
