//! How often something may happen: so many times at once, and one more after each pause.
//!
//! The generic cell rate algorithm. All that has to be remembered of somebody is one time, the *tat*: the moment at
//! which all that they used up is restored. Each time moves it on by a pause; it may not lie further ahead than all
//! times together. What is refused moves nothing, so nobody is kept out for longer than one pause, however often they try.

use crate::access::users::EmailAddress;
use crate::actors::Actor;
use crate::digest;
use crate::ids::{DeviceId, TenantId, UserId};
use crate::time::Timestamp;
use std::net::{IpAddr, Ipv6Addr};
use std::time::Duration;

/// How often something may happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    pause: Duration,
    burst: u32,
}

/// Whether something may happen now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It may.
    Admitted {
        /// How many more times it may happen at once.
        left: u32,
        /// How long until all is restored.
        restored: Duration,
    },
    /// It may not.
    Refused {
        /// How long until it may.
        wait: Duration,
        /// How long until all is restored.
        restored: Duration,
    },
}

impl Limit {
    /// `times` in every `per`, evenly spread, and `burst` at once after a rest. All are at least one; pauses are whole
    /// milliseconds.
    #[must_use]
    pub const fn new(times: u32, per: Duration, burst: u32) -> Self {
        let times = if times == 0 { 1 } else { times };
        let millis = per.as_millis() as u64 / times as u64;
        let pause = Duration::from_millis(if millis == 0 { 1 } else { millis });
        Self { pause, burst: if burst == 0 { 1 } else { burst } }
    }

    /// How long it takes until it may happen once more.
    #[must_use]
    pub const fn pause(self) -> Duration {
        self.pause
    }

    /// How often it may happen at once.
    #[must_use]
    pub const fn burst(self) -> u32 {
        self.burst
    }

    /// How long it takes until all is restored.
    #[must_use]
    pub fn window(self) -> Duration {
        self.pause * self.burst
    }

    /// The latest tat with which it may happen once more.
    #[must_use]
    pub fn latest(self, now: Timestamp) -> Timestamp {
        now.plus(self.pause * (self.burst - 1))
    }

    /// Whether it may happen to somebody with this tat; none is somebody to whom it never happened.
    #[must_use]
    pub fn decide(self, tat: Option<Timestamp>, now: Timestamp) -> Verdict {
        let tat = tat.map_or(now, |tat| tat.max(now));
        let latest = self.latest(now);
        if tat > latest {
            return Verdict::Refused { wait: tat.since(latest), restored: tat.since(now) };
        }
        self.admitted(tat.plus(self.pause), now)
    }

    /// When it may happen to somebody who took a turn and whose tat is this since: now, within the burst.
    #[must_use]
    pub fn turn(self, tat: Timestamp, now: Timestamp) -> Timestamp {
        tat.minus(self.window()).max(now)
    }

    /// What is left to somebody whose tat is this.
    #[must_use]
    pub fn admitted(self, tat: Timestamp, now: Timestamp) -> Verdict {
        let restored = tat.since(now);
        let left = self.window().saturating_sub(restored).as_millis() / self.pause.as_millis();
        Verdict::Admitted { left: u32::try_from(left).unwrap_or(u32::MAX), restored }
    }
}

/// Who shares the hashing of passwords.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HashAllowance {
    /// People whom we know: by a session, a device on which they signed in before, or the token of an email.
    Known,
    /// Everybody else on the internet.
    Unknown,
}

impl HashAllowance {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Known => "known",
            Self::Unknown => "unknown",
        }
    }
}

/// A sort of email that somebody can cause who does not work where its recipient does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmailSort {
    /// To prove a mailbox.
    Verification,
    /// To choose a new password.
    Reset,
    /// To join a business.
    Invitation,
}

impl EmailSort {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Verification => "verification",
            Self::Reset => "reset",
            Self::Invitation => "invitation",
        }
    }
}

/// Whose times are counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// Everybody behind one address on the internet.
    Address(IpAddr),
    /// An account that somebody tries to get into, whether there is one or not.
    Account(EmailAddress),
    /// The same account, tried on a device on which its person has signed in before.
    Device(DeviceId),
    /// A person whose second factor somebody tries to prove, who has their password.
    Code(TenantId, UserId),
    /// The same, on a device on which the person has signed in before.
    CodeOnDevice(DeviceId),
    /// A person who has signed in and is asked for their password once more.
    Reproof(TenantId, UserId),
    /// The password hashes of everybody together who share one allowance.
    Hashes(HashAllowance),
    /// Emails of one sort to one address, whichever business they are of.
    Emails(EmailSort, EmailAddress),
    /// Resets that are asked for on a device on which somebody has signed in before.
    ResetOnDevice(DeviceId),
    /// Resets that colleagues ask for on behalf of a person.
    ResetByColleague(TenantId, UserId),
    /// Invitations of a business.
    Invitations(TenantId),
    /// A person who has signed in, or a program.
    Caller(TenantId, Actor),
    /// A whole business.
    Tenant(TenantId),
    /// Requests of a business that wait for WhatsApp's answer.
    Waits(TenantId),
    /// What a whole business sends.
    Sends(TenantId),
}

impl Subject {
    /// A name for it that is as long for all and shows neither an address nor an e-mail address.
    #[must_use]
    pub fn digest(&self) -> String {
        match self {
            Self::Address(address) => digest::hex(&["address", &network(*address).to_string()]),
            Self::Account(email) => digest::hex(&["account", email.as_str()]),
            Self::Device(device) => digest::hex(&["device", &device.ulid_str()]),
            Self::Code(tenant, user) => digest::hex(&["code", &tenant.ulid_str(), &user.ulid_str()]),
            Self::CodeOnDevice(device) => digest::hex(&["code on device", &device.ulid_str()]),
            Self::Reproof(tenant, user) => digest::hex(&["reproof", &tenant.ulid_str(), &user.ulid_str()]),
            Self::Hashes(allowance) => digest::hex(&["hashes", allowance.as_str()]),
            Self::Emails(sort, email) => digest::hex(&["emails", sort.as_str(), email.as_str()]),
            Self::ResetOnDevice(device) => digest::hex(&["reset on device", &device.ulid_str()]),
            Self::ResetByColleague(tenant, user) => {
                digest::hex(&["reset by colleague", &tenant.ulid_str(), &user.ulid_str()])
            }
            Self::Invitations(tenant) => digest::hex(&["invitations", &tenant.ulid_str()]),
            Self::Caller(tenant, actor) => digest::hex(&["caller", &tenant.ulid_str(), &actor.to_string()]),
            Self::Tenant(tenant) => digest::hex(&["tenant", &tenant.ulid_str()]),
            Self::Waits(tenant) => digest::hex(&["waits", &tenant.ulid_str()]),
            Self::Sends(tenant) => digest::hex(&["sends", &tenant.ulid_str()]),
        }
    }
}

/// What one subscriber is given: an IPv4 address, or the first 64 bits of an IPv6 one, of whose others they have as many
/// as they like.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => address.into(),
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{any, prop_assert, prop_assert_eq, proptest};

    const NOW: Timestamp = Timestamp::from_seconds(1_790_000_000);
    const SECOND: Duration = Duration::from_secs(1);

    /// Somebody's tat, moved on as the table moves it.
    fn take(tat: &mut Option<Timestamp>, limit: Limit, now: Timestamp) -> Verdict {
        let verdict = limit.decide(*tat, now);
        if matches!(verdict, Verdict::Admitted { .. }) {
            *tat = Some(tat.map_or(now, |tat| tat.max(now)).plus(limit.pause()));
        }
        verdict
    }

    #[test]
    fn a_burst_goes_through_then_one_after_each_pause() {
        let limit = Limit::new(60, 60 * SECOND, 3);
        let mut tat = None;
        for left in [2, 1, 0] {
            let restored = SECOND * (3 - left);
            assert_eq!(take(&mut tat, limit, NOW), Verdict::Admitted { left, restored });
        }
        let refused = Verdict::Refused { wait: SECOND, restored: 3 * SECOND };
        assert_eq!([take(&mut tat, limit, NOW), take(&mut tat, limit, NOW)], [refused, refused]);
        let later = NOW.plus(SECOND);
        assert_eq!(take(&mut tat, limit, later), Verdict::Admitted { left: 0, restored: 3 * SECOND });
        assert!(matches!(take(&mut tat, limit, later), Verdict::Refused { .. }));
        assert_eq!(take(&mut tat, limit, later.plus(60 * SECOND)), Verdict::Admitted { left: 2, restored: SECOND });
    }

    #[test]
    fn turns_follow_each_other_by_a_pause_after_the_burst() {
        let limit = Limit::new(20, SECOND, 3);
        let turn = |taken: u32| limit.turn(NOW.plus(limit.pause() * taken), NOW).since(NOW).as_millis();
        assert_eq!([1, 2, 3, 4, 5, 23].map(turn), [0, 0, 0, 50, 100, 1000]);
    }

    #[test]
    fn a_limit_that_lets_nothing_through_lets_one_through() {
        let limit = Limit::new(0, Duration::ZERO, 0);
        assert_eq!((limit.pause(), limit.burst()), (Duration::from_millis(1), 1));
    }

    #[test]
    fn one_subscriber_has_one_name_however_many_addresses() {
        let of = |address: &str| Subject::Address(address.parse().unwrap()).digest();
        assert_eq!(of("2001:db8:7:1::1"), of("2001:db8:7:1:ffff:1:2:3"));
        assert_ne!(of("2001:db8:7:1::1"), of("2001:db8:7:2::1"));
        assert_eq!(of("203.0.113.24"), of("::ffff:203.0.113.24"));
        assert_ne!(of("203.0.113.24"), of("203.0.113.25"));
    }

    #[test]
    fn no_two_kinds_of_subject_share_a_name() {
        let tenant = TenantId::from_parts(NOW, 1);
        let user = Actor::Nobody;
        assert_ne!(Subject::Tenant(tenant).digest(), Subject::Caller(tenant, user).digest());
        assert_eq!(Subject::Tenant(tenant).digest().len(), 32);
    }

    proptest! {
        #[test]
        fn in_no_stretch_of_time_happens_more_than_the_limit_says(
            (times, burst) in (1_u32..50, 1_u32..50),
            steps in proptest::collection::vec(0_u64..3000, 1..300),
        ) {
            let limit = Limit::new(times, 10 * SECOND, burst);
            let mut tat = None;
            let mut now = NOW;
            let mut admitted = Vec::new();
            for step in steps {
                now = now.plus(Duration::from_millis(step));
                if matches!(take(&mut tat, limit, now), Verdict::Admitted { .. }) {
                    admitted.push(now);
                }
            }
            for (place, from) in admitted.iter().enumerate() {
                for (more, until) in admitted[place..].iter().enumerate() {
                    let most = u128::from(burst) + until.since(*from).as_millis() / limit.pause().as_millis();
                    prop_assert!((more as u128) < most, "{} in {:?}", more + 1, until.since(*from));
                }
            }
        }

        #[test]
        fn whoever_waits_as_long_as_they_are_told_is_let_in_and_that_is_never_longer_than_a_pause(
            (times, burst) in (1_u32..50, 1_u32..50),
            hurry in 1_usize..200,
            late in any::<u16>(),
        ) {
            let limit = Limit::new(times, 10 * SECOND, burst);
            let mut tat = None;
            for _ in 0..hurry {
                take(&mut tat, limit, NOW);
            }
            let now = NOW.plus(Duration::from_millis(u64::from(late)));
            if let Verdict::Refused { wait, restored } = limit.decide(tat, now) {
                prop_assert!(wait <= limit.pause() && restored <= limit.window());
                let early = now.plus(wait - Duration::from_millis(1));
                let refused = matches!(limit.decide(tat, early), Verdict::Refused { .. });
                prop_assert!(refused, "not a moment sooner");
                let admitted = matches!(limit.decide(tat, now.plus(wait)), Verdict::Admitted { .. });
                prop_assert!(admitted);
            }
            let rested = now.plus(limit.window());
            prop_assert_eq!(limit.decide(tat, rested), limit.decide(None, rested), "after a rest all is as it was");
        }
    }
}
