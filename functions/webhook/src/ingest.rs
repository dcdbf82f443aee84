//! A delivery: signature over the raw bytes, then every event of it into the queue, or aside. What cannot be made
//! durable is told to Meta as a fault of ours, and Meta delivers again.

use crate::{Deps, problem, reply};
use domain::{PhoneNumberId, Taken};
use futures::TryStreamExt;
use lambda_http::http::{HeaderValue, StatusCode};
use lambda_http::{Body, Request, Response};
use queue::{InboundTask, Outgoing, QueueError, TaskError};
use runtime::MetaSecrets;
use store::StoreError;
use whatsapp::signature::{self, SignatureError};
use whatsapp::{Event, EventKeys, Part, webhook};

/// Meta's payloads are at most 3 MB (Cloud API, webhooks).
const MAX_BODY: usize = 3 * 1024 * 1024;

/// SQS takes 1 MiB; what comes near is put aside in the table, in parts.
const MAX_TASK: usize = 900 * 1024;

/// How many pieces of one delivery are parked each by itself. Of more, which no delivery of Meta's has, the delivery is
/// parked once, whole: there is time for that.
const MOST_PARKED: usize = 100;

/// How many pieces are parked side by side.
const PARKED_AT_ONCE: usize = 16;

/// Why a delivery could not be made durable.
#[derive(Debug, thiserror::Error)]
pub(crate) enum IngestError {
    #[error(transparent)]
    Queue(#[from] QueueError),
    #[error("could not park an event: {0}")]
    Park(#[from] StoreError),
    #[error(transparent)]
    Task(#[from] TaskError),
}

/// What becomes of one piece of a delivery.
enum Disposition {
    /// It goes into the queue.
    Queued(Outgoing),
    /// It is put aside.
    Parked { raw: Vec<u8>, reason: String, number: Option<PhoneNumberId> },
}

pub(crate) async fn answer(deps: &Deps, request: &Request) -> Response<Body> {
    let body: &[u8] = request.body();
    if body.len() > MAX_BODY {
        tracing::warn!(body.bytes = body.len(), "refused a delivery that is too large");
        return problem(StatusCode::PAYLOAD_TOO_LARGE, "the body is over 3 MiB", None);
    }
    let signatures = || request.headers().get_all(signature::HEADER).iter().map(HeaderValue::as_bytes);
    let check = |secrets: &MetaSecrets| signature::verify(signatures(), body, &secrets.app_secrets);
    if let Err(error) = deps.checked(check, |error| *error == SignatureError::Mismatch).await {
        tracing::warn!(metric.bad_signature = 1, %error, "refused a delivery");
        return problem(StatusCode::UNAUTHORIZED, &error.to_string(), None);
    }
    match ingest(deps, body).await {
        Ok(()) => reply(StatusCode::OK, "ok"),
        Err(error) => {
            tracing::error!(%error, "a delivery is not durable: Meta will deliver it again");
            problem(StatusCode::SERVICE_UNAVAILABLE, "not stored: deliver again", None)
        }
    }
}

async fn ingest(deps: &Deps, body: &[u8]) -> Result<(), IngestError> {
    let arrived = deps.clock.now();
    let mut queued = Vec::new();
    let mut parked = Vec::new();
    let mut wamids = Vec::new();
    for (place, piece) in webhook::split(body).into_iter().enumerate() {
        let taken = Taken { at: arrived, place: place_of(place) };
        match fate(piece, taken, &mut wamids)? {
            Disposition::Queued(message) => queued.push(message),
            Disposition::Parked { raw, reason, number } => parked.push((raw, reason, number)),
        }
    }
    if parked.len() > MOST_PARKED {
        let number = parked.swap_remove(0).2;
        parked = vec![(body.to_vec(), format!("more than {MOST_PARKED} pieces cannot be read"), number)];
    }
    let received = queued.len() + parked.len();
    let park = |(raw, reason, number): (Vec<u8>, String, Option<PhoneNumberId>)| async move {
        deps.store.park(&raw, &reason, number.as_ref(), arrived).await.map(drop)
    };
    futures::stream::iter(parked.into_iter().map(Ok)).try_for_each_concurrent(PARKED_AT_ONCE, park).await?;
    deps.inbound.send(queued).await?;
    tracing::info!(metric.received = received, wamids = wamids.join(" "), "a delivery is durable");
    Ok(())
}

/// What becomes of `piece`; for the log, the message that it is about goes to `wamids`.
fn fate(piece: Part, taken: Taken, wamids: &mut Vec<String>) -> Result<Disposition, TaskError> {
    match piece {
        Part::Unreadable { raw, flaw, number } => {
            Ok(Disposition::Parked { raw: raw.0, reason: flaw.to_string(), number })
        }
        Part::Event(event) => {
            let EventKeys { dedup, group, message } = event.names();
            wamids.extend(message);
            let number = event.number.clone();
            let body = InboundTask::<Event>::first(taken, event).body()?;
            if body.len() > MAX_TASK {
                let reason = "too large for the queue".to_owned();
                return Ok(Disposition::Parked { raw: body.into_bytes(), reason, number });
            }
            Ok(Disposition::Queued(Outgoing { group, dedup, body }))
        }
    }
}

/// A place in a POST, as a task writes it.
pub(crate) fn place_of(place: usize) -> u16 {
    u16::try_from(place).unwrap_or(u16::MAX)
}
