//! Functions at work: each is run until it ends, dies, or hangs in a call. Nothing but a call can make it wait.

use crate::calls::Calls;
use domain::Timestamp;
use futures::future::BoxFuture;
use futures::task::{ArcWake, waker};
use leadwire::stack::Trigger;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::Value;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

/// What came of an invocation.
#[derive(Debug)]
pub(crate) enum Done {
    /// A request from outside was answered.
    Answered(usize, u16, Value),
    /// A trigger was pulled; whether its function got on with something.
    Pulled(bool),
}

/// How far an invocation got.
#[derive(Debug)]
enum Progress {
    /// It made a call; others may go first now.
    Stepped,
    Ended(Done),
    Died,
    Hangs,
}

/// One invocation.
pub(crate) struct Work {
    /// What invoked it, if it was no request.
    trigger: Option<Trigger>,
    since: Timestamp,
    future: BoxFuture<'static, Done>,
    woken: Arc<Woken>,
}

impl fmt::Debug for Work {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Work")
    }
}

#[derive(Debug, Default)]
struct Woken(AtomicBool);

impl ArcWake for Woken {
    fn wake_by_ref(arc_self: &Arc<Self>) {
        arc_self.0.store(true, Ordering::SeqCst);
    }
}

impl Work {
    pub(crate) fn new(trigger: Option<Trigger>, since: Timestamp, future: BoxFuture<'static, Done>) -> Self {
        Self { trigger, since, future, woken: Arc::default() }
    }

    /// Goes on until it lets others go first.
    fn advance(&mut self, calls: &Calls) -> Progress {
        calls.at_work(self.trigger, self.since);
        let waker = waker(Arc::clone(&self.woken));
        let poll = self.future.as_mut().poll(&mut Context::from_waker(&waker));
        match poll {
            Poll::Ready(done) => Progress::Ended(done),
            Poll::Pending if calls.take_crash() => Progress::Died,
            Poll::Pending if self.woken.0.swap(false, Ordering::SeqCst) => Progress::Stepped,
            Poll::Pending => {
                assert!(calls.holds(), "a function waits for something that is no call");
                Progress::Hangs
            }
        }
    }
}

/// The functions that are under way.
#[derive(Debug)]
pub struct Workers {
    /// How many there may be at a time.
    crew: usize,
    dice: StdRng,
    active: Vec<Work>,
    hanging: Vec<Work>,
    /// Whether those that hang have been waited for.
    waited: bool,
}

impl Workers {
    /// One after the other.
    #[must_use]
    pub fn single() -> Self {
        Self::crew(1, StdRng::seed_from_u64(0))
    }

    /// `crew` at a time, alternating at every call as the dice fall.
    #[must_use]
    pub const fn crew(crew: usize, dice: StdRng) -> Self {
        Self { crew, dice, active: Vec::new(), hanging: Vec::new(), waited: false }
    }

    /// Whether the functions alternate.
    pub(crate) const fn alternate(&self) -> bool {
        self.crew > 1
    }

    /// Whether `trigger` may be pulled: a stream invokes its function once at a time.
    pub(crate) fn may_pull(&self, trigger: Trigger) -> bool {
        let busy = || self.active.iter().chain(&self.hanging).any(|work| work.trigger == Some(trigger));
        match trigger {
            Trigger::Relay | Trigger::Changes => !busy(),
            Trigger::Inbound | Trigger::Outbound | Trigger::Schedule => true,
        }
    }

    /// Begins `work`, and gives what ended meanwhile.
    pub(crate) fn begin(&mut self, work: Work, calls: &Calls) -> Vec<Done> {
        self.active.push(work);
        self.go_on(self.crew - 1, calls)
    }

    /// Lets all that are under way come to their end, but for those that hang.
    pub(crate) fn finish(&mut self, calls: &Calls) -> Vec<Done> {
        self.go_on(0, calls)
    }

    fn go_on(&mut self, until: usize, calls: &Calls) -> Vec<Done> {
        let mut done = Vec::new();
        while self.active.len() > until {
            let next = if self.active.len() > 1 { self.dice.random_range(0..self.active.len()) } else { 0 };
            match self.active[next].advance(calls) {
                Progress::Stepped => {}
                Progress::Ended(ended) => {
                    self.active.swap_remove(next);
                    done.push(ended);
                }
                Progress::Died => {
                    self.active.swap_remove(next);
                }
                Progress::Hangs => {
                    let work = self.active.swap_remove(next);
                    self.hanging.push(work);
                    self.waited = false;
                }
            }
        }
        done
    }

    /// Whether any is under way that does not hang.
    pub(crate) fn are_busy(&self) -> bool {
        !self.active.is_empty()
    }

    /// Whether any hangs.
    pub(crate) fn hang(&self) -> bool {
        !self.hanging.is_empty()
    }

    /// Whether those that hang were waited for; from now on they were.
    pub(crate) fn wait(&mut self) -> bool {
        std::mem::replace(&mut self.waited, true)
    }

    /// Lets those that hang go on.
    pub(crate) fn resume(&mut self, calls: &Calls) -> Vec<Done> {
        calls.release();
        self.active.append(&mut self.hanging);
        self.finish(calls)
    }
}
