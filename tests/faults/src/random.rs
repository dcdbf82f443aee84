//! Long random runs: many customers and agents at once, two functions that alternate at every call, faults in any call,
//! jumps of the clock. A seed decides all of it, so the same seed gives the same run.
//!
//! A few runs share what happens outside, and differ in faults and turns: so what customers did is found out once.

use crate::calls::Plan;
use crate::customer::{Action, Customer, together};
use crate::explore::share;
use crate::invariants;
use crate::template::Template;
use crate::variants::Variant;
use crate::workers::Workers;
use crate::world::World;
use domain::stages::Stage;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use serde_json::Value;
use std::ops::Range;
use std::time::Duration;

/// How many things happen in a run.
pub const EVENTS: usize = 200;

/// So many runs share their events.
const SHARE_EVENTS: u64 = 10;

/// How many functions run at a time.
const AT_A_TIME: usize = 2;
/// How many calls of a thousand have a fault.
const FAULTS: u32 = 15;
const CUSTOMERS: u32 = 12;
/// Every fourth of them has a username and a hidden phone.
const HIDDEN: u32 = 4;
/// The last of them write to the other business, from the phones of the first.
const OF_OTHER_BUSINESS: u32 = 3;
const STATUSES: [&str; 4] = ["sent", "delivered", "read", "failed"];
const EMOJI: [&str; 3] = ["👍", "❤️", ""];
/// The fields of a lead that depend on when agents read and move it. The recounts hold for them all the same.
const OF_AGENTS: [&str; 3] = ["stage", "moved", "unread"];

/// The result of a run.
#[derive(Clone, Debug)]
pub struct RandomRun {
    /// Its seed.
    pub seed: u64,
    /// How many calls the functions made.
    pub calls: usize,
    /// How many faults were injected.
    pub injected: usize,
    /// What did not hold.
    pub wrong: Vec<String>,
}

/// Something that happens outside.
enum Event {
    /// Meta posts what customers did.
    Post(Vec<u8>),
    /// Meta posts it again.
    PostAgain(Vec<u8>),
    /// An agent or Meta does something, or time passes.
    Other(Box<dyn Fn(&mut World) + Send + Sync>),
}

/// Runs these seeds.
pub fn run(template: &Template, seeds: &[u64]) -> Vec<RandomRun> {
    let shared: Vec<&[u64]> = seeds.chunk_by(|one, next| one / SHARE_EVENTS == next / SHARE_EVENTS).collect();
    let runs = share(&shared, |seeds| {
        let events = Events::new(template, seeds[0] / SHARE_EVENTS);
        seeds.iter().map(|seed| events.run(template, *seed)).collect::<Vec<_>>()
    });
    runs.into_iter().flatten().collect()
}

/// What happens outside in some runs, and what customers did at its end.
struct Events {
    events: Vec<Event>,
    expected: Value,
}

impl Events {
    fn new(template: &Template, seed: u64) -> Self {
        let events = Outside::new(StdRng::seed_from_u64(seed)).events();
        let mut calm = World::new(template, Plan::Calm, Variant::Product, Workers::single());
        for event in &events {
            if let Event::Post(body) = event {
                calm.post_to_both(body.clone());
                calm.work();
            }
        }
        calm.calm();
        let mut expected = invariants::of_customers(&calm);
        for lead in expected["leads"].as_array_mut().into_iter().flatten().filter_map(Value::as_object_mut) {
            lead.retain(|name, _| !OF_AGENTS.contains(&name.as_str()));
        }
        Self { events, expected }
    }

    /// Runs them once, with the faults and turns of `seed`.
    fn run(&self, template: &Template, seed: u64) -> RandomRun {
        let mut dice = StdRng::seed_from_u64(seed);
        let plan = Plan::Random(Box::new(StdRng::seed_from_u64(dice.random())), FAULTS);
        let workers = Workers::alternating(AT_A_TIME, StdRng::seed_from_u64(dice.random()));
        let mut world = World::new(template, plan, Variant::Product, workers);
        for event in &self.events {
            match event {
                Event::Post(body) | Event::PostAgain(body) => world.post_to_both(body.clone()),
                Event::Other(act) => act(&mut world),
            }
        }
        world.settle();
        let calls = world.calls.state().made.len();
        world.calm();
        let wrong = invariants::violations(&world, &self.expected);
        RandomRun { seed, calls, injected: world.calls.state().injected, wrong }
    }
}

/// Customers and agents, and the dice that decide what they do.
struct Outside {
    dice: StdRng,
    people: Vec<Customer>,
    /// How many messages each of them has written.
    written: Vec<u32>,
    posted: Vec<Vec<u8>>,
}

impl Outside {
    fn new(dice: StdRng) -> Self {
        let person = |number: u32| {
            let person = Customer::new(&format!("Customer {number}"), number);
            if number.is_multiple_of(HIDDEN) { person.hidden() } else { person }
        };
        let others = (1..=OF_OTHER_BUSINESS).map(|number| person(number).of_other_business());
        let people: Vec<Customer> = (1..=CUSTOMERS - OF_OTHER_BUSINESS).map(person).chain(others).collect();
        Self { dice, written: vec![0; people.len()], people, posted: Vec::new() }
    }

    fn events(mut self) -> Vec<Event> {
        (0..EVENTS).filter_map(|number| self.event(number)).collect()
    }

    fn event(&mut self, number: usize) -> Option<Event> {
        let act: Box<dyn Fn(&mut World) + Send + Sync> = match self.dice.random_range(0..100) {
            0..42 => {
                let actions: Vec<Action> = (0..self.dice.random_range(1..4)).map(|_| self.action()).collect();
                let body = together(&actions);
                self.posted.push(body.clone());
                return Some(Event::Post(body));
            }
            42..46 => {
                let place = self.place();
                let body = self.posted.get(place % self.posted.len().max(1))?;
                return Some(Event::PostAgain(body.clone()));
            }
            46..51 => {
                let place = self.place();
                Box::new(move |world| world.read(place))
            }
            51..54 => {
                let place = self.place();
                let stage = *Stage::ALL.choose(&mut self.dice)?;
                Box::new(move |world| world.move_to(place, stage))
            }
            54..55 => Box::new(move |world| world.invite(&format!("agent-{number}@example.com"))),
            55..67 => {
                let ours = self.people.iter().filter(|person| !person.hides && !person.of_other_business);
                let to = ours.collect::<Vec<_>>().choose(&mut self.dice).copied()?.clone();
                let text = format!("Answer {number}");
                if self.dice.random_bool(0.8) {
                    Box::new(move |world| world.send(&to, &text))
                } else {
                    Box::new(move |world| world.send_once(&to, &text))
                }
            }
            67..77 => {
                let place = self.place();
                let status = *STATUSES.choose(&mut self.dice)?;
                Box::new(move |world| report(world, place, status))
            }
            77..82 => self.skip(1..200),
            82..83 => self.skip(3600..20_000),
            83..97 => {
                let rounds = self.dice.random_range(1..4);
                Box::new(move |world| {
                    for _ in 0..rounds {
                        world.work();
                    }
                })
            }
            97..99 => Box::new(World::settle),
            _ => Box::new(World::forget_stream),
        };
        Some(Event::Other(act))
    }

    fn place(&mut self) -> usize {
        self.dice.random_range(0..EVENTS)
    }

    fn skip(&mut self, seconds: Range<u64>) -> Box<dyn Fn(&mut World) + Send + Sync> {
        let time = Duration::from_secs(self.dice.random_range(seconds));
        Box::new(move |world| world.skip(time))
    }

    fn action(&mut self) -> Action {
        let who = self.dice.random_range(0..self.people.len());
        self.written[who] += 1;
        let person = &self.people[who];
        let number = self.written[who];
        // The message that it is about may come later, or never.
        let target = self.dice.random_range(1..number + 3);
        match self.dice.random_range(0..100) {
            0..60 => person.writes(number, &format!("Message {number}")),
            60..75 => person.sends_photo(number),
            75..85 => person.reacts(number, &person.wamid(target), EMOJI.choose(&mut self.dice).copied().unwrap_or("")),
            85..94 => person.edits(number, target, &format!("Edited {number}")),
            _ => person.withdraws(number, target),
        }
    }
}

/// Meta reports a status of the message at this place among all that it accepted.
fn report(world: &mut World, place: usize, status: &str) {
    let accepted = world.meta.accepted();
    if let Some(one) = accepted.get(place % accepted.len().max(1)) {
        let order = STATUSES.iter().position(|one| *one == status).unwrap_or_default();
        let seconds = i64::try_from(EVENTS + order).unwrap_or_default();
        world.report(&one.text, status, seconds, &Customer::new("Somebody", 1));
    }
}
