//! Which leads have the phones and email addresses of many customers at once.

use crate::crm::identities::IdentityItem;
use crate::crm::lead_changes::EmailItem;
use crate::table::keys::{CrmKey, Key};
use crate::table::query::Read;
use crate::{StoreError, TenantStore};
use domain::access::users::EmailAddress;
use domain::{Identity, LeadId, Phone};
use std::collections::{BTreeSet, HashMap};

/// The leads that have some phones and email addresses.
#[derive(Clone, Debug, Default)]
pub struct KnownContacts {
    phones: HashMap<String, LeadId>,
    emails: HashMap<String, LeadId>,
}

impl KnownContacts {
    /// The lead with this phone.
    #[must_use]
    pub fn by_phone(&self, phone: &Phone) -> Option<LeadId> {
        self.phones.get(phone.canonical().as_ref()).copied()
    }

    /// The lead with this email address.
    #[must_use]
    pub fn by_email(&self, email: &EmailAddress) -> Option<LeadId> {
        self.emails.get(email.as_str()).copied()
    }
}

impl TenantStore<'_> {
    /// The leads that have any of these phones and email addresses, by strong reads.
    pub async fn known_contacts(self, phones: &[Phone], emails: &[EmailAddress]) -> Result<KnownContacts, StoreError> {
        let mut seen = BTreeSet::new();
        let phones = phones.iter().map(|phone| CrmKey::Identity(self.tenant, Identity::Phone(phone.clone())));
        let emails = emails.iter().map(|email| CrmKey::EmailAddress(self.tenant, email.clone()));
        let keys: Vec<_> = phones.chain(emails).filter(|key| seen.insert(key.pk())).collect();
        let mut known = KnownContacts::default();
        for found in self.table().get_all(&keys, Read::Strong).await? {
            match found.key.clone() {
                Key::Crm(CrmKey::Identity(_, Identity::Phone(phone))) => {
                    known.phones.insert(phone.canonical().into_owned(), found.read::<IdentityItem>()?.lead);
                }
                Key::Crm(CrmKey::EmailAddress(_, email)) => {
                    known.emails.insert(email.as_str().to_owned(), found.read::<EmailItem>()?.lead);
                }
                _ => {}
            }
        }
        Ok(known)
    }
}
