//! Writing down what was done, for the audit.

use crate::Deps;
use crate::problem::Problem;
use domain::audit::{Action, Deed};
use domain::{Actor, TenantId};

/// Writes down that `by` did this to `target`. Where that fails the request fails: nothing is done unseen.
pub(crate) async fn note(
    deps: &Deps,
    tenant: TenantId,
    by: Actor,
    action: Action,
    target: &str,
    detail: &str,
) -> Result<(), Problem> {
    let deed = Deed { at: deps.clock.now(), by, action, target: target.to_owned(), detail: detail.to_owned() };
    Ok(deps.store.write_down(tenant, &deed, deps.ids.bits()).await?)
}
