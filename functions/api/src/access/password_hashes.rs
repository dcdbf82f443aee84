//! Passwords: which may be chosen, and how they are kept: as argon2id hashes. Checking costs the same whether the
//! address is known or not.
//!
//! Keyboards send the same letter in several ways: an é as one character or as an e with an accent. So every password is
//! read in Unicode's form NFC, here and nowhere else.

use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use argon2::{Argon2, Params};
use domain::Secret;
use icu_normalizer::ComposingNormalizerBorrowed;
use std::borrow::Cow;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use zxcvbn::Score;
use zxcvbn::feedback::Feedback;

/// A password that cannot be hashed: no memory, or a password over 4 GB.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the password cannot be hashed")]
pub struct Unhashed;

/// The shortest password, in characters (OWASP ASVS 5.0, 6.2.1).
pub const SHORTEST: usize = 8;

/// The longest password, in characters: more than the 64 that have to be allowed (6.2.9), and nothing is cut off.
pub const LONGEST: usize = 256;

/// A password that must not be chosen.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Weak {
    /// Too few characters.
    #[error("Use at least {SHORTEST} characters; 15 or more are better.")]
    Short,
    /// Too many.
    #[error("Use at most {LONGEST} characters.")]
    Long,
    /// It is among those that people choose most, or follows from what everybody knows of its owner.
    #[error("This password is easy to guess{}. Use several unrelated words instead.", because(.0))]
    Guessable(Option<String>),
}

fn because(why: &Option<String>) -> String {
    why.as_ref().map_or_else(String::new, |why| format!(" ({why})"))
}

/// Whether `password` may be chosen by somebody of whom everybody knows `about`: their name, address and company. There
/// are no rules about what characters it has (6.2.5).
///
/// # Errors
/// [`Weak`], which says what is wrong with it.
pub fn check(password: &Secret, about: &[&str]) -> Result<(), Weak> {
    let password = normalised(password);
    let length = password.chars().count();
    if length < SHORTEST {
        return Err(Weak::Short);
    }
    if length > LONGEST {
        return Err(Weak::Long);
    }
    let estimate = zxcvbn::zxcvbn(&password, about);
    // Fewer than a million guesses: every password of the lists of the most frequent ones, however it is varied.
    if estimate.score() <= Score::One {
        let why = estimate.feedback().and_then(Feedback::warning);
        return Err(Weak::Guessable(why.map(|why| why.to_string().trim_end_matches('.').to_owned())));
    }
    Ok(())
}

/// What stands in for the hash of an address that nobody has: checking against it costs the same, and fails.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// The hash of `password` as a PHC string: argon2id with 19 MiB, two passes and one lane, the least that OWASP advises.
/// `salt` is new for each password.
///
/// # Errors
/// [`Unhashed`] if there is no memory for it.
pub fn hash(password: &Secret, salt: u128) -> Result<Secret, Unhashed> {
    let hash = Argon2::default().hash_password_with_salt(normalised(password).as_bytes(), &salt.to_be_bytes());
    hash.map(|hash| Secret::new(hash.to_string())).map_err(|_| Unhashed)
}

/// Whether `password` is the one that `hash` was made from. Without a hash the answer is no, after the same work.
#[must_use]
pub fn verify(password: &Secret, hash: Option<&Secret>) -> bool {
    let known = hash.and_then(|hash| PasswordHash::new(hash.expose()).ok());
    let Ok(against) = known.as_ref().map_or_else(|| PasswordHash::new(NOBODY), |hash| Ok(hash.clone())) else {
        return false;
    };
    let matches = Argon2::default().verify_password(normalised(password).as_bytes(), &against).is_ok();
    matches && known.is_some()
}

fn normalised(password: &Secret) -> Cow<'_, str> {
    ComposingNormalizerBorrowed::new_nfc().normalize(password.expose())
}

/// Whether `hash` was made with less work than is spent now.
#[must_use]
pub fn is_outdated(hash: &Secret) -> bool {
    let made = PasswordHash::new(hash.expose()).ok().and_then(|hash| Params::try_from(&hash).ok());
    let now = Params::default();
    made.is_none_or(|made| made.m_cost() < now.m_cost() || made.t_cost() < now.t_cost())
}

/// Does the work apart from the other requests of this process, since each hash takes tens of milliseconds of processor
/// time; and counts it.
#[derive(Clone, Debug, Default)]
pub struct Passwords(Arc<AtomicU64>);

impl Passwords {
    /// How many hashes have been computed.
    #[must_use]
    pub fn computed(&self) -> u64 {
        self.0.load(Ordering::SeqCst)
    }

    /// [`hash`].
    ///
    /// # Errors
    /// [`Unhashed`] if there is no memory for it.
    pub async fn hash(&self, password: Secret, salt: u128) -> Result<Secret, Unhashed> {
        self.apart(move || hash(&password, salt)).await.and_then(|hash| hash)
    }

    /// [`verify`].
    ///
    /// # Errors
    /// [`Unhashed`] if there is no memory for it.
    pub async fn verify(&self, password: Secret, hash: Option<Secret>) -> Result<bool, Unhashed> {
        self.apart(move || verify(&password, hash.as_ref())).await
    }

    async fn apart<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Unhashed> {
        self.0.fetch_add(1, Ordering::SeqCst);
        tokio::task::spawn_blocking(work).await.map_err(|_| Unhashed)
    }
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
    fn a_password_is_the_same_however_a_keyboard_composes_its_letters() {
        let composed = Secret::new("caf\u{e9} l\u{f3}gico");
        let decomposed = Secret::new("cafe\u{301} lo\u{301}gico");
        assert!(verify(&decomposed, Some(&hash(&composed, 7).unwrap())));
        assert!(verify(&composed, Some(&hash(&decomposed, 7).unwrap())));
        assert!(!verify(&Secret::new("cafe logico"), Some(&hash(&composed, 7).unwrap())));
        assert_eq!(check(&Secret::new("e\u{301}".repeat(SHORTEST - 1)), &[]), Err(Weak::Short), "as it is kept");
    }

    #[test]
    fn nobody_has_no_password_but_costs_the_same_work() {
        assert!(PasswordHash::new(NOBODY).unwrap().hash.is_some());
        assert!(!verify(&Secret::new(""), None));
        assert!(!verify(&Secret::new("x"), Some(&Secret::new("not a hash"))));
    }

    #[test]
    fn a_hash_of_less_work_is_outdated() {
        assert!(!is_outdated(&Secret::new(NOBODY)));
        assert!(is_outdated(&Secret::new(NOBODY.replace("m=19456", "m=4096"))));
        assert!(is_outdated(&Secret::new(NOBODY.replace("t=2", "t=1"))));
    }

    #[test]
    fn s2_a_password_is_long_enough_and_not_among_the_first_that_anybody_tries() {
        let about = ["Ana Lima", "ana@orchid.example", "Orchid Dental"];
        let check = |password: &str| check(&Secret::new(password), &about);
        assert_eq!(check("pa55wor"), Err(Weak::Short));
        assert_eq!(check(&"é".repeat(LONGEST + 1)), Err(Weak::Long));
        for guessable in [
            "password",
            "P@ssw0rd",
            "12345678",
            "qwertyuiop",
            "aaaaaaaaaaaa",
            "iloveyou1",
            "Ana Lima",
            "ana@orchid.example",
        ] {
            assert!(matches!(check(guessable), Err(Weak::Guessable(_))), "{guessable}");
        }
        for fine in ["correct horse battery staple", "tangerine!raft", "пять слов без смысла", "kx8#Vq2w"]
        {
            assert_eq!(check(fine), Ok(()), "{fine}");
        }
        assert_eq!(check(&"tangerine raft ".repeat(17)), Ok(()), "255 characters, spaces too");
    }
}
