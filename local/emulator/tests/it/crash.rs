//! What `kill -9` leaves: the files as the operating system holds them, with nothing closed and nothing tidied.

use crate::support::{Aws, QUEUE, TABLE, bodies};
use aws_lambda_events::dynamodb::Event;
use aws_lambda_events::streams::DynamoDbEventResponse;
use std::convert::Infallible;
use std::path::Path;

/// The databases at this moment, while they are open. The shared memory of SQLite's log is left out: it dies with the
/// process, and SQLite makes it anew.
fn copy_files(from: &Path, to: &Path) {
    for file in std::fs::read_dir(from).unwrap() {
        let file = file.unwrap();
        if file.file_type().unwrap().is_file() && !file.file_name().to_string_lossy().ends_with("-shm") {
            std::fs::copy(file.path(), to.join(file.file_name())).unwrap();
        }
    }
}

#[tokio::test]
async fn everything_answered_is_there_after_a_crash() {
    let dir = tempfile::tempdir().unwrap();
    let copy = tempfile::tempdir().unwrap();
    let before = Aws::create(dir.path()).await;
    let done = |_: Event| async { Ok::<_, Infallible>(DynamoDbEventResponse::default()) };
    for n in 0..100 {
        before.put(&n.to_string(), "1").await;
        before.send("a", &n.to_string()).await;
    }
    before.emulator.stream_source(TABLE, "relay").pump_once(|_| true, &done).await.unwrap();
    before.put("last", "1").await;
    let taken = before.receive(QUEUE).await;
    for message in &taken {
        before.delete(message).await;
    }
    copy_files(dir.path(), copy.path());

    let after = Aws::open(copy.path());
    assert_eq!(after.get("last").await.as_deref(), Some("1"));
    assert_eq!(after.emulator.stream_source(TABLE, "relay").pump_once(|_| true, &done).await.unwrap().delivered, 1);
    assert_eq!(after.counts(QUEUE).await, ["90", "0", "0"]);
    assert_eq!(bodies(&after.receive(QUEUE).await)[0], "10");
}
