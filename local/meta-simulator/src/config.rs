//! What the simulator needs to know of the business that it plays Meta for.

use crate::numbers::BusinessNumber;
use crate::settings::Settings;
use crate::transport::{HttpTransport, Transport};
use runtime::{Clock, SystemClock};
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

/// Where the simulator remembers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Database {
    /// Only as long as the process lives.
    Memory,
    /// In an SQLite file, which survives a killed process.
    File(PathBuf),
}

/// The business's account at "Meta", and how to reach the business.
#[derive(Clone)]
pub struct Config {
    /// Where sends, people and the outbox are kept.
    pub database: Database,
    /// Where the time comes from.
    pub clock: Arc<dyn Clock>,
    /// How webhooks reach the business.
    pub transport: Arc<dyn Transport>,
    /// The business's webhook.
    pub webhook_url: String,
    /// The app secret, which signs every webhook.
    pub app_secret: String,
    /// What the business compares in the handshake.
    pub verify_token: String,
    /// The Bearer token that the Graph API accepts.
    pub access_token: String,
    /// The id of the business number.
    pub phone_number_id: String,
    /// The id of the WhatsApp business account.
    pub waba_id: String,
    /// The business number as people write it, digits only.
    pub display_phone_number: String,
    /// The business name that customers see.
    pub verified_name: String,
    /// Further numbers that there are at "Meta", of this account or of others.
    pub more_numbers: Vec<BusinessNumber>,
    /// The Graph API versions that are served.
    pub versions: Vec<String>,
    /// Where the simulator itself is reached, for the media urls in webhooks; without it they have none.
    pub public_url: Option<String>,
    /// What the page asks for the lead that came of a customer; a path is asked by the page itself.
    pub lead_panel_url: Option<String>,
    /// How the simulator behaves at the start.
    pub settings: Settings,
}

impl Config {
    /// A demo account in memory, which delivers to `webhook_url` over HTTP.
    #[must_use]
    pub fn demo(webhook_url: &str) -> Self {
        Self {
            database: Database::Memory,
            clock: Arc::new(SystemClock),
            transport: Arc::new(HttpTransport::default()),
            webhook_url: webhook_url.to_owned(),
            app_secret: "local-app-secret".to_owned(),
            verify_token: "local-verify-token".to_owned(),
            access_token: "local-access-token".to_owned(),
            phone_number_id: "100000000000001".to_owned(),
            waba_id: "200000000000001".to_owned(),
            display_phone_number: "15550001111".to_owned(),
            verified_name: "Leadwire Demo".to_owned(),
            more_numbers: BusinessNumber::spare("local-access-token"),
            versions: (20..=27).map(|major| format!("v{major}.0")).collect(),
            public_url: None,
            lead_panel_url: None,
            settings: Settings::default(),
        }
    }
}

/// Secrets are left out.
impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config")
            .field("database", &self.database)
            .field("webhook_url", &self.webhook_url)
            .field("phone_number_id", &self.phone_number_id)
            .field("waba_id", &self.waba_id)
            .finish_non_exhaustive()
    }
}
