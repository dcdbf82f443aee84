//! Files that users upload: whether their bytes have arrived, and which of them Meta takes as a picture of the business's own.

use crate::Deps;
use crate::web::problem::{FieldError, Problem};
use domain::TenantId;
use domain::inbox::media::{Media, MediaId, MediaOrigin, MediaState};
use domain::inbox::outbound_media::MediaKind;

/// An upload as it is once its bytes have arrived. They are what was announced, since the link for them is signed for that.
pub(crate) async fn arrived(deps: &Deps, media: Media) -> Result<Media, Problem> {
    match (&media.origin, media.state) {
        (MediaOrigin::Uploaded { .. }, MediaState::Pending) => {
            if deps.blobs.size(&media.object(), deps.clock.now()).await? != media.size {
                return Ok(media);
            }
            let media = Media { state: MediaState::Stored, ..media };
            deps.store.settle_media(&media).await?;
            Ok(media)
        }
        (MediaOrigin::Uploaded { .. } | MediaOrigin::Received { .. }, _) => Ok(media),
    }
}

/// Refuses what is no upload of the business of this kind whose bytes are there, by the field that names it. A customer's
/// file is not the business's to publish.
pub(crate) async fn check_own(
    deps: &Deps,
    tenant: TenantId,
    id: MediaId,
    kind: MediaKind,
    field: &str,
) -> Result<(), Problem> {
    let wrong = |detail: String| Problem::invalid(vec![FieldError::new(field, detail)]);
    let media = deps.store.tenant(tenant).media(id, deps.clock.now()).await?;
    let media = media.filter(|media| matches!(media.origin, MediaOrigin::Uploaded { .. }));
    let media = media.ok_or_else(|| wrong("there is no such upload: upload it by POST /api/media".to_owned()))?;
    let media = arrived(deps, media).await?;
    if media.state != MediaState::Stored {
        let detail = "its bytes have not arrived: PUT them by the request that POST /api/media answered";
        return Err(wrong(detail.to_owned()));
    }
    if media.mime_type.suits(kind, false) {
        return Ok(());
    }
    Err(wrong(format!("is {}, and a file of the kind {} is shown here", media.mime_type, kind.as_str())))
}
