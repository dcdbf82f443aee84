//! What customers meet at a number besides its messages: short links with a first message, questions to begin with,
//! commands, flows, calls; and where Meta posts the number's webhooks. Meta keeps all of it; this is what it said last, and
//! the change that it is to make.

use crate::characters::is_emoji;
use crate::ids::MediaId;
use crate::limits::Violation;
use crate::personal::{Secret, Text};
use crate::string_enum::string_enum;
use crate::time::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The limits of the Cloud API: QR codes and short links, conversational components.
const MAX_MESSAGE: usize = 140;
const MOST_QUESTIONS: usize = 4;
const MAX_QUESTION: usize = 80;
const MOST_COMMANDS: usize = 30;
const MAX_COMMAND: usize = 32;
const MAX_DESCRIPTION: usize = 256;

/// The longest callback URL that Meta takes.
const MAX_CALLBACK: usize = 200;

/// A short link that opens a chat with the number, with a first message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ShortLink {
    /// Meta's code of it.
    pub code: String,
    /// What stands in the customer's input, to be sent.
    pub message: Text,
    /// The link. A QR code of it does the same.
    pub url: String,
}

/// What a customer can tap or type before they have written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
pub struct ConversationStarters {
    /// Questions to begin with: up to four.
    #[schemars(length(max = 4))]
    pub questions: Vec<Text>,
    /// Commands that begin with a slash: up to 30.
    #[schemars(length(max = 30))]
    pub commands: Vec<Command>,
}

/// A command that a customer types, such as `/order`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Command {
    /// Its name, without the slash.
    #[schemars(length(min = 1, max = 32))]
    pub name: String,
    /// What it does.
    #[schemars(length(min = 1, max = 256))]
    pub description: Text,
}

/// A form of the account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PublishedFlow {
    /// Meta's ID of it.
    pub id: String,
    /// Its name.
    pub name: Text,
}

string_enum! {
    /// A day of the week.
    Weekday {
        /// Monday.
        Monday = "monday",
        /// Tuesday.
        Tuesday = "tuesday",
        /// Wednesday.
        Wednesday = "wednesday",
        /// Thursday.
        Thursday = "thursday",
        /// Friday.
        Friday = "friday",
        /// Saturday.
        Saturday = "saturday",
        /// Sunday.
        Sunday = "sunday",
    }
}

/// The hours of a day in which calls are taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CallHours {
    /// The day.
    pub day: Weekday,
    /// When they begin, such as `09:00`.
    #[schemars(regex(pattern = r"^[0-2][0-9]:[0-5][0-9]$"))]
    pub open: String,
    /// When they end, such as `17:30`.
    #[schemars(regex(pattern = r"^[0-2][0-9]:[0-5][0-9]$"))]
    pub close: String,
}

/// Whether and when customers can call the number.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
pub struct CallSettings {
    /// Whether they can.
    pub enabled: bool,
    /// The time zone of the hours, such as `Asia/Kolkata`.
    pub time_zone: Option<String>,
    /// The hours. Calls are taken at any time if there are none.
    #[schemars(length(max = 14))]
    pub hours: Vec<CallHours>,
}

/// Where Meta posts webhooks: to the number's own address, else the account's, else the app's.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Callbacks {
    /// The number's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// The account's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// The app's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub app: Option<String>,
}

impl Callbacks {
    /// The address that holds for messages; none if Meta named none.
    #[must_use]
    pub fn of_messages(&self) -> Option<&str> {
        self.number.as_deref().or(self.account.as_deref()).or(self.app.as_deref())
    }
}

/// What Meta has of a number.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NumberSetup {
    /// The short links.
    pub links: Vec<ShortLink>,
    /// What customers can tap or type.
    pub starters: ConversationStarters,
    /// The account's published forms.
    pub flows: Vec<PublishedFlow>,
    /// Calls; none if Meta does not show them for this number.
    pub calls: Option<CallSettings>,
    /// Where its webhooks are posted.
    pub callbacks: Callbacks,
}

/// A change that Meta is to make. Each may be repeated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SetupChange {
    /// None: it is only read.
    Read,
    /// A new short link. One with the same message is taken for it.
    AddLink(Text),
    /// Another message for a link.
    ChangeLink {
        /// Its code.
        code: String,
        /// The message.
        message: Text,
    },
    /// A link goes.
    RemoveLink(String),
    /// All questions and commands.
    SetStarters(ConversationStarters),
    /// Calls.
    SetCalls(CallSettings),
    /// The phone that a number is in use on brings its address book and its past messages. Meta takes it once, within a day
    /// of the link.
    ImportPhone,
    /// The picture of the business profile: an upload of the business.
    SetPicture(MediaId),
    /// The number's own address for webhooks; none for that of the account or the app.
    SetCallback(Option<Callback>),
}

/// An address for webhooks, and what Meta repeats in its handshake.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Callback {
    /// The address.
    pub url: String,
    /// The verify token of the number.
    pub verify_token: String,
}

/// A [`NumberSetup`] with its changes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SetupState {
    /// What Meta said last; none before it was asked.
    pub setup: Option<NumberSetup>,
    /// When that was.
    pub read: Option<Timestamp>,
    /// The change that is under way.
    pub wanted: Option<SetupChange>,
    /// Why Meta did not make the last one.
    pub problem: Option<Text>,
    /// How often the change was tried.
    pub tries: u32,
    /// Counts the changes. It tells this one from others.
    pub number: u32,
}

/// A first message of a short link.
///
/// # Errors
/// [`Violation`] if it is empty or has more than 140 characters.
pub fn link_message(message: &Text) -> Result<(), Violation> {
    worded("message", message, MAX_MESSAGE)
}

/// Meta's code of a short link. It stands in a path.
#[must_use]
pub fn is_link_code(code: &str) -> bool {
    (1..=64).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

impl ConversationStarters {
    /// Checks them.
    ///
    /// # Errors
    /// Every limit of WhatsApp's that they break, by field.
    pub fn check(&self) -> Result<(), Vec<Violation>> {
        let mut errors = Vec::new();
        if self.questions.len() > MOST_QUESTIONS {
            errors.push(Violation::new("questions", format!("use at most {MOST_QUESTIONS}")));
        }
        for (place, question) in self.questions.iter().enumerate() {
            let field = format!("questions[{place}]");
            errors.extend(worded(&field, question, MAX_QUESTION).err());
            errors.extend(plain(&field, question.as_str()));
        }
        if self.commands.len() > MOST_COMMANDS {
            errors.push(Violation::new("commands", format!("use at most {MOST_COMMANDS}")));
        }
        for (place, command) in self.commands.iter().enumerate() {
            let name = format!("commands[{place}].name");
            let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
            if !(1..=MAX_COMMAND).contains(&command.name.len()) || !command.name.bytes().all(fits) {
                let detail = format!("expected 1 to {MAX_COMMAND} lower-case letters, digits and underscores");
                errors.push(Violation::new(name.clone(), detail));
            }
            if self.commands[..place].iter().any(|other| other.name == command.name) {
                errors.push(Violation::new(name, "is used twice"));
            }
            let field = format!("commands[{place}].description");
            errors.extend(worded(&field, &command.description, MAX_DESCRIPTION).err());
            errors.extend(plain(&field, command.description.as_str()));
        }
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }
}

impl CallSettings {
    /// Checks them. `is_zone` says whether a text names a time zone.
    ///
    /// # Errors
    /// Every mistake, by field.
    pub fn check(&self, is_zone: impl Fn(&str) -> bool) -> Result<(), Vec<Violation>> {
        let mut errors = Vec::new();
        match &self.time_zone {
            None if !self.hours.is_empty() => errors.push(Violation::new("timeZone", "is missing: it dates the hours")),
            Some(zone) if !is_zone(zone) => {
                errors.push(Violation::new("timeZone", "expected a time zone, such as Asia/Kolkata"));
            }
            None | Some(_) => {}
        }
        for (place, hours) in self.hours.iter().enumerate() {
            let times = (minutes(&hours.open), minutes(&hours.close));
            let field = |name: &str| format!("hours[{place}].{name}");
            match times {
                (None, _) => errors.push(Violation::new(field("open"), "expected a time, such as 09:00")),
                (_, None) => errors.push(Violation::new(field("close"), "expected a time, such as 17:30")),
                (Some(open), Some(close)) if open >= close => {
                    errors.push(Violation::new(field("close"), "is not after open"));
                }
                (Some(_), Some(_)) => {}
            }
            if self.hours[..place].iter().filter(|other| other.day == hours.day).count() > 1 {
                errors.push(Violation::new(field("day"), "has more than two times: WhatsApp takes two a day"));
            }
        }
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }
}

impl Callback {
    /// An address for webhooks with a number's verify token.
    ///
    /// # Errors
    /// A sentence if Meta does not take the address.
    pub fn new(url: &str, verify_token: &Secret) -> Result<Self, String> {
        // A machine of one's own, where the simulator plays Meta.
        let is_local = ["http://localhost", "http://127.0.0.1", "http://leadwire.localhost"];
        if !url.starts_with("https://") && !is_local.iter().any(|local| url.starts_with(local)) {
            return Err(
                "Meta posts webhooks to addresses with https only. Give this installation one first.".to_owned()
            );
        }
        if url.len() > MAX_CALLBACK {
            return Err(format!("Meta takes addresses of at most {MAX_CALLBACK} characters."));
        }
        Ok(Self { url: url.to_owned(), verify_token: verify_token.expose().to_owned() })
    }
}

fn worded(field: &str, text: &Text, most: usize) -> Result<(), Violation> {
    let length = text.as_str().chars().count();
    if text.is_blank() {
        return Err(Violation::new(field, "is empty"));
    }
    if length > most {
        return Err(Violation::new(field, format!("has {length} characters; use at most {most}")));
    }
    Ok(())
}

fn plain(field: &str, text: &str) -> Option<Violation> {
    let has = text.chars().any(|c| !c.is_ascii() && is_emoji(c));
    has.then(|| Violation::new(field, "use no emoji: WhatsApp rejects them here"))
}

/// The minutes since midnight of `09:30`.
fn minutes(time: &str) -> Option<u32> {
    let (hours, minutes) = time.split_once(':').filter(|(hours, minutes)| (hours.len(), minutes.len()) == (2, 2))?;
    let (hours, minutes): (u32, u32) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_and_commands_have_whatsapps_limits() {
        let told = |starters: ConversationStarters| {
            let errors = starters.check().err().unwrap_or_default();
            errors.iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        let command = |name: &str| Command { name: name.to_owned(), description: Text::new("Order") };
        let good = ConversationStarters {
            questions: vec![Text::new("What are your hours?")],
            commands: vec![command("order"), command("help")],
        };
        assert!(told(good.clone()).is_empty());
        let many = ConversationStarters { questions: vec![Text::new("Hi"); 5], ..good.clone() };
        assert_eq!(told(many), ["questions: use at most 4"]);
        let long = ConversationStarters { questions: vec![Text::new("x".repeat(81))], ..good.clone() };
        assert_eq!(told(long), ["questions[0]: has 81 characters; use at most 80"]);
        let emoji = ConversationStarters { questions: vec![Text::new("Hi 🙂")], ..good.clone() };
        assert!(told(emoji)[0].starts_with("questions[0]: use no emoji"));
        let twice = ConversationStarters { commands: vec![command("a"), command("a")], ..good.clone() };
        assert_eq!(told(twice), ["commands[1].name: is used twice"]);
        let slash = ConversationStarters { commands: vec![command("/a")], ..good };
        assert!(told(slash)[0].starts_with("commands[0].name: expected"));
    }

    #[test]
    fn call_hours_end_after_they_begin() {
        let hours = |open: &str, close: &str| CallSettings {
            enabled: true,
            time_zone: Some("Asia/Kolkata".to_owned()),
            hours: vec![CallHours { day: Weekday::Monday, open: open.to_owned(), close: close.to_owned() }],
        };
        let told = |settings: CallSettings| {
            let errors = settings.check(|zone| zone == "Asia/Kolkata").err().unwrap_or_default();
            errors.iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        assert!(told(hours("09:00", "17:30")).is_empty());
        assert_eq!(told(hours("17:30", "09:00")), ["hours[0].close: is not after open"]);
        assert_eq!(told(hours("9:00", "17:00")), ["hours[0].open: expected a time, such as 09:00"]);
        assert!(
            told(CallSettings { time_zone: None, ..hours("09:00", "10:00") })[0].starts_with("timeZone: is missing")
        );
        let elsewhere = CallSettings { time_zone: Some("Moon".to_owned()), ..hours("09:00", "10:00") };
        assert!(told(elsewhere)[0].starts_with("timeZone: expected"));
    }

    #[test]
    fn the_nearest_address_holds() {
        let text = |text: &str| Some(text.to_owned());
        let all = Callbacks { number: text("n"), account: text("w"), app: text("a") };
        assert_eq!(all.of_messages(), Some("n"));
        assert_eq!(Callbacks { number: None, ..all.clone() }.of_messages(), Some("w"));
        assert_eq!(Callbacks { number: None, account: None, ..all }.of_messages(), Some("a"));
        assert_eq!(Callbacks::default().of_messages(), None);
    }
}
