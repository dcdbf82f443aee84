//! The secrets as they are now, so that one is replaced without a deployment: fetched when a function starts, again
//! when they are old, and again when they refuse what newer ones might let in.
//!
//! What Meta gives us is replaced so, and what access tokens are signed with. What we signature with is read once, by whoever
//! builds a function.

use crate::secrets::{self, Document, SecretsError};
use domain::Timestamp;
use futures::FutureExt;
use futures::future::BoxFuture;
use std::fmt::{self, Debug};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How long secrets count as new. AWS's own cache for functions keeps them as long.
const LIFETIME: Duration = Duration::from_secs(300);

/// Once they were fetched again, they are not within this, so that nobody who signs wrongly makes us ask for each
/// delivery.
const PAUSE: Duration = Duration::from_secs(10);

/// Who holds secrets does not wait longer than this for newer ones: a function has 15 s for everything.
const PATIENCE: Duration = Duration::from_secs(3);

/// Where secrets come from.
pub trait Source<D>: Debug + Send + Sync {
    /// Fetches them as they are now.
    fn fetch(&self) -> BoxFuture<'_, Result<D, SecretsError>>;
}

/// Secrets Manager, and the name of the secret there.
impl<D: Document> Source<D> for (aws_sdk_secretsmanager::Client, String) {
    fn fetch(&self) -> BoxFuture<'_, Result<D, SecretsError>> {
        secrets::fetch(&self.0, &self.1).boxed()
    }
}

/// Secrets that never change.
impl<D: Document> Source<D> for D {
    fn fetch(&self) -> BoxFuture<'_, Result<D, SecretsError>> {
        std::future::ready(Ok(self.clone())).boxed()
    }
}

/// Holds the secrets, and fetches them anew. Debug shows where from.
pub struct Keyring<D> {
    source: Arc<dyn Source<D>>,
    held: Arc<Mutex<Held<D>>>,
}

impl<D> Clone for Keyring<D> {
    fn clone(&self) -> Self {
        Self { source: Arc::clone(&self.source), held: Arc::clone(&self.held) }
    }
}

/// What is held, and since when.
#[derive(Debug)]
struct Held<D> {
    secrets: Arc<D>,
    fetched: Timestamp,
    /// When they were last to be fetched again; never is 1970.
    tried: Timestamp,
}

/// Why secrets might be fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Occasion {
    /// They are about to be used.
    Use,
    /// They refused something.
    Refusal,
}

impl<D> Held<D> {
    /// Whether they are to be fetched now.
    fn are_due(&self, occasion: Occasion, now: Timestamp) -> bool {
        let old = match occasion {
            Occasion::Use => now.since(self.fetched) >= LIFETIME,
            Occasion::Refusal => true,
        };
        old && now.since(self.tried) >= PAUSE
    }
}

impl<D: Document> Keyring<D> {
    /// Fetches the secrets for the first time.
    ///
    /// # Errors
    /// [`SecretsError`] if they cannot be had: without them nothing can be done.
    pub async fn open(source: impl Source<D> + 'static, now: Timestamp) -> Result<Self, SecretsError> {
        let secrets = Arc::new(source.fetch().await?);
        let held = Held { secrets, fetched: now, tried: Timestamp::default() };
        Ok(Self { source: Arc::new(source), held: Arc::new(Mutex::new(held)) })
    }

    /// Holds these, for ever.
    #[must_use]
    pub fn holding(secrets: D) -> Self {
        let never_old = Timestamp::from_millis(i64::MAX);
        let held = Held { secrets: Arc::new(secrets.clone()), fetched: never_old, tried: never_old };
        Self { source: Arc::new(secrets), held: Arc::new(Mutex::new(held)) }
    }

    /// The secrets to use at `now`. Where newer ones cannot be had, those that there are.
    pub async fn secrets(&self, now: Timestamp) -> Arc<D> {
        match self.fetched(Occasion::Use, now).await {
            Some(secrets) => secrets,
            None => Arc::clone(&self.held().secrets),
        }
    }

    /// Newer secrets than those that have just refused something; none if they cannot be had at `now`.
    pub async fn newer(&self, now: Timestamp) -> Option<Arc<D>> {
        self.fetched(Occasion::Refusal, now).await
    }

    /// Fetches the secrets if they are due. Whoever comes meanwhile finds that it was tried.
    async fn fetched(&self, occasion: Occasion, now: Timestamp) -> Option<Arc<D>> {
        {
            let mut held = self.held();
            if !held.are_due(occasion, now) {
                return None;
            }
            held.tried = now;
        }
        let fetched = tokio::time::timeout(PATIENCE, self.source.fetch()).await;
        match fetched.map_err(|_| "no answer".to_owned()).and_then(|it| it.map_err(|error| error.to_string())) {
            Ok(secrets) => {
                let secrets = Arc::new(secrets);
                let mut held = self.held();
                (held.secrets, held.fetched) = (Arc::clone(&secrets), now);
                Some(secrets)
            }
            Err(error) => {
                tracing::warn!(error, "the secrets cannot be fetched again: those that there are go on");
                None
            }
        }
    }

    fn held(&self) -> MutexGuard<'_, Held<D>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<D> Debug for Keyring<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Keyring").field(&self.source).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::OwnSecrets;

    #[test]
    fn secrets_are_due_when_they_are_old_or_refuse_and_never_twice_in_ten_seconds() {
        let json = r#"{"tokenKey":"signature-key-of-at-least-thirty-two-characters","signingSeed":"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="}"#;
        let secrets = Arc::new(OwnSecrets::parse("test", json).unwrap());
        let second = Timestamp::from_seconds;
        let due = |occasion, tried, now| {
            Held { secrets: Arc::clone(&secrets), fetched: second(1000), tried: second(tried) }
                .are_due(occasion, second(now))
        };
        assert!(!due(Occasion::Use, 1000, 1299) && due(Occasion::Use, 1000, 1300));
        assert!(!due(Occasion::Use, 1300, 1309) && due(Occasion::Use, 1300, 1310), "it failed at 1300");
        assert!(!due(Occasion::Refusal, 1000, 1009) && due(Occasion::Refusal, 1000, 1010));
        assert!(!due(Occasion::Refusal, 1000, 900), "a clock that was put back makes nothing due");
    }
}
