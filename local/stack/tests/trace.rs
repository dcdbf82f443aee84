//! One id finds every hop: what `cargo run -- trace` says of a message.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has to end")]

mod support;

use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::Path;
use support::{eventually, http, leadwire, start};
use tempfile::tempdir;

/// What is said of `id`, and whether there was anything to say.
fn trace(folder: &Path, id: &str) -> (bool, String) {
    let traced = leadwire(folder, &["trace", id]).output().unwrap();
    let said = if traced.status.success() { traced.stdout } else { traced.stderr };
    (traced.status.success(), String::from_utf8(said).unwrap())
}

/// Which functions speak. Who has handed something on may say so after the next one has dealt with it.
fn functions(said: &str) -> BTreeSet<&str> {
    said.lines().filter_map(|line| line.split_whitespace().nth(1)).collect()
}

#[tokio::test]
async fn one_id_finds_every_hop_of_a_message_and_of_its_answer_and_no_content() {
    let folder = tempdir().unwrap();
    let http = http();
    let instance = start(folder.path(), &["--port", "0"]).await;
    let hello = json!({ "from": "919876500001", "type": "text", "text": "A secret wish" });
    instance.post(&http, "/_sim/messages", hello).await;
    let token = instance.sign_in(&http).await;
    let lead = eventually("the lead", || async {
        instance.get(&http, &token, "/api/leads").await["items"].as_array().unwrap().first().cloned()
    });
    let lead = lead.await["id"].as_str().unwrap().to_owned();
    let messages = || async { instance.get(&http, &token, &format!("/api/leads/{lead}")).await["messages"].clone() };
    let received = messages().await[0].clone();
    let answer = json!({ "leadId": lead, "text": "A secret answer" });
    let answer = http.post(instance.at("/api/messages")).bearer_auth(&token).json(&answer).send().await.unwrap();
    let answer: Value = answer.json().await.unwrap();
    eventually("the delivery", || async {
        let newest = messages().await[0].clone();
        (newest["id"] == answer["id"] && newest["status"] == "delivered").then_some(())
    })
    .await;
    let told = instance.field("accessToken").to_owned();
    instance.end("TERM").await;

    for id in [&received["id"], &received["wamid"]] {
        let (found, said) = trace(folder.path(), id.as_str().unwrap());
        assert!(found, "{said}");
        assert_eq!(functions(&said), BTreeSet::from(["inbound", "webhook"]), "{said}");
    }
    let (found, said) = trace(folder.path(), answer["id"].as_str().unwrap());
    assert!(found, "{said}");
    assert_eq!(functions(&said), BTreeSet::from(["api", "inbound", "outbound", "relay", "webhook"]), "{said}");
    let log = std::fs::read_to_string(folder.path().join("log.jsonl")).unwrap();
    for hidden in ["secret", "919876500001", token.as_str(), told.as_str()] {
        assert!(!log.contains(hidden), "{hidden} stands in the log");
    }
}

#[test]
fn who_asks_for_what_is_not_there_is_told_so() {
    let folder = tempdir().unwrap();
    let (found, said) = trace(folder.path(), "msg_01");
    assert!(!found && said.contains("there is no log in") && said.contains("--data DIR"), "{said}");
    std::fs::write(folder.path().join("log.jsonl"), "{}\n").unwrap();
    let (found, said) = trace(folder.path(), "msg_01");
    assert!(!found && said.contains("has no lines about msg_01"), "{said}");
}
