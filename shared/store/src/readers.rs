//! Who reads the letters that we owe: looked up when one is sent, so that whoever was shut out since gets none.

use crate::invitations::InvitationItem;
use crate::keys::Key;
use crate::query::Read;
use crate::tenants::TenantItem;
use crate::users::UserItem;
use crate::{Store, StoreError};
use domain::letters::{About, Letter, Reader};
use domain::users::User;

impl Store {
    /// Who reads a letter; none if there is nobody, or nobody who is written to: whoever or whose business is shut out,
    /// whoever has joined or is no longer invited, and whoever has not proved their mailbox, unless the letter proves it.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read.
    pub async fn reader(&self, letter: &Letter) -> Result<Option<Reader>, StoreError> {
        let tenant = letter.tenant;
        let whom = match letter.about {
            About::Reset { user, .. }
            | About::EmailVerification { user, .. }
            | About::KeyCreated { user, .. }
            | About::PasswordChanged { user }
            | About::SecondFactorRemoved { user }
            | About::TokenReused { user } => Key::User(tenant, user),
            About::Invitation { invitation } => Key::Invitation(tenant, invitation),
        };
        let (mut business, mut person, mut invited) = (None, None, None);
        for found in self.table.get_all(&[whom, Key::Tenant(tenant)], Read::Strong).await? {
            if let Key::Tenant(tenant) = found.key {
                business = Some(found.read::<TenantItem>()?.tenant(tenant));
            } else if let Key::User(tenant, id) = found.key {
                person = Some(found.read::<UserItem>()?.user(tenant, id));
            } else if let Key::Invitation(_, id) = found.key {
                invited = Some(found.read::<InvitationItem>()?.invitation(id));
            }
        }
        let Some(business) = business else { return Ok(None) };
        let invited = invited.filter(|invitation| invitation.joined.is_none());
        let invited = invited.and_then(|invited| Reader::invited((invited.email, invited.role), &business));
        // A mailbox that was proved meanwhile needs no further proof.
        let proved = |person: &User| person.email_verified && matches!(letter.about, About::EmailVerification { .. });
        let person = person.filter(|person| !proved(person));
        Ok(person.and_then(|person| Reader::of(&person, &business, letter.about)).or(invited))
    }
}
