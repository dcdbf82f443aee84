//! The API for whoever builds a front end: an OpenAPI 3.1 description of every route, put together from the router's
//! list, the types of the handlers and their doc comments. It is written down once, by a test, and served as it stands:
//! nothing of this runs where the API runs.

pub(crate) mod describe;
pub(crate) mod headers;
pub(crate) mod schemas;
mod words;

use crate::access::Access;
use crate::limits::Class;
use crate::problem::{Kind, ProblemView};
use crate::router::{self, Detail, Route};
use axum::http::Method;
use describe::{Described, Operation};
use domain::permissions::Permission;
use schemas::Schemas;
use serde_json::{Map, Value, json};
use std::any::type_name;
use std::collections::{BTreeMap, BTreeSet};
use words::Words;

/// What holds for all routes, in Markdown.
const ABOUT: &str = "\
Leadwire's API: JSON in camelCase, times in ISO 8601 and UTC.

**Who calls.** A person signs in by `POST /api/auth/login` and sends the access token as `Authorization: Bearer …`; \
it holds for 15 minutes and is renewed by `POST /api/auth/refresh`. A program sends a key that was made by `POST \
/api/keys`; whoever runs the platform sends a key of theirs.

**Errors** are problem documents (RFC 9457, `application/problem+json`). `type` is what a program goes by, `detail` \
is what people read, and `field` or `errors` name what is wrong. An id that is not one, or that belongs to another \
business, is not found.

**Lists** answer `{items, nextCursor}`. Send `nextCursor` as `cursor` for the next page; it is null on the last. A \
cursor is good for the list and the filter that gave it. A parameter that a route does not have is refused by name; an \
empty one counts as absent.

**How often** one may ask is told by `RateLimit` and `RateLimit-Policy`; who asks more often gets 429 with \
`Retry-After`. Where very much is asked at once, the gateway before the API answers 429 itself, without a problem \
document.";

/// A route's handler, as it describes itself.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Description {
    handler: &'static str,
    describe: fn(&mut Schemas) -> Operation,
}

impl Detail for Description {
    fn of<T, H: Described<T>>(_: &H) -> Self {
        Self { handler: type_name::<H>(), describe: H::operation }
    }
}

impl Description {
    /// The noun and the verb of the handler: `leads` and `list`.
    fn name(&self) -> (&'static str, &'static str) {
        let mut parts = self.handler.rsplit("::");
        let verb = parts.next().unwrap_or_default();
        (parts.next().unwrap_or_default(), verb)
    }
}

/// The description of the API. `source` gives the source of the module of routes that it is asked for.
///
/// # Panics
/// If nothing is said of a handler, or two schemas have one name.
#[must_use]
pub fn document(source: impl Fn(&str) -> String) -> Value {
    let mut schemas = Schemas::new();
    let routes = router::list::<Description>();
    let mut paths: BTreeMap<&str, Map<String, Value>> = BTreeMap::new();
    let (mut responses, mut kinds) = (BTreeMap::new(), BTreeSet::from([Kind::MethodNotAllowed]));
    let mut tags = BTreeMap::new();
    for route in &routes {
        let first = routes.iter().find(|first| first.described.handler == route.described.handler);
        let first = first.filter(|first| (first.path, &first.method) != (route.path, &route.method));
        let (noun, verb) = route.described.name();
        let source = source(noun);
        let words = Words::of_handler(&source, verb);
        let words = words.unwrap_or_else(|| panic!("say in a doc comment what {} does", route.described.handler));
        let mut operation = (route.described.describe)(&mut schemas);
        operation.problems.extend(problems(route, first));
        kinds.extend(operation.problems.iter().copied());
        let described = written(route, first, &words, operation, &mut responses);
        paths.entry(route.path).or_default().insert(route.method.as_str().to_lowercase(), described);
        tags.entry(noun).or_insert_with(|| json!({ "name": noun, "description": Words::of_module(&source) }));
    }
    schemas.given::<ProblemView<'static>>();
    let mut schemas = schemas.all();
    if let Some(problem) = schemas.get_mut("Problem") {
        problem["properties"]["type"]["enum"] = kinds.iter().map(|kind| kind.path()).collect();
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Leadwire",
            "version": env!("CARGO_PKG_VERSION"),
            "description": ABOUT,
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "servers": [{ "url": "/", "description": "Where this description was found." }],
        "tags": tags.into_values().collect::<Vec<_>>(),
        "paths": paths,
        "components": {
            "schemas": schemas,
            "responses": responses,
            "headers": headers::all(),
            "securitySchemes": security_schemes(),
        },
    })
}

/// What may be wrong with a request for `route`, beside what its handler's arguments say. An alias says nothing itself.
fn problems(route: &Route<Description>, first: Option<&Route<Description>>) -> BTreeSet<Kind> {
    let mut problems: BTreeSet<_> = first.unwrap_or(route).also.iter().copied().collect();
    problems.extend([Kind::BadRequest, Kind::InvalidParameter, Kind::Internal, Kind::Unavailable]);
    match route.access {
        Access::Anyone => {}
        Access::SignedIn | Access::Operator => problems.extend([Kind::Unauthenticated, Kind::Forbidden]),
        Access::Needs(_) => problems.extend([Kind::Unauthenticated, Kind::Forbidden, Kind::SecondFactorNeeded]),
    }
    // Refusals are counted, whatever the route.
    if route.access != Access::Anyone {
        problems.insert(Kind::TooManyRequests);
    }
    match route.class {
        Class::Reads | Class::Sealed => {}
        Class::SignsIn | Class::Writes => {
            problems.insert(Kind::TooManyRequests);
        }
    }
    problems
}

/// The operation as OpenAPI writes it. Its problems are put among the `responses` that operations share.
fn written(
    route: &Route<Description>,
    first: Option<&Route<Description>>,
    words: &Words,
    operation: Operation,
    responses: &mut BTreeMap<String, Value>,
) -> Value {
    let (noun, verb) = route.described.name();
    let told = match route.class {
        Class::Reads | Class::Sealed => &[headers::REQUEST_ID][..],
        Class::SignsIn | Class::Writes => &[headers::REQUEST_ID, headers::LIMIT, headers::POLICY],
    };
    let mut answers = Map::new();
    for (status, answer) in operation.answers {
        let tag = route.tagged.then_some(headers::TAG);
        let names = told.iter().copied().chain(answer.headers.iter().copied()).chain(tag);
        let mut said = json!({ "description": answer.meaning, "headers": headers::of(names) });
        if let Some((kind, schema)) = answer.body {
            said["content"] = json!({ kind: { "schema": schema } });
        }
        answers.insert(status.to_string(), said);
    }
    let mut parameters = operation.parameters;
    if route.tagged {
        let names = told.iter().copied().chain([headers::TAG]);
        answers.insert("304".to_owned(), json!({ "description": "As you have it.", "headers": headers::of(names) }));
        let says = "The `ETag` of the answer that you have.";
        parameters.push(describe::optional("header", "If-None-Match", says, &json!({ "type": "string" })));
    }
    let mut by_status: BTreeMap<u16, Vec<Kind>> = BTreeMap::new();
    for kind in operation.problems {
        by_status.entry(kind.status().as_u16()).or_default().push(kind);
    }
    for (status, kinds) in by_status {
        let name = kinds.iter().map(|kind| format!("{kind:?}")).collect::<Vec<_>>().join("Or");
        answers.insert(status.to_string(), json!({ "$ref": format!("#/components/responses/{name}") }));
        responses.entry(name).or_insert_with(|| refusal(status, &kinds));
    }
    let (paragraphs, needs) = (Some(words.description.clone()), needs(route.access));
    let same =
        first.map(|first| format!("The same as `{} {}`, as other front ends call it.", first.method, first.path));
    let paragraphs: Vec<_> = [same, paragraphs, needs].into_iter().flatten().filter(|text| !text.is_empty()).collect();
    let mut said = json!({
        "tags": [noun],
        "operationId": if first.is_some() { by_path(&route.method, route.path) } else { camel(&[noun, verb]) },
        "summary": words.summary,
        "description": paragraphs.join("\n\n"),
        "security": security(route.access, route.class),
        "responses": answers,
    });
    if !parameters.is_empty() {
        said["parameters"] = Value::Array(parameters);
    }
    if let Some(body) = operation.body {
        said["requestBody"] = body;
    }
    if let Some(first) = first {
        let (noun, verb) = first.described.name();
        said["x-alias-of"] = json!(camel(&[noun, verb]));
    }
    said
}

/// The answer to what may be wrong in several ways that have one status.
fn refusal(status: u16, kinds: &[Kind]) -> Value {
    let mut names = vec![headers::REQUEST_ID];
    names.extend(match status {
        401 => &[headers::AUTHENTICATE][..],
        429 => &[headers::RETRY_AFTER, headers::LIMIT, headers::POLICY],
        503 => &[headers::RETRY_AFTER],
        _ => &[],
    });
    let titles: Vec<_> = kinds.iter().map(|kind| format!("{} (`{}`).", kind.title(), kind.path())).collect();
    let paths: Vec<_> = kinds.iter().map(|kind| kind.path()).collect();
    let narrower = json!({ "properties": { "type": { "enum": paths }, "status": { "const": status } } });
    let schema = json!({ "allOf": [{ "$ref": "#/components/schemas/Problem" }, narrower] });
    json!({
        "description": titles.join(" "),
        "headers": headers::of(names),
        "content": { "application/problem+json": { "schema": schema } },
    })
}

/// Whom the route is for, in words; none if it is for anyone.
fn needs(access: Access) -> Option<String> {
    match access {
        Access::Anyone => None,
        Access::SignedIn => Some("For a person who has signed in.".to_owned()),
        Access::Operator => Some("For whoever runs the platform.".to_owned()),
        Access::Needs(permission) => {
            let roles: Vec<_> = permission.granted_by().iter().map(|role| role.word()).collect();
            let keys = if permission.is_for_keys() { ", and keys with this scope" } else { "" };
            Some(format!("Needs `{permission}`: the roles {}{keys}.", roles.join(", ")))
        }
    }
}

fn security(access: Access, class: Class) -> Value {
    let person = |permission: Permission| json!({ "accessToken": [permission.word()] });
    match (access, class) {
        (Access::Anyone, Class::Sealed) => json!([{}, { "refreshCookie": [] }]),
        (Access::Anyone, Class::Reads | Class::SignsIn | Class::Writes) => json!([]),
        (Access::SignedIn, _) => json!([{ "accessToken": [] }]),
        (Access::Operator, _) => json!([{ "operatorKey": [] }]),
        (Access::Needs(permission), _) if permission.is_for_keys() => {
            json!([person(permission), { "apiKey": [permission.word()] }])
        }
        (Access::Needs(permission), _) => json!([person(permission)]),
    }
}

fn security_schemes() -> Value {
    json!({
        "accessToken": {
            "type": "http",
            "scheme": "bearer",
            "bearerFormat": "JWT",
            "description": "The access token of a person who has signed in: good for 15 minutes. The permission named \
                            beside it is one that the person's role has to grant.",
        },
        "apiKey": {
            "type": "http",
            "scheme": "bearer",
            "description": format!("The key of a program: it begins with `{}`, and needs the scope named beside it.",
                crate::auth::KEY_PREFIX),
        },
        "operatorKey": {
            "type": "http",
            "scheme": "bearer",
            "description": "The key of whoever runs the platform.",
        },
        "refreshCookie": {
            "type": "apiKey",
            "in": "cookie",
            "name": "__Host-refreshToken",
            "description": "The cookie in which a browser keeps its refresh token. By plain HTTP, on one's own machine, \
                            it is called `refreshToken`.",
        },
    })
}

/// The words as one, in camelCase.
fn camel(words: &[&str]) -> String {
    let parts = words.iter().flat_map(|word| word.split(['_', '-', '/', '.'])).filter(|part| !part.is_empty());
    let mut name = String::new();
    for part in parts {
        let (first, rest) = part.split_at(part.chars().next().map_or(0, char::len_utf8));
        name.push_str(&if name.is_empty() { first.to_lowercase() } else { first.to_uppercase() });
        name.push_str(rest);
    }
    name
}

/// A name for an alias: no handler is called so.
fn by_path(method: &Method, path: &str) -> String {
    let path = path.trim_start_matches("/api").replace(['{', '}'], "");
    camel(&[&method.as_str().to_lowercase(), &path])
}
