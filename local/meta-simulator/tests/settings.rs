//! Every setting does what it says.

#![allow(clippy::unwrap_used, clippy::needless_pass_by_value, reason = "helpers of tests, outside of test functions")]

mod common;

use axum::http::StatusCode;
use common::{ASHA, Stage, stage, stage_with, text};
use meta_simulator::{CustomerMessage, Database, Ticks};
use serde_json::{Value, json};
use std::collections::HashSet;

const MESSAGES: &str = "/v25.0/100000000000001/messages";

fn write(stage: &Stage, count: usize) {
    for at in 0..count {
        stage.simulator.receive(&CustomerMessage::text(ASHA, format!("{at}"))).unwrap();
    }
}

fn bodies(items: &[Value]) -> Vec<String> {
    items.iter().map(|one| one["text"]["body"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn batch_puts_many_updates_into_one_post() {
    let stage = stage();
    stage.turn(json!({"batch": 1000}));
    write(&stage, 1500);
    assert_eq!(stage.simulator.deliver_due().await.unwrap().answered, 2);
    assert_eq!(stage.items("messages").len(), 1500);
}

#[tokio::test]
async fn batches_wait_for_more() {
    let stage = stage();
    stage.turn(json!({"batch": 3, "batchWaitMs": 1000}));
    write(&stage, 4);
    stage.simulator.deliver_due().await.unwrap();
    assert_eq!(stage.items("messages").len(), 3);
    stage.pass(1_000);
    stage.simulator.deliver_due().await.unwrap();
    assert_eq!(stage.items("messages").len(), 1);
}

#[tokio::test]
async fn duplicates_come_at_once_and_later() {
    let stage = stage();
    stage.turn(json!({"duplicates": 3}));
    write(&stage, 1);
    stage.simulator.deliver_due().await.unwrap();
    assert_eq!(stage.business.lock().unwrap().most_at_once, 3);
    stage.play(3_000).await;
    let posts = stage.arrived();
    assert_eq!(posts.len(), 4);
    assert!(posts.iter().all(|post| *post == posts[0]));
}

#[tokio::test]
async fn reordering_lets_later_ones_overtake_but_loses_none() {
    let stage = stage();
    stage.turn(json!({"reorder": 0.5, "seed": 7}));
    write(&stage, 20);
    stage.play(3_000).await;
    let order = bodies(&stage.items("messages"));
    assert_eq!(order.iter().collect::<HashSet<_>>().len(), 20);
    assert_ne!(order, (0..20).map(|at| at.to_string()).collect::<Vec<_>>());
}

#[tokio::test]
async fn delay_keeps_posts_back() {
    let stage = stage();
    stage.turn(json!({"delayMs": [500, 500]}));
    write(&stage, 1);
    stage.simulator.deliver_due().await.unwrap();
    assert!(stage.arrived().is_empty());
    stage.pass(500);
    stage.simulator.deliver_due().await.unwrap();
    assert_eq!(stage.arrived().len(), 1);
}

#[tokio::test]
async fn loss_never_sends_a_fraction_and_repeats_with_its_seed() {
    let mut runs = Vec::new();
    for _ in 0..2 {
        let stage = stage();
        stage.turn(json!({"loss": 0.3, "seed": 42}));
        write(&stage, 200);
        stage.play(100).await;
        runs.push(bodies(&stage.items("messages")));
    }
    assert!((110..170).contains(&runs[0].len()), "{}", runs[0].len());
    assert_eq!(runs[0], runs[1]);
}

#[tokio::test]
async fn statuses_can_be_lost_while_messages_arrive() {
    let stage = stage();
    stage.turn(json!({"statusesLost": 1.0}));
    stage.open_window().await;
    stage.send(text(ASHA, "x")).await;
    stage.play(3_000).await;
    assert!(stage.arrived().is_empty());
}

#[tokio::test]
async fn failed_statuses_can_name_their_contact() {
    let stage = stage();
    stage.turn(json!({"window": "fail", "contactsOnFailed": true}));
    stage.send(text(ASHA, "late")).await;
    stage.play(100).await;
    let value = &stage.arrived()[0]["entry"][0]["changes"][0]["value"];
    assert_eq!((&value["statuses"][0]["status"], &value["contacts"][0]["wa_id"]), (&json!("failed"), &json!(ASHA)));
}

#[tokio::test]
async fn concurrency_sends_posts_side_by_side() {
    let stage = stage();
    stage.turn(json!({"concurrency": 4}));
    write(&stage, 10);
    stage.simulator.deliver_due().await.unwrap();
    assert_eq!(stage.business.lock().unwrap().most_at_once, 4);
}

#[tokio::test]
async fn the_echo_of_callback_data_can_be_turned_off() {
    let stage = stage();
    stage.turn(json!({"echoCallbackData": false}));
    stage.open_window().await;
    stage.send(text(ASHA, "x")).await;
    stage.play(100).await;
    assert_eq!(stage.items("statuses")[0].get("biz_opaque_callback_data"), None);
}

#[tokio::test]
async fn without_auto_read_the_page_reads() {
    let stage = stage();
    stage.turn(json!({"autoRead": false}));
    stage.open_window().await;
    stage.send(text(ASHA, "x")).await;
    stage.play(60_000).await;
    assert_eq!(stage.items("statuses").len(), 2);
    assert_eq!(stage.simulator.read(ASHA).unwrap(), 1);
    assert_eq!(stage.simulator.read(ASHA).unwrap(), 0);
    stage.simulator.deliver_due().await.unwrap();
    assert_eq!(stage.items("statuses")[0]["status"], "read");
}

#[tokio::test]
async fn the_page_reads_before_it_would_happen_by_itself() {
    let stage = stage();
    stage.open_window().await;
    stage.send(text(ASHA, "x")).await;
    stage.play(400).await;
    stage.simulator.read(ASHA).unwrap();
    stage.play(5_000).await;
    let names: Vec<String> = stage.items("statuses").iter().map(|one| one["status"].to_string()).collect();
    assert_eq!(names, ["\"sent\"", "\"delivered\"", "\"read\""]);
}

#[tokio::test]
async fn new_people_can_have_no_phone() {
    let stage = stage();
    stage.turn(json!({"hiddenPhones": true}));
    let (_, person) = stage.call("POST", "/_sim/people", Some(json!({}))).await;
    let person = person.unwrap();
    assert!(person["hidesPhone"] == true && person["username"].is_string());
}

#[tokio::test]
async fn rates_are_limited_on_request() {
    let stage = stage();
    stage.open_window().await;
    stage.turn(json!({"pairRate": true}));
    for _ in 0..45 {
        assert_eq!(stage.send(text(ASHA, "x")).await.0, StatusCode::OK);
    }
    assert_eq!(stage.send(text(ASHA, "x")).await.1["error"]["code"], 131_056);
    stage.turn(json!({"pairRate": false, "throughputPerSecond": 80}));
    stage.pass(1_000);
    for _ in 0..80 {
        stage.send(text(ASHA, "x")).await;
    }
    let (status, body) = stage.send(text(ASHA, "x")).await;
    assert_eq!((status.as_u16(), &body["error"]["code"]), (429, &json!(130_429)));
}

#[tokio::test]
async fn the_free_allowance_ends() {
    let stage = stage();
    stage.turn(json!({"freeServiceMessages": 1}));
    stage.open_window().await;
    stage.send(text(ASHA, "free")).await;
    stage.send(text(ASHA, "charged")).await;
    stage.play(100).await;
    let types: Vec<Value> = stage.items("statuses").iter().map(|one| one["pricing"]["type"].clone()).collect();
    assert_eq!(types, [json!("free_customer_service"), json!("regular")]);
}

async fn faulty(fault: Value) -> (Stage, StatusCode, Result<Value, String>) {
    let stage = stage();
    stage.open_window().await;
    let mut fault = fault;
    fault["next"] = json!(1);
    stage.turn(json!({"faults": [fault]}));
    let (status, body) = stage.call("POST", MESSAGES, Some(text(ASHA, "x"))).await;
    assert!(stage.simulator.settings().faults.is_empty());
    assert_eq!(stage.send(text(ASHA, "the next one is well")).await.0, StatusCode::OK);
    (stage, status, body)
}

fn accepted(stage: &Stage) -> usize {
    stage.simulator.sends(None).unwrap().len() - 1
}

#[tokio::test(start_paused = true)]
async fn hang_accepts_and_answers_too_late() {
    let began = tokio::time::Instant::now();
    let (stage, status, _) = faulty(json!({"mode": "hang", "seconds": 30})).await;
    assert_eq!((began.elapsed().as_secs(), status, accepted(&stage)), (30, StatusCode::OK, 1));
}

#[tokio::test]
async fn answers_are_lost_after_acceptance() {
    let (stage, _, body) = faulty(json!({"mode": "reset_after_accept"})).await;
    assert!(body.is_err() && accepted(&stage) == 1);
    let (stage, status, body) = faulty(json!({"mode": "broken_json"})).await;
    assert!(status == StatusCode::OK && body.is_err() && accepted(&stage) == 1);
    let (stage, status, body) = faulty(json!({"mode": "server_error_accepted"})).await;
    assert_eq!((status.as_u16(), &body.unwrap()["error"]["code"], accepted(&stage)), (500, &json!(131_000), 1));
    assert_eq!(stage.simulator.sends(None).unwrap()[1].fault.as_deref(), Some("server_error_accepted"));
}

#[tokio::test]
async fn refusals_accept_nothing() {
    let (stage, status, _) = faulty(json!({"mode": "server_error"})).await;
    assert_eq!((status.as_u16(), accepted(&stage)), (500, 0));
    let (stage, status, body) = faulty(json!({"mode": "error_code", "code": 131_026})).await;
    assert_eq!((status.as_u16(), &body.unwrap()["error"]["code"], accepted(&stage)), (400, &json!(131_026), 0));
}

#[tokio::test]
async fn a_send_can_fail_later() {
    let (stage, status, _) = faulty(json!({"mode": "failed_status", "code": 131_049})).await;
    stage.play(100).await;
    let failed = stage.items("statuses").into_iter().find(|one| one["status"] == "failed").unwrap();
    assert_eq!((status, &failed["errors"][0]["code"]), (StatusCode::OK, &json!(131_049)));
    assert_eq!(failed["biz_opaque_callback_data"], "job-1");
}

#[tokio::test]
async fn a_client_over_a_socket_sees_a_transport_error() {
    let stage = stage();
    stage.open_window().await;
    stage.turn(json!({"faults": [{"mode": "reset_after_accept"}]}));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}{MESSAGES}", listener.local_addr().unwrap());
    let router = stage.simulator.router();
    let server = tokio::spawn(async move { axum::serve(listener, router).await });
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let sent = client.post(url).bearer_auth("local-access-token").json(&text(ASHA, "x")).send().await;
    let failed = match sent {
        Ok(answer) => answer.bytes().await.is_err(),
        Err(_) => true,
    };
    server.abort();
    assert!(failed && stage.simulator.sends(None).unwrap().len() == 1);
}

#[tokio::test]
async fn refused_webhooks_come_again_until_seven_days_are_over() {
    let stage = stage();
    stage.answers([Ok(500), Err("connection refused".to_owned()), Ok(202)]);
    write(&stage, 1);
    for wait in [0, 1_000, 2_000, 4_000] {
        stage.pass(wait - 1);
        assert_eq!(stage.simulator.deliver_due().await.unwrap().answered, 0);
        stage.pass(1);
        stage.simulator.deliver_due().await.unwrap();
    }
    assert_eq!(stage.arrived().len(), 4);
    let record = &stage.simulator.webhooks().unwrap()[0];
    assert_eq!((record.attempts, record.state.as_str(), record.last_answer.as_deref()), (4, "delivered", Some("200")));

    stage.answers([Ok(500), Ok(500)]);
    write(&stage, 1);
    stage.simulator.deliver_due().await.unwrap();
    stage.pass(7 * 24 * 3_600_000);
    assert_eq!(stage.simulator.deliver_due().await.unwrap().dropped, 1);
}

#[tokio::test]
async fn a_restart_keeps_sends_people_and_outbox() {
    let folder = tempfile::tempdir().unwrap();
    let file = Database::File(folder.path().join("meta.sqlite"));
    let before = stage_with(|config| config.database = file.clone());
    before.open_window().await;
    before.send(text(ASHA, "x")).await;
    write(&before, 1);
    before.answers([Ok(500)]);
    before.simulator.deliver_due().await.unwrap();
    let sent = before.simulator.sends(None).unwrap()[0].wamid.clone();
    drop(before);

    let after = stage_with(|config| config.database = file);
    assert_eq!(after.simulator.sends(None).unwrap()[0].wamid, sent);
    after.play(3_000).await;
    let posts = after.arrived();
    assert_eq!(posts.len(), 4, "one refused message and three statuses");
    assert_eq!(after.simulator.people().unwrap().len(), 1);
    let (_, fresh) = after.send(text(ASHA, "y")).await;
    assert_ne!(fresh["messages"][0]["id"], json!(sent));
}

#[tokio::test]
async fn own_messages_have_a_clock_until_the_business_has_them() {
    let stage = stage();
    stage.answers([Ok(500)]);
    write(&stage, 1);
    stage.simulator.deliver_due().await.unwrap();
    let ticks = || stage.simulator.conversation(ASHA).unwrap().turns[0].ticks;
    assert_eq!(ticks(), Ticks::Clock);
    stage.pass(1_000);
    stage.simulator.deliver_due().await.unwrap();
    assert_eq!(ticks(), Ticks::Delivered);
}

#[tokio::test]
async fn settings_are_read_and_changed_over_http() {
    let stage = stage();
    let (status, body) = stage.call("PATCH", "/_sim/settings", Some(json!({"batch": 5}))).await;
    assert_eq!((status, &body.unwrap()["batch"]), (StatusCode::OK, &json!(5)));
    let (_, body) = stage.call("PUT", "/_sim/settings", Some(json!({"loss": 0.5}))).await;
    let body = body.unwrap();
    assert_eq!((&body["batch"], &body["loss"]), (&json!(1), &json!(0.5)));
    let (status, _) = stage.call("PATCH", "/_sim/settings", Some(json!({"bacth": 5}))).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
}
