//! What the sweeper does with an outbound message that is due: queue it, give it up, or look again later.

use crate::channels::failures::{Failure, Reason};
use crate::inbox::outbound_messages::{ASK_AGAIN, OutboundMessage, REPORT_UNCONFIRMED, SendState};
use crate::time::Timestamp;
use std::time::Duration;

/// The sweeper's pause between two looks at the same send.
const SWEEP_AGAIN: Duration = Duration::from_secs(60);

/// What the sweeper does with a message that is due.
#[derive(Clone, Debug, PartialEq)]
pub enum Sweep {
    /// Its time has come: queue it.
    Start,
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

impl OutboundMessage {
    /// What the sweeper does with this message, which was due.
    #[must_use]
    pub fn sweep(&self, now: Timestamp) -> Sweep {
        if self.delivery.shown().is_some() {
            return Sweep::Done;
        }
        let report_at = self.id.moment().plus(REPORT_UNCONFIRMED);
        match &self.state {
            SendState::Scheduled if now >= self.expires => Sweep::Fail(Failure::ours(Reason::Expired)),
            SendState::Scheduled if now < self.id.moment() => Sweep::Later(self.id.moment()),
            SendState::Scheduled => Sweep::Start,
            SendState::Cancelled | SendState::Accepted | SendState::Failed(_) => Sweep::Done,
            SendState::Queued { .. } | SendState::Held(_) if now >= self.expires => {
                Sweep::Fail(Failure::ours(Reason::Expired))
            }
            SendState::Held(_) => Sweep::Later(self.expires),
            SendState::Queued { not_before: Some(at), .. } if now < *at => Sweep::Later(*at),
            SendState::Queued { .. } => Sweep::Redrive(now.plus(SWEEP_AGAIN)),
            SendState::Claimed { until, .. } if now <= *until => Sweep::Later(until.plus(ASK_AGAIN)),
            SendState::Claimed { .. } => Sweep::Unconfirm(report_at.max(now)),
            SendState::Unconfirmed if now < report_at => Sweep::Later(report_at),
            SendState::Unconfirmed => Sweep::Report,
        }
    }
}
