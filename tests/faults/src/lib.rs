//! Shows that no fault breaks a promise. Every call that a function makes, to the database, a queue, SES or Meta, goes
//! through one place. There each gets every fault that it can have, one or two in a run, and after each run the same
//! invariants have to hold. The functions are the product's own, over the embedded services.
//!
//! Every world has a second business, whose customers have the same phones as ours. Its items must not change, unless
//! the story concerns it too.
//!
//! [`scenarios`] has what happens outside, [`calls`] the faults of a call, `invariants` what has to hold, [`variants`]
//! the mistakes that the suite has to notice, and [`explore()`](explore::explore) runs the schedules.

#![expect(clippy::expect_used, reason = "a world that cannot be made has to end the run")]
#![expect(clippy::panic, reason = "as above")]

mod accounts;
mod aws;
pub mod bucket;
pub mod calls;
mod customer;
mod due;
pub mod explore;
mod invariants;
mod items;
mod jobs;
mod leads;
mod meta;
mod numbers;
mod picture;
pub mod random;
mod replica;
pub mod report;
mod requests;
pub mod scenarios;
mod template;
pub mod variants;
mod workers;
mod world;

pub use template::Template;
