//! One record of the queue: read it, deal with it, and decide what becomes of it when that fails.
//!
//! A passing fault lets it come again. What can never succeed is parked, in one attempt. An event that ends its
//! worker each time leaves no error behind, so from the eighth receipt on a mark counts the attempts that have begun and
//! not ended; when there were three of them, the event is parked. One alone may be the worker's own bad luck.

use crate::error::ProcessError;
use crate::{Deps, history_received, messages, notice_received, status_received, status_reported, trace};
use domain::digest;
use futures::FutureExt;
use queue::{InboundTask, Record, Verdict};
use std::panic::AssertUnwindSafe;
use tracing::Instrument;
use whatsapp::account_updates::DASHBOARD_TEST_NUMBER;
use whatsapp::{Event, EventKind};

/// From this receipt on, an event is suspected of ending its workers.
const SUSPECT: u32 = 8;

/// So many attempts that never ended show that it is the event that ends them.
const ATTEMPTS: u32 = 3;

pub(crate) async fn process(deps: &Deps, record: Record) -> Verdict {
    let span = trace::span(&record);
    deal_with(deps, record).instrument(span).await
}

async fn deal_with(deps: &Deps, record: Record) -> Verdict {
    let suspect = record.received >= SUSPECT;
    let result = if suspect { count_attempts(deps, &record).await } else { caught(deps, &record).await };
    match result {
        Ok(()) => Verdict::Done,
        Err(error) if error.is_retryable() => {
            tracing::warn!(%error, record.received, "an event has to come again");
            Verdict::Again(record.backoff())
        }
        Err(error) => park(deps, &record, &error).await,
    }
}

async fn count_attempts(deps: &Deps, record: &Record) -> Result<(), ProcessError> {
    let mark = digest::hex(&[&record.id]);
    if deps.store.count_attempt(&mark, deps.clock.now()).await? > ATTEMPTS {
        return Err(ProcessError::Panicked);
    }
    let result = caught(deps, record).await;
    deps.store.clear_attempts(&mark).await?;
    result
}

async fn caught(deps: &Deps, record: &Record) -> Result<(), ProcessError> {
    let attempt = AssertUnwindSafe(attempt(deps, &record.body)).catch_unwind().await;
    attempt.unwrap_or(Err(ProcessError::Panicked))
}

async fn attempt(deps: &Deps, body: &str) -> Result<(), ProcessError> {
    let task = InboundTask::<Event>::parse(body)?;
    trace::begins(&task);
    let became = match task.event.kind {
        EventKind::Message => messages::receive(deps, &task, body).await,
        EventKind::Status => match task.reporter {
            Some(tenant) => status_reported::receive(deps, tenant, &task, body).await,
            None => status_received::receive(deps, &task, body).await,
        },
        EventKind::History => history_received::receive(deps, &task).await,
        EventKind::Notice => notice_received::receive(deps, &task, body).await,
    }?;
    trace::dealt_with(became, task.run, deps.clock.now().since(task.arrived));
    Ok(())
}

async fn park(deps: &Deps, record: &Record, error: &ProcessError) -> Verdict {
    let task = InboundTask::<Event>::parse(&record.body).ok();
    let number = task.and_then(|task| task.event.number);
    if number.as_ref().is_some_and(|number| number.as_str() == DASHBOARD_TEST_NUMBER)
        && let Err(error) = deps.store.dashboard_test_came(deps.clock.now()).await
    {
        tracing::warn!(%error, "that a test of Meta's dashboard came is not written");
    }
    match deps.store.park(record.body.as_bytes(), &error.to_string(), number.as_ref(), deps.clock.now()).await {
        Ok(_) => Verdict::Done,
        Err(error) => {
            tracing::error!(%error, "an event could not be parked and has to come again");
            Verdict::Again(record.backoff())
        }
    }
}
