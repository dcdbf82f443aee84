//! What Leadwire knows about leads, conversations, messages and sending, as pure data and decisions.
//!
//! Nothing here reads a clock, draws a random number, or speaks to AWS or HTTP: time and ids come in
//! as arguments, decisions go out as values.

pub mod access;
pub mod activities;
pub mod actors;
pub mod backoff;
pub mod channels;
pub mod characters;
pub mod crm;
pub mod digest;
pub mod direction;
pub mod identities;
pub mod ids;
pub mod inbox;
pub mod insight;
pub mod limits;
pub mod outreach;
pub mod personal;
pub mod phone;
pub mod signed_token;
pub mod stages;
pub mod string_enum;
pub mod time;
pub mod wamid;

pub use access::visibility::Assignee;
pub use actors::Actor;
pub use backoff::Backoff;
pub use direction::Direction;
pub use identities::{Bsuid, Customer, Identity};
pub use ids::{
    CampaignId, ChannelId, ConversationId, HistoryId, LeadId, MediaId, MessageId, PhoneSessionId, Taken, TemplateId,
    TenantId, UserId,
};
pub use inbox::content::Content;
pub use inbox::outbound_content::OutboundContent;
pub use personal::{Secret, Text};
pub use phone::Phone;
pub use time::Timestamp;
pub use wamid::{PhoneNumberId, Wamid};
