//! Who is signed out, shut out or given another role is so at once: what says so is never read from a replica that may be
//! behind.

use http::{Method, StatusCode};
use serde_json::Value;
use std::sync::{Arc, Mutex};
use testkit::wire::Call;
use testkit::{TestApp, Turn, Wire};

#[tokio::test]
async fn s7_user_business_and_session_are_read_strongly_with_every_call() {
    let app = TestApp::start().await;
    let reads = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&reads);
    let wire = Wire::new(move |call: Call<'_>| {
        if call.operation == "BatchGetItem" {
            kept.lock().unwrap().push(call.body.to_owned());
        }
        Turn::Goes
    });
    let stack = app.workers(&wire, app.clock());
    for path in ["/api/auth/me", "/api/leads"] {
        let answer = testkit::ask(&stack.gateway(), app.request(Method::GET, path, &[], None)).await;
        assert_eq!(answer.status, StatusCode::OK);
    }
    let reads: Vec<Value> = reads.lock().unwrap().iter().map(|body| serde_json::from_str(body).unwrap()).collect();
    let of_sessions: Vec<_> = reads.iter().filter(|body| body.to_string().contains("SESS#")).collect();
    assert_eq!(of_sessions.len(), 2);
    for read in of_sessions {
        let tables = read["RequestItems"].as_object().unwrap();
        assert!(tables.values().all(|table| table["ConsistentRead"] == true), "{read}");
    }
}
