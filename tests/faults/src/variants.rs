//! Wrong variants of the product: mistakes that others have made. The suite has to notice each of them, or it would prove
//! nothing. None changes the product's code: each wraps a function or changes a call on its way.

use crate::calls::{Calls, Function};
use crate::explore::{Schedule, Story, share};
use crate::meta::Meta;
use crate::template::{OTHER_NUMBER, Template, other_tenant};
use crate::{items, scenarios};
use aws_lambda_events::sqs::{SqsBatchResponse, SqsEvent};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_types::body::SdkBody;
use futures::FutureExt;
use futures::future::BoxFuture;
use leadwire::stack::{QueueFunction, Trigger};
use queue::InboundTask;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};
use store::Store;
use store::inbox::receipts::MessageName;
use testkit::between::{Carried, answer, body};
use whatsapp::transport::{Transport, TransportError};
use whatsapp::{Event, parse_message};

/// The product as it is, or one of the [`MISTAKES`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Variant {
    Product,
    MarkFirst,
    CountDeliveries,
    AlwaysAccept,
    ResendOnTimeout,
    GoOnAfterFailure,
    NoSchedule,
    ReadOtherBusiness,
    IgnoreRefusedEntry,
    CountStatusTwice,
    TenantFromCallback,
    ClaimAfterStatus,
    ReceiptMeansDone,
}

/// A mistake, and where the suite notices it.
#[derive(Clone, Copy, Debug)]
pub struct Mistake {
    pub(crate) variant: Variant,
    /// What it does, in words.
    pub name: &'static str,
    /// The name of a story that shows it with one fault or none.
    pub story: &'static str,
}

/// Every mistake.
pub const MISTAKES: [Mistake; 12] = [
    mistake(Variant::MarkFirst, "mark an event as seen before processing it", "first contact"),
    mistake(Variant::CountDeliveries, "increment a counter at each delivery", "first contact"),
    mistake(Variant::AlwaysAccept, "always answer Meta with 200", "first contact"),
    mistake(Variant::ResendOnTimeout, "post again after a timeout", "two messages in order"),
    mistake(
        Variant::GoOnAfterFailure,
        "process the records behind a failed one of the same group",
        "texts among others in one webhook",
    ),
    mistake(Variant::NoSchedule, "never look for due work", "the stream is lost"),
    mistake(Variant::ReadOtherBusiness, "read what belongs to another business", "first contact"),
    mistake(
        Variant::IgnoreRefusedEntry,
        "answer 200 when SQS refused one entry of a batch",
        "texts among others in one webhook",
    ),
    mistake(Variant::CountStatusTwice, "count a status each time it is written", "statuses in the wrong order"),
    mistake(
        Variant::TenantFromCallback,
        "take the tenant of a status from its callback data",
        "a status with another business's callback data",
    ),
    mistake(
        Variant::ClaimAfterStatus,
        "claim an outbound message without the condition that it has no status",
        "Meta asks to slow down and accepts the message",
    ),
    mistake(
        Variant::ReceiptMeansDone,
        "treat an existing receipt as proof that the message is stored",
        "texts among others in one webhook",
    ),
];

const fn mistake(variant: Variant, name: &'static str, story: &'static str) -> Mistake {
    Mistake { variant, name, story }
}

/// Tries every mistake in its story. Gives the first schedule of one fault or none that shows it.
pub fn try_mistakes(template: &Template) -> Vec<Option<Schedule>> {
    share(&MISTAKES, |mistake| {
        let scenario = scenarios::ALL.into_iter().find(|scenario| scenario.name == mistake.story)?;
        let story = Story::new(template, scenario, mistake.variant);
        let singles = story.singles().into_iter().map(|single| story.run(vec![single]));
        let mut runs = std::iter::once(story.calm.clone()).chain(singles);
        runs.find(|run| !run.wrong.is_empty()).map(|run| run.schedule)
    })
}

/// Counters outside the product, by what they count. None may exceed 1.
pub(crate) type Counters = Arc<Mutex<BTreeMap<String, usize>>>;

fn count(counters: &Counters, what: String) {
    *counters.lock().unwrap_or_else(PoisonError::into_inner).entry(what).or_default() += 1;
}

/// True for the first time.
fn mark(marks: &Counters, what: String) -> bool {
    marks.lock().unwrap_or_else(PoisonError::into_inner).insert(what, 1).is_none()
}

impl Variant {
    pub(crate) fn always_accepts(self) -> bool {
        self == Self::AlwaysAccept
    }

    pub(crate) fn has_schedule(self) -> bool {
        self != Self::NoSchedule
    }

    /// The client of the Graph API.
    pub(crate) fn client(self, meta: Meta) -> whatsapp::Client {
        let base = "http://graph.test".to_owned();
        if self == Self::ResendOnTimeout {
            whatsapp::Client::new(Resending(meta), base)
        } else {
            whatsapp::Client::new(meta, base)
        }
    }

    /// A request to AWS as the variant makes it.
    pub(crate) fn request(self, operation: &str, mut request: HttpRequest) -> HttpRequest {
        if self == Self::ClaimAfterStatus
            && operation == "UpdateItem"
            && let Some(changed) = items::claim_without_status_condition(body(&request))
        {
            *request.body_mut() = SdkBody::from(changed);
        }
        request
    }

    /// An answer of AWS as the variant reads it.
    pub(crate) fn answer(self, function: Option<Function>, operation: &str, answered: HttpResponse) -> Carried {
        let ignores = self == Self::IgnoreRefusedEntry && function == Some(Function::Webhook);
        if !ignores || operation != "SendMessageBatch" || !answered.status().is_success() {
            return Ok(answered);
        }
        let mut said: Value = serde_json::from_slice(answered.body().bytes().unwrap_or_default()).unwrap_or_default();
        said["Failed"] = json!([]);
        answer(200, &said)
    }

    /// A write took effect.
    pub(crate) fn count_status(self, request: &str, counters: &Counters) {
        if self == Self::CountStatusTwice
            && let Some(status) = items::written_status(request)
        {
            count(counters, status);
        }
    }

    /// A queue's function as the variant has it. The suite checks the responses of every one.
    pub(crate) fn wrap(
        self,
        trigger: Trigger,
        function: QueueFunction,
        store: &Store,
        calls: &Calls,
        counters: &Counters,
    ) -> QueueFunction {
        let inbound = trigger == Trigger::Inbound;
        let function = match self {
            Self::MarkFirst if inbound => mark_first(function, Arc::clone(counters)),
            Self::CountDeliveries if inbound => count_deliveries(function, Arc::clone(counters)),
            Self::ReadOtherBusiness if inbound => read_other_business(function, store.clone()),
            Self::TenantFromCallback if inbound => tenant_from_callback(function),
            Self::ReceiptMeansDone if inbound => receipt_means_done(function, store.clone()),
            Self::GoOnAfterFailure => go_on_after_failure(function),
            _ => function,
        };
        checked(function, calls.clone())
    }
}

fn mark_first(function: QueueFunction, marks: Counters) -> QueueFunction {
    QueueFunction::new(move |mut event: SqsEvent| {
        let function = function.clone();
        let marks = Arc::clone(&marks);
        async move {
            event.records.retain(|record| mark(&marks, record.body.clone().unwrap_or_default()));
            function.call(event).await
        }
    })
}

fn count_deliveries(function: QueueFunction, counters: Counters) -> QueueFunction {
    QueueFunction::new(move |event: SqsEvent| {
        let function = function.clone();
        for record in &event.records {
            count(&counters, record.body.clone().unwrap_or_default());
        }
        async move { function.call(event).await }
    })
}

fn read_other_business(function: QueueFunction, store: Store) -> QueueFunction {
    QueueFunction::new(move |event: SqsEvent| {
        let function = function.clone();
        let store = store.clone();
        async move {
            // The mistake is that it reads; the answer does not matter.
            let _ = store.tenant(other_tenant()).channels().await;
            function.call(event).await
        }
    })
}

/// Drops the messages whose receipt stands.
fn receipt_means_done(function: QueueFunction, store: Store) -> QueueFunction {
    QueueFunction::new(move |mut event: SqsEvent| {
        let function = function.clone();
        let store = store.clone();
        async move {
            let mut records = Vec::new();
            for record in event.records {
                if !has_receipt(&store, record.body.as_deref().unwrap_or_default()).await {
                    records.push(record);
                }
            }
            event.records = records;
            function.call(event).await
        }
    })
}

async fn has_receipt(store: &Store, body: &str) -> bool {
    let Ok(task) = InboundTask::<Event>::parse(body) else { return false };
    let (Ok(message), Some(number)) = (parse_message(&task.event), task.event.number) else { return false };
    let name = MessageName { number, wamid: message.wamid };
    store.tenant(testkit::account().tenant).receipt(&name).await.is_ok_and(|receipt| receipt.is_some())
}

/// Callback data that begin with a tenant send the status to that tenant's number.
fn tenant_from_callback(function: QueueFunction) -> QueueFunction {
    let callback = format!("{}.", other_tenant().ulid_str());
    let ours = testkit::account().phone_number_id;
    QueueFunction::new(move |mut event: SqsEvent| {
        let function = function.clone();
        for body in event.records.iter_mut().filter_map(|record| record.body.as_mut()) {
            if body.contains(&callback) {
                *body = body.replace(&ours, OTHER_NUMBER);
            }
        }
        async move { function.call(event).await }
    })
}

/// Invokes the function with each record by itself, so that it does not know which ones failed before.
fn go_on_after_failure(function: QueueFunction) -> QueueFunction {
    QueueFunction::new(move |event: SqsEvent| {
        let function = function.clone();
        async move {
            let mut all = SqsBatchResponse::default();
            for record in event.records {
                let mut single = SqsEvent::default();
                single.records = vec![record];
                all.batch_item_failures.extend(function.call(single).await.batch_item_failures);
            }
            all
        }
    })
}

/// A function that reports a record has to report those behind it in its group too: the queue deletes all others.
fn checked(function: QueueFunction, calls: Calls) -> QueueFunction {
    QueueFunction::new(move |event: SqsEvent| {
        let function = function.clone();
        let calls = calls.clone();
        async move {
            let records: Vec<(String, String)> = event
                .records
                .iter()
                .map(|record| {
                    let group = record.attributes.get("MessageGroupId").cloned().unwrap_or_default();
                    (group, record.message_id.clone().unwrap_or_default())
                })
                .collect();
            let response = function.call(event).await;
            let failed: BTreeSet<&str> =
                response.batch_item_failures.iter().map(|failure| failure.item_identifier.as_str()).collect();
            let mut blocked = BTreeSet::new();
            for (group, id) in &records {
                if failed.contains(id.as_str()) {
                    blocked.insert(group);
                } else if blocked.contains(group) {
                    calls.report("a record was processed behind a failed one of its group".to_owned());
                }
            }
            response
        }
    })
}

/// A client that posts once more when no answer comes, as HTTP clients with retries do.
#[derive(Clone, Debug)]
struct Resending(Meta);

impl Transport for Resending {
    fn carry(
        &self,
        request: http::Request<Vec<u8>>,
    ) -> BoxFuture<'static, Result<http::Response<Vec<u8>>, TransportError>> {
        let meta = self.0.clone();
        let again = request.clone();
        async move {
            match meta.carry(request).await {
                Err(TransportError::OnTheWay(_)) => meta.carry(again).await,
                answer => answer,
            }
        }
        .boxed()
    }
}
