//! What a message says, by its type. A type that is not known, or not whole, becomes a line that people can read.

use crate::json::Object;
use crate::statuses::read_error;
use domain::content::{ContactCard, Location, Media};
use domain::{Content, Text, Wamid};

/// The longest word that is taken for the name of a type.
const LONGEST_KIND: usize = 64;

/// Cloud API, errors: a type that the API does not deliver, and content that only the phone app shows. Their titles
/// say no more than that.
const NOT_SHOWN: [i64; 2] = [131_051, 131_060];

/// What `message` says.
pub(crate) fn content(message: &Object<'_>) -> Content {
    let content = of_type(message);
    if message.raw("group_id").is_none() {
        return content;
    }
    other("group", format!("[Group] {}", content.readable().as_str()))
}

fn of_type(message: &Object<'_>) -> Content {
    let kind = message.text("type").map(|kind| Text::new(kind).head(LONGEST_KIND).to_owned()).unwrap_or_default();
    known(message, &kind).unwrap_or_else(|| unknown(message, &kind))
}

/// The message as its type says, if all that the type needs is there.
fn known(message: &Object<'_>, kind: &str) -> Option<Content> {
    let part = || message.object(kind);
    match kind {
        "text" => Some(Content::Text { body: words(&part()?, "body")? }),
        "image" => media(&part()?).map(Content::Image),
        "video" => media(&part()?).map(Content::Video),
        "audio" => media(&part()?).map(Content::Audio),
        "document" => media(&part()?).map(Content::Document),
        "sticker" => media(&part()?).map(Content::Sticker),
        "location" => location(&part()?).map(Content::Location),
        "contacts" => cards(message),
        "interactive" => interactive(&part()?),
        "button" => button(&part()?, "payload", "text"),
        "reaction" => reaction(&part()?),
        "edit" => edit(&part()?),
        "revoke" => Some(Content::Revoke { target: target(&part()?, "original_message_id")? }),
        "system" => Some(system(&part()?)),
        "order" => Some(order(&part()?)),
        _ => None,
    }
}

fn words(object: &Object<'_>, key: &str) -> Option<Text> {
    object.text(key).map(Text::new)
}

fn target(object: &Object<'_>, key: &str) -> Option<Wamid> {
    object.text(key).and_then(|id| Wamid::parse(&id).ok())
}

fn media(part: &Object<'_>) -> Option<Media> {
    Some(Media {
        media_id: part.text("id")?,
        mime_type: part.text("mime_type"),
        sha256: part.text("sha256"),
        caption: words(part, "caption"),
        filename: words(part, "filename"),
        voice: part.flag("voice"),
        animated: part.flag("animated"),
    })
}

fn location(part: &Object<'_>) -> Option<Location> {
    Some(Location {
        latitude: part.number("latitude")?,
        longitude: part.number("longitude")?,
        name: words(part, "name"),
        address: words(part, "address"),
        url: words(part, "url"),
    })
}

fn cards(message: &Object<'_>) -> Option<Content> {
    let contacts: Vec<_> = message.objects("contacts").iter().map(card).collect();
    if contacts.is_empty() { None } else { Some(Content::Contacts { contacts }) }
}

fn card(contact: &Object<'_>) -> ContactCard {
    let all = |list: &str, key: &str| -> Vec<Text> {
        contact.objects(list).iter().filter_map(|entry| words(entry, key)).collect()
    };
    let phones = all("phones", "phone");
    let name = card_name(contact).or_else(|| phones.first().cloned()).unwrap_or_default();
    ContactCard { name, phones, emails: all("emails", "email") }
}

fn card_name(contact: &Object<'_>) -> Option<Text> {
    let name = contact.object("name")?;
    let parts: Vec<_> = ["first_name", "middle_name", "last_name"].iter().filter_map(|key| name.text(key)).collect();
    let joined = if parts.is_empty() { None } else { Some(Text::new(parts.join(" "))) };
    words(&name, "formatted_name").or(joined)
}

/// Cloud API, interactive messages: the word in `type` names the object. A type that has no line of its own in our
/// list keeps that word, as `call_permission_reply` does.
fn interactive(part: &Object<'_>) -> Option<Content> {
    let kind = part.text("type")?;
    let answer = || part.object(&kind);
    match kind.as_str() {
        "button_reply" => button(&answer()?, "id", "title"),
        "list_reply" => list_reply(&answer()?),
        "nfm_reply" => flow_reply(&answer()?),
        "call_permission_reply" => Some(call_permission(answer().as_ref())),
        product if product.starts_with("product") => Some(other(product, "[Product] Answered about a product")),
        unknown => {
            let kind = Text::new(unknown).head(LONGEST_KIND).to_owned();
            let line = format!("[{kind}] An answer of a type that is not known yet");
            Some(other(&kind, line))
        }
    }
}

/// A tap. Where one of id and title is missing, the other stands for what is shown.
fn button(part: &Object<'_>, id: &str, title: &str) -> Option<Content> {
    let (id, title) = (words(part, id), words(part, title));
    let shown = title.or_else(|| id.clone())?;
    Some(Content::ButtonReply { id: id.unwrap_or_default(), title: shown })
}

fn list_reply(part: &Object<'_>) -> Option<Content> {
    let (id, title) = (words(part, "id"), words(part, "title"));
    let shown = title.or_else(|| id.clone())?;
    Some(Content::ListReply { id: id.unwrap_or_default(), title: shown, description: words(part, "description") })
}

/// Cloud API, flows: `response_json` is JSON in a string; an object in its place is kept as it is written.
fn flow_reply(part: &Object<'_>) -> Option<Content> {
    let written = part.raw("response_json").map(|raw| raw.get().to_owned());
    let (response, body) = (part.text("response_json").or(written), words(part, "body"));
    if response.is_none() && body.is_none() {
        return None;
    }
    let name = words(part, "name").unwrap_or_else(|| Text::new("flow"));
    Some(Content::FlowReply { name, body: body.unwrap_or_default(), response: Text::new(response.unwrap_or_default()) })
}

/// Cloud API, calls: the answer is `accept` or `reject`; a call without asking again may be allowed for ever.
fn call_permission(answer: Option<&Object<'_>>) -> Content {
    let word = answer.and_then(|answer| answer.text("response")).unwrap_or_default();
    let line = match word.as_str() {
        "accept" => "[Call permission] You may call",
        "reject" => "[Call permission] You may not call",
        _ => "[Call permission] Answered",
    };
    other("call_permission_reply", line)
}

/// Cloud API, reactions: no emoji, or an empty one, takes the reaction back.
fn reaction(part: &Object<'_>) -> Option<Content> {
    Some(Content::Reaction { target: target(part, "message_id")?, emoji: words(part, "emoji") })
}

/// Cloud API, edits: `message` holds the new text, or of a file the new caption, which may have been taken away.
fn edit(part: &Object<'_>) -> Option<Content> {
    let message = part.object("message")?;
    let kind = message.text("type")?;
    let inner = message.object(&kind)?;
    let body = match kind.as_str() {
        "text" => words(&inner, "body")?,
        "image" | "video" | "document" => words(&inner, "caption").unwrap_or_default(),
        _ => words(&inner, "caption").or_else(|| words(&inner, "body"))?,
    };
    Some(Content::Edit { target: target(part, "original_message_id")?, body })
}

fn system(part: &Object<'_>) -> Content {
    let kind = part.text("type").unwrap_or_default();
    let line = match kind.as_str() {
        "user_changed_number" | "customer_changed_number" => "The phone number has changed",
        "user_changed_user_id" => "The user id has changed",
        "user_identity_changed" | "customer_identity_changed" => "The security code has changed",
        _ => "A notice of WhatsApp",
    };
    Content::System { body: words(part, "body").unwrap_or_else(|| Text::new(line)) }
}

fn order(part: &Object<'_>) -> Content {
    let items = part.objects("product_items").len();
    let plural = if items == 1 { "" } else { "s" };
    let note = part.text("text").map(|text| format!(": {text}")).unwrap_or_default();
    other("order", format!("[Order] {items} item{plural}{note}"))
}

/// The line for a type that is not known, or whose object is missing or broken.
fn unknown(message: &Object<'_>, kind: &str) -> Content {
    let (label, line) = match kind {
        "" => {
            return other(
                "unknown",
                format!("[Unknown] {}", told(message).as_deref().unwrap_or("A message without a type")),
            );
        }
        "unsupported" => (unsupported_label(message), "Open the phone app to see it"),
        "request_welcome" => ("Request welcome".to_owned(), "Opened the chat for the first time"),
        "media_placeholder" => ("Media".to_owned(), "A file that comes later"),
        "text" | "image" | "video" | "audio" | "document" | "sticker" | "location" | "contacts" | "interactive"
        | "button" | "reaction" | "edit" | "revoke" | "system" | "order" => {
            (capitalised(kind), "A message that came incomplete")
        }
        _ => (kind.to_owned(), "A message of a type that is not known yet"),
    };
    other(kind, format!("[{label}] {}", told(message).as_deref().unwrap_or(line)))
}

/// Cloud API, unsupported messages: `unsupported.type` says what it was, from an open list, and not always.
fn unsupported_label(message: &Object<'_>) -> String {
    match message.object("unsupported").and_then(|part| part.text("type")) {
        Some(kind) => format!("Unsupported: {}", Text::new(kind).head(LONGEST_KIND)),
        None => "Unsupported".to_owned(),
    }
}

/// What the message's errors say, such as 131052 of a file that is too large.
fn told(message: &Object<'_>) -> Option<String> {
    let errors = message.objects("errors");
    errors.iter().map(read_error).filter(|error| !NOT_SHOWN.contains(&error.code)).find_map(|error| error.title)
}

fn capitalised(word: &str) -> String {
    let (first, rest) = word.split_at(word.ceil_char_boundary(1));
    format!("{}{rest}", first.to_uppercase())
}

fn other(kind: &str, summary: impl Into<String>) -> Content {
    Content::Other { kind: kind.to_owned(), summary: Text::new(summary) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Content {
        content(&Object::read(json).unwrap())
    }

    /// The type and the readable line.
    fn line(json: &str) -> String {
        let content = read(json);
        format!("{}: {}", content.kind(), content.readable().as_str())
    }

    #[test]
    fn coordinates_come_as_strings_too_and_have_to_be_numbers() {
        let place = |latitude: &str| {
            line(&format!(
                r#"{{"type":"location","location":{{"latitude":{latitude},"longitude":"-3.7","name":"Sol"}}}}"#
            ))
        };
        assert_eq!(place("\"40.4\""), "location: [Location] Sol");
        for wrong in ["\"NaN\"", "1e999", "null", "{}"] {
            assert_eq!(place(wrong), "location: [Location] A message that came incomplete", "{wrong}");
        }
    }

    #[test]
    fn a_type_whose_object_is_missing_or_broken_is_kept_as_a_line() {
        let kinds = [
            "text",
            "image",
            "sticker",
            "contacts",
            "interactive",
            "button",
            "reaction",
            "edit",
            "revoke",
            "system",
            "order",
        ];
        for kind in kinds {
            for part in [String::new(), format!(r#","{kind}":7"#), format!(r#","{kind}":null"#)] {
                let line = line(&format!(r#"{{"type":"{kind}"{part}}}"#));
                assert_eq!(line, format!("{kind}: [{}] A message that came incomplete", capitalised(kind)));
            }
        }
        assert_eq!(line("{}"), "unknown: [Unknown] A message without a type");
    }

    #[test]
    fn an_error_s_title_says_why_there_is_no_content() {
        let errors = r#""errors":[{"code":"131052","title":"Media file size too big"}]"#;
        assert_eq!(
            line(&format!(r#"{{"type":"unsupported",{errors}}}"#)),
            "unsupported: [Unsupported] Media file size too big"
        );
        assert_eq!(line(&format!(r#"{{"type":"image",{errors}}}"#)), "image: [Image] Media file size too big");
        let whole = format!(r#"{{"type":"text","text":{{"body":"hi"}},{errors}}}"#);
        assert_eq!(line(&whole), "text: hi");
    }

    #[test]
    fn an_edit_takes_the_new_text_or_the_new_caption() {
        let edit = |message: &str| {
            read(&format!(r#"{{"type":"edit","edit":{{"original_message_id":"A","message":{message}}}}}"#))
        };
        let body = |body: &str| Content::Edit { target: Wamid::parse("A").unwrap(), body: Text::new(body) };
        assert_eq!(edit(r#"{"type":"text","text":{"body":"new"}}"#), body("new"));
        assert_eq!(edit(r#"{"type":"image","image":{"id":"1","caption":"new"}}"#), body("new"));
        assert_eq!(edit(r#"{"type":"image","image":{"id":"1"}}"#), body(""), "the caption was taken away");
        assert_eq!(edit(r#"{"type":"text"}"#).kind(), "edit");
        assert!(matches!(edit(r#"{"type":"text"}"#), Content::Other { .. }));
    }

    #[test]
    fn taps_read_by_what_they_show() {
        assert_eq!(line(r#"{"type":"button","button":{"payload":"STOP"}}"#), "button_reply: STOP");
        let list = r#"{"type":"interactive","interactive":{"type":"list_reply","list_reply":{"id":3,"title":"Tue"}}}"#;
        assert_eq!(line(list), "list_reply: Tue");
        let flow = r#"{"type":"interactive","interactive":{"type":"nfm_reply","nfm_reply":{"response_json":{"a":1}}}}"#;
        let expected =
            Content::FlowReply { name: Text::new("flow"), body: Text::default(), response: Text::new(r#"{"a":1}"#) };
        assert_eq!(read(flow), expected);
        let unknown = r#"{"type":"interactive","interactive":{"type":"hologram_reply"}}"#;
        assert_eq!(line(unknown), "hologram_reply: [hologram_reply] An answer of a type that is not known yet");
        let product = r#"{"type":"interactive","interactive":{"type":"product_reply"}}"#;
        assert_eq!(line(product), "product_reply: [Product] Answered about a product");
    }

    #[test]
    fn the_rest_has_lines_too() {
        assert_eq!(
            line(r#"{"type":"request_welcome"}"#),
            "request_welcome: [Request welcome] Opened the chat for the first time"
        );
        assert_eq!(line(r#"{"type":"order","order":{"product_items":[{}]}}"#), "order: [Order] 1 item");
        assert_eq!(
            line(r#"{"type":"system","system":{"type":"user_changed_number"}}"#),
            "system: The phone number has changed"
        );
        assert_eq!(
            line(r#"{"type":"contacts","contacts":[{"name":{"first_name":"A","last_name":"B"}}]}"#),
            "contacts: [Contact] A B"
        );
        assert_eq!(
            line(r#"{"type":"reaction","reaction":{"message_id":"A","emoji":""}}"#),
            "reaction: Took a reaction back"
        );
        let long = format!(r#"{{"type":"{}"}}"#, "é".repeat(1000));
        assert!(read(&long).kind().len() <= LONGEST_KIND);
    }
}
