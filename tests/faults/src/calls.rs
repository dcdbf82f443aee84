//! The calls that a function makes, and what can befall each: known from the request alone, so that a new function or
//! a new call is met with every fault without a word being said here.

use domain::Timestamp;
use leadwire::stack::Trigger;
use rand::RngExt;
use rand::rngs::StdRng;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Poll, Waker};

/// Who is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Service {
    /// `DynamoDB`.
    Database,
    /// SQS.
    Queue,
    /// Meta's Graph API.
    Graph,
    /// SES.
    Mail,
}

/// What a call does to the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Reads what was written last.
    Reads,
    /// Reads what was written a while ago, perhaps.
    ReadsLate,
    /// Changes something.
    Writes,
    /// Changes several things, each of which may be refused by itself.
    WritesEach,
}

/// One call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// Who is called.
    pub service: Service,
    /// The operation's name.
    pub operation: String,
    /// What it does.
    pub effect: Effect,
}

/// What can befall a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Fault {
    /// The function dies before the call takes effect.
    CrashBefore,
    /// The function dies when the call has taken effect, before it hears of it.
    CrashAfter,
    /// The call fails and took no effect; to Meta, no connection comes about.
    FailBefore,
    /// The call took effect and its answer is lost.
    FailAfter,
    /// The service asks to slow down.
    Throttle,
    /// Somebody else is writing the same item.
    Conflict,
    /// The call hangs for longer than queues and leases wait, while the world goes on, and takes effect then.
    Delay,
    /// The call takes effect twice: a client repeated it because the first answer was lost.
    Repeat,
    /// The answer is that of a second ago.
    Stale,
    /// The first of several things is done, the rest is refused.
    Partial,
    /// The answer leaves open whether it took effect, and it did not.
    Unclear,
    /// It took effect, and the answer cannot be read.
    Garbled,
}

impl Call {
    /// Everything that can befall this call. A crash after a read is one before the next call.
    #[must_use]
    pub const fn faults(&self) -> &'static [Fault] {
        use Fault::{
            Conflict, CrashAfter, CrashBefore, Delay, FailAfter, FailBefore, Garbled, Partial, Repeat, Stale, Throttle,
            Unclear,
        };
        match (self.service, self.effect) {
            (Service::Graph, _) => &[CrashBefore, CrashAfter, FailBefore, FailAfter, Throttle, Delay, Unclear, Garbled],
            (Service::Mail, _) | (Service::Queue, Effect::Writes) => {
                &[CrashBefore, CrashAfter, FailBefore, FailAfter, Throttle, Delay, Repeat]
            }
            (Service::Database | Service::Queue, Effect::Reads) => &[CrashBefore, FailBefore, Throttle, Delay],
            (Service::Database | Service::Queue, Effect::ReadsLate) => {
                &[CrashBefore, FailBefore, Throttle, Delay, Stale]
            }
            (Service::Queue, Effect::WritesEach) => {
                &[CrashBefore, CrashAfter, FailBefore, FailAfter, Throttle, Delay, Repeat, Partial]
            }
            (Service::Database, Effect::Writes | Effect::WritesEach) => {
                &[CrashBefore, CrashAfter, FailBefore, FailAfter, Throttle, Conflict, Delay, Repeat]
            }
        }
    }
}

impl Fault {
    /// The fault that a function takes this one for, at a call of `service`: then it is tried by itself, to see that it
    /// is taken for it, and what it would do together with others that one does. AWS's services say in words of their own
    /// that they are slow; to us it is a call that failed and may succeed later.
    #[must_use]
    pub fn taken_for(self, service: Service) -> Option<Self> {
        (self == Self::Throttle && service != Service::Graph).then_some(Self::FailBefore)
    }
}

/// Which calls are befallen by what.
#[derive(Debug, Default)]
pub enum Plan {
    /// None.
    #[default]
    Calm,
    /// The calls of these numbers.
    At(BTreeMap<usize, Fault>),
    /// Any call, so many of a thousand.
    Chance(Box<StdRng>, u32),
    /// What this says.
    Asked(Asked),
}

/// Says what befalls the call of a number.
type Says = dyn FnMut(usize, &Call) -> Option<Fault> + Send;

/// Who is asked what befalls a call.
pub struct Asked(pub(crate) Box<Says>);

impl fmt::Debug for Asked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Asked")
    }
}

impl Plan {
    /// These, and no other.
    pub(crate) fn at(faults: &[(usize, Fault)]) -> Self {
        Self::At(faults.iter().copied().collect())
    }
}

/// The place through which every call of every function goes.
#[derive(Clone, Debug, Default)]
pub struct Calls(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    counting: bool,
    steps: bool,
    plan: Plan,
    made: Vec<Call>,
    befallen: usize,
    crashed: bool,
    held: Vec<Arc<Mutex<Hold>>>,
    wrong: Vec<String>,
    at_work: AtWork,
    acting: BTreeSet<String>,
    remembered: BTreeMap<(AtWork, String), Timestamp>,
}

/// Which function is at work, as far as a trigger invoked it, and since when.
type AtWork = (Option<Trigger>, Timestamp);

#[derive(Debug, Default)]
struct Hold {
    released: bool,
    waker: Option<Waker>,
}

impl Calls {
    /// Under `plan`. With `steps`, every call lets others go first, so that functions at work alternate.
    #[must_use]
    pub fn under(plan: Plan, steps: bool) -> Self {
        Self(Arc::new(Mutex::new(State { plan, steps, ..State::default() })))
    }

    /// Counts calls from now on, or lets them pass unseen: what a test does itself is not a function's call.
    pub fn count(&self, counting: bool) {
        self.state().counting = counting;
    }

    /// Lets nothing befall the calls to come.
    pub fn calm(&self) {
        self.state().plan = Plan::Calm;
    }

    /// Every call that was counted.
    #[must_use]
    pub fn made(&self) -> Vec<Call> {
        self.state().made.clone()
    }

    /// How many calls were counted.
    #[must_use]
    pub fn number_made(&self) -> usize {
        self.state().made.len()
    }

    /// How many faults there were.
    #[must_use]
    pub fn befallen(&self) -> usize {
        self.state().befallen
    }

    /// Notes something that must not be.
    pub fn accuse(&self, what: String) {
        self.state().wrong.push(what);
    }

    /// What was noted.
    #[must_use]
    pub fn accusations(&self) -> Vec<String> {
        self.state().wrong.clone()
    }

    /// Whether a function has died since this was asked last.
    pub(crate) fn take_crash(&self) -> bool {
        std::mem::take(&mut self.state().crashed)
    }

    /// From now on something happens at this tenant, so that its keys may be touched.
    pub(crate) fn acts(&self, tenant: String) {
        self.state().acting.insert(tenant);
    }

    /// Whether anything has happened at this tenant.
    pub(crate) fn acting(&self, tenant: &str) -> bool {
        self.state().acting.contains(tenant)
    }

    /// From now on the calls are those of the function that `trigger` invoked at this time.
    pub(crate) fn at_work(&self, trigger: Option<Trigger>, since: Timestamp) {
        self.state().at_work = (trigger, since);
    }

    /// The function at work has heard the answer to a request that functions may remember.
    pub(crate) fn remember(&self, request: &str, now: Timestamp) {
        let mut state = self.state();
        let (trigger, since) = state.at_work;
        state.remembered.retain(|((of, _), asked), _| *of != trigger || asked != request);
        state.remembered.insert(((trigger, since), request.to_owned()), now);
    }

    /// What functions may remember, as text.
    pub(crate) fn memory(&self) -> String {
        format!("{:?}", self.state().remembered)
    }

    /// Whether a call hangs.
    pub(crate) fn holds(&self) -> bool {
        !self.state().held.is_empty()
    }

    /// Lets the calls that hang go on.
    pub(crate) fn release(&self) {
        for hold in std::mem::take(&mut self.state().held) {
            let mut hold = hold.lock().unwrap_or_else(PoisonError::into_inner);
            hold.released = true;
            if let Some(waker) = hold.waker.take() {
                waker.wake();
            }
        }
    }

    /// Numbers a call, and tells what befalls it.
    pub(crate) async fn meet(&self, call: Call) -> Option<Fault> {
        let (fault, steps) = self.number(call);
        if steps {
            yield_once().await;
        }
        match fault? {
            Fault::CrashBefore => self.crash().await,
            Fault::Delay => {
                self.hold().await;
                None
            }
            fault => Some(fault),
        }
    }

    /// The function dies here: nothing after this is run.
    pub(crate) async fn crash<T>(&self) -> T {
        self.state().crashed = true;
        std::future::pending().await
    }

    fn number(&self, call: Call) -> (Option<Fault>, bool) {
        let mut state = self.state();
        if !state.counting {
            return (None, false);
        }
        let number = state.made.len();
        let faults = call.faults();
        let fault = match &mut state.plan {
            Plan::Calm => None,
            Plan::At(faults) => faults.get(&number).copied(),
            Plan::Asked(Asked(asked)) => asked(number, &call),
            Plan::Chance(dice, of_a_thousand) => (dice.random_range(0..1000) < *of_a_thousand)
                .then(|| faults.get(dice.random_range(0..faults.len())).copied())
                .flatten(),
        };
        state.made.push(call);
        state.befallen += usize::from(fault.is_some());
        (fault, state.steps)
    }

    async fn hold(&self) {
        let hold = Arc::new(Mutex::new(Hold::default()));
        self.state().held.push(Arc::clone(&hold));
        std::future::poll_fn(|context| {
            let mut hold = hold.lock().unwrap_or_else(PoisonError::into_inner);
            if hold.released {
                return Poll::Ready(());
            }
            hold.waker = Some(context.waker().clone());
            Poll::Pending
        })
        .await;
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn yield_once() {
    let mut yielded = false;
    std::future::poll_fn(|context| {
        if std::mem::replace(&mut yielded, true) {
            return Poll::Ready(());
        }
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}
