//! Wires the changes function for Lambda.

use aws_lambda_events::dynamodb::Event;
use lambda_runtime::{Error, LambdaEvent, service_fn};
use queue::Queue;
use runtime::Environment;
use store::{Store, Table};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let environment = Environment::of_process();
    runtime::logs::json(environment.optional("LOG_LEVEL").as_deref());
    let aws = runtime::aws::config().await;
    let deps = &changes::Deps {
        store: Store::new(Table::new(aws_sdk_dynamodb::Client::new(&aws), environment.required("TABLE_NAME")?)),
        inbound: Queue::new(aws_sdk_sqs::Client::new(&aws), environment.required("INBOUND_QUEUE_URL")?),
    };
    let handler =
        |event: LambdaEvent<Event>| async move { changes::handle(deps, event.payload).await.map_err(Error::from) };
    lambda_runtime::run(service_fn(handler)).await
}
