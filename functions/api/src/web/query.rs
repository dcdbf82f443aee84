//! The query parameters of a request. A parameter that the route does not have is refused by name: a filter that is
//! ignored would answer with wrong rows.

use crate::web::openapi::describe::{Input, Operation, optional};
use crate::web::openapi::schemas::Schemas;
use crate::web::problem::{FieldError, Kind, Problem};
use axum::extract::{FromRequestParts, Request, State};
use axum::http::Uri;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::convert::Infallible;
use std::fmt::Display;
use std::str::FromStr;
use std::sync::Arc;

/// The most that one page holds.
const LARGEST_PAGE: usize = 100;

/// The parameters of a request, read as a `Q`.
#[derive(Clone, Debug)]
pub(crate) struct Query<Q>(pub(crate) Q);

/// What is read out of a query. Made by [`parameters`].
pub(crate) trait Parameters: JsonSchema + Sized {
    /// The names of all its parameters.
    const NAMES: &'static [&'static str];

    /// Reads it, or says which parameter is wrong.
    fn read(params: &Params) -> Result<Self, Problem>;
}

/// Describes the parameters of a route: each with what it means, its name and its type.
macro_rules! parameters {
    ($(#[$doc:meta])* $query:ident { $($(#[$field_doc:meta])* $field:ident = $name:literal: $type:ty),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, schemars::JsonSchema)]
        pub(crate) struct $query { $($(#[$field_doc])* #[schemars(rename = $name)] $field: $type),* }

        impl $crate::web::query::Parameters for $query {
            const NAMES: &'static [&'static str] = &[$($name),*];

            fn read(params: &$crate::web::query::Params) -> Result<Self, $crate::web::problem::Problem> {
                Ok(Self { $($field: $crate::web::query::Parameter::parse(params, $name)?),* })
            }
        }
    };
}
pub(crate) use parameters;

impl<S: Send + Sync, Q: Parameters> FromRequestParts<S> for Query<Q> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        Q::read(&Params::of_request(&parts.uri)?).map(Self)
    }
}

impl<Q: Parameters> Input for Query<Q> {
    const PARAMETERS: &'static [&'static str] = Q::NAMES;

    fn describe(operation: &mut Operation, schemas: &mut Schemas) {
        for (name, says, schema) in schemas.fields::<Q>() {
            let mut parameter = optional("query", &name, &says, &schema);
            parameter["allowEmptyValue"] = true.into();
            operation.parameters.push(parameter);
        }
    }
}

/// Refuses a request that names a parameter beside `known`, those of its route. The router puts it before every handler.
pub(crate) async fn guard(State(known): State<Arc<[&'static str]>>, request: Request, next: Next) -> Response {
    match refusal(&known, request.uri()) {
        Ok(()) => next.run(request).await,
        Err(problem) => problem.into_response(),
    }
}

fn refusal(known: &[&str], uri: &Uri) -> Result<(), Problem> {
    let params = Params::of_request(uri)?;
    let unknown = params.unknown(known);
    if unknown.is_empty() {
        return Ok(());
    }
    let detail = match known {
        [] => "Unknown parameter. This route takes none.".to_owned(),
        [..] => format!("Unknown parameter. This route takes {}.", known.join(", ")),
    };
    let errors = unknown.into_iter().map(|name| FieldError::new(name, detail.clone())).collect();
    Err(Problem::fields(Kind::InvalidParameter, errors))
}

/// The parameters of a request, in their order.
#[derive(Clone, Debug)]
pub(crate) struct Params(Vec<(String, String)>);

impl Params {
    fn of_request(uri: &Uri) -> Result<Self, Problem> {
        let pairs = axum::extract::Query::<Vec<(String, String)>>::try_from_uri(uri);
        let pairs = pairs.map_err(|_| {
            Problem::new(Kind::BadRequest, "The query string cannot be read. Use name=value pairs, percent-encoded.")
        })?;
        Ok(Self(pairs.0))
    }

    /// Every name beside `known`, once.
    fn unknown(&self, known: &[&str]) -> BTreeSet<&str> {
        self.0.iter().map(|(name, _)| name.as_str()).filter(|name| !known.contains(name)).collect()
    }

    /// The parameter `name`; an empty one counts as absent.
    fn one(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, value)| key == name && !value.is_empty()).map(|(_, value)| value.as_str())
    }
}

/// A parameter, as its type reads it.
pub(crate) trait Parameter: Sized {
    /// Reads the parameter `name`.
    fn parse(params: &Params, name: &str) -> Result<Self, Problem>;
}

impl<T: FromStr<Err: Display>> Parameter for Option<T> {
    fn parse(params: &Params, name: &str) -> Result<Self, Problem> {
        params.one(name).map(|text| parse(name, text)).transpose()
    }
}

/// Every value of a parameter that may be repeated and hold several, separated by commas.
#[derive(Clone, Debug)]
pub(crate) struct Several<T>(pub(crate) BTreeSet<T>);

impl<T: FromStr<Err: Display> + Ord> Parameter for Several<T> {
    fn parse(params: &Params, name: &str) -> Result<Self, Problem> {
        let values = params.0.iter().filter(|(key, _)| key == name).flat_map(|(_, value)| value.split(','));
        let values = values.map(str::trim).filter(|text| !text.is_empty());
        values.map(|text| parse(name, text)).collect::<Result<_, _>>().map(Self)
    }
}

impl<T: JsonSchema> JsonSchema for Several<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("Several{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "array", "items": generator.subschema_for::<T>() })
    }
}

/// How many items the page holds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limit<const DEFAULT: usize>(pub(crate) usize);

impl<const DEFAULT: usize> Parameter for Limit<DEFAULT> {
    fn parse(params: &Params, name: &str) -> Result<Self, Problem> {
        let Some(text) = params.one(name) else { return Ok(Self(DEFAULT)) };
        let limit = text.parse().ok().filter(|limit| (1..=LARGEST_PAGE).contains(limit));
        let expected = || format!("Use a number from 1 to {LARGEST_PAGE}.");
        limit.map(Self).ok_or_else(|| Problem::field(Kind::InvalidParameter, name, expected()))
    }
}

impl<const DEFAULT: usize> JsonSchema for Limit<DEFAULT> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("Limit{DEFAULT}").into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "integer", "minimum": 1, "maximum": LARGEST_PAGE, "default": DEFAULT })
    }
}

/// Where a page begins, as the page before said it.
#[derive(Clone, Debug, JsonSchema)]
#[schemars(inline)]
pub(crate) struct Cursor(pub(crate) String);

impl FromStr for Cursor {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self(text.to_owned()))
    }
}

fn parse<T: FromStr<Err: Display>>(name: &str, text: &str) -> Result<T, Problem> {
    text.parse().map_err(|error: T::Err| Problem::field(Kind::InvalidParameter, name, error.to_string()))
}
