//! What stands behind the question mark. Parameters that we do not know are passed over.

use crate::problem::{Kind, Problem};
use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use std::collections::BTreeSet;
use std::fmt::Display;
use std::str::FromStr;

/// The most that one page holds.
const LARGEST_PAGE: usize = 100;

/// The parameters of a request, in their order.
#[derive(Clone, Debug)]
pub(crate) struct Params(Vec<(String, String)>);

impl<S: Send + Sync> FromRequestParts<S> for Params {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let pairs = Query::<Vec<(String, String)>>::try_from_uri(&parts.uri);
        pairs.map(|Query(pairs)| Self(pairs)).map_err(|_| Problem::new(Kind::BadRequest, "The query cannot be read."))
    }
}

impl Params {
    /// The parameter `name`; an empty one counts as absent.
    pub(crate) fn one(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, value)| key == name && !value.is_empty()).map(|(_, value)| value.as_str())
    }

    /// The parameter `name` as a `T`.
    pub(crate) fn parsed<T: FromStr<Err: Display>>(&self, name: &str) -> Result<Option<T>, Problem> {
        self.one(name).map(|text| parse(name, text)).transpose()
    }

    /// Every value of the parameter `name`, which may be repeated and hold several, separated by commas.
    pub(crate) fn several<T: FromStr<Err: Display> + Ord>(&self, name: &str) -> Result<BTreeSet<T>, Problem> {
        let values = self.0.iter().filter(|(key, _)| key == name).flat_map(|(_, value)| value.split(','));
        values.map(str::trim).filter(|text| !text.is_empty()).map(|text| parse(name, text)).collect()
    }

    /// How many items the page holds.
    pub(crate) fn limit(&self, default: usize) -> Result<usize, Problem> {
        let Some(text) = self.one("limit") else { return Ok(default) };
        let limit = text.parse().ok().filter(|limit| (1..=LARGEST_PAGE).contains(limit));
        let expected = || format!("expected a number from 1 to {LARGEST_PAGE}");
        limit.ok_or_else(|| Problem::field(Kind::InvalidParameter, "limit", expected()))
    }
}

fn parse<T: FromStr<Err: Display>>(name: &str, text: &str) -> Result<T, Problem> {
    text.parse().map_err(|error: T::Err| Problem::field(Kind::InvalidParameter, name, error.to_string()))
}
