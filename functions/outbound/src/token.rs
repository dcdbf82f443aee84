//! By which token a channel sends: its own, which is opened here, or the application's.

use crate::Deps;
use domain::{ChannelId, Secret, TenantId};
use seal::{Holder, Place, SealError};
use store::channels::{Channel, Token, token_place};

/// Whose token it is: where a newer one is to be had if Meta refuses it.
#[derive(Debug)]
pub(crate) enum Bearer {
    /// The application's, which the keyring holds.
    Application(Secret),
    /// The channel's. It is read with the channel, and so anew for each send.
    Channel(Secret),
}

impl Bearer {
    /// The token of `channel` at this moment.
    ///
    /// # Errors
    /// [`SealError`] if it has one of its own that cannot be opened. The application's does not stand in for it: it may
    /// be another business's.
    pub(crate) async fn of(deps: &Deps, tenant: TenantId, channel: &Channel) -> Result<Self, SealError> {
        let now = deps.clock.now();
        let Some(token) = &channel.token else {
            return Ok(Self::Application(deps.keyring.secrets(now).await.access_token.clone()));
        };
        let place = Place { tenant, of: Holder::Channel(channel.id), item: token_place(tenant, channel.id) };
        let opened = deps.sealer.open(&token.sealed, &place, now).await?;
        if opened.is_old {
            seal_anew(deps, channel.id, &place, (token, &opened.secret)).await;
        }
        Ok(Self::Channel(opened.secret))
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

/// Seals it under the present key. Where that fails, the next send does it: the one at hand does not depend on it.
async fn seal_anew(deps: &Deps, id: ChannelId, place: &Place, (before, secret): (&Token, &Secret)) {
    let sealed = match deps.sealer.seal(secret, place, deps.ids.bits()).await {
        Ok(sealed) => sealed,
        Err(error) => {
            tracing::warn!(channel.id = %id, %error, "a channel's token stays under the key before");
            return;
        }
    };
    match deps.store.reseal_token(place.tenant, id, before, &sealed).await {
        Ok(()) => tracing::info!(channel.id = %id, "a channel's token is sealed anew"),
        Err(error) => {
            tracing::warn!(channel.id = %id, %error, "a channel's token stays under the key before");
        }
    }
}
