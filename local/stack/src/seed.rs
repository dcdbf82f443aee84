//! The demo business: its owner and its number. Made once; made again it stays as it is.

use crate::data::Account;
use domain::access::audit::Entry;
use domain::access::tenants::Tenant;
use domain::access::users::{EmailAddress, Role, User};
use domain::channels::prices::money::Currency;
use domain::{Actor, PhoneNumberId, Secret, Text};
use runtime::Random;
use store::channels::channels::Channel;
use store::{Store, StoreError};

/// Why the demo business could not be made.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// The table did not take it.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The owner's password could not be hashed.
    #[error(transparent)]
    Password(#[from] api::access::password_hashes::Unhashed),
    /// The owner's address is none.
    #[error("invalid owner address: {0}")]
    EmailAddress(#[from] domain::access::users::InvalidEmail),
    /// The data folder was made with another number.
    #[error(
        "the data folder belongs to the number {connected}, and WHATSAPP_PHONE_ID is another one: delete its data with \
         --reset, or choose another folder with --data DIR"
    )]
    OtherNumber {
        /// The number that is connected.
        connected: String,
    },
    /// The number's id is none.
    #[error("the environment variable WHATSAPP_PHONE_ID is invalid: {0}")]
    Number(#[from] domain::wamid::InvalidName),
}

/// Makes the owner, whose mailbox is proved, and connects the number, unless they are there. `currency` is that of its
/// account; none if Meta is to say it.
///
/// # Errors
/// [`SeedError`] if that is not possible.
pub async fn seed(
    store: &Store,
    account: &Account,
    currency: Option<Currency>,
    random: &dyn Random,
) -> Result<(), SeedError> {
    let email = EmailAddress::parse(&account.owner_email)?;
    if store.login(&email).await?.is_none() {
        let password = api::access::password_hashes::hash(&Secret::new(account.owner_password.clone()), random.u128())?;
        let name = Text::new("Demo Owner");
        let tenant = Tenant::new(account.tenant, Text::new("Demo Business"));
        let owner = User::new(account.owner, account.tenant, Role::Owner, name, email).with_email_verified();
        let by = Actor::User(account.owner);
        let entry = Entry::founded(account.tenant, by, account.owner.at(), "as the demo business");
        store.create_with_owner(&tenant, &owner, &password, &entry).await?;
    }
    let mut channel = Channel::new(
        account.channel,
        Text::new("WhatsApp"),
        PhoneNumberId::parse(&account.phone_number_id)?,
        account.display_number.clone(),
        account.waba_id.clone(),
    );
    channel.billing.currency = currency;
    match store.tenant(account.tenant).channel(account.channel).await? {
        Some(there) if there.number != channel.number => {
            Err(SeedError::OtherNumber { connected: there.number.as_str().to_owned() })
        }
        Some(_) => Ok(()),
        None => Ok(store.tenant(account.tenant).connect(&channel).await?),
    }
}
