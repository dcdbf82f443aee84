//! Tasks of a lead: something that a user has to do, with a due time and a reminder.

use crate::actors::Actor;
use crate::ids::{LeadId, TaskId, UserId};
use crate::personal::Text;
use crate::time::Timestamp;

/// The longest text of a task, in characters.
pub const LONGEST_TASK: usize = 500;

/// The most open tasks of one lead.
pub const MOST_TASKS: usize = 100;

/// Something to do about a lead.
#[derive(Clone, Debug, PartialEq)]
pub struct Task {
    /// Its ID.
    pub id: TaskId,
    /// Whom it is about.
    pub lead: LeadId,
    /// What is to be done.
    pub text: Text,
    /// When it is to be done.
    pub due: Option<Timestamp>,
    /// Who does it.
    pub assignee: Option<UserId>,
    /// When the assignee is reminded.
    pub remind: Option<Timestamp>,
    /// When it was done, and by whom.
    pub done: Option<(Timestamp, Actor)>,
    /// Who wrote it down.
    pub by: Actor,
    /// Counts its changes.
    pub revision: u64,
}

/// A change of a task. A field without a value stays as it is; an inner `None` removes it.
#[derive(Clone, Debug, Default)]
pub struct TaskChange {
    /// What is to be done.
    pub text: Option<Text>,
    /// When it is to be done.
    pub due: Option<Option<Timestamp>>,
    /// Who does it.
    pub assignee: Option<Option<UserId>>,
    /// When the assignee is reminded.
    pub remind: Option<Option<Timestamp>>,
    /// Whether it is done.
    pub done: Option<bool>,
}

impl TaskChange {
    /// `task` after this change by `by` at `now`, with the next revision; the same task if nothing changes. A task that is
    /// done reminds nobody.
    #[must_use]
    pub fn apply(&self, task: &Task, by: Actor, now: Timestamp) -> Task {
        let mut after = task.clone();
        if let Some(text) = &self.text {
            after.text.clone_from(text);
        }
        after.due = self.due.unwrap_or(task.due);
        after.assignee = self.assignee.unwrap_or(task.assignee);
        after.remind = self.remind.unwrap_or(task.remind);
        after.done = match self.done {
            Some(true) => task.done.or(Some((now, by))),
            Some(false) => None,
            None => task.done,
        };
        if after.done.is_some() {
            after.remind = None;
        }
        if after != *task {
            after.revision = task.revision + 1;
        }
        after
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_task_that_is_done_reminds_nobody_and_stays_done_by_whoever_was_first() {
        let at = Timestamp::from_seconds(1_790_000_000);
        let by = Actor::User(UserId::from_parts(at, 1));
        let other = Actor::User(UserId::from_parts(at, 2));
        let task = Task {
            id: TaskId::from_parts(at, 1),
            lead: LeadId::from_parts(at, 1),
            text: Text::new("Call back"),
            due: None,
            assignee: None,
            remind: Some(at),
            done: None,
            by,
            revision: 1,
        };
        let done = TaskChange { done: Some(true), ..TaskChange::default() };
        let after = done.apply(&task, by, at);
        assert_eq!((after.remind, after.done, after.revision), (None, Some((at, by)), 2));
        assert_eq!(done.apply(&after, other, at.plus(std::time::Duration::from_secs(9))), after);
        let open = TaskChange { done: Some(false), ..TaskChange::default() }.apply(&after, other, at);
        assert_eq!((open.done, open.revision), (None, 3));
    }
}
