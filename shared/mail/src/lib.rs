//! The one door to SES, by which our emails go out. It does not know why an email is owed.

mod transport;

pub use transport::{Mail, MailError};
