//! A queue's attributes: what was given as text, and what the service reads from it.

use super::QueueError;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::time::Duration;

/// The most messages that one receive can take.
pub(super) const MAX_MESSAGES: usize = 10;
/// The largest message and the largest batch, since August 2025.
pub(super) const MAX_BYTES: usize = 1_048_576;

/// Each numeric attribute with its least, its greatest and its default value, from the reference of `CreateQueue`.
const NUMBERS: [(&str, u64, u64, &str); 5] = [
    ("DelaySeconds", 0, 900, "0"),
    ("MaximumMessageSize", 1024, 1_048_576, "1048576"),
    ("MessageRetentionPeriod", 60, 1_209_600, "345600"),
    ("ReceiveMessageWaitTimeSeconds", 0, 20, "0"),
    ("VisibilityTimeout", 0, 43_200, "30"),
];

/// Each attribute that is one of several words, with its default first.
const WORDS: [(&str, &[&str]); 5] = [
    ("ContentBasedDeduplication", &["false", "true"]),
    ("DeduplicationScope", &["queue", "messageGroup"]),
    ("FifoQueue", &["true"]),
    ("FifoThroughputLimit", &["perQueue", "perMessageGroupId"]),
    ("SqsManagedSseEnabled", &["true", "false"]),
];

/// Attributes that are kept and shown and change nothing here.
const INERT: [&str; 4] = ["KmsMasterKeyId", "KmsDataKeyReusePeriodSeconds", "Policy", "RedriveAllowPolicy"];

/// What makes a queue a FIFO queue.
const FIFO: &str = "FifoQueue";

/// Attributes that standard queues do not have.
const OF_FIFO: [&str; 4] = ["ContentBasedDeduplication", "DeduplicationScope", FIFO, "FifoThroughputLimit"];

const REDRIVE_POLICY: &str = "RedrivePolicy";

/// Where messages go that were received too often.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Redrive {
    pub(super) target_arn: String,
    pub(super) max_receives: u32,
}

/// The attributes of one queue. Of a FIFO queue a message group is always the unit of order; a deduplication id counts
/// within the queue or, with `DeduplicationScope` `messageGroup`, within its group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Attributes {
    values: BTreeMap<String, String>,
    redrive: Option<Redrive>,
}

/// The JSON of `RedrivePolicy`; AWS takes the count as a number or as text.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RedrivePolicy {
    dead_letter_target_arn: String,
    max_receive_count: Count,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Count {
    Number(u32),
    Text(String),
}

impl Attributes {
    /// The defaults, changed by `given`. What concerns FIFO queues alone, a standard one does not have.
    pub(super) fn new(is_fifo: bool, given: BTreeMap<String, String>) -> Result<Self, QueueError> {
        if let Some(name) = given.keys().find(|name| !is_fifo && OF_FIFO.contains(&name.as_str())) {
            return Err(QueueError::InvalidAttributeName(name.clone()));
        }
        let numbers = NUMBERS.iter().map(|(name, _, _, default)| (*name, *default));
        let words = WORDS.iter().filter(|(name, _)| is_fifo || !OF_FIFO.contains(name));
        let words = words.filter_map(|(name, words)| Some((*name, *words.first()?)));
        let values = numbers.chain(words).map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        Self { values, redrive: None }.changed(given)
    }

    /// These attributes, changed by `given`.
    pub(super) fn changed(mut self, given: BTreeMap<String, String>) -> Result<Self, QueueError> {
        for (name, value) in given {
            if name == REDRIVE_POLICY {
                self.redrive = redrive(&value)?;
            } else {
                check(&name, &value)?;
            }
            self.values.insert(name, value);
        }
        Ok(self)
    }

    /// The first of `given` that says something else than these attributes do.
    pub(super) fn first_difference<'a>(&self, given: &'a BTreeMap<String, String>) -> Option<&'a str> {
        given.iter().find(|(name, value)| self.values.get(*name) != Some(*value)).map(|(name, _)| name.as_str())
    }

    /// All attributes as text.
    pub(super) const fn values(&self) -> &BTreeMap<String, String> {
        &self.values
    }

    pub(super) const fn redrive(&self) -> Option<&Redrive> {
        self.redrive.as_ref()
    }

    pub(super) fn visibility_timeout(&self) -> Duration {
        self.seconds("VisibilityTimeout")
    }

    pub(super) fn retention(&self) -> Duration {
        self.seconds("MessageRetentionPeriod")
    }

    pub(super) fn delay(&self) -> Duration {
        self.seconds("DelaySeconds")
    }

    pub(super) fn receive_wait(&self) -> Duration {
        self.seconds("ReceiveMessageWaitTimeSeconds")
    }

    pub(super) fn max_bytes(&self) -> usize {
        self.values.get("MaximumMessageSize").and_then(|value| value.parse().ok()).unwrap_or(MAX_BYTES)
    }

    pub(super) fn is_fifo(&self) -> bool {
        self.is(FIFO, "true")
    }

    pub(super) fn deduplicates_by_content(&self) -> bool {
        self.is("ContentBasedDeduplication", "true")
    }

    pub(super) fn deduplicates_within_group(&self) -> bool {
        self.is("DeduplicationScope", "messageGroup")
    }

    fn is(&self, name: &str, word: &str) -> bool {
        self.values.get(name).is_some_and(|value| value == word)
    }

    fn seconds(&self, name: &str) -> Duration {
        Duration::from_secs(self.values.get(name).and_then(|value| value.parse().ok()).unwrap_or_default())
    }
}

fn check(name: &str, value: &str) -> Result<(), QueueError> {
    let number = NUMBERS.iter().find(|(known, ..)| *known == name).map(|(_, least, greatest, _)| *least..=*greatest);
    let words = WORDS.iter().find(|(known, _)| *known == name).map(|(_, words)| words);
    let valid = match (number, words) {
        (Some(range), _) => value.parse().is_ok_and(|value: u64| range.contains(&value)),
        (None, Some(words)) => words.contains(&value),
        (None, None) if INERT.contains(&name) => true,
        (None, None) => return Err(QueueError::InvalidAttributeName(name.to_owned())),
    };
    if valid { Ok(()) } else { Err(QueueError::InvalidAttributeValue(name.to_owned())) }
}

/// An empty policy removes the redrive, as on AWS.
fn redrive(value: &str) -> Result<Option<Redrive>, QueueError> {
    if value.is_empty() {
        return Ok(None);
    }
    let refused = || QueueError::InvalidAttributeValue(REDRIVE_POLICY.to_owned());
    let policy: RedrivePolicy = serde_json::from_str(value).map_err(|_| refused())?;
    let max_receives = match policy.max_receive_count {
        Count::Number(count) => count,
        Count::Text(count) => count.parse().map_err(|_| refused())?,
    };
    if !(1..=1000).contains(&max_receives) {
        return Err(refused());
    }
    Ok(Some(Redrive { target_arn: policy.dead_letter_target_arn, max_receives }))
}
