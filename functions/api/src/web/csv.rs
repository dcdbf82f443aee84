//! Tables as files (RFC 4180).

use crate::web::openapi::describe::{Answer, Operation, Output};
use crate::web::openapi::schemas::Schemas;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// A table with its header line.
pub(crate) struct Csv {
    name: &'static str,
    text: String,
}

impl Csv {
    /// An empty table with these columns, to be saved as `name`.
    pub(crate) fn new(name: &'static str, columns: &str) -> Self {
        Self { name, text: format!("{columns}\r\n") }
    }

    /// Adds a line.
    pub(crate) fn line<const N: usize>(&mut self, fields: [String; N]) {
        self.text.push_str(&fields.map(|field| quoted(&field)).join(","));
        self.text.push_str("\r\n");
    }
}

impl IntoResponse for Csv {
    fn into_response(self) -> Response {
        let headers = [
            (CONTENT_TYPE, "text/csv; charset=utf-8; header=present".to_owned()),
            (CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", self.name)),
        ];
        (headers, self.text).into_response()
    }
}

impl Output for Csv {
    fn describe(operation: &mut Operation, _: &mut Schemas) {
        let body = Some(("text/csv", json!({ "type": "string" })));
        operation.answers.insert(200, Answer { body, ..Answer::empty("CSV with a header line.") });
    }
}

/// A field of a table. What a spreadsheet would take for a formula is preceded by an apostrophe.
fn quoted(field: &str) -> String {
    let formula = field.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let mark = if formula { "'" } else { "" };
    format!("\"{mark}{}\"", field.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_quoted_and_no_formula() {
        assert_eq!(quoted("a \"b\", c"), "\"a \"\"b\"\", c\"");
        assert_eq!(quoted("=1+1"), "\"'=1+1\"");
    }
}
