//! What a message says, by its type. A type that is not known, or not whole, becomes a line that people can read.

use crate::json::Object;
use crate::statuses::read_error;
use domain::characters::is_visible;
use domain::inbox::cards::{CardAddress, CardEmail, CardOrg, CardPhone, CardUrl, ContactCard, NameParts};
use domain::inbox::content::{Location, Media};
use domain::inbox::orders::{Amount, Order, OrderItem};
use domain::{Content, Text, Wamid};

/// The longest word that is taken for the name of a type.
const LONGEST_KIND: usize = 64;

/// Cloud API, errors: a type that the API does not deliver, and content that only the phone app shows. Their titles
/// say no more than that.
const NOT_SHOWN: [i64; 2] = [131_051, 131_060];

/// The types whose object has the type's name; those first that hold what a person wrote.
const OBJECTS: [&str; 15] = [
    "text",
    "image",
    "video",
    "audio",
    "document",
    "sticker",
    "location",
    "contacts",
    "order",
    "interactive",
    "button",
    "reaction",
    "edit",
    "revoke",
    "system",
];

/// The same for the answers in an interactive message.
const ANSWERS: [&str; 4] = ["button_reply", "list_reply", "nfm_reply", "call_permission_reply"];

/// Where words stand in an object of any type.
const WORDS: [&str; 8] = ["body", "caption", "text", "title", "name", "filename", "address", "emoji"];

/// What `message` says.
pub(crate) fn content(message: &Object<'_>) -> Content {
    let content = of_type(message);
    if message.raw("group_id").is_none() {
        return content;
    }
    other("group", format!("[Group] {}", content.readable().as_str()))
}

/// The message as its type says. Where the type is missing or not known, or its object is not whole, the message is
/// what its objects say that it is.
fn of_type(message: &Object<'_>) -> Content {
    let kind = word(message, "type").unwrap_or_default();
    let by_object = || OBJECTS.iter().find_map(|kind| known(message, kind));
    known(message, &kind).or_else(by_object).unwrap_or_else(|| unknown(message, &kind))
}

/// The word in `key`, cut where no type is longer.
fn word(object: &Object<'_>, key: &str) -> Option<String> {
    words(object, key).map(|word| word.head(LONGEST_KIND).to_owned())
}

/// The message as its type says, if all that the type needs is there.
fn known(message: &Object<'_>, kind: &str) -> Option<Content> {
    let part = || message.object(kind);
    match kind {
        "text" => Some(Content::Text { body: written(&part()?, "body")? }),
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
        "order" => Some(Content::Order(order(&part()?))),
        _ => None,
    }
}

/// What stands in `key`, as it was written; also if none of it can be seen.
fn written(object: &Object<'_>, key: &str) -> Option<Text> {
    object.text(key).map(Text::new)
}

/// What stands in `key`, if any of it can be seen.
pub(crate) fn words(object: &Object<'_>, key: &str) -> Option<Text> {
    written(object, key).filter(|text| !text.is_blank())
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
    let parts = contact.object("name").map(|name| name_parts(&name)).filter(|parts| *parts != NameParts::default());
    let org = contact.object("org").map(|org| card_org(&org)).filter(|org| *org != CardOrg::default());
    let card = ContactCard {
        name: contact.object("name").and_then(|name| words(&name, "formatted_name")).unwrap_or_default(),
        name_parts: parts,
        phones: entries(contact, "phones", card_phone),
        emails: entries(contact, "emails", card_email),
        addresses: entries(contact, "addresses", card_address),
        urls: entries(contact, "urls", card_url),
        org,
        birthday: words(contact, "birthday"),
        origin: contact.text("origin"),
    };
    if !card.name.is_blank() {
        return card;
    }
    let name = card.name_parts.as_ref().and_then(joined).or_else(|| card.shown().cloned());
    ContactCard { name: name.unwrap_or_default(), ..card }
}

/// The entries of a list of a card, without those that say nothing.
fn entries<T: Default + PartialEq>(contact: &Object<'_>, list: &str, read: fn(&Object<'_>) -> T) -> Vec<T> {
    contact.objects(list).iter().map(read).filter(|entry| *entry != T::default()).collect()
}

fn name_parts(name: &Object<'_>) -> NameParts {
    NameParts {
        first: words(name, "first_name"),
        middle: words(name, "middle_name"),
        last: words(name, "last_name"),
        prefix: words(name, "prefix"),
        suffix: words(name, "suffix"),
    }
}

fn joined(parts: &NameParts) -> Option<Text> {
    let parts: Vec<_> = [&parts.first, &parts.middle, &parts.last].into_iter().flatten().map(Text::as_str).collect();
    if parts.is_empty() { None } else { Some(Text::new(parts.join(" "))) }
}

fn card_phone(phone: &Object<'_>) -> CardPhone {
    CardPhone { phone: words(phone, "phone"), wa_id: words(phone, "wa_id"), label: words(phone, "type") }
}

fn card_email(email: &Object<'_>) -> CardEmail {
    CardEmail { email: words(email, "email"), label: words(email, "type") }
}

fn card_address(address: &Object<'_>) -> CardAddress {
    CardAddress {
        street: words(address, "street"),
        city: words(address, "city"),
        state: words(address, "state"),
        zip: words(address, "zip"),
        country: words(address, "country"),
        country_code: words(address, "country_code"),
        label: words(address, "type"),
    }
}

fn card_url(url: &Object<'_>) -> CardUrl {
    CardUrl { url: words(url, "url"), label: words(url, "type") }
}

fn card_org(org: &Object<'_>) -> CardOrg {
    CardOrg { company: words(org, "company"), department: words(org, "department"), title: words(org, "title") }
}

/// Cloud API, interactive messages: the word in `type` names the object. A type that has no line of its own in our
/// list keeps that word, as `call_permission_reply` does.
fn interactive(part: &Object<'_>) -> Option<Content> {
    let kind = word(part, "type").unwrap_or_default();
    let there = |kind: &&&str| part.object(kind).is_some();
    let by_object = || ANSWERS.iter().filter(there).find_map(|kind| answer(part, kind));
    answer(part, &kind).or_else(by_object).or_else(|| unknown_answer(part, &kind))
}

fn answer(part: &Object<'_>, kind: &str) -> Option<Content> {
    let answer = || part.object(kind);
    match kind {
        "button_reply" => button(&answer()?, "id", "title"),
        "list_reply" => list_reply(&answer()?),
        "nfm_reply" => flow_reply(&answer()?),
        "call_permission_reply" => Some(call_permission(answer().as_ref())),
        _ => None,
    }
}

fn unknown_answer(part: &Object<'_>, kind: &str) -> Option<Content> {
    let said = said(part, kind);
    match kind {
        "" | "button_reply" | "list_reply" | "nfm_reply" => None,
        product if product.starts_with("product") => {
            let line = said.as_ref().map_or("Answered about a product", Text::as_str);
            Some(other(product, format!("[Product] {line}")))
        }
        unknown => {
            let line = said.as_ref().map_or("An answer of a type that is not known yet", Text::as_str);
            Some(other(unknown, format!("[{unknown}] {line}")))
        }
    }
}

/// A tap. Where one of id and title is missing, the other stands for what is shown.
fn button(part: &Object<'_>, id: &str, title: &str) -> Option<Content> {
    let id = words(part, id);
    let title = words(part, title);
    let shown = title.or_else(|| id.clone())?;
    Some(Content::ButtonReply { id: id.unwrap_or_default(), title: shown })
}

fn list_reply(part: &Object<'_>) -> Option<Content> {
    let id = words(part, "id");
    let title = words(part, "title");
    let shown = title.or_else(|| id.clone())?;
    Some(Content::ListReply { id: id.unwrap_or_default(), title: shown, description: words(part, "description") })
}

/// Cloud API, flows: `response_json` is JSON in a string; an object in its place is kept as it is written.
fn flow_reply(part: &Object<'_>) -> Option<Content> {
    let written = part.raw("response_json").map(|raw| raw.get().to_owned());
    let response = part.text("response_json").or(written);
    let body = words(part, "body");
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

/// Cloud API, edits: `message` holds the new text, or of a file the new caption, which may have been removed.
fn edit(part: &Object<'_>) -> Option<Content> {
    Some(Content::Edit { target: target(part, "original_message_id")?, body: new_words(part)? })
}

fn new_words(edit: &Object<'_>) -> Option<Text> {
    let message = edit.object("message")?;
    let kind = word(&message, "type").unwrap_or_default();
    let kinds = [kind.as_str()].into_iter().chain(OBJECTS);
    kinds.filter_map(|kind| Some((kind, message.object(kind)?))).find_map(|(kind, inner)| match kind {
        "text" => written(&inner, "body"),
        "image" | "video" | "audio" | "document" | "sticker" => Some(written(&inner, "caption").unwrap_or_default()),
        _ => words(&inner, "caption").or_else(|| words(&inner, "body")),
    })
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

/// Cloud API, orders: `item_price` is in units of the currency, as a number or a string.
fn order(part: &Object<'_>) -> Order {
    Order {
        catalog_id: part.text("catalog_id"),
        note: words(part, "text"),
        items: part.objects("product_items").iter().map(order_item).collect(),
    }
}

fn order_item(item: &Object<'_>) -> OrderItem {
    OrderItem {
        product_retailer_id: item.text("product_retailer_id"),
        quantity: item.whole("quantity"),
        item_price: item.text("item_price").and_then(|price| Amount::parse(&price).ok()),
        currency: item.text("currency").map(|code| code.trim().to_owned()).filter(|code| is_visible(code)),
    }
}

/// The line for a type that is not known, or whose object is missing or broken.
fn unknown(message: &Object<'_>, kind: &str) -> Content {
    let (kind, label, line) = match kind {
        "" => ("unknown", "Unknown".to_owned(), "A message without a type"),
        "unsupported" => (kind, unsupported_label(message), "Open the phone app to see it"),
        "request_welcome" => (kind, "Request welcome".to_owned(), "Opened the chat for the first time"),
        "media_placeholder" => (kind, "Media".to_owned(), "A file that comes later"),
        known if OBJECTS.contains(&known) => (kind, capitalised(kind), "A message that came incomplete"),
        _ => (kind, kind.to_owned(), "A message of a type that is not known yet"),
    };
    let words = told(message).or_else(|| said(message, kind).map(|words| words.as_str().to_owned()));
    other(kind, format!("[{label}] {}", words.as_deref().unwrap_or(line)))
}

/// The words in the object `kind`, whatever it is.
fn said(message: &Object<'_>, kind: &str) -> Option<Text> {
    let part = message.object(kind)?;
    WORDS.iter().find_map(|key| words(&part, key)).or_else(|| new_words(&part).filter(|words| !words.is_blank()))
}

/// Cloud API, unsupported messages: `unsupported.type` says what it was, from an open list, and not always.
fn unsupported_label(message: &Object<'_>) -> String {
    match message.object("unsupported").and_then(|part| word(&part, "type")) {
        Some(kind) => format!("Unsupported: {kind}"),
        None => "Unsupported".to_owned(),
    }
}

/// What the message's errors say, such as 131052 of a file that is too large.
fn told(message: &Object<'_>) -> Option<String> {
    let errors = message.objects("errors");
    let shown = errors.iter().map(read_error).filter(|error| !NOT_SHOWN.contains(&error.code));
    shown.filter_map(|error| error.title).find(|title| is_visible(title))
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
            line(&format!(r#"{{"type":"location","location":{{"latitude":{latitude},"longitude":"-3.7"}}}}"#))
        };
        assert_eq!(place("\"40.4\""), "location: [Location]");
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
    fn a_message_is_what_its_object_says_where_its_type_does_not() {
        let hello = |rest: &str| line(&format!(r#"{{{rest}"text":{{"body":"hello"}}}}"#));
        for kind in ["", r#""type":null,"#, r#""type":" ","#, r#""type":"hologram","#, r#""type":"image","#] {
            assert_eq!(hello(kind), "text: hello", "{kind}");
        }
        assert_eq!(line(r#"{"image":{"id":"1","caption":"at history"}}"#), "image: [Image] at history");
        assert_eq!(line(r#"{"interactive":{"list_reply":{"title":"Tue"}}}"#), "list_reply: Tue");
        assert_eq!(line(r#"{"contacts":[{"name":{"formatted_name":"Bo"}}]}"#), "contacts: [Contact] Bo");
        let edit = r#"{"edit":{"original_message_id":"A","message":{"image":{"caption":"new"}}}}"#;
        assert_eq!(line(edit), "edit: new");
    }

    #[test]
    fn words_are_shown_also_of_what_came_incomplete() {
        assert_eq!(line(r#"{"type":"image","image":{"caption":"at history"}}"#), "image: [Image] at history");
        assert_eq!(line(r#"{"type":"location","location":{"name":"Sol"}}"#), "location: [Location] Sol");
        assert_eq!(line(r#"{"type":"hologram","hologram":{"caption":" ","title":"Hi"}}"#), "hologram: [hologram] Hi");
        let edit = r#"{"type":"edit","edit":{"message":{"type":"text","text":{"body":"new"}}}}"#;
        assert_eq!(line(edit), "edit: [Edit] new");
    }

    #[test]
    fn what_cannot_be_seen_is_as_absent() {
        assert_eq!(line(r#"{"type":"button","button":{"text":"\u200b","payload":"STOP"}}"#), "button_reply: STOP");
        assert_eq!(line(r#"{"type":"text","text":{"body":" "}}"#), "text: [Text]");
        assert_eq!(line(r#"{"type":"system","system":{"body":" "}}"#), "system: A notice of WhatsApp");
        assert_eq!(line(r#"{"type":"poll","errors":[{"code":1,"title":" "}]}"#), line(r#"{"type":"poll"}"#));
        let card = r#"{"type":"contacts","contacts":[{"name":{"formatted_name":" ","first_name":"Bo"}}]}"#;
        assert_eq!(line(card), "contacts: [Contact] Bo");
    }

    #[test]
    fn an_odd_field_of_an_order_spoils_only_itself() {
        let order = r#"{"type":"order","order":{"catalog_id":194836987003835,"text":"","product_items":[
            {"product_retailer_id":"a","quantity":"2","item_price":"249.99","currency":"INR"},7,
            {"product_retailer_id":{},"quantity":1.5,"item_price":-1,"currency":" "},
            {"product_retailer_id":3,"quantity":1e1,"item_price":30,"currency":"INR"}]}}"#;
        let Content::Order(read) = read(order) else { panic!("no order") };
        assert_eq!((read.catalog_id.as_deref(), read.note.as_ref()), (Some("194836987003835"), None));
        let quantities: Vec<_> = read.items.iter().map(|item| item.quantity).collect();
        assert_eq!(quantities, [Some(2), None, Some(10)]);
        assert_eq!(read.items[1], OrderItem::default());
        assert_eq!(read.items[2].product_retailer_id.as_deref(), Some("3"));
        assert_eq!(line(order), "order: [Order] 3 items, at least 799.98 INR");
    }

    #[test]
    fn a_card_is_read_whole_and_an_odd_field_of_it_spoils_only_itself() {
        let json = r#"{"type":"contacts","contacts":[{"name":{"formatted_name":"Dr Bo Li","first_name":"Bo",
            "last_name":"Li","prefix":"Dr","suffix":7},"phones":[{"phone":"+55 11","wa_id":5511,"type":"CELL"},{},"x"],
            "emails":[{"email":"b@c.d","type":{}}],"addresses":{"city":"Rio"},"urls":[{"url":"https://a.b"}],
            "org":{"company":"Li & Co"},"birthday":"1988-04-12","origin":"other"}]}"#;
        let Content::Contacts { contacts } = read(json) else { panic!("no cards") };
        let text = |words: &str| Some(Text::new(words));
        let expected = ContactCard {
            name: Text::new("Dr Bo Li"),
            name_parts: Some(NameParts {
                first: text("Bo"),
                middle: None,
                last: text("Li"),
                prefix: text("Dr"),
                suffix: text("7"),
            }),
            phones: vec![CardPhone { phone: text("+55 11"), wa_id: text("5511"), label: text("CELL") }],
            emails: vec![CardEmail { email: text("b@c.d"), label: None }],
            addresses: Vec::new(),
            urls: vec![CardUrl { url: text("https://a.b"), label: None }],
            org: Some(CardOrg { company: text("Li & Co"), ..CardOrg::default() }),
            birthday: text("1988-04-12"),
            origin: Some("other".to_owned()),
        };
        assert_eq!(contacts, [expected]);
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
            "reaction: Removed a reaction"
        );
        let long = format!(r#"{{"type":"{}"}}"#, "é".repeat(1000));
        assert!(read(&long).kind().len() <= LONGEST_KIND);
    }
}
