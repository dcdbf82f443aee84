//! Waiting for WhatsApp's answer: how long, how many at a time, and that others go on meanwhile. Time is tokio's; it
//! passes when everybody waits.

use crate::support::{Answer, Api};
use axum::http::{Method, StatusCode};
use domain::crm::leads::Lead;
use domain::{TenantId, Timestamp};
use futures::future::join_all;
use serde_json::json;
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::time::Instant;

const TEN: Duration = Duration::from_secs(10);

async fn with_customer() -> (Api, Lead) {
    let api = Api::new().await;
    let lead = api.customer("919876543210", "hello").await;
    (api, lead)
}

async fn send(api: &Api, path: &str, wait: Option<&str>, lead: &Lead) -> Answer {
    let headers: Vec<_> = wait.iter().map(|wait| ("prefer", *wait)).collect();
    api.call(Method::POST, path, &headers, &json!({ "leadId": lead.id, "message": "hi" }).to_string()).await
}

#[tokio::test(start_paused = true)]
async fn the_paths_that_wait_by_themselves_wait_three_seconds_and_no_request_waits_more_than_ten() {
    let (api, lead) = with_customer().await;
    for (path, wait, seconds) in [
        ("/api/messages", None, 0),
        ("/api/whatsapp/send", None, 3),
        ("/api/whatsapp/messages/send", None, 3),
        ("/api/whatsapp/send", Some("wait=5"), 5),
        ("/api/messages", Some("wait=60"), 10),
    ] {
        let began = Instant::now();
        assert_eq!(send(&api, path, wait, &lead).await.status, StatusCode::ACCEPTED);
        let waited = began.elapsed();
        let most = Duration::from_secs(seconds);
        assert!(waited <= most && waited + Duration::from_secs(1) > most, "{path} {wait:?}: {waited:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn ten_sends_of_a_business_wait_at_a_time_and_reads_go_on_while_every_wait_hangs() {
    let (api, lead) = with_customer().await;
    // Lambda runs one request at a time in each worker.
    let workers = Semaphore::new(16);
    let began = Instant::now();
    let sends = join_all((0..40).map(|_| async {
        let _worker = workers.acquire().await.unwrap();
        send(&api, "/api/whatsapp/send", Some("wait=10"), &lead).await
    }));
    let read = async {
        let _worker = workers.acquire().await.unwrap();
        (api.get("/api/leads").await.status, began.elapsed())
    };
    let (sends, (status, waited)) = tokio::join!(sends, read);
    assert_eq!(status, StatusCode::OK);
    assert!(waited < Duration::from_secs(1), "a read waited for {waited:?}");
    assert!(sends.iter().all(|answer| answer.status == StatusCode::ACCEPTED), "all are sent");
    let granted = |answer: &Answer| answer.headers.contains_key("preference-applied");
    assert_eq!(sends.iter().filter(|answer| granted(answer)).count(), 10);
    assert!(granted(&send(&api, "/api/messages", Some("wait=1"), &lead).await), "the places are free again");
}

#[tokio::test]
async fn a_place_to_wait_is_one_business_s_own_and_one_of_a_dead_worker_is_free_when_its_time_is_over() {
    let api = Api::new().await;
    let other = TenantId::from_parts(api.now(), 99);
    let begin = |tenant, now: Timestamp| api.store.tenant(tenant).begin_wait(7, now.plus(TEN), now);
    let mut places = Vec::new();
    for _ in 0..10 {
        places.push(begin(api.tenant, api.now()).await.unwrap().unwrap());
    }
    assert_eq!(begin(api.tenant, api.now()).await.unwrap(), None);
    assert!(begin(other, api.now()).await.unwrap().is_some());

    api.store.tenant(api.tenant).end_wait(places[3]).await.unwrap();
    let again = begin(api.tenant, api.now().plus(Duration::from_secs(1))).await.unwrap().unwrap();
    api.store.tenant(api.tenant).end_wait(places[3]).await.unwrap();
    assert_eq!(begin(api.tenant, api.now()).await.unwrap(), None, "it is another request's by now");
    api.store.tenant(api.tenant).end_wait(again).await.unwrap();
    assert!(begin(api.tenant, api.now()).await.unwrap().is_some());

    let mut free = 0;
    while begin(api.tenant, api.now().plus(TEN)).await.unwrap().is_some() {
        free += 1;
    }
    assert_eq!(free, 10);
}
