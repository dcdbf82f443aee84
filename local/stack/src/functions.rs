//! The nine functions, each over the dependencies that its `main` would give it on Lambda.

use api::access::password_hashes::Passwords;
use audit::Chains;
use axum::body::Body;
use blobs::{Blobs, Transport};
use domain::Secret;
use domain::access::rates::Limit;
use domain::channels::channels::GraphId;
use encryption::{Encryptor, LocalKey};
use futures::FutureExt;
use futures::future::BoxFuture;
use http::Request;
use http_body_util::BodyExt;
use mail::Mail;
use push::{Courier, Push};
use queue::Queue;
use realtime::api::{Answer, Silent};
use runtime::{Clock, Keyring, MetaSecrets, Random, Secrets};
use std::sync::Arc;
use std::time::Duration;
use store::Store;
use tower::ServiceExt;
use whatsapp::SignupApp;

/// There is one business on one machine: it shares with nobody.
const SHARE: Limit = Limit::new(1000, Duration::from_secs(1), 1000);
/// Where browsers connect unless somebody says where this instance is served.
const REALTIME_URL: &str = "ws://leadwire.localhost/ws";

/// Where the console is unless somebody says where this instance is served.
const CONSOLE_URL: &str = "http://leadwire.localhost";

/// Where Meta posts webhooks unless somebody says where this instance is served.
const WEBHOOK_URL: &str = "http://leadwire.localhost/api/webhook/whatsapp";

/// What all functions are built from.
#[derive(Clone, Debug)]
pub struct Parts {
    /// The table.
    pub store: Store,
    /// The queue between `webhook` and `inbound`.
    pub inbound: Queue,
    /// The queue between `relay` and `outbound`.
    pub outbound: Queue,
    /// The queue of `jobs`.
    pub jobs: Queue,
    /// The bucket.
    pub blobs: Blobs,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Random bits, for ids and secrets.
    pub random: Arc<dyn Random>,
    /// The way out for emails.
    pub mail: Mail,
    /// The way to browsers that are connected.
    pub push: Push,
    /// The Graph API.
    pub graph: whatsapp::Client,
    /// The way to webhooks.
    pub egress: Arc<dyn egress::Transport>,
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
    /// Does slow work.
    pub jobs: Arc<jobs::Deps>,
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
    pub fn new(parts: &Parts) -> Result<Self, api::access::tokens::InvalidSeed> {
        let Parts { store, inbound, outbound, jobs, blobs, clock, random, mail, push, graph, egress, secrets } =
            parts.clone();
        let token_key = || Secret::clone(&secrets.own.token_key);
        let seed = secrets.own.signing_seed().ok_or(api::access::tokens::InvalidSeed)?;
        let tokens = api::Tokens::from_seed(&seed)?;
        let courier = Courier { store: store.clone(), push };
        let encryptor = encryptor(&secrets.own.token_key, Arc::clone(&random));
        let chains = Chains::new(store.clone(), encryptor.clone(), Arc::clone(&random));
        let api = api::Deps {
            store: store.clone(),
            clock: Arc::clone(&clock),
            random: Arc::clone(&random),
            signing: api::Signing::by(Keyring::holding(secrets.own.clone())),
            passwords: Passwords::default(),
            token_key: token_key(),
            https: false,
            origins: api::Origins::default(),
            encryptor: encryptor.clone(),
            blobs: blobs.clone(),
            calls_private: true,
            edge: api::Edge {
                realtime_url: REALTIME_URL.to_owned(),
                webhook_url: WEBHOOK_URL.to_owned(),
                origin_key: None,
            },
            graph: graph.clone(),
            signups: simulated_signup(&secrets.meta),
        };
        let served = api::router(api.clone());
        let called = Arc::new(ApiHere(served.clone()));
        Ok(Self {
            webhook: Arc::new(webhook::Deps {
                store: store.clone(),
                inbound: inbound.clone(),
                clock: Arc::clone(&clock),
                keyring: Keyring::holding(secrets.meta.clone()),
            }),
            api: served,
            deps: api,
            tokens,
            inbound: Arc::new(inbound::Deps::new(
                store.clone(),
                inbound.clone(),
                Arc::clone(&clock),
                Arc::clone(&random),
                token_key(),
            )),
            relay: Arc::new(relay::Deps { outbound: outbound.clone() }),
            changes: Arc::new(changes::Deps {
                store: store.clone(),
                inbound: inbound.clone(),
                chains: chains.clone(),
                courier: courier.clone(),
                jobs: jobs.clone(),
                token_key: token_key(),
                clock: Arc::clone(&clock),
            }),
            realtime: Arc::new(realtime::Deps {
                store: store.clone(),
                courier,
                api: called,
                clock: Arc::clone(&clock),
                random: Arc::clone(&random),
            }),
            schedule: Arc::new(schedule::Deps {
                store: store.clone(),
                inbound,
                outbound: outbound.clone(),
                jobs: jobs.clone(),
                chains,
                clock: Arc::clone(&clock),
            }),
            jobs: Arc::new(jobs::Deps {
                store: store.clone(),
                queue: jobs.clone(),
                blobs,
                graph: graph.clone(),
                keyring: Keyring::holding(secrets.meta.clone()),
                encryptor: encryptor.clone(),
                egress,
                mail: Some(mail),
                clock: Arc::clone(&clock),
            }),
            outbound: Arc::new(outbound::Deps {
                store,
                queue: outbound,
                jobs,
                clock,
                random,
                graph,
                keyring: Keyring::holding(secrets.meta.clone()),
                share: SHARE,
                encryptor,
                token_key: token_key(),
            }),
        })
    }

    /// Serves the API as its dependencies are now, also to `realtime`.
    fn serve_anew(&mut self) {
        self.api = api::router(self.deps.clone());
        Arc::make_mut(&mut self.realtime).api = Arc::new(ApiHere(self.api.clone()));
    }

    /// The same, where pages of these origins may call the API.
    #[must_use]
    pub fn allowing(mut self, origins: api::Origins) -> Self {
        self.deps.origins = origins;
        self.serve_anew();
        self
    }

    /// The same, where browsers connect to `url`.
    #[must_use]
    pub fn connecting_at(mut self, url: &str) -> Self {
        url.clone_into(&mut self.deps.edge.realtime_url);
        self.serve_anew();
        self
    }

    /// The same, where the bucket is reached over `transport`.
    pub(crate) fn over_bucket<T: Transport + Clone + 'static>(mut self, transport: &T) -> Self {
        self.deps.blobs = self.deps.blobs.over(transport.clone());
        self.serve_anew();
        let jobs =
            jobs::Deps { blobs: self.jobs.blobs.clone().over(transport.clone()), ..jobs::Deps::clone(&self.jobs) };
        self.jobs = Arc::new(jobs);
        self
    }

    /// The same, where browsers reach the bucket at `url`.
    #[must_use]
    pub fn storing_at(mut self, url: &str) -> Self {
        self.deps.blobs = self.deps.blobs.at(url);
        self.serve_anew();
        self
    }

    /// The same, where Meta posts webhooks to `url`.
    #[must_use]
    pub fn posted_to(mut self, url: &str) -> Self {
        url.clone_into(&mut self.deps.edge.webhook_url);
        self.serve_anew();
        self
    }

    /// The same, where Embedded Signup is done by `signups`, or not at all.
    #[must_use]
    pub fn signing_up_by(mut self, signups: Option<api::Signups>) -> Self {
        self.deps.signups = signups;
        self.serve_anew();
        self
    }

    /// The same, where Embedded Signup returns to the console at `console`.
    #[must_use]
    pub fn returning_to(mut self, console: &str) -> Self {
        if let Some(signups) = &mut self.deps.signups {
            signups.app.return_url = format!("{console}{}", api::RETURN_PATH);
        }
        self.serve_anew();
        self
    }

    /// The same, where the links of mails lead to `console`.
    #[must_use]
    pub fn leading_to(mut self, console: &str) -> Self {
        let jobs = Arc::make_mut(&mut self.jobs);
        jobs.mail = jobs.mail.take().map(|mail| mail.leading_to(console.to_owned()));
        self
    }
}

/// The API of this process, as `realtime` calls it.
#[derive(Clone, Debug)]
struct ApiHere(axum::Router);

impl realtime::api::Api for ApiHere {
    fn carry(&self, request: Request<String>) -> BoxFuture<'_, Result<Answer, Silent>> {
        async move {
            let answer = self.0.clone().oneshot(request.map(Body::from)).await;
            let answer = answer.map_err(|error| Silent(error.to_string()))?;
            let status = answer.status().as_u16();
            let body = answer.into_body().collect().await.map_err(|error| Silent(error.to_string()))?;
            Ok(Answer { status, body: serde_json::from_slice(&body.to_bytes()).unwrap_or_default() })
        }
        .boxed()
    }
}

/// Embedded Signup with the app that the Meta simulator knows.
fn simulated_signup(meta: &MetaSecrets) -> Option<api::Signups> {
    let app_id = GraphId::parse(meta_simulator::APP_ID).ok()?;
    let config_id = GraphId::parse(meta_simulator::CONFIG_ID).ok()?;
    let app = SignupApp { app_id, config_id, return_url: format!("{CONSOLE_URL}{}", api::RETURN_PATH) };
    Some(api::Signups { app, meta: Arc::new(meta.clone()) })
}

/// There is no key service on one machine: what is encrypted is so under a key that follows from `token_key`.
pub(crate) fn encryptor(token_key: &Secret, random: Arc<dyn Random>) -> Encryptor {
    Encryptor::new(LocalKey::new("local", token_key, move || random.u128()))
}
