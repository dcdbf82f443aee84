//! The audit: what was done to a business, and by whom. An entry is written with its deed. Links of a chain follow and
//! hold the digests of entries, each under the key of the chain and over the link before. So an entry that was changed,
//! removed or inserted is found.

use crate::actors::Actor;
use crate::digest;
use crate::ids::{AuditId, TenantId};
use crate::personal::Secret;
use crate::seals;
use crate::time::Timestamp;
use crate::words::words;
use std::time::Duration;

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
        /// A person or a program moved a lead to another stage.
        StageMoved = "stage_moved",
        /// A person or a program sent a message. The message itself is the entry.
        MessageSent = "message_sent",
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

/// A deed as it was written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its id, which begins with the time of the deed.
    pub id: AuditId,
    /// What was done.
    pub deed: Deed,
    /// How often it was done within its minute: more than once only for what is counted.
    pub times: u32,
}

impl Entry {
    /// The entry for a deed that happened once. `bits` are new ones.
    #[must_use]
    pub fn new(deed: Deed, bits: u128) -> Self {
        Self { id: AuditId::from_parts(deed.at, bits), deed, times: 1 }
    }

    /// The entry that a business was made by its owner, or by nobody who is known.
    #[must_use]
    pub fn founded(tenant: TenantId, by: Actor, at: Timestamp, detail: &str) -> Self {
        let (target, detail) = (tenant.to_string(), detail.to_owned());
        // Nothing comes before it, also within its millisecond.
        Self::new(Deed { at, by, action: Action::TenantCreated, target, detail }, 0)
    }

    /// The digest over all that it says: 64 hexadecimal digits.
    #[must_use]
    pub fn digest(&self) -> String {
        let Deed { at, by, action, target, detail } = &self.deed;
        let (id, at, by, times) = (self.id.bare(), at.millis().to_string(), by.to_string(), self.times.to_string());
        hex::encode(digest::sha256(&[&id, &at, &by, action.word(), target, detail, &times]))
    }

    /// The same as a link holds it.
    #[must_use]
    pub fn held(&self) -> Held {
        Held { id: self.id, digest: self.digest() }
    }
}

/// An entry, as a link holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Which entry.
    pub id: AuditId,
    /// Its digest.
    pub digest: String,
}

/// How many entries one link holds at most: all of them and the link are one transaction of the table.
pub const LONGEST_LINK: usize = 50;

/// After how long an entry that no link holds is looked for by the schedule.
pub const FIRST_LOOK: Duration = Duration::from_secs(60);

/// After how long an entry that no link holds is wrong.
pub const CHAINED_WITHIN: Duration = Duration::from_secs(600);

/// A link of the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Its place in the chain, from 1.
    pub number: u64,
    /// The entries that it holds.
    pub held: Vec<Held>,
    /// The seal over all that and the link before: 64 hexadecimal digits.
    pub seal: String,
}

impl Link {
    /// The link of the chain of `tenant` that follows `before`; the first follows nothing.
    #[must_use]
    pub fn following(key: &Secret, tenant: TenantId, before: Option<&Self>, held: Vec<Held>) -> Self {
        let number = before.map_or(1, |before| before.number + 1);
        let (place, of) = (number.to_string(), tenant.bare());
        let mut parts = vec![before.map_or("", |before| &before.seal).to_owned(), of, place];
        parts.extend(held.iter().flat_map(|held| [held.id.bare(), held.digest.clone()]));
        let payload: Vec<u8> = parts.iter().flat_map(|part| [part.as_bytes(), b"|"].concat()).collect();
        let seal = hex::encode(seals::derive(key, &["leadwire audit 1"], &payload));
        Self { number, held, seal }
    }

    /// Whether this is the link that followed `before`, as it was written.
    #[must_use]
    pub fn follows(&self, key: &Secret, tenant: TenantId, before: Option<&Self>) -> bool {
        *self == Self::following(key, tenant, before, self.held.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TENANT: u128 = 7;

    fn tenant() -> TenantId {
        TenantId::from_parts(Timestamp::default(), TENANT)
    }

    fn key() -> Secret {
        Secret::new("the key of the chain")
    }

    fn entry(second: i64) -> Entry {
        let (at, target, detail) = (Timestamp::from_seconds(second), "usr_1".into(), "wrong password".into());
        let deed = Deed { at, by: Actor::Nobody, action: Action::SignInFailed, target, detail };
        Entry::new(deed, u128::from(second.unsigned_abs()))
    }

    fn chain() -> Vec<Link> {
        let mut chain = Vec::<Link>::new();
        for second in 1..=4 {
            let held = vec![entry(second).held(), entry(100 + second).held()];
            chain.push(Link::following(&key(), tenant(), chain.last(), held));
        }
        chain
    }

    fn holds(key: &Secret, tenant: TenantId, chain: &[Link]) -> bool {
        let before = std::iter::once(None).chain(chain.iter().map(Some));
        chain.iter().zip(before).all(|(link, before)| link.follows(key, tenant, before))
    }

    #[test]
    fn a_change_a_gap_and_an_exchange_are_all_found() {
        assert!(holds(&key(), tenant(), &chain()));
        let mut changed = chain();
        changed[1].held[0].digest = entry(9).digest();
        assert!(!holds(&key(), tenant(), &changed));
        let mut gap = chain();
        gap.remove(1);
        assert!(!holds(&key(), tenant(), &gap));
        let mut exchanged = chain();
        exchanged.swap(1, 2);
        assert!(!holds(&key(), tenant(), &exchanged));
        let mut without_beginning = chain();
        without_beginning.remove(0);
        assert!(!holds(&key(), tenant(), &without_beginning));
    }

    #[test]
    fn nobody_makes_a_chain_without_its_key_or_moves_one_to_another_business() {
        assert!(!holds(&Secret::new("another key"), tenant(), &chain()));
        assert!(!holds(&key(), TenantId::from_parts(Timestamp::default(), 8), &chain()));
    }

    #[test]
    fn each_thing_that_an_entry_says_is_in_its_digest() {
        let first = entry(1);
        let deed = |change: fn(&mut Deed)| {
            let mut other = first.clone();
            change(&mut other.deed);
            other
        };
        let others = [
            Entry { times: 2, ..first.clone() },
            Entry { id: entry(2).id, ..first.clone() },
            deed(|deed| deed.at = Timestamp::from_seconds(2)),
            deed(|deed| deed.action = Action::SignedIn),
            deed(|deed| deed.target.push('1')),
            deed(|deed| deed.detail.clear()),
        ];
        assert!(others.iter().all(|other| other.digest() != first.digest()));
    }
}
