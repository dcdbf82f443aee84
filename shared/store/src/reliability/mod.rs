//! What keeps the promises: due work, what waits, what is set aside, what is tried again, and the stream.

pub mod attempts;
pub mod counted;
pub mod due;
pub(crate) mod due_rank;
pub mod happened;
pub mod idempotency;
pub mod orphans;
pub mod parked;
pub mod stream;
