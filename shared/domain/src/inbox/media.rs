//! A file that belongs to a message, by our own id: what is known of it, how far it has come, and which files WhatsApp
//! takes. Where the bytes are kept is not known here.

pub use crate::ids::MediaId;
pub use crate::inbox::file_digest::Sha256Digest;
pub use crate::inbox::media_type::MediaType;

use crate::actors::Actor;
use crate::backoff::Backoff;
use crate::ids::{ConversationId, HistoryId, MessageId, TenantId};
use crate::inbox::content::{Content, Media as Reference};
use crate::personal::{Secret, Text};
use crate::string_enum::string_enum;
use crate::time::Timestamp;
use crate::{digest, signed_token};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// The largest file that WhatsApp hands on, either way, in bytes (Cloud API, media; error 131052).
pub const LARGEST: u64 = 100 * 1024 * 1024;

/// How long WhatsApp keeps a customer's file (Cloud API, media: ids in webhooks).
const KEPT_BY_WHATSAPP: Duration = Duration::from_secs(7 * DAY);

/// How long we count on a file that we took to WhatsApp: it keeps one for 30 days (Cloud API, media).
pub const UPLOAD_HOLDS: Duration = Duration::from_secs(25 * DAY);

/// How long one try to fetch a file, or to take one to WhatsApp, may hold it. Longer than a worker may run.
pub const LEASE: Duration = Duration::from_secs(120);

/// How often a file is tried before it is given up: for more than a day, as the pauses between two tries grow.
const MOST_TRIES: u32 = 13;

/// Pauses between two tries to fetch a file, in seconds.
const PAUSES: Backoff = Backoff::seconds(60, 2, 6 * 3600);

/// How long a message waits for its file to be taken to WhatsApp.
pub const UPLOAD_PATIENCE: Duration = Duration::from_secs(120);

/// How long a file rests after a try that did not get it to WhatsApp.
pub const UPLOAD_RESTS: Duration = Duration::from_secs(5);

/// How long a link for an upload works.
pub const UPLOAD_LINK: Duration = Duration::from_secs(900);

/// How long a link to a file in the bucket works.
pub const DOWNLOAD_LINK: Duration = Duration::from_secs(300);

/// A ticket is the same for an hour, and works until the end of the next one.
const TICKET_HOUR: i64 = 3600;

const DAY: u64 = 24 * 3600;

string_enum! {
    /// Why there is no file.
    MediaFault {
        /// It is larger than WhatsApp allows.
        TooLarge = "too_large",
        /// WhatsApp did not hand it out, however often it was asked.
        NotDownloadable = "not_downloadable",
        /// Its bytes are not those that WhatsApp announced.
        WrongDigest = "wrong_digest",
        /// It is of another type than the message says.
        UnsafeType = "unsafe_type",
        /// WhatsApp does not know it.
        NotFound = "not_found",
    }
}

/// How far a file has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MediaState {
    /// It is on its way to us.
    Pending,
    /// We keep it.
    Stored,
    /// WhatsApp no longer had it when it was fetched.
    Expired,
    /// It could not be fetched.
    Failed(MediaFault),
}

/// Where a file comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MediaOrigin {
    /// A customer sent it.
    Received {
        /// In which conversation.
        conversation: ConversationId,
        /// With which message.
        message: MessageId,
        /// WhatsApp's id of it.
        whatsapp_id: String,
        /// The other conversations that it was sent on to.
        shared: Vec<ConversationId>,
    },
    /// A user or a program uploaded it.
    Uploaded {
        /// Who.
        by: Actor,
    },
}

/// A file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Media {
    /// Whose it is.
    pub tenant: TenantId,
    /// Its id.
    pub id: MediaId,
    /// Where it comes from.
    pub origin: MediaOrigin,
    /// How far it has come.
    pub state: MediaState,
    /// Its type.
    pub mime_type: MediaType,
    /// How many bytes it has, once that is known.
    pub size: Option<u64>,
    /// The digest of its bytes, once that is known.
    pub sha256: Option<Sha256Digest>,
    /// Its name.
    pub filename: Option<Text>,
    /// How large the picture is.
    pub dimensions: Option<Dimensions>,
    /// Whether there is a small picture of it.
    pub has_thumbnail: bool,
    /// How often it was tried to fetch it.
    pub tries: u32,
    /// When WhatsApp named it, if that was long after its message: a linked phone brought both of the past.
    pub named: Option<Timestamp>,
}

/// What came of one try to fetch a customer's file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fetched {
    /// Its bytes are in the bucket.
    Stored(StoredFile),
    /// WhatsApp has no such file.
    Missing,
    /// It is there, and is not taken.
    Unfit(MediaFault),
    /// It may come at another time.
    NotYet,
}

/// What is known of a file once its bytes are in the bucket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredFile {
    /// Its type.
    pub mime_type: MediaType,
    /// How many bytes it has.
    pub size: u64,
    /// The digest of its bytes.
    pub sha256: Sha256Digest,
    /// How large the picture is, if it is one.
    pub dimensions: Option<Dimensions>,
    /// Whether there is a small picture of it.
    pub has_thumbnail: bool,
}

/// What follows from one try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FetchStep {
    /// The file is settled, as it is here.
    Settled(Box<Media>),
    /// It is tried again then.
    Retry(Timestamp),
}

/// What is known at WhatsApp of a file that a message carries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileAtWhatsapp {
    /// WhatsApp's id of it, as long as we count on it.
    pub id: Option<String>,
    /// Why WhatsApp does not take it, for certain.
    pub refusal: Option<Text>,
    /// Why the last try did not get it there.
    pub problem: Option<Text>,
    /// Since when it is wanted there; none if nobody has asked yet.
    pub asked: Option<Timestamp>,
    /// How often it was tried.
    pub tries: u32,
    /// Until when a worker takes it there, or rests after a try.
    pub claimed_until: Option<Timestamp>,
}

/// What a worker does with a message that carries a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Carry {
    /// Post it, with WhatsApp's id of the file.
    Post(String),
    /// Have the file taken to WhatsApp, and look again.
    Ask,
    /// Look again.
    Wait,
    /// It cannot go out.
    Fail(Text),
}

impl FileAtWhatsapp {
    /// What a worker does with a message that carries this file. It waits for two minutes from when the file was asked for.
    #[must_use]
    pub fn carry(&self, now: Timestamp) -> Carry {
        match (&self.id, &self.refusal, self.asked) {
            (Some(id), _, _) => Carry::Post(id.clone()),
            (None, Some(refusal), _) => Carry::Fail(refusal.clone()),
            (None, None, None) => Carry::Ask,
            (None, None, Some(asked)) if now.since(asked) >= UPLOAD_PATIENCE => {
                let unsaid = || Text::new("The file did not get to WhatsApp within two minutes.");
                Carry::Fail(self.problem.clone().unwrap_or_else(unsaid))
            }
            (None, None, Some(_)) if self.claimed_until.is_some_and(|until| now < until) => Carry::Wait,
            (None, None, Some(_)) => Carry::Ask,
        }
    }
}

/// Width and height of a picture, in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dimensions {
    /// Its width.
    pub width: u32,
    /// Its height.
    pub height: u32,
}

impl MediaId {
    /// The id of the file that came with a customer's message. A repetition of the message has the same file.
    #[must_use]
    pub fn inbound(history: HistoryId, message: MessageId) -> Self {
        Self::from_parts(message.at(), digest::bits80(&["media", &history.ulid_str(), &message.ulid_str()]))
    }
}

impl Media {
    /// The file of a message that a customer sent; none if it has no file.
    #[must_use]
    pub fn received(
        tenant: TenantId,
        conversation: ConversationId,
        message: MessageId,
        content: &Content,
    ) -> Option<Self> {
        let file = content.file()?;
        Some(Self {
            tenant,
            id: MediaId::inbound(conversation.history, message),
            origin: MediaOrigin::Received {
                conversation,
                message,
                whatsapp_id: file.media_id.clone(),
                shared: Vec::new(),
            },
            state: MediaState::Pending,
            mime_type: MediaType::announced(file.mime_type.as_deref()),
            size: None,
            sha256: file.sha256.as_deref().and_then(|text| text.parse().ok()),
            filename: file.filename.clone(),
            dimensions: None,
            has_thumbnail: false,
            tries: 0,
            named: None,
        })
    }

    /// Whether WhatsApp, which keeps a file for seven days, does not keep this one any more.
    #[must_use]
    pub fn is_over(&self, now: Timestamp) -> bool {
        now.since(self.named.unwrap_or_else(|| self.id.at())) >= KEPT_BY_WHATSAPP
    }

    /// What follows from a try to fetch it, which is counted in `tries`. WhatsApp keeps a file for seven days: one that is
    /// gone after them has expired, and one that is gone before was never there.
    #[must_use]
    pub fn after(self, fetched: Fetched, now: Timestamp) -> FetchStep {
        let is_over = self.is_over(now);
        let state = match fetched {
            Fetched::Stored(file) => {
                let StoredFile { mime_type, size, sha256, dimensions, has_thumbnail } = file;
                let size = Some(size);
                let sha256 = Some(sha256);
                let state = MediaState::Stored;
                let settled = Self { state, mime_type, size, sha256, dimensions, has_thumbnail, ..self };
                return FetchStep::Settled(Box::new(settled));
            }
            Fetched::Missing | Fetched::NotYet if is_over => MediaState::Expired,
            Fetched::Missing => MediaState::Failed(MediaFault::NotFound),
            Fetched::Unfit(fault) => MediaState::Failed(fault),
            Fetched::NotYet if self.tries >= MOST_TRIES => MediaState::Failed(MediaFault::NotDownloadable),
            Fetched::NotYet => {
                return FetchStep::Retry(now.plus(PAUSES.after(self.tries.saturating_sub(1))));
            }
        };
        FetchStep::Settled(Box::new(Self { state, ..self }))
    }

    /// Whether it was tried so often that another try is not made: what ended its workers would end the next one.
    #[must_use]
    pub const fn is_tired(&self) -> bool {
        self.tries > MOST_TRIES
    }

    /// Where its bytes are kept in the bucket.
    #[must_use]
    pub fn object(&self) -> String {
        format!("{}/media/{}", self.tenant.ulid_str(), self.id.ulid_str())
    }

    /// Where its small picture is kept in the bucket.
    #[must_use]
    pub fn thumbnail_object(&self) -> String {
        format!("{}/thumbnail", self.object())
    }

    /// The conversation in which it stands; none of an upload, which belongs to whoever sends it.
    #[must_use]
    pub const fn conversation(&self) -> Option<ConversationId> {
        match &self.origin {
            MediaOrigin::Received { conversation, .. } => Some(*conversation),
            MediaOrigin::Uploaded { .. } => None,
        }
    }

    /// How a browser gets it: only what no page can be made of is shown; everything else is saved.
    #[must_use]
    pub fn disposition(&self) -> String {
        let way = if self.mime_type.is_shown() { "inline" } else { "attachment" };
        match self.filename.as_ref().map(|name| percent_encoded(name.as_str())) {
            Some(name) if !name.is_empty() => format!("{way}; filename*=UTF-8''{name}"),
            Some(_) | None => way.to_owned(),
        }
    }
}

/// RFC 8187: what is no email, digit or one of a few signs is written as its bytes. What file systems keep for themselves
/// is left out.
fn percent_encoded(name: &str) -> String {
    let kept = name.chars().filter(|c| !c.is_control() && !['/', '\\', '"'].contains(c)).collect::<String>();
    kept.bytes().fold(String::with_capacity(kept.len()), |mut encoded, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
        encoded
    })
}

impl Content {
    /// The file that comes with this, by WhatsApp's reference.
    #[must_use]
    pub const fn file(&self) -> Option<&Reference> {
        match self {
            Self::Image(file) | Self::Video(file) | Self::Audio(file) | Self::Document(file) | Self::Sticker(file) => {
                Some(file)
            }
            Self::Text { .. }
            | Self::Location(_)
            | Self::Contacts { .. }
            | Self::Order(_)
            | Self::ButtonReply { .. }
            | Self::ListReply { .. }
            | Self::FlowReply { .. }
            | Self::Reaction { .. }
            | Self::Edit { .. }
            | Self::Revoke { .. }
            | Self::Call { .. }
            | Self::System { .. }
            | Self::Other { .. } => None,
        }
    }
}

/// What opens one file for one person: a browser's `<img>` sends no token. It is the same within an hour, so that a page of
/// messages keeps its tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MediaTicket {
    /// Whose file it is.
    pub tenant: TenantId,
    /// For whom it opens.
    pub viewer: Actor,
}

impl MediaTicket {
    /// The ticket for the file `id`, as it stands in a link.
    #[must_use]
    pub fn sign(&self, key: &Secret, id: MediaId, now: Timestamp) -> String {
        let hour = now.seconds() / TICKET_HOUR;
        let Self { tenant, viewer } = self;
        signed_token::sign(key, &purpose(&id.ulid_str()), format!("{hour}.{tenant}.{viewer}").as_bytes())
    }

    /// Reads a ticket for the file `id`; none if it is for another file, is over, or is not ours.
    #[must_use]
    pub fn open(key: &Secret, id: MediaId, ticket: &str, now: Timestamp) -> Option<Self> {
        let payload = String::from_utf8(signed_token::verify(key, &purpose(&id.ulid_str()), ticket)?).ok()?;
        let mut parts = payload.splitn(3, '.');
        let hour: i64 = parts.next()?.parse().ok()?;
        let ticket = Self { tenant: parts.next()?.parse().ok()?, viewer: parts.next()?.parse().ok()? };
        let present = now.seconds() / TICKET_HOUR;
        (hour <= present && present <= hour + 1).then_some(ticket)
    }
}

const fn purpose(id: &str) -> [&str; 2] {
    ["media", id]
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_seconds(1_790_000_000);

    fn media(mime_type: &str, filename: &str) -> Media {
        let by = Actor::Nobody;
        Media {
            tenant: TenantId::from_parts(NOW, 1),
            id: MediaId::from_parts(NOW, 2),
            origin: MediaOrigin::Uploaded { by },
            state: MediaState::Stored,
            mime_type: MediaType::parse(mime_type).unwrap(),
            size: Some(1),
            sha256: None,
            filename: Some(Text::new(filename)),
            dimensions: None,
            has_thumbnail: false,
            tries: 0,
            named: None,
        }
    }

    #[test]
    fn only_what_no_page_is_made_of_is_shown() {
        assert_eq!(media("image/jpeg", "a.jpg").disposition(), "inline; filename*=UTF-8''a.jpg");
        assert_eq!(media("audio/ogg; codecs=opus", "").disposition(), "inline");
        assert_eq!(media("text/html", "a\"b/ç.html").disposition(), "attachment; filename*=UTF-8''ab%C3%A7.html");
        assert!(media("image/svg+xml", "a").disposition().starts_with("attachment"));
    }

    #[test]
    fn a_file_that_does_not_come_is_tried_for_more_than_a_day_and_then_given_up() {
        let mut media = Media { state: MediaState::Pending, ..media("image/jpeg", "") };
        let mut now = NOW;
        let mut tried = 0;
        loop {
            media.tries += 1;
            match media.clone().after(Fetched::NotYet, now) {
                FetchStep::Retry(next) => (now, tried) = (next, tried + 1),
                FetchStep::Settled(given_up) => {
                    assert_eq!(given_up.state, MediaState::Failed(MediaFault::NotDownloadable));
                    break;
                }
            }
        }
        assert!(tried < 20 && now.since(NOW) > Duration::from_secs(DAY), "{tried} tries in {:?}", now.since(NOW));
    }

    #[test]
    fn a_message_waits_two_minutes_for_its_file_and_then_fails_with_the_cause() {
        let later = |seconds| NOW.plus(Duration::from_secs(seconds));
        let file = FileAtWhatsapp::default();
        assert_eq!(file.carry(NOW), Carry::Ask);
        let asked = FileAtWhatsapp { asked: Some(NOW), claimed_until: Some(later(30)), ..file };
        assert_eq!(asked.carry(later(29)), Carry::Wait);
        assert_eq!(asked.carry(later(31)), Carry::Ask);
        let tried = FileAtWhatsapp { problem: Some(Text::new("no answer")), ..asked };
        assert_eq!(tried.carry(later(120)), Carry::Fail(Text::new("no answer")));
        let there = FileAtWhatsapp { id: Some("7".to_owned()), ..tried };
        assert_eq!(there.carry(later(121)), Carry::Post("7".to_owned()));
    }

    #[test]
    fn a_file_that_is_gone_has_expired_after_seven_days_and_was_never_there_before() {
        let state =
            |fetched, days| match media("image/jpeg", "").after(fetched, NOW.plus(Duration::from_secs(days * DAY))) {
                FetchStep::Settled(media) => Some(media.state),
                FetchStep::Retry(_) => None,
            };
        assert_eq!(state(Fetched::Missing, 6), Some(MediaState::Failed(MediaFault::NotFound)));
        assert_eq!(state(Fetched::Missing, 7), Some(MediaState::Expired));
        assert_eq!(state(Fetched::NotYet, 7), Some(MediaState::Expired));
        assert_eq!(state(Fetched::NotYet, 1), None);
    }

    #[test]
    fn a_file_of_the_past_is_kept_from_when_whatsapp_named_it() {
        let later = |days| NOW.plus(Duration::from_secs(days * DAY));
        let past = Media { named: Some(later(60)), ..media("image/jpeg", "") };
        assert!(matches!(past.clone().after(Fetched::NotYet, later(60)), FetchStep::Retry(_)));
        assert_eq!([66, 67].map(|days| past.is_over(later(days))), [false, true]);
    }

    #[test]
    fn a_ticket_opens_its_own_file_until_the_end_of_the_next_hour() {
        let key = Secret::new("k".repeat(32));
        let id = MediaId::from_parts(NOW, 2);
        let other = MediaId::from_parts(NOW, 3);
        let ticket = MediaTicket { tenant: TenantId::from_parts(NOW, 1), viewer: Actor::Nobody };
        let signed = ticket.sign(&key, id, NOW);
        assert_eq!(ticket.sign(&key, id, Timestamp::from_seconds(NOW.seconds() / 3600 * 3600)), signed);
        let later = |seconds| NOW.plus(Duration::from_secs(seconds));
        assert_eq!(MediaTicket::open(&key, id, &signed, later(3600)), Some(ticket));
        assert_eq!(MediaTicket::open(&key, id, &signed, later(7200)), None);
        assert_eq!(MediaTicket::open(&key, other, &signed, NOW), None);
        assert_eq!(MediaTicket::open(&Secret::new("other"), id, &signed, NOW), None);
    }

    #[test]
    fn a_repeated_message_has_the_same_file_and_another_customers_has_not() {
        let message = MessageId::from_parts(NOW, 4);
        let history = HistoryId::from_parts(NOW, 5);
        let other = HistoryId::from_parts(NOW, 6);
        assert_eq!(MediaId::inbound(history, message), MediaId::inbound(history, message));
        assert_ne!(MediaId::inbound(history, message), MediaId::inbound(other, message));
    }
}
