//! The one access to DynamoDB: the table, its keys, and how items are read and written.

pub mod client;
pub(crate) mod encoding;
pub mod error;
pub(crate) mod expression;
pub(crate) mod item;
pub mod keys;
pub mod page;
pub(crate) mod query;
pub mod schema;
