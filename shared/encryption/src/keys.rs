//! Data keys, and what a key service does with them.

use crate::EncryptionContext;
use crate::envelope::NONCE_BYTES;
use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use futures::future::BoxFuture;
use std::fmt;

/// Why something cannot be encrypted or opened.
#[derive(Debug, thiserror::Error)]
pub enum EncryptionError {
    /// The key service gives no key. It may later.
    #[error("the key service gives no key: {0}")]
    Unavailable(String),
    /// It was not encrypted here, or not for this place, or was changed.
    #[error("what is encrypted cannot be opened: {0}")]
    Unreadable(&'static str),
}

impl EncryptionError {
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
    fn make<'a>(&'a self, place: &'a EncryptionContext) -> BoxFuture<'a, Result<(DataKey, Vec<u8>), EncryptionError>>;

    /// Unwraps what the key called `id` has wrapped, for a secret at `place`.
    fn reveal<'a>(
        &'a self,
        id: &'a str,
        wrapped: &'a [u8],
        place: &'a EncryptionContext,
    ) -> BoxFuture<'a, Result<DataKey, EncryptionError>>;
}

/// A key that encrypts. Debug shows nothing of it.
pub struct DataKey(LessSafeKey);

impl DataKey {
    /// A key of 32 bytes.
    ///
    /// # Errors
    /// [`EncryptionError::Unreadable`] if they are not 32.
    pub fn new(bytes: &[u8]) -> Result<Self, EncryptionError> {
        let key =
            UnboundKey::new(&AES_256_GCM, bytes).map_err(|_| EncryptionError::Unreadable("a key has 32 bytes"))?;
        Ok(Self(LessSafeKey::new(key)))
    }

    /// Encrypts `text`, bound to `place`. The nonce must not come twice under one key.
    pub(crate) fn encrypt(
        &self,
        nonce: [u8; NONCE_BYTES],
        place: &str,
        text: &[u8],
    ) -> Result<Vec<u8>, EncryptionError> {
        let mut bytes = text.to_vec();
        let encrypted = self.0.seal_in_place_append_tag(Nonce::from(&nonce), Aad::from(place), &mut bytes);
        encrypted.map_err(|_| EncryptionError::Unreadable("it is too long")).map(|()| bytes)
    }

    /// Decrypts what was encrypted so.
    pub(crate) fn decrypt(
        &self,
        nonce: [u8; NONCE_BYTES],
        place: &str,
        mut bytes: Vec<u8>,
    ) -> Result<Vec<u8>, EncryptionError> {
        let decrypted = self.0.open_in_place(Nonce::from(&nonce), Aad::from(place), &mut bytes);
        let length =
            decrypted.map_err(|_| EncryptionError::Unreadable("it was changed, or stands in another place"))?.len();
        bytes.truncate(length);
        Ok(bytes)
    }
}

impl fmt::Debug for DataKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DataKey(***)")
    }
}
