//! Reads what WhatsApp says of a message of ours.

use crate::json::Object;
use crate::malformed::{Malformed, id_and_time};
use crate::people;
use crate::webhook::Event;
use domain::inbox::statuses::{OtherStatus, OtherUpdate, Pricing, Status, StatusError, StatusUpdate};
use domain::{Customer, Text};

/// The code of an error that came without one.
pub const NO_CODE: i64 = -1;

/// A status, if its word is one of those that we know.
#[derive(Clone, Debug, PartialEq)]
pub enum ParsedStatus {
    /// A status that means something here.
    Known(Box<StatusUpdate>),
    /// How the payment fares that a message asks for: `pending`, `captured`, `failed` and others.
    Payment(Box<OtherUpdate>),
    /// A word that is not known: `deleted`, `warning`, one that is yet to come.
    Unknown {
        /// The word.
        word: String,
        /// The same as a status of its message; none if it has no id or no time.
        update: Option<Box<OtherUpdate>>,
    },
}

/// Reads a status. Only its id, word and time have to be there.
///
/// Cloud API, statuses: `recipient_id` is missing where a message went to a user id, `contacts` where it failed.
///
/// # Errors
/// [`Malformed`] if id or time of a known word cannot be read.
pub fn parse_status(event: &Event) -> Result<ParsedStatus, Malformed> {
    let status = event.object().ok_or(Malformed::NotAnObject)?;
    let word = status.text("status").unwrap_or_default();
    let other = |word: &str| {
        let (wamid, at) = id_and_time(&status)?;
        let told = OtherStatus { word: word.to_owned(), at };
        let callback_data = status.text("biz_opaque_callback_data");
        Ok(Box::new(OtherUpdate { wamid, told, callback_data }))
    };
    // Cloud API, payments: `failed` and `pending` speak of the payment here, and not of the message.
    if status.text("type").as_deref() == Some("payment") {
        return other(&word).map(ParsedStatus::Payment);
    }
    let Ok(known) = word.parse::<Status>() else {
        return Ok(ParsedStatus::Unknown { update: other(&word).ok(), word });
    };
    let (wamid, at) = id_and_time(&status)?;
    Ok(ParsedStatus::Known(Box::new(StatusUpdate {
        wamid,
        status: known,
        at,
        recipient: Customer { portfolio: event.portfolio(), ..people::recipient(&status, event.contact().as_ref()) },
        callback_data: status.text("biz_opaque_callback_data"),
        pricing: status.object("pricing").map(|pricing| read_pricing(&pricing)),
        errors: status.objects("errors").iter().map(read_error).collect(),
    })))
}

/// Cloud API, pricing: `billable` is to be removed; type and category stay.
fn read_pricing(pricing: &Object<'_>) -> Pricing {
    Pricing {
        category: pricing.text("category"),
        kind: pricing.text("type"),
        model: pricing.text("pricing_model"),
        billable: pricing.answer("billable"),
    }
}

/// Reads an entry of `errors`. `error_data` is an object with `details`, or a plain string.
pub(crate) fn read_error(error: &Object<'_>) -> StatusError {
    let told = error.object("error_data").and_then(|data| data.text("details"));
    StatusError {
        code: error.integer("code").unwrap_or(NO_CODE),
        title: error.text("title").or_else(|| error.text("message")),
        details: told.or_else(|| error.text("error_data")).map(Text::new),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::webhook::EventKind;
    use domain::{Phone, Timestamp, Wamid};
    use serde_json::value::RawValue;

    fn event(json: &str, contact: Option<&str>) -> Event {
        let raw = |json: &str| RawValue::from_string(json.to_owned()).unwrap();
        Event {
            kind: EventKind::Status,
            number: None,
            waba: None,
            time: None,
            field: "messages".to_owned(),
            contacts: contact.into_iter().map(raw).collect(),
            body: raw(json),
        }
    }

    fn known(json: &str, contact: Option<&str>) -> StatusUpdate {
        match parse_status(&event(json, contact)).unwrap() {
            ParsedStatus::Known(update) => *update,
            ParsedStatus::Payment(_) => panic!("it is no payment"),
            ParsedStatus::Unknown { word, .. } => panic!("{word} is not known"),
        }
    }

    #[test]
    fn a_status_is_read_with_its_price_recipient_and_our_name() {
        let json = r#"{"id":"wamid.OUT","status":"delivered","timestamp":1790000100,"recipient_id":"34600111222",
            "biz_opaque_callback_data":"job-9/msg-4","pricing":{"billable":"true","pricing_model":"PMP","type":"regular",
            "category":"marketing"}}"#;
        let update = known(json, Some(r#"{"user_id":"ES.77","profile":{"username":"ana.p"}}"#));
        assert_eq!(update.wamid, Wamid::parse("wamid.OUT").unwrap());
        assert_eq!((update.status, update.at), (Status::Delivered, Timestamp::from_seconds(1_790_000_100)));
        assert_eq!(update.recipient.phone, Phone::parse("34600111222").ok());
        assert_eq!(update.recipient.bsuid.as_ref().map(domain::Bsuid::as_str), Some("ES.77"));
        assert_eq!(update.recipient.username, Some(Text::new("ana.p")));
        assert_eq!(update.callback_data.as_deref(), Some("job-9/msg-4"));
        let pricing = update.pricing.unwrap();
        assert_eq!((pricing.kind.as_deref(), pricing.billable), (Some("regular"), Some(true)));
    }

    #[test]
    fn errors_are_read_in_all_their_shapes() {
        let json = r#"{"id":"wamid.OUT","status":"failed","timestamp":"1","errors":[
            {"code":131047,"title":"Re-engagement message","error_data":{"details":"over 24 hours"}},
            {"code":"131026","message":"Undeliverable","error_data":"not on WhatsApp"},{},7]}"#;
        let errors = known(json, None).errors;
        assert_eq!(errors.iter().map(|error| error.code).collect::<Vec<_>>(), [131_047, 131_026, NO_CODE]);
        assert_eq!(errors[0].details, Some(Text::new("over 24 hours")));
        assert_eq!(errors[1].title.as_deref(), Some("Undeliverable"));
        assert_eq!(errors[1].details, Some(Text::new("not on WhatsApp")));
    }

    #[test]
    fn a_word_that_is_not_known_is_told_and_what_has_no_id_or_time_is_malformed() {
        let unknown = parse_status(&event(r#"{"status":"captured"}"#, None));
        assert_eq!(unknown, Ok(ParsedStatus::Unknown { word: "captured".to_owned(), update: None }));
        let paid = r#"{"status":"failed","type":"payment","id":"wamid.A","timestamp":"9"}"#;
        assert!(
            matches!(parse_status(&event(paid, None)), Ok(ParsedStatus::Payment(paid)) if paid.told.word == "failed")
        );
        let other = parse_status(&event(r#"{"status":"warning","id":"wamid.A","timestamp":"9"}"#, None)).unwrap();
        let ParsedStatus::Unknown { update: Some(update), .. } = other else { panic!("it has an id and a time") };
        assert_eq!(update.told, OtherStatus { word: "warning".to_owned(), at: Timestamp::from_seconds(9) });
        assert_eq!(parse_status(&event(r#"{"status":"read","timestamp":"1"}"#, None)), Err(Malformed::Id));
        assert_eq!(parse_status(&event(r#"{"status":"read","id":"A","timestamp":"x"}"#, None)), Err(Malformed::Time));
        assert_eq!(parse_status(&event("[]", None)), Err(Malformed::NotAnObject));
    }
}
