//! What is said in the audit. An entry is written in the transaction of its audit event: there is no audit event without its entry.

use crate::Deps;
use crate::web::problem::Problem;
use domain::access::audit::{Action, AuditEvent, Entry};
use domain::{Actor, TenantId};

/// What `by` does to `target` now.
pub(crate) fn audit_event(deps: &Deps, by: Actor, action: Action, target: &str, detail: &str) -> AuditEvent {
    AuditEvent { at: deps.clock.now(), by, action, target: target.to_owned(), detail: detail.to_owned() }
}

/// The entry that says that `by` does this to `target` now.
pub(crate) fn entry(deps: &Deps, by: Actor, action: Action, target: &str, detail: &str) -> Entry {
    Entry::new(audit_event(deps, by, action, target, detail), deps.random.u128())
}

/// Counts what changes nothing and one caller can do by the thousand: a minute of it is one entry. Where that fails the
/// request fails: nothing is tried unseen.
pub(crate) async fn count(deps: &Deps, tenant: TenantId, audit_event: &AuditEvent) -> Result<(), Problem> {
    Ok(deps.store.tenant(tenant).tally(audit_event).await?)
}
