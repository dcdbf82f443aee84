//! Templates at WhatsApp: the account's list, page by page, and templates that are created and deleted there (Cloud API,
//! `/{WABA_ID}/message_templates`). Nothing here tries again.

use crate::client::Client;
use crate::errors::{Verdict, verdict};
use crate::json::{Object, legible};
use crate::transport::TransportError;
use domain::inbox::outbound_template::TemplateButtonType;
use domain::outreach::template_lint::NewTemplate;
use domain::outreach::template_text::{is_number, parameters};
use domain::outreach::templates::{
    Language, Template, TemplateButton, TemplateCategory, TemplateHeader, TemplateName, TemplateParts, TemplateQuality,
    TemplateStatus,
};
use domain::{Secret, TemplateId, Text, Timestamp};
use http::{Method, Request};
use serde_json::{Map, Value, json};

/// How many templates are asked for at a time: a page stays below the longest answer that is read.
const PAGE: usize = 50;

/// What is asked of each template.
const FIELDS: &str = "id,name,language,status,category,components,quality_score,rejected_reason";

/// Meta has a template of this name and language already (subcode of error 100).
const EXISTS: i64 = 2_388_024;

/// The webhook fields that say that a template changed.
const TOLD: [&str; 4] = [
    "message_template_status_update",
    "message_template_quality_update",
    "message_template_components_update",
    "template_category_update",
];

/// Whether a notice of this webhook field says that a template changed.
#[must_use]
pub fn is_about_templates(field: &str) -> bool {
    TOLD.contains(&field)
}

/// A page of an account's templates.
#[derive(Clone, Debug, PartialEq)]
pub struct TemplatePage {
    /// The templates. One that cannot be read is left out.
    pub templates: Vec<Template>,
    /// How many could not be read.
    pub unreadable: usize,
    /// Where the next page begins; none after the last page.
    pub next: Option<String>,
}

/// What WhatsApp says of a template that it takes for review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submitted {
    /// WhatsApp's ID of it.
    pub id: String,
    /// Its status: mostly pending.
    pub status: TemplateStatus,
    /// Its category, which WhatsApp may have changed.
    pub category: Option<TemplateCategory>,
}

/// Why WhatsApp did not do its part with templates.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    /// It may be asked again.
    #[error("WhatsApp may answer later: {0}")]
    Again(String),
    /// The token is not good for it.
    #[error("WhatsApp rejects the access token, or it lacks the permission for templates")]
    Unauthorised,
    /// It has this template already.
    #[error("WhatsApp has this template already")]
    Exists,
    /// It has no such template.
    #[error("WhatsApp has no such template")]
    Missing,
    /// It rejects the request, with these words.
    #[error("WhatsApp rejects the request")]
    Refused(Text),
}

impl Client {
    /// A page of the templates of `account`, which begins `after` the mark of the page before. `now` is when it is read.
    ///
    /// # Errors
    /// [`TemplateError`] if WhatsApp does not list them.
    pub async fn templates(
        &self,
        account: &str,
        token: &Secret,
        after: Option<&str>,
        now: Timestamp,
    ) -> Result<TemplatePage, TemplateError> {
        let after = after.map(|mark| format!("&after={}", escaped(mark))).unwrap_or_default();
        let path = format!("{}/message_templates?fields={FIELDS}&limit={PAGE}{after}", escaped(account));
        let answer = self.call(self.bare_request(Method::GET, &path, token)).await?;
        let text = legible(&answer);
        let Some(page) = Object::read(&text) else { return Err(TemplateError::Again(UNREADABLE.to_owned())) };
        let listed = page.objects("data");
        let templates: Vec<_> = listed.iter().filter_map(|one| template(account, one, now)).collect();
        let unreadable = listed.len() - templates.len();
        let paging = page.object("paging");
        let next = paging.as_ref().filter(|paging| paging.raw("next").is_some());
        let next = next.and_then(|paging| paging.object("cursors")).and_then(|cursors| cursors.text("after"));
        Ok(TemplatePage { templates, unreadable, next })
    }

    /// Submits a template for review.
    ///
    /// # Errors
    /// [`TemplateError`] if WhatsApp did not take it. It may have: the same template is then refused as one that exists.
    pub async fn create_template(
        &self,
        account: &str,
        token: &Secret,
        new: &NewTemplate,
    ) -> Result<Submitted, TemplateError> {
        let path = format!("{}/message_templates", escaped(account));
        let answer = self.call(self.json_request(Method::POST, &path, token, &submission(new))).await?;
        let text = legible(&answer);
        let answer = Object::read(&text).ok_or_else(|| TemplateError::Again(UNREADABLE.to_owned()))?;
        let id = answer.text("id").ok_or_else(|| TemplateError::Again(UNREADABLE.to_owned()))?;
        let status = answer.text("status").map_or(TemplateStatus::Pending, |word| status(&word));
        Ok(Submitted { id, status, category: answer.text("category").map(|word| category(&word)) })
    }

    /// Deletes a template in one language.
    ///
    /// # Errors
    /// [`TemplateError`] if WhatsApp did not delete it.
    pub async fn delete_template(
        &self,
        account: &str,
        token: &Secret,
        name: &TemplateName,
        whatsapp_id: &str,
    ) -> Result<(), TemplateError> {
        let account = escaped(account);
        let path = format!("{account}/message_templates?name={name}&hsm_id={}", escaped(whatsapp_id));
        self.call(self.bare_request(Method::DELETE, &path, token)).await.map(|_| ())
    }

    /// Sends a request, and gives the body of the answer if that is a success.
    async fn call(&self, request: Result<Request<Vec<u8>>, String>) -> Result<Vec<u8>, TemplateError> {
        let request = request.map_err(TemplateError::Again)?;
        let answer = self.transport().carry(request).await.map_err(|lost| match lost {
            TransportError::BeforeSending(problem) | TransportError::OnTheWay(problem) => TemplateError::Again(problem),
        })?;
        if answer.status().is_success() { Ok(answer.into_body()) } else { Err(refusal(&answer)) }
    }
}

const UNREADABLE: &str = "its answer cannot be read";

/// A text as it may stand in an address: all but letters, digits and a few signs as `%XX`.
fn escaped(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~');
    let one = |byte: u8| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    text.bytes().map(one).collect()
}

/// Meta's words for the author come before those for programs.
fn refusal(answer: &http::Response<Vec<u8>>) -> TemplateError {
    let status = answer.status().as_u16();
    let text = legible(answer.body());
    let error = Object::read(&text).and_then(|answer| answer.object("error"));
    let Some(error) = error else { return TemplateError::Again(format!("it answered {status}")) };
    let code = error.integer("code");
    let subcode = error.integer("error_subcode");
    tracing::info!(http.status = status, meta.code = code, meta.subcode = subcode, "the Graph API refused a template");
    let details = error.object("error_data").and_then(|data| data.text("details"));
    let words = error.text("error_user_msg").or(details).or_else(|| error.text("message")).unwrap_or_default();
    if subcode == Some(EXISTS) {
        return TemplateError::Exists;
    }
    if status == 404 || (code, subcode) == (Some(100), Some(33)) {
        return TemplateError::Missing;
    }
    match code.map(|code| verdict(code, subcode)) {
        Some(Verdict::Unauthorised) => TemplateError::Unauthorised,
        Some(Verdict::Refused(_)) => TemplateError::Refused(Text::new(words)),
        // A code of the authoring tools has no row: what it says is for the author.
        Some(Verdict::Ambiguous) if status < 500 => TemplateError::Refused(Text::new(words)),
        Some(Verdict::Again(_) | Verdict::Ambiguous) | None => TemplateError::Again(format!("it answered {status}")),
    }
}

fn status(word: &str) -> TemplateStatus {
    word.parse().unwrap_or(TemplateStatus::Other)
}

fn category(word: &str) -> TemplateCategory {
    word.parse().unwrap_or(TemplateCategory::Other)
}

/// A template of a list; none if it has no name or language that we know how to write.
fn template(account: &str, node: &Object<'_>, now: Timestamp) -> Option<Template> {
    let name = TemplateName::parse(&node.text("name")?).ok()?;
    let language = Language::parse(&node.text("language")?).ok()?;
    let quality = node.object("quality_score").and_then(|score| score.text("score"));
    let reason = node.text("rejected_reason").filter(|reason| reason != "NONE");
    Some(Template {
        id: TemplateId::for_name(account, name.as_str(), language.as_str()),
        account: account.to_owned(),
        whatsapp_id: node.text("id"),
        category: node.text("category").map_or(TemplateCategory::Other, |word| category(&word)),
        status: node.text("status").map_or(TemplateStatus::Other, |word| status(&word)),
        quality: quality.and_then(|word| word.parse().ok()).unwrap_or(TemplateQuality::Unknown),
        reason: reason.map(Text::new),
        parts: parts(&node.objects("components")),
        name,
        language,
        seen: now,
    })
}

fn parts(components: &[Object<'_>]) -> TemplateParts {
    let mut parts = TemplateParts {
        header: None,
        body: Text::default(),
        footer: None,
        buttons: Vec::new(),
        unsupported: Vec::new(),
    };
    for component in components {
        let kind = component.text("type").unwrap_or_default().to_ascii_uppercase();
        let text = component.text("text").map(Text::new);
        match kind.as_str() {
            "HEADER" => {
                let format = component.text("format").unwrap_or_default().to_ascii_uppercase();
                parts.header = match (format.as_str(), text) {
                    ("TEXT", Some(text)) => Some(TemplateHeader::Text { text }),
                    ("IMAGE", _) => Some(TemplateHeader::Image),
                    ("VIDEO", _) => Some(TemplateHeader::Video),
                    ("DOCUMENT", _) => Some(TemplateHeader::Document),
                    ("LOCATION", _) => Some(TemplateHeader::Location),
                    (_, _) => {
                        parts.unsupported.push(format!("header {}", format.to_ascii_lowercase()));
                        None
                    }
                };
            }
            "BODY" => parts.body = text.unwrap_or_else(|| code_body(component)),
            "FOOTER" => parts.footer = text,
            "BUTTONS" => {
                for one in component.objects("buttons") {
                    match button(&one) {
                        Ok(button) => parts.buttons.push(button),
                        Err(kind) => parts.unsupported.push(format!("button {kind}")),
                    }
                }
            }
            other => parts.unsupported.push(other.to_ascii_lowercase()),
        }
    }
    parts
}

/// The body of a one-time code has a fixed text, which the list may leave out.
fn code_body(component: &Object<'_>) -> Text {
    let advice = component.flag("add_security_recommendation");
    Text::new(if advice {
        "{{1}} is your verification code. For your security, do not share this code."
    } else {
        "{{1}} is your verification code."
    })
}

fn button(node: &Object<'_>) -> Result<TemplateButton, String> {
    let word = node.text("type").unwrap_or_default().to_ascii_uppercase();
    let kind = match word.as_str() {
        "QUICK_REPLY" => TemplateButtonType::QuickReply,
        // One-time codes are listed as links to Meta's own page.
        "URL" if node.text("url").is_some_and(|url| url.starts_with("https://www.whatsapp.com/otp/")) => {
            TemplateButtonType::Otp
        }
        "URL" => TemplateButtonType::Url,
        "PHONE_NUMBER" => TemplateButtonType::Phone,
        "COPY_CODE" => TemplateButtonType::CopyCode,
        "FLOW" => TemplateButtonType::Flow,
        "OTP" => TemplateButtonType::Otp,
        _ => return Err(word.to_ascii_lowercase()),
    };
    let only = |wanted: TemplateButtonType, field: &str| if kind == wanted { node.text(field) } else { None };
    Ok(TemplateButton {
        kind,
        text: Text::new(node.text("text").unwrap_or_else(|| "Copy code".to_owned())),
        url: only(TemplateButtonType::Url, "url"),
        phone_number: only(TemplateButtonType::Phone, "phone_number"),
        flow_id: only(TemplateButtonType::Flow, "flow_id"),
    })
}

/// A new template as the Graph API takes it.
fn submission(new: &NewTemplate) -> Value {
    let parts = &new.parts;
    let mut components = Vec::new();
    if let Some(header) = &parts.header {
        components.push(header_component(header, new));
    }
    let named = parameters(parts.body.as_str()).iter().any(|name| !is_number(name));
    let mut body = json!({ "type": "BODY", "text": parts.body.as_str() });
    let names = parameters(parts.body.as_str());
    let sample = |name: &str| new.examples.body.get(name).map(Text::as_str).unwrap_or_default().to_owned();
    if named {
        let all: Vec<_> = names.iter().map(|name| json!({ "param_name": name, "example": sample(name) })).collect();
        body["example"] = json!({ "body_text_named_params": all });
    } else if !names.is_empty() {
        let all: Vec<_> = (1..=names.len()).map(|number| sample(&number.to_string())).collect();
        body["example"] = json!({ "body_text": [all] });
    }
    components.push(body);
    if let Some(footer) = &parts.footer {
        components.push(json!({ "type": "FOOTER", "text": footer.as_str() }));
    }
    if !parts.buttons.is_empty() {
        let buttons = parts.buttons.iter().enumerate().map(|(place, button)| button_component(place, button, new));
        components.push(json!({ "type": "BUTTONS", "buttons": buttons.collect::<Vec<_>>() }));
    }
    json!({
        "name": new.name.as_str(),
        "language": new.language.as_str(),
        "category": new.category.as_str().to_ascii_uppercase(),
        "parameter_format": if named { "named" } else { "positional" },
        "components": components,
    })
}

fn header_component(header: &TemplateHeader, new: &NewTemplate) -> Value {
    let format = match header {
        TemplateHeader::Text { text } => {
            let mut component = json!({ "type": "HEADER", "format": "TEXT", "text": text.as_str() });
            let example = new.examples.header.as_ref().map(Text::as_str).unwrap_or_default();
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
    json!({ "type": "HEADER", "format": format })
}

fn button_component(place: usize, button: &TemplateButton, new: &NewTemplate) -> Value {
    let mut node = Map::new();
    let mut put = |key: &str, value: Value| drop(node.insert(key.to_owned(), value));
    let example = new.examples.buttons.get(&place.to_string()).map(|text| text.as_str().to_owned());
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
                put("example", json!([domain::outreach::template_text::render(url, |_| Some(&example))]));
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

#[cfg(test)]
mod tests {
    use super::*;

    fn read(node: &Value) -> Option<Template> {
        let text = node.to_string();
        template("200", &Object::read(&text).unwrap(), Timestamp::default())
    }

    #[test]
    fn a_listed_template_is_read_part_by_part() {
        let node = json!({
            "id": "1500", "name": "order_ready", "language": "en-US", "status": "APPROVED", "category": "UTILITY",
            "quality_score": { "score": "GREEN" }, "rejected_reason": "NONE",
            "components": [
                { "type": "HEADER", "format": "DOCUMENT" },
                { "type": "BODY", "text": "Hi {{1}}!" },
                { "type": "FOOTER", "text": "Reply STOP" },
                { "type": "BUTTONS", "buttons": [
                    { "type": "URL", "text": "Track", "url": "https://a.example/{{1}}" },
                    { "type": "PHONE_NUMBER", "text": "Call", "phone_number": "+15550001111" },
                    { "type": "URL", "text": "Copy", "url": "https://www.whatsapp.com/otp/code/?code=otp{{1}}" },
                ] },
            ],
        });
        let template = read(&node).unwrap();
        assert_eq!((template.language.as_str(), template.status), ("en_US", TemplateStatus::Approved));
        assert_eq!((template.quality, template.reason), (TemplateQuality::Green, None));
        assert_eq!(template.parts.header, Some(TemplateHeader::Document));
        let kinds: Vec<_> = template.parts.buttons.iter().map(|button| button.kind).collect();
        assert_eq!(kinds, [TemplateButtonType::Url, TemplateButtonType::Phone, TemplateButtonType::Otp]);
        assert!(template.parts.unsupported.is_empty());
    }

    #[test]
    fn what_is_not_known_spoils_only_itself() {
        let node = json!({
            "name": "tour", "language": "en", "status": "NEWLY_INVENTED", "category": "SOMETHING",
            "components": [{ "type": "BODY", "text": "Hi" }, { "type": "CAROUSEL", "cards": [] }],
        });
        let template = read(&node).unwrap();
        assert_eq!((template.status, template.category), (TemplateStatus::Other, TemplateCategory::Other));
        assert_eq!(template.parts.unsupported, ["carousel"]);
        assert!(template.obstacle().is_some());
        assert_eq!(read(&json!({ "language": "en" })), None);
    }
}
