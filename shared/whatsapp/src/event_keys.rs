//! What an event is known by: to the queue, which takes those of one person in their order and a repetition once, and in
//! the log.

use crate::json::Object;
use crate::people;
use crate::webhook::{Event, EventKind};
use domain::{PhoneNumberId, digest};

/// What an event is known by, all of it from one reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventKeys {
    /// The same for every delivery of the same bytes, and different for any other: the real content of a message passes
    /// behind its placeholder though both have the same id. What is the same event in other bytes, the table recognises.
    pub dedup: String,
    /// The same for all events about one person on one number: they are handled one after the other. It is the user
    /// id, else the phone, else the message that decides; a notice stands for itself.
    pub group: String,
    /// What stands in logs for the message that this is or speaks of; of a notice there is none.
    pub message: Option<String>,
}

impl Event {
    /// What it is known by.
    #[must_use]
    pub fn names(&self) -> EventKeys {
        let body = self.object();
        let dedup = self.dedup();
        let group = body.as_ref().and_then(|body| self.group(body)).unwrap_or_else(|| dedup.clone());
        EventKeys { message: body.as_ref().and_then(|body| self.message(body)), dedup, group }
    }

    /// [`EventKeys::dedup`] alone.
    #[must_use]
    pub fn dedup_key(&self) -> String {
        self.dedup()
    }

    /// [`EventKeys::message`] alone.
    #[must_use]
    pub fn message_key(&self) -> Option<String> {
        self.message(&self.object()?)
    }

    fn dedup(&self) -> String {
        let time = self.time.map(|time| time.millis().to_string()).unwrap_or_default();
        let waba = self.waba.as_deref().unwrap_or_default();
        digest::hex(&[self.number(), self.kind.as_str(), waba, &self.field, &time, self.body.get()])
    }

    fn group(&self, body: &Object<'_>) -> Option<String> {
        let contact = self.contact();
        let person = match self.kind {
            EventKind::Message => people::sender(body, contact.as_ref()).customer,
            EventKind::Status => people::recipient(body, contact.as_ref()),
            EventKind::History => contact.as_ref().map(people::listed).unwrap_or_default(),
            EventKind::Notice => return None,
        };
        let user = person.bsuid.as_ref().map(|id| id.as_str().to_owned());
        let phone = person.phone.as_ref().map(|phone| phone.canonical().into_owned());
        let key = user.or(phone).or_else(|| body.text("id"))?;
        Some(digest::hex(&[self.number(), &key]))
    }

    fn message(&self, body: &Object<'_>) -> Option<String> {
        match self.kind {
            EventKind::Message | EventKind::Status | EventKind::History => Some(digest::hex(&[&body.text("id")?])),
            EventKind::Notice => None,
        }
    }

    fn number(&self) -> &str {
        self.number.as_ref().map_or("", PhoneNumberId::as_str)
    }
}
