//! Connects a number and makes its owner in a table that is there: what an installation on AWS begins with. Whoever was
//! stopped in between does it again. It does not know where the table is, nor the key.

use domain::access::audit::{Action, AuditEvent, Entry};
use domain::access::tenants::Tenant;
use domain::access::users::{EmailAddress, Role, User};
use domain::channels::channels::{AccessToken, InvalidToken};
use domain::channels::prices::money::Currency;
use domain::{Actor, ChannelId, PhoneNumberId, Secret, TenantId, Text, UserId};
use encryption::{EncryptionContext, EncryptionError, Encryptor, SecretOwner};
use runtime::{Clock, Random};
use std::io;
use std::path::{Path, PathBuf};
use store::channels::channels::{Channel, Token, token_place};
use store::{Store, StoreError};

/// What is to be connected, and whose it is. An owner who is known already gets one number more.
#[derive(Clone, Debug, clap::Args)]
pub struct Wish {
    /// The owner's email address, to sign in with.
    #[arg(long, value_parser = EmailAddress::parse)]
    pub owner: EmailAddress,

    /// The owner's name.
    #[arg(long, default_value = "Owner")]
    pub owner_name: String,

    /// Meta's ID of the number: "Phone number ID" in the app's dashboard.
    #[arg(long, value_parser = PhoneNumberId::parse)]
    pub phone_id: PhoneNumberId,

    /// Meta's ID of the account: "WhatsApp Business Account ID".
    #[arg(long)]
    pub business_id: String,

    /// The number, formatted for display.
    #[arg(long)]
    pub display: String,

    /// The channel's name.
    #[arg(long, default_value = "WhatsApp")]
    pub name: String,

    /// The currency in which Meta charges the account, such as INR. Without it, prices are unknown until the number is
    /// checked with Meta.
    #[arg(long)]
    pub currency: Option<Currency>,
}

/// What became of it.
#[derive(Clone, Debug)]
pub struct Connected {
    /// Whose the number is.
    pub tenant: TenantId,
    /// The owner's password, made now and kept nowhere; none if the owner was there already.
    pub password: Option<Secret>,
}

/// Why a number could not be connected.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// The table did not take it.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The password could not be hashed.
    #[error(transparent)]
    Password(#[from] api::access::password_hashes::Unhashed),
    /// It is somebody else's.
    #[error("the number {0} is already connected for another owner")]
    OtherOwner(String),
    /// Somebody does the same at this moment.
    #[error("this owner was created at the same moment: run the command again")]
    Meanwhile,
    /// The address is known, and its owner is none.
    #[error("the user with this email address is not an owner: choose another address")]
    NoOwner,
    /// The number's own token cannot be read.
    #[error("cannot read the token from {0}: {1}")]
    Unread(PathBuf, io::Error),
    /// It is none.
    #[error("invalid token: {0}")]
    Token(#[from] InvalidToken),
    /// It cannot be encrypted.
    #[error(transparent)]
    Encryption(#[from] EncryptionError),
}

/// The token in `file`, or on standard input if that is `-`. It is no argument, which everybody on a machine could see.
///
/// # Errors
/// [`ConnectError`] if there is none.
pub fn read_token(file: &Path) -> Result<AccessToken, ConnectError> {
    let read = if file == Path::new("-") { io::read_to_string(io::stdin()) } else { std::fs::read_to_string(file) };
    Ok(AccessToken::parse(&read.map_err(|error| ConnectError::Unread(file.to_owned(), error))?)?)
}

/// Makes the owner unless they are there, and connects the number unless it is. It sends by its `own` token from then
/// on, if there is one, as the encryptor encrypts it.
///
/// # Errors
/// [`ConnectError`] if that is not possible; it may be done again.
pub async fn connect(
    store: &Store,
    clock: &dyn Clock,
    random: &dyn Random,
    wish: &Wish,
    own: Option<(&AccessToken, &Encryptor)>,
) -> Result<Connected, ConnectError> {
    let now = clock.now();
    let route = store.route(&wish.phone_id).await?;
    let owner = store.login(&wish.owner).await?.map(|login| login.user);
    if owner.as_ref().is_some_and(|owner| owner.role != Role::Owner) {
        return Err(ConnectError::NoOwner);
    }
    if route.is_some_and(|route| owner.as_ref().is_none_or(|owner| owner.tenant != route.tenant)) {
        return Err(ConnectError::OtherOwner(wish.phone_id.as_str().to_owned()));
    }
    let (tenant, password) = match owner {
        Some(owner) => (owner.tenant, None),
        None => {
            let tenant = TenantId::from_parts(now, random.u128());
            let id = UserId::from_parts(now, random.u128());
            let name = Text::new(wish.owner_name.as_str());
            let password = Secret::new(format!("{:032x}", random.u128()));
            let business = Tenant::new(tenant, name.clone());
            let owner = User::new(id, tenant, Role::Owner, name, wish.owner.clone());
            // Whoever runs the platform answers for the owner.
            let owner = owner.with_email_verified();
            let hash = api::access::password_hashes::hash(&password, random.u128())?;
            let entry = Entry::founded(tenant, Actor::Nobody, now, "by the connect command");
            if !store.create_with_owner(&business, &owner, &hash, &entry).await? {
                return Err(ConnectError::Meanwhile);
            }
            (tenant, Some(password))
        }
    };
    let id = route.map_or_else(|| ChannelId::from_parts(now, random.u128()), |route| route.channel);
    if route.is_none() {
        let mut channel = Channel::new(
            id,
            Text::new(wish.name.as_str()),
            wish.phone_id.clone(),
            wish.display.clone(),
            wish.business_id.clone(),
        );
        channel.billing.currency = wish.currency;
        store.tenant(tenant).connect(&channel).await?;
    }
    if let Some((token, encryptor)) = own {
        let place = EncryptionContext { tenant, owner: SecretOwner::Channel(id), item: token_place(tenant, id) };
        let ciphertext = encryptor.encrypt(token.secret(), &place, random.u128()).await?;
        let target = id.to_string();
        let detail = "new access token, by the connect command".to_owned();
        let audit_event = AuditEvent { at: now, by: Actor::Nobody, action: Action::ChannelChanged, target, detail };
        let token = Token { ciphertext, last4: token.last4().to_owned() };
        store.tenant(tenant).set_token(id, &token, None, &Entry::new(audit_event, random.u128())).await?;
    }
    Ok(Connected { tenant, password })
}
