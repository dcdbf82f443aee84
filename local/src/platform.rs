//! What whoever runs the platform does beside the API: makes a key for themselves, and looks whether anybody changed
//! what the audit holds. It does not know where the table is.

use crate::data::{Data, DataError};
use crate::stack::TABLE;
use domain::audit::Entry;
use domain::ids::OperatorId;
use domain::{Secret, TenantId};
use emulator::{Emulator, OpenError};
use runtime::{Clock, Ids, SystemClock, SystemIds};
use std::fmt;
use std::path::Path;
use std::sync::Arc;
use store::{Store, StoreError, Table};

/// How many links of a chain are read at once.
const PAGE: usize = 1000;

/// How many businesses are read at once.
const BUSINESSES: usize = 100;

/// What can be done.
#[derive(Clone, Copy, Debug, clap::Subcommand)]
pub enum Task {
    /// Make a key by which whoever runs the platform calls /api/clients. It is shown once.
    Operator,
    /// Look whether the audit of every business is as it was written.
    Audit,
}

/// Why nothing can be done with a data folder.
#[derive(Debug, thiserror::Error)]
pub enum PlatformError {
    /// It cannot be used, or an instance uses it.
    #[error(transparent)]
    Data(#[from] DataError),
    /// The database in it cannot be opened.
    #[error("the embedded database cannot be opened")]
    Open(#[from] OpenError),
    /// The database did not take it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What the audit of a business turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chain {
    /// Every entry follows the one before.
    Whole {
        /// How many there are.
        entries: u64,
    },
    /// One does not follow: it was changed, or one before it was changed or taken away.
    Broken {
        /// The first that does not.
        number: u64,
    },
}

impl fmt::Display for Chain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole { entries } => write!(f, "whole, {entries} entries"),
            Self::Broken { number } => write!(f, "BROKEN: entry {number} does not follow the one before"),
        }
    }
}

/// Makes a key for somebody who runs the platform.
///
/// # Errors
/// [`StoreError`] if the table does not take it.
pub async fn operator(store: &Store, (clock, ids): (&dyn Clock, &dyn Ids)) -> Result<(OperatorId, Secret), StoreError> {
    let id = OperatorId::from_parts(clock.now(), ids.bits());
    let key = api::secrets::new_key(api::KEY_PREFIX, ids);
    store.create_operator(id, &api::secrets::digest_of(key.expose())).await?;
    Ok((id, key))
}

/// Follows the audit of one business from its beginning.
///
/// # Errors
/// [`StoreError`] if the table cannot be read.
pub async fn audit(store: &Store, tenant: TenantId) -> Result<Chain, StoreError> {
    let mut last: Option<Entry> = None;
    loop {
        let above = last.as_ref().map_or(0, |last| last.number);
        let page = store.chain(tenant, above, PAGE).await?;
        if page.is_empty() {
            return Ok(Chain::Whole { entries: above });
        }
        for entry in page {
            if !entry.follows(last.as_ref()) {
                return Ok(Chain::Broken { number: entry.number });
            }
            last = Some(entry);
        }
    }
}

/// Does `task` and says what came of it, line by line. False if an audit is broken.
///
/// # Errors
/// [`StoreError`] if the table cannot be read or written.
pub async fn run(
    task: Task,
    store: &Store,
    parts: (&dyn Clock, &dyn Ids),
    say: &dyn Fn(String),
) -> Result<bool, StoreError> {
    match task {
        Task::Operator => {
            let (id, key) = operator(store, parts).await?;
            say(format!("{id} calls /api/clients with the header Authorization: Bearer {}", key.expose()));
            Ok(true)
        }
        Task::Audit => {
            let (mut all_whole, mut below) = (true, None);
            loop {
                let page = store.tenants(below, BUSINESSES).await?;
                for tenant in page.items {
                    let chain = audit(store, tenant.id).await?;
                    all_whole &= matches!(chain, Chain::Whole { .. });
                    say(format!("{}: {chain}", tenant.id));
                }
                below = page.next;
                if below.is_none() {
                    return Ok(all_whole);
                }
            }
        }
    }
}

/// [`run`] with the database of a data folder that no instance uses.
///
/// # Errors
/// [`PlatformError`] if the folder or its database cannot be used.
pub async fn here(folder: &Path, task: Task, say: &dyn Fn(String)) -> Result<bool, PlatformError> {
    let data = Data::open(folder, false)?;
    let emulator = Emulator::open(data.folder(), Arc::new(SystemClock))?;
    let table = Table::new(aws_sdk_dynamodb::Client::new(&emulator.sdk_config()), TABLE.to_owned());
    table.create_if_missing().await?;
    Ok(run(task, &Store::new(table), (&SystemClock, &SystemIds), say).await?)
}
