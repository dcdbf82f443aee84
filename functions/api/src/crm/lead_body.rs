//! What people send of a lead, read into a change.

use crate::views::At;
use crate::views::leads::LeadView;
use crate::web::body::given;
use crate::web::names::{LONGEST_NAME, name_of};
use crate::web::problem::{FieldError, Problem};
use domain::access::users::EmailAddress;
use domain::crm::lead_changes::LeadChange;
use domain::crm::lead_details::{MOST_TAGS, Tag, currency};
use domain::crm::lead_fields::{FieldKey, FieldValue, LeadFields};
use domain::crm::leads::Source;
use domain::phone::{InvalidPhone, TypedPhone};
use domain::stages::Stage;
use domain::{Bsuid, ConversationId, LeadId, Phone, Text, UserId};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Deserialize;
use serde_json::{Map, Number, Value};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// The longest reason for a lost sale, in characters.
const LONGEST_REASON: usize = 500;

/// The details of a lead. Omitted fields stay as they are; null removes a value.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "camelCase")]
pub(crate) struct LeadBody {
    /// The name.
    #[serde(deserialize_with = "given")]
    #[schemars(with = "Option<Text>", length(min = 1, max = LONGEST_NAME))]
    name: Option<Option<Text>>,
    /// The phone number, with country code. WhatsApp decides that of a lead who has a conversation.
    #[serde(deserialize_with = "given")]
    #[schemars(with = "Option<Phone>")]
    phone: Option<Option<String>>,
    /// The email address.
    #[serde(deserialize_with = "given")]
    #[schemars(with = "Option<EmailAddress>")]
    email: Option<Option<String>>,
    /// The stage.
    #[schemars(with = "Option<Stage>")]
    stage: Option<String>,
    /// The source.
    #[schemars(with = "Option<Source>")]
    source: Option<String>,
    /// All tags of the lead.
    #[schemars(with = "Option<Vec<Tag>>", length(max = MOST_TAGS))]
    tags: Option<Vec<String>>,
    /// The ID of the user who looks after the lead.
    #[serde(deserialize_with = "given")]
    #[schemars(with = "Option<UserId>")]
    owner_id: Option<Option<String>>,
    /// The value of the sale, with at most the decimals of its currency.
    #[serde(deserialize_with = "given")]
    #[schemars(with = "Option<f64>", range(min = 0))]
    value: Option<Option<Number>>,
    /// The currency of the value, as ISO 4217 writes it.
    #[serde(deserialize_with = "given")]
    #[schemars(with = "Option<String>")]
    currency: Option<Option<String>>,
    /// Why the sale was lost. Only in the stage `Lost`.
    #[serde(deserialize_with = "given")]
    #[schemars(with = "Option<Text>", length(min = 1, max = LONGEST_REASON))]
    lost_reason: Option<Option<Text>>,
    /// Values of custom fields, by the field's key; null removes a value. Fields that are left out stay as they are.
    #[schemars(with = "Option<BTreeMap<FieldKey, Option<FieldValue>>>")]
    fields: Option<BTreeMap<String, Value>>,
}

impl LeadBody {
    /// Whether it gives values to custom fields.
    pub(super) fn has_fields(&self) -> bool {
        self.fields.as_ref().is_some_and(|fields| !fields.is_empty())
    }

    /// The change that is asked for, by the custom fields of the business.
    pub(super) fn change(&self, fields: &LeadFields) -> Result<LeadChange, Problem> {
        let mut errors = Vec::new();
        let phone = match self.phone.as_ref().map(|phone| phone.as_deref().map(phone_of)) {
            Some(Some(Ok(phone))) => Some(Some(phone)),
            Some(Some(Err(InvalidPhone::NoCountryCode))) => return Err(Problem::no_country_code("phone")),
            Some(Some(Err(error @ InvalidPhone::NotANumber))) => {
                errors.push(FieldError::new("phone", error.to_string()));
                None
            }
            Some(None) => Some(None),
            None => None,
        };
        let mut note = |error: FieldError| errors.push(error);
        let change = LeadChange {
            name: each(self.name.as_ref(), |name| name_of("name", name), &mut note),
            phone,
            email: each(
                self.email.as_ref(),
                |text| EmailAddress::parse(text).map_err(|error| FieldError::new("email", error.to_string())),
                &mut note,
            ),
            stage: self.stage.as_ref().and_then(|text| parsed("stage", text, &mut note)),
            source: self.source.as_ref().and_then(|text| parsed("source", text, &mut note)),
            tags: self.tags.as_ref().and_then(|tags| tags_of(tags).map_err(&mut note).ok()),
            owner: each(self.owner_id.as_ref(), |text| field("ownerId", text), &mut note),
            amount: self.value.as_ref().map(|value| value.as_ref().map(Number::to_string)),
            currency: each(
                self.currency.as_ref(),
                |code| currency(code).map_err(|error| FieldError::new("currency", error.to_string())),
                &mut note,
            ),
            lost_reason: each(self.lost_reason.as_ref(), reason_of, &mut note),
            fields: values_of(self.fields.as_ref(), fields, &mut note),
        };
        if errors.is_empty() { Ok(change) } else { Err(Problem::invalid(errors)) }
    }
}

/// What is read of a field that may be null; none, and the error noted, if it is wrong.
fn each<T, U>(
    given: Option<&Option<T>>,
    read: impl Fn(&T) -> Result<U, FieldError>,
    note: &mut impl FnMut(FieldError),
) -> Option<Option<U>> {
    match given?.as_ref().map(read) {
        None => Some(None),
        Some(Ok(value)) => Some(Some(value)),
        Some(Err(error)) => {
            note(error);
            None
        }
    }
}

fn values_of(
    given: Option<&BTreeMap<String, Value>>,
    fields: &LeadFields,
    note: &mut impl FnMut(FieldError),
) -> BTreeMap<FieldKey, Option<FieldValue>> {
    let mut values = BTreeMap::new();
    for (key, value) in given.into_iter().flatten() {
        let name = format!("fields.{key}");
        let field = FieldKey::parse(key).ok().and_then(|key| fields.get(&key));
        match (field, value) {
            (None, _) => note(FieldError::new(name, "There is no custom field with this key.")),
            (Some(field), Value::Null) => {
                values.insert(field.key.clone(), None);
            }
            (Some(field), value) => match field.read(value) {
                Ok(value) => {
                    values.insert(field.key.clone(), Some(value));
                }
                Err(error) => note(FieldError::new(name, error.to_string())),
            },
        }
    }
    values
}

fn parsed<T: std::str::FromStr<Err: ToString>>(name: &str, text: &str, note: &mut impl FnMut(FieldError)) -> Option<T> {
    field(name, text).map_err(note).ok()
}

fn field<T: std::str::FromStr<Err: ToString>>(name: &str, text: &str) -> Result<T, FieldError> {
    text.parse().map_err(|error: T::Err| FieldError::new(name, error.to_string()))
}

fn phone_of(text: &str) -> Result<Phone, InvalidPhone> {
    let typed = TypedPhone::parse(text)?;
    if typed.may_lack_country_code() { Err(InvalidPhone::NoCountryCode) } else { Ok(typed.phone().clone()) }
}

fn tags_of(tags: &[String]) -> Result<BTreeSet<Tag>, FieldError> {
    let read = tags.iter().enumerate().map(|(place, text)| {
        Tag::parse(text).map_err(|error| FieldError::new(format!("tags[{place}]"), error.to_string()))
    });
    let mut tags = BTreeSet::new();
    for tag in read {
        // Of two that differ only in case, the first is kept.
        tags.insert(tag?);
    }
    if tags.len() > MOST_TAGS {
        return Err(FieldError::new("tags", format!("Use at most {MOST_TAGS} tags.")));
    }
    Ok(tags)
}

fn reason_of(reason: &Text) -> Result<Text, FieldError> {
    let reason = reason.as_str().trim();
    let length = reason.chars().count();
    if (1..=LONGEST_REASON).contains(&length) {
        Ok(Text::new(reason))
    } else {
        Err(FieldError::new("lostReason", format!("Use 1 to {LONGEST_REASON} characters.")))
    }
}

/// A lead as returned by `GET`, changed.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub(crate) struct WholeBody(pub(super) Map<String, Value>);

impl JsonSchema for WholeBody {
    fn schema_name() -> Cow<'static, str> {
        Whole::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Whole::json_schema(generator)
    }
}

/// A lead as returned by `GET`, changed. Read-only fields may be left out; if present, they must be unchanged.
#[derive(JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schemars(rename = "WholeLeadBody")]
#[expect(dead_code, reason = "it describes the body, which is compared field by field with what stands")]
struct Whole {
    /// The name.
    #[schemars(length(min = 1, max = LONGEST_NAME))]
    name: Option<Text>,
    /// The phone number, with country code. WhatsApp decides that of a lead who has a conversation.
    phone: Option<Phone>,
    /// The email address.
    email: Option<EmailAddress>,
    /// The stage.
    stage: Option<Stage>,
    /// The source.
    source: Option<Source>,
    /// All tags of the lead.
    #[schemars(length(max = MOST_TAGS))]
    tags: Option<Vec<Tag>>,
    /// The ID of the user who looks after the lead.
    owner_id: Option<UserId>,
    /// The value of the sale, with at most the decimals of its currency.
    #[schemars(range(min = 0))]
    value: Option<f64>,
    /// The currency of the value, as ISO 4217 writes it.
    currency: Option<String>,
    /// Why the sale was lost. Only in the stage `Lost`.
    #[schemars(length(min = 1, max = LONGEST_REASON))]
    lost_reason: Option<Text>,
    /// The values of custom fields, by the field's key; null removes a value. Fields that are left out stay as they are.
    fields: Option<BTreeMap<FieldKey, Option<FieldValue>>>,
    /// Read-only: the lead's ID.
    id: Option<LeadId>,
    /// Read-only: the last digits of the phone number.
    phone_masked: Option<String>,
    /// Read-only: the lead's WhatsApp username.
    username: Option<Text>,
    /// Read-only: WhatsApp's ID of the customer.
    bsuid: Option<Bsuid>,
    /// Read-only: when the lead was created.
    created_at: Option<At>,
    /// If present, the change is refused with 412 unless it is the lead's current revision.
    revision: Option<u64>,
    /// Ignored, because it follows from the stage.
    stage_since: Option<At>,
    /// Ignored, because messages change it.
    unread: Option<usize>,
    /// Ignored, because messages change it.
    last_message: Option<Map<String, Value>>,
    /// Ignored, because messages change it.
    last_message_at: Option<At>,
    /// Ignored, because messages change it.
    conversations: Option<Vec<ConversationId>>,
    /// Ignored, because messages change it.
    updated_at: Option<At>,
    /// Ignored, because messages change it.
    possible_duplicates: Option<Vec<LeadId>>,
    /// Ignored, because messages change it.
    messages: Option<Vec<Map<String, Value>>>,
    /// Ignored, because messages change it.
    timeline: Option<Vec<Map<String, Value>>>,
    /// Ignored, because messages change it.
    messages_cursor: Option<String>,
}

/// The fields of a lead that people change.
const CHANGED_BY_PEOPLE: [&str; 11] =
    ["name", "phone", "email", "stage", "source", "tags", "ownerId", "value", "currency", "lostReason", "fields"];

/// The fields of a lead that change while somebody has it open.
const CHANGE_BY_THEMSELVES: [&str; 11] = [
    "stageSince",
    "revision",
    "unread",
    "lastMessage",
    "lastMessageAt",
    "conversations",
    "updatedAt",
    "possibleDuplicates",
    "messages",
    "timeline",
    "messagesCursor",
];

impl WholeBody {
    /// The revision from which it was changed.
    pub(super) fn revision(&self) -> Option<u64> {
        self.0.get("revision").and_then(Value::as_u64)
    }

    /// What is asked to be changed of the lead that is shown as `current`. What is as it was is left out, so that a name
    /// that WhatsApp gave does not become one that the team gave.
    pub(super) fn changes(&self, current: &LeadView) -> Result<LeadBody, Problem> {
        let current = serde_json::to_value(current).map_err(|error| Problem::internal(error.to_string()))?;
        let mut changed = Map::new();
        let mut errors = Vec::new();
        for (name, value) in &self.0 {
            let there = current.get(name);
            if CHANGE_BY_THEMSELVES.contains(&name.as_str()) || there == Some(value) {
                continue;
            }
            if CHANGED_BY_PEOPLE.contains(&name.as_str()) {
                changed.insert(name.clone(), value.clone());
            } else if there.is_some() {
                let detail = "This field cannot be changed. Send it unchanged, or leave it out.";
                errors.push(FieldError::new(name, detail));
            } else {
                errors.push(FieldError::new(name, "Unknown field. Leave it out."));
            }
        }
        if let (Some(Value::Object(given)), Some(Value::Object(there))) =
            (changed.get_mut("fields"), current.get("fields"))
        {
            given.retain(|key, value| there.get(key) != Some(value));
        }
        if changed.contains_key("value") || changed.contains_key("currency") {
            for name in ["value", "currency"] {
                changed.extend(self.0.get(name).map(|value| (name.to_owned(), value.clone())));
            }
        }
        if !errors.is_empty() {
            return Err(Problem::invalid(errors));
        }
        serde_path_to_error::deserialize(Value::Object(changed)).map_err(|error| {
            let detail = domain::personal::without_found(&error.inner().to_string());
            Problem::invalid(vec![FieldError::new(error.path().to_string(), detail)])
        })
    }
}
