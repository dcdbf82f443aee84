//! A whole Leadwire in memory, with a Meta to talk to and a clock that tests move: acted on through its public
//! edges alone, worked off until nothing is left to do.

#![expect(clippy::expect_used, reason = "a test that cannot be set up has to end")]

mod app;
pub mod between;
pub mod bodies;
pub mod browser;
mod bucket;
mod dead;
pub mod files;
mod ids;
mod items;
mod page;
mod picture;
pub mod receiver;
mod reply;
pub mod wire;

pub use app::{Answer, NOW, TestApp, account, ask, delivery, forget_stream, request, secret, secrets, sign_in, token};
pub use bodies::Sender;
pub use browser::{Browser, Colleague};
pub use bucket::Fetched;
pub use ids::CountingRandom;
pub use items::{Items, scan};
pub use meta_simulator::{CustomerMessage, Fault, FaultMode, Invent, Kind, MediaFault, Person, Settings, WindowCheck};
pub use page::Page;
pub use reply::Reply;
pub use wire::{Turn, Wire};

use std::path::{Path, PathBuf};

/// The folder of real events.
#[must_use]
pub fn events() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../events")
}

/// The event in the file `path` of that folder.
#[must_use]
pub fn event(path: &str) -> String {
    std::fs::read_to_string(events().join(path)).expect("the event's file can be read")
}
