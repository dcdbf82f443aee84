//! The names that we give to our messages, as they come back with a status.

use crate::{NOW, altered};
use domain::{ChannelId, ConversationId, HistoryId, MessageId, Secret, TenantId};
use whatsapp::CallbackData;

/// A name opens only if signing what it opens to gives the same name again; with one letter changed, none does.
pub fn run(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let key = Secret::new("token-key");
    let tenant = TenantId::from_parts(NOW, 1);
    let channel = ChannelId::from_parts(NOW, 2);
    let sign = |history, message| CallbackData::sign(&key, tenant, ConversationId { history, channel }, message);
    let open = |text: &str| CallbackData::verify(&key, tenant, channel, text);
    if let Some((history, message)) = open(&text) {
        assert_eq!(sign(history, message), text);
    }

    let history = HistoryId::from_parts(NOW, 3);
    let message = MessageId::from_parts(NOW, 4);
    let ours = sign(history, message);
    let changed = altered(&ours, bytes);
    let expected = if changed == ours { Some((history, message)) } else { None };
    assert_eq!(open(&changed), expected, "{changed}");
    for other in [format!("{ours}{text}"), format!("{text}{ours}")] {
        assert_eq!(open(&other).is_some(), text.is_empty(), "{other}");
    }
    let other_tenant = TenantId::from_parts(NOW, 5);
    let other_channel = ChannelId::from_parts(NOW, 6);
    assert_eq!(CallbackData::verify(&key, other_tenant, channel, &ours), None);
    assert_eq!(CallbackData::verify(&key, tenant, other_channel, &ours), None);
    assert_eq!(CallbackData::verify(&Secret::new(""), tenant, channel, &text), None);
}
