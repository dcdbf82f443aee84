//! Reads what customers choose in WhatsApp's own settings: whether the business may send them marketing messages.

use crate::json::Object;
use crate::webhook::Event;
use domain::{Customer, Timestamp};

/// The field whose changes these are.
const FIELD: &str = "user_preferences";

/// The only category that there is.
const MARKETING: &str = "marketing_messages";

/// What one customer chose.
#[derive(Clone, Debug, PartialEq)]
pub struct MarketingPreference {
    /// Who.
    pub customer: Customer,
    /// Whether they receive marketing messages.
    pub allowed: bool,
    /// When they chose it.
    pub at: Timestamp,
}

/// The choices in a notice, of those that can be read; none in a notice about something else.
#[must_use]
pub fn marketing_preferences(event: &Event) -> Vec<MarketingPreference> {
    let Some(value) = event.object().filter(|_| event.field == FIELD) else { return Vec::new() };
    value.objects(FIELD).iter().filter_map(|choice| preference(event, choice)).collect()
}

fn preference(event: &Event, choice: &Object<'_>) -> Option<MarketingPreference> {
    let allowed = match choice.text("value")?.as_str() {
        "stop" => false,
        "resume" => true,
        _ => return None,
    };
    let at = Timestamp::from_seconds(choice.integer("timestamp")?);
    let customer = Customer {
        phone: choice.text("wa_id").and_then(|phone| domain::Phone::parse(&phone).ok()),
        bsuid: choice.text("user_id").and_then(|id| domain::Bsuid::parse(&id).ok()),
        portfolio: event.portfolio(),
        ..Customer::default()
    };
    (choice.text("category")? == MARKETING).then_some(MarketingPreference { customer, allowed, at })
}
