//! The erasure of a person: everything that is known of them goes, in steps. What stays is that it was done.

use crate::actors::Actor;
use crate::digest;
use crate::ids::{ErasureId, HistoryId, LeadId};
use crate::time::Timestamp;
use std::time::Duration;

/// How long after the last step everything is looked at once more: a worker may still have written something.
pub const SECOND_LOOK: Duration = Duration::from_secs(120);

/// How much was erased.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Erased {
    /// Messages of both sides.
    pub messages: u64,
    /// Files that the person sent.
    pub files: u64,
    /// Everything else: events, notes, tasks, conversations.
    pub others: u64,
}

/// An erasure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Erasure {
    /// Its ID: it has the number of its lead, so that a lead is erased once.
    pub id: ErasureId,
    /// The leads that are erased: one, and those that were merged into it.
    pub leads: Vec<LeadId>,
    /// Their histories.
    pub histories: Vec<HistoryId>,
    /// Who asked for it.
    pub by: Actor,
    /// When.
    pub requested: Timestamp,
    /// When it was done; none while it goes on.
    pub done: Option<Timestamp>,
    /// What was erased by now.
    pub erased: Erased,
}

impl Erasure {
    /// The receipt of an erasure that is done: a digest over all that it says.
    #[must_use]
    pub fn receipt(&self) -> Option<String> {
        let done = self.done?;
        let Erased { messages, files, others } = self.erased;
        let leads: Vec<_> = self.leads.iter().map(ToString::to_string).collect();
        Some(digest::hex(&[
            "erasure",
            &self.id.to_string(),
            &leads.join(","),
            &self.by.to_string(),
            &self.requested.millis().to_string(),
            &done.millis().to_string(),
            &messages.to_string(),
            &files.to_string(),
            &others.to_string(),
        ]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::UserId;

    #[test]
    fn only_an_erasure_that_is_done_has_a_receipt_and_it_holds_every_count() {
        let lead = LeadId::from_parts(Timestamp::from_seconds(1), 7);
        let running = Erasure {
            id: ErasureId::for_lead(lead),
            leads: vec![lead],
            histories: vec![HistoryId::for_lead(lead)],
            by: Actor::User(UserId::from_parts(Timestamp::default(), 1)),
            requested: Timestamp::from_seconds(2),
            done: None,
            erased: Erased { messages: 3, files: 1, others: 4 },
        };
        assert_eq!(running.receipt(), None);
        let done = Erasure { done: Some(Timestamp::from_seconds(3)), ..running };
        let other = Erasure { erased: Erased { files: 2, ..done.erased }, ..done.clone() };
        assert!(done.receipt().is_some() && done.receipt() != other.receipt());
    }
}
