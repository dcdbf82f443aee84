//! The chain of the audit: how entries come into it, and how it is checked. `changes` adds links when the stream shows new
//! entries, `schedule` when some are due, both through here.
//!
//! The key of the chain is made once and stands in the table, encrypted under the key service's one key for this purpose
//! alone. Who may not ask the key service for it can neither add a link nor change one: so the functions that write
//! entries cannot make a chain that hides what they wrote.

mod check;

pub use check::{Chain, Fault};

use aws_config::SdkConfig;
use domain::access::audit::{LONGEST_LINK, Link};
use domain::ids::AuditId;
use domain::{Secret, TenantId, Timestamp};
use encryption::{EncryptionContext, EncryptionError, Encryptor, SecretOwner};
use futures::FutureExt;
use futures::future::BoxFuture;
use runtime::{Random, SystemRandom};
use std::sync::Arc;
use store::{Store, StoreError};

/// How often a link is tried again when another one came first.
const RACES: usize = 8;

/// Why a chain cannot be continued or checked.
#[derive(Debug, thiserror::Error)]
pub enum ChainError {
    /// The table did not do its part.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The key cannot be opened.
    #[error("the key of the chain: {0}")]
    Key(#[from] EncryptionError),
}

/// Continues chains, and checks them.
#[derive(Clone, Debug)]
pub struct Chains {
    store: Store,
    encryptor: Encryptor,
    random: Arc<dyn Random>,
}

impl Chains {
    /// The chains in `store`, whose key `encryptor` opens. `ids` gives new bits.
    #[must_use]
    pub fn new(store: Store, encryptor: Encryptor, random: Arc<dyn Random>) -> Self {
        Self { store, encryptor, random }
    }

    /// The chains in `store`, whose key is encrypted under the key of KMS called `key`.
    #[must_use]
    pub fn on_aws(aws: &SdkConfig, key: String, store: Store) -> Self {
        Self::new(store, Encryptor::new((aws_sdk_kms::Client::new(aws), key)), Arc::new(SystemRandom))
    }

    /// Has links hold these entries of `tenant`, except those that one holds already.
    ///
    /// # Errors
    /// [`ChainError`] if that is not possible now; the entries stay due.
    pub fn hold(&self, tenant: TenantId, ids: Vec<AuditId>, now: Timestamp) -> BoxFuture<'_, Result<(), ChainError>> {
        // Boxed, because many are driven side by side, and their types are too deep for the compiler to see through.
        self.held(tenant, ids, now).boxed()
    }

    async fn held(&self, tenant: TenantId, ids: Vec<AuditId>, now: Timestamp) -> Result<(), ChainError> {
        let key = self.key(now).await?;
        for some in ids.chunks(LONGEST_LINK) {
            self.add(&key, tenant, some).await?;
        }
        Ok(())
    }

    async fn add(&self, key: &Secret, tenant: TenantId, ids: &[AuditId]) -> Result<(), ChainError> {
        let store = self.store.tenant(tenant);
        for _ in 0..RACES {
            let entries = store.unchained(ids).await?;
            if entries.is_empty() {
                return Ok(());
            }
            let last = store.last_link().await?;
            let held = entries.iter().map(domain::access::audit::Entry::held).collect();
            if store.add_link(&Link::following(key, tenant, last.as_ref(), held)).await? {
                return Ok(());
            }
        }
        Err(StoreError::Conflict.into())
    }

    /// The key of all chains. The first who asks makes it.
    async fn key(&self, now: Timestamp) -> Result<Secret, ChainError> {
        let ciphertext = match self.store.chain_key().await? {
            Some(ciphertext) => ciphertext,
            None => {
                let secret = Secret::new(format!("{:032x}{:032x}", self.random.u128(), self.random.u128()));
                let ciphertext = self.encryptor.encrypt(&secret, &place(), self.random.u128()).await?;
                self.store.keep_chain_key(ciphertext).await?
            }
        };
        Ok(self.open(&ciphertext, now).await?)
    }

    async fn open(&self, ciphertext: &str, now: Timestamp) -> Result<Secret, EncryptionError> {
        Ok(self.encryptor.decrypt(ciphertext, &place(), now).await?.secret)
    }
}

/// Where the key stands, and for what it is encrypted: it is no business's.
fn place() -> EncryptionContext {
    let of_none = TenantId::from_parts(Timestamp::default(), 0);
    EncryptionContext { tenant: of_none, owner: SecretOwner::Chain, item: store::access::chain::key_place() }
}
