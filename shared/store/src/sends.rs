//! Sends: lines of the history that carry how far they have come. Each step is one conditional write.

use crate::conversations::followed;
use crate::due_rank::{self, DueKind};
use crate::expression::{Condition, Update};
use crate::keys::{self, Key, List};
use crate::messages::{Split, body_item, json};
use crate::query::{Query, Read};
use crate::table::{Change, Written};
use crate::{RACES, Store, StoreError};
use domain::conversations::{Head, Last};
use domain::identities::Addressee;
use domain::sends::{Address, FIRST_SWEEP, Failure, Outcome, Send, SendState};
use domain::statuses::{Delivery, Pricing, Status, StatusError, StatusUpdate};
use domain::{Actor, Bsuid, ChannelId, Content, ConversationId, HomeId, MessageId, TenantId, Text, Timestamp, Wamid};
use serde::{Deserialize, Serialize};

/// How far a send has come, as the item and the stream's filter spell it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Step {
    Queued,
    Claimed,
    Accepted,
    Failed,
    Unconfirmed,
}

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct SendItem {
    pub(crate) ty: String,
    v: u8,
    pub(crate) ch: ChannelId,
    by: Actor,
    to: Address,
    /// The recipient's user id, where `to` is the phone.
    bs: Option<Bsuid>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) c: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) p: Option<Text>,
    #[serde(default)]
    pu: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rt: Option<Wamid>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    af: Option<MessageId>,
    ex: Timestamp,
    st: Step,
    /// Not before; claimed by, until; tries; how often redriven; why it failed, or why the channel was refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    nb: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    cb: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    cu: Option<Timestamp>,
    #[serde(default)]
    tr: u32,
    #[serde(default)]
    rd: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    fl: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    w: Option<Wamid>,
    /// When it was sent, delivered, read, played, failed; why; and what it costs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    s1: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    s2: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    s3: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    s4: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    s5: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    er: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pr: Option<String>,
    #[serde(rename = "GSI1PK", default, skip_serializing_if = "Option::is_none")]
    list: Option<String>,
    #[serde(rename = "GSI1SK", default, skip_serializing_if = "Option::is_none")]
    rank: Option<String>,
}

/// The attribute in which each status keeps its time.
const fn attribute(status: Status) -> &'static str {
    match status {
        Status::Sent => "s1",
        Status::Delivered => "s2",
        Status::Read => "s3",
        Status::Played => "s4",
        Status::Failed => "s5",
    }
}

impl SendItem {
    fn of(tenant: TenantId, send: &Send, by: Actor) -> Result<(Self, Option<String>), StoreError> {
        let split = Split::of(&Content::Text { body: send.body.clone() })?;
        let item = Self {
            ty: "out".into(),
            v: 1,
            ch: send.conversation.channel,
            by,
            to: send.to.clone(),
            bs: send.bsuid.clone(),
            c: split.inline,
            p: split.preview,
            pu: send.preview_url,
            rt: send.reply_to.clone(),
            af: send.after,
            ex: send.expires,
            st: Step::Queued,
            nb: None,
            cb: None,
            cu: None,
            tr: 0,
            rd: 0,
            fl: None,
            w: None,
            s1: None,
            s2: None,
            s3: None,
            s4: None,
            s5: None,
            er: None,
            pr: None,
            list: Some(due_list(send.id)),
            rank: Some(due_rank(tenant, send.id, send.id.moment().plus(FIRST_SWEEP))),
        };
        Ok((item, split.body))
    }

    /// Reads the item as a send; `body` is its content where that stands beside it.
    pub(crate) fn read(self, home: HomeId, id: MessageId, body: Option<&str>) -> Result<(Send, Actor), StoreError> {
        let corrupt = |problem: String| StoreError::corrupt(id.to_string(), &problem);
        let content = match self.c.as_deref().or(body) {
            Some(json) => serde_json::from_str(json).map_err(|error| corrupt(error.to_string()))?,
            None => Content::Text { body: self.p.clone().unwrap_or_default() },
        };
        let body = if let Content::Text { body } = content { body } else { content.readable() };
        let send = Send {
            id,
            conversation: ConversationId { home, channel: self.ch },
            to: self.to.clone(),
            bsuid: self.bs.clone(),
            body,
            preview_url: self.pu,
            reply_to: self.rt.clone(),
            after: self.af,
            state: self.state().map_err(corrupt)?,
            tries: self.tr,
            redriven: self.rd,
            expires: self.ex,
            wamid: self.w.clone(),
            delivery: self.delivery().map_err(corrupt)?,
        };
        Ok((send, self.by))
    }

    fn addressee(self) -> Addressee {
        match self.to {
            Address::Phone(phone) => Addressee { phone: Some(phone), bsuid: self.bs },
            Address::Bsuid(bsuid) => Addressee { phone: None, bsuid: Some(bsuid) },
        }
    }

    /// By whom it was sent, and on which channel.
    pub(crate) const fn author(&self) -> (Actor, ChannelId) {
        (self.by, self.ch)
    }

    fn state(&self) -> Result<SendState, String> {
        Ok(match self.st {
            Step::Queued => SendState::Queued { not_before: self.nb, refusal: parse(self.fl.as_deref())? },
            Step::Claimed => SendState::Claimed {
                by: self.cb.clone().ok_or("claimed by nobody")?,
                until: self.cu.ok_or("claimed for ever")?,
            },
            Step::Accepted => SendState::Accepted,
            Step::Failed => SendState::Failed(
                serde_json::from_str(self.fl.as_deref().unwrap_or_default()).map_err(|error| error.to_string())?,
            ),
            Step::Unconfirmed => SendState::Unconfirmed,
        })
    }

    fn delivery(&self) -> Result<Delivery, String> {
        let errors: Option<Vec<StatusError>> = parse(self.er.as_deref())?;
        let pricing: Option<Pricing> = parse(self.pr.as_deref())?;
        Ok(Delivery {
            sent: self.s1,
            delivered: self.s2,
            read: self.s3,
            played: self.s4,
            failed: self.s5,
            errors: errors.unwrap_or_default(),
            pricing,
        })
    }
}

fn parse<T: for<'a> Deserialize<'a>>(json: Option<&str>) -> Result<Option<T>, String> {
    json.map(serde_json::from_str).transpose().map_err(|error| error.to_string())
}

/// A send at rest: only a queued one of which WhatsApp has said nothing may be claimed.
fn untold(update: Update) -> Update {
    Status::ALL.iter().fold(update, |update, status| update.when(Condition::Absent(attribute(*status))))
}

impl Store {
    /// Writes a new send, queued, and tells the head of it: both or neither, so that no list ever shows a message that
    /// is not there. It comes after the head's last send; `head` may be out of date. Gives the send as it stands then:
    /// one that is written already stays as it is. None if there is no such conversation.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written, or others keep sending into the conversation.
    pub async fn accept_send(
        &self,
        tenant: TenantId,
        head: Head,
        send: Send,
        shown: &Last,
        by: Actor,
    ) -> Result<Option<Send>, StoreError> {
        let (mut head, home) = (head, send.conversation.home);
        for _ in 0..RACES {
            let send = Send { after: head.last_send.filter(|before| *before < send.id), ..send.clone() };
            let (item, body) = SendItem::of(tenant, &send, by)?;
            let mut changes = vec![
                Change::update(followed(tenant, &head, shown)),
                Change::create(&Key::Entry(tenant, home, send.id), &item)?,
            ];
            if let Some(body) = body {
                changes.push(Change::create(&Key::Body(tenant, home, send.id), &body_item(body))?);
            }
            match self.table.together(changes).await {
                Ok(Written::Done(())) => return Ok(Some(send)),
                Ok(Written::Refused(_)) | Err(StoreError::Conflict) => {}
                Err(error) => return Err(error),
            }
            if let Some(there) = self.send(tenant, home, send.id).await? {
                return Ok(Some(there));
            }
            let Some(now) = self.head(tenant, send.conversation).await? else { return Ok(None) };
            head = now;
        }
        Err(StoreError::Conflict)
    }

    /// One send, as it stands this moment.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read.
    pub async fn send(&self, tenant: TenantId, home: HomeId, id: MessageId) -> Result<Option<Send>, StoreError> {
        let key = Key::Entry(tenant, home, id);
        let Some(item) = self.table.get::<SendItem>(&key, Read::Strong).await? else { return Ok(None) };
        let body = match item.c {
            Some(_) => None,
            None => self.table.get::<crate::messages::BodyItem>(&Key::Body(tenant, home, id), Read::Strong).await?,
        };
        item.read(home, id, body.as_ref().map(|body| body.c.as_str())).map(|(send, _)| Some(send))
    }

    /// Claims a queued send for one dispatch, before it is posted. False if it is no longer to be posted. A claim
    /// that is ours already, because its answer was lost on the way, counts as ours.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn claim(&self, tenant: TenantId, send: &Send, by: &str, until: Timestamp) -> Result<bool, StoreError> {
        let update = Update::of(Key::Entry(tenant, send.conversation.home, send.id))
            .set("st", &Step::Claimed)
            .set("cb", &by)
            .set("cu", &until)
            .remove("nb")
            .remove("fl")
            .when(Condition::is("st", &Step::Queued));
        match self.table.update::<SendItem>(untold(update)).await? {
            Written::Done(_) => Ok(true),
            Written::Refused(Some(there)) => Ok(there.st == Step::Claimed && there.cb.as_deref() == Some(by)),
            Written::Refused(None) => Ok(false),
        }
    }

    /// Writes down what came of the post that the dispatch `by` made. Where WhatsApp has told more by now, that holds.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn settle(
        &self,
        tenant: TenantId,
        send: &Send,
        by: &str,
        outcome: &Outcome,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let update = Update::of(Key::Entry(tenant, send.conversation.home, send.id)).when(Condition::is("cb", &by));
        let update = match outcome {
            Outcome::Accepted(wamid) => {
                settled(named(update, tenant, wamid).set("st", &Step::Accepted), tenant, send.id)
            }
            Outcome::NotYet(pause) => requeued(update, tenant, send.id, now.plus(*pause)),
            Outcome::Unauthorised(failure) => {
                requeued(update, tenant, send.id, now.plus(FIRST_SWEEP)).set("fl", &json(failure)?)
            }
            Outcome::Refused(failure) => {
                let update = untold(update).when(Condition::is("st", &Step::Claimed));
                settled(failed(update, failure)?, tenant, send.id)
            }
            Outcome::Unknown => update.set("st", &Step::Unconfirmed).when(Condition::is("st", &Step::Claimed)),
        };
        self.step(update).await
    }

    /// Writes down why a queued send cannot be posted yet.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn hold(&self, tenant: TenantId, send: &Send, refusal: &Failure) -> Result<(), StoreError> {
        let update = Update::of(Key::Entry(tenant, send.conversation.home, send.id)).set("fl", &json(refusal)?);
        self.step(untold(update).when(Condition::is("st", &Step::Queued))).await
    }

    /// Has a queued send wait for its turn at `turn`, at which it may go out. The sweeper looks at it at `look`.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn wait_for_turn(
        &self,
        tenant: TenantId,
        send: &Send,
        turn: Timestamp,
        look: Timestamp,
    ) -> Result<(), StoreError> {
        let update = Update::of(Key::Entry(tenant, send.conversation.home, send.id))
            .set("nb", &turn)
            .set("GSI1SK", &due_rank(tenant, send.id, look))
            .when(Condition::is("st", &Step::Queued))
            .when(Condition::Absent("nb"));
        self.step(untold(update)).await
    }

    /// Gives a queued send up.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn give_up(&self, tenant: TenantId, send: &Send, failure: &Failure) -> Result<(), StoreError> {
        let update = Update::of(Key::Entry(tenant, send.conversation.home, send.id));
        let update = failed(untold(update).when(Condition::is("st", &Step::Queued)), failure)?;
        self.step(settled(update, tenant, send.id)).await
    }

    /// Marks a send whose claim has run out: nobody knows whether it went out. `look` is when the sweeper looks again.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn unconfirm(&self, tenant: TenantId, send: &Send, look: Timestamp) -> Result<(), StoreError> {
        let SendState::Claimed { by, .. } = &send.state else { return Ok(()) };
        let update = Update::of(Key::Entry(tenant, send.conversation.home, send.id))
            .set("st", &Step::Unconfirmed)
            .set("GSI1SK", &due_rank(tenant, send.id, look))
            .when(Condition::is("st", &Step::Claimed))
            .when(Condition::is("cb", by));
        self.step(untold(update)).await
    }

    /// Moves the time at which the sweeper looks at a send again; `redriven` if it goes into the queue once more.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn look_again(
        &self,
        tenant: TenantId,
        send: &Send,
        look: Timestamp,
        redriven: bool,
    ) -> Result<(), StoreError> {
        let update = Update::of(Key::Entry(tenant, send.conversation.home, send.id))
            .set("GSI1SK", &due_rank(tenant, send.id, look))
            .when(Condition::is("rd", &send.redriven))
            .when(Condition::is("GSI1PK", &due_list(send.id)));
        self.step(if redriven { update.count_up("rd") } else { update }).await
    }

    /// Lets the sweeper look at this send no more.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn look_no_more(&self, tenant: TenantId, send: &Send) -> Result<(), StoreError> {
        let update = Update::of(Key::Entry(tenant, send.conversation.home, send.id)).when(Condition::Exists);
        self.step(settled(update, tenant, send.id)).await
    }

    /// Writes down what WhatsApp says of a message of ours: its time, if it is the first of its kind. Gives by what we
    /// knew its recipient; none if there is no such message on this channel. May be repeated, in any order.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn tell_status(
        &self,
        tenant: TenantId,
        (conversation, id): (ConversationId, MessageId),
        told: &StatusUpdate,
    ) -> Result<Option<Addressee>, StoreError> {
        let update = Update::of(Key::Entry(tenant, conversation.home, id)).set_once(attribute(told.status), &told.at);
        let mut update = settled(named(update, tenant, &told.wamid), tenant, id);
        if let Some(pricing) = &told.pricing {
            update = update.set_once("pr", &json(pricing)?);
        }
        if told.status == Status::Failed {
            update = update.set_once("er", &json(&told.errors)?);
        }
        let update = update.when(Condition::is("ty", &"out")).when(Condition::is("ch", &conversation.channel));
        match self.table.update::<SendItem>(update).await? {
            Written::Done(item) => Ok(Some(item.addressee())),
            Written::Refused(_) => Ok(None),
        }
    }

    /// The sends of a conversation that were accepted from a user from `from` to `to`.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read.
    pub async fn sends_between(
        &self,
        tenant: TenantId,
        conversation: ConversationId,
        (from, to): (Timestamp, Timestamp),
    ) -> Result<Vec<Send>, StoreError> {
        let (low, high) = keys::history_between(from, to);
        let query = Query::partition(keys::home(tenant, conversation.home)).between(low, high).strong();
        let query = query.only(Condition::is("ty", &"out")).only(Condition::is("ch", &conversation.channel));
        let mut sends = Vec::new();
        for item in self.table.query(&query).await?.0 {
            if let Key::Entry(_, home, id) = item.key {
                sends.push(item.read::<SendItem>()?.read(home, id, None)?.0);
            }
        }
        Ok(sends)
    }

    async fn step(&self, update: Update) -> Result<(), StoreError> {
        match self.table.update::<SendItem>(update).await? {
            Written::Done(_) | Written::Refused(_) => Ok(()),
        }
    }
}

fn named(update: Update, tenant: TenantId, wamid: &Wamid) -> Update {
    update.set_once("w", wamid).set_once("GSI2PK", &keys::find_wamid(tenant, wamid))
}

/// The list of due work in which a send stands: each send is waited for by itself.
fn due_list(id: MessageId) -> String {
    List::due(&id.bare()).pk()
}

fn due_rank(tenant: TenantId, id: MessageId, at: Timestamp) -> String {
    due_rank::due_rank(DueKind::Send, tenant, at, &id.bare())
}

/// What is settled is no longer due: it goes into the list of what the business has sent.
fn settled(update: Update, tenant: TenantId, id: MessageId) -> Update {
    update.set("GSI1PK", &List::Sends(tenant).pk()).set("GSI1SK", &keys::rank(id.moment(), &id.bare()))
}

fn requeued(update: Update, tenant: TenantId, id: MessageId, not_before: Timestamp) -> Update {
    let look = due_rank(tenant, id, not_before.plus(FIRST_SWEEP));
    let update = update.set("st", &Step::Queued).set("nb", &not_before).set("GSI1SK", &look).count_up("tr");
    untold(update.when(Condition::is("st", &Step::Claimed)))
}

fn failed(update: Update, failure: &Failure) -> Result<Update, StoreError> {
    Ok(update.set("st", &Step::Failed).set("fl", &json(failure)?))
}
