//! Frames to browsers that are connected: one door to the management API of our own WebSocket API, and one way to deliver
//! a batch. A connection that cannot be served is closed, so that its browser connects again and reads everything. What
//! is in a frame is not known here.

mod deliver;
mod transport;

pub use deliver::{Courier, Delivery};
pub use transport::{Push, PushError};
