//! Leadwire beside a backend on Express and MariaDB that does the same job: the same signed webhooks on the same
//! machine in one run, first to see how fast each answers and what that costs, then what is left after `kill -9`.
//!
//! It knows both from outside: their command lines, their HTTP, and what `/proc` tells of them. Of Leadwire it also
//! looks whether the queue is empty, to know when all is stored.

#![expect(clippy::unwrap_used, reason = "a comparison that cannot go on has to end")]

pub mod drive;
pub mod figures;
pub mod kills;
pub mod load;
pub mod page;
pub mod plot;
pub mod process;
pub mod speed;
pub mod systems;
