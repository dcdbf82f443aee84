//! Bodies: JSON objects of a known shape. What is not JSON is told where it stops being so; what does not fit the
//! shape is told by the field, and not repeated.

use crate::web::openapi::describe::{Input, Operation};
use crate::web::openapi::schemas::Schemas;
use crate::web::problem::{FieldError, Kind, Problem};
use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Request};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use domain::personal::without_found;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::error::Category;
use serde_json::json;

/// The largest body: 256 KB. The longest text that WhatsApp takes has 16 KB.
const LARGEST: usize = 256 * 1024;

/// The body, read as a `T`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct JsonBody<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for JsonBody<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        read(&json_of(request).await?).map(Self)
    }
}

impl<T: JsonSchema> Input for JsonBody<T> {
    fn describe(operation: &mut Operation, schemas: &mut Schemas) {
        taken::<T>(operation, schemas, true);
    }
}

/// The body, read as a `T`; without one, what a `T` is where nothing is said.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OptionalBody<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned + Default> FromRequest<S> for OptionalBody<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        let bytes = json_of(request).await?;
        if bytes.trim_ascii().is_empty() { Ok(Self(T::default())) } else { read(&bytes).map(Self) }
    }
}

impl<T: JsonSchema> Input for OptionalBody<T> {
    fn describe(operation: &mut Operation, schemas: &mut Schemas) {
        taken::<T>(operation, schemas, false);
    }
}

/// What stands in a field, null included: a field that is left out says nothing, and null removes the value.
pub(crate) fn given<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

fn taken<T: JsonSchema>(operation: &mut Operation, schemas: &mut Schemas, required: bool) {
    let content = json!({ "application/json": { "schema": schemas.taken::<T>() } });
    operation.body = Some(json!({ "required": required, "content": content }));
    operation.problems.extend([
        Kind::BadRequest,
        Kind::InvalidJson,
        Kind::TooLarge,
        Kind::UnsupportedMediaType,
        Kind::InvalidInput,
    ]);
}

async fn json_of(request: Request) -> Result<Bytes, Problem> {
    if !may_be_json(request.headers()) {
        return Err(Problem::new(
            Kind::UnsupportedMediaType,
            "Send JSON with the header Content-Type: application/json.",
        ));
    }
    bytes_of(request.into_body()).await
}

/// Whether the body says that it is JSON, or nothing.
fn may_be_json(headers: &HeaderMap) -> bool {
    let Some(kind) = headers.get(CONTENT_TYPE) else { return true };
    let essence = kind.to_str().unwrap_or_default().split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence == "application/json" || essence.ends_with("+json")
}

async fn bytes_of(body: Body) -> Result<Bytes, Problem> {
    match Limited::new(body, LARGEST).collect().await {
        Ok(collected) => Ok(collected.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => {
            Err(Problem::new(Kind::TooLarge, format!("The body must not be larger than {LARGEST} bytes.")))
        }
        Err(_) => Err(Problem::new(Kind::BadRequest, "The body is incomplete. Send the request again.")),
    }
}

fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    // A list would be read as the fields in their order: only an object says what it means.
    if bytes.trim_ascii_start().first().is_some_and(|first| *first != b'{') {
        return Err(Problem::new(Kind::InvalidJson, "Send a JSON object, in braces."));
    }
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut json).map_err(|error| misread(&error))?;
    json.end().map_err(|error| not_json(&error))?;
    Ok(value)
}

fn misread(error: &serde_path_to_error::Error<serde_json::Error>) -> Problem {
    let inner = error.inner();
    match inner.classify() {
        Category::Syntax | Category::Eof | Category::Io => not_json(inner),
        Category::Data => {
            let detail = without_found(&without_place(inner));
            let field = field(&error.path().to_string(), &detail);
            let detail = match () {
                () if detail.starts_with(MISSING) => "This field is required.",
                () if is_id(&field) && inner.to_string().starts_with(A_NUMBER) => NO_NUMBER,
                () => &detail,
            };
            Problem::invalid(vec![FieldError::new(field, detail)])
        }
    }
}

/// How serde says that a number stands where none belongs.
const A_NUMBER: &str = "invalid type: integer";

/// What front ends of other systems are told, whose IDs are numbers.
const NO_NUMBER: &str = "IDs are strings, such as led_01M3250VASBF3MSX3QTC83A67F. A number is an ID of another system: \
                         find the record here with a search, and send its ID.";

/// Whether an ID belongs in this field.
fn is_id(field: &str) -> bool {
    let name = field.rsplit('.').next().unwrap_or_default();
    name == "id" || name.ends_with("Id")
}

/// How serde says that a field is missing.
const MISSING: &str = "missing field `";

/// The field that is wrong: where reading stopped; or, where that is an object since a field of it is missing, the one
/// that the message names.
fn field(path: &str, detail: &str) -> String {
    let missing = detail.strip_prefix(MISSING).and_then(|rest| rest.split('`').next());
    match missing {
        Some(name) if path == "." => name.to_owned(),
        Some(name) => format!("{path}.{name}"),
        None => path.to_owned(),
    }
}

fn not_json(error: &serde_json::Error) -> Problem {
    Problem::new(
        Kind::InvalidJson,
        format!("Invalid JSON at line {}, column {}: {}.", error.line(), error.column(), without_place(error)),
    )
}

/// What went wrong, without the place, which serde_json appends.
fn without_place(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.rsplit_once(" at line ").map_or(text.clone(), |(what, _)| what.to_owned())
}
