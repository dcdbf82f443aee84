//! The cookies in which a browser keeps its refresh token, and the token by which its device is known again: no script
//! reads them, and no other site makes the browser send them. Other clients get the tokens in the body, and no browser
//! does.

use crate::Deps;
use crate::web::problem::{Kind, Problem};
use axum::http::header::{ORIGIN, SET_COOKIE};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use domain::Secret;
use domain::access::sessions::IDLE;
use std::time::Duration;

/// A browser says with every request where it comes from, and no script makes it say something else.
const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// How long a device is known after its person signed in there: half a year.
pub(crate) const DEVICE_LIFETIME: Duration = Duration::from_secs(180 * 24 * 3600);

/// `__Host-`: the browser takes it by HTTPS alone, from this very host, for all of its paths.
const fn name(deps: &Deps) -> &'static str {
    if deps.https { "__Host-refreshToken" } else { "refreshToken" }
}

/// The cookie of the device's token.
const fn device_name(deps: &Deps) -> &'static str {
    if deps.https { "__Host-deviceToken" } else { "deviceToken" }
}

/// Whether the request comes from a page in a browser.
pub(crate) fn is_browser(headers: &HeaderMap) -> bool {
    headers.contains_key(SEC_FETCH_SITE) || headers.contains_key(ORIGIN)
}

/// The header that keeps `token`.
pub(crate) fn keep(deps: &Deps, token: &Secret) -> (HeaderName, HeaderValue) {
    set(deps, name(deps), token.expose(), IDLE)
}

/// The header that keeps `token` for the device.
pub(crate) fn keep_device(deps: &Deps, token: &Secret) -> (HeaderName, HeaderValue) {
    set(deps, device_name(deps), token.expose(), DEVICE_LIFETIME)
}

/// The header that forgets it.
pub(crate) fn forget(deps: &Deps) -> (HeaderName, HeaderValue) {
    set(deps, name(deps), "", Duration::ZERO)
}

fn set(deps: &Deps, name: &str, value: &str, age: Duration) -> (HeaderName, HeaderValue) {
    let age = age.try_into().expect("the lifetime of a token is no longer than a cookie's");
    let mut cookie =
        Cookie::build((name, value)).path("/").http_only(true).same_site(SameSite::Strict).max_age(age).build();
    if deps.https {
        cookie.set_secure(true);
    }
    (SET_COOKIE, HeaderValue::from_str(&cookie.to_string()).expect("a token of ours fits into a header"))
}

/// The refresh token that the browser kept; none if there is none. A page of another site is refused.
pub(crate) fn kept(deps: &Deps, headers: &HeaderMap) -> Result<Option<Secret>, Problem> {
    let Some(token) = sent(headers, name(deps)) else { return Ok(None) };
    let site = headers.get(SEC_FETCH_SITE).and_then(|site| site.to_str().ok());
    let named = headers.get(ORIGIN).is_none_or(|origin| deps.origins.allow(origin));
    let ours = match site {
        Some("same-origin" | "none") => true,
        Some("same-site") | None => named,
        Some(_) => false,
    };
    if ours {
        Ok(Some(token))
    } else {
        Err(Problem::new(
            Kind::Forbidden,
            "Pages of other sites cannot use this cookie. Send the refresh token in the body instead.",
        ))
    }
}

/// The device's token that the browser kept. A page of another site that makes it send one gains nothing by that: the
/// token says which count a try belongs to, and opens nothing.
pub(crate) fn kept_device(deps: &Deps, headers: &HeaderMap) -> Option<Secret> {
    sent(headers, device_name(deps))
}

/// The value of the cookie `name`, unless it is empty.
fn sent(headers: &HeaderMap, name: &str) -> Option<Secret> {
    let jar = CookieJar::from_headers(headers);
    jar.get(name).map(Cookie::value).filter(|value| !value.is_empty()).map(Secret::new)
}
