//! Ways of doing it wrong that others have been seen to take. Each can be switched in, and the suite has to notice:
//! a suite that does not would prove nothing. None of them touches the product's code: each stands around a function
//! or in the way to a service.

use crate::calls::Calls;
use crate::meta::Meta;
use crate::template::neighbour;
use aws_lambda_events::sqs::{SqsBatchResponse, SqsEvent};
use futures::FutureExt;
use futures::future::BoxFuture;
use leadwire::stack::{QueueFunction, Trigger};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};
use store::Store;
use whatsapp::carrier::{Carrier, Lost};

/// What is done wrong, if anything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Variant {
    /// Nothing: the product as it is.
    #[default]
    Product,
    /// An event is marked as seen before it is dealt with.
    MarkFirst,
    /// A counter is raised at each delivery.
    CountDeliveries,
    /// Meta is always answered with 200.
    AlwaysAccept,
    /// A post whose answer did not come is made again.
    ResendOnTimeout,
    /// The records behind a failed one of the same group are dealt with.
    GoOnAfterFailure,
    /// Nobody looks for what is due.
    NoSweeper,
    /// A function looks at what belongs to another business.
    LookNextDoor,
}

impl Variant {
    /// All that is done wrong.
    pub const WRONG: [Self; 7] = [
        Self::MarkFirst,
        Self::CountDeliveries,
        Self::AlwaysAccept,
        Self::ResendOnTimeout,
        Self::GoOnAfterFailure,
        Self::NoSweeper,
        Self::LookNextDoor,
    ];

    /// What it does, in words.
    #[must_use]
    pub const fn says(self) -> &'static str {
        match self {
            Self::Product => "the product as it is",
            Self::MarkFirst => "mark an event as seen before dealing with it",
            Self::CountDeliveries => "raise a counter at each delivery",
            Self::AlwaysAccept => "always answer Meta with 200",
            Self::ResendOnTimeout => "post again when the answer does not come",
            Self::GoOnAfterFailure => "go on behind a failed record of the same group",
            Self::NoSweeper => "look for nothing that is due",
            Self::LookNextDoor => "look at what belongs to another business",
        }
    }

    pub(crate) const fn always_accepts(self) -> bool {
        matches!(self, Self::AlwaysAccept)
    }

    pub(crate) fn follows(self, trigger: Trigger) -> bool {
        !(self == Self::NoSweeper && trigger == Trigger::Schedule)
    }

    /// The way to Meta.
    pub(crate) fn client(self, meta: Meta) -> whatsapp::Client {
        let base = "http://graph.test".to_owned();
        match self {
            Self::ResendOnTimeout => whatsapp::Client::new(Insistent(meta), base),
            Self::Product
            | Self::MarkFirst
            | Self::CountDeliveries
            | Self::AlwaysAccept
            | Self::GoOnAfterFailure
            | Self::NoSweeper
            | Self::LookNextDoor => whatsapp::Client::new(meta, base),
        }
    }

    /// What stands around a queue's function. Around every one stands somebody who reads its answers.
    pub(crate) fn around(
        self,
        trigger: Trigger,
        function: QueueFunction,
        store: &Store,
        calls: &Calls,
        counted: &Counted,
    ) -> QueueFunction {
        let function = match (self, trigger) {
            (Self::MarkFirst, Trigger::Inbound) => mark_first(function, counted.clone()),
            (Self::CountDeliveries, Trigger::Inbound) => count_deliveries(function, counted.clone()),
            (Self::LookNextDoor, Trigger::Inbound) => look_next_door(function, store.clone()),
            (Self::GoOnAfterFailure, _) => go_on_after_failure(function),
            _ => function,
        };
        watched(function, calls.clone())
    }
}

/// How many deliveries were counted, by what was delivered.
pub(crate) type Counted = Arc<Mutex<BTreeMap<String, usize>>>;

fn mark_first(function: QueueFunction, marks: Counted) -> QueueFunction {
    QueueFunction::new(move |mut event: SqsEvent| {
        let (function, marks) = (function.clone(), Arc::clone(&marks));
        async move {
            event.records.retain(|record| {
                let body = record.body.clone().unwrap_or_default();
                marks.lock().unwrap_or_else(PoisonError::into_inner).insert(body, 1).is_none()
            });
            function.call(event).await
        }
    })
}

fn count_deliveries(function: QueueFunction, counted: Counted) -> QueueFunction {
    QueueFunction::new(move |event: SqsEvent| {
        let (function, counted) = (function.clone(), Arc::clone(&counted));
        for record in &event.records {
            let body = record.body.clone().unwrap_or_default();
            *counted.lock().unwrap_or_else(PoisonError::into_inner).entry(body).or_default() += 1;
        }
        async move { function.call(event).await }
    })
}

/// As who takes the tenant from somewhere else than from where the message came in.
fn look_next_door(function: QueueFunction, store: Store) -> QueueFunction {
    QueueFunction::new(move |event: SqsEvent| {
        let (function, store) = (function.clone(), store.clone());
        async move {
            // What it finds there is of no use to it: that it looked is what counts.
            let _ = store.channels(neighbour()).await;
            function.call(event).await
        }
    })
}

/// Each record by itself, as who reports one failure and goes on.
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

/// Whoever reports a record has to report those behind it in its group: the queue takes all others for done.
fn watched(function: QueueFunction, calls: Calls) -> QueueFunction {
    QueueFunction::new(move |event: SqsEvent| {
        let (function, calls) = (function.clone(), calls.clone());
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
                    calls.accuse("a record was dealt with behind a failed one of its group".to_owned());
                }
            }
            response
        }
    })
}

/// A client that posts once more when it hears nothing, as HTTP clients with retries do.
#[derive(Clone, Debug)]
struct Insistent(Meta);

impl Carrier for Insistent {
    fn carry(&self, request: http::Request<Vec<u8>>) -> BoxFuture<'static, Result<http::Response<Vec<u8>>, Lost>> {
        let (meta, again) = (self.0.clone(), request.clone());
        async move {
            match meta.carry(request).await {
                Err(Lost::OnTheWay(_)) => meta.carry(again).await,
                answer => answer,
            }
        }
        .boxed()
    }
}
