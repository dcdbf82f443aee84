//! Emails: e-mails that we owe somebody. What each says, how long it is tried, and to whom it goes is decided here; a
//! email holds neither address nor link, so that both are those of the moment at which it is sent.

use crate::access::links::{
    EMAIL_VERIFICATION_LIFETIME, EmailVerificationLink, INVITATION_LIFETIME, InvitationLink, RESET_LIFETIME, ResetLink,
};
use crate::access::sessions::Session;
use crate::access::tenants::{Tenant, is_business_name};
use crate::access::users::{EmailAddress, Role, User};
use crate::backoff::Backoff;
use crate::digest;
use crate::ids::{ApiKeyId, EmailId, EmailVerificationId, InvitationId, ResetId, TenantId, UserId};
use crate::personal::{Secret, Text};
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// The sweeper looks for an email a minute after it was written; long before that it was hastened by the stream.
pub const FIRST_SWEEP: Duration = Duration::from_secs(60);

/// Whoever sends an email has it for so long, twice the longest that a call to the mail service may take with what
/// belongs to it. Past that another worker takes it.
pub const LEASE: Duration = Duration::from_secs(60);

/// Pauses after SES refused an email for the moment. A link that is valid for half an hour is tried five times.
const PAUSES: Backoff = Backoff::seconds(60, 2, 3600);

/// An email that could not be sent for a day is given up: nobody waits for it any more.
const LONGEST: Duration = Duration::from_secs(24 * 3600);

/// What an email is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    /// Somebody asked for a new password.
    Reset {
        /// Whose.
        user: UserId,
        /// Which wish.
        reset: ResetId,
    },
    /// Somebody is invited.
    Invitation {
        /// Which invitation.
        invitation: InvitationId,
    },
    /// Somebody gave an address as theirs, and has to prove it.
    EmailVerification {
        /// Who gave it.
        user: UserId,
        /// Which request.
        verification: EmailVerificationId,
    },
    /// Somebody made a key for a program.
    KeyCreated {
        /// Who made it.
        user: UserId,
        /// Which key.
        key: ApiKeyId,
    },
    /// Somebody's password is another one now.
    PasswordChanged {
        /// Whose.
        user: UserId,
    },
    /// Somebody's second factor was taken away: by themselves, or by who manages people.
    SecondFactorRemoved {
        /// Whose.
        user: UserId,
    },
    /// An old refresh token of somebody was used again, and their session was ended.
    TokenReused {
        /// Whose.
        user: UserId,
    },
}

impl About {
    /// What it is called in a log.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Reset { .. } => "reset",
            Self::Invitation { .. } => "invitation",
            Self::EmailVerification { .. } => "email_verification",
            Self::KeyCreated { .. } => "key_created",
            Self::PasswordChanged { .. } => "password_changed",
            Self::SecondFactorRemoved { .. } => "second_factor_removed",
            Self::TokenReused { .. } => "token_reused",
        }
    }

    /// Whether its link proves the mailbox that it is sent to. Nothing else is sent to a mailbox that is not proved.
    #[must_use]
    pub const fn proves_mailbox(self) -> bool {
        match self {
            Self::Reset { .. } | Self::Invitation { .. } | Self::EmailVerification { .. } => true,
            Self::KeyCreated { .. }
            | Self::PasswordChanged { .. }
            | Self::SecondFactorRemoved { .. }
            | Self::TokenReused { .. } => false,
        }
    }
}

/// An e-mail that we owe somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Email {
    /// Which business it is of.
    pub tenant: TenantId,
    /// Its id, which says since when we owe it.
    pub id: EmailId,
    /// What it is about.
    pub about: About,
    /// Past this it helps nobody.
    pub until: Timestamp,
    /// How often it was tried, the present time included.
    pub tries: u32,
}

impl Email {
    /// The link by which somebody chooses a new password.
    #[must_use]
    pub fn reset(link: ResetLink) -> Self {
        let about = About::Reset { user: link.user, reset: link.id };
        let bits = digest::bits80(&["reset", &link.id.ulid_str()]);
        Self::new((link.tenant, link.id.at(), bits), about, RESET_LIFETIME)
    }

    /// The link by which somebody joins.
    #[must_use]
    pub fn invitation(link: InvitationLink) -> Self {
        let about = About::Invitation { invitation: link.id };
        let bits = digest::bits80(&["invitation", &link.id.ulid_str()]);
        Self::new((link.tenant, link.id.at(), bits), about, INVITATION_LIFETIME)
    }

    /// The link by which somebody proves their mailbox.
    #[must_use]
    pub fn email_verification(link: EmailVerificationLink) -> Self {
        let about = About::EmailVerification { user: link.user, verification: link.id };
        let bits = digest::bits80(&["email verification", &link.id.ulid_str()]);
        Self::new((link.tenant, link.id.at(), bits), about, EMAIL_VERIFICATION_LIFETIME)
    }

    /// That `user` of `tenant` made the key `key`.
    #[must_use]
    pub fn key_created(tenant: TenantId, user: UserId, key: ApiKeyId) -> Self {
        let about = About::KeyCreated { user, key };
        let bits = digest::bits80(&["key created", &key.ulid_str()]);
        Self::new((tenant, key.at(), bits), about, LONGEST)
    }

    /// That the password of `user`, who is as they were made by it, was changed at `now`.
    #[must_use]
    pub fn password_changed(user: &User, now: Timestamp) -> Self {
        let about = About::PasswordChanged { user: user.id };
        let bits = digest::bits80(&["password changed", &user.id.ulid_str(), &user.epoch.to_string()]);
        Self::new((user.tenant, now, bits), about, LONGEST)
    }

    /// That the second factor of `user` was taken away at `now`.
    #[must_use]
    pub fn second_factor_removed(user: &User, now: Timestamp) -> Self {
        let about = About::SecondFactorRemoved { user: user.id };
        let bits = digest::bits80(&["second factor removed", &user.id.ulid_str()]);
        Self::new((user.tenant, now, bits), about, LONGEST)
    }

    /// That a refresh token of `session` was used again at `now`. A session ends once.
    #[must_use]
    pub fn token_reused(session: &Session, now: Timestamp) -> Self {
        let about = About::TokenReused { user: session.user };
        let bits = digest::bits80(&["token reused", &session.id.ulid_str()]);
        Self::new((session.tenant, now, bits), about, LONGEST)
    }

    fn new((tenant, at, bits): (TenantId, Timestamp, u128), about: About, helps: Duration) -> Self {
        let until = at.plus(helps.min(LONGEST));
        Self { tenant, id: EmailId::from_parts(at, bits), about, until, tries: 0 }
    }

    /// Whether it helps nobody at `now` any more.
    #[must_use]
    pub fn is_too_late(&self, now: Timestamp) -> bool {
        now >= self.until
    }

    /// When it is tried again after it was not taken at `now`: at its end at the latest, when it is given up.
    #[must_use]
    pub fn next(&self, now: Timestamp) -> Timestamp {
        now.plus(PAUSES.after(self.tries.saturating_sub(1))).min(self.until.max(now))
    }

    /// What it says to `recipient`, with links that lead to `console` and whose tokens follow from `key`.
    #[must_use]
    pub fn written(&self, recipient: &Recipient, console: &str, key: &Secret) -> Written {
        let business = recipient.business.as_ref().map_or("your business", Text::as_str);
        let (subject, said) = match self.about {
            About::Reset { user, reset } => {
                let token = ResetLink { tenant: self.tenant, user, id: reset }.token(key);
                let link = link(console, "reset-password", &token);
                let account = recipient.business.as_ref().map_or("Leadwire", Text::as_str);
                let said = format!(
                    "We received a request to reset your {account} password. Choose a new one here:\n\n{link}\n\nThe \
                     link works once and expires in 30 minutes. Didn't ask for it? Ignore this email: your password \
                     stays the same."
                );
                ("Reset your password", said)
            }
            About::Invitation { invitation } => {
                let token = InvitationLink { tenant: self.tenant, id: invitation }.token(key);
                let link = link(console, "join", &token);
                let inviter = recipient.business.as_ref().map_or("A business", Text::as_str);
                let role = recipient.role;
                let said = format!(
                    "{inviter} has invited you to join Leadwire as {role}. Accept the invitation \
                     here:\n\n{link}\n\nThe link works once and expires in 7 days. Didn't expect this invitation? \
                     Ignore this email."
                );
                ("You are invited to Leadwire", said)
            }
            About::EmailVerification { user, verification } => {
                let token = EmailVerificationLink { tenant: self.tenant, user, id: verification }.token(key);
                let link = link(console, "verify-email", &token);
                let said = format!(
                    "A Leadwire account was created with this email address. If it is yours, confirm the address \
                     here:\n\n{link}\n\nThe link expires in 24 hours. Didn't create the account? Ignore this email, \
                     and do not confirm."
                );
                ("Confirm your email address", said)
            }
            About::KeyCreated { .. } => {
                let said = format!(
                    "Your account created an API key for {business}. If you did this, no action is needed. If you did \
                     not, revoke the key, change your password, and contact an owner or admin of {business}."
                );
                ("An API key was created", said)
            }
            About::PasswordChanged { .. } => {
                let said = format!(
                    "Your {business} password was changed, and all your sessions were ended. If you did this, no \
                     action is needed. If you did not, reset your password on the sign-in page, and contact an owner \
                     or admin of {business}."
                );
                ("Your password was changed", said)
            }
            About::SecondFactorRemoved { .. } => {
                let said = format!(
                    "Two-factor authentication was turned off for your {business} account. Signing in now requires \
                     only your password. If you asked for this, no action is needed. If you did not, change your \
                     password, turn two-factor authentication on again, and contact an owner or admin of {business}."
                );
                ("Two-factor authentication was turned off", said)
            }
            About::TokenReused { .. } => {
                let said = format!(
                    "We ended a session of your {business} account, because an outdated token was used to renew it. \
                     This can be a fault of your browser, or a sign that your session was copied. Sign in again. If \
                     you are not sure of the cause, change your password."
                );
                ("One of your sessions was ended", said)
            }
        };
        let greeting =
            recipient.name.as_ref().map_or_else(|| "Hello".to_owned(), |name| format!("Hello {}", name.as_str()));
        Written { subject, text: Secret::new(format!("{greeting},\n\n{said}\n\nLeadwire\n")) }
    }
}

/// The token stands behind the `#`, which no browser sends to a server: so it is in no log of one.
fn link(console: &str, page: &str, token: &Secret) -> String {
    format!("{}/{page}#token={}", console.trim_end_matches('/'), token.expose())
}

/// Who reads an email, as they are when it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    /// Where they are reached.
    pub email: EmailAddress,
    /// Their name, where it is known.
    pub name: Option<Text>,
    /// What they are, or will be.
    pub role: Role,
    /// The business's name, where the recipient knows the business or the name can do no harm.
    pub business: Option<Text>,
}

impl Recipient {
    /// Somebody who works for `tenant` and reads about `about`; none if they, or the business, are shut out, or if
    /// their mailbox is not proved and `about` does not prove it. Of an account whose mailbox is not proved neither name
    /// nor business is told: somebody else may have chosen them.
    #[must_use]
    pub fn for_user(user: &User, tenant: &Tenant, about: About) -> Option<Self> {
        let User { email, name, role, .. } = user.clone();
        let verified = user.email_verified;
        let reads = user.active && tenant.active && (verified || about.proves_mailbox());
        let name = verified.then_some(name);
        let business = verified.then(|| tenant.name.clone());
        reads.then_some(Self { email, name, role, business })
    }

    /// Somebody who is invited by `tenant`; none if the business is shut out.
    #[must_use]
    pub fn invited(email: EmailAddress, role: Role, tenant: &Tenant) -> Option<Self> {
        let business = is_business_name(tenant.name.as_str()).then(|| tenant.name.clone());
        tenant.active.then_some(Self { email, name: None, role, business })
    }
}

/// What an email says. Debug shows nothing of it: it holds a link.
#[derive(Clone, Debug)]
pub struct Written {
    /// What it is about. It holds no name, which anybody may have chosen.
    pub subject: &'static str,
    /// The text, in lines.
    pub text: Secret,
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_seconds(1_790_000_000);

    fn tenant() -> Tenant {
        Tenant::new(TenantId::from_parts(NOW, 1), Text::new("Corner Shop"))
    }

    fn ana() -> User {
        let email = EmailAddress::parse("ana@example.com").unwrap();
        User::new(UserId::from_parts(NOW, 2), tenant().id, Role::Agent, Text::new("Ana"), email).with_email_verified()
    }

    fn reset() -> (ResetLink, Email) {
        let link = ResetLink { tenant: tenant().id, user: ana().id, id: ResetId::from_parts(NOW, 3) };
        (link, Email::reset(link))
    }

    #[test]
    fn a_link_leads_to_the_console_and_its_token_stands_where_no_server_sees_it() {
        let (key, (link, email)) = (Secret::new("k".repeat(32)), reset());
        let recipient = Recipient::for_user(&ana(), &tenant(), email.about).unwrap();
        for console in ["https://crm.example.com", "https://crm.example.com/"] {
            let written = email.written(&recipient, console, &key);
            let text = written.text.expose();
            let token = text.split("https://crm.example.com/reset-password#token=").nth(1).unwrap();
            let token = token.split('\n').next().unwrap();
            assert_eq!(ResetLink::read(&key, token), Some(link));
            assert!(text.starts_with("Hello Ana,\n") && text.contains("Corner Shop"), "{text}");
            assert!(!format!("{written:?} {email:?}").contains(token));
        }
    }

    #[test]
    fn an_invitation_says_who_invites_and_as_what_and_a_warning_has_no_link() {
        let key = Secret::new("k".repeat(32));
        let link = InvitationLink { tenant: tenant().id, id: InvitationId::from_parts(NOW, 4) };
        let bo = Recipient::invited(EmailAddress::parse("bo@example.com").unwrap(), Role::Viewer, &tenant()).unwrap();
        let text = Email::invitation(link).written(&bo, "https://crm.example.com", &key).text;
        assert!(
            text.expose().starts_with("Hello,\n")
                && text.expose().contains("Corner Shop has invited you to join Leadwire as viewer.")
        );
        assert!(text.expose().contains(&format!("/join#token={}\n", link.token(&key).expose())));
        let session = crate::ids::SessionId::from_parts(NOW, 5);
        let session = Session::begun(session, tenant().id, ana().id, 0, "a test");
        let warnings = [
            Email::password_changed(&ana(), NOW),
            Email::second_factor_removed(&ana(), NOW),
            Email::token_reused(&session, NOW),
            Email::key_created(tenant().id, ana().id, ApiKeyId::from_parts(NOW, 6)),
        ];
        for warning in warnings {
            let recipient = Recipient::for_user(&ana(), &tenant(), warning.about).unwrap();
            let text = warning.written(&recipient, "https://crm.example.com", &key).text;
            assert!(!text.expose().contains("http"), "{}", text.expose());
            let unproved = User { email_verified: false, ..ana() };
            assert_eq!(Recipient::for_user(&unproved, &tenant(), warning.about), None, "{:?}", warning.about);
        }
    }

    #[test]
    fn whoever_is_shut_out_is_not_written_to() {
        let closed = Tenant { active: false, ..tenant() };
        let about = reset().1.about;
        assert_eq!(Recipient::for_user(&User { active: false, ..ana() }, &tenant(), about), None);
        assert_eq!(Recipient::for_user(&ana(), &closed, about), None);
        assert_eq!(Recipient::invited(ana().email, Role::Viewer, &closed), None);
    }

    #[test]
    fn a_stranger_reads_no_word_that_somebody_else_chose() {
        let key = Secret::new("k".repeat(32));
        let unproved = User { email_verified: false, name: Text::new("Eve Buys"), ..ana() };
        let id = EmailVerificationId::from_parts(NOW, 7);
        let proof = Email::email_verification(EmailVerificationLink { tenant: tenant().id, user: ana().id, id });
        for email in [proof, reset().1] {
            let recipient = Recipient::for_user(&unproved, &tenant(), email.about).unwrap();
            let text = email.written(&recipient, "https://crm.example.com", &key).text;
            assert!(!text.expose().contains("Eve") && !text.expose().contains("Corner"), "{}", text.expose());
        }
        let spam = Tenant { name: Text::new("You won! evil.example"), ..tenant() };
        let link = InvitationLink { tenant: spam.id, id: InvitationId::from_parts(NOW, 4) };
        let bo = Recipient::invited(EmailAddress::parse("bo@example.com").unwrap(), Role::Viewer, &spam).unwrap();
        let text = Email::invitation(link).written(&bo, "https://crm.example.com", &key).text;
        assert!(!text.expose().contains("evil"), "{}", text.expose());
    }

    #[test]
    fn an_email_is_tried_at_growing_pauses_until_it_helps_nobody() {
        let (_, mut email) = reset();
        let mut now = NOW;
        let mut tried = Vec::new();
        while !email.is_too_late(now) {
            email.tries += 1;
            tried.push(now.since(NOW).as_secs() / 60);
            now = email.next(now);
        }
        assert_eq!((tried, now), (vec![0, 1, 3, 7, 15], NOW.plus(RESET_LIFETIME)));
        let invitation = InvitationLink { tenant: tenant().id, id: InvitationId::from_parts(NOW, 4) };
        assert_eq!(Email::invitation(invitation).until, NOW.plus(LONGEST));
    }

    #[test]
    fn the_same_occasion_is_the_same_email() {
        let ids = [reset().1.id, reset().1.id, Email::password_changed(&ana(), NOW).id];
        assert!(ids[0] == ids[1] && ids[1] != ids[2]);
        let again = User { epoch: 1, ..ana() };
        assert_ne!(Email::password_changed(&again, NOW).id, ids[2], "another change is another email");
    }
}
