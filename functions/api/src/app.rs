//! What the handlers work with.

use crate::cors::Origins;
use crate::passwords::Passwords;
use crate::signing::Signing;
use domain::Secret;
use runtime::{Clock, ConfigError, Environment, Ids};
use seal::Sealer;
use std::sync::Arc;
use store::Store;

/// What the handlers work with.
#[derive(Clone, Debug)]
pub struct Deps {
    /// Everything that is kept.
    pub store: Store,
    /// The present time.
    pub clock: Arc<dyn Clock>,
    /// New ids.
    pub ids: Arc<dyn Ids>,
    /// Signs and checks access tokens.
    pub signing: Signing,
    /// Hashes and checks passwords.
    pub passwords: Passwords,
    /// The key by which cursors, refresh tokens and links are sealed.
    pub seal_key: Secret,
    /// Whether browsers reach the API by HTTPS alone, and keep their cookies for it.
    pub https: bool,
    /// The sites that may call from a browser.
    pub origins: Origins,
    /// Seals the tokens of channels. It never opens one here.
    pub sealer: Sealer,
    /// What stands before the API.
    pub edge: Edge,
}

/// What stands before the API: one origin for the console, the API and the WebSocket.
#[derive(Clone, Debug)]
pub struct Edge {
    /// Where browsers connect to be told of changes.
    pub realtime_url: String,
    /// What every request carries that came through our distribution: of those, and of no others, a header names the
    /// caller's address. None where there is no distribution.
    pub origin_key: Option<Secret>,
}

impl Edge {
    /// As the environment says.
    ///
    /// # Errors
    /// [`ConfigError`] if it does not say where browsers connect.
    pub fn of(environment: &Environment) -> Result<Self, ConfigError> {
        let origin_key = environment.optional("ORIGIN_KEY").map(Secret::new);
        Ok(Self { realtime_url: environment.required("REALTIME_URL")?, origin_key })
    }
}

/// What handlers are given: shared by all requests.
pub(crate) type App = Arc<Deps>;
