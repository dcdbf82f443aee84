//! Every call to AWS on its way: numbered, and befallen by what was planned. It speaks AWS's own words: the errors are
//! those that the services document.

use crate::calls::{Call, Calls, Effect, Fault, Service};
use crate::items;
use crate::replica::Replica;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::{RuntimeComponents, RuntimeComponentsBuilder};
use aws_smithy_types::body::SdkBody;
use domain::TenantId;
use serde_json::{Value, json};

/// The way to AWS.
#[derive(Clone, Debug)]
pub struct Aws {
    calls: Calls,
    replica: Replica,
    /// Whose keys may be touched.
    tenant: TenantId,
    inner: SharedHttpConnector,
}

impl Aws {
    /// Over `client`. What is read late is read from `replica`; no key of a tenant but `tenant` may be touched.
    #[must_use]
    pub fn new(calls: Calls, replica: Replica, tenant: TenantId, client: &SharedHttpClient) -> Self {
        let settings = HttpConnectorSettings::builder().build();
        let parts = RuntimeComponentsBuilder::for_tests().build().unwrap_or_else(|error| panic!("{error}"));
        Self { calls, replica, tenant, inner: client.http_connector(&settings, &parts) }
    }

    async fn carry(self, request: HttpRequest) -> Result<HttpResponse, ConnectorError> {
        let (service, operation) = target(&request);
        let call = Call { service, effect: effect(service, &operation, &request), operation: operation.clone() };
        self.watch(&request);
        match self.calls.meet(call).await {
            // The last two are met before anything is told.
            None | Some(Fault::CrashBefore | Fault::Delay) => self.pass(&operation, request).await,
            Some(Fault::FailBefore | Fault::Unclear) => answer(500, &error(service, "InternalServerError")),
            Some(Fault::Throttle) => answer(400, &error(service, throttled(service))),
            Some(Fault::Conflict) => answer(400, &conflict(&operation)),
            Some(Fault::Stale) => match self.replica.answer(&operation, body(&request)) {
                Some(late) => answer(200, &late),
                None => self.pass(&operation, request).await,
            },
            Some(Fault::Partial) => self.partly(&operation, request).await,
            Some(Fault::Repeat) => {
                let again = copy(&request);
                self.pass(&operation, request).await?;
                self.pass(&operation, again?).await
            }
            Some(Fault::FailAfter | Fault::Garbled) => {
                self.pass(&operation, request).await?;
                Err(ConnectorError::timeout("the answer is lost".into()))
            }
            Some(Fault::CrashAfter) => {
                self.pass(&operation, request).await?;
                self.calls.crash().await
            }
        }
    }

    async fn pass(&self, operation: &str, request: HttpRequest) -> Result<HttpResponse, ConnectorError> {
        let asked = body(&request).to_owned();
        let response = self.inner.call(request).await?;
        if response.status().is_success() {
            self.replica.written(operation, asked);
        }
        Ok(response)
    }

    /// Lets the first entry of a batch through, and has the others refused.
    async fn partly(&self, operation: &str, request: HttpRequest) -> Result<HttpResponse, ConnectorError> {
        let mut asked: Value = serde_json::from_str(body(&request)).unwrap_or_default();
        let entries = asked["Entries"].as_array().cloned().unwrap_or_default();
        let (first, rest) = entries.split_at(entries.len().min(1));
        let refused = |entry: &Value| json!({"Id": entry["Id"], "Code": "ServiceUnavailable", "SenderFault": false});
        let failed: Vec<Value> = rest.iter().map(refused).collect();
        if failed.is_empty() {
            // Of one entry the whole is refused.
            let failed: Vec<Value> = first.iter().map(refused).collect();
            return answer(200, &json!({"Successful": [], "Failed": failed}).to_string());
        }
        asked["Entries"] = first.into();
        let mut fewer = copy(&request)?;
        *fewer.body_mut() = SdkBody::from(asked.to_string());
        let response = self.pass(operation, fewer).await?;
        let mut said: Value = serde_json::from_slice(response.body().bytes().unwrap_or_default()).unwrap_or_default();
        said["Failed"] = failed.into();
        answer(200, &said.to_string())
    }

    /// Looks for keys of other tenants.
    fn watch(&self, request: &HttpRequest) {
        let ours = self.tenant.bare();
        for theirs in items::tenants(body(request)).filter(|tenant| *tenant != ours) {
            self.calls.accuse(format!("a key of the tenant {theirs} was touched"));
        }
    }
}

impl HttpConnector for Aws {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        HttpConnectorFuture::new(self.clone().carry(request))
    }
}

impl HttpClient for Aws {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

fn target(request: &HttpRequest) -> (Service, String) {
    let (service, operation) =
        request.headers().get("x-amz-target").and_then(|t| t.split_once('.')).unwrap_or_default();
    let service = if service == "AmazonSQS" { Service::Queue } else { Service::Database };
    (service, operation.to_owned())
}

fn effect(service: Service, operation: &str, request: &HttpRequest) -> Effect {
    let strong = body(request).contains("\"ConsistentRead\":true");
    match (service, operation) {
        (Service::Queue, "SendMessageBatch") => Effect::WritesEach,
        (Service::Queue, "GetQueueUrl" | "GetQueueAttributes") => Effect::Reads,
        (Service::Database, "GetItem" | "BatchGetItem" | "Query" | "Scan") if !strong => Effect::ReadsLate,
        (Service::Database, "GetItem" | "BatchGetItem" | "Query" | "Scan" | "TransactGetItems" | "DescribeTable") => {
            Effect::Reads
        }
        (Service::Database | Service::Queue | Service::Graph, _) => Effect::Writes,
    }
}

fn body(request: &HttpRequest) -> &str {
    request.body().bytes().and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default()
}

fn copy(request: &HttpRequest) -> Result<HttpRequest, ConnectorError> {
    request.try_clone().ok_or_else(|| ConnectorError::user("a streaming body".into()))
}

const fn throttled(service: Service) -> &'static str {
    match service {
        Service::Database => "ProvisionedThroughputExceededException",
        Service::Queue | Service::Graph => "ThrottlingException",
    }
}

fn error(service: Service, name: &str) -> String {
    let space = match service {
        Service::Database => "com.amazonaws.dynamodb.v20120810",
        Service::Queue | Service::Graph => "com.amazonaws.sqs",
    };
    json!({"__type": format!("{space}#{name}"), "message": "planned"}).to_string()
}

/// What `DynamoDB` says where another write holds the item: to a transaction with its reasons.
fn conflict(operation: &str) -> String {
    if operation != "TransactWriteItems" {
        return error(Service::Database, "TransactionConflictException");
    }
    let space = "com.amazonaws.dynamodb.v20120810#TransactionCanceledException";
    json!({"__type": space, "CancellationReasons": [{"Code": "TransactionConflict"}], "message": "planned"}).to_string()
}

fn answer(status: u16, body: &str) -> Result<HttpResponse, ConnectorError> {
    let response = http::Response::builder()
        .status(status)
        .header("content-type", "application/x-amz-json-1.0")
        .body(SdkBody::from(body))
        .map_err(|error| ConnectorError::other(error.into(), None))?;
    HttpResponse::try_from(response).map_err(|error| ConnectorError::other(error.into(), None))
}
