//! Wires the webhook function for Lambda.

use lambda_http::{Error, Request, service_fn};
use queue::Queue;
use runtime::{Environment, Secrets, SystemClock};
use std::sync::Arc;
use store::{Store, Table};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let environment = Environment::of_process();
    runtime::logs::json(environment.optional("LOG_LEVEL").as_deref());
    let aws = runtime::aws::config().await;
    let secrets = aws_sdk_secretsmanager::Client::new(&aws);
    let secrets = Secrets::fetch(&secrets, &environment.required("SECRET_ID")?).await?;
    let table = Table::new(aws_sdk_dynamodb::Client::new(&aws), environment.required("TABLE_NAME")?);
    let deps = webhook::Deps {
        store: Store::new(table),
        inbound: Queue::new(aws_sdk_sqs::Client::new(&aws), environment.required("INBOUND_QUEUE_URL")?),
        clock: Arc::new(SystemClock),
        verify_token: secrets.verify_token,
        app_secrets: secrets.app_secrets,
    };
    let deps = &deps;
    lambda_http::run(service_fn(|request: Request| async move { Ok::<_, Error>(webhook::handle(deps, request).await) }))
        .await
}
