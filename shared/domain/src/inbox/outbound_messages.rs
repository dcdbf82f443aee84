//! Sending: an intent, decided at the moment of dispatch. At most one post for each intent, whatever happens.
//!
//! `queued → claimed → accepted → sent → delivered → read → played`, or `failed`, or `unconfirmed`. A claim is
//! written before the call. Where the answer is not known the message is unconfirmed, and never posted again. While its
//! channel does not send, a message is `held`: it is queued again when the channel sends. A message whose price was not
//! agreed to, or for which a budget has no room, is held alone: it is queued again when a user approves the price, or when
//! the budget has room.

use crate::channels::budgets::Booking;
use crate::channels::channels::Sending;
use crate::channels::failures::{Failure, Reason};
use crate::channels::prices::plan::AgreedPrice;
use crate::identities::Bsuid;
use crate::ids::{ConversationId, MessageId};
pub use crate::inbox::addresses::Address;
use crate::inbox::conversations::SERVICE_WINDOW;
pub use crate::inbox::dispatch::{Circumstances, Dispatch, Fallback, Outcome};
use crate::inbox::outbound_content::OutboundContent;
use crate::inbox::shown::Shown;
use crate::inbox::statuses::Delivery;
use crate::time::Timestamp;
use crate::wamid::Wamid;
use std::time::Duration;

/// The longest text that WhatsApp takes in one message, in characters (Cloud API, text messages).
pub const MAX_TEXT: usize = 4096;

/// How long a claim holds. Longer than a worker may run (15 s), so an expired claim belongs to a dead worker.
pub const LEASE: Duration = Duration::from_secs(30);

/// How long before its end a window counts as closed for a message that is to be posted. A post takes up to five seconds,
/// and WhatsApp's clock may be ahead of ours.
pub const POST_MARGIN: Duration = Duration::from_secs(15);

/// How long after its acceptance the sweeper looks at a message that should long be on its way.
pub const FIRST_SWEEP: Duration = Duration::from_secs(120);

/// How long after its acceptance a message that has not gone out is given up.
pub const LIFETIME: Duration = SERVICE_WINDOW;

/// The same of a template, which needs no open window.
pub const TEMPLATE_LIFETIME: Duration = Duration::from_secs(7 * 24 * 3600);

/// After how long an unconfirmed message is reported, so that a person decides.
pub const REPORT_UNCONFIRMED: Duration = Duration::from_secs(600);

/// A message waits for the one before it, as long as that is due within this time …
const WAIT_FOR_EARLIER: Duration = Duration::from_secs(60);

/// … and was queued no longer ago than this: past it, delivery counts more than order.
const ORDER_HOLDS: Duration = Duration::from_secs(180);

/// Pause before asking again whether the message before has gone.
pub(super) const ASK_AGAIN: Duration = Duration::from_secs(1);

/// How far a message has come on our side.
#[derive(Clone, Debug, PartialEq)]
pub enum SendState {
    /// Waits for its time, which its id says.
    Scheduled,
    /// It was scheduled, and somebody cancelled it or gave it another time, under another id.
    Cancelled,
    /// Waits to be dispatched, not before the given time.
    Queued {
        /// Set when Meta asked to wait, or refused the channel.
        not_before: Option<Timestamp>,
        /// Why Meta refused the channel at the last try; it is tried again.
        refusal: Option<Failure>,
        /// Whether it goes out also while Meta refuses the channel, to see whether Meta still does.
        is_probe: bool,
    },
    /// Its channel does not send, or it costs too much: it stands in the channel's list, or in that of messages held for
    /// their cost, until it is queued again.
    Held(Failure),
    /// A worker is posting it, or died while it did.
    Claimed {
        /// Which dispatch holds the claim.
        by: String,
        /// Until when it is taken to be alive.
        until: Timestamp,
    },
    /// Meta took it.
    Accepted,
    /// It did not go out, for certain.
    Failed(Failure),
    /// Nobody knows whether it went out.
    Unconfirmed,
}

/// A message: what is to go where, and how far it has come.
#[derive(Clone, Debug, PartialEq)]
pub struct OutboundMessage {
    /// Its id: also the key of its line in the history.
    pub id: MessageId,
    /// In which conversation.
    pub conversation: ConversationId,
    /// To whom.
    pub to: Address,
    /// The recipient's user id where `to` is the phone, if we know it: a status that repeats it tells nothing new.
    pub bsuid: Option<Bsuid>,
    /// What it says.
    pub content: OutboundContent,
    /// The message it answers.
    pub reply_to: Option<Wamid>,
    /// The first message of the long text that this is a later part of.
    pub part_of: Option<MessageId>,
    /// The failed message that this one repeats.
    pub retry_of: Option<MessageId>,
    /// If it is not to go out once the customer has written: since when that counts.
    pub unless_written_since: Option<Timestamp>,
    /// Whether it confirms to a customer that they have opted out: it goes out although they have.
    pub confirms_opt_out: bool,
    /// The message before it in this conversation.
    pub after: Option<MessageId>,
    /// What its sender agreed to pay for it; none of a message from before prices were kept.
    pub price: Option<AgreedPrice>,
    /// What goes out in its place if the 24-hour window is closed; none if nothing does.
    pub fallback: Option<Box<Fallback>>,
    /// What is booked for it in budgets; none before its claim, or if no budget covers it.
    pub booking: Option<Booking>,
    /// How far it has come.
    pub state: SendState,
    /// How often Meta asked to wait.
    pub tries: u32,
    /// How often it was put into the queue again: by the sweeper, or after it was held.
    pub redriven: u32,
    /// When it was last queued: its acceptance, or the end of its hold.
    pub queued: Timestamp,
    /// When it is given up.
    pub expires: Timestamp,
    /// WhatsApp's id, once known.
    pub wamid: Option<Wamid>,
    /// What WhatsApp told since.
    pub delivery: Delivery,
}

impl OutboundMessage {
    /// What a person sees: what WhatsApp told, else how far it has come here.
    #[must_use]
    pub fn shown(&self, now: Timestamp) -> Shown {
        if let Some(status) = self.delivery.shown() {
            return Shown::Told(status);
        }
        match &self.state {
            SendState::Scheduled => Shown::Scheduled,
            SendState::Cancelled => Shown::Cancelled,
            SendState::Queued { .. } => Shown::Queued,
            SendState::Held(_) => Shown::Held,
            SendState::Claimed { until, .. } if now <= *until => Shown::Claimed,
            SendState::Claimed { .. } | SendState::Unconfirmed => Shown::Unconfirmed,
            SendState::Accepted => Shown::Accepted,
            SendState::Failed(_) => Shown::Failed,
        }
    }

    /// What a worker does with this message now.
    #[must_use]
    pub fn dispatch(&self, circumstances: &Circumstances<'_>, now: Timestamp) -> Dispatch {
        if self.delivery.shown().is_some() {
            return Dispatch::Nothing;
        }
        match &self.state {
            SendState::Scheduled | SendState::Cancelled => Dispatch::Nothing,
            SendState::Accepted | SendState::Failed(_) | SendState::Unconfirmed => Dispatch::Nothing,
            SendState::Claimed { until, .. } if now <= *until => Dispatch::Wait(until.since(now) + ASK_AGAIN),
            SendState::Claimed { .. } => Dispatch::Unconfirm,
            SendState::Queued { .. } | SendState::Held(_) if now >= self.expires => {
                Dispatch::Fail(Failure::ours(Reason::Expired))
            }
            SendState::Queued { not_before: Some(at), .. } if now < *at => Dispatch::Wait(at.since(now)),
            SendState::Queued { .. } | SendState::Held(_) => self.dispatch_waiting(circumstances, now),
        }
    }

    /// The same of a message that is queued or held, and neither expired nor put off.
    fn dispatch_waiting(&self, circumstances: &Circumstances<'_>, now: Timestamp) -> Dispatch {
        let Circumstances { previous, arrived, window_until, channel, quote, opted_out, room } = circumstances;
        if self.held_for_cost().is_some() {
            return Dispatch::Nothing;
        }
        if let Some(failure) = self.overtaken(*arrived) {
            return Dispatch::Fail(failure);
        }
        if previous.is_some_and(|previous| previous.is_part_before(self) && previous.shown(now).has_failed()) {
            return Dispatch::Fail(Failure::ours(Reason::EarlierPart));
        }
        if let Some(reason) = previous.filter(|previous| previous.is_part_before(self)).and_then(Self::held_for_cost) {
            return Dispatch::Hold(reason);
        }
        if let Some(previous) = previous.filter(|previous| previous.holds_up(self, now)) {
            return if previous.is_waiting(now) { Dispatch::EarlierFirst } else { Dispatch::Wait(ASK_AGAIN) };
        }
        let is_closed = window_until.is_none_or(|until| now.plus(POST_MARGIN) >= until);
        if is_closed && !self.content.goes_outside_the_window() {
            return match (&self.fallback, channel) {
                (None, _) => Dispatch::Fail(Failure::ours(Reason::WindowClosed)),
                (Some(_), Sending::Active) => Dispatch::FallBack,
                (Some(_), Sending::Refused) => self.held_for(Reason::Unauthorised),
                (Some(_), Sending::Paused) => self.held_for(Reason::Paused),
                (Some(_), Sending::Disconnected) => Dispatch::Fail(Failure::ours(Reason::Disconnected)),
            };
        }
        let is_probe = matches!(self.state, SendState::Queued { is_probe: true, .. });
        match channel {
            Sending::Active if *opted_out => Dispatch::Fail(Failure::ours(Reason::OptedOut)),
            Sending::Active if self.price.is_some_and(|agreed| !agreed.covers(quote)) => {
                Dispatch::Hold(Reason::PriceChanged)
            }
            Sending::Active if !room.admits(self.price.is_some_and(|agreed| agreed.over_budget)) => {
                Dispatch::Hold(Reason::BudgetSpent)
            }
            Sending::Active => Dispatch::Post,
            Sending::Refused if is_probe => Dispatch::Post,
            Sending::Refused => self.held_for(Reason::Unauthorised),
            Sending::Paused => self.held_for(Reason::Paused),
            Sending::Disconnected => Dispatch::Fail(Failure::ours(Reason::Disconnected)),
        }
    }

    /// Why it is held alone, if it is held for what it costs.
    #[must_use]
    pub fn held_for_cost(&self) -> Option<Reason> {
        match &self.state {
            SendState::Held(failure) => Some(failure.reason).filter(|reason| reason.is_about_cost()),
            SendState::Scheduled
            | SendState::Cancelled
            | SendState::Queued { .. }
            | SendState::Claimed { .. }
            | SendState::Accepted
            | SendState::Failed(_)
            | SendState::Unconfirmed => None,
        }
    }

    /// Why it is not to go out once the customer has written, at `arrived` for the last time; none if it may.
    #[must_use]
    pub fn overtaken(&self, arrived: Option<Timestamp>) -> Option<Failure> {
        let since = self.unless_written_since?;
        arrived.is_some_and(|arrived| arrived > since).then(|| Failure::ours(Reason::TheyWrote))
    }

    /// Whether `next` is a later part of the same text.
    fn is_part_before(&self, next: &Self) -> bool {
        next.part_of.is_some_and(|first| self.id == first || self.part_of == Some(first))
    }

    /// It is held, unless it is already.
    const fn held_for(&self, reason: Reason) -> Dispatch {
        match self.state {
            SendState::Held(_) => Dispatch::Nothing,
            SendState::Scheduled
            | SendState::Cancelled
            | SendState::Queued { .. }
            | SendState::Claimed { .. }
            | SendState::Accepted
            | SendState::Failed(_)
            | SendState::Unconfirmed => Dispatch::Hold(reason),
        }
    }

    /// Whether it waits, and nothing but its channel keeps it from being dispatched now.
    fn is_waiting(&self, now: Timestamp) -> bool {
        match &self.state {
            SendState::Queued { not_before, .. } => not_before.is_none_or(|at| at <= now),
            SendState::Held(_) => true,
            SendState::Scheduled
            | SendState::Cancelled
            | SendState::Claimed { .. }
            | SendState::Accepted
            | SendState::Failed(_)
            | SendState::Unconfirmed => false,
        }
    }

    /// Whether `next`, which comes after this one, has to wait for it. Only ever the later of the two waits, so that
    /// whatever the table says, no two wait for each other.
    fn holds_up(&self, next: &Self, now: Timestamp) -> bool {
        if self.id >= next.id || self.delivery.shown().is_some() {
            return false;
        }
        let order_holds = now < self.queued.plus(ORDER_HOLDS);
        match &self.state {
            SendState::Queued { not_before, .. } => {
                order_holds && not_before.is_none_or(|at| at <= now.plus(WAIT_FOR_EARLIER))
            }
            SendState::Claimed { until, .. } => order_holds && now <= *until,
            // However long its channel does not send. What is held for its cost is held alone.
            SendState::Held(failure) => now < self.expires && !failure.reason.is_about_cost(),
            SendState::Scheduled | SendState::Cancelled => false,
            SendState::Accepted | SendState::Failed(_) | SendState::Unconfirmed => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::channels::budgets::Room;
    use crate::channels::prices::cards::Category;
    use crate::channels::prices::plan::{Basis, Price, Quote, Unknown};
    use crate::ids::{ChannelId, HistoryId};
    use crate::inbox::sweeps::Sweep;
    use crate::phone::Phone;
    use crate::time::UtcOffset;

    const NOW: Timestamp = Timestamp::from_seconds(1_790_000_000);

    fn send(state: SendState) -> OutboundMessage {
        let conversation =
            ConversationId { history: HistoryId::from_parts(NOW, 1), channel: ChannelId::from_parts(NOW, 2) };
        OutboundMessage {
            id: MessageId::at_moment(NOW, 3),
            conversation,
            to: Address::Phone(Phone::parse("919876543210").unwrap()),
            bsuid: None,
            content: OutboundContent::text("hello").unwrap(),
            reply_to: None,
            part_of: None,
            retry_of: None,
            unless_written_since: None,
            confirms_opt_out: false,
            after: None,
            price: None,
            fallback: None,
            booking: None,
            state,
            tries: 0,
            redriven: 0,
            queued: NOW,
            expires: NOW.plus(LIFETIME),
            wamid: None,
            delivery: Delivery::default(),
        }
    }

    fn waiting_until(not_before: Option<Timestamp>) -> OutboundMessage {
        send(SendState::Queued { not_before, refusal: None, is_probe: false })
    }

    fn queued() -> OutboundMessage {
        waiting_until(None)
    }

    fn claimed() -> OutboundMessage {
        send(SendState::Claimed { by: "run".into(), until: NOW.plus(LEASE) })
    }

    /// The same, accepted just before.
    fn earlier(send: OutboundMessage) -> OutboundMessage {
        OutboundMessage { id: MessageId::at_moment(NOW, 2), ..send }
    }

    /// The circumstances of a channel that sends.
    const fn after(previous: Option<&OutboundMessage>, window_until: Option<Timestamp>) -> Circumstances<'_> {
        let quote = Quote { category: Some(Category::Service), price: Price::Free(Basis::OpenWindow) };
        Circumstances {
            previous,
            arrived: None,
            window_until,
            channel: Sending::Active,
            quote,
            opted_out: false,
            room: Room::Fits,
        }
    }

    fn later(seconds: u64) -> Timestamp {
        NOW.plus(Duration::from_secs(seconds))
    }

    #[test]
    fn a_queued_send_inside_the_window_is_posted() {
        assert_eq!(queued().dispatch(&after(None, Some(later(60))), NOW), Dispatch::Post);
    }

    #[test]
    fn a_closed_window_fails_the_send_with_its_reason() {
        let closed = Dispatch::Fail(Failure::ours(Reason::WindowClosed));
        assert_eq!(queued().dispatch(&after(None, Some(NOW)), NOW), closed);
        assert_eq!(queued().dispatch(&after(None, None), NOW), closed);
        let soon = after(None, Some(NOW.plus(POST_MARGIN)));
        assert_eq!(queued().dispatch(&soon, NOW), closed, "it would reach WhatsApp after the window");
        assert_eq!(queued().dispatch(&soon, NOW.minus(Duration::from_millis(1))), Dispatch::Post);
    }

    #[test]
    fn a_closed_window_lets_the_fallback_template_go_out() {
        let json = r#"{"type":"template","name":"hello","language":"en","body":"Hello!"}"#;
        let open = after(None, Some(later(60)));
        let price = AgreedPrice {
            quote: open.quote,
            ceiling: None,
            currency: None,
            offset: UtcOffset::UTC,
            over_budget: false,
        };
        let fallback = Some(Box::new(Fallback { content: serde_json::from_str(json).unwrap(), price }));
        let message = OutboundMessage { fallback, ..queued() };
        assert_eq!(message.dispatch(&open, NOW), Dispatch::Post, "the window is open");
        let closed = after(None, Some(NOW));
        assert_eq!(message.dispatch(&closed, NOW), Dispatch::FallBack);
        let paused = Circumstances { channel: Sending::Paused, ..closed };
        assert_eq!(message.dispatch(&paused, NOW), Dispatch::Hold(Reason::Paused));
    }

    #[test]
    fn a_paused_channel_holds_its_messages_and_a_disconnected_one_fails_them() {
        let open = after(None, Some(later(60)));
        let paused = Circumstances { channel: Sending::Paused, ..open };
        let disconnected = Circumstances { channel: Sending::Disconnected, ..open };
        assert_eq!(queued().dispatch(&paused, NOW), Dispatch::Hold(Reason::Paused));
        let refused = Circumstances { channel: Sending::Refused, ..open };
        assert_eq!(queued().dispatch(&refused, NOW), Dispatch::Hold(Reason::Unauthorised));
        let probe = send(SendState::Queued { not_before: None, refusal: None, is_probe: true });
        assert_eq!(probe.dispatch(&refused, NOW), Dispatch::Post);
        assert_eq!(probe.dispatch(&paused, NOW), Dispatch::Hold(Reason::Paused));
        let failed = Dispatch::Fail(Failure::ours(Reason::Disconnected));
        assert_eq!(queued().dispatch(&disconnected, NOW), failed);
        let closed = Dispatch::Fail(Failure::ours(Reason::WindowClosed));
        assert_eq!(queued().dispatch(&paused, later(60)), closed);
        assert_eq!(claimed().dispatch(&paused, later(31)), Dispatch::Unconfirm);
    }

    #[test]
    fn a_message_to_whoever_opted_out_meanwhile_is_not_posted() {
        let open = after(None, Some(later(60)));
        let failed = Dispatch::Fail(Failure::ours(Reason::OptedOut));
        assert_eq!(queued().dispatch(&Circumstances { opted_out: true, ..open }, NOW), failed);
    }

    #[test]
    fn a_message_whose_price_is_not_agreed_to_is_not_posted() {
        let open = after(None, Some(later(60)));
        let price = AgreedPrice {
            quote: open.quote,
            ceiling: None,
            currency: None,
            offset: UtcOffset::UTC,
            over_budget: false,
        };
        let agreed = OutboundMessage { price: Some(price), ..queued() };
        assert_eq!(agreed.dispatch(&open, NOW), Dispatch::Post);
        let quote = Quote { price: Price::Unknown(Unknown::NoRate), ..open.quote };
        let changed = Dispatch::Hold(Reason::PriceChanged);
        assert_eq!(agreed.dispatch(&Circumstances { quote, ..open }, NOW), changed);
        let paused = Circumstances { quote, channel: Sending::Paused, ..open };
        assert_eq!(
            agreed.dispatch(&paused, NOW),
            Dispatch::Hold(Reason::Paused),
            "it is asked again when it can go out"
        );
        assert_eq!(queued().dispatch(&Circumstances { quote, ..open }, NOW), Dispatch::Post, "from before");
    }

    #[test]
    fn a_message_for_which_a_budget_has_no_room_is_held_alone() {
        let open = after(None, Some(later(80_000)));
        let spent = Dispatch::Hold(Reason::BudgetSpent);
        let agreed = |over_budget| {
            let price =
                AgreedPrice { quote: open.quote, ceiling: None, currency: None, offset: UtcOffset::UTC, over_budget };
            OutboundMessage { price: Some(price), ..queued() }
        };
        for (room, plain, approved) in [
            (Room::Fits, Dispatch::Post, Dispatch::Post),
            (Room::Asks, spent.clone(), Dispatch::Post),
            (Room::Spent, spent.clone(), spent),
        ] {
            let circumstances = Circumstances { room, ..open };
            assert_eq!(agreed(false).dispatch(&circumstances, NOW), plain, "{room:?}");
            assert_eq!(agreed(true).dispatch(&circumstances, NOW), approved, "{room:?}");
        }
        for reason in [Reason::PriceChanged, Reason::BudgetSpent] {
            let held = earlier(send(SendState::Held(Failure::ours(reason))));
            assert_eq!(held.dispatch(&open, later(60)), Dispatch::Nothing, "a user or the budget queues it");
            assert_eq!(held.dispatch(&open, held.expires), Dispatch::Fail(Failure::ours(Reason::Expired)));
            let behind_it = Circumstances { previous: Some(&held), ..open };
            assert_eq!(queued().dispatch(&behind_it, NOW), Dispatch::Post, "another message goes");
            let part = OutboundMessage { part_of: Some(held.id), ..queued() };
            assert_eq!(part.dispatch(&behind_it, NOW), Dispatch::Hold(reason), "the rest of the same text does not");
        }
    }

    #[test]
    fn a_template_is_posted_also_while_the_window_is_closed() {
        let json = r#"{"type":"template","name":"hello","language":"en","body":"Hello!"}"#;
        let template = OutboundMessage { content: serde_json::from_str(json).unwrap(), ..queued() };
        assert_eq!(template.dispatch(&after(None, None), NOW), Dispatch::Post);
        assert_eq!(template.dispatch(&after(None, Some(NOW)), NOW), Dispatch::Post);
    }

    #[test]
    fn an_expired_claim_is_unconfirmed_and_never_posted_again() {
        assert_eq!(claimed().dispatch(&after(None, Some(later(600))), later(31)), Dispatch::Unconfirm);
        assert_eq!(claimed().shown(later(31)), Shown::Unconfirmed);
        assert_eq!(claimed().sweep(later(121)), Sweep::Unconfirm(later(600)));
    }

    #[test]
    fn a_send_that_whatsapp_speaks_of_is_never_posted() {
        let mut send = queued();
        send.delivery.sent = Some(NOW);
        assert_eq!(send.dispatch(&after(None, Some(later(60))), NOW), Dispatch::Nothing);
        assert_eq!(send.sweep(later(500)), Sweep::Done);
    }

    #[test]
    fn the_second_of_two_sends_waits_for_the_first_but_not_for_ever() {
        let wait = Dispatch::Wait(Duration::from_secs(1));
        assert_eq!(queued().dispatch(&after(Some(&earlier(queued())), Some(later(600))), NOW), Dispatch::EarlierFirst);
        let soon = earlier(waiting_until(Some(later(5))));
        assert_eq!(queued().dispatch(&after(Some(&soon), Some(later(600))), NOW), wait);
        assert_eq!(queued().dispatch(&after(Some(&earlier(claimed())), Some(later(600))), NOW), wait);
        assert_eq!(queued().dispatch(&after(Some(&earlier(claimed())), Some(later(600))), later(31)), Dispatch::Post);
        assert_eq!(queued().dispatch(&after(Some(&earlier(queued())), Some(later(600))), later(181)), Dispatch::Post);
        let far_off = waiting_until(Some(later(3600)));
        assert_eq!(queued().dispatch(&after(Some(&earlier(far_off)), Some(later(600))), NOW), Dispatch::Post);
    }

    #[test]
    fn what_was_held_goes_first_however_long_that_lasted() {
        let hours_later = later(7200);
        let open = after(None, Some(later(80_000)));
        for reason in [Reason::Paused, Reason::Unauthorised] {
            let held = earlier(send(SendState::Held(Failure::ours(reason))));
            let behind_it = Circumstances { previous: Some(&held), ..open };
            assert_eq!(queued().dispatch(&behind_it, hours_later), Dispatch::EarlierFirst);
            assert_eq!(held.dispatch(&open, hours_later), Dispatch::Post);
            assert_eq!(held.dispatch(&Circumstances { channel: Sending::Paused, ..open }, NOW), Dispatch::Nothing);
            let released = OutboundMessage { queued: hours_later, ..earlier(queued()) };
            let behind_it = Circumstances { previous: Some(&released), ..open };
            assert_eq!(queued().dispatch(&behind_it, hours_later), Dispatch::EarlierFirst);
        }
    }

    #[test]
    fn a_scheduled_message_starts_at_its_time_unless_the_customer_has_written() {
        let scheduled = OutboundMessage {
            id: MessageId::at_moment(later(600), 3),
            unless_written_since: Some(NOW),
            expires: later(90_000),
            ..send(SendState::Scheduled)
        };
        assert_eq!(scheduled.shown(NOW), Shown::Scheduled);
        assert_eq!(scheduled.sweep(NOW), Sweep::Later(later(600)));
        assert_eq!(scheduled.sweep(later(600)), Sweep::Start);
        assert_eq!(scheduled.sweep(later(90_000)), Sweep::Fail(Failure::ours(Reason::Expired)));
        assert_eq!(scheduled.overtaken(Some(NOW)), None);
        assert_eq!(scheduled.overtaken(Some(later(1))), Some(Failure::ours(Reason::TheyWrote)));
        let open = after(None, Some(later(80_000)));
        assert_eq!(scheduled.dispatch(&open, later(600)), Dispatch::Nothing);
        let started = OutboundMessage { state: queued().state, ..scheduled };
        let written = Circumstances { arrived: Some(later(601)), ..open };
        assert_eq!(started.dispatch(&written, later(602)), Dispatch::Fail(Failure::ours(Reason::TheyWrote)));
        assert_eq!(started.dispatch(&open, later(602)), Dispatch::Post);
    }

    #[test]
    fn a_part_whose_earlier_part_failed_fails_too() {
        let first = earlier(send(SendState::Failed(Failure::ours(Reason::Refused))));
        let part = OutboundMessage { part_of: Some(first.id), ..queued() };
        let behind_it = after(Some(&first), Some(later(600)));
        assert_eq!(part.dispatch(&behind_it, NOW), Dispatch::Fail(Failure::ours(Reason::EarlierPart)));
        assert_eq!(queued().dispatch(&behind_it, NOW), Dispatch::Post, "another text goes");
        let second = OutboundMessage { part_of: part.part_of, ..first.clone() };
        let third = OutboundMessage { part_of: part.part_of, ..queued() };
        let behind_it = after(Some(&second), Some(later(600)));
        assert_eq!(third.dispatch(&behind_it, NOW), Dispatch::Fail(Failure::ours(Reason::EarlierPart)));
        let unknown = earlier(send(SendState::Unconfirmed));
        let part = OutboundMessage { part_of: Some(unknown.id), ..queued() };
        assert_eq!(part.dispatch(&after(Some(&unknown), Some(later(600))), NOW), Dispatch::Post);
    }

    #[test]
    fn a_held_message_is_looked_at_once_at_its_end() {
        let held = send(SendState::Held(Failure::ours(Reason::Paused)));
        assert_eq!(held.sweep(later(600)), Sweep::Later(held.expires));
        assert_eq!(held.sweep(held.expires), Sweep::Fail(Failure::ours(Reason::Expired)));
        assert_eq!(held.shown(NOW), Shown::Held);
    }

    #[test]
    fn of_two_sends_that_come_after_each_other_only_the_later_one_waits() {
        let first = earlier(queued());
        let second = queued();
        assert_eq!(first.dispatch(&after(Some(&second), Some(later(600))), NOW), Dispatch::Post);
        assert_eq!(second.dispatch(&after(Some(&first), Some(later(600))), NOW), Dispatch::EarlierFirst);
    }

    #[test]
    fn the_sweeper_redrives_what_waits_and_reports_what_stays_unknown() {
        assert_eq!(queued().sweep(later(121)), Sweep::Redrive(later(181)));
        assert_eq!(queued().sweep(later(86_400)), Sweep::Fail(Failure::ours(Reason::Expired)));
        assert_eq!(send(SendState::Unconfirmed).sweep(later(601)), Sweep::Report);
    }
}
