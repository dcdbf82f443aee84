//! Wires the outbound function for Lambda.

use aws_lambda_events::sqs::SqsEvent;
use lambda_runtime::{Error, LambdaEvent, service_fn};
use queue::Queue;
use runtime::{Clock, Environment, Keyring, SystemClock, SystemIds};
use seal::Sealer;
use std::sync::Arc;
use store::{Store, Table};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let environment = Environment::of_process();
    runtime::logs::json(&environment);
    let aws = runtime::aws::config().await;
    let secrets = (aws_sdk_secretsmanager::Client::new(&aws), environment.required("SECRET_ID")?);
    let table = Table::new(aws_sdk_dynamodb::Client::new(&aws), environment.required("TABLE_NAME")?);
    let queue = Queue::new(aws_sdk_sqs::Client::new(&aws), environment.required("OUTBOUND_QUEUE_URL")?);
    let sealer = Sealer::new((aws_sdk_kms::Client::new(&aws), environment.required("KMS_KEY_ID")?));
    let graph = whatsapp::Client::new(whatsapp::carrier::http_client()?, environment.required("GRAPH_URL")?);
    let now = SystemClock.now();
    let (keyring, ..) = tokio::join!(Keyring::open(secrets, now), table.reach(), queue.reach(), graph.reach());
    let (store, keyring) = (Store::new(table), keyring?);
    let seal_key = keyring.secrets(now).await.seal_key.clone();
    let (clock, ids) = (Arc::new(SystemClock), Arc::new(SystemIds));
    let deps = &outbound::Deps { store, queue, clock, ids, graph, keyring, share: outbound::SHARE, sealer, seal_key };
    let handler =
        |event: LambdaEvent<SqsEvent>| async move { Ok::<_, Error>(outbound::handle(deps, event.payload).await) };
    lambda_runtime::run(service_fn(handler)).await
}
