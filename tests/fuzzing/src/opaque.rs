//! The names that we give to our sends, as they come back with a status.

use crate::{NOW, altered};
use domain::{ChannelId, ConversationId, HomeId, MessageId, Secret, TenantId};
use whatsapp::Opaque;

/// A name opens only if sealing what it opens to gives the same name again; of one letter changed, none does.
pub fn run(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let key = Secret::new("opaque-key");
    let (tenant, channel) = (TenantId::from_parts(NOW, 1), ChannelId::from_parts(NOW, 2));
    let seal = |home, message| Opaque::seal(&key, tenant, ConversationId { home, channel }, message);
    let open = |text: &str| Opaque::open(&key, tenant, channel, text);
    if let Some((home, message)) = open(&text) {
        assert_eq!(seal(home, message), text);
    }

    let (home, message) = (HomeId::from_parts(NOW, 3), MessageId::from_parts(NOW, 4));
    let ours = seal(home, message);
    let changed = altered(&ours, bytes);
    let expected = if changed == ours { Some((home, message)) } else { None };
    assert_eq!(open(&changed), expected, "{changed}");
    for other in [format!("{ours}{text}"), format!("{text}{ours}")] {
        assert_eq!(open(&other).is_some(), text.is_empty(), "{other}");
    }
    let (other_tenant, other_channel) = (TenantId::from_parts(NOW, 5), ChannelId::from_parts(NOW, 6));
    assert_eq!(Opaque::open(&key, other_tenant, channel, &ours), None);
    assert_eq!(Opaque::open(&key, tenant, other_channel, &ours), None);
    assert_eq!(Opaque::open(&Secret::new(""), tenant, channel, &text), None);
}
