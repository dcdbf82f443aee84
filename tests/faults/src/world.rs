//! A whole Leadwire in memory, with faults in its calls. Requests come from outside, queues and the stream invoke the
//! functions, and a clock jumps to the next moment at which something happens.

use crate::aws::Aws;
use crate::bucket::Bucket;
use crate::calls::{Calls, Plan};
use crate::due;
use crate::meta::Meta;
use crate::replica::Replica;
use crate::requests::{Ask, NEVER, Outcome, Request};
use crate::template::Template;
use crate::variants::{Counters, Variant};
use crate::workers::{Done, Work, Workers};
use aws_lambda_events::sqs::SqsBatchResponse;
use aws_sdk_sqs::types::QueueAttributeName;
use aws_smithy_types::retry::RetryConfig;
use domain::Timestamp;
use emulator::{Emulator, ManualClock};
use futures::FutureExt;
use futures::executor::block_on;
use leadwire::Stack;
use leadwire::stack::{INBOUND, JOBS, OUTBOUND, Trigger};
use runtime::Clock;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock, PoisonError};
use std::time::Duration;
use testkit::between::Guarded;
use testkit::{CountingRandom, NOW};

/// More rounds than any world needs: work that is not done by then goes in circles.
const ROUNDS: usize = 500;

/// How long a call hangs: longer than leases (30 s) and the visibility timeout of queue messages (90 s).
const HANGS: Duration = Duration::from_secs(100);

/// More ids than the template has.
const FIRST_ID: u64 = 1 << 32;

/// SDK clients need a runtime around them, though nothing here waits for it.
pub(crate) static RUNTIME: LazyLock<tokio::runtime::Runtime> = LazyLock::new(|| {
    tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime can be built")
});

/// A whole Leadwire, and what is outside.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) emulator: Emulator,
    pub(crate) stack: Stack,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) calls: Calls,
    pub(crate) meta: Meta,
    pub(crate) account: leadwire::data::Account,
    /// The items of the other business when the world begins.
    pub(crate) other_items: Vec<Value>,
    pub(crate) variant: Variant,
    pub(crate) workers: Workers,
    /// The requests that have no satisfying answer, and when they are made next.
    pub(crate) requests: BTreeMap<usize, (Timestamp, Request)>,
    pub(crate) asked: usize,
    /// The answers to questions that no story has read yet.
    pub(crate) replies: BTreeMap<usize, (u16, Value)>,
    /// The answers to requests to send, by text.
    pub(crate) outcomes: BTreeMap<String, Outcome>,
    /// The texts that Meta accepted and reported as failed later.
    pub(crate) failed: BTreeSet<String>,
    pub(crate) invited: BTreeSet<String>,
    /// Whether records of the stream expired, and no function has read them.
    pub(crate) has_lost_records: bool,
    counters: Counters,
    /// How many writes the table had when a stream's function had nothing left to read.
    drained: BTreeMap<Trigger, u64>,
}

impl World {
    /// A copy of `template` with the faults of `plan`.
    pub(crate) fn new(template: &Template, plan: Plan, variant: Variant, workers: Workers) -> Self {
        let clock = Arc::new(ManualClock::new(NOW));
        let emulator = Emulator::memory_like(template.dir(), clock.clone()).expect("the emulator can be copied");
        let calls = Calls::new(plan, workers.alternate());
        let counters = Counters::default();
        let replica = Replica::new(template.database(), clock.clone());
        let aws = Aws { calls: calls.clone(), replica, variant, counters: Arc::clone(&counters) };
        let aws = emulator.sdk_config_over(Guarded::new(aws, emulator.http_client()));
        // A client that retries would hide faults from the functions; a repeated call is a fault of its own.
        let config = aws.into_builder().retry_config(RetryConfig::disabled()).build();
        let meta = Meta::new(calls.clone());
        let random = Arc::new(CountingRandom::after(FIRST_ID));
        let secrets = testkit::secrets(&template.account);
        let graph = variant.client(meta.clone());
        let stack = Stack::over(&emulator, &config, template.queues.clone(), clock.clone(), random, secrets, graph);
        let stack = stack.expect("the stack can be put together");
        let stack = stack.over_bucket(&Bucket { calls: calls.clone(), objects: emulator.objects().clone() });
        let store = stack.store().clone();
        let stack = stack.around_queues(|trigger, function| variant.wrap(trigger, function, &store, &calls, &counters));
        calls.state().tenants.insert(template.account.tenant.ulid_str());
        calls.state().counting = true;
        Self {
            emulator,
            stack,
            clock,
            calls,
            meta,
            account: template.account.clone(),
            other_items: template.other_items.clone(),
            variant,
            workers,
            requests: BTreeMap::new(),
            asked: 0,
            replies: BTreeMap::new(),
            outcomes: BTreeMap::new(),
            has_lost_records: false,
            failed: BTreeSet::new(),
            invited: BTreeSet::new(),
            counters,
            drained: BTreeMap::new(),
        }
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Runs everything that is under way, and everything that follows, to its end. Time passes as far as needed.
    pub(crate) fn settle(&mut self) {
        for _ in 0..ROUNDS {
            if self.work() {
                continue;
            }
            if self.workers.hang() {
                self.let_hang();
                continue;
            }
            match self.next_moment() {
                Some(at) => self.jump(at.max(self.now())),
                None => return,
            }
        }
        self.calls.report("the work goes in circles".to_owned());
    }

    /// Moves the clock while nothing happens.
    pub(crate) fn skip(&mut self, time: Duration) {
        self.clock.advance(time);
    }

    /// Stops the faults and runs everything to its end, also events that wait for a message that is there.
    pub(crate) fn calm(&mut self) {
        self.calls.state().plan = Plan::Calm;
        self.settle();
        for _ in 0..ROUNDS {
            let Some(at) = due::waiting_in_vain(&self.emulator) else { return };
            self.jump(at.max(self.now()));
            self.settle();
        }
        self.calls.report("an event waits for ever for a message that is there".to_owned());
    }

    /// The stream's records expire, and no function has read them.
    pub(crate) fn forget_stream(&mut self) {
        self.has_lost_records = true;
        for consumer in ["relay", "changes"] {
            block_on(testkit::forget_stream(&self.emulator, consumer));
        }
    }

    /// Answers the requests from outside, and runs nothing that follows.
    pub(crate) fn answer(&mut self) {
        self.due_requests().into_iter().for_each(|id| self.begin(id));
    }

    /// Moves the messages of the inbound queue to its dead letters, as after a thousand receipts.
    pub(crate) fn bury(&mut self) {
        self.receive_at_most(1);
        let refuse = |_| async { Err::<SqsBatchResponse, _>("the worker is broken") };
        let source = self.emulator.queue_source(INBOUND);
        for _ in 0..2 {
            block_on(source.poll_once(&refuse)).expect("the queue can be polled");
            self.skip(HANGS);
        }
        self.receive_at_most(1000);
    }

    /// Moves the inbound queue's dead letters back.
    pub(crate) fn redrive(&mut self) {
        block_on(self.queues().start_message_move_task().source_arn(dead_letters()).send())
            .expect("a move task starts");
    }

    fn receive_at_most(&self, times: u32) {
        let queues = self.queues();
        let url = block_on(queues.get_queue_url().queue_name(INBOUND).send()).expect("the queue is there").queue_url;
        let policy = json!({"deadLetterTargetArn": dead_letters(), "maxReceiveCount": times}).to_string();
        let set = queues.set_queue_attributes().set_queue_url(url);
        block_on(set.attributes(QueueAttributeName::RedrivePolicy, policy).send()).expect("the queue can be changed");
    }

    /// A client of the queues without faults.
    fn queues(&self) -> aws_sdk_sqs::Client {
        aws_sdk_sqs::Client::new(&self.emulator.sdk_config())
    }

    /// Counters above 1: they count deliveries or writes instead of what there is. The product has none.
    pub(crate) fn miscounted(&self) -> Vec<String> {
        let counters = self.counters.lock().unwrap_or_else(PoisonError::into_inner);
        let over = counters.values().filter(|count| **count > 1);
        over.map(|count| format!("a counter says {count} for one event")).collect()
    }

    /// Asks the API, without faults.
    pub(crate) fn get(&self, path: &str) -> Value {
        self.try_out(&Ask::get(path)).1
    }

    /// Makes a request without faults. Gives the status and the JSON.
    pub(crate) fn try_out(&self, ask: &Ask) -> (u16, Value) {
        self.calls.state().counting = false;
        let request = ask.request(&self.stack, &self.account);
        let reply = block_on(testkit::ask(&self.stack.gateway(), request));
        self.calls.state().counting = true;
        (reply.status.as_u16(), reply.json)
    }

    /// Runs everything that can run at this moment, and what follows from it. Time passes only while calls hang.
    pub(crate) fn work_on(&mut self) {
        for _ in 0..ROUNDS {
            if self.work() {
                continue;
            }
            if !self.workers.hang() {
                return;
            }
            self.let_hang();
        }
    }

    /// Runs everything that can run at this moment, once; true if there was anything.
    pub(crate) fn work(&mut self) -> bool {
        let before = self.number_made();
        let mut busy = false;
        self.report_what_was_refused();
        for id in self.due_requests() {
            self.begin(id);
            busy = true;
        }
        for trigger in Trigger::ALL {
            if self.has_something(trigger) {
                busy |= self.pull(trigger);
            }
        }
        if !busy && self.workers.are_busy() {
            let ended = self.workers.finish(&self.calls);
            busy = self.end(ended);
        }
        busy || self.number_made() > before
    }

    /// Whether `trigger` may have something for its function at this moment. The schedule has its own moments.
    fn has_something(&self, trigger: Trigger) -> bool {
        match trigger {
            Trigger::Inbound => self.next_message(INBOUND).is_some_and(|at| at <= self.now()),
            Trigger::Outbound => self.next_message(OUTBOUND).is_some_and(|at| at <= self.now()),
            Trigger::Jobs => self.next_message(JOBS).is_some_and(|at| at <= self.now()),
            Trigger::Relay | Trigger::Changes => self.drained.get(&trigger) != Some(&self.writes()),
            Trigger::Schedule => false,
        }
    }

    fn next_message(&self, queue: &str) -> Option<Timestamp> {
        self.emulator.queues().next_visible_at(queue).unwrap_or_else(|error| panic!("{error}"))
    }

    fn number_made(&self) -> usize {
        self.calls.state().made.len()
    }

    /// How often the table has been written to.
    fn writes(&self) -> u64 {
        *self.emulator.database().written().borrow()
    }

    /// Lets a trigger invoke its function; true if the function made progress.
    fn pull(&mut self, trigger: Trigger) -> bool {
        if !self.workers.may_pull(trigger) {
            return false;
        }
        let writes = self.writes();
        let calls = self.number_made();
        let stack = self.stack.clone();
        let pulled = async move { Done::Pulled(stack.pull(trigger).await.unwrap_or_else(|error| panic!("{error}"))) };
        let ended = self.workers.begin(Work::triggered(trigger, pulled.boxed()), &self.calls);
        let progress = self.end(ended);
        if !progress && !self.workers.are_busy() && self.number_made() == calls {
            // A stream that had nothing has nothing until the table is written to.
            self.drained.insert(trigger, writes);
        }
        progress
    }

    /// Takes the results of invocations; true if any made progress.
    pub(crate) fn end(&mut self, ended: Vec<Done>) -> bool {
        let mut progress = false;
        for done in ended {
            progress |= match done {
                Done::Pulled(progress) => progress,
                Done::Answered { id, status, json } => {
                    self.answered(id, status, &json);
                    true
                }
            };
        }
        progress
    }

    /// Lets time pass while calls hang. When nothing else is left to do, they go on.
    fn let_hang(&mut self) {
        if self.workers.wait() {
            let ended = self.workers.resume(&self.calls);
            self.end(ended);
        } else {
            self.jump(self.now().plus(HANGS));
        }
    }

    /// The next moment at which something happens: a queue message, a repeated request, a message, an email, a file, a
    /// signal, the end of a snooze, the step of a long job or an erasure, or the change of a number that is due.
    fn next_moment(&self) -> Option<Timestamp> {
        let queues = [INBOUND, OUTBOUND, JOBS].into_iter().filter_map(|queue| self.next_message(queue));
        let requests = self.requests.values().map(|(at, _)| *at).filter(|at| *at < NEVER);
        let due = if self.variant.has_schedule() { due::all(&self.emulator) } else { Vec::new() };
        let moves = |due: &due::Due| {
            let is_work = due.is_send || due.is_email || due.is_media || due.is_resume || due.is_long_job;
            is_work || due.is_of_conversation || due.is_setup || due.is_erasure
        };
        let due = due.into_iter().filter(moves).map(|due| due.at);
        queues.chain(requests).chain(due).min()
    }

    /// Moves the clock to `at`, and runs the schedule if anything is due by then.
    fn jump(&mut self, at: Timestamp) {
        self.clock.set(at);
        if self.variant.has_schedule() && due::all(&self.emulator).iter().any(|due| due.at <= self.now()) {
            self.pull(Trigger::Schedule);
        }
    }
}

fn dead_letters() -> String {
    format!("arn:aws:sqs:us-east-1:000000000000:{}", INBOUND.replace(".fifo", "-dead.fifo"))
}
