//! The business number as a node of the graph.

use super::number_setup;
use crate::numbers::BusinessNumber;
use crate::simulator::Simulator;
use serde::Deserialize;
use serde_json::{Map, Value, json};

/// What the caller asks for.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Fields {
    fields: Option<String>,
}

impl Fields {
    /// These, separated by commas.
    pub(crate) const fn new(fields: Option<String>) -> Self {
        Self { fields }
    }
}

/// The number with the fields asked for, or the usual ones; `id` is always among them.
pub(crate) fn node(simulator: &Simulator, number: &BusinessNumber, asked: &Fields) -> Value {
    let is_registered = simulator.is_registered(number);
    let can_send = if is_registered { "AVAILABLE" } else { "BLOCKED" };
    let status = if is_registered { "CONNECTED" } else { number.status.as_str() };
    let onboarded = simulator.onboarded(number).unwrap_or_default();
    let all = json!({
        "id": number.phone_number_id,
        "verified_name": number.verified_name,
        "display_phone_number": written(&number.display_phone_number),
        "quality_rating": "GREEN",
        "code_verification_status": "VERIFIED",
        "platform_type": "CLOUD_API",
        "throughput": {"level": "STANDARD"},
        "status": status,
        "name_status": "APPROVED",
        "is_on_biz_app": onboarded.on_phone,
        "last_onboarded_time": onboarded.at.map(|at| at.to_string()),
        "is_official_business_account": false,
        "account_mode": "LIVE",
        "whatsapp_business_manager_messaging_limit": "TIER_2K",
        "webhook_configuration": webhooks(simulator, number),
        "conversational_automation": number_setup::starters_of(simulator, number),
        "health_status": {"can_send_message": can_send, "entities": []},
    });
    let usual = "verified_name,code_verification_status,display_phone_number,quality_rating,platform_type,throughput";
    let names = asked.fields.as_deref().unwrap_or(usual);
    let mut node = Map::new();
    for name in names.split(',').map(str::trim).chain(["id"]) {
        if let Some(value) = all.get(name) {
            node.insert(name.to_owned(), value.clone());
        }
    }
    Value::Object(node)
}

/// Where its webhooks are posted.
fn webhooks(simulator: &Simulator, number: &BusinessNumber) -> Value {
    let mut all = json!({"application": simulator.config().webhook_url});
    if let Some(own) = number_setup::callback_of(simulator, number) {
        all["phone_number"] = json!(own);
    }
    all
}

/// A number as people write it: `+1 555-000-1111`.
fn written(digits: &str) -> String {
    match (digits.len(), digits.split_at_checked(1)) {
        (11, Some(("1", rest))) => format!("+1 {}-{}-{}", &rest[..3], &rest[3..6], &rest[6..]),
        _ => format!("+{digits}"),
    }
}
