//! By which token a channel sends: its own, which is opened here, or the application's.

use crate::Deps;
use domain::{ChannelId, Secret, TenantId};
use encryption::{EncryptionContext, EncryptionError, SecretOwner};
use store::channels::channels::{Channel, Token, token_place};

/// Whose token it is: where a newer one is to be had if Meta refuses it.
#[derive(Debug)]
pub(crate) enum Bearer {
    /// The application's, which the keyring holds.
    Application(Secret),
    /// The channel's. It is read with the channel, and so anew for each message.
    Channel(Secret),
}

impl Bearer {
    /// The token of `channel` at this moment.
    ///
    /// # Errors
    /// [`EncryptionError`] if it has one of its own that cannot be opened. The application's does not stand in for it: it may
    /// be another business's.
    pub(crate) async fn resolve(deps: &Deps, tenant: TenantId, channel: &Channel) -> Result<Self, EncryptionError> {
        let now = deps.clock.now();
        let Some(token) = &channel.token else {
            return Ok(Self::Application(deps.keyring.secrets(now).await.access_token.clone()));
        };
        let place = EncryptionContext {
            tenant,
            owner: SecretOwner::Channel(channel.id),
            item: token_place(tenant, channel.id),
        };
        let decrypted = deps.encryptor.decrypt(&token.ciphertext, &place, now).await?;
        if decrypted.is_old {
            reencrypt(deps, channel.id, &place, token, &decrypted.secret).await;
        }
        Ok(Self::Channel(decrypted.secret))
    }

    /// The token itself.
    pub(crate) const fn token(&self) -> &Secret {
        match self {
            Self::Application(token) | Self::Channel(token) => token,
        }
    }

    /// Meta has refused it.
    pub(crate) async fn refused(&self, deps: &Deps) {
        match self {
            Self::Application(_) => drop(deps.keyring.newer(deps.clock.now()).await),
            Self::Channel(_) => {}
        }
    }
}

/// Encrypts it under the present key. Where that fails, the next send does it: the one at hand does not depend on it.
async fn reencrypt(deps: &Deps, id: ChannelId, place: &EncryptionContext, before: &Token, secret: &Secret) {
    let ciphertext = match deps.encryptor.encrypt(secret, place, deps.random.u128()).await {
        Ok(ciphertext) => ciphertext,
        Err(error) => {
            tracing::warn!(channel.id = %id, %error, "a channel's token stays under the key before");
            return;
        }
    };
    match deps.store.tenant(place.tenant).reencrypt_token(id, before, &ciphertext).await {
        Ok(()) => tracing::info!(channel.id = %id, "a channel's token is encrypted anew"),
        Err(error) => {
            tracing::warn!(channel.id = %id, %error, "a channel's token stays under the key before");
        }
    }
}
