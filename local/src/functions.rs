//! The eight functions, each over the dependencies that its `main` would give it on Lambda.

use api::passwords::Passwords;
use audit::Chains;
use domain::Secret;
use domain::rates::Limit;
use mail::{Letters, Mail};
use push::{Courier, Push};
use queue::Queue;
use runtime::{Clock, Ids, Keyring, Secrets};
use seal::{LocalKey, Sealer};
use std::sync::Arc;
use std::time::Duration;
use store::Store;

/// There is one business on one machine: it shares with nobody.
const SHARE: Limit = Limit::new(1000, Duration::from_secs(1), 1000);
/// Where browsers connect unless somebody says where this instance is served.
const REALTIME_URL: &str = "ws://leadwire.localhost/ws";

/// What all functions are built from.
#[derive(Clone, Debug)]
pub struct Parts {
    /// The table.
    pub store: Store,
    /// The queue between `webhook` and `inbound`.
    pub inbound: Queue,
    /// The queue between `relay` and `outbound`.
    pub outbound: Queue,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// New ids.
    pub ids: Arc<dyn Ids>,
    /// The way out for letters.
    pub mail: Mail,
    /// The way to browsers that are connected.
    pub push: Push,
    /// The Graph API.
    pub graph: whatsapp::Client,
    /// What must be known and not shown.
    pub secrets: Secrets,
}

/// Every function, ready to be called.
#[derive(Clone, Debug)]
pub struct Functions {
    /// Takes Meta's webhooks.
    pub webhook: Arc<webhook::Deps>,
    /// Serves the CRM's API.
    pub api: axum::Router,
    /// What that is made of.
    deps: api::Deps,
    /// Signs the tokens that it accepts.
    pub tokens: api::Tokens,
    /// Takes events from the queue.
    pub inbound: Arc<inbound::Deps>,
    /// Follows the stream for sends.
    pub relay: Arc<relay::Deps>,
    /// Sends.
    pub outbound: Arc<outbound::Deps>,
    /// Follows the stream for everything else.
    pub changes: Arc<changes::Deps>,
    /// Keeps the connections of browsers.
    pub realtime: Arc<realtime::Deps>,
    /// Drives due work on.
    pub schedule: Arc<schedule::Deps>,
}

impl Functions {
    /// Builds every function from the same parts.
    ///
    /// # Errors
    /// If the signing seed is not one.
    pub fn new(parts: &Parts) -> Result<Self, api::tokens::InvalidSeed> {
        let Parts { store, inbound, outbound, clock, ids, mail, push, graph, secrets } = parts.clone();
        let seal_key = || Secret::clone(&secrets.own.seal_key);
        let seed = secrets.own.signing_seed().ok_or(api::tokens::InvalidSeed)?;
        let tokens = api::Tokens::from_seed(&seed)?;
        let courier = Courier { store: store.clone(), push };
        let letters = Letters { store: store.clone(), mail: Some(mail) };
        let sealer = sealer(&secrets.own.seal_key, Arc::clone(&ids));
        let chains = Chains::new(store.clone(), sealer.clone(), Arc::clone(&ids));
        let api = api::Deps {
            store: store.clone(),
            clock: Arc::clone(&clock),
            ids: Arc::clone(&ids),
            signing: api::Signing::by(Keyring::of(secrets.own.clone())),
            passwords: Passwords::default(),
            seal_key: seal_key(),
            https: false,
            origins: api::Origins::default(),
            sealer: sealer.clone(),
            edge: api::Edge { realtime_url: REALTIME_URL.to_owned(), origin_key: None },
        };
        Ok(Self {
            webhook: Arc::new(webhook::Deps {
                store: store.clone(),
                inbound: inbound.clone(),
                clock: Arc::clone(&clock),
                keyring: Keyring::of(secrets.meta.clone()),
            }),
            api: api::router(api.clone()),
            deps: api,
            tokens,
            inbound: Arc::new(inbound::Deps::new(
                store.clone(),
                inbound.clone(),
                Arc::clone(&clock),
                Arc::clone(&ids),
                seal_key(),
            )),
            relay: Arc::new(relay::Deps { outbound: outbound.clone() }),
            changes: Arc::new(changes::Deps {
                store: store.clone(),
                inbound: inbound.clone(),
                letters: letters.clone(),
                chains: chains.clone(),
                courier: courier.clone(),
                clock: Arc::clone(&clock),
            }),
            realtime: Arc::new(realtime::Deps { store: store.clone(), courier, clock: Arc::clone(&clock) }),
            schedule: Arc::new(schedule::Deps {
                store: store.clone(),
                inbound,
                outbound: outbound.clone(),
                letters,
                chains,
                clock: Arc::clone(&clock),
            }),
            outbound: Arc::new(outbound::Deps {
                store,
                queue: outbound,
                clock,
                ids,
                graph,
                keyring: Keyring::of(secrets.meta.clone()),
                share: SHARE,
                sealer,
                seal_key: seal_key(),
            }),
        })
    }

    /// The same, where pages of these origins may call the API.
    #[must_use]
    pub fn allowing(mut self, origins: api::Origins) -> Self {
        self.deps.origins = origins;
        self.api = api::router(self.deps.clone());
        self
    }

    /// The same, where browsers connect to `url`.
    #[must_use]
    pub fn connecting_at(mut self, url: &str) -> Self {
        url.clone_into(&mut self.deps.edge.realtime_url);
        self.api = api::router(self.deps.clone());
        self
    }

    /// The same, where the links of mails lead to `console`.
    #[must_use]
    pub fn leading_to(mut self, console: &str) -> Self {
        for letters in [&mut Arc::make_mut(&mut self.changes).letters, &mut Arc::make_mut(&mut self.schedule).letters] {
            letters.mail = letters.mail.take().map(|mail| mail.leading_to(console.to_owned()));
        }
        self
    }
}

/// There is no key service on one machine: what is sealed is so under a key that follows from `seal_key`.
pub(crate) fn sealer(seal_key: &Secret, ids: Arc<dyn Ids>) -> Sealer {
    Sealer::new(LocalKey::new("local", seal_key, move || ids.bits()))
}
