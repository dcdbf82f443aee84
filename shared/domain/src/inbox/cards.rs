//! The card of a person, as a customer sends it from their address book.

use crate::personal::Text;
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};

/// A contact card. Fields that the sender left out are absent.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ContactCard {
    /// The full name.
    pub name: Text,
    /// The parts of the name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name_parts: Option<NameParts>,
    /// Phone numbers.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "words_or_entries")]
    pub phones: Vec<CardPhone>,
    /// Email addresses.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "words_or_entries")]
    pub emails: Vec<CardEmail>,
    /// Postal addresses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub addresses: Vec<CardAddress>,
    /// Web pages.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub urls: Vec<CardUrl>,
    /// The person's company.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub org: Option<CardOrg>,
    /// The birthday, as written on the card. WhatsApp uses `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birthday: Option<Text>,
    /// Why the card was sent: `contact_request` if the business asked for the phone number, otherwise `other`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
}

/// The parts of a name on a card.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct NameParts {
    /// The first name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first: Option<Text>,
    /// The middle name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub middle: Option<Text>,
    /// The last name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last: Option<Text>,
    /// The prefix, such as `Dr`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prefix: Option<Text>,
    /// The suffix, such as `Jr`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suffix: Option<Text>,
}

/// A phone number on a card.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct CardPhone {
    /// The number, as written on the card.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<Text>,
    /// WhatsApp's ID of the number, if it is on WhatsApp.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wa_id: Option<Text>,
    /// The label on the card, such as `CELL` or `WORK`.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub label: Option<Text>,
}

/// An email address on a card.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct CardEmail {
    /// The email address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<Text>,
    /// The label on the card, such as `HOME` or `WORK`.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub label: Option<Text>,
}

/// A postal address on a card.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct CardAddress {
    /// Street and house number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub street: Option<Text>,
    /// The city.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub city: Option<Text>,
    /// The state or province.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<Text>,
    /// The postal code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zip: Option<Text>,
    /// The country's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<Text>,
    /// The country's two-letter ISO 3166 code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country_code: Option<Text>,
    /// The label on the card, such as `HOME` or `WORK`.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub label: Option<Text>,
}

/// A web page on a card.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct CardUrl {
    /// The URL.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<Text>,
    /// The label on the card, such as `HOME` or `WORK`.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub label: Option<Text>,
}

/// The company of a person on a card.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct CardOrg {
    /// The company.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub company: Option<Text>,
    /// The department.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub department: Option<Text>,
    /// The job title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<Text>,
}

impl ContactCard {
    /// What stands for the card in a line: the name, else the company, else a phone number or an e-mail address.
    #[must_use]
    pub fn shown(&self) -> Option<&Text> {
        let company = self.org.as_ref().and_then(|org| org.company.as_ref());
        let phones = self.phones.iter().flat_map(|entry| [entry.phone.as_ref(), entry.wa_id.as_ref()]);
        let emails = self.emails.iter().map(|entry| entry.email.as_ref());
        let all = [Some(&self.name), company].into_iter().chain(phones).chain(emails);
        all.flatten().find_map(Text::visible)
    }
}

impl From<Text> for CardPhone {
    fn from(phone: Text) -> Self {
        Self { phone: Some(phone), ..Self::default() }
    }
}

impl From<Text> for CardEmail {
    fn from(email: Text) -> Self {
        Self { email: Some(email), ..Self::default() }
    }
}

/// Reads a list of entries. Cards were once stored with the bare numbers and addresses in their place.
fn words_or_entries<'de, D, T>(stored: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + From<Text>,
{
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Stored<T> {
        Words(Text),
        Entry(T),
    }
    let entry = |stored| match stored {
        Stored::Words(words) => T::from(words),
        Stored::Entry(entry) => entry,
    };
    Ok(Vec::<Stored<T>>::deserialize(stored)?.into_iter().map(entry).collect())
}
