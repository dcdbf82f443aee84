//! A file of ours, taken to WhatsApp so that a channel can send it. WhatsApp's id of it is remembered by channel and digest:
//! the same file is taken there once in 25 days, however many messages carry it.

use crate::token::token;
use crate::{Deps, JobError};
use domain::inbox::media::{FileAtWhatsapp, Media, MediaId, MediaState};
use domain::inbox::media_type::is_animated_webp;
use domain::{ChannelId, TenantId, Text};
use futures::{StreamExt, TryStreamExt, stream};
use store::channels::channels::Channel;
use whatsapp::media::{MediaError, Upload};

/// So many bytes of a WebP say whether it moves.
const HEAD: usize = 32;

/// Takes the file `id` to WhatsApp for `channel`, unless it is there or another worker does.
pub(crate) async fn take(deps: &Deps, tenant: TenantId, id: MediaId, channel: ChannelId) -> Result<(), JobError> {
    let store = deps.store.tenant(tenant);
    let now = deps.clock.now();
    let media = store.media(id, now).await?.filter(|media| media.state == MediaState::Stored);
    let channel = store.channel(channel).await?;
    let (Some(media), Some(channel)) = (media, channel) else { return Ok(()) };
    let Some(digest) = media.sha256 else { return Ok(()) };
    let Some(tries) = store.claim_upload(channel.id, &digest, now).await? else { return Ok(()) };
    let came = match attempt(deps, &media, &channel).await {
        Ok(came) => came,
        Err(error) => FileAtWhatsapp { problem: Some(Text::new(error.to_string())), ..FileAtWhatsapp::default() },
    };
    let there = came.id.is_some();
    tracing::info!(media.id = %id, there, tries, "tried to take a file to WhatsApp");
    let came = FileAtWhatsapp { tries, ..came };
    Ok(store.settle_upload(channel.id, &digest, &came, deps.clock.now()).await?)
}

async fn attempt(deps: &Deps, media: &Media, channel: &Channel) -> Result<FileAtWhatsapp, JobError> {
    let (Some(digest), Some(size)) = (media.sha256, media.size) else { return Ok(FileAtWhatsapp::default()) };
    let token = token(deps, media.tenant, channel).await?;
    let bytes = deps.blobs.get(&media.object(), deps.clock.now()).await?;
    let bytes = if media.mime_type.has_to_move(size) {
        // At most 500 KB: a larger one was refused before it was uploaded.
        let chunks: Vec<_> = match bytes.try_collect().await {
            Ok(chunks) => chunks,
            Err(error) => {
                let problem = Some(Text::new(error.to_string()));
                return Ok(FileAtWhatsapp { problem, ..FileAtWhatsapp::default() });
            }
        };
        let head: Vec<u8> = chunks.iter().flatten().take(HEAD).copied().collect();
        if !is_animated_webp(&head) {
            let refusal = Some(Text::new("A sticker that does not move may have at most 100 KB."));
            return Ok(FileAtWhatsapp { refusal, ..FileAtWhatsapp::default() });
        }
        stream::iter(chunks.into_iter().map(Ok)).boxed()
    } else {
        bytes
    };
    let file = Upload { mime_type: &media.mime_type, size, digest: &digest };
    Ok(match deps.graph.upload(&channel.number, &token, &file, bytes).await {
        Ok(id) => FileAtWhatsapp { id: Some(id), ..FileAtWhatsapp::default() },
        Err(MediaError::Refused(words)) => FileAtWhatsapp { refusal: Some(words), ..FileAtWhatsapp::default() },
        Err(error @ (MediaError::Again(_) | MediaError::Missing | MediaError::Host | MediaError::Unauthorised)) => {
            FileAtWhatsapp { problem: Some(Text::new(error.to_string())), ..FileAtWhatsapp::default() }
        }
    })
}
