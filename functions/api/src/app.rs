//! What the handlers work with.

use crate::cors::Origins;
use crate::passwords::Passwords;
use crate::signing::Signing;
use domain::Secret;
use runtime::{Clock, Ids};
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
}

/// What handlers are given: shared by all requests.
pub(crate) type App = Arc<Deps>;
