//! People, and how they sign in.

use crate::expression::{Condition, Update};
use crate::keys::Key;
use crate::query::{Query, Read};
use crate::sessions::SessionItem;
use crate::table::{Change, Written};
use crate::tenants::{self, TenantItem};
use crate::{RACES, Store, StoreError};
use crate::{audit, letters};
use domain::audit::Entry;
use domain::ids::{EmailVerificationId, ResetId, SessionId};
use domain::letters::Letter;
use domain::links::EmailVerificationLink;
use domain::sessions::Session;
use domain::tenants::Tenant;
use domain::users::{ChangeRefused, Email, Role, User, UserChange};
use domain::visibility::{Sees, Visibility};
use domain::{ChannelId, Secret, TenantId, Text, Timestamp, UserId, digest};
use serde::{Deserialize, Serialize};

/// How a person signs in.
#[derive(Clone, Debug)]
pub struct Login {
    /// Who it is.
    pub user: User,
    /// Whether their business lets its people in.
    pub open: bool,
    /// The password's hash, as a PHC string (argon2id).
    pub password: Secret,
}

/// A person and the business they work for.
#[derive(Clone, Debug)]
pub struct Member {
    /// Who it is.
    pub user: User,
    /// For which business.
    pub tenant: Tenant,
}

/// Somebody who calls, with everything that says whether they may.
#[derive(Clone, Debug)]
pub struct Principal {
    /// Who it is.
    pub user: User,
    /// For which business.
    pub tenant: Tenant,
    /// Since when, and on which device.
    pub session: Session,
}

impl Principal {
    /// Whether they may do anything at `now`.
    #[must_use]
    pub fn may_act(&self, now: Timestamp) -> bool {
        self.user.active && self.tenant.active && self.session.holds(self.user.epoch, now)
    }
}

#[derive(Serialize, Deserialize)]
struct LoginItem {
    ty: String,
    v: u8,
    tn: TenantId,
    us: UserId,
    ph: String,
    /// When the mailbox was proved; until then somebody else may prove it and take the address over.
    #[serde(default)]
    ev: Option<Timestamp>,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct UserItem {
    ty: String,
    v: u8,
    nm: Text,
    em: Email,
    #[serde(default)]
    ev: Option<Timestamp>,
    ro: Role,
    ac: bool,
    ep: u32,
    #[serde(default)]
    sf: bool,
    /// Which conversations they see; none for all.
    #[serde(rename = "se", default)]
    sees: Option<Sees>,
    #[serde(rename = "sc", default)]
    channels: Vec<ChannelId>,
    #[serde(rename = "mp", default)]
    masks_phones: bool,
}

impl UserItem {
    pub(crate) fn user(self, tenant: TenantId, id: UserId) -> User {
        User {
            id,
            tenant,
            role: self.ro,
            name: self.nm,
            email: self.em,
            email_verified: self.ev.is_some(),
            active: self.ac,
            epoch: self.ep,
            second_factor: self.sf,
            visibility: Visibility {
                sees: self.sees.unwrap_or(Sees::All),
                channels: self.channels,
                masks_phones: self.masks_phones,
            },
        }
    }
}

/// The change that makes a person.
pub(crate) fn created(user: &User) -> Result<Change, StoreError> {
    let item = UserItem {
        ty: "user".into(),
        v: 1,
        nm: user.name.clone(),
        em: user.email.clone(),
        ev: verified_since(user),
        ro: user.role,
        ac: user.active,
        ep: user.epoch,
        sf: user.second_factor,
        sees: Some(user.visibility.sees),
        channels: user.visibility.channels.clone(),
        masks_phones: user.visibility.masks_phones,
    };
    Change::create(&Key::User(user.tenant, user.id), &item)
}

/// The change by which a person can sign in. It fails if the address is taken.
pub(crate) fn login_created(user: &User, password: &Secret) -> Result<Change, StoreError> {
    let ph = password.expose().to_owned();
    let item = LoginItem { ty: "login".into(), v: 1, tn: user.tenant, us: user.id, ph, ev: verified_since(user) };
    Change::create(&Key::Login(user.email.clone()), &item)
}

/// The changes by which `user`, whose mailbox is proved, can sign in by an address that `holder` has not proved. The
/// holder is shut out.
pub(crate) fn login_taken_over(user: &User, password: &Secret, holder: &User) -> Vec<Change> {
    let login = Update::of(Key::Login(user.email.clone()))
        .set("tn", &user.tenant)
        .set("us", &user.id)
        .set("ph", &password.expose())
        .set("ev", &user.id.at())
        .when(Condition::is("us", &holder.id))
        .when(Condition::Absent("ev"));
    let shut_out = Update::of(Key::User(holder.tenant, holder.id))
        .set("ac", &false)
        .set("ep", &(holder.epoch + 1))
        .when(Condition::is("ep", &holder.epoch));
    vec![Change::update(login), Change::update(shut_out)]
}

/// Since when the mailbox of a new person is proved.
fn verified_since(user: &User) -> Option<Timestamp> {
    user.email_verified.then(|| user.id.at())
}

/// The email by which a new person proves their mailbox; none where it is proved.
pub(crate) fn verification_owed(user: &User) -> Result<Option<Change>, StoreError> {
    let id = EmailVerificationId::from_parts(user.id.at(), digest::bits80(&["first", &user.id.bare()]));
    let link = EmailVerificationLink { tenant: user.tenant, user: user.id, id };
    let owed = (!user.email_verified).then(|| letters::owed(&Letter::email_verification(link)));
    owed.transpose()
}

impl Store {
    /// Makes a business and its owner, who signs in by the password with this hash, and owes the owner the email by
    /// which to prove an address that is not proved; `entry` says so. False if the business is there or the owner's
    /// address is taken.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn found(
        &self,
        tenant: &Tenant,
        owner: &User,
        password: &Secret,
        entry: &Entry,
    ) -> Result<bool, StoreError> {
        let mut changes = vec![tenants::created(tenant)?, login_created(owner, password)?, created(owner)?];
        changes.push(audit::written(tenant.id, entry)?);
        changes.extend(verification_owed(owner)?);
        match self.table.together(changes).await? {
            Written::Done(()) => Ok(true),
            Written::Refused(_) => Ok(false),
        }
    }

    /// Owes the person of `link` the email by which they prove their mailbox.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn ask_for_email_verification(&self, link: EmailVerificationLink) -> Result<(), StoreError> {
        let owed = letters::owed(&Letter::email_verification(link))?;
        match self.table.together(vec![owed]).await? {
            Written::Done(()) => Ok(()),
            Written::Refused(_) => Err(StoreError::Conflict),
        }
    }

    /// Notes that the mailbox of `user` is proved, so that the address is theirs; `entry` says so. False if somebody else
    /// has taken the address over since.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn verify_email(&self, user: &User, entry: &Entry) -> Result<bool, StoreError> {
        let now = entry.deed.at;
        let login = Update::of(Key::Login(user.email.clone())).set_once("ev", &now);
        let person = Update::of(Key::User(user.tenant, user.id)).set_once("ev", &now).when(Condition::Exists);
        let changes = vec![
            Change::update(login.when(Condition::is("us", &user.id))),
            Change::update(person),
            audit::written(user.tenant, entry)?,
        ];
        match self.table.together(changes).await? {
            Written::Done(()) => Ok(true),
            Written::Refused(_) => Ok(false),
        }
    }

    /// Makes a person, with a password. False if the address is taken.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn create_user(&self, user: &User, password: &Secret) -> Result<bool, StoreError> {
        let changes = vec![login_created(user, password)?, created(user)?];
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
        let login = self.table.get::<LoginItem>(&Key::Login(email.clone()), Read::Strong).await?;
        // Whoever has no account is looked for all the same: how long it takes says nothing.
        let nobody = || (TenantId::from_parts(Timestamp::default(), 0), UserId::from_parts(Timestamp::default(), 0));
        let (tenant, id) = login.as_ref().map_or_else(nobody, |login| (login.tn, login.us));
        let member = self.member(tenant, id).await?;
        let known = member.zip(login);
        Ok(known.map(|(Member { user, tenant }, login)| Login {
            user,
            open: tenant.active,
            password: Secret::new(login.ph),
        }))
    }

    /// Who has the session `id`, with their business, in one call; none if one of the three is not there.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read.
    pub async fn principal(
        &self,
        tenant: TenantId,
        user: UserId,
        id: SessionId,
    ) -> Result<Option<Principal>, StoreError> {
        let keys = [Key::User(tenant, user), Key::Tenant(tenant), Key::Session(tenant, user, id)];
        let (mut person, mut business, mut session) = (None, None, None);
        for found in self.table.get_all(&keys, Read::Strong).await? {
            if let Key::User(tenant, id) = found.key {
                person = Some(found.read::<UserItem>()?.user(tenant, id));
            } else if let Key::Tenant(tenant) = found.key {
                business = Some(found.read::<TenantItem>()?.tenant(tenant));
            } else if let Key::Session(tenant, user, id) = found.key {
                session = Some(found.read::<SessionItem>()?.session(tenant, user, id));
            }
        }
        let all = person.zip(business).zip(session);
        Ok(all.map(|((user, tenant), session)| Principal { user, tenant, session }))
    }

    /// One person and their business, in one call; none if one of the two is not there.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read.
    pub async fn member(&self, tenant: TenantId, user: UserId) -> Result<Option<Member>, StoreError> {
        let (mut person, mut business) = (None, None);
        for found in self.table.get_all(&[Key::User(tenant, user), Key::Tenant(tenant)], Read::Strong).await? {
            if let Key::User(tenant, id) = found.key {
                person = Some(found.read::<UserItem>()?.user(tenant, id));
            } else if let Key::Tenant(tenant) = found.key {
                business = Some(found.read::<TenantItem>()?.tenant(tenant));
            }
        }
        Ok(person.zip(business).map(|(user, tenant)| Member { user, tenant }))
    }

    /// One person of the tenant.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read.
    pub async fn user(&self, tenant: TenantId, id: UserId) -> Result<Option<User>, StoreError> {
        let item: Option<UserItem> = self.table.get(&Key::User(tenant, id), Read::Strong).await?;
        Ok(item.map(|item| item.user(tenant, id)))
    }

    /// Everybody who works here, in the order in which they came.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read.
    pub async fn users(&self, tenant: TenantId) -> Result<Vec<User>, StoreError> {
        let partition = Key::User(tenant, UserId::from_parts(Timestamp::default(), 0)).pk();
        let (mut users, mut query) = (Vec::new(), Query::partition(partition.clone()).strong());
        loop {
            let (found, more) = self.table.query(&query).await?;
            for item in found {
                if let Key::User(_, id) = item.key {
                    users.push(item.read::<UserItem>()?.user(tenant, id));
                }
            }
            let Some(more) = more else { return Ok(users) };
            query = Query::partition(partition.clone()).strong().from(more);
        }
    }

    /// Changes a person on behalf of somebody with the role `by`, and gives them as they are then; none if there is no
    /// such person. `entry` says what they have become. Two such changes at once see each other: the last owner stays.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written. What must not be is a [`ChangeRefused`].
    pub async fn change_user(
        &self,
        tenant: TenantId,
        id: UserId,
        by: Role,
        change: &UserChange,
        entry: impl Fn(&User) -> Entry + Send,
    ) -> Result<Option<Result<User, ChangeRefused>>, StoreError> {
        for _ in 0..RACES {
            let business: Option<TenantItem> = self.table.get(&Key::Tenant(tenant), Read::Strong).await?;
            let users = self.users(tenant).await?;
            let (Some(business), Some(user)) = (business, users.iter().find(|user| user.id == id)) else {
                return Ok(None);
            };
            // Whoever has not proved their mailbox may lose the account, so for those who have, only such owners count.
            let remains = |owner: &&User| owner.email_verified || !user.email_verified;
            let owners = users.iter().filter(|user| user.role == Role::Owner && user.active).filter(remains).count();
            let changed = match change.of(user, by, owners) {
                Ok(changed) if changed == *user => return Ok(Some(Ok(changed))),
                Ok(changed) => changed,
                Err(refused) => return Ok(Some(Err(refused))),
            };
            let person = Update::of(Key::User(tenant, id))
                .set("nm", &changed.name)
                .set("ro", &changed.role)
                .set("ac", &changed.active)
                .set("ep", &changed.epoch)
                .set("se", &changed.visibility.sees)
                .set("sc", &changed.visibility.channels)
                .set("mp", &changed.visibility.masks_phones)
                .when(Condition::is("ep", &user.epoch));
            let seen = Update::of(Key::Tenant(tenant)).count_up("pe").when(Condition::is("pe", &business.pe));
            let said = audit::written(tenant, &entry(&changed))?;
            match self.table.together(vec![Change::update(person), Change::update(seen), said]).await {
                Ok(Written::Done(())) => return Ok(Some(Ok(changed))),
                Ok(Written::Refused(_)) | Err(StoreError::Conflict) => {}
                Err(error) => return Err(error),
            }
        }
        Err(StoreError::Conflict)
    }

    /// Gives a person another name; `entry` says so. None if there is no such person.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn rename_user(
        &self,
        tenant: TenantId,
        id: UserId,
        name: &Text,
        entry: &Entry,
    ) -> Result<Option<User>, StoreError> {
        let update = Update::of(Key::User(tenant, id)).set("nm", name).when(Condition::Exists);
        match self.table.together(vec![Change::update(update), audit::written(tenant, entry)?]).await? {
            Written::Done(()) => self.user(tenant, id).await,
            Written::Refused(_) => Ok(None),
        }
    }

    /// Keeps another hash of the same password, unless another password was chosen since.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn rehash(&self, email: &Email, (old, new): (&Secret, &Secret)) -> Result<(), StoreError> {
        let update = Update::of(Key::Login(email.clone())).set("ph", &new.expose());
        let unchanged = Condition::is("ph", &old.expose());
        match self.table.update::<LoginItem>(update.when(unchanged)).await? {
            Written::Done(_) | Written::Refused(_) => Ok(()),
        }
    }

    /// Gives `user` the password with this hash, ends all their sessions, and owes them a letter that says so, at the
    /// moment of `entry`, which says so too. Where a `reset` allows it, it is used up by it, and proves the mailbox: a
    /// second factor that was set before, perhaps by another person, is dropped. None if another change came between, or
    /// the reset is used, too old then, or never was.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn set_password(
        &self,
        user: &User,
        password: &Secret,
        reset: Option<ResetId>,
        entry: &Entry,
    ) -> Result<Option<User>, StoreError> {
        let now = entry.deed.at;
        let mut changed = User { epoch: user.epoch + 1, ..user.clone() };
        let mut login = Update::of(Key::Login(user.email.clone())).set("ph", &password.expose());
        let mut person = Update::of(Key::User(user.tenant, user.id)).set("ep", &changed.epoch);
        let proves = reset.is_some() && !user.email_verified;
        if proves {
            changed = User { email_verified: true, second_factor: false, ..changed };
            login = login.set("ev", &now);
            person = person.set("ev", &now).set("sf", &false).when(Condition::is("sf", &user.second_factor));
        }
        let mut changes = vec![
            Change::update(login.when(Condition::is("us", &user.id))),
            Change::update(person.when(Condition::is("ep", &user.epoch))),
            letters::owed(&Letter::password_changed(&changed, now))?,
            audit::written(user.tenant, entry)?,
        ];
        if proves && user.second_factor {
            changes.push(Change::Remove(Key::SecondFactor(user.tenant, user.id)));
        }
        if let Some(id) = reset {
            let used = Update::of(Key::Reset(user.tenant, user.id, id)).set("us", &now);
            let holds = Condition::above("ttl", &now.seconds());
            changes.push(Change::update(used.when(Condition::Absent("us")).when(holds)));
        }
        match self.table.together(changes).await? {
            Written::Done(()) => Ok(Some(changed)),
            Written::Refused(_) => Ok(None),
        }
    }
}
