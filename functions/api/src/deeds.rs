//! What is said in the audit. An entry is written in the transaction of its deed: there is no deed without its entry.

use crate::Deps;
use crate::problem::Problem;
use domain::audit::{Action, Deed, Entry};
use domain::{Actor, TenantId};

/// What `by` does to `target` now.
pub(crate) fn deed(deps: &Deps, by: Actor, action: Action, target: &str, detail: &str) -> Deed {
    Deed { at: deps.clock.now(), by, action, target: target.to_owned(), detail: detail.to_owned() }
}

/// The entry that says that `by` does this to `target` now.
pub(crate) fn entry(deps: &Deps, by: Actor, action: Action, target: &str, detail: &str) -> Entry {
    Entry::new(deed(deps, by, action, target, detail), deps.ids.bits())
}

/// Counts what changes nothing and one caller can do by the thousand: a minute of it is one entry. Where that fails the
/// request fails: nothing is tried unseen.
pub(crate) async fn count(deps: &Deps, tenant: TenantId, deed: &Deed) -> Result<(), Problem> {
    Ok(deps.store.tally(tenant, deed).await?)
}
