//! Staying signed in: access tokens for minutes, and refresh tokens that are exchanged for the next of their kind.
//!
//! A refresh token names its session and is signed, so that one that we did not write costs no look into the table. The
//! table has its digest. The next one follows from it by the key of signs: if the answer that held it is lost, it can be
//! given again though it is kept nowhere.

use crate::Deps;
use crate::access::tokens::Unsigned;
use crate::web::audit::entry;
use crate::web::secrets::{self, digest_of};
use domain::access::audit::{Action, Entry};
use domain::access::sessions::Session;
use domain::access::users::User;
use domain::ids::SessionId;
use domain::{Actor, Secret, TenantId, UserId, signed_token};
use store::StoreError;
use store::access::sessions::Renewed;

const PURPOSE: [&str; 1] = ["leadwire refresh 1"];
const SUCCESSOR: [&str; 1] = ["leadwire refresh successor 1"];

/// What somebody gets who has signed in.
#[derive(Clone, Debug)]
pub struct Granted {
    /// Opens the API for 15 minutes.
    pub access_token: String,
    /// Gets the next two.
    pub refresh_token: Secret,
    /// The session.
    pub session: Session,
}

/// Why nobody could be signed in.
#[derive(Debug, thiserror::Error)]
pub enum SessionError {
    /// The table did not take it.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The access token could not be signed.
    #[error(transparent)]
    Unsigned(#[from] Unsigned),
}

/// A refresh token, taken apart.
struct Refresh {
    tenant: TenantId,
    user: UserId,
    session: SessionId,
    secret: [u8; 32],
}

impl Refresh {
    fn token(&self, key: &Secret) -> Secret {
        let names = format!("{}{}{}", self.tenant.ulid_str(), self.user.ulid_str(), self.session.ulid_str());
        Secret::new(signed_token::sign(key, &PURPOSE, &[names.as_bytes(), &self.secret].concat()))
    }

    fn read(key: &Secret, token: &Secret) -> Option<Self> {
        let payload = signed_token::verify(key, &PURPOSE, token.expose())?;
        let (names, secret) = payload.split_at_checked(3 * 26)?;
        let names = std::str::from_utf8(names).ok()?;
        let (tenant, rest) = names.split_at_checked(26)?;
        let (user, session) = rest.split_at_checked(26)?;
        Some(Self {
            tenant: TenantId::from_ulid_str(tenant).ok()?,
            user: UserId::from_ulid_str(user).ok()?,
            session: SessionId::from_ulid_str(session).ok()?,
            secret: secret.try_into().ok()?,
        })
    }

    fn next(&self, key: &Secret) -> Self {
        Self { secret: signed_token::derive(key, &SUCCESSOR, &self.secret), ..*self }
    }
}

/// Signs `user` in, on a device that calls itself `device`. The audit says by which `proof`, unless that they are signed in
/// is part of another audit event.
///
/// # Errors
/// [`SessionError`] if that is not possible.
pub async fn open(deps: &Deps, user: &User, device: &str, proof: Option<&str>) -> Result<Granted, SessionError> {
    let now = deps.clock.now();
    let id = SessionId::from_parts(now, deps.random.u128());
    let session = Session::begun(id, user.tenant, user.id, user.epoch, device);
    let refresh = Refresh { tenant: user.tenant, user: user.id, session: id, secret: secrets::new(&*deps.random) };
    let refresh_token = refresh.token(&deps.token_key);
    let said = proof.map(|proof| said(deps, Action::SignedIn, &session, proof));
    deps.store.open_session(&session, &digest_of(refresh_token.expose()), said.as_ref()).await?;
    let access_token = deps.signing.issue(&session, now).await?;
    Ok(Granted { access_token, refresh_token, session })
}

/// What a refresh token brought.
#[derive(Clone, Debug)]
pub(crate) enum Renewal {
    /// The next two tokens, and whose they are.
    Granted(Granted, User),
    /// Nothing: it was used before, so that somebody has a copy. The session has been ended.
    Reused(Session),
    /// Nothing: it is not one of ours, or its session has ended.
    Ended,
}

/// Exchanges a refresh token for the next.
///
/// # Errors
/// [`SessionError`] if that is not possible.
pub(crate) async fn renew(deps: &Deps, token: &Secret) -> Result<Renewal, SessionError> {
    let Some(refresh) = Refresh::read(&deps.token_key, token) else { return Ok(Renewal::Ended) };
    let now = deps.clock.now();
    let principal = deps.store.tenant(refresh.tenant).principal(refresh.user, refresh.session).await?;
    let Some(principal) = principal.filter(|principal| principal.may_act(now)) else { return Ok(Renewal::Ended) };
    let user = principal.user;
    let session = principal.session;
    let next = refresh.next(&deps.token_key).token(&deps.token_key);
    let digests = (digest_of(token.expose()), digest_of(next.expose()));
    let reused = said(deps, Action::TokenReused, &session, "session ended");
    match deps.store.renew_session(&session, &digests.0, &digests.1, &reused).await? {
        Renewed::Now | Renewed::Again => {
            let access_token = deps.signing.issue(&session, now).await?;
            Ok(Renewal::Granted(Granted { access_token, refresh_token: next, session }, user))
        }
        Renewed::Reused => Ok(Renewal::Reused(session)),
        Renewed::Ended => Ok(Renewal::Ended),
    }
}

/// Ends the session of a refresh token. False if it is not one of ours.
///
/// # Errors
/// [`StoreError`] if the table cannot be written.
pub(crate) async fn end(deps: &Deps, token: &Secret) -> Result<bool, StoreError> {
    let Some(refresh) = Refresh::read(&deps.token_key, token) else { return Ok(false) };
    end_one(deps, refresh.tenant, refresh.user, refresh.session).await?;
    Ok(true)
}

/// Ends a session. One that has ended stays so.
///
/// # Errors
/// [`StoreError`] if the table cannot be written.
pub(crate) async fn end_one(deps: &Deps, tenant: TenantId, user: UserId, id: SessionId) -> Result<(), StoreError> {
    let entry = entry(deps, Actor::User(user), Action::SignedOut, &id.to_string(), "");
    deps.store.tenant(tenant).end_session(user, id, &entry).await.map(drop)
}

fn said(deps: &Deps, action: Action, session: &Session, detail: &str) -> Entry {
    entry(deps, Actor::User(session.user), action, &session.id.to_string(), detail)
}
