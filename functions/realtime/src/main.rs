//! Wires the realtime function for Lambda.

use aws_lambda_events::apigw::ApiGatewayWebsocketProxyRequest;
use lambda_runtime::{Error, LambdaEvent, service_fn};
use push::{Courier, Push};
use realtime::api::HttpApi;
use runtime::{Environment, SystemClock, SystemRandom};
use std::sync::Arc;
use store::{Store, Table};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let environment = Environment::of_process();
    runtime::logs::json(&environment);
    let aws = runtime::aws::config().await;
    let table = Table::new(aws_sdk_dynamodb::Client::new(&aws), environment.required("TABLE_NAME")?);
    let push = Push::new(&aws, &environment.required("CONNECTIONS_URL")?);
    table.warm_up().await;
    let store = Store::new(table);
    let courier = Courier { store: store.clone(), push };
    let api = Arc::new(HttpApi::new(environment.required("API_URL")?)?);
    let clock = Arc::new(SystemClock);
    let deps = &realtime::Deps { store, courier, api, clock, random: Arc::new(SystemRandom) };
    let handler = |event: LambdaEvent<ApiGatewayWebsocketProxyRequest>| async move {
        Ok::<_, Error>(realtime::handle(deps, event.payload).await)
    };
    lambda_runtime::run(service_fn(handler)).await
}
