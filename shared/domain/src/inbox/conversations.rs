//! A conversation's conversation: the facts that a list shows, each a maximum, so that no order of arrival and no
//! repetition changes them. Counts are taken from the messages when they are shown, never kept here.

use crate::access::visibility::{Assignee, Viewer};
use crate::direction::Direction;
use crate::ids::{ConversationId, LeadId, MessageId};
use crate::inbox::content::is_placeholder;
use crate::inbox::outbound_messages::OutboundMessage;
use crate::personal::Text;
use crate::string_enum::string_enum;
use crate::time::Timestamp;

use std::time::Duration;

string_enum! {
    /// The status of a conversation.
    ConversationStatus {
        /// It needs attention.
        Open = "open",
        /// It waits for the customer.
        Pending = "pending",
        /// It is postponed until a given time.
        Snoozed = "snoozed",
        /// It is closed.
        Closed = "closed",
    }
}

/// How long after the customer last wrote or called any message may be sent: 24 hours (Cloud API, customer service
/// window).
pub const SERVICE_WINDOW: Duration = Duration::from_secs(24 * 3600);

/// A message is refused this long before the window shuts, because it also has to reach Meta in time.
pub const WINDOW_MARGIN: Duration = Duration::from_secs(60);

/// How far back Meta may deliver a webhook: seven days of retries.
pub const LATEST_DELIVERY: Duration = Duration::from_secs(7 * 24 * 3600);

/// The facts of one conversation that a list shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Conversation {
    /// Home and channel.
    pub id: ConversationId,
    /// Who it belongs to now.
    pub lead: LeadId,
    /// Whether it wants attention.
    pub status: ConversationStatus,
    /// The newest message that is shown, either way.
    pub last: Option<LastMessage>,
    /// The profile as the customer's newest event told it.
    pub profile: Option<Profile>,
    /// When the latest of the messages that count was written down.
    pub arrived: Option<Timestamp>,
    /// When the customer's last message that counts was written.
    pub customer_wrote: Option<Timestamp>,
    /// When the customer last called, or took a call of the business.
    pub customer_called: Option<Timestamp>,
    /// Up to which arrival somebody has read.
    pub read_at: Option<Timestamp>,
    /// When the newest message that had been read was written.
    pub last_read: Option<Timestamp>,
    /// Whether somebody has marked it as unread since it was last read.
    pub marked_unread: bool,
    /// Our newest send.
    pub last_send: Option<MessageId>,
    /// Whether the next message that counts has to look at the lead's stage.
    pub stage_open: bool,
    /// Who answers it.
    pub assignee: Option<Assignee>,
    /// Until when it is snoozed.
    pub snoozed_until: Option<Timestamp>,
    /// While it is closed or snoozed: up to which arrival messages had come by then. A later one opens it.
    pub set_aside: Option<Timestamp>,
    /// When the oldest message was written that waits for our answer.
    pub waiting_since: Option<Timestamp>,
    /// Up to which arrival no message waits: we have answered since, or closed the conversation.
    pub settled: Option<Timestamp>,
    /// Whether its lead was deleted: no list shows it, and the next message that counts restores the lead.
    pub lead_deleted: bool,
}

/// What a conversation is to become.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NewStatus {
    /// Open.
    Open,
    /// Pending.
    Pending,
    /// Snoozed until then.
    SnoozedUntil(Timestamp),
    /// Closed.
    Closed,
}

/// What comes of a person who wants to take a conversation.
#[derive(Clone, Debug, PartialEq)]
pub enum Claim {
    /// They get it.
    Taken(Box<Conversation>),
    /// They have it already.
    Mine,
    /// Somebody else has it.
    Theirs(Assignee),
}

/// The newest message, as a list shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct LastMessage {
    /// Its id, which holds its time.
    pub id: MessageId,
    /// Which way it went.
    pub direction: Direction,
    /// Its type.
    pub kind: String,
    /// The beginning of what it says.
    pub preview: Text,
}

/// How much of a message of ours a list shows, in bytes.
const PREVIEW: usize = 160;

impl LastMessage {
    /// A message of ours, as a list shows it.
    #[must_use]
    pub fn from_send(send: &OutboundMessage) -> Self {
        let preview = Text::new(send.content.readable().excerpt(PREVIEW));
        Self { id: send.id, direction: Direction::Out, kind: send.content.kind().to_owned(), preview }
    }

    /// When it was written: WhatsApp's second for a customer's, the millisecond of its acceptance for one of ours.
    #[must_use]
    pub fn at(&self) -> Timestamp {
        match self.direction {
            Direction::In => self.id.at(),
            Direction::Out => self.id.moment(),
        }
    }

    /// Whether `other` is shown in place of this one: it is newer, or the content behind this placeholder.
    fn gives_way_to(&self, other: &Self) -> bool {
        let content_came = is_placeholder(&self.kind) && !is_placeholder(&other.kind);
        self.id < other.id || (self.id == other.id && content_came)
    }
}

/// A customer's profile, and the event that told it.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    /// The event, by which two profiles are compared.
    pub told_by: MessageId,
    /// The profile's name.
    pub name: Option<Text>,
    /// The username.
    pub username: Option<Text>,
}

/// What an event of the customer means for its conversation.
#[derive(Clone, Debug, PartialEq)]
pub struct Received {
    /// The event's id.
    pub id: MessageId,
    /// When it was first written down.
    pub arrived: Timestamp,
    /// The profile that came with it.
    pub profile: Option<Profile>,
    /// What to show as the newest message; none if the event does not count.
    pub shown: Option<LastMessage>,
}

impl Received {
    /// When the customer wrote it, but not after it reached us: a clock that runs ahead opens no longer window.
    #[must_use]
    pub fn written(&self) -> Timestamp {
        self.id.at().min(self.arrived)
    }
}

impl Conversation {
    /// Whether `viewer` sees it. A conversation of a deleted lead is seen by nobody.
    #[must_use]
    pub fn is_seen_by(&self, viewer: &Viewer) -> bool {
        !self.lead_deleted && viewer.sees(self.id.channel, self.assignee)
    }

    /// A conversation without messages.
    #[must_use]
    pub const fn new(id: ConversationId, lead: LeadId, stage_open: bool) -> Self {
        Self {
            id,
            lead,
            status: ConversationStatus::Open,
            last: None,
            profile: None,
            arrived: None,
            customer_wrote: None,
            customer_called: None,
            read_at: None,
            last_read: None,
            marked_unread: false,
            last_send: None,
            stage_open,
            assignee: None,
            snoozed_until: None,
            set_aside: None,
            waiting_since: None,
            settled: None,
            lead_deleted: false,
        }
    }

    /// This conversation of a lead that was deleted: the next message that counts has to look at the lead.
    #[must_use]
    pub fn with_lead_deleted(&self) -> Self {
        Self { lead_deleted: true, stage_open: true, ..self.clone() }
    }

    /// This conversation of a lead that was restored.
    #[must_use]
    pub fn with_lead_restored(&self) -> Self {
        Self { lead_deleted: false, stage_open: true, ..self.clone() }
    }

    /// This conversation after `received`: each fact the greater of both. Idempotent, and the same in any order.
    #[must_use]
    pub fn after(&self, received: &Received) -> Self {
        let mut conversation = self.clone();
        if received
            .profile
            .as_ref()
            .is_some_and(|new| self.profile.as_ref().is_none_or(|old| old.told_by < new.told_by))
        {
            conversation.profile.clone_from(&received.profile);
        }
        if let Some(shown) = &received.shown {
            conversation.arrived = conversation.arrived.max(Some(received.arrived));
            conversation.customer_wrote = conversation.customer_wrote.max(Some(received.written()));
            if self.last.as_ref().is_none_or(|last| last.gives_way_to(shown)) {
                conversation.last = Some(shown.clone());
            }
            if self.set_aside.is_some_and(|until| received.arrived > until) {
                conversation = conversation.with_status(NewStatus::Open);
            }
            if self.settled.is_none_or(|until| received.arrived > until) {
                let written = received.written();
                conversation.waiting_since =
                    Some(conversation.waiting_since.map_or(written, |since| since.min(written)));
            }
        }
        conversation
    }

    /// This conversation with another status. A closed conversation waits for nobody; what arrives later opens it again.
    #[must_use]
    pub fn with_status(&self, status: NewStatus) -> Self {
        let mut conversation = Self { snoozed_until: None, set_aside: None, ..self.clone() };
        match status {
            NewStatus::Open => conversation.status = ConversationStatus::Open,
            NewStatus::Pending => conversation.status = ConversationStatus::Pending,
            NewStatus::SnoozedUntil(until) => {
                conversation.status = ConversationStatus::Snoozed;
                conversation.snoozed_until = Some(until);
                conversation.set_aside = Some(self.arrived.unwrap_or_default());
            }
            NewStatus::Closed => {
                conversation.status = ConversationStatus::Closed;
                conversation.set_aside = Some(self.arrived.unwrap_or_default());
                conversation.settled = self.settled.max(self.arrived);
                conversation.waiting_since = None;
            }
        }
        conversation
    }

    /// This conversation after its snooze has ended; none if it is not snoozed, or for longer.
    #[must_use]
    pub fn woken(&self, now: Timestamp) -> Option<Self> {
        let over = self.status == ConversationStatus::Snoozed && self.snoozed_until.is_none_or(|until| until <= now);
        over.then(|| self.with_status(NewStatus::Open))
    }

    /// This conversation with another assignee.
    #[must_use]
    pub fn assigned(&self, assignee: Option<Assignee>) -> Self {
        Self { assignee, ..self.clone() }
    }

    /// What comes of `by` wanting to take it.
    #[must_use]
    pub fn claim(&self, by: Assignee) -> Claim {
        match self.assignee {
            None => Claim::Taken(Box::new(self.assigned(Some(by)))),
            Some(has) if has == by => Claim::Mine,
            Some(has) => Claim::Theirs(has),
        }
    }

    /// This conversation after we answered at `at`. Nothing waits any longer, unless the customer wrote meanwhile.
    #[must_use]
    pub fn answered(&self, at: Timestamp) -> Self {
        let since = if self.arrived.is_some_and(|arrived| arrived > at) { self.customer_wrote } else { None };
        Self { settled: self.settled.max(Some(at)), waiting_since: self.waiting_since.and(since), ..self.clone() }
    }

    /// This conversation after the business wrote `message` with WhatsApp's own app. Idempotent, and the same in any order.
    #[must_use]
    pub fn wrote_elsewhere(&self, message: &LastMessage) -> Self {
        let mut conversation = self.answered(message.at());
        if conversation.last.as_ref().is_none_or(|last| last.gives_way_to(message)) {
            conversation.last = Some(message.clone());
        }
        conversation
    }

    /// This conversation after a message of a phone's past was put on record: it is shown if it is the newest, and nothing else
    /// changes.
    #[must_use]
    pub fn with_past(&self, message: &LastMessage) -> Self {
        let mut conversation = self.clone();
        if conversation.last.as_ref().is_none_or(|last| last.gives_way_to(message)) {
            conversation.last = Some(message.clone());
        }
        conversation
    }

    /// This conversation after `received` came to say something else: it has been told of it, if it had not been yet, and shows
    /// the new words if that is its newest message.
    #[must_use]
    pub fn reworded(&self, received: &Received) -> Self {
        let mut conversation = self.after(received);
        if let (Some(last), Some(shown)) = (&mut conversation.last, &received.shown)
            && last.id == shown.id
        {
            last.preview.clone_from(&shown.preview);
        }
        conversation
    }

    /// This conversation after the customer called at `at`, or took a call then. Idempotent, and the same in any order.
    #[must_use]
    pub fn called(&self, at: Timestamp) -> Self {
        Self { customer_called: self.customer_called.max(Some(at)), ..self.clone() }
    }

    /// When the window shuts in which anything may be sent, as far as we know; none if the customer has neither written
    /// nor called.
    #[must_use]
    pub fn window_until(&self) -> Option<Timestamp> {
        self.customer_wrote.max(self.customer_called).map(|at| at.plus(SERVICE_WINDOW))
    }

    /// Whether a message accepted now may still go out inside the window.
    #[must_use]
    pub fn accepts_replies(&self, now: Timestamp) -> bool {
        self.window_until().is_some_and(|until| now.plus(WINDOW_MARGIN) < until)
    }

    /// This conversation after somebody has read everything that has arrived.
    #[must_use]
    pub fn read(&self) -> Self {
        let last_read = self.last_read.max(self.last.as_ref().map(|last| last.id.at()));
        Self { read_at: self.read_at.max(self.arrived), last_read, marked_unread: false, ..self.clone() }
    }

    /// This conversation after somebody has marked it as unread. The next read clears the mark.
    #[must_use]
    pub fn marked_as_unread(&self) -> Self {
        Self { marked_unread: true, ..self.clone() }
    }

    /// Whether something came that nobody has read, or somebody has marked it as unread.
    #[must_use]
    pub fn is_unread(&self) -> bool {
        self.marked_unread || self.has_unread_messages()
    }

    /// Whether something came that nobody has read.
    #[must_use]
    pub fn has_unread_messages(&self) -> bool {
        self.arrived.is_some_and(|arrived| self.read_at.is_none_or(|read| arrived > read))
    }

    /// The time of writing before which no unread message can lie: a message may come seven days late.
    #[must_use]
    pub fn unread_since(&self) -> Timestamp {
        match (self.last_read, self.read_at) {
            (Some(last_read), Some(read_at)) => last_read.min(read_at.minus(LATEST_DELIVERY)),
            (None, _) | (_, None) => Timestamp::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{ChannelId, HistoryId};
    use proptest::prelude::*;

    fn conversation() -> Conversation {
        let at = Timestamp::default();
        let id = ConversationId { history: HistoryId::from_parts(at, 1), channel: ChannelId::from_parts(at, 2) };
        Conversation::new(id, LeadId::from_parts(at, 1), true)
    }

    fn received(seconds: i64, bits: u128, arrived: i64, counts: bool) -> Received {
        let id = MessageId::from_parts(Timestamp::from_seconds(seconds), bits);
        let shown =
            LastMessage { id, direction: Direction::In, kind: "text".into(), preview: Text::new(format!("{bits}")) };
        Received {
            id,
            arrived: Timestamp::from_seconds(arrived),
            profile: Some(Profile { told_by: id, name: Some(Text::new(format!("name {bits}"))), username: None }),
            shown: counts.then_some(shown),
        }
    }

    proptest! {
        #[test]
        fn a_conversation_is_the_same_after_any_order_and_any_repetition(
            events in proptest::collection::vec((0i64..50, 0u128..9, 50i64..99, any::<bool>()), 0..12),
            order in any::<u64>(),
        ) {
            let events: Vec<_> = events.into_iter().map(|(s, b, a, c)| received(s, b, a, c)).collect();
            let mut shuffled: Vec<_> = events.iter().chain(&events).cloned().collect();
            let length = shuffled.len().max(1) as u64;
            shuffled.sort_by_key(|event| (event.arrived.millis() as u64).wrapping_mul(order | 1) % length);
            // One message has one content and one first arrival: keep the first of each id, as the table does.
            let mut first = std::collections::BTreeMap::new();
            for event in &events { first.entry(event.id).or_insert_with(|| event.clone()); }
            let straight = first.values().fold(conversation(), |conversation, event| conversation.after(event));
            let any_order = shuffled.iter().fold(conversation(), |conversation, event| conversation.after(&first[&event.id]));
            prop_assert_eq!(straight, any_order);
        }
    }

    #[test]
    fn the_window_is_open_for_a_day_after_the_customer_wrote() {
        let conversation = conversation().after(&received(1_000, 1, 1_005, true));
        assert!(conversation.accepts_replies(Timestamp::from_seconds(1_000 + 23 * 3600)));
        assert!(!conversation.accepts_replies(Timestamp::from_seconds(1_000 + 24 * 3600)));
    }

    #[test]
    fn a_message_from_the_future_opens_the_window_only_from_its_arrival() {
        let conversation = conversation().after(&received(9_000_000, 1, 1_000, true));
        assert_eq!(conversation.window_until(), Some(Timestamp::from_seconds(1_000 + 24 * 3600)));
    }

    #[test]
    fn a_call_opens_the_window_and_makes_nothing_unread_whatever_comes_first() {
        let message = received(1_000, 1, 1_005, true);
        let straight =
            conversation().after(&message).called(Timestamp::from_seconds(5_000)).called(Timestamp::from_seconds(10));
        assert_eq!(straight.window_until(), Some(Timestamp::from_seconds(5_000 + 24 * 3600)));
        assert_eq!(straight, conversation().called(Timestamp::from_seconds(5_000)).after(&message));
        let only_called = conversation().called(Timestamp::from_seconds(5_000));
        assert!(only_called.accepts_replies(Timestamp::from_seconds(5_001)) && !only_called.is_unread());
        assert_eq!((only_called.last, only_called.stage_open), (None, true));
    }

    #[test]
    fn only_a_message_that_came_after_it_was_set_aside_opens_a_conversation() {
        let early = received(1_000, 1, 1_005, true);
        let until = Timestamp::from_seconds(9_000);
        for status in [NewStatus::Closed, NewStatus::SnoozedUntil(until)] {
            let aside = conversation().after(&early).with_status(status);
            assert_eq!(aside.after(&early), aside, "a repetition opens nothing");
            assert_eq!(aside.after(&received(1_100, 2, 1_105, false)).status, aside.status, "nor what does not count");
            let open = aside.after(&received(1_100, 2, 1_105, true));
            assert_eq!((open.status, open.snoozed_until, open.set_aside), (ConversationStatus::Open, None, None));
        }
        let snoozed = conversation().with_status(NewStatus::SnoozedUntil(until));
        assert_eq!(snoozed.woken(until.minus(Duration::from_secs(1))), None);
        assert_eq!(snoozed.woken(until), Some(conversation()));
    }

    #[test]
    fn the_oldest_message_waits_until_we_answer_or_close() {
        let first = received(1_000, 1, 1_005, true);
        let second = received(1_100, 2, 1_105, true);
        let waiting = conversation().after(&second).after(&first);
        assert_eq!(waiting.waiting_since, Some(Timestamp::from_seconds(1_000)));
        let answered = waiting.answered(Timestamp::from_seconds(1_200));
        assert_eq!((answered.waiting_since, answered.after(&first).waiting_since), (None, None));
        let too_early = waiting.answered(Timestamp::from_seconds(1_104));
        assert_eq!(too_early.waiting_since, Some(Timestamp::from_seconds(1_100)));
        let closed = waiting.with_status(NewStatus::Closed);
        assert_eq!((closed.waiting_since, closed.after(&second).waiting_since), (None, None));
        let again = closed.after(&received(1_300, 3, 1_305, true));
        assert_eq!(again.waiting_since, Some(Timestamp::from_seconds(1_300)));
    }

    #[test]
    fn one_claim_wins_and_the_other_is_told_who_has_it() {
        let user = |number| Assignee::User(crate::ids::UserId::from_parts(Timestamp::default(), number));
        let Claim::Taken(taken) = conversation().claim(user(1)) else { panic!("nobody has it") };
        assert_eq!((taken.claim(user(1)), taken.claim(user(2))), (Claim::Mine, Claim::Theirs(user(1))));
    }

    #[test]
    fn what_does_not_count_leaves_the_window_shut_and_nothing_unread() {
        let conversation = conversation().after(&received(1_000, 1, 1_005, false));
        assert!(!conversation.accepts_replies(Timestamp::from_seconds(1_010)) && !conversation.is_unread());
        assert!(conversation.profile.is_some());
    }
}
