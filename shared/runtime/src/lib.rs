//! What every function needs around its handler: clock, ids, configuration, AWS clients, logs.

pub mod aws;
pub mod clock;
pub mod config;
pub mod keyring;
pub mod logs;
pub mod random;
pub mod secrets;

pub use clock::{Clock, SystemClock};
pub use config::{ConfigError, Environment};
pub use keyring::Keyring;
pub use random::{Random, SystemRandom};
pub use secrets::{MetaSecrets, OwnSecrets, Secrets};
