//! Wires the webhook function for Lambda.

use lambda_http::{Error, Request, service_fn};
use queue::Queue;
use runtime::{Clock, Environment, Keyring, SystemClock};
use std::sync::Arc;
use store::{Store, Table};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let environment = Environment::of_process();
    runtime::logs::json(&environment);
    let aws = runtime::aws::config().await;
    let secrets = (aws_sdk_secretsmanager::Client::new(&aws), environment.required("META_SECRET_ID")?);
    let table = Table::new(aws_sdk_dynamodb::Client::new(&aws), environment.required("TABLE_NAME")?);
    let inbound = Queue::new(aws_sdk_sqs::Client::new(&aws), environment.required("INBOUND_QUEUE_URL")?);
    let (keyring, ..) = tokio::join!(Keyring::open(secrets, SystemClock.now()), table.warm_up(), inbound.warm_up());
    let deps = &webhook::Deps { store: Store::new(table), inbound, clock: Arc::new(SystemClock), keyring: keyring? };
    lambda_http::run(service_fn(|request: Request| async move { Ok::<_, Error>(webhook::handle(deps, request).await) }))
        .await
}
