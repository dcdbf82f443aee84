//! Access tokens: JWTs signed by Ed25519, good for 15 minutes. One algorithm and our own keys are accepted, whatever a
//! token's header asks for, and time is what the caller says it is. A token says who bears it and by which sign-in; what
//! they may do now is in the table.

use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use domain::access::sessions::Session;
use domain::ids::SessionId;
use domain::{TenantId, Timestamp, UserId};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::time::Duration;

/// How long an access token is good for.
pub const LIFETIME: Duration = Duration::from_secs(15 * 60);

/// How far ahead the clock of the machine that issued a token may run. Its end is kept to the second.
const LEEWAY: Duration = Duration::from_secs(60);

const ISSUER: &str = "leadwire";
const AUDIENCE: &str = "leadwire-api";

/// A seed that makes no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the signing seed makes no Ed25519 key")]
pub struct InvalidSeed;

/// A token that cannot be signed: a defect of ours.
#[derive(Debug, thiserror::Error)]
pub enum Unsigned {
    /// There is no key for it.
    #[error(transparent)]
    Seed(#[from] InvalidSeed),
    /// The key does not sign it.
    #[error("the access token cannot be signed")]
    Token(#[from] jsonwebtoken::errors::Error),
}

/// Signs and checks access tokens.
#[derive(Clone)]
pub struct Tokens {
    signs: EncodingKey,
    key_id: String,
    /// The keys under which a token is good, by their names: that one, and perhaps the one before.
    checks: Vec<(String, DecodingKey)>,
}

/// What a token says of its bearer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claims {
    /// Whose data it opens.
    pub tenant: TenantId,
    /// Who bears it.
    pub user: UserId,
    /// By which sign-in.
    pub session: SessionId,
}

#[derive(Serialize, Deserialize)]
struct Payload {
    iss: String,
    aud: String,
    sub: UserId,
    tid: TenantId,
    sid: SessionId,
    iat: i64,
    exp: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    nbf: Option<i64>,
}

impl Tokens {
    /// Tokens under the key that follows from `seed`.
    ///
    /// # Errors
    /// [`InvalidSeed`] if there is no such key.
    pub fn from_seed(seed: &[u8; 32]) -> Result<Self, InvalidSeed> {
        let pair = Ed25519KeyPair::from_seed_unchecked(seed).map_err(|_| InvalidSeed)?;
        let private = pair.to_pkcs8v1().map_err(|_| InvalidSeed)?;
        let public = pair.public_key().as_ref();
        let key_id = format!("{:020x}", domain::digest::bits80_of(public));
        let checks = vec![(key_id.clone(), DecodingKey::from_ed_der(public))];
        Ok(Self { signs: EncodingKey::from_ed_der(private.as_ref()), key_id, checks })
    }

    /// The same, where tokens under the key that follows from `seed` are good as well.
    ///
    /// # Errors
    /// [`InvalidSeed`] if there is no such key.
    pub fn and_former(mut self, seed: &[u8; 32]) -> Result<Self, InvalidSeed> {
        self.checks.extend(Self::from_seed(seed)?.checks);
        Ok(self)
    }

    /// A token for who has this session, good from `now` on.
    ///
    /// # Errors
    /// [`Unsigned`] if it cannot be signed.
    pub fn issue(&self, session: &Session, now: Timestamp) -> Result<String, Unsigned> {
        let header = Header { kid: Some(self.key_id.clone()), ..Header::new(Algorithm::EdDSA) };
        let payload = Payload {
            iss: ISSUER.to_owned(),
            aud: AUDIENCE.to_owned(),
            sub: session.user,
            tid: session.tenant,
            sid: session.id,
            iat: now.seconds(),
            exp: now.plus(LIFETIME).seconds(),
            nbf: None,
        };
        Ok(jsonwebtoken::encode(&header, &payload, &self.signs)?)
    }

    /// Whether `token` says that it was signed by a key that is not known here.
    #[must_use]
    pub fn is_of_another_key(&self, token: &str) -> bool {
        let named = jsonwebtoken::decode_header(token).ok().and_then(|header| header.kid);
        named.is_some_and(|named| self.checks.iter().all(|(key_id, _)| *key_id != named))
    }

    /// What `token` says, if it is one of ours and holds now.
    #[must_use]
    pub fn check(&self, token: &str, now: Timestamp) -> Option<Claims> {
        let header = jsonwebtoken::decode_header(token).ok().filter(|header| header.alg == Algorithm::EdDSA)?;
        let (_, key) = self.checks.iter().find(|(key_id, _)| header.kid.as_deref() == Some(key_id))?;
        let payload = jsonwebtoken::decode::<Payload>(token, key, &validation()).ok()?.claims;
        let begun = payload.iat.max(payload.nbf.unwrap_or(0)) <= now.plus(LEEWAY).seconds();
        let holds = begun && now.seconds() < payload.exp;
        holds.then_some(Claims { tenant: payload.tid, user: payload.sub, session: payload.sid })
    }
}

/// Everything but the times, which are compared with the clock that was given and not with the machine's.
fn validation() -> Validation {
    let mut validation = Validation::new(Algorithm::EdDSA);
    validation.set_issuer(&[ISSUER]);
    validation.set_audience(&[AUDIENCE]);
    validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
    validation.validate_exp = false;
    validation.validate_nbf = false;
    validation
}

/// Shows which key it is, not the key.
impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokens").field("key_id", &self.key_id).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_seconds(1_790_000_000);

    fn session() -> Session {
        Session::begun(
            SessionId::from_parts(NOW, 3),
            TenantId::from_parts(NOW, 2),
            UserId::from_parts(NOW, 1),
            0,
            "curl",
        )
    }

    #[test]
    fn a_token_says_who_bears_it_until_it_expires() {
        let tokens = Tokens::from_seed(&[7; 32]).unwrap();
        let token = tokens.issue(&session(), NOW).unwrap();
        let claims = Claims { tenant: session().tenant, user: session().user, session: session().id };
        assert_eq!(tokens.check(&token, NOW), Some(claims));
        assert_eq!(tokens.check(&token, NOW.plus(Duration::from_secs(899))), Some(claims));
        assert_eq!(tokens.check(&token, NOW.plus(LIFETIME)), None);
        assert_eq!(tokens.check(&token, NOW.minus(Duration::from_secs(61))), None, "from the future");
    }

    #[test]
    fn a_token_under_another_key_or_changed_by_a_letter_does_not_hold() {
        let tokens = Tokens::from_seed(&[7; 32]).unwrap();
        let token = tokens.issue(&session(), NOW).unwrap();
        assert_eq!(Tokens::from_seed(&[8; 32]).unwrap().check(&token, NOW), None);
        for place in [0, token.len() / 2, token.len() - 20] {
            let mut changed = token.clone().into_bytes();
            changed[place] = if changed[place] == b'A' { b'B' } else { b'A' };
            assert_eq!(tokens.check(std::str::from_utf8(&changed).unwrap(), NOW), None, "email {place}");
        }
    }

    #[test]
    fn debug_shows_no_key() {
        let shown = format!("{:?}", Tokens::from_seed(&[7; 32]).unwrap());
        assert!(shown.len() < 60, "{shown}");
    }
}
