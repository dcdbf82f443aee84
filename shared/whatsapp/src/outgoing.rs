//! A message of ours as the Graph API takes it, for every kind (Cloud API, messages). It posts nothing.

use crate::payments;
use domain::inbox::cards::{CardAddress, ContactCard};
use domain::inbox::content::Location;
use domain::inbox::interactive::{Buttons, CtaUrl, Flow, List, Product, ProductList};
use domain::inbox::outbound_media::{MediaKind, MediaSource, OutboundMedia};
use domain::inbox::outbound_messages::{Address, OutboundMessage};
use domain::inbox::outbound_template::TemplateButtonType;
use domain::inbox::outbound_template::{FilledButton, FilledHeader, FilledText, OutboundTemplate, Parameter};
use domain::{MediaId, OutboundContent, Text};
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// The version of the form messages that is written here (Cloud API, flow messages).
const FLOW_VERSION: &str = "3";

/// A message whose stored file WhatsApp does not have yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the file of this message is not with WhatsApp yet")]
pub(crate) struct NotUploaded;

/// A message as the Graph API takes it.
#[derive(Debug, Serialize)]
pub(crate) struct Message<'a> {
    messaging_product: &'static str,
    recipient_type: &'static str,
    #[serde(flatten)]
    to: Recipient<'a>,
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(flatten)]
    content: BTreeMap<&'static str, Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    context: Option<ReplyTo<'a>>,
    biz_opaque_callback_data: &'a str,
}

/// Cloud API, user ids: a phone goes into `to`, with `+`, else Meta puts the business's own country before it; a user
/// id goes into `recipient`. A user id in `to` is answered with 200 and never delivered.
#[derive(Debug, Serialize)]
#[serde(rename_all = "lowercase")]
enum Recipient<'a> {
    To(String),
    Recipient(&'a str),
}

#[derive(Debug, Serialize)]
struct ReplyTo<'a> {
    message_id: &'a str,
}

/// The message that `send` is. `files` are Meta's ids of the stored files that it carries.
///
/// # Errors
/// [`NotUploaded`] if it carries a stored file that `files` lack.
pub(crate) fn message<'a>(
    send: &'a OutboundMessage,
    callback_data: &'a str,
    files: &[(MediaId, String)],
) -> Result<Message<'a>, NotUploaded> {
    let (kind, content) = typed(send, files)?;
    Ok(Message {
        messaging_product: "whatsapp",
        recipient_type: "individual",
        to: match &send.to {
            Address::Phone(phone) => Recipient::To(phone.e164()),
            Address::Bsuid(id) => Recipient::Recipient(id.as_str()),
        },
        kind,
        content: BTreeMap::from([(kind, content)]),
        context: send.reply_to.as_ref().map(|wamid| ReplyTo { message_id: wamid.as_str() }),
        biz_opaque_callback_data: callback_data,
    })
}

/// Meta's word for the kind of a message, and the object that stands under it.
fn typed(send: &OutboundMessage, files: &[(MediaId, String)]) -> Result<(&'static str, Value), NotUploaded> {
    if let OutboundContent::Template(template) = &send.content {
        return Ok(("template", self::template(template, send, files)?));
    }
    if let Some((kind, media)) = send.content.media() {
        return Ok((kind.as_str(), self::media(media, files)?));
    }
    Ok(match &send.content {
        OutboundContent::Text(text) => ("text", json!({ "body": text.body.as_str(), "preview_url": text.preview_url })),
        OutboundContent::Location(place) => ("location", location(place)),
        OutboundContent::Contacts(cards) => ("contacts", cards.contacts.iter().map(card).collect()),
        OutboundContent::Reaction(reaction) => {
            // An empty emoji takes the reaction back.
            let emoji = reaction.emoji.as_ref().map(Text::as_str).unwrap_or_default();
            ("reaction", json!({ "message_id": reaction.target.as_str(), "emoji": emoji }))
        }
        OutboundContent::Buttons(asked) => ("interactive", buttons(asked)),
        OutboundContent::List(asked) => ("interactive", list(asked)),
        OutboundContent::CtaUrl(link) => ("interactive", cta_url(link)),
        OutboundContent::LocationRequest(request) => {
            let action = json!({ "name": "send_location" });
            ("interactive", interactive("location_request_message", None, Some(&request.body), None, action))
        }
        OutboundContent::CallPermissionRequest(request) => {
            let action = json!({ "name": "call_permission_request" });
            ("interactive", interactive("call_permission_request", None, Some(&request.body), None, action))
        }
        OutboundContent::PaymentRequest(request) => ("interactive", payments::order_details(request)),
        OutboundContent::OrderStatus(update) => ("interactive", payments::order_status(update)),
        OutboundContent::Flow(asked) => ("interactive", flow(asked, send)),
        OutboundContent::Product(one) => ("interactive", product(one)),
        OutboundContent::ProductList(many) => ("interactive", product_list(many)),
        OutboundContent::Image(_)
        | OutboundContent::Video(_)
        | OutboundContent::Audio(_)
        | OutboundContent::Document(_)
        | OutboundContent::Sticker(_)
        | OutboundContent::Template(_) => return Err(NotUploaded),
    })
}

/// A template with its values (Cloud API, template messages). The buttons keep their places.
fn template(
    template: &OutboundTemplate,
    send: &OutboundMessage,
    files: &[(MediaId, String)],
) -> Result<Value, NotUploaded> {
    let mut components = Vec::new();
    match &template.header {
        Some(FilledHeader::Text(FilledText { parameter: Some(value), .. })) => {
            components.push(json!({ "type": "header", "parameters": [parameter(value)] }));
        }
        Some(FilledHeader::Location(place)) => {
            let parameter = json!({ "type": "location", "location": location(place) });
            components.push(json!({ "type": "header", "parameters": [parameter] }));
        }
        Some(FilledHeader::Text(_) | FilledHeader::Image(_) | FilledHeader::Video(_) | FilledHeader::Document(_))
        | None => {}
    }
    if let Some((kind, header)) = template.file() {
        components.push(file_component(kind, header, files)?);
    }
    components.extend(body_component(&template.parameters));
    button_components(&template.buttons, send, &mut components);
    if !template.cards.is_empty() {
        let mut cards = Vec::with_capacity(template.cards.len());
        for (place, card) in template.cards.iter().enumerate() {
            let mut parts = Vec::new();
            if let Some((kind, header)) = card.header.file() {
                parts.push(file_component(kind, header, files)?);
            }
            parts.extend(body_component(&card.parameters));
            button_components(&card.buttons, send, &mut parts);
            cards.push(json!({ "card_index": place, "components": parts }));
        }
        components.push(json!({ "type": "carousel", "cards": cards }));
    }
    let mut object = json!({ "name": template.name, "language": { "code": template.language } });
    if !components.is_empty() {
        object["components"] = Value::Array(components);
    }
    Ok(object)
}

fn file_component(kind: MediaKind, file: &OutboundMedia, files: &[(MediaId, String)]) -> Result<Value, NotUploaded> {
    let kind = kind.as_str();
    let parameter = json!({ "type": kind, kind: media(file, files)? });
    Ok(json!({ "type": "header", "parameters": [parameter] }))
}

fn body_component(parameters: &[Parameter]) -> Option<Value> {
    let filled: Vec<_> = parameters.iter().map(parameter).collect();
    (!filled.is_empty()).then(|| json!({ "type": "body", "parameters": filled }))
}

fn button_components(buttons: &[FilledButton], send: &OutboundMessage, components: &mut Vec<Value>) {
    for (place, button) in buttons.iter().enumerate() {
        let said = button.value.as_ref().map(|value| value.as_str().to_owned());
        let (sub_type, parameter) = match (button.kind, said) {
            (TemplateButtonType::Url | TemplateButtonType::Otp, Some(text)) => {
                ("url", json!({ "type": "text", "text": text }))
            }
            (TemplateButtonType::CopyCode, Some(code)) => {
                ("copy_code", json!({ "type": "coupon_code", "coupon_code": code }))
            }
            // The token comes back with the answers: it is our id of the message.
            (TemplateButtonType::Flow, _) => {
                let action = json!({ "flow_token": send.id.to_string() });
                ("flow", json!({ "type": "action", "action": action }))
            }
            (TemplateButtonType::QuickReply | TemplateButtonType::Phone, _)
            | (TemplateButtonType::Url | TemplateButtonType::Otp | TemplateButtonType::CopyCode, None) => continue,
        };
        let place = place.to_string();
        components.push(json!({ "type": "button", "sub_type": sub_type, "index": place, "parameters": [parameter] }));
    }
}

/// Named templates need the name beside every value; numbered ones depend on the order.
fn parameter(parameter: &Parameter) -> Value {
    let mut object = json!({ "type": "text", "text": parameter.value.as_str() });
    if let Some(name) = &parameter.name {
        object["parameter_name"] = json!(name);
    }
    object
}

fn media(media: &OutboundMedia, files: &[(MediaId, String)]) -> Result<Value, NotUploaded> {
    let (key, value) = match media.source() {
        MediaSource::Stored(id) => {
            let there = files.iter().find(|(file, _)| file == id).ok_or(NotUploaded)?;
            ("id", there.1.as_str())
        }
        MediaSource::Link(url) => ("link", url.as_str()),
    };
    let mut object = Map::from_iter([(key.to_owned(), json!(value))]);
    put(&mut object, "caption", media.caption());
    put(&mut object, "filename", media.filename());
    if media.is_voice() {
        object.insert("voice".to_owned(), json!(true));
    }
    Ok(Value::Object(object))
}

/// Meta takes degrees as strings.
fn location(place: &Location) -> Value {
    let mut object = Map::new();
    object.insert("latitude".to_owned(), json!(place.latitude.to_string()));
    object.insert("longitude".to_owned(), json!(place.longitude.to_string()));
    put(&mut object, "name", place.name.as_ref());
    put(&mut object, "address", place.address.as_ref());
    Value::Object(object)
}

fn card(card: &ContactCard) -> Value {
    let parts = card.name_parts.clone().unwrap_or_default();
    let mut name = Map::from_iter([("formatted_name".to_owned(), json!(card.name.as_str()))]);
    put(&mut name, "first_name", parts.first.as_ref());
    put(&mut name, "middle_name", parts.middle.as_ref());
    put(&mut name, "last_name", parts.last.as_ref());
    put(&mut name, "prefix", parts.prefix.as_ref());
    put(&mut name, "suffix", parts.suffix.as_ref());
    if name.len() == 1 {
        // Meta wants one part beside the whole name.
        put(&mut name, "first_name", Some(&card.name));
    }
    let mut object = Map::from_iter([("name".to_owned(), Value::Object(name))]);
    let phones = card
        .phones
        .iter()
        .map(|entry| fields([("phone", &entry.phone), ("wa_id", &entry.wa_id), ("type", &entry.label)]));
    list_of(&mut object, "phones", phones.collect());
    let emails = card.emails.iter().map(|entry| fields([("email", &entry.email), ("type", &entry.label)]));
    list_of(&mut object, "emails", emails.collect());
    list_of(&mut object, "addresses", card.addresses.iter().map(address).collect());
    let urls = card.urls.iter().map(|entry| fields([("url", &entry.url), ("type", &entry.label)]));
    list_of(&mut object, "urls", urls.collect());
    if let Some(org) = &card.org {
        let org = fields([("company", &org.company), ("department", &org.department), ("title", &org.title)]);
        object.insert("org".to_owned(), org);
    }
    put(&mut object, "birthday", card.birthday.as_ref());
    Value::Object(object)
}

fn address(address: &CardAddress) -> Value {
    fields([
        ("street", &address.street),
        ("city", &address.city),
        ("state", &address.state),
        ("zip", &address.zip),
        ("country", &address.country),
        ("country_code", &address.country_code),
        ("type", &address.label),
    ])
}

pub(crate) fn interactive(
    kind: &str,
    header: Option<&Text>,
    body: Option<&Text>,
    footer: Option<&Text>,
    action: Value,
) -> Value {
    let mut object = Map::from_iter([("type".to_owned(), json!(kind))]);
    if let Some(header) = header {
        object.insert("header".to_owned(), json!({ "type": "text", "text": header.as_str() }));
    }
    for (key, words) in [("body", body), ("footer", footer)] {
        if let Some(words) = words {
            object.insert(key.to_owned(), json!({ "text": words.as_str() }));
        }
    }
    object.insert("action".to_owned(), action);
    Value::Object(object)
}

fn buttons(asked: &Buttons) -> Value {
    let button = |id: &str, title: &Text| json!({ "type": "reply", "reply": { "id": id, "title": title.as_str() } });
    let buttons: Vec<_> = asked.buttons.iter().map(|one| button(&one.id, &one.title)).collect();
    let action = json!({ "buttons": buttons });
    interactive("button", asked.header.as_ref(), Some(&asked.body), asked.footer.as_ref(), action)
}

fn list(asked: &List) -> Value {
    let sections = asked.sections.iter().map(|section| {
        let rows = section.rows.iter().map(|row| {
            let mut object = Map::from_iter([("id".to_owned(), json!(row.id))]);
            put(&mut object, "title", Some(&row.title));
            put(&mut object, "description", row.description.as_ref());
            Value::Object(object)
        });
        let mut object = Map::new();
        put(&mut object, "title", section.title.as_ref());
        object.insert("rows".to_owned(), rows.collect());
        Value::Object(object)
    });
    let action = json!({ "button": asked.button.as_str(), "sections": sections.collect::<Value>() });
    interactive("list", asked.header.as_ref(), Some(&asked.body), asked.footer.as_ref(), action)
}

fn cta_url(link: &CtaUrl) -> Value {
    let parameters = json!({ "display_text": link.title.as_str(), "url": link.url });
    let action = json!({ "name": "cta_url", "parameters": parameters });
    interactive("cta_url", link.header.as_ref(), Some(&link.body), link.footer.as_ref(), action)
}

/// The token comes back with the answers: it is our id of the message.
fn flow(asked: &Flow, send: &OutboundMessage) -> Value {
    let mut parameters = json!({
        "flow_message_version": FLOW_VERSION,
        "flow_id": asked.flow_id,
        "flow_cta": asked.title.as_str(),
        "flow_token": send.id.to_string(),
        "flow_action": "navigate",
    });
    if let Some(screen) = &asked.screen {
        let mut payload = json!({ "screen": screen });
        if let Some(data) = &asked.data {
            payload["data"] = Value::Object(data.clone());
        }
        parameters["flow_action_payload"] = payload;
    }
    let action = json!({ "name": "flow", "parameters": parameters });
    interactive("flow", asked.header.as_ref(), Some(&asked.body), asked.footer.as_ref(), action)
}

fn product(one: &Product) -> Value {
    let action = json!({ "catalog_id": one.catalog_id, "product_retailer_id": one.product_id });
    interactive("product", None, one.body.as_ref(), one.footer.as_ref(), action)
}

fn product_list(many: &ProductList) -> Value {
    let item = |id: &String| json!({ "product_retailer_id": id });
    let sections = many.sections.iter().map(|section| {
        let items: Vec<_> = section.product_ids.iter().map(item).collect();
        json!({ "title": section.title.as_str(), "product_items": items })
    });
    let action = json!({ "catalog_id": many.catalog_id, "sections": sections.collect::<Value>() });
    interactive("product_list", Some(&many.header), Some(&many.body), many.footer.as_ref(), action)
}

fn put(object: &mut Map<String, Value>, key: &str, words: Option<&Text>) {
    if let Some(words) = words {
        object.insert(key.to_owned(), json!(words.as_str()));
    }
}

fn list_of(object: &mut Map<String, Value>, key: &str, list: Vec<Value>) {
    if !list.is_empty() {
        object.insert(key.to_owned(), Value::Array(list));
    }
}

/// An object of those fields that are there.
fn fields<const N: usize>(all: [(&str, &Option<Text>); N]) -> Value {
    let mut object = Map::new();
    for (key, words) in all {
        put(&mut object, key, words.as_ref());
    }
    Value::Object(object)
}
