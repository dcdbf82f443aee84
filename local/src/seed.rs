//! The demo business: its owner and its number. Made once; made again it stays as it is.

use crate::data::Account;
use domain::audit::Entry;
use domain::tenants::Tenant;
use domain::users::{Email, Role, User};
use domain::{Actor, PhoneNumberId, Secret, Text};
use runtime::Ids;
use store::channels::Channel;
use store::{Store, StoreError};

/// Why the demo business could not be made.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// The table did not take it.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The owner's password could not be hashed.
    #[error(transparent)]
    Password(#[from] api::passwords::Unhashed),
    /// The owner's address is none.
    #[error("the owner's address: {0}")]
    Email(#[from] domain::users::InvalidEmail),
    /// The data folder was made with another number.
    #[error(
        "the environment variable WHATSAPP_PHONE_ID is not the number {connected} that this data folder was made with: \
         begin anew with --reset, or choose another folder with --data DIR"
    )]
    OtherNumber {
        /// The number that is connected.
        connected: String,
    },
    /// The number's id is none.
    #[error("the environment variable WHATSAPP_PHONE_ID is wrong: {0}")]
    Number(#[from] domain::wamid::InvalidName),
}

/// Makes the owner, whose mailbox is proved, and connects the number, unless they are there.
///
/// # Errors
/// [`SeedError`] if that is not possible.
pub async fn seed(store: &Store, account: &Account, ids: &dyn Ids) -> Result<(), SeedError> {
    let email = Email::parse(&account.owner_email)?;
    if store.login(&email).await?.is_none() {
        let password = api::passwords::hash(&Secret::new(account.owner_password.clone()), ids.bits())?;
        let name = Text::new("Demo Owner");
        let tenant = Tenant::new(account.tenant, Text::new("Demo Business"));
        let owner = User::new(account.owner, account.tenant, Role::Owner, name, email).with_email_verified();
        let by = Actor::User(account.owner);
        let entry = Entry::founded(account.tenant, by, account.owner.at(), "as the demo business");
        store.found(&tenant, &owner, &password, &entry).await?;
    }
    let channel = Channel {
        id: account.channel,
        name: Text::new("WhatsApp"),
        number: PhoneNumberId::parse(&account.phone_number_id)?,
        display: account.display_number.clone(),
        waba: account.waba_id.clone(),
        token: None,
        refusal: None,
        read_receipts: true,
    };
    match store.channel(account.tenant, account.channel).await? {
        Some(there) if there.number != channel.number => {
            Err(SeedError::OtherNumber { connected: there.number.as_str().to_owned() })
        }
        Some(_) => Ok(()),
        None => Ok(store.connect(account.tenant, &channel).await?),
    }
}
