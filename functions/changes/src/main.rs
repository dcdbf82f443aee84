//! Wires the changes function for Lambda.

use lambda_runtime::{Error, LambdaEvent, service_fn};
use mail::{Letters, Mail};
use push::{Courier, Push};
use queue::Queue;
use runtime::{Environment, SystemClock, secrets};
use std::sync::Arc;
use store::{Store, Table};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let environment = Environment::of_process();
    runtime::logs::json(&environment);
    let (aws, mut mail) = (runtime::aws::config().await, None);
    let table = Table::new(aws_sdk_dynamodb::Client::new(&aws), environment.required("TABLE_NAME")?);
    let inbound = Queue::new(aws_sdk_sqs::Client::new(&aws), environment.required("INBOUND_QUEUE_URL")?);
    if let Some(by) = environment.optional("MAIL_FROM").zip(environment.optional("CONSOLE_URL")) {
        let own = secrets::own(&aws, &environment.required("SECRET_ID")?).await?;
        mail = Some(Mail::new(&aws, by, own.seal_key).under(environment.required("STACK")?));
    }
    tokio::join!(table.reach(), inbound.reach());
    let (store, push) = (Store::new(table), Push::new(&aws, &environment.required("CONNECTIONS_URL")?));
    let chains = audit::Chains::on_aws(&aws, environment.required("KMS_KEY_ID")?, store.clone());
    let (letters, courier) = (Letters { store: store.clone(), mail }, Courier { store: store.clone(), push });
    let deps = &changes::Deps { store, inbound, letters, chains, courier, clock: Arc::new(SystemClock) };
    let handler = |event: LambdaEvent<_>| async move { Ok::<_, Error>(changes::handle(deps, event.payload).await?) };
    lambda_runtime::run(service_fn(handler)).await
}
