//! Accepting a message to be sent: what is asked, to whom it goes, and the steps by which it is written down.
//!
//! Whether it goes out, and how often it is tried, is decided at dispatch, by `outbound`.

pub(crate) mod accept;
pub(crate) mod content;
pub(crate) mod place;
pub(crate) mod prefer;
pub(crate) mod price;
pub(crate) mod quote_request;
pub(crate) mod request;
pub(crate) mod start;
pub(crate) mod templates;
