//! A template that is submitted to WhatsApp for review, or deleted there. Its name is unique, so a request that comes again
//! does nothing twice.

use crate::token::token;
use crate::{Deps, JobError};
use domain::outreach::template_lint::{Examples, NewTemplate};
use domain::outreach::templates::{Template, TemplateStatus};
use domain::{Secret, TemplateId, TenantId, Text};
use std::time::Duration;
use store::channels::channels::Channel;
use store::outreach::template_work::TemplateWork;
use whatsapp::templates::TemplateError;

/// The pause before WhatsApp is asked again.
const PAUSE: Duration = Duration::from_secs(60);

/// Submits or deletes the template `id`, unless that is done or another worker does it.
pub(crate) async fn perform(deps: &Deps, tenant: TenantId, id: TemplateId, step: u32) -> Result<(), JobError> {
    let now = deps.clock.now();
    let Some(work) = deps.store.tenant(tenant).claim_template_work(id, step, now).await? else { return Ok(()) };
    let template = deps.store.tenant(tenant).template(id).await?;
    let channel = deps.store.tenant(tenant).channel(work.channel).await?;
    let (Some(template), Some(channel)) = (template, channel) else {
        return Ok(deps.store.tenant(tenant).end_template_work(id).await?);
    };
    let token = token(deps, tenant, &channel).await?;
    match &work.submit {
        Some(examples) => submit(deps, tenant, template, &channel, &token, &work, examples).await,
        None => delete(deps, tenant, &template, &channel, &token, &work).await,
    }
}

async fn submit(
    deps: &Deps,
    tenant: TenantId,
    template: Template,
    channel: &Channel,
    token: &Secret,
    work: &TemplateWork,
    examples: &Examples,
) -> Result<(), JobError> {
    let id = template.id;
    let new = NewTemplate {
        name: template.name.clone(),
        language: template.language.clone(),
        category: template.category,
        parts: template.parts.clone(),
        examples: examples.clone(),
    };
    let reason = match deps.graph.create_template(&channel.waba, token, &new).await {
        Ok(taken) => {
            tracing::info!(template.id = %id, status = %taken.status, "submitted a template");
            let category = taken.category.unwrap_or(template.category);
            let seen = deps.clock.now();
            let there = Template {
                whatsapp_id: Some(taken.id),
                status: taken.status,
                category,
                reason: None,
                seen,
                ..template
            };
            deps.store.tenant(tenant).put_template(&there).await?;
            return Ok(deps.store.tenant(tenant).end_template_work(id).await?);
        }
        Err(TemplateError::Exists) => {
            // An earlier try may have got there, or somebody created it in WhatsApp Manager: the list says what it is.
            deps.store.tenant(tenant).begin_template_sync(channel.id, None, deps.clock.now()).await?;
            return Ok(deps.store.tenant(tenant).end_template_work(id).await?);
        }
        Err(TemplateError::Again(why)) if !work.is_last_try() => return put_off(deps, tenant, id, work, &why).await,
        Err(TemplateError::Again(_)) => Text::new("WhatsApp did not answer. Create the template again."),
        Err(TemplateError::Unauthorised) => {
            Text::new("WhatsApp rejects the access token. Replace it by one with whatsapp_business_management.")
        }
        Err(TemplateError::Missing) => {
            Text::new("WhatsApp has no such account, or the access token may not change it.")
        }
        Err(TemplateError::Refused(words)) => words,
    };
    tracing::warn!(template.id = %id, "WhatsApp did not take a template");
    deps.store.tenant(tenant).template_not_submitted(id, &reason).await?;
    Ok(deps.store.tenant(tenant).end_template_work(id).await?)
}

async fn delete(
    deps: &Deps,
    tenant: TenantId,
    template: &Template,
    channel: &Channel,
    token: &Secret,
    work: &TemplateWork,
) -> Result<(), JobError> {
    let id = template.id;
    let whatsapp_id = template.whatsapp_id.as_deref().unwrap_or_default();
    match deps.graph.delete_template(&channel.waba, token, &template.name, whatsapp_id).await {
        Ok(()) | Err(TemplateError::Missing) => {
            tracing::info!(template.id = %id, "deleted a template");
            deps.store.tenant(tenant).template_deleted(id).await?;
        }
        Err(TemplateError::Again(why)) if !work.is_last_try() => return put_off(deps, tenant, id, work, &why).await,
        Err(error) => {
            tracing::warn!(template.id = %id, %error, "WhatsApp did not delete a template");
            let words = match error {
                TemplateError::Refused(words) => words,
                other => Text::new(other.to_string()),
            };
            let kept = Template { reason: Some(words), status: TemplateStatus::Other, ..template.clone() };
            deps.store.tenant(tenant).put_template(&kept).await?;
            // What WhatsApp makes of it now is in its list.
            deps.store.tenant(tenant).begin_template_sync(channel.id, None, deps.clock.now()).await?;
        }
    }
    Ok(deps.store.tenant(tenant).end_template_work(id).await?)
}

async fn put_off(
    deps: &Deps,
    tenant: TenantId,
    id: TemplateId,
    work: &TemplateWork,
    why: &str,
) -> Result<(), JobError> {
    tracing::warn!(template.id = %id, error = why, "a template has to wait");
    Ok(deps.store.tenant(tenant).put_off_template_work(id, work, deps.clock.now().plus(PAUSE)).await?)
}
