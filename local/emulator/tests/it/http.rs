//! The one place through which every call goes, and what a wrapper around it can do.

use crate::support::{Aws, QUEUE, TABLE, text, url};
use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use std::sync::{Arc, Mutex};

/// Notes the target of every call and loses the answer of the call with the number `lost`.
#[derive(Clone, Debug)]
struct Losing {
    targets: Arc<Mutex<Vec<String>>>,
    lost: usize,
    inner: SharedHttpConnector,
}

impl HttpConnector for Losing {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let mut targets = self.targets.lock().unwrap();
        targets.push(request.headers().get("x-amz-target").unwrap().to_owned());
        let lost = targets.len() == self.lost;
        let answer = self.inner.call(request);
        HttpConnectorFuture::new(async move {
            let answer = answer.await?;
            if lost { Err(ConnectorError::io("the answer is lost".into())) } else { Ok(answer) }
        })
    }
}

#[derive(Debug)]
struct LosingClient {
    targets: Arc<Mutex<Vec<String>>>,
    lost: usize,
    inner: SharedHttpClient,
}

impl HttpClient for LosingClient {
    fn http_connector(&self, settings: &HttpConnectorSettings, components: &RuntimeComponents) -> SharedHttpConnector {
        let targets = Arc::clone(&self.targets);
        let inner = self.inner.http_connector(settings, components);
        SharedHttpConnector::new(Losing { targets, lost: self.lost, inner })
    }
}

#[tokio::test]
async fn a_wrapper_sees_the_calls_of_all_clients_and_can_lose_an_answer() {
    let aws = Aws::memory().await;
    let targets = Arc::new(Mutex::new(Vec::new()));
    let client = LosingClient { targets: Arc::clone(&targets), lost: 2, inner: aws.emulator.http_client() };
    let config = aws.emulator.sdk_config_over(client).into_builder().retry_config(RetryConfig::disabled()).build();
    let sqs = aws_sdk_sqs::Client::new(&config);
    let dynamodb = aws_sdk_dynamodb::Client::new(&config);

    sqs.receive_message().queue_url(url(QUEUE)).send().await.unwrap();
    let lost = dynamodb.put_item().table_name(TABLE).item("id", text("a")).item("value", text("1")).send().await;
    assert!(matches!(lost, Err(aws_sdk_dynamodb::error::SdkError::DispatchFailure(_))), "{lost:?}");
    assert_eq!(aws.get("a").await.as_deref(), Some("1"), "the write itself happened");
    assert_eq!(*targets.lock().unwrap(), ["AmazonSQS.ReceiveMessage", "DynamoDB_20120810.PutItem"]);
}
