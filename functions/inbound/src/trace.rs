//! What the log says of an event: one line when it is dealt with, and the same names on every line that comes of it.

use crate::became::Ingested;
use domain::{MessageId, TenantId};
use queue::{InboundTask, Record, Run};
use std::time::Duration;
use tracing::Span;
use tracing::field::Empty;
use whatsapp::Event;

/// Around everything that is done for one record. Its names are filled in as they become known.
pub(crate) fn span(record: &Record) -> Span {
    tracing::info_span!("event", record.received, wamid = Empty, kind = Empty, tenant = Empty, message.id = Empty)
}

/// What the event is.
pub(crate) fn begins(task: &InboundTask<Event>) {
    let span = Span::current();
    if let Some(wamid) = task.event.message_key() {
        span.record("wamid", wamid);
    }
    span.record("kind", task.event.kind.as_str());
}

/// Whose it is, and which message it is or speaks of.
pub(crate) fn names(tenant: TenantId, message: MessageId) {
    Span::current().record("tenant", tenant.digest()).record("message.id", message.to_string());
}

/// It is dealt with, so long after the webhook took it. What waited aside and comes again has been counted.
pub(crate) fn dealt_with(became: Ingested, run: Run, lag: Duration) {
    let lag = u64::try_from(lag.as_millis()).unwrap_or(u64::MAX);
    if run != Run::First {
        return tracing::info!("an event that waited is dealt with");
    }
    match became {
        Ingested::New => tracing::info!(metric.stored = 1, metric.lag_ms = lag, "an event is kept"),
        Ingested::Duplicate => tracing::info!(metric.duplicate = 1, metric.lag_ms = lag, "an event was kept before"),
    }
}
