//! The messages of the queues, as a worker finds them.

use crate::events::handled;
use domain::MessageId;
use queue::{InboundTask, OutboundTask, Run, rerun};
use whatsapp::Event;

/// What is taken for a task is written so that it reads back as the same, and an event in it passes through the queue
/// again, also where it is put there once more.
pub fn run(bytes: &[u8]) {
    let Ok(body) = std::str::from_utf8(bytes) else { return };
    if let Ok(task) = OutboundTask::parse(body) {
        let written = task.body().expect("every task can be written");
        assert_eq!(OutboundTask::parse(&written).ok(), Some(task));
        assert_eq!([task.dedup().len(), task.group().len()], [32; 2]);
        let again = OutboundTask::new(task.tenant, task.history, task.send, task.redriven.wrapping_add(1));
        assert_ne!(again.dedup(), task.dedup(), "it would be swallowed as a repetition");
    }
    let task = InboundTask::<Event>::parse(body);
    let again = rerun(body, Run::Last, &["sweep", "7"]);
    if let Ok(task) = &task {
        handled(&task.event);
        assert!(task.arrived.to_string().ends_with('Z'), "{}", task.arrived);
        assert_eq!(MessageId::from_parts(task.arrived, 1).at(), task.arrived);
    }
    if let Ok(again) = &again {
        let other = rerun(body, Run::Again, &["sweep", "8"]).expect("it was just read");
        assert_ne!(again.dedup, other.dedup, "it would be swallowed as a repetition");
        assert_eq!(again.group, other.group);
    }
    match (task, again) {
        (Ok(task), Ok(again)) => {
            let back = InboundTask::<Event>::parse(&again.body).expect("what was written can be read");
            assert_eq!((back.run, back.arrived), (Run::Last, task.arrived));
            assert_eq!(back.event.kind, task.event.kind);
        }
        (Ok(_), Err(error)) => panic!("it can be read and not put there again: {error}"),
        // What is no event of ours is handed on unread.
        (Err(_), _) => {}
    }
}
