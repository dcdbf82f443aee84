//! Wires the relay function for Lambda.

use aws_lambda_events::dynamodb::Event;
use lambda_runtime::{Error, LambdaEvent, service_fn};
use queue::Queue;
use runtime::Environment;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let environment = Environment::of_process();
    runtime::logs::json(&environment);
    let aws = runtime::aws::config().await;
    let queue = Queue::new(aws_sdk_sqs::Client::new(&aws), environment.required("OUTBOUND_QUEUE_URL")?);
    queue.warm_up().await;
    let deps = &relay::Deps { outbound: queue };
    let handler =
        |event: LambdaEvent<Event>| async move { relay::handle(deps, event.payload).await.map_err(Error::from) };
    lambda_runtime::run(service_fn(handler)).await
}
