//! The table's items, read without the store's code: a recount with the code that it checks would prove little. This is
//! the one file here that knows how items and keys are written.

use emulator::Emulator;
use serde_json::Value;

/// The attributes in which a message keeps its statuses.
pub(crate) const STATUSES: [&str; 5] = ["s1", "s2", "s3", "s4", "s5"];

/// The part of an update's expression that only a claim has.
const CLAIM: &str = "#cu = ";

/// Items, each with its attributes by name.
#[derive(Clone, Debug, Default)]
pub(crate) struct Items(Vec<Value>);

impl Items {
    /// All items of the table.
    pub(crate) fn all(emulator: &Emulator) -> Self {
        Self(testkit::scan(emulator, None))
    }

    /// All items of an index.
    pub(crate) fn of_index(emulator: &Emulator, index: &str) -> Self {
        Self(testkit::scan(emulator, Some(index)))
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Value> {
        self.0.iter()
    }

    /// Those of the type `ty`.
    pub(crate) fn typed<'a>(&'a self, ty: &'a str) -> impl Iterator<Item = &'a Value> {
        self.iter().filter(move |item| item["ty"] == ty)
    }

    /// Those of the type `ty` that do not belong to a tenant.
    pub(crate) fn typed_without(&self, ty: &str, tenant: &str) -> Vec<Value> {
        let theirs = format!("T#{tenant}#");
        self.typed(ty).filter(|item| !text(item, "PK").starts_with(&theirs)).cloned().collect()
    }

    /// Everything that belongs to a tenant.
    pub(crate) fn of_tenant(&self, tenant: &str) -> Vec<Value> {
        let theirs = format!("T#{tenant}#");
        self.iter().filter(|item| text(item, "PK").starts_with(&theirs)).cloned().collect()
    }
}

/// The id of a line of the history, from its key; empty for any other item.
pub(crate) fn line(item: &Value) -> String {
    text(item, "SK").strip_prefix("H#").filter(|id| !id.contains('#')).unwrap_or_default().to_owned()
}

/// The channel of a conversation, from its key.
pub(crate) fn channel_of_conversation(conversation: &Value) -> String {
    text(conversation, "SK").replace("LEAD#CONV#", "")
}

/// The lists in which a conversation belongs, by its status and by whose it is: of all, and of those that wait.
pub(crate) fn lists_of_conversation(conversation: &Value, owner: &str) -> (String, String) {
    let history = text(conversation, "PK");
    let status = text(conversation, "st");
    let tenant = history.split("#L#").next().unwrap_or_default();
    let waiting = if status == "open" { format!("{tenant}#WAITING#{owner}") } else { String::new() };
    (format!("{tenant}#INBOX#{status}#{owner}"), waiting)
}

/// The partition of a conversation's history, from the conversation's id.
pub(crate) fn partition(tenant: &str, conversation: &str) -> Option<String> {
    Some(format!("T#{tenant}#L#{}", conversation.strip_prefix("cnv_")?.get(..26)?))
}

/// When an item of an index is due, in milliseconds; none if it is in another list.
pub(crate) fn due_at(listed: &Value) -> Option<i64> {
    text(listed, "GSI1PK").starts_with("DUE#").then(|| text(listed, "GSI1SK").split('#').nth(2)?.parse().ok()).flatten()
}

/// Whether it is the route of this number, while the number is connected.
pub(crate) fn is_open_route(item: &Value, number: &str) -> bool {
    text(item, "PK") == format!("CH#{number}") && item["un"].is_null()
}

/// The message that an orphan waits for; none if it is something else.
pub(crate) fn waits_for(item: &Value) -> Option<String> {
    text(item, "PK").split_once("#ORPH#").map(|(_, wamid)| wamid.to_owned())
}

/// Whether it is an email that is not sent yet.
pub(crate) fn is_email(item: &Value) -> bool {
    text(item, "PK").ends_with("#EMAILS")
}

/// Whether it is a file that is not fetched yet.
pub(crate) fn is_media(item: &Value) -> bool {
    text(item, "PK").contains("#MEDIA#")
}

/// Whether it is a wish to show a customer something, or the end of a snooze.
pub(crate) fn is_of_conversation(item: &Value) -> bool {
    ["SIGNAL#", "SNOOZE#"].iter().any(|kind| text(item, "SK").starts_with(kind))
}

/// Whether it is a channel whose held messages are to be released, or a budget that may have room for those it holds.
pub(crate) fn is_resume(item: &Value) -> bool {
    text(item, "SK").starts_with("RESUME")
}

/// Whether it is a change that Meta is to make of a number.
pub(crate) fn is_setup(item: &Value) -> bool {
    text(item, "PK").ends_with("#SETUP")
}

/// Whether it is an import, an export or a bulk change that runs.
pub(crate) fn is_long_job(item: &Value) -> bool {
    text(item, "PK").ends_with("#JOBS")
}

/// The business that a long job is of.
pub(crate) fn tenant_of_job(job: &Value) -> String {
    text(job, "PK").trim_start_matches("T#").trim_end_matches("#JOBS").to_owned()
}

/// Whether it is an erasure that is not done.
pub(crate) fn is_erasure(item: &Value) -> bool {
    text(item, "PK").ends_with("#ERASURES")
}

/// Every tenant that a request names in a key.
pub(crate) fn tenants(request: &str) -> impl Iterator<Item = &str> {
    request.match_indices("\"T#").filter_map(|(place, mark)| request.get(place + mark.len()..)?.split('#').next())
}

/// Whether an update claimed a message that had a status already.
pub(crate) fn claims_after_status(request: &str, answer: &[u8]) -> bool {
    let has_status = || {
        let answer: Value = serde_json::from_slice(answer).unwrap_or_default();
        STATUSES.iter().any(|status| !answer["Attributes"][*status].is_null())
    };
    request.contains(CLAIM) && has_status()
}

/// A claim of a message without its condition that there is no status; none if the request is no claim.
pub(crate) fn claim_without_status_condition(request: &str) -> Option<String> {
    let mut request: Value = serde_json::from_str(request).ok()?;
    if !request["UpdateExpression"].as_str()?.contains(CLAIM) {
        return None;
    }
    let mut condition = request["ConditionExpression"].as_str()?.to_owned();
    for status in STATUSES {
        condition = condition.replace(&format!(" AND attribute_not_exists(#{status})"), "");
        request["ExpressionAttributeNames"].as_object_mut()?.remove(&format!("#{status}"));
    }
    request["ConditionExpression"] = condition.into();
    Some(request.to_string())
}

/// The status that an update writes, with the key of its message; none if it writes another thing.
pub(crate) fn written_status(request: &str) -> Option<String> {
    let status = STATUSES.iter().find(|status| request.contains(&format!("if_not_exists(#{status}")))?;
    let request: Value = serde_json::from_str(request).ok()?;
    Some(format!("{} {status}", request["Key"]))
}

/// An attribute as text; empty where it is not there.
pub(crate) fn text(item: &Value, name: &str) -> String {
    item[name].as_str().unwrap_or_default().to_owned()
}

/// A number; none where it is not there.
pub(crate) fn number(item: &Value, name: &str) -> Option<i64> {
    item[name].as_str()?.parse().ok()
}
