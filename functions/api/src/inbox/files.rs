//! Files of messages: who may see one, and which can be sent.

use crate::Deps;
use crate::views::media::MediaView;
use crate::web::auth::Caller;
use crate::web::problem::{Kind, Problem};
use crate::web::uploads;
use domain::access::visibility::Viewer;
use domain::inbox::media::{Media, MediaId, MediaOrigin, MediaState};
use domain::inbox::outbound_media::{MediaKind, MediaSource, OutboundMedia};
use domain::{Actor, ConversationId, OutboundContent};

/// The file `id`, if the viewer sees it. What they may not see is not found.
pub(crate) async fn seen(deps: &Deps, caller: Caller, viewer: &Viewer, id: MediaId) -> Result<Media, Problem> {
    let media = deps.store.tenant(caller.tenant).media(id, deps.clock.now()).await?.ok_or_else(missing)?;
    if !sees(deps, caller.by, viewer, &media).await? {
        return Err(missing());
    }
    uploads::arrived(deps, media).await
}

/// Whether a viewer sees a file: a customer's where they see its conversation or one that it was sent on to, an upload
/// where it is theirs or they see everything. Whoever sees the message with which an upload goes out has a ticket for it.
pub(crate) async fn sees(deps: &Deps, by: Actor, viewer: &Viewer, media: &Media) -> Result<bool, Problem> {
    match media.origin {
        MediaOrigin::Received { .. } if viewer.sees_everything() => Ok(true),
        MediaOrigin::Received { conversation, ref shared, .. } => {
            let store = deps.store.tenant(media.tenant);
            let own = store.conversation(conversation).await?;
            if own.is_some_and(|conversation| conversation.is_seen_by(viewer)) {
                return Ok(true);
            }
            let others = store.conversations(shared).await?;
            Ok(others.iter().any(|conversation| conversation.is_seen_by(viewer)))
        }
        MediaOrigin::Uploaded { by: owner } => Ok(owner == by || viewer.sees_everything()),
    }
}

/// To how many conversations a customer's file is sent on: each stands in the file's item.
const MOST_SHARED: usize = 200;

/// Refuses a message to `to` with a file that cannot be sent, by the field that names it. A customer's file that the caller
/// sees is sent on, and then belongs to that conversation too. It is called once everything else has been checked.
///
/// # Errors
/// A problem if the business has no such file that the caller sees, if its bytes have not arrived, or if the kind of
/// message carries no file of its type.
pub(crate) async fn check_sendable(
    deps: &Deps,
    caller: Caller,
    viewer: &Viewer,
    content: &OutboundContent,
    field: &str,
    to: ConversationId,
) -> Result<(), Problem> {
    match content.media() {
        Some((kind, carried)) => check_file(deps, caller, viewer, (kind, carried), field, to).await,
        None => Ok(()),
    }
}

/// The same of one file of several.
pub(crate) async fn check_file(
    deps: &Deps,
    caller: Caller,
    viewer: &Viewer,
    (kind, carried): (MediaKind, &OutboundMedia),
    field: &str,
    to: ConversationId,
) -> Result<(), Problem> {
    let refused = |detail: &str| Err(Problem::field(Kind::InvalidInput, field, detail));
    let MediaSource::Stored(id) = carried.source() else { return Ok(()) };
    let id = *id;
    let media = deps.store.tenant(caller.tenant).media(id, deps.clock.now()).await?;
    let Some(media) = media else {
        return refused("there is no such file: upload it by POST /api/media");
    };
    let is_received = matches!(media.origin, MediaOrigin::Received { .. });
    if is_received && !sees(deps, caller.by, viewer, &media).await? {
        return refused("there is no such file: upload it by POST /api/media");
    }
    let media = uploads::arrived(deps, media).await?;
    match (media.state, is_received) {
        (MediaState::Stored, _) => {}
        (_, true) => return refused("has not come from WhatsApp: see GET /api/media/{id}, and refetch it there"),
        (_, false) => {
            return refused("its bytes have not arrived: PUT them by the request that POST /api/media answered");
        }
    }
    if !media.mime_type.suits(kind, carried.is_voice()) {
        let what = if carried.is_voice() { "voice note" } else { kind.as_str() };
        return refused(&format!("is {}, and WhatsApp takes none as {what}", media.mime_type));
    }
    match &media.origin {
        MediaOrigin::Received { conversation, shared, .. } if *conversation != to && !shared.contains(&to) => {
            if shared.len() >= MOST_SHARED {
                return refused(&format!("was sent on to {MOST_SHARED} conversations: upload it by POST /api/media"));
            }
            Ok(deps.store.tenant(caller.tenant).share_media(id, to).await?)
        }
        MediaOrigin::Received { .. } | MediaOrigin::Uploaded { .. } => Ok(()),
    }
}

/// The view of a file for `caller`.
pub(crate) fn view(deps: &Deps, caller: Caller, media: &Media) -> MediaView {
    MediaView::new(media, &deps.links(caller))
}

/// There is no such file, or the caller may not see it.
pub(crate) fn missing() -> Problem {
    Problem::not_found("file")
}
