//! Meta's rules of time: how long a window is open, where a month begins, and since when service messages are charged.

use domain::Timestamp;
use std::time::Duration;

/// How long a customer's message keeps the window open.
pub(crate) const WINDOW: Duration = Duration::from_secs(24 * 60 * 60);

/// From then on service messages are charged, and utility templates inside the window: 2026-10-01, in UTC.
pub(crate) const SERVICE_CHARGED: Timestamp = Timestamp::from_seconds(1_790_812_800);

/// The first moment of the month in which `now` lies, in UTC.
pub(crate) fn month_start(now: Timestamp) -> Timestamp {
    let start = jiff::Timestamp::from_millisecond(now.millis())
        .and_then(|at| at.to_zoned(jiff::tz::TimeZone::UTC).first_of_month()?.start_of_day());
    start.map_or(now, |start| Timestamp::from_millis(start.timestamp().as_millisecond()))
}
