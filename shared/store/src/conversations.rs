//! Heads of conversations: written as maxima, listed by last activity.
//!
//! A change is first tried without a read, under the condition that it is newer in every respect. Where that
//! does not hold, the head that the refusal brings is folded in `domain`, and written under its revision.

use crate::expression::{Condition, Update};
use crate::keys::{self, Key, List};
use crate::query::{Query, Read};
use crate::table::{Change, Written};
use crate::{RACES, Store, StoreError};
use domain::Direction;
use domain::conversations::{ConversationStatus, Head, Last, Profile, Received};
use domain::history::Event;
use domain::{Assignee, ConversationId, LeadId, MessageId, TenantId, Text, Timestamp, digest};
use serde::{Deserialize, Serialize};

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct HeadItem {
    ty: String,
    v: u8,
    ld: LeadId,
    st: ConversationStatus,
    /// The revision: counts every change.
    rv: u64,
    so: bool,
    /// The newest message: id, direction, type, beginning.
    #[serde(default)]
    lm: Option<MessageId>,
    #[serde(default)]
    li: Option<Direction>,
    #[serde(default)]
    lk: Option<String>,
    #[serde(default)]
    lp: Option<Text>,
    /// The profile: told by, name, username.
    #[serde(default)]
    pb: Option<MessageId>,
    #[serde(default)]
    pn: Option<Text>,
    #[serde(default)]
    pu: Option<Text>,
    /// Latest arrival, the customer's last writing, read up to, last read.
    #[serde(default)]
    ar: Option<Timestamp>,
    #[serde(default)]
    cw: Option<Timestamp>,
    /// When the customer last called.
    #[serde(default)]
    cc: Option<Timestamp>,
    #[serde(default)]
    ra: Option<Timestamp>,
    #[serde(default)]
    lr: Option<Timestamp>,
    /// Our last send.
    #[serde(default)]
    ls: Option<MessageId>,
    /// Who answers it. Projected into GSI1.
    #[serde(default)]
    assignee: Option<Assignee>,
    #[serde(rename = "su", default)]
    snoozed_until: Option<Timestamp>,
    /// Only while it is closed or snoozed.
    #[serde(rename = "sa", default)]
    set_aside: Option<Timestamp>,
    #[serde(rename = "ws", default)]
    waiting_since: Option<Timestamp>,
    #[serde(rename = "se", default)]
    settled: Option<Timestamp>,
    #[serde(rename = "GSI1PK")]
    list: String,
    #[serde(rename = "GSI1SK")]
    rank: String,
    /// Whose list of waiting conversations it stands in: only while it is open.
    #[serde(rename = "GSI3PK", default)]
    waiting_list: Option<String>,
    /// Its place there: only while something waits.
    #[serde(rename = "GSI3SK", default)]
    waiting_rank: Option<String>,
}

impl HeadItem {
    pub(crate) fn of(tenant: TenantId, head: &Head, revision: u64) -> Self {
        Self {
            ty: "head".into(),
            v: 1,
            ld: head.lead,
            st: head.status,
            rv: revision,
            so: head.stage_open,
            lm: head.last.as_ref().map(|last| last.id),
            li: head.last.as_ref().map(|last| last.direction),
            lk: head.last.as_ref().map(|last| last.kind.clone()),
            lp: head.last.as_ref().map(|last| last.preview.clone()),
            pb: head.profile.as_ref().map(|profile| profile.told_by),
            pn: head.profile.as_ref().and_then(|profile| profile.name.clone()),
            pu: head.profile.as_ref().and_then(|profile| profile.username.clone()),
            ar: head.arrived,
            cw: head.customer_wrote,
            cc: head.customer_called,
            ra: head.read_at,
            lr: head.last_read,
            ls: head.last_send,
            assignee: head.assignee,
            snoozed_until: head.snoozed_until,
            set_aside: head.set_aside,
            waiting_since: head.waiting_since,
            settled: head.settled,
            list: List::Inbox(tenant, head.status, head.assignee).pk(),
            rank: rank(head),
            waiting_list: (head.status == ConversationStatus::Open).then(|| List::Waiting(tenant, head.assignee).pk()),
            waiting_rank: head.waiting_since.map(|since| waiting_rank(since, head.id)),
        }
    }

    pub(crate) fn head(self, id: ConversationId) -> Head {
        let last = self.lm.map(|id| Last {
            id,
            direction: self.li.unwrap_or(Direction::In),
            kind: self.lk.unwrap_or_default(),
            preview: self.lp.unwrap_or_default(),
        });
        Head {
            id,
            lead: self.ld,
            status: self.st,
            last,
            profile: self.pb.map(|told_by| Profile { told_by, name: self.pn, username: self.pu }),
            arrived: self.ar,
            customer_wrote: self.cw,
            customer_called: self.cc,
            read_at: self.ra,
            last_read: self.lr,
            last_send: self.ls,
            stage_open: self.so,
            assignee: self.assignee,
            snoozed_until: self.snoozed_until,
            set_aside: self.set_aside,
            waiting_since: self.waiting_since,
            settled: self.settled,
        }
    }
}

fn rank(head: &Head) -> String {
    match &head.last {
        Some(last) => rank_by(last.id, head.id),
        None => keys::rank(head.id.home.at(), &format!("{}{}", head.id.home.bare(), head.id.channel.bare())),
    }
}

/// The place of a conversation in its list: by its newest message, whose id orders messages of one second too.
fn rank_by(last: MessageId, id: ConversationId) -> String {
    keys::rank(last.at(), &format!("{}{}{}", last.bare(), id.home.bare(), id.channel.bare()))
}

/// The place of a conversation among those that wait.
fn waiting_rank(since: Timestamp, id: ConversationId) -> String {
    keys::rank(since, &format!("{}{}", id.home.bare(), id.channel.bare()))
}

/// Which of a head's changes was the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Revision(pub(crate) u64);

/// What came of telling a head about an event.
#[derive(Clone, Debug, PartialEq)]
pub enum Told {
    /// The head as it is now.
    Head(Box<Head>),
    /// There is no such conversation.
    Missing,
}

impl Store {
    /// One conversation's head.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read.
    pub async fn head(&self, tenant: TenantId, id: ConversationId) -> Result<Option<Head>, StoreError> {
        Ok(self.head_to_change(tenant, id).await?.map(|(head, _)| head))
    }

    /// Many heads, in no order; those that do not exist are left out.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read.
    pub async fn heads(&self, tenant: TenantId, ids: &[ConversationId]) -> Result<Vec<Head>, StoreError> {
        let keys: Vec<_> = ids.iter().map(|id| Key::Head(tenant, *id)).collect();
        let mut heads = Vec::with_capacity(keys.len());
        for item in self.table.get_all(&keys, Read::Eventual).await? {
            if let Key::Head(_, id) = item.key {
                heads.push(item.read::<HeadItem>()?.head(id));
            }
        }
        Ok(heads)
    }

    /// Tells the head that something of the customer was received. One that opens the conversation again leaves a line in
    /// the history. May be repeated, in any order.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written, or others keep writing to the head.
    pub async fn receive(&self, tenant: TenantId, id: ConversationId, received: &Received) -> Result<Told, StoreError> {
        let mut attempt = newest(tenant, id, received);
        for _ in 0..RACES {
            let item = match self.table.update::<HeadItem>(attempt).await? {
                Written::Done(item) => return Ok(Told::Head(Box::new(item.head(id)))),
                Written::Refused(None) => return Ok(Told::Missing),
                Written::Refused(Some(item)) => item,
            };
            let revision = item.rv;
            let before = item.head(id);
            let after = before.after(received);
            if after == before {
                return Ok(Told::Head(Box::new(before)));
            }
            attempt = whole(tenant, &after, revision);
            if before.status != after.status {
                let line = MessageId::at_moment(received.arrived, digest::bits80(&["opened", &received.id.bare()]));
                let event = Event::StatusChanged {
                    channel: id.channel,
                    from: before.status,
                    to: after.status,
                    until: None,
                    by: None,
                };
                let changes = vec![Change::update(attempt), crate::messages::event(tenant, id.home, line, &event)?];
                match self.table.together(changes).await {
                    Ok(Written::Done(())) => return Ok(Told::Head(Box::new(after))),
                    Ok(Written::Refused(_)) | Err(StoreError::Conflict) => {}
                    Err(error) => return Err(error),
                }
                attempt = newest(tenant, id, received);
            }
        }
        Err(StoreError::Conflict)
    }

    /// Tells the head that the customer called at `at`, or took a call of the business. May be repeated, in any order.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written, or others keep writing to the head.
    pub async fn tell_call(&self, tenant: TenantId, id: ConversationId, at: Timestamp) -> Result<Told, StoreError> {
        let latest = Update::of(Key::Head(tenant, id))
            .set("cc", &at)
            .count_up("rv")
            .when(Condition::Exists)
            .when(Condition::below("cc", &at));
        self.change_head(tenant, id, latest, |head| head.called(at)).await
    }

    /// One conversation's head, and its revision.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read.
    pub async fn head_to_change(
        &self,
        tenant: TenantId,
        id: ConversationId,
    ) -> Result<Option<(Head, Revision)>, StoreError> {
        let item: Option<HeadItem> = self.table.get(&Key::Head(tenant, id), Read::Strong).await?;
        Ok(item.map(|item| {
            let revision = Revision(item.rv);
            (item.head(id), revision)
        }))
    }

    /// Writes `head`, unless it was changed since it had `revision`; true if it was written.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn replace_head(&self, tenant: TenantId, head: &Head, revision: Revision) -> Result<bool, StoreError> {
        let written = self.table.update::<HeadItem>(whole(tenant, head, revision.0)).await?;
        Ok(matches!(written, Written::Done(_)))
    }

    /// How many messages nobody has read, counted up to `most`.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read.
    pub async fn unread(&self, tenant: TenantId, head: &Head, most: usize) -> Result<usize, StoreError> {
        if !head.is_unread() {
            return Ok(0);
        }
        let (from, to) = (head.unread_since(), Timestamp::from_millis(i64::MAX));
        let (low, high) = keys::history_between(from, to);
        let mut query = Query::partition(keys::home(tenant, head.id.home))
            .between(low, high)
            .only(Condition::is("ct", &true))
            .only(Condition::is("ch", &head.id.channel));
        if let Some(read_at) = head.read_at {
            query = query.only(Condition::above("ar", &read_at));
        }
        self.table.count(&query, most).await
    }

    /// Opens a further conversation of a lead that exists: its first on this channel.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn open_conversation(
        &self,
        tenant: TenantId,
        id: ConversationId,
        lead: LeadId,
    ) -> Result<bool, StoreError> {
        if self.lead(tenant, lead).await?.is_none() {
            return Ok(false);
        }
        let head = Head::new(id, lead, true);
        let changes = vec![
            Change::create(&Key::Head(tenant, id), &HeadItem::of(tenant, &head, 1))?,
            Change::update(Update::of(Key::Lead(tenant, lead)).append("cv", &id).when(Condition::Exists)),
        ];
        match self.table.together(changes).await? {
            Written::Done(()) => Ok(true),
            Written::Refused(_) => Ok(self.head(tenant, id).await?.is_some()),
        }
    }

    pub(crate) async fn change_head(
        &self,
        tenant: TenantId,
        id: ConversationId,
        first_try: Update,
        fold: impl Fn(&Head) -> Head,
    ) -> Result<Told, StoreError> {
        let mut attempt = first_try;
        for _ in 0..RACES {
            let item: HeadItem = match self.table.update(attempt).await? {
                Written::Done(item) => return Ok(Told::Head(Box::new(HeadItem::head(item, id)))),
                Written::Refused(None) => return Ok(Told::Missing),
                Written::Refused(Some(item)) => item,
            };
            let revision = item.rv;
            let before = item.head(id);
            let after = fold(&before);
            if after == before {
                return Ok(Told::Head(Box::new(before)));
            }
            attempt = whole(tenant, &after, revision);
        }
        Err(StoreError::Conflict)
    }
}

/// The update where the event is the newest in every respect: no read is needed.
fn newest(tenant: TenantId, id: ConversationId, received: &Received) -> Update {
    let mut update = Update::of(Key::Head(tenant, id)).count_up("rv").when(Condition::Exists);
    if let Some(profile) = &received.profile {
        update = update
            .set("pb", &profile.told_by)
            .set_or_remove("pn", profile.name.as_ref())
            .set_or_remove("pu", profile.username.as_ref())
            .when(Condition::below("pb", &profile.told_by));
    }
    if let Some(shown) = &received.shown {
        update = with_last(id, update, shown)
            .set("ar", &received.arrived)
            .set("cw", &received.written())
            .set_once("ws", &received.written())
            .set_once("GSI3SK", &waiting_rank(received.written(), id))
            .when(Condition::Absent("sa"))
            .when(Condition::below("se", &received.arrived))
            .when(Condition::below("lm", &shown.id))
            .when(Condition::at_most("ar", &received.arrived))
            .when(Condition::at_most("cw", &received.written()));
    }
    update
}

/// The update by which `head` learns of a send that comes right after its last one. Where the customer has written since
/// `head` was read, it is refused.
pub(crate) fn followed(tenant: TenantId, head: &Head, send: &Last) -> Update {
    let update = Update::of(Key::Head(tenant, head.id)).set("ls", &send.id).count_up("rv").when(Condition::Exists);
    let update = update.when(match &head.last_send {
        Some(before) => Condition::is("ls", before),
        None => Condition::Absent("ls"),
    });
    let (answered, at) = (head.answered(send.at()), send.at());
    let update = update.set_or_remove("se", answered.settled.as_ref());
    let update = match (answered.waiting_since, head.arrived) {
        (Some(since), Some(arrived)) => {
            update.set("ws", &since).set("GSI3SK", &waiting_rank(since, head.id)).when(Condition::is("ar", &arrived))
        }
        (_, Some(arrived)) if arrived > at => update.when(Condition::is("ar", &arrived)),
        (Some(_) | None, _) => update.remove("ws").remove("GSI3SK").when(Condition::at_most("ar", &at)),
    };
    if head.last.as_ref().is_some_and(|last| last.id > send.id) {
        return update;
    }
    with_last(head.id, update, send).when(Condition::below("lm", &send.id))
}

fn with_last(id: ConversationId, update: Update, last: &Last) -> Update {
    let place = rank_by(last.id, id);
    update
        .set("lm", &last.id)
        .set("li", &last.direction)
        .set("lk", &last.kind)
        .set("lp", &last.preview)
        .set("GSI1SK", &place)
}

/// The update that writes every fact of `head`, if nobody has changed it since `revision`.
pub(crate) fn whole(tenant: TenantId, head: &Head, revision: u64) -> Update {
    let item = HeadItem::of(tenant, head, revision + 1);
    Update::of(Key::Head(tenant, head.id))
        .set("rv", &item.rv)
        .set("so", &item.so)
        .set_or_remove("lm", item.lm.as_ref())
        .set_or_remove("li", item.li.as_ref())
        .set_or_remove("lk", item.lk.as_ref())
        .set_or_remove("lp", item.lp.as_ref())
        .set_or_remove("pb", item.pb.as_ref())
        .set_or_remove("pn", item.pn.as_ref())
        .set_or_remove("pu", item.pu.as_ref())
        .set_or_remove("ar", item.ar.as_ref())
        .set_or_remove("cw", item.cw.as_ref())
        .set_or_remove("cc", item.cc.as_ref())
        .set_or_remove("ra", item.ra.as_ref())
        .set_or_remove("lr", item.lr.as_ref())
        .set_or_remove("ls", item.ls.as_ref())
        .set("st", &item.st)
        .set_or_remove("assignee", item.assignee.as_ref())
        .set_or_remove("su", item.snoozed_until.as_ref())
        .set_or_remove("sa", item.set_aside.as_ref())
        .set_or_remove("ws", item.waiting_since.as_ref())
        .set_or_remove("se", item.settled.as_ref())
        .set("GSI1PK", &item.list)
        .set("GSI1SK", &item.rank)
        .set_or_remove("GSI3PK", item.waiting_list.as_ref())
        .set_or_remove("GSI3SK", item.waiting_rank.as_ref())
        .when(Condition::is("rv", &revision))
}
