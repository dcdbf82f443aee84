//! Stories about numbers: connected on Meta's page, and linked by a QR code. A signup that is cut short may have to be
//! begun again; a number is connected once all the same.

use crate::items::{is_open_route, text};
use crate::meta::SHARED_NUMBER;
use crate::requests::Ask;
use crate::world::World;
use serde_json::{Value, json};

/// More signups than one needs, whatever goes wrong in two of its calls.
const SIGNUPS: usize = 4;

/// The owner connects a number on Meta's page.
pub(crate) fn signup(world: &mut World) {
    for number in 0..SIGNUPS {
        let (_, begun) = world.ask(Ask::post("/api/channels/signup", json!({})));
        let Some(state) = parameter(&text(&begun, "url"), "state") else { continue };
        let (status, _) = world.ask(Ask::post("/api/channels/signup/complete", returned(number, &state)));
        // Cut short after the transaction, and asked again with the same code, it says what came of it.
        if status == 201 {
            break;
        }
    }
    world.settle();
    connected_once(world);
    disconnected(world, "/api/channels", "items");
}

/// The owner shows a QR code, a phone scans it, and unlinks itself later.
pub(crate) fn session(world: &mut World) {
    for number in 0..SIGNUPS {
        let (_, begun) = world.ask(Ask::post("/api/sessions", json!({})));
        let Some(state) = parameter(&text(&begun, "link"), "scan") else { continue };
        world.ask(Ask::post("/api/sessions/scan", json!({"state": state})));
        let (status, _) = world.ask(Ask::post("/api/sessions/complete", returned(number, &state)));
        if status == 200 {
            break;
        }
    }
    world.settle();
    connected_once(world);
    let states = states(world);
    let linked = states.iter().filter(|state| *state == "connected").count();
    world.check(linked == 1, &format!("not one session is connected: {states:?}"));
    let update = json!({"event": "PARTNER_REMOVED", "waba_info": {"waba_id": crate::meta::SHARED_ACCOUNT}});
    let change = json!({"field": "account_update", "value": update});
    let time = world.now().seconds();
    let entry = json!({"id": crate::meta::SHARED_ACCOUNT, "time": time, "changes": [change]});
    let body = json!({"object": "whatsapp_business_account", "entry": [entry]});
    world.post(body.to_string().into_bytes());
    world.settle();
    let unlinked = self::states(world).iter().filter(|state| *state == "logged_out").count();
    world.check(unlinked == 1, &format!("the session does not say that it was unlinked: {:?}", self::states(world)));
    disconnected(world, "/api/sessions", "sessions");
    let states = self::states(world);
    let is_over = |state: &String| ["disconnected", "error"].contains(&state.as_str());
    world.check(states.iter().all(is_over), &format!("a session goes on: {states:?}"));
}

/// What Meta's page returns, with a code of its own each time.
fn returned(number: usize, state: &str) -> Value {
    json!({"code": format!("AQB-the-code-of-signup-{number}"), "state": state})
}

fn parameter(url: &str, name: &str) -> Option<String> {
    let pairs = url.split_once('?')?.1.split('&');
    let value = pairs.filter_map(|pair| pair.split_once('=')).find(|(key, _)| *key == name)?.1;
    Some(value.to_owned())
}

/// The number is connected, by one channel and one audit event.
fn connected_once(world: &World) {
    let channels = world.typed("channel");
    let ours = channels.iter().filter(|channel| channel["pn"] == SHARED_NUMBER).count();
    world.check(ours == 1, &format!("the number has {ours} channels"));
    world.check_entries("channel_connected", 1);
}

/// The owner ends what links the number, and looks again where a list was older than the link.
fn disconnected(world: &mut World, list: &str, name: &str) {
    for _ in 0..SIGNUPS {
        let all = world.get(list)[name].as_array().cloned().unwrap_or_default();
        for one in all.iter().filter(|one| one["phoneNumberId"].is_null() || one["phoneNumberId"] == SHARED_NUMBER) {
            world.ask(Ask::delete(&format!("{list}/{}", text(one, "id"))));
        }
        world.settle();
        let routes = world.typed("route");
        if !routes.iter().any(|route| is_open_route(route, SHARED_NUMBER)) {
            return;
        }
    }
    world.check(false, "the number is still connected");
}

fn states(world: &World) -> Vec<String> {
    let sessions = world.get("/api/sessions");
    let sessions = sessions["sessions"].as_array().cloned().unwrap_or_default();
    sessions.iter().map(|session| text(session, "status")).collect()
}
