//! The letters that we owe people, sent as e-mails through SES: one place that drives a letter, whoever found it due,
//! and one door to the mail service. It does not know why a letter is owed.

mod letters;
mod transport;

pub use letters::Letters;
pub use transport::{Mail, MailError};
