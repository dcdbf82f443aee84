//! What whoever runs the platform does beside the API.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has to end")]

use audit::{Chain, Chains, Fault};
use aws_sdk_dynamodb::types::AttributeValue;
use domain::access::audit::{Action, AuditEvent, Entry};
use domain::access::tenants::Tenant;
use domain::access::users::{EmailAddress, Role, User};
use domain::ids::AuditId;
use domain::{Actor, Secret, TenantId, Text, UserId};
use emulator::Emulator;
use encryption::{Encryptor, LocalKey};
use leadwire::platform::{Sources, Task, run};
use leadwire::stack::TABLE;
use runtime::{Clock, Random, SystemClock, SystemRandom};
use std::sync::{Arc, Mutex};
use store::access::api_keys::Holder;
use store::insight::audit_log::{AuditFilter, Below};
use store::{Store, Table};

fn chains(store: &Store) -> Chains {
    let encryptor = Encryptor::new(LocalKey::new("test", &Secret::new("k".repeat(32)), || SystemRandom.u128()));
    Chains::new(store.clone(), encryptor, Arc::new(SystemRandom))
}

async fn table() -> (aws_sdk_dynamodb::Client, Store) {
    let client = aws_sdk_dynamodb::Client::new(&Emulator::memory(Arc::new(SystemClock)).unwrap().sdk_config());
    let table = Table::new(client.clone(), TABLE.to_owned());
    table.create_if_missing().await.unwrap();
    (client, Store::new(table))
}

/// A business with so many audit events beside that it was made, each held by a link of its own.
async fn business(store: &Store, audit_events: usize) -> (TenantId, Vec<AuditId>) {
    let id = TenantId::from_parts(SystemClock.now(), SystemRandom.u128());
    let founded = Entry::founded(id, Actor::Nobody, SystemClock.now(), "for a test");
    assert!(store.create_tenant(&Tenant::new(id, Text::new("Leaf")), &founded).await.unwrap());
    let mut ids = vec![founded.id];
    for n in 0..audit_events {
        let at = SystemClock.now();
        let target = format!("usr_{n}");
        let audit_event =
            AuditEvent { at, by: Actor::Nobody, action: Action::SignInFailed, target, detail: String::new() };
        let entry = Entry::new(audit_event, SystemRandom.u128());
        store.tenant(id).append(&entry).await.unwrap();
        ids.push(entry.id);
    }
    for one in &ids {
        chains(store).hold(id, vec![*one], SystemClock.now()).await.unwrap();
    }
    (id, ids)
}

/// The entry that `user` did this a moment ago.
fn entry(user: &User, action: Action) -> Entry {
    let at = SystemClock.now();
    let target = user.id.to_string();
    Entry::new(AuditEvent { at, by: Actor::User(user.id), action, target, detail: String::new() }, SystemRandom.u128())
}

async fn told(store: &Store, task: Task) -> (bool, Vec<String>) {
    let lines = Mutex::new(Vec::new());
    let fine = run(task, store, &chains(store), Sources { clock: &SystemClock, random: &SystemRandom }, &|line| {
        lines.lock().unwrap().push(line);
    })
    .await
    .unwrap();
    (fine, lines.into_inner().unwrap())
}

#[tokio::test]
async fn s23_a_planted_change_and_a_planted_gap_are_found_and_named() {
    let (client, store) = table().await;
    let mut businesses = Vec::new();
    for audit_events in 3..8 {
        businesses.push(business(&store, audit_events).await);
    }
    let [whole, changed, gone, with_gap, unchained] = businesses.as_slice() else { panic!("there are five") };
    let value = |text: String| AttributeValue::S(text);
    let key = |tenant: TenantId, list: &str, name: String| {
        [("PK", value(format!("T#{}#{list}", tenant.ulid_str()))), ("SK", value(name))]
            .map(|(name, value)| (name.to_owned(), value))
    };
    let second = key(changed.0, "AUDIT", changed.1[1].ulid_str());
    let change = client.update_item().table_name(TABLE).set_key(Some(second.into()));
    let change = change.update_expression("SET tg = :v").expression_attribute_values(":v", value("x".into()));
    change.send().await.unwrap();
    for key in [key(gone.0, "AUDIT", gone.1[2].ulid_str()), key(with_gap.0, "CHAIN", format!("{:012}", 3))] {
        client.delete_item().table_name(TABLE).set_key(Some(key.into())).send().await.unwrap();
    }
    let at = SystemClock.now().minus(std::time::Duration::from_secs(601));
    let by = Actor::Nobody;
    let target = String::new();
    let detail = String::new();
    let planted = Entry::new(AuditEvent { at, by, action: Action::SignedIn, target, detail }, 1);
    store.tenant(unchained.0).append(&planted).await.unwrap();

    let check = async |tenant| chains(&store).check(tenant, SystemClock.now()).await.unwrap();
    assert_eq!(check(whole.0).await, Chain::Whole { entries: 4 });
    assert_eq!(check(changed.0).await, Chain::Broken(Fault::Changed(changed.1[1])));
    assert_eq!(check(gone.0).await, Chain::Broken(Fault::Gone(gone.1[2])));
    assert_eq!(check(with_gap.0).await, Chain::Broken(Fault::Link(4)));
    assert_eq!(check(unchained.0).await, Chain::Broken(Fault::Unchained(planted.id)));
    let (fine, lines) = told(&store, Task::Audit).await;
    assert!(!fine && lines.len() == 5, "{lines:?}");
    assert!(lines.contains(&format!("{}: BROKEN: entry {} was changed", changed.0, changed.1[1])), "{lines:?}");
}

#[tokio::test]
async fn an_operators_key_is_shown_once_and_speaks_for_them() {
    let (_, store) = table().await;
    let (fine, lines) = told(&store, Task::Operator).await;
    let key = lines[0].rsplit(' ').next().unwrap();
    let holder = store.holder(&api::web::secrets::digest_of(key), SystemClock.now()).await.unwrap();
    assert!(fine && matches!(holder, Some(Holder::Operator(_))), "{holder:?}");
}

#[tokio::test]
async fn a_sole_owner_who_lost_app_and_codes_signs_in_by_the_password_again() {
    let (_, store) = table().await;
    let tenant = Tenant::new(TenantId::from_parts(SystemClock.now(), SystemRandom.u128()), Text::new("Leaf"));
    let email = EmailAddress::parse("owner@example.com").unwrap();
    let owner = User::new(UserId::from_parts(SystemClock.now(), 1), tenant.id, Role::Owner, Text::new("Ana"), email);
    let owner = owner.with_email_verified();
    assert!(
        store
            .create_with_owner(&tenant, &owner, &Secret::new("a hash"), &entry(&owner, Action::TenantCreated))
            .await
            .unwrap()
    );
    assert!(store.tenant(tenant.id).offer_second_factor(owner.id, "encrypted").await.unwrap());
    let set = entry(&owner, Action::SecondFactorSet);
    assert!(store.set_second_factor(&owner, "encrypted", 1, &[], &set).await.unwrap());
    let task = || Task::RemoveSecondFactor { email: owner.email.clone() };
    let (fine, lines) = told(&store, task()).await;
    assert!(fine && lines[0].starts_with(&owner.id.to_string()), "{lines:?}");
    assert!(!store.login(&owner.email).await.unwrap().unwrap().user.second_factor);
    let wanted = AuditFilter { action: Some(Action::SecondFactorRemoved), ..AuditFilter::default() };
    let page = store.tenant(tenant.id).audit(&wanted, Below::default(), 10, 10).await.unwrap();
    let audit_event = page.items[0].audit_event();
    assert_eq!(
        (audit_event.action, audit_event.detail.as_str()),
        (Action::SecondFactorRemoved, "by the platform command")
    );
    assert_eq!(
        told(&store, task()).await,
        (false, vec![format!("{} does not have two-factor authentication", owner.id)])
    );
    let nobody = Task::RemoveSecondFactor { email: EmailAddress::parse("nobody@example.com").unwrap() };
    assert_eq!(told(&store, nobody).await, (false, vec!["no account has this email address".to_owned()]));
}

#[tokio::test]
async fn where_no_email_can_be_sent_the_platform_confirms_a_mailbox() {
    let (_, store) = table().await;
    let tenant = Tenant::new(TenantId::from_parts(SystemClock.now(), SystemRandom.u128()), Text::new("Leaf"));
    let email = EmailAddress::parse("owner@example.com").unwrap();
    let owner = User::new(UserId::from_parts(SystemClock.now(), 1), tenant.id, Role::Owner, Text::new("Ana"), email);
    assert!(
        store
            .create_with_owner(&tenant, &owner, &Secret::new("a hash"), &entry(&owner, Action::TenantCreated))
            .await
            .unwrap()
    );
    let (fine, lines) = told(&store, Task::VerifyEmail { email: owner.email.clone() }).await;
    assert!(fine, "{lines:?}");
    assert!(store.login(&owner.email).await.unwrap().unwrap().user.email_verified);
}
