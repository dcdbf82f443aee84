//! Every value that is read out of a text from outside: phones, user ids, names of WhatsApp's, addresses, our ids, words.

use domain::access::users::{EmailAddress, Role};
use domain::crm::leads::Source;
use domain::ids::ParkedId;
use domain::inbox::conversations::ConversationStatus;
use domain::inbox::statuses::Status;
use domain::stages::Stage;
use domain::{
    Bsuid, ChannelId, ConversationId, HistoryId, LeadId, MessageId, Phone, PhoneNumberId, TenantId, Text, Timestamp,
    UserId, Wamid,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt::{Debug, Display};
use std::str::FromStr;

/// What was read is written so that it reads back as the same, and as JSON too.
pub fn run(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Ok(phone) = Phone::parse(text) {
        assert!((7..=15).contains(&phone.digits().len()) && !phone.digits().starts_with('0'), "{}", phone.digits());
        assert_eq!(Phone::parse(phone.digits()).as_ref(), Ok(&phone));
        assert_eq!(Phone::parse(&phone.e164()).as_ref(), Ok(&phone));
        comes_back(&phone);
    }
    if let Ok(email) = EmailAddress::parse(text) {
        assert_eq!(EmailAddress::parse(email.as_str()).as_ref(), Ok(&email));
        comes_back(&email);
    }
    if let Ok(user) = Bsuid::parse(text) {
        assert_eq!(user.as_str(), text);
        comes_back(&user);
    }
    if let Ok(wamid) = Wamid::parse(text) {
        assert_eq!(wamid.as_str(), text);
        comes_back(&wamid);
    }
    if let Ok(number) = PhoneNumberId::parse(text) {
        assert_eq!(number.as_str(), text);
        comes_back(&number);
    }
    id::<ChannelId>(text);
    id::<ConversationId>(text);
    id::<HistoryId>(text);
    id::<LeadId>(text);
    id::<MessageId>(text);
    id::<ParkedId>(text);
    id::<TenantId>(text);
    id::<UserId>(text);
    word::<ConversationStatus>(text);
    word::<Role>(text);
    word::<Source>(text);
    word::<Stage>(text);
    word::<Status>(text);
    time(text);
    let length = usize::from(bytes.first().copied().unwrap_or_default());
    assert!(text.starts_with(Text::new(text).head(length)));
}

/// An id is what it was read from, but for small letters.
fn id<T: FromStr + Display + Debug + PartialEq + Serialize + DeserializeOwned>(text: &str) {
    if let Ok(id) = text.parse::<T>() {
        assert!(id.to_string().eq_ignore_ascii_case(text), "{text} was taken for {id}");
        comes_back(&id);
    }
}

/// A word is what it was read from, but for capitals.
fn word<T: FromStr + Display + Debug + PartialEq + Serialize + DeserializeOwned>(text: &str) {
    if let Ok(word) = text.parse::<T>() {
        assert!(word.to_string().eq_ignore_ascii_case(text), "{text} was taken for {word}");
        comes_back(&word);
    }
}

/// A time that was written somewhere is one that can be reckoned with and shown.
fn time(text: &str) {
    if let Ok(time) = serde_json::from_str::<Timestamp>(text) {
        assert_eq!(time, Timestamp::from_millis(time.millis()), "it is within the years that there are");
        assert_eq!(time.since(time), Timestamp::default().since(time));
        assert!(time.to_string().ends_with('Z'), "{time}");
        comes_back(&time);
    }
}

fn comes_back<T: Serialize + DeserializeOwned + Debug + PartialEq>(value: &T) {
    let json = serde_json::to_string(value).expect("it can be written");
    let back: T = serde_json::from_str(&json).expect("what was written can be read");
    assert_eq!(back, *value);
}
