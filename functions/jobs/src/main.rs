//! Wires the jobs function for Lambda.

use aws_lambda_events::sqs::SqsEvent;
use blobs::Blobs;
use domain::access::webhooks;
use egress::Reach;
use encryption::Encryptor;
use lambda_runtime::{Error, LambdaEvent, service_fn};
use mail::Mail;
use queue::Queue;
use runtime::{Clock, Environment, Keyring, SystemClock, secrets};
use std::sync::Arc;
use store::{Store, Table};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let environment = Environment::of_process();
    runtime::logs::json(&environment);
    let aws = runtime::aws::config().await;
    let meta = (aws_sdk_secretsmanager::Client::new(&aws), environment.required("META_SECRET_ID")?);
    let table = Table::new(aws_sdk_dynamodb::Client::new(&aws), environment.required("TABLE_NAME")?);
    let queue = Queue::new(aws_sdk_sqs::Client::new(&aws), environment.required("JOBS_QUEUE_URL")?);
    let encryptor = Encryptor::new((aws_sdk_kms::Client::new(&aws), environment.required("KMS_KEY_ID")?));
    let client = whatsapp::transport::http_client()?;
    let graph = whatsapp::Client::new(client, environment.required("GRAPH_URL")?);
    let blobs = Blobs::new(&aws, &environment.required("MEDIA_BUCKET_URL")?, blobs::http_client()?);
    let egress = Arc::new(egress::http_client(Reach::Public, webhooks::PATIENCE)?);
    let mut mail = None;
    if let Some(by) = environment.optional("MAIL_FROM").zip(environment.optional("CONSOLE_URL")) {
        let own = secrets::own(&aws, &environment.required("SECRET_ID")?).await?;
        mail = Some(Mail::new(&aws, by, own.token_key).under(environment.required("STACK")?));
    }
    let (keyring, ()) = tokio::join!(Keyring::open(meta, SystemClock.now()), table.warm_up());
    let store = Store::new(table);
    let keyring = keyring?;
    let clock = Arc::new(SystemClock);
    let deps = &jobs::Deps { store, queue, blobs, graph, keyring, encryptor, egress, mail, clock };
    let handler = |event: LambdaEvent<SqsEvent>| async move { Ok::<_, Error>(jobs::handle(deps, event.payload).await) };
    lambda_runtime::run(service_fn(handler)).await
}
