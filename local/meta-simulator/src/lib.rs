//! A simulator of Meta's WhatsApp Cloud API, for the local stack and for tests.
//!
//! It plays Meta and the customer: a Graph API that accepts sends with Meta's answers and errors,
//! signed webhooks that are retried until they are answered with 200, and a page on which one *is* the customer.
//! It shares no code with the client that it judges.
//!
//! Every accepted send is committed before it is answered, also where a fault then loses the answer:
//! [`Simulator::sends`] is therefore the proof that nothing was sent twice.

mod config;
mod control;
mod conversation;
mod dice;
mod envelope;
mod error;
mod graph;
mod graph_error;
mod inbound;
mod inspect;
mod limits;
mod numbers;
mod outbox;
mod page;
mod payments;
mod people;
mod posted;
mod router;
mod rules;
mod settings;
mod signup;
mod simulator;
mod statuses;
mod storage;
mod templates;
mod tokens;
mod transport;
mod wamid;

pub use config::{Config, Database};
pub use conversation::{Conversation, Reaction, Turn};
pub use envelope::{escape, sign};
pub use error::Error;
pub use inbound::{CallEnd, Called, CustomerCall, CustomerMessage, Kind, Received};
pub use inspect::{SendRecord, Ticks, WebhookRecord};
pub use numbers::BusinessNumber;
pub use outbox::Delivered;
pub use payments::Payment;
pub use people::{Invent, Person, PersonChange};
pub use settings::{Fault, FaultMode, MediaFault, Settings, Weather, WindowCheck};
pub use signup::{APP_ID, CONFIG_ID};
pub use simulator::Simulator;
pub use tokens::{AccessToken, TokenWish};
pub use transport::{HttpTransport, Reply, Transport, WebhookRequest};
