//! Sending: an intent, decided at the moment of dispatch. At most one post for each intent, whatever happens.
//!
//! `queued → claimed → accepted → sent → delivered → read → played`, or `failed`, or `unconfirmed`. A claim is
//! written before the call. Where the answer is not known the send is unconfirmed, and never posted again.

use crate::conversations::SERVICE_WINDOW;
use crate::identities::Bsuid;
use crate::ids::{ConversationId, MessageId};
use crate::personal::Text;
use crate::phone::Phone;
use crate::statuses::{Delivery, Status};
use crate::time::Timestamp;
use crate::wamid::Wamid;
use crate::words::words;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// The longest text that WhatsApp takes in one message, in characters (Cloud API, text messages).
pub const MAX_TEXT: usize = 4096;

/// How long a claim holds. Longer than a worker may run (15 s), so an expired claim belongs to a dead worker.
pub const LEASE: Duration = Duration::from_secs(30);

/// How long after its acceptance the sweeper looks at a send that should long be on its way.
pub const FIRST_SWEEP: Duration = Duration::from_secs(120);

/// How long after its acceptance a send that has not gone out is given up.
pub const LIFETIME: Duration = SERVICE_WINDOW;

/// After how long an unconfirmed send is reported, so that a person decides.
pub const REPORT_UNCONFIRMED: Duration = Duration::from_secs(600);

/// The sweeper's pause between two looks at the same send.
const SWEEP_AGAIN: Duration = Duration::from_secs(60);

/// A send waits for the one before it, as long as that is due within this time …
const WAIT_FOR_EARLIER: Duration = Duration::from_secs(60);

/// … and was accepted no longer ago than this: past it, delivery counts more than order.
const ORDER_HOLDS: Duration = Duration::from_secs(180);

/// Pause before asking again whether the send before has gone.
const ASK_AGAIN: Duration = Duration::from_secs(1);

/// Where a message goes: the phone where it is known, else the user id. Meta takes them in different fields.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Address {
    /// A phone number (`to`).
    Phone(Phone),
    /// A business-scoped user id (`recipient`).
    Bsuid(Bsuid),
}

words! {
    /// Why a send failed, as far as we sort it; Meta's code and words stand beside it.
    Reason {
        /// More than 24 hours since the customer wrote.
        WindowClosed = "window_closed",
        /// It did not go out within its lifetime.
        Expired = "expired",
        /// The number is not on WhatsApp, or cannot receive this.
        NotReachable = "not_reachable",
        /// Meta refused it.
        Refused = "refused",
        /// Meta refuses the channel: its token, a permission or its registration has to be mended.
        Unauthorised = "unauthorised",
    }
}

/// Why a send failed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Failure {
    /// The kind of reason.
    pub reason: Reason,
    /// Meta's code, if it was Meta.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<i64>,
    /// Meta's words, which may quote the message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<Text>,
}

impl Failure {
    /// A failure that we found ourselves.
    #[must_use]
    pub const fn ours(reason: Reason) -> Self {
        Self { reason, code: None, detail: None }
    }
}

/// How far a send has come on our side.
#[derive(Clone, Debug, PartialEq)]
pub enum SendState {
    /// Waits to be dispatched, not before the given time.
    Queued {
        /// Set when Meta asked to wait, or refused the channel.
        not_before: Option<Timestamp>,
        /// Why Meta refused the channel at the last try; it is tried again.
        refusal: Option<Failure>,
    },
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

/// A send: what is to go where, and how far it has come.
#[derive(Clone, Debug, PartialEq)]
pub struct Send {
    /// Its id: also the key of its line in the history.
    pub id: MessageId,
    /// In which conversation.
    pub conversation: ConversationId,
    /// To whom.
    pub to: Address,
    /// The recipient's user id where `to` is the phone, if we know it: a status that repeats it tells nothing new.
    pub bsuid: Option<Bsuid>,
    /// The text.
    pub body: Text,
    /// Whether a link in it is shown with a preview.
    pub preview_url: bool,
    /// The message it answers.
    pub reply_to: Option<Wamid>,
    /// The send before it in this conversation.
    pub after: Option<MessageId>,
    /// How far it has come.
    pub state: SendState,
    /// How often Meta asked to wait.
    pub tries: u32,
    /// How often the sweeper put it into the queue again.
    pub redriven: u32,
    /// When it is given up.
    pub expires: Timestamp,
    /// WhatsApp's id, once known.
    pub wamid: Option<Wamid>,
    /// What WhatsApp told since.
    pub delivery: Delivery,
}

/// What a person sees of a send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// Waits.
    Queued,
    /// Is being posted.
    Claimed,
    /// Meta took it.
    Accepted,
    /// It did not go out.
    Failed,
    /// Nobody knows.
    Unconfirmed,
    /// As WhatsApp says.
    Told(Status),
}

impl Shown {
    /// The word for it in the API.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Claimed => "claimed",
            Self::Accepted => "accepted",
            Self::Failed => "failed",
            Self::Unconfirmed => "unconfirmed",
            Self::Told(status) => status.word(),
        }
    }

    /// Whether Meta has answered, one way or the other: what a caller who waits is waiting for.
    #[must_use]
    pub const fn is_settled(self) -> bool {
        match self {
            Self::Queued | Self::Claimed => false,
            Self::Accepted | Self::Failed | Self::Unconfirmed | Self::Told(_) => true,
        }
    }
}

/// What a worker does with a send that it was handed.
#[derive(Clone, Debug, PartialEq)]
pub enum Dispatch {
    /// Claim it, then post it.
    Post,
    /// Look again after this long.
    Wait(Duration),
    /// The send before it goes first. Of two accepted at the same moment the earlier may lie behind the later one in the
    /// queue, where it would wait for that one.
    EarlierFirst,
    /// It can no longer go out.
    Fail(Failure),
    /// Its worker died while it posted: nobody knows.
    Unconfirm,
    /// There is nothing left to do.
    Nothing,
}

/// What the sweeper does with a send that is due.
#[derive(Clone, Debug, PartialEq)]
pub enum Sweep {
    /// Put it into the queue again, and look again then.
    Redrive(Timestamp),
    /// Look again then.
    Later(Timestamp),
    /// It can no longer go out.
    Fail(Failure),
    /// Its worker died while it posted; look again then, to report it.
    Unconfirm(Timestamp),
    /// It has been unconfirmed for too long: report it, and look no more.
    Report,
    /// It is settled: look no more.
    Done,
}

impl Send {
    /// What a person sees: what WhatsApp told, else how far it has come here.
    #[must_use]
    pub fn shown(&self, now: Timestamp) -> Shown {
        if let Some(status) = self.delivery.shown() {
            return Shown::Told(status);
        }
        match &self.state {
            SendState::Queued { .. } => Shown::Queued,
            SendState::Claimed { until, .. } if now <= *until => Shown::Claimed,
            SendState::Claimed { .. } | SendState::Unconfirmed => Shown::Unconfirmed,
            SendState::Accepted => Shown::Accepted,
            SendState::Failed(_) => Shown::Failed,
        }
    }

    /// What a worker does with this send now. `before` is the send it comes after, as it stands;
    /// `window_until` is when the 24-hour window shuts.
    #[must_use]
    pub fn dispatch(&self, before: Option<&Self>, window_until: Option<Timestamp>, now: Timestamp) -> Dispatch {
        if self.delivery.shown().is_some() {
            return Dispatch::Nothing;
        }
        match &self.state {
            SendState::Accepted | SendState::Failed(_) | SendState::Unconfirmed => Dispatch::Nothing,
            SendState::Claimed { until, .. } if now <= *until => Dispatch::Wait(until.since(now) + ASK_AGAIN),
            SendState::Claimed { .. } => Dispatch::Unconfirm,
            SendState::Queued { .. } if now >= self.expires => Dispatch::Fail(Failure::ours(Reason::Expired)),
            SendState::Queued { not_before: Some(at), .. } if now < *at => Dispatch::Wait(at.since(now)),
            SendState::Queued { .. } if before.is_some_and(|before| before.holds_up(self, now)) => {
                if before.is_some_and(|before| before.is_waiting(now)) {
                    Dispatch::EarlierFirst
                } else {
                    Dispatch::Wait(ASK_AGAIN)
                }
            }
            SendState::Queued { .. } if window_until.is_none_or(|until| now >= until) => {
                Dispatch::Fail(Failure::ours(Reason::WindowClosed))
            }
            SendState::Queued { .. } => Dispatch::Post,
        }
    }

    /// What the sweeper does with this send, which was due.
    #[must_use]
    pub fn sweep(&self, now: Timestamp) -> Sweep {
        if self.delivery.shown().is_some() {
            return Sweep::Done;
        }
        let report_at = self.id.moment().plus(REPORT_UNCONFIRMED);
        match &self.state {
            SendState::Accepted | SendState::Failed(_) => Sweep::Done,
            SendState::Queued { .. } if now >= self.expires => Sweep::Fail(Failure::ours(Reason::Expired)),
            SendState::Queued { not_before: Some(at), .. } if now < *at => Sweep::Later(*at),
            SendState::Queued { .. } => Sweep::Redrive(now.plus(SWEEP_AGAIN)),
            SendState::Claimed { until, .. } if now <= *until => Sweep::Later(until.plus(ASK_AGAIN)),
            SendState::Claimed { .. } => Sweep::Unconfirm(report_at.max(now)),
            SendState::Unconfirmed if now < report_at => Sweep::Later(report_at),
            SendState::Unconfirmed => Sweep::Report,
        }
    }

    /// Whether it is queued, and nothing keeps it from being dispatched now.
    fn is_waiting(&self, now: Timestamp) -> bool {
        matches!(&self.state, SendState::Queued { not_before, .. } if not_before.is_none_or(|at| at <= now))
    }

    /// Whether `next`, which comes after this one, has to wait for it. Only ever the later of the two waits, so that
    /// whatever the table says, no two wait for each other.
    fn holds_up(&self, next: &Self, now: Timestamp) -> bool {
        if self.id >= next.id || self.delivery.shown().is_some() || now >= self.id.moment().plus(ORDER_HOLDS) {
            return false;
        }
        match &self.state {
            SendState::Queued { not_before, .. } => not_before.is_none_or(|at| at <= now.plus(WAIT_FOR_EARLIER)),
            SendState::Claimed { until, .. } => now <= *until,
            SendState::Accepted | SendState::Failed(_) | SendState::Unconfirmed => false,
        }
    }
}

/// What came of a post to Meta.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// Meta took it.
    Accepted(Wamid),
    /// Meta did not take it, for certain, and may be asked again after this long.
    NotYet(Duration),
    /// Meta did not take it, for certain, and never will.
    Refused(Failure),
    /// The channel's credentials are no good: nothing of this channel goes out until they are mended.
    Unauthorised(Failure),
    /// Nobody knows.
    Unknown,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{ChannelId, HomeId};

    const NOW: Timestamp = Timestamp::from_seconds(1_790_000_000);

    fn send(state: SendState) -> Send {
        let conversation = ConversationId { home: HomeId::from_parts(NOW, 1), channel: ChannelId::from_parts(NOW, 2) };
        Send {
            id: MessageId::at_moment(NOW, 3),
            conversation,
            to: Address::Phone(Phone::parse("919876543210").unwrap()),
            bsuid: None,
            body: Text::new("hello"),
            preview_url: false,
            reply_to: None,
            after: None,
            state,
            tries: 0,
            redriven: 0,
            expires: NOW.plus(LIFETIME),
            wamid: None,
            delivery: Delivery::default(),
        }
    }

    fn waiting_until(not_before: Option<Timestamp>) -> Send {
        send(SendState::Queued { not_before, refusal: None })
    }

    fn queued() -> Send {
        waiting_until(None)
    }

    fn claimed() -> Send {
        send(SendState::Claimed { by: "run".into(), until: NOW.plus(LEASE) })
    }

    /// The same, accepted just before.
    fn earlier(send: Send) -> Send {
        Send { id: MessageId::at_moment(NOW, 2), ..send }
    }

    fn later(seconds: u64) -> Timestamp {
        NOW.plus(Duration::from_secs(seconds))
    }

    #[test]
    fn a_queued_send_inside_the_window_is_posted() {
        assert_eq!(queued().dispatch(None, Some(later(60)), NOW), Dispatch::Post);
    }

    #[test]
    fn a_closed_window_fails_the_send_with_its_reason() {
        let closed = Dispatch::Fail(Failure::ours(Reason::WindowClosed));
        assert_eq!(queued().dispatch(None, Some(NOW), NOW), closed);
        assert_eq!(queued().dispatch(None, None, NOW), closed);
    }

    #[test]
    fn an_expired_claim_is_unconfirmed_and_never_posted_again() {
        assert_eq!(claimed().dispatch(None, Some(later(600)), later(31)), Dispatch::Unconfirm);
        assert_eq!(claimed().shown(later(31)), Shown::Unconfirmed);
        assert_eq!(claimed().sweep(later(121)), Sweep::Unconfirm(later(600)));
    }

    #[test]
    fn a_send_that_whatsapp_speaks_of_is_never_posted() {
        let mut send = queued();
        send.delivery.sent = Some(NOW);
        assert_eq!(send.dispatch(None, Some(later(60)), NOW), Dispatch::Nothing);
        assert_eq!(send.sweep(later(500)), Sweep::Done);
    }

    #[test]
    fn the_second_of_two_sends_waits_for_the_first_but_not_for_ever() {
        let wait = Dispatch::Wait(Duration::from_secs(1));
        assert_eq!(queued().dispatch(Some(&earlier(queued())), Some(later(600)), NOW), Dispatch::EarlierFirst);
        let soon = earlier(waiting_until(Some(later(5))));
        assert_eq!(queued().dispatch(Some(&soon), Some(later(600)), NOW), wait);
        assert_eq!(queued().dispatch(Some(&earlier(claimed())), Some(later(600)), NOW), wait);
        assert_eq!(queued().dispatch(Some(&earlier(claimed())), Some(later(600)), later(31)), Dispatch::Post);
        assert_eq!(queued().dispatch(Some(&earlier(queued())), Some(later(600)), later(181)), Dispatch::Post);
        let far_off = waiting_until(Some(later(3600)));
        assert_eq!(queued().dispatch(Some(&earlier(far_off)), Some(later(600)), NOW), Dispatch::Post);
    }

    #[test]
    fn of_two_sends_that_come_after_each_other_only_the_later_one_waits() {
        let (first, second) = (earlier(queued()), queued());
        assert_eq!(first.dispatch(Some(&second), Some(later(600)), NOW), Dispatch::Post);
        assert_eq!(second.dispatch(Some(&first), Some(later(600)), NOW), Dispatch::EarlierFirst);
    }

    #[test]
    fn the_sweeper_redrives_what_waits_and_reports_what_stays_unknown() {
        assert_eq!(queued().sweep(later(121)), Sweep::Redrive(later(181)));
        assert_eq!(queued().sweep(later(86_400)), Sweep::Fail(Failure::ours(Reason::Expired)));
        assert_eq!(send(SendState::Unconfirmed).sweep(later(601)), Sweep::Report);
    }
}
