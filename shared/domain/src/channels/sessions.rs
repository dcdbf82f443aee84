//! Sessions: the link of one number, from its QR code until it is unlinked, in the six states that front ends of linked
//! devices know. A session is a view of a signup and of the channel that came of it. No device is linked here.

use crate::actors::Actor;
use crate::channels::channels::Sending;
use crate::ids::{ChannelId, PhoneSessionId};
use crate::personal::Text;
use crate::string_enum::string_enum;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

string_enum! {
    /// The state of a session.
    SessionState {
        /// The QR code waits to be scanned, and the signup to be finished.
        Connecting = "connecting",
        /// The number is linked.
        Connected = "connected",
        /// WhatsApp rejects the number at present, or its phone has been offline for too long.
        Reconnecting = "reconnecting",
        /// A user disconnected the number, or withdrew the QR code.
        Disconnected = "disconnected",
        /// The number was unlinked on the phone. A new session links it again.
        LoggedOut = "logged_out",
        /// The number could not be linked.
        Error = "error",
    }
}

string_enum! {
    /// Why a number could not be linked.
    SessionError {
        /// The signup was not finished in time.
        Expired = "expired",
        /// The signup was cancelled, or Meta rejected it.
        Rejected = "rejected",
        /// The number is connected already.
        AlreadyConnected = "already_connected",
        /// Meta shared no number, or several.
        NoNumber = "no_number",
    }
}

string_enum! {
    /// What WhatsApp reported last about the link between a number and this app (Cloud API, `account_update`).
    LinkReport {
        /// The number was unlinked (`PARTNER_REMOVED`).
        Removed = "removed",
        /// The phone was offline for too long (`ACCOUNT_OFFBOARDED`).
        Offboarded = "offboarded",
        /// The number is linked again (`ACCOUNT_RECONNECTED`).
        Reconnected = "reconnected",
    }
}

/// What became of the onboarding, as it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Onboarding {
    /// Its QR code may be scanned until then.
    Waiting(Timestamp),
    /// The number is this channel.
    Linked(ChannelId),
    /// It failed.
    Failed(SessionError),
    /// A user withdrew it, or disconnected its number.
    Withdrawn,
}

/// Something that happens to a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionEvent {
    /// Its signup connected this channel.
    Linked(ChannelId),
    /// Its signup failed.
    Failed(SessionError),
    /// A user ends it.
    Withdrawn,
}

impl Onboarding {
    /// What follows when `event` happens at `now`; none if it changes nothing. A number that was connected counts, also
    /// where the time had just run out. What has ended stays so.
    #[must_use]
    pub fn after(self, event: SessionEvent, now: Timestamp) -> Option<Self> {
        match (self, event) {
            (Self::Waiting(_), SessionEvent::Linked(channel)) => Some(Self::Linked(channel)),
            (Self::Waiting(until), SessionEvent::Failed(_)) if now >= until => {
                Some(Self::Failed(SessionError::Expired))
            }
            (Self::Waiting(_), SessionEvent::Failed(error)) => Some(Self::Failed(error)),
            (Self::Waiting(_) | Self::Linked(_), SessionEvent::Withdrawn) => Some(Self::Withdrawn),
            (Self::Linked(_), SessionEvent::Linked(_) | SessionEvent::Failed(_))
            | (Self::Failed(_) | Self::Withdrawn, _) => None,
        }
    }
}

/// How the channel of a linked session is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkedChannel {
    /// Whether it sends, or WhatsApp rejects its messages at present.
    pub sending: Sending,
    /// What WhatsApp reported last about the link.
    pub report: Option<LinkReport>,
}

impl LinkedChannel {
    const fn state(self) -> SessionState {
        match (self.sending, self.report) {
            (Sending::Disconnected, _) => SessionState::Disconnected,
            (Sending::Active | Sending::Paused | Sending::Refused, Some(LinkReport::Removed)) => {
                SessionState::LoggedOut
            }
            (Sending::Active | Sending::Paused | Sending::Refused, Some(LinkReport::Offboarded))
            | (Sending::Refused, Some(LinkReport::Reconnected) | None) => SessionState::Reconnecting,
            (Sending::Active | Sending::Paused, Some(LinkReport::Reconnected) | None) => SessionState::Connected,
        }
    }
}

/// A session.
#[derive(Clone, Debug, PartialEq)]
pub struct PhoneSession {
    /// Its ID.
    pub id: PhoneSessionId,
    /// Who began it.
    pub by: Actor,
    /// What became of its onboarding.
    pub onboarding: Onboarding,
    /// The number, formatted for display; none until it is linked.
    pub phone: Option<Text>,
    /// When its onboarding last changed.
    pub changed: Timestamp,
}

impl PhoneSession {
    /// A session whose QR code may be scanned until `until`.
    #[must_use]
    pub const fn new(id: PhoneSessionId, by: Actor, now: Timestamp, until: Timestamp) -> Self {
        Self { id, by, onboarding: Onboarding::Waiting(until), phone: None, changed: now }
    }

    /// The channel that it linked; none if it linked none, or was ended.
    #[must_use]
    pub const fn channel(&self) -> Option<ChannelId> {
        match self.onboarding {
            Onboarding::Linked(channel) => Some(channel),
            Onboarding::Waiting(_) | Onboarding::Failed(_) | Onboarding::Withdrawn => None,
        }
    }

    /// The state as of `now`. `channel` is how its channel is; none if there is none.
    #[must_use]
    pub fn state(&self, channel: Option<LinkedChannel>, now: Timestamp) -> SessionState {
        match self.onboarding {
            Onboarding::Waiting(until) if now < until => SessionState::Connecting,
            Onboarding::Waiting(_) | Onboarding::Failed(_) => SessionState::Error,
            Onboarding::Linked(_) => channel.map_or(SessionState::Disconnected, LinkedChannel::state),
            Onboarding::Withdrawn => SessionState::Disconnected,
        }
    }

    /// Why it could not be linked, as of `now`; none in every other state.
    #[must_use]
    pub fn error(&self, now: Timestamp) -> Option<SessionError> {
        match self.onboarding {
            Onboarding::Waiting(until) => (now >= until).then_some(SessionError::Expired),
            Onboarding::Failed(error) => Some(error),
            Onboarding::Linked(_) | Onboarding::Withdrawn => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::channels::signup::QR_LIFE;

    const NOW: Timestamp = Timestamp::from_seconds(1_790_000_000);

    fn session(onboarding: Onboarding) -> PhoneSession {
        let new = PhoneSession::new(PhoneSessionId::from_parts(NOW, 1), Actor::Nobody, NOW, NOW);
        PhoneSession { onboarding, ..new }
    }

    const WELL: LinkedChannel = LinkedChannel { sending: Sending::Active, report: None };

    #[test]
    fn a_session_has_six_states() {
        let channel = ChannelId::from_parts(NOW, 3);
        let linked = session(Onboarding::Linked(channel));
        let report = |report| LinkedChannel { report: Some(report), ..WELL };
        let until = NOW.plus(QR_LIFE);
        let waiting = session(Onboarding::Waiting(until));
        assert_eq!(waiting.state(None, NOW), SessionState::Connecting);
        assert_eq!(
            (waiting.state(None, until), waiting.error(until)),
            (SessionState::Error, Some(SessionError::Expired))
        );
        assert_eq!(linked.state(Some(WELL), NOW), SessionState::Connected);
        let refused = LinkedChannel { sending: Sending::Refused, ..WELL };
        assert_eq!(linked.state(Some(refused), NOW), SessionState::Reconnecting);
        assert_eq!(linked.state(Some(report(LinkReport::Offboarded)), NOW), SessionState::Reconnecting);
        assert_eq!(linked.state(Some(report(LinkReport::Reconnected)), NOW), SessionState::Connected);
        assert_eq!(linked.state(Some(report(LinkReport::Removed)), NOW), SessionState::LoggedOut);
        let off = LinkedChannel { sending: Sending::Disconnected, ..report(LinkReport::Removed) };
        assert_eq!(linked.state(Some(off), NOW), SessionState::Disconnected);
        assert_eq!(session(Onboarding::Withdrawn).state(None, NOW), SessionState::Disconnected);
        let failed = session(Onboarding::Failed(SessionError::NoNumber));
        assert_eq!((failed.state(None, NOW), failed.error(NOW)), (SessionState::Error, Some(SessionError::NoNumber)));
    }

    #[test]
    fn what_has_ended_stays_so_in_any_order_of_events() {
        let channel = ChannelId::from_parts(NOW, 3);
        let until = NOW.plus(QR_LIFE);
        let events =
            [SessionEvent::Linked(channel), SessionEvent::Failed(SessionError::Rejected), SessionEvent::Withdrawn];
        let waiting = Onboarding::Waiting(until);
        assert_eq!(waiting.after(events[0], until), Some(Onboarding::Linked(channel)));
        assert_eq!(waiting.after(events[1], NOW), Some(Onboarding::Failed(SessionError::Rejected)));
        assert_eq!(waiting.after(events[1], until), Some(Onboarding::Failed(SessionError::Expired)));
        assert_eq!(Onboarding::Linked(channel).after(SessionEvent::Withdrawn, NOW), Some(Onboarding::Withdrawn));
        assert_eq!(Onboarding::Linked(channel).after(events[1], NOW), None);
        for ended in [Onboarding::Failed(SessionError::Rejected), Onboarding::Withdrawn] {
            for event in events {
                assert_eq!(ended.after(event, NOW), None);
            }
        }
    }
}
