//! A customer pays an order that the business asked to be paid, and the status that tells of it.

use crate::error::Error;
use crate::simulator::Simulator;
use crate::storage::Update;
use serde::Deserialize;
use serde_json::{Value, json};

/// How a payment fares.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Payment {
    /// The request to pay.
    pub message_id: String,
    /// Meta's word: `pending`, `captured`, `failed` or `canceled`.
    pub status: String,
}

impl Simulator {
    /// Tells the business how a payment fares: the update in the outbox.
    ///
    /// # Errors
    /// If the business sent no such request, or the database fails.
    pub fn pay(&self, payment: &Payment) -> Result<i64, Error> {
        let no_such = || Error::NoSuchMessage(payment.message_id.clone());
        let row = self.storage().send(&payment.message_id)?.ok_or_else(no_such)?;
        let asked = &row.body["interactive"];
        if asked["type"] != "order_details" {
            return Err(Error::Invalid("the message does not ask to be paid".to_owned()));
        }
        let now = self.now();
        let asked = &asked["action"]["parameters"];
        let mut status = json!({
            "id": row.wamid, "status": payment.status, "type": "payment", "timestamp": now.seconds().to_string(),
            "payment": {
                "reference_id": asked["reference_id"], "currency": asked["currency"], "amount": asked["total_amount"],
            },
        });
        if let Some(data) = &row.callback_data {
            status["biz_opaque_callback_data"] = Value::from(data.clone());
        }
        let number = self.number(&row.number).unwrap_or_else(|| self.first_number());
        let value = Self::value(number, "statuses", status);
        let update = Update {
            id: 0,
            due: now,
            field: "messages".to_owned(),
            value,
            wamid: Some(row.wamid.clone()),
            kind: "payment".to_owned(),
        };
        let id = self.storage().write(|connection| self.enqueue(connection, update))?;
        self.wake();
        Ok(id)
    }
}
