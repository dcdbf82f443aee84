//! What can be turned while the simulator runs: how webhooks travel and how sends go wrong.

use crate::dice::Dice;
use crate::error::Error;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// Everything that can be turned. The default is a friendly Meta: one update per POST, in order, once, at once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Settings {
    /// The seed of all chance; setting it rolls the dice anew.
    pub seed: u64,
    /// How many updates one POST carries at most, 1 to 1000.
    pub batch: usize,
    /// How long updates wait for others before they are packed, unless a batch is full.
    pub batch_wait_ms: u64,
    /// How many further copies of a POST are sent; every other one at the very same moment.
    pub duplicates: u32,
    /// Which fraction of the POSTs is duplicated.
    pub duplicate_fraction: f64,
    /// Which fraction of the updates is held back so that later ones overtake it; over 0 also shuffles.
    pub reorder: f64,
    /// How long a held-back update waits at most.
    pub reorder_ms: u64,
    /// Every POST is late by at least the first and at most the second number of milliseconds.
    pub delay_ms: (u64, u64),
    /// Which fraction of the POSTs is never sent.
    pub loss: f64,
    /// Which fraction of the status updates is never sent.
    pub statuses_lost: f64,
    /// Whether statuses carry `biz_opaque_callback_data` back.
    pub echo_callback_data: bool,
    /// Whether `failed` statuses name their contact too; Meta's documents say no, some clients count on it.
    pub contacts_on_failed: bool,
    /// How many POSTs are under way at once; copies of one POST do not count.
    pub concurrency: usize,
    /// How long Meta waits before it repeats a POST for the first time; doubles from there.
    pub retry_first_ms: u64,
    /// The longest wait between two attempts.
    pub retry_max_ms: u64,
    /// How long after acceptance a send is `sent`.
    pub sent_ms: u64,
    /// How long after acceptance a send is `delivered`.
    pub delivered_ms: u64,
    /// How long after `delivered` a send is `read`, where that happens by itself.
    pub read_ms: u64,
    /// Whether customers read by themselves; else only when the page shows the message.
    pub auto_read: bool,
    /// What a send outside the 24-hour window meets.
    pub window: WindowCheck,
    /// Whether the pair rate (45 at once, then one per 6 s to one person) is enforced.
    pub pair_rate: bool,
    /// How many messages per second the number may send; 0 is without limit.
    pub throughput_per_second: u32,
    /// How many delivered service messages are free in a month.
    pub free_service_messages: u32,
    /// Whether people invented from now on have a username and hide their phone.
    pub hidden_phones: bool,
    /// How long the review of a template takes.
    pub review_ms: u64,
    /// How many templates one page of their list has at most, 1 to 1000.
    pub templates_per_page: usize,
    /// Whether another provider's app too receives the webhooks of every account.
    pub other_app: bool,
    /// Whether the phones of numbers that stay in use there do not share their history.
    pub history_declined: bool,
    /// What is wrong with files that customers sent; nothing, if it is null.
    pub media_fault: Option<MediaFault>,
    /// The code by which the next files that the business brings are refused, and how many of them.
    pub upload_fault: Option<Fault>,
    /// How the Graph API as a whole fares.
    pub weather: Weather,
    /// The code with which each send to a person fails after it was accepted, by the digits of the phone or the BSUID.
    pub recipient_codes: BTreeMap<String, i64>,
    /// How sends go wrong; the first that applies is played.
    pub faults: Vec<Fault>,
}

/// How the Graph API as a whole fares.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Weather {
    /// It answers at once.
    #[default]
    Clear,
    /// Each answer takes two seconds more.
    Slow,
    /// Each request is answered with 503.
    Down,
    /// Each request is refused, as with a dead token.
    Refusing,
    /// Each request meets a rate limit.
    RateLimited,
}

/// What a send outside the 24-hour window meets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WindowCheck {
    /// It is refused with 131047.
    Refuse,
    /// It is accepted, and a `failed` status with 131047 follows.
    Fail,
    /// It goes through.
    Off,
}

/// What is wrong with the files that customers sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MediaFault {
    /// Meta does not know them.
    Gone,
    /// Their server answers 502.
    Unavailable,
    /// Their bytes are not those that were announced.
    WrongDigest,
    /// They are said to be a byte longer than they are.
    WrongSize,
    /// They are said to be web pages.
    OtherType,
    /// Their links lead to another host.
    OtherHost,
    /// Their bytes never end.
    Endless,
}

/// One way in which sends go wrong, and for how many of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Fault {
    /// What happens to the send.
    #[serde(flatten)]
    pub mode: FaultMode,
    /// How many more sends it meets; without it, there is no end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<u32>,
    /// Which fraction of the sends it meets.
    #[serde(default = "always")]
    pub fraction: f64,
}

fn always() -> f64 {
    1.0
}

/// What happens to a send.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "mode")]
pub enum FaultMode {
    /// Accepted, and not answered for so many seconds.
    Hang {
        /// For how long.
        seconds: u64,
    },
    /// Accepted, and the connection breaks before the answer is through.
    ResetAfterAccept,
    /// Accepted, and answered with a 5xx all the same.
    ServerErrorAccepted,
    /// Not accepted, 5xx.
    ServerError,
    /// Accepted, and answered with 200 and half a body.
    BrokenJson,
    /// Refused with this code and the HTTP status that goes with it.
    ErrorCode {
        /// Meta's error code.
        code: i64,
    },
    /// Accepted, and a `failed` status with this code follows.
    FailedStatus {
        /// Meta's error code.
        code: i64,
    },
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            seed: 1,
            batch: 1,
            batch_wait_ms: 0,
            duplicates: 0,
            duplicate_fraction: 1.0,
            reorder: 0.0,
            reorder_ms: 3_000,
            delay_ms: (0, 0),
            loss: 0.0,
            statuses_lost: 0.0,
            echo_callback_data: true,
            contacts_on_failed: false,
            concurrency: 1,
            retry_first_ms: 1_000,
            retry_max_ms: 60_000,
            sent_ms: 50,
            delivered_ms: 300,
            read_ms: 1_000,
            auto_read: true,
            window: WindowCheck::Refuse,
            pair_rate: false,
            throughput_per_second: 0,
            free_service_messages: 1_000,
            hidden_phones: false,
            review_ms: 1_500,
            templates_per_page: 100,
            other_app: false,
            history_declined: false,
            media_fault: None,
            upload_fault: None,
            weather: Weather::Clear,
            recipient_codes: BTreeMap::new(),
            faults: Vec::new(),
        }
    }
}

impl Settings {
    /// These settings with those named in `changes` turned; the others stay.
    ///
    /// # Errors
    /// If `changes` is not an object, names no setting, or a value is out of range.
    pub fn patched(&self, changes: &Value) -> Result<Self, Error> {
        let Some(changes) = changes.as_object() else {
            return Err(Error::Invalid("settings must be a JSON object".to_owned()));
        };
        let mut all = serde_json::to_value(self)?;
        for (name, value) in changes {
            all[name] = value.clone();
        }
        Self::read(all)
    }

    /// Turns one setting by name, as a flag of a program does: `set("batch-wait-ms", "10")`, or JSON for `faults` and
    /// `delayMs`. Names are in camel or in kebab case.
    ///
    /// # Errors
    /// If there is no such setting or the value is out of range.
    pub fn set(&mut self, name: &str, value: &str) -> Result<(), Error> {
        let value = serde_json::from_str(value).unwrap_or_else(|_| Value::from(value));
        *self = self.patched(&serde_json::json!({ camel_case(name): value }))?;
        Ok(())
    }

    /// Settings from JSON; what is not named has its default.
    ///
    /// # Errors
    /// If a setting is unknown or out of range.
    pub fn read(value: Value) -> Result<Self, Error> {
        let settings: Self = serde_json::from_value(value).map_err(|error| Error::Invalid(error.to_string()))?;
        settings.check()?;
        Ok(settings)
    }

    fn check(&self) -> Result<(), Error> {
        let mut fractions = vec![self.duplicate_fraction, self.reorder, self.loss, self.statuses_lost];
        fractions.extend(self.faults.iter().map(|fault| fault.fraction));
        let wrong = if !(1..=1000).contains(&self.batch) {
            "batch must be from 1 to 1000"
        } else if !(1..=1000).contains(&self.templates_per_page) {
            "templatesPerPage must be from 1 to 1000"
        } else if self.concurrency == 0 {
            "concurrency must be at least 1"
        } else if self.duplicates > 100 {
            "duplicates must be at most 100"
        } else if self.delay_ms.0 > self.delay_ms.1 {
            "delayMs must be [minimum, maximum]"
        } else if fractions.iter().any(|fraction| !(0.0..=1.0).contains(fraction)) {
            "fractions must be from 0 to 1"
        } else {
            return Ok(());
        };
        Err(Error::Invalid(wrong.to_owned()))
    }

    /// The fault that the next send meets; counts it, and forgets it when it is used up.
    pub(crate) fn take_fault(&mut self, dice: &mut Dice) -> Option<FaultMode> {
        let at = self.faults.iter().position(|fault| fault.next != Some(0) && dice.happens(fault.fraction))?;
        let fault = &mut self.faults[at];
        let mode = fault.mode.clone();
        if let Some(next) = &mut fault.next {
            *next -= 1;
        }
        self.faults.retain(|fault| fault.next != Some(0));
        Some(mode)
    }

    /// The fault that the next file of the business meets; counts it, and forgets it when it is used up.
    pub(crate) fn take_upload_fault(&mut self) -> Option<FaultMode> {
        let fault = self.upload_fault.as_mut()?;
        let mode = fault.mode.clone();
        if let Some(next) = &mut fault.next {
            *next = next.saturating_sub(1);
            if *next == 0 {
                self.upload_fault = None;
            }
        }
        Some(mode)
    }

    /// How long to wait after the `attempts`-th failed attempt.
    pub(crate) fn backoff_ms(&self, attempts: u32) -> u64 {
        let doubled = self.retry_first_ms.saturating_mul(1 << attempts.saturating_sub(1).min(30));
        doubled.min(self.retry_max_ms)
    }
}

fn camel_case(name: &str) -> String {
    let mut words = name.split('-');
    let mut camel = words.next().unwrap_or_default().to_owned();
    for word in words {
        let mut letters = word.chars();
        camel.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        camel.push_str(letters.as_str());
    }
    camel
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn settings_are_changed_one_by_one() {
        let mut settings = Settings::default();
        settings.set("batch", "10").unwrap();
        settings.set("window", "fail").unwrap();
        settings.set("batch-wait-ms", "20").unwrap();
        settings.set("faults", r#"[{"mode":"hang","seconds":3,"next":2}]"#).unwrap();
        assert_eq!((settings.batch, settings.batch_wait_ms, settings.window), (10, 20, WindowCheck::Fail));
        assert_eq!(settings.faults[0].mode, FaultMode::Hang { seconds: 3 });
        assert!(settings.set("batch", "0").is_err());
        assert!(settings.set("no-such-setting", "1").is_err());
        assert!(settings.patched(&json!({"loss": 1.5})).is_err());
    }

    #[test]
    fn a_fault_ends_when_it_is_used_up() {
        let mut settings = Settings::default();
        settings.set("faults", r#"[{"mode":"server_error","next":1},{"mode":"broken_json"}]"#).unwrap();
        let mut dice = Dice::new(1);
        assert_eq!(settings.take_fault(&mut dice), Some(FaultMode::ServerError));
        assert_eq!(settings.take_fault(&mut dice), Some(FaultMode::BrokenJson));
        assert_eq!(settings.faults.len(), 1);
    }

    #[test]
    fn the_wait_doubles_up_to_its_limit() {
        let settings = Settings::default();
        assert_eq!([1, 2, 3, 20].map(|n| settings.backoff_ms(n)), [1_000, 2_000, 4_000, 60_000]);
    }
}
