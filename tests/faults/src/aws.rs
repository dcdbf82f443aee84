//! Every call to AWS on its way: numbered, and befallen by what was planned. It speaks AWS's own words: the errors are
//! those that the services document.

use crate::calls::{Call, Calls, Effect, Fault, Service};
use crate::items;
use crate::replica::Replica;
use aws_smithy_runtime_api::client::http::{HttpConnector, SharedHttpConnector};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::result::ConnectorError;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use testkit::between::{self, Between, Carried, MAIL, answer, answer_text, body, lost};

/// The way to AWS.
#[derive(Clone, Debug)]
pub struct Aws {
    calls: Calls,
    replica: Replica,
}

impl Aws {
    /// What is read late is read from `replica`.
    #[must_use]
    pub const fn new(calls: Calls, replica: Replica) -> Self {
        Self { calls, replica }
    }

    async fn pass(&self, operation: &str, request: HttpRequest, on: &SharedHttpConnector) -> Carried {
        let asked = body(&request).to_owned();
        let response = on.call(request).await?;
        if response.status().is_success() {
            self.replica.written(operation, asked);
        }
        Ok(response)
    }

    /// Looks for keys of tenants at whom nothing happens, and for keys of two tenants in one request.
    fn watch(&self, request: &HttpRequest) {
        let named: BTreeSet<&str> = items::tenants(body(request)).collect();
        for idle in named.iter().filter(|tenant| !self.calls.acting(tenant)) {
            self.calls.accuse(format!("a key of the tenant {idle} was touched"));
        }
        if named.len() > 1 {
            self.calls.accuse(format!("keys of the tenants {named:?} were touched in one request"));
        }
    }
}

impl Between for Aws {
    async fn carry(self, request: HttpRequest, on: SharedHttpConnector) -> Carried {
        let (service, operation) = target(&request);
        let call = Call { service, effect: effect(service, &operation, &request), operation: operation.clone() };
        self.watch(&request);
        let remembered = items::is_remembered(body(&request)).then(|| sorted(body(&request)));
        let answered = self.answer(call, operation, request, &on).await;
        if let (Ok(_), Some(asked)) = (&answered, remembered) {
            self.calls.remember(&asked, self.replica.now());
        }
        answered
    }
}

impl Aws {
    async fn answer(&self, call: Call, operation: String, request: HttpRequest, on: &SharedHttpConnector) -> Carried {
        let service = call.service;
        match self.calls.meet(call).await {
            // The last two are met before anything is told.
            None | Some(Fault::CrashBefore | Fault::Delay) => self.pass(&operation, request, on).await,
            Some(Fault::FailBefore | Fault::Unclear) => answer(500, &error(service, "InternalServerError")),
            Some(Fault::Throttle) => answer(400, &error(service, throttled(service))),
            Some(Fault::Conflict) => answer(400, &conflict(&operation)),
            Some(Fault::Stale) => match self.replica.answer(&operation, body(&request)) {
                Some(late) => answer_text(200, late),
                None => self.pass(&operation, request, on).await,
            },
            Some(Fault::Partial) => between::carry_some(request, on, |place, of| place == 0 && of > 1).await,
            Some(Fault::Repeat) => {
                let again = copy(&request);
                self.pass(&operation, request, on).await?;
                self.pass(&operation, again?, on).await
            }
            Some(Fault::FailAfter | Fault::Garbled) => {
                self.pass(&operation, request, on).await?;
                Err(lost())
            }
            Some(Fault::CrashAfter) => {
                self.pass(&operation, request, on).await?;
                self.calls.crash().await
            }
        }
    }
}

fn target(request: &HttpRequest) -> (Service, String) {
    let (name, operation) = between::target(request);
    let service = match name {
        "AmazonSQS" => Service::Queue,
        name if name == MAIL.0 => Service::Mail,
        _ => Service::Database,
    };
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
        (Service::Database | Service::Queue | Service::Graph | Service::Mail, _) => Effect::Writes,
    }
}

/// A request with its fields in order: the client writes them as chance has it, and the same one has to be the same.
fn sorted(request: &str) -> String {
    serde_json::from_str::<Value>(request).map_or_else(|_| request.to_owned(), |fields| fields.to_string())
}

fn copy(request: &HttpRequest) -> Result<HttpRequest, ConnectorError> {
    request.try_clone().ok_or_else(|| ConnectorError::user("a streaming body".into()))
}

const fn throttled(service: Service) -> &'static str {
    match service {
        Service::Database => "ProvisionedThroughputExceededException",
        Service::Queue | Service::Graph => "ThrottlingException",
        Service::Mail => "TooManyRequestsException",
    }
}

fn error(service: Service, name: &str) -> Value {
    let space = match service {
        Service::Database => "com.amazonaws.dynamodb.v20120810",
        Service::Queue | Service::Graph => "com.amazonaws.sqs",
        Service::Mail => "com.amazonaws.sesv2",
    };
    json!({"__type": format!("{space}#{name}"), "message": "planned"})
}

/// What `DynamoDB` says where another write holds the item: to a transaction with its reasons.
fn conflict(operation: &str) -> Value {
    if operation != "TransactWriteItems" {
        return error(Service::Database, "TransactionConflictException");
    }
    let space = "com.amazonaws.dynamodb.v20120810#TransactionCanceledException";
    json!({"__type": space, "CancellationReasons": [{"Code": "TransactionConflict"}], "message": "planned"})
}
