//! How a batch of frames is delivered: to all connections side by side, the tenants in turn, within a fixed time.

use crate::transport::{Push, PushError};
use domain::inbox::realtime::{Closing, Connection};
use domain::{TenantId, Timestamp};
use futures::StreamExt;
use std::collections::VecDeque;
use std::time::Duration;
use store::Store;
use tokio::time::{Instant, sleep, timeout, timeout_at};

/// How long one batch may take. What is not served by then is closed.
const BUDGET: Duration = Duration::from_millis(500);

/// How many connections are posted to at a time.
const AT_ONCE: usize = 64;

/// How often, and after which pause, a connection is tried again whose handshake may not be over.
const HANDSHAKE_PAUSES: u32 = 3;
const HANDSHAKE_PAUSE: Duration = Duration::from_millis(100);

/// Delivers frames.
#[derive(Clone, Debug)]
pub struct Courier {
    /// Where the connections stand.
    pub store: Store,
    /// The way to them.
    pub push: Push,
}

/// Frames for one connection, in their order.
#[derive(Clone, Debug)]
pub struct Delivery {
    /// Whose connection it is.
    pub tenant: TenantId,
    /// The connection.
    pub connection: Connection,
    /// The frames, as they go over the wire.
    pub frames: Vec<String>,
    /// Why the connection ends after them; none if it stays.
    pub closing: Option<Closing>,
}

/// How a delivery ended.
enum Outcome {
    Served,
    /// The connection is not there, and its handshake is over.
    Gone,
    /// It is there and could not be served, or has to end.
    Ends,
}

impl Courier {
    /// Delivers a batch at `now`. It takes half a second at most, and as long again to close what was not served.
    /// Nothing fails here: a frame is a hint, and a browser that missed one connects again and reads.
    pub async fn deliver(&self, deliveries: Vec<Delivery>, now: Timestamp) {
        let deadline = Instant::now() + BUDGET;
        let served = futures::stream::iter(in_turn(deliveries)).map(|delivery| async move {
            let outcome = timeout_at(deadline, self.serve(&delivery, now)).await.unwrap_or(Outcome::Ends);
            (delivery, outcome)
        });
        let outcomes: Vec<_> = served.buffer_unordered(AT_ONCE).collect().await;
        let unserved =
            outcomes.iter().filter(|(one, outcome)| matches!(outcome, Outcome::Ends) && one.closing.is_none());
        let unserved = unserved.count();
        if unserved > 0 {
            tracing::warn!(metric.connections_unserved = unserved, "closed connections that could not be served");
        }
        let over = outcomes.into_iter().filter(|(_, outcome)| !matches!(outcome, Outcome::Served));
        let ends = futures::stream::iter(over).map(|(delivery, outcome)| async move {
            let _ = timeout(BUDGET, self.end(&delivery, &outcome)).await;
        });
        ends.buffer_unordered(AT_ONCE).collect::<()>().await;
    }

    async fn serve(&self, delivery: &Delivery, now: Timestamp) -> Outcome {
        let mut frames = delivery.frames.iter().peekable();
        let mut pauses = HANDSHAKE_PAUSES;
        while let Some(frame) = frames.peek() {
            match self.push.post(&delivery.connection.id, frame).await {
                Ok(()) => drop(frames.next()),
                // Its browser reads everything once the handshake is over, and waits for its greeting.
                Err(PushError::Gone) if delivery.connection.is_new(now) && pauses > 0 => {
                    pauses -= 1;
                    sleep(HANDSHAKE_PAUSE).await;
                }
                Err(PushError::Gone) if delivery.connection.is_new(now) => return Outcome::Served,
                Err(PushError::Gone) => return Outcome::Gone,
                Err(error @ PushError::Unserved(_)) => {
                    tracing::debug!(%error, "a frame did not go out");
                    return Outcome::Ends;
                }
            }
        }
        if delivery.closing.is_some() { Outcome::Ends } else { Outcome::Served }
    }

    /// Forgets a connection, and closes it where it is there.
    async fn end(&self, delivery: &Delivery, outcome: &Outcome) {
        let id = &delivery.connection.id;
        let forget = self.store.tenant(delivery.tenant).remove_connection(id);
        let close = async {
            match outcome {
                Outcome::Ends => self.push.close(id).await,
                Outcome::Gone | Outcome::Served => Ok(()),
            }
        };
        let (forgotten, closed) = tokio::join!(forget, close);
        if let Err(error) = forgotten {
            tracing::warn!(%error, "a connection is not forgotten yet");
        }
        if let Err(error @ PushError::Unserved(_)) = closed {
            tracing::warn!(%error, "a connection is not closed yet");
        }
    }
}

/// The deliveries with those of each tenant behind the first of every other: no business waits for a large one.
fn in_turn(deliveries: Vec<Delivery>) -> Vec<Delivery> {
    let mut queues: VecDeque<VecDeque<Delivery>> = VecDeque::new();
    for delivery in deliveries {
        match queues.iter_mut().find(|queue| queue.front().is_some_and(|first| first.tenant == delivery.tenant)) {
            Some(queue) => queue.push_back(delivery),
            None => queues.push_back(VecDeque::from([delivery])),
        }
    }
    let mut turn = Vec::new();
    while let Some(mut queue) = queues.pop_front() {
        turn.extend(queue.pop_front());
        if !queue.is_empty() {
            queues.push_back(queue);
        }
    }
    turn
}
