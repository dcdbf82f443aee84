//! Stories of leads that people write down themselves.

use crate::customer::Customer;
use crate::items::text;
use crate::requests::Ask;
use crate::world::World;
use serde_json::json;

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
