//! The load of each round, drawn from a seed: what customers do, packed into deliveries, of which some come several
//! times at once, again much later, or late; and what agents send.

use crate::Settings;
use crate::story::Story;
use rand::rngs::StdRng;
use rand::seq::{IndexedRandom, SliceRandom};
use rand::{RngExt, SeedableRng};
use serde_json::Value;
use std::collections::BTreeMap;

/// A request, which is made again until it is accepted.
#[derive(Clone, Debug)]
pub enum Request {
    /// Posts a webhook with this body.
    Webhook(String),
    /// Sends to `phone`, always with the same idempotency key.
    Send {
        /// The idempotency key.
        key: String,
        /// To whom.
        phone: String,
    },
}

/// Requests that are made at the same moment.
pub type Work = Vec<Request>;

/// The load of all rounds.
#[derive(Debug)]
pub(crate) struct Load {
    /// All that was made up so far.
    pub(crate) story: Story,
    settings: Settings,
    rounds: usize,
    dice: StdRng,
    deliveries: usize,
    /// Work that was postponed, by round.
    later: BTreeMap<usize, Vec<Work>>,
}

impl Load {
    pub(crate) fn new(settings: &Settings, story: Story) -> Self {
        let dice = StdRng::seed_from_u64(settings.seed);
        let rounds = settings.kills.max(1) + 1;
        Self { story, settings: settings.clone(), rounds, dice, deliveries: 0, later: BTreeMap::new() }
    }

    /// The work of `round`, in random order. `now` is in seconds; customers may react to the `sends` on Meta's record.
    pub(crate) fn round(&mut self, round: usize, now: i64, sends: &[Value]) -> Vec<Work> {
        let known = self.story.customers.len();
        let after = self.later.split_off(&(round + 1));
        let mut work: Vec<_> = std::mem::replace(&mut self.later, after).into_values().flatten().collect();
        let mut sends = sends.iter();
        while self.deliveries < self.settings.deliveries * (round + 1) / self.rounds {
            let at = now - self.dice.random_range(300..900);
            let bodies = self.bodies(at, &mut sends);
            self.deliveries += bodies.len();
            self.deliver(round, bodies, &mut work);
        }
        // Before the first round there are no customers to send to.
        while known > 1 && self.story.sends.len() < self.settings.sends * round / (self.rounds - 1) {
            let who = self.dice.random_range(0..known);
            let Some(phone) = self.story.customers[who].phone.clone() else { continue };
            let send = Request::Send { key: self.story.send(&phone), phone };
            if self.dice.random_bool(0.1) {
                self.postpone(round, vec![send.clone()], &mut work);
            }
            work.push(vec![send; self.pick(&[1, 1, 1, 1, 2])]);
        }
        work.shuffle(&mut self.dice);
        work
    }

    /// Postpones `one` to some later round, rather to one of the next than to one of the last.
    fn postpone(&mut self, round: usize, one: Work, work: &mut Vec<Work>) {
        let left = self.rounds - 1 - round;
        match if self.dice.random_bool(0.8) { left.min(4) } else { left } {
            0 => work.push(one),
            rounds => self.later.entry(round + self.dice.random_range(1..=rounds)).or_default().push(one),
        }
    }

    /// Posts some late, some again much later, some several times at once, and the rest once and now.
    fn deliver(&mut self, round: usize, bodies: Vec<String>, work: &mut Vec<Work>) {
        let posts: Work = bodies.into_iter().map(Request::Webhook).collect();
        if self.dice.random_bool(0.1) {
            self.postpone(round, posts.clone(), work);
        }
        let copies = |post| vec![post; self.pick(&[1, 1, 1, 1, 1, 1, 1, 2, 2, 3])];
        let posts = posts.into_iter().flat_map(copies).collect();
        if self.dice.random_bool(0.08) {
            self.postpone(round, posts, work);
        } else {
            work.push(posts);
        }
    }

    /// The bodies of deliveries that are posted at the same moment.
    fn bodies<'a>(&mut self, at: i64, sends: &mut impl Iterator<Item = &'a Value>) -> Vec<String> {
        match self.dice.random_range(0..100) {
            // Agents send from the second round on, so two customers come first.
            _ if self.story.customers.len() < 2 => self.newcomer(at),
            0..3 => self.newcomer(at),
            3..8 => self.album(at),
            8..11 => {
                let reaction = sends.next().and_then(|send| self.reaction_to_ours(send));
                vec![reaction.unwrap_or_else(|| self.mixed(at))]
            }
            _ => vec![self.mixed(at)],
        }
    }

    /// The first messages of a new customer: all of them race to create the lead.
    fn newcomer(&mut self, at: i64) -> Vec<String> {
        let who = self.story.meet();
        let count = self.dice.random_range(1..=6);
        let texts: Vec<_> = (0..count).map(|n| self.text(who, at + n)).collect();
        texts.into_iter().map(|text| self.story.webhook(&[(who, vec![text])])).collect()
    }

    /// Photos of one moment, in one webhook or in one each.
    fn album(&mut self, at: i64) -> Vec<String> {
        let who = self.dice.random_range(0..self.story.customers.len());
        let count = self.dice.random_range(3..=10);
        let photos: Vec<_> = (0..count).map(|n| self.story.photo(who, at, &format!("room {n}"))).collect();
        let each = if self.dice.random_bool(0.5) { photos.len() } else { 1 };
        photos.chunks(each).map(|photos| self.story.webhook(&[(who, photos.to_vec())])).collect()
    }

    /// A reaction to this message, unless it failed or its customer reacted before.
    fn reaction_to_ours(&mut self, send: &Value) -> Option<String> {
        let wamid = send["wamid"].as_str()?;
        let phone = send["input"].as_str()?;
        let who = self.story.customers.iter().position(|customer| customer.phone.as_deref() == Some(phone))?;
        if !send["failed"].is_null() || self.story.reactions.contains_key(wamid) {
            return None;
        }
        let reaction = self.story.react_to_ours(who, wamid, send["at"].as_i64()? / 1000, "🙏");
        Some(self.story.webhook(&[(who, vec![reaction])]))
    }

    /// One to three events of any customers, in one webhook.
    fn mixed(&mut self, at: i64) -> String {
        let count = self.dice.random_range(1..=3);
        let event = |_| {
            let who = self.dice.random_range(0..self.story.customers.len());
            (who, vec![self.event(who, at)])
        };
        let events: Vec<_> = (0..count).map(event).collect();
        self.story.webhook(&events)
    }

    /// A reaction, an edit or a withdrawal of one of the last messages of customer `who`, or a new text.
    fn event(&mut self, who: usize, at: i64) -> Value {
        let messages = &self.story.customers[who].messages;
        let last: Vec<_> = messages.keys().rev().take(10).collect();
        let Some(target) = last.choose(&mut self.dice).map(|wamid| (*wamid).clone()) else { return self.text(who, at) };
        let text = messages[&target].shown["type"] == "text";
        match self.dice.random_range(0..20) {
            0..4 => {
                let emoji = self.pick(&["👍", "❤️", ""]);
                self.story.react(who, &target, emoji)
            }
            4..7 if text => self.story.edit(who, &target, &words(&mut self.dice)),
            7..9 => self.story.revoke(who, &target),
            _ => self.text(who, at),
        }
    }

    fn text(&mut self, who: usize, at: i64) -> Value {
        self.story.write(who, at, &words(&mut self.dice))
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.dice.random_range(0..from.len())]
    }
}

/// A few words, seldom so many that they are stored in an item of their own.
fn words(dice: &mut StdRng) -> String {
    let repeat = if dice.random_bool(0.04) { 150 } else { 1 };
    format!("{} “{:x}”", "Olá 🙂 and so on. ".repeat(repeat), dice.random::<u32>())
}
