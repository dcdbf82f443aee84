//! Shows that no fault breaks a promise. Every call that a function makes, to the database, a queue, SES or Meta, goes
//! through one place; there each is befallen by everything that can befall it, one at a time and two at a time, and
//! after each run the same things have to hold. The functions are the product's own, over the embedded services.
//!
//! A second business stands in every world, with customers who have the phones of ours. It must stay as it was, byte for
//! byte, unless the story has something happen there too.
//!
//! What befalls two runs differently may leave them in the same state, and from there they go on alike: of schedules
//! that are equal so, one is run (`course`, `states`). A test runs some both ways. Those that are run part from one another
//! where they begin to differ, as processes do (`parting`, `children`).
//!
//! [`scenarios`] tells what happens outside, [`calls`] what can befall a call, [`invariants`] what has to hold, and
//! [`variants`] what the suite has to notice lest it prove nothing.

#![expect(clippy::expect_used, reason = "a world that cannot be made has to end the run")]
#![expect(clippy::panic, reason = "as above")]

/// A run allocates much and computes little: this one takes a fifth less time over it than the system's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

mod aws;
pub mod calls;
mod children;
mod course;
pub mod customer;
mod due;
pub mod explore;
pub mod explored;
mod ids;
pub mod invariants;
mod items;
pub mod kept;
pub mod meta;
mod parting;
mod picture;
mod post;
pub mod random;
mod replica;
pub mod report;
mod requests;
pub mod scenarios;
mod states;
mod template;
pub mod variants;
mod workers;
pub mod world;

pub use template::Template;
pub use variants::Variant;
pub use workers::Workers;
pub use world::World;
