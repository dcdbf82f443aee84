//! The reference model: what was said, and how it has to be shown in the end. It knows no order and no repetition,
//! since neither may matter: each thing that happens is written down here once, when it is made up.

use crate::customers::{self, Customer};
use serde_json::Value;
use std::collections::BTreeMap;

/// What is shown in place of a withdrawn message.
const DELETED: &str = "This message was deleted";

/// A customer's message, as it has to be shown in the end.
#[derive(Clone, Debug)]
pub struct Message {
    /// When it was written, in seconds.
    pub at: i64,
    /// Its type.
    pub kind: &'static str,
    /// What it says since its last edit.
    pub edited: Option<String>,
    /// The reaction that stands.
    pub reaction: Option<String>,
    /// Whether it was withdrawn.
    pub revoked: bool,
    said: String,
    /// When it was last spoken of: what is said next is said later, so that the latest is the last.
    spoken_of: i64,
}

impl Message {
    /// The text that has to be shown.
    #[must_use]
    pub fn shown(&self) -> &str {
        if self.revoked { DELETED } else { self.edited.as_ref().unwrap_or(&self.said) }
    }

    /// The new wording that has to be shown, if any.
    #[must_use]
    pub fn wording(&self) -> Option<&str> {
        self.edited.as_deref().filter(|_| !self.revoked)
    }

    fn speak_of(&mut self) -> i64 {
        self.spoken_of += 1;
        self.spoken_of
    }
}

/// A send that an agent asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Send {
    /// Its idempotency key.
    pub key: String,
    /// To whom.
    pub phone: String,
    /// What it says.
    pub text: String,
}

/// Everything that was said and asked.
#[derive(Clone, Debug, Default)]
pub struct Story {
    /// Everybody, in the order in which they came.
    pub customers: Vec<Customer>,
    /// Every send, by its key.
    pub sends: BTreeMap<String, Send>,
    /// The reactions to what we sent, by WhatsApp's id of it.
    pub reactions: BTreeMap<String, String>,
    events: usize,
}

impl Story {
    /// How many messages were written.
    #[must_use]
    pub fn messages(&self) -> usize {
        self.customers.iter().map(|customer| customer.messages.len()).sum()
    }

    /// Somebody new, by their place among the customers.
    pub fn meet(&mut self) -> usize {
        self.customers.push(Customer::new(self.customers.len()));
        self.customers.len() - 1
    }

    /// Customer `who` writes a text.
    pub fn write(&mut self, who: usize, at: i64, body: &str) -> Value {
        self.note(who, at, "text", body.to_owned(), |_| customers::text(body))
    }

    /// Customer `who` sends a photo.
    pub fn photo(&mut self, who: usize, at: i64, caption: &str) -> Value {
        self.note(who, at, "image", format!("[Image] {caption}"), |wamid| customers::photo(wamid, caption))
    }

    /// Customer `who` reacts to their message `target`; an empty emoji takes that back.
    pub fn react(&mut self, who: usize, target: &str, emoji: &str) -> Option<Value> {
        let message = self.customers[who].messages.get_mut(target)?;
        message.reaction = Some(emoji.to_owned()).filter(|emoji| !emoji.is_empty());
        let at = message.speak_of();
        Some(self.remark(who, at, customers::reaction(target, emoji)))
    }

    /// Customer `who` rewords their text `target`; none if that is no text.
    pub fn edit(&mut self, who: usize, target: &str, body: &str) -> Option<Value> {
        let message = self.customers[who].messages.get_mut(target).filter(|message| message.kind == "text")?;
        message.edited = Some(body.to_owned());
        let at = message.speak_of();
        Some(self.remark(who, at, customers::edit(target, body)))
    }

    /// Customer `who` withdraws their message `target`.
    pub fn revoke(&mut self, who: usize, target: &str) -> Option<Value> {
        let message = self.customers[who].messages.get_mut(target)?;
        message.revoked = true;
        let at = message.speak_of();
        Some(self.remark(who, at, customers::revoke(target)))
    }

    /// Customer `who` reacts to what we sent at `at`.
    pub fn react_to_ours(&mut self, who: usize, target: &str, at: i64, emoji: &str) -> Value {
        self.reactions.insert(target.to_owned(), emoji.to_owned());
        self.remark(who, at + 1, customers::reaction(target, emoji))
    }

    /// An agent answers customer `who`; none if their phone is hidden.
    pub fn answer(&mut self, who: usize) -> Option<Send> {
        let key = format!("key-{}", self.sends.len());
        let send = Send { phone: self.customers[who].phone.clone()?, text: format!("answer {key}"), key: key.clone() };
        self.sends.insert(key, send.clone());
        Some(send)
    }

    fn note(
        &mut self,
        who: usize,
        at: i64,
        kind: &'static str,
        said: String,
        content: impl Fn(&str) -> Value,
    ) -> Value {
        let wamid = self.wamid();
        let message = Message { at, kind, edited: None, reaction: None, revoked: false, said, spoken_of: at };
        let json = self.customers[who].message(&wamid, at, content(&wamid));
        self.customers[who].messages.insert(wamid, message);
        json
    }

    fn remark(&mut self, who: usize, at: i64, content: Value) -> Value {
        let wamid = self.wamid();
        self.customers[who].message(&wamid, at, content)
    }

    fn wamid(&mut self) -> String {
        self.events += 1;
        format!("wamid.SOAK{:09}", self.events)
    }
}
