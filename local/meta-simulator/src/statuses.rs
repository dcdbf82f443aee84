//! What Meta tells about a send: `sent`, `delivered`, `read` or `failed`, when and in which words.

use crate::error::Error;
use crate::graph_error::GraphError;
use crate::people::Person;
use crate::rules::{SERVICE_CHARGED, month_start};
use crate::settings::Settings;
use crate::simulator::Simulator;
use crate::storage::{Address, SendRow, Update, outbox, sends};
use domain::Timestamp;
use rusqlite::Connection;
use serde_json::{Value, json};
use std::time::Duration;

/// One kind of status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    /// Left Meta.
    Sent,
    /// Is on the device.
    Delivered,
    /// Was shown.
    Read,
    /// Will not arrive.
    Failed,
}

impl Status {
    /// As Meta writes it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Delivered => "delivered",
            Self::Read => "read",
            Self::Failed => "failed",
        }
    }
}

/// Fills in when a send will be sent, delivered and read. A reaction is only ever sent; what is lost has no status.
pub(crate) fn schedule(row: &mut SendRow, settings: &Settings) {
    let after = |ms| Some(row.at.plus(Duration::from_millis(ms)));
    if row.address == Address::TransportError {
        return;
    }
    row.sent_at = after(settings.sent_ms);
    if row.failed.is_some() || row.kind == "reaction" {
        return;
    }
    row.delivered_at = after(settings.delivered_ms);
    if settings.auto_read {
        row.read_at = after(settings.delivered_ms.saturating_add(settings.read_ms));
    }
}

/// Puts the scheduled statuses into the outbox.
pub(crate) fn enqueue(
    simulator: &Simulator,
    connection: &Connection,
    row: &SendRow,
    person: &Person,
) -> Result<(), Error> {
    let scheduled = if row.failed.is_some() {
        vec![(Status::Failed, row.sent_at)]
    } else {
        vec![(Status::Sent, row.sent_at), (Status::Delivered, row.delivered_at), (Status::Read, row.read_at)]
    };
    for (status, at) in scheduled {
        if let Some(at) = at {
            simulator.enqueue(connection, update(simulator, row, person, status, at))?;
        }
    }
    Ok(())
}

/// Makes a send read at `now`, because the page shows it.
pub(crate) fn read(
    simulator: &Simulator,
    connection: &Connection,
    row: &SendRow,
    person: &Person,
    now: Timestamp,
) -> Result<(), Error> {
    let update = update(simulator, row, person, Status::Read, now);
    sends::read_at(connection, &row.wamid, now)?;
    match row.read_at {
        Some(_) => outbox::hasten(connection, &row.wamid, "read", &update.value, now).map(|_| ()),
        None => simulator.enqueue(connection, update).map(|_| ()),
    }
}

fn update(simulator: &Simulator, row: &SendRow, person: &Person, status: Status, at: Timestamp) -> Update {
    let number = simulator.number(&row.number).unwrap_or_else(|| simulator.first_number());
    let object = status_object(row, person, status, at, simulator.settings().echo_callback_data);
    let mut value = Simulator::value(number, "statuses", object);
    if status != Status::Failed || simulator.settings().contacts_on_failed {
        value["contacts"] = json!([contact(row, person, status)]);
    }
    Update {
        id: 0,
        due: at,
        field: "messages".to_owned(),
        value,
        wamid: Some(row.wamid.clone()),
        kind: status.name().to_owned(),
    }
}

/// Whether the person's phone is told: always if the send went to it.
fn tells_phone(row: &SendRow, person: &Person) -> bool {
    row.address == Address::Phone || !person.hides_phone
}

fn status_object(row: &SendRow, person: &Person, status: Status, at: Timestamp, echo: bool) -> Value {
    let mut object = json!({"id": row.wamid, "status": status.name(), "timestamp": at.seconds().to_string()});
    if tells_phone(row, person) && (status != Status::Failed || row.address == Address::Phone) {
        object["recipient_id"] = json!(person.wa_id);
    }
    if status != Status::Failed || row.address == Address::UserId {
        object["recipient_user_id"] = json!(person.user_id);
    }
    if let Some(callback_data) = row.callback_data.as_ref().filter(|_| echo) {
        object["biz_opaque_callback_data"] = json!(callback_data);
    }
    match (status, row.failed) {
        (Status::Sent | Status::Delivered, _) => object["pricing"] = row.billing.clone().unwrap_or_default(),
        (Status::Failed, Some(code)) => object["errors"] = json!([failure(code).in_status()]),
        (Status::Read | Status::Failed, _) => {}
    }
    object
}

fn failure(code: i64) -> GraphError {
    if code == 131_047 { GraphError::window_closed() } else { GraphError::code(code) }
}

/// Who it is about; name and username come with `delivered` and `read` alone, and only if there is a username.
fn contact(row: &SendRow, person: &Person, status: Status) -> Value {
    let mut contact = json!({"user_id": person.user_id});
    if tells_phone(row, person) {
        contact["wa_id"] = json!(person.wa_id);
    }
    if let (Status::Delivered | Status::Read, Some(username)) = (status, &person.username) {
        contact["profile"] = json!({"name": person.name, "username": username});
    }
    contact
}

/// The `pricing` of a send. Until September 2026 service messages are free, and utility templates inside the window; after
/// that, the first service messages of a month.
pub(crate) fn billing(
    simulator: &Simulator,
    connection: &Connection,
    kind: &str,
    body: &Value,
    in_window: bool,
    now: Timestamp,
) -> Result<Value, Error> {
    let most = simulator.settings().free_service_messages;
    let category = match kind {
        "template" => simulator.template_category(connection, body)?,
        _ => "service".to_owned(),
    };
    let free = match category.as_str() {
        "service" if now < SERVICE_CHARGED => true,
        "service" => sends::service_messages(connection, month_start(now), most)? < most,
        "utility" => in_window && now < SERVICE_CHARGED,
        _ => false,
    };
    Ok(json!({
        "billable": !free,
        "pricing_model": "PMP",
        "category": category,
        "type": if free { "free_customer_service" } else { "regular" },
    }))
}
