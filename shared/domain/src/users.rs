//! People who sign in.

use crate::characters::is_invisible;
use crate::ids::{TenantId, UserId};
use crate::personal::Text;
use crate::visibility::{Viewer, Visibility};
use crate::words::words;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;

words! {
    /// What a person may do. Which role may do what is a table of permissions, not an order.
    Role {
        /// Owns the account.
        Owner = "owner",
        /// Manages people and settings.
        Admin = "admin",
        /// Writes templates and campaigns.
        Marketer = "marketer",
        /// Answers customers.
        Agent = "agent",
        /// Looks on.
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
    pub email: Email,
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
    /// Somebody new, who may sign in.
    #[must_use]
    pub const fn new(id: UserId, tenant: TenantId, role: Role, name: Text, email: Email) -> Self {
        Self {
            id,
            tenant,
            role,
            name,
            email,
            active: true,
            epoch: 0,
            second_factor: false,
            visibility: Visibility::FULL,
        }
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
    #[error("only an owner gives or takes the role owner")]
    OwnersAlone,
    /// Nobody would own the business.
    #[error("the business would have no owner: make somebody else one first")]
    LastOwner,
}

impl UserChange {
    /// `user` after this change by somebody with the role `by`, where `owners` of the business may sign in. Whoever gets
    /// another role or is shut out has to sign in again.
    ///
    /// # Errors
    /// [`ChangeRefused`] if it must not be.
    pub fn of(&self, user: &User, by: Role, owners: usize) -> Result<User, ChangeRefused> {
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
#[error("expected an e-mail address such as owner@example.com")]
pub struct InvalidEmail;

/// An e-mail address, in lower case. Debug masks it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(extend("pattern" = r"^[^\s@]+@[^\s@]+$", "maxLength" = 254), example = &"owner@example.com")]
pub struct Email(String);

impl Email {
    /// Reads an address; case, surrounding space and characters that nobody sees do not matter.
    ///
    /// # Errors
    /// [`InvalidEmail`] unless it has one `@` with something on both sides, no white space, and at most 254 bytes.
    pub fn parse(text: &str) -> Result<Self, InvalidEmail> {
        let shown: String = text.trim().chars().filter(|c| c.is_whitespace() || !is_invisible(*c)).collect();
        let email = shown.to_lowercase();
        let both = email
            .split_once('@')
            .is_some_and(|(name, host)| !name.is_empty() && !host.is_empty() && !host.contains('@'));
        let plain = !email.chars().any(|c| c.is_whitespace() || c.is_control());
        if both && plain && email.len() <= 254 { Ok(Self(email)) } else { Err(InvalidEmail) }
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Email(***)")
    }
}

impl TryFrom<String> for Email {
    type Error = InvalidEmail;
    fn try_from(text: String) -> Result<Self, InvalidEmail> {
        Self::parse(&text)
    }
}

impl From<Email> for String {
    fn from(email: Email) -> Self {
        email.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Timestamp;

    #[test]
    fn an_address_that_was_pasted_with_invisible_characters_is_the_same() {
        let pasted = Email::parse("\u{202a}Ana@Example.com\u{200b}\u{202c} ");
        assert_eq!(pasted, Email::parse("ana@example.com"));
        assert_eq!(Email::parse("an a@example.com"), Err(InvalidEmail));
    }

    fn user(role: Role) -> User {
        let at = Timestamp::from_seconds(1_790_000_000);
        let email = Email::parse("ana@example.com").unwrap();
        User::new(UserId::from_parts(at, 1), TenantId::from_parts(at, 2), role, Text::new("Ana"), email)
    }

    fn to(role: Role) -> UserChange {
        UserChange { role: Some(role), ..UserChange::default() }
    }

    #[test]
    fn the_last_owner_stays() {
        let shut = UserChange { active: Some(false), ..UserChange::default() };
        for change in [to(Role::Admin), shut] {
            assert_eq!(change.of(&user(Role::Owner), Role::Owner, 1), Err(ChangeRefused::LastOwner));
            assert!(change.of(&user(Role::Owner), Role::Owner, 2).is_ok());
        }
        let renamed = UserChange { name: Some(Text::new("Bo")), ..UserChange::default() };
        assert!(renamed.of(&user(Role::Owner), Role::Owner, 1).is_ok());
    }

    #[test]
    fn an_admin_neither_makes_owners_nor_changes_them() {
        assert_eq!(to(Role::Owner).of(&user(Role::Agent), Role::Admin, 1), Err(ChangeRefused::OwnersAlone));
        assert_eq!(to(Role::Agent).of(&user(Role::Owner), Role::Admin, 2), Err(ChangeRefused::OwnersAlone));
        assert_eq!(to(Role::Admin).of(&user(Role::Agent), Role::Admin, 1).unwrap().role, Role::Admin);
    }

    #[test]
    fn another_role_ends_the_sessions_and_another_name_does_not() {
        assert_eq!(to(Role::Viewer).of(&user(Role::Agent), Role::Owner, 1).unwrap().epoch, 1);
        let renamed = UserChange { name: Some(Text::new("Bo")), ..UserChange::default() };
        assert_eq!(renamed.of(&user(Role::Agent), Role::Owner, 1).unwrap().epoch, 0);
    }
}
