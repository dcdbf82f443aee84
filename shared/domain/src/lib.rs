//! What Leadwire knows about leads, conversations, messages and sending, as pure data and decisions.
//!
//! Nothing here reads a clock, draws a random number, or speaks to AWS or HTTP: time and ids come in
//! as arguments, decisions go out as values.

pub mod actors;
pub mod audit;
pub mod cards;
pub mod channels;
pub mod characters;
pub mod content;
pub mod conversations;
pub mod digest;
pub mod direction;
pub mod history;
pub mod identities;
pub mod ids;
pub mod leads;
pub mod letters;
pub mod links;
pub mod orders;
pub mod permissions;
pub mod personal;
pub mod phone;
pub mod rates;
pub mod realtime;
pub mod seals;
pub mod second_factor;
pub mod sends;
pub mod sessions;
pub mod signals;
pub mod statuses;
pub mod tenants;
pub mod time;
pub mod users;
pub mod visibility;
pub mod wamid;
pub mod words;

pub use actors::Actor;
pub use content::Content;
pub use direction::Direction;
pub use identities::{Bsuid, Customer, Identity};
pub use ids::{ChannelId, ConversationId, HomeId, LeadId, MessageId, Taken, TenantId, UserId};
pub use personal::{Secret, Text};
pub use phone::Phone;
pub use time::Timestamp;
pub use visibility::Assignee;
pub use wamid::{PhoneNumberId, Wamid};
