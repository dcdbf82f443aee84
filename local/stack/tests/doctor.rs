//! `leadwire doctor` and `leadwire send`: what people try when nothing seems to work.

mod support;

use support::{leadwire, start};

#[tokio::test]
async fn the_doctor_says_what_is_fine_and_a_message_that_cannot_be_sent_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let run = async |args: &[&str]| {
        let mut command = leadwire(folder.path(), args);
        let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
        let said = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8(said).unwrap())
    };
    let (fine, said) = run(&["doctor"]).await;
    assert!(!fine && said.contains("start one with"), "{said}");
    let _instance = start(folder.path(), &["--port", "0"]).await;
    let (fine, said) = run(&["doctor"]).await;
    assert!(fine, "{said}");
    for what in ["api", "database", "token", "number", "account", "registration", "subscription", "health", "webhook"] {
        assert!(said.contains(&format!("ok  {what}")), "{what}: {said}");
    }
    let (sent, said) = run(&["send", "+919876543210", "Hello"]).await;
    assert!(!sent && said.starts_with("not sent: ") && said.contains("template"), "{said}");
}
