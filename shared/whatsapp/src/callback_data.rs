//! Our name for a message, which WhatsApp gives back with each status (`biz_opaque_callback_data`).
//!
//! Statuses of other apps on the same account reach us too, with names of theirs, so ours bears a prefix and
//! a MAC. It names no tenant: that comes from the number that the status speaks of.

use crate::signature::{mac, unhex};
use domain::{ChannelId, ConversationId, HistoryId, MessageId, Secret, TenantId};
use hmac::Mac;

/// What our names begin with; the digit is their version.
const PREFIX: &str = "lw1";

/// The MAC's length in bytes: 128 bits, and the whole name (90 characters) is far from the limit of 512.
const MAC_LENGTH: usize = 16;

/// The name of a message: `lw1.<history>.<message>.<mac>`, the MAC over tenant, channel, history and message.
#[derive(Clone, Copy, Debug)]
pub struct CallbackData;

impl CallbackData {
    /// The name of `message` in `conversation`.
    #[must_use]
    pub fn sign(key: &Secret, tenant: TenantId, conversation: ConversationId, message: MessageId) -> String {
        let history = conversation.history.ulid_str();
        let message = message.ulid_str();
        let signed = tag_over(key, tenant, conversation.channel, &history, &message);
        let tag = signed.map(|mac| hex::encode(&mac.finalize().into_bytes()[..MAC_LENGTH])).unwrap_or_default();
        format!("{PREFIX}.{history}.{message}.{tag}")
    }

    /// The message that `text` names, if we named it so for this tenant and channel; none for whatever is not ours.
    #[must_use]
    pub fn verify(key: &Secret, tenant: TenantId, channel: ChannelId, text: &str) -> Option<(HistoryId, MessageId)> {
        let parts: Vec<&str> = text.splitn(5, '.').collect();
        let [PREFIX, history, message, tag] = parts[..] else { return None };
        let tag = unhex::<MAC_LENGTH>(tag.as_bytes())?;
        if key.expose().is_empty() {
            return None;
        }
        tag_over(key, tenant, channel, history, message)?.verify_truncated_left(&tag).ok()?;
        Some((HistoryId::from_ulid_str(history).ok()?, MessageId::from_ulid_str(message).ok()?))
    }

    /// Whether `text` is another app's name: not even of the form of ours.
    #[must_use]
    pub fn is_foreign(text: &str) -> bool {
        text.split('.').next() != Some(PREFIX)
    }
}

/// The MAC before it is finished. A bare id holds no dot, so the parts cannot run together.
fn tag_over(key: &Secret, tenant: TenantId, channel: ChannelId, history: &str, message: &str) -> Option<impl Mac> {
    let named = [PREFIX, &tenant.ulid_str(), &channel.ulid_str(), history, message].join(".");
    mac(key, &[named.as_bytes()])
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Timestamp;

    const AT: Timestamp = Timestamp::from_seconds(1_790_000_000);

    fn key() -> Secret {
        Secret::new("token-key")
    }

    fn tenant(bits: u128) -> TenantId {
        TenantId::from_parts(AT, bits)
    }

    fn conversation() -> ConversationId {
        ConversationId { history: HistoryId::from_parts(AT, 2), channel: ChannelId::from_parts(AT, 3) }
    }

    fn signed() -> String {
        CallbackData::sign(&key(), tenant(1), conversation(), MessageId::from_parts(AT, 4))
    }

    #[test]
    fn what_we_signed_verifies_again() {
        let opened = CallbackData::verify(&key(), tenant(1), conversation().channel, &signed());
        assert_eq!(opened, Some((conversation().history, MessageId::from_parts(AT, 4))));
        assert_eq!(signed().len(), 90);
    }

    #[test]
    fn another_tenant_channel_or_key_does_not_open_it() {
        let channel = conversation().channel;
        assert_eq!(CallbackData::verify(&key(), tenant(9), channel, &signed()), None);
        assert_eq!(CallbackData::verify(&key(), tenant(1), ChannelId::from_parts(AT, 9), &signed()), None);
        assert_eq!(CallbackData::verify(&Secret::new("another"), tenant(1), channel, &signed()), None);
        let under_empty = CallbackData::sign(&Secret::new(""), tenant(1), conversation(), MessageId::from_parts(AT, 4));
        assert_eq!(CallbackData::verify(&Secret::new(""), tenant(1), channel, &under_empty), None);
    }

    #[test]
    fn whatever_is_not_ours_is_none() {
        let ours = signed();
        let other_message =
            ours.replacen(&MessageId::from_parts(AT, 4).ulid_str(), &MessageId::from_parts(AT, 5).ulid_str(), 1);
        let wrong = [
            "",
            "job-9/msg-4",
            "lw1.example",
            "lw1...",
            "....",
            &ours[1..],
            &ours[..89],
            &format!("{ours}0"),
            &format!("{ours}.x"),
            &ours.replacen("lw1", "lw2", 1),
            &ours.to_uppercase(),
            &ours.to_lowercase(),
            &other_message,
        ];
        for text in wrong {
            assert_eq!(CallbackData::verify(&key(), tenant(1), conversation().channel, text), None, "{text}");
        }
    }
}
