//! The direction of a message.

use crate::string_enum::string_enum;

string_enum! {
    /// The direction of a message.
    Direction {
        /// From the customer.
        In = "inbound",
        /// From the business.
        Out = "outbound",
    }
}
