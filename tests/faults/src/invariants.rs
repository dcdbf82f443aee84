//! What has to hold after every schedule of faults:
//!
//! 1. nothing is lost that Meta was answered 200 for: all that customers did is there as without faults;
//! 2. nothing is stored twice;
//! 3. nothing is sent twice; no message is shown as failed that Meta accepted, or as sent that Meta did not accept; no
//!    send is claimed after WhatsApp reported its status, or at a price that its sender did not agree to;
//! 4. everything derived equals a recount;
//! 5. everything is at its end, or due; every email is sent;
//! 6. no request uses keys of a tenant that the story does not concern, or of two tenants; the other business's items
//!    do not change, unless the story concerns it.

use crate::items::{
    Items, STATUSES, channel_of_conversation, line, lists_of_conversation, number, partition, tenant_of_job, text,
};
use crate::picture::Picture;
use crate::requests::Outcome;
use crate::scenarios::SERVICE_CHARGED;
use crate::template::other_tenant;
use crate::world::World;
use domain::inbox::outbound_messages::LEASE;
use domain::{MessageId, Timestamp};
use emulator::Emulator;
use leadwire::stack::{INBOUND, JOBS, OUTBOUND};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The stage of a lead who has written for the first time, and of one to whom the business wrote first.
const FIRST_STAGES: [(&str, &str); 2] = [("WhatsApp", "Incoming"), ("Other", "New")];

/// The stage of a lead whom a phone's past or an import brought along.
const STAGE_OF_PAST: &str = "New";

/// Every violation in words. `expected` is what customers did, as the same story shows it without faults; of each lead,
/// only the fields that it names.
pub(crate) fn violations(world: &World, expected: &Value) -> Vec<String> {
    let items = Items::all(&world.emulator);
    let picture = Picture::new(world);
    let mut wrong = world.calls.state().wrong.clone();
    nothing_is_lost(&picture.of_customers(&items), expected, &mut wrong);
    nothing_is_stored_twice(&items, &mut wrong);
    sends_are_what_meta_accepted(world, &picture, &items, &mut wrong);
    prices_were_agreed_to(&items, &mut wrong);
    bookings_equal_a_recount(&items, &mut wrong);
    conversations_equal_a_recount(&items, &mut wrong);
    lists_equal_a_recount(&world.account.tenant.ulid_str(), &picture, &items, &mut wrong);
    stages_equal_a_recount(&picture, &items, &mut wrong);
    // Both follow from the stream alone where a customer writes: what it lost, they do not have.
    if !world.has_lost_records {
        figures_equal_a_recount(&items, &mut wrong);
        standings_equal_a_recount(&items, &mut wrong);
        leads_are_listed_and_found(&items, &mut wrong);
    }
    files_are_kept(world, &items, &mut wrong);
    files_of_jobs_are_kept(world, &items, &mut wrong);
    nothing_is_left_of_the_erased(&items, &mut wrong);
    all_is_at_its_end_or_due(world, &items, &mut wrong);
    receipts_are_of_what_was_read(world, &items, &mut wrong);
    emails_were_sent(world, &items, &mut wrong);
    other_business_is_unchanged(world, &items, &mut wrong);
    wrong.extend(world.miscounted());
    wrong
}

/// What customers did, as the API shows it.
pub(crate) fn of_customers(world: &World) -> Value {
    Picture::new(world).of_customers(&Items::all(&world.emulator))
}

fn other_business_is_unchanged(world: &World, items: &Items, wrong: &mut Vec<String>) {
    let tenant = other_tenant().ulid_str();
    if !world.calls.state().tenants.contains(&tenant) && items.of_tenant(&tenant) != world.other_items {
        wrong.push("the other business's items have changed".to_owned());
    }
}

fn nothing_is_lost(seen: &Value, expected: &Value, wrong: &mut Vec<String>) {
    if seen == expected {
        return;
    }
    for (part, theirs) in expected.as_object().into_iter().flatten() {
        let ours = &seen[part];
        if ours == theirs {
            continue;
        }
        match (theirs.as_array(), ours.as_array()) {
            (Some(theirs), Some(ours)) if theirs.len() == ours.len() => {
                for (theirs, ours) in theirs.iter().zip(ours).filter(|(theirs, ours)| !has(ours, theirs)) {
                    wrong.push(format!("what a customer did has changed:\n  expected {theirs}\n  seen     {ours}"));
                }
            }
            _ => wrong.push(format!("{part} are lost or too many:\n  expected {theirs}\n  seen     {ours}")),
        }
    }
}

/// Whether `seen` has what `expected` names.
fn has(seen: &Value, expected: &Value) -> bool {
    match expected.as_object() {
        Some(fields) => fields.iter().all(|(name, value)| seen[name] == *value),
        None => seen == expected,
    }
}

fn nothing_is_stored_twice(items: &Items, wrong: &mut Vec<String>) {
    let mut seen = BTreeSet::new();
    for item in items.typed("in") {
        let name = (text(item, "ch"), text(item, "w"));
        if !seen.insert(name.clone()) {
            wrong.push(format!("the message {} is stored twice", name.1));
        }
    }
}

fn sends_are_what_meta_accepted(world: &World, picture: &Picture, items: &Items, wrong: &mut Vec<String>) {
    let mut accepted: BTreeMap<String, usize> = BTreeMap::new();
    for message in world.meta.accepted() {
        *accepted.entry(message.text).or_default() += 1;
    }
    for (message, times) in accepted.iter().filter(|(_, times)| **times > 1) {
        wrong.push(format!("Meta accepted \"{message}\" {times} times"));
    }
    let mut shown: BTreeMap<String, Vec<&Value>> = BTreeMap::new();
    // What a phone brought of its past was sent by nobody here.
    let past: BTreeSet<String> = items.typed("echo").filter(|item| is_past(item)).map(|item| text(item, "w")).collect();
    for message in picture.messages("outbound").filter(|message| !past.contains(&text(message, "wamid"))) {
        shown.entry(text(message, "text")).or_default().push(message);
    }
    for (message, outcome) in &world.outcomes {
        let shown = shown.remove(message).unwrap_or_default();
        let accepted = accepted.contains_key(message);
        match (outcome, shown.as_slice()) {
            (Outcome::Accepted(id), [one]) if one["id"] != **id => {
                wrong.push(format!("\"{message}\" was accepted under another id"));
            }
            (Outcome::Accepted(_) | Outcome::Unknown, [one]) => {
                truth(message, &text(one, "status"), accepted, world.failed.contains(message), wrong);
            }
            (Outcome::Refused(_) | Outcome::Unknown, []) if !accepted => {}
            (outcome, shown) => {
                wrong.push(format!(
                    "\"{message}\" was {outcome:?}, is shown {} times, accepted by Meta: {accepted}",
                    shown.len()
                ));
            }
        }
    }
    for message in shown.keys() {
        wrong.push(format!("nobody asked to send \"{message}\""));
    }
}

/// What is booked in each period of a budget is the sum of what its messages say.
fn bookings_equal_a_recount(items: &Items, wrong: &mut Vec<String>) {
    let mut expected: BTreeMap<String, (i64, i64)> = BTreeMap::new();
    for send in items.typed("out") {
        let booking: Value = serde_json::from_str(&text(send, "bk")).unwrap_or_default();
        let amount = millionths(&text(&booking, "a"));
        for place in booking["u"].as_array().into_iter().flatten().filter(|_| amount != 0) {
            let budget = place[0].as_str().unwrap_or_default().trim_start_matches("bud_");
            let sum = expected.entry(format!("{budget} {}", place[1].as_str().unwrap_or_default())).or_default();
            sum.0 += amount;
            sum.1 += if booking["s"] == true { amount } else { 0 };
        }
    }
    let mut seen: BTreeMap<String, (i64, i64)> = BTreeMap::new();
    for spending in items.typed("spending") {
        let budget = text(spending, "PK").rsplit('#').next().unwrap_or_default().to_owned();
        let sums = (number(spending, "bo").unwrap_or_default(), number(spending, "se").unwrap_or_default());
        seen.insert(format!("{budget} {}", text(spending, "SK")), sums);
    }
    seen.retain(|_, sums| *sums != (0, 0));
    if seen != expected {
        wrong.push(format!("budgets have booked {seen:?}, a recount gives {expected:?}"));
    }
}

/// The millionths of an amount such as `0.115`.
fn millionths(amount: &str) -> i64 {
    let (whole, parts) = amount.split_once('.').unwrap_or((amount, ""));
    format!("{whole}{parts:0<6}").parse().unwrap_or_default()
}

/// What was to cost nothing is not claimed from the day on which it costs something.
fn prices_were_agreed_to(items: &Items, wrong: &mut Vec<String>) {
    let charged = Timestamp::from_seconds(SERVICE_CHARGED).plus(LEASE).millis();
    for send in items.typed("out") {
        if text(send, "px").contains("open_window") && number(send, "cu").is_some_and(|until| until >= charged) {
            wrong.push(format!("{} was posted at a price that nobody agreed to", text(send, "SK")));
        }
    }
}

/// Neither a false "failed" nor a false "sent", and nothing under way for ever.
fn truth(message: &str, status: &str, accepted: bool, failed: bool, wrong: &mut Vec<String>) {
    let holds = match status {
        "accepted" | "sent" | "delivered" | "read" | "played" => accepted,
        "failed" => !accepted || failed,
        "held" => !accepted,
        "unconfirmed" => true,
        _ => false,
    };
    if !holds {
        wrong.push(format!("\"{message}\" is shown as {status}; accepted by Meta: {accepted}"));
    }
}

fn conversations_equal_a_recount(items: &Items, wrong: &mut Vec<String>) {
    for conversation in items.typed("conversation") {
        let history = text(conversation, "PK");
        let channel = channel_of_conversation(conversation);
        let here = |item: &&Value| text(item, "PK") == history && text(item, "ch").ends_with(&channel);
        let received: Vec<&Value> = items.typed("in").filter(here).filter(|item| item["ct"] == true).collect();
        let sent: Vec<&Value> = items.typed("out").filter(here).collect();
        let past = items.typed("in").chain(items.typed("echo")).filter(here).filter(|item| is_past(item));
        let mut differ = |what: &str, kept: String, counted: String| {
            if kept != counted {
                wrong.push(format!("the conversation of {history} keeps {what} {kept}, a recount gives {counted}"));
            }
        };
        let newest = received.iter().chain(&sent).copied().chain(past).map(line).max();
        differ("newest message", bare(conversation, "lm"), newest.unwrap_or_default());
        let arrived = received.iter().filter_map(|item| number(item, "ar")).max();
        differ("latest arrival", format!("{:?}", number(conversation, "ar")), format!("{arrived:?}"));
        let wrote = received.iter().filter_map(|item| written(item)).max();
        differ("the customer's last writing", format!("{:?}", number(conversation, "cw")), format!("{wrote:?}"));
        let owner = if text(conversation, "assignee").is_empty() {
            "unassigned".to_owned()
        } else {
            bare(conversation, "assignee")
        };
        let (listed, waiting) = lists_of_conversation(conversation, &owner);
        differ("its list", text(conversation, "GSI1PK"), listed);
        differ("its list of waiting", text(conversation, "GSI3PK"), waiting);
        let settled = number(conversation, "se");
        let waits = received.iter().filter(|item| settled.is_none_or(|settled| number(item, "ar") > Some(settled)));
        let since = waits.filter_map(|item| written(item)).min();
        differ("since when it waits", format!("{:?}", number(conversation, "ws")), format!("{since:?}"));
        if text(conversation, "st") == "snoozed" && text(conversation, "su").is_empty() {
            wrong.push(format!("the conversation of {history} is snoozed for ever"));
        }
        let ids: BTreeSet<String> = sent.iter().map(|item| line(item)).collect();
        let last = bare(conversation, "ls");
        if !last.is_empty() && !ids.contains(&last) {
            wrong.push(format!("the conversation of {history} names a message that is not there"));
        }
    }
}

/// When a message was written: the time of its id, or of its arrival if that is earlier.
fn written(item: &Value) -> Option<i64> {
    let id: MessageId = format!("{}_{}", MessageId::PREFIX, line(item)).parse().ok()?;
    Some(id.at().millis().min(number(item, "ar")?))
}

/// Whether a phone brought it of the time before it was linked: it is shown, and nothing else comes of it.
fn is_past(item: &Value) -> bool {
    item["im"] == true
}

/// An id without its prefix.
fn bare(item: &Value, name: &str) -> String {
    text(item, name).rsplit('_').next().unwrap_or_default().to_owned()
}

fn lists_equal_a_recount(tenant: &str, picture: &Picture, items: &Items, wrong: &mut Vec<String>) {
    for lead in &picture.leads {
        let histories: BTreeSet<String> = lead["conversations"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|id| partition(tenant, id.as_str()?))
            .collect();
        let here = |item: &&Value| histories.contains(&text(item, "PK"));
        let read = items.typed("conversation").filter(here).filter_map(|conversation| number(conversation, "ra")).max();
        let unread = items
            .typed("in")
            .filter(here)
            .filter(|item| item["ct"] == true && read.is_none_or(|read| number(item, "ar") > Some(read)))
            .count();
        if lead["unread"] != unread {
            wrong.push(format!("{} unread messages are shown, a recount gives {unread}", lead["unread"]));
        }
        let newest = &lead["messages"][0];
        let last = &lead["lastMessage"];
        if newest["at"] == last["at"] && newest["text"] != last["text"] {
            wrong.push(format!("the list shows {} for {}", last["text"], newest["text"]));
        }
    }
    for lead in items.typed("lead").filter(|lead| lead["mi"].is_null()) {
        let listed = text(lead, "GSI1PK");
        if !listed.to_lowercase().ends_with(&format!("#{}", text(lead, "st").to_lowercase())) {
            wrong.push(format!("a lead of stage {} is in the list {listed}", text(lead, "st")));
        }
    }
}

/// A lead is in the lists of its owner, its tags and its source, unless that is WhatsApp, and is found by each end of its
/// phone.
fn leads_are_listed_and_found(items: &Items, wrong: &mut Vec<String>) {
    for lead in items.typed("lead").filter(|lead| lead["dl"].is_null()) {
        let home = text(lead, "PK");
        let tags = lead["tg"].as_array().map_or(0, Vec::len);
        let lists = tags + usize::from(lead["ow"].is_string()) + usize::from(lead["so"] != "WhatsApp");
        let listed = items.typed("listed").filter(|entry| text(entry, "PK") == home).count();
        if lists != listed {
            wrong.push(format!("{home} belongs in {lists} lists besides that of its stage, and is in {listed}"));
        }
        let id = home.rsplit('#').next().unwrap_or_default();
        let phone = text(lead, "ph");
        let ends = (4..=phone.len()).filter_map(|length| phone.get(phone.len() - length..));
        let missing = ends.filter(|end| {
            let name = format!("{end}#{id}");
            !items.typed("token").any(|token| text(token, "SK") == name)
        });
        for end in missing {
            wrong.push(format!("{home} is not found by {} digits of its phone", end.len()));
        }
    }
}

/// The stage of a lead is where the moves of its timeline end.
fn stages_equal_a_recount(picture: &Picture, items: &Items, wrong: &mut Vec<String>) {
    let id = |lead: &Value| text(lead, "PK").rsplit('#').next().unwrap_or_default().to_owned();
    let past: BTreeSet<String> = items.typed("lead").filter(|lead| is_past(lead)).map(id).collect();
    for lead in &picture.leads {
        let first = FIRST_STAGES.iter().find(|(source, _)| lead["source"] == *source).map(|(_, stage)| *stage);
        let first = if past.contains(&bare(lead, "id")) { Some(STAGE_OF_PAST) } else { first };
        let mut stages: BTreeMap<String, i32> = first.map(|stage| (stage.to_owned(), 1)).into_iter().collect();
        for entry in lead["timeline"].as_array().into_iter().flatten().filter(|entry| entry["type"] == "stage_changed")
        {
            *stages.entry(text(&entry["metadata"], "from")).or_default() -= 1;
            *stages.entry(text(&entry["metadata"], "to")).or_default() += 1;
        }
        stages.retain(|_, times| *times != 0);
        if stages != BTreeMap::from([(text(lead, "stage"), 1)]) {
            wrong.push(format!("a lead is shown as {}, its timeline leads to {stages:?}", lead["stage"]));
        }
    }
}

/// The figures are the sum of what the items say. How long customers waited stands in no item.
fn figures_equal_a_recount(items: &Items, wrong: &mut Vec<String>) {
    let mut seen: BTreeMap<String, i64> = BTreeMap::new();
    for counts in items.typed("figures").map(|item| &item["c"]) {
        for name in counts.as_object().into_iter().flat_map(|counts| counts.keys()) {
            let kind = name.split('.').next().unwrap_or_default();
            if !["answered", "leads", "deals"].contains(&kind) {
                *seen.entry(kind.to_owned()).or_default() += number(counts, name).unwrap_or_default();
            }
        }
    }
    let mut expected: BTreeMap<String, i64> = BTreeMap::new();
    let mut count = |kind: &str, is_so: bool| *expected.entry(kind.to_owned()).or_default() += i64::from(is_so);
    for item in items.typed("in") {
        count("received", item["ct"] == true && item["pl"] != true);
    }
    for item in items.typed("out") {
        let has = |names: &[&str]| names.iter().any(|name| !item[name].is_null());
        let is_delivered = has(&["s2", "s3", "s4"]);
        count("sent", has(&["w"]));
        count("delivered", is_delivered);
        count("read", has(&["s3", "s4"]));
        count("failed", !is_delivered && (text(item, "st") == "failed" || has(&["s5"])));
    }
    items.typed("echo").for_each(|item| count("sent", !is_past(item)));
    // Those that an import brought along are not new.
    items.typed("lead").for_each(|lead| count("lead", lead["im"].is_null()));
    items.typed("event").for_each(|item| count("moved", is_move(item)));
    expected.retain(|_, times| *times != 0);
    seen.retain(|_, times| *times != 0);
    // What was erased is counted all the same, and stands in no item.
    if seen != expected && items.typed("erasure").next().is_none() {
        wrong.push(format!("the figures are {seen:?}, a recount gives {expected:?}"));
    }
}

/// Whether it is a line of a lead that was moved along. A merge that gives a lead another stage moves nobody.
fn is_move(event: &Value) -> bool {
    let event: Value = serde_json::from_str(&text(event, "e")).unwrap_or_default();
    event["event"] == "stage_changed" && event["cause"].is_null()
}

/// What stands in the stages is the sum of what leads and deals say: how many, since when, and for how much.
fn standings_equal_a_recount(items: &Items, wrong: &mut Vec<String>) {
    let mut seen: BTreeMap<String, i64> = BTreeMap::new();
    for counts in items.typed("figures").map(|item| &item["c"]) {
        for name in counts.as_object().into_iter().flat_map(|counts| counts.keys()) {
            if name.starts_with("leads.") || name.starts_with("deals.") {
                *seen.entry(name.clone()).or_default() += number(counts, name).unwrap_or_default();
            }
        }
    }
    let mut expected: BTreeMap<String, i64> = BTreeMap::new();
    let mut count = |board: &str, item: &Value, since: Option<i64>| {
        let name = format!("{board}.{}", text(item, "st"));
        *expected.entry(format!("{name}.since")).or_default() += since.unwrap_or_default() / 1_000;
        if let Some(amount) = number(item, "va") {
            *expected.entry(format!("{name}.{}", text(item, "cu"))).or_default() += amount;
        }
        *expected.entry(name).or_default() += 1;
    };
    for lead in items.typed("lead").filter(|lead| lead["dl"].is_null()) {
        count("leads", lead, number(lead, "ss").or_else(|| number(lead, "ca")));
    }
    for deal in items.typed("deal").filter(|deal| deal["hi"].is_null()) {
        let pipeline = text(deal, "pl");
        let board = format!("deals.{}", pipeline.trim_start_matches("ppl_"));
        count(&board, deal, number(deal, "ss"));
    }
    expected.retain(|_, times| *times != 0);
    seen.retain(|_, times| *times != 0);
    if seen != expected {
        wrong.push(format!("the stages hold {seen:?}, a recount gives {expected:?}"));
    }
}

/// Meta is told of no message that nobody has read, and every wish to tell it is due until it was told or is too late.
fn receipts_are_of_what_was_read(world: &World, items: &Items, wrong: &mut Vec<String>) {
    for wamid in world.meta.read() {
        let read = |item: &&Value| {
            let mut conversations =
                items.typed("conversation").filter(|conversation| text(conversation, "PK") == text(item, "PK"));
            text(item, "w") == wamid
                && conversations.any(|conversation| number(conversation, "ra") >= number(item, "ar"))
        };
        if !items.typed("in").any(|item| read(&item)) {
            wrong.push(format!("Meta was told that {wamid} was read, and nobody has read it"));
        }
    }
    for signal in items.typed("signal").filter(|signal| text(signal, "GSI1PK").is_empty()) {
        if number(signal, "ra").is_some() {
            wrong.push(format!("a read receipt of {} is neither posted nor due", text(signal, "PK")));
        }
    }
}

fn emails_were_sent(world: &World, items: &Items, wrong: &mut Vec<String>) {
    let mails = world.emulator.mailbox().newest(u32::MAX).unwrap_or_else(|error| panic!("{error}"));
    for email in world.invited.iter().filter(|email| !mails.iter().any(|mail| mail.to == **email)) {
        wrong.push(format!("{email} was invited and has no mail"));
    }
    if items.typed("email").next().is_some() {
        wrong.push("an email is not sent".to_owned());
    }
}

/// Every photo that came with a message is kept, once: Meta hands out each that it is asked for.
fn files_are_kept(world: &World, items: &Items, wrong: &mut Vec<String>) {
    let photos = items.typed("in").filter(|item| text(item, "c").contains("\"type\":\"image\"")).count();
    let stored = items.typed("media").filter(|media| text(media, "st") == "stored").count();
    let kept = objects(world).iter().filter(|name| name.contains("/media/")).count();
    if (photos, photos) != (stored, kept) {
        wrong.push(format!("{photos} photos came, {stored} are said to be kept, and {kept} are"));
    }
}

/// Every file that a long job names is kept, and no file belongs to none.
fn files_of_jobs_are_kept(world: &World, items: &Items, wrong: &mut Vec<String>) {
    let objects = objects(world);
    let mut others: Vec<&String> = objects.iter().filter(|name| name.starts_with("jobs/")).collect();
    for job in items.typed("long_job") {
        for name in files_of_job(job).iter().filter(|name| !objects.contains(name)) {
            wrong.push(format!("a job names the file {name}, which is not kept"));
        }
        others.retain(|name| !name.starts_with(&folder_of_job(job, &text(job, "SK"))));
    }
    wrong.extend(others.into_iter().map(|name| format!("the file {name} belongs to no job")));
}

/// Every file that a job names. The plans that an undo follows are those of the job that it undoes.
fn files_of_job(job: &Value) -> Vec<String> {
    let json = |name: &str| serde_json::from_str::<Value>(&text(job, name)).unwrap_or_default();
    let (order, progress) = (json("od"), json("pr"));
    let own = folder_of_job(job, &text(job, "SK"));
    let undone = order["undoes"].as_str().map(|id| folder_of_job(job, id.trim_start_matches("job_")));
    let parts = |list: &str, folder: &str| -> Vec<String> {
        let parts = progress[list].as_array().into_iter().flatten();
        parts.map(|part| format!("{folder}{}", text(part, "name"))).collect()
    };
    let whole = [&progress["report"], &progress["selected"]["list"]].into_iter().filter_map(Value::as_str);
    let whole = whole.map(|name| format!("{own}{name}")).collect();
    [parts("parts", &own), parts("plans", undone.as_ref().unwrap_or(&own)), whole].concat()
}

/// Where the files of the job `id`, of the same business as `job`, are kept.
fn folder_of_job(job: &Value, id: &str) -> String {
    format!("jobs/{}/{id}/", tenant_of_job(job))
}

/// The names of all files in the bucket.
fn objects(world: &World) -> Vec<String> {
    world.emulator.objects().names().unwrap_or_else(|error| panic!("{error}"))
}

/// No item names a lead or a history that was erased, but for what says that it was: the erasure and the audit.
fn nothing_is_left_of_the_erased(items: &Items, wrong: &mut Vec<String>) {
    for erasure in items.typed("erasure").filter(|erasure| !erasure["dn"].is_null()) {
        let names = ["ld", "hs"].iter().filter_map(|list| erasure[*list].as_array()).flatten();
        let names: BTreeSet<&str> = names.filter_map(|name| name.as_str()?.split_once('_')).map(|(_, id)| id).collect();
        let others = items.iter().filter(|item| !["erasure", "audit"].iter().any(|ty| item["ty"] == *ty));
        for left in others.filter(|item| names.iter().any(|name| item.to_string().contains(name))) {
            wrong.push(format!("after an erasure there is still {left}"));
        }
    }
}

fn all_is_at_its_end_or_due(world: &World, items: &Items, wrong: &mut Vec<String>) {
    let dead = |name: &str| match name.strip_suffix(".fifo") {
        Some(stem) => format!("{stem}-dead.fifo"),
        None => format!("{name}-dead"),
    };
    for queue in [INBOUND, OUTBOUND, JOBS].into_iter().flat_map(|name| [name.to_owned(), dead(name)]) {
        if !is_empty(&world.emulator, &queue) {
            wrong.push(format!("something is left in {queue}"));
        }
    }
    for send in items.typed("out") {
        let has_status = STATUSES.iter().any(|status| !send[*status].is_null());
        let state = text(send, "st");
        if !has_status && matches!(state.as_str(), "queued" | "claimed") && text(send, "GSI1PK").is_empty() {
            wrong.push(format!("a message is {state} and not due"));
        }
        let costs = ["price_changed", "budget_spent"].iter().any(|why| text(send, "fl").contains(why));
        let listed = items.typed("held_cost").any(|held| line(held) == line(send));
        if !has_status && state == "held" && costs && (text(send, "GSI1PK").is_empty() || !listed) {
            wrong.push(format!("a message is held for its cost, and is not due or not listed: {}", text(send, "SK")));
        }
        if !has_status && state == "held" && !costs {
            wrong.push(format!("a message is held, and its number sends: {}", text(send, "SK")));
        }
    }
    for held in items.typed("held") {
        wrong.push(format!("{} stands in the list of held messages, and its number sends", text(held, "SK")));
    }
    for held in items.typed("held_cost") {
        let holds = |send: &Value| line(send) == line(held) && text(send, "st") == "held";
        if !items.typed("out").any(holds) {
            wrong.push(format!(
                "{} stands in the list of messages that cost too much, and is not held",
                text(held, "SK")
            ));
        }
    }
    for erasure in items.typed("erasure").filter(|erasure| erasure["dn"].is_null()) {
        wrong.push(format!("the erasure {} is never done", text(erasure, "SK")));
    }
    for job in items.typed("long_job").filter(|job| text(job, "st") == "running") {
        wrong.push(format!("the job {} runs for ever, after {} tries", text(job, "SK"), text(job, "tr")));
    }
    for resume in items.typed("resume").filter(|resume| text(resume, "GSI1PK").is_empty()) {
        wrong.push(format!("{} is not due", text(resume, "PK")));
    }
    let due = |orphan: &Value| {
        items.typed("waiting").any(|waiting| waiting["PK"] == orphan["PK"] && !text(waiting, "GSI1PK").is_empty())
    };
    // A status expires: it is not due for as long as it waits.
    for orphan in items.typed("orphan").filter(|orphan| orphan["ttl"].is_null() && !due(orphan)) {
        wrong.push(format!("the event {} waits and is not due", text(orphan, "PK")));
    }
    for attempt in items.typed("attempt").filter(|attempt| attempt["ttl"].is_null()) {
        wrong.push(format!("the mark {} stays for ever", text(attempt, "PK")));
    }
}

fn is_empty(emulator: &Emulator, queue: &str) -> bool {
    emulator.queues().next_visible_at(queue).unwrap_or_else(|error| panic!("{error}")).is_none()
}
