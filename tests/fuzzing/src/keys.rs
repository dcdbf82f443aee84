//! The keys of the table: the first line is a partition key, the rest a sort key.

use crate::NOW;
use domain::access::users::EmailAddress;
use domain::{Bsuid, Identity, Phone, PhoneNumberId, TenantId, Wamid};
use store::table::keys::{AccessKey, ChannelsKey, CrmKey, Key, WorkKey};

/// A pair of keys that is taken for an item's is what that item is written under, and each item that can be named by
/// what comes from outside is found again by its pair.
pub fn run(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let (pk, sk) = text.split_once('\n').unwrap_or((text, ""));
    if let Some(key) = Key::parse(pk, sk) {
        assert_eq!((key.pk().as_str(), key.sk().as_str()), (pk, sk), "{key:?}");
        assert!(!key.loggable().is_empty());
    }
    for key in named(text) {
        assert_eq!(Key::parse(&key.pk(), &key.sk()).as_ref(), Some(&key));
    }
}

/// The items that `name` can be part of the key of.
fn named(name: &str) -> Vec<Key> {
    let tenant = TenantId::from_parts(NOW, 1);
    let user = Bsuid::parse(name).ok();
    let identities = [
        user.clone().map(Identity::Bsuid),
        user.map(Identity::ParentBsuid),
        Phone::parse(name).ok().map(Identity::Phone),
    ];
    let mut keys = vec![Key::from(ChannelsKey::Account(name.to_owned()))];
    keys.extend(identities.into_iter().flatten().map(|identity| CrmKey::Identity(tenant, identity).into()));
    keys.extend(PhoneNumberId::parse(name).ok().map(|number| ChannelsKey::Route(number).into()));
    keys.extend(EmailAddress::parse(name).ok().map(|email| AccessKey::Login(email).into()));
    keys.extend(Wamid::parse(name).ok().map(|wamid| WorkKey::Orphan(tenant, wamid, "0a1b".to_owned()).into()));
    keys
}
