//! Operator tasks outside the API: make an operator key, check the audit chain, read parked events, and help users who
//! lost their second factor. A running instance does them itself, since only one process can open the database.

use crate::data::{Data, DataError};
use crate::functions::encryptor;
use crate::stack::TABLE;
use audit::{Chain, ChainError, Chains};
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::access::audit::{Action, AuditEvent, Entry};
use domain::access::users::{EmailAddress, User};
use domain::ids::{OperatorId, ParkedId};
use domain::{Actor, PhoneNumberId, Secret, digest};
use emulator::{Emulator, OpenError};
use http::header::AUTHORIZATION;
use http::{HeaderMap, StatusCode};
use runtime::{Clock, Environment, Random, SystemClock, SystemRandom};
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
    /// Create an operator key for /api/clients. It is shown only once.
    Operator,
    /// Check the audit log of every business for changed or removed entries.
    Audit,
    /// Turn off two-factor authentication for a user who lost both the app and the recovery codes, such as a sole
    /// owner. Check the user's identity first: afterwards, the password is enough to sign in. The user gets an email.
    RemoveSecondFactor {
        /// The email address that the user signs in with.
        #[arg(value_parser = EmailAddress::parse)]
        email: EmailAddress,
    },
    /// Confirm a user's email address where no email can be sent. Check by other means first that it is the user's.
    VerifyEmail {
        /// The email address that the user signs in with.
        #[arg(value_parser = EmailAddress::parse)]
        email: EmailAddress,
    },
    /// List parked events: those that cannot be read, are too large, or name an unknown number.
    Parked {
        /// Print this event as it arrived; in base64 if it is not text.
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
    #[error("the instance that is using the data folder does not answer ({0}): wait until it is ready, or stop it")]
    Silent(String),
    /// An instance uses the folder and could not do it.
    #[error("the instance that is using the data folder reports an error: {0}")]
    Failed(String),
}

/// Makes a key for somebody who runs the platform.
///
/// # Errors
/// [`StoreError`] if the table does not take it.
pub async fn operator(
    store: &Store,
    clock: &dyn Clock,
    random: &dyn Random,
) -> Result<(OperatorId, Secret), StoreError> {
    let id = OperatorId::from_parts(clock.now(), random.u128());
    let key = api::web::secrets::new_key(api::KEY_PREFIX, random);
    store.create_operator(id, &api::web::secrets::digest_of(key.expose())).await?;
    Ok((id, key))
}

/// Where the lines go.
type Say<'a> = &'a (dyn Fn(String) + Sync);

async fn remove_second_factor(
    store: &Store,
    email: &EmailAddress,
    sources: Sources<'_>,
    say: Say<'_>,
) -> Result<bool, StoreError> {
    let Some(user) = user_of(store, email, say).await? else { return Ok(false) };
    if !store.remove_second_factor(&user, &entry(&user, Action::SecondFactorRemoved, sources)).await? {
        say(format!("{} does not have two-factor authentication", user.id));
        return Ok(false);
    }
    say(format!(
        "{} now signs in with the password alone, until they turn two-factor authentication on again",
        user.id
    ));
    Ok(true)
}

async fn verify_email(
    store: &Store,
    email: &EmailAddress,
    sources: Sources<'_>,
    say: Say<'_>,
) -> Result<bool, StoreError> {
    let Some(user) = user_of(store, email, say).await? else { return Ok(false) };
    if user.email_verified {
        say(format!("{}: the email address is already confirmed", user.id));
        return Ok(true);
    }
    if !store.verify_email(&user, &entry(&user, Action::EmailVerified, sources)).await? {
        return Err(StoreError::Conflict);
    }
    say(format!("{}: the email address is confirmed", user.id));
    Ok(true)
}

async fn user_of(store: &Store, email: &EmailAddress, say: Say<'_>) -> Result<Option<User>, StoreError> {
    let login = store.login(email).await?;
    if login.is_none() {
        say("no account has this email address".to_owned());
    }
    Ok(login.map(|login| login.user))
}

/// The time and the random bits of a task.
#[derive(Clone, Copy)]
pub struct Sources<'a> {
    /// The time.
    pub clock: &'a dyn Clock,
    /// New random bits.
    pub random: &'a dyn Random,
}

fn entry(user: &User, action: Action, sources: Sources<'_>) -> Entry {
    let at = sources.clock.now();
    let target = user.id.to_string();
    let detail = "by the platform command".to_owned();
    Entry::new(AuditEvent { at, by: Actor::Nobody, action, target, detail }, sources.random.u128())
}

/// Does `task` and says what came of it, line by line. False if an audit is broken, or there is no such thing.
///
/// # Errors
/// [`ChainError`] if the table cannot be read or written, or the key of the chains not be opened.
pub async fn run(
    task: Task,
    store: &Store,
    chains: &Chains,
    sources: Sources<'_>,
    say: Say<'_>,
) -> Result<bool, ChainError> {
    match task {
        Task::Operator => {
            let (id, key) = operator(store, sources.clock, sources.random).await?;
            say(format!("{id} is created. Call /api/clients with the header Authorization: Bearer {}", key.expose()));
            Ok(true)
        }
        Task::RemoveSecondFactor { email } => Ok(remove_second_factor(store, &email, sources, say).await?),
        Task::VerifyEmail { email } => Ok(verify_email(store, &email, sources, say).await?),
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
            let mut all_whole = true;
            let mut below = None;
            loop {
                let page = store.tenants(below, BUSINESSES).await?;
                for tenant in page.items {
                    let chain = chains.check(tenant.id, sources.clock.now()).await?;
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
    pub fn new(url: &str, random: &dyn Random) -> Self {
        let token = format!("{:032x}{:032x}", random.u128(), random.u128());
        Self { url: format!("{url}{PATH}"), token }
    }

    /// Leaves it in the data folder.
    ///
    /// # Errors
    /// If that cannot be written.
    pub fn leave(&self, data: &Data) -> std::io::Result<()> {
        data.write(DOOR_FILE, &serde_json::to_vec(self)?)
    }

    /// The address of the instance.
    pub(crate) fn instance(&self) -> &str {
        self.url.trim_end_matches(PATH)
    }

    /// The route behind it.
    pub fn served(&self, store: Store, chains: Chains) -> Router {
        let opens = Arc::new(Opens { store, chains, token: digest::hex(&[&self.token]) });
        Router::new().route(PATH, post(asked).with_state(opens))
    }
}

const PATH: &str = "/_local/platform";
/// Where an instance that runs says how it is reached.
pub(crate) const DOOR_FILE: &str = "running.json";

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
    match run(task, &opens.store, &opens.chains, Sources { clock: &SystemClock, random: &SystemRandom }, &keep).await {
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
        decrypted => decrypted?,
    };
    let emulator = Emulator::open(data.folder(), Arc::new(SystemClock))?;
    let table = Table::new(aws_sdk_dynamodb::Client::new(&emulator.sdk_config()), TABLE.to_owned());
    table.create_if_missing().await?;
    let store = Store::new(table);
    let random = Arc::new(SystemRandom);
    let account = data.account(&Environment::from_variables([]), &SystemRandom, SystemClock.now())?;
    let token_key = Secret::new(account.token_key);
    let chains = Chains::new(store.clone(), encryptor(&token_key, random.clone()), random);
    Ok(run(task, &store, &chains, Sources { clock: &SystemClock, random: &SystemRandom }, say).await?)
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
