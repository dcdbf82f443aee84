//! Templates as the Graph API takes them, for a new one and for a change (Cloud API, templates). It posts nothing.

use domain::Text;
use domain::inbox::outbound_template::TemplateButtonType;
use domain::outreach::template_code::{CodeDelivery, CodeParts};
use domain::outreach::template_lint::NewTemplate;
use domain::outreach::template_text::{is_number, parameters, render};
use domain::outreach::templates::{TemplateButton, TemplateCard, TemplateCategory, TemplateHeader};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// A new template. `handles` are Meta's of the files that its headers show, in their order.
pub(crate) fn submission(new: &NewTemplate, handles: &[String]) -> Value {
    let names = parameters(new.parts.body.as_str());
    let format = if is_named(&names) { "named" } else { "positional" };
    json!({
        "name": new.name.as_str(),
        "language": new.language.as_str(),
        "category": word(new.category),
        "parameter_format": format,
        "components": components(new, handles),
    })
}

/// A change of a template: all its parts, and its category where that changes.
pub(crate) fn change(new: &NewTemplate, category: Option<TemplateCategory>, handles: &[String]) -> Value {
    let mut object = json!({ "components": components(new, handles) });
    if let Some(category) = category {
        object["category"] = json!(word(category));
    }
    object
}

fn word(category: TemplateCategory) -> String {
    category.as_str().to_ascii_uppercase()
}

fn is_named(names: &[&str]) -> bool {
    names.iter().any(|name| !is_number(name))
}

fn components(new: &NewTemplate, handles: &[String]) -> Vec<Value> {
    let parts = &new.parts;
    if let Some(code) = &parts.code {
        return code_components(code);
    }
    let mut handles = handles.iter();
    let mut components = Vec::new();
    if let Some(header) = &parts.header {
        let handle = header.file().and_then(|_| handles.next());
        components.push(header_component(header, new.examples.header.as_ref(), handle));
    }
    components.push(body_component(&parts.body, &new.examples.body));
    if let Some(footer) = &parts.footer {
        components.push(json!({ "type": "FOOTER", "text": footer.as_str() }));
    }
    components.extend(buttons_component(&parts.buttons, &new.examples.buttons));
    if !parts.cards.is_empty() {
        let cards = parts.cards.iter().enumerate().map(|(place, card)| {
            let samples = new.examples.cards.get(place).cloned().unwrap_or_default();
            card_component(card, &samples.body, &samples.buttons, handles.next())
        });
        components.push(json!({ "type": "CAROUSEL", "cards": cards.collect::<Vec<_>>() }));
    }
    components
}

/// WhatsApp writes the text itself.
fn code_components(code: &CodeParts) -> Vec<Value> {
    let mut components = vec![json!({ "type": "BODY", "add_security_recommendation": code.security_advice })];
    if let Some(minutes) = code.expires_in_minutes {
        components.push(json!({ "type": "FOOTER", "code_expiration_minutes": minutes }));
    }
    let mut button = match code.delivery {
        CodeDelivery::CopyCode => json!({ "type": "OTP", "otp_type": "COPY_CODE" }),
        CodeDelivery::OneTap => json!({ "type": "OTP", "otp_type": "ONE_TAP" }),
    };
    if let Some(text) = &code.button {
        button["text"] = json!(text.as_str());
    }
    if !code.apps.is_empty() {
        let apps = code
            .apps
            .iter()
            .map(|app| json!({ "package_name": app.package_name, "signature_hash": app.signature_hash }));
        button["supported_apps"] = apps.collect();
    }
    components.push(json!({ "type": "BUTTONS", "buttons": [button] }));
    components
}

fn card_component(
    card: &TemplateCard,
    body: &BTreeMap<String, Text>,
    buttons: &BTreeMap<String, Text>,
    handle: Option<&String>,
) -> Value {
    let mut components = vec![header_component(&card.header, None, handle)];
    components.extend(card.body.as_ref().map(|text| body_component(text, body)));
    components.extend(buttons_component(&card.buttons, buttons));
    json!({ "components": components })
}

fn body_component(text: &Text, examples: &BTreeMap<String, Text>) -> Value {
    let mut body = json!({ "type": "BODY", "text": text.as_str() });
    let names = parameters(text.as_str());
    let sample = |name: &str| examples.get(name).map(Text::as_str).unwrap_or_default().to_owned();
    if is_named(&names) {
        let all: Vec<_> = names.iter().map(|name| json!({ "param_name": name, "example": sample(name) })).collect();
        body["example"] = json!({ "body_text_named_params": all });
    } else if !names.is_empty() {
        let all: Vec<_> = (1..=names.len()).map(|number| sample(&number.to_string())).collect();
        body["example"] = json!({ "body_text": [all] });
    }
    body
}

fn buttons_component(buttons: &[TemplateButton], examples: &BTreeMap<String, Text>) -> Option<Value> {
    let nodes = buttons.iter().enumerate().map(|(place, button)| {
        let example = examples.get(&place.to_string()).map(|text| text.as_str().to_owned());
        button_component(button, example)
    });
    let nodes: Vec<_> = nodes.collect();
    (!nodes.is_empty()).then(|| json!({ "type": "BUTTONS", "buttons": nodes }))
}

fn header_component(header: &TemplateHeader, example: Option<&Text>, handle: Option<&String>) -> Value {
    let format = match header {
        TemplateHeader::Text { text } => {
            let mut component = json!({ "type": "HEADER", "format": "TEXT", "text": text.as_str() });
            let example = example.map(Text::as_str).unwrap_or_default();
            match header.parameter() {
                None => {}
                Some(name) if is_number(name) => component["example"] = json!({ "header_text": [example] }),
                Some(name) => {
                    let sample = json!({ "param_name": name, "example": example });
                    component["example"] = json!({ "header_text_named_params": [sample] });
                }
            }
            return component;
        }
        TemplateHeader::Image => "IMAGE",
        TemplateHeader::Video => "VIDEO",
        TemplateHeader::Document => "DOCUMENT",
        TemplateHeader::Location => "LOCATION",
    };
    let mut component = json!({ "type": "HEADER", "format": format });
    if let Some(handle) = handle {
        component["example"] = json!({ "header_handle": [handle] });
    }
    component
}

fn button_component(button: &TemplateButton, example: Option<String>) -> Value {
    let mut node = Map::new();
    let mut put = |key: &str, value: Value| drop(node.insert(key.to_owned(), value));
    if button.kind != TemplateButtonType::CopyCode {
        put("text", json!(button.text.as_str()));
    }
    match button.kind {
        TemplateButtonType::QuickReply => put("type", json!("QUICK_REPLY")),
        TemplateButtonType::Phone => {
            put("type", json!("PHONE_NUMBER"));
            put("phone_number", json!(button.phone_number));
        }
        TemplateButtonType::Url => {
            put("type", json!("URL"));
            put("url", json!(button.url));
            if let Some(example) = example {
                let url = button.url.as_deref().unwrap_or_default();
                put("example", json!([render(url, |_| Some(&example))]));
            }
        }
        TemplateButtonType::CopyCode => {
            put("type", json!("COPY_CODE"));
            put("example", json!(example));
        }
        TemplateButtonType::Flow => {
            put("type", json!("FLOW"));
            put("flow_id", json!(button.flow_id));
        }
        TemplateButtonType::Otp => put("type", json!("OTP")),
    }
    Value::Object(node)
}
