//! What comes in each round, by chance from a seed: what customers do, packed into deliveries; which of those come
//! several times at once, again much later, or late; and what agents send.

use crate::customers::Number;
use crate::story::{Send, Story};
use rand::rngs::StdRng;
use rand::seq::{IndexedRandom, SliceRandom};
use rand::{RngExt, SeedableRng};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A POST of Meta's, which is repeated until it is answered with 200.
#[derive(Clone, Debug)]
pub struct Delivery {
    /// The very text that is signed and posted.
    pub body: Arc<str>,
    /// How many copies are posted at the same moment.
    pub copies: usize,
    /// Whether this is the delivery itself, and not a repetition of it.
    pub counts: bool,
}

/// What a worker does in one go.
#[derive(Clone, Debug)]
pub enum Work {
    /// Posts all of these at the same moment.
    Deliver(Vec<Delivery>),
    /// Asks for a send: so many times at the same moment, with the same key, until it is answered.
    Send(Send, usize),
}

/// A send that Meta took, to which its customer may react.
#[derive(Clone, Debug)]
pub struct Taken {
    /// WhatsApp's id.
    pub wamid: String,
    /// Who has it.
    pub phone: String,
    /// When it was taken, in seconds.
    pub at: i64,
}

/// How much there is to come.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// Deliveries, each counted once however often it is posted.
    pub deliveries: usize,
    /// Sends, each counted once.
    pub sends: usize,
    /// In how many rounds they come.
    pub rounds: usize,
}

/// What is still to come, and what has been said.
#[derive(Debug)]
pub struct Load {
    /// All that was made up so far.
    pub story: Story,
    dice: StdRng,
    plan: Plan,
    number: Number,
    /// How many deliveries were made up.
    made: usize,
    /// What was put off until a later round.
    later: BTreeMap<usize, Vec<Work>>,
}

impl Load {
    /// Nothing yet.
    #[must_use]
    pub fn new(seed: u64, plan: Plan, number: Number) -> Self {
        let dice = StdRng::seed_from_u64(seed);
        Self { story: Story::default(), dice, plan, number, made: 0, later: BTreeMap::new() }
    }

    /// The work of round `round`, in a chance order. `now` is in seconds; `taken` is what customers may react to.
    pub fn round(&mut self, round: usize, now: i64, taken: &[Taken]) -> Vec<Work> {
        let known = self.story.customers.len();
        let mut work: Vec<_> = self.put_off_until(round).into_values().flatten().collect();
        let mut taken = taken.iter();
        while self.made < self.plan.deliveries * (round + 1) / self.plan.rounds {
            let at_once = self.deliveries(now, &mut taken);
            self.made += at_once.len();
            self.deliver(round, at_once, &mut work);
        }
        // In the first round nobody is known yet.
        while known > 1 && self.story.sends.len() < self.plan.sends * round / (self.plan.rounds - 1) {
            let Some(send) = self.story.answer(self.dice.random_range(0..known)) else { continue };
            if self.dice.random_bool(0.1) {
                self.put_off(round, Work::Send(send.clone(), 1), &mut work);
            }
            let copies = if self.dice.random_bool(0.2) { 2 } else { 1 };
            work.push(Work::Send(send, copies));
        }
        work.shuffle(&mut self.dice);
        work
    }

    /// A few deliveries of the past, of any kind, to be posted again now.
    #[must_use]
    pub fn again(bodies: Vec<String>) -> Vec<Work> {
        let delivery = |body: String| Delivery { body: body.into(), copies: 1, counts: false };
        bodies.into_iter().map(|body| Work::Deliver(vec![delivery(body)])).collect()
    }

    /// What was put off until `round`.
    fn put_off_until(&mut self, round: usize) -> BTreeMap<usize, Vec<Work>> {
        let after = self.later.split_off(&(round + 1));
        std::mem::replace(&mut self.later, after)
    }

    /// Puts `one` off until some later round, the next ones rather than the last ones.
    fn put_off(&mut self, round: usize, one: Work, work: &mut Vec<Work>) {
        let left = self.plan.rounds - 1 - round;
        let rounds = if self.dice.random_bool(0.8) { left.min(4) } else { left };
        match rounds {
            0 => work.push(one),
            rounds => self.later.entry(round + self.dice.random_range(1..=rounds)).or_default().push(one),
        }
    }

    /// Some are late, some come again much later, the rest comes now.
    fn deliver(&mut self, round: usize, at_once: Vec<Delivery>, work: &mut Vec<Work>) {
        if self.dice.random_bool(0.1) {
            let again = at_once.iter().map(|delivery| Delivery { copies: 1, counts: false, ..delivery.clone() });
            let again = Work::Deliver(again.collect());
            self.put_off(round, again, work);
        }
        if self.dice.random_bool(0.08) {
            self.put_off(round, Work::Deliver(at_once), work);
        } else {
            work.push(Work::Deliver(at_once));
        }
    }

    /// One or more deliveries that are posted at the same moment.
    fn deliveries<'a>(&mut self, now: i64, taken: &mut impl Iterator<Item = &'a Taken>) -> Vec<Delivery> {
        let at = now - self.dice.random_range(300..900);
        match self.dice.random_range(0..100) {
            _ if self.story.customers.is_empty() => self.newcomer(at),
            0..3 => self.newcomer(at),
            3..8 => self.album(at),
            8..11 => match taken.next().and_then(|taken| self.reaction_to_ours(taken)) {
                Some(reaction) => vec![reaction],
                None => vec![self.mixed(at)],
            },
            _ => vec![self.mixed(at)],
        }
    }

    /// Somebody new, several times at the same moment: all of it races for the first contact.
    fn newcomer(&mut self, at: i64) -> Vec<Delivery> {
        let who = self.story.meet();
        let count = self.dice.random_range(1..=6);
        let one = |n| {
            let text = self.text(who, at + n);
            self.delivery(&[(who, vec![text])])
        };
        (0..count).map(one).collect()
    }

    /// Photos of one moment, in one POST or in one each.
    fn album(&mut self, at: i64) -> Vec<Delivery> {
        let who = self.anybody();
        let count = self.dice.random_range(3..=10);
        let photos: Vec<_> = (0..count).map(|n| self.story.photo(who, at, &format!("room {n}"))).collect();
        if self.dice.random_bool(0.5) {
            return vec![self.delivery(&[(who, photos)])];
        }
        photos.into_iter().map(|photo| self.delivery(&[(who, vec![photo])])).collect()
    }

    /// A reaction to what we sent, if its customer did not react yet.
    fn reaction_to_ours(&mut self, taken: &Taken) -> Option<Delivery> {
        let who = self.story.customers.iter().position(|customer| customer.phone.as_ref() == Some(&taken.phone))?;
        if self.story.reactions.contains_key(&taken.wamid) {
            return None;
        }
        let json = self.story.react_to_ours(who, &taken.wamid, taken.at, "🙏");
        Some(self.delivery(&[(who, vec![json])]))
    }

    /// One to three things of anybody's, in one POST.
    fn mixed(&mut self, at: i64) -> Delivery {
        let count = self.dice.random_range(1..=3);
        let changes = (0..count).map(|_| {
            let who = self.anybody();
            let target = self.some_message(who);
            let said = target.and_then(|target| match self.dice.random_range(0..20) {
                0..4 => {
                    let emoji = ["👍", "❤️", ""].choose(&mut self.dice).copied().unwrap_or_default();
                    self.story.react(who, &target, emoji)
                }
                4..7 => {
                    let words = self.words();
                    self.story.edit(who, &target, &words)
                }
                7..9 => self.story.revoke(who, &target),
                _ => None,
            });
            let said = said.unwrap_or_else(|| self.text(who, at));
            (who, vec![said])
        });
        let changes: Vec<_> = changes.collect();
        self.delivery(&changes)
    }

    fn text(&mut self, who: usize, at: i64) -> Value {
        let words = self.words();
        self.story.write(who, at, &words)
    }

    /// A few words, seldom so many that they are kept beside their entry.
    fn words(&mut self) -> String {
        let repeat = if self.dice.random_bool(0.04) { 150 } else { 1 };
        format!("{} “{:x}”", "Olá 🙂 and so on. ".repeat(repeat), self.dice.random::<u32>())
    }

    fn anybody(&mut self) -> usize {
        self.dice.random_range(0..self.story.customers.len())
    }

    /// One of the last messages of customer `who`.
    fn some_message(&mut self, who: usize) -> Option<String> {
        let last = self.story.customers[who].messages.keys().rev().take(10);
        last.collect::<Vec<_>>().choose(&mut self.dice).map(|wamid| (*wamid).clone())
    }

    fn delivery(&mut self, changes: &[(usize, Vec<Value>)]) -> Delivery {
        let says = |(who, said): &(usize, Vec<Value>)| self.story.customers[*who].says(&self.number, said);
        let body = self.number.webhook(&changes.iter().map(says).collect::<Vec<_>>());
        let copies = match self.dice.random_range(0..10) {
            0..7 => 1,
            7..9 => 2,
            _ => 3,
        };
        Delivery { body: body.into(), copies, counts: true }
    }
}
