//! The emulated services put together, and the configuration with which SDK clients reach them.

use crate::clock::SdkClock;
use crate::connections::Connections;
use crate::database::{Database, DatabaseError};
use crate::http::InProcess;
use crate::mailbox::{Mailbox, MailboxError};
use crate::names::REGION;
use crate::objects::Objects;
use crate::queue::{QueueError, Queues};
use crate::source::{CheckpointError, Checkpoints, QueueSource, StreamSource};
use aws_config::identity::IdentityCache;
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_runtime_api::client::http::{HttpClient, SharedHttpClient};
use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
use runtime::Clock;
use std::path::{Path, PathBuf};
use std::sync::Arc;

const DATABASE: &str = "database.sqlite";
const QUEUES: &str = "queues.sqlite";
const MAILBOX: &str = "mail.sqlite";
const CHECKPOINTS: &str = "checkpoints.sqlite";
const OBJECTS: &str = "objects";

/// By what clients sign: the id and the secret of their key.
const KEY: &str = "emulator";

/// Why the emulator could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The folder cannot be made.
    #[error("the folder {path} cannot be made")]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// The database cannot be opened.
    #[error("the database cannot be opened")]
    Database(#[from] DatabaseError),
    /// The queues cannot be opened.
    #[error("the queues cannot be opened")]
    Queues(#[from] QueueError),
    /// The mailbox cannot be opened.
    #[error("the mailbox cannot be opened")]
    Mailbox(#[from] MailboxError),
    /// The folder of files cannot be made.
    #[error("the folder of files cannot be made")]
    Objects(#[source] std::io::Error),
    /// The positions of the stream's readers cannot be opened.
    #[error("the stream positions cannot be opened")]
    Checkpoints(#[from] CheckpointError),
}

/// DynamoDB, SQS, a mailbox, WebSocket connections and a bucket in one process. Clones share the data.
#[derive(Clone, Debug)]
pub struct Emulator {
    clock: Arc<dyn Clock>,
    database: Database,
    queues: Queues,
    mailbox: Mailbox,
    connections: Connections,
    objects: Objects,
    checkpoints: Checkpoints,
}

impl Emulator {
    /// Opens or creates the services in the folder `dir`; what they hold survives the process, also `kill -9`.
    ///
    /// # Errors
    /// When the folder or a file in it cannot be used.
    pub fn open(dir: &Path, clock: Arc<dyn Clock>) -> Result<Self, OpenError> {
        std::fs::create_dir_all(dir).map_err(|source| OpenError::Folder { path: dir.to_owned(), source })?;
        Ok(Self {
            database: Database::open(&dir.join(DATABASE))?,
            queues: Queues::open(&dir.join(QUEUES), Arc::clone(&clock))?,
            mailbox: Mailbox::open(&dir.join(MAILBOX), Arc::clone(&clock))?,
            connections: Connections::default(),
            objects: Objects::open(dir.join(OBJECTS), Arc::clone(&clock), KEY).map_err(OpenError::Objects)?,
            checkpoints: Checkpoints::open(&dir.join(CHECKPOINTS))?,
            clock,
        })
    }

    /// Empty services in memory.
    ///
    /// # Errors
    /// When an engine fails to start.
    pub fn memory(clock: Arc<dyn Clock>) -> Result<Self, OpenError> {
        Ok(Self {
            database: Database::memory(Arc::clone(&clock))?,
            queues: Queues::memory(Arc::clone(&clock))?,
            mailbox: Mailbox::memory(Arc::clone(&clock))?,
            connections: Connections::default(),
            objects: Objects::memory(Arc::clone(&clock), KEY),
            checkpoints: Checkpoints::memory()?,
            clock,
        })
    }

    /// Services in memory that begin with what those in the folder `dir` hold (but for mails and files), which stay as they are. Much faster than
    /// making tables and queues anew.
    ///
    /// # Errors
    /// When an engine fails to start or the folder cannot be read.
    pub fn memory_like(dir: &Path, clock: Arc<dyn Clock>) -> Result<Self, OpenError> {
        Ok(Self {
            database: Database::memory_like(&dir.join(DATABASE), Arc::clone(&clock))?,
            queues: Queues::memory_like(&dir.join(QUEUES), Arc::clone(&clock))?,
            mailbox: Mailbox::memory(Arc::clone(&clock))?,
            connections: Connections::default(),
            objects: Objects::memory(Arc::clone(&clock), KEY),
            checkpoints: Checkpoints::memory_like(&dir.join(CHECKPOINTS))?,
            clock,
        })
    }

    /// The database.
    #[must_use]
    pub const fn database(&self) -> &Database {
        &self.database
    }

    /// The queues.
    #[must_use]
    pub const fn queues(&self) -> &Queues {
        &self.queues
    }

    /// What was sent by mail.
    #[must_use]
    pub const fn mailbox(&self) -> &Mailbox {
        &self.mailbox
    }

    /// The WebSocket connections that are open.
    #[must_use]
    pub const fn connections(&self) -> &Connections {
        &self.connections
    }

    /// The bucket.
    #[must_use]
    pub const fn objects(&self) -> &Objects {
        &self.objects
    }

    /// The HTTP client through which everything is reached: what a fault suite wraps.
    #[must_use]
    pub fn http_client(&self) -> SharedHttpClient {
        SharedHttpClient::new(self.connector())
    }

    /// What answers a request at once, without a client around it: for whoever puts the services behind a socket.
    #[must_use]
    pub fn connector(&self) -> InProcess {
        InProcess::new(self.database.clone(), self.queues.clone(), self.mailbox.clone(), self.connections.clone())
    }

    /// The configuration of SDK clients that talk to this emulator.
    #[must_use]
    pub fn sdk_config(&self) -> SdkConfig {
        self.sdk_config_over(self.http_client())
    }

    /// The same over `client`, which should end in [`Emulator::http_client`].
    ///
    /// Retries and timeouts are left to the caller. Identities are not cached, and slow bodies not watched, since both
    /// would need a timer and neither can matter here.
    #[must_use]
    pub fn sdk_config_over(&self, client: impl HttpClient + 'static) -> SdkConfig {
        let credentials = Credentials::new(KEY, KEY, None, None, "emulator");
        SdkConfig::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::from_static(REGION))
            .credentials_provider(SharedCredentialsProvider::new(credentials))
            .identity_cache(IdentityCache::no_cache())
            .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
            .time_source(SdkClock(Arc::clone(&self.clock)))
            .http_client(client)
            .build()
    }

    /// What invokes a function with the messages of the queue called `name`.
    #[must_use]
    pub fn queue_source(&self, name: &str) -> QueueSource {
        QueueSource::new(self.queues.clone(), name)
    }

    /// What invokes a function, here called `consumer`, with the stream of the table called `table`.
    #[must_use]
    pub fn stream_source(&self, table: &str, consumer: &str) -> StreamSource {
        StreamSource::new(self.database.clone(), self.checkpoints.clone(), table, consumer)
    }
}
