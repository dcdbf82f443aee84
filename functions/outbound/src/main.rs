//! Wires the outbound function for Lambda.

use aws_lambda_events::sqs::SqsEvent;
use lambda_runtime::{Error, LambdaEvent, service_fn};
use queue::Queue;
use runtime::{Clock, Environment, Keyring, OwnSecrets, SystemClock, SystemIds, secrets};
use seal::Sealer;
use std::sync::Arc;
use store::{Store, Table};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let environment = Environment::of_process();
    runtime::logs::json(&environment);
    let aws = runtime::aws::config().await;
    let (manager, own) = (aws_sdk_secretsmanager::Client::new(&aws), environment.required("SECRET_ID")?);
    let meta = (manager.clone(), environment.required("META_SECRET_ID")?);
    let table = Table::new(aws_sdk_dynamodb::Client::new(&aws), environment.required("TABLE_NAME")?);
    let queue = Queue::new(aws_sdk_sqs::Client::new(&aws), environment.required("OUTBOUND_QUEUE_URL")?);
    let sealer = Sealer::new((aws_sdk_kms::Client::new(&aws), environment.required("KMS_KEY_ID")?));
    let graph = whatsapp::Client::new(whatsapp::carrier::http_client()?, environment.required("GRAPH_URL")?);
    let own = secrets::fetch::<OwnSecrets>(&manager, &own);
    let ready = tokio::join!(Keyring::open(meta, SystemClock.now()), own, table.reach(), queue.reach(), graph.reach());
    let (store, keyring, seal_key) = (Store::new(table), ready.0?, ready.1?.seal_key);
    let (clock, ids) = (Arc::new(SystemClock), Arc::new(SystemIds));
    let deps = &outbound::Deps { store, queue, clock, ids, graph, keyring, share: outbound::SHARE, sealer, seal_key };
    let handler =
        |event: LambdaEvent<SqsEvent>| async move { Ok::<_, Error>(outbound::handle(deps, event.payload).await) };
    lambda_runtime::run(service_fn(handler)).await
}
