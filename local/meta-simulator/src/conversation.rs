//! Conversations as both sides see them: messages in order, with ticks, reactions, edits and deletions.

use crate::error::Error;
use crate::graph_error::GraphError;
use crate::inspect::{Ticks, ticks_of};
use crate::people::Person;
use crate::rules::WINDOW;
use crate::simulator::Simulator;
use crate::statuses;
use crate::storage::{ReceivedRow, SendRow};
use domain::Timestamp;
use serde::Serialize;
use serde_json::Value;
use std::collections::HashMap;

/// A conversation between a person and the business.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Conversation {
    /// The person.
    pub person: Person,
    /// Until when the business may answer freely.
    pub window_until: Option<Timestamp>,
    /// Whether that is still to come.
    pub window_open: bool,
    /// Whether the business types.
    pub typing: bool,
    /// All messages, oldest first.
    pub turns: Vec<Turn>,
}

/// One message of a conversation.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Turn {
    /// The message's id.
    pub id: String,
    /// `in` from the customer, `out` from the business.
    pub direction: &'static str,
    /// The type of the message.
    #[serde(rename = "type")]
    pub kind: String,
    /// When it was written.
    pub at: Timestamp,
    /// The object that the type names.
    pub content: Value,
    /// How far it is.
    pub ticks: Ticks,
    /// Whether the customer's phone has it.
    pub visible: bool,
    /// The message that it replies to.
    pub reply_to: Option<String>,
    /// The emoji on it.
    pub reactions: Vec<Reaction>,
    /// Whether its text is not the first one.
    pub edited: bool,
    /// Whether it was deleted for everyone.
    pub revoked: bool,
    /// Why it failed.
    pub error: Option<String>,
    /// What the customer reads of a template.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rendered: Option<Value>,
}

/// An emoji on a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Reaction {
    /// `in` from the customer, `out` from the business.
    pub from: &'static str,
    /// The emoji.
    pub emoji: String,
}

impl Simulator {
    /// The conversation of a person with all numbers of the business.
    ///
    /// # Errors
    /// If there is no such person, or the database fails.
    pub fn conversation(&self, key: &str) -> Result<Conversation, Error> {
        self.conversation_with(key, None)
    }

    /// The conversation of a person with one `number` of the business, given by its ID or its digits; with all of them if
    /// none is given.
    ///
    /// # Errors
    /// If there is no such person or number, or the database fails.
    pub fn conversation_with(&self, key: &str, number: Option<&str>) -> Result<Conversation, Error> {
        let person = self.person(key)?;
        let number = number.map(|key| self.known_number(key)).transpose()?;
        let now = self.now();
        let mut received = self.storage().received_from(person.id)?;
        let mut sends = self.storage().sends_to(person.id)?;
        if let Some(number) = number {
            received.retain(|row| self.is_of(number, &row.number));
            sends.retain(|row| self.is_of(number, &row.number));
        }
        let window_until = person.wrote_at.map(|at| at.plus(WINDOW));
        let typing_until = received.iter().filter_map(|row| row.typing_until).max();
        let typing = typing_until.is_some_and(|until| now < until)
            && sends.last().zip(received.last()).is_none_or(|(out, last)| out.at < last.at);
        let mut turns = turns(received, sends, now);
        for turn in turns.iter_mut().filter(|turn| turn.direction == "out" && turn.kind == "template") {
            turn.rendered = self.rendered(&turn.content);
        }
        Ok(Conversation {
            person,
            window_open: window_until.is_some_and(|until| now < until),
            window_until,
            typing,
            turns,
        })
    }

    /// The customer looks at the conversation: what is delivered is read. Returns how many became read.
    ///
    /// # Errors
    /// If there is no such person, or the database fails.
    pub fn read(&self, key: &str) -> Result<usize, Error> {
        let person = self.person(key)?;
        let now = self.now();
        let unread =
            |row: &SendRow| row.delivered_at.is_some_and(|at| at <= now) && row.read_at.is_none_or(|at| at > now);
        let rows: Vec<SendRow> = self.storage().sends_to(person.id)?.into_iter().filter(unread).collect();
        self.storage()
            .write(|connection| rows.iter().try_for_each(|row| statuses::read(self, connection, row, &person, now)))?;
        self.wake();
        Ok(rows.len())
    }
}

/// Both sides' messages in order, with reactions, edits and deletions applied to what they are about.
fn turns(received: Vec<ReceivedRow>, sends: Vec<SendRow>, now: Timestamp) -> Vec<Turn> {
    let mut acts: Vec<(Timestamp, Act)> = Vec::new();
    acts.extend(received.into_iter().map(|row| (row.at, Act::In(row))));
    acts.extend(sends.into_iter().map(|row| (row.at, Act::Out(row))));
    acts.sort_by_key(|(at, _)| *at);
    let (about, own): (Vec<Act>, Vec<Act>) = acts.into_iter().map(|(_, act)| act).partition(Act::is_about_another);
    let mut turns: Vec<Turn> = own.into_iter().map(|act| act.turn(now)).collect();
    let places = turns.iter().enumerate().map(|(at, turn)| (turn.id.clone(), at)).collect();
    for act in about {
        apply(&act, &mut turns, &places);
    }
    turns
}

enum Act {
    In(ReceivedRow),
    Out(SendRow),
}

impl Act {
    fn kind(&self) -> &str {
        match self {
            Self::In(row) => &row.kind,
            Self::Out(row) => &row.kind,
        }
    }

    /// Reactions, edits and deletions are no messages of their own.
    fn is_about_another(&self) -> bool {
        matches!(self.kind(), "reaction" | "edit" | "revoke")
    }

    fn object(&self) -> &Value {
        match self {
            Self::In(row) => &row.message[&row.kind],
            Self::Out(row) => &row.body[&row.kind],
        }
    }

    fn turn(self, now: Timestamp) -> Turn {
        match self {
            Self::In(row) => in_turn(row),
            Self::Out(row) => out_turn(&row, now),
        }
    }
}

/// Applies a reaction, edit or deletion to the message it is about, if that is known.
fn apply(act: &Act, turns: &mut [Turn], places: &HashMap<String, usize>) {
    let object = act.object();
    let target = object.get("message_id").or_else(|| object.get("original_message_id")).and_then(Value::as_str);
    let Some(turn) = target.and_then(|id| places.get(id)).and_then(|at| turns.get_mut(*at)) else { return };
    match act.kind() {
        "edit" => {
            turn.edited = true;
            turn.content = object["message"]["text"].clone();
        }
        "revoke" => {
            turn.revoked = true;
            turn.content = Value::Null;
            turn.reactions.clear();
        }
        _ => react(turn, act),
    }
}

/// One side has one emoji on a message, or none.
fn react(turn: &mut Turn, act: &Act) {
    let from = if matches!(act, Act::In(_)) { "in" } else { "out" };
    turn.reactions.retain(|reaction| reaction.from != from);
    if let Some(emoji) = act.object()["emoji"].as_str().filter(|emoji| !emoji.is_empty()) {
        turn.reactions.push(Reaction { from, emoji: emoji.to_owned() });
    }
}

fn in_turn(row: ReceivedRow) -> Turn {
    let ticks = match (row.read_at, row.delivered_at) {
        (Some(_), _) => Ticks::Read,
        (None, Some(_)) => Ticks::Delivered,
        (None, None) => Ticks::Clock,
    };
    Turn {
        id: row.wamid,
        direction: "in",
        at: row.at,
        content: row.message[&row.kind].clone(),
        kind: row.kind,
        ticks,
        visible: true,
        reply_to: row.message["context"]["id"].as_str().map(str::to_owned),
        reactions: Vec::new(),
        edited: false,
        revoked: false,
        error: None,
        rendered: None,
    }
}

fn out_turn(row: &SendRow, now: Timestamp) -> Turn {
    let ticks = ticks_of(row, now);
    Turn {
        id: row.wamid.clone(),
        direction: "out",
        kind: row.kind.clone(),
        at: row.at,
        content: row.body[&row.kind].clone(),
        ticks,
        visible: matches!(ticks, Ticks::Delivered | Ticks::Read),
        reply_to: row.body["context"]["message_id"].as_str().map(str::to_owned),
        reactions: Vec::new(),
        edited: false,
        revoked: false,
        error: row.failed.map(|code| GraphError::code(code).title),
        rendered: None,
    }
}
