//! Who reads the emails that we owe: looked up when one is sent, so that whoever was shut out since gets none.

use crate::access::invitations::InvitationItem;
use crate::access::tenants::TenantItem;
use crate::access::users::UserItem;
use crate::table::keys::{AccessKey, Key};
use crate::table::query::Read;
use crate::{Store, StoreError};
use domain::access::emails::{About, Email, Recipient};
use domain::access::users::User;

impl Store {
    /// Who reads an email; none if there is nobody, or nobody who is written to: whoever or whose business is shut out,
    /// whoever has joined or is no longer invited, and whoever has not proved their mailbox, unless the email proves
    /// it.
    pub async fn recipient(&self, email: &Email) -> Result<Option<Recipient>, StoreError> {
        let tenant = email.tenant;
        let whom = match email.about {
            About::Reset { user, .. }
            | About::EmailVerification { user, .. }
            | About::KeyCreated { user, .. }
            | About::PasswordChanged { user }
            | About::SecondFactorRemoved { user }
            | About::TokenReused { user } => AccessKey::User(tenant, user),
            About::Invitation { invitation } => AccessKey::Invitation(tenant, invitation),
        };
        let mut business = None;
        let mut person = None;
        let mut invited = None;
        for found in self.table.get_all(&[whom, AccessKey::Tenant(tenant)], Read::Strong).await? {
            if let Key::Access(AccessKey::Tenant(tenant)) = found.key {
                business = Some(found.read::<TenantItem>()?.tenant(tenant));
            } else if let Key::Access(AccessKey::User(tenant, id)) = found.key {
                person = Some(found.read::<UserItem>()?.user(tenant, id));
            } else if let Key::Access(AccessKey::Invitation(_, id)) = found.key {
                invited = Some(found.read::<InvitationItem>()?.invitation(id));
            }
        }
        let Some(business) = business else { return Ok(None) };
        let invited = invited.filter(|invitation| invitation.joined.is_none());
        let invited = invited.and_then(|invited| Recipient::invited(invited.email, invited.role, &business));
        // A mailbox that was proved meanwhile needs no further proof.
        let proved = |person: &User| person.email_verified && matches!(email.about, About::EmailVerification { .. });
        let person = person.filter(|person| !proved(person));
        Ok(person.and_then(|person| Recipient::for_user(&person, &business, email.about)).or(invited))
    }
}
