//! What takes place with a customer outside WhatsApp.

use crate::string_enum::string_enum;

string_enum! {
    /// Something that took place outside WhatsApp.
    ActivityKind {
        /// A phone call.
        Call = "call",
        /// An email.
        Email = "email",
        /// A meeting.
        Meeting = "meeting",
    }
}
