//! Statuses that a program of a business reports: no signature of Meta's, but an API key of the scope `statuses:write`.
//! They take the same way as Meta's, through the queue.

use crate::ingest::{self, IngestError};
use crate::{Deps, problem};
use domain::access::permissions::Permission;
use domain::{Taken, TenantId, digest};
use lambda_http::http::{StatusCode, header};
use lambda_http::{Body, Request, Response};
use queue::{InboundTask, Outgoing};
use store::StoreError;
use store::access::api_keys::Holder;
use whatsapp::Event;
use whatsapp::reported::{ReportError, read_report};

/// Where programs report statuses.
const PATH: &str = "/webhook/incoming";

/// What every key for a program begins with.
const KEY_PREFIX: &str = "lw_";

/// Whom a key speaks for.
enum Reporter {
    /// A program that may report statuses of this business.
    Known(TenantId),
    /// A program that may not.
    Forbidden,
    /// Nobody.
    Unknown,
}

/// The API key in a request that reports statuses; none if the request is something else.
pub(crate) fn key_of(request: &Request) -> Option<&str> {
    let bearer = request.headers().get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, key) = bearer.split_once(' ')?;
    let is_ours = scheme.eq_ignore_ascii_case("bearer") && key.trim().starts_with(KEY_PREFIX);
    (is_ours && request.uri().path().ends_with(PATH)).then(|| key.trim())
}

pub(crate) async fn answer(deps: &Deps, request: &Request, key: &str) -> Response<Body> {
    let reporter = match reporter(deps, key).await {
        Ok(reporter) => reporter,
        Err(error) => {
            tracing::error!(%error, "an API key could not be checked");
            return problem(
                StatusCode::SERVICE_UNAVAILABLE,
                "The API key could not be checked. Send the request again.",
                None,
            );
        }
    };
    let tenant = match reporter {
        Reporter::Known(tenant) => tenant,
        Reporter::Forbidden => {
            let detail = "The API key needs the scope statuses:write, and an owner who may give it.";
            return problem(StatusCode::FORBIDDEN, detail, None);
        }
        Reporter::Unknown => return problem(StatusCode::UNAUTHORIZED, "The API key is unknown or revoked.", None),
    };
    let arrived = deps.clock.now();
    let events = match read_report(request.body(), arrived) {
        Ok(events) => events,
        Err(error) => return refused(&error),
    };
    let count = events.len();
    match enqueue(deps, tenant, events, arrived).await {
        Ok(()) => {
            tracing::info!(metric.received = count, tenant = tenant.digest(), "reported statuses are durable");
            let mut response = Response::new(Body::from(format!("{{\"accepted\":{count}}}")));
            response.headers_mut().insert(header::CONTENT_TYPE, header::HeaderValue::from_static("application/json"));
            response
        }
        Err(error) => {
            tracing::error!(%error, "reported statuses are not durable");
            problem(StatusCode::SERVICE_UNAVAILABLE, "The statuses are not stored. Send the request again.", None)
        }
    }
}

fn refused(error: &ReportError) -> Response<Body> {
    problem(StatusCode::UNPROCESSABLE_ENTITY, &error.to_string(), Some(error.field()))
}

async fn reporter(deps: &Deps, key: &str) -> Result<Reporter, StoreError> {
    match deps.store.holder(&digest::of_token(key), deps.clock.now()).await? {
        Some(Holder::Program { tenant, scopes, owner, .. }) => {
            let member = deps.store.tenant(tenant).member(owner).await?;
            let Some(member) = member.filter(|member| member.user.active && member.tenant.active) else {
                return Ok(Reporter::Unknown);
            };
            let may = scopes.contains(&Permission::ReportStatuses) && member.user.role.may(Permission::ReportStatuses);
            Ok(if may { Reporter::Known(tenant) } else { Reporter::Forbidden })
        }
        Some(Holder::Operator(_)) => Ok(Reporter::Forbidden),
        None => Ok(Reporter::Unknown),
    }
}

async fn enqueue(
    deps: &Deps,
    tenant: TenantId,
    events: Vec<Event>,
    arrived: domain::Timestamp,
) -> Result<(), IngestError> {
    let mut queued = Vec::with_capacity(events.len());
    for (place, event) in events.into_iter().enumerate() {
        let names = event.names();
        let taken = Taken { at: arrived, place: ingest::place_of(place) };
        // The business stands in the names: two may report the same bytes.
        let business = tenant.ulid_str();
        queued.push(Outgoing {
            group: digest::hex(&[&business, &names.group]),
            dedup: digest::hex(&[&business, &names.dedup]),
            body: InboundTask::<Event>::first(taken, event).reported_by(tenant).body()?,
        });
    }
    Ok(deps.inbound.send(queued).await?)
}
