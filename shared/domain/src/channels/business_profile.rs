//! The business profile of a number: what customers see of a business on WhatsApp besides its name. Its picture is set with
//! what else Meta keeps of the number.

use crate::access::users::EmailAddress;
use crate::limits::{Violation, counted, optional};
use crate::personal::Text;
use serde::{Deserialize, Serialize};

/// The limits of the Cloud API, business profiles.
const MAX_ABOUT: usize = 139;
const MAX_ADDRESS: usize = 256;
const MAX_DESCRIPTION: usize = 512;
const MAX_EMAIL: usize = 128;
const MAX_WEBSITE: usize = 256;
const MOST_WEBSITES: usize = 2;

/// The profile as WhatsApp shows it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct BusinessProfile {
    /// A line about the business.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub about: Option<Text>,
    /// Where it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<Text>,
    /// What it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<Text>,
    /// Its email address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<Text>,
    /// Its websites.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub websites: Vec<Text>,
}

/// A change of a profile that is not checked. What is none stays as it is; an empty text or list is removed.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the fields of BusinessProfile")]
pub struct ProfileDraft {
    pub about: Option<Text>,
    pub address: Option<Text>,
    pub description: Option<Text>,
    pub email: Option<Text>,
    pub websites: Option<Vec<Text>>,
}

/// A change of a profile that WhatsApp takes. It changes at least one field.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "ProfileDraft")]
pub struct ProfileChange {
    #[serde(skip_serializing_if = "Option::is_none")]
    about: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    websites: Option<Vec<Text>>,
}

impl ProfileChange {
    /// Takes a change. Space around texts does not matter.
    ///
    /// # Errors
    /// [`Violation`] names the first field that breaks a limit.
    pub fn parse(draft: ProfileDraft) -> Result<Self, Violation> {
        let trimmed = |text: Option<Text>| text.map(|text| Text::new(text.as_str().trim()));
        let websites = draft.websites.map(|sites| sites.into_iter().filter_map(|site| trimmed(Some(site))).collect());
        let change = Self {
            about: trimmed(draft.about),
            address: trimmed(draft.address),
            description: trimmed(draft.description),
            email: trimmed(draft.email),
            websites,
        };
        if change == Self::default() {
            return Err(Violation::new("about", "send about, address, description, email or websites"));
        }
        optional("about", change.about.as_ref(), MAX_ABOUT)?;
        optional("address", filled(change.address.as_ref()), MAX_ADDRESS)?;
        optional("description", filled(change.description.as_ref()), MAX_DESCRIPTION)?;
        optional("email", filled(change.email.as_ref()), MAX_EMAIL)?;
        if filled(change.email.as_ref()).is_some_and(|email| EmailAddress::parse(email.as_str()).is_err()) {
            return Err(Violation::new("email", "is not an email address, such as desk@example.com"));
        }
        let websites = change.websites.as_deref().unwrap_or_default();
        counted("websites", websites.len(), "websites", 0..=MOST_WEBSITES)?;
        for (at, website) in websites.iter().enumerate() {
            let field = format!("websites[{at}]");
            optional(&field, Some(website), MAX_WEBSITE)?;
            if !["https://", "http://"].iter().any(|scheme| website.as_str().starts_with(scheme)) {
                return Err(Violation::new(field, "expected an address that begins with https:// or http://"));
            }
        }
        Ok(change)
    }

    /// This change after an `earlier` one that WhatsApp does not have yet.
    #[must_use]
    pub fn after(self, earlier: Option<&Self>) -> Self {
        let Some(earlier) = earlier.cloned() else { return self };
        Self {
            about: self.about.or(earlier.about),
            address: self.address.or(earlier.address),
            description: self.description.or(earlier.description),
            email: self.email.or(earlier.email),
            websites: self.websites.or(earlier.websites),
        }
    }
}

impl TryFrom<ProfileDraft> for ProfileChange {
    type Error = Violation;

    fn try_from(draft: ProfileDraft) -> Result<Self, Violation> {
        Self::parse(draft)
    }
}

impl BusinessProfile {
    /// The profile after `change`.
    #[must_use]
    pub fn changed(self, change: &ProfileChange) -> Self {
        let text = |new: &Option<Text>, old| if new.is_some() { filled(new.as_ref()).cloned() } else { old };
        Self {
            about: text(&change.about, self.about),
            address: text(&change.address, self.address),
            description: text(&change.description, self.description),
            email: text(&change.email, self.email),
            websites: change.websites.clone().unwrap_or(self.websites),
        }
    }
}

/// A text that is not empty.
fn filled(text: Option<&Text>) -> Option<&Text> {
    text.filter(|text| !text.as_str().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Option<Text> {
        Some(Text::new(text))
    }

    #[test]
    fn a_change_keeps_to_whatsapps_limits_and_names_the_field_that_does_not() {
        let long = |length: usize| text(&"x".repeat(length));
        let email = format!("{}@example.com", "x".repeat(120));
        let site = |address: &str| Some(vec![Text::new(address)]);
        let cases = [
            (ProfileDraft::default(), "about"),
            (ProfileDraft { about: text(" "), ..ProfileDraft::default() }, "about"),
            (ProfileDraft { about: long(140), ..ProfileDraft::default() }, "about"),
            (ProfileDraft { address: long(257), ..ProfileDraft::default() }, "address"),
            (ProfileDraft { description: long(513), ..ProfileDraft::default() }, "description"),
            (ProfileDraft { email: text("desk"), ..ProfileDraft::default() }, "email"),
            (ProfileDraft { email: text(&email), ..ProfileDraft::default() }, "email"),
            (ProfileDraft { websites: site("example.com"), ..ProfileDraft::default() }, "websites[0]"),
            (ProfileDraft { websites: site(""), ..ProfileDraft::default() }, "websites[0]"),
            (
                ProfileDraft { websites: Some(vec![Text::new("https://example.com"); 3]), ..ProfileDraft::default() },
                "websites",
            ),
        ];
        for (draft, field) in cases {
            assert_eq!(ProfileChange::parse(draft.clone()).unwrap_err().field(), field, "{draft:?}");
        }
        let most = ProfileDraft {
            about: long(139),
            address: long(256),
            description: long(512),
            email: text("desk@example.com"),
            websites: site("https://example.com"),
        };
        assert!(ProfileChange::parse(most).is_ok());
    }

    #[test]
    fn a_change_leaves_what_it_does_not_name_and_removes_what_it_empties() {
        let change = |draft| ProfileChange::parse(draft).unwrap();
        let profile = BusinessProfile { about: text("Dentists"), email: text("a@example.com"), ..Default::default() };
        let first = change(ProfileDraft { email: text(""), address: text("Main St 1"), ..ProfileDraft::default() });
        let second = change(ProfileDraft { address: text("Main St 2"), ..ProfileDraft::default() });
        let both = second.after(Some(&first));
        let changed = profile.changed(&both);
        let wanted = BusinessProfile { about: text("Dentists"), address: text("Main St 2"), ..Default::default() };
        assert_eq!(changed, wanted);
        let kept = serde_json::to_string(&both).unwrap();
        assert_eq!(serde_json::from_str::<ProfileChange>(&kept).unwrap(), both);
    }
}
