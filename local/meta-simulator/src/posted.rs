//! Webhooks that another program posted in Meta's place: the people in them, and what they wrote, belong on the customer's
//! page too. Nothing is sent for them.

use crate::error::Error;
use crate::people::{Invent, Person};
use crate::simulator::Simulator;
use crate::storage::{ReceivedRow, outbox, people, received};
use domain::Timestamp;
use serde_json::Value;

impl Simulator {
    /// Remembers the people of a webhook and their messages, as delivered now. Whoever is known stays, and a message that
    /// is known is not added again.
    ///
    /// # Errors
    /// If the database fails.
    pub fn remember_posted(&self, body: &Value) -> Result<(), Error> {
        let changes = each(&body["entry"]).flat_map(|entry| each(&entry["changes"])).map(|change| &change["value"]);
        for value in changes {
            for message in each(&value["messages"]) {
                self.remember_message(value, message)?;
            }
        }
        self.wake();
        Ok(())
    }

    fn remember_message(&self, value: &Value, message: &Value) -> Result<(), Error> {
        let Some(wamid) = message["id"].as_str() else { return Ok(()) };
        if self.storage().received(wamid)?.is_some() {
            return Ok(());
        }
        let Some(person) = self.sender(value, message)? else { return Ok(()) };
        let seconds = message["timestamp"].as_str().and_then(|seconds| seconds.parse().ok());
        let at = seconds.map_or_else(|| self.now(), Timestamp::from_seconds);
        let row = ReceivedRow::new(wamid, at, person.id, &self.number_of(value).phone_number_id, message);
        let now = self.now();
        self.storage().write(|connection| {
            people::wrote(connection, person.id, at)?;
            received::add(connection, &row)?;
            outbox::add_delivered(connection, value, wamid, now)
        })
    }

    /// Who wrote a message, invented if need be; none if it names nobody.
    fn sender(&self, value: &Value, message: &Value) -> Result<Option<Person>, Error> {
        let phone = message["from"].as_str();
        let user = message["from_user_id"].as_str();
        for key in [phone, user].into_iter().flatten() {
            if let Some(person) = self.storage().person(key)? {
                return Ok(Some(person));
            }
        }
        if phone.is_none() && user.is_none() {
            return Ok(None);
        }
        let is_theirs = |contact: &&Value| {
            phone.is_some_and(|phone| contact["wa_id"] == phone) || user.is_some_and(|user| contact["user_id"] == user)
        };
        let contact = each(&value["contacts"]).find(is_theirs).unwrap_or(&Value::Null);
        let text = |field: &Value| field.as_str().map(str::to_owned);
        let wish = Invent {
            name: text(&contact["profile"]["name"]),
            wa_id: text(&message["from"]),
            user_id: text(&message["from_user_id"]),
            username: text(&contact["profile"]["username"]),
            hides_phone: Some(phone.is_none()),
        };
        self.invent(wish).map(Some)
    }
}

fn each(list: &Value) -> impl Iterator<Item = &Value> {
    list.as_array().into_iter().flatten()
}
