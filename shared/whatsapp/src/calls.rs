//! Reads from a webhook of field `calls` which customers called the business, or took its call.
//!
//! Each of them may be written to for 24 hours from then on. The end of a customer's call is a line of the history. What
//! else the webhook says of a call is not read here.

use crate::json::Object;
use crate::people;
use crate::webhook::Event;
use domain::{Content, Customer, Timestamp, Wamid};

/// The webhook's field.
const CALLS: &str = "calls";

/// A call that opens the 24-hour window of this customer.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// Who called, or took the call. They have at least one identity.
    pub customer: Customer,
    /// When, by WhatsApp's clock.
    pub at: Timestamp,
    /// What the history says of it, once it has ended; none of a call of the business.
    pub ended: Option<EndedCall>,
}

/// A customer's call that has ended.
#[derive(Clone, Debug, PartialEq)]
pub struct EndedCall {
    /// The name of the call, made from WhatsApp's ID of it. A voicemail has that ID itself.
    pub name: Wamid,
    /// Whether it was missed, and how long it lasted.
    pub content: Content,
    /// Its own JSON.
    pub json: String,
}

/// The calls in `event` that open a window, in no order. A call that is told in several events is in each of them.
///
/// Cloud API, calls: the window opens when a user calls the business, whether the business answers or not, and when a
/// user accepts a call of the business. That the business called, or that its call rang or was rejected, opens none.
#[must_use]
pub fn parse_calls(event: &Event) -> Vec<Call> {
    let Some(value) = event.object().filter(|_| event.field == CALLS) else { return Vec::new() };
    let contacts = value.objects("contacts");
    let raws = value.raws("calls").into_iter().filter_map(|raw| Some((raw, Object::from_raw(raw)?)));
    let by_user = raws.filter_map(|(raw, call)| {
        let at = user_called(&call)?;
        let made = call_of(&contacts, at, |contact| people::sender(&call, contact).customer)?;
        Some(Call { ended: ended(&call, raw.get()), ..made })
    });
    let taken = value.objects("statuses").into_iter().filter_map(|status| {
        let at = user_accepted(&status)?;
        call_of(&contacts, at, |contact| people::recipient(&status, contact))
    });
    let in_portfolio = |call: Call| {
        let customer = Customer { portfolio: event.portfolio(), ..call.customer };
        Call { customer, ..call }
    };
    by_user.chain(taken).map(in_portfolio).collect()
}

/// When the user called, if this tells that they did. The end of a call says when it began only if it was answered; of
/// one that was not, the end is at most a minute later.
fn user_called(call: &Object<'_>) -> Option<Timestamp> {
    let direction = call.text("direction")?;
    let at = match call.text("event")?.as_str() {
        "connect" | "call_created" => call.integer("timestamp"),
        "terminate" => call.integer("start_time").or_else(|| call.integer("timestamp")),
        _ => None,
    };
    at.filter(|_| direction == "USER_INITIATED").map(Timestamp::from_seconds)
}

/// The end of a call of the user. One that was not answered has no beginning.
fn ended(call: &Object<'_>, json: &str) -> Option<EndedCall> {
    if call.text("event").as_deref() != Some("terminate") {
        return None;
    }
    let name = Wamid::parse(&format!("call.{}", call.text("id")?)).ok()?;
    let missed = call.integer("start_time").is_none();
    let seconds = call.whole("duration").filter(|_| !missed);
    Some(EndedCall { name, content: Content::Call { missed, seconds }, json: json.to_owned() })
}

fn user_accepted(status: &Object<'_>) -> Option<Timestamp> {
    let of_call = status.text("type").is_none_or(|kind| kind == "call");
    let accepted = status.text("status").is_some_and(|word| word == "ACCEPTED");
    status.integer("timestamp").filter(|_| of_call && accepted).map(Timestamp::from_seconds)
}

/// The call of the person whom `who` reads, with what their entry of `contacts` adds.
fn call_of(contacts: &[Object<'_>], at: Timestamp, who: impl Fn(Option<&Object<'_>>) -> Customer) -> Option<Call> {
    let listed: Vec<_> = contacts.iter().map(people::listed).collect();
    let contact = people::matching(&who(None), &listed).first().map(|index| &contacts[*index]);
    let customer = who(contact);
    if customer.identities().is_empty() { None } else { Some(Call { customer, at, ended: None }) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::webhook::{Part, split};

    /// Who called when, by phone or user id.
    fn calls(value: &str) -> Vec<(String, i64)> {
        let body = format!(r#"{{"entry":[{{"changes":[{{"field":"calls","value":{{{value}}}}}]}}]}}"#);
        let Part::Event(event) = split(body.as_bytes()).remove(0) else { panic!("unreadable") };
        let who = |call: &Call| call.customer.identities()[0].value().into_owned();
        parse_calls(&event).iter().map(|call| (who(call), call.at.seconds())).collect()
    }

    fn one(call: &str) -> Option<i64> {
        calls(&format!(r#""calls":[{{"from":"5511988887777",{call}}}]"#)).first().map(|(_, at)| *at)
    }

    #[test]
    fn a_users_call_counts_from_when_it_began_answered_or_not() {
        let by_user = r#""direction":"USER_INITIATED""#;
        assert_eq!(one(&format!(r#"{by_user},"event":"connect","timestamp":"100""#)), Some(100));
        let unanswered = format!(r#"{by_user},"event":"terminate","status":"FAILED","timestamp":130"#);
        assert_eq!(one(&unanswered), Some(130));
        let answered = format!(r#"{by_user},"event":"terminate","timestamp":"900","start_time":"105""#);
        assert_eq!(one(&answered), Some(105));
        assert_eq!(one(&format!(r#"{by_user},"event":"call_recording_available","timestamp":"100""#)), None);
        assert_eq!(one(&format!(r#"{by_user},"event":"connect""#)), None);
    }

    #[test]
    fn the_end_of_a_users_call_says_whether_it_was_missed() {
        let ended = |call: &str| {
            let value =
                format!(r#""calls":[{{"id":"wacid.A","from":"5511988887777","direction":"USER_INITIATED",{call}}}]"#);
            let body = format!(r#"{{"entry":[{{"changes":[{{"field":"calls","value":{{{value}}}}}]}}]}}"#);
            let Part::Event(event) = split(body.as_bytes()).remove(0) else { panic!("unreadable") };
            parse_calls(&event).remove(0).ended.map(|ended| (ended.name.as_str().to_owned(), ended.content))
        };
        let line = |missed, seconds| Some(("call.wacid.A".to_owned(), Content::Call { missed, seconds }));
        assert_eq!(ended(r#""event":"connect","timestamp":"100""#), None);
        assert_eq!(ended(r#""event":"terminate","status":"FAILED","timestamp":"130""#), line(true, None));
        let answered = r#""event":"terminate","timestamp":"900","start_time":"105","duration":42"#;
        assert_eq!(ended(answered), line(false, Some(42)));
    }

    #[test]
    fn a_call_of_the_business_counts_only_when_the_user_accepts_it() {
        let by_business = r#""direction":"BUSINESS_INITIATED""#;
        for event in ["connect", "terminate", "call_created"] {
            assert_eq!(one(&format!(r#"{by_business},"event":"{event}","timestamp":"100","start_time":"90""#)), None);
        }
        assert_eq!(one(r#""event":"connect","timestamp":"100""#), None, "nobody says who called");
        let status = |word: &str| {
            calls(&format!(
                r#""statuses":[{{"type":"call","status":"{word}","timestamp":"100","recipient_id":"5511988887777"}}]"#
            ))
        };
        assert_eq!(status("ACCEPTED"), [("5511988887777".to_owned(), 100)]);
        assert_eq!([status("RINGING"), status("REJECTED")], [vec![], vec![]]);
    }

    #[test]
    fn each_call_is_of_its_own_caller_and_a_bad_one_hurts_no_other() {
        let call = |who: &str| format!(r#"{{{who},"event":"connect","direction":"USER_INITIATED","timestamp":"100"}}"#);
        let ana = r#"{"wa_id":"5511988887777","user_id":"BR.1"}"#;
        let all =
            [call(r#""from":"5511988887777""#), call(r#""from_user_id":"IN.2""#), "7".into(), call(r#""id":"x""#)];
        let value = format!(r#""contacts":[{ana},{{"user_id":"IN.3"}}],"calls":[{}],"statuses":7"#, all.join(","));
        assert_eq!(calls(&value), [("BR.1".to_owned(), 100), ("IN.2".to_owned(), 100)]);
    }
}
