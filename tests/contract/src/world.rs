//! Where the cases are asked: the clients, and how time passes there.

use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;
use emulator::{Emulator, ManualClock};
use runtime::{Clock as _, SystemClock};
use std::sync::Arc;
use std::time::Duration;

/// An answer that takes longer does not come.
const PATIENCE: Duration = Duration::from_secs(60);

/// The services, and their time.
#[derive(Clone, Debug)]
pub struct World {
    pub(crate) dynamodb: aws_sdk_dynamodb::Client,
    pub(crate) streams: aws_sdk_dynamodbstreams::Client,
    pub(crate) sqs: aws_sdk_sqs::Client,
    /// What sets this run's names apart from another's.
    pub(crate) run: String,
    time: Time,
}

#[derive(Clone, Debug)]
enum Time {
    /// It stands still until it is moved.
    Moved(Arc<ManualClock>, Emulator),
    /// It is the machine's.
    Real,
}

impl World {
    /// The embedded services, empty and in memory, on a clock that the cases move.
    ///
    /// # Errors
    /// When the emulator does not start.
    pub fn embedded() -> Result<Self, emulator::OpenError> {
        let clock = Arc::new(ManualClock::new(SystemClock.now()));
        let emulator = Emulator::memory(Arc::<ManualClock>::clone(&clock))?;
        Ok(Self::new(&emulator.sdk_config(), Time::Moved(clock, emulator)))
    }

    /// What answers at `endpoint`. The credentials are made up, so that no case ever reaches an account.
    #[must_use]
    pub fn at(endpoint: &str) -> Self {
        let credentials = Credentials::new("contract", "contract", None, None, "contract");
        let config = SdkConfig::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::from_static("us-east-1"))
            .credentials_provider(SharedCredentialsProvider::new(credentials))
            .endpoint_url(endpoint)
            .retry_config(RetryConfig::disabled())
            .timeout_config(TimeoutConfig::builder().operation_timeout(PATIENCE).build())
            .build();
        Self::new(&config, Time::Real)
    }

    fn new(config: &SdkConfig, time: Time) -> Self {
        Self {
            dynamodb: aws_sdk_dynamodb::Client::new(config),
            streams: aws_sdk_dynamodbstreams::Client::new(config),
            sqs: aws_sdk_sqs::Client::new(config),
            run: format!("contract-{:08x}", rand::random::<u32>()),
            time,
        }
    }

    /// Lets time pass, with what the service does meanwhile by itself.
    pub(crate) async fn pass(&self, duration: Duration) {
        match &self.time {
            Time::Moved(clock, emulator) => {
                clock.advance(duration);
                // What fails here leaves an item that should be gone, which the case finds.
                let _ = emulator.database().sweep_ttl();
            }
            Time::Real => tokio::time::sleep(duration).await,
        }
    }

    /// How many cases may be asked at a time: where time is moved, each has it to itself.
    pub(crate) const fn at_a_time(&self) -> usize {
        match self.time {
            Time::Moved(..) => 1,
            Time::Real => 4,
        }
    }
}
