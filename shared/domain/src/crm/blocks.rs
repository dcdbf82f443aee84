//! Blocked customers: nothing is sent to them, what they still write is stored out of sight, and WhatsApp is asked to block
//! them too.

use crate::actors::Actor;
use crate::personal::Text;
use crate::string_enum::string_enum;
use crate::time::Timestamp;
use std::time::Duration;

/// The pause before WhatsApp is asked again.
pub const PAUSE: Duration = Duration::from_secs(60);

/// How often WhatsApp is asked.
pub const MOST_TRIES: u32 = 5;

string_enum! {
    /// What WhatsApp did about it.
    AtWhatsapp {
        /// WhatsApp is still to be asked.
        Pending = "pending",
        /// WhatsApp did it.
        Done = "done",
        /// WhatsApp refused: it blocks only users who wrote within the last 24 hours.
        Refused = "refused",
    }
}

/// Whether a lead is blocked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Whether it is blocked, or was unblocked.
    pub blocked: bool,
    /// By whom.
    pub by: Actor,
    /// When.
    pub at: Timestamp,
    /// What WhatsApp did about it.
    pub at_whatsapp: AtWhatsapp,
    /// WhatsApp's words, if it refused.
    pub reason: Option<Text>,
}
