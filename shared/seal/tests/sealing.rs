//! What a sealed text opens to, where, and how often the key service is asked for it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has to end")]

use domain::{ChannelId, Secret, TenantId, Timestamp};
use futures::future::BoxFuture;
use seal::{DataKey, Holder, Keys, LocalKey, Place, SealError, Sealer};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

const NOW: Timestamp = Timestamp::from_seconds(1_790_000_000);
const TOKEN: &str = "EAAG-a-token-of-meta";

fn place(tenant: u128, channel: u128, item: &str) -> Place {
    let (tenant, channel) = (TenantId::from_parts(NOW, tenant), ChannelId::from_parts(NOW, channel));
    Place { tenant, of: Holder::Channel(channel), item: item.to_owned() }
}

fn here() -> Place {
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

    fn make<'a>(&'a self, place: &'a Place) -> BoxFuture<'a, Result<(DataKey, Vec<u8>), SealError>> {
        self.0.0.make(place)
    }

    fn reveal<'a>(
        &'a self,
        id: &'a str,
        wrapped: &'a [u8],
        place: &'a Place,
    ) -> BoxFuture<'a, Result<DataKey, SealError>> {
        self.0.2.fetch_add(1, Ordering::SeqCst);
        let (new, old, _) = &*self.0;
        if id == new.id() { new.reveal(id, wrapped, place) } else { old.reveal(id, wrapped, place) }
    }
}

async fn sealed_by(sealer: &Sealer, place: &Place) -> String {
    sealer.seal(&Secret::new(TOKEN), place, bits()()).await.unwrap()
}

#[tokio::test]
async fn s19_what_is_sealed_opens_in_its_own_place_and_in_no_other() {
    let sealer = Sealer::new(local("key"));
    let sealed = sealed_by(&sealer, &here()).await;
    assert!(sealed.starts_with("v1|key|") && !sealed.contains(TOKEN), "{sealed}");
    let opened = sealer.open(&sealed, &here(), NOW).await.unwrap();
    assert_eq!((opened.secret.expose(), opened.is_old), (TOKEN, false));
    for other in [place(2, 1, "the item 1"), place(1, 2, "the item 1"), place(1, 1, "the item 2")] {
        let refused = sealer.open(&sealed, &other, NOW).await.unwrap_err();
        assert!(matches!(refused, SealError::Unreadable(_)), "{other:?}: {refused}");
    }
    let stranger = Sealer::new(LocalKey::new("key", &Secret::new("another secret"), bits()));
    assert!(!stranger.open(&sealed, &here(), NOW).await.unwrap_err().is_retryable());
}

#[tokio::test]
async fn s19_one_character_changed_and_it_does_not_open() {
    let sealer = Sealer::new(local("key"));
    let sealed = sealed_by(&sealer, &here()).await;
    for at in 0..sealed.len() {
        let mut bytes = sealed.clone().into_bytes();
        bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
        let changed = String::from_utf8(bytes).unwrap();
        let opened = sealer.open(&changed, &here(), NOW).await;
        assert!(matches!(opened, Err(SealError::Unreadable(_))), "{at}: {opened:?}");
    }
    for cut in 0..sealed.len() {
        assert!(sealer.open(&sealed[..cut], &here(), NOW).await.is_err(), "{cut}");
    }
}

#[tokio::test]
async fn s19_each_sealing_has_a_data_key_of_its_own() {
    let sealer = Sealer::new(local("key"));
    let (one, two) = (sealed_by(&sealer, &here()).await, sealed_by(&sealer, &here()).await);
    let parts = |sealed: &str| sealed.split('|').map(str::to_owned).collect::<Vec<_>>();
    let (one, two) = (parts(&one), parts(&two));
    assert_eq!(one[3], two[3], "the same bits were given for both nonces");
    assert!(one[2] != two[2] && one[4] != two[4]);
}

#[tokio::test]
async fn the_key_service_is_asked_once_in_five_minutes() {
    let keys = Successor::new();
    let sealer = Sealer::new(keys.clone());
    let sealed = sealed_by(&sealer, &here()).await;
    for (second, asked) in [(0, 1), (1, 1), (299, 1), (300, 2), (301, 2), (600, 3)] {
        sealer.open(&sealed, &here(), Timestamp::from_seconds(NOW.seconds() + second)).await.unwrap();
        assert_eq!(keys.asked(), asked, "after {second} seconds");
    }
}

#[tokio::test]
async fn more_keys_than_are_held_still_open() {
    let keys = Successor::new();
    let sealer = Sealer::new(keys.clone());
    for channel in 0..1002 {
        let place = place(1, channel, "an item");
        let sealed = sealed_by(&sealer, &place).await;
        assert_eq!(sealer.open(&sealed, &place, NOW).await.unwrap().secret.expose(), TOKEN);
    }
    assert_eq!(keys.asked(), 1002);
}

#[tokio::test]
async fn s19_what_the_key_before_sealed_opens_and_says_that_it_is_old() {
    let sealed = sealed_by(&Sealer::new(local("old")), &here()).await;
    let sealer = Sealer::new(Successor::new());
    let opened = sealer.open(&sealed, &here(), NOW).await.unwrap();
    assert_eq!((opened.secret.expose(), opened.is_old), (TOKEN, true));
    let anew = sealed_by(&sealer, &here()).await;
    assert!(anew.starts_with("v1|new|") && !sealer.open(&anew, &here(), NOW).await.unwrap().is_old);
}

#[tokio::test]
async fn nothing_of_a_key_is_shown() {
    let key = local("key");
    let (data, _) = key.make(&here()).await.unwrap();
    assert_eq!(format!("{key:?} {data:?} {:?}", Sealer::new(local("key"))), {
        r#"LocalKey("key") DataKey(***) Sealer(LocalKey("key"))"#
    });
}
