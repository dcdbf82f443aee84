//! Devices on which somebody has signed in before. Each gets a signed token that names the device and the address, so
//! that its tries are counted apart from those of strangers. The token opens nothing, and nothing of it stands in the
//! table. An account whose mailbox is not proved gets none: the address may be somebody else's.

use crate::Deps;
use crate::web::cookies::{self, DEVICE_LIFETIME};
use axum::http::HeaderMap;
use domain::access::users::{EmailAddress, User};
use domain::ids::DeviceId;
use domain::{Secret, digest, signed_token};

const PURPOSE: [&str; 1] = ["leadwire device 1"];

/// A token for a device on which `user` signs in now; none if their mailbox is not proved.
pub(crate) fn token(deps: &Deps, user: &User) -> Option<Secret> {
    let id = DeviceId::from_parts(deps.clock.now(), deps.random.u128());
    let payload = format!("{}{}", id.ulid_str(), named(&user.email));
    user.email_verified.then(|| Secret::new(signed_token::sign(&deps.token_key, &PURPOSE, payload.as_bytes())))
}

/// The device from which a request comes, if the person with the address `email` has signed in on it before: by the
/// token of the body, or the browser's cookie.
pub(crate) fn known(deps: &Deps, headers: &HeaderMap, sent: Option<&Secret>, email: &EmailAddress) -> Option<DeviceId> {
    let token = sent.cloned().or_else(|| cookies::kept_device(deps, headers))?;
    let payload = String::from_utf8(signed_token::verify(&deps.token_key, &PURPOSE, token.expose())?).ok()?;
    let (id, address) = payload.split_at_checked(26)?;
    let id = DeviceId::from_ulid_str(id).ok()?;
    (address == named(email) && deps.clock.now() < id.at().plus(DEVICE_LIFETIME)).then_some(id)
}

/// The address as the token holds it: a cookie is no place for an email address.
fn named(email: &EmailAddress) -> String {
    digest::hex(&["device of", email.as_str()])
}
