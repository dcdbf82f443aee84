//! What a link in an e-mail stands for. The table keeps no link: whoever has the key of signs makes the same one again.

use crate::ids::{EmailVerificationId, InvitationId, ResetId, TenantId, UserId};
use crate::personal::Secret;
use crate::signed_token;
use crate::time::Timestamp;
use std::time::Duration;

/// How long an invitation holds: a week.
pub const INVITATION_LIFETIME: Duration = Duration::from_secs(7 * 24 * 3600);

/// How long a new password may be chosen: half an hour (ASVS 5.0, 6.4.3 leaves it to us; OWASP advises short).
pub const RESET_LIFETIME: Duration = Duration::from_secs(30 * 60);

/// How long a mailbox may be proved by one link: a day (NIST SP 800-63B allows an emailed code as long).
pub const EMAIL_VERIFICATION_LIFETIME: Duration = Duration::from_secs(24 * 3600);

const EMAIL_VERIFICATION: [&str; 1] = ["leadwire email verification 1"];
const INVITATION: [&str; 1] = ["leadwire invitation 1"];
const INVITER: [&str; 1] = ["leadwire invitation for its inviter 1"];
const RESET: [&str; 1] = ["leadwire reset 1"];

/// An invitation to join a business.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvitationLink {
    /// Which business.
    pub tenant: TenantId,
    /// Which invitation.
    pub id: InvitationId,
}

impl InvitationLink {
    /// The token of the link that is sent to the invited address. Whoever brings it reads that mailbox.
    #[must_use]
    pub fn token(self, key: &Secret) -> Secret {
        self.sign(key, &INVITATION)
    }

    /// The token that the inviter gets to hand on. It lets somebody join and proves no mailbox.
    #[must_use]
    pub fn inviter_token(self, key: &Secret) -> Secret {
        self.sign(key, &INVITER)
    }

    /// What the token of an email stands for; none if it is not one of ours.
    #[must_use]
    pub fn read(key: &Secret, token: &str) -> Option<Self> {
        Self::opened(key, &INVITATION, token)
    }

    /// What the token of an inviter stands for; none if it is not one of ours.
    #[must_use]
    pub fn read_inviter_token(key: &Secret, token: &str) -> Option<Self> {
        Self::opened(key, &INVITER, token)
    }

    fn sign(self, key: &Secret, purpose: &[&str]) -> Secret {
        let payload = format!("{}{}", self.tenant.ulid_str(), self.id.ulid_str());
        Secret::new(signed_token::sign(key, purpose, payload.as_bytes()))
    }

    fn opened(key: &Secret, purpose: &[&str], token: &str) -> Option<Self> {
        let payload = String::from_utf8(signed_token::verify(key, purpose, token)?).ok()?;
        let (tenant, id) = payload.split_at_checked(26)?;
        Some(Self { tenant: TenantId::from_ulid_str(tenant).ok()?, id: InvitationId::from_ulid_str(id).ok()? })
    }
}

/// A wish to choose a new password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ResetLink {
    /// Whose business.
    pub tenant: TenantId,
    /// Whose password.
    pub user: UserId,
    /// Which wish.
    pub id: ResetId,
}

impl ResetLink {
    /// The token of the link.
    #[must_use]
    pub fn token(self, key: &Secret) -> Secret {
        let payload = format!("{}{}{}", self.tenant.ulid_str(), self.user.ulid_str(), self.id.ulid_str());
        Secret::new(signed_token::sign(key, &RESET, payload.as_bytes()))
    }

    /// What `token` stands for; none if it is not one of ours.
    #[must_use]
    pub fn read(key: &Secret, token: &str) -> Option<Self> {
        let payload = String::from_utf8(signed_token::verify(key, &RESET, token)?).ok()?;
        let (tenant, rest) = payload.split_at_checked(26)?;
        let (user, id) = rest.split_at_checked(26)?;
        let user = UserId::from_ulid_str(user).ok()?;
        let id = ResetId::from_ulid_str(id).ok()?;
        Some(Self { tenant: TenantId::from_ulid_str(tenant).ok()?, user, id })
    }
}

/// A request to prove a mailbox. Nothing of it stands in the table: the id says when it was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EmailVerificationLink {
    /// Whose business.
    pub tenant: TenantId,
    /// Whose mailbox.
    pub user: UserId,
    /// Which request.
    pub id: EmailVerificationId,
}

impl EmailVerificationLink {
    /// The token of the link.
    #[must_use]
    pub fn token(self, key: &Secret) -> Secret {
        let payload = format!("{}{}{}", self.tenant.ulid_str(), self.user.ulid_str(), self.id.ulid_str());
        Secret::new(signed_token::sign(key, &EMAIL_VERIFICATION, payload.as_bytes()))
    }

    /// What `token` stands for at `now`; none if it is not one of ours, or has expired.
    #[must_use]
    pub fn read(key: &Secret, token: &str, now: Timestamp) -> Option<Self> {
        let payload = String::from_utf8(signed_token::verify(key, &EMAIL_VERIFICATION, token)?).ok()?;
        let (tenant, rest) = payload.split_at_checked(26)?;
        let (user, id) = rest.split_at_checked(26)?;
        let user = UserId::from_ulid_str(user).ok()?;
        let id = EmailVerificationId::from_ulid_str(id).ok()?;
        let link = Self { tenant: TenantId::from_ulid_str(tenant).ok()?, user, id };
        (now < id.at().plus(EMAIL_VERIFICATION_LIFETIME)).then_some(link)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_reads_back_and_is_no_link_of_another_sort() {
        let key = Secret::new("k".repeat(32));
        let at = Timestamp::from_seconds(1_790_000_000);
        let tenant = TenantId::from_parts(at, 1);
        let invitation = InvitationLink { tenant, id: InvitationId::from_parts(at, 2) };
        let reset = ResetLink { tenant, user: UserId::from_parts(at, 3), id: ResetId::from_parts(at, 4) };
        assert_eq!(InvitationLink::read(&key, invitation.token(&key).expose()), Some(invitation));
        assert_eq!(ResetLink::read(&key, reset.token(&key).expose()), Some(reset));
        assert_eq!(ResetLink::read(&key, invitation.token(&key).expose()), None);
        assert_eq!(InvitationLink::read(&key, "not a link"), None);
        let inviters = invitation.inviter_token(&key);
        assert_eq!(InvitationLink::read_inviter_token(&key, inviters.expose()), Some(invitation));
        assert_eq!(InvitationLink::read(&key, inviters.expose()), None, "it proves no mailbox");
        let verification =
            EmailVerificationLink { tenant, user: reset.user, id: EmailVerificationId::from_parts(at, 5) };
        let token = verification.token(&key);
        assert_eq!(EmailVerificationLink::read(&key, token.expose(), at), Some(verification));
        assert_eq!(ResetLink::read(&key, token.expose()), None);
        let late = at.plus(EMAIL_VERIFICATION_LIFETIME);
        assert_eq!(EmailVerificationLink::read(&key, token.expose(), late), None);
    }
}
