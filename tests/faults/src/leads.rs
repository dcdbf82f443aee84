//! Stories of leads that people write down themselves.

use crate::customer::Customer;
use crate::items::text;
use crate::requests::Ask;
use crate::world::World;
use serde_json::json;
use std::time::Duration;

/// An agent creates a lead, changes its tags and deletes it. Then the customer writes.
pub(crate) fn written_by_hand(world: &mut World) {
    let asha = Customer::new("Asha", 1);
    let phone = format!("+{}", asha.phone);
    let new = json!({"name": "Mrs Rao", "phone": phone, "email": "asha@example.com", "tags": ["vip"]});
    let (status, lead) = world.ask(Ask::post("/api/leads", new).keyed("a-lead"));
    world.check(status == 201, &format!("the lead is not created: {status} {lead}"));
    let path = format!("/api/leads/{}", text(&lead, "id"));
    let (status, changed) = world.ask(Ask::patch(&path, json!({"tags": ["late payer"]})));
    world.check(status == 200, &format!("the lead is not changed: {status} {changed}"));
    let (status, _) = world.ask(Ask::delete(&path));
    // A repeated request no longer finds it.
    world.check(matches!(status, 204 | 404), &format!("the lead is not deleted: {status}"));
    let listed = world.typed("listed").len() + world.typed("token").len();
    world.check(listed == 0, &format!("a deleted lead has {listed} entries in lists and searches"));
    world.post(asha.writes(1, "Hello").body());
    world.settle();
    let leads = world.typed("lead");
    world.check(leads.len() == 1, &format!("{} leads are there, of one customer", leads.len()));
    world.check(leads.iter().all(|lead| lead["dl"].is_null()), "the lead who wrote is still deleted");
}

/// The lead with this phone, as the list shows it.
fn lead_of(world: &mut World, customer: &Customer) -> String {
    let leads = world.get("/api/leads?limit=100");
    let phone = format!("+{}", customer.phone);
    let found = leads["items"].as_array().into_iter().flatten().find(|lead| lead["phone"] == *phone);
    found.map(|lead| text(lead, "id")).unwrap_or_default()
}

/// One person writes from two phones. An agent merges both leads, the person writes, and the agent undoes the merge. Then the
/// agent moves the second lead along, so that merging both again and undoing that gives the first another stage and its own.
pub(crate) fn merged_and_parted(world: &mut World) {
    let asha = Customer::new("Asha", 1);
    let office = Customer::new("Asha at work", 2);
    world.post(asha.writes(1, "From my phone").body());
    world.post(office.writes(1, "From the office").body());
    world.settle();
    let (one, other) = (lead_of(world, &asha), lead_of(world, &office));
    let first = merge(world, &one, &other);
    world.post(office.writes(2, "From the office again").body());
    world.settle();
    merged(world, 1);
    part(world, &one, &first);
    let (status, moved) = world.ask(Ask::patch(&format!("/api/leads/{other}"), json!({"stage": "Qualified"})));
    world.check(status == 200, &format!("the second lead is not moved: {status} {moved}"));
    let second = merge(world, &one, &other);
    merged(world, 2);
    let stage = text(&world.get(&format!("/api/leads/{one}")), "stage");
    world.check(stage == "Qualified", &format!("merged with a lead that is Qualified, one is {stage}"));
    part(world, &one, &second);
}

/// An agent merges the lead `other` into `one`: the merge's ID.
fn merge(world: &mut World, one: &str, other: &str) -> String {
    let (status, merge) = world.ask(Ask::post(&format!("/api/leads/{one}/merge"), json!({ "with": other })));
    world.check(status == 200, &format!("the leads are not merged: {status} {merge}"));
    text(&merge, "id")
}

/// Two leads are one, and so many merges are on record.
fn merged(world: &World, times: usize) {
    let there = world.typed("lead").iter().filter(|lead| lead["dl"].is_null()).count();
    world.check(there == 1, &format!("{there} leads are there after a merge of two"));
    let merges = world.typed("merge").len();
    world.check(merges == times, &format!("{times} merges are on record {merges} times"));
}

/// An agent undoes a merge of two leads.
fn part(world: &mut World, one: &str, merge: &str) {
    let (status, undone) = world.ask(Ask::post(&format!("/api/leads/{one}/merges/{merge}/undo"), json!({})));
    world.check(status == 200, &format!("the merge is not undone: {status} {undone}"));
    let there = world.typed("lead").iter().filter(|lead| lead["dl"].is_null()).count();
    world.check(there == 2, &format!("{there} leads are there after a merge was undone"));
}

/// A customer sends a text and a photo. An owner erases them; the text is replayed, and the customer writes again.
pub(crate) fn erased(world: &mut World) {
    let asha = Customer::new("Asha", 1);
    let text_of_asha = asha.writes(1, "Hello");
    world.post(text_of_asha.body());
    world.post(asha.sends_photo(2).body());
    world.settle();
    let lead = lead_of(world, &asha);
    let (status, erasure) = world.ask(Ask::post(&format!("/api/leads/{lead}/erase"), json!({ "confirm": lead })));
    world.check(status == 202, &format!("the erasure is refused: {status} {erasure}"));
    world.settle();
    world.skip(Duration::from_secs(400));
    world.settle();
    world.post(text_of_asha.body());
    world.settle();
    world.post(asha.writes(3, "It is me again").body());
    world.settle();
    let leads = world.typed("lead");
    world.check(leads.len() == 1, &format!("{} leads are there, of one who began anew", leads.len()));
    let messages = world.typed("in").len();
    world.check(messages == 1, &format!("{messages} messages are there, of one who wrote once since"));
}

/// A customer is sold something twice: the second deal moves the lead and leaves the first as it was won.
pub(crate) fn two_deals(world: &mut World) {
    let asha = Customer::new("Asha", 1);
    world.post(asha.writes(1, "Hello").body());
    world.settle();
    let leads = world.typed("lead");
    let Some(lead) = leads.first().map(|lead| text(lead, "PK").rsplit('#').next().unwrap_or_default().to_owned())
    else {
        return world.check(false, "the customer is no lead");
    };
    let path = format!("/api/leads/led_{lead}/deals");
    let new = json!({"title": "Braces", "value": 900, "currency": "EUR", "stage": "Proposal"});
    let (status, first) = world.ask(Ask::post(&path, new).keyed("first-deal"));
    world.check(status == 201, &format!("the deal is not created: {status} {first}"));
    let one = format!("/api/deals/{}", text(&first, "id"));
    let (status, won) = world.ask(Ask::patch(&one, json!({"stage": "Won"})));
    world.check(status == 200, &format!("the deal is not won: {status} {won}"));
    let new = json!({"title": "Retainer", "value": 90, "currency": "EUR"});
    let (status, second) = world.ask(Ask::post(&path, new).keyed("second-deal"));
    world.check(status == 201, &format!("the second deal is not created: {status} {second}"));
    let (status, _) =
        world.ask(Ask::patch(&format!("/api/deals/{}", text(&second, "id")), json!({"stage": "Qualified"})));
    world.check(status == 200, &format!("the second deal is not moved: {status}"));
    world.settle();
    let mut deals: Vec<_> = world.typed("deal").iter().map(|deal| text(deal, "st")).collect();
    deals.sort_unstable();
    world.check(deals == ["Qualified", "Won"], &format!("the deals stand in {deals:?}"));
    let stages: Vec<_> = world.typed("lead").iter().map(|lead| text(lead, "st")).collect();
    world.check(stages == ["Qualified"], &format!("the lead stands in {stages:?}"));
}
