//! Connects a number and makes its owner in a table that is there: what an installation on AWS begins with. Whoever was
//! stopped in between does it again. It does not know where the table is, nor the key.

use domain::audit::{Action, Deed, Entry};
use domain::channels::{AccessToken, InvalidToken};
use domain::tenants::Tenant;
use domain::users::{Email, Role, User};
use domain::{Actor, ChannelId, PhoneNumberId, Secret, TenantId, Text, UserId};
use runtime::{Clock, Ids};
use seal::{Holder, Place, SealError, Sealer};
use std::io;
use std::path::{Path, PathBuf};
use store::channels::{Channel, Token, token_place};
use store::{Store, StoreError};

/// What is to be connected, and whose it is. An owner who is known already gets one number more.
#[derive(Clone, Debug, clap::Args)]
pub struct Wish {
    /// The owner's e-mail address, by which they sign in.
    #[arg(long, value_parser = Email::parse)]
    pub owner: Email,

    /// The owner's name.
    #[arg(long, default_value = "Owner")]
    pub owner_name: String,

    /// Meta's id of the number: "Phone number ID" in the app's dashboard.
    #[arg(long, value_parser = PhoneNumberId::parse)]
    pub phone_id: PhoneNumberId,

    /// Meta's id of its account: "WhatsApp Business Account ID".
    #[arg(long)]
    pub business_id: String,

    /// The number as people read it.
    #[arg(long)]
    pub display: String,

    /// What the team calls it.
    #[arg(long, default_value = "WhatsApp")]
    pub name: String,
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
    Password(#[from] api::passwords::Unhashed),
    /// It is somebody else's.
    #[error("the number {0} is connected already, for another owner")]
    OtherOwner(String),
    /// Somebody does the same at this moment.
    #[error("somebody has just made this owner: do it again")]
    Meanwhile,
    /// The address is known, and its owner is none.
    #[error("this e-mail address belongs to somebody who does not own the business")]
    NoOwner,
    /// The number's own token cannot be read.
    #[error("the token cannot be read from {0}: {1}")]
    Unread(PathBuf, io::Error),
    /// It is none.
    #[error("the token: {0}")]
    Token(#[from] InvalidToken),
    /// It cannot be sealed.
    #[error(transparent)]
    Seal(#[from] SealError),
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
/// on, if there is one, as the sealer seals it.
///
/// # Errors
/// [`ConnectError`] if that is not possible; it may be done again.
pub async fn connect(
    store: &Store,
    (clock, ids): (&dyn Clock, &dyn Ids),
    wish: &Wish,
    own: Option<(&AccessToken, &Sealer)>,
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
            let tenant = TenantId::from_parts(now, ids.bits());
            let id = UserId::from_parts(now, ids.bits());
            let name = Text::new(wish.owner_name.as_str());
            let password = Secret::new(format!("{:032x}", ids.bits()));
            let business = Tenant::new(tenant, name.clone());
            let owner = User::new(id, tenant, Role::Owner, name, wish.owner.clone());
            // Whoever runs the platform answers for the owner.
            let owner = owner.with_email_verified();
            let hash = api::passwords::hash(&password, ids.bits())?;
            let entry = Entry::founded(tenant, Actor::Nobody, now, "by the command connect");
            if !store.found(&business, &owner, &hash, &entry).await? {
                return Err(ConnectError::Meanwhile);
            }
            (tenant, Some(password))
        }
    };
    let id = route.map_or_else(|| ChannelId::from_parts(now, ids.bits()), |route| route.channel);
    if route.is_none() {
        let channel = Channel {
            id,
            name: Text::new(wish.name.as_str()),
            number: wish.phone_id.clone(),
            display: wish.display.clone(),
            waba: wish.business_id.clone(),
            token: None,
            refusal: None,
            read_receipts: true,
        };
        store.connect(tenant, &channel).await?;
    }
    if let Some((token, sealer)) = own {
        let place = Place { tenant, of: Holder::Channel(id), item: token_place(tenant, id) };
        let sealed = sealer.seal(token.secret(), &place, ids.bits()).await?;
        let (target, detail) = (id.to_string(), "another token, by the command connect".to_owned());
        let deed = Deed { at: now, by: Actor::Nobody, action: Action::ChannelChanged, target, detail };
        let token = Token { sealed, last4: token.last4().to_owned() };
        store.set_token(tenant, id, &token, &Entry::new(deed, ids.bits())).await?;
    }
    Ok(Connected { tenant, password })
}
