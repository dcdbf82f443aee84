//! What is given to a connected number, and what a check of it finds: its ids, its tokens, and whether Meta accepts them.

use crate::access::tenants::TimeZone;
use crate::channels::business_profile::BusinessProfile;
use crate::channels::number_setup::Callbacks;
use crate::channels::prices::money::Currency;
use crate::personal::{Secret, Text};
use crate::string_enum::string_enum;
use crate::time::{Timestamp, UtcOffset};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// Whether a channel sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sending {
    /// It does.
    Active,
    /// It does not until it is resumed: its messages are held.
    Paused,
    /// Meta refuses it, for its token, a permission or its registration: its messages are held.
    Refused,
    /// It was disconnected: its messages fail. Its conversations stay.
    Disconnected,
}

/// What prices depend on of the account that pays for a channel, as the business set it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Billing {
    /// The account's currency; none if Meta is to say it.
    pub currency: Option<Currency>,
    /// The account's time zone; none for UTC. Price lists and free allowances begin at its midnight.
    pub time_zone: Option<TimeZone>,
}

impl Billing {
    /// The account's time zone.
    #[must_use]
    pub fn zone(&self) -> TimeZone {
        self.time_zone.clone().unwrap_or_default()
    }

    /// The account's clock at `now`.
    #[must_use]
    pub fn offset(&self, now: Timestamp) -> UtcOffset {
        self.time_zone.as_ref().map_or(UtcOffset::UTC, |zone| zone.offset(now))
    }
}

/// A text that cannot be one of Meta's tokens. What it says is shown to whoever gave it, without the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected an access token of Meta: {SHORTEST} to {LONGEST} characters without spaces")]
pub struct InvalidToken;

/// Meta's tokens have some 200 characters. Of a text of 20 the last four may be shown, and the rest is not guessed.
const SHORTEST: usize = 20;

/// Longer than any that was seen; signed, it leaves the channel's item well below 4 KB.
const LONGEST: usize = 1000;

/// How many of its last characters are shown.
const SHOWN: usize = 4;

/// A token by which the Graph API is called.
#[derive(Clone, Debug)]
pub struct AccessToken(Secret);

impl AccessToken {
    /// Reads a token; surrounding space does not matter.
    ///
    /// # Errors
    /// [`InvalidToken`] unless it has 20 to 1,000 visible characters of ASCII, so that it can stand in a header.
    pub fn parse(text: &str) -> Result<Self, InvalidToken> {
        let text = text.trim();
        let fits = (SHORTEST..=LONGEST).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
        if fits { Ok(Self(Secret::new(text))) } else { Err(InvalidToken) }
    }

    /// The token itself, for signing it.
    #[must_use]
    pub const fn secret(&self) -> &Secret {
        &self.0
    }

    /// Its last four characters, by which people tell it from others.
    #[must_use]
    pub fn last4(&self) -> &str {
        let text = self.0.expose();
        &text[text.len() - SHOWN..]
    }
}

/// A text that cannot be an ID of the Graph API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected an ID of Meta: 5 to {LONGEST_ID} digits, as the app's dashboard shows it under WhatsApp, API Setup")]
pub struct InvalidGraphId;

/// Meta's ids have 15 to 17 digits; it documents no length.
const LONGEST_ID: usize = 32;

/// An ID that the Graph API gives to a number or an account. It stands in a path, so it is digits alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GraphId(String);

impl GraphId {
    /// Reads an ID; surrounding space does not matter.
    ///
    /// # Errors
    /// [`InvalidGraphId`] unless it has 5 to 32 digits.
    pub fn parse(text: &str) -> Result<Self, InvalidGraphId> {
        let text = text.trim();
        let fits = (5..=LONGEST_ID).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        if fits { Ok(Self(text.to_owned())) } else { Err(InvalidGraphId) }
    }

    /// The digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A text that cannot be a verify token. What it says is shown to the caller, without the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected {SHORTEST_VERIFY} to {LONGEST_VERIFY} visible ASCII characters without spaces")]
pub struct InvalidVerifyToken;

/// Two businesses that choose a token of this length do not choose the same one by chance.
const SHORTEST_VERIFY: usize = 16;

/// The limit that Meta's dashboard has for a callback URL; it documents none for the token.
const LONGEST_VERIFY: usize = 200;

/// What Meta repeats in the handshake of a webhook, by which we know that the address was entered by us. It grants
/// nothing else.
#[derive(Clone, Debug)]
pub struct VerifyToken(Secret);

impl VerifyToken {
    /// Reads a token.
    ///
    /// # Errors
    /// [`InvalidVerifyToken`] unless it has 16 to 200 visible characters of ASCII.
    pub fn parse(text: &str) -> Result<Self, InvalidVerifyToken> {
        let fits = (SHORTEST_VERIFY..=LONGEST_VERIFY).contains(&text.len());
        let fits = fits && text.bytes().all(|byte| byte.is_ascii_graphic());
        if fits { Ok(Self(Secret::new(text))) } else { Err(InvalidVerifyToken) }
    }

    /// A new token of 32 hexadecimal digits. `bits` are random.
    #[must_use]
    pub fn from_bits(bits: u128) -> Self {
        Self(Secret::new(format!("{bits:032x}")))
    }

    /// The token itself.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose()
    }

    /// The digest under which it is found.
    #[must_use]
    pub fn digest(&self) -> String {
        crate::digest::hex(&["verify-token", self.0.expose()])
    }
}

impl PartialEq for VerifyToken {
    fn eq(&self, other: &Self) -> bool {
        self.expose() == other.expose()
    }
}

string_enum! {
    /// What is checked of a number.
    CheckName {
        /// Whether Meta accepts the access token.
        Token = "token",
        /// Whether the token still lasts for a while.
        Expiry = "expiry",
        /// Whether the token has the permissions that a number needs.
        Permissions = "permissions",
        /// Whether the token gives access to the number.
        Number = "number",
        /// Whether the number belongs to the account.
        Account = "account",
        /// Whether the number is registered for the Cloud API.
        Registration = "registration",
        /// Whether Meta posts the account's webhooks to an app.
        Subscription = "subscription",
        /// Whether Meta posts the number's webhooks to this installation.
        Callback = "callback",
        /// Whether Meta lets the number send.
        Health = "health",
        /// Whether Meta accepted the last change of the business profile.
        Profile = "profile",
    }
}

/// The permissions that the token of a number needs, by Meta's names.
pub const NEEDED_PERMISSIONS: [&str; 2] = ["whatsapp_business_messaging", "whatsapp_business_management"];

/// A token that expires within this time is reported: somebody at Meta's business settings has a week to replace it.
pub const EXPIRY_WARNING: Duration = Duration::from_secs(7 * 24 * 3600);

/// What Meta reports about an access token (Graph API, `debug_token`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenFacts {
    /// When it expires; none if it never does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Timestamp>,
    /// Its permissions, by Meta's names. The list is open.
    pub permissions: Vec<String>,
}

/// How long a token still lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenLife {
    /// It never expires.
    Unlimited,
    /// It expires at this time, in more than [`EXPIRY_WARNING`].
    Until(Timestamp),
    /// It expires at this time, within [`EXPIRY_WARNING`].
    EndsSoon(Timestamp),
    /// It expired at this time.
    Expired(Timestamp),
}

impl TokenFacts {
    /// How long the token lasts, as of `now`.
    #[must_use]
    pub fn life(&self, now: Timestamp) -> TokenLife {
        match self.expires_at {
            None => TokenLife::Unlimited,
            Some(at) if at <= now => TokenLife::Expired(at),
            Some(at) if at.since(now) <= EXPIRY_WARNING => TokenLife::EndsSoon(at),
            Some(at) => TokenLife::Until(at),
        }
    }

    /// The permissions that a number needs and the token does not have.
    #[must_use]
    pub fn missing_permissions(&self) -> Vec<&'static str> {
        let has = |needed: &&str| self.permissions.iter().any(|permission| permission == needed);
        NEEDED_PERMISSIONS.into_iter().filter(|needed| !has(needed)).collect()
    }

    fn results(&self, now: Timestamp) -> [CheckResult; 2] {
        let (lasts, detail) = match self.life(now) {
            TokenLife::Unlimited => (true, "The token does not expire.".to_owned()),
            TokenLife::Until(at) => (true, format!("The token expires on {} (UTC).", at.date())),
            TokenLife::EndsSoon(at) => (false, format!("The token expires on {} (UTC).", at.date())),
            TokenLife::Expired(at) => (false, format!("The token expired on {} (UTC).", at.date())),
        };
        let expiry = CheckResult { name: CheckName::Expiry, ok: lasts, detail: Text::new(detail), code: None };
        let missing = self.missing_permissions();
        let detail = match missing.as_slice() {
            [] => "The token has the needed permissions.".to_owned(),
            missing => format!("The token does not have {}.", missing.join(" and ")),
        };
        let ok = missing.is_empty();
        [expiry, CheckResult { name: CheckName::Permissions, ok, detail: Text::new(detail), code: None }]
    }
}

/// What one check of a number found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CheckResult {
    /// What was checked.
    pub name: CheckName,
    /// Whether it is as it should be.
    pub ok: bool,
    /// What Meta says of it.
    pub detail: Text,
    /// Meta's error code, if Meta answered with an error.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<i64>,
}

/// How much a number may send, as Meta says it. The words are Meta's, and the lists are open.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NumberLimits {
    /// How many customers the portfolio may write to outside their windows in 24 hours: `TIER_250` to `TIER_UNLIMITED`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tier: Option<String>,
    /// How many messages it takes in a second: `STANDARD` for 80, `HIGH` for 1,000.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub throughput: Option<String>,
    /// Whether it is also in use in the WhatsApp Business app: it takes 20 messages a second then.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub on_phone: bool,
}

/// What Meta said of a number when it was last asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NumberCheck {
    /// When it was asked.
    pub at: Timestamp,
    /// The name that customers see.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verified_name: Option<Text>,
    /// Meta's rating of the number's messages: GREEN, YELLOW, RED or UNKNOWN. The list is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quality: Option<String>,
    /// What Meta reports about the token; none if it reports nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<TokenFacts>,
    /// The business profile; none if Meta did not show it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub profile: Option<BusinessProfile>,
    /// The currency of the account; none if Meta did not say it, or if it is one without rate cards.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<Currency>,
    /// How much it may send.
    #[serde(default)]
    pub limits: NumberLimits,
    /// Where Meta posts its webhooks.
    #[serde(default)]
    pub callbacks: Callbacks,
    /// What was found. What could not be asked because of an earlier finding is left out.
    pub results: Vec<CheckResult>,
}

impl NumberCheck {
    /// The result of this check; none if it was not made.
    #[must_use]
    pub fn result(&self, name: CheckName) -> Option<&CheckResult> {
        self.results.iter().find(|result| result.name == name)
    }

    /// Whether webhooks are posted to `ours`; none if Meta does not say where.
    fn callback(&self, ours: &str) -> Option<CheckResult> {
        let posted = self.callbacks.of_messages()?;
        let ok = posted == ours;
        let detail = if ok { format!("Meta posts to {posted}.") } else { format!("Meta posts to {posted}, not here.") };
        Some(CheckResult { name: CheckName::Callback, ok, detail: Text::new(detail), code: None })
    }

    /// What was found, with the token's expiry and permissions as of `now`: a check of last month must still warn today.
    /// Webhooks are to be posted to `ours`.
    #[must_use]
    pub fn results_at(&self, now: Timestamp, ours: &str) -> Vec<CheckResult> {
        let mut results = self.results.clone();
        if let Some(callback) = self.callback(ours) {
            let after = results.iter().position(|result| result.name == CheckName::Subscription);
            results.insert(after.map_or(results.len(), |at| at + 1), callback);
        }
        if let Some(token) = &self.token {
            let after_token = results.iter().position(|result| result.name == CheckName::Token).map_or(0, |at| at + 1);
            results.splice(after_token..after_token, token.results(now));
        }
        results
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_digits_alone_since_it_stands_in_a_path() {
        assert_eq!(GraphId::parse(" 106540352242922 ").unwrap().as_str(), "106540352242922");
        for wrong in ["", "1234", "1065/messages", "10654035224292a", "१२३४५६", &"1".repeat(33)] {
            assert_eq!(GraphId::parse(wrong).unwrap_err(), InvalidGraphId, "{wrong}");
        }
    }

    #[test]
    fn a_verify_token_is_long_enough_and_not_shown() {
        let token = VerifyToken::from_bits(7);
        assert_eq!(VerifyToken::parse(token.expose()).unwrap(), token);
        assert!(!format!("{token:?}").contains("0007"));
        for wrong in ["", "short", "with a space in it", &"v".repeat(201)] {
            assert_eq!(VerifyToken::parse(wrong).unwrap_err(), InvalidVerifyToken, "{wrong}");
        }
    }

    #[test]
    fn a_token_is_reported_a_week_before_it_expires() {
        let now = Timestamp::from_seconds(1_790_000_000);
        let token = |expires_at| TokenFacts { expires_at, permissions: vec![NEEDED_PERMISSIONS[1].to_owned()] };
        let in_days = |days: u64| now.plus(Duration::from_secs(days * 24 * 3600));
        let later = now.plus(Duration::from_secs(7 * 24 * 3600 + 1));
        assert_eq!(token(None).life(now), TokenLife::Unlimited);
        assert_eq!(token(Some(later)).life(now), TokenLife::Until(later));
        assert_eq!(token(Some(in_days(7))).life(now), TokenLife::EndsSoon(in_days(7)));
        assert_eq!(token(Some(now)).life(now), TokenLife::Expired(now));
        let found = |name| CheckResult { name, ok: true, detail: Text::new("found"), code: None };
        let check = NumberCheck {
            at: now,
            verified_name: None,
            quality: None,
            token: Some(token(Some(later))),
            profile: None,
            currency: None,
            limits: NumberLimits::default(),
            callbacks: Callbacks::default(),
            results: vec![found(CheckName::Token), found(CheckName::Number)],
        };
        let names =
            |at| check.results_at(at, "").into_iter().map(|result| (result.name, result.ok)).collect::<Vec<_>>();
        let with = |lasts| {
            vec![
                (CheckName::Token, true),
                (CheckName::Expiry, lasts),
                (CheckName::Permissions, false),
                (CheckName::Number, true),
            ]
        };
        assert_eq!((names(now), names(in_days(1))), (with(true), with(false)));
        let detail = &check.results_at(now, "")[2].detail;
        assert_eq!(detail.as_str(), "The token does not have whatsapp_business_messaging.");
    }

    #[test]
    fn a_token_is_what_can_stand_in_a_header_and_shows_its_end_alone() {
        let token = AccessToken::parse(" EAAGm0PX4ZCpsBAKZC9w\n").unwrap();
        assert_eq!((token.secret().expose(), token.last4()), ("EAAGm0PX4ZCpsBAKZC9w", "ZC9w"));
        assert!(!format!("{token:?}").contains("EAAG"));
        let short = "E".repeat(19);
        let long = "E".repeat(1001);
        for wrong in ["", short.as_str(), long.as_str(), "EAAG m0PX4ZCpsBAKZC9w", "EAAGm0PX4ZCpsBAKZC9w\u{e9}"] {
            assert_eq!(AccessToken::parse(wrong).unwrap_err(), InvalidToken, "{wrong}");
        }
    }
}
