//! An account's templates, read from WhatsApp page by page: one page is one step. After the last page those that WhatsApp
//! no longer lists are marked as deleted.

use crate::token::token;
use crate::{Deps, JobError};
use domain::{ChannelId, TenantId, Text};
use std::time::Duration;
use store::outreach::template_syncs::TemplateSync;
use whatsapp::templates::TemplateError;

/// How many templates are written side by side.
const AT_ONCE: usize = 8;

/// The pause before a page is asked for again.
const PAUSE: Duration = Duration::from_secs(60);

/// Reads the page `page` of the account of `channel`, unless it was read or another worker reads it.
pub(crate) async fn read_page(deps: &Deps, tenant: TenantId, channel: ChannelId, page: u32) -> Result<(), JobError> {
    let now = deps.clock.now();
    let Some(sync) = deps.store.tenant(tenant).claim_template_page(channel, page, now).await? else { return Ok(()) };
    let Some(channel) = deps.store.tenant(tenant).channel(channel).await? else {
        tracing::info!(channel.id = %channel, "a channel is gone: its templates are not read any more");
        return Ok(deps.store.tenant(tenant).forget_template_sync(channel).await?);
    };
    let token = token(deps, tenant, &channel).await?;
    let read = match deps.graph.templates(&channel.waba, &token, sync.mark.as_deref(), now).await {
        Ok(read) => read,
        Err(error) => return failed(deps, tenant, &sync, error).await,
    };
    for some in read.templates.chunks(AT_ONCE) {
        let writes: Vec<_> = some.iter().map(|template| deps.store.tenant(tenant).put_template(template)).collect();
        futures::future::try_join_all(writes).await?;
    }
    if read.unreadable > 0 {
        tracing::warn!(templates = read.unreadable, "templates of this account cannot be read");
    }
    let count = u32::try_from(read.templates.len()).unwrap_or(u32::MAX);
    if let Some(mark) = &read.next {
        return Ok(deps.store.tenant(tenant).next_template_page(&sync, count, mark, deps.clock.now()).await?);
    }
    let removed = deps.store.tenant(tenant).remove_templates(&channel.waba, sync.began).await?;
    deps.store.tenant(tenant).end_template_sync(&sync, count, None, deps.clock.now()).await?;
    tracing::info!(channel.id = %channel.id, count = sync.count + count, removed, "read an account's templates");
    Ok(())
}

/// A page that did not come: it is asked for again, or the run is given up with what a person can do.
async fn failed(deps: &Deps, tenant: TenantId, sync: &TemplateSync, error: TemplateError) -> Result<(), JobError> {
    let now = deps.clock.now();
    let problem = match error {
        TemplateError::Again(why) if !sync.is_last_try() => {
            tracing::warn!(error = why, "a page of templates has to wait");
            return Ok(deps.store.tenant(tenant).put_off_template_page(sync, now.plus(PAUSE)).await?);
        }
        TemplateError::Again(_) => Text::new("WhatsApp did not answer. Synchronise again later."),
        TemplateError::Unauthorised => {
            Text::new("WhatsApp rejects the access token. Replace it by one with whatsapp_business_management.")
        }
        TemplateError::Missing | TemplateError::Exists => {
            Text::new("WhatsApp has no such account, or the access token may not read it.")
        }
        TemplateError::Refused(words) => words,
    };
    tracing::warn!(channel.id = %sync.channel, "an account's templates cannot be read");
    Ok(deps.store.tenant(tenant).end_template_sync(sync, 0, Some(&problem), now).await?)
}
