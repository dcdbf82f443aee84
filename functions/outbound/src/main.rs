//! Wires the outbound function for Lambda.

use aws_lambda_events::sqs::SqsEvent;
use lambda_runtime::{Error, LambdaEvent, service_fn};
use queue::Queue;
use runtime::{Environment, Secrets, SystemClock, SystemIds};
use std::sync::Arc;
use store::{Store, Table};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let environment = Environment::of_process();
    runtime::logs::json(environment.optional("LOG_LEVEL").as_deref());
    let aws = runtime::aws::config().await;
    let secrets = aws_sdk_secretsmanager::Client::new(&aws);
    let secrets = Secrets::fetch(&secrets, &environment.required("SECRET_ID")?).await?;
    let deps = outbound::Deps {
        store: Store::new(Table::new(aws_sdk_dynamodb::Client::new(&aws), environment.required("TABLE_NAME")?)),
        queue: Queue::new(aws_sdk_sqs::Client::new(&aws), environment.required("OUTBOUND_QUEUE_URL")?),
        clock: Arc::new(SystemClock),
        ids: Arc::new(SystemIds),
        graph: whatsapp::Client::new(whatsapp::carrier::http_client()?, environment.required("GRAPH_URL")?),
        access_token: secrets.access_token,
        seal_key: secrets.seal_key,
    };
    let deps = &deps;
    let handler =
        |event: LambdaEvent<SqsEvent>| async move { Ok::<_, Error>(outbound::handle(deps, event.payload).await) };
    lambda_runtime::run(service_fn(handler)).await
}
