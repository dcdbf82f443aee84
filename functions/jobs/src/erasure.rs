//! The erasure of a person, a page of items at a step. The files go first: without its item, nobody would find a file. What
//! a worker wrote meanwhile is found by a second look two minutes after the last step.

use crate::media::remove_files;
use crate::{Deps, JobError};
use domain::TenantId;
use domain::ids::ErasureId;

/// Takes the step `step` of an erasure, unless it is done or another worker takes it.
pub(crate) async fn erase(deps: &Deps, tenant: TenantId, id: ErasureId, step: u32) -> Result<(), JobError> {
    let store = deps.store.tenant(tenant);
    let Some(step) = store.claim_erasure(id, step, deps.clock.now()).await? else { return Ok(()) };
    store.erase_leads(&step).await?;
    let Some(page) = store.erasure_page(&step).await? else {
        tracing::info!(erasure.id = %id, "nothing is left of a person");
        return Ok(store.end_erasure(&step, deps.clock.now()).await?);
    };
    for media in &page.media {
        remove_files(deps, media).await?;
    }
    store.erase_page(&step, &page, deps.clock.now()).await?;
    Ok(store.next_erasure_step(&step, deps.clock.now()).await?)
}
