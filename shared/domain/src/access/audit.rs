//! The audit: what was done to a business, and by whom. An entry is written with its audit event. Links of a chain follow and
//! hold the digests of entries, each under the key of the chain and over the link before. So an entry that was changed,
//! removed or inserted is found.

use crate::actors::Actor;
use crate::digest;
use crate::ids::{AuditId, TenantId};
use crate::personal::Secret;
use crate::signed_token;
use crate::string_enum::string_enum;
use crate::time::Timestamp;
use std::time::Duration;

string_enum! {
    /// An action in the audit log.
    Action {
        /// A user signed in.
        SignedIn = "signed_in",
        /// A sign-in failed: the password or the code was wrong.
        SignInFailed = "sign_in_failed",
        /// A session was ended.
        SignedOut = "signed_out",
        /// A refresh token was used twice, so the session was ended.
        TokenReused = "token_reused",
        /// A user changed or reset the password.
        PasswordChanged = "password_changed",
        /// A user verified the email address.
        EmailVerified = "email_verified",
        /// A password reset was requested.
        ResetAsked = "reset_asked",
        /// A user enabled two-factor authentication.
        SecondFactorSet = "second_factor_set",
        /// Two-factor authentication was disabled or reset.
        SecondFactorRemoved = "second_factor_removed",
        /// A user used a recovery code, or created new ones.
        RecoveryCodes = "recovery_codes",
        /// A request was refused for lack of permission.
        Refused = "refused",
        /// The business was created.
        TenantCreated = "tenant_created",
        /// The settings of the business were changed.
        SettingsChanged = "settings_changed",
        /// A user was invited, or the invitation was revoked.
        UserInvited = "user_invited",
        /// A user joined the business.
        UserJoined = "user_joined",
        /// A user was changed: role, name, visibility, activation.
        UserChanged = "user_changed",
        /// An API key was created.
        KeyCreated = "key_created",
        /// A user took over an API key.
        KeyHandedOver = "key_handed_over",
        /// An API key was revoked.
        KeyRevoked = "key_revoked",
        /// A channel was changed, paused or resumed.
        ChannelChanged = "channel_changed",
        /// A number was connected.
        ChannelConnected = "channel_connected",
        /// A number was disconnected.
        ChannelDisconnected = "channel_disconnected",
        /// A budget was created.
        BudgetCreated = "budget_created",
        /// A budget was changed.
        BudgetChanged = "budget_changed",
        /// A budget was deleted.
        BudgetDeleted = "budget_deleted",
        /// A message template was created.
        TemplateCreated = "template_created",
        /// A message template was changed.
        TemplateChanged = "template_changed",
        /// A message template was deleted.
        TemplateDeleted = "template_deleted",
        /// A lead was moved to another stage.
        StageMoved = "stage_moved",
        /// A lead was created.
        LeadCreated = "lead_created",
        /// A lead was changed.
        LeadChanged = "lead_changed",
        /// A lead was deleted.
        LeadDeleted = "lead_deleted",
        /// A deleted lead was restored.
        LeadRestored = "lead_restored",
        /// A lead was merged into another.
        LeadsMerged = "leads_merged",
        /// A merge of leads was undone.
        MergeUndone = "merge_undone",
        /// A lead was blocked.
        LeadBlocked = "lead_blocked",
        /// A lead was unblocked.
        LeadUnblocked = "lead_unblocked",
        /// Everything that is known of a lead is erased.
        LeadErased = "lead_erased",
        /// Two leads were settled as not the same person.
        DuplicateDismissed = "duplicate_dismissed",
        /// The custom fields of leads were changed.
        LeadFieldsChanged = "lead_fields_changed",
        /// A pipeline was created, changed or deleted, or the automatic moves were changed.
        PipelineChanged = "pipeline_changed",
        /// A deal was created.
        DealCreated = "deal_created",
        /// A deal was changed.
        DealChanged = "deal_changed",
        /// A deal was moved to another stage.
        DealMoved = "deal_moved",
        /// A deal was deleted.
        DealDeleted = "deal_deleted",
        /// A segment was created, changed or deleted.
        SegmentChanged = "segment_changed",
        /// A lead's consent was changed by a user.
        ConsentChanged = "consent_changed",
        /// A message was sent. The message itself is the entry.
        MessageSent = "message_sent",
        /// A conversation was opened, closed, snoozed or marked as pending.
        ConversationStatusChanged = "conversation_status_changed",
        /// A conversation was assigned or unassigned.
        ConversationAssigned = "conversation_assigned",
        /// The business started a conversation.
        ConversationStarted = "conversation_started",
        /// A webhook was created.
        WebhookCreated = "webhook_created",
        /// A webhook was changed, or its secret replaced.
        WebhookChanged = "webhook_changed",
        /// A webhook was deleted.
        WebhookDeleted = "webhook_deleted",
        /// A webhook that failed for three days was switched off.
        WebhookDisabled = "webhook_disabled",
        /// Leads were imported from a file, or the file was checked.
        LeadsImported = "leads_imported",
        /// Leads or conversations were exported.
        DataExported = "data_exported",
        /// Many leads or conversations were changed at once, or such a change was undone.
        BulkChanged = "bulk_changed",
        /// The audit log was exported.
        Exported = "exported",
    }
}

/// Something that was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEvent {
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

/// An audit event as it was written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its id, which begins with the time of the audit event.
    pub id: AuditId,
    /// What was done.
    pub audit_event: AuditEvent,
    /// How often it was done within its minute: more than once only for what is counted.
    pub times: u32,
}

impl Entry {
    /// The entry for an audit event that happened once. `bits` are new ones.
    #[must_use]
    pub fn new(audit_event: AuditEvent, bits: u128) -> Self {
        Self { id: AuditId::from_parts(audit_event.at, bits), audit_event, times: 1 }
    }

    /// The entry that a business was made by its owner, or by nobody who is known.
    #[must_use]
    pub fn founded(tenant: TenantId, by: Actor, at: Timestamp, detail: &str) -> Self {
        let target = tenant.to_string();
        let detail = detail.to_owned();
        // Nothing comes before it, also within its millisecond.
        Self::new(AuditEvent { at, by, action: Action::TenantCreated, target, detail }, 0)
    }

    /// The digest over all that it says: 64 hexadecimal digits.
    #[must_use]
    pub fn digest(&self) -> String {
        let AuditEvent { at, by, action, target, detail } = &self.audit_event;
        let id = self.id.ulid_str();
        let at = at.millis().to_string();
        let by = by.to_string();
        let times = self.times.to_string();
        hex::encode(digest::sha256(&[&id, &at, &by, action.as_str(), target, detail, &times]))
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
    /// The signature over all that and the link before: 64 hexadecimal digits.
    pub mac: String,
}

impl Link {
    /// The link of the chain of `tenant` that follows `before`; the first follows nothing.
    #[must_use]
    pub fn following(key: &Secret, tenant: TenantId, before: Option<&Self>, held: Vec<Held>) -> Self {
        let number = before.map_or(1, |before| before.number + 1);
        let place = number.to_string();
        let of = tenant.ulid_str();
        let mut parts = vec![before.map_or("", |before| &before.mac).to_owned(), of, place];
        parts.extend(held.iter().flat_map(|held| [held.id.ulid_str(), held.digest.clone()]));
        let payload: Vec<u8> = parts.iter().flat_map(|part| [part.as_bytes(), b"|"].concat()).collect();
        let mac = hex::encode(signed_token::derive(key, &["leadwire audit 1"], &payload));
        Self { number, held, mac }
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
        let at = Timestamp::from_seconds(second);
        let target = "usr_1".into();
        let detail = "wrong password".into();
        let audit_event = AuditEvent { at, by: Actor::Nobody, action: Action::SignInFailed, target, detail };
        Entry::new(audit_event, u128::from(second.unsigned_abs()))
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
        let audit_event = |change: fn(&mut AuditEvent)| {
            let mut other = first.clone();
            change(&mut other.audit_event);
            other
        };
        let others = [
            Entry { times: 2, ..first.clone() },
            Entry { id: entry(2).id, ..first.clone() },
            audit_event(|audit_event| audit_event.at = Timestamp::from_seconds(2)),
            audit_event(|audit_event| audit_event.action = Action::SignedIn),
            audit_event(|audit_event| audit_event.target.push('1')),
            audit_event(|audit_event| audit_event.detail.clear()),
        ];
        assert!(others.iter().all(|other| other.digest() != first.digest()));
    }
}
