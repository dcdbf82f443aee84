//! The audit: what was done to a business, and by whom, in a chain. Each entry holds the digest of the one before, so
//! that one that was changed, taken away or put between is found.

use crate::actors::Actor;
use crate::digest;
use crate::time::Timestamp;
use crate::words::words;

words! {
    /// What is written down.
    Action {
        /// Somebody signed in.
        SignedIn = "signed_in",
        /// Somebody knew an address and not its password.
        SignInFailed = "sign_in_failed",
        /// Somebody signed out.
        SignedOut = "signed_out",
        /// A refresh token was used a second time: the session is ended.
        TokenReused = "token_reused",
        /// Somebody chose a new password.
        PasswordChanged = "password_changed",
        /// Somebody proved that their mailbox is theirs.
        EmailVerified = "email_verified",
        /// Somebody asked for a link to choose a new one.
        ResetAsked = "reset_asked",
        /// Somebody has a second factor from now on.
        SecondFactorSet = "second_factor_set",
        /// Somebody has none any more.
        SecondFactorRemoved = "second_factor_removed",
        /// Somebody used a recovery code, or got new ones.
        RecoveryCodes = "recovery_codes",
        /// Somebody was refused what their role does not grant.
        Refused = "refused",
        /// The business was made.
        TenantCreated = "tenant_created",
        /// Its settings were changed.
        SettingsChanged = "settings_changed",
        /// A person was invited.
        UserInvited = "user_invited",
        /// A person joined.
        UserJoined = "user_joined",
        /// A person got another role, or was shut out or let in again.
        UserChanged = "user_changed",
        /// A key for a program was made.
        KeyCreated = "key_created",
        /// Somebody took a key over: it has their rights from then on.
        KeyHandedOver = "key_handed_over",
        /// A key holds no more.
        KeyRevoked = "key_revoked",
        /// A number was connected, or its token replaced.
        ChannelChanged = "channel_changed",
        /// A conversation was opened, closed, snoozed or marked as pending.
        ConversationStatusChanged = "conversation_status_changed",
        /// A conversation was assigned to a person, or unassigned.
        ConversationAssigned = "conversation_assigned",
        /// A conversation was started by the business.
        ConversationStarted = "conversation_started",
        /// The audit was taken out as a table.
        Exported = "exported",
    }
}

/// Something that was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deed {
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: Actor,
    /// What.
    pub action: Action,
    /// To which thing: its id, or a route. Never a person's name, phone or words.
    pub target: String,
    /// What it came to, in words of ours.
    pub detail: String,
}

/// A link of the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its place in the chain, from 1.
    pub number: u64,
    /// What was done.
    pub deed: Deed,
    /// The digest over all that and the digest before: 64 hexadecimal digits.
    pub digest: String,
}

impl Entry {
    /// The entry that follows `before`; the first follows nothing.
    #[must_use]
    pub fn following(before: Option<&Self>, deed: Deed) -> Self {
        let number = before.map_or(1, |before| before.number + 1);
        let digest = digest_of(before.map_or("", |before| &before.digest), number, &deed);
        Self { number, deed, digest }
    }

    /// Whether this is the entry that followed `before`, as it was written.
    #[must_use]
    pub fn follows(&self, before: Option<&Self>) -> bool {
        *self == Self::following(before, self.deed.clone())
    }
}

fn digest_of(before: &str, number: u64, deed: &Deed) -> String {
    let Deed { at, by, action, target, detail } = deed;
    let (number, at, by) = (number.to_string(), at.millis().to_string(), by.to_string());
    hex::encode(digest::sha256(&[before, &number, &at, &by, action.word(), target, detail]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chain() -> Vec<Entry> {
        let deed = |second| Deed {
            at: Timestamp::from_seconds(second),
            by: Actor::Nobody,
            action: Action::SignInFailed,
            target: "usr_1".into(),
            detail: "wrong password".into(),
        };
        let mut chain = Vec::<Entry>::new();
        for second in 1..=4 {
            chain.push(Entry::following(chain.last(), deed(second)));
        }
        chain
    }

    fn holds(chain: &[Entry]) -> bool {
        let before = std::iter::once(None).chain(chain.iter().map(Some));
        chain.iter().zip(before).all(|(entry, before)| entry.follows(before))
    }

    #[test]
    fn a_change_a_gap_and_an_exchange_are_all_found() {
        assert!(holds(&chain()));
        let mut changed = chain();
        changed[1].deed.detail = "right password".into();
        assert!(!holds(&changed));
        let mut gap = chain();
        gap.remove(1);
        assert!(!holds(&gap));
        let mut exchanged = chain();
        exchanged.swap(1, 2);
        assert!(!holds(&exchanged));
        let mut without_beginning = chain();
        without_beginning.remove(0);
        assert!(!holds(&without_beginning));
    }
}
