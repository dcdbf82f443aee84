//! Which way a message went.

use crate::words::words;

words! {
    /// Which way a message went.
    Direction {
        /// From the customer.
        In = "inbound",
        /// From the business.
        Out = "outbound",
    }
}
