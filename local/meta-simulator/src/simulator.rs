//! The simulator itself: what all its parts share.

use crate::config::Config;
use crate::dice::Dice;
use crate::error::Error;
use crate::limits::Limits;
use crate::numbers::BusinessNumber;
use crate::settings::{FaultMode, Settings};
use crate::storage::{self, Storage, Update, outbox};
use crate::wamid::Serial;
use domain::Timestamp;
use rusqlite::Connection;
use serde_json::{Value, json};
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;

/// How often the background looks, even if nothing seems due.
const LOOK_MS: u64 = 250;

/// A running Meta. Clones share everything.
#[derive(Clone, Debug)]
pub struct Simulator(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    config: Config,
    numbers: Vec<BusinessNumber>,
    storage: Storage,
    settings: Mutex<Settings>,
    dice: Mutex<Dice>,
    limits: Mutex<Limits>,
    due: Notify,
    delivering: tokio::sync::Mutex<()>,
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Simulator {
    /// Opens the simulator with what its database remembers.
    ///
    /// # Errors
    /// If the database cannot be opened.
    pub fn open(config: Config) -> Result<Self, Error> {
        let settings = config.settings.clone();
        let mut numbers = vec![BusinessNumber::first(&config)];
        numbers.extend(config.more_numbers.iter().cloned());
        let simulator = Self(Arc::new(Inner {
            numbers,
            storage: Storage::open(&config.database)?,
            dice: Mutex::new(Dice::new(settings.seed)),
            settings: Mutex::new(settings),
            limits: Mutex::default(),
            due: Notify::new(),
            delivering: tokio::sync::Mutex::default(),
            config,
        }));
        simulator.first_person()?;
        Ok(simulator)
    }

    /// Delivers webhooks as they fall due, until `shutdown`.
    pub async fn run(&self, shutdown: impl Future<Output = ()>) {
        let mut shutdown = std::pin::pin!(shutdown);
        loop {
            let round = async {
                if let Err(error) = self.deliver_due().await {
                    tracing::error!(%error, "webhooks could not be delivered");
                }
                self.until_due().await;
            };
            tokio::select! {
                () = &mut shutdown => return,
                () = round => {}
            }
        }
    }

    /// Waits until something may be due.
    async fn until_due(&self) {
        let now = self.now();
        let next = self.storage().next_due().ok().flatten();
        let wait =
            next.map_or(LOOK_MS, |due| u64::try_from(due.since(now).as_millis()).unwrap_or(LOOK_MS).min(LOOK_MS));
        tokio::select! {
            () = tokio::time::sleep(Duration::from_millis(wait.max(5))) => {}
            () = self.0.due.notified() => {}
        }
    }

    /// The settings as they are.
    #[must_use]
    pub fn settings(&self) -> Settings {
        locked(&self.0.settings).clone()
    }

    /// Turns the settings to `settings`; another seed rolls the dice anew.
    pub fn set_settings(&self, settings: Settings) {
        let mut present = locked(&self.0.settings);
        if present.seed != settings.seed {
            *locked(&self.0.dice) = Dice::new(settings.seed);
        }
        *present = settings;
        drop(present);
        self.wake();
    }

    /// Turns some settings, by their JSON names.
    ///
    /// # Errors
    /// If a setting is unknown or out of range.
    pub fn turn(&self, changes: &Value) -> Result<Settings, Error> {
        let settings = self.settings().patched(changes)?;
        self.set_settings(settings.clone());
        Ok(settings)
    }

    /// Sends any change: `field` with `value` as it is.
    ///
    /// # Errors
    /// If the database fails.
    pub fn inject(&self, field: &str, value: Value) -> Result<i64, Error> {
        let update =
            Update { id: 0, due: self.now(), field: field.to_owned(), value, wamid: None, kind: "raw".to_owned() };
        let id = self.storage().write(|connection| self.enqueue(connection, update))?;
        self.wake();
        Ok(id)
    }

    /// Does the handshake: asks the webhook to give a challenge back, as Meta does when it is set up.
    ///
    /// # Errors
    /// If the webhook cannot be reached or answers anything else.
    pub async fn handshake(&self) -> Result<(), Error> {
        let config = self.config();
        self.ask_for_challenge(&config.webhook_url, &config.verify_token).await
    }

    /// Does the handshake with another address and token, as for a number's own callback URL. Says whether it succeeded.
    pub(crate) async fn handshake_with(&self, url: &str, verify_token: &str) -> bool {
        self.ask_for_challenge(url, verify_token).await.is_ok()
    }

    async fn ask_for_challenge(&self, webhook_url: &str, verify_token: &str) -> Result<(), Error> {
        let challenge = self.digits("challenge", 10)?;
        let joint = if webhook_url.contains('?') { '&' } else { '?' };
        let url =
            format!("{webhook_url}{joint}hub.mode=subscribe&hub.challenge={challenge}&hub.verify_token={verify_token}");
        match self.config().transport.get(url).await {
            Ok((200, body)) if body == challenge => Ok(()),
            Ok((status, _)) => Err(Error::Unreachable(format!("the webhook answered the handshake with {status}"))),
            Err(why) => Err(Error::Unreachable(why)),
        }
    }

    pub(crate) fn config(&self) -> &Config {
        &self.0.config
    }

    /// Every number that there is; the first is the one that the simulator was made for.
    #[must_use]
    pub fn numbers(&self) -> &[BusinessNumber] {
        &self.0.numbers
    }

    pub(crate) fn first_number(&self) -> &BusinessNumber {
        &self.0.numbers[0]
    }

    pub(crate) fn storage(&self) -> &Storage {
        &self.0.storage
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.0.config.clock.now()
    }

    pub(crate) fn limits(&self) -> MutexGuard<'_, Limits> {
        locked(&self.0.limits)
    }

    pub(crate) fn dice(&self) -> MutexGuard<'_, Dice> {
        locked(&self.0.dice)
    }

    pub(crate) fn delivering(&self) -> &tokio::sync::Mutex<()> {
        &self.0.delivering
    }

    pub(crate) fn take_fault(&self) -> Option<FaultMode> {
        let mut settings = locked(&self.0.settings);
        settings.take_fault(&mut self.dice())
    }

    pub(crate) fn take_upload_fault(&self) -> Option<FaultMode> {
        locked(&self.0.settings).take_upload_fault()
    }

    pub(crate) fn wake(&self) {
        self.0.due.notify_one();
    }

    /// A serial within a transaction.
    pub(crate) fn serial(&self, connection: &Connection, now: Timestamp) -> Result<Serial<'_>, Error> {
        let count = storage::next_count(connection)?;
        Ok(Serial { phone_number_id: &self.config().phone_number_id, count, millis: now.millis() })
    }

    pub(crate) fn count(&self) -> Result<i64, Error> {
        self.storage().write(|connection| storage::next_count(connection))
    }

    pub(crate) fn digits(&self, purpose: &str, length: usize) -> Result<String, Error> {
        let now = self.now();
        self.storage().write(|connection| Ok(self.serial(connection, now)?.digits(purpose, length)))
    }

    /// A trace id for an error; the same one over and over if the database fails.
    pub(crate) fn trace(&self) -> String {
        let count = self.count().unwrap_or_default();
        Serial { phone_number_id: &self.config().phone_number_id, count, millis: self.now().millis() }.trace()
    }

    /// A `value` with the metadata of `number` and one `item` in the array `key`.
    pub(crate) fn value(number: &BusinessNumber, key: &str, item: Value) -> Value {
        let mut value = json!({
            "messaging_product": "whatsapp",
            "metadata": {
                "display_phone_number": number.display_phone_number,
                "phone_number_id": number.phone_number_id,
            },
        });
        value[key] = Value::Array(vec![item]);
        value
    }

    /// Puts an update into the outbox, where chance may lose it or hold it back. Nothing is posted for an account that is
    /// not subscribed.
    pub(crate) fn enqueue(&self, connection: &Connection, mut update: Update) -> Result<i64, Error> {
        let settings = self.settings();
        let mut dice = self.dice();
        let is_status = update.value.get("statuses").is_some();
        let lost = is_status && dice.happens(settings.statuses_lost);
        let lost = lost || !self.is_subscribed_in(connection, &self.number_of(&update.value).waba_id)?;
        if dice.happens(settings.reorder) {
            update.due = update.due.plus(Duration::from_millis(dice.between(1, settings.reorder_ms)));
        }
        outbox::add_update(connection, &update, lost)
    }
}
