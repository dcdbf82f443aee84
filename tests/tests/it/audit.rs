//! What is written down when the way to the table is bad.

use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_smithy_runtime_api::client::http::{HttpConnector, SharedHttpConnector};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use domain::Actor;
use domain::audit::{Action, Deed};
use runtime::Clock;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use store::audit::Wanted;
use store::{Store, Table};
use testkit::TestApp;
use testkit::between::{self, Between, Carried, Guarded};

/// A way on which the answer to the first write of the audit is lost; it counts them.
#[derive(Clone, Debug, Default)]
struct LosesTheFirst(Arc<AtomicUsize>);

impl Between for LosesTheFirst {
    async fn carry(self, request: HttpRequest, on: SharedHttpConnector) -> Carried {
        let of_audit = between::target(&request).1 == "PutItem" && between::body(&request).contains("#AUDIT");
        let answer = on.call(request).await;
        if of_audit && self.0.fetch_add(1, Ordering::SeqCst) == 0 { Err(between::lost()) } else { answer }
    }
}

#[tokio::test]
async fn s23_an_entry_is_written_down_once_although_its_write_is_made_again() {
    let app = TestApp::start().await;
    let way = LosesTheFirst::default();
    let retries = RetryConfig::standard().with_initial_backoff(Duration::from_millis(1));
    let over = app.emulator().sdk_config_over(Guarded::new(way.clone(), app.emulator().http_client()));
    let client = aws_sdk_dynamodb::Client::new(&over.into_builder().retry_config(retries).build());
    let store = Store::new(Table::new(client, leadwire::stack::TABLE.to_owned()));
    let deed = Deed {
        at: app.clock().now(),
        by: Actor::Nobody,
        action: Action::SignInFailed,
        target: "usr_1".to_owned(),
        detail: "wrong password".to_owned(),
    };
    let tenant = app.account().tenant;
    let before = store.audit(tenant, &Wanted::default(), None, 100).await.unwrap().items.len();
    store.write_down(tenant, &deed, 1).await.unwrap();
    assert_eq!(way.0.load(Ordering::SeqCst), 2, "the write was made again");
    // The same deed in the same moment, and yet another one.
    store.write_down(tenant, &deed, 2).await.unwrap();
    let entries = store.audit(tenant, &Wanted::default(), None, 100).await.unwrap().items;
    assert_eq!(entries.len(), before + 2);
}
