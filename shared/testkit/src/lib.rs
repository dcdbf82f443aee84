//! A whole Leadwire in memory, with a Meta to talk to and a clock that tests move: acted on through its public
//! edges alone, worked off until nothing is left to do.

#![expect(clippy::expect_used, reason = "a test that cannot be set up has to end")]

mod app;
mod ids;
mod reply;

pub use app::{Answer, NOW, TestApp};
pub use ids::CountingIds;
pub use meta_simulator::{CustomerMessage, Invent, Kind, Knobs, Person};
pub use reply::Reply;

use std::path::{Path, PathBuf};

/// The folder of real events.
#[must_use]
pub fn events() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../events")
}
