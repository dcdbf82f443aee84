//! Wires the changes function for Lambda.

use lambda_runtime::{Error, LambdaEvent, service_fn};
use push::{Courier, Push};
use queue::Queue;
use runtime::{Environment, SystemClock, secrets};
use serde_json::json;
use std::sync::Arc;
use store::{Store, Table};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let environment = Environment::of_process();
    runtime::logs::json(&environment);
    let aws = runtime::aws::config().await;
    let clock = Arc::new(SystemClock);
    let table = Table::new(aws_sdk_dynamodb::Client::new(&aws), environment.required("TABLE_NAME")?);
    let inbound = Queue::new(aws_sdk_sqs::Client::new(&aws), environment.required("INBOUND_QUEUE_URL")?);
    let jobs = Queue::new(aws_sdk_sqs::Client::new(&aws), environment.required("JOBS_QUEUE_URL")?);
    let token_key = secrets::own(&aws, &environment.required("SECRET_ID")?).await?.token_key;
    tokio::join!(table.warm_up(), inbound.warm_up());
    let store = Store::new(table);
    let push = Push::new(&aws, &environment.required("CONNECTIONS_URL")?);
    let chains = audit::Chains::on_aws(&aws, environment.required("KMS_KEY_ID")?, store.clone());
    let courier = Courier { store: store.clone(), push };
    let deps = &changes::Deps { store, inbound, chains, courier, jobs, token_key, clock };
    let handler = |event: LambdaEvent<changes::Batch>| async move {
        changes::handle(deps, event.payload).await?;
        // The window is there for the name of the shard that it brings: nothing is kept from one batch to the next.
        Ok::<_, Error>(json!({ "state": {}, "batchItemFailures": [] }))
    };
    lambda_runtime::run(service_fn(handler)).await
}
