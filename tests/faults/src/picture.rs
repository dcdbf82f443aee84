//! What the API shows of everything that customers did, without what depends on the delivery: ids, times of arrival, our
//! own sends.

use crate::items::{Items, text};
use crate::template::other_tenant;
use crate::world::World;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// What the API shows.
#[derive(Clone, Debug, Default)]
pub(crate) struct Picture {
    /// Each lead's page.
    pub(crate) leads: Vec<Value>,
}

impl Picture {
    pub(crate) fn new(world: &World) -> Self {
        let list = world.get("/api/leads?limit=100");
        let ids = list["items"].as_array().into_iter().flatten().map(|lead| text(lead, "id"));
        Self { leads: ids.map(|id| world.get(&format!("/api/leads/{id}?limit=100"))).collect() }
    }

    /// Every message of the direction `way`.
    pub(crate) fn messages<'a>(&'a self, way: &'a str) -> impl Iterator<Item = &'a Value> {
        let all = self.leads.iter().filter_map(|lead| lead["messages"].as_array()).flatten();
        all.filter(move |message| message["direction"] == way)
    }

    /// What has to be the same with every schedule of faults.
    pub(crate) fn of_customers(&self, items: &Items) -> Value {
        let mut leads: Vec<Value> = self.leads.iter().map(customer).collect();
        // What is written by hand or imported has no BSUID.
        leads.sort_by_key(|lead| ["bsuid", "phone", "name"].map(|field| lead[field].to_string()));
        let parked: BTreeSet<String> = items.typed("parked").map(|item| text(item, "re")).collect();
        let notices = items.typed("notice").count();
        json!({"leads": leads, "parked": parked, "notices": notices, "otherBusiness": other_business(items)})
    }
}

/// What customers did at the other business, from the table: its leads and their messages.
fn other_business(items: &Items) -> Value {
    let theirs = items.of_tenant(&other_tenant().ulid_str());
    let values = |ty: &str, names: &[&str]| -> BTreeSet<String> {
        let typed = theirs.iter().filter(|item| item["ty"] == ty);
        typed.map(|item| names.iter().map(|name| item[*name].to_string()).collect()).collect()
    };
    json!({"leads": values("lead", &["ph", "un", "nm", "st"]), "messages": values("in", &["w", "ct"])})
}

fn customer(lead: &Value) -> Value {
    let all = lead["messages"].as_array().into_iter().flatten();
    let mut messages: Vec<Value> = all.filter(|message| message["direction"] == "inbound").map(message).collect();
    messages.sort_by_key(|message| message["wamid"].to_string());
    let timeline = lead["timeline"].as_array().into_iter().flatten();
    let moves = ["stage_changed", "reengaged"];
    let mut moved: Vec<&Value> = timeline
        .filter(|entry| moves.iter().any(|name| entry["type"] == *name))
        .map(|entry| &entry["metadata"])
        .collect();
    // An agent's move is placed by when it was made, a customer's by when WhatsApp says it was.
    moved.sort_by_key(ToString::to_string);
    json!({
        "phone": lead["phone"], "bsuid": lead["bsuid"], "name": lead["name"], "username": lead["username"],
        "stage": lead["stage"], "source": lead["source"], "unread": lead["unread"],
        "conversations": lead["conversations"].as_array().map(Vec::len), "moved": moved, "messages": messages,
    })
}

fn message(message: &Value) -> Value {
    let mut message = message.clone();
    for field in ["id", "conversationId", "arrivedAt"] {
        if let Some(fields) = message.as_object_mut() {
            fields.remove(field);
        }
    }
    // Named after the lead, whose id is random.
    if let Some(media) = message["media"].as_object_mut() {
        media.retain(|field, _| !["id", "url"].contains(&field.as_str()));
    }
    message
}
