//! Wires the schedule function for Lambda.

use aws_lambda_events::eventbridge::EventBridgeEvent;
use lambda_runtime::{Error, LambdaEvent, service_fn};
use mail::{Letters, Mail};
use queue::Queue;
use runtime::{Environment, SystemClock, secrets};
use std::sync::Arc;
use store::{Store, Table};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let environment = Environment::of_process();
    runtime::logs::json(&environment);
    let aws = runtime::aws::config().await;
    let store = Store::new(Table::new(aws_sdk_dynamodb::Client::new(&aws), environment.required("TABLE_NAME")?));
    let queues = aws_sdk_sqs::Client::new(&aws);
    let inbound = Queue::new(queues.clone(), environment.required("INBOUND_QUEUE_URL")?);
    let (outbound, mut mail) = (Queue::new(queues, environment.required("OUTBOUND_QUEUE_URL")?), None);
    if let Some(by) = environment.optional("MAIL_FROM").zip(environment.optional("CONSOLE_URL")) {
        let own = secrets::own(&aws, &environment.required("SECRET_ID")?).await?;
        mail = Some(Mail::new(&aws, by, own.seal_key).under(environment.required("STACK")?));
    }
    let chains = audit::Chains::on_aws(&aws, environment.required("KMS_KEY_ID")?, store.clone());
    let letters = Letters { store: store.clone(), mail };
    let deps = &schedule::Deps { store, inbound, outbound, letters, chains, clock: Arc::new(SystemClock) };
    let handler =
        |_: LambdaEvent<EventBridgeEvent>| async move { schedule::handle(deps).await.map(|_| ()).map_err(Error::from) };
    lambda_runtime::run(service_fn(handler)).await
}
