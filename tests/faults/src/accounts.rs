//! The stories of accounts: sign-in, links, keys, settings and tokens. A user whose answer was lost does what people do
//! then: looks, and asks again. Each story also checks its own outcome: a change and its audit entry are both there, once.

use crate::customer::Customer;
use crate::items::{Items, text};
use crate::meta::Answer;
use crate::requests::{Ask, Caller};
use crate::template::{colleague, other_tenant};
use crate::world::World;
use domain::access::second_factor::TotpSecret;
use domain::{Secret, TenantId, Timestamp};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::time::Duration;

/// More attempts than any fault costs.
const ATTEMPTS: usize = 5;

/// The time after which an authenticator app shows another code.
const NEXT_CODE: Duration = Duration::from_secs(30);

const NEW_PASSWORD: &str = "lantern orchid gravel meadow";

/// The owner sets up two-factor authentication, and signs in with a code of the app and with a recovery code.
pub(crate) fn second_factor(world: &mut World) {
    let Some((secret, mut recovery)) = set_up(world) else {
        return world.check(false, "two-factor authentication cannot be set up");
    };
    world.check(world.get("/api/auth/me")["secondFactor"] == true, "two-factor authentication is not enabled");
    let enabled = world.typed("second_factor").iter().filter(|factor| !factor["on"].is_null()).count();
    world.check_entries("second_factor_set", enabled);
    let sessions = world.typed("session").len();
    let by_app = (0..ATTEMPTS).any(|_| {
        world.skip(NEXT_CODE);
        let code = secret.code_at(world.now()).expose().to_owned();
        sign_in(world, &code)
    });
    world.check(by_app, "no code of the app signs in");
    let codes = recovery.len();
    let by_recovery = std::iter::from_fn(|| recovery.pop()).any(|code| sign_in(world, &code));
    world.check(by_recovery, "no recovery code signs in");
    world.check_entries("signed_in", world.typed("session").len() - sessions);
    let left: usize = world.typed("second_factor").iter().filter_map(|it| it["rc"].as_array().map(Vec::len)).sum();
    let used = |entry: &&Value| text(entry, "de").starts_with("one code used");
    let used = world.entries("recovery_codes").iter().filter(used).count();
    world.check(left + used == codes, &format!("{left} of {codes} recovery codes are left, {used} entries say so"));
}

/// The secret and the recovery codes, once two-factor authentication is enabled.
fn set_up(world: &mut World) -> Option<(TotpSecret, Vec<String>)> {
    let password = json!({"password": world.account.owner_password});
    for _ in 0..ATTEMPTS {
        let (_, offer) = world.ask(Ask::post("/api/auth/second-factor", password.clone()));
        let secret = TotpSecret::parse(&Secret::new(text(&offer, "secret")))?;
        let code = |world: &World| json!({"code": secret.code_at(world.now()).expose()});
        let confirmed = Ask::post("/api/auth/second-factor/confirm", code(world));
        let mut codes = world.ask(confirmed).1["recoveryCodes"].clone();
        // The answer was lost: there are other recovery codes.
        for _ in 0..ATTEMPTS {
            if codes.is_array() || world.get("/api/auth/me")["secondFactor"] != true {
                break;
            }
            world.skip(NEXT_CODE);
            let again = Ask::post("/api/auth/second-factor/recovery-codes", code(world));
            codes = world.ask(again).1["recoveryCodes"].clone();
        }
        if let Some(codes) = codes.as_array() {
            return Some((secret, codes.iter().filter_map(|code| code.as_str().map(str::to_owned)).collect()));
        }
    }
    None
}

/// Whether the owner signs in with this code.
fn sign_in(world: &mut World, code: &str) -> bool {
    let account = &world.account;
    let body = json!({"email": account.owner_email, "password": account.owner_password, "code": code});
    world.ask(Ask::post("/api/auth/login", body)).0 == 200
}

/// A user has forgotten the password, and chooses another one by the link of the email.
pub(crate) fn reset(world: &mut World) {
    let email = colleague(&world.account).owner_email;
    let (status, _) = world.ask(Ask::post("/api/auth/forgot-password", json!({"email": email})));
    world.check(status == 202, "the reset is not accepted");
    world.check_entries("reset_asked", world.typed("reset").len());
    let Some(token) = mailed(world, &email, "reset-password") else {
        return world.check(false, "there is no email with a reset link");
    };
    // A repeated request may find that the link is used.
    world.ask(Ask::post("/api/auth/reset-password", json!({"token": token, "password": NEW_PASSWORD})));
    let used = world.typed("reset").iter().filter(|reset| !reset["us"].is_null()).count();
    world.check(used == 1, &format!("{used} links are used"));
    world.check_entries("password_changed", 1);
    let (status, _) = world.try_out(&Ask::get("/api/auth/me").by(Caller::Colleague));
    world.check(status == 401, "a session outlives the reset of its password");
    world.check(password_of(world, &email, NEW_PASSWORD), "the new password does not sign in");
    world.check(!password_of(world, &email, &world.account.owner_password), "the old password still signs in");
}

/// The owner invites a user, who joins by the link of the email.
pub(crate) fn joining(world: &mut World) {
    // The address of a user who does not exist yet is looked up under the tenant of nobody.
    world.calls.state().tenants.insert(TenantId::from_parts(Timestamp::default(), 0).ulid_str());
    let email = "bo@example.com";
    world.invite(email);
    world.settle();
    world.check_entries("user_invited", world.typed("invitation").len());
    let Some(token) = mailed(world, email, "join") else {
        return world.check(false, "there is no email with an invitation");
    };
    let body = json!({"fullName": "Bo Lindqvist", "email": email, "password": NEW_PASSWORD, "agreeToTerms": true,
        "invitation": token});
    world.ask(Ask::post("/api/auth/signup", body));
    let users = world.typed("user").into_iter().filter(|user| user["em"] == email);
    let joined: Vec<String> = users.map(|user| text(&user, "SK")).collect();
    world.check(joined.len() == 1, &format!("{} users have joined", joined.len()));
    let by = |invitation: &&Value| !invitation["jo"].is_null();
    let used: Vec<String> = world.typed("invitation").iter().filter(by).map(|it| bare(it, "jo")).collect();
    world.check(used == joined, &format!("{joined:?} joined, by the invitations of {used:?}"));
    world.check_entries("user_joined", 1);
    world.check(password_of(world, email, NEW_PASSWORD), "the new user cannot sign in");
}

/// The owner makes an API key, a colleague takes it over and revokes it.
pub(crate) fn api_key(world: &mut World) {
    let password = world.account.owner_password.clone();
    let body = json!({"name": "A program", "scopes": ["inbox:read"], "password": password});
    let (_, made) = world.ask(Ask::post("/api/keys", body));
    let id = text(&made, "id");
    let program = Caller::Program(text(&made, "key"));
    let calls = |world: &World| world.try_out(&Ask::get("/api/leads").by(program.clone())).0;
    world.check(calls(world) == 200, "the new key does not work");
    world.check_entries("key_created", world.typed("api_key").len());
    world.ask(Ask::post(&format!("/api/keys/{id}/take-over"), json!({"password": password})).by(Caller::Colleague));
    let owners: BTreeSet<String> = ["api_key", "key"].into_iter().flat_map(|ty| owners_of(world, ty, &id)).collect();
    let colleague = colleague(&world.account).owner.to_string();
    world.check(owners == BTreeSet::from([colleague]), &format!("the key belongs to {owners:?}"));
    world.check(!world.entries_about("key_handed_over", &id).is_empty(), "no entry says that the key was taken over");
    world.ask(Ask::delete(&format!("/api/keys/{id}")).by(Caller::Colleague));
    world.check(calls(world) == 401, "a revoked key works");
    world.check(!world.entries_about("key_revoked", &id).is_empty(), "no entry says that the key was revoked");
}

/// The owners of the key `id`, by the items of the type `ty`.
fn owners_of(world: &World, ty: &str, id: &str) -> Vec<String> {
    let listed = |item: &&Value| id.ends_with(&text(item, "SK")) || item["ky"] == id;
    world.typed(ty).iter().filter(listed).map(|item| text(item, "ow")).collect()
}

/// The owner renames the business.
pub(crate) fn settings(world: &mut World) {
    let (status, _) = world.ask(Ask::patch("/api/settings", json!({"companyName": "Orchid Dental"})));
    world.check(status == 200, "the settings are not changed");
    world.check(world.get("/api/settings")["companyName"] == "Orchid Dental", "the business has its old name");
    world.check(!world.entries("settings_changed").is_empty(), "no entry says that the settings were changed");
}

/// A number gets an access token of its own, and another one after a while.
pub(crate) fn channel_token(world: &mut World) {
    let asha = crate::scenarios::a_customer(world);
    let path = format!("/api/channels/{}", world.account.channel);
    for (token, message) in [("EAAG-the-first-token-of-the-number", "First"), ("EAAG-its-second-token", "Second")] {
        let entries = world.entries("channel_changed").len();
        let (status, channel) = world.ask(Ask::patch(&path, json!({"accessToken": token})));
        world.check(status == 200 && token.ends_with(&text(&channel, "tokenLast4")), "the token is not replaced");
        world.check(world.entries("channel_changed").len() > entries, "no entry says that the token was replaced");
        // `outbound` reads the channel with eventual consistency.
        world.skip(crate::replica::LAG);
        world.send(&asha, message);
        world.settle();
        let accepted = world.meta.accepted().into_iter().filter(|accepted| accepted.text == message);
        let others: Vec<_> = accepted.filter(|accepted| accepted.authorization != format!("Bearer {token}")).collect();
        world.check(others.is_empty(), &format!("sent with another token than the number's: {others:?}"));
    }
}

/// Meta refuses the number's token, and again when the first held message is tried; then somebody replaces the token.
pub(crate) fn dead_token(world: &mut World) {
    let asha = crate::scenarios::a_customer(world);
    world.meta.will([Answer::Refuses(190), Answer::Refuses(190)]);
    for message in ["First", "Second", "Third"] {
        world.send(&asha, message);
        world.work_on();
    }
    let path = format!("/api/channels/{}", world.account.channel);
    let (status, _) = world.ask(Ask::patch(&path, json!({"accessToken": "EAAG-a-token-that-is-good"})));
    world.check(status == 200, "the token is not replaced");
    world.settle();
}

/// Somebody pauses the number, an agent writes, and the number is resumed.
pub(crate) fn paused(world: &mut World) {
    let asha = crate::scenarios::a_customer(world);
    toggle(world, true);
    // `outbound` reads the channel with eventual consistency.
    world.skip(crate::replica::LAG);
    for message in ["First", "Second"] {
        world.send(&asha, message);
        world.work_on();
    }
    toggle(world, false);
    world.send(&asha, "Third");
    world.settle();
}

/// A budget has room for the first of two messages, and is raised once the second is held. WhatsApp settles the first.
pub(crate) fn budget(world: &mut World) {
    let charged = Timestamp::from_seconds(crate::scenarios::SERVICE_CHARGED);
    world.skip(charged.since(world.now()));
    let passed = world.now().since(testkit::NOW).as_secs();
    let (number, seconds) = (u32::try_from(passed).unwrap_or(u32::MAX), i64::try_from(passed).unwrap_or(i64::MAX));
    let asha = Customer::new("Asha", 1);
    world.post(asha.writes(number, "Are you open?").body());
    world.settle();
    let channel = format!("/api/channels/{}", world.account.channel);
    world.ask(Ask::patch(&channel, json!({"currency": "INR"})));
    for _ in 0..ATTEMPTS {
        if world.get("/api/budgets")["items"][0].is_object() {
            break;
        }
        let budget = json!({"currency": "INR", "amount": "0.2", "period": "month", "action": "hold"});
        world.ask(Ask::post("/api/budgets", budget));
    }
    world.send(&asha, "First");
    world.work_on();
    world.report("First", "delivered", seconds + 60, &asha);
    world.send(&asha, "Second");
    world.work_on();
    for _ in 0..ATTEMPTS {
        let budget = world.get("/api/budgets")["items"][0].clone();
        if budget["amount"] == "1.00" {
            break;
        }
        let path = format!("/api/budgets/{}", budget["id"].as_str().unwrap_or_default());
        world.ask(Ask::patch(&path, json!({"amount": "1"})));
    }
    world.settle();
}

/// Pauses the number or resumes it. A request whose answer is lost is made again, which undoes it: one looks, and asks
/// again.
fn toggle(world: &mut World, paused: bool) {
    let path = format!("/api/channels/{}/toggle", world.account.channel);
    for _ in 0..ATTEMPTS {
        if world.get("/api/channels")["items"][0]["paused"] == paused {
            return;
        }
        world.ask(Ask::post(&path, json!({})));
    }
    world.check(false, "the number is not paused or resumed");
}

/// An agent starts a conversation with somebody who has not written yet.
pub(crate) fn starting(world: &mut World) {
    let (status, conversation) = world.ask(Ask::post("/api/conversations", json!({"phone": "+919876500009"})));
    world.check(matches!(status, 200 | 201), "the conversation is not started");
    let started = world.typed("conversation").len();
    world.check(started == 1, &format!("{started} conversations are started"));
    world.check_entries("conversation_started", started);
    let about = world.entries_about("conversation_started", &text(&conversation, "id")).len();
    world.check(about == 1, "the entry is about another conversation");
}

/// Whether `password` signs the user with this address in. No fault comes here.
fn password_of(world: &World, email: &str, password: &str) -> bool {
    world.try_out(&Ask::post("/api/auth/login", json!({"email": email, "password": password}))).0 == 200
}

/// The token of the newest link that was mailed to `email` and leads to `page`.
fn mailed(world: &World, email: &str, page: &str) -> Option<String> {
    let mails = world.emulator.mailbox().newest(u32::MAX).unwrap_or_else(|error| panic!("{error}"));
    let link = format!("/{page}#token=");
    let tokens = mails.iter().filter(|mail| mail.to == email).filter_map(|mail| mail.text.split_once(&link));
    tokens.filter_map(|(_, rest)| rest.split_whitespace().next()).next().map(str::to_owned)
}

/// An id without its prefix, as it stands in a key.
fn bare(item: &Value, name: &str) -> String {
    text(item, name).rsplit('_').next().unwrap_or_default().to_owned()
}

impl World {
    /// Reports `wrong` unless it `holds`.
    pub(crate) fn check(&self, holds: bool, wrong: &str) {
        if !holds {
            self.calls.report(wrong.to_owned());
        }
    }

    /// Our items of the type `ty`, and those that belong to no tenant.
    pub(crate) fn typed(&self, ty: &str) -> Vec<Value> {
        Items::all(&self.emulator).typed_without(ty, &other_tenant().ulid_str())
    }

    /// The audit entries of this action.
    fn entries(&self, action: &str) -> Vec<Value> {
        self.typed("audit").into_iter().filter(|entry| entry["ac"] == action).collect()
    }

    /// Those about `target`.
    fn entries_about(&self, action: &str, target: &str) -> Vec<Value> {
        self.entries(action).into_iter().filter(|entry| entry["tg"] == target).collect()
    }

    /// Reports it unless there are so many audit entries of this action as changes.
    pub(crate) fn check_entries(&self, action: &str, changes: usize) {
        let entries = self.entries(action).len();
        self.check(entries == changes, &format!("{changes} changes have {entries} entries of {action}"));
    }
}
