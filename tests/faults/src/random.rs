//! Long runs as chance will have them: many customers and agents at once, two workers that alternate at every call,
//! faults at any call, jumps of the clock. A run is told by its seed, and again exactly so by the same seed.
//!
//! What happens outside is the same in a few runs, each of which has faults and turns of its own: so what customers did
//! is found out once for all of them.

use crate::calls::Plan;
use crate::children::{Children, Side};
use crate::customer::{Customer, Deed, together};
use crate::explore::runtime;
use crate::invariants;
use crate::template::Template;
use crate::variants::Variant;
use crate::workers::Workers;
use crate::world::World;
use domain::leads::Stage;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::time::Duration;

/// How many things happen in a run.
pub const EVENTS: usize = 200;

/// So many runs tell the same events.
const OF_A_TALE: u64 = 10;

/// How many functions are at work at a time.
const CREW: usize = 2;
/// How many calls of a thousand are befallen by something.
const FAULTS: u32 = 15;
const CUSTOMERS: u32 = 12;
/// Every fourth of them has a username, and hides their phone.
const HIDDEN: u32 = 4;
/// The last of them write to the other business: from the phones of the first.
const NEXT_DOOR: u32 = 3;
const STATUSES: [&str; 4] = ["sent", "delivered", "read", "failed"];
const EMOJI: [&str; 3] = ["👍", "❤️", ""];
/// What of a lead depends on when agents read and move it; the recounts hold for it all the same.
const AGENTS: [&str; 3] = ["stage", "moved", "unread"];

/// What a run was, and what did not hold after it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Told {
    /// Calls that the functions made.
    pub calls: usize,
    /// Calls that something befell.
    pub faults: usize,
    /// What did not hold.
    pub wrong: Vec<String>,
}

/// Something that happens outside.
#[derive(Clone, Debug)]
enum Event {
    /// Meta posts what customers did.
    Posts(Vec<u8>),
    /// Meta posts again what it has posted before.
    PostsAgain(usize),
    /// An agent sends.
    Sends { to: Customer, text: String, patient: bool },
    /// An agent has read what the lead at this place of the list wrote.
    Reads(usize),
    /// An agent moves the lead at this place of the list.
    Moves(usize, Stage),
    /// Somebody is invited.
    Invites(String),
    /// Meta tells of one of the sends, the one at this place among all that it has taken.
    Tells { place: usize, word: &'static str },
    /// Time passes.
    Waits(Duration),
    /// What is under way goes on for a while.
    Works(usize),
    /// Everything comes to its end.
    Settles,
    /// The stream's records are lost.
    Forgets,
}

/// Tells the runs of these seeds, so many at a time, and has `hear` told of each. No other thread of this process may be
/// at work meanwhile.
pub fn tell(template: &Template, seeds: &[u64], at_once: usize, hear: &mut dyn FnMut(u64, Told)) {
    let mut children: Children<&[u64], Vec<Told>> = Children::new(template.dir(), at_once);
    let mut hear_of =
        |(seeds, told): (&[u64], Vec<Told>)| seeds.iter().zip(told).for_each(|(seed, told)| hear(*seed, told));
    for of_a_tale in seeds.chunk_by(|one, next| one / OF_A_TALE == next / OF_A_TALE) {
        match children.part(of_a_tale) {
            Side::Child(parent) => {
                let tale = Tale::new(template, of_a_tale[0] / OF_A_TALE);
                parent.tell(&of_a_tale.iter().map(|seed| tale.tell(template, *seed)).collect::<Vec<_>>())
            }
            Side::Parent(ended) => ended.into_iter().for_each(&mut hear_of),
        }
    }
    children.wait_for_all().into_iter().for_each(hear_of);
}

/// What happens outside in some runs, and what customers will have done at their end.
struct Tale {
    events: Vec<Event>,
    expected: Value,
}

impl Tale {
    /// The tale of this number.
    fn new(template: &Template, number: u64) -> Self {
        let _context = runtime();
        let events = events(&mut StdRng::seed_from_u64(number));
        let mut calm = World::new(template, Plan::Calm, Variant::Product, Workers::single());
        for event in &events {
            if let Event::Posts(body) = event {
                calm.post_to_both(body.clone());
                calm.work();
            }
        }
        calm.calm();
        let mut expected = invariants::of_customers(&calm);
        for lead in expected["leads"].as_array_mut().into_iter().flatten().filter_map(Value::as_object_mut) {
            lead.retain(|name, _| !AGENTS.contains(&name.as_str()));
        }
        Self { events, expected }
    }

    /// Tells it once, under faults and with turns as `seed` has them.
    fn tell(&self, template: &Template, seed: u64) -> Told {
        let _context = runtime();
        let mut dice = StdRng::seed_from_u64(seed);
        let plan = Plan::Chance(Box::new(StdRng::seed_from_u64(dice.random())), FAULTS);
        let crew = Workers::crew(CREW, StdRng::seed_from_u64(dice.random()));
        let mut world = World::new(template, plan, Variant::Product, crew);
        let mut posted = Vec::new();
        for event in &self.events {
            happens(&mut world, event.clone(), &mut posted);
        }
        world.settle();
        let calls = world.calls.number_made();
        world.calm();
        Told { calls, faults: world.calls.befallen(), wrong: invariants::violations(&world, &self.expected) }
    }
}

fn happens(world: &mut World, event: Event, posted: &mut Vec<Vec<u8>>) {
    match event {
        Event::Posts(body) => {
            posted.push(body.clone());
            world.post_to_both(body);
        }
        Event::PostsAgain(place) => {
            if let Some(body) = posted.get(place % posted.len().max(1)) {
                world.post_to_both(body.clone());
            }
        }
        Event::Sends { to, text, patient: true } => world.send(&to, &text),
        Event::Sends { to, text, patient: false } => world.send_once(&to, &text),
        Event::Reads(place) => world.read(place),
        Event::Moves(place, stage) => world.move_to(place, stage),
        Event::Invites(email) => world.invite(&email),
        Event::Tells { place, word } => {
            let taken = world.meta.taken();
            if let Some(taken) = taken.get(place % taken.len().max(1)) {
                let of_word = STATUSES.iter().position(|status| *status == word).unwrap_or_default();
                let seconds = i64::try_from(EVENTS + of_word).unwrap_or_default();
                world.say(&taken.text, word, seconds, &Customer::new("Somebody", 1));
            }
        }
        Event::Waits(time) => world.skip(time),
        Event::Works(times) => {
            for _ in 0..times {
                world.work();
            }
        }
        Event::Settles => world.settle(),
        Event::Forgets => world.forget_stream(),
    }
}

fn events(dice: &mut StdRng) -> Vec<Event> {
    let person = |number: u32| {
        let person = Customer::new(&format!("Customer {number}"), number);
        if number.is_multiple_of(HIDDEN) { person.hidden() } else { person }
    };
    let next_door = (1..=NEXT_DOOR).map(|number| person(number).next_door());
    let people: Vec<Customer> = (1..=CUSTOMERS - NEXT_DOOR).map(person).chain(next_door).collect();
    let mut done = vec![0; people.len()];
    (0..EVENTS).map(|number| event(dice, &people, &mut done, number)).collect()
}

fn event(dice: &mut StdRng, people: &[Customer], done: &mut [u32], number: usize) -> Event {
    match dice.random_range(0..100) {
        0..42 => {
            let deeds: Vec<Deed> = (0..dice.random_range(1..4)).map(|_| deed(dice, people, done)).collect();
            Event::Posts(together(&deeds))
        }
        42..46 => Event::PostsAgain(dice.random_range(0..EVENTS)),
        46..51 => Event::Reads(dice.random_range(0..EVENTS)),
        51..54 => {
            Event::Moves(dice.random_range(0..EVENTS), Stage::ALL.choose(dice).copied().unwrap_or(Stage::Contacted))
        }
        54..55 => Event::Invites(format!("agent-{number}@example.com")),
        55..67 => {
            let reachable: Vec<&Customer> =
                people.iter().filter(|person| !person.hides() && !person.is_next_door()).collect();
            let to = (*reachable.choose(dice).unwrap_or(&&people[0])).clone();
            Event::Sends { to, text: format!("Answer {number}"), patient: dice.random_bool(0.8) }
        }
        67..77 => {
            Event::Tells { place: dice.random_range(0..EVENTS), word: STATUSES.choose(dice).copied().unwrap_or("sent") }
        }
        77..82 => Event::Waits(Duration::from_secs(dice.random_range(1..200))),
        82..83 => Event::Waits(Duration::from_secs(dice.random_range(3600..20_000))),
        83..97 => Event::Works(dice.random_range(1..4)),
        97..99 => Event::Settles,
        _ => Event::Forgets,
    }
}

fn deed(dice: &mut StdRng, people: &[Customer], done: &mut [u32]) -> Deed {
    let who = dice.random_range(0..people.len());
    done[who] += 1;
    let (person, number) = (&people[who], done[who]);
    // What it speaks of may come later, or never.
    let target = dice.random_range(1..number + 3);
    match dice.random_range(0..100) {
        0..60 => person.writes(number, &format!("Message {number}")),
        60..75 => person.sends_photo(number),
        75..85 => person.reacts(number, &person.wamid(target), EMOJI.choose(dice).copied().unwrap_or("")),
        85..94 => person.edits(number, target, &format!("Edited {number}")),
        _ => person.withdraws(number, target),
    }
}
