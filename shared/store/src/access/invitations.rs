//! People who may join a business.

use crate::access::users::{create, create_login, owe_verification, take_over_login};
use crate::access::{audit, emails};
use crate::table::client::{Change, Conditional};
use crate::table::expression::{Condition, Update};
use crate::table::item::{EXPIRES, item};
use crate::table::keys::{AccessKey, Key, Partition};
use crate::table::query::{Query, Read};
use crate::{Store, StoreError, TenantStore};
use domain::access::audit::Entry;
use domain::access::emails::Email;
use domain::access::links::{INVITATION_LIFETIME, InvitationLink};
use domain::access::users::{EmailAddress, Role, User};
use domain::ids::InvitationId;
use domain::{Actor, Secret, Timestamp, UserId};

/// Somebody who may join.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// Its id, which says when it was made.
    pub id: InvitationId,
    /// Whom it is for.
    pub email: EmailAddress,
    /// What they will be.
    pub role: Role,
    /// Who invites.
    pub by: Actor,
    /// Who joined by it.
    pub joined: Option<UserId>,
}

impl Invitation {
    /// Until when one can join by it.
    #[must_use]
    pub fn expires(&self) -> Timestamp {
        self.id.at().plus(INVITATION_LIFETIME)
    }
}

item! {
    pub(crate) struct InvitationItem: "invitation" {
        email: EmailAddress = "em",
        role: Role = "ro",
        by: Actor = "by",
        joined?: UserId = "jo" as JOINED,
        expires: i64 = "ttl",
    }
}

impl InvitationItem {
    pub(crate) fn invitation(self, id: InvitationId) -> Invitation {
        Invitation { id, email: self.email, role: self.role, by: self.by, joined: self.joined }
    }
}

impl TenantStore<'_> {
    /// Invites somebody, and owes them the email that says so, as `entry` does.
    pub async fn invite(self, invitation: &Invitation, entry: &Entry) -> Result<(), StoreError> {
        let item = InvitationItem {
            email: invitation.email.clone(),
            role: invitation.role,
            by: invitation.by,
            joined: None,
            expires: invitation.expires().seconds(),
        };
        let created = Change::create(AccessKey::Invitation(self.tenant, invitation.id), &item)?;
        let email = Email::invitation(InvitationLink { tenant: self.tenant, id: invitation.id });
        match self.table().transact(vec![created, emails::owe(&email)?, audit::append(self.tenant, entry)?]).await? {
            Conditional::Applied(()) => Ok(()),
            Conditional::Rejected(_) => Err(StoreError::Conflict),
        }
    }

    /// One invitation; none if there is none, or it was taken back.
    pub async fn invitation(self, id: InvitationId) -> Result<Option<Invitation>, StoreError> {
        let item: Option<InvitationItem> =
            self.table().get(AccessKey::Invitation(self.tenant, id), Read::Strong).await?;
        Ok(item.map(|item| item.invitation(id)))
    }

    /// The invitations that nobody has joined by, the newest first; some may hold no more.
    pub async fn invitations(self) -> Result<Vec<Invitation>, StoreError> {
        let query = Query::partition(&Partition::Invitations(self.tenant)).newest_first().strong();
        let mut invitations = Vec::new();
        for (key, item) in self.table().list::<InvitationItem>(query).await? {
            if let Key::Access(AccessKey::Invitation(_, id)) = key {
                invitations.push(item.invitation(id));
            }
        }
        invitations.retain(|invitation| invitation.joined.is_none());
        Ok(invitations)
    }

    /// Takes an invitation back: nobody joins by it any more, as `entry` says. False if somebody has joined by it, or
    /// it was taken back before.
    pub async fn take_back(self, id: InvitationId, entry: &Entry) -> Result<bool, StoreError> {
        let not_joined = vec![Condition::exists(), Condition::absent(InvitationItem::JOINED)];
        let open = Change::remove_when(AccessKey::Invitation(self.tenant, id), not_joined);
        match self.table().transact(vec![open, audit::append(self.tenant, entry)?]).await? {
            Conditional::Applied(()) => Ok(true),
            Conditional::Rejected(_) => Ok(false),
        }
    }
}

impl Store {
    /// Makes `user` join by the invitation `id`, which is used up by it. Where `holder` has the address of a user who
    /// proved their mailbox, and did not prove it, they lose it. False if the invitation is used, too old at the moment
    /// of `entry`, which says so, was taken back, or the address is taken.
    pub async fn join(
        &self,
        id: InvitationId,
        user: &User,
        password: &Secret,
        holder: Option<&User>,
        entry: &Entry,
    ) -> Result<bool, StoreError> {
        let now = entry.audit_event.at;
        let used = Update::at(AccessKey::Invitation(user.tenant, id))
            .set(InvitationItem::JOINED, &user.id)
            .when(Condition::absent(InvitationItem::JOINED))
            .when(Condition::above(EXPIRES, &now.seconds()));
        let mut changes = vec![Change::update(used), create(user)?, audit::append(user.tenant, entry)?];
        match holder.filter(|holder| user.email_verified && !holder.email_verified) {
            Some(holder) => changes.extend(take_over_login(user, password, holder)),
            None => changes.push(create_login(user, password)?),
        }
        changes.extend(owe_verification(user)?);
        match self.table.transact(changes).await? {
            Conditional::Applied(()) => Ok(true),
            Conditional::Rejected(_) => Ok(false),
        }
    }
}
