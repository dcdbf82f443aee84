//! The report over a span of days, made of what was counted in its half hours.

use super::figures::{Figure, HalfHour, Sender, Tally, Wait};
use crate::access::tenants::TimeZone;
use crate::crm::leads::Source;
use crate::ids::{ChannelId, UserId};
use crate::stages::Stage;
use crate::time::Timestamp;
use jiff::civil::Date;
use jiff::{SignedDuration, ToSpan, tz};
use schemars::JsonSchema;
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::time::Duration;

/// The longest span of a report in days: a year with its leap day.
pub const LONGEST: i32 = 366;

/// A span of days for which there is no report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidSpan {
    /// A text is not a date.
    #[error("expected a date, such as 2026-11-30")]
    NotADate,
    /// The last day is before the first.
    #[error("expected a day that is not before `from`")]
    EndsBeforeItBegins,
    /// It has too many days.
    #[error("expected at most {LONGEST} days from `from` on; ask for several spans")]
    TooLong,
}

/// Days of one time zone, from the first to the last.
#[derive(Clone, Debug)]
pub struct Span {
    first: Date,
    last: Date,
    zone: tz::TimeZone,
}

/// A day of the calendar, such as `2026-11-30`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, JsonSchema)]
#[schemars(inline, with = "String", extend("format" = "date"), example = &"2026-11-30")]
pub struct Day(Date);

impl FromStr for Day {
    type Err = InvalidSpan;

    fn from_str(text: &str) -> Result<Self, InvalidSpan> {
        text.parse().map(Self).map_err(|_| InvalidSpan::NotADate)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Day {
    /// The first of the `days` days that end with this one.
    #[must_use]
    pub fn days_before(self, days: i32) -> Self {
        Self(self.0.saturating_sub((days - 1).days()))
    }
}

impl Span {
    /// The days from `first` to `last`.
    ///
    /// # Errors
    /// [`InvalidSpan`] if they are too many, or `last` comes first.
    pub fn new(Day(first): Day, Day(last): Day, zone: &TimeZone) -> Result<Self, InvalidSpan> {
        let days = (last - first).get_days() + 1;
        if days < 1 {
            return Err(InvalidSpan::EndsBeforeItBegins);
        }
        if days > LONGEST {
            return Err(InvalidSpan::TooLong);
        }
        Ok(Self { first, last, zone: zone.rules() })
    }

    /// The span of the same length that ends where this one begins.
    #[must_use]
    pub fn before(&self) -> Self {
        let length = self.last - self.first;
        let last = self.first.saturating_sub(1.day());
        Self { first: last.saturating_sub(length), last, zone: self.zone.clone() }
    }

    /// The first day.
    #[must_use]
    pub const fn first(&self) -> Day {
        Day(self.first)
    }

    /// The last day.
    #[must_use]
    pub const fn last(&self) -> Day {
        Day(self.last)
    }

    /// The half hours of it: from the first to the one after the last.
    #[must_use]
    pub fn half_hours(&self) -> std::ops::Range<HalfHour> {
        self.begin_of(self.first)..self.begin_of(self.last.saturating_add(1.day()))
    }

    fn begin_of(&self, day: Date) -> HalfHour {
        let begins = self.zone.to_zoned(day.at(0, 0, 0, 0)).map(|zoned| zoned.timestamp().as_second());
        HalfHour::containing(Timestamp::from_seconds(begins.unwrap_or_default()))
    }

    fn days(&self) -> impl Iterator<Item = Date> {
        self.first.series(1.day()).take_while(|day| *day <= self.last)
    }
}

/// The day of `now` in this time zone.
#[must_use]
pub fn today(now: Timestamp, zone: &TimeZone) -> Day {
    Day(day_of(now, &zone.rules()))
}

fn day_of(at: Timestamp, zone: &tz::TimeZone) -> Date {
    let begin = jiff::Timestamp::UNIX_EPOCH.saturating_add(SignedDuration::from_secs(at.seconds()));
    begin.unwrap_or(jiff::Timestamp::UNIX_EPOCH).to_zoned(zone.clone()).date()
}

/// The counts of a day, a channel, a user or a whole span.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Customers' messages.
    pub received: i64,
    /// Messages of the business that WhatsApp accepted.
    pub sent: i64,
    /// Those of them that reached the customer.
    pub delivered: i64,
    /// Those of them that the customer read.
    pub read: i64,
    /// Messages of the business that could not be sent or delivered.
    pub failed: i64,
    /// New leads.
    pub new_leads: i64,
    /// Leads that moved to Won.
    pub won: i64,
    /// Leads that moved to Lost.
    pub lost: i64,
    /// Waiting customers who got an answer.
    pub answered: i64,
    waits: BTreeMap<Wait, i64>,
}

impl Counts {
    fn add(&mut self, figure: Figure, times: i64) {
        match figure {
            Figure::Received(_) => self.received += times,
            Figure::Sent(..) => self.sent += times,
            Figure::Delivered(_) => self.delivered += times,
            Figure::Read(_) => self.read += times,
            Figure::Failed(_) => self.failed += times,
            Figure::NewLead(_) => self.new_leads += times,
            Figure::Moved(Stage::Won) => self.won += times,
            Figure::Moved(Stage::Lost) => self.lost += times,
            Figure::Moved(_) | Figure::Standing(..) => {}
            Figure::Answered(_, wait) => {
                self.answered += times;
                *self.waits.entry(wait).or_default() += times;
            }
        }
    }

    /// The time within which this share of the waiting customers got an answer, to 10 percent; none if nobody did. The
    /// share is between 0 and 1: 0.5 is the median.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
    pub fn answered_within(&self, share: f64) -> Option<Duration> {
        let wanted = self.answered as f64 * share;
        let mut so_far = 0;
        for (wait, times) in &self.waits {
            so_far += times;
            if so_far as f64 >= wanted {
                return Some(wait.middle());
            }
        }
        None
    }
}

/// What was counted in a span, by day, channel, user, source and stage.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The whole span.
    pub total: Counts,
    /// Each day, also where nothing happened.
    pub days: Vec<(Day, Counts)>,
    /// Each channel on which something happened.
    pub channels: BTreeMap<ChannelId, Counts>,
    /// Each user who sent something, or had a conversation that was answered.
    pub users: BTreeMap<UserId, Counts>,
    /// New leads by source.
    pub sources: BTreeMap<Source, i64>,
    /// Leads that moved to a stage.
    pub stages: BTreeMap<Stage, i64>,
}

impl Report {
    /// The report over `span` of what was counted in its half hours.
    #[must_use]
    pub fn over(span: &Span, counted: &[(HalfHour, Tally)]) -> Self {
        let mut report = Self::default();
        let mut days: BTreeMap<Date, Counts> = span.days().map(|day| (day, Counts::default())).collect();
        for (half_hour, tally) in counted {
            let mut day = days.get_mut(&day_of(half_hour.begins(), &span.zone));
            for (figure, times) in tally.iter() {
                report.total.add(figure, times);
                if let Some(day) = &mut day {
                    day.add(figure, times);
                }
                report.add_to_parts(figure, times);
            }
        }
        Self { days: days.into_iter().map(|(day, counts)| (Day(day), counts)).collect(), ..report }
    }

    fn add_to_parts(&mut self, figure: Figure, times: i64) {
        match figure {
            Figure::Received(channel)
            | Figure::Delivered(channel)
            | Figure::Read(channel)
            | Figure::Failed(channel) => {
                self.channels.entry(channel).or_default().add(figure, times);
            }
            Figure::Sent(channel, sender) => {
                self.channels.entry(channel).or_default().add(figure, times);
                if let Sender::User(user) = sender {
                    self.users.entry(user).or_default().add(figure, times);
                }
            }
            Figure::Answered(Some(user), _) => self.users.entry(user).or_default().add(figure, times),
            Figure::Answered(None, _) | Figure::Standing(..) => {}
            Figure::NewLead(source) => *self.sources.entry(source).or_default() += times,
            Figure::Moved(stage) => *self.stages.entry(stage).or_default() += times,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(first: &str, last: &str, zone: &str) -> Result<Span, InvalidSpan> {
        Span::new(first.parse()?, last.parse()?, &TimeZone::parse(zone).unwrap())
    }

    fn at(text: &str) -> HalfHour {
        HalfHour::containing(Timestamp::parse(text).unwrap())
    }

    #[test]
    fn a_span_is_refused_where_it_cannot_be_read_or_is_too_long() {
        assert_eq!(span("2026-11-31", "2026-12-01", "UTC").unwrap_err(), InvalidSpan::NotADate);
        assert_eq!(span("2026-11-30", "2026-11-29", "UTC").unwrap_err(), InvalidSpan::EndsBeforeItBegins);
        assert_eq!(span("2016-01-01", "2026-01-01", "UTC").unwrap_err(), InvalidSpan::TooLong);
        assert!(span("2024-01-01", "2024-12-31", "UTC").is_ok());
    }

    #[test]
    fn days_begin_at_the_zones_midnight_also_over_a_change_of_its_clocks() {
        let day = span("2026-11-30", "2026-11-30", "Asia/Kolkata").unwrap().half_hours();
        assert_eq!(day, at("2026-11-29T18:30:00Z")..at("2026-11-30T18:30:00Z"));
        let longer = span("2026-10-25", "2026-10-25", "Europe/Berlin").unwrap().half_hours();
        assert_eq!(longer, at("2026-10-24T22:00:00Z")..at("2026-10-25T23:00:00Z"));
    }

    #[test]
    fn the_span_before_has_the_same_length_and_ends_where_this_one_begins() {
        let before = span("2026-11-24", "2026-11-30", "UTC").unwrap().before();
        assert_eq!((before.first().to_string(), before.last().to_string()), ("2026-11-17".into(), "2026-11-23".into()));
    }

    #[test]
    fn a_report_counts_each_figure_in_its_day_and_for_its_channel_and_user() {
        let zero = Timestamp::from_seconds(1_790_000_000);
        let channel = ChannelId::from_parts(zero, 1);
        let user = UserId::from_parts(zero, 2);
        let mut first = Tally::default();
        first.add(Figure::Received(channel), 3);
        first.add(Figure::NewLead(Source::WhatsApp), 2);
        let mut second = Tally::default();
        second.add(Figure::Sent(channel, Sender::User(user)), 2);
        second.add(Figure::Moved(Stage::Won), 1);
        second.add(Figure::Moved(Stage::Qualified), 4);
        for (seconds, times) in [(60, 8), (3_600, 2)] {
            second.add(Figure::Answered(Some(user), Wait::class_of(Duration::from_secs(seconds))), times);
        }
        let span = span("2026-11-29", "2026-11-30", "Asia/Kolkata").unwrap();
        let counted = [(at("2026-11-29T18:00:00Z"), first), (at("2026-11-29T18:30:00Z"), second)];
        let report = Report::over(&span, &counted);
        let days: Vec<_> =
            report.days.iter().map(|(day, counts)| (day.to_string(), counts.received, counts.sent)).collect();
        assert_eq!(days, [("2026-11-29".to_owned(), 3, 0), ("2026-11-30".to_owned(), 0, 2)]);
        assert_eq!((report.total.new_leads, report.total.won, report.stages[&Stage::Qualified]), (2, 1, 4));
        assert_eq!((report.channels[&channel].received, report.channels[&channel].sent), (3, 2));
        let seconds = |share| report.users[&user].answered_within(share).map(|time| time.as_secs());
        assert!(seconds(0.5).is_some_and(|time| (54..66).contains(&time)), "{:?}", seconds(0.5));
        assert!(seconds(0.9).is_some_and(|time| (3_240..3_960).contains(&time)), "{:?}", seconds(0.9));
        assert_eq!(Counts::default().answered_within(0.5), None);
    }
}
