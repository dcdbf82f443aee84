//! The cookie in which a browser keeps its refresh token: no script reads it, and no other site makes the browser send
//! it. Other clients get the token in the body, and no browser does.

use crate::Deps;
use crate::problem::{Kind, Problem};
use axum::http::header::{COOKIE, ORIGIN, SET_COOKIE};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use domain::Secret;
use domain::sessions::IDLE;

/// A browser says with every request where it comes from, and no script makes it say something else.
const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// `__Host-`: the browser takes it by HTTPS alone, from this very host, for all of its paths.
const fn name(deps: &Deps) -> &'static str {
    if deps.https { "__Host-refreshToken" } else { "refreshToken" }
}

/// Whether the request comes from a page in a browser.
pub(crate) fn is_browser(headers: &HeaderMap) -> bool {
    headers.contains_key(SEC_FETCH_SITE) || headers.contains_key(ORIGIN)
}

/// The header that keeps `token`.
pub(crate) fn keep(deps: &Deps, token: &Secret) -> (HeaderName, HeaderValue) {
    set(deps, token.expose(), IDLE.as_secs())
}

/// The header that forgets it.
pub(crate) fn forget(deps: &Deps) -> (HeaderName, HeaderValue) {
    set(deps, "", 0)
}

fn set(deps: &Deps, value: &str, seconds: u64) -> (HeaderName, HeaderValue) {
    let secure = if deps.https { "; Secure" } else { "" };
    let cookie = format!("{}={value}; Path=/; HttpOnly; SameSite=Strict; Max-Age={seconds}{secure}", name(deps));
    (SET_COOKIE, HeaderValue::from_str(&cookie).expect("a token of ours fits into a header"))
}

/// The refresh token that the browser kept; none if there is none. A page of another site is refused.
pub(crate) fn kept(deps: &Deps, headers: &HeaderMap) -> Result<Option<Secret>, Problem> {
    let pairs = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok()).flat_map(|text| text.split(';'));
    let mut pairs = pairs.filter_map(|pair| pair.trim().split_once('='));
    let kept = pairs.find(|(key, value)| *key == name(deps) && !value.is_empty());
    let Some((_, token)) = kept else { return Ok(None) };
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
