//! Due work, as the table's index lists it.

use crate::items::{
    Items, due_at, is_email, is_erasure, is_long_job, is_media, is_of_conversation, is_resume, is_setup, line, text,
    waits_for,
};
use domain::Timestamp;
use emulator::Emulator;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Due {
    pub(crate) at: Timestamp,
    /// The message that it waits for, if it is an event without its message.
    pub(crate) waits_for: Option<String>,
    pub(crate) is_send: bool,
    pub(crate) is_email: bool,
    pub(crate) is_media: bool,
    pub(crate) is_of_conversation: bool,
    pub(crate) is_resume: bool,
    pub(crate) is_erasure: bool,
    pub(crate) is_long_job: bool,
    pub(crate) is_setup: bool,
}

/// All due work, now or later.
pub(crate) fn all(emulator: &Emulator) -> Vec<Due> {
    let listed = Items::of_index(emulator, "GSI1");
    let due = listed.iter().filter_map(|item| {
        let at = Timestamp::from_millis(due_at(item)?);
        Some(Due {
            at,
            waits_for: waits_for(item),
            is_send: !line(item).is_empty(),
            is_email: is_email(item),
            is_media: is_media(item),
            is_of_conversation: is_of_conversation(item),
            is_resume: is_resume(item),
            is_erasure: is_erasure(item),
            is_long_job: is_long_job(item),
            is_setup: is_setup(item),
        })
    });
    due.collect()
}

/// When the next event is due that waits for a message that is there.
pub(crate) fn waiting_in_vain(emulator: &Emulator) -> Option<Timestamp> {
    let waiting: Vec<Due> = all(emulator).into_iter().filter(|due| due.waits_for.is_some()).collect();
    if waiting.is_empty() {
        return None;
    }
    let items = Items::all(emulator);
    let named: Vec<String> = items.iter().map(|item| text(item, "w")).filter(|wamid| !wamid.is_empty()).collect();
    let there = waiting.into_iter().filter(|due| due.waits_for.as_ref().is_some_and(|wamid| named.contains(wamid)));
    there.map(|due| due.at).min()
}
