//! Wires the inbound function for Lambda.

use aws_lambda_events::sqs::SqsEvent;
use lambda_runtime::{Error, LambdaEvent, service_fn};
use queue::Queue;
use runtime::{Environment, OwnSecrets, SystemClock, SystemRandom, secrets};
use std::sync::Arc;
use store::{Store, Table};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let environment = Environment::of_process();
    runtime::logs::json(&environment);
    let aws = runtime::aws::config().await;
    let manager = aws_sdk_secretsmanager::Client::new(&aws);
    let id = environment.required("SECRET_ID")?;
    let table = Table::new(aws_sdk_dynamodb::Client::new(&aws), environment.required("TABLE_NAME")?);
    let queue = Queue::new(aws_sdk_sqs::Client::new(&aws), environment.required("INBOUND_QUEUE_URL")?);
    let (own, ..) = tokio::join!(secrets::fetch::<OwnSecrets>(&manager, &id), table.warm_up(), queue.warm_up());
    let store = Store::new(table);
    let token_key = own?.token_key;
    let deps = &inbound::Deps::new(store, queue, Arc::new(SystemClock), Arc::new(SystemRandom), token_key);
    let handler =
        |event: LambdaEvent<SqsEvent>| async move { Ok::<_, Error>(inbound::handle(deps, event.payload).await) };
    lambda_runtime::run(service_fn(handler)).await
}
