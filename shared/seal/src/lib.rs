//! Seals the small secrets that stand in the table, and opens them: AES-256-GCM under a data key of their own, which a
//! key service wraps. It does not know what is sealed, nor where it is kept.
//!
//! A sealed text is bound to its place: copied to another item, to another channel or person, or to another tenant it
//! does not open. Each sealing has a data key of its own, so that no key ever meets a nonce twice.

mod envelope;
mod keys;
mod kms;
mod local;

pub use keys::{DataKey, Keys, SealError};
pub use local::LocalKey;

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

/// Whose secret it is, and where it stands: what is sealed for it opens nowhere else.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// Whose it is.
    pub tenant: TenantId,
    /// What of theirs it is for.
    pub of: Holder,
    /// The item in which it stands, with its version.
    pub item: String,
}

impl Place {
    /// What the key service is told of it, and writes into its own log.
    #[must_use]
    pub fn context(&self) -> [(&'static str, String); 2] {
        let holder = match self.of {
            Holder::Channel(id) => ("channel", id.to_string()),
            Holder::User(id) => ("user", id.to_string()),
            Holder::Chain => ("chain", "audit".to_owned()),
        };
        [("tenant", self.tenant.to_string()), holder]
    }
}

/// What a secret is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Holder {
    /// A business number: its token.
    Channel(ChannelId),
    /// A person: what their second factor's codes follow from.
    User(UserId),
    /// The chains of the audit: their key.
    Chain,
}

/// What was sealed.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The secret.
    pub secret: Secret,
    /// Whether it was sealed under another key than the present one, and should be sealed anew.
    pub is_old: bool,
}

/// Seals and opens. Debug shows under which keys.
#[derive(Clone)]
pub struct Sealer {
    keys: Arc<dyn Keys>,
    held: Arc<Mutex<HashMap<Wrapped, Held>>>,
}

/// A wrapped data key and what it is bound to: whoever asks for another place asks the key service again.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Wrapped(Vec<u8>, Place);

struct Held {
    key: Arc<DataKey>,
    since: Timestamp,
}

impl Sealer {
    /// Seals under `keys`.
    pub fn new(keys: impl Keys + 'static) -> Self {
        Self { keys: Arc::new(keys), held: Arc::default() }
    }

    /// `secret` as it may stand in the table at `place`. `bits` are new ones, of which the nonce is made.
    ///
    /// # Errors
    /// [`SealError`] if the key service gives no key.
    pub async fn seal(&self, secret: &Secret, place: &Place, bits: u128) -> Result<String, SealError> {
        let (key, wrapped) = patiently(self.keys.make(place)).await?;
        let mut nonce = [0; NONCE_BYTES];
        nonce.copy_from_slice(&bits.to_be_bytes()[..NONCE_BYTES]);
        let ciphertext = key.seal(nonce, &place.item, secret.expose().as_bytes())?;
        Ok(Envelope { key: self.keys.id().to_owned(), wrapped, nonce, ciphertext }.to_string())
    }

    /// What was `sealed` at `place`. The key service is asked at most once in five minutes for each.
    ///
    /// # Errors
    /// [`SealError::Unavailable`] if the key service gives no key, which may pass; [`SealError::Unreadable`] if it is
    /// nothing that was sealed here.
    pub async fn open(&self, sealed: &str, place: &Place, now: Timestamp) -> Result<Opened, SealError> {
        let envelope = Envelope::parse(sealed).ok_or(SealError::Unreadable("it is no sealed text"))?;
        let key = self.key(&envelope, place, now).await?;
        let bytes = key.open(envelope.nonce, &place.item, envelope.ciphertext)?;
        let text = String::from_utf8(bytes).map_err(|_| SealError::Unreadable("it is no text"))?;
        Ok(Opened { secret: Secret::new(text), is_old: envelope.key != self.keys.id() })
    }

    /// The data key of `envelope`: the one that is held, or as the key service unwraps it.
    async fn key(&self, envelope: &Envelope, place: &Place, now: Timestamp) -> Result<Arc<DataKey>, SealError> {
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

impl fmt::Debug for Sealer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Sealer").field(&self.keys).finish()
    }
}

async fn patiently<T>(answer: impl Future<Output = Result<T, SealError>>) -> Result<T, SealError> {
    let answer = tokio::time::timeout(PATIENCE, answer).await;
    answer.unwrap_or_else(|_| Err(SealError::Unavailable("no answer".to_owned())))
}
