//! Templates at WhatsApp: the account's list, page by page, and templates that are created and deleted there (Cloud API,
//! `/{WABA_ID}/message_templates`). Nothing here tries again.

use crate::client::Client;
use crate::errors::{Verdict, verdict};
use crate::json::{Object, legible};
use crate::template_submission::{change, submission};
use crate::transport::TransportError;
use domain::inbox::outbound_template::TemplateButtonType;
use domain::outreach::template_code::{self, CodeApp, CodeDelivery, CodeParts};
use domain::outreach::template_lint::NewTemplate;
use domain::outreach::templates::{
    Language, Template, TemplateButton, TemplateCard, TemplateCategory, TemplateEdits, TemplateHeader, TemplateName,
    TemplateParts, TemplateQuality, TemplateStatus,
};
use domain::{Secret, TemplateId, Text, Timestamp};
use http::{Method, Request};

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

    /// Submits a template for review. `handles` are Meta's of the files that its headers show, in their order.
    ///
    /// # Errors
    /// [`TemplateError`] if WhatsApp did not take it. It may have: the same template is then refused as one that exists.
    pub async fn create_template(
        &self,
        account: &str,
        token: &Secret,
        new: &NewTemplate,
        handles: &[String],
    ) -> Result<Submitted, TemplateError> {
        let path = format!("{}/message_templates", escaped(account));
        let answer = self.call(self.json_request(Method::POST, &path, token, &submission(new, handles))).await?;
        let text = legible(&answer);
        let answer = Object::read(&text).ok_or_else(|| TemplateError::Again(UNREADABLE.to_owned()))?;
        let id = answer.text("id").ok_or_else(|| TemplateError::Again(UNREADABLE.to_owned()))?;
        let status = answer.text("status").map_or(TemplateStatus::Pending, |word| status(&word));
        Ok(Submitted { id, status, category: answer.text("category").map(|word| category(&word)) })
    }

    /// Changes a template: all its parts are replaced, and WhatsApp reviews it again. `category` is none if it stays. The
    /// same change may be made again.
    ///
    /// # Errors
    /// [`TemplateError`] if WhatsApp did not take it.
    pub async fn edit_template(
        &self,
        whatsapp_id: &str,
        token: &Secret,
        new: &NewTemplate,
        category: Option<TemplateCategory>,
        handles: &[String],
    ) -> Result<(), TemplateError> {
        let content = change(new, category, handles);
        self.call(self.json_request(Method::POST, &escaped(whatsapp_id), token, &content)).await.map(|_| ())
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
    pub(crate) async fn call(&self, request: Result<Request<Vec<u8>>, String>) -> Result<Vec<u8>, TemplateError> {
        let request = request.map_err(TemplateError::Again)?;
        let answer = self.transport().carry(request).await.map_err(|lost| match lost {
            TransportError::BeforeSending(problem) | TransportError::OnTheWay(problem) => TemplateError::Again(problem),
        })?;
        if answer.status().is_success() { Ok(answer.into_body()) } else { Err(refusal(&answer)) }
    }
}

pub(crate) const UNREADABLE: &str = "its answer cannot be read";

/// A text as it may stand in an address: all but letters, digits and a few signs as `%XX`.
pub(crate) fn escaped(text: &str) -> String {
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
        files: Vec::new(),
        is_default: false,
        edits: TemplateEdits::default(),
        seen: now,
    })
}

fn parts(components: &[Object<'_>]) -> TemplateParts {
    let mut parts = TemplateParts::default();
    let mut advice = false;
    let mut minutes = None;
    let mut delivery = None;
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
            "BODY" => {
                advice = component.flag("add_security_recommendation");
                parts.body = text.unwrap_or_else(|| template_code::body(advice));
            }
            "FOOTER" => {
                minutes = component.integer("code_expiration_minutes").and_then(|minutes| u8::try_from(minutes).ok());
                parts.footer = text.or_else(|| minutes.map(template_code::footer));
            }
            "CAROUSEL" => {
                for one in component.objects("cards") {
                    match card(&one.objects("components")) {
                        Ok(card) => parts.cards.push(card),
                        Err(part) => parts.unsupported.push(part),
                    }
                }
                if parts.cards.is_empty() && parts.unsupported.is_empty() {
                    parts.unsupported.push("carousel without cards".to_owned());
                }
            }
            "BUTTONS" => {
                for one in component.objects("buttons") {
                    delivery = delivery.or_else(|| code_delivery(&one));
                    match button(&one) {
                        Ok(button) => parts.buttons.push(button),
                        Err(kind) => parts.unsupported.push(format!("button {kind}")),
                    }
                }
            }
            other => parts.unsupported.push(other.to_ascii_lowercase()),
        }
    }
    if let Some((delivery, apps)) = delivery {
        let button = parts.buttons.iter().find(|button| button.kind == TemplateButtonType::Otp);
        let button = button.map(|button| button.text.clone());
        parts.code = Some(CodeParts { delivery, security_advice: advice, expires_in_minutes: minutes, button, apps });
    }
    parts
}

/// A card of a carousel; else the part of it that is not known.
fn card(components: &[Object<'_>]) -> Result<TemplateCard, String> {
    let TemplateParts { header, body, buttons, unsupported, .. } = parts(components);
    if let Some(part) = unsupported.into_iter().next() {
        return Err(format!("carousel {part}"));
    }
    match header {
        Some(header @ (TemplateHeader::Image | TemplateHeader::Video)) => {
            Ok(TemplateCard { header, body: body.visible().cloned(), buttons })
        }
        Some(TemplateHeader::Text { .. } | TemplateHeader::Document | TemplateHeader::Location) | None => {
            Err("carousel header".to_owned())
        }
    }
}

/// How a one-time code is delivered, and to which apps, if this button delivers one.
fn code_delivery(button: &Object<'_>) -> Option<(CodeDelivery, Vec<CodeApp>)> {
    let delivery = match button.text("otp_type")?.to_ascii_uppercase().as_str() {
        "ONE_TAP" | "ZERO_TAP" => CodeDelivery::OneTap,
        _ => CodeDelivery::CopyCode,
    };
    let app = |node: &Object<'_>| {
        Some(CodeApp { package_name: node.text("package_name")?, signature_hash: node.text("signature_hash")? })
    };
    let listed = button.objects("supported_apps");
    let apps: Vec<_> = listed.iter().filter_map(app).chain(app(button)).collect();
    Some((delivery, apps))
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

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

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
            "components": [{ "type": "BODY", "text": "Hi" }, { "type": "LIMITED_TIME_OFFER" }],
        });
        let template = read(&node).unwrap();
        assert_eq!((template.status, template.category), (TemplateStatus::Other, TemplateCategory::Other));
        assert_eq!(template.parts.unsupported, ["limited_time_offer"]);
        assert!(template.obstacle().is_some());
        assert_eq!(read(&json!({ "language": "en" })), None);
    }

    #[test]
    fn cards_and_one_time_codes_are_read() {
        let card = json!({ "components": [
            { "type": "HEADER", "format": "IMAGE" }, { "type": "BODY", "text": "By boat" },
            { "type": "BUTTONS", "buttons": [{ "type": "QUICK_REPLY", "text": "Book" }] },
        ] });
        let node = json!({
            "name": "tour", "language": "en", "status": "APPROVED", "category": "MARKETING",
            "components": [{ "type": "BODY", "text": "Hi" }, { "type": "CAROUSEL", "cards": [card, card] }],
        });
        let tour = read(&node).unwrap();
        assert_eq!((tour.parts.cards.len(), tour.obstacle()), (2, None));
        assert_eq!(tour.parts.cards[1].body.as_ref().unwrap().as_str(), "By boat");
        let node = json!({
            "name": "code", "language": "en", "status": "APPROVED", "category": "AUTHENTICATION",
            "components": [
                { "type": "BODY", "add_security_recommendation": true },
                { "type": "FOOTER", "code_expiration_minutes": 5 },
                { "type": "BUTTONS", "buttons": [{ "type": "OTP", "otp_type": "ONE_TAP", "text": "Copy",
                    "supported_apps": [{ "package_name": "com.a", "signature_hash": "K8a/AINcGX7" }] }] },
            ],
        });
        let code = read(&node).unwrap().parts;
        assert_eq!(code.footer.unwrap().as_str(), "This code expires in 5 minutes.");
        let parts = code.code.unwrap();
        assert_eq!((parts.delivery, parts.security_advice, parts.apps.len()), (CodeDelivery::OneTap, true, 1));
    }
}
