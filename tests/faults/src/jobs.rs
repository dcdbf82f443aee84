//! Stories of imports and bulk changes: long jobs that go on after any fault, and neither lose nor double a lead.

use crate::items::text;
use crate::requests::Ask;
use crate::world::World;
use blobs::once;
use bytes::Bytes;
use futures::executor::block_on;
use http::Request;
use serde_json::{Value, json};
use std::time::Duration;

/// The SHA-256 digest of [`FILE`], in base64.
const DIGEST: &str = "XuuJsOE1naQs8iWEKmqAgMUb9UHjHcKlwDKzFY4Qk8M=";

/// Three leads, of which the last is the first once more.
const FILE: &str = "name,phone,tags\nAsha,+919876500001,vip\nBo,+919876500002,\nAsha again,+919876500001,\n";

/// Somebody imports a file.
pub(crate) fn import(world: &mut World) {
    let file = json!({"filename": "leads.csv", "size": FILE.len(), "sha256": DIGEST});
    let (status, begun) = world.ask(Ask::post("/api/imports", file).keyed("an-import"));
    world.check(status == 201, &format!("the import is not begun: {status} {begun}"));
    put(world, &begun["upload"]);
    let path = format!("/api/imports/{}", text(&begun, "id"));
    let columns = json!({"columns": ["name", "phone", "tags"]});
    let (status, checked) = world.ask(Ask::post(&format!("{path}/check"), columns));
    // A repeated request finds the check under way.
    world.check(matches!(status, 202 | 409), &format!("the rows are not checked: {status} {checked}"));
    world.settle();
    let leads = world.typed("lead").len();
    world.check(leads == 0, &format!("a check wrote {leads} leads"));
    let (status, run) = world.ask(Ask::post(&format!("{path}/run"), json!({})));
    world.check(matches!(status, 202 | 409), &format!("the rows are not written: {status} {run}"));
    world.settle();
    let (leads, done) = (world.typed("lead").len(), world.get(&path));
    world.check(leads == 2, &format!("two customers are {leads} leads"));
    let counts = json!({"created": 2, "updated": 0, "skipped": 1, "invalid": 0});
    world.check(done["state"] == "done" && done["counts"] == counts, &format!("the import says {done}"));
}

/// Somebody tags all leads, and undoes that.
pub(crate) fn bulk(world: &mut World) {
    for name in ["Asha", "Bo"] {
        let new = json!({"name": name, "tags": ["old"]});
        let (status, lead) = world.ask(Ask::post("/api/leads", new).keyed(name));
        world.check(status == 201, &format!("the lead is not created: {status} {lead}"));
    }
    world.settle();
    // A list may lag behind for a second.
    world.skip(Duration::from_secs(2));
    let tag = json!({"action": "tag", "tags": ["old", "fair"], "leads": {}});
    let (status, begun) = world.ask(Ask::post("/api/bulk", tag).keyed("a-tag"));
    world.check(status == 202, &format!("the bulk change is not begun: {status} {begun}"));
    world.settle();
    let path = format!("/api/bulk/{}", text(&begun, "id"));
    let done = world.get(&path);
    let counts = json!({"changed": 2, "unchanged": 0, "refused": 0});
    world.check(done["state"] == "done" && done["counts"] == counts, &format!("the bulk change says {done}"));
    check_tags(world, &json!(["fair", "old"]));
    let (status, undo) = world.ask(Ask::post(&format!("{path}/undo"), json!({})));
    world.check(status == 202, &format!("the undo is not begun: {status} {undo}"));
    world.settle();
    check_tags(world, &json!(["old"]));
}

fn check_tags(world: &World, tags: &Value) {
    let leads = world.get("/api/leads");
    let each = leads["items"].as_array().into_iter().flatten();
    let wrong: Vec<_> = each.filter(|lead| lead["tags"] != *tags).collect();
    world.check(wrong.is_empty(), &format!("these leads have other tags than {tags}: {wrong:?}"));
}

/// Puts the file as a browser does, by the request that the upload was answered with.
fn put(world: &World, upload: &Value) {
    let mut request = Request::builder().method(text(upload, "method").as_str()).uri(text(upload, "url"));
    for (name, value) in upload["headers"].as_object().into_iter().flatten() {
        request = request.header(name, value.as_str().unwrap_or_default());
    }
    let body = once(Bytes::from_static(FILE.as_bytes()));
    let request = request.body(body).expect("the request is well-formed");
    let answer = block_on(world.emulator.objects().answer(request));
    world.check(answer.status().is_success(), &format!("the bucket answers {}", answer.status()));
}
