//! The AWS SDK's HTTP client without a network: a request goes to the service that its `x-amz-target` names,
//! or its path.
//!
//! Every call of every client passes [`InProcess`], so whoever wraps it sees, counts and can fail all of them.

use crate::connections::{self, Connections};
use crate::database::Database;
use crate::mailbox::{self, Mailbox};
use crate::queue::Queues;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;

const TARGET: &str = "x-amz-target";
const ERROR_TYPE: &str = "x-amzn-errortype";
const CONTENT_TYPE: &str = "application/x-amz-json-1.0";
const UNKNOWN_OPERATION: &str = r#"{"__type":"com.amazon.coral.service#UnknownOperationException"}"#;

/// An HTTP client that answers from the emulated services.
#[derive(Clone, Debug)]
pub struct InProcess {
    database: Database,
    queues: Queues,
    mailbox: Mailbox,
    connections: Connections,
}

impl InProcess {
    pub(crate) const fn new(database: Database, queues: Queues, mailbox: Mailbox, connections: Connections) -> Self {
        Self { database, queues, mailbox, connections }
    }

    async fn answer(self, request: HttpRequest) -> Result<HttpResponse, ConnectorError> {
        let target = request.headers().get(TARGET).unwrap_or_default();
        let body = text(&request)?;
        let response = match target.split_once('.') {
            Some(("DynamoDB_20120810" | "DynamoDBStreams_20120810", operation)) => {
                let (status, answer) = self.database.execute(operation, body);
                reply(status).body(SdkBody::from(answer))
            }
            Some(("AmazonSQS", operation)) => match self.queues.answer(operation, body).await {
                Ok(body) => reply(200).body(SdkBody::from(body)),
                Err(error) => reply(error.status())
                    .header("x-amzn-query-error", error.query_error())
                    .body(SdkBody::from(error.to_json())),
            },
            None if request.uri().ends_with(mailbox::PATH) => {
                let (status, error, body) = self.mailbox.answer(body);
                let reply = error.into_iter().fold(reply(status), |reply, error| reply.header(ERROR_TYPE, error));
                reply.body(SdkBody::from(body))
            }
            None if request.uri().contains(connections::PATH) => {
                let id = request.uri().split(connections::PATH).nth(1).unwrap_or_default().replace("%3D", "=");
                let (status, error) = self.connections.answer(request.method(), &id, body);
                let reply = error.into_iter().fold(reply(status), |reply, error| reply.header(ERROR_TYPE, error));
                reply.body(SdkBody::from("{}"))
            }
            Some(_) | None => reply(400).body(SdkBody::from(UNKNOWN_OPERATION)),
        };
        let response = response.map_err(|error| ConnectorError::other(error.into(), None))?;
        HttpResponse::try_from(response).map_err(|error| ConnectorError::other(error.into(), None))
    }
}

impl HttpConnector for InProcess {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        HttpConnectorFuture::new(self.clone().answer(request))
    }
}

impl HttpClient for InProcess {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

fn text(request: &HttpRequest) -> Result<&str, ConnectorError> {
    let bytes =
        request.body().bytes().ok_or_else(|| ConnectorError::user("a streaming body is not supported".into()))?;
    std::str::from_utf8(bytes).map_err(|error| ConnectorError::user(error.into()))
}

fn reply(status: u16) -> http::response::Builder {
    http::Response::builder().status(status).header("content-type", CONTENT_TYPE)
}
