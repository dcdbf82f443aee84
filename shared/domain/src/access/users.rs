//! People who sign in.

use crate::access::visibility::{Viewer, Visibility};
use crate::characters::is_invisible;
use crate::ids::{TenantId, UserId};
use crate::personal::Text;
use crate::string_enum::string_enum;
use email_address::{EmailAddress as GrammarAddress, Options};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;

string_enum! {
    /// The role of a user. Each role grants a set of permissions; roles are not ordered.
    Role {
        /// Owns the account.
        Owner = "owner",
        /// Manages users and settings.
        Admin = "admin",
        /// Writes templates and campaigns.
        Marketer = "marketer",
        /// Answers customers.
        Agent = "agent",
        /// Reads only.
        Viewer = "viewer",
    }
}

/// A person who signs in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// Its id.
    pub id: UserId,
    /// The business they belong to.
    pub tenant: TenantId,
    /// What they may do.
    pub role: Role,
    /// Their name.
    pub name: Text,
    /// Their address.
    pub email: EmailAddress,
    /// Whether they proved that the mailbox is theirs, by a link that was sent there.
    pub email_verified: bool,
    /// Whether they may sign in.
    pub active: bool,
    /// Counted up whenever all their sessions end at once: a session holds under the count that it was opened with.
    pub epoch: u32,
    /// Whether they prove a second factor when they sign in.
    pub second_factor: bool,
    /// Which conversations they see, and how.
    pub visibility: Visibility,
}

impl User {
    /// Somebody new, who may sign in and has not proved their mailbox.
    #[must_use]
    pub const fn new(id: UserId, tenant: TenantId, role: Role, name: Text, email: EmailAddress) -> Self {
        Self {
            id,
            tenant,
            role,
            name,
            email,
            email_verified: false,
            active: true,
            epoch: 0,
            second_factor: false,
            visibility: Visibility::FULL,
        }
    }

    /// The same person, who proved their mailbox.
    #[must_use]
    pub fn with_email_verified(self) -> Self {
        Self { email_verified: true, ..self }
    }

    /// They, as somebody who looks at conversations.
    #[must_use]
    pub fn viewer(&self) -> Viewer {
        Viewer::person(self.id, self.visibility.clone())
    }
}

/// What is to become of a person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UserChange {
    /// Another role.
    pub role: Option<Role>,
    /// Another name.
    pub name: Option<Text>,
    /// Whether they may sign in.
    pub active: Option<bool>,
    /// Another visibility.
    pub visibility: Option<Visibility>,
}

/// Why a person cannot be changed so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChangeRefused {
    /// Only an owner makes owners and changes them.
    #[error("Only an owner can add, change or remove owners.")]
    OwnersAlone,
    /// Nobody would own the business.
    #[error("The business needs at least one owner. Make another user an owner first.")]
    LastOwner,
}

impl UserChange {
    /// `user` after this change by somebody with the role `by`, where `owners` of the business may sign in. Whoever gets
    /// another role or is shut out has to sign in again.
    ///
    /// # Errors
    /// [`ChangeRefused`] if it must not be.
    pub fn apply(&self, user: &User, by: Role, owners: usize) -> Result<User, ChangeRefused> {
        let mut changed = user.clone();
        changed.role = self.role.unwrap_or(user.role);
        changed.name = self.name.clone().unwrap_or_else(|| user.name.clone());
        changed.active = self.active.unwrap_or(user.active);
        changed.visibility = self.visibility.clone().unwrap_or_else(|| user.visibility.clone());
        if !by.gives(user.role) || !by.gives(changed.role) {
            return Err(ChangeRefused::OwnersAlone);
        }
        let owned = user.role == Role::Owner && user.active;
        let owns = changed.role == Role::Owner && changed.active;
        if owned && !owns && owners <= 1 {
            return Err(ChangeRefused::LastOwner);
        }
        if changed.role != user.role || changed.active != user.active {
            changed.epoch += 1;
        }
        Ok(changed)
    }
}

/// An e-mail address that is not one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected an email address, such as owner@example.com")]
pub struct InvalidEmail;

/// An email address, in lower case. Debug masks it.
///
/// The grammar is narrower than that of RFC 5321: it leaves out every form that a mail server might read as another
/// address or as more than one (quotes, comments, display names, routes, encoded words, domain literals). Amazon SES
/// takes ASCII alone, so an international domain is written as `xn--…`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(extend("pattern" = PATTERN, "maxLength" = 254), example = &"owner@example.com")]
pub struct EmailAddress(String);

/// What [`EmailAddress::parse`] takes, for the description of the API.
const PATTERN: &str = concat!(
    r"^[A-Za-z0-9_+'&~-]+(\.[A-Za-z0-9_+'&~-]+)*",
    r"@([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]*[A-Za-z0-9]$",
);

/// The characters of a local part beside letters, digits and dots.
const MARKS: &[u8] = b"_+'&~-";

impl EmailAddress {
    /// Reads an address; case, surrounding space and characters that nobody sees do not matter.
    ///
    /// # Errors
    /// [`InvalidEmail`] unless it is one plain address at a domain name, of at most 254 bytes.
    pub fn parse(text: &str) -> Result<Self, InvalidEmail> {
        let shown: String = text.trim().chars().filter(|c| c.is_whitespace() || !is_invisible(*c)).collect();
        let email = shown.to_lowercase();
        let strict = Options::default().with_required_tld().without_domain_literal().without_display_text();
        let parsed = GrammarAddress::parse_with_options(&email, strict).map_err(|_| InvalidEmail)?;
        let local = parsed.local_part();
        let domain = parsed.domain();
        let plain_local =
            local.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'.' || MARKS.contains(&byte));
        let plain_domain = domain.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'));
        // An address on the internet by its number has no name at the end.
        let named = domain.rsplit('.').next().is_some_and(|top| top.starts_with(|c: char| c.is_ascii_alphabetic()));
        if plain_local && plain_domain && named && email.len() <= 254 { Ok(Self(email)) } else { Err(InvalidEmail) }
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Email(***)")
    }
}

impl TryFrom<String> for EmailAddress {
    type Error = InvalidEmail;
    fn try_from(text: String) -> Result<Self, InvalidEmail> {
        Self::parse(&text)
    }
}

impl From<EmailAddress> for String {
    fn from(email: EmailAddress) -> Self {
        email.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Timestamp;

    #[test]
    fn an_address_that_was_pasted_with_invisible_characters_is_the_same() {
        let pasted = EmailAddress::parse("\u{202a}Ana@Example.com\u{200b}\u{202c} ");
        assert_eq!(pasted, EmailAddress::parse("ana@example.com"));
        assert_eq!(EmailAddress::parse("an a@example.com"), Err(InvalidEmail));
    }

    #[test]
    fn an_address_is_one_plain_mailbox_at_a_domain_name() {
        let long = format!("{}@example.com", "a".repeat(65));
        for wrong in [
            "x<victim@example.com>",
            "Ana <ana@example.com>",
            "a,b@example.com",
            "a;b@example.com",
            "\"q\"@example.com",
            "ana(c)@example.com",
            "@relay.example:ana@example.com",
            "ana%example.com@relay.example",
            "=?utf-8?q?ana=40example.com=3e?=@relay.example",
            "a@b@example.com",
            "ana@[192.0.2.1]",
            "ana@192.0.2.1",
            "ana@localhost",
            "ana@example..com",
            "ana@-example.com",
            "ana@example.com.",
            ".ana@example.com",
            "ana.@example.com",
            "a..na@example.com",
            "ana@exämple.com",
            "än@example.com",
            "ana\r\nBcc: bo@example.com",
            "@example.com",
            "ana@",
            "",
            long.as_str(),
        ] {
            assert_eq!(EmailAddress::parse(wrong), Err(InvalidEmail), "{wrong}");
        }
        for right in ["o'neil+shop@mail.example.co.uk", "a@xn--exmple-cua.com", "ana_b-c@x1.example", "7@a.io"] {
            assert_eq!(EmailAddress::parse(right).unwrap().as_str(), right);
        }
    }

    fn user(role: Role) -> User {
        let at = Timestamp::from_seconds(1_790_000_000);
        let email = EmailAddress::parse("ana@example.com").unwrap();
        User::new(UserId::from_parts(at, 1), TenantId::from_parts(at, 2), role, Text::new("Ana"), email)
    }

    fn to(role: Role) -> UserChange {
        UserChange { role: Some(role), ..UserChange::default() }
    }

    #[test]
    fn the_last_owner_stays() {
        let shut = UserChange { active: Some(false), ..UserChange::default() };
        for change in [to(Role::Admin), shut] {
            assert_eq!(change.apply(&user(Role::Owner), Role::Owner, 1), Err(ChangeRefused::LastOwner));
            assert!(change.apply(&user(Role::Owner), Role::Owner, 2).is_ok());
        }
        let renamed = UserChange { name: Some(Text::new("Bo")), ..UserChange::default() };
        assert!(renamed.apply(&user(Role::Owner), Role::Owner, 1).is_ok());
    }

    #[test]
    fn an_admin_neither_makes_owners_nor_changes_them() {
        assert_eq!(to(Role::Owner).apply(&user(Role::Agent), Role::Admin, 1), Err(ChangeRefused::OwnersAlone));
        assert_eq!(to(Role::Agent).apply(&user(Role::Owner), Role::Admin, 2), Err(ChangeRefused::OwnersAlone));
        assert_eq!(to(Role::Admin).apply(&user(Role::Agent), Role::Admin, 1).unwrap().role, Role::Admin);
    }

    #[test]
    fn another_role_ends_the_sessions_and_another_name_does_not() {
        assert_eq!(to(Role::Viewer).apply(&user(Role::Agent), Role::Owner, 1).unwrap().epoch, 1);
        let renamed = UserChange { name: Some(Text::new("Bo")), ..UserChange::default() };
        assert_eq!(renamed.apply(&user(Role::Agent), Role::Owner, 1).unwrap().epoch, 0);
    }
}
