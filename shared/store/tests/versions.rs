//! Items that another release wrote, against the real engine.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has to end")]

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::AttributeValue;
use domain::access::users::{EmailAddress, Role, User};
use domain::access::visibility::Visibility;
use domain::{Secret, TenantId, Text, Timestamp, UserId};
use emulator::{Emulator, ManualClock};
use std::sync::Arc;
use store::{Store, StoreError, Table};

const NOW: Timestamp = Timestamp::from_seconds(1_790_000_000);

/// A store with one user in it, and the table's client.
async fn store() -> (Store, Client, User) {
    let emulator = Emulator::memory(Arc::new(ManualClock::new(NOW))).unwrap();
    let client = Client::new(&emulator.sdk_config());
    let table = Table::new(client.clone(), "leadwire".into());
    table.create_if_missing().await.unwrap();
    let store = Store::new(table);
    let user = User {
        id: UserId::from_parts(NOW, 2),
        tenant: TenantId::from_parts(NOW, 1),
        role: Role::Owner,
        name: Text::new("Asha"),
        email: EmailAddress::parse("asha@example.com").unwrap(),
        email_verified: true,
        active: true,
        epoch: 0,
        second_factor: false,
        visibility: Visibility::FULL,
    };
    assert!(store.create_user(&user, &Secret::new("hash".to_owned())).await.unwrap());
    (store, client, user)
}

/// Gives the user's item the version `version`.
async fn set_version(client: &Client, user: &User, version: &str) {
    let key = store::table::keys::AccessKey::User(user.tenant, user.id);
    let update = client.update_item().table_name("leadwire");
    let update = update.key("PK", AttributeValue::S(key.pk())).key("SK", AttributeValue::S(key.sk()));
    let update = update.update_expression("SET v = :v").expression_attribute_values(":v", n(version));
    update.send().await.unwrap();
}

fn n(number: &str) -> AttributeValue {
    AttributeValue::N(number.to_owned())
}

#[tokio::test]
async fn an_item_of_the_known_version_is_read() {
    let (store, client, user) = store().await;
    set_version(&client, &user, "1").await;
    assert_eq!(store.tenant(user.tenant).user(user.id).await.unwrap(), Some(user));
}

#[tokio::test]
async fn an_item_of_an_unknown_version_is_refused() {
    let (store, client, user) = store().await;
    set_version(&client, &user, "2").await;
    let error = store.tenant(user.tenant).user(user.id).await.unwrap_err();
    assert!(matches!(&error, StoreError::Corrupt { problem, .. } if problem == "unknown version 2"), "{error}");
    assert!(!error.is_retryable());
}
