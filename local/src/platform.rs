//! What an operator does beside the API: makes a key, looks whether anybody changed what the audit holds, reads what was
//! parked, and helps users who lost their second factor. Where an instance runs it does this itself, since the database has one user at a time.

use crate::data::{Data, DataError};
use crate::functions::sealer;
use crate::stack::TABLE;
use audit::{Chain, ChainError, Chains};
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::audit::{Action, Deed, Entry};
use domain::ids::{OperatorId, ParkedId};
use domain::users::{Email, User};
use domain::{Actor, PhoneNumberId, Secret, digest};
use emulator::{Emulator, OpenError};
use http::header::AUTHORIZATION;
use http::{HeaderMap, StatusCode};
use runtime::{Clock, Environment, Ids, SystemClock, SystemIds};
use serde::{Deserialize, Serialize};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use store::{Store, StoreError, Table};

/// How many businesses are read at once.
const BUSINESSES: usize = 100;

/// How many parked events are listed, the newest first.
const PARKED_SHOWN: usize = 1000;

/// What can be done.
#[derive(Clone, Debug, clap::Subcommand, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Task {
    /// Make a key by which whoever runs the platform calls /api/clients. It is shown once.
    Operator,
    /// Look whether the audit of every business is as it was written.
    Audit,
    /// Remove the second factor of a user who lost both the app and the recovery codes, such as a sole owner. Check who
    /// is asking first: from then on the password alone signs in. The user is told by email.
    RemoveSecondFactor {
        /// The address by which the user signs in.
        #[arg(value_parser = Email::parse)]
        email: Email,
    },
    /// Confirm that a mailbox belongs to its user, where no email can be sent. Check it by another way first.
    VerifyEmail {
        /// The address by which the user signs in.
        #[arg(value_parser = Email::parse)]
        email: Email,
    },
    /// List the events that were parked because they could not be read, are too large, or name nobody's number.
    Parked {
        /// Print this event as it came instead; one that is no text, in base64.
        id: Option<ParkedId>,
    },
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
    /// A chain cannot be checked.
    #[error(transparent)]
    Chain(#[from] ChainError),
    /// An instance uses the folder and does not answer.
    #[error("the instance that uses the data folder does not answer ({0}): wait until it is ready, or stop it")]
    Silent(String),
    /// An instance uses the folder and could not do it.
    #[error("the instance that uses the data folder could not do it: {0}")]
    Failed(String),
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

/// Where the lines go.
type Say<'a> = &'a (dyn Fn(String) + Sync);

async fn remove_second_factor(
    store: &Store,
    email: &Email,
    parts: Parts<'_>,
    say: Say<'_>,
) -> Result<bool, StoreError> {
    let Some(user) = user_of(store, email, say).await? else { return Ok(false) };
    if !store.remove_second_factor(&user, &entry(&user, Action::SecondFactorRemoved, parts)).await? {
        say(format!("{} has no second factor", user.id));
        return Ok(false);
    }
    say(format!("{} signs in by the password alone, until they set a second factor up again", user.id));
    Ok(true)
}

async fn verify_email(store: &Store, email: &Email, parts: Parts<'_>, say: Say<'_>) -> Result<bool, StoreError> {
    let Some(user) = user_of(store, email, say).await? else { return Ok(false) };
    if user.email_verified {
        say(format!("the address of {} is confirmed already", user.id));
        return Ok(true);
    }
    if !store.verify_email(&user, &entry(&user, Action::EmailVerified, parts)).await? {
        return Err(StoreError::Conflict);
    }
    say(format!("the address of {} is confirmed", user.id));
    Ok(true)
}

async fn user_of(store: &Store, email: &Email, say: Say<'_>) -> Result<Option<User>, StoreError> {
    let login = store.login(email).await?;
    if login.is_none() {
        say("no account has this address".to_owned());
    }
    Ok(login.map(|login| login.user))
}

/// The time and the ids of what is done.
type Parts<'a> = (&'a dyn Clock, &'a dyn Ids);

fn entry(user: &User, action: Action, (clock, ids): Parts<'_>) -> Entry {
    let (at, target, detail) = (clock.now(), user.id.to_string(), "by the platform's command".to_owned());
    Entry::new(Deed { at, by: Actor::Nobody, action, target, detail }, ids.bits())
}

/// Does `task` and says what came of it, line by line. False if an audit is broken, or there is no such thing.
///
/// # Errors
/// [`ChainError`] if the table cannot be read or written, or the key of the chains not be opened.
pub async fn run(
    task: Task,
    store: &Store,
    chains: &Chains,
    parts: Parts<'_>,
    say: Say<'_>,
) -> Result<bool, ChainError> {
    match task {
        Task::Operator => {
            let (id, key) = operator(store, parts).await?;
            say(format!("{id} calls /api/clients with the header Authorization: Bearer {}", key.expose()));
            Ok(true)
        }
        Task::RemoveSecondFactor { email } => Ok(remove_second_factor(store, &email, parts, say).await?),
        Task::VerifyEmail { email } => Ok(verify_email(store, &email, parts, say).await?),
        Task::Parked { id: None } => {
            for parked in store.parked(PARKED_SHOWN).await? {
                let number = parked.number.as_ref().map_or("no number", PhoneNumberId::as_str);
                say(format!("{}  {}  {} bytes  {number}  {}", parked.id, parked.at, parked.bytes, parked.reason));
            }
            Ok(true)
        }
        Task::Parked { id: Some(id) } => {
            let Some(bytes) = store.parked_bytes(id).await? else {
                say(format!("there is no parked event {id}"));
                return Ok(false);
            };
            say(String::from_utf8(bytes).unwrap_or_else(|error| STANDARD.encode(error.as_bytes())));
            Ok(true)
        }
        Task::Audit => {
            let (mut all_whole, mut below) = (true, None);
            loop {
                let page = store.tenants(below, BUSINESSES).await?;
                for tenant in page.items {
                    let chain = chains.check(tenant.id, parts.0.now()).await?;
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

/// Where a running instance does tasks, and by which token: what it leaves in its data folder, for its user alone.
#[derive(Serialize, Deserialize)]
pub struct Door {
    url: String,
    token: String,
}

impl Door {
    /// A door of the instance at `url`.
    #[must_use]
    pub fn new(url: &str, ids: &dyn Ids) -> Self {
        let token = format!("{:032x}{:032x}", ids.bits(), ids.bits());
        Self { url: format!("{url}{PATH}"), token }
    }

    /// Leaves it in the data folder.
    ///
    /// # Errors
    /// If that cannot be written.
    pub fn leave(&self, data: &Data) -> std::io::Result<()> {
        data.write(DOOR_FILE, &serde_json::to_vec(self)?)
    }

    /// The route behind it.
    pub fn served(&self, store: Store, chains: Chains) -> Router {
        let opens = Arc::new(Opens { store, chains, token: digest::hex(&[&self.token]) });
        Router::new().route(PATH, post(asked).with_state(opens))
    }
}

const PATH: &str = "/_local/platform";
const DOOR_FILE: &str = "running.json";

struct Opens {
    store: Store,
    chains: Chains,
    token: String,
}

/// What came of a task.
#[derive(Serialize, Deserialize)]
struct Report {
    fine: bool,
    lines: Vec<String>,
}

async fn asked(State(opens): State<Arc<Opens>>, headers: HeaderMap, Json(task): Json<Task>) -> Response {
    let token = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    // Digests are compared, so that the time it takes tells nothing of the token.
    if token.is_none_or(|token| digest::hex(&[token]) != opens.token) {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let lines = Mutex::new(Vec::new());
    let keep = |line| lines.lock().unwrap_or_else(PoisonError::into_inner).push(line);
    match run(task, &opens.store, &opens.chains, (&SystemClock, &SystemIds), &keep).await {
        Ok(fine) => {
            Json(Report { fine, lines: lines.into_inner().unwrap_or_else(PoisonError::into_inner) }).into_response()
        }
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}

/// [`run`] with the database of a data folder, by the instance that uses it where there is one.
///
/// # Errors
/// [`PlatformError`] if the folder or its database cannot be used.
pub async fn here(folder: &Path, task: Task, say: &(dyn Fn(String) + Sync)) -> Result<bool, PlatformError> {
    let data = match Data::open(folder, false) {
        Err(DataError::InUse { folder }) => return there(&folder, task, say).await,
        opened => opened?,
    };
    let emulator = Emulator::open(data.folder(), Arc::new(SystemClock))?;
    let table = Table::new(aws_sdk_dynamodb::Client::new(&emulator.sdk_config()), TABLE.to_owned());
    table.create_if_missing().await?;
    let (store, ids) = (Store::new(table), Arc::new(SystemIds));
    let account = data.account(&Environment::of([]), &SystemIds, SystemClock.now())?;
    let seal_key = Secret::new(account.seal_key);
    let chains = Chains::new(store.clone(), sealer(&seal_key, ids.clone()), ids);
    Ok(run(task, &store, &chains, (&SystemClock, &SystemIds), say).await?)
}

/// Has the instance that uses `folder` do `task`.
async fn there(folder: &Path, task: Task, say: &(dyn Fn(String) + Sync)) -> Result<bool, PlatformError> {
    let silent = |why: String| PlatformError::Silent(why);
    let json = std::fs::read(folder.join(DOOR_FILE)).map_err(|error| silent(error.to_string()))?;
    let door: Door = serde_json::from_slice(&json).map_err(|error| silent(error.to_string()))?;
    let client = reqwest::Client::builder().no_proxy().build().map_err(|error| silent(error.to_string()))?;
    let asked = client.post(door.url).bearer_auth(door.token).json(&task).send().await;
    let answer = asked.map_err(|error| silent(error.to_string()))?;
    if !answer.status().is_success() {
        let status = answer.status();
        return Err(PlatformError::Failed(format!("{status} {}", answer.text().await.unwrap_or_default())));
    }
    let report: Report = answer.json().await.map_err(|error| silent(error.to_string()))?;
    report.lines.into_iter().for_each(say);
    Ok(report.fine)
}
