//! A file of a message: how far it has come, and links to it for one person.

use domain::inbox::history::Entry;
use domain::inbox::media::{Media, MediaFault, MediaId, MediaState, MediaTicket, MediaType};
use domain::{HistoryId, Secret, TenantId, Text, Timestamp};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use store::{Store, StoreError};

/// A file of a message.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "MediaFile")]
pub struct MediaView {
    /// The file's ID.
    id: MediaId,
    /// The state of the file.
    state: MediaStatus,
    /// The MIME type.
    mime_type: MediaType,
    /// The size in bytes. Null while it is unknown.
    size: Option<u64>,
    /// The file name. Null if it has none.
    filename: Option<Text>,
    /// The width of an image in pixels. Null if it is unknown.
    width: Option<u32>,
    /// The height of an image in pixels. Null if it is unknown.
    height: Option<u32>,
    /// A link to the file that needs no token and works for at least an hour. Null unless the file is stored.
    url: Option<String>,
    /// A link to the thumbnail. Null if there is none.
    thumbnail_url: Option<String>,
    /// Why the file is not available.
    error: Option<MediaFault>,
}

/// The state of a file.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MediaStatus {
    /// Leadwire is fetching it.
    Pending,
    /// It is available.
    Stored,
    /// WhatsApp had already deleted it.
    Expired,
    /// It could not be fetched.
    Failed,
}

/// What links to files need: the key, and for whom and when they are made.
#[derive(Clone, Copy, Debug)]
pub struct Links<'a> {
    /// Signs the tickets; none where no links are made.
    pub key: Option<&'a Secret>,
    /// For whom they are.
    pub ticket: MediaTicket,
    /// When.
    pub now: Timestamp,
}

impl Links<'_> {
    fn to(&self, id: MediaId) -> Option<String> {
        let ticket = self.ticket.sign(self.key?, id, self.now);
        Some(format!("/api/media/{id}/content?ticket={ticket}"))
    }
}

impl MediaView {
    /// The file as the person sees it for whom `links` are.
    #[must_use]
    pub fn new(media: &Media, links: &Links<'_>) -> Self {
        let (state, error) = match media.state {
            MediaState::Pending => (MediaStatus::Pending, None),
            MediaState::Stored => (MediaStatus::Stored, None),
            MediaState::Expired => (MediaStatus::Expired, None),
            MediaState::Failed(fault) => (MediaStatus::Failed, Some(fault)),
        };
        let url = if media.state == MediaState::Stored { links.to(media.id) } else { None };
        let thumbnail_url = url.as_ref().filter(|_| media.has_thumbnail).map(|url| format!("{url}&thumbnail=true"));
        Self {
            id: media.id,
            state,
            mime_type: media.mime_type.clone(),
            size: media.size,
            filename: media.filename.clone(),
            width: media.dimensions.map(|dimensions| dimensions.width),
            height: media.dimensions.map(|dimensions| dimensions.height),
            url,
            thumbnail_url,
            error,
        }
    }
}

/// The files of some messages.
#[derive(Clone, Debug, Default)]
pub struct Files(BTreeMap<MediaId, Media>);

impl Files {
    /// Reads the files of these lines of histories.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read.
    pub async fn read<'a>(
        store: &Store,
        tenant: TenantId,
        lines: impl Iterator<Item = (HistoryId, &'a Entry)>,
    ) -> Result<Self, StoreError> {
        let ids: BTreeSet<_> = lines.filter_map(|(history, entry)| entry.media(history)).collect();
        if ids.is_empty() {
            return Ok(Self::default());
        }
        let found = store.tenant(tenant).media_of(&ids.into_iter().collect::<Vec<_>>()).await?;
        Ok(Self(found.into_iter().map(|media| (media.id, media)).collect()))
    }

    /// One of them.
    #[must_use]
    pub fn get(&self, id: MediaId) -> Option<&Media> {
        self.0.get(&id)
    }
}
