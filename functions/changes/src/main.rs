//! Wires the changes function for Lambda.

use aws_lambda_events::dynamodb::Event;
use lambda_runtime::{Error, LambdaEvent, service_fn};
use queue::Queue;
use runtime::Environment;
use store::{Store, Table};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let environment = Environment::of_process();
    runtime::logs::json(&environment);
    let aws = runtime::aws::config().await;
    let table = Table::new(aws_sdk_dynamodb::Client::new(&aws), environment.required("TABLE_NAME")?);
    let inbound = Queue::new(aws_sdk_sqs::Client::new(&aws), environment.required("INBOUND_QUEUE_URL")?);
    tokio::join!(table.reach(), inbound.reach());
    let deps = &changes::Deps { store: Store::new(table), inbound };
    let handler =
        |event: LambdaEvent<Event>| async move { changes::handle(deps, event.payload).await.map_err(Error::from) };
    lambda_runtime::run(service_fn(handler)).await
}
