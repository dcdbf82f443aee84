//! Encrypts the small secrets that stand in the table, and opens them: AES-256-GCM under a data key of their own, which a
//! key service wraps. It does not know what is encrypted, nor where it is kept.
//!
//! An encrypted text is bound to its place: copied to another item, to another channel or person, or to another tenant it
//! does not open. Each encryption has a data key of its own, so that no key ever meets a nonce twice.

mod envelope;
mod keys;
mod kms;
mod local;

pub use keys::{DataKey, EncryptionError, Keys};
pub use local::LocalKey;

use domain::ids::WebhookId;
use domain::{ChannelId, Secret, TenantId, Timestamp, UserId};
use envelope::{Envelope, NONCE_BYTES};
use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How long a data key is held once it was unwrapped: the application's secrets are held as long.
const LIFETIME: Duration = Duration::from_secs(300);

/// How many data keys are held: one for each number that a worker sends from within [`LIFETIME`], and no more than a
/// megabyte of them.
const MOST: usize = 1000;

/// Nobody waits longer than this for the key service: a function has 15 s for everything.
const PATIENCE: Duration = Duration::from_secs(3);

/// Whose secret it is, and where it stands: what is encrypted for it opens nowhere else.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct EncryptionContext {
    /// Whose it is.
    pub tenant: TenantId,
    /// What of theirs it is for.
    pub owner: SecretOwner,
    /// The item in which it stands, with its version.
    pub item: String,
}

impl EncryptionContext {
    /// What the key service is told of it, and writes into its own log.
    #[must_use]
    pub fn context(&self) -> [(&'static str, String); 2] {
        let holder = match self.owner {
            SecretOwner::Channel(id) => ("channel", id.to_string()),
            SecretOwner::User(id) => ("user", id.to_string()),
            SecretOwner::Chain => ("chain", "audit".to_owned()),
            SecretOwner::Webhook(id) => ("webhook", id.to_string()),
        };
        [("tenant", self.tenant.to_string()), holder]
    }
}

/// What a secret is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SecretOwner {
    /// A business number: its token.
    Channel(ChannelId),
    /// A person: what their second factor's codes follow from.
    User(UserId),
    /// The chains of the audit: their key.
    Chain,
    /// A webhook: the secret that signs its events.
    Webhook(WebhookId),
}

/// What was encrypted.
#[derive(Clone, Debug)]
pub struct Decrypted {
    /// The secret.
    pub secret: Secret,
    /// Whether it was encrypted under another key than the present one, and should be encrypted anew.
    pub is_old: bool,
}

/// Encrypts and opens. Debug shows under which keys.
#[derive(Clone)]
pub struct Encryptor {
    keys: Arc<dyn Keys>,
    held: Arc<Mutex<HashMap<Wrapped, Held>>>,
}

/// A wrapped data key and what it is bound to: whoever asks for another place asks the key service again.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Wrapped(Vec<u8>, EncryptionContext);

struct Held {
    key: Arc<DataKey>,
    since: Timestamp,
}

impl Encryptor {
    /// Encrypts under `keys`.
    pub fn new(keys: impl Keys + 'static) -> Self {
        Self { keys: Arc::new(keys), held: Arc::default() }
    }

    /// `secret` as it may stand in the table at `place`. `bits` are new ones, of which the nonce is made.
    ///
    /// # Errors
    /// [`EncryptionError`] if the key service gives no key.
    pub async fn encrypt(
        &self,
        secret: &Secret,
        place: &EncryptionContext,
        bits: u128,
    ) -> Result<String, EncryptionError> {
        let (key, wrapped) = patiently(self.keys.make(place)).await?;
        let mut nonce = [0; NONCE_BYTES];
        nonce.copy_from_slice(&bits.to_be_bytes()[..NONCE_BYTES]);
        let ciphertext = key.encrypt(nonce, &place.item, secret.expose().as_bytes())?;
        Ok(Envelope { key: self.keys.id().to_owned(), wrapped, nonce, ciphertext }.to_string())
    }

    /// Decrypts what was `encrypted` at `place`. The key service is asked at most once in five minutes for each.
    ///
    /// # Errors
    /// [`EncryptionError::Unavailable`] if the key service gives no key, which may pass; [`EncryptionError::Unreadable`] if it is
    /// nothing that was encrypted here.
    pub async fn decrypt(
        &self,
        encrypted: &str,
        place: &EncryptionContext,
        now: Timestamp,
    ) -> Result<Decrypted, EncryptionError> {
        let envelope = Envelope::parse(encrypted).ok_or(EncryptionError::Unreadable("it is no encrypted text"))?;
        let key = self.key(&envelope, place, now).await?;
        let bytes = key.decrypt(envelope.nonce, &place.item, envelope.ciphertext)?;
        let text = String::from_utf8(bytes).map_err(|_| EncryptionError::Unreadable("it is no text"))?;
        Ok(Decrypted { secret: Secret::new(text), is_old: envelope.key != self.keys.id() })
    }

    /// The data key of `envelope`: the one that is held, or as the key service unwraps it.
    async fn key(
        &self,
        envelope: &Envelope,
        place: &EncryptionContext,
        now: Timestamp,
    ) -> Result<Arc<DataKey>, EncryptionError> {
        let wrapped = Wrapped(envelope.wrapped.clone(), place.clone());
        if let Some(held) = self.held().get(&wrapped).filter(|held| held.is_new(now)) {
            return Ok(Arc::clone(&held.key));
        }
        let key = Arc::new(patiently(self.keys.reveal(&envelope.key, &envelope.wrapped, place)).await?);
        let mut all = self.held();
        if all.len() >= MOST {
            all.retain(|_, held| held.is_new(now));
        }
        if all.len() >= MOST {
            all.clear();
        }
        all.insert(wrapped, Held { key: Arc::clone(&key), since: now });
        Ok(key)
    }

    fn held(&self) -> MutexGuard<'_, HashMap<Wrapped, Held>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Held {
    fn is_new(&self, now: Timestamp) -> bool {
        now.since(self.since) < LIFETIME
    }
}

impl fmt::Debug for Encryptor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Sealer").field(&self.keys).finish()
    }
}

async fn patiently<T>(answer: impl Future<Output = Result<T, EncryptionError>>) -> Result<T, EncryptionError> {
    let answer = tokio::time::timeout(PATIENCE, answer).await;
    answer.unwrap_or_else(|_| Err(EncryptionError::Unavailable("no answer".to_owned())))
}
