//! Letters: e-mails that we owe somebody. What each says, how long it is tried, and to whom it goes is decided here; a
//! letter holds neither address nor link, so that both are those of the moment at which it is sent.

use crate::digest;
use crate::ids::{ApiKeyId, EmailVerificationId, InvitationId, LetterId, ResetId, TenantId, UserId};
use crate::links::{
    EMAIL_VERIFICATION_LIFETIME, EmailVerificationLink, INVITATION_LIFETIME, InvitationLink, RESET_LIFETIME, ResetLink,
};
use crate::personal::{Secret, Text};
use crate::sessions::Session;
use crate::tenants::{Tenant, is_business_name};
use crate::time::Timestamp;
use crate::users::{Email, Role, User};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// The sweeper looks for a letter a minute after it was written; long before that it was hastened by the stream.
pub const FIRST_SWEEP: Duration = Duration::from_secs(60);

/// Whoever sends a letter has it for so long, twice the longest that a call to the mail service may take with what
/// belongs to it. Past that another worker takes it.
pub const LEASE: Duration = Duration::from_secs(60);

/// The first pause after a mail was not taken; each later one is twice as long.
const FIRST_PAUSE: Duration = Duration::from_secs(60);

/// The longest pause between two tries: a link that holds for half an hour is tried five times.
const LONGEST_PAUSE: Duration = Duration::from_secs(3600);

/// A letter that could not be sent for a day is given up: nobody waits for it any more.
const LONGEST: Duration = Duration::from_secs(24 * 3600);

/// What a letter is about.
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
    pub const fn word(self) -> &'static str {
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
pub struct Letter {
    /// Which business it is of.
    pub tenant: TenantId,
    /// Its id, which says since when we owe it.
    pub id: LetterId,
    /// What it is about.
    pub about: About,
    /// Past this it helps nobody.
    pub until: Timestamp,
    /// How often it was tried, the present time included.
    pub tries: u32,
}

impl Letter {
    /// The link by which somebody chooses a new password.
    #[must_use]
    pub fn reset(link: ResetLink) -> Self {
        let about = About::Reset { user: link.user, reset: link.id };
        let bits = digest::bits80(&["reset", &link.id.bare()]);
        Self::new((link.tenant, link.id.at(), bits), about, RESET_LIFETIME)
    }

    /// The link by which somebody joins.
    #[must_use]
    pub fn invitation(link: InvitationLink) -> Self {
        let about = About::Invitation { invitation: link.id };
        let bits = digest::bits80(&["invitation", &link.id.bare()]);
        Self::new((link.tenant, link.id.at(), bits), about, INVITATION_LIFETIME)
    }

    /// The link by which somebody proves their mailbox.
    #[must_use]
    pub fn email_verification(link: EmailVerificationLink) -> Self {
        let about = About::EmailVerification { user: link.user, verification: link.id };
        let bits = digest::bits80(&["email verification", &link.id.bare()]);
        Self::new((link.tenant, link.id.at(), bits), about, EMAIL_VERIFICATION_LIFETIME)
    }

    /// That `user` of `tenant` made the key `key`.
    #[must_use]
    pub fn key_created(tenant: TenantId, user: UserId, key: ApiKeyId) -> Self {
        let about = About::KeyCreated { user, key };
        let bits = digest::bits80(&["key created", &key.bare()]);
        Self::new((tenant, key.at(), bits), about, LONGEST)
    }

    /// That the password of `user`, who is as they were made by it, was changed at `now`.
    #[must_use]
    pub fn password_changed(user: &User, now: Timestamp) -> Self {
        let about = About::PasswordChanged { user: user.id };
        let bits = digest::bits80(&["password changed", &user.id.bare(), &user.epoch.to_string()]);
        Self::new((user.tenant, now, bits), about, LONGEST)
    }

    /// That the second factor of `user` was taken away at `now`.
    #[must_use]
    pub fn second_factor_removed(user: &User, now: Timestamp) -> Self {
        let about = About::SecondFactorRemoved { user: user.id };
        let bits = digest::bits80(&["second factor removed", &user.id.bare()]);
        Self::new((user.tenant, now, bits), about, LONGEST)
    }

    /// That a refresh token of `session` was used again at `now`. A session ends once.
    #[must_use]
    pub fn token_reused(session: &Session, now: Timestamp) -> Self {
        let about = About::TokenReused { user: session.user };
        let bits = digest::bits80(&["token reused", &session.id.bare()]);
        Self::new((session.tenant, now, bits), about, LONGEST)
    }

    fn new((tenant, at, bits): (TenantId, Timestamp, u128), about: About, helps: Duration) -> Self {
        let until = at.plus(helps.min(LONGEST));
        Self { tenant, id: LetterId::from_parts(at, bits), about, until, tries: 0 }
    }

    /// Whether it helps nobody at `now` any more.
    #[must_use]
    pub fn is_too_late(&self, now: Timestamp) -> bool {
        now >= self.until
    }

    /// When it is tried again after it was not taken at `now`: at its end at the latest, when it is given up.
    #[must_use]
    pub fn next(&self, now: Timestamp) -> Timestamp {
        let factor = 2u32.saturating_pow(self.tries.saturating_sub(1).min(16));
        now.plus(FIRST_PAUSE.saturating_mul(factor).min(LONGEST_PAUSE)).min(self.until.max(now))
    }

    /// What it says to `reader`, with links that lead to `console` and whose tokens follow from `key`.
    #[must_use]
    pub fn written(&self, reader: &Reader, console: &str, key: &Secret) -> Written {
        let business = reader.business.as_ref().map_or("a business", Text::as_str);
        let (subject, said) = match self.about {
            About::Reset { user, reset } => {
                let token = ResetLink { tenant: self.tenant, user, id: reset }.token(key);
                let link = link(console, "reset-password", &token);
                let account = match &reader.business {
                    Some(business) => format!("your account at {}", business.as_str()),
                    None => "the Leadwire account with this email address".to_owned(),
                };
                let said = format!(
                    "we received a request to reset the password of {account}. Choose a new one here:\n\n{link}\n\n\
                     The link works once, and expires half an hour after the request. If you did not ask for it, ignore \
                     this email: nothing changes."
                );
                ("Choose a new password", said)
            }
            About::Invitation { invitation } => {
                let token = InvitationLink { tenant: self.tenant, id: invitation }.token(key);
                let link = link(console, "join", &token);
                let role = reader.role;
                let said = format!(
                    "you are invited to work for {business} with Leadwire, as {role}. Join here:\n\n{link}\n\n\
                     The link holds once, for a week. If you do not know {business}, there is nothing to do: nobody joins \
                     without it."
                );
                ("You are invited", said)
            }
            About::EmailVerification { user, verification } => {
                let token = EmailVerificationLink { tenant: self.tenant, user, id: verification }.token(key);
                let link = link(console, "verify-email", &token);
                let said = format!(
                    "an account at Leadwire was created with this email address. If it is yours, confirm the address \
                     here:\n\n{link}\n\nThe link works for 24 hours. If you did not create the account, ignore this \
                     email and do not confirm."
                );
                ("Confirm your email address", said)
            }
            About::KeyCreated { .. } => {
                let said = format!(
                    "an API key for {business} was created with your account. If it was you, there is nothing to do. If \
                     not, revoke the key and choose another password now, and tell the people who manage {business}."
                );
                ("An API key was created", said)
            }
            About::PasswordChanged { .. } => {
                let said = format!(
                    "the password of your account at {business} was changed, and every session was ended. If it was you, \
                     there is nothing to do. If it was not, choose another one now, by asking for a new password where you \
                     sign in, and tell whoever manages the people of {business}."
                );
                ("Your password was changed", said)
            }
            About::SecondFactorRemoved { .. } => {
                let said = format!(
                    "the second factor of your account at {business} was removed: whoever signs in needs your password \
                     alone. If you did that or asked for it, there is nothing to do. If not, choose another password now, \
                     set a second factor up again, and tell whoever manages the people of {business}."
                );
                ("Your second factor was removed", said)
            }
            About::TokenReused { .. } => {
                let said = format!(
                    "a session of your account at {business} was ended, because it was renewed by something that had been \
                     used before. That can be a fault of your browser. It can also be that somebody has a copy of your \
                     session. Sign in again, and choose a new password if you do not know how it came about."
                );
                ("A session of yours was ended", said)
            }
        };
        let greeting =
            reader.name.as_ref().map_or_else(|| "Hello".to_owned(), |name| format!("Hello {}", name.as_str()));
        Written { subject, text: Secret::new(format!("{greeting},\n\n{said}\n\nLeadwire\n")) }
    }
}

/// The token stands behind the `#`, which no browser sends to a server: so it is in no log of one.
fn link(console: &str, page: &str, token: &Secret) -> String {
    format!("{}/{page}#token={}", console.trim_end_matches('/'), token.expose())
}

/// Who reads a letter, as they are when it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reader {
    /// Where they are reached.
    pub email: Email,
    /// Their name, where it is known.
    pub name: Option<Text>,
    /// What they are, or will be.
    pub role: Role,
    /// The business's name, where the reader knows the business or the name can do no harm.
    pub business: Option<Text>,
}

impl Reader {
    /// Somebody who works for `tenant` and reads about `about`; none if they, or the business, are shut out, or if
    /// their mailbox is not proved and `about` does not prove it. Of an account whose mailbox is not proved neither name
    /// nor business is told: somebody else may have chosen them.
    #[must_use]
    pub fn of(user: &User, tenant: &Tenant, about: About) -> Option<Self> {
        let User { email, name, role, .. } = user.clone();
        let verified = user.email_verified;
        let reads = user.active && tenant.active && (verified || about.proves_mailbox());
        let (name, business) = (verified.then_some(name), verified.then(|| tenant.name.clone()));
        reads.then_some(Self { email, name, role, business })
    }

    /// Somebody who is invited by `tenant`; none if the business is shut out.
    #[must_use]
    pub fn invited((email, role): (Email, Role), tenant: &Tenant) -> Option<Self> {
        let business = is_business_name(tenant.name.as_str()).then(|| tenant.name.clone());
        tenant.active.then_some(Self { email, name: None, role, business })
    }
}

/// What a letter says. Debug shows nothing of it: it holds a link.
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
        let email = Email::parse("ana@example.com").unwrap();
        User::new(UserId::from_parts(NOW, 2), tenant().id, Role::Agent, Text::new("Ana"), email).with_email_verified()
    }

    fn reset() -> (ResetLink, Letter) {
        let link = ResetLink { tenant: tenant().id, user: ana().id, id: ResetId::from_parts(NOW, 3) };
        (link, Letter::reset(link))
    }

    #[test]
    fn a_link_leads_to_the_console_and_its_token_stands_where_no_server_sees_it() {
        let (key, (link, letter)) = (Secret::new("k".repeat(32)), reset());
        let reader = Reader::of(&ana(), &tenant(), letter.about).unwrap();
        for console in ["https://crm.example.com", "https://crm.example.com/"] {
            let written = letter.written(&reader, console, &key);
            let text = written.text.expose();
            let token = text.split("https://crm.example.com/reset-password#token=").nth(1).unwrap();
            let token = token.split('\n').next().unwrap();
            assert_eq!(ResetLink::read(&key, token), Some(link));
            assert!(text.starts_with("Hello Ana,\n") && text.contains("Corner Shop"), "{text}");
            assert!(!format!("{written:?} {letter:?}").contains(token));
        }
    }

    #[test]
    fn an_invitation_says_who_invites_and_as_what_and_a_warning_has_no_link() {
        let key = Secret::new("k".repeat(32));
        let link = InvitationLink { tenant: tenant().id, id: InvitationId::from_parts(NOW, 4) };
        let bo = Reader::invited((Email::parse("bo@example.com").unwrap(), Role::Viewer), &tenant()).unwrap();
        let text = Letter::invitation(link).written(&bo, "https://crm.example.com", &key).text;
        assert!(
            text.expose().starts_with("Hello,\n") && text.expose().contains("Corner Shop with Leadwire, as viewer")
        );
        assert!(text.expose().contains(&format!("/join#token={}\n", link.token(&key).expose())));
        let session = crate::ids::SessionId::from_parts(NOW, 5);
        let session = Session::begun(session, (tenant().id, ana().id), 0, "a test");
        let warnings = [
            Letter::password_changed(&ana(), NOW),
            Letter::second_factor_removed(&ana(), NOW),
            Letter::token_reused(&session, NOW),
            Letter::key_created(tenant().id, ana().id, ApiKeyId::from_parts(NOW, 6)),
        ];
        for warning in warnings {
            let reader = Reader::of(&ana(), &tenant(), warning.about).unwrap();
            let text = warning.written(&reader, "https://crm.example.com", &key).text;
            assert!(!text.expose().contains("http"), "{}", text.expose());
            let unproved = User { email_verified: false, ..ana() };
            assert_eq!(Reader::of(&unproved, &tenant(), warning.about), None, "{:?}", warning.about);
        }
    }

    #[test]
    fn whoever_is_shut_out_is_not_written_to() {
        let closed = Tenant { active: false, ..tenant() };
        let about = reset().1.about;
        assert_eq!(Reader::of(&User { active: false, ..ana() }, &tenant(), about), None);
        assert_eq!(Reader::of(&ana(), &closed, about), None);
        assert_eq!(Reader::invited((ana().email, Role::Viewer), &closed), None);
    }

    #[test]
    fn a_stranger_reads_no_word_that_somebody_else_chose() {
        let key = Secret::new("k".repeat(32));
        let unproved = User { email_verified: false, name: Text::new("Eve Buys"), ..ana() };
        let id = EmailVerificationId::from_parts(NOW, 7);
        let proof = Letter::email_verification(EmailVerificationLink { tenant: tenant().id, user: ana().id, id });
        for letter in [proof, reset().1] {
            let reader = Reader::of(&unproved, &tenant(), letter.about).unwrap();
            let text = letter.written(&reader, "https://crm.example.com", &key).text;
            assert!(!text.expose().contains("Eve") && !text.expose().contains("Corner"), "{}", text.expose());
        }
        let spam = Tenant { name: Text::new("You won! evil.example"), ..tenant() };
        let link = InvitationLink { tenant: spam.id, id: InvitationId::from_parts(NOW, 4) };
        let bo = Reader::invited((Email::parse("bo@example.com").unwrap(), Role::Viewer), &spam).unwrap();
        let text = Letter::invitation(link).written(&bo, "https://crm.example.com", &key).text;
        assert!(!text.expose().contains("evil"), "{}", text.expose());
    }

    #[test]
    fn a_letter_is_tried_at_growing_pauses_until_it_helps_nobody() {
        let (_, mut letter) = reset();
        let (mut now, mut tried) = (NOW, Vec::new());
        while !letter.is_too_late(now) {
            letter.tries += 1;
            tried.push(now.since(NOW).as_secs() / 60);
            now = letter.next(now);
        }
        assert_eq!((tried, now), (vec![0, 1, 3, 7, 15], NOW.plus(RESET_LIFETIME)));
        let invitation = InvitationLink { tenant: tenant().id, id: InvitationId::from_parts(NOW, 4) };
        assert_eq!(Letter::invitation(invitation).until, NOW.plus(LONGEST));
    }

    #[test]
    fn the_same_occasion_is_the_same_letter() {
        let ids = [reset().1.id, reset().1.id, Letter::password_changed(&ana(), NOW).id];
        assert!(ids[0] == ids[1] && ids[1] != ids[2]);
        let again = User { epoch: 1, ..ana() };
        assert_ne!(Letter::password_changed(&again, NOW).id, ids[2], "another change is another letter");
    }
}
