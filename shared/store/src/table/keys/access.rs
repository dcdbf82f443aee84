//! Keys of businesses, people and what they may do.

use super::{Partition, Parts};
use domain::access::users::EmailAddress;
use domain::digest;
use domain::ids::{ApiKeyId, AuditId, EmailId, InvitationId, ResetId, SessionId, WebhookEventId, WebhookId};
use domain::{TenantId, UserId};

/// An item of the area access.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AccessKey {
    /// How a person signs in. Not under a tenant: it is what tells the tenant.
    Login(EmailAddress),
    /// A business itself.
    Tenant(TenantId),
    /// A person.
    User(TenantId, UserId),
    /// A person who has signed in on a device.
    Session(TenantId, UserId, SessionId),
    /// A person's second factor.
    SecondFactor(TenantId, UserId),
    /// A person's wish to choose a new password.
    Reset(TenantId, UserId, ResetId),
    /// Somebody who may join.
    Invitation(TenantId, InvitationId),
    /// An e-mail that we owe somebody.
    Email(TenantId, EmailId),
    /// A key for a program, as a list shows it.
    ApiKey(TenantId, ApiKeyId),
    /// Whose the key with this digest is. Not under a tenant: it is what tells the tenant.
    ApiKeyDigest(String),
    /// An entry of the audit.
    Audit(TenantId, AuditId),
    /// What is counted for the audit until its minute is over, by a digest of what it is.
    Tally(TenantId, String),
    /// A link of the chain that holds the audit's entries, by its number.
    Link(TenantId, u64),
    /// The signed key of all chains. Not under a tenant: it is the platform's.
    ChainKey,
    /// How often somebody has done something of late, by a digest of who it is. Not under a tenant: whoever tries to
    /// sign in has none.
    Rate(String),
    /// An address that is told of events.
    Webhook(TenantId, WebhookId),
    /// One event on its way to one webhook.
    Delivery(TenantId, WebhookId, WebhookEventId),
}

impl AccessKey {
    /// The partition key.
    #[must_use]
    pub fn pk(&self) -> String {
        match self {
            Self::Login(email) => format!("LOGIN#{}", email.as_str()),
            Self::Tenant(tenant) => format!("T#{}#TENANT", tenant.ulid_str()),
            Self::User(tenant, _) => Partition::Users(*tenant).pk(),
            Self::Session(tenant, user, _) | Self::SecondFactor(tenant, user) | Self::Reset(tenant, user, _) => {
                Partition::Person(*tenant, *user).pk()
            }
            Self::Invitation(tenant, _) => Partition::Invitations(*tenant).pk(),
            Self::Email(tenant, _) => format!("T#{}#EMAILS", tenant.ulid_str()),
            Self::ApiKey(tenant, _) => Partition::ApiKeys(*tenant).pk(),
            Self::ApiKeyDigest(digest) => format!("KEY#{digest}"),
            Self::Audit(tenant, _) => Partition::Audit(*tenant).pk(),
            Self::Tally(tenant, _) => format!("T#{}#TALLIES", tenant.ulid_str()),
            Self::Link(tenant, _) => Partition::Chain(*tenant).pk(),
            Self::ChainKey => "CHAIN".to_owned(),
            Self::Rate(subject) => format!("RATE#{subject}"),
            Self::Webhook(tenant, _) => Partition::Webhooks(*tenant).pk(),
            Self::Delivery(tenant, webhook, _) => Partition::Deliveries(*tenant, *webhook).pk(),
        }
    }

    /// The sort key.
    #[must_use]
    pub fn sk(&self) -> String {
        match self {
            Self::Login(_) => "LOGIN".to_owned(),
            Self::Tenant(_) => "TENANT".to_owned(),
            Self::User(_, id) => id.ulid_str(),
            Self::Session(_, _, id) => format!("SESS#{}", id.ulid_str()),
            Self::SecondFactor(..) => "FACTOR".to_owned(),
            Self::Reset(_, _, id) => format!("RESET#{}", id.ulid_str()),
            Self::Invitation(_, id) => id.ulid_str(),
            Self::Email(_, id) => id.ulid_str(),
            Self::ApiKey(_, id) => id.ulid_str(),
            Self::ApiKeyDigest(_) => "KEY".to_owned(),
            Self::Audit(_, id) => id.ulid_str(),
            Self::Tally(_, digest) => digest.clone(),
            Self::Link(_, number) => format!("{number:012}"),
            Self::ChainKey => "KEY".to_owned(),
            Self::Rate(_) => "RATE".to_owned(),
            Self::Webhook(_, id) => id.ulid_str(),
            Self::Delivery(_, _, id) => id.ulid_str(),
        }
    }

    /// What stands in these two keys; none if that is of another area.
    pub(super) fn read(parts: &Parts<'_>) -> Option<Self> {
        match (parts.tenant, parts.head, parts.rest) {
            (Some(tenant), "TENANT", None) => Some(Self::Tenant(tenant)),
            (Some(tenant), "USERS", None) => Some(Self::User(tenant, UserId::from_ulid_str(parts.sk).ok()?)),
            (Some(tenant), "U", Some(user)) => read_of_person(tenant, UserId::from_ulid_str(user).ok()?, parts.sk),
            (Some(tenant), "INVITES", None) => {
                Some(Self::Invitation(tenant, InvitationId::from_ulid_str(parts.sk).ok()?))
            }
            (Some(tenant), "EMAILS", None) => Some(Self::Email(tenant, EmailId::from_ulid_str(parts.sk).ok()?)),
            (Some(tenant), "KEYS", None) => Some(Self::ApiKey(tenant, ApiKeyId::from_ulid_str(parts.sk).ok()?)),
            (Some(tenant), "AUDIT", None) => Some(Self::Audit(tenant, AuditId::from_ulid_str(parts.sk).ok()?)),
            (Some(tenant), "TALLIES", None) => Some(Self::Tally(tenant, parts.sk.to_owned())),
            (Some(tenant), "CHAIN", None) => Some(Self::Link(tenant, parts.sk.parse().ok()?)),
            (Some(tenant), "HOOKS", None) => Some(Self::Webhook(tenant, WebhookId::from_ulid_str(parts.sk).ok()?)),
            (Some(tenant), "HOOK", Some(webhook)) => {
                let webhook = WebhookId::from_ulid_str(webhook).ok()?;
                Some(Self::Delivery(tenant, webhook, WebhookEventId::from_ulid_str(parts.sk).ok()?))
            }
            (None, "CHAIN", None) => Some(Self::ChainKey),
            (None, "RATE", Some(digest)) => Some(Self::Rate(digest.to_owned())),
            (None, "LOGIN", Some(email)) => Some(Self::Login(EmailAddress::parse(email).ok()?)),
            (None, "KEY", Some(digest)) => Some(Self::ApiKeyDigest(digest.to_owned())),
            _ => None,
        }
    }

    /// Words for a log, where the keys hold a phone, an address or a name of WhatsApp.
    pub(super) fn masked(&self) -> Option<String> {
        match self {
            Self::Login(_) => Some(format!("login #{}", digest::hex(&[&self.pk()]))),
            Self::Tenant(_)
            | Self::User(..)
            | Self::Session(..)
            | Self::SecondFactor(..)
            | Self::Reset(..)
            | Self::Invitation(..)
            | Self::Email(..)
            | Self::ApiKey(..)
            | Self::ApiKeyDigest(_)
            | Self::Audit(..)
            | Self::Tally(..)
            | Self::Link(..)
            | Self::ChainKey
            | Self::Rate(_)
            | Self::Webhook(..)
            | Self::Delivery(..) => None,
        }
    }
}

fn read_of_person(tenant: TenantId, user: UserId, sk: &str) -> Option<AccessKey> {
    if sk == "FACTOR" {
        return Some(AccessKey::SecondFactor(tenant, user));
    }
    match sk.split_once('#')? {
        ("SESS", id) => Some(AccessKey::Session(tenant, user, SessionId::from_ulid_str(id).ok()?)),
        ("RESET", id) => Some(AccessKey::Reset(tenant, user, ResetId::from_ulid_str(id).ok()?)),
        _ => None,
    }
}
