//! A customer calls, and what the webhooks of field `calls` tell of it. There is no voice.

use super::contact;
use crate::error::Error;
use crate::simulator::Simulator;
use crate::storage::{Update, people};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::time::Duration;

/// How long it rings.
const RINGS: Duration = Duration::from_secs(20);

/// How a call ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CallEnd {
    /// Nobody takes it.
    Missed,
    /// Somebody takes it on another device of the business.
    Answered,
}

/// A call to be placed by a customer.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CustomerCall {
    /// Who: number, phone, BSUID or username of a person.
    pub from: String,
    /// Which number of the business they call. The first, if not given.
    #[serde(default)]
    pub to: Option<String>,
    /// How it ends.
    pub end: CallEnd,
    /// How long they talk, of a call that is taken.
    #[serde(default = "three_minutes")]
    pub seconds: u32,
}

const fn three_minutes() -> u32 {
    180
}

/// What came of a call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Called {
    /// WhatsApp's id of the call.
    pub id: String,
    /// The updates in the outbox: that it rings, and that it is over.
    pub updates: [i64; 2],
}

impl Simulator {
    /// Makes a customer call; the webhooks follow at once, also the one of the end.
    ///
    /// # Errors
    /// If there is no such person, or the database fails.
    pub fn call(&self, wish: &CustomerCall) -> Result<Called, Error> {
        let person = self.person(&wish.from)?;
        let number = match &wish.to {
            Some(key) => self.known_number(key)?,
            None => self.first_number(),
        };
        let now = self.now();
        let called = self.storage().write(|connection| {
            let serial = self.serial(connection, now)?;
            let id = serial.wamid(person.visible_key()).replacen("wamid", "wacid", 1);
            people::wrote(connection, person.id, now)?;
            let mut call = json!({
                "id": id, "from_user_id": person.user_id, "to": number.display_phone_number,
                "direction": "USER_INITIATED", "event": "connect", "timestamp": now.seconds().to_string(),
            });
            if !person.hides_phone {
                call["from"] = json!(person.wa_id);
            }
            let mut ended = call.clone();
            call["session"] = json!({"sdp_type": "offer", "sdp": "v=0\r\n"});
            ended["event"] = json!("terminate");
            let talk = Duration::from_secs(wish.seconds.into());
            let (status, end) = match wish.end {
                CallEnd::Missed => ("FAILED", now.plus(RINGS)),
                CallEnd::Answered => {
                    ended["start_time"] = json!(now.seconds().to_string());
                    ended["duration"] = json!(wish.seconds);
                    ("COMPLETED", now.plus(talk))
                }
            };
            ended["status"] = json!(status);
            ended["end_time"] = json!(end.seconds().to_string());
            ended["timestamp"] = json!(end.seconds().to_string());
            let tell = |call: Value| {
                let mut value = Self::value(number, "calls", call);
                value["contacts"] = json!([contact(&person)]);
                let (field, kind) = ("calls".to_owned(), "call".to_owned());
                self.enqueue(connection, Update { id: 0, due: now, field, value, wamid: None, kind })
            };
            Ok(Called { id, updates: [tell(call)?, tell(ended)?] })
        })?;
        self.wake();
        Ok(called)
    }
}
