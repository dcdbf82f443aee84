//! Files of messages: uploads, how far a file has come, and its bytes.

use crate::app::App;
use crate::inbox::files;
use crate::views::media::MediaView;
use crate::web::answers::{Accepted, Created};
use crate::web::auth::{Caller, Viewing};
use crate::web::body::JsonBody;
use crate::web::file_links::{Elsewhere, RequestView, Ticket};
use crate::web::path::Id;
use crate::web::problem::{FieldError, Kind, Problem};
use crate::web::query::{Query, parameters};
use crate::web::uploads;
use axum::Json;
use axum::extract::State;
use axum::http::HeaderValue;
use blobs::Facts;
use domain::access::visibility::Viewer;
use domain::inbox::media::{
    DOWNLOAD_LINK, LARGEST, Media, MediaId, MediaOrigin, MediaState, MediaTicket, MediaType, Sha256Digest, UPLOAD_LINK,
};
use domain::{Actor, Text};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The longest name of a file: what file systems take.
const LONGEST_NAME: usize = 240;

/// A file to upload. Its bytes must match this description.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schemars(rename = "UploadBody")]
pub(crate) struct UploadBody {
    /// The MIME type, one that WhatsApp accepts.
    #[schemars(required, with = "MediaType")]
    mime_type: Option<String>,
    /// The size in bytes.
    #[schemars(required, with = "u64", range(min = 1, max = LARGEST))]
    size: Option<u64>,
    /// The SHA-256 digest of the bytes, in base64.
    #[schemars(required, with = "String", length(min = 44, max = 44))]
    sha256: Option<String>,
    /// The file name.
    #[schemars(length(min = 1, max = LONGEST_NAME))]
    filename: Option<Text>,
}

/// An upload that has begun.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Upload")]
pub(crate) struct UploadView {
    /// The file's ID: use it as `mediaId` when you send a message.
    id: MediaId,
    /// The request that uploads the bytes.
    upload: RequestView,
}

parameters! {
    /// For whom, and which picture.
    ContentQuery {
        /// The ticket from the file's `url`.
        ticket = "ticket": Option<Ticket>,
        /// Whether to get the thumbnail.
        thumbnail = "thumbnail": Option<bool>,
    }
}

/// `POST /api/media` `{mimeType, size, sha256, filename}`: Begin the upload of a file. PUT the bytes with the request in
/// `upload` and exactly its headers within 15 minutes, then send a message with `mediaId`. The limits are 5 MB for images,
/// 16 MB for video and audio, 500 KB for stickers and 100 MB for documents.
pub(crate) async fn create_media(
    State(app): State<App>,
    caller: Caller,
    JsonBody(body): JsonBody<UploadBody>,
) -> Result<Created<UploadView>, Problem> {
    let Announced { mime_type, size, sha256, filename } = wanted(body).map_err(Problem::invalid)?;
    let now = app.clock.now();
    let media = Media {
        tenant: caller.tenant,
        id: MediaId::from_parts(now, app.random.u128()),
        origin: MediaOrigin::Uploaded { by: caller.by },
        state: MediaState::Pending,
        mime_type,
        size: Some(size),
        sha256: Some(sha256),
        filename,
        dimensions: None,
        has_thumbnail: false,
        tries: 0,
        named: None,
    };
    let facts = Facts { size, mime_type: &media.mime_type, sha256: Some(&sha256) };
    let link = app.blobs.upload_link(&media.object(), &facts, UPLOAD_LINK, now).await?;
    app.store.await_upload(&media, now).await?;
    Ok(Created(UploadView { id: media.id, upload: link.into() }))
}

/// A file whose announcement can be true.
struct Announced {
    mime_type: MediaType,
    size: u64,
    sha256: Sha256Digest,
    filename: Option<Text>,
}

fn wanted(body: UploadBody) -> Result<Announced, Vec<FieldError>> {
    let mut errors = Vec::new();
    let UploadBody { mime_type, size, sha256, filename } = body;
    let mime_type = mime_type.and_then(|text| MediaType::parse(&text).ok());
    let limit = mime_type.as_ref().and_then(MediaType::upload_limit);
    match (limit, size) {
        (None, _) => {
            let taken = MediaType::taken().collect::<Vec<_>>().join(", ");
            errors.push(FieldError::new("mimeType", format!("expected a type that WhatsApp takes: {taken}")));
        }
        (Some(limit), size) if !size.is_some_and(|size| (1..=limit).contains(&size)) => {
            let detail = format!("expected 1 to {limit} bytes: WhatsApp takes no larger file of this type");
            errors.push(FieldError::new("size", detail));
        }
        (Some(_), _) => {}
    }
    let sha256 = sha256.filter(|text| text.len() == 44).and_then(|text| text.parse::<Sha256Digest>().ok());
    if sha256.is_none() {
        errors.push(FieldError::new("sha256", "expected the SHA-256 digest of the bytes in base64"));
    }
    let named = |name: &Text| !name.is_blank() && name.as_str().chars().count() <= LONGEST_NAME;
    if !filename.as_ref().is_none_or(named) {
        errors.push(FieldError::new("filename", format!("expected 1 to {LONGEST_NAME} characters")));
    }
    match (mime_type, size, sha256) {
        (Some(mime_type), Some(size), Some(sha256)) if errors.is_empty() => {
            Ok(Announced { mime_type, size, sha256, filename })
        }
        (Some(_) | None, _, _) => Err(errors),
    }
}

/// `GET /api/media/{id}`: Get the state of a file, and a link to it.
pub(crate) async fn get_media(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    Id(id): Id<MediaId>,
) -> Result<Json<MediaView>, Problem> {
    let media = files::seen(&app, caller, &viewer, id).await?;
    Ok(Json(files::view(&app, caller, &media)))
}

/// `GET /api/media/{id}/content?ticket=&thumbnail=`: Download a file. The link in the file's `url` needs no token, so that a
/// page can show it. Types that a browser might run are downloaded instead of shown.
pub(crate) async fn get_media_content(
    State(app): State<App>,
    Id(id): Id<MediaId>,
    Query(ContentQuery { ticket, thumbnail }): Query<ContentQuery>,
) -> Result<Elsewhere, Problem> {
    let now = app.clock.now();
    let over = || Problem::unauthenticated("This link is not valid, or over: read the message again.");
    let ticket = ticket.and_then(|Ticket(text)| MediaTicket::open(&app.token_key, id, &text, now)).ok_or_else(over)?;
    let viewer = viewer(&app, &ticket).await?.ok_or_else(over)?;
    let media = app.store.tenant(ticket.tenant).media(id, now).await?.ok_or_else(files::missing)?;
    let by_ticket = matches!(media.origin, MediaOrigin::Uploaded { .. });
    if !by_ticket && !files::sees(&app, ticket.viewer, &viewer, &media).await? {
        return Err(files::missing());
    }
    let media = uploads::arrived(&app, media).await?;
    let wants_thumbnail = thumbnail == Some(true);
    if media.state != MediaState::Stored || (wants_thumbnail && !media.has_thumbnail) {
        return Err(files::missing());
    }
    let (object, mime_type) = if wants_thumbnail {
        (media.thumbnail_object(), MediaType::announced(Some("image/jpeg")))
    } else {
        (media.object(), media.mime_type.clone())
    };
    let link = app.blobs.download_link(&object, (&mime_type, &media.disposition()), DOWNLOAD_LINK, now).await?;
    HeaderValue::try_from(link.url).map(Elsewhere).map_err(|_| Problem::internal("a link cannot stand in a header"))
}

/// As what a ticket's holder looks now; none if they may not act any more.
async fn viewer(app: &App, ticket: &MediaTicket) -> Result<Option<Viewer>, Problem> {
    match ticket.viewer {
        Actor::User(id) => {
            let people = app.store.tenant(ticket.tenant).people(&[id]).await?;
            Ok(people.into_iter().find(|user| user.active).map(|user| user.viewer()))
        }
        Actor::ApiKey(_) => Ok(Some(Viewer::program())),
        Actor::Operator(_) | Actor::Nobody => Ok(None),
    }
}

/// `POST /api/media/{id}/refetch`: Fetch a customer's file again after a failure. WhatsApp keeps it for seven days.
pub(crate) async fn refetch_media(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    Id(id): Id<MediaId>,
) -> Result<Accepted, Problem> {
    let media = files::seen(&app, caller, &viewer, id).await?;
    let now = app.clock.now();
    match (&media.origin, media.state) {
        (MediaOrigin::Uploaded { .. }, _) => {
            Err(Problem::new(Kind::Conflict, "This file was uploaded: upload it again by POST /api/media."))
        }
        (MediaOrigin::Received { .. }, MediaState::Stored | MediaState::Pending) => Ok(Accepted),
        (MediaOrigin::Received { .. }, MediaState::Expired | MediaState::Failed(_)) => {
            if media.is_over(now) {
                let detail = "WhatsApp keeps a file for seven days: ask the customer to send it again.";
                return Err(Problem::new(Kind::Conflict, detail));
            }
            app.store.refetch_media(&media, now).await?;
            Ok(Accepted)
        }
    }
}
