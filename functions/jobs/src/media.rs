//! A customer's file: WhatsApp's link to it, then its bytes on their way into the bucket, whose number and digest are
//! checked as they come. No file is held as a whole, and none is read further than it was said to go.

use crate::token::token;
use crate::{Deps, JobError, thumbnail};
use blobs::{BlobError, ByteStream, Facts};
use bytes::Bytes;
use domain::ids::ConversationId;
use domain::inbox::media::{
    FetchStep, Fetched, LARGEST, Media, MediaFault, MediaId, MediaOrigin, MediaState, MediaType, Sha256Digest,
    StoredFile,
};
use domain::{TenantId, Timestamp};
use futures::StreamExt;
use sha2::{Digest, Sha256};
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use whatsapp::media::{Download, MediaError, MediaNode};

/// Fetches the file `id`, if this step of it is not taken yet.
pub(crate) async fn fetch(deps: &Deps, tenant: TenantId, id: MediaId, step: u32) -> Result<(), JobError> {
    let Some(media) = deps.store.tenant(tenant).claim_media(id, step, deps.clock.now()).await? else { return Ok(()) };
    let MediaOrigin::Received { conversation, whatsapp_id, .. } = &media.origin else { return Ok(()) };
    let fetched = if media.is_tired() {
        Fetched::Unfit(MediaFault::NotDownloadable)
    } else {
        match attempt(deps, &media, *conversation, whatsapp_id).await {
            Ok(fetched) => fetched,
            Err(error) => {
                tracing::warn!(%error, media.id = %id, "a file is not fetched yet");
                Fetched::NotYet
            }
        }
    };
    let now = deps.clock.now();
    match media.clone().after(fetched, now) {
        FetchStep::Retry(next) => deps.store.put_off_media(&media, next).await?,
        FetchStep::Settled(settled) => {
            report(&settled, now);
            if !deps.store.settle_media(&settled).await? {
                remove_files(deps, &settled).await?;
            }
        }
    }
    Ok(())
}

/// Removes what is in the bucket of a file. One that is not there is fine.
pub(crate) async fn remove_files(deps: &Deps, media: &Media) -> Result<(), BlobError> {
    for object in [media.object(), media.thumbnail_object()] {
        match deps.blobs.remove(&object, deps.clock.now()).await {
            Ok(()) | Err(BlobError::Missing) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

fn report(media: &Media, now: Timestamp) {
    let age = now.since(media.id.at()).as_secs();
    match media.state {
        MediaState::Stored | MediaState::Pending => {
            tracing::info!(media.id = %media.id, media.bytes = media.size, age.s = age, "a file is stored");
        }
        MediaState::Expired => tracing::warn!(metric.media_lost = 1, media.id = %media.id, "a file has expired"),
        MediaState::Failed(fault) => {
            tracing::warn!(metric.media_lost = 1, media.id = %media.id, reason = %fault, "a file cannot be fetched");
        }
    }
}

async fn attempt(
    deps: &Deps,
    media: &Media,
    conversation: ConversationId,
    whatsapp_id: &str,
) -> Result<Fetched, JobError> {
    let Some(channel) = deps.store.tenant(media.tenant).channel(conversation.channel).await? else {
        return Ok(Fetched::Unfit(MediaFault::NotDownloadable));
    };
    let token = token(deps, media.tenant, &channel).await?;
    let node = match deps.graph.media(&channel.number, &token, whatsapp_id).await {
        Ok(node) => node,
        Err(error) => return Ok(refused(&error)),
    };
    if let Some(fault) = unfit(media, &node) {
        return Ok(Fetched::Unfit(fault));
    }
    match deps.graph.download(&token, &node.url).await {
        Ok(download) => into_bucket(deps, media, &node, download).await,
        // The link is good for five minutes: the next try asks for another.
        Err(MediaError::Missing) => Ok(Fetched::NotYet),
        Err(error) => Ok(refused(&error)),
    }
}

fn refused(error: &MediaError) -> Fetched {
    tracing::warn!(%error, "WhatsApp does not hand a file out");
    match error {
        MediaError::Missing => Fetched::Missing,
        MediaError::Host | MediaError::Refused(_) => Fetched::Unfit(MediaFault::NotDownloadable),
        MediaError::Again(_) | MediaError::Unauthorised => Fetched::NotYet,
    }
}

/// What is wrong with a file by what WhatsApp says of it.
fn unfit(media: &Media, node: &MediaNode) -> Option<MediaFault> {
    if node.size.is_some_and(|size| size > LARGEST) {
        return Some(MediaFault::TooLarge);
    }
    if node.mime_type.as_ref().is_some_and(|found| !media.mime_type.agrees_with(found)) {
        return Some(MediaFault::UnsafeType);
    }
    let differs = media.sha256.zip(node.sha256).is_some_and(|(announced, found)| announced != found);
    differs.then_some(MediaFault::WrongDigest)
}

async fn into_bucket(deps: &Deps, media: &Media, node: &MediaNode, download: Download) -> Result<Fetched, JobError> {
    let mime_type = node.mime_type.clone().unwrap_or_else(|| media.mime_type.clone());
    if download.mime_type.as_ref().is_some_and(|found| !mime_type.agrees_with(found)) {
        return Ok(Fetched::Unfit(MediaFault::UnsafeType));
    }
    let size = match (download.size, node.size) {
        (Some(size), Some(announced)) if size != announced => return Ok(Fetched::Unfit(MediaFault::WrongDigest)),
        (Some(size), _) | (None, Some(size)) => size,
        (None, None) => return Ok(Fetched::Unfit(MediaFault::NotDownloadable)),
    };
    if size > LARGEST {
        return Ok(Fetched::Unfit(MediaFault::TooLarge));
    }
    let announced = media.sha256.or(node.sha256);
    let check = Check::new(size, announced, thumbnail::is_picture(&mime_type, size));
    let facts = Facts { size, mime_type: &mime_type, sha256: announced.as_ref() };
    let put = deps.blobs.put(&media.object(), &facts, check.watching(download.bytes), deps.clock.now()).await;
    // What was seen on the way goes before what the bucket says of it.
    match (check.found(), put) {
        (Found::Differs(fault), _) => Ok(Fetched::Unfit(fault)),
        (Found::Whole(sha256), Ok(())) => {
            let picture = thumbnail::look_at(&check.seen());
            let dimensions = picture.as_ref().map(|picture| picture.dimensions);
            let small = picture.and_then(|picture| picture.small);
            let has_thumbnail = match small {
                Some(small) => keep_thumbnail(deps, media, small).await,
                None => false,
            };
            Ok(Fetched::Stored(StoredFile { mime_type, size, sha256, dimensions, has_thumbnail }))
        }
        (Found::Whole(_) | Found::Unfinished, Err(error)) => Err(error.into()),
        (Found::Unfinished, Ok(())) => Ok(Fetched::NotYet),
    }
}

/// Keeps the small picture of a picture. The picture itself is there, so this may fail.
async fn keep_thumbnail(deps: &Deps, media: &Media, small: Vec<u8>) -> bool {
    let mime_type = MediaType::announced(Some("image/jpeg"));
    let facts = Facts { size: small.len() as u64, mime_type: &mime_type, sha256: None };
    let bytes = blobs::once(small.into());
    match deps.blobs.put(&media.thumbnail_object(), &facts, bytes, deps.clock.now()).await {
        Ok(()) => true,
        Err(error) => {
            tracing::warn!(%error, media.id = %media.id, "a picture has no small one");
            false
        }
    }
}

/// What a stream turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Found {
    /// It has not come to its end.
    Unfinished,
    /// It is what was announced, and has this digest.
    Whole(Sha256Digest),
    /// It is something else.
    Differs(MediaFault),
}

/// Watches the bytes of a file on their way.
#[derive(Clone)]
struct Check {
    size: u64,
    announced: Option<Sha256Digest>,
    found: Arc<Mutex<Found>>,
    /// The bytes themselves, of a picture alone.
    seen: Option<Arc<Mutex<Vec<u8>>>>,
}

impl Check {
    fn new(size: u64, announced: Option<Sha256Digest>, keeps: bool) -> Self {
        Self { size, announced, found: Arc::new(Mutex::new(Found::Unfinished)), seen: keeps.then(Arc::default) }
    }

    fn seen(&self) -> Vec<u8> {
        let taken = |seen: &Mutex<Vec<u8>>| std::mem::take(&mut *seen.lock().unwrap_or_else(PoisonError::into_inner));
        self.seen.as_deref().map(taken).unwrap_or_default()
    }

    fn found(&self) -> Found {
        *self.found.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set(&self, found: Found) {
        *self.found.lock().unwrap_or_else(PoisonError::into_inner) = found;
    }

    /// The same bytes. It fails at the first that is one too many; whether they are the right ones is known before the last
    /// ones are handed on.
    fn watching(&self, bytes: ByteStream) -> ByteStream {
        let state = (self.clone(), Sha256::new(), 0_u64);
        let watched = bytes.scan(state, |(check, digest, seen), chunk| {
            let checked = chunk.and_then(|chunk| check.next(digest, seen, chunk));
            futures::future::ready(Some(checked))
        });
        watched.boxed()
    }

    fn next(&self, digest: &mut Sha256, seen: &mut u64, chunk: Bytes) -> io::Result<Bytes> {
        *seen += chunk.len() as u64;
        digest.update(&chunk);
        let wrong = |fault: MediaFault| {
            self.set(Found::Differs(fault));
            Err(io::Error::other("the file is not what was announced"))
        };
        if *seen > self.size {
            return wrong(MediaFault::WrongDigest);
        }
        if let Some(kept) = &self.seen {
            kept.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(&chunk);
        }
        if *seen == self.size {
            let found = Sha256Digest::from_bytes(digest.clone().finalize().into());
            if self.announced.is_some_and(|announced| announced != found) {
                return wrong(MediaFault::WrongDigest);
            }
            self.set(Found::Whole(found));
        }
        Ok(chunk)
    }
}
