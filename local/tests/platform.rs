//! What whoever runs the platform does beside the API.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has to end")]

use aws_sdk_dynamodb::types::AttributeValue;
use domain::audit::{Action, Deed};
use domain::tenants::Tenant;
use domain::users::{Email, Role, User};
use domain::{Actor, Secret, TenantId, Text, UserId};
use emulator::Emulator;
use leadwire::platform::{Chain, Task, audit, run};
use leadwire::stack::TABLE;
use runtime::{Clock, Ids, SystemClock, SystemIds};
use std::sync::{Arc, Mutex};
use store::api_keys::Holder;
use store::audit::Wanted;
use store::{Store, Table};

async fn table() -> (aws_sdk_dynamodb::Client, Store) {
    let client = aws_sdk_dynamodb::Client::new(&Emulator::memory(Arc::new(SystemClock)).unwrap().sdk_config());
    let table = Table::new(client.clone(), TABLE.to_owned());
    table.create_if_missing().await.unwrap();
    (client, Store::new(table))
}

/// A business with so many deeds.
async fn business(store: &Store, deeds: usize) -> TenantId {
    let id = TenantId::from_parts(SystemClock.now(), SystemIds.bits());
    assert!(store.create_tenant(&Tenant::new(id, Text::new("Leaf"))).await.unwrap());
    for n in 0..deeds {
        let (at, target) = (SystemClock.now(), format!("usr_{n}"));
        let deed = Deed { at, by: Actor::Nobody, action: Action::SignInFailed, target, detail: String::new() };
        store.write_down(id, &deed, SystemIds.bits()).await.unwrap();
    }
    id
}

async fn told(store: &Store, task: Task) -> (bool, Vec<String>) {
    let lines = Mutex::new(Vec::new());
    let fine = run(task, store, (&SystemClock, &SystemIds), &|line| lines.lock().unwrap().push(line)).await.unwrap();
    (fine, lines.into_inner().unwrap())
}

#[tokio::test]
async fn s23_a_planted_change_and_a_planted_gap_are_found_and_named() {
    let (client, store) = table().await;
    let (whole, changed, with_gap) = (business(&store, 3).await, business(&store, 4).await, business(&store, 5).await);
    let key = |tenant: TenantId, number: u64| {
        let value = |text: String| AttributeValue::S(text);
        [("PK", value(format!("T#{}#AUDIT", tenant.bare()))), ("SK", value(format!("{number:012}")))]
            .map(|(name, value)| (name.to_owned(), value))
    };
    let change = client.update_item().table_name(TABLE).set_key(Some(key(changed, 2).into()));
    let change =
        change.update_expression("SET tg = :v").expression_attribute_values(":v", AttributeValue::S("x".into()));
    change.send().await.unwrap();
    client.delete_item().table_name(TABLE).set_key(Some(key(with_gap, 3).into())).send().await.unwrap();

    assert_eq!(audit(&store, whole).await.unwrap(), Chain::Whole { entries: 3 });
    assert_eq!(audit(&store, changed).await.unwrap(), Chain::Broken { number: 2 });
    assert_eq!(audit(&store, with_gap).await.unwrap(), Chain::Broken { number: 4 });
    let (fine, lines) = told(&store, Task::Audit).await;
    assert!(!fine && lines.len() == 3, "{lines:?}");
    assert!(lines.contains(&format!("{changed}: BROKEN: entry 2 does not follow the one before")), "{lines:?}");
}

#[tokio::test]
async fn an_operators_key_is_shown_once_and_speaks_for_them() {
    let (_, store) = table().await;
    let (fine, lines) = told(&store, Task::Operator).await;
    let key = lines[0].rsplit(' ').next().unwrap();
    let holder = store.holder(&api::secrets::digest_of(key), SystemClock.now()).await.unwrap();
    assert!(fine && matches!(holder, Some(Holder::Operator(_))), "{holder:?}");
}

#[tokio::test]
async fn a_sole_owner_who_lost_app_and_codes_signs_in_by_the_password_again() {
    let (_, store) = table().await;
    let tenant = Tenant::new(TenantId::from_parts(SystemClock.now(), SystemIds.bits()), Text::new("Leaf"));
    let email = Email::parse("owner@example.com").unwrap();
    let owner = User::new(UserId::from_parts(SystemClock.now(), 1), tenant.id, Role::Owner, Text::new("Ana"), email);
    let owner = owner.with_email_verified();
    assert!(store.found(&tenant, &owner, &Secret::new("a hash")).await.unwrap());
    assert!(store.offer_second_factor(tenant.id, owner.id, "sealed").await.unwrap());
    assert!(store.set_second_factor(&owner, ("sealed", 1), &[], SystemClock.now()).await.unwrap());
    let task = || Task::RemoveSecondFactor { email: owner.email.clone() };
    let (fine, lines) = told(&store, task()).await;
    assert!(fine && lines[0].starts_with(&owner.id.to_string()), "{lines:?}");
    assert!(!store.login(&owner.email).await.unwrap().unwrap().user.second_factor);
    let deed = store.audit(tenant.id, &Wanted::default(), None, 1).await.unwrap().items.remove(0).deed;
    assert_eq!((deed.action, deed.detail.as_str()), (Action::SecondFactorRemoved, "by the platform's command"));
    assert_eq!(told(&store, task()).await, (false, vec![format!("{} has no second factor", owner.id)]));
    let nobody = Task::RemoveSecondFactor { email: Email::parse("nobody@example.com").unwrap() };
    assert_eq!(told(&store, nobody).await, (false, vec!["no account has this address".to_owned()]));
}

#[tokio::test]
async fn where_no_email_can_be_sent_the_platform_confirms_a_mailbox() {
    let (_, store) = table().await;
    let tenant = Tenant::new(TenantId::from_parts(SystemClock.now(), SystemIds.bits()), Text::new("Leaf"));
    let email = Email::parse("owner@example.com").unwrap();
    let owner = User::new(UserId::from_parts(SystemClock.now(), 1), tenant.id, Role::Owner, Text::new("Ana"), email);
    assert!(store.found(&tenant, &owner, &Secret::new("a hash")).await.unwrap());
    let (fine, lines) = told(&store, Task::VerifyEmail { email: owner.email.clone() }).await;
    assert!(fine, "{lines:?}");
    assert!(store.login(&owner.email).await.unwrap().unwrap().user.email_verified);
}
