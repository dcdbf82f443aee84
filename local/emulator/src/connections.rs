//! API Gateway's management API as far as it is called: a frame to a WebSocket connection, and the end of one. What
//! is sent to a connection is read here at its other side.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// What the paths of the management API have before a connection's name.
pub(crate) const PATH: &str = "/@connections/";

/// What reaches the other side of a connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sent {
    /// A frame of text.
    Frame(String),
    /// The end.
    Close,
}

/// Every connection that is open. Clones share them.
#[derive(Clone, Debug, Default)]
pub struct Connections {
    open: Arc<Mutex<BTreeMap<String, UnboundedSender<Sent>>>>,
    /// Posts fail while this is set: as where API Gateway throttles.
    failing: Arc<Mutex<bool>>,
}

impl Connections {
    /// A connection is up; what is sent to it comes out here.
    #[must_use]
    pub fn open(&self, id: &str) -> UnboundedReceiver<Sent> {
        let (sender, receiver) = unbounded_channel();
        self.lock().insert(id.to_owned(), sender);
        receiver
    }

    /// A connection is over.
    pub fn forget(&self, id: &str) {
        self.lock().remove(id);
    }

    /// Whether posts fail from now on, although their connections are there.
    pub fn fail(&self, failing: bool) {
        *self.failing.lock().unwrap_or_else(PoisonError::into_inner) = failing;
    }

    /// Answers a call: the status, and the error's name if it is one.
    pub(crate) fn answer(&self, method: &str, id: &str, body: &str) -> (u16, Option<&'static str>) {
        let failing = *self.failing.lock().unwrap_or_else(PoisonError::into_inner);
        let mut open = self.lock();
        let Some(sender) = open.get(id) else { return (410, Some("GoneException")) };
        match method {
            "POST" if failing => (429, Some("LimitExceededException")),
            "POST" => {
                let _ = sender.send(Sent::Frame(body.to_owned()));
                (200, None)
            }
            "DELETE" => {
                let _ = sender.send(Sent::Close);
                open.remove(id);
                (204, None)
            }
            _ => (400, Some("UnknownOperationException")),
        }
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, UnboundedSender<Sent>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
