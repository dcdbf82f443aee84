//! What AWS Lambda does around a function: it receives from a queue or reads a stream, invokes, and settles.

mod checkpoint;
mod queue;
mod stream;

pub use checkpoint::{CheckpointError, Checkpoints};
pub use queue::{Polled, QueueSource};
pub use stream::{Pumped, StreamError, StreamSource};

use futures::FutureExt as _;
use std::fmt::Display;
use std::panic::AssertUnwindSafe;
use std::time::Duration;
use tokio::sync::watch;

/// Tells running sources to stop: when it says [`Running::Stop`], or when its sender is gone.
pub type Shutdown = watch::Receiver<Running>;

/// Whether sources go on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Running {
    /// Go on.
    #[default]
    Go,
    /// Finish the invocation at hand and return.
    Stop,
}

/// Whether a source should return.
fn stopped(shutdown: &Shutdown) -> bool {
    *shutdown.borrow() == Running::Stop || shutdown.has_changed().is_err()
}

/// Waits until `changed` signals, `pause` is over or `shutdown` stops the source.
async fn rest(changed: &mut watch::Receiver<u64>, pause: Duration, shutdown: &mut Shutdown) {
    tokio::select! {
        // A signal whose sender is gone is no signal: the pause bounds the wait.
        Ok(()) = changed.changed() => {}
        () = tokio::time::sleep(pause) => {}
        _ = shutdown.wait_for(|running| *running == Running::Stop) => {}
    }
}

/// Invokes a handler; an error and a panic are the same failure, as on AWS, where both end the invocation.
async fn invoke<T, E: Display>(function: &str, answer: impl Future<Output = Result<T, E>>) -> Option<T> {
    match AssertUnwindSafe(answer).catch_unwind().await {
        Ok(Ok(answer)) => Some(answer),
        Ok(Err(error)) => {
            tracing::warn!(function, %error, "the invocation failed");
            None
        }
        Err(_) => {
            tracing::error!(function, "the invocation panicked");
            None
        }
    }
}
