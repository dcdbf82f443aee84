//! What a phone brings when its number is linked: its past messages (`history`) and its address book
//! (`smb_app_state_sync`). Coexistence, Cloud API.

use crate::content::content;
use crate::json::Object;
use crate::malformed::{Malformed, id_and_time};
use crate::messages::context;
use crate::webhook::{Event, EventKind};
use domain::inbox::content::Context;
use domain::{Content, Customer, Direction, Phone, Text, Timestamp, Wamid};

/// The webhook's fields.
pub(crate) const HISTORY: &str = "history";
const CONTACTS: &str = "smb_app_state_sync";

/// A message of a phone's past.
#[derive(Clone, Debug, PartialEq)]
pub struct PastMessage {
    /// WhatsApp's id.
    pub wamid: Wamid,
    /// When it was sent.
    pub at: Timestamp,
    /// Who wrote it: the customer, or the business.
    pub direction: Direction,
    /// With whom the business wrote.
    pub customer: Customer,
    /// What it says.
    pub content: Content,
    /// What it refers to.
    pub context: Context,
    /// Its own JSON.
    pub json: String,
}

/// Reads a message of a phone's past. The event says with whom it was, in `contacts`; where it does not, a message with a
/// recipient is the business's.
///
/// # Errors
/// [`Malformed`] if its id, its time or the customer is missing.
pub fn parse_past_message(event: &Event) -> Result<PastMessage, Malformed> {
    let message = event.object().ok_or(Malformed::NotAnObject)?;
    let (wamid, at) = id_and_time(&message)?;
    let phone = |key: &str| message.text(key).and_then(|text| Phone::parse(&text).ok());
    let (from, to) = (phone("from"), phone("to"));
    let with = event.contact().map(|contact| crate::people::listed(&contact));
    let with = with.filter(|customer| !customer.identities().is_empty());
    let (direction, customer) = match with {
        Some(with) => {
            let theirs = from.is_some() && from == with.phone;
            (if theirs { Direction::In } else { Direction::Out }, with)
        }
        None => match (from, to) {
            (_, Some(to)) => (Direction::Out, Customer { phone: Some(to), ..Customer::default() }),
            (Some(from), None) => (Direction::In, Customer { phone: Some(from), ..Customer::default() }),
            (None, None) => return Err(Malformed::Sender),
        },
    };
    Ok(PastMessage {
        wamid,
        at,
        direction,
        customer: Customer { portfolio: event.portfolio(), ..customer },
        content: content(&message),
        context: context(&message),
        json: event.body.get().to_owned(),
    })
}

/// How much of a phone's past has come, in percent, if `event` says so.
#[must_use]
pub fn parse_history_progress(event: &Event) -> Option<u32> {
    let value = event.object().filter(|_| event.kind == EventKind::Notice && event.field == HISTORY)?;
    value.object("metadata")?.whole("progress").map(|percent| percent.min(100))
}

/// A contact of a phone's address book.
#[derive(Clone, Debug, PartialEq)]
pub struct PhoneContact {
    /// Their phone.
    pub phone: Phone,
    /// Their name.
    pub name: Text,
}

/// The contacts that a phone added or changed. One that it removed stays on record.
#[must_use]
pub fn parse_phone_contacts(event: &Event) -> Vec<PhoneContact> {
    let Some(value) = event.object().filter(|_| event.field == CONTACTS) else { return Vec::new() };
    let read = |entry: &Object<'_>| {
        let is_removed = entry.text("action").is_some_and(|action| action.eq_ignore_ascii_case("remove"));
        let contact = entry.object("contact").filter(|_| !is_removed)?;
        let name = contact.text("full_name").or_else(|| contact.text("first_name"))?;
        let phone = Phone::parse(&contact.text("phone_number")?).ok()?;
        Some(PhoneContact { phone, name: Text::new(name) })
    };
    value.objects("state_sync").iter().filter_map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::webhook::{Part, split};

    fn events(field: &str, value: &str) -> Vec<Event> {
        let body = format!(r#"{{"entry":[{{"id":"10","changes":[{{"field":"{field}","value":{value}}}]}}]}}"#);
        let parts = split(body.as_bytes()).into_iter();
        parts.map(|part| if let Part::Event(event) = part { event } else { panic!("unreadable: {part:?}") }).collect()
    }

    #[test]
    fn each_past_message_is_an_event_and_says_who_wrote_it() {
        let value = r#"{"messaging_product":"whatsapp",
            "metadata":{"display_phone_number":"15550001111","phone_number_id":"1000001"},
            "history":[{"metadata":{"phase":1,"chunk_order":2,"progress":55},"threads":[{"id":"34600111222","messages":[
              {"from":"34600111222","id":"wamid.A","timestamp":"1780000000","type":"text","text":{"body":"Hola"},
               "history_context":{"status":"READ"}},
              {"from":"15550001111","to":"34600111222","id":"wamid.B","timestamp":"1780000060","type":"text",
               "text":{"body":"Buenas"},"history_context":{"status":"DELIVERED"}}]}]}]}"#;
        let events = events("history", value);
        let kinds: Vec<_> = events.iter().map(|event| event.kind).collect();
        assert_eq!(kinds, [EventKind::Notice, EventKind::History, EventKind::History]);
        assert_eq!(parse_history_progress(&events[0]), Some(55));
        let read: Vec<_> = events[1..].iter().map(|event| parse_past_message(event).unwrap()).collect();
        assert_eq!((read[0].direction, read[1].direction), (Direction::In, Direction::Out));
        assert_eq!(read[0].customer.phone, read[1].customer.phone);
        assert_eq!(read[1].at, Timestamp::from_seconds(1_780_000_060));
        assert_eq!(events[1].number.as_ref().map(domain::PhoneNumberId::as_str), Some("1000001"));
    }

    #[test]
    fn a_declined_history_and_one_without_messages_stay_notices() {
        let declined = r#"{"history":[{"errors":[{"code":2593109,"message":"History sharing is turned off"}]}]}"#;
        let events = events("history", declined);
        assert_eq!((events.len(), events[0].kind), (1, EventKind::Notice));
        assert!(events[0].body.get().contains("2593109"));
        assert_eq!(parse_history_progress(&events[0]), None);
    }

    #[test]
    fn media_that_comes_later_is_an_event_of_its_own() {
        let value = r#"{"messages":[{"from":"34600111222","id":"wamid.A","timestamp":"1780000000","type":"image",
            "image":{"id":"77","mime_type":"image/jpeg"}}]}"#;
        let events = events("history", value);
        assert_eq!((events.len(), events[0].kind), (1, EventKind::History));
        assert_eq!(parse_past_message(&events[0]).unwrap().direction, Direction::In);
    }

    #[test]
    fn contacts_are_read_and_removed_ones_left_out() {
        let value = r#"{"state_sync":[
            {"type":"contact","contact":{"full_name":"Ana Ruiz","first_name":"Ana","phone_number":"34600111222"},"action":"add"},
            {"type":"contact","contact":{"first_name":"Bo","phone_number":"34600111333"},"action":"edit"},
            {"type":"contact","contact":{"full_name":"Gone","phone_number":"34600111444"},"action":"remove"},
            {"type":"contact","contact":{"full_name":"No phone"},"action":"add"}]}"#;
        let contacts = parse_phone_contacts(&events("smb_app_state_sync", value)[0]);
        let names: Vec<_> = contacts.iter().map(|contact| contact.name.as_str()).collect();
        assert_eq!(names, ["Ana Ruiz", "Bo"]);
    }
}
