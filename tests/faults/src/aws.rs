//! The way to AWS: every call is numbered here and gets its planned fault. What faults it can have follows from the request
//! alone, so a new function or a new call gets every fault without a change here. Errors have the names that the services
//! document.

use crate::calls::{Calls, Fault};
use crate::items;
use crate::replica::Replica;
use crate::variants::{Counters, Variant};
use aws_smithy_runtime_api::client::http::{HttpConnector, SharedHttpConnector};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::result::ConnectorError;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use testkit::between::{self, Between, Carried, MAIL, answer, answer_text, body, lost};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Service {
    Database,
    Queue,
    Mail,
}

/// The way to AWS.
#[derive(Clone, Debug)]
pub(crate) struct Aws {
    pub(crate) calls: Calls,
    /// Answers what is read late.
    pub(crate) replica: Replica,
    pub(crate) variant: Variant,
    pub(crate) counters: Counters,
}

impl Between for Aws {
    async fn carry(self, request: HttpRequest, on: SharedHttpConnector) -> Carried {
        self.check_tenants(&request);
        let (service, operation) = target(&request);
        let request = self.variant.request(&operation, request);
        let answered = self.answer(service, &operation, request, &on).await?;
        self.variant.answer(self.calls.state().function, &operation, answered)
    }
}

impl Aws {
    async fn answer(
        &self,
        service: Service,
        operation: &str,
        request: HttpRequest,
        on: &SharedHttpConnector,
    ) -> Carried {
        match self.calls.fault(faults(service, operation, &request)).await {
            // The last two are over when the fault is known here.
            None | Some(Fault::CrashBefore | Fault::Delay) => self.pass(operation, request, on).await,
            Some(Fault::FailBefore | Fault::Unclear) => answer(500, &error(service, "InternalServerError")),
            Some(Fault::Throttle) => answer(400, &error(service, throttled(service))),
            Some(Fault::Conflict) => answer(400, &conflict(operation)),
            Some(Fault::Stale) => match self.replica.answer(operation, body(&request)) {
                Some(late) => answer_text(200, late),
                None => self.pass(operation, request, on).await,
            },
            Some(Fault::Partial) => between::carry_some(request, on, |place, of| place == 0 && of > 1).await,
            Some(Fault::Repeat) => {
                let again = request.try_clone().ok_or_else(|| ConnectorError::user("a streaming body".into()))?;
                self.pass(operation, request, on).await?;
                self.pass(operation, again, on).await
            }
            Some(Fault::FailAfter | Fault::Garbled) => {
                self.pass(operation, request, on).await?;
                Err(lost())
            }
            Some(Fault::CrashAfter) => {
                self.pass(operation, request, on).await?;
                self.calls.crash().await
            }
        }
    }

    /// Lets the call take effect.
    async fn pass(&self, operation: &str, request: HttpRequest, on: &SharedHttpConnector) -> Carried {
        let asked = body(&request).to_owned();
        let response = on.call(request).await?;
        if response.status().is_success() {
            let answer = response.body().bytes().unwrap_or_default();
            if items::claims_after_status(&asked, answer) {
                self.calls.report("a message was claimed after WhatsApp had reported its status".to_owned());
            }
            self.variant.count_status(&asked, &self.counters);
            self.replica.written(operation, asked);
        }
        Ok(response)
    }

    /// Finds keys of tenants that the story does not concern, and keys of two tenants in one request.
    fn check_tenants(&self, request: &HttpRequest) {
        let named: BTreeSet<&str> = items::tenants(body(request)).collect();
        for other in named.iter().filter(|tenant| !self.calls.state().tenants.contains(**tenant)) {
            self.calls.report(format!("a request uses a key of the tenant {other}"));
        }
        if named.len() > 1 {
            self.calls.report(format!("one request uses keys of the tenants {named:?}"));
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

/// Every fault that a call can have. A crash after a read is the same as one before the next call.
fn faults(service: Service, operation: &str, request: &HttpRequest) -> &'static [Fault] {
    use Fault::{Conflict, CrashAfter, CrashBefore, Delay, FailAfter, FailBefore, Partial, Repeat, Stale, Throttle};
    let strong = body(request).contains("\"ConsistentRead\":true");
    match (service, operation) {
        (Service::Database, "GetItem" | "BatchGetItem" | "Query" | "Scan") if !strong => {
            &[CrashBefore, FailBefore, Throttle, Delay, Stale]
        }
        (Service::Database, "GetItem" | "BatchGetItem" | "Query" | "Scan" | "TransactGetItems" | "DescribeTable")
        | (Service::Queue, "GetQueueUrl" | "GetQueueAttributes") => &[CrashBefore, FailBefore, Throttle, Delay],
        (Service::Queue, "SendMessageBatch") => {
            &[CrashBefore, CrashAfter, FailBefore, FailAfter, Throttle, Delay, Repeat, Partial]
        }
        (Service::Queue | Service::Mail, _) => {
            &[CrashBefore, CrashAfter, FailBefore, FailAfter, Throttle, Delay, Repeat]
        }
        (Service::Database, _) => &[CrashBefore, CrashAfter, FailBefore, FailAfter, Throttle, Conflict, Delay, Repeat],
    }
}

const fn throttled(service: Service) -> &'static str {
    match service {
        Service::Database => "ProvisionedThroughputExceededException",
        Service::Queue => "ThrottlingException",
        Service::Mail => "TooManyRequestsException",
    }
}

fn error(service: Service, name: &str) -> Value {
    let space = match service {
        Service::Database => "com.amazonaws.dynamodb.v20120810",
        Service::Queue => "com.amazonaws.sqs",
        Service::Mail => "com.amazonaws.sesv2",
    };
    json!({"__type": format!("{space}#{name}"), "message": "planned"})
}

/// `DynamoDB`'s answer while another write holds the item. A transaction gets the reasons.
fn conflict(operation: &str) -> Value {
    if operation != "TransactWriteItems" {
        return error(Service::Database, "TransactionConflictException");
    }
    let space = "com.amazonaws.dynamodb.v20120810#TransactionCanceledException";
    json!({"__type": space, "CancellationReasons": [{"Code": "TransactionConflict"}], "message": "planned"})
}
