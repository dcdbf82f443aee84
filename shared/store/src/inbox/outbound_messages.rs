//! Sends: lines of the history that carry how far they have come. Each step is one conditional write.

use crate::inbox::bookings::Reservation;
use crate::inbox::conversations::{append_send, append_unseen};
use crate::inbox::messages::{AmendmentItem, Split, body_item, child, child_failed};
use crate::reliability::due_rank::{self, DueKind};
use crate::table::client::{Change, Conditional};
use crate::table::encoding::json;
use crate::table::expression::{Condition, Update};
use crate::table::item::{Attr, FOUND_BY, Item, LIST, RANK, TYPE, item};
use crate::table::keys::{self, InboxKey, Key, List, Partition};
use crate::table::query::{Query, Read};
use crate::{RACES, StoreError, TenantStore};
use domain::channels::failures::Failure;
use domain::identities::Addressee;
use domain::inbox::conversations::{Conversation, LastMessage};
use domain::inbox::history::Amendment;
use domain::inbox::outbound_content::{Draft, OutboundReaction, OutboundText};
use domain::inbox::outbound_messages::{Address, FIRST_SWEEP, OutboundMessage, Outcome, SendState};
use domain::inbox::statuses::{Delivery, Pricing, Status, StatusError};
use domain::{
    Actor, Bsuid, ChannelId, Content, ConversationId, Direction, HistoryId, MessageId, OutboundContent, TenantId, Text,
    Timestamp, Wamid,
};
use serde::{Deserialize, Serialize};

/// How far a message has come, as the item and the stream's filter spell it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Step {
    Scheduled,
    Cancelled,
    Queued,
    Held,
    Claimed,
    Accepted,
    Failed,
    Unconfirmed,
}

item! {
    #[derive(Clone)]
    pub(crate) struct OutboundItem: "out" {
        pub(crate) channel: ChannelId = "ch" as CHANNEL,
        by: Actor = "by" as BY,
        to: Address = "to",
        /// The recipient's user id, where `to` is the phone.
        bsuid?: Bsuid = "bs",
        /// The content as JSON; absent where it is too long and stands beside.
        content?: String = "c" as CONTENT,
        /// The beginning of a long content.
        preview?: Text = "p" as PREVIEW,
        /// Whether the first link has a preview, of a text that was written before its content said so.
        #[serde(default, skip_serializing)]
        preview_url: bool = "pu",
        reply_to?: Wamid = "rt",
        part_of?: MessageId = "po",
        /// The failed message that it repeats.
        retry_of?: MessageId = "ro",
        /// If it is not to go out once the customer has written: since when that counts.
        unless_written_since?: Timestamp = "uw" as UNLESS_WRITTEN_SINCE,
        /// Whether it confirms an opt-out.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        confirms_opt_out: bool = "co",
        after?: MessageId = "af" as AFTER,
        /// What its sender agreed to pay, as JSON.
        price?: String = "px" as PRICE,
        /// What goes out in its place if the window is closed, as JSON.
        fallback?: String = "fb" as FALLBACK,
        /// What is booked for it in budgets, as JSON.
        pub(super) booking?: String = "bk" as BOOKING,
        /// The month in which it is counted as a free service message.
        pub(super) free_month?: String = "fm" as FREE_MONTH,
        expires: Timestamp = "ex",
        pub(crate) step: Step = "st" as STEP,
        /// When it was last queued, where that was not at its acceptance.
        queued?: Timestamp = "qa" as QUEUED,
        /// Whether it is to see whether Meta still refuses its channel.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        probe: bool = "pb" as PROBE,
        not_before?: Timestamp = "nb" as NOT_BEFORE,
        claimed_by?: String = "cb" as CLAIMED_BY,
        claimed_until?: Timestamp = "cu" as CLAIMED_UNTIL,
        #[serde(default)]
        tries: u32 = "tr" as TRIES,
        #[serde(default)]
        redriven: u32 = "rd" as REDRIVEN,
        /// Why it failed or is held or, while it is queued, why the channel was refused.
        failure?: String = "fl" as FAILURE,
        pub(crate) wamid?: Wamid = "w" as WAMID,
        sent?: Timestamp = "s1" as SENT,
        delivered?: Timestamp = "s2" as DELIVERED,
        read?: Timestamp = "s3" as READ,
        played?: Timestamp = "s4" as PLAYED,
        failed?: Timestamp = "s5" as FAILED,
        /// The latest status whose word is not known, as JSON, and its time.
        other?: String = "so" as OTHER,
        other_at?: Timestamp = "sa" as OTHER_AT,
        /// The latest status of the payment that it asks for, as JSON, and its time.
        payment?: String = "sp" as PAYMENT,
        payment_at?: Timestamp = "sq" as PAYMENT_AT,
        /// WhatsApp's errors, as JSON.
        errors?: String = "er" as ERRORS,
        /// WhatsApp's pricing, as JSON.
        pub(super) pricing?: String = "pr" as PRICING,
        list?: String = "GSI1PK",
        rank?: String = "GSI1SK",
    }
}

/// The attribute in which each status keeps its time.
pub(super) const fn attribute(status: Status) -> Attr<Timestamp> {
    match status {
        Status::Sent => OutboundItem::SENT,
        Status::Delivered => OutboundItem::DELIVERED,
        Status::Read => OutboundItem::READ,
        Status::Played => OutboundItem::PLAYED,
        Status::Failed => OutboundItem::FAILED,
    }
}

impl OutboundItem {
    /// A new message: scheduled, or queued.
    pub(super) fn new(
        tenant: TenantId,
        send: &OutboundMessage,
        by: Actor,
    ) -> Result<(Self, Option<String>), StoreError> {
        let is_scheduled = send.state == SendState::Scheduled;
        let due = if is_scheduled { send.id.moment() } else { send.id.moment().plus(FIRST_SWEEP) };
        let split = Split::from_content(&send.content, || send.content.readable())?;
        let item = Self {
            channel: send.conversation.channel,
            by,
            to: send.to.clone(),
            bsuid: send.bsuid.clone(),
            content: split.inline,
            preview: split.preview,
            preview_url: false,
            reply_to: send.reply_to.clone(),
            part_of: send.part_of,
            retry_of: send.retry_of,
            unless_written_since: send.unless_written_since,
            confirms_opt_out: send.confirms_opt_out,
            after: send.after,
            price: send.price.as_ref().map(json).transpose()?,
            fallback: send.fallback.as_ref().map(json).transpose()?,
            booking: None,
            free_month: None,
            expires: send.expires,
            step: if is_scheduled { Step::Scheduled } else { Step::Queued },
            queued: None,
            probe: false,
            not_before: None,
            claimed_by: None,
            claimed_until: None,
            tries: 0,
            redriven: 0,
            failure: None,
            wamid: None,
            sent: None,
            delivered: None,
            read: None,
            played: None,
            failed: None,
            other: None,
            other_at: None,
            payment: None,
            payment_at: None,
            errors: None,
            pricing: None,
            list: Some(due_list(send.id)),
            rank: Some(due_rank(tenant, send.id, due)),
        };
        Ok((item, split.body))
    }

    /// Reads the item as a message; `body` is its content where that stands beside it.
    pub(crate) fn read(
        self,
        history: HistoryId,
        id: MessageId,
        body: Option<&str>,
    ) -> Result<(OutboundMessage, Actor), StoreError> {
        let corrupt = |problem: String| StoreError::corrupt(id.to_string(), &problem);
        let content = self.content(body).map_err(corrupt)?;
        let send = OutboundMessage {
            id,
            conversation: ConversationId { history, channel: self.channel },
            to: self.to.clone(),
            bsuid: self.bsuid.clone(),
            content,
            reply_to: self.reply_to.clone(),
            part_of: self.part_of,
            retry_of: self.retry_of,
            unless_written_since: self.unless_written_since,
            confirms_opt_out: self.confirms_opt_out,
            after: self.after,
            price: parse(self.price.as_deref()).map_err(corrupt)?,
            fallback: parse(self.fallback.as_deref()).map_err(corrupt)?,
            booking: parse(self.booking.as_deref()).map_err(corrupt)?,
            state: self.state().map_err(corrupt)?,
            tries: self.tries,
            redriven: self.redriven,
            queued: self.queued.unwrap_or_else(|| id.moment()),
            expires: self.expires,
            wamid: self.wamid.clone(),
            delivery: self.delivery().map_err(corrupt)?,
        };
        Ok((send, self.by))
    }

    /// What it says; the beginning of that where its content stands beside it and is not at hand.
    fn content(&self, body: Option<&str>) -> Result<OutboundContent, String> {
        let mut draft = match self.content.as_deref().or(body) {
            Some(json) => serde_json::from_str(json).map_err(|error| error.to_string())?,
            None => {
                let body = self.preview.clone().unwrap_or_default();
                Draft::Text(OutboundText { body, preview_url: false })
            }
        };
        if let Draft::Text(text) = &mut draft {
            text.preview_url |= self.preview_url;
        }
        OutboundContent::parse(draft).map_err(|error| error.to_string())
    }

    pub(super) fn is_claimed_by(&self, by: &str) -> bool {
        self.step == Step::Claimed && self.claimed_by.as_deref() == Some(by)
    }

    pub(super) fn addressee(self) -> Addressee {
        match self.to {
            Address::Phone(phone) => Addressee { phone: Some(phone), bsuid: self.bsuid },
            Address::Bsuid(bsuid) => Addressee { phone: None, bsuid: Some(bsuid) },
        }
    }

    /// By whom it was sent, and on which channel.
    pub(crate) const fn author(&self) -> (Actor, ChannelId) {
        (self.by, self.channel)
    }

    fn state(&self) -> Result<SendState, String> {
        Ok(match self.step {
            Step::Scheduled => SendState::Scheduled,
            Step::Cancelled => SendState::Cancelled,
            Step::Queued => SendState::Queued {
                not_before: self.not_before,
                refusal: parse(self.failure.as_deref())?,
                is_probe: self.probe,
            },
            Step::Held => SendState::Held(self.failure()?),
            Step::Claimed => SendState::Claimed {
                by: self.claimed_by.clone().ok_or("claimed by nobody")?,
                until: self.claimed_until.ok_or("claimed for ever")?,
            },
            Step::Accepted => SendState::Accepted,
            Step::Failed => SendState::Failed(self.failure()?),
            Step::Unconfirmed => SendState::Unconfirmed,
        })
    }

    fn failure(&self) -> Result<Failure, String> {
        serde_json::from_str(self.failure.as_deref().unwrap_or_default()).map_err(|error| error.to_string())
    }

    fn delivery(&self) -> Result<Delivery, String> {
        let errors: Option<Vec<StatusError>> = parse(self.errors.as_deref())?;
        let pricing: Option<Pricing> = parse(self.pricing.as_deref())?;
        Ok(Delivery {
            sent: self.sent,
            delivered: self.delivered,
            read: self.read,
            played: self.played,
            failed: self.failed,
            other: parse(self.other.as_deref())?,
            payment: parse(self.payment.as_deref())?,
            errors: errors.unwrap_or_default(),
            pricing,
        })
    }
}

fn parse<T: for<'a> Deserialize<'a>>(json: Option<&str>) -> Result<Option<T>, String> {
    json.map(serde_json::from_str).transpose().map_err(|error| error.to_string())
}

/// Steps of a message, as parts of an update.
impl Update {
    /// Only of a message of which WhatsApp has said nothing.
    pub(super) fn require_no_status(self) -> Self {
        Status::ALL.iter().fold(self, |update, status| update.when(Condition::absent(attribute(*status))))
    }

    pub(super) fn set_wamid(self, tenant: TenantId, wamid: &Wamid) -> Self {
        self.set_once(OutboundItem::WAMID, wamid).set_once(FOUND_BY, &keys::find_wamid(tenant, wamid))
    }

    /// Takes the message out of the due work, into the list of what the business has sent.
    pub(super) fn clear_due(self, tenant: TenantId, id: MessageId) -> Self {
        self.set(LIST, &List::Sends(tenant).pk()).set(RANK, &keys::rank(id.moment(), &id.ulid_str()))
    }

    fn requeue(self, tenant: TenantId, id: MessageId, not_before: Timestamp) -> Self {
        self.set(OutboundItem::STEP, &Step::Queued)
            .set(OutboundItem::NOT_BEFORE, &not_before)
            .set(RANK, &due_rank(tenant, id, not_before.plus(FIRST_SWEEP)))
            .remove(OutboundItem::PROBE)
            .count_up(OutboundItem::TRIES)
            .when(Condition::is(OutboundItem::STEP, &Step::Claimed))
            .require_no_status()
    }

    pub(super) fn fail(self, failure: &Failure) -> Result<Self, StoreError> {
        Ok(self.set(OutboundItem::STEP, &Step::Failed).set(OutboundItem::FAILURE, &json(failure)?))
    }
}

impl TenantStore<'_> {
    /// Writes a new message, queued, and tells the conversation of it: both or neither, so that no list ever shows a message that
    /// is not there. It comes after the conversation's last message; `conversation` may be out of date. Gives the message as it stands then:
    /// one that is written already stays as it is. None if there is no such conversation.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written, or others keep sending into the conversation.
    pub async fn accept_send(
        self,
        conversation: Conversation,
        send: OutboundMessage,
        shown: &LastMessage,
        by: Actor,
    ) -> Result<Option<OutboundMessage>, StoreError> {
        self.accept_sends(conversation, send, &[], shown, by).await
    }

    /// The same for a message that `more` follow, in their order: all of them or none. `shown` is the last.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written, or others keep sending into the conversation.
    pub async fn accept_sends(
        self,
        conversation: Conversation,
        send: OutboundMessage,
        more: &[OutboundMessage],
        shown: &LastMessage,
        by: Actor,
    ) -> Result<Option<OutboundMessage>, StoreError> {
        let mut conversation = conversation;
        let history = send.conversation.history;
        for _ in 0..RACES {
            let send =
                OutboundMessage { after: conversation.last_send.filter(|before| *before < send.id), ..send.clone() };
            let told = match send.content.reaction() {
                Some(_) => append_unseen(self.tenant, &conversation, send.id),
                None => append_send(self.tenant, &conversation, shown),
            };
            let mut changes = vec![Change::update(told)];
            if let Some(reaction) = send.content.reaction() {
                changes.push(child(self.tenant, history, reaction.message_id, &amendment(send.id, reaction))?);
            }
            let mut before = send.after;
            for one in std::iter::once(&send).chain(more) {
                let (item, body) =
                    OutboundItem::new(self.tenant, &OutboundMessage { after: before, ..one.clone() }, by)?;
                changes.push(Change::create(InboxKey::Entry(self.tenant, history, one.id), &item)?);
                if let Some(body) = body {
                    changes.push(Change::create(InboxKey::Body(self.tenant, history, one.id), &body_item(body))?);
                }
                before = Some(one.id);
            }
            match self.table().transact(changes).await {
                Ok(Conditional::Applied(())) => return Ok(Some(send)),
                Ok(Conditional::Rejected(_)) | Err(StoreError::Conflict) => {}
                Err(error) => return Err(error),
            }
            if let Some(there) = self.outbound_message(history, send.id).await? {
                return Ok(Some(there));
            }
            let Some(now) = self.conversation(send.conversation).await? else { return Ok(None) };
            conversation = now;
        }
        Err(StoreError::Conflict)
    }

    /// One message, as it stands this moment.
    pub async fn outbound_message(
        self,
        history: HistoryId,
        id: MessageId,
    ) -> Result<Option<OutboundMessage>, StoreError> {
        let key = InboxKey::Entry(self.tenant, history, id);
        let Some(item) = self.table().get::<OutboundItem>(&key, Read::Strong).await? else { return Ok(None) };
        let body = match item.content {
            Some(_) => None,
            None => {
                self.table()
                    .get::<crate::inbox::messages::BodyItem>(InboxKey::Body(self.tenant, history, id), Read::Strong)
                    .await?
            }
        };
        item.read(history, id, body.as_ref().map(|body| body.content.as_str())).map(|(send, _)| Some(send))
    }

    /// Claims a queued message for one dispatch, before it is posted, and books it in its budgets: both or neither. False if it is no longer to be posted, or a budget has no room any more. A claim that is ours already, because its
    /// answer was lost on the way, counts as ours.
    pub async fn claim(
        self,
        send: &OutboundMessage,
        by: &str,
        until: Timestamp,
        reservation: Option<&Reservation<'_>>,
    ) -> Result<bool, StoreError> {
        let update = Update::at(InboxKey::Entry(self.tenant, send.conversation.history, send.id))
            .set(OutboundItem::STEP, &Step::Claimed)
            .set(OutboundItem::CLAIMED_BY, by)
            .set(OutboundItem::CLAIMED_UNTIL, &until)
            .remove(OutboundItem::NOT_BEFORE)
            .remove(OutboundItem::FAILURE)
            .remove(OutboundItem::PROBE)
            .when(Condition::is(OutboundItem::STEP, &Step::Queued));
        let update = update.require_no_status();
        let update = match reservation {
            None => update,
            Some(reservation) => {
                let update = update.set(OutboundItem::BOOKING, &json(&reservation.booking)?);
                match self.reserved(reservation) {
                    None => return Ok(false),
                    Some(booked) if booked.is_empty() => update,
                    Some(booked) => return self.claim_and_book(send, by, update, booked).await,
                }
            }
        };
        match self.table().update::<OutboundItem>(update).await? {
            Conditional::Applied(_) => Ok(true),
            Conditional::Rejected(Some(there)) => Ok(there.is_claimed_by(by)),
            Conditional::Rejected(None) => Ok(false),
        }
    }

    /// Writes down what came of the post that the dispatch `by` made. Where WhatsApp has told more by now, that holds.
    pub async fn settle(
        self,
        send: &OutboundMessage,
        by: &str,
        outcome: &Outcome,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let update = Update::at(InboxKey::Entry(self.tenant, send.conversation.history, send.id))
            .when(Condition::is(OutboundItem::CLAIMED_BY, by));
        let update = match outcome {
            Outcome::Accepted(wamid) => update
                .set_wamid(self.tenant, wamid)
                .set(OutboundItem::STEP, &Step::Accepted)
                .clear_due(self.tenant, send.id),
            Outcome::NotYet(pause) => update.requeue(self.tenant, send.id, now.plus(*pause)),
            Outcome::Unauthorised(failure) => {
                update.requeue(self.tenant, send.id, now).set(OutboundItem::FAILURE, &json(failure)?)
            }
            Outcome::Refused(failure) => {
                let update = update.when(Condition::is(OutboundItem::STEP, &Step::Claimed)).require_no_status();
                update.fail(failure)?.clear_due(self.tenant, send.id)
            }
            Outcome::Unknown => update
                .set(OutboundItem::STEP, &Step::Unconfirmed)
                .when(Condition::is(OutboundItem::STEP, &Step::Claimed)),
        };
        let done = match outcome {
            Outcome::NotYet(_) | Outcome::Unauthorised(_) | Outcome::Refused(_) => {
                self.step_and_unbook(update, send.booking.as_ref()).await?
            }
            Outcome::Accepted(_) | Outcome::Unknown => self.step(update).await?,
        };
        match outcome {
            Outcome::Refused(_) if done => self.hide_reaction(send).await,
            Outcome::Refused(_)
            | Outcome::Accepted(_)
            | Outcome::NotYet(_)
            | Outcome::Unauthorised(_)
            | Outcome::Unknown => Ok(()),
        }
    }

    /// Shows a reaction no more that has failed; of another send it does nothing.
    pub(super) async fn hide_reaction(self, send: &OutboundMessage) -> Result<(), StoreError> {
        let Some(reaction) = send.content.reaction() else { return Ok(()) };
        let update = child_failed(self.tenant, send.conversation.history, reaction.message_id, send.id);
        match self.table().update::<AmendmentItem>(update).await? {
            Conditional::Applied(_) | Conditional::Rejected(_) => Ok(()),
        }
    }

    /// Has a queued message wait for its turn at `turn`, at which it may go out. The sweeper looks at it at `look`.
    pub async fn wait_for_turn(
        self,
        send: &OutboundMessage,
        turn: Timestamp,
        look: Timestamp,
    ) -> Result<(), StoreError> {
        let update = Update::at(InboxKey::Entry(self.tenant, send.conversation.history, send.id))
            .set(OutboundItem::NOT_BEFORE, &turn)
            .set(RANK, &due_rank(self.tenant, send.id, look))
            .when(Condition::is(OutboundItem::STEP, &Step::Queued))
            .when(Condition::absent(OutboundItem::NOT_BEFORE));
        self.step(update.require_no_status()).await?;
        Ok(())
    }

    /// Gives a message up that is scheduled, queued or held.
    pub async fn give_up(self, send: &OutboundMessage, failure: &Failure) -> Result<(), StoreError> {
        if matches!(send.state, SendState::Held(_)) {
            return self.give_up_held(send, failure).await;
        }
        let update = Update::at(InboxKey::Entry(self.tenant, send.conversation.history, send.id));
        let step = if send.state == SendState::Scheduled { Step::Scheduled } else { Step::Queued };
        let update = update.when(Condition::is(OutboundItem::STEP, &step)).require_no_status().fail(failure)?;
        if self.step(update.clear_due(self.tenant, send.id)).await? {
            self.hide_reaction(send).await?;
        }
        Ok(())
    }

    /// The messages of a conversation that were accepted from a user from `from` to `to`.
    pub async fn sends_between(
        self,
        conversation: ConversationId,
        from: Timestamp,
        to: Timestamp,
    ) -> Result<Vec<OutboundMessage>, StoreError> {
        let (low, high) = keys::history_between(from, to);
        let query =
            Query::partition(&Partition::History(self.tenant, conversation.history)).between(low, high).strong();
        let query = query
            .only(Condition::is(TYPE, OutboundItem::TYPE))
            .only(Condition::is(OutboundItem::CHANNEL, &conversation.channel));
        let mut sends = Vec::new();
        for (key, item) in self.table().list::<OutboundItem>(query).await? {
            if let Key::Inbox(InboxKey::Entry(_, history, id)) = key {
                sends.push(item.read(history, id, None)?.0);
            }
        }
        Ok(sends)
    }

    /// Writes a step, and says whether it was still to be written.
    pub(super) async fn step(self, update: Update) -> Result<bool, StoreError> {
        match self.table().update::<OutboundItem>(update).await? {
            Conditional::Applied(_) => Ok(true),
            Conditional::Rejected(_) => Ok(false),
        }
    }
}

/// A reaction of ours as it stands at its message.
fn amendment(id: MessageId, reaction: &OutboundReaction) -> Amendment {
    let content = Content::Reaction { target: reaction.target.clone(), emoji: reaction.emoji.clone() };
    Amendment { id, direction: Direction::Out, content }
}

/// The list of due work in which a message stands: each message is waited for by itself.
pub(super) fn due_list(id: MessageId) -> String {
    List::due(&id.ulid_str()).pk()
}

pub(super) fn due_rank(tenant: TenantId, id: MessageId, at: Timestamp) -> String {
    due_rank::due_rank(DueKind::Send, tenant, at, &id.ulid_str())
}
