//! Connecting a number and its owner to a table: what an installation on AWS begins with.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has to end")]

use domain::access::users::EmailAddress;
use domain::channels::prices::money::Currency;
use domain::{PhoneNumberId, Secret};
use emulator::Emulator;
use encryption::{EncryptionContext, Encryptor, LocalKey, SecretOwner};
use leadwire::connect::{ConnectError, Connected, Wish, connect, read_token};
use leadwire::stack::{QueueUrls, TABLE};
use runtime::{Clock, Random, SystemClock, SystemRandom};
use std::sync::Arc;
use store::channels::channels::token_place;
use store::{Store, Table};

async fn store() -> Store {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let aws = Emulator::memory(clock).unwrap().sdk_config();
    QueueUrls::prepare(&aws).await.unwrap();
    Store::new(Table::new(aws_sdk_dynamodb::Client::new(&aws), TABLE.to_owned()))
}

fn wish(owner: &str, number: &str) -> Wish {
    Wish {
        owner: EmailAddress::parse(owner).unwrap(),
        owner_name: "Ana Souza".to_owned(),
        phone_id: PhoneNumberId::parse(number).unwrap(),
        business_id: "102290129340398".to_owned(),
        display: "+1 555 078 3881".to_owned(),
        name: "WhatsApp".to_owned(),
        currency: Some(Currency::Inr),
    }
}

async fn connected(store: &Store, owner: &str, number: &str) -> Result<Connected, ConnectError> {
    connect(store, &SystemClock, &SystemRandom, &wish(owner, number), None).await
}

#[tokio::test]
async fn an_owner_gets_a_password_once_and_numbers_as_they_come() {
    let store = store().await;
    let first = connected(&store, "owner@example.com", "106540352242922").await.unwrap();
    let login = store.login(&EmailAddress::parse("owner@example.com").unwrap()).await.unwrap().unwrap();
    assert!(api::access::password_hashes::verify(&first.password.unwrap(), Some(&login.password)));
    for number in ["106540352242922", "106540352242923"] {
        let again = connected(&store, "Owner@example.com", number).await.unwrap();
        assert_eq!((again.tenant, again.password.is_none()), (first.tenant, true), "{number}");
    }
    let channels = store.tenant(first.tenant).channels().await.unwrap();
    let currencies: Vec<_> = channels.iter().map(|channel| channel.billing.currency).collect();
    assert_eq!(currencies, [Some(Currency::Inr); 2]);
    for number in ["106540352242922", "106540352242923"] {
        let route = store.route(&PhoneNumberId::parse(number).unwrap()).await.unwrap();
        assert_eq!(route.map(|route| route.tenant), Some(first.tenant), "{number}");
    }
}

#[tokio::test]
async fn somebody_else_s_number_is_refused_and_nothing_made() {
    let store = store().await;
    connected(&store, "owner@example.com", "106540352242922").await.unwrap();
    let refused = connected(&store, "another@example.com", "106540352242922").await;
    assert!(matches!(refused, Err(ConnectError::OtherOwner(_))), "{refused:?}");
    assert!(store.login(&EmailAddress::parse("another@example.com").unwrap()).await.unwrap().is_none());
}

#[tokio::test]
async fn a_number_s_own_token_comes_from_a_file_and_is_encrypted_whenever_it_is_given() {
    let store = store().await;
    let encryptor = Encryptor::new(LocalKey::new("test", &Secret::new("wraps"), || SystemRandom.u128()));
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("token");
    for given in ["EAAG-the-first-token-of-it", "EAAG-the-second-token-of-it"] {
        std::fs::write(&file, format!("{given}\n")).unwrap();
        let token = read_token(&file).unwrap();
        let wish = wish("owner@example.com", "106540352242922");
        let own = Some((&token, &encryptor));
        let tenant = connect(&store, &SystemClock, &SystemRandom, &wish, own).await.unwrap().tenant;
        let channel = store.tenant(tenant).channels().await.unwrap().remove(0);
        let kept = channel.token.unwrap();
        assert!(!kept.ciphertext.contains(given) && kept.last4 == "f-it");
        let place = EncryptionContext {
            tenant,
            owner: SecretOwner::Channel(channel.id),
            item: token_place(tenant, channel.id),
        };
        let decrypted = encryptor.decrypt(&kept.ciphertext, &place, SystemClock.now()).await.unwrap();
        assert_eq!(decrypted.secret.expose(), given);
    }
    std::fs::write(&file, "two words\n").unwrap();
    assert!(matches!(read_token(&file), Err(ConnectError::Token(_))));
    assert!(matches!(read_token(&folder.path().join("none")), Err(ConnectError::Unread(..))));
}
