//! People, and how they sign in.

use crate::access::password_resets::ResetItem;
use crate::access::sessions::SessionItem;
use crate::access::tenants::{self, TenantItem};
use crate::access::{audit, emails};
use crate::table::client::{Change, Conditional};
use crate::table::expression::{Condition, Update};
use crate::table::item::{EXPIRES, item};
use crate::table::keys::{AccessKey, Key, Partition};
use crate::table::query::{Query, Read};
use crate::{RACES, Store, StoreError, TenantStore};
use domain::access::audit::Entry;
use domain::access::emails::Email;
use domain::access::links::EmailVerificationLink;
use domain::access::sessions::Session;
use domain::access::tenants::Tenant;
use domain::access::users::{ChangeRefused, EmailAddress, Role, User, UserChange};
use domain::access::visibility::{Sees, Visibility};
use domain::ids::{EmailVerificationId, ResetId, SessionId};
use domain::{ChannelId, Secret, TenantId, Text, Timestamp, UserId, digest};

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
pub struct SignedInUser {
    /// Who it is.
    pub user: User,
    /// For which business.
    pub tenant: Tenant,
    /// Since when, and on which device.
    pub session: Session,
}

impl SignedInUser {
    /// Whether they may do anything at `now`.
    #[must_use]
    pub fn may_act(&self, now: Timestamp) -> bool {
        self.user.active && self.tenant.active && self.session.holds(self.user.epoch, now)
    }
}

item! {
    struct LoginItem: "login" {
        tenant: TenantId = "tn" as TENANT,
        user: UserId = "us" as USER,
        password: String = "ph" as PASSWORD,
        /// When the mailbox was proved; until then somebody else may prove it and take the address over.
        verified_at?: Timestamp = "ev" as VERIFIED_AT,
    }
}

item! {
    pub(crate) struct UserItem: "user" {
        name: Text = "nm" as NAME,
        email: EmailAddress = "em",
        verified_at?: Timestamp = "ev" as VERIFIED_AT,
        role: Role = "ro" as ROLE,
        active: bool = "ac" as ACTIVE,
        epoch: u32 = "ep" as EPOCH,
        #[serde(default)]
        second_factor: bool = "sf" as SECOND_FACTOR,
        /// Which conversations they see; none for all.
        sees?: Sees = "se" as SEES,
        #[serde(default)]
        channels: Vec<ChannelId> = "sc" as CHANNELS,
        #[serde(default)]
        masks_phones: bool = "mp" as MASKS_PHONES,
    }
}

impl UserItem {
    pub(crate) fn user(self, tenant: TenantId, id: UserId) -> User {
        User {
            id,
            tenant,
            role: self.role,
            name: self.name,
            email: self.email,
            email_verified: self.verified_at.is_some(),
            active: self.active,
            epoch: self.epoch,
            second_factor: self.second_factor,
            visibility: Visibility {
                sees: self.sees.unwrap_or(Sees::All),
                channels: self.channels,
                masks_phones: self.masks_phones,
            },
        }
    }
}

/// The change that makes a person.
pub(crate) fn create(user: &User) -> Result<Change, StoreError> {
    let item = UserItem {
        name: user.name.clone(),
        email: user.email.clone(),
        verified_at: verified_since(user),
        role: user.role,
        active: user.active,
        epoch: user.epoch,
        second_factor: user.second_factor,
        sees: Some(user.visibility.sees),
        channels: user.visibility.channels.clone(),
        masks_phones: user.visibility.masks_phones,
    };
    Change::create(AccessKey::User(user.tenant, user.id), &item)
}

/// The change by which a person can sign in. It fails if the address is taken.
pub(crate) fn create_login(user: &User, password: &Secret) -> Result<Change, StoreError> {
    let item = LoginItem {
        tenant: user.tenant,
        user: user.id,
        password: password.expose().to_owned(),
        verified_at: verified_since(user),
    };
    Change::create(AccessKey::Login(user.email.clone()), &item)
}

/// The changes by which `user`, whose mailbox is proved, can sign in by an address that `holder` has not proved. The
/// holder is shut out.
pub(crate) fn take_over_login(user: &User, password: &Secret, holder: &User) -> Vec<Change> {
    let login = Update::at(AccessKey::Login(user.email.clone()))
        .set(LoginItem::TENANT, &user.tenant)
        .set(LoginItem::USER, &user.id)
        .set(LoginItem::PASSWORD, password.expose())
        .set(LoginItem::VERIFIED_AT, &user.id.at())
        .when(Condition::is(LoginItem::USER, &holder.id))
        .when(Condition::absent(LoginItem::VERIFIED_AT));
    let shut_out = Update::at(AccessKey::User(holder.tenant, holder.id))
        .set(UserItem::ACTIVE, &false)
        .set(UserItem::EPOCH, &(holder.epoch + 1))
        .when(Condition::is(UserItem::EPOCH, &holder.epoch));
    vec![Change::update(login), Change::update(shut_out)]
}

/// Since when the mailbox of a new person is proved.
fn verified_since(user: &User) -> Option<Timestamp> {
    user.email_verified.then(|| user.id.at())
}

/// The email by which a new person proves their mailbox; none where it is proved.
pub(crate) fn owe_verification(user: &User) -> Result<Option<Change>, StoreError> {
    let id = EmailVerificationId::from_parts(user.id.at(), digest::bits80(&["first", &user.id.ulid_str()]));
    let link = EmailVerificationLink { tenant: user.tenant, user: user.id, id };
    let owed = (!user.email_verified).then(|| emails::owe(&Email::email_verification(link)));
    owed.transpose()
}

impl Store {
    /// Makes a business and its owner, who signs in by the password with this hash, and owes the owner the email by
    /// which to prove an address that is not proved; `entry` says so. False if the business is there or the owner's
    /// address is taken.
    pub async fn create_with_owner(
        &self,
        tenant: &Tenant,
        owner: &User,
        password: &Secret,
        entry: &Entry,
    ) -> Result<bool, StoreError> {
        let mut changes = vec![tenants::create(tenant)?, create_login(owner, password)?, create(owner)?];
        changes.push(audit::append(tenant.id, entry)?);
        changes.extend(owe_verification(owner)?);
        match self.table.transact(changes).await? {
            Conditional::Applied(()) => Ok(true),
            Conditional::Rejected(_) => Ok(false),
        }
    }

    /// Owes the person of `link` the email by which they prove their mailbox.
    pub async fn ask_for_email_verification(&self, link: EmailVerificationLink) -> Result<(), StoreError> {
        let owed = emails::owe(&Email::email_verification(link))?;
        match self.table.transact(vec![owed]).await? {
            Conditional::Applied(()) => Ok(()),
            Conditional::Rejected(_) => Err(StoreError::Conflict),
        }
    }

    /// Notes that the mailbox of `user` is proved, so that the address is theirs; `entry` says so. False if somebody
    /// else has taken the address over since.
    pub async fn verify_email(&self, user: &User, entry: &Entry) -> Result<bool, StoreError> {
        let now = entry.audit_event.at;
        let login = Update::at(AccessKey::Login(user.email.clone())).set_once(LoginItem::VERIFIED_AT, &now);
        let person = Update::at(AccessKey::User(user.tenant, user.id)).set_once(UserItem::VERIFIED_AT, &now);
        let changes = vec![
            Change::update(login.when(Condition::is(LoginItem::USER, &user.id))),
            Change::update(person.when(Condition::exists())),
            audit::append(user.tenant, entry)?,
        ];
        match self.table.transact(changes).await? {
            Conditional::Applied(()) => Ok(true),
            Conditional::Rejected(_) => Ok(false),
        }
    }

    /// Makes a person, with a password. False if the address is taken.
    pub async fn create_user(&self, user: &User, password: &Secret) -> Result<bool, StoreError> {
        let changes = vec![create_login(user, password)?, create(user)?];
        match self.table.transact(changes).await? {
            Conditional::Applied(()) => Ok(true),
            Conditional::Rejected(_) => Ok(false),
        }
    }

    /// How the person with this address signs in; none if there is none.
    pub async fn login(&self, email: &EmailAddress) -> Result<Option<Login>, StoreError> {
        let login = self.table.get::<LoginItem>(AccessKey::Login(email.clone()), Read::Strong).await?;
        // Whoever has no account is looked for all the same: how long it takes says nothing.
        let nobody = || (TenantId::from_parts(Timestamp::default(), 0), UserId::from_parts(Timestamp::default(), 0));
        let (tenant, id) = login.as_ref().map_or_else(nobody, |login| (login.tenant, login.user));
        let member = self.tenant(tenant).member(id).await?;
        let known = member.zip(login);
        Ok(known.map(|(Member { user, tenant }, login)| Login {
            user,
            open: tenant.active,
            password: Secret::new(login.password),
        }))
    }

    /// Keeps another hash of the same password, unless another password was chosen since.
    pub async fn rehash(&self, email: &EmailAddress, old: &Secret, new: &Secret) -> Result<(), StoreError> {
        let update = Update::at(AccessKey::Login(email.clone())).set(LoginItem::PASSWORD, new.expose());
        let unchanged = Condition::is(LoginItem::PASSWORD, old.expose());
        match self.table.update::<LoginItem>(update.when(unchanged)).await? {
            Conditional::Applied(_) | Conditional::Rejected(_) => Ok(()),
        }
    }

    /// Gives `user` the password with this hash, ends all their sessions, and owes them an email that says so, at the
    /// moment of `entry`, which says so too. Where a `reset` allows it, it is used up by it, and proves the mailbox: a
    /// second factor that was set before, perhaps by another person, is dropped. None if another change came between,
    /// or the reset is used, too old then, or never was.
    pub async fn set_password(
        &self,
        user: &User,
        password: &Secret,
        reset: Option<ResetId>,
        entry: &Entry,
    ) -> Result<Option<User>, StoreError> {
        let now = entry.audit_event.at;
        let mut changed = User { epoch: user.epoch + 1, ..user.clone() };
        let mut login = Update::at(AccessKey::Login(user.email.clone())).set(LoginItem::PASSWORD, password.expose());
        let mut person = Update::at(AccessKey::User(user.tenant, user.id)).set(UserItem::EPOCH, &changed.epoch);
        let proves = reset.is_some() && !user.email_verified;
        if proves {
            changed = User { email_verified: true, second_factor: false, ..changed };
            login = login.set(LoginItem::VERIFIED_AT, &now);
            person = person
                .set(UserItem::VERIFIED_AT, &now)
                .set(UserItem::SECOND_FACTOR, &false)
                .when(Condition::is(UserItem::SECOND_FACTOR, &user.second_factor));
        }
        let mut changes = vec![
            Change::update(login.when(Condition::is(LoginItem::USER, &user.id))),
            Change::update(person.when(Condition::is(UserItem::EPOCH, &user.epoch))),
            emails::owe(&Email::password_changed(&changed, now))?,
            audit::append(user.tenant, entry)?,
        ];
        if proves && user.second_factor {
            changes.push(Change::remove(AccessKey::SecondFactor(user.tenant, user.id)));
        }
        if let Some(id) = reset {
            let used = Update::at(AccessKey::Reset(user.tenant, user.id, id)).set(ResetItem::USED, &now);
            let holds = Condition::above(EXPIRES, &now.seconds());
            changes.push(Change::update(used.when(Condition::absent(ResetItem::USED)).when(holds)));
        }
        match self.table.transact(changes).await? {
            Conditional::Applied(()) => Ok(Some(changed)),
            Conditional::Rejected(_) => Ok(None),
        }
    }
}

impl TenantStore<'_> {
    /// Who has the session `id`, with their business, in one call; none if one of the three is not there.
    pub async fn principal(self, user: UserId, id: SessionId) -> Result<Option<SignedInUser>, StoreError> {
        let keys = [
            AccessKey::User(self.tenant, user),
            AccessKey::Tenant(self.tenant),
            AccessKey::Session(self.tenant, user, id),
        ];
        let mut person = None;
        let mut business = None;
        let mut session = None;
        for found in self.table().get_all(&keys, Read::Strong).await? {
            if let Key::Access(AccessKey::User(_, id)) = found.key {
                person = Some(found.read::<UserItem>()?.user(self.tenant, id));
            } else if let Key::Access(AccessKey::Tenant(_)) = found.key {
                business = Some(found.read::<TenantItem>()?.tenant(self.tenant));
            } else if let Key::Access(AccessKey::Session(_, user, id)) = found.key {
                session = Some(found.read::<SessionItem>()?.session(self.tenant, user, id));
            }
        }
        let all = person.zip(business).zip(session);
        Ok(all.map(|((user, tenant), session)| SignedInUser { user, tenant, session }))
    }

    /// One person and their business, in one call; none if one of the two is not there.
    pub async fn member(self, user: UserId) -> Result<Option<Member>, StoreError> {
        let mut person = None;
        let mut business = None;
        for found in self
            .table()
            .get_all(&[AccessKey::User(self.tenant, user), AccessKey::Tenant(self.tenant)], Read::Strong)
            .await?
        {
            if let Key::Access(AccessKey::User(_, id)) = found.key {
                person = Some(found.read::<UserItem>()?.user(self.tenant, id));
            } else if let Key::Access(AccessKey::Tenant(_)) = found.key {
                business = Some(found.read::<TenantItem>()?.tenant(self.tenant));
            }
        }
        Ok(person.zip(business).map(|(user, tenant)| Member { user, tenant }))
    }

    /// One person of the tenant.
    pub async fn user(self, id: UserId) -> Result<Option<User>, StoreError> {
        let item: Option<UserItem> = self.table().get(AccessKey::User(self.tenant, id), Read::Strong).await?;
        Ok(item.map(|item| item.user(self.tenant, id)))
    }

    /// Everybody who works here, in the order in which they came.
    pub async fn users(self) -> Result<Vec<User>, StoreError> {
        let query = Query::partition(&Partition::Users(self.tenant)).strong();
        let mut users = Vec::new();
        for (key, item) in self.table().list::<UserItem>(query).await? {
            if let Key::Access(AccessKey::User(_, id)) = key {
                users.push(item.user(self.tenant, id));
            }
        }
        Ok(users)
    }

    /// Changes a person on behalf of somebody with the role `by`, and gives them as they are then; none if there is no
    /// such person. `entry` says what they have become. Two such changes at once see each other: the last owner stays.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written. What must not be is a [`ChangeRefused`].
    pub async fn change_user(
        self,
        id: UserId,
        by: Role,
        change: &UserChange,
        entry: impl Fn(&User) -> Entry + Send,
    ) -> Result<Option<Result<User, ChangeRefused>>, StoreError> {
        for _ in 0..RACES {
            let business: Option<TenantItem> = self.table().get(AccessKey::Tenant(self.tenant), Read::Strong).await?;
            let users = self.users().await?;
            let (Some(business), Some(user)) = (business, users.iter().find(|user| user.id == id)) else {
                return Ok(None);
            };
            // Whoever has not proved their mailbox may lose the account, so for those who have, only such owners count.
            let remains = |owner: &&User| owner.email_verified || !user.email_verified;
            let owners = users.iter().filter(|user| user.role == Role::Owner && user.active).filter(remains).count();
            let changed = match change.apply(user, by, owners) {
                Ok(changed) if changed == *user => return Ok(Some(Ok(changed))),
                Ok(changed) => changed,
                Err(refused) => return Ok(Some(Err(refused))),
            };
            let person = Update::at(AccessKey::User(self.tenant, id))
                .set(UserItem::NAME, &changed.name)
                .set(UserItem::ROLE, &changed.role)
                .set(UserItem::ACTIVE, &changed.active)
                .set(UserItem::EPOCH, &changed.epoch)
                .set(UserItem::SEES, &changed.visibility.sees)
                .set(UserItem::CHANNELS, &changed.visibility.channels)
                .set(UserItem::MASKS_PHONES, &changed.visibility.masks_phones)
                .when(Condition::is(UserItem::EPOCH, &user.epoch));
            let unseen = Condition::is(TenantItem::PEOPLE_REVISION, &business.people_revision);
            let seen = Update::at(AccessKey::Tenant(self.tenant)).count_up(TenantItem::PEOPLE_REVISION).when(unseen);
            let said = audit::append(self.tenant, &entry(&changed))?;
            match self.table().transact(vec![Change::update(person), Change::update(seen), said]).await {
                Ok(Conditional::Applied(())) => return Ok(Some(Ok(changed))),
                Ok(Conditional::Rejected(_)) | Err(StoreError::Conflict) => {}
                Err(error) => return Err(error),
            }
        }
        Err(StoreError::Conflict)
    }

    /// Gives a person another name; `entry` says so. None if there is no such person.
    pub async fn rename_user(self, id: UserId, name: &Text, entry: &Entry) -> Result<Option<User>, StoreError> {
        let update = Update::at(AccessKey::User(self.tenant, id)).set(UserItem::NAME, name).when(Condition::exists());
        match self.table().transact(vec![Change::update(update), audit::append(self.tenant, entry)?]).await? {
            Conditional::Applied(()) => self.user(id).await,
            Conditional::Rejected(_) => Ok(None),
        }
    }
}
