//! What every message and status must have, and why one cannot be read.

use crate::json::Object;
use domain::{Timestamp, Wamid};

/// Why a message or a status cannot be read. What else may be wrong with one does not keep it from being read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// It is no JSON object.
    #[error("it is not an object")]
    NotAnObject,
    /// Its id is missing, or longer than any.
    #[error("its id is missing or too long")]
    Id,
    /// Its time is missing, or no number.
    #[error("its timestamp is missing or not a number")]
    Time,
    /// Nothing says who it is from.
    #[error("it does not name its sender")]
    Sender,
}

/// The id and the time of a message or status.
pub(crate) fn id_and_time(object: &Object<'_>) -> Result<(Wamid, Timestamp), Malformed> {
    let id = object.text("id").ok_or(Malformed::Id)?;
    let wamid = Wamid::parse(&id).map_err(|_| Malformed::Id)?;
    let number = object.integer("timestamp").ok_or(Malformed::Time)?;
    Ok((wamid, time(number)))
}

/// Cloud API: seconds since 1970. A number above 10^11 would be past the year 5100: it is milliseconds.
fn time(number: i64) -> Timestamp {
    const MOST_SECONDS: i64 = 100_000_000_000;
    if number > MOST_SECONDS { Timestamp::from_millis(number) } else { Timestamp::from_seconds(number) }
}
