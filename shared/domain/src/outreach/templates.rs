//! Message templates: what WhatsApp has approved, which values a template takes, and the message that comes of them
//! (Cloud API, templates).

use crate::channels::prices::cards::Category;
use crate::ids::{MediaId, TemplateId};
use crate::inbox::outbound_media::MediaKind;
use crate::inbox::outbound_template::{MAX_NAME, TemplateButtonType};
use crate::outreach::template_code::CodeParts;
use crate::outreach::template_text::parameters;
use crate::personal::Text;
use crate::string_enum::string_enum;
use crate::time::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use std::time::Duration;

/// The longest text header, and the longest footer.
pub const MAX_EDGE: usize = 60;

/// The longest code to copy.
pub const MAX_CODE: usize = 15;

/// How many changes of an approved template WhatsApp takes in [`EDIT_SPAN`], and how far apart.
pub const MOST_EDITS: usize = 10;
const EDIT_SPAN: Duration = Duration::from_secs(30 * 24 * 3600);
const EDIT_PAUSE: Duration = Duration::from_secs(24 * 3600);

string_enum! {
    /// The category of a template. It decides the price.
    TemplateCategory {
        /// Offers and news.
        Marketing = "marketing",
        /// About something that the customer asked for.
        Utility = "utility",
        /// A one-time code.
        Authentication = "authentication",
        /// A category that Leadwire does not know.
        Other = "other",
    }
}

impl TemplateCategory {
    /// The category by which WhatsApp charges it; none if that is not known.
    #[must_use]
    pub const fn priced(self) -> Option<Category> {
        match self {
            Self::Marketing => Some(Category::Marketing),
            Self::Utility => Some(Category::Utility),
            Self::Authentication => Some(Category::Authentication),
            Self::Other => None,
        }
    }
}

string_enum! {
    /// The status of a template. Only `approved` templates can be sent.
    TemplateStatus {
        /// It is on its way to WhatsApp.
        Submitting = "submitting",
        /// WhatsApp did not take it for review.
        NotSubmitted = "not_submitted",
        /// WhatsApp reviews it.
        Pending = "pending",
        /// It can be sent.
        Approved = "approved",
        /// WhatsApp rejected it.
        Rejected = "rejected",
        /// WhatsApp paused it after bad feedback.
        Paused = "paused",
        /// WhatsApp disabled it for good.
        Disabled = "disabled",
        /// The business asked for another review.
        InAppeal = "in_appeal",
        /// Leadwire asks WhatsApp to delete it.
        Deleting = "deleting",
        /// WhatsApp deletes it.
        PendingDeletion = "pending_deletion",
        /// WhatsApp no longer has it.
        Deleted = "deleted",
        /// The account has too many templates.
        LimitExceeded = "limit_exceeded",
        /// It is archived.
        Archived = "archived",
        /// A status that Leadwire does not know.
        Other = "other",
    }
}

string_enum! {
    /// What customers think of a template, as WhatsApp rates it.
    TemplateQuality {
        /// High.
        Green = "green",
        /// Medium.
        Yellow = "yellow",
        /// Low. WhatsApp may pause it.
        Red = "red",
        /// Not rated yet.
        Unknown = "unknown",
    }
}

/// A text that cannot be the name of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected 1 to {MAX_NAME} lower-case letters, digits and underscores")]
pub struct InvalidTemplateName;

/// The name of a template: lower-case letters, digits and underscores.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(extend("pattern" = "^[a-z0-9_]{1,512}$"), example = &"order_ready")]
pub struct TemplateName(String);

/// A text that cannot be the language of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected a language code of WhatsApp, such as en, en_US or pt_BR")]
pub struct InvalidLanguage;

/// The language of a template as the Graph API writes it: `en`, `en_US`. Webhooks write `en-US` for the same.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(extend("pattern" = "^[a-z]{2,3}([_-][A-Za-z0-9]{2,4})?$"), example = &"en_US", rename = "TemplateLanguage")]
pub struct Language(String);

/// What stands above the body of a template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "format", rename_all = "snake_case", deny_unknown_fields)]
pub enum TemplateHeader {
    /// A line of text with at most one parameter.
    Text {
        /// The line.
        text: Text,
    },
    /// A picture.
    Image,
    /// A film.
    Video,
    /// A file.
    Document,
    /// A place.
    Location,
}

/// A button of a template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TemplateButton {
    /// The kind of button.
    #[serde(rename = "type")]
    pub kind: TemplateButtonType,
    /// What it shows.
    pub text: Text,
    /// Of `url`: the address. It may end with `{{1}}`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Of `phone`: the number with its country code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone_number: Option<String>,
    /// Of `flow`: Meta's ID of the flow.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub flow_id: Option<String>,
}

/// A card of a carousel, which the customer moves sideways.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TemplateCard {
    /// Its picture or film. All cards have the same format.
    pub header: TemplateHeader,
    /// The text, with its parameters in double braces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Text>,
    /// One or two buttons. All cards have the same kinds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub buttons: Vec<TemplateButton>,
}

/// What a template says, with its parameters in double braces.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateParts {
    /// What stands above the body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub header: Option<TemplateHeader>,
    /// The text.
    pub body: Text,
    /// The small line below it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub footer: Option<Text>,
    /// The buttons, in their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub buttons: Vec<TemplateButton>,
    /// The cards of a carousel.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cards: Vec<TemplateCard>,
    /// How a one-time code is delivered; none of other templates.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<CodeParts>,
    /// Parts that Leadwire cannot fill, in WhatsApp's words: `limited_time_offer`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unsupported: Vec<String>,
}

/// A template of a WhatsApp business account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// Its ID.
    pub id: TemplateId,
    /// Meta's ID of the account that it belongs to.
    pub account: String,
    /// Meta's ID of it; none before it was submitted.
    pub whatsapp_id: Option<String>,
    /// Its name.
    pub name: TemplateName,
    /// Its language.
    pub language: Language,
    /// Its category, which WhatsApp may change.
    pub category: TemplateCategory,
    /// Whether it can be sent.
    pub status: TemplateStatus,
    /// What customers think of it.
    pub quality: TemplateQuality,
    /// Why WhatsApp rejected or paused it, or did not take it.
    pub reason: Option<Text>,
    /// What it says.
    pub parts: TemplateParts,
    /// The business's own files: of the header, or of each card. A message that names no file shows them.
    pub files: Vec<MediaId>,
    /// Whether a message in a language that the template does not have is sent in this one.
    pub is_default: bool,
    /// What came of its changes.
    pub edits: TemplateEdits,
    /// When it was last read from WhatsApp, or submitted.
    pub seen: Timestamp,
}

/// The changes of a template that Leadwire submitted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TemplateEdits {
    /// When WhatsApp took one, oldest first; at most the last [`MOST_EDITS`].
    pub taken: Vec<Timestamp>,
    /// Whether one is on its way.
    pub is_pending: bool,
    /// Why WhatsApp did not take the last one.
    pub refused: Option<Text>,
}

impl TemplateName {
    /// Reads a name.
    ///
    /// # Errors
    /// [`InvalidTemplateName`] unless it has 1 to 512 lower-case letters, digits and underscores.
    pub fn parse(text: &str) -> Result<Self, InvalidTemplateName> {
        let fits = (1..=MAX_NAME).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
        if fits { Ok(Self(text.to_owned())) } else { Err(InvalidTemplateName) }
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Language {
    /// Reads a language code; `en-US` is the same as `en_US`.
    ///
    /// # Errors
    /// [`InvalidLanguage`] unless it is a language of 2 or 3 letters, with a region or script of 2 to 4 letters or none.
    pub fn parse(text: &str) -> Result<Self, InvalidLanguage> {
        let mut parts = text.splitn(2, ['_', '-']);
        let letters = |part: &str, range: std::ops::RangeInclusive<usize>| {
            range.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphabetic())
        };
        let region_fits =
            |part: &str| (2..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let language = parts.next().filter(|part| letters(part, 2..=3)).ok_or(InvalidLanguage)?.to_ascii_lowercase();
        match parts.next() {
            None => Ok(Self(language)),
            Some(region) if region_fits(region) => Ok(Self(format!("{language}_{}", region.to_ascii_uppercase()))),
            Some(script) if letters(script, 4..=4) => Ok(Self(format!("{language}_{script}"))),
            Some(_) => Err(InvalidLanguage),
        }
    }

    /// The code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The language without its region or script: `pt` of `pt_BR`.
    #[must_use]
    pub fn without_region(&self) -> &str {
        self.0.split_once('_').map_or(self.0.as_str(), |(language, _)| language)
    }
}

macro_rules! text_type {
    ($name:ident, $error:ident) => {
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl FromStr for $name {
            type Err = $error;
            fn from_str(text: &str) -> Result<Self, $error> {
                Self::parse(text)
            }
        }

        impl TryFrom<String> for $name {
            type Error = $error;
            fn try_from(text: String) -> Result<Self, $error> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.0
            }
        }
    };
}

text_type!(TemplateName, InvalidTemplateName);
text_type!(Language, InvalidLanguage);

impl TemplateHeader {
    /// The kind of file that it carries; none if it carries none.
    #[must_use]
    pub const fn file(&self) -> Option<MediaKind> {
        match self {
            Self::Image => Some(MediaKind::Image),
            Self::Video => Some(MediaKind::Video),
            Self::Document => Some(MediaKind::Document),
            Self::Text { .. } | Self::Location => None,
        }
    }

    /// The parameter of its text, if it has one.
    #[must_use]
    pub fn parameter(&self) -> Option<&str> {
        match self {
            Self::Text { text } => parameters(text.as_str()).first().copied(),
            Self::Image | Self::Video | Self::Document | Self::Location => None,
        }
    }
}

impl TemplateButton {
    /// Whether each message gives it a value.
    #[must_use]
    pub fn takes_value(&self) -> bool {
        match self.kind {
            TemplateButtonType::Url => self.url.as_deref().is_some_and(|url| !parameters(url).is_empty()),
            TemplateButtonType::CopyCode | TemplateButtonType::Otp => true,
            TemplateButtonType::QuickReply | TemplateButtonType::Phone | TemplateButtonType::Flow => false,
        }
    }
}

impl TemplateEdits {
    /// The same after WhatsApp took one at `now`.
    #[must_use]
    pub fn with(&self, now: Timestamp) -> Self {
        let mut taken = self.taken.clone();
        taken.push(now);
        let from = taken.len().saturating_sub(MOST_EDITS);
        Self { taken: taken.split_off(from), is_pending: false, refused: None }
    }

    /// From when WhatsApp takes another change of an approved template; none if it does now.
    #[must_use]
    pub fn next(&self, now: Timestamp) -> Option<Timestamp> {
        let day = self.taken.last().map(|last| last.plus(EDIT_PAUSE));
        let month = self.taken.len().checked_sub(MOST_EDITS).map(|first| self.taken[first].plus(EDIT_SPAN));
        day.max(month).filter(|at| *at > now)
    }
}

impl Template {
    /// Why it cannot be changed at `now`; none if it can.
    #[must_use]
    pub fn edit_obstacle(&self, now: Timestamp) -> Option<String> {
        if self.edits.is_pending {
            return Some("A change of this template is being submitted. Try again in a minute.".to_owned());
        }
        let word = match self.status {
            TemplateStatus::Rejected | TemplateStatus::Paused => return None,
            TemplateStatus::Approved => {
                let at = self.edits.next(now)?;
                return Some(format!(
                    "WhatsApp takes one change of an approved template a day, and {MOST_EDITS} in 30 days. The next one \
                     is possible from {at}."
                ));
            }
            TemplateStatus::NotSubmitted => {
                return Some("WhatsApp did not take this template. Create it again.".to_owned());
            }
            TemplateStatus::Submitting
            | TemplateStatus::Pending
            | TemplateStatus::Disabled
            | TemplateStatus::InAppeal
            | TemplateStatus::Deleting
            | TemplateStatus::PendingDeletion
            | TemplateStatus::Deleted
            | TemplateStatus::LimitExceeded
            | TemplateStatus::Archived
            | TemplateStatus::Other => self.status.as_str().replace('_', " "),
        };
        Some(format!("The template is {word}. WhatsApp takes changes of approved, rejected and paused templates only."))
    }

    /// Why it cannot be sent; none if it can.
    #[must_use]
    pub fn obstacle(&self) -> Option<String> {
        if let Some(part) = self.parts.unsupported.first() {
            return Some(format!("has a part that Leadwire cannot send: {part}"));
        }
        match self.status {
            TemplateStatus::Approved => None,
            TemplateStatus::Submitting
            | TemplateStatus::NotSubmitted
            | TemplateStatus::Pending
            | TemplateStatus::Rejected
            | TemplateStatus::Paused
            | TemplateStatus::Disabled
            | TemplateStatus::InAppeal
            | TemplateStatus::Deleting
            | TemplateStatus::PendingDeletion
            | TemplateStatus::Deleted
            | TemplateStatus::LimitExceeded
            | TemplateStatus::Archived
            | TemplateStatus::Other => Some(format!("is {}; WhatsApp sends only approved templates", self.status)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_the_same_however_whatsapp_writes_it() {
        for (written, code) in
            [("en", "en"), ("en-US", "en_US"), ("pt_br", "pt_BR"), ("fil", "fil"), ("es_419", "es_419")]
        {
            assert_eq!(Language::parse(written).unwrap().as_str(), code);
        }
        for wrong in ["", "e", "english", "en_", "en US", "_US", "en_USAAA"] {
            assert_eq!(Language::parse(wrong), Err(InvalidLanguage), "{wrong}");
        }
    }

    #[test]
    fn a_name_has_small_letters_digits_and_underscores() {
        assert!(TemplateName::parse("order_ready_2").is_ok());
        assert!(TemplateName::parse(&"a".repeat(512)).is_ok());
        for wrong in ["", "Order", "order-ready", "ordér", &"a".repeat(513)] {
            assert_eq!(TemplateName::parse(wrong), Err(InvalidTemplateName), "{wrong}");
        }
    }

    #[test]
    fn an_approved_template_changes_once_a_day_and_ten_times_in_thirty_days() {
        let day = |n: u64| Timestamp::from_seconds(1_790_000_000).plus(EDIT_PAUSE * u32::try_from(n).unwrap());
        let mut edits = TemplateEdits::default();
        assert_eq!(edits.next(day(0)), None);
        for n in 0..10 {
            assert_eq!(edits.next(day(n)), None, "{n}");
            edits = edits.with(day(n));
            assert_eq!(edits.next(day(n)), Some(if n < 9 { day(n + 1) } else { day(30) }), "{n}");
        }
        assert_eq!(edits.next(day(30)), None);
        assert_eq!(edits.with(day(30)).taken.len(), MOST_EDITS);
    }

    #[test]
    fn a_template_has_one_id_in_each_language_of_each_account() {
        let id = |account, language| TemplateId::for_name(account, "order_ready", language);
        assert_eq!(id("1", "en"), id("1", "en"));
        assert_ne!(id("1", "en"), id("1", "es"));
        assert_ne!(id("1", "en"), id("2", "en"));
    }
}
