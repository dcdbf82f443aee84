//! What things cost: each operation in DynamoDB's units and in calls, a million of them and an idle month in dollars;
//! and how many instructions a start and an invocation take.
//!
//! The operations run through the product's own functions over the embedded services. [`meter`] stands between them and
//! AWS and adds up; the functions know nothing of it. [`model`] works the same units out from the items' sizes, so that
//! nobody's arithmetic is believed by itself. [`instructions`] runs the functions' own binaries under valgrind instead.

#![allow(missing_docs, reason = "where a name says it, a doc would repeat it")]
#![expect(clippy::expect_used, reason = "what cannot be measured has to end the run")]
#![expect(clippy::panic, reason = "as above")]

pub mod bodies;
pub mod bucket;
pub mod idle;
pub mod instructions;
pub mod meta;
pub mod meter;
pub mod model;
pub mod operations;
pub mod prices;
pub mod report;
pub mod world;

pub use meter::{Function, Meter, Spent};
pub use operations::{Cost, Operation};
pub use prices::Prices;
pub use world::World;
