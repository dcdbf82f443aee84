//! Reads statuses that a program of the business reports: a list, or an object with `statuses`. Each becomes a status
//! as Meta writes it, so that the same code applies it.

use crate::json::{Object, legible, list};
use crate::webhook::{Event, EventKind};
use domain::{Timestamp, Wamid};
use serde::Serialize;
use serde_json::value::RawValue;

/// The most statuses in one request: as many as a POST of Meta's carries.
pub const MOST_STATUSES: usize = 1000;

/// The longest word of a status. Meta's have at most 10 characters.
const LONGEST_WORD: usize = 64;

/// Why the statuses of a program are refused. Nothing of the request is applied.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReportError {
    /// The body is neither a list nor an object with one.
    #[error("Send a JSON list of statuses, or an object with the field statuses.")]
    NotAList,
    /// The list is empty, or longer than a request may be.
    #[error("Send 1 to {MOST_STATUSES} statuses.")]
    Count,
    /// A field of one status is missing or wrong.
    #[error("{detail}")]
    Field {
        /// The place in the list, and the field.
        field: String,
        /// What to send instead.
        detail: &'static str,
    },
}

impl ReportError {
    /// The field that is wrong.
    #[must_use]
    pub fn field(&self) -> &str {
        match self {
            Self::NotAList | Self::Count => "statuses",
            Self::Field { field, .. } => field,
        }
    }
}

/// A status as Meta writes it.
#[derive(Serialize)]
struct Status<'a> {
    id: &'a str,
    status: &'a str,
    timestamp: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pricing: Option<&'a RawValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    errors: Option<&'a RawValue>,
}

/// Reads the statuses in `body`, one event each. A status without `timestamp` is of the time `arrived`.
///
/// # Errors
/// [`ReportError`] names the first field that is wrong.
pub fn read_report(body: &[u8], arrived: Timestamp) -> Result<Vec<Event>, ReportError> {
    let text = legible(body);
    let object = Object::read(&text);
    let whole: &RawValue = match &object {
        Some(object) => object.raw("statuses").ok_or(ReportError::NotAList)?,
        None => serde_json::from_str(&text).map_err(|_| ReportError::NotAList)?,
    };
    let statuses = list(whole).ok_or(ReportError::NotAList)?;
    if statuses.is_empty() || statuses.len() > MOST_STATUSES {
        return Err(ReportError::Count);
    }
    statuses.into_iter().enumerate().map(|(place, raw)| read_status(place, raw, arrived)).collect()
}

fn read_status(place: usize, raw: &RawValue, arrived: Timestamp) -> Result<Event, ReportError> {
    let wrong = |name: &str, detail| ReportError::Field { field: format!("statuses[{place}]{name}"), detail };
    let status = Object::from_raw(raw).ok_or_else(|| wrong("", "Send an object with id, status and timestamp."))?;
    let id = status.text("id").or_else(|| status.text("providerMessageId"));
    let id = id.ok_or_else(|| wrong(".id", "Send WhatsApp's ID of the message."))?;
    Wamid::parse(&id).map_err(|_| wrong(".id", "Send WhatsApp's ID of the message."))?;
    let word = status.text("status").filter(|word| word.chars().count() <= LONGEST_WORD);
    let word = word.ok_or_else(|| wrong(".status", "Send a word such as sent, delivered, read or failed."))?;
    let timestamp = match status.raw("timestamp") {
        Some(_) => status.integer("timestamp").filter(|at| *at > 0),
        None => Some(arrived.seconds()),
    };
    let timestamp = timestamp.ok_or_else(|| wrong(".timestamp", "Send seconds since 1970."))?;
    let kept =
        Status { id: &id, status: &word, timestamp, pricing: status.raw("pricing"), errors: status.raw("errors") };
    let body = serde_json::value::to_raw_value(&kept).map_err(|_| wrong("", "Send an object."))?;
    Ok(Event {
        kind: EventKind::Status,
        number: None,
        waba: None,
        time: None,
        field: "statuses".to_owned(),
        contacts: Vec::new(),
        body,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_seconds(1_790_000_000);

    fn field(body: &str) -> String {
        read_report(body.as_bytes(), NOW).unwrap_err().field().to_owned()
    }

    #[test]
    fn a_list_and_an_object_with_one_say_the_same() {
        let list = r#"[{"id":"wamid.A","status":"delivered","timestamp":"1790000001"}]"#;
        let bare = read_report(list.as_bytes(), NOW).unwrap();
        let object = read_report(format!(r#"{{"statuses":{list}}}"#).as_bytes(), NOW).unwrap();
        assert_eq!(bare[0].body.get(), object[0].body.get());
        assert_eq!(bare[0].body.get(), r#"{"id":"wamid.A","status":"delivered","timestamp":1790000001}"#);
    }

    #[test]
    fn a_status_without_a_time_is_of_now() {
        let events = read_report(br#"[{"providerMessageId":"wamid.A","status":"odd"}]"#, NOW).unwrap();
        assert_eq!(events[0].body.get(), r#"{"id":"wamid.A","status":"odd","timestamp":1790000000}"#);
    }

    #[test]
    fn each_wrong_field_is_named() {
        for body in ["7", "{}", "[]", r#"{"statuses":{}}"#, "not JSON"] {
            assert_eq!(field(body), "statuses", "{body}");
        }
        assert_eq!(field("[7]"), "statuses[0]");
        assert_eq!(field(r#"[{"id":"wamid.A","status":"read"},{"status":"read"}]"#), "statuses[1].id");
        assert_eq!(field(r#"[{"id":"wamid.A"}]"#), "statuses[0].status");
        assert_eq!(field(r#"[{"id":"wamid.A","status":"read","timestamp":"soon"}]"#), "statuses[0].timestamp");
        let many = format!("[{}]", vec![r#"{"id":"wamid.A","status":"read"}"#; MOST_STATUSES + 1].join(","));
        assert_eq!(field(&many), "statuses");
    }
}
