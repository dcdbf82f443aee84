//! Quick replies: texts that agents write once and use often, with variables and a file.

use crate::ids::{MediaId, QuickReplyId, UserId};
use crate::personal::Text;

/// The longest text: what WhatsApp takes.
pub const LONGEST_REPLY: usize = 4_096;

/// The longest name, in characters.
pub const LONGEST_NAME: usize = 40;

/// The most quick replies of a business, shared and own ones.
pub const MOST_REPLIES: usize = 500;

/// A quick reply.
#[derive(Clone, Debug, PartialEq)]
pub struct QuickReply {
    /// Its ID.
    pub id: QuickReplyId,
    /// The word by which it is found after `/`.
    pub name: ReplyName,
    /// What it says.
    pub text: ReplyText,
    /// The file that goes with it.
    pub media: Option<MediaId>,
    /// Whose it is; none if it is everybody's.
    pub owner: Option<UserId>,
    /// Counts its changes.
    pub revision: u64,
}

/// A name that is no word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected 1 to {LONGEST_NAME} letters, digits, hyphens and underscores")]
pub struct InvalidName;

/// The word by which a quick reply is found: in lower case.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ReplyName(String);

impl ReplyName {
    /// Reads a name. A slash before it is left out.
    ///
    /// # Errors
    /// [`InvalidName`] if it is empty, too long, or no word.
    pub fn parse(text: &str) -> Result<Self, InvalidName> {
        let name = text.trim().trim_start_matches('/').to_lowercase();
        let is_word = name.chars().all(|c| c.is_alphanumeric() || !c.is_ascii() || c == '-' || c == '_');
        let is_seen = name.chars().all(|c| !c.is_whitespace() && !c.is_control());
        let fits = (1..=LONGEST_NAME).contains(&name.chars().count());
        if fits && is_word && is_seen { Ok(Self(name)) } else { Err(InvalidName) }
    }

    /// The word.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Something that stands in a quick reply for what is known when it is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Variable {
    /// The lead's name.
    LeadName,
    /// The first word of it.
    LeadFirstName,
    /// The lead's phone number.
    LeadPhone,
    /// The lead's email address.
    LeadEmail,
    /// The name of the user who uses it.
    AgentName,
    /// The first word of it.
    AgentFirstName,
}

impl Variable {
    /// Every variable.
    pub const ALL: [Self; 6] =
        [Self::LeadName, Self::LeadFirstName, Self::LeadPhone, Self::LeadEmail, Self::AgentName, Self::AgentFirstName];

    /// What stands between the braces.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::LeadName => "lead.name",
            Self::LeadFirstName => "lead.firstName",
            Self::LeadPhone => "lead.phone",
            Self::LeadEmail => "lead.email",
            Self::AgentName => "agent.name",
            Self::AgentFirstName => "agent.firstName",
        }
    }
}

/// Why a text is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidReply {
    /// It is empty or too long.
    #[error("Use 1 to {LONGEST_REPLY} characters.")]
    Length,
    /// It names a variable that there is not.
    #[error("There is no such variable. Use one of {}.", known())]
    Variable,
}

fn known() -> String {
    let all: Vec<_> = Variable::ALL.iter().map(|variable| format!("{{{{{}}}}}", variable.as_str())).collect();
    all.join(", ")
}

/// The text of a quick reply. Every variable in it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplyText(Text);

impl ReplyText {
    /// Reads a text.
    ///
    /// # Errors
    /// [`InvalidReply`] if it is empty, too long, or names an unknown variable.
    pub fn parse(text: &str) -> Result<Self, InvalidReply> {
        let text = Text::new(text.trim());
        if text.is_blank() || text.as_str().chars().count() > LONGEST_REPLY {
            return Err(InvalidReply::Length);
        }
        for part in parts(text.as_str()) {
            if let Part::Variable(name) = part {
                variable(name).ok_or(InvalidReply::Variable)?;
            }
        }
        Ok(Self(text))
    }

    /// The text as it was written.
    #[must_use]
    pub const fn text(&self) -> &Text {
        &self.0
    }

    /// The text with the values of its variables. A variable without a value is left out, with a space before it.
    #[must_use]
    pub fn filled(&self, value: impl Fn(Variable) -> Option<String>) -> Text {
        let mut filled = String::new();
        for part in parts(self.0.as_str()) {
            match part {
                Part::Text(text) => filled.push_str(text),
                Part::Variable(name) => match variable(name).and_then(&value) {
                    Some(value) => filled.push_str(&value),
                    None => filled.truncate(filled.trim_end_matches(' ').len()),
                },
            }
        }
        Text::new(filled)
    }
}

enum Part<'a> {
    Text(&'a str),
    Variable(&'a str),
}

/// The texts and variables of `text`. Braces that are not closed are text.
fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((name, further)) = after.split_once("}}") else { break };
        parts.push(Part::Text(before));
        parts.push(Part::Variable(name.trim()));
        rest = further;
    }
    parts.push(Part::Text(rest));
    parts
}

fn variable(name: &str) -> Option<Variable> {
    Variable::ALL.into_iter().find(|variable| variable.as_str() == name)
}

/// The first word of a name.
#[must_use]
pub fn first_word(name: &str) -> Option<String> {
    name.split_whitespace().next().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_variables_are_filled_and_unknown_ones_refused() {
        let text = ReplyText::parse("Hello {{ lead.firstName }}, I am {{agent.name}} {{lead.email}}. {{").unwrap();
        let filled = text.filled(|variable| match variable {
            Variable::LeadFirstName => first_word("Asha Rao"),
            Variable::AgentName => Some("Ben {{lead.name}}".to_owned()),
            _ => None,
        });
        assert_eq!(filled.as_str(), "Hello Asha, I am Ben {{lead.name}}. {{");
        assert_eq!(ReplyText::parse("Hi {{lead.shoeSize}}"), Err(InvalidReply::Variable));
        assert_eq!(ReplyText::parse("Hi {{}}"), Err(InvalidReply::Variable));
        assert_eq!(ReplyText::parse("  "), Err(InvalidReply::Length));
        assert_eq!(ReplyText::parse(&"x".repeat(4_097)), Err(InvalidReply::Length));
    }

    #[test]
    fn a_name_is_one_word() {
        assert_eq!(ReplyName::parse("/Opening-Hours").unwrap().as_str(), "opening-hours");
        assert_eq!(ReplyName::parse("नमस्ते").unwrap().as_str(), "नमस्ते");
        for wrong in ["", "/", "two words", "a/b", &"x".repeat(41)] {
            assert_eq!(ReplyName::parse(wrong), Err(InvalidName), "{wrong}");
        }
    }
}
