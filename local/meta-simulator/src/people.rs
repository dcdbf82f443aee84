//! The people who use WhatsApp: who they are, and how they are invented.

use crate::error::Error;
use crate::simulator::Simulator;
use domain::Timestamp;
use serde::{Deserialize, Serialize};

/// A customer of the business.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Person {
    /// Counted from 1.
    pub id: i64,
    /// The name in their profile.
    pub name: String,
    /// The phone, digits only.
    pub wa_id: String,
    /// The business-scoped user id.
    pub user_id: String,
    /// The username, if they have one.
    pub username: Option<String>,
    /// Whether webhooks leave the phone out.
    pub hides_phone: bool,
    /// When they last wrote, by the message's own time; it opens the window.
    pub wrote_at: Option<Timestamp>,
}

impl Person {
    /// What an id may carry of them: never a hidden phone.
    pub(crate) fn visible_key(&self) -> &str {
        if self.hides_phone { &self.user_id } else { &self.wa_id }
    }
}

/// What is wished of an invented person; the rest is made up.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Invent {
    /// The name in the profile.
    pub name: Option<String>,
    /// The phone; blanks and `+` are taken off.
    pub wa_id: Option<String>,
    /// The business-scoped user id.
    pub user_id: Option<String>,
    /// The username.
    pub username: Option<String>,
    /// Whether they hide their phone; needs a username, which is made up if there is none.
    pub hides_phone: Option<bool>,
}

/// A change of what a person shows. A field that is left out stays as it is.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct PersonChange {
    /// The username: taken, changed, or dropped by an empty text. Without one the phone is shown.
    pub username: Option<String>,
    /// Whether they hide their phone; needs a username.
    pub hides_phone: Option<bool>,
}

const NAMES: [&str; 16] = [
    "Rohan Mehta",
    "Priya Nair",
    "Kabir Singh",
    "Ananya Iyer",
    "Vikram Desai",
    "Meera Joshi",
    "Arjun Kapoor",
    "Sana Qureshi",
    "Dev Patel",
    "Ishita Bose",
    "Lucía Gómez",
    "João Almeida",
    "Zoë Müller",
    "Omar Haddad",
    "Nguyễn Linh",
    "Grace O'Brien",
];

impl Simulator {
    /// Everybody, in the order of their invention.
    ///
    /// # Errors
    /// If the database fails.
    pub fn people(&self) -> Result<Vec<Person>, Error> {
        self.storage().people()
    }

    /// The person with this number, phone, BSUID or username.
    ///
    /// # Errors
    /// If there is nobody, or the database fails.
    pub fn person(&self, key: &str) -> Result<Person, Error> {
        let key = key.strip_prefix('+').unwrap_or(key);
        self.storage().person(key)?.ok_or_else(|| Error::NoSuchPerson(key.to_owned()))
    }

    /// Invents a person.
    ///
    /// # Errors
    /// If phone or BSUID are wrong or taken, or the database fails.
    pub fn invent(&self, wish: Invent) -> Result<Person, Error> {
        let count = self.count()?;
        let name = wish.name.filter(|name| !name.trim().is_empty()).unwrap_or_else(|| made_up_name(count));
        let wa_id = match wish.wa_id.filter(|phone| !phone.trim().is_empty()) {
            Some(phone) => digits(&phone)?,
            None => format!("91{}", self.digits("phone", 10)?),
        };
        let user_id = match wish.user_id {
            Some(user_id) => user_id,
            None => format!("{}.{}", country(&wa_id), self.digits("user", 20)?),
        };
        let hides_phone = wish.hides_phone.unwrap_or_else(|| self.settings().hidden_phones);
        let username = wish.username.or_else(|| hides_phone.then(|| username(&name, &user_id)));
        if self.storage().person_by_wa_id(&wa_id)?.is_some() || self.storage().person_by_user_id(&user_id)?.is_some() {
            return Err(Error::Invalid(format!("{wa_id} or {user_id} belongs to another person: choose another")));
        }
        self.storage().add_person(Person { id: 0, name, wa_id, user_id, username, hides_phone, wrote_at: None })
    }

    /// Changes what a person shows from their next message on. Their user ID stays: only another phone changes that.
    ///
    /// # Errors
    /// [`Error::Invalid`] if they would hide their phone without a username.
    pub fn change_person(&self, key: &str, change: PersonChange) -> Result<Person, Error> {
        let mut person = self.person(key)?;
        if let Some(username) = change.username {
            person.username = Some(username).filter(|username| !username.is_empty());
        }
        person.hides_phone = change.hides_phone.unwrap_or(person.hides_phone && person.username.is_some());
        if person.hides_phone && person.username.is_none() {
            return Err(Error::Invalid("only people with a username can hide their phone: add a username".to_owned()));
        }
        self.storage().show_person(&person)?;
        Ok(person)
    }

    /// The person with this phone, invented if need be: a business may write to everybody.
    pub(crate) fn person_with_phone(&self, wa_id: &str) -> Result<Person, Error> {
        match self.storage().person_by_wa_id(wa_id)? {
            Some(person) => Ok(person),
            None => self.invent(Invent { wa_id: Some(wa_id.to_owned()), ..Invent::default() }),
        }
    }

    /// Makes sure that there is a first person.
    pub(crate) fn first_person(&self) -> Result<(), Error> {
        if !self.storage().people()?.is_empty() {
            return Ok(());
        }
        let asha = Invent {
            name: Some("Asha Rao".to_owned()),
            wa_id: Some("919876500001".to_owned()),
            user_id: Some("IN.10203040506070809010".to_owned()),
            hides_phone: Some(false),
            ..Invent::default()
        };
        self.invent(asha).map(|_| ())
    }
}

fn made_up_name(count: i64) -> String {
    let at = usize::try_from(count).unwrap_or_default() % NAMES.len();
    NAMES[at].to_owned()
}

fn digits(phone: &str) -> Result<String, Error> {
    let digits: String = phone.chars().filter(|c| !matches!(c, '+' | ' ' | '-' | '(' | ')')).collect();
    if (5..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(digits);
    }
    Err(Error::Invalid(format!("{phone} is not a phone number: use 7 to 15 digits with country code")))
}

/// The country of a phone, for the BSUID; the best known ones.
fn country(wa_id: &str) -> &'static str {
    let known = [
        ("1", "US"),
        ("34", "ES"),
        ("351", "PT"),
        ("44", "GB"),
        ("49", "DE"),
        ("52", "MX"),
        ("54", "AR"),
        ("55", "BR"),
    ];
    known.iter().find(|(prefix, _)| wa_id.starts_with(prefix)).map_or("IN", |(_, country)| country)
}

fn username(name: &str, user_id: &str) -> String {
    let base: String = name.to_lowercase().chars().map(|c| if c == ' ' { '.' } else { c }).collect();
    let base: String = base.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '.').collect();
    let tail: String = user_id.chars().rev().take(3).collect();
    format!("{base}.{tail}").to_lowercase()
}
