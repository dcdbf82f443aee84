//! Files of messages, each an item of its own, due until it was fetched or given up; and which of them WhatsApp has, by
//! channel and digest. The bytes are in the bucket, of which nothing is known here.

use crate::reliability::due_rank::{self, DueKind};
use crate::table::client::{Change, Conditional, Put};
use crate::table::expression::{Condition, Update};
use crate::table::item::{EXPIRES, LIST, RANK, item};
use crate::table::keys::{InboxKey, Key, List};
use crate::table::query::Read;
use crate::{Store, StoreError, TenantStore};
use domain::inbox::media::{
    Dimensions, FileAtWhatsapp, LEASE, Media, MediaFault, MediaOrigin, MediaState, MediaType, Sha256Digest,
    UPLOAD_HOLDS, UPLOAD_RESTS,
};
use domain::{Actor, ChannelId, ConversationId, MediaId, MessageId, TenantId, Text, Timestamp};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// How long an upload is waited for of which nothing has arrived.
const UPLOAD_WAITS: Duration = Duration::from_secs(24 * 3600);

/// How far a file has come, as the item and the stream's filter spell it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum State {
    Pending,
    Stored,
    Expired,
    Failed,
}

item! {
    pub(crate) struct MediaItem: "media" {
        /// Of a customer's file: the conversation of its message.
        conversation?: ConversationId = "cv" as CONVERSATION,
        message?: MessageId = "ms" as MESSAGE,
        /// Of a customer's file: WhatsApp's id of it.
        whatsapp_id?: String = "wi",
        /// Of a customer's file: the other conversations that it was forwarded to.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        shared: Vec<ConversationId> = "sh" as SHARED,
        /// Of an upload: who made it.
        by?: Actor = "by",
        state: State = "st" as STATE,
        fault?: MediaFault = "er" as FAULT,
        mime_type: MediaType = "mt" as MIME_TYPE,
        size?: u64 = "sz" as SIZE,
        sha256?: Sha256Digest = "dg" as SHA256,
        filename?: Text = "fn",
        dimensions?: Dimensions = "dm" as DIMENSIONS,
        #[serde(default)]
        has_thumbnail: bool = "th" as HAS_THUMBNAIL,
        #[serde(default)]
        tries: u32 = "tr" as TRIES,
        named?: Timestamp = "na",
        expires?: i64 = "ttl",
        list?: String = "GSI1PK",
        rank?: String = "GSI1SK",
    }
}

impl MediaItem {
    fn new(media: &Media) -> Self {
        let (state, fault) = spelled(media.state);
        let (conversation, message, whatsapp_id, shared, by) = match &media.origin {
            MediaOrigin::Received { conversation, message, whatsapp_id, shared } => {
                (Some(*conversation), Some(*message), Some(whatsapp_id.clone()), shared.clone(), None)
            }
            MediaOrigin::Uploaded { by } => (None, None, None, Vec::new(), Some(*by)),
        };
        Self {
            conversation,
            message,
            whatsapp_id,
            shared,
            by,
            state,
            fault,
            mime_type: media.mime_type.clone(),
            size: media.size,
            sha256: media.sha256,
            filename: media.filename.clone(),
            dimensions: media.dimensions,
            has_thumbnail: media.has_thumbnail,
            tries: media.tries,
            named: media.named,
            expires: None,
            list: None,
            rank: None,
        }
    }

    /// A file that has to be fetched, whatever becomes of the stream: the sweeper looks at it once a first step from `now`
    /// on has had its time.
    fn due(media: &Media, now: Timestamp) -> Self {
        let rank = rank(media.tenant, media.id, now.plus(LEASE));
        Self { list: Some(due_list(media.id)), rank: Some(rank), ..Self::new(media) }
    }

    fn read(self, tenant: TenantId, id: MediaId) -> Result<Media, StoreError> {
        let origin = match (self.conversation, self.message, self.whatsapp_id, self.by) {
            (Some(conversation), Some(message), Some(whatsapp_id), None) => {
                MediaOrigin::Received { conversation, message, whatsapp_id, shared: self.shared }
            }
            (None, None, None, Some(by)) => MediaOrigin::Uploaded { by },
            _ => return Err(StoreError::corrupt(id.to_string(), "a file comes from nowhere")),
        };
        let state = match (self.state, self.fault) {
            (State::Pending, _) => MediaState::Pending,
            (State::Stored, _) => MediaState::Stored,
            (State::Expired, _) => MediaState::Expired,
            (State::Failed, fault) => MediaState::Failed(fault.unwrap_or(MediaFault::NotDownloadable)),
        };
        Ok(Media {
            tenant,
            id,
            origin,
            state,
            mime_type: self.mime_type,
            size: self.size,
            sha256: self.sha256,
            filename: self.filename,
            dimensions: self.dimensions,
            has_thumbnail: self.has_thumbnail,
            tries: self.tries,
            named: self.named,
        })
    }
}

const fn spelled(state: MediaState) -> (State, Option<MediaFault>) {
    match state {
        MediaState::Pending => (State::Pending, None),
        MediaState::Stored => (State::Stored, None),
        MediaState::Expired => (State::Expired, None),
        MediaState::Failed(fault) => (State::Failed, Some(fault)),
    }
}

/// The change by which a customer's file becomes known, as one of several.
pub(crate) fn received(media: &Media, now: Timestamp) -> Result<Change, StoreError> {
    Change::create(InboxKey::Media(media.tenant, media.id), &MediaItem::due(media, now))
}

item! {
    struct UploadItem: "upload" {
        id?: String = "wi" as ID,
        refusal?: Text = "er" as REFUSAL,
        problem?: Text = "pb" as PROBLEM,
        asked?: Timestamp = "as",
        #[serde(default)]
        tries: u32 = "tr" as TRIES,
        claimed_until?: Timestamp = "cu" as CLAIMED_UNTIL,
        expires: Timestamp = "ex" as EXPIRES_AT,
        removed: i64 = "ttl",
    }
}

impl UploadItem {
    /// A file that somebody asks for.
    fn asked(now: Timestamp) -> Self {
        let expires = now.plus(REFUSAL_HOLDS);
        Self {
            id: None,
            refusal: None,
            problem: None,
            asked: Some(now),
            tries: 0,
            claimed_until: None,
            expires,
            removed: expires.seconds(),
        }
    }

    /// As it stands at `now`: what is over is as if it had never been.
    fn at(self, now: Timestamp) -> FileAtWhatsapp {
        let Self { id, refusal, problem, asked, tries, claimed_until, expires, .. } = self;
        if now >= expires {
            return FileAtWhatsapp::default();
        }
        FileAtWhatsapp { id, refusal, problem, asked, tries, claimed_until }
    }
}

/// How long it is remembered that a file was tried and did not get to WhatsApp.
const REFUSAL_HOLDS: Duration = Duration::from_secs(600);

impl Store {
    /// Notes a customer's file, to be fetched. One that is known already stays as it is.
    pub(crate) async fn note_media(&self, media: &Media, now: Timestamp) -> Result<(), StoreError> {
        let key = InboxKey::Media(media.tenant, media.id);
        match self.table.create::<MediaItem>(&key, &MediaItem::due(media, now)).await? {
            Put::New | Put::Exists(_) => Ok(()),
        }
    }

    /// Notes a file that somebody is about to upload. It is forgotten after a day in which nothing arrives.
    pub async fn await_upload(&self, media: &Media, now: Timestamp) -> Result<(), StoreError> {
        let expires = Some(now.plus(UPLOAD_WAITS).seconds());
        self.table.put(InboxKey::Media(media.tenant, media.id), &MediaItem { expires, ..MediaItem::new(media) }).await
    }

    /// Writes down what became of a file that a worker has in hand: it is as `media` says, and no longer due. False if there
    /// is no such file any more: its person was erased meanwhile.
    pub async fn settle_media(&self, media: &Media) -> Result<bool, StoreError> {
        let (state, fault) = spelled(media.state);
        let update = Update::at(InboxKey::Media(media.tenant, media.id))
            .set(MediaItem::STATE, &state)
            .set_or_remove(MediaItem::FAULT, fault.as_ref())
            .set(MediaItem::MIME_TYPE, &media.mime_type)
            .set_or_remove(MediaItem::SIZE, media.size.as_ref())
            .set_or_remove(MediaItem::SHA256, media.sha256.as_ref())
            .set_or_remove(MediaItem::DIMENSIONS, media.dimensions.as_ref())
            .set(MediaItem::HAS_THUMBNAIL, &media.has_thumbnail)
            .remove(LIST)
            .remove(RANK)
            .remove(EXPIRES)
            .when(Condition::is(MediaItem::STATE, &State::Pending))
            .when(Condition::is(MediaItem::TRIES, &media.tries));
        match self.table.update::<MediaItem>(update).await? {
            Conditional::Applied(_) | Conditional::Rejected(Some(_)) => Ok(true),
            Conditional::Rejected(None) => Ok(false),
        }
    }

    /// Has a file that a worker had in hand be tried again at `next`.
    pub async fn put_off_media(&self, media: &Media, next: Timestamp) -> Result<(), StoreError> {
        let update = Update::at(InboxKey::Media(media.tenant, media.id))
            .set(RANK, &rank(media.tenant, media.id, next))
            .when(Condition::is(MediaItem::STATE, &State::Pending))
            .when(Condition::is(MediaItem::TRIES, &media.tries));
        self.write_media(update).await
    }

    /// Has a customer's file that could not be fetched be fetched once more, from its first step on. False if it is
    /// pending or stored.
    pub async fn refetch_media(&self, media: &Media, now: Timestamp) -> Result<bool, StoreError> {
        let update = Update::at(InboxKey::Media(media.tenant, media.id))
            .set(MediaItem::STATE, &State::Pending)
            .set(MediaItem::TRIES, &0)
            .remove(MediaItem::FAULT)
            .set(LIST, &due_list(media.id))
            .set(RANK, &rank(media.tenant, media.id, now.plus(LEASE)))
            .when(Condition::is(MediaItem::STATE, &spelled(media.state).0));
        match self.table.update::<MediaItem>(update).await? {
            Conditional::Applied(_) => Ok(true),
            Conditional::Rejected(_) => Ok(false),
        }
    }

    async fn write_media(&self, update: Update) -> Result<(), StoreError> {
        match self.table.update::<MediaItem>(update).await? {
            Conditional::Applied(_) | Conditional::Rejected(_) => Ok(()),
        }
    }
}

impl TenantStore<'_> {
    /// Forgets a customer's file whose message stood where it does not belong.
    pub(crate) async fn forget_media(self, id: MediaId) -> Result<(), StoreError> {
        self.table().delete(InboxKey::Media(self.tenant, id)).await
    }

    /// A file, as it stands this moment; none if the business has none with this id.
    pub async fn media(self, id: MediaId, now: Timestamp) -> Result<Option<Media>, StoreError> {
        let item: Option<MediaItem> = self.table().get(InboxKey::Media(self.tenant, id), Read::Strong).await?;
        let item = item.filter(|item| item.expires.is_none_or(|at| at > now.seconds()));
        item.map(|item| item.read(self.tenant, id)).transpose()
    }

    /// Notes that a customer's file is sent on to `conversation`: people who see that see the file.
    pub async fn share_media(self, id: MediaId, conversation: ConversationId) -> Result<(), StoreError> {
        let update = Update::at(InboxKey::Media(self.tenant, id))
            .append(MediaItem::SHARED, &conversation)
            .when(Condition::exists())
            .when(Condition::without(MediaItem::SHARED, &conversation));
        self.store.write_media(update).await
    }

    /// Those of these files that there are, in no order.
    pub async fn media_of(self, ids: &[MediaId]) -> Result<Vec<Media>, StoreError> {
        let keys: Vec<_> = ids.iter().map(|id| InboxKey::Media(self.tenant, *id)).collect();
        let found = self.table().get_all(&keys, Read::Strong).await?;
        let one = |item: crate::table::client::Found| match item.key {
            Key::Inbox(InboxKey::Media(_, id)) => {
                item.read::<MediaItem>().and_then(|item| item.read(self.tenant, id)).map(Some)
            }
            _ => Ok(None),
        };
        Ok(found.into_iter().map(one).collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
    }

    /// Takes a customer's file in hand for its step `step`, and counts the try. None if it is not pending any more, or
    /// another worker has taken this step.
    pub async fn claim_media(self, id: MediaId, step: u32, now: Timestamp) -> Result<Option<Media>, StoreError> {
        let mut update = Update::at(InboxKey::Media(self.tenant, id))
            .set(MediaItem::TRIES, &(step + 1))
            .when(Condition::is(MediaItem::STATE, &State::Pending))
            .when(Condition::is(MediaItem::TRIES, &step));
        // The first step comes right after the file became due: it is left there, which saves two writes of the index.
        if step > 0 {
            update = update.set(RANK, &rank(self.tenant, id, now.plus(LEASE)));
        }
        match self.table().update::<MediaItem>(update).await? {
            Conditional::Applied(item) => item.read(self.tenant, id).map(Some),
            Conditional::Rejected(_) => Ok(None),
        }
    }

    /// What is known of a file at WhatsApp, where `channel` sends it.
    pub async fn file_at_whatsapp(
        self,
        channel: ChannelId,
        digest: &Sha256Digest,
        now: Timestamp,
    ) -> Result<FileAtWhatsapp, StoreError> {
        let key = InboxKey::Upload(self.tenant, channel, digest.hex());
        let item: Option<UploadItem> = self.table().get(&key, Read::Strong).await?;
        Ok(item.map(|item| item.at(now)).unwrap_or_default())
    }

    /// Notes since when a file is wanted at WhatsApp, unless that is known.
    pub async fn ask_for_upload(
        self,
        channel: ChannelId,
        digest: &Sha256Digest,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let key = InboxKey::Upload(self.tenant, channel, digest.hex());
        let over = Condition::at_most(UploadItem::EXPIRES_AT, &now);
        match self.table().create_over::<UploadItem>(&key, &UploadItem::asked(now), Some(over)).await? {
            Put::New | Put::Exists(_) => Ok(()),
        }
    }

    /// Takes it in hand to bring a file to WhatsApp, and gives how often that was tried. None if it is there or refused, if
    /// nobody wants it any more, or if another worker has it in hand.
    pub async fn claim_upload(
        self,
        channel: ChannelId,
        digest: &Sha256Digest,
        now: Timestamp,
    ) -> Result<Option<u32>, StoreError> {
        let update = Update::at(InboxKey::Upload(self.tenant, channel, digest.hex()))
            .count_up(UploadItem::TRIES)
            .set(UploadItem::CLAIMED_UNTIL, &now.plus(LEASE))
            .when(Condition::exists())
            .when(Condition::absent(UploadItem::ID))
            .when(Condition::absent(UploadItem::REFUSAL))
            .when(Condition::above(UploadItem::EXPIRES_AT, &now))
            .when(Condition::at_most(UploadItem::CLAIMED_UNTIL, &now));
        match self.table().update::<UploadItem>(update).await? {
            Conditional::Applied(item) => Ok(Some(item.tries)),
            Conditional::Rejected(_) => Ok(None),
        }
    }

    /// Writes down what came of the try `tries`: WhatsApp's id, or why it refuses the file, or why it is tried again.
    pub async fn settle_upload(
        self,
        channel: ChannelId,
        digest: &Sha256Digest,
        came: &FileAtWhatsapp,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let expires = now.plus(if came.id.is_some() { UPLOAD_HOLDS } else { REFUSAL_HOLDS });
        let update = Update::at(InboxKey::Upload(self.tenant, channel, digest.hex()))
            .set_or_remove(UploadItem::ID, came.id.as_ref())
            .set_or_remove(UploadItem::REFUSAL, came.refusal.as_ref())
            .set_or_remove(UploadItem::PROBLEM, came.problem.as_ref())
            .set(UploadItem::CLAIMED_UNTIL, &now.plus(UPLOAD_RESTS))
            .set(UploadItem::EXPIRES_AT, &expires)
            .set(EXPIRES, &expires.seconds())
            .when(Condition::is(UploadItem::TRIES, &came.tries));
        match self.table().update::<UploadItem>(update).await? {
            Conditional::Applied(_) | Conditional::Rejected(_) => Ok(()),
        }
    }
}

fn due_list(id: MediaId) -> String {
    List::due(&id.ulid_str()).pk()
}

fn rank(tenant: TenantId, id: MediaId, at: Timestamp) -> String {
    due_rank::due_rank(DueKind::Media, tenant, at, &id.ulid_str())
}
