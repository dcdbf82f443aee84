//! Wires the schedule function for Lambda.

use aws_lambda_events::eventbridge::EventBridgeEvent;
use lambda_runtime::{Error, LambdaEvent, service_fn};
use queue::Queue;
use runtime::{Environment, SystemClock};
use std::sync::Arc;
use store::{Store, Table};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let environment = Environment::of_process();
    runtime::logs::json(&environment);
    let aws = runtime::aws::config().await;
    let store = Store::new(Table::new(aws_sdk_dynamodb::Client::new(&aws), environment.required("TABLE_NAME")?));
    let inbound = Queue::new(aws_sdk_sqs::Client::new(&aws), environment.required("INBOUND_QUEUE_URL")?);
    let jobs = Queue::new(aws_sdk_sqs::Client::new(&aws), environment.required("JOBS_QUEUE_URL")?);
    let outbound = Queue::new(aws_sdk_sqs::Client::new(&aws), environment.required("OUTBOUND_QUEUE_URL")?);
    let chains = audit::Chains::on_aws(&aws, environment.required("KMS_KEY_ID")?, store.clone());
    let clock = Arc::new(SystemClock);
    let deps = &schedule::Deps { store, inbound, outbound, jobs, chains, clock };
    let handler =
        |_: LambdaEvent<EventBridgeEvent>| async move { schedule::handle(deps).await.map(|_| ()).map_err(Error::from) };
    lambda_runtime::run(service_fn(handler)).await
}
