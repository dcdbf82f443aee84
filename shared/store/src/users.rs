//! People, and how they sign in.

use crate::keys::Key;
use crate::query::Read;
use crate::table::{Change, Written};
use crate::{Store, StoreError};
use domain::users::{Email, Role, User};
use domain::{Secret, TenantId, Text, UserId};
use serde::{Deserialize, Serialize};

/// How a person signs in.
#[derive(Clone, Debug)]
pub struct Login {
    /// Who it is.
    pub user: User,
    /// The password's hash, as a PHC string (argon2id).
    pub password: Secret,
}

#[derive(Serialize, Deserialize)]
struct LoginItem {
    ty: String,
    v: u8,
    tn: TenantId,
    us: UserId,
    ph: String,
}

#[derive(Serialize, Deserialize)]
struct UserItem {
    ty: String,
    v: u8,
    nm: Text,
    em: Email,
    ro: Role,
}

impl Store {
    /// Makes a person, with a password. False if the address is taken.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn create_user(&self, user: &User, password: &Secret) -> Result<bool, StoreError> {
        let login =
            LoginItem { ty: "login".into(), v: 1, tn: user.tenant, us: user.id, ph: password.expose().to_owned() };
        let item = UserItem { ty: "user".into(), v: 1, nm: user.name.clone(), em: user.email.clone(), ro: user.role };
        let changes = vec![
            Change::create(&Key::Login(user.email.clone()), &login)?,
            Change::create(&Key::User(user.tenant, user.id), &item)?,
        ];
        match self.table.together(changes).await? {
            Written::Done(()) => Ok(true),
            Written::Refused(_) => Ok(false),
        }
    }

    /// How the person with this address signs in; none if there is none.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read.
    pub async fn login(&self, email: &Email) -> Result<Option<Login>, StoreError> {
        let Some(login) = self.table.get::<LoginItem>(&Key::Login(email.clone()), Read::Strong).await? else {
            return Ok(None);
        };
        let user = self.user(login.tn, login.us).await?;
        Ok(user.map(|user| Login { user, password: Secret::new(login.ph) }))
    }

    /// One person of the tenant.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read.
    pub async fn user(&self, tenant: TenantId, id: UserId) -> Result<Option<User>, StoreError> {
        let item: Option<UserItem> = self.table.get(&Key::User(tenant, id), Read::Strong).await?;
        Ok(item.map(|item| User { id, tenant, role: item.ro, name: item.nm, email: item.em }))
    }
}
