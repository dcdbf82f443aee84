//! Sends what is queued: decides at the moment of dispatch, claims before it calls, and never posts twice. Read receipts
//! and the typing indicator go the same way, and so do checks of a number; a repetition of them does no harm.

mod budgets;
mod checks;
mod dispatch;
mod files;
mod price;
mod signals;
mod token;

use aws_lambda_events::sqs::{SqsBatchResponse, SqsEvent};
use domain::Secret;
use domain::access::rates::Limit;
use encryption::Encryptor;
use queue::Queue;
use runtime::{Clock, Keyring, MetaSecrets, Random};
use std::sync::Arc;
use std::time::Duration;
use store::Store;

/// What one business posts: sixty at once, and then twenty a second, a third of what all workers of the template post
/// together. It is also what one business may ask for.
pub const SHARE: Limit = Limit::new(20, Duration::from_secs(1), 60);

/// What the function works with.
#[derive(Debug)]
pub struct Deps {
    /// Where the messages stand.
    pub store: Store,
    /// The queue that they come from.
    pub queue: Queue,
    /// The queue of `jobs`, which take files to WhatsApp.
    pub jobs: Queue,
    /// The time by which is decided.
    pub clock: Arc<dyn Clock>,
    /// Names of dispatches.
    pub random: Arc<dyn Random>,
    /// The Graph API.
    pub graph: whatsapp::Client,
    /// The token by which it is called for channels that have none of their own.
    pub keyring: Keyring<MetaSecrets>,
    /// What one business posts.
    pub share: Limit,
    /// Opens the tokens of those that have.
    pub encryptor: Encryptor,
    /// Encrypts the names that we give to sends, by which their statuses find them.
    pub token_key: Secret,
}

/// Deals with a batch, and answers which messages are to come again.
pub async fn handle(deps: &Deps, event: SqsEvent) -> SqsBatchResponse {
    queue::consume(&deps.queue, event, |record| dispatch::dispatch(deps, record)).await
}
