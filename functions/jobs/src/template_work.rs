//! A template that is submitted to WhatsApp for review, or changed or deleted there. Its name is unique and a change
//! replaces everything, so a request that comes again does nothing twice.

use crate::token::token;
use crate::{Deps, JobError};
use domain::inbox::media::MediaState;
use domain::outreach::template_lint::{Examples, NewTemplate, TemplateEdit};
use domain::outreach::templates::{Template, TemplateStatus};
use domain::{MediaId, Secret, TemplateId, TenantId, Text};
use std::time::Duration;
use store::channels::channels::Channel;
use store::outreach::template_work::{TemplateTask, TemplateWork};
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
    match &work.task {
        TemplateTask::Submit(examples) => submit(deps, tenant, template, &channel, &token, &work, examples).await,
        TemplateTask::Edit(change) => edit(deps, tenant, &template, &token, &work, change).await,
        TemplateTask::Delete => delete(deps, tenant, &template, &channel, &token, &work).await,
    }
}

/// Takes the files that a template shows to Meta, in their order. WhatsApp's reviewers see them; messages carry the files
/// themselves.
async fn samples(
    deps: &Deps,
    tenant: TenantId,
    token: &Secret,
    files: &[MediaId],
) -> Result<Result<Vec<String>, TemplateError>, JobError> {
    let mut handles = Vec::with_capacity(files.len());
    for id in files {
        let media = deps.store.tenant(tenant).media(*id, deps.clock.now()).await?;
        let media = media.filter(|media| media.state == MediaState::Stored);
        let Some((media, size)) = media.and_then(|media| media.size.map(|size| (media, size))) else {
            return Ok(Err(TemplateError::Refused(Text::new("The file is gone. Upload it again."))));
        };
        let bytes = deps.blobs.get(&media.object(), deps.clock.now()).await?;
        match deps.graph.upload_sample(token, &media.mime_type, size, bytes).await {
            Ok(handle) => handles.push(handle),
            Err(error) => return Ok(Err(error)),
        }
    }
    Ok(Ok(handles))
}

async fn edit(
    deps: &Deps,
    tenant: TenantId,
    template: &Template,
    token: &Secret,
    work: &TemplateWork,
    change: &TemplateEdit,
) -> Result<(), JobError> {
    let id = template.id;
    let TemplateEdit { category, parts, examples, files } = change.clone();
    let new = NewTemplate {
        name: template.name.clone(),
        language: template.language.clone(),
        category,
        parts,
        examples,
        files,
    };
    let changed = (category != template.category).then_some(category);
    let whatsapp_id = template.whatsapp_id.as_deref().unwrap_or_default();
    let done = match samples(deps, tenant, token, &new.files).await? {
        Ok(handles) => deps.graph.edit_template(whatsapp_id, token, &new, changed, &handles).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(()) => {
            tracing::info!(template.id = %id, "changed a template");
            deps.store.tenant(tenant).template_edited(template, change, deps.clock.now()).await?;
        }
        Err(TemplateError::Again(why)) if !work.is_last_try() => return put_off(deps, tenant, id, work, &why).await,
        Err(error) => {
            tracing::warn!(template.id = %id, "WhatsApp did not change a template");
            deps.store.tenant(tenant).template_not_edited(id, &reason(error, "Change the template again.")).await?;
        }
    }
    Ok(deps.store.tenant(tenant).end_template_work(id).await?)
}

/// Why WhatsApp did not take a template, and what to do.
fn reason(error: TemplateError, again: &str) -> Text {
    match error {
        TemplateError::Again(_) => Text::new(format!("WhatsApp did not answer. {again}")),
        TemplateError::Unauthorised => {
            Text::new("WhatsApp rejects the access token. Replace it by one with whatsapp_business_management.")
        }
        TemplateError::Missing | TemplateError::Exists => {
            Text::new("WhatsApp has no such account or template, or the access token may not change it.")
        }
        TemplateError::Refused(words) => words,
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
        files: template.files.clone(),
    };
    let created = match samples(deps, tenant, token, &new.files).await? {
        Ok(handles) => deps.graph.create_template(&channel.waba, token, &new, &handles).await,
        Err(error) => Err(error),
    };
    let reason = match created {
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
        Err(error) => reason(error, "Create the template again."),
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
