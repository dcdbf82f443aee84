//! Tests of the whole system, through its public edges. One program: each more would link all of the product again.
//! What looks at everything that a process says (`canary`) is one of its own.

mod abuse;
mod answering;
mod audit;
mod calls;
mod content;
mod elsewhere;
mod event_files;
mod first_contact;
mod identities;
mod inbox;
mod letters;
mod limits;
mod order;
mod overtaking;
mod own_tokens;
mod poison;
mod promises;
mod realtime;
mod receipts;
mod runbook;
mod shares;
mod signed_out;
mod sweeper;
mod tidy;
mod triggers;
mod watched;
mod webhook;
mod whatsapp_webhooks;
