//! The business number as a node of the graph.

use crate::simulator::Simulator;
use serde::Deserialize;
use serde_json::{Map, Value, json};

/// What the caller asks for.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Fields {
    fields: Option<String>,
}

/// The number with the fields asked for, or the usual ones; `id` is always among them.
pub(crate) fn node(simulator: &Simulator, asked: &Fields) -> Value {
    let config = simulator.config();
    let all = json!({
        "id": config.phone_number_id,
        "verified_name": config.verified_name,
        "display_phone_number": written(&config.display_phone_number),
        "quality_rating": "GREEN",
        "code_verification_status": "VERIFIED",
        "platform_type": "CLOUD_API",
        "throughput": {"level": "STANDARD"},
        "status": "CONNECTED",
        "name_status": "APPROVED",
        "is_on_biz_app": false,
        "is_official_business_account": false,
        "account_mode": "LIVE",
        "whatsapp_business_manager_messaging_limit": "TIER_2K",
        "webhook_configuration": {"application": config.webhook_url},
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

/// A number as people write it: `+1 555-000-1111`.
fn written(digits: &str) -> String {
    match (digits.len(), digits.split_at_checked(1)) {
        (11, Some(("1", rest))) => format!("+1 {}-{}-{}", &rest[..3], &rest[3..6], &rest[6..]),
        _ => format!("+{digits}"),
    }
}
