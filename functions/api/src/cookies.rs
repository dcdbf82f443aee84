//! The cookies in which a browser keeps its refresh token, and the token by which its device is known again: no script
//! reads them, and no other site makes the browser send them. Other clients get the tokens in the body, and no browser
//! does.

use crate::Deps;
use crate::devices;
use crate::problem::{Kind, Problem};
use axum::http::header::{COOKIE, ORIGIN, SET_COOKIE};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use domain::Secret;
use domain::sessions::IDLE;
use std::time::Duration;

/// A browser says with every request where it comes from, and no script makes it say something else.
const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

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
    set(deps, device_name(deps), token.expose(), devices::LIFETIME)
}

/// The header that forgets it.
pub(crate) fn forget(deps: &Deps) -> (HeaderName, HeaderValue) {
    set(deps, name(deps), "", Duration::ZERO)
}

fn set(deps: &Deps, name: &str, value: &str, age: Duration) -> (HeaderName, HeaderValue) {
    let (seconds, secure) = (age.as_secs(), if deps.https { "; Secure" } else { "" });
    let cookie = format!("{name}={value}; Path=/; HttpOnly; SameSite=Strict; Max-Age={seconds}{secure}");
    (SET_COOKIE, HeaderValue::from_str(&cookie).expect("a token of ours fits into a header"))
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
        Ok(Some(Secret::new(token)))
    } else {
        Err(Problem::new(Kind::Forbidden, "A page of another site cannot use this cookie."))
    }
}

/// The device's token that the browser kept. A page of another site that makes it send one gains nothing by that: the
/// token says which count a try belongs to, and opens nothing.
pub(crate) fn kept_device(deps: &Deps, headers: &HeaderMap) -> Option<Secret> {
    sent(headers, device_name(deps)).map(Secret::new)
}

/// The value of the cookie `name`, unless it is empty.
fn sent<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let pairs = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok()).flat_map(|text| text.split(';'));
    let mut pairs = pairs.filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(key, value)| *key == name && !value.is_empty()).map(|(_, value)| value)
}
