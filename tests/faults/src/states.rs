//! The state of a world: all that decides how it goes on.

use crate::course::{End, Passed, State};
use crate::replica::LAG;
use crate::world::World;
use domain::Timestamp;
use leadwire::stack::Trigger;
use std::sync::PoisonError;

impl World {
    /// The story goes on, unless its end is known or never comes.
    pub(crate) fn goes_on(&mut self) -> bool {
        self.beat += 1;
        !self.circles && self.known_end().is_none()
    }

    /// What will not hold at the end, if that is known already.
    pub(crate) fn known_end(&self) -> Option<End> {
        self.course.known_end()
    }

    /// Looks at the state in which the world is before the `turn` of a round, when no function is at work; true if its
    /// end is known. `got_on` says whether anything was done in this round.
    pub(crate) fn passes(&mut self, turn: usize, got_on: bool) -> bool {
        let calls = self.calls.number_made();
        if !self.course.notes(calls) || self.workers.are_busy() || self.workers.hang() {
            return false;
        }
        let calm = self.state(turn, got_on);
        let open = State::of(&[&format!("{calm:?} {:?}", self.replicas())]);
        self.course.pass(Passed { calls, calm, open });
        self.known_end().is_some()
    }

    /// All that decides how the world goes on if nothing befalls any call: what lies in the services, who waits for
    /// what, what functions remember, and how far the story is.
    fn state(&mut self, turn: usize, got_on: bool) -> State {
        let table = self.table();
        let queues = self.emulator.queues().contents().unwrap_or_else(|error| panic!("{error}"));
        let unread = [(Trigger::Relay, "relay"), (Trigger::Changes, "changes")].map(|(trigger, consumer)| {
            // It would be pulled, even if in vain.
            self.has_something(trigger).then(|| {
                let source = self.emulator.stream_source(leadwire::stack::TABLE, consumer);
                source.unread().unwrap_or_else(|error| panic!("{error}"))
            })
        });
        let counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let asked = (&self.requests, self.asked, &self.told, &self.failed, &self.invited);
        let outside = (asked, counted, self.calls.accusations());
        let time = (self.now(), self.ids.drawn(), self.beat, turn, got_on);
        let rest = format!("{table:?} {unread:?} {outside:?} {time:?}");
        State::of(&[&rest, &queues, &self.meta.memory(), &self.calls.memory(), &format!("{:?}", self.mails())])
    }

    /// What the table holds.
    fn table(&mut self) -> State {
        let written = self.written();
        match self.table {
            Some((at, state)) if at == written => state,
            Some(_) | None => {
                let items = self.emulator.database().contents(leadwire::stack::TABLE);
                let state = State::of(&[&items.unwrap_or_else(|error| panic!("{error}"))]);
                self.table = Some((written, state));
                state
            }
        }
    }

    /// What replicas may still answer: what the table held until a moment ago, and at every moment since then.
    fn replicas(&self) -> &[(Timestamp, State)] {
        let behind = self.now().minus(LAG);
        let last = self.past.iter().rposition(|(at, _)| *at <= behind);
        self.past.get(last.unwrap_or_default()..).unwrap_or_default()
    }

    /// Lets it be `at`.
    pub(crate) fn pass_to(&mut self, at: Timestamp) {
        if self.course.is_noted() && at > self.now() {
            let table = self.table();
            self.past.push((self.now(), table));
        }
        self.clock.set(at.max(self.now()));
    }
}
