//! The functions at work. Each runs until it ends, dies, or hangs in a call. Nothing but a call or a password's hash makes
//! it wait.

use crate::calls::{Calls, Function};
use futures::future::BoxFuture;
use futures::task::{ArcWake, waker};
use leadwire::stack::Trigger;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::Value;
use std::fmt;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

/// A hash takes tens of milliseconds, on another thread.
const LONGEST_HASH: Duration = Duration::from_secs(60);

/// The result of an invocation.
#[derive(Debug)]
pub(crate) enum Done {
    /// The request of this number was answered.
    Answered { id: usize, status: u16, json: Value },
    /// A trigger invoked its function; true if the function made progress.
    Pulled(bool),
}

/// How far an invocation got.
enum Progress {
    /// It made a call, and others may run first.
    Stepped,
    Ended(Done),
    Died,
    Hangs,
}

/// One invocation.
pub(crate) struct Work {
    function: Function,
    /// None for a request from outside.
    trigger: Option<Trigger>,
    future: BoxFuture<'static, Done>,
    woken: Arc<Woken>,
}

impl fmt::Debug for Work {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Work").field(&self.function).finish()
    }
}

#[derive(Debug, Default)]
struct Woken(Mutex<bool>, Condvar);

impl Woken {
    /// Whether it was woken since the last question.
    fn take(&self) -> bool {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Waits until it is woken. False if that takes longer than any hash.
    fn wait(&self) -> bool {
        let woken = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.1.wait_timeout_while(woken, LONGEST_HASH, |woken| !std::mem::take(woken));
        !waited.unwrap_or_else(PoisonError::into_inner).1.timed_out()
    }
}

impl ArcWake for Woken {
    fn wake_by_ref(arc_self: &Arc<Self>) {
        *arc_self.0.lock().unwrap_or_else(PoisonError::into_inner) = true;
        arc_self.1.notify_all();
    }
}

impl Work {
    pub(crate) fn requested(function: Function, future: BoxFuture<'static, Done>) -> Self {
        Self { function, trigger: None, future, woken: Arc::default() }
    }

    pub(crate) fn triggered(trigger: Trigger, future: BoxFuture<'static, Done>) -> Self {
        Self { function: trigger.into(), trigger: Some(trigger), future, woken: Arc::default() }
    }

    /// Runs until it lets others run first.
    fn advance(&mut self, calls: &Calls) -> Progress {
        let invocation = Arc::as_ptr(&self.woken).addr();
        calls.begin(self.function, invocation);
        let waker = waker(Arc::clone(&self.woken));
        match self.future.as_mut().poll(&mut Context::from_waker(&waker)) {
            Poll::Ready(done) => Progress::Ended(done),
            Poll::Pending if calls.take_crash() => Progress::Died,
            Poll::Pending if self.woken.take() => Progress::Stepped,
            Poll::Pending if calls.hang(invocation) => Progress::Hangs,
            Poll::Pending => {
                assert!(self.woken.wait(), "a function waits for something that is neither a call nor a hash");
                Progress::Stepped
            }
        }
    }
}

/// The functions that have not ended.
#[derive(Debug)]
pub(crate) struct Workers {
    /// How many run at a time.
    most: usize,
    dice: StdRng,
    active: Vec<Work>,
    hanging: Vec<Work>,
    /// Whether the others had their time while those that hang were waiting.
    waited: bool,
}

impl Workers {
    /// One function after the other.
    pub(crate) fn single() -> Self {
        Self::alternating(1, StdRng::seed_from_u64(0))
    }

    /// At most so many functions at a time; before each call the dice choose which one runs.
    pub(crate) const fn alternating(most: usize, dice: StdRng) -> Self {
        Self { most, dice, active: Vec::new(), hanging: Vec::new(), waited: false }
    }

    pub(crate) const fn alternate(&self) -> bool {
        self.most > 1
    }

    /// Whether `trigger` may invoke its function: a stream has one invocation at a time.
    pub(crate) fn may_pull(&self, trigger: Trigger) -> bool {
        let busy = || self.active.iter().chain(&self.hanging).any(|work| work.trigger == Some(trigger));
        match trigger {
            Trigger::Relay | Trigger::Changes => !busy(),
            Trigger::Inbound | Trigger::Outbound | Trigger::Jobs | Trigger::Schedule => true,
        }
    }

    /// Begins `work`, and gives the results that came meanwhile.
    pub(crate) fn begin(&mut self, work: Work, calls: &Calls) -> Vec<Done> {
        self.active.push(work);
        self.run(self.most - 1, calls)
    }

    /// Runs all to their ends, except those that hang.
    pub(crate) fn finish(&mut self, calls: &Calls) -> Vec<Done> {
        self.run(0, calls)
    }

    fn run(&mut self, until: usize, calls: &Calls) -> Vec<Done> {
        let mut done = Vec::new();
        while self.active.len() > until {
            let next = if self.active.len() > 1 { self.dice.random_range(0..self.active.len()) } else { 0 };
            let progress = self.active[next].advance(calls);
            if matches!(progress, Progress::Stepped) {
                continue;
            }
            let work = self.active.swap_remove(next);
            match progress {
                Progress::Stepped | Progress::Died => {}
                Progress::Ended(ended) => done.push(ended),
                Progress::Hangs => {
                    self.hanging.push(work);
                    self.waited = false;
                }
            }
        }
        done
    }

    /// Whether any runs that does not hang.
    pub(crate) fn are_busy(&self) -> bool {
        !self.active.is_empty()
    }

    pub(crate) fn hang(&self) -> bool {
        !self.hanging.is_empty()
    }

    /// Whether the others had their time while those that hang were waiting; from now on they had.
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
