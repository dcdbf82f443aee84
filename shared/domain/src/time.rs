//! Points in time, in milliseconds since 1970, and how they are written for people.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::time::Duration;

/// A point in time: milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "i64", into = "i64")]
pub struct Timestamp(i64);

/// The last millisecond that can be written as a calendar date (9999-12-31).
const LATEST: i64 = 253_402_207_200_000 - 1;

impl Timestamp {
    /// The point `millis` milliseconds after 1970; values outside years 1970 to 9999 are clamped.
    #[must_use]
    pub const fn from_millis(millis: i64) -> Self {
        if millis < 0 {
            Self(0)
        } else if millis > LATEST {
            Self(LATEST)
        } else {
            Self(millis)
        }
    }

    /// The point `seconds` seconds after 1970, clamped like [`Self::from_millis`].
    #[must_use]
    pub const fn from_seconds(seconds: i64) -> Self {
        Self::from_millis(seconds.saturating_mul(1000))
    }

    /// Reads a time in ISO 8601 with its offset, such as 2026-09-21T14:13:20Z; none if it is not that.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let at: jiff::Timestamp = text.parse().ok()?;
        Some(Self::from_millis(at.as_millisecond()))
    }

    /// The date in UTC, such as 2026-09-21.
    #[must_use]
    pub fn date(self) -> String {
        self.to_string().chars().take_while(|c| *c != 'T').collect()
    }

    /// Milliseconds since 1970.
    #[must_use]
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// Whole seconds since 1970, rounded down.
    #[must_use]
    pub const fn seconds(self) -> i64 {
        self.0 / 1000
    }

    /// This point plus `duration`.
    #[must_use]
    pub fn plus(self, duration: Duration) -> Self {
        Self::from_millis(self.0.saturating_add(millis(duration)))
    }

    /// This point minus `duration`, not before 1970.
    #[must_use]
    pub fn minus(self, duration: Duration) -> Self {
        Self::from_millis(self.0.saturating_sub(millis(duration)))
    }

    /// How long after `earlier` this point is; zero if it is not after it.
    #[must_use]
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(u64::try_from(self.0 - earlier.0).unwrap_or(0))
    }
}

impl From<i64> for Timestamp {
    fn from(millis: i64) -> Self {
        Self::from_millis(millis)
    }
}

impl From<Timestamp> for i64 {
    fn from(at: Timestamp) -> Self {
        at.millis()
    }
}

fn millis(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

/// ISO 8601 in UTC with milliseconds, as the API writes it.
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match jiff::Timestamp::from_millisecond(self.0) {
            Ok(at) => write!(f, "{at:.3}"),
            Err(_) => write!(f, "{}ms", self.0),
        }
    }
}

/// How far a place's clock is ahead of UTC at some point, in minutes. Negative in the west.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "i16", into = "i16")]
pub struct UtcOffset(i16);

/// The farthest that a clock is from UTC: a day in either direction is more than any place has.
const FARTHEST: i16 = 24 * 60;

impl UtcOffset {
    /// UTC itself.
    pub const UTC: Self = Self(0);

    /// So many minutes ahead of UTC; more than a day in either direction is clamped.
    #[must_use]
    pub fn from_minutes(minutes: i16) -> Self {
        Self(minutes.clamp(-FARTHEST, FARTHEST))
    }

    /// The calendar date of this place at `at`.
    #[must_use]
    pub fn date(self, at: Timestamp) -> Date {
        let seconds = i32::from(self.0) * 60;
        let offset = jiff::tz::Offset::from_seconds(seconds).unwrap_or(jiff::tz::Offset::UTC);
        let at = jiff::Timestamp::from_millisecond(at.millis()).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
        offset.to_datetime(at).date()
    }
}

impl From<i16> for UtcOffset {
    fn from(minutes: i16) -> Self {
        Self::from_minutes(minutes)
    }
}

impl From<UtcOffset> for i16 {
    fn from(offset: UtcOffset) -> Self {
        offset.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_with_the_clock_of_its_place() {
        let at = Timestamp::parse("2026-09-30T19:00:00Z").unwrap();
        let date = |minutes| UtcOffset::from_minutes(minutes).date(at).to_string();
        assert_eq!((date(0), date(330), date(-480)), ("2026-09-30".into(), "2026-10-01".into(), "2026-09-30".into()));
        assert_eq!(UtcOffset::from_minutes(i16::MAX).date(Timestamp::default()).to_string(), "1970-01-02");
    }

    #[test]
    fn a_time_from_outside_is_within_the_years_that_there_are() {
        let read = |json: &str| serde_json::from_str::<Timestamp>(json).unwrap();
        assert_eq!(read("1790000000000"), Timestamp::from_seconds(1_790_000_000));
        assert_eq!(read(&i64::MIN.to_string()), Timestamp::default());
        assert_eq!(read(&i64::MAX.to_string()).to_string(), "9999-12-30T21:59:59.999Z");
        assert_eq!(read(&i64::MAX.to_string()).since(read(&i64::MIN.to_string())).as_secs(), 253_402_207_199);
        assert_eq!(serde_json::to_string(&read("7")).unwrap(), "7");
    }
}
