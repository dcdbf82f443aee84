//! A second factor: what somebody proves beside their password. Codes of an authenticator app (TOTP, RFC 6238), and
//! recovery codes for whoever has lost it.

use crate::access::users::{EmailAddress, Role};
use crate::digest;
use crate::personal::Secret;
use crate::string_enum::string_enum;
use crate::time::Timestamp;
use std::fmt;
use totp_rs::{Builder, Totp};

string_enum! {
    /// Which users of a business must have two-factor authentication.
    SecondFactorRule {
        /// Optional for all users.
        OfNobody = "nobody",
        /// Required for owners and admins (ASVS 5.0, 6.3.3).
        OfManagers = "managers",
        /// Required for all users.
        OfEverybody = "everybody",
    }
}

impl SecondFactorRule {
    /// Whether somebody with `role` has to have one.
    #[must_use]
    pub const fn requires(self, role: Role) -> bool {
        match (self, role) {
            (Self::OfNobody, _) | (Self::OfManagers, Role::Marketer | Role::Agent | Role::Viewer) => false,
            (Self::OfManagers, Role::Owner | Role::Admin) | (Self::OfEverybody, _) => true,
        }
    }
}

/// How many recovery codes somebody gets at a time.
pub const RECOVERY_CODES: usize = 10;

/// The name under which an app keeps the codes.
const ISSUER: &str = "Leadwire";

/// What an app and we make the same codes of: 160 bits, as RFC 4226 advises. Debug shows nothing of it.
pub struct TotpSecret(totp_rs::Secret);

impl TotpSecret {
    /// The secret of these bits, which are new.
    #[must_use]
    pub fn of_bits(bits: &[u8; 32]) -> Self {
        let (secret, _) = bits.split_at(20);
        Self(totp_rs::Secret::new(secret.into()))
    }

    /// The secret that [`TotpSecret::text`] wrote down; none if it is something else.
    #[must_use]
    pub fn parse(text: &Secret) -> Option<Self> {
        totp_rs::Secret::try_from_base32(text.expose()).ok().map(Self)
    }

    /// The secret as people type it into an app: 32 letters and digits.
    #[must_use]
    pub fn text(&self) -> Secret {
        Secret::new(self.0.to_base32())
    }

    /// The link that an app takes it from, mostly as a QR code: codes of six digits, a new one every 30 seconds.
    #[must_use]
    pub fn link(&self, email: &EmailAddress) -> Secret {
        let account = email.as_str().to_owned();
        let totp = Builder::new().with_secret(self.0.clone()).with_issuer(Some(ISSUER)).with_account_name(account);
        Secret::new(totp.build_noncompliant().to_url().unwrap_or_default())
    }

    /// In which step of 30 seconds `code` is the right one: in that of `now`, the one before or the one after, since
    /// clocks differ; none if it is wrong. Each step's code may be used once, which whoever asks has to see to.
    #[must_use]
    pub fn step_of(&self, code: &Secret, now: Timestamp) -> Option<u64> {
        let seconds = u64::try_from(now.seconds()).unwrap_or_default();
        self.totp().check(code.expose(), seconds)
    }

    /// The code of this moment, as an app shows it.
    #[must_use]
    pub fn code_at(&self, now: Timestamp) -> Secret {
        let seconds = u64::try_from(now.seconds()).unwrap_or_default();
        Secret::new(self.totp().generate(seconds).to_string())
    }

    fn totp(&self) -> Totp {
        Builder::new().with_secret(self.0.clone()).with_skew(1).build_noncompliant()
    }
}

impl fmt::Debug for TotpSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TotpSecret(***)")
    }
}

/// A code that is neither.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected the six-digit code of the authenticator app, or a recovery code")]
pub struct InvalidCode;

/// A code that somebody typed.
#[derive(Clone, Debug)]
pub enum Code {
    /// Six digits of an app.
    Totp(Secret),
    /// The digest of a recovery code, as it is kept. It holds 125 bits: nobody finds it by trying (ASVS 5.0, 6.5.2).
    Recovery(String),
}

impl Code {
    /// Reads a code; space and hyphens in it do not matter, nor does case.
    ///
    /// # Errors
    /// [`InvalidCode`] if it has the form of neither.
    pub fn parse(text: &Secret) -> Result<Self, InvalidCode> {
        let letters: String = text.expose().chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
        let plain = letters.bytes().all(|byte| byte.is_ascii_alphanumeric());
        match letters.len() {
            6 if letters.bytes().all(|byte| byte.is_ascii_digit()) => Ok(Self::Totp(Secret::new(letters))),
            LETTERS if plain => Ok(Self::Recovery(recovery_digest(&letters))),
            _ => Err(InvalidCode),
        }
    }
}

/// Characters of a recovery code, of five bits each.
const LETTERS: usize = 25;

/// Crockford's base 32 in small letters: nothing that looks like something else.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// The recovery code of these bits, which are new: five groups of five letters and digits.
#[must_use]
pub fn recovery_code(bits: u128) -> Secret {
    let mut code = String::with_capacity(LETTERS + 4);
    for place in 0..LETTERS {
        if place > 0 && place % 5 == 0 {
            code.push('-');
        }
        let five = usize::try_from(bits >> (5 * place) & 31).unwrap_or_default();
        code.push(char::from(ALPHABET[five]));
    }
    Secret::new(code)
}

fn recovery_digest(letters: &str) -> String {
    hex::encode(digest::sha256(&["recovery code", &letters.to_ascii_lowercase()]))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_seconds(59);

    /// The secret of RFC 6238, appendix B.
    fn secret() -> TotpSecret {
        let mut bits = [0; 32];
        bits[..20].copy_from_slice(b"12345678901234567890");
        TotpSecret::of_bits(&bits)
    }

    #[test]
    fn the_codes_are_those_of_the_rfc() {
        for (seconds, code) in [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")] {
            let now = Timestamp::from_seconds(seconds);
            assert_eq!(secret().code_at(now).expose(), code);
            assert_eq!(secret().step_of(&Secret::new(code), now), Some(u64::try_from(seconds).unwrap() / 30));
        }
    }

    #[test]
    fn a_code_holds_in_its_step_and_in_those_beside_it() {
        let code = secret().code_at(NOW);
        let at = |second| secret().step_of(&code, Timestamp::from_seconds(second));
        assert_eq!([at(0), at(30), at(89)], [Some(1); 3]);
        assert_eq!([at(90), at(3000)], [None; 2]);
    }

    #[test]
    fn the_secret_is_read_as_it_is_written_and_shown_to_nobody() {
        assert_eq!(TotpSecret::parse(&secret().text()).unwrap().code_at(NOW).expose(), "287082");
        assert!(TotpSecret::parse(&Secret::new("not base 32!")).is_none());
        assert_eq!(format!("{:?}", secret()), "TotpSecret(***)");
        let link = secret().link(&EmailAddress::parse("ana.b@example.com").unwrap());
        let expected =
            "otpauth://totp/Leadwire:ana.b%40example.com?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Leadwire";
        assert_eq!(link.expose(), expected);
    }

    #[test]
    fn a_recovery_code_is_read_however_it_is_typed() {
        let digest = |text: &str| match Code::parse(&Secret::new(text)) {
            Ok(Code::Recovery(digest)) => digest,
            other => panic!("{other:?}"),
        };
        let code = recovery_code(u128::MAX / 3);
        assert_eq!(code.expose(), "nanan-anana-nanan-anana-nanan");
        let typed = code.expose().to_uppercase().replace('-', " ");
        assert_eq!(digest(code.expose()), digest(&typed));
        assert_ne!(digest(code.expose()), digest(recovery_code(7).expose()));
        assert!(matches!(Code::parse(&Secret::new("123 456")), Ok(Code::Totp(code)) if code.expose() == "123456"));
        for wrong in ["", "12345", "1234567", "abcdef", "nanan-anana-nanan-anana-nan!n"] {
            assert!(matches!(Code::parse(&Secret::new(wrong)), Err(InvalidCode)), "{wrong}");
        }
    }

    #[test]
    fn a_business_asks_it_of_those_it_likes_to() {
        let asked = |rule: SecondFactorRule| Role::ALL.iter().filter(|role| rule.requires(**role)).count();
        assert_eq!(SecondFactorRule::ALL.iter().map(|rule| asked(*rule)).collect::<Vec<_>>(), [0, 2, 5]);
        assert!(
            SecondFactorRule::OfManagers.requires(Role::Admin) && !SecondFactorRule::OfManagers.requires(Role::Agent)
        );
    }
}
