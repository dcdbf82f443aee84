//! Stories about numbers: connected on Meta's page, and linked by a QR code. A signup that is cut short may have to be
//! begun again; a number is connected once all the same.

use crate::customer::Customer;
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

/// A linked phone brings its past: two chunks, each three times, and a picture after its placeholder. Then the customer of
/// the past writes.
pub(crate) fn past(world: &mut World) {
    let number = testkit::account().phone_number_id;
    let metadata = json!({"display_phone_number": "15550783881", "phone_number_id": number});
    let paula = Customer::new("Paula", 7);
    let customer = paula.phone.as_str();
    let said = |id: &str, seconds: i64, from: &str, more: Value| {
        let mut message = json!({"from": from, "id": id, "timestamp": (1_780_000_000 + seconds).to_string()});
        for (key, value) in more.as_object().into_iter().flatten() {
            message[key] = value.clone();
        }
        message
    };
    let words = |text: &str| json!({"type": "text", "text": {"body": text}});
    let chunk = |progress: u32, messages: Value| {
        let item = json!({"metadata": {"phase": 0, "progress": progress}, "threads": [{"id": customer, "messages": messages}]});
        json!({"messaging_product": "whatsapp", "metadata": metadata, "history": [item]})
    };
    let picture = json!({"type": "image", "image": {"id": "770000000000001", "mime_type": "image/jpeg"}});
    let values = [
        chunk(100, json!([said("wamid.past-3", 200, customer, json!({"type": "media_placeholder"}))])),
        chunk(
            50,
            json!([
                said("wamid.past-1", 0, customer, words("Do you still have it?")),
                said("wamid.past-2", 100, "15550783881", words("Yes")),
            ]),
        ),
        json!({"messaging_product": "whatsapp", "metadata": metadata, "messages": [said("wamid.past-3", 200, customer, picture)]}),
    ];
    for _ in 0..3 {
        for value in &values {
            let change = json!({"field": "history", "value": value});
            let entry = json!({"id": testkit::account().waba_id, "changes": [change]});
            world.post(json!({"object": "whatsapp_business_account", "entry": [entry]}).to_string().into_bytes());
        }
        world.settle();
    }
    let past: Vec<_> =
        world.typed("in").into_iter().chain(world.typed("echo")).filter(|item| item["im"] == true).collect();
    world.check(past.len() == 3, &format!("{} past messages are on record", past.len()));
    let counted = past.iter().filter(|item| item["ct"] == true).count();
    world.check(counted == 0, &format!("{counted} past messages count"));
    let left = past.iter().filter(|item| item["pl"] == true).count();
    world.check(left == 0, "the picture did not take the place of its placeholder");
    let leads = world.typed("lead").into_iter().filter(|lead| lead["im"] == true).count();
    world.check(leads == 1, &format!("the past made {leads} leads"));
    let states: Vec<_> = world.typed("conversation").iter().map(|conversation| text(conversation, "st")).collect();
    world.check(states == ["closed"], &format!("the conversation of the past is {states:?}"));
    world.post(paula.writes(1, "Is it still there?").body());
    world.settle();
    let states: Vec<_> = world.typed("conversation").iter().map(|conversation| text(conversation, "st")).collect();
    world.check(states == ["open"], &format!("the customer wrote, and their conversation is {states:?}"));
    let stages: Vec<_> = world.typed("lead").iter().map(|lead| text(lead, "st")).collect();
    world.check(stages == ["Contacted"], &format!("a customer of the past wrote, and their stage is {stages:?}"));
}

/// The owner makes a short link, and has the number looked at again.
pub(crate) fn short_link(world: &mut World) {
    let channel = testkit::account().channel;
    let path = format!("/api/channels/{channel}/links");
    for _ in 0..SIGNUPS {
        let (status, _) = world.ask(Ask::post(&path, json!({"message": "I saw your window"})));
        // Refused while the first request's change is under way, although its answer was lost.
        if status == 200 || status == 409 {
            break;
        }
    }
    world.settle();
    let setups = world.typed("number_setup");
    world.check(setups.len() == 1, &format!("{} numbers were set up", setups.len()));
    let open = setups.iter().filter(|setup| setup["wa"].is_string()).count();
    world.check(open == 0, "a change is under way for ever");
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
