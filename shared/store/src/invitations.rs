//! People who may join a business.

use crate::expression::{Condition, Update};
use crate::keys::Key;
use crate::query::{Query, Read};
use crate::table::{Change, Written};
use crate::users::{created, login_created, login_taken_over, verification_owed};
use crate::{Store, StoreError};
use crate::{audit, letters};
use domain::audit::Entry;
use domain::ids::InvitationId;
use domain::letters::Letter;
use domain::links::{INVITATION_LIFETIME, InvitationLink};
use domain::users::{Email, Role, User};
use domain::{Actor, Secret, TenantId, Timestamp, UserId};
use serde::{Deserialize, Serialize};

/// Somebody who may join.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// Its id, which says when it was made.
    pub id: InvitationId,
    /// Whom it is for.
    pub email: Email,
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

#[derive(Serialize, Deserialize)]
pub(crate) struct InvitationItem {
    ty: String,
    v: u8,
    em: Email,
    ro: Role,
    by: Actor,
    #[serde(default)]
    jo: Option<UserId>,
    #[serde(rename = "ttl")]
    expires: i64,
}

impl InvitationItem {
    pub(crate) fn invitation(self, id: InvitationId) -> Invitation {
        Invitation { id, email: self.em, role: self.ro, by: self.by, joined: self.jo }
    }
}

impl Store {
    /// Invites somebody, and owes them the letter that says so, as `entry` does.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn invite(&self, tenant: TenantId, invitation: &Invitation, entry: &Entry) -> Result<(), StoreError> {
        let item = InvitationItem {
            ty: "invitation".into(),
            v: 1,
            em: invitation.email.clone(),
            ro: invitation.role,
            by: invitation.by,
            jo: None,
            expires: invitation.expires().seconds(),
        };
        let created = Change::create(&Key::Invitation(tenant, invitation.id), &item)?;
        let letter = Letter::invitation(InvitationLink { tenant, id: invitation.id });
        match self.table.together(vec![created, letters::owed(&letter)?, audit::written(tenant, entry)?]).await? {
            Written::Done(()) => Ok(()),
            Written::Refused(_) => Err(StoreError::Conflict),
        }
    }

    /// One invitation; none if there is none, or it was taken back.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read.
    pub async fn invitation(&self, tenant: TenantId, id: InvitationId) -> Result<Option<Invitation>, StoreError> {
        let item: Option<InvitationItem> = self.table.get(&Key::Invitation(tenant, id), Read::Strong).await?;
        Ok(item.map(|item| item.invitation(id)))
    }

    /// The invitations that nobody has joined by, the newest first; some may hold no more.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read.
    pub async fn invitations(&self, tenant: TenantId) -> Result<Vec<Invitation>, StoreError> {
        let partition = Key::Invitation(tenant, InvitationId::from_parts(Timestamp::default(), 0)).pk();
        let query = Query::partition(partition).newest_first().strong();
        let mut invitations = Vec::new();
        for item in self.table.query(&query).await?.0 {
            if let Key::Invitation(_, id) = item.key {
                invitations.push(item.read::<InvitationItem>()?.invitation(id));
            }
        }
        invitations.retain(|invitation| invitation.joined.is_none());
        Ok(invitations)
    }

    /// Takes an invitation back: nobody joins by it any more, as `entry` says. False if somebody has joined by it, or it
    /// was taken back before.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn take_back(&self, tenant: TenantId, id: InvitationId, entry: &Entry) -> Result<bool, StoreError> {
        let open = Change::RemoveWhen(Key::Invitation(tenant, id), vec![Condition::Exists, Condition::Absent("jo")]);
        match self.table.together(vec![open, audit::written(tenant, entry)?]).await? {
            Written::Done(()) => Ok(true),
            Written::Refused(_) => Ok(false),
        }
    }

    /// Makes `user` join by the invitation `id`, which is used up by it. Where `holder` has the address of a user who
    /// proved their mailbox, and did not prove it, they lose it. False if the invitation is used, too old at the moment of
    /// `entry`, which says so, was taken back, or the address is taken.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn join(
        &self,
        id: InvitationId,
        user: &User,
        password: &Secret,
        holder: Option<&User>,
        entry: &Entry,
    ) -> Result<bool, StoreError> {
        let now = entry.deed.at;
        let used = Update::of(Key::Invitation(user.tenant, id))
            .set("jo", &user.id)
            .when(Condition::Absent("jo"))
            .when(Condition::above("ttl", &now.seconds()));
        let mut changes = vec![Change::update(used), created(user)?, audit::written(user.tenant, entry)?];
        match holder.filter(|holder| user.email_verified && !holder.email_verified) {
            Some(holder) => changes.extend(login_taken_over(user, password, holder)),
            None => changes.push(login_created(user, password)?),
        }
        changes.extend(verification_owed(user)?);
        match self.table.together(changes).await? {
            Written::Done(()) => Ok(true),
            Written::Refused(_) => Ok(false),
        }
    }
}
