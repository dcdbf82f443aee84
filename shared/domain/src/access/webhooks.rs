//! Webhooks of a business: addresses of its own systems that are told of what happens. Which events there are, when a
//! delivery is tried again, and when an address that never answers is switched off is decided here.
//!
//! A delivery follows the Standard Webhooks specification 1.0: its headers, its signature and its form of a secret.

use crate::backoff::Backoff;
use crate::ids::{ConversationId, HistoryId, LeadId, MessageId, WebhookEventId, WebhookId};
use crate::personal::{Secret, Text};
use crate::string_enum::string_enum;
use crate::time::Timestamp;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use std::time::Duration;
use url::{Host, Url};

/// The most webhooks of a business: every event is written once for each.
pub const MOST_WEBHOOKS: usize = 10;

/// The longest address.
pub const LONGEST_URL: usize = 500;

/// A worker holds a delivery for so long: twice the longest that one request may take.
pub const LEASE: Duration = Duration::from_secs(60);

/// The longest that one request may take, its answer included.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// The sweeper looks for a delivery this long after it was written.
pub const FIRST_SWEEP: Duration = Duration::from_secs(60);

/// A delivery stays in the list of its webhook for so long.
pub const KEPT: Duration = Duration::from_secs(30 * 24 * 3600);

/// Pauses after a delivery failed: 1, 5, 25 and 125 minutes, then three hours. The sweeper runs every minute.
const PAUSES: Backoff = Backoff::seconds(60, 5, 3 * 3600);

/// Pauses of all deliveries to an address that just failed: the next one finds out whether it answers again.
const CIRCUIT: Backoff = Backoff::seconds(15, 2, 300);

/// A delivery that failed for three days is given up, and an address that did nothing but fail for as long is
/// switched off.
const GIVEN_UP: Duration = Duration::from_secs(3 * 24 * 3600);

/// A replaced secret still signs for a day, beside the new one.
const OLD_SECRET_SIGNS: Duration = Duration::from_secs(24 * 3600);

/// Bytes of a secret: the specification asks for 24 to 64.
const SECRET_BYTES: usize = 32;

/// What the specification has every secret begin with.
const SECRET_PREFIX: &str = "whsec_";

string_enum! {
    /// The type of an event that a webhook receives.
    EventType {
        /// A customer wrote a message.
        MessageReceived = "message.received",
        /// A message of the business was accepted for sending, or was sent from the WhatsApp Business app.
        MessageCreated = "message.created",
        /// A message of the business was sent, delivered or read, or failed.
        MessageStatus = "message.status",
        /// A lead is new.
        LeadCreated = "lead.created",
        /// A lead was changed, moved to another stage, or deleted.
        LeadUpdated = "lead.updated",
        /// The status or the assignee of a conversation changed.
        ConversationUpdated = "conversation.updated",
        /// A test that a user requested.
        Ping = "ping",
    }
}

impl EventType {
    /// Whether a webhook may ask for it: a test comes without being asked for.
    #[must_use]
    pub const fn may_be_chosen(self) -> bool {
        match self {
            Self::MessageReceived
            | Self::MessageCreated
            | Self::MessageStatus
            | Self::LeadCreated
            | Self::LeadUpdated
            | Self::ConversationUpdated => true,
            Self::Ping => false,
        }
    }
}

/// What an event is about. What is sent is read when it is sent, so that an event holds nothing that people wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// A message.
    Message(HistoryId, MessageId),
    /// A lead.
    Lead(LeadId),
    /// A conversation.
    Conversation(ConversationId),
    /// Nothing: a test.
    Nothing,
}

/// Something that a webhook is told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WebhookEvent {
    /// Its ID, which says when it happened.
    pub id: WebhookEventId,
    /// Its type.
    pub event_type: EventType,
    /// What it is about.
    pub subject: Subject,
}

/// An address that events may be sent to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct WebhookUrl(Url);

/// Why an address cannot be a webhook's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidUrl {
    /// It is no URL.
    #[error("Enter a complete URL, such as https://example.com/leadwire.")]
    Unreadable,
    /// It is longer than [`LONGEST_URL`].
    #[error("Enter at most {LONGEST_URL} characters.")]
    TooLong,
    /// It is not HTTPS.
    #[error("Use an https:// URL.")]
    NotHttps,
    /// It has a user name or a password in it.
    #[error("Remove the user name and password from the URL. Verify the signature instead.")]
    HasCredentials,
    /// It names an address of a private network, or this machine.
    #[error("Use a public address: Leadwire does not call private networks.")]
    Private,
}

impl WebhookUrl {
    /// Parses an address. HTTP is for this machine alone, and only where private addresses are called at all.
    ///
    /// # Errors
    /// [`InvalidUrl`] says what is wrong. That a name leads to a private address is found out when it is called.
    pub fn parse(text: &str, calls_private: bool) -> Result<Self, InvalidUrl> {
        if text.chars().count() > LONGEST_URL {
            return Err(InvalidUrl::TooLong);
        }
        let url = Url::parse(text.trim()).map_err(|_| InvalidUrl::Unreadable)?;
        let host = url.host().ok_or(InvalidUrl::Unreadable)?;
        let is_private = match host {
            Host::Domain(name) => is_local_name(name),
            Host::Ipv4(_) | Host::Ipv6(_) => true,
        };
        match url.scheme() {
            "https" => {}
            "http" if calls_private => {}
            _ => return Err(InvalidUrl::NotHttps),
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(InvalidUrl::HasCredentials);
        }
        if is_private && !calls_private {
            return Err(InvalidUrl::Private);
        }
        Ok(Self(url))
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

/// Names that never lead to another machine. A certificate for a bare address is rare: a webhook has a name.
fn is_local_name(name: &str) -> bool {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    !name.contains('.') || [".localhost", ".local", ".internal"].iter().any(|end| name.ends_with(end))
}

impl TryFrom<String> for WebhookUrl {
    type Error = InvalidUrl;

    /// What stands in the table was parsed before it was written.
    fn try_from(text: String) -> Result<Self, InvalidUrl> {
        Self::parse(&text, true)
    }
}

impl From<WebhookUrl> for String {
    fn from(url: WebhookUrl) -> Self {
        url.0.into()
    }
}

/// Why a webhook receives nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Off {
    /// Somebody switched it off.
    ByUser,
    /// It failed for three days.
    Failing,
}

/// A webhook, without its secrets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Webhook {
    /// Its ID, which says when it was made.
    pub id: WebhookId,
    /// Where events are sent to.
    pub url: WebhookUrl,
    /// What it is for, in its maker's words.
    pub description: Text,
    /// The types that it asks for.
    pub events: Vec<EventType>,
    /// Why it receives nothing; none if it receives events.
    pub off: Option<Off>,
    /// How its latest deliveries went.
    pub health: Health,
    /// Until when the replaced secret signs too.
    pub old_secret_until: Option<Timestamp>,
    /// Counts its changes.
    pub version: u64,
}

/// How the latest deliveries of a webhook went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Health {
    /// Since when every delivery has failed.
    pub failing_since: Option<Timestamp>,
    /// How many have failed one after the other.
    pub failures: u32,
    /// Until when nothing is sent.
    pub paused_until: Option<Timestamp>,
    /// When a delivery last succeeded.
    pub delivered: Option<Timestamp>,
}

impl Health {
    /// After a delivery succeeded at `now`.
    #[must_use]
    pub const fn delivered(now: Timestamp) -> Self {
        Self { failing_since: None, failures: 0, paused_until: None, delivered: Some(now) }
    }

    /// After a delivery failed at `now`.
    #[must_use]
    pub fn failed(self, now: Timestamp) -> Self {
        Self {
            failing_since: Some(self.failing_since.unwrap_or(now)),
            failures: self.failures.saturating_add(1),
            paused_until: Some(now.plus(CIRCUIT.after(self.failures))),
            delivered: self.delivered,
        }
    }

    /// Whether the webhook is to be switched off.
    #[must_use]
    pub fn is_hopeless(self, now: Timestamp) -> bool {
        self.failing_since.is_some_and(|since| now.since(since) >= GIVEN_UP)
    }
}

impl Webhook {
    /// Whether it is told of an event of this type.
    #[must_use]
    pub fn wants(&self, event_type: EventType) -> bool {
        self.off.is_none() && (!event_type.may_be_chosen() || self.events.contains(&event_type))
    }

    /// Until when nothing is sent at `now`; none if the next delivery may go.
    #[must_use]
    pub fn paused_at(&self, now: Timestamp) -> Option<Timestamp> {
        self.health.paused_until.filter(|until| *until > now)
    }

    /// Until when the present secret signs once it is replaced at `now`.
    #[must_use]
    pub fn secret_signs_until(now: Timestamp) -> Timestamp {
        now.plus(OLD_SECRET_SIGNS)
    }

    /// Whether the replaced secret signs at `now`.
    #[must_use]
    pub fn signs_with_old_secret(&self, now: Timestamp) -> bool {
        self.old_secret_until.is_some_and(|until| now < until)
    }
}

string_enum! {
    /// The state of a delivery.
    DeliveryState {
        /// It waits for its first attempt or for the next one.
        Pending = "pending",
        /// The address answered 2xx.
        Delivered = "delivered",
        /// It is not tried any more.
        Failed = "failed",
    }
}

/// One event on its way to one webhook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// Which webhook.
    pub webhook: WebhookId,
    /// What it is told of.
    pub event: WebhookEvent,
    /// How far it is.
    pub state: DeliveryState,
    /// How often it was tried.
    pub tries: u32,
    /// When it is tried next.
    pub next: Option<Timestamp>,
    /// What the last attempt brought.
    pub outcome: Option<Outcome>,
    /// Since when it has been tried: when the event happened, or when somebody had it sent again.
    pub since: Timestamp,
}

/// What an attempt brought.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The address answered with this status.
    Status(u16),
    /// Nothing came within [`PATIENCE`].
    Timeout,
    /// The name leads to an address of a private network.
    PrivateAddress,
    /// The connection failed: the name is unknown, nobody listens, or the certificate is wrong.
    NoConnection,
    /// What the event is about was deleted before it could be sent.
    Gone,
}

impl Outcome {
    /// Whether the event has arrived.
    #[must_use]
    pub const fn has_arrived(&self) -> bool {
        matches!(self, Self::Status(200..=299))
    }

    /// The status that the address answered; none if it did not.
    #[must_use]
    pub const fn status(&self) -> Option<u16> {
        match self {
            Self::Status(status) => Some(*status),
            Self::Timeout | Self::PrivateAddress | Self::NoConnection | Self::Gone => None,
        }
    }

    /// The outcome in a sentence that names the next step.
    #[must_use]
    pub fn explanation(&self) -> String {
        match self {
            Self::Status(status @ 200..=299) => format!("The endpoint answered {status}."),
            Self::Status(status @ 300..=399) => {
                format!("The endpoint answered {status}. Redirects are not followed: enter the final URL.")
            }
            Self::Status(status) => {
                format!("The endpoint answered {status}. Answer 2xx within {} seconds.", PATIENCE.as_secs())
            }
            Self::Timeout => format!("The endpoint did not answer within {} seconds.", PATIENCE.as_secs()),
            Self::PrivateAddress => {
                "The name leads to a private network. Leadwire calls public addresses only.".to_owned()
            }
            Self::NoConnection => {
                "The connection failed. Check the name, the port and the certificate of the endpoint.".to_owned()
            }
            Self::Gone => "The object was deleted before the event could be sent.".to_owned(),
        }
    }
}

impl Delivery {
    /// When it is tried again after it failed at `now`; none if it is given up.
    #[must_use]
    pub fn next_try(&self, now: Timestamp) -> Option<Timestamp> {
        (now.since(self.since) < GIVEN_UP).then(|| now.plus(PAUSES.after(self.tries.saturating_sub(1))))
    }
}

/// A new secret, of random bits.
#[must_use]
pub fn new_secret(bits: [u128; 2]) -> Secret {
    let bytes: Vec<u8> = bits.iter().flat_map(|part| part.to_be_bytes()).take(SECRET_BYTES).collect();
    Secret::new(format!("{SECRET_PREFIX}{}", STANDARD.encode(bytes)))
}

/// The header `webhook-signature`: one signature for each secret, so that a receiver may know either.
#[must_use]
pub fn signature(secrets: &[Secret], id: WebhookEventId, sent: Timestamp, body: &str) -> String {
    let signed = format!("{id}.{}.{body}", sent.seconds());
    let one = |secret: &Secret| {
        let key = STANDARD.decode(secret.expose().trim_start_matches(SECRET_PREFIX)).unwrap_or_default();
        // HMAC takes a key of any length.
        let mut mac = Hmac::<Sha256>::new_from_slice(&key).ok()?;
        mac.update(signed.as_bytes());
        Some(format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes())))
    };
    secrets.iter().filter_map(one).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: Duration = Duration::from_secs(3600);

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_seconds(seconds)
    }

    fn event() -> WebhookEvent {
        let id = WebhookEventId::from_parts(at(1_790_000_000), 7);
        WebhookEvent { id, event_type: EventType::Ping, subject: Subject::Nothing }
    }

    #[test]
    fn an_address_is_public_https_without_a_password() {
        let parse = |text: &str| WebhookUrl::parse(text, false).map(|url| url.as_str().to_owned());
        assert_eq!(parse("https://example.com/hook?x=1").unwrap(), "https://example.com/hook?x=1");
        assert_eq!(parse("example.com"), Err(InvalidUrl::Unreadable));
        assert_eq!(parse("http://example.com/"), Err(InvalidUrl::NotHttps));
        assert_eq!(parse("ftp://example.com/"), Err(InvalidUrl::NotHttps));
        assert_eq!(parse("https://me:secret@example.com/"), Err(InvalidUrl::HasCredentials));
        assert_eq!(parse(&format!("https://example.com/{}", "a".repeat(500))), Err(InvalidUrl::TooLong));
        for private in ["localhost", "10.0.0.1", "169.254.169.254", "[::1]", "0x7f.1", "printer.local", "db"] {
            assert_eq!(parse(&format!("https://{private}/")), Err(InvalidUrl::Private), "{private}");
        }
        assert!(WebhookUrl::parse("http://127.0.0.1:4000/hook", true).is_ok());
    }

    #[test]
    fn a_signature_is_the_one_of_the_specification() {
        // The example of the specification's reference libraries.
        let secret = Secret::new("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".to_owned());
        let key = STANDARD.decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let id = event().id;
        let mut mac = Hmac::<Sha256>::new_from_slice(&key).unwrap();
        mac.update(format!("{id}.1614265330.{{\"test\": 2432232314}}").as_bytes());
        let expected = format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()));
        let signed = signature(std::slice::from_ref(&secret), id, at(1_614_265_330), "{\"test\": 2432232314}");
        assert_eq!(signed, expected);
        let both = signature(&[secret.clone(), new_secret([1, 2])], id, at(1_614_265_330), "{\"test\": 2432232314}");
        assert!(both.starts_with(&format!("{expected} v1,")));
    }

    #[test]
    fn a_delivery_is_tried_for_three_days_and_then_given_up() {
        let since = event().id.at();
        let mut delivery = Delivery {
            webhook: WebhookId::from_parts(since, 1),
            event: event(),
            state: DeliveryState::Pending,
            tries: 0,
            next: None,
            outcome: None,
            since,
        };
        let mut now = since;
        let mut pauses = Vec::new();
        loop {
            delivery.tries += 1;
            let Some(next) = delivery.next_try(now) else { break };
            pauses.push(next.since(now));
            now = next;
        }
        assert_eq!(pauses[..5].iter().map(Duration::as_secs).collect::<Vec<_>>(), [60, 300, 1500, 7500, 3 * 3600]);
        assert!(now.since(since) >= 72 * HOUR && now.since(since) < 76 * HOUR);
        assert!(pauses.len() < 40, "{}", pauses.len());
    }

    #[test]
    fn an_address_that_fails_pauses_and_is_hopeless_after_three_days() {
        let now = at(1_790_000_000);
        let once = Health::default().failed(now);
        assert_eq!(once.paused_until, Some(now.plus(Duration::from_secs(15))));
        let later = (0..20).fold(once, |health, _| health.failed(now.plus(HOUR)));
        assert_eq!(later.paused_until, Some(now.plus(HOUR).plus(Duration::from_secs(300))));
        assert_eq!(later.failing_since, Some(now));
        assert!(!later.is_hopeless(now.plus(71 * HOUR)) && later.is_hopeless(now.plus(72 * HOUR)));
        assert!(!Health::delivered(now).is_hopeless(now.plus(100 * HOUR)));
    }
}
