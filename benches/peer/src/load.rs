//! The webhooks: Meta's own example of a text, each time with another id, from one of many customers, and signed.

use domain::Secret;
use serde_json::Value;
use std::cell::Cell;

/// A text as Meta posts it, which `post-event` posts too.
const EXAMPLE: &str = include_str!("../../../events/whatsapp/text.json");

/// What every webhook here is signed with.
pub const APP_SECRET: &str = "a secret for the comparison alone";

/// One webhook with one message.
#[derive(Clone, Debug)]
pub struct Delivery {
    /// WhatsApp's id of the message.
    pub wamid: String,
    /// The webhook as it is posted.
    pub body: String,
    /// Its signature.
    pub signature: String,
}

/// Makes webhooks, none of them twice. The customers take turns.
#[derive(Debug)]
pub struct Load {
    example: Value,
    secret: Secret,
    customers: u64,
    next: Cell<u64>,
}

impl Load {
    /// Webhooks of this many customers.
    ///
    /// # Panics
    /// If the example is not what it was.
    #[must_use]
    pub fn of(customers: u64) -> Self {
        let example = serde_json::from_str(EXAMPLE).unwrap();
        Self { example, secret: Secret::new(APP_SECRET), customers, next: Cell::new(0) }
    }

    /// How many customers there are.
    #[must_use]
    pub const fn customers(&self) -> u64 {
        self.customers
    }

    /// How many webhooks were made.
    #[must_use]
    pub const fn made(&self) -> u64 {
        self.next.get()
    }

    /// Another webhook.
    #[must_use]
    pub fn another(&self) -> Delivery {
        let number = self.next.replace(self.next.get() + 1);
        let customer = number % self.customers;
        let wamid = format!("wamid.HBgNNTUxMTk4ODg4Nzc3NxUCABIYFDNB{number:024X}AA==");
        let mut body = self.example.clone();
        let value = &mut body["entry"][0]["changes"][0]["value"];
        let (phone, user) = (format!("5511{customer:09}"), format!("BR.1349{customer:012}"));
        let contact = &mut value["contacts"][0];
        contact["profile"]["name"] = format!("Customer {customer}").into();
        contact["wa_id"] = phone.clone().into();
        contact["user_id"] = user.clone().into();
        let message = &mut value["messages"][0];
        message["id"] = wamid.clone().into();
        message["from"] = phone.into();
        message["from_user_id"] = user.into();
        message["timestamp"] = (1_790_000_000 + number).to_string().into();
        message["text"]["body"] = format!("Message {number}: are you open on Sunday, and is there a table?").into();
        let body = body.to_string();
        let signature = whatsapp::signature::sign(body.as_bytes(), &self.secret);
        Delivery { wamid, body, signature }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_two_webhooks_are_the_same_message_and_customers_take_turns() {
        let load = Load::of(10);
        let made: Vec<_> = (0..100).map(|_| load.another()).collect();
        assert_eq!(made.iter().map(|delivery| &delivery.wamid).collect::<BTreeSet<_>>().len(), 100);
        let from = |delivery: &Delivery| serde_json::from_str::<Value>(&delivery.body).unwrap();
        let phones =
            made.iter().map(|delivery| from(delivery)["entry"][0]["changes"][0]["value"]["contacts"].to_string());
        assert_eq!(phones.collect::<BTreeSet<_>>().len(), 10);
    }
}
