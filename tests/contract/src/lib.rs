//! What our code counts on in DynamoDB and SQS, as cases that speak through the AWS SDK to whatever plays them.
//!
//! The fault suite and the local stack run on our embedded services, so what those say has to be what AWS says. Each
//! case is a function that is named after what AWS documents; its first words name the page, which is in DynamoDB's or
//! SQS's API reference or developer guide at <https://docs.aws.amazon.com>. A case that fails fails the run, unless
//! [`known`] lists it with the page that settles who is right; an entry there that no longer holds fails as well.
//!
//! `cargo test` asks the embedded services. The program asks any others, as a second opinion on the cases themselves:
//!
//! ```sh
//! AWS_ENDPOINT_URL=http://127.0.0.1:4566 cargo run --bin contract -- ministack database
//! ```

pub mod case;
pub mod database;
pub mod known;
pub mod queue;
pub mod run;
pub mod world;

pub use run::{Report, run};
pub use world::World;

use clap::ValueEnum;

/// One of the AWS services that our code calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Service {
    /// DynamoDB and its streams.
    Database,
    /// SQS.
    Queue,
}

/// Who plays the services.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Player {
    /// Our own emulator, in this process.
    #[value(skip)]
    Embedded,
    /// ministack, a process.
    Ministack,
    /// moto, a process.
    Moto,
}

impl std::fmt::Display for Service {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Database => "database",
            Self::Queue => "queue",
        })
    }
}

impl std::fmt::Display for Player {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Embedded => "embedded",
            Self::Ministack => "ministack",
            Self::Moto => "moto",
        })
    }
}
