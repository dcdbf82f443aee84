//! A whole Leadwire in memory, in which every call can be befallen by something: requests come from outside, queues and
//! the stream invoke the functions, and a clock jumps to whatever comes next.

use crate::aws::Aws;
use crate::calls::{Calls, Plan};
use crate::course::{Course, State};
use crate::due;
use crate::ids::MomentaryIds;
use crate::meta::Meta;
use crate::post::{self, Ask, NEVER, Request, Told};
use crate::replica::Replica;
use crate::template::Template;
use crate::variants::{Counted, Variant};
use crate::workers::{Done, Work, Workers};
use aws_lambda_events::sqs::SqsBatchResponse;
use aws_sdk_sqs::types::QueueAttributeName;
use aws_smithy_types::retry::RetryConfig;
use domain::Timestamp;
use emulator::{Emulator, ManualClock};
use futures::FutureExt;
use futures::executor::block_on;
use leadwire::Stack;
use leadwire::stack::{INBOUND, OUTBOUND, Trigger};
use runtime::{Clock, Ids};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, PoisonError};
use std::time::Duration;
use testkit::NOW;
use testkit::between::Guarded;

/// More rounds than any world needs: what is not done by then goes in circles.
const ROUNDS: usize = 500;

/// How long a call hangs: past leases (30 s) and the visibility of queue messages (90 s).
const HANGS: Duration = Duration::from_secs(100);

/// The turn of a round in which nothing was left to do.
const REST: usize = Trigger::ALL.len() + 1;

/// A whole Leadwire, and the world around it.
#[derive(Debug)]
pub struct World {
    pub(crate) emulator: Emulator,
    pub(crate) stack: Stack,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) calls: Calls,
    /// Meta.
    pub meta: Meta,
    pub(crate) account: leadwire::data::Account,
    /// What is the other business's, when the world begins.
    pub(crate) next_door: Vec<Value>,
    pub(crate) variant: Variant,
    pub(crate) workers: Workers,
    pub(crate) requests: BTreeMap<usize, (Timestamp, Request)>,
    pub(crate) asked: usize,
    pub(crate) told: BTreeMap<String, Told>,
    pub(crate) failed: BTreeSet<String>,
    /// Who was invited.
    pub(crate) invited: BTreeSet<String>,
    pub(crate) counted: Counted,
    /// How often the table had been written to when a stream had nothing left.
    read: BTreeMap<Trigger, u64>,
    pub(crate) ids: Arc<MomentaryIds>,
    pub(crate) course: Course,
    /// Whether the work goes in circles.
    pub(crate) circles: bool,
    /// How much of the story has begun.
    pub(crate) beat: usize,
    /// What the table held when time passed.
    pub(crate) past: Vec<(Timestamp, State)>,
    /// What the table holds, when it has been written to so often.
    pub(crate) table: Option<(u64, State)>,
}

impl World {
    /// A copy of `template` in which `plan` befalls the calls and `variant` is at work.
    ///
    /// # Panics
    /// If it cannot be put together.
    pub fn new(template: &Template, plan: Plan, variant: Variant, workers: Workers) -> Self {
        let clock = Arc::new(ManualClock::new(NOW));
        let ids = Arc::new(MomentaryIds::new(clock.clone()));
        let emulator = Emulator::memory_like(template.dir(), clock.clone()).expect("the emulator can be copied");
        let calls = Calls::under(plan, workers.alternate());
        let replica = Replica::new(template.database(), clock.clone());
        let aws = Guarded::new(Aws::new(calls.clone(), replica), emulator.http_client());
        let meta = Meta::new(calls.clone());
        let graph = variant.client(meta.clone());
        let parts: (Arc<dyn Clock>, Arc<dyn Ids>) = (clock.clone(), ids.clone());
        let secrets = testkit::secrets(&template.account);
        // A client that tries again would hide faults from the functions; that it repeats a call is a fault of its own.
        let config = emulator.sdk_config_over(aws).into_builder().retry_config(RetryConfig::disabled()).build();
        let stack = Stack::over(&emulator, &config, template.queues.clone(), parts, secrets, graph);
        let stack = stack.expect("the stack can be put together");
        let counted = Counted::default();
        let store = stack.store().clone();
        let stack =
            stack.around_queues(|trigger, function| variant.around(trigger, function, &store, &calls, &counted));
        let account = template.account.clone();
        let (requests, told) = (BTreeMap::new(), BTreeMap::new());
        calls.acts(account.tenant.bare());
        calls.count(true);
        Self {
            emulator,
            stack,
            clock,
            calls,
            meta,
            account,
            next_door: template.next_door.clone(),
            variant,
            workers,
            requests,
            asked: 0,
            told,
            failed: BTreeSet::new(),
            invited: BTreeSet::new(),
            counted,
            read: BTreeMap::new(),
            ids,
            course: Course::default(),
            circles: false,
            beat: 0,
            past: Vec::new(),
            table: None,
        }
    }

    /// The same world, watched.
    pub(crate) fn on(self, course: Course) -> Self {
        Self { course, ..self }
    }

    /// The present.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Lets everything that is under way, and everything that follows from it, come to its end. Time passes as far as
    /// something has to wait for it.
    pub fn settle(&mut self) {
        if !self.goes_on() {
            return;
        }
        self.work_off();
    }

    fn work_off(&mut self) {
        for _ in 0..ROUNDS {
            let busy = self.work();
            if self.known_end().is_some() {
                return;
            }
            if busy {
                continue;
            }
            if self.workers.hang() {
                self.let_go();
                continue;
            }
            match self.next_moment() {
                Some(at) => self.until(at.max(self.now())),
                None => return,
            }
        }
        self.calls.accuse("the work goes in circles".to_owned());
        self.circles = true;
    }

    /// Moves the clock, and nobody does anything meanwhile.
    pub fn skip(&mut self, time: Duration) {
        if self.goes_on() {
            self.pass_to(self.now().plus(time));
        }
    }

    /// Nothing befalls anything from now on, and everything comes to its end, also what waits for a message that is
    /// there.
    pub fn calm(&mut self) {
        if !self.goes_on() {
            return;
        }
        self.calls.calm();
        self.work_off();
        for _ in 0..ROUNDS {
            if !self.goes_on() {
                return;
            }
            let Some(at) = due::waiting_in_vain(&self.emulator) else { return };
            self.until(at.max(self.now()));
            self.work_off();
        }
        self.calls.accuse("an event waits for ever for a message that is there".to_owned());
    }

    /// The stream is older than a day, and nobody has read it.
    pub fn forget_stream(&mut self) {
        if !self.goes_on() {
            return;
        }
        self.calls.count(false);
        for consumer in ["relay", "changes"] {
            let source = self.emulator.stream_source(leadwire::stack::TABLE, consumer);
            let nothing = |_| async { Ok::<_, std::convert::Infallible>(Default::default()) };
            block_on(source.pump_once(|_| false, &nothing)).expect("the stream can be read");
        }
        self.calls.count(true);
    }

    /// Lets the requests from outside be answered, and nothing follow from them yet.
    pub fn answer(&mut self) {
        if !self.goes_on() {
            return;
        }
        let due: Vec<usize> = self.due_requests();
        due.into_iter().for_each(|id| self.begin(id));
    }

    /// Lets what lies in the inbound queue get among its dead letters, as after a thousand receipts.
    ///
    /// # Panics
    /// If the queue cannot be used.
    pub fn bury(&mut self) {
        if !self.goes_on() {
            return;
        }
        self.calls.count(false);
        self.receive_at_most(1);
        let refuse = |_| async { Err::<SqsBatchResponse, _>("the worker is broken") };
        let source = self.emulator.queue_source(INBOUND);
        for _ in 0..2 {
            block_on(source.poll_once(&refuse)).expect("the queue can be polled");
            self.pass_to(self.now().plus(HANGS));
        }
        self.receive_at_most(1000);
        self.calls.count(true);
    }

    /// Puts the inbound queue's dead letters back.
    ///
    /// # Panics
    /// If the queue cannot be used.
    pub fn redrive(&mut self) {
        if !self.goes_on() {
            return;
        }
        let source = format!("arn:aws:sqs:us-east-1:000000000000:{}", INBOUND.replace(".fifo", "-dead.fifo"));
        let moved = self.queues().start_message_move_task().source_arn(source).send();
        block_on(moved).expect("dead letters can be moved");
    }

    /// Every mail that was sent: to whom, and what about.
    pub(crate) fn mails(&self) -> Vec<(String, String)> {
        let mails = self.emulator.mailbox().newest(u32::MAX).unwrap_or_else(|error| panic!("{error}"));
        mails.into_iter().map(|mail| (mail.to, mail.subject)).collect()
    }

    fn receive_at_most(&self, times: u32) {
        let queues = self.queues();
        let url = block_on(queues.get_queue_url().queue_name(INBOUND).send()).expect("the queue is there").queue_url;
        let target = format!("arn:aws:sqs:us-east-1:000000000000:{}", INBOUND.replace(".fifo", "-dead.fifo"));
        let policy = json!({"deadLetterTargetArn": target, "maxReceiveCount": times}).to_string();
        let set = queues.set_queue_attributes().set_queue_url(url);
        block_on(set.attributes(QueueAttributeName::RedrivePolicy, policy).send()).expect("the queue can be changed");
    }

    /// A client of the queues that nothing befalls.
    fn queues(&self) -> aws_sdk_sqs::Client {
        aws_sdk_sqs::Client::new(&self.emulator.sdk_config())
    }

    /// The business's tenant, as it stands in keys.
    pub(crate) fn tenant(&self) -> String {
        self.account.tenant.bare()
    }

    /// Whether Meta said of what it took as `text` that it failed.
    pub(crate) fn failed(&self, text: &str) -> bool {
        self.failed.contains(text)
    }

    /// Counters that count what was delivered and not what there is; of the product there are none.
    pub(crate) fn miscounted(&self) -> Vec<String> {
        let counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        let over = counted.values().filter(|count| **count > 1);
        over.map(|count| format!("a counter says {count} for one event")).collect()
    }

    /// Asks the API, unseen.
    pub(crate) fn get(&self, path: &str) -> Value {
        self.calls.count(false);
        let ask = Ask { path: path.to_owned(), ..Ask::default() };
        let request = post::asked(&self.stack, &self.account, &ask);
        let (_, json) = block_on(async { post::read(self.stack.gateway().serve(request).await).await });
        self.calls.count(true);
        json
    }

    /// Everything that can be done at this moment, once; true if there was anything.
    pub(crate) fn work(&mut self) -> bool {
        let before = self.calls.number_made();
        let mut done = false;
        for id in self.due_requests() {
            if self.passes(0, done) {
                return false;
            }
            self.begin(id);
            done = true;
        }
        for (turn, trigger) in (1..).zip(Trigger::ALL) {
            if self.has_something(trigger) {
                if self.passes(turn, done || self.calls.number_made() > before) {
                    return false;
                }
                done |= self.pull(trigger);
            }
        }
        if !done && self.calls.number_made() == before && self.passes(REST, false) {
            return false;
        }
        if !done && self.workers.are_busy() {
            let ended = self.workers.finish(&self.calls);
            done = self.end(ended);
        }
        done || self.calls.number_made() > before
    }

    /// Whether `trigger` may have something for its function at this moment; the schedule has its own moments.
    pub(crate) fn has_something(&self, trigger: Trigger) -> bool {
        match trigger {
            Trigger::Inbound => self.next_message(INBOUND).is_some_and(|at| at <= self.now()),
            Trigger::Outbound => self.next_message(OUTBOUND).is_some_and(|at| at <= self.now()),
            Trigger::Relay | Trigger::Changes => self.read.get(&trigger) != Some(&self.written()),
            Trigger::Schedule => false,
        }
    }

    fn next_message(&self, queue: &str) -> Option<Timestamp> {
        self.emulator.queues().next_visible_at(queue).unwrap_or_else(|error| panic!("{error}"))
    }

    /// How often the table has been written to.
    pub(crate) fn written(&self) -> u64 {
        *self.emulator.database().written().borrow()
    }

    /// Pulls a trigger, and tells whether anything got on.
    fn pull(&mut self, trigger: Trigger) -> bool {
        if !self.workers.may_pull(trigger) {
            return false;
        }
        let (written, before) = (self.written(), self.calls.number_made());
        let stack = self.stack.clone();
        let pulled = async move { Done::Pulled(stack.pull(trigger).await.unwrap_or_else(|error| panic!("{error}"))) };
        let ended = self.workers.begin(Work::new(Some(trigger), self.clock.now(), pulled.boxed()), &self.calls);
        let got_on = self.end(ended);
        if !got_on && !self.workers.are_busy() && self.calls.number_made() == before {
            // A stream that had nothing has nothing until the table is written to.
            self.read.insert(trigger, written);
        }
        got_on
    }

    pub(crate) fn end(&mut self, ended: Vec<Done>) -> bool {
        let mut got_on = false;
        for done in ended {
            got_on |= match done {
                Done::Pulled(something) => something,
                Done::Answered(id, status, json) => {
                    self.answered(id, status, &json);
                    true
                }
            };
        }
        got_on
    }

    /// Those that hang: the world goes on without them for a while, then they go on.
    fn let_go(&mut self) {
        if self.workers.wait() {
            let ended = self.workers.resume(&self.calls);
            self.end(ended);
        } else {
            self.until(self.now().plus(HANGS));
        }
    }

    /// When something comes next by itself: a message of a queue, a request that is repeated, a send or a letter that is
    /// due.
    fn next_moment(&self) -> Option<Timestamp> {
        let queues = [INBOUND, OUTBOUND].into_iter().filter_map(|queue| self.next_message(queue));
        let requests = self.requests.values().map(|(at, _)| *at).filter(|at| *at < NEVER);
        let due = if self.variant.follows(Trigger::Schedule) { due::all(&self.emulator) } else { Vec::new() };
        let owed = due.into_iter().filter(|due| due.is_send || due.is_letter).map(|due| due.at);
        queues.chain(requests).chain(owed).min()
    }

    /// Lets it be `at`; if something is due by then, the schedule runs.
    fn until(&mut self, at: Timestamp) {
        self.pass_to(at);
        if self.variant.follows(Trigger::Schedule) && due::all(&self.emulator).iter().any(|due| due.at <= self.now()) {
            self.pull(Trigger::Schedule);
        }
    }
}
