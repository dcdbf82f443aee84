//! One business asks for more than its share of the posts: its own sends wait, and all of them go out.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has to end")]

use domain::access::rates::Limit;
use emulator::source::QueueSource;
use http::StatusCode;
use leadwire::stack::OUTBOUND;
use serde_json::json;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use testkit::TestApp;

/// Two posts at once, and then one a second.
const SHARE: Limit = Limit::new(1, Duration::from_secs(1), 2);

/// A worker that posts no more than [`SHARE`] of one business.
fn worker(app: &TestApp) -> (QueueSource, Arc<outbound::Deps>) {
    let of_stack = &app.stack().functions().outbound;
    let deps = outbound::Deps {
        store: of_stack.store.clone(),
        queue: of_stack.queue.clone(),
        jobs: of_stack.jobs.clone(),
        clock: Arc::clone(&of_stack.clock),
        random: Arc::clone(&of_stack.random),
        graph: of_stack.graph.clone(),
        keyring: of_stack.keyring.clone(),
        share: SHARE,
        encryptor: of_stack.encryptor.clone(),
        token_key: of_stack.token_key.clone(),
    };
    (app.emulator().queue_source(OUTBOUND).batch_size(1), Arc::new(deps))
}

/// Works the queue of messages off as far as it goes now, and tells how many posts Meta took by then.
async fn posts(app: &TestApp, (queue, deps): &(QueueSource, Arc<outbound::Deps>)) -> usize {
    for _ in 0..50 {
        let handle = |event| async { Ok::<_, Infallible>(outbound::handle(deps, event).await) };
        if queue.poll_once(&handle).await.unwrap().is_empty() {
            break;
        }
    }
    app.meta().sends(None).unwrap().len()
}

#[tokio::test]
async fn sends_beyond_the_share_of_a_business_wait_for_their_turn_and_go_out_once_each() {
    let app = TestApp::start().await;
    let mut leads = Vec::new();
    for name in ["Asha", "Bo", "Cy", "Di", "Eva", "Finn"] {
        let said = app.says(&app.person(name), "Hello").await;
        leads.push(said);
    }
    let worker = worker(&app);
    for lead in app.get("/api/leads").await.items() {
        let reply = app.post("/api/messages", json!({"leadId": lead["id"], "text": "We are open"})).await;
        assert_eq!(reply.status, StatusCode::ACCEPTED, "{}", reply.text);
    }
    app.stack().pump_relay().await.unwrap();
    assert_eq!(posts(&app, &worker).await, 2, "what it may post at once");
    for expected in [3, 4, 5, 6, 6] {
        app.skip(Duration::from_secs(1));
        assert_eq!(posts(&app, &worker).await, expected, "and one more each second");
    }
}
