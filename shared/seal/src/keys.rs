//! Data keys, and what a key service does with them.

use crate::Place;
use crate::envelope::NONCE_BYTES;
use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use futures::future::BoxFuture;
use std::fmt;

/// Why something cannot be sealed or opened.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    /// The key service gives no key. It may later.
    #[error("the key service gives no key: {0}")]
    Unavailable(String),
    /// It was not sealed here, or not for this place, or was changed.
    #[error("what is sealed cannot be opened: {0}")]
    Unreadable(&'static str),
}

impl SealError {
    /// Whether the same call may succeed later.
    #[must_use]
    pub const fn is_retryable(&self) -> bool {
        match self {
            Self::Unavailable(_) => true,
            Self::Unreadable(_) => false,
        }
    }
}

/// Makes data keys, and unwraps those that it has made.
pub trait Keys: fmt::Debug + Send + Sync {
    /// The name of the key by which data keys are wrapped now. It holds no `|`.
    fn id(&self) -> &str;

    /// A new data key for a secret at `place`, and the same wrapped.
    fn make<'a>(&'a self, place: &'a Place) -> BoxFuture<'a, Result<(DataKey, Vec<u8>), SealError>>;

    /// Unwraps what the key called `id` has wrapped, for a secret at `place`.
    fn reveal<'a>(
        &'a self,
        id: &'a str,
        wrapped: &'a [u8],
        place: &'a Place,
    ) -> BoxFuture<'a, Result<DataKey, SealError>>;
}

/// A key that encrypts. Debug shows nothing of it.
pub struct DataKey(LessSafeKey);

impl DataKey {
    /// A key of 32 bytes.
    ///
    /// # Errors
    /// [`SealError::Unreadable`] if they are not 32.
    pub fn new(bytes: &[u8]) -> Result<Self, SealError> {
        let key = UnboundKey::new(&AES_256_GCM, bytes).map_err(|_| SealError::Unreadable("a key has 32 bytes"))?;
        Ok(Self(LessSafeKey::new(key)))
    }

    /// Encrypts `text`, bound to `place`. The nonce must not come twice under one key.
    pub(crate) fn seal(&self, nonce: [u8; NONCE_BYTES], place: &str, text: &[u8]) -> Result<Vec<u8>, SealError> {
        let mut bytes = text.to_vec();
        let sealed = self.0.seal_in_place_append_tag(Nonce::from(&nonce), Aad::from(place), &mut bytes);
        sealed.map_err(|_| SealError::Unreadable("it is too long")).map(|()| bytes)
    }

    /// Decrypts what was encrypted so.
    pub(crate) fn open(&self, nonce: [u8; NONCE_BYTES], place: &str, mut bytes: Vec<u8>) -> Result<Vec<u8>, SealError> {
        let opened = self.0.open_in_place(Nonce::from(&nonce), Aad::from(place), &mut bytes);
        let length = opened.map_err(|_| SealError::Unreadable("it was changed, or stands in another place"))?.len();
        bytes.truncate(length);
        Ok(bytes)
    }
}

impl fmt::Debug for DataKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DataKey(***)")
    }
}
