//! Sessions: a person who has signed in on a device, for as long as their refresh token is renewed.

use crate::ids::{SessionId, TenantId, UserId};
use crate::personal::Text;
use crate::time::Timestamp;
use std::time::Duration;

/// A refresh token that is not used for so long holds no more: a week, as the systems before this one had it.
pub const IDLE: Duration = Duration::from_secs(7 * 24 * 3600);

/// Whoever signed in so long ago signs in again: thirty days.
pub const LONGEST: Duration = Duration::from_secs(30 * 24 * 3600);

/// For so long the refresh token before the last gives the last once more: the answer that held it was lost.
pub const GRACE: Duration = Duration::from_secs(10);

/// Somebody who has signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Which session.
    pub id: SessionId,
    /// Whose business.
    pub tenant: TenantId,
    /// Who.
    pub user: UserId,
    /// What they signed in with, as their browser or program calls itself.
    pub device: Text,
    /// When its token was last renewed.
    pub used: Timestamp,
    /// When they sign in again at the latest.
    pub ends: Timestamp,
    /// Under which count of the person's [`epoch`](crate::access::users::User::epoch) it was opened.
    pub epoch: u32,
}

impl Session {
    /// A session that begins at the time of `id`.
    #[must_use]
    pub fn begun(id: SessionId, tenant: TenantId, user: UserId, epoch: u32, device: &str) -> Self {
        let device = Text::new(Text::new(device).head(200));
        Self { id, tenant, user, device, used: id.at(), ends: id.at().plus(LONGEST), epoch }
    }

    /// Until when it holds if it is not renewed.
    #[must_use]
    pub fn holds_until(&self) -> Timestamp {
        self.used.plus(IDLE).min(self.ends)
    }

    /// Whether it holds at `now` for somebody whose sessions count from `epoch`.
    #[must_use]
    pub fn holds(&self, epoch: u32, now: Timestamp) -> bool {
        self.epoch == epoch && now < self.holds_until()
    }
}

/// What is known of a session's refresh tokens, by their digests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tokens {
    /// The one that holds.
    pub current: String,
    /// The one before.
    pub before: Option<String>,
    /// When it was renewed.
    pub renewed: Timestamp,
}

/// What a refresh token of ours is worth that is not the current one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Renewal {
    /// It was renewed a moment ago, and the answer was lost: it gets the same successor.
    Again,
    /// It was renewed before: somebody has a copy. The session ends.
    Reused,
}

impl Tokens {
    /// What the token with the digest `presented` is worth, which is one of this session's and not the current one.
    #[must_use]
    pub fn renewal(&self, presented: &str, now: Timestamp) -> Renewal {
        let before = self.before.as_deref() == Some(presented);
        if before && now.since(self.renewed) <= GRACE { Renewal::Again } else { Renewal::Reused }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_seconds(1_790_000_000);

    #[test]
    fn a_session_holds_a_week_from_its_last_use_and_thirty_days_in_all() {
        let tenant = TenantId::from_parts(NOW, 1);
        let user = UserId::from_parts(NOW, 2);
        let mut session = Session::begun(SessionId::from_parts(NOW, 3), tenant, user, 4, &"x".repeat(500));
        assert_eq!(session.device.as_str().len(), 200);
        let second = Duration::from_secs(1);
        assert!(session.holds(4, NOW.plus(IDLE).minus(second)) && !session.holds(4, NOW.plus(IDLE)));
        assert!(!session.holds(5, NOW), "all sessions were ended since");
        session.used = NOW.plus(LONGEST).minus(second);
        assert!(!session.holds(4, NOW.plus(LONGEST)));
    }

    #[test]
    fn the_token_before_is_forgiven_for_ten_seconds_and_every_other_is_a_copy() {
        let tokens = Tokens { current: "c".into(), before: Some("b".into()), renewed: NOW };
        assert_eq!(tokens.renewal("b", NOW.plus(GRACE)), Renewal::Again);
        assert_eq!(tokens.renewal("b", NOW.plus(GRACE + Duration::from_millis(1))), Renewal::Reused);
        assert_eq!(tokens.renewal("a", NOW), Renewal::Reused);
    }
}
