//! What a handler's own types say of it: each argument and each answer describes itself, so a handler whose types do
//! not say what they take and give does not compile. The router reads the names of the query parameters; the rest runs
//! only in the test that writes the description down.

use super::schemas::Schemas;
use crate::app::App;
use crate::web::problem::{Kind, Problem};
use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use schemars::JsonSchema;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// One operation, as its handler's types describe it.
#[derive(Debug, Default)]
pub(crate) struct Operation {
    /// Its parameters, each as OpenAPI writes it.
    pub(crate) parameters: Vec<Value>,
    /// The body that it takes, as OpenAPI writes it.
    pub(crate) body: Option<Value>,
    /// What it answers when all is well, by status.
    pub(crate) answers: BTreeMap<u16, Answer>,
    /// What may be wrong.
    pub(crate) problems: BTreeSet<Kind>,
}

/// An answer when all is well.
#[derive(Debug)]
pub(crate) struct Answer {
    /// What it means.
    pub(crate) meaning: &'static str,
    /// Its headers, by the names that they have in [`super::headers`].
    pub(crate) headers: Vec<&'static str>,
    /// The media type and schema of its body; none if it has none.
    pub(crate) body: Option<(&'static str, Value)>,
}

impl Answer {
    /// An answer without a body.
    pub(crate) const fn empty(meaning: &'static str) -> Self {
        Self { meaning, headers: Vec::new(), body: None }
    }

    /// An answer whose body is a `T`, as JSON.
    pub(crate) fn json<T: JsonSchema>(meaning: &'static str, schemas: &mut Schemas) -> Self {
        Self { meaning, headers: Vec::new(), body: Some(("application/json", schemas.given::<T>())) }
    }

    /// The same with the header `name`.
    pub(crate) fn with_header(mut self, name: &'static str) -> Self {
        self.headers.push(name);
        self
    }
}

/// An argument of a handler.
pub(crate) trait Input {
    /// The names of the query parameters that it reads.
    const PARAMETERS: &'static [&'static str] = &[];

    /// Adds what it reads of a request, and what may be wrong with that.
    fn describe(operation: &mut Operation, schemas: &mut Schemas);
}

/// What a handler gives.
pub(crate) trait Output {
    /// Adds what is answered.
    fn describe(operation: &mut Operation, schemas: &mut Schemas);
}

/// A handler whose arguments and answer describe themselves. `T` are its arguments, as axum writes them.
pub(crate) trait Described<T> {
    /// The names of the query parameters that its arguments read.
    fn parameters() -> Vec<&'static str>;

    /// The operation.
    fn operation(schemas: &mut Schemas) -> Operation;
}

macro_rules! described {
    ($($argument:ident)*) => {
        impl<F, Answered, Given, Way, $($argument),*> Described<(Way, $($argument,)*)> for F
        where
            F: FnOnce($($argument),*) -> Answered,
            Answered: Future<Output = Given>,
            Given: Output,
            $($argument: Input,)*
        {
            fn parameters() -> Vec<&'static str> {
                let of_arguments: &[&[&'static str]] = &[$($argument::PARAMETERS),*];
                of_arguments.concat()
            }

            fn operation(schemas: &mut Schemas) -> Operation {
                let mut operation = Operation::default();
                $($argument::describe(&mut operation, schemas);)*
                Given::describe(&mut operation, schemas);
                operation
            }
        }
    };
}
described!();
described!(A);
described!(A B);
described!(A B C);
described!(A B C D);
described!(A B C D E);
described!(A B C D E G);

impl Input for State<App> {
    fn describe(_: &mut Operation, _: &mut Schemas) {}
}

/// What a handler reads of all headers is no part of what is asked: what the client calls itself, and its cookies.
impl Input for HeaderMap {
    fn describe(_: &mut Operation, _: &mut Schemas) {}
}

impl<T: JsonSchema> Output for Json<T> {
    fn describe(operation: &mut Operation, schemas: &mut Schemas) {
        operation.answers.insert(200, Answer::json::<T>("Success.", schemas));
    }
}

impl<T: Output> Output for Result<T, Problem> {
    fn describe(operation: &mut Operation, schemas: &mut Schemas) {
        T::describe(operation, schemas);
    }
}

/// A parameter that may be left out.
pub(crate) fn optional(place: &str, name: &str, says: &str, schema: &Value) -> Value {
    json!({ "name": name, "in": place, "required": false, "description": says, "schema": schema })
}
