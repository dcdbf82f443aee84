//! Segments: saved filters of leads. A filter is a tree of conditions. One condition that every lead of it must meet names
//! the list that is read; the others are checked on what is read.

use crate::actors::Actor;
use crate::crm::lead_details::Tag;
use crate::crm::lead_fields::{FieldDefinition, FieldKey, FieldType, FieldValue, LeadFields};
use crate::crm::leads::{Lead, Listing, Source};
use crate::ids::{SegmentId, UserId};
use crate::inbox::consents::{ConsentKind, Consents};
use crate::personal::Text;
use crate::stages::Stage;
use crate::time::Timestamp;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::borrow::Cow;
use std::time::Duration;

/// How deep a filter is nested at most.
pub const DEEPEST: usize = 5;

/// The most conditions and groups of a filter.
pub const MOST_CONDITIONS: usize = 50;

/// The most values of one condition.
pub const MOST_VALUES: usize = 50;

/// The most segments of one business.
pub const MOST_SEGMENTS: usize = 200;

/// The longest name of a segment, in characters.
pub const LONGEST_SEGMENT_NAME: usize = 80;

/// The longest period of a condition: ten years.
const MOST_DAYS: u32 = 3_660;

/// A saved filter.
#[derive(Clone, Debug, PartialEq)]
pub struct Segment {
    /// Its ID.
    pub id: SegmentId,
    /// What people call it.
    pub name: Text,
    /// Which leads are in it.
    pub filter: Filter,
    /// Whether all users of the business see it, or only who made it.
    pub shared: bool,
    /// Who made it.
    pub by: Actor,
    /// When it last changed.
    pub updated: Timestamp,
    /// Counts its changes.
    pub revision: u64,
}

/// Which leads are meant: one condition, or several.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "LeadFilter")]
pub enum Filter {
    /// All of these hold. An empty list holds for every lead.
    All(Vec<Self>),
    /// At least one of these holds.
    Any(Vec<Self>),
    /// This does not hold.
    Not(Box<Self>),
    /// The stage is one of these.
    Stage(Vec<Stage>),
    /// The owner is one of these: a user's ID, or `none`.
    Owner(Vec<OwnerIs>),
    /// The lead has one of these tags.
    Tag(Vec<Tag>),
    /// The source is one of these.
    Source(Vec<Source>),
    /// A custom field says this.
    Field(FieldTest),
    /// When the newest message was written.
    Activity(Span),
    /// When the lead was created.
    Created(Span),
    /// What the customer agreed to.
    Consent(ConsentTest),
}

/// An owner, or nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct OwnerIs(pub Option<UserId>);

impl TryFrom<String> for OwnerIs {
    type Error = crate::ids::InvalidId;

    fn try_from(text: String) -> Result<Self, crate::ids::InvalidId> {
        if text == "none" { Ok(Self(None)) } else { text.parse().map(|user| Self(Some(user))) }
    }
}

impl From<OwnerIs> for String {
    fn from(OwnerIs(owner): OwnerIs) -> Self {
        owner.map_or_else(|| "none".to_owned(), |user| user.to_string())
    }
}

impl JsonSchema for OwnerIs {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "OwnerIs".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let user = generator.subschema_for::<UserId>();
        json_schema!({ "anyOf": [{ "type": "string", "enum": ["none"] }, user] })
    }
}

/// A condition on a custom field. Exactly one of the comparisons is given.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct FieldTest {
    /// The key of the field.
    pub key: Option<FieldKey>,
    /// The value is this; of a multiple choice, it contains this choice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<FieldValue>")]
    pub is: Option<Value>,
    /// The text or URL contains this, in any case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contains: Option<Text>,
    /// The number or date is this or a later one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<FieldValue>")]
    pub at_least: Option<Value>,
    /// The number or date is this or an earlier one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<FieldValue>")]
    pub at_most: Option<Value>,
    /// Whether the field is empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_empty: Option<bool>,
}

/// A period that ends now. Exactly one of the two is given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Span {
    /// Within the last so many days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = MOST_DAYS))]
    pub within_days: Option<u32>,
    /// Longer ago than so many days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = MOST_DAYS))]
    pub before_days: Option<u32>,
}

/// A condition on the customer's consent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ConsentTest {
    /// To what.
    pub kind: ConsentKind,
    /// True: the customer agreed. False: the customer refused. Null: the customer said nothing about it.
    pub allowed: Option<bool>,
}

/// Why a filter is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidFilter {
    /// It is nested too deep.
    #[error("Nest groups at most {DEEPEST} deep.")]
    TooDeep,
    /// It has too many conditions.
    #[error("Use at most {MOST_CONDITIONS} conditions and groups.")]
    TooMany,
    /// A condition without values, or with too many.
    #[error("Each condition needs 1 to {MOST_VALUES} values.")]
    Values,
    /// A period that is none.
    #[error("A period needs either withinDays or beforeDays, from 1 to {MOST_DAYS}.")]
    Span,
    /// A field that does not exist.
    #[error("There is no custom field {0}. Create it, or use another one.")]
    NoField(String),
    /// A comparison that the field's type does not have.
    #[error("The field {0} needs exactly one comparison, and one that suits its type {1}.")]
    Comparison(FieldKey, FieldType),
    /// A value of another type.
    #[error("The value for the field {0} is wrong: {1}")]
    Value(FieldKey, String),
}

/// A lead, and what a filter asks beside it.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'a> {
    /// The lead.
    pub lead: &'a Lead,
    /// When its newest message was written, or it was created.
    pub active: Timestamp,
    /// What the customer agreed to, if [`Filter::asks_consent`].
    pub consents: Option<&'a Consents>,
}

/// The list that holds every lead of a filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Leading {
    /// The list of an owner, a tag or a source.
    Listing(Listing),
    /// The lists of these stages.
    Stages(Vec<Stage>),
}

impl Filter {
    /// Refuses a filter that is too deep or too large, or does not suit the fields of the business.
    ///
    /// # Errors
    /// [`InvalidFilter`] if it must not be.
    pub fn check(&self, fields: &LeadFields) -> Result<(), InvalidFilter> {
        if self.depth() > DEEPEST {
            return Err(InvalidFilter::TooDeep);
        }
        if self.size() > MOST_CONDITIONS {
            return Err(InvalidFilter::TooMany);
        }
        self.check_conditions(fields)
    }

    fn depth(&self) -> usize {
        match self {
            Self::All(inner) | Self::Any(inner) => 1 + inner.iter().map(Self::depth).max().unwrap_or_default(),
            Self::Not(inner) => 1 + inner.depth(),
            Self::Stage(_)
            | Self::Owner(_)
            | Self::Tag(_)
            | Self::Source(_)
            | Self::Field(_)
            | Self::Activity(_)
            | Self::Created(_)
            | Self::Consent(_) => 0,
        }
    }

    fn size(&self) -> usize {
        match self {
            Self::All(inner) | Self::Any(inner) => 1 + inner.iter().map(Self::size).sum::<usize>(),
            Self::Not(inner) => 1 + inner.size(),
            Self::Stage(_)
            | Self::Owner(_)
            | Self::Tag(_)
            | Self::Source(_)
            | Self::Field(_)
            | Self::Activity(_)
            | Self::Created(_)
            | Self::Consent(_) => 1,
        }
    }

    fn check_conditions(&self, fields: &LeadFields) -> Result<(), InvalidFilter> {
        let values = |count: usize| {
            let fits = (1..=MOST_VALUES).contains(&count);
            if fits { Ok(()) } else { Err(InvalidFilter::Values) }
        };
        match self {
            Self::All(inner) => inner.iter().try_for_each(|filter| filter.check_conditions(fields)),
            Self::Any(inner) => {
                values(inner.len())?;
                inner.iter().try_for_each(|filter| filter.check_conditions(fields))
            }
            Self::Not(inner) => inner.check_conditions(fields),
            Self::Stage(stages) => values(stages.len()),
            Self::Owner(owners) => values(owners.len()),
            Self::Tag(tags) => values(tags.len()),
            Self::Source(sources) => values(sources.len()),
            Self::Field(test) => test.check(fields),
            Self::Activity(span) | Self::Created(span) => span.check(),
            Self::Consent(_) => Ok(()),
        }
    }

    /// Whether it asks what customers agreed to.
    #[must_use]
    pub fn asks_consent(&self) -> bool {
        match self {
            Self::All(inner) | Self::Any(inner) => inner.iter().any(Self::asks_consent),
            Self::Not(inner) => inner.asks_consent(),
            Self::Consent(_) => true,
            Self::Stage(_)
            | Self::Owner(_)
            | Self::Tag(_)
            | Self::Source(_)
            | Self::Field(_)
            | Self::Activity(_)
            | Self::Created(_) => false,
        }
    }

    /// Whether it holds for a lead at `now`. A lead that was deleted is in no segment.
    #[must_use]
    pub fn matches(&self, candidate: Candidate<'_>, now: Timestamp) -> bool {
        candidate.lead.deleted.is_none() && self.holds(candidate, now)
    }

    fn holds(&self, candidate: Candidate<'_>, now: Timestamp) -> bool {
        let Candidate { lead, active, consents } = candidate;
        match self {
            Self::All(inner) => inner.iter().all(|filter| filter.holds(candidate, now)),
            Self::Any(inner) => inner.iter().any(|filter| filter.holds(candidate, now)),
            Self::Not(inner) => !inner.holds(candidate, now),
            Self::Stage(stages) => stages.contains(&lead.stage),
            Self::Owner(owners) => owners.contains(&OwnerIs(lead.details.owner)),
            Self::Tag(tags) => tags.iter().any(|tag| lead.details.tags.contains(tag)),
            Self::Source(sources) => sources.contains(&lead.source),
            Self::Field(test) => test.holds(lead),
            Self::Activity(span) => span.contains(active, now),
            Self::Created(span) => span.contains(lead.created, now),
            Self::Consent(test) => {
                let holds = consents.and_then(|consents| consents.holds(test.kind)).map(|change| change.allowed);
                holds == test.allowed
            }
        }
    }

    /// The list that holds every lead of this filter, likely the smallest: that of a tag, an owner, a source, or stages.
    #[must_use]
    pub fn leading(&self) -> Leading {
        let mut needed = Vec::new();
        self.needed(&mut needed);
        let tag = needed.iter().find_map(|filter| match filter {
            Self::Tag(tags) if tags.len() == 1 => tags.first().cloned().map(Listing::Tag),
            _ => None,
        });
        let owner = needed.iter().find_map(|filter| match filter {
            Self::Owner(owners) if owners.len() == 1 => owners.first().and_then(|owner| owner.0).map(Listing::Owner),
            _ => None,
        });
        let source = needed.iter().find_map(|filter| match filter {
            Self::Source(sources) if sources.len() == 1 => {
                sources.first().copied().filter(|source| *source != Source::WhatsApp).map(Listing::Source)
            }
            _ => None,
        });
        let stages = needed.iter().find_map(|filter| match filter {
            Self::Stage(stages) => Some(Stage::ALL.iter().copied().filter(|stage| stages.contains(stage)).collect()),
            _ => None,
        });
        match tag.or(owner).or(source) {
            Some(listing) => Leading::Listing(listing),
            None => Leading::Stages(stages.unwrap_or_else(|| Stage::ALL.to_vec())),
        }
    }

    /// Collects the conditions that every lead of this filter meets.
    fn needed<'a>(&'a self, into: &mut Vec<&'a Self>) {
        match self {
            Self::All(inner) => inner.iter().for_each(|filter| filter.needed(into)),
            Self::Any(_)
            | Self::Not(_)
            | Self::Stage(_)
            | Self::Owner(_)
            | Self::Tag(_)
            | Self::Source(_)
            | Self::Field(_)
            | Self::Activity(_)
            | Self::Created(_)
            | Self::Consent(_) => into.push(self),
        }
    }
}

impl Span {
    fn check(self) -> Result<(), InvalidFilter> {
        let fits = |days: u32| (1..=MOST_DAYS).contains(&days);
        match (self.within_days, self.before_days) {
            (Some(days), None) | (None, Some(days)) if fits(days) => Ok(()),
            _ => Err(InvalidFilter::Span),
        }
    }

    fn contains(self, at: Timestamp, now: Timestamp) -> bool {
        let since = |days: u32| now.minus(Duration::from_secs(u64::from(days) * 86_400));
        self.within_days.is_none_or(|days| at >= since(days)) && self.before_days.is_none_or(|days| at < since(days))
    }
}

impl FieldTest {
    fn check(&self, fields: &LeadFields) -> Result<(), InvalidFilter> {
        let key = self.key.clone().ok_or_else(|| InvalidFilter::NoField("without a key".to_owned()))?;
        let field = fields.get(&key).ok_or_else(|| InvalidFilter::NoField(key.to_string()))?;
        let given = [
            self.is.is_some(),
            self.contains.is_some(),
            self.at_least.is_some(),
            self.at_most.is_some(),
            self.is_empty.is_some(),
        ];
        let is_ordered = matches!(field.kind, FieldType::Number | FieldType::Date);
        let is_written = matches!(field.kind, FieldType::Text | FieldType::Url);
        let suits = (self.contains.is_none() || is_written)
            && (self.at_least.is_none() && self.at_most.is_none() || is_ordered)
            && self.contains.as_ref().is_none_or(|text| !text.is_blank());
        if given.iter().filter(|given| **given).count() != 1 || !suits {
            return Err(InvalidFilter::Comparison(key, field.kind));
        }
        let values = [&self.is, &self.at_least, &self.at_most];
        values.into_iter().flatten().try_for_each(|value| read_operand(field, value).map(|_| ()))
    }

    fn holds(&self, lead: &Lead) -> bool {
        let value = self.key.as_ref().and_then(|key| lead.details.fields.get(key));
        if let Some(is_empty) = self.is_empty {
            return value.is_none() == is_empty;
        }
        let Some(value) = value else { return false };
        if let Some(text) = &self.contains {
            let FieldValue::Text(written) = value else { return false };
            return written.as_str().to_lowercase().contains(&text.as_str().to_lowercase());
        }
        if let Some(is) = &self.is {
            return is_same(value, is);
        }
        let at_least =
            self.at_least.as_ref().is_none_or(|low| compare(value, low).is_some_and(std::cmp::Ordering::is_ge));
        let at_most =
            self.at_most.as_ref().is_none_or(|high| compare(value, high).is_some_and(std::cmp::Ordering::is_le));
        at_least && at_most
    }
}

/// A value to compare with: of a multiple choice, one choice.
fn read_operand(field: &FieldDefinition, value: &Value) -> Result<FieldValue, InvalidFilter> {
    let single = FieldDefinition { kind: FieldType::Choice, ..field.clone() };
    let field = if field.kind == FieldType::MultipleChoice { &single } else { field };
    field.read(value).map_err(|error| InvalidFilter::Value(field.key.clone(), error.to_string()))
}

fn is_same(value: &FieldValue, wanted: &Value) -> bool {
    let same = |text: &Text, wanted: &str| text.as_str().to_lowercase() == wanted.trim().to_lowercase();
    match (value, wanted) {
        (FieldValue::Boolean(value), Value::Bool(wanted)) => value == wanted,
        (FieldValue::Choices(choices), Value::String(wanted)) => choices.iter().any(|choice| same(choice, wanted)),
        (FieldValue::Text(text), Value::String(wanted)) => same(text, wanted),
        (FieldValue::Number(_), Value::Number(_)) => compare(value, wanted).is_some_and(std::cmp::Ordering::is_eq),
        _ => false,
    }
}

fn compare(value: &FieldValue, with: &Value) -> Option<std::cmp::Ordering> {
    match (value, with) {
        (FieldValue::Number(number), Value::Number(with)) => number.partial_cmp(&with.as_f64()?),
        // Dates are written year first, so that their texts sort by time.
        (FieldValue::Text(text), Value::String(with)) => Some(text.as_str().cmp(with.trim())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::LeadId;
    use serde_json::json;
    use std::collections::BTreeSet;

    const NOW: Timestamp = Timestamp::from_seconds(1_790_000_000);

    fn filter(json: Value) -> Filter {
        serde_json::from_value(json).unwrap()
    }

    fn fields() -> LeadFields {
        let budget = FieldDefinition {
            key: FieldKey::parse("budget").unwrap(),
            name: "Budget".to_owned(),
            kind: FieldType::Number,
            choices: Vec::new(),
            required_at: BTreeSet::new(),
        };
        LeadFields { fields: vec![budget], revision: 1 }
    }

    fn lead() -> Lead {
        let mut lead = Lead::new(LeadId::from_parts(NOW, 1), Stage::Qualified, Source::Website, NOW);
        lead.details.tags.insert(Tag::parse("VIP").unwrap());
        lead.details.fields.insert(FieldKey::parse("budget").unwrap(), FieldValue::Number(500.0));
        lead
    }

    fn holds(json: Value) -> bool {
        let active = NOW.minus(Duration::from_secs(3 * 86_400));
        let filter = filter(json);
        filter.check(&fields()).unwrap();
        filter.matches(Candidate { lead: &lead(), active, consents: None }, NOW)
    }

    #[test]
    fn conditions_combine() {
        for yes in [
            json!({ "all": [] }),
            json!({ "stage": ["Qualified", "Won"] }),
            json!({ "tag": ["vip"] }),
            json!({ "owner": ["none"] }),
            json!({ "all": [{ "source": ["Website"] }, { "not": { "stage": ["Won"] } }] }),
            json!({ "any": [{ "stage": ["Won"] }, { "field": { "key": "budget", "atLeast": 500 } }] }),
            json!({ "field": { "key": "budget", "is": 500.0 } }),
            json!({ "activity": { "withinDays": 4 } }),
            json!({ "activity": { "beforeDays": 2 } }),
            json!({ "consent": { "kind": "marketing", "allowed": null } }),
        ] {
            assert!(holds(yes.clone()), "{yes}");
        }
        for no in [
            json!({ "tag": ["other"] }),
            json!({ "field": { "key": "budget", "atMost": 499 } }),
            json!({ "field": { "key": "budget", "isEmpty": true } }),
            json!({ "activity": { "withinDays": 2 } }),
            json!({ "consent": { "kind": "marketing", "allowed": true } }),
        ] {
            assert!(!holds(no.clone()), "{no}");
        }
    }

    #[test]
    fn a_filter_has_limits() {
        let mut deep = json!({ "stage": ["Won"] });
        for _ in 0..DEEPEST {
            deep = json!({ "not": deep });
        }
        assert_eq!(filter(deep.clone()).check(&fields()), Ok(()));
        let deep = json!({ "not": deep });
        assert_eq!(filter(deep).check(&fields()), Err(InvalidFilter::TooDeep));
        let many = json!({ "any": vec![json!({ "stage": ["Won"] }); 50] });
        assert_eq!(filter(many).check(&fields()), Err(InvalidFilter::TooMany));
        let none = filter(json!({ "stage": [] })).check(&fields());
        assert_eq!(none, Err(InvalidFilter::Values));
        for wrong in [
            json!({ "field": { "key": "other", "isEmpty": true } }),
            json!({ "field": { "key": "budget", "contains": "5" } }),
            json!({ "field": { "key": "budget", "is": "5" } }),
            json!({ "field": { "key": "budget" } }),
            json!({ "created": { "withinDays": 1, "beforeDays": 2 } }),
        ] {
            assert!(filter(wrong.clone()).check(&fields()).is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_list_that_is_read_holds_every_lead_of_the_filter() {
        let leading = |json| filter(json).leading();
        let tag = Leading::Listing(Listing::Tag(Tag::parse("vip").unwrap()));
        assert_eq!(leading(json!({ "all": [{ "stage": ["Won"] }, { "tag": ["vip"] }] })), tag);
        assert_eq!(leading(json!({ "all": [{ "all": [{ "tag": ["vip"] }] }] })), tag);
        assert_eq!(
            leading(json!({ "any": [{ "tag": ["vip"] }, { "stage": ["Won"] }] })),
            Leading::Stages(Stage::ALL.to_vec())
        );
        assert_eq!(leading(json!({ "not": { "tag": ["vip"] } })), Leading::Stages(Stage::ALL.to_vec()));
        assert_eq!(leading(json!({ "stage": ["Lost", "Won"] })), Leading::Stages(vec![Stage::Won, Stage::Lost]));
        assert_eq!(leading(json!({ "source": ["WhatsApp"] })), Leading::Stages(Stage::ALL.to_vec()));
    }
}
