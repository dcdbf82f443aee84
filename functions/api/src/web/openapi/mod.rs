//! The OpenAPI 3.1 description of every route, for front-end developers. It is made from the router's list, the types
//! of the handlers and their doc comments. A test writes it to a file, which is served unchanged: nothing of this runs
//! in production.

pub(crate) mod describe;
pub(crate) mod headers;
pub(crate) mod schemas;
mod words;

use crate::web::access::Access;
use crate::web::limits::RateClass;
use crate::web::problem::{Kind, ProblemView};
use crate::web::route::{Detail, Route};
use describe::{Described, Operation};
use domain::access::permissions::Permission;
use schemas::Schemas;
use serde_json::{Map, Value, json};
use std::any::type_name;
use std::collections::{BTreeMap, BTreeSet};
use words::Words;

/// What holds for all routes, in Markdown.
const ABOUT: &str = "\
Leadwire's API: JSON in camelCase, times in ISO 8601 and UTC.

**Authentication.** Users sign in with `POST /api/auth/login` and send the access token as `Authorization: Bearer …`. \
The token is valid for 15 minutes; `POST /api/auth/refresh` returns a new one. Programs send an API key from `POST \
/api/keys`. The platform operator sends an operator key.

**Errors** are problem documents (RFC 9457, `application/problem+json`). `type` is for programs, and `detail` is for \
people. `field` and `errors` name invalid fields. An invalid ID, or one of another business, is not found.

**Lists** return `{items, nextCursor}`. Send `nextCursor` as `cursor` to get the next page. It is null on the last \
page. A cursor is only valid for the list and filter that returned it. Unknown parameters are rejected, and empty ones \
are ignored.

**Rate limits** are reported in `RateLimit` and `RateLimit-Policy`. Requests over a limit get 429 with `Retry-After`. \
At very high rates, the gateway answers 429 itself, without a problem document.";

/// A route's handler, as it describes itself.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Description {
    handler: &'static str,
    describe: fn(&mut Schemas) -> Operation,
}

impl Detail for Description {
    fn from_handler<T, H: Described<T>>(_: &H) -> Self {
        Self { handler: type_name::<H>(), describe: H::operation }
    }
}

/// Where a handler stands.
struct Place {
    file: String,
    module: &'static str,
    name: &'static str,
}

impl Description {
    /// The path of the handler's module below `src`, the module and the name of the handler: `crm/leads`, `leads` and
    /// `list_leads`.
    fn place(&self) -> Place {
        let mut parts: Vec<_> = self.handler.split("::").skip(1).collect();
        let name = parts.pop().unwrap_or_default();
        Place { file: parts.join("/"), module: parts.last().copied().unwrap_or_default(), name }
    }

    /// The operation's ID: the handler's name, `listLeads`. So each handler has a name of its own over the whole API.
    fn operation_id(&self) -> String {
        camel(self.place().name)
    }
}

/// The description of `routes`. `source` gives the source of the module whose path below `src` it is asked for.
///
/// # Panics
/// If a handler has no doc comment, or two schemas have one name.
#[must_use]
pub(crate) fn document(routes: &[Route<Description>], source: impl Fn(&str) -> String) -> Value {
    let mut schemas = Schemas::new();
    let mut paths: BTreeMap<&str, Map<String, Value>> = BTreeMap::new();
    let mut responses = BTreeMap::new();
    let mut kinds = BTreeSet::from([Kind::MethodNotAllowed]);
    let mut tags = BTreeMap::new();
    for route in routes {
        let first = routes.iter().find(|first| first.described.handler == route.described.handler);
        let first = first.filter(|first| (first.path, &first.method) != (route.path, &route.method));
        let Place { file, module, name } = route.described.place();
        let source = source(&file);
        let words = Words::of_handler(&source, name);
        let words = words.unwrap_or_else(|| panic!("say in a doc comment what {} does", route.described.handler));
        let mut operation = (route.described.describe)(&mut schemas);
        operation.problems.extend(problems(route, first));
        kinds.extend(operation.problems.iter().copied());
        let described = written(route, first, &words, operation, &mut responses);
        paths.entry(route.path).or_default().insert(route.method.as_str().to_lowercase(), described);
        tags.entry(module).or_insert_with(|| json!({ "name": module, "description": Words::of_module(&source) }));
    }
    schemas.given::<ProblemView<'static>>();
    let (mut schemas, twins) = schemas.all();
    for operation in paths.values_mut().flat_map(Map::values_mut) {
        if let Some(body) = operation.get_mut("requestBody") {
            twins.point_to_taken(body);
        }
    }
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
        "servers": [{ "url": "/", "description": "The server of this description." }],
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

/// What may be wrong with a request for `route`, besides what its handler's arguments say. An alias says nothing
/// itself.
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
        RateClass::Read | RateClass::Token => {}
        RateClass::SignIn | RateClass::Write => {
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
    let Place { module, .. } = route.described.place();
    let always = match route.class {
        RateClass::Read | RateClass::Token => &[headers::REQUEST_ID][..],
        RateClass::SignIn | RateClass::Write => &[headers::REQUEST_ID, headers::LIMIT, headers::POLICY],
    };
    let mut answers = Map::new();
    for (status, answer) in operation.answers {
        let tag = route.tagged.then_some(headers::TAG);
        let names = always.iter().copied().chain(answer.headers.iter().copied()).chain(tag);
        let mut said = json!({ "description": answer.meaning, "headers": headers::describe(names) });
        if let Some((kind, schema)) = answer.body {
            said["content"] = json!({ kind: { "schema": schema } });
        }
        answers.insert(status.to_string(), said);
    }
    let mut parameters = operation.parameters;
    if route.tagged {
        let names = always.iter().copied().chain([headers::TAG]);
        answers.insert(
            "304".to_owned(),
            json!({ "description": "Unchanged: the `ETag` is the same.", "headers": headers::describe(names) }),
        );
        let says = "The `ETag` of an earlier answer. If nothing has changed, the answer is 304.";
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
    let paragraphs = Some(words.description.clone());
    let needs = needs(route.access);
    let same = first.map(|first| format!("An alias of `{} {}`, for existing front ends.", first.method, first.path));
    let paragraphs: Vec<_> = [same, paragraphs, needs].into_iter().flatten().filter(|text| !text.is_empty()).collect();
    let mut said = json!({
        "tags": [module],
        "operationId": format!("{}{}", route.described.operation_id(), first.map_or("", |_| "Alias")),
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
        said["x-alias-of"] = json!(first.described.operation_id());
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
        "headers": headers::describe(names),
        "content": { "application/problem+json": { "schema": schema } },
    })
}

/// Whom the route is for, in words; none if it is for anyone.
fn needs(access: Access) -> Option<String> {
    match access {
        Access::Anyone => None,
        Access::SignedIn => Some("Requires a signed-in user.".to_owned()),
        Access::Operator => Some("Requires an operator key.".to_owned()),
        Access::Needs(permission) => {
            let roles: Vec<_> = permission.granted_by().iter().map(|role| role.as_str()).collect();
            let keys = if permission.is_for_keys() { ", and API keys with this scope" } else { "" };
            Some(format!("Requires `{permission}`: roles {}{keys}.", roles.join(", ")))
        }
    }
}

fn security(access: Access, class: RateClass) -> Value {
    let person = |permission: Permission| json!({ "accessToken": [permission.as_str()] });
    match (access, class) {
        (Access::Anyone, RateClass::Token) => json!([{}, { "refreshCookie": [] }]),
        (Access::Anyone, RateClass::Read | RateClass::SignIn | RateClass::Write) => json!([]),
        (Access::SignedIn, _) => json!([{ "accessToken": [] }]),
        (Access::Operator, _) => json!([{ "operatorKey": [] }]),
        (Access::Needs(permission), _) if permission.is_for_keys() => {
            json!([person(permission), { "apiKey": [permission.as_str()] }])
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
            "description": "The access token of a signed-in user, valid for 15 minutes. The user's role must have the \
                            listed permission.",
        },
        "apiKey": {
            "type": "http",
            "scheme": "bearer",
            "description": format!("An API key, which begins with `{}`. It must have the listed scope.",
                crate::web::auth::KEY_PREFIX),
        },
        "operatorKey": {
            "type": "http",
            "scheme": "bearer",
            "description": "The key of the platform operator.",
        },
        "refreshCookie": {
            "type": "apiKey",
            "in": "cookie",
            "name": "__Host-refreshToken",
            "description": "The cookie with a browser's refresh token. Over plain HTTP, on a local machine, it is \
                            called `refreshToken`.",
        },
    })
}

/// A name of Rust in camelCase.
fn camel(name: &str) -> String {
    let mut parts = name.split('_');
    let mut camel = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (first, rest) = part.split_at(part.chars().next().map_or(0, char::len_utf8));
        camel.push_str(&first.to_uppercase());
        camel.push_str(rest);
    }
    camel
}
