//! The buttons of a new template, checked before it is submitted.

use crate::inbox::outbound_media::{MAX_URL, public};
use crate::inbox::outbound_template::TemplateButtonType;
use crate::limits::Violation;
use crate::outreach::template_lint::{Examples, length, named, sample};
use crate::outreach::template_text::{parameters, places};
use crate::outreach::templates::{MAX_CODE, TemplateButton};
use crate::personal::Text;
use crate::phone::Phone;

/// The longest text on a button.
const MAX_BUTTON: usize = 25;

/// How many buttons a template has, and how many of each kind.
const MOST_BUTTONS: usize = 10;
const MOST_URLS: usize = 2;

/// The buttons below a template's text.
pub(super) fn buttons(buttons: &[TemplateButton], examples: &Examples, errors: &mut Vec<Violation>) {
    if buttons.len() > MOST_BUTTONS {
        errors.push(Violation::new("buttons", format!("has {} buttons; use at most {MOST_BUTTONS}", buttons.len())));
    }
    for (kind, most) in [
        (TemplateButtonType::Url, MOST_URLS),
        (TemplateButtonType::Phone, 1),
        (TemplateButtonType::CopyCode, 1),
        (TemplateButtonType::Flow, 1),
    ] {
        let count = buttons.iter().filter(|button| button.kind == kind).count();
        if count > most {
            errors.push(Violation::new("buttons", format!("has {count} of the type {kind}; use at most {most}")));
        }
    }
    let replies: Vec<bool> = buttons.iter().map(|button| button.kind == TemplateButtonType::QuickReply).collect();
    if replies.windows(2).filter(|pair| pair[0] != pair[1]).count() > 1 {
        errors.push(Violation::new("buttons", "put all quick replies side by side"));
    }
    for (place, one) in buttons.iter().enumerate() {
        let twin = buttons[..place].iter().any(|other| other.text == one.text);
        let at = ButtonPlace { field: format!("buttons[{place}]"), sample: format!("examples.buttons.{place}") };
        button(&at, one, twin, examples.buttons.get(&place.to_string()), errors);
    }
    for extra in examples.buttons.keys() {
        let button = extra.parse().ok().and_then(|place: usize| buttons.get(place));
        if !button.is_some_and(TemplateButton::takes_value) {
            errors.push(Violation::new(format!("examples.buttons.{extra}"), "no button here takes a value"));
        }
    }
}

/// The names of a button and of its sample in a request.
pub(super) struct ButtonPlace {
    pub(super) field: String,
    pub(super) sample: String,
}

pub(super) fn button(
    place: &ButtonPlace,
    button: &TemplateButton,
    twin: bool,
    example: Option<&Text>,
    errors: &mut Vec<Violation>,
) {
    let field = |name: &str| format!("{}.{name}", place.field);
    if length(&field("text"), &button.text, MAX_BUTTON, errors) {
        if twin {
            errors.push(Violation::new(field("text"), "is used twice: give each button its own text"));
        }
        if !parameters(button.text.as_str()).is_empty() {
            errors.push(Violation::new(field("text"), "use no parameter here"));
        }
    }
    for (name, there, kind) in [
        ("url", button.url.is_some(), TemplateButtonType::Url),
        ("phoneNumber", button.phone_number.is_some(), TemplateButtonType::Phone),
        ("flowId", button.flow_id.is_some(), TemplateButtonType::Flow),
    ] {
        match (there, button.kind == kind) {
            (true, false) => errors.push(Violation::new(field(name), format!("only a button of type {kind} has one"))),
            (false, true) => errors.push(Violation::new(field(name), "is missing")),
            (true, true) | (false, false) => {}
        }
    }
    if let Some(url) = button.url.as_deref().filter(|_| button.kind == TemplateButtonType::Url) {
        address(&field("url"), url, errors);
    }
    if let Some(number) = button.phone_number.as_deref().filter(|_| button.kind == TemplateButtonType::Phone)
        && Phone::parse(number.trim_start_matches('+')).is_err()
    {
        errors.push(Violation::new(field("phoneNumber"), "expected a phone number with its country code"));
    }
    if button.flow_id.as_deref().is_some_and(|id| id.is_empty() || !id.bytes().all(|byte| byte.is_ascii_digit())) {
        errors.push(Violation::new(field("flowId"), "expected Meta's ID of a published flow: digits"));
    }
    if button.kind == TemplateButtonType::Otp {
        errors.push(Violation::new(field("type"), "belongs to one-time codes: use the category authentication"));
    } else if button.takes_value() {
        let at = place.sample.clone();
        sample(&at, example, errors);
        if button.kind == TemplateButtonType::CopyCode
            && example.is_some_and(|code| code.as_str().chars().count() > MAX_CODE)
        {
            errors.push(Violation::new(at, format!("use at most {MAX_CODE} characters")));
        }
    }
}

/// A public address, with one parameter at its end or none.
fn address(field: &str, url: &str, errors: &mut Vec<Violation>) {
    let found = places(url);
    let plain = match found.as_slice() {
        [] => url,
        [place] if place.name == "1" && place.end == url.len() => &url[..place.start],
        [..] => return errors.push(Violation::new(field, "use one parameter, {{1}}, at the end")),
    };
    let rest = plain.strip_prefix("https://").or_else(|| plain.strip_prefix("http://"));
    match rest.map(|rest| public(plain, rest)) {
        Some(Ok(())) if url.chars().count() <= MAX_URL => {}
        Some(Ok(())) => errors.push(Violation::new(field, format!("use at most {MAX_URL} characters"))),
        Some(Err(error)) => errors.push(named(field, &error)),
        None => errors.push(Violation::new(field, "expected an address that begins with https://")),
    }
}
