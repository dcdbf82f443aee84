//! What is counted of a business, half hour by half hour.

use crate::crm::leads::Source;
use crate::ids::{ChannelId, PipelineId, UserId};
use crate::stages::Stage;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::time::Duration;

/// The length of a half hour in seconds.
const HALF_HOUR: i64 = 1800;

/// Half an hour of UTC. The days of nearly every time zone consist of whole ones: only where a zone differs from UTC by
/// a quarter of an hour, such as Nepal's, its days begin up to 15 minutes off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HalfHour(i64);

impl HalfHour {
    /// The half hour that contains `at`.
    #[must_use]
    pub fn containing(at: Timestamp) -> Self {
        Self(at.seconds().div_euclid(HALF_HOUR))
    }

    /// The moment at which it begins.
    #[must_use]
    pub const fn begins(self) -> Timestamp {
        Timestamp::from_seconds(self.0 * HALF_HOUR)
    }

    /// The next half hour.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

/// Who sent a message of the business.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sender {
    /// A user.
    User(UserId),
    /// A program, by an API key.
    Program,
    /// Somebody with the WhatsApp app on the business's phone.
    PhoneApp,
}

/// How many classes of waiting times double the time: neighbours differ by 19 percent.
const CLASSES_PER_DOUBLING: f64 = 4.0;

/// The class of a waiting time. Its middle differs from the time itself by 10 percent at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Wait(u8);

impl Wait {
    /// The class of `time`. Less than a second counts as a second.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 137, as clamped")]
    pub fn class_of(time: Duration) -> Self {
        let class = (time.as_secs_f64().max(1.0).log2() * CLASSES_PER_DOUBLING).floor();
        Self(class.clamp(0.0, 137.0) as u8)
    }

    /// The middle of the class.
    #[must_use]
    pub fn middle(self) -> Duration {
        Duration::from_secs_f64(((f64::from(self.0) + 0.5) / CLASSES_PER_DOUBLING).exp2())
    }
}

/// Something that is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Figure {
    /// A customer's message on this channel.
    Received(ChannelId),
    /// A message of the business that WhatsApp accepted.
    Sent(ChannelId, Sender),
    /// Such a message that reached the customer.
    Delivered(ChannelId),
    /// Such a message that the customer read.
    Read(ChannelId),
    /// A message of the business that could not be sent or delivered.
    Failed(ChannelId),
    /// A new lead from this source.
    NewLead(Source),
    /// A lead that moved to this stage.
    Moved(Stage),
    /// A waiting customer who got an answer: who had the conversation, and how long the customer waited.
    Answered(Option<UserId>, Wait),
    /// What stands in a stage now.
    Standing(Board, Stage, Measure),
}

/// What a board shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Board {
    /// Leads.
    Leads,
    /// The deals of a pipeline.
    Deals(PipelineId),
}

/// What is added up of a stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// How many stand in it.
    Count,
    /// The seconds since 1970 at which each came into it: with the count, their mean age.
    Since,
    /// Their value in the smallest unit of a currency.
    Value(CurrencyCode),
}

/// The code of a currency (ISO 4217).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CurrencyCode([u8; 3]);

impl CurrencyCode {
    /// The code that `text` is; none if it has no three letters.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let code: [u8; 3] = text.as_bytes().try_into().ok()?;
        code.iter().all(u8::is_ascii_uppercase).then_some(Self(code))
    }

    /// The code as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

/// A text that names no figure.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0} is no figure")]
pub struct UnknownFigure(String);

/// What stands where there is no user.
const NOBODY: &str = "-";

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Received(channel) => write!(f, "received.{}", channel.ulid_str()),
            Self::Sent(channel, Sender::User(user)) => write!(f, "sent.{}.{}", channel.ulid_str(), user.ulid_str()),
            Self::Sent(channel, Sender::Program) => write!(f, "sent.{}.program", channel.ulid_str()),
            Self::Sent(channel, Sender::PhoneApp) => write!(f, "sent.{}.phone", channel.ulid_str()),
            Self::Delivered(channel) => write!(f, "delivered.{}", channel.ulid_str()),
            Self::Read(channel) => write!(f, "read.{}", channel.ulid_str()),
            Self::Failed(channel) => write!(f, "failed.{}", channel.ulid_str()),
            Self::NewLead(source) => write!(f, "lead.{source}"),
            Self::Moved(stage) => write!(f, "moved.{stage}"),
            Self::Standing(board, stage, measure) => {
                match board {
                    Board::Leads => write!(f, "leads.{stage}")?,
                    Board::Deals(pipeline) => write!(f, "deals.{}.{stage}", pipeline.ulid_str())?,
                }
                match measure {
                    Measure::Count => Ok(()),
                    Measure::Since => f.write_str(".since"),
                    Measure::Value(code) => write!(f, ".{}", code.as_str()),
                }
            }
            Self::Answered(user, Wait(class)) => {
                write!(f, "answered.{}.{class}", user.map_or_else(|| NOBODY.to_owned(), UserId::ulid_str))
            }
        }
    }
}

impl FromStr for Figure {
    type Err = UnknownFigure;

    fn from_str(text: &str) -> Result<Self, UnknownFigure> {
        read(text).ok_or_else(|| UnknownFigure(text.to_owned()))
    }
}

fn read(text: &str) -> Option<Figure> {
    let (kind, rest) = text.split_once('.')?;
    let channel = |text: &str| ChannelId::from_ulid_str(text).ok();
    Some(match kind {
        "received" => Figure::Received(channel(rest)?),
        "sent" => {
            let (id, sender) = rest.split_once('.')?;
            let sender = match sender {
                "program" => Sender::Program,
                "phone" => Sender::PhoneApp,
                user => Sender::User(UserId::from_ulid_str(user).ok()?),
            };
            Figure::Sent(channel(id)?, sender)
        }
        "delivered" => Figure::Delivered(channel(rest)?),
        "read" => Figure::Read(channel(rest)?),
        "failed" => Figure::Failed(channel(rest)?),
        "lead" => Figure::NewLead(rest.parse().ok()?),
        "moved" => Figure::Moved(rest.parse().ok()?),
        "leads" => standing(Board::Leads, rest)?,
        "deals" => {
            let (pipeline, rest) = rest.split_once('.')?;
            standing(Board::Deals(PipelineId::from_ulid_str(pipeline).ok()?), rest)?
        }
        "answered" => {
            let (user, class) = rest.split_once('.')?;
            let user = if user == NOBODY { None } else { Some(UserId::from_ulid_str(user).ok()?) };
            Figure::Answered(user, Wait(class.parse().ok()?))
        }
        _ => return None,
    })
}

fn standing(board: Board, text: &str) -> Option<Figure> {
    let (stage, measure) = text.split_once('.').map_or((text, None), |(stage, measure)| (stage, Some(measure)));
    let measure = match measure {
        None => Measure::Count,
        Some("since") => Measure::Since,
        Some(code) => Measure::Value(CurrencyCode::parse(code)?),
    };
    Some(Figure::Standing(board, stage.parse().ok()?, measure))
}

impl TryFrom<String> for Figure {
    type Error = UnknownFigure;

    fn try_from(text: String) -> Result<Self, UnknownFigure> {
        text.parse()
    }
}

impl From<Figure> for String {
    fn from(figure: Figure) -> Self {
        figure.to_string()
    }
}

/// How often each figure occurred.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Tally(BTreeMap<Figure, i64>);

impl Tally {
    /// Adds `times` to `figure`. What occurs no longer is left out.
    pub fn add(&mut self, figure: Figure, times: i64) {
        let count = self.0.entry(figure).or_default();
        *count += times;
        if *count == 0 {
            self.0.remove(&figure);
        }
    }

    /// Adds all of `other`.
    pub fn merge(&mut self, other: &Self) {
        for (figure, times) in other.iter() {
            self.add(figure, times);
        }
    }

    /// Each figure with how often it occurred.
    pub fn iter(&self) -> impl Iterator<Item = (Figure, i64)> {
        self.0.iter().map(|(figure, times)| (*figure, *times))
    }

    /// Whether nothing occurred.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_figure_reads_back_from_its_name() {
        let at = Timestamp::from_seconds(1_790_000_000);
        let channel = ChannelId::from_parts(at, 1);
        let user = UserId::from_parts(at, 2);
        let figures = [
            Figure::Received(channel),
            Figure::Sent(channel, Sender::User(user)),
            Figure::Sent(channel, Sender::Program),
            Figure::Sent(channel, Sender::PhoneApp),
            Figure::Delivered(channel),
            Figure::Read(channel),
            Figure::Failed(channel),
            Figure::NewLead(Source::SocialMedia),
            Figure::Moved(Stage::Won),
            Figure::Answered(Some(user), Wait::class_of(Duration::from_secs(90))),
            Figure::Answered(None, Wait::class_of(Duration::ZERO)),
            Figure::Standing(Board::Leads, Stage::Won, Measure::Count),
            Figure::Standing(Board::Leads, Stage::Lost, Measure::Value(CurrencyCode::parse("EUR").unwrap())),
            Figure::Standing(Board::Deals(PipelineId::default_pipeline()), Stage::New, Measure::Since),
        ];
        for figure in figures {
            assert_eq!(figure.to_string().parse(), Ok(figure));
        }
        assert_eq!("read.here".parse::<Figure>(), Err(UnknownFigure("read.here".to_owned())));
    }

    #[test]
    fn the_middle_of_a_class_is_within_ten_percent_of_the_time() {
        for seconds in [1, 2, 59, 60, 61, 3_600, 86_400, 30 * 86_400] {
            let middle = Wait::class_of(Duration::from_secs(seconds)).middle().as_secs_f64();
            #[expect(clippy::cast_precision_loss, reason = "a month of seconds fits")]
            let ratio = middle / seconds as f64;
            assert!((0.9..1.1).contains(&ratio), "{seconds} s became {middle} s");
        }
    }

    #[test]
    fn half_hours_follow_one_another() {
        let at = |seconds| HalfHour::containing(Timestamp::from_seconds(seconds));
        assert_eq!((at(0), at(1799)), (at(1), at(1)));
        assert_eq!(at(1800), at(0).next());
        assert_eq!(at(5_000).begins(), Timestamp::from_seconds(3_600));
    }

    #[test]
    fn what_was_taken_back_leaves_nothing() {
        let mut tally = Tally::default();
        tally.add(Figure::Moved(Stage::Won), 1);
        tally.add(Figure::Moved(Stage::Won), -1);
        assert!(tally.is_empty());
    }
}
