//! What an encrypted text opens to, where, and how often the key service is asked for it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has to end")]

use domain::{ChannelId, Secret, TenantId, Timestamp};
use encryption::{DataKey, EncryptionContext, EncryptionError, Encryptor, Keys, LocalKey, SecretOwner};
use futures::future::BoxFuture;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

const NOW: Timestamp = Timestamp::from_seconds(1_790_000_000);
const TOKEN: &str = "EAAG-a-token-of-meta";

fn place(tenant: u128, channel: u128, item: &str) -> EncryptionContext {
    let tenant = TenantId::from_parts(NOW, tenant);
    let channel = ChannelId::from_parts(NOW, channel);
    EncryptionContext { tenant, owner: SecretOwner::Channel(channel), item: item.to_owned() }
}

fn here() -> EncryptionContext {
    place(1, 1, "the item 1")
}

/// Bits that count up.
fn bits() -> impl Fn() -> u128 {
    let count = AtomicU64::new(1);
    move || u128::from(count.fetch_add(1, Ordering::SeqCst)) << 64
}

fn local(id: &str) -> LocalKey {
    LocalKey::new(id, &Secret::new(format!("the secret of {id}")), bits())
}

/// A key that follows another one, whose work it still undoes, and counts how often.
#[derive(Clone, Debug)]
struct Successor(Arc<(LocalKey, LocalKey, AtomicUsize)>);

impl Successor {
    fn new() -> Self {
        Self(Arc::new((local("new"), local("old"), AtomicUsize::new(0))))
    }

    fn asked(&self) -> usize {
        self.0.2.load(Ordering::SeqCst)
    }
}

impl Keys for Successor {
    fn id(&self) -> &str {
        self.0.0.id()
    }

    fn make<'a>(&'a self, place: &'a EncryptionContext) -> BoxFuture<'a, Result<(DataKey, Vec<u8>), EncryptionError>> {
        self.0.0.make(place)
    }

    fn reveal<'a>(
        &'a self,
        id: &'a str,
        wrapped: &'a [u8],
        place: &'a EncryptionContext,
    ) -> BoxFuture<'a, Result<DataKey, EncryptionError>> {
        self.0.2.fetch_add(1, Ordering::SeqCst);
        let (new, old, _) = &*self.0;
        if id == new.id() { new.reveal(id, wrapped, place) } else { old.reveal(id, wrapped, place) }
    }
}

async fn encrypted_by(encryptor: &Encryptor, place: &EncryptionContext) -> String {
    encryptor.encrypt(&Secret::new(TOKEN), place, bits()()).await.unwrap()
}

#[tokio::test]
async fn s19_an_encrypted_value_decrypts_in_its_own_context_only() {
    let encryptor = Encryptor::new(local("key"));
    let ciphertext = encrypted_by(&encryptor, &here()).await;
    assert!(ciphertext.starts_with("v1|key|") && !ciphertext.contains(TOKEN), "{ciphertext}");
    let decrypted = encryptor.decrypt(&ciphertext, &here(), NOW).await.unwrap();
    assert_eq!((decrypted.secret.expose(), decrypted.is_old), (TOKEN, false));
    for other in [place(2, 1, "the item 1"), place(1, 2, "the item 1"), place(1, 1, "the item 2")] {
        let refused = encryptor.decrypt(&ciphertext, &other, NOW).await.unwrap_err();
        assert!(matches!(refused, EncryptionError::Unreadable(_)), "{other:?}: {refused}");
    }
    let stranger = Encryptor::new(LocalKey::new("key", &Secret::new("another secret"), bits()));
    assert!(!stranger.decrypt(&ciphertext, &here(), NOW).await.unwrap_err().is_retryable());
}

#[tokio::test]
async fn s19_an_encrypted_value_with_one_character_changed_does_not_decrypt() {
    let encryptor = Encryptor::new(local("key"));
    let ciphertext = encrypted_by(&encryptor, &here()).await;
    for at in 0..ciphertext.len() {
        let mut bytes = ciphertext.clone().into_bytes();
        bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
        let changed = String::from_utf8(bytes).unwrap();
        let decrypted = encryptor.decrypt(&changed, &here(), NOW).await;
        assert!(matches!(decrypted, Err(EncryptionError::Unreadable(_))), "{at}: {decrypted:?}");
    }
    for cut in 0..ciphertext.len() {
        assert!(encryptor.decrypt(&ciphertext[..cut], &here(), NOW).await.is_err(), "{cut}");
    }
}

#[tokio::test]
async fn s19_each_value_is_encrypted_under_its_own_data_key() {
    let encryptor = Encryptor::new(local("key"));
    let one = encrypted_by(&encryptor, &here()).await;
    let two = encrypted_by(&encryptor, &here()).await;
    let parts = |ciphertext: &str| ciphertext.split('|').map(str::to_owned).collect::<Vec<_>>();
    let one = parts(&one);
    let two = parts(&two);
    assert_eq!(one[3], two[3], "the same bits were given for both nonces");
    assert!(one[2] != two[2] && one[4] != two[4]);
}

#[tokio::test]
async fn the_key_service_is_asked_once_in_five_minutes() {
    let keys = Successor::new();
    let encryptor = Encryptor::new(keys.clone());
    let ciphertext = encrypted_by(&encryptor, &here()).await;
    for (second, asked) in [(0, 1), (1, 1), (299, 1), (300, 2), (301, 2), (600, 3)] {
        encryptor.decrypt(&ciphertext, &here(), Timestamp::from_seconds(NOW.seconds() + second)).await.unwrap();
        assert_eq!(keys.asked(), asked, "after {second} seconds");
    }
}

#[tokio::test]
async fn more_keys_than_are_held_still_open() {
    let keys = Successor::new();
    let encryptor = Encryptor::new(keys.clone());
    for channel in 0..1002 {
        let place = place(1, channel, "an item");
        let ciphertext = encrypted_by(&encryptor, &place).await;
        assert_eq!(encryptor.decrypt(&ciphertext, &place, NOW).await.unwrap().secret.expose(), TOKEN);
    }
    assert_eq!(keys.asked(), 1002);
}

#[tokio::test]
async fn s19_a_value_of_the_previous_key_decrypts_and_says_that_it_is_old() {
    let ciphertext = encrypted_by(&Encryptor::new(local("old")), &here()).await;
    let encryptor = Encryptor::new(Successor::new());
    let decrypted = encryptor.decrypt(&ciphertext, &here(), NOW).await.unwrap();
    assert_eq!((decrypted.secret.expose(), decrypted.is_old), (TOKEN, true));
    let anew = encrypted_by(&encryptor, &here()).await;
    assert!(anew.starts_with("v1|new|") && !encryptor.decrypt(&anew, &here(), NOW).await.unwrap().is_old);
}

#[tokio::test]
async fn nothing_of_a_key_is_shown() {
    let key = local("key");
    let (data, _) = key.make(&here()).await.unwrap();
    assert_eq!(format!("{key:?} {data:?} {:?}", Encryptor::new(local("key"))), {
        r#"LocalKey("key") DataKey(***) Sealer(LocalKey("key"))"#
    });
}
