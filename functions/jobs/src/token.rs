//! By which token files are asked for: the channel's own, which is opened here, or the application's.

use crate::Deps;
use domain::{Secret, TenantId};
use encryption::{EncryptionContext, EncryptionError, SecretOwner};
use store::channels::channels::{Channel, token_place};

/// The token of `channel` at this moment.
///
/// # Errors
/// [`EncryptionError`] if it has one of its own that cannot be opened.
pub(crate) async fn token(deps: &Deps, tenant: TenantId, channel: &Channel) -> Result<Secret, EncryptionError> {
    let now = deps.clock.now();
    let Some(token) = &channel.token else { return Ok(deps.keyring.secrets(now).await.access_token.clone()) };
    let place =
        EncryptionContext { tenant, owner: SecretOwner::Channel(channel.id), item: token_place(tenant, channel.id) };
    Ok(deps.encryptor.decrypt(&token.ciphertext, &place, now).await?.secret)
}
