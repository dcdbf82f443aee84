//! What the handlers work with.

use crate::tokens::Tokens;
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
    pub tokens: Tokens,
    /// The key by which cursors are sealed.
    pub seal_key: Secret,
    /// Seals the tokens of channels. It never opens one here.
    pub sealer: Sealer,
}

/// What handlers are given: shared by all requests.
pub(crate) type App = Arc<Deps>;
