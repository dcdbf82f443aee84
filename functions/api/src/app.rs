//! What the handlers work with.

use crate::access::password_hashes::Passwords;
use crate::access::signing::Signing;
use crate::views::media::Links;
use crate::web::auth::Caller;
use crate::web::middleware::cors::Origins;
use blobs::Blobs;
use domain::Secret;
use domain::channels::channels::GraphId;
use domain::inbox::media::MediaTicket;
use encryption::Encryptor;
use runtime::keyring::Source;
use runtime::{Clock, ConfigError, Environment, MetaSecrets, Random};
use std::sync::Arc;
use store::Store;
use whatsapp::SignupApp;

/// What the handlers work with.
#[derive(Clone, Debug)]
pub struct Deps {
    /// Everything that is kept.
    pub store: Store,
    /// The present time.
    pub clock: Arc<dyn Clock>,
    /// Random bits, for ids and secrets.
    pub random: Arc<dyn Random>,
    /// Signs and checks access tokens.
    pub signing: Signing,
    /// Hashes and checks passwords.
    pub passwords: Passwords,
    /// The key by which cursors, refresh tokens and links are signed.
    pub token_key: Secret,
    /// Whether browsers reach the API by HTTPS alone, and keep their cookies for it.
    pub https: bool,
    /// The sites that may call from a browser.
    pub origins: Origins,
    /// Signs the tokens of channels. It never opens one here.
    pub encryptor: Encryptor,
    /// Where files are kept.
    pub blobs: Blobs,
    /// Whether webhooks may lead to private addresses: on the local stack alone.
    pub calls_private: bool,
    /// What stands before the API.
    pub edge: Edge,
    /// The Graph API, which a number is checked with before it is connected.
    pub graph: whatsapp::Client,
    /// Connects numbers by Embedded Signup; none where no app of Meta's is named for it.
    pub signups: Option<Signups>,
}

/// The page of the console that Meta's Embedded Signup returns to, and that a QR code leads to.
pub const RETURN_PATH: &str = "/numbers/link";

/// What Embedded Signup needs.
#[derive(Clone, Debug)]
pub struct Signups {
    /// The app at Meta.
    pub app: SignupApp,
    /// Where the app's secret is, read for each signup: signups are rare, and a function that starts need not wait for it.
    pub meta: Arc<dyn Source<MetaSecrets>>,
}

impl Signups {
    /// As the environment says: none unless it names an app and its configuration. `console` is the console's address.
    ///
    /// # Errors
    /// [`ConfigError`] if an ID is malformed, or one is missing.
    pub fn from_environment(
        environment: &Environment,
        console: &str,
        meta: Arc<dyn Source<MetaSecrets>>,
    ) -> Result<Option<Self>, ConfigError> {
        if environment.optional("WHATSAPP_APP_ID").is_none()
            && environment.optional("WHATSAPP_SIGNUP_CONFIG_ID").is_none()
        {
            return Ok(None);
        }
        let id = |name: &'static str| {
            let text = environment.required(name)?;
            GraphId::parse(&text).map_err(|error| ConfigError::Wrong { name, problem: error.to_string() })
        };
        let return_url = format!("{}{RETURN_PATH}", console.trim_end_matches('/'));
        let app = SignupApp { app_id: id("WHATSAPP_APP_ID")?, config_id: id("WHATSAPP_SIGNUP_CONFIG_ID")?, return_url };
        Ok(Some(Self { app, meta }))
    }
}

impl Deps {
    /// What links to files need that are made for `caller` now.
    pub(crate) fn links(&self, caller: Caller) -> Links<'_> {
        let ticket = MediaTicket { tenant: caller.tenant, viewer: caller.by };
        Links { key: Some(&self.token_key), ticket, now: self.clock.now() }
    }
}

/// What stands before the API: one origin for the console, the API and the WebSocket.
#[derive(Clone, Debug)]
pub struct Edge {
    /// Where browsers connect to be told of changes.
    pub realtime_url: String,
    /// Where Meta posts webhooks.
    pub webhook_url: String,
    /// What every request carries that came through our distribution: of those, and of no others, a header names the
    /// caller's address. None where there is no distribution.
    pub origin_key: Option<Secret>,
}

impl Edge {
    /// As the environment says.
    ///
    /// # Errors
    /// [`ConfigError`] if it does not say where browsers connect, or where Meta posts.
    pub fn from_environment(environment: &Environment) -> Result<Self, ConfigError> {
        let origin_key = environment.optional("ORIGIN_KEY").map(Secret::new);
        let webhook_url = environment.required("WEBHOOK_URL")?;
        Ok(Self { realtime_url: environment.required("REALTIME_URL")?, webhook_url, origin_key })
    }
}

/// What handlers are given: shared by all requests.
pub(crate) type App = Arc<Deps>;
