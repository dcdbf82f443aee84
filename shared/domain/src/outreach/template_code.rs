//! Templates of one-time codes: WhatsApp fixes their text, and the business chooses how the code is delivered (Cloud API,
//! authentication templates).

use crate::inbox::outbound_template::TemplateButtonType;
use crate::limits::Violation;
use crate::outreach::templates::{TemplateButton, TemplateParts};
use crate::personal::Text;
use crate::string_enum::string_enum;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How many Android apps a one-tap button may open.
const MOST_APPS: usize = 5;

/// The longest life of a code, in minutes.
const LONGEST_LIFE: u8 = 90;

/// How long the hash of an app's signature is.
const HASH: usize = 11;

/// The longest text on the button.
const MAX_BUTTON: usize = 25;

string_enum! {
    /// How a one-time code reaches the place where it is entered.
    CodeDelivery {
        /// The customer copies it with a button.
        CopyCode = "copy_code",
        /// A button gives it to the business's Android app.
        OneTap = "one_tap",
    }
}

/// The Android app that takes a code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CodeApp {
    /// The app's package name.
    #[schemars(example = &"com.example.shop")]
    pub package_name: String,
    /// The hash of its signing key: 11 characters.
    #[schemars(length(min = 11, max = 11))]
    pub signature_hash: String,
}

/// How a one-time code is delivered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "TemplateCode")]
pub struct CodeParts {
    /// How it reaches the place where it is entered.
    pub delivery: CodeDelivery,
    /// Whether the message advises not to share the code.
    #[serde(default)]
    pub security_advice: bool,
    /// After how many minutes the code expires, 1 to 90. The message says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 90))]
    pub expires_in_minutes: Option<u8>,
    /// What the button shows. WhatsApp chooses if it is omitted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 25))]
    pub button: Option<Text>,
    /// The Android apps that take the code. Needed for `one_tap`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 5))]
    pub apps: Vec<CodeApp>,
}

impl CodeParts {
    /// The message that WhatsApp makes of it, in English. WhatsApp translates it.
    #[must_use]
    pub fn parts(self) -> TemplateParts {
        let button = self.button.clone().unwrap_or_else(|| Text::new("Copy code"));
        TemplateParts {
            body: body(self.security_advice),
            footer: self.expires_in_minutes.map(footer),
            buttons: vec![TemplateButton {
                kind: TemplateButtonType::Otp,
                text: button,
                url: None,
                phone_number: None,
                flow_id: None,
            }],
            code: Some(self),
            ..TemplateParts::default()
        }
    }

    /// Adds every rule that it breaks to `errors`.
    pub(crate) fn lint(&self, errors: &mut Vec<Violation>) {
        if self.expires_in_minutes.is_some_and(|minutes| !(1..=LONGEST_LIFE).contains(&minutes)) {
            errors.push(Violation::new("code.expiresInMinutes", format!("use 1 to {LONGEST_LIFE} minutes")));
        }
        if self.button.as_ref().is_some_and(|text| text.is_blank() || text.as_str().chars().count() > MAX_BUTTON) {
            errors.push(Violation::new("code.button", format!("use 1 to {MAX_BUTTON} characters")));
        }
        match (self.delivery, self.apps.len()) {
            (CodeDelivery::OneTap, 0) => {
                errors.push(Violation::new("code.apps", "is missing: name the Android app that takes the code"));
            }
            (CodeDelivery::CopyCode, 1..) => {
                errors.push(Violation::new("code.apps", "belongs to one_tap: a code to copy opens no app"));
            }
            (CodeDelivery::OneTap, count) if count > MOST_APPS => {
                errors.push(Violation::new("code.apps", format!("has {count} apps; use at most {MOST_APPS}")));
            }
            (CodeDelivery::OneTap | CodeDelivery::CopyCode, _) => {}
        }
        for (place, app) in self.apps.iter().enumerate() {
            let is_word =
                |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
            if !app.package_name.contains('.') || !app.package_name.split('.').all(is_word) {
                let field = format!("code.apps[{place}].packageName");
                errors.push(Violation::new(field, "expected a package name, such as com.example.shop"));
            }
            let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte);
            if app.signature_hash.len() != HASH || !app.signature_hash.bytes().all(fits) {
                let field = format!("code.apps[{place}].signatureHash");
                errors.push(Violation::new(field, format!("expected the {HASH} characters of the app's key hash")));
            }
        }
    }
}

/// The fixed text, which WhatsApp's list may leave out.
#[must_use]
pub fn body(security_advice: bool) -> Text {
    Text::new(if security_advice {
        "{{1}} is your verification code. For your security, do not share this code."
    } else {
        "{{1}} is your verification code."
    })
}

/// The line below it.
#[must_use]
pub fn footer(minutes: u8) -> Text {
    Text::new(format!("This code expires in {minutes} minutes."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(change: impl FnOnce(&mut CodeParts)) -> Vec<String> {
        let mut code = CodeParts {
            delivery: CodeDelivery::OneTap,
            security_advice: true,
            expires_in_minutes: Some(10),
            button: None,
            apps: vec![CodeApp {
                package_name: "com.example.shop".to_owned(),
                signature_hash: "K8a/AINcGX7".to_owned(),
            }],
        };
        change(&mut code);
        let mut errors = Vec::new();
        code.lint(&mut errors);
        errors.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn each_mistake_is_named_by_its_field() {
        assert!(told(|_| {}).is_empty());
        assert!(told(|code| code.expires_in_minutes = Some(91))[0].starts_with("code.expiresInMinutes: "));
        assert!(told(|code| code.apps.clear())[0].starts_with("code.apps: is missing"));
        assert!(told(|code| code.delivery = CodeDelivery::CopyCode)[0].starts_with("code.apps: belongs"));
        assert!(told(|code| code.apps[0].package_name = "shop".to_owned())[0].starts_with("code.apps[0].packageName"));
        assert!(told(|code| code.apps[0].signature_hash.clear())[0].starts_with("code.apps[0].signatureHash"));
        assert!(told(|code| code.button = Some(Text::new("x".repeat(26))))[0].starts_with("code.button: "));
    }

    #[test]
    fn the_text_is_whatsapps() {
        let code = CodeParts {
            delivery: CodeDelivery::CopyCode,
            security_advice: false,
            expires_in_minutes: Some(5),
            button: None,
            apps: Vec::new(),
        };
        let parts = code.parts();
        assert_eq!(parts.body.as_str(), "{{1}} is your verification code.");
        assert_eq!(parts.footer.unwrap().as_str(), "This code expires in 5 minutes.");
        assert_eq!(parts.buttons[0].kind, TemplateButtonType::Otp);
    }
}
