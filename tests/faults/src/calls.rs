//! The calls that functions make, and the faults that are injected into them.

use clap::ValueEnum;
use futures::channel::oneshot;
use leadwire::stack::Trigger;
use rand::RngExt;
use rand::rngs::StdRng;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A function of the product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
#[expect(missing_docs, reason = "the names of the functions")]
pub enum Function {
    Webhook,
    Api,
    Inbound,
    Relay,
    Outbound,
    Changes,
    Jobs,
    Schedule,
}

/// One call: who makes it, and every fault that it can have.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Call {
    pub(crate) function: Option<Function>,
    pub(crate) faults: &'static [Fault],
}

/// A fault of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// The function dies before the call takes effect.
    CrashBefore,
    /// The function dies after the call took effect, before it gets the answer.
    CrashAfter,
    /// The call fails and has no effect. For Meta, no connection is made.
    FailBefore,
    /// The call takes effect and its answer is lost.
    FailAfter,
    /// The service asks to slow down.
    Throttle,
    /// Another writer holds the same item.
    Conflict,
    /// The call hangs for longer than queue timeouts and leases while everything else goes on. Then it takes effect.
    Delay,
    /// The call takes effect twice: the client repeats it because the first answer was lost.
    Repeat,
    /// The answer is one second old.
    Stale,
    /// The first entry of a batch is accepted, the others are refused.
    Partial,
    /// The answer leaves open whether the call took effect. It did not.
    Unclear,
    /// The call takes effect and its answer cannot be parsed.
    Garbled,
}

impl From<Trigger> for Function {
    fn from(trigger: Trigger) -> Self {
        match trigger {
            Trigger::Inbound => Self::Inbound,
            Trigger::Outbound => Self::Outbound,
            Trigger::Relay => Self::Relay,
            Trigger::Changes => Self::Changes,
            Trigger::Jobs => Self::Jobs,
            Trigger::Schedule => Self::Schedule,
        }
    }
}

/// The faults of a run.
#[derive(Debug, Default)]
pub(crate) enum Plan {
    #[default]
    Calm,
    /// Faults by the number of the call.
    At(BTreeMap<usize, Fault>),
    /// A random fault in so many of a thousand calls.
    Random(Box<StdRng>, u32),
}

/// The place through which every call of every function goes. Clones are the same place.
#[derive(Clone, Debug, Default)]
pub(crate) struct Calls(Arc<Mutex<State>>);

#[derive(Debug, Default)]
pub(crate) struct State {
    /// Whether calls are numbered: what the suite asks for itself is no call of a function.
    pub(crate) counting: bool,
    pub(crate) plan: Plan,
    /// The function that makes the calls now.
    pub(crate) function: Option<Function>,
    /// Its invocation.
    invocation: usize,
    pub(crate) made: Vec<Call>,
    /// How many faults were injected.
    pub(crate) injected: usize,
    /// The tenants whose keys may be used: the story concerns them.
    pub(crate) tenants: BTreeSet<String>,
    /// The violations that were seen while the functions ran.
    pub(crate) wrong: Vec<String>,
    yields: bool,
    crashed: bool,
    /// The calls that hang, with the invocations that wait for them.
    held: Vec<(usize, oneshot::Sender<()>)>,
}

impl State {
    fn hold(&mut self, call: oneshot::Sender<()>) {
        self.held.push((self.invocation, call));
    }
}

impl Calls {
    /// With `yields`, a function lets the others run before each of its calls.
    pub(crate) fn new(plan: Plan, yields: bool) -> Self {
        Self(Arc::new(Mutex::new(State { plan, yields, ..State::default() })))
    }

    /// Records a violation.
    pub(crate) fn report(&self, what: String) {
        self.state().wrong.push(what);
    }

    /// From now on, this invocation of the function makes the calls.
    pub(crate) fn begin(&self, function: Function, invocation: usize) {
        let mut state = self.state();
        state.function = Some(function);
        state.invocation = invocation;
    }

    /// Whether a function has died since the last question.
    pub(crate) fn take_crash(&self) -> bool {
        std::mem::take(&mut self.state().crashed)
    }

    /// Whether a call of this invocation hangs.
    pub(crate) fn hang(&self, invocation: usize) -> bool {
        self.state().held.iter().any(|(held, _)| *held == invocation)
    }

    /// Lets the calls that hang go on.
    pub(crate) fn release(&self) {
        for (_, held) in std::mem::take(&mut self.state().held) {
            // A function that is gone needs no answer.
            let _ = held.send(());
        }
    }

    /// Numbers a call and gives its fault. A crash before the call does not return; a delay returns when it is over.
    pub(crate) async fn fault(&self, faults: &'static [Fault]) -> Option<Fault> {
        let fault = self.number(faults);
        if self.state().yields {
            tokio::task::yield_now().await;
        }
        match fault? {
            Fault::CrashBefore => self.crash().await,
            Fault::Delay => {
                let (release, released) = oneshot::channel();
                self.state().hold(release);
                // The sender lives until it is released.
                let _ = released.await;
                None
            }
            fault => Some(fault),
        }
    }

    /// The function dies here: nothing after this runs.
    pub(crate) async fn crash<T>(&self) -> T {
        self.state().crashed = true;
        std::future::pending().await
    }

    fn number(&self, faults: &'static [Fault]) -> Option<Fault> {
        let mut state = self.state();
        if !state.counting {
            return None;
        }
        let call = Call { function: state.function, faults };
        let number = state.made.len();
        let fault = match &mut state.plan {
            Plan::Calm => None,
            Plan::At(planned) => planned.get(&number).copied(),
            Plan::Random(dice, of_a_thousand) => (dice.random_range(0..1000) < *of_a_thousand)
                .then(|| faults.get(dice.random_range(0..faults.len())).copied())
                .flatten(),
        };
        state.made.push(call);
        state.injected += usize::from(fault.is_some());
        fault
    }

    /// It is locked until the guard is dropped.
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
