//! What WhatsApp charges for a message, before it is sent: Meta's rate cards as dated data, the market of a recipient, and
//! the rules by date that say what is free. What became of a message, and what it cost in the end, stands with the message.

pub mod cards;
pub mod markets;
pub mod money;
pub mod plan;
