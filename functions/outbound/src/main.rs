//! Wires the outbound function for Lambda.

use encryption::Encryptor;
use lambda_runtime::{Error, LambdaEvent, service_fn};
use queue::Queue;
use runtime::{Clock, Environment, Keyring, OwnSecrets, SystemClock, SystemRandom, secrets};
use std::sync::Arc;
use store::{Store, Table};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let environment = Environment::of_process();
    runtime::logs::json(&environment);
    let aws = runtime::aws::config().await;
    let manager = aws_sdk_secretsmanager::Client::new(&aws);
    let own = environment.required("SECRET_ID")?;
    let meta = (manager.clone(), environment.required("META_SECRET_ID")?);
    let table = Table::new(aws_sdk_dynamodb::Client::new(&aws), environment.required("TABLE_NAME")?);
    let queue = Queue::new(aws_sdk_sqs::Client::new(&aws), environment.required("OUTBOUND_QUEUE_URL")?);
    let jobs = Queue::new(aws_sdk_sqs::Client::new(&aws), environment.required("JOBS_QUEUE_URL")?);
    let encryptor = Encryptor::new((aws_sdk_kms::Client::new(&aws), environment.required("KMS_KEY_ID")?));
    let graph = whatsapp::Client::new(whatsapp::transport::http_client()?, environment.required("GRAPH_URL")?);
    let keyring = Keyring::open(meta, SystemClock.now());
    let own = secrets::fetch::<OwnSecrets>(&manager, &own);
    let ready = tokio::join!(keyring, own, table.warm_up(), queue.warm_up(), graph.warm_up());
    let store = Store::new(table);
    let keyring = ready.0?;
    let token_key = ready.1?.token_key;
    let clock = Arc::new(SystemClock);
    let random = Arc::new(SystemRandom);
    let share = outbound::SHARE;
    let deps = &outbound::Deps { store, queue, jobs, clock, random, graph, keyring, share, encryptor, token_key };
    let handler = |event: LambdaEvent<_>| async move { Ok::<_, Error>(outbound::handle(deps, event.payload).await) };
    lambda_runtime::run(service_fn(handler)).await
}
