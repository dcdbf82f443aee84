//! Connecting a number by Meta's Embedded Signup: a start, the page of Meta's that it leads to, and the return with a code.
//! Who makes the requests, and what is written, is decided elsewhere.

use crate::actors::Actor;
use crate::channels::channels::GraphId;
use crate::digest;
use crate::ids::{ChannelId, PhoneSessionId, TenantId};
use crate::personal::{Secret, Text};
use crate::string_enum::string_enum;
use crate::time::Timestamp;
use std::time::Duration;

/// How long somebody may take at Meta. A business that is new there adds an account and proves its number meanwhile.
pub const SIGNUP_LIFE: Duration = Duration::from_secs(30 * 60);

/// How long a QR code may be scanned, and the signup that it leads to be finished. It is shown on a screen for a phone that
/// is at hand.
pub const QR_LIFE: Duration = Duration::from_secs(10 * 60);

/// How long a signup is remembered after its end, so that a return that comes again is told what became of it.
pub const SIGNUP_REMEMBERED: Duration = Duration::from_secs(24 * 3600);

string_enum! {
    /// What Embedded Signup is asked for.
    SignupKind {
        /// A number of the Cloud API alone.
        Cloud = "cloud",
        /// A number that stays in use in the WhatsApp Business app of a phone (Meta: coexistence).
        Phone = "phone",
    }
}

impl SignupKind {
    /// How long a signup of this kind may take.
    #[must_use]
    pub const fn life(self) -> Duration {
        match self {
            Self::Cloud => SIGNUP_LIFE,
            Self::Phone => QR_LIFE,
        }
    }
}

/// A text that cannot be a state or a code. What it says is shown to the caller, without the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected what Meta's page returned: 16 to {LONGEST} visible ASCII characters")]
pub struct InvalidReturn;

/// Meta's codes have some 400 characters; it documents no limit.
const LONGEST: usize = 2000;

/// Something that Meta's page returns: our state, or a code. Both open something, so neither is shown.
#[derive(Clone, Debug)]
pub struct Returned(Secret);

impl Returned {
    /// Reads it.
    ///
    /// # Errors
    /// [`InvalidReturn`] unless it has 16 to 2,000 visible characters of ASCII.
    pub fn parse(text: &str) -> Result<Self, InvalidReturn> {
        let fits = (16..=LONGEST).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
        if fits { Ok(Self(Secret::new(text))) } else { Err(InvalidReturn) }
    }

    /// The text itself.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose()
    }

    /// The digest under which a signup is found by its state, or by which a code is recognised.
    #[must_use]
    pub fn digest(&self) -> String {
        digest::hex(&["signup", self.0.expose()])
    }
}

/// A signup that somebody began.
#[derive(Clone, Debug, PartialEq)]
pub struct Signup {
    /// Whose number it will be.
    pub tenant: TenantId,
    /// Who began it.
    pub by: Actor,
    /// What Meta is asked for.
    pub kind: SignupKind,
    /// The session that it links; none if it was begun without one.
    pub session: Option<PhoneSessionId>,
    /// The only number that it may connect, in digits; none if Meta's page decides.
    pub wanted: Option<Text>,
    /// Until when Meta's page may return.
    pub until: Timestamp,
    /// The digest of the code that came back first; none until one does.
    pub code: Option<String>,
    /// The channel that came of it.
    pub channel: Option<ChannelId>,
}

/// What a return of Meta's page is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Redemption {
    /// Its code is exchanged.
    Exchanged,
    /// It comes again: this is what came of it.
    Connected(ChannelId),
    /// Another code came with the same state.
    Used,
    /// It comes too late.
    Expired,
}

impl Signup {
    /// What a return with the code of this digest is good for, as of `now`. The same return may come again, since a caller
    /// that heard no answer repeats it.
    #[must_use]
    pub fn redemption(&self, code: &str, now: Timestamp) -> Redemption {
        match (&self.code, self.channel) {
            (Some(before), _) if before != code => Redemption::Used,
            (_, Some(channel)) => Redemption::Connected(channel),
            (_, None) if now >= self.until => Redemption::Expired,
            (_, None) => Redemption::Exchanged,
        }
    }

    /// When it was begun.
    #[must_use]
    pub fn begun(&self) -> Timestamp {
        self.until.minus(self.kind.life())
    }

    /// Whether its page at Meta may still be opened.
    #[must_use]
    pub fn is_open(&self, now: Timestamp) -> bool {
        self.code.is_none() && now < self.until
    }
}

/// A number of an account that was shared with the app.
#[derive(Clone, Debug, PartialEq)]
pub struct SharedNumber {
    /// Its account.
    pub waba: GraphId,
    /// Meta's ID of it.
    pub id: GraphId,
    /// The number, formatted for display.
    pub display: String,
    /// The name that customers see.
    pub verified_name: Option<Text>,
    /// Whether it is registered for the Cloud API.
    pub is_registered: bool,
    /// Whether it is in use in the WhatsApp Business app.
    pub is_on_phone: bool,
    /// When it was last added to the Cloud API; none if Meta does not say.
    pub onboarded: Option<Timestamp>,
}

/// Why no number of those that were shared is connected.
#[derive(Clone, Debug, PartialEq)]
pub enum NoneChosen {
    /// None was shared, or none with the wanted digits.
    NoNumber,
    /// All of them are connected already; these are they.
    AllConnected(Vec<SharedNumber>),
    /// Several are not connected, and nothing says which one is meant.
    Several(Vec<SharedNumber>),
}

/// The number that a signup connects. `shared` are those that Meta shared, each with whether it is connected already. Meta's
/// page does not say which of them was chosen: it is the only one that is left, or the only one that was added at Meta since
/// `begun`.
///
/// # Errors
/// [`NoneChosen`] if none or several are left.
pub fn chosen(
    shared: Vec<(SharedNumber, bool)>,
    wanted: Option<&str>,
    begun: Timestamp,
) -> Result<SharedNumber, NoneChosen> {
    let is_wanted = |number: &SharedNumber| wanted.is_none_or(|wanted| digits(&number.display) == wanted);
    let is_new = |(number, _): &(SharedNumber, bool)| number.onboarded.is_some_and(|at| at >= begun);
    let mut shared: Vec<_> = shared.into_iter().filter(|(number, _)| is_wanted(number)).collect();
    if shared.iter().any(is_new) {
        shared.retain(is_new);
    }
    let (connected, mut left): (Vec<_>, Vec<_>) = shared.into_iter().partition(|(_, connected)| *connected);
    let numbers = |all: Vec<(SharedNumber, bool)>| all.into_iter().map(|(number, _)| number).collect();
    match (left.pop(), left.is_empty()) {
        (Some((number, _)), true) => Ok(number),
        (Some(last), false) => {
            left.push(last);
            Err(NoneChosen::Several(numbers(left)))
        }
        (None, _) if connected.is_empty() => Err(NoneChosen::NoNumber),
        (None, _) => Err(NoneChosen::AllConnected(numbers(connected))),
    }
}

/// The digits of a number as it is written for people.
#[must_use]
pub fn digits(display: &str) -> String {
    display.chars().filter(char::is_ascii_digit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::UserId;

    const NOW: Timestamp = Timestamp::from_seconds(1_790_000_000);

    fn signup() -> Signup {
        Signup {
            tenant: TenantId::from_parts(NOW, 1),
            by: Actor::User(UserId::from_parts(NOW, 2)),
            kind: SignupKind::Cloud,
            session: None,
            wanted: None,
            until: NOW.plus(SIGNUP_LIFE),
            code: None,
            channel: None,
        }
    }

    fn number(digit: u8, is_new: bool) -> SharedNumber {
        SharedNumber {
            waba: GraphId::parse("102290129340398").unwrap(),
            id: GraphId::parse(&format!("10654035224290{digit}")).unwrap(),
            display: format!("+1 555-078-388{digit}"),
            verified_name: None,
            is_registered: true,
            is_on_phone: false,
            onboarded: is_new.then_some(NOW),
        }
    }

    #[test]
    fn a_state_takes_one_code_and_the_same_return_again() {
        let late = NOW.plus(SIGNUP_LIFE);
        let channel = ChannelId::from_parts(NOW, 3);
        let claimed = Signup { code: Some("a".to_owned()), ..signup() };
        let done = Signup { channel: Some(channel), ..claimed.clone() };
        assert_eq!(signup().redemption("a", NOW), Redemption::Exchanged);
        assert_eq!(signup().redemption("a", late), Redemption::Expired);
        assert_eq!(claimed.redemption("a", NOW), Redemption::Exchanged);
        assert_eq!(claimed.redemption("b", NOW), Redemption::Used);
        assert_eq!(done.redemption("a", late), Redemption::Connected(channel));
        assert_eq!(done.redemption("b", NOW), Redemption::Used);
        assert!(signup().is_open(NOW) && !signup().is_open(late) && !claimed.is_open(NOW));
    }

    #[test]
    fn the_only_number_that_is_left_is_connected() {
        let pick = |shared: &[(u8, bool, bool)], wanted| {
            let shared = shared.iter().map(|(digit, is_new, connected)| (number(*digit, *is_new), *connected));
            chosen(shared.collect(), wanted, NOW)
        };
        assert_eq!(pick(&[(1, false, true), (2, false, false)], None), Ok(number(2, false)));
        let both = [(1, false, false), (2, false, false)];
        assert_eq!(pick(&both, None), Err(NoneChosen::Several(vec![number(1, false), number(2, false)])));
        assert_eq!(pick(&both, Some("15550783881")), Ok(number(1, false)));
        assert_eq!(pick(&[(1, false, false), (2, true, false)], None), Ok(number(2, true)), "just added");
        assert_eq!(pick(&both, Some("15550783889")), Err(NoneChosen::NoNumber));
        let again = pick(&[(1, true, true), (2, false, false)], None);
        assert_eq!(again, Err(NoneChosen::AllConnected(vec![number(1, true)])), "the other one was not chosen");
        assert_eq!(pick(&[(1, false, true)], None), Err(NoneChosen::AllConnected(vec![number(1, false)])));
        assert_eq!(pick(&[], None), Err(NoneChosen::NoNumber));
    }

    #[test]
    fn what_meta_returns_is_not_shown() {
        let code = Returned::parse("AQBx-0123456789abcdef").unwrap();
        assert!(!format!("{code:?}").contains("AQBx"));
        for wrong in ["", "short", "with a space in the code", &"c".repeat(2001)] {
            assert_eq!(Returned::parse(wrong).unwrap_err(), InvalidReturn, "{wrong}");
        }
    }
}
