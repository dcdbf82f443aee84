//! The key of access tokens as it is now, so that it is replaced without a deployment: tokens of the key before are good
//! while the secret names that one too, and a token of a key that is not known yet makes us look for it.

use crate::access::tokens::{Claims, InvalidSeed, Tokens, Unsigned};
use domain::Timestamp;
use domain::access::sessions::Session;
use runtime::{Keyring, OwnSecrets};
use std::sync::{Arc, Mutex, PoisonError};

/// Signs and checks access tokens by the secrets as they are now.
#[derive(Clone, Debug)]
pub struct Signing {
    keyring: Keyring<OwnSecrets>,
    /// What was made last: making keys costs more than using them.
    made: Arc<Mutex<Option<Made>>>,
}

/// What was made, and of which secrets.
type Made = (Arc<OwnSecrets>, Tokens);

impl Signing {
    /// Signs by what is on `keyring`.
    #[must_use]
    pub fn by(keyring: Keyring<OwnSecrets>) -> Self {
        Self { keyring, made: Arc::default() }
    }

    /// A token for who has this session, good from `now` on.
    ///
    /// # Errors
    /// [`Unsigned`] if it cannot be signed.
    pub async fn issue(&self, session: &Session, now: Timestamp) -> Result<String, Unsigned> {
        self.tokens_of(self.keyring.secrets(now).await)?.issue(session, now)
    }

    /// What `token` says, if it is one of ours and holds now.
    pub async fn check(&self, token: &str, now: Timestamp) -> Option<Claims> {
        let tokens = self.tokens_of(self.keyring.secrets(now).await).ok()?;
        if !tokens.is_of_another_key(token) {
            return tokens.check(token, now);
        }
        let newer = self.keyring.newer(now).await?;
        self.tokens_of(newer).ok()?.check(token, now)
    }

    fn tokens_of(&self, secrets: Arc<OwnSecrets>) -> Result<Tokens, InvalidSeed> {
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((of, tokens)) = &*made
            && Arc::ptr_eq(of, &secrets)
        {
            return Ok(tokens.clone());
        }
        let tokens = Tokens::from_seed(&secrets.signing_seed().ok_or(InvalidSeed)?)?;
        let tokens = secrets.former_signing_seed().map_or(Ok(tokens.clone()), |former| tokens.and_former(&former))?;
        *made = Some((secrets, tokens.clone()));
        Ok(tokens)
    }
}
