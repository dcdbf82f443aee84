//! Proving the second factor, at the sign-in and wherever it is changed.

use crate::Deps;
use crate::web::audit::entry;
use crate::web::limits;
use crate::web::problem::{FieldError, Kind, Problem};
use axum::http::HeaderValue;
use axum::http::header::WWW_AUTHENTICATE;
use domain::access::audit::{Action, Entry};
use domain::access::second_factor::{Code, RECOVERY_CODES, TotpSecret, recovery_code};
use domain::access::users::User;
use domain::ids::DeviceId;
use domain::{Actor, Secret, TenantId, UserId};
use encryption::{EncryptionContext, SecretOwner};
use store::access::second_factor::secret_place;

/// How a second factor was proved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Proof {
    /// By the code of an app.
    App,
    /// By a recovery code.
    Recovery,
}

/// Whether `code` proves the second factor of `user`; it is used up by it. None if it is wrong, or was used before. It
/// comes from `device`, if the person has signed in there before. Recovery codes are not counted: nobody finds one by
/// trying, and they are what remains to somebody whose codes others have used up.
///
/// # Errors
/// A problem if there were too many tries, if it is no code at all, or if nobody knows.
pub(crate) async fn proved(
    deps: &Deps,
    user: &User,
    code: &Secret,
    device: Option<DeviceId>,
) -> Result<Option<Proof>, Problem> {
    let code = parsed(code)?;
    // One that waits for its first code proves nothing yet.
    if !user.second_factor {
        return Ok(None);
    }
    match code {
        Code::Totp(code) => {
            limits::code(deps, user, device).await?;
            let Some((_, step)) = step_of(deps, user, &code).await? else { return Ok(None) };
            let first = deps.store.tenant(user.tenant).use_step(user.id, step).await?;
            Ok(first.then_some(Proof::App))
        }
        Code::Recovery(digest) => {
            let used = |left| said(deps, user, Action::RecoveryCodes, &format!("one code used, {left} left"));
            let used = deps.store.tenant(user.tenant).use_recovery_code(user.id, &digest, used).await?;
            Ok(used.then_some(Proof::Recovery))
        }
    }
}

/// The encrypted secret of `user`, and the step in which `code` is right for it; none if it is wrong, or there is none.
async fn step_of(deps: &Deps, user: &User, code: &Secret) -> Result<Option<(String, u64)>, Problem> {
    let Some(ciphertext) = deps.store.tenant(user.tenant).second_factor(user.id).await? else { return Ok(None) };
    let now = deps.clock.now();
    let decrypted = deps.encryptor.decrypt(&ciphertext, &place(user.tenant, user.id), now).await?;
    let secret =
        TotpSecret::parse(&decrypted.secret).ok_or_else(|| Problem::internal("a second factor is no secret"))?;
    Ok(secret.step_of(code, now).map(|step| (ciphertext, step)))
}

/// Makes a secret for `user`, which waits for its first code; none if they have a second factor.
///
/// # Errors
/// A problem if it cannot be kept.
pub(crate) async fn offer(deps: &Deps, user: &User) -> Result<Option<TotpSecret>, Problem> {
    let secret = TotpSecret::of_bits(&crate::web::secrets::new(&*deps.random));
    let ciphertext = deps.encryptor.encrypt(&secret.text(), &place(user.tenant, user.id), deps.random.u128()).await?;
    let offered = deps.store.tenant(user.tenant).offer_second_factor(user.id, &ciphertext).await?;
    Ok(offered.then_some(secret))
}

/// Lets the second factor that waits be asked for from now on, and gives the recovery codes; none if `code` is not its
/// code, or none waits.
///
/// # Errors
/// A problem if there were too many tries, if it is no code of an app, or if nobody knows.
pub(crate) async fn confirm(deps: &Deps, user: &User, code: &Secret) -> Result<Option<Vec<Secret>>, Problem> {
    let Code::Totp(code) = parsed(code)? else { return Ok(None) };
    limits::code(deps, user, None).await?;
    let Some((ciphertext, step)) = step_of(deps, user, &code).await? else { return Ok(None) };
    let (codes, digests) = new_recovery_codes(deps)?;
    let entry = said(deps, user, Action::SecondFactorSet, "");
    let set = deps.store.set_second_factor(user, &ciphertext, step, &digests, &entry).await?;
    Ok(set.then_some(codes))
}

/// Gives `user` other recovery codes.
///
/// # Errors
/// A problem if they cannot be kept.
pub(crate) async fn renew_recovery_codes(deps: &Deps, user: &User) -> Result<Vec<Secret>, Problem> {
    let (codes, digests) = new_recovery_codes(deps)?;
    let entry = said(deps, user, Action::RecoveryCodes, "new codes");
    if !deps.store.tenant(user.tenant).set_recovery_codes(user.id, &digests, &entry).await? {
        return Err(Problem::new(Kind::NotFound, "You have not enabled two-factor authentication."));
    }
    Ok(codes)
}

/// The entry that says what `user` did to their own second factor.
pub(crate) fn said(deps: &Deps, user: &User, action: Action, detail: &str) -> Entry {
    entry(deps, Actor::User(user.id), action, &user.id.to_string(), detail)
}

fn new_recovery_codes(deps: &Deps) -> Result<(Vec<Secret>, Vec<String>), Problem> {
    let codes: Vec<_> = (0..RECOVERY_CODES).map(|_| recovery_code(deps.random.u128())).collect();
    let digests = codes.iter().map(|code| match Code::parse(code) {
        Ok(Code::Recovery(digest)) => Ok(digest),
        Ok(Code::Totp(_)) | Err(_) => Err(Problem::internal("a recovery code cannot be read")),
    });
    let digests = digests.collect::<Result<_, _>>()?;
    Ok((codes, digests))
}

fn parsed(code: &Secret) -> Result<Code, Problem> {
    Code::parse(code).map_err(|error| Problem::invalid(vec![FieldError::new("code", error.to_string())]))
}

fn place(tenant: TenantId, user: UserId) -> EncryptionContext {
    EncryptionContext { tenant, owner: SecretOwner::User(user), item: secret_place(tenant, user) }
}

/// The password is right, and the code is missing.
pub(crate) fn code_needed() -> Problem {
    let detail = "This account has two-factor authentication. Send the request again with `code`: the code of your \
                  authenticator app, or a recovery code.";
    Problem::new(Kind::CodeNeeded, detail).with_header(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"))
}

/// The code is wrong, or was used before.
pub(crate) fn wrong_code() -> Problem {
    let detail =
        "The code is wrong or was already used. Wait for the next code of your authenticator app, and try again.";
    Problem::field(Kind::WrongCode, "code", detail).with_header(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"))
}
