//! The files that a message carries: whether WhatsApp has them, and that they are taken there.

use crate::Deps;
use crate::dispatch::DispatchError;
use domain::channels::failures::{Failure, Reason};
use domain::inbox::media::Carry;
use domain::inbox::outbound_messages::OutboundMessage;
use domain::{ChannelId, MediaId, TenantId};
use queue::{Job, JobTask};

/// What a message that is about to be posted needs of its files.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Files {
    /// WhatsApp has all that it carries, by these ids.
    There(Vec<(MediaId, String)>),
    /// One is on its way.
    NotYet,
    /// One does not get there.
    Failed(Failure),
}

/// The files of `send`. Where WhatsApp does not have one, a job is asked to take it there.
pub(crate) async fn carried(deps: &Deps, tenant: TenantId, send: &OutboundMessage) -> Result<Files, DispatchError> {
    let mut there = Vec::new();
    let mut is_complete = true;
    for id in send.content.stored_files() {
        match one(deps, tenant, send.conversation.channel, id).await? {
            Carried::There(whatsapp_id) => there.push((id, whatsapp_id)),
            Carried::NotYet => is_complete = false,
            Carried::Failed(failure) => return Ok(Files::Failed(failure)),
        }
    }
    Ok(if is_complete { Files::There(there) } else { Files::NotYet })
}

/// How far one file has come.
enum Carried {
    There(String),
    NotYet,
    Failed(Failure),
}

async fn one(deps: &Deps, tenant: TenantId, channel: ChannelId, id: MediaId) -> Result<Carried, DispatchError> {
    let store = deps.store.tenant(tenant);
    let now = deps.clock.now();
    let failed = |detail| Carried::Failed(Failure { detail: Some(detail), ..Failure::ours(Reason::FileNotSent) });
    let Some(digest) = store.media(id, now).await?.and_then(|media| media.sha256) else {
        return Ok(failed(domain::Text::new("The file is gone.")));
    };
    let file = store.file_at_whatsapp(channel, &digest, now).await?;
    match file.carry(now) {
        Carry::Post(whatsapp_id) => Ok(Carried::There(whatsapp_id)),
        Carry::Fail(detail) => Ok(failed(detail)),
        Carry::Wait => Ok(Carried::NotYet),
        Carry::Ask => {
            if file.asked.is_none() {
                store.ask_for_upload(channel, &digest, now).await?;
            }
            let task = JobTask::new(tenant, Job::MediaUpload { id, channel }, file.tries);
            deps.jobs.send(vec![task.outgoing()?]).await?;
            Ok(Carried::NotYet)
        }
    }
}
