//! The file that a message carries: whether WhatsApp has it, and that it is taken there.

use crate::Deps;
use crate::dispatch::DispatchError;
use domain::TenantId;
use domain::channels::failures::{Failure, Reason};
use domain::inbox::media::Carry;
use domain::inbox::outbound_messages::OutboundMessage;
use queue::{Job, JobTask};

/// What a message that is about to be posted needs of its file.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum File {
    /// It carries none of ours.
    None,
    /// WhatsApp has it, by this id.
    There(String),
    /// It is on its way.
    NotYet,
    /// It does not get there.
    Failed(Failure),
}

/// The file of `send`. Where WhatsApp does not have it, a job is asked to take it there.
pub(crate) async fn carried(deps: &Deps, tenant: TenantId, send: &OutboundMessage) -> Result<File, DispatchError> {
    let store = deps.store.tenant(tenant);
    let Some(id) = send.content.stored_file() else { return Ok(File::None) };
    let now = deps.clock.now();
    let failed = |detail| File::Failed(Failure { detail: Some(detail), ..Failure::ours(Reason::FileNotSent) });
    let Some(digest) = store.media(id, now).await?.and_then(|media| media.sha256) else {
        return Ok(failed(domain::Text::new("The file is gone.")));
    };
    let channel = send.conversation.channel;
    let file = store.file_at_whatsapp(channel, &digest, now).await?;
    match file.carry(now) {
        Carry::Post(whatsapp_id) => Ok(File::There(whatsapp_id)),
        Carry::Fail(detail) => Ok(failed(detail)),
        Carry::Wait => Ok(File::NotYet),
        Carry::Ask => {
            if file.asked.is_none() {
                store.ask_for_upload(channel, &digest, now).await?;
            }
            let task = JobTask::new(tenant, Job::MediaUpload { id, channel }, file.tries);
            deps.jobs.send(vec![task.outgoing()?]).await?;
            Ok(File::NotYet)
        }
    }
}
