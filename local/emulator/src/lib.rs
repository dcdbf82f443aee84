//! The AWS services that the handlers call, embedded, and the event sources that invoke the handlers.
//!
//! [`Emulator`] holds DynamoDB, SQS, a mailbox that takes what SES would send, and the connections of a WebSocket API, all
//! reached through the AWS SDK over an HTTP client that stays in the process; and a bucket of S3, reached by signed links.
//! [`source`] holds what AWS Lambda does around them: it polls queues, reads the table's stream and invokes handlers
//! with the events that Lambda would build. The local stack and the tests use the same code, the one on files and the
//! machine's clock, the other in memory and on a [`ManualClock`].
//!
//! Calls are answered on the calling task and block it for the few hundred microseconds that SQLite takes.

pub mod clock;
pub mod connections;
pub mod database;
mod emulator;
pub mod http;
pub mod mailbox;
mod names;
pub mod objects;
pub mod queue;
pub mod source;
mod sqlite;

pub use clock::ManualClock;
pub use connections::Connections;
pub use database::Database;
pub use emulator::{Emulator, OpenError};
pub use http::InProcess;
pub use mailbox::Mailbox;
pub use objects::Objects;
pub use queue::Queues;
