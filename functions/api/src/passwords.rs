//! Passwords, kept as argon2id hashes. Checking costs the same whether the address is known or not.

use argon2::Argon2;
use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use domain::Secret;

/// A password that cannot be hashed: no memory, or a password over 4 GB.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the password cannot be hashed")]
pub struct Unhashed;

/// What stands in for the hash of an address that nobody has: checking against it costs the same, and fails.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// The hash of `password` as a PHC string: argon2id with 19 MiB, two passes and one lane, the least that OWASP advises.
/// `salt` is new for each password.
///
/// # Errors
/// [`Unhashed`] if there is no memory for it.
pub fn hash(password: &Secret, salt: u128) -> Result<Secret, Unhashed> {
    let hash = Argon2::default().hash_password_with_salt(password.expose().as_bytes(), &salt.to_be_bytes());
    hash.map(|hash| Secret::new(hash.to_string())).map_err(|_| Unhashed)
}

/// Whether `password` is the one that `hash` was made from. Without a hash the answer is no, after the same work.
#[must_use]
pub fn verify(password: &Secret, hash: Option<&Secret>) -> bool {
    let known = hash.and_then(|hash| PasswordHash::new(hash.expose()).ok());
    let Ok(against) = known.as_ref().map_or_else(|| PasswordHash::new(NOBODY), |hash| Ok(hash.clone())) else {
        return false;
    };
    let matches = Argon2::default().verify_password(password.expose().as_bytes(), &against).is_ok();
    matches && known.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_verifies_its_password_alone() {
        let hash = hash(&Secret::new("correct horse"), 7).unwrap();
        assert!(hash.expose().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(verify(&Secret::new("correct horse"), Some(&hash)));
        assert!(!verify(&Secret::new("correct horsf"), Some(&hash)));
    }

    #[test]
    fn nobody_has_no_password_but_costs_the_same_work() {
        assert!(PasswordHash::new(NOBODY).unwrap().hash.is_some());
        assert!(!verify(&Secret::new(""), None));
        assert!(!verify(&Secret::new("x"), Some(&Secret::new("not a hash"))));
    }
}
