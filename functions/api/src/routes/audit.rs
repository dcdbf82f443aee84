//! What was done, and by whom.

use crate::app::App;
use crate::auth::Caller;
use crate::cursor::Cursors;
use crate::deeds::note;
use crate::openapi::describe::{Answer, Operation, Output};
use crate::openapi::schemas::Schemas;
use crate::problem::Problem;
use crate::query::{Cursor, Limit, Query, parameters};
use crate::views::{At, PageView};
use axum::Json;
use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use domain::Actor;
use domain::audit::{Action, Entry};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::json;
use store::audit::Wanted;

/// The most entries that one table holds. More are asked for by `to`.
const LONGEST_TABLE: usize = 10_000;

/// Something that was done: a link of a chain.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "AuditEntry")]
pub(crate) struct EntryView {
    /// Its place in the chain, from 1.
    number: u64,
    /// When.
    at: At,
    /// By whom.
    by: Actor,
    /// What.
    action: Action,
    /// To which thing: its id, or a route.
    target: String,
    /// What it came to.
    detail: String,
    /// The digest over all that and the digest before.
    #[schemars(regex(pattern = "^[0-9a-f]{64}$"))]
    digest: String,
}

impl EntryView {
    fn of(entry: Entry) -> Self {
        let Entry { number, deed, digest } = entry;
        let (at, by, action) = (At(deed.at), deed.by, deed.action);
        Self { number, at, by, action, target: deed.target, detail: deed.detail, digest }
    }
}

parameters! {
    /// Which entries, a page at a time.
    AuditQuery {
        /// Those of this kind.
        action = "action": Option<Action>,
        /// What they did.
        by = "by": Option<Actor>,
        /// What was done then or later.
        from = "from": Option<At>,
        /// What was done before.
        to = "to": Option<At>,
        /// How many entries a page holds.
        limit = "limit": Limit<50>,
        /// Where the page begins: `nextCursor` of the page before.
        cursor = "cursor": Option<Cursor>,
    }
}

parameters! {
    /// Which entries, all at once.
    TableQuery {
        /// Those of this kind.
        action = "action": Option<Action>,
        /// What they did.
        by = "by": Option<Actor>,
        /// What was done then or later.
        from = "from": Option<At>,
        /// What was done before.
        to = "to": Option<At>,
    }
}

/// `GET /api/audit?action=&by=&from=&to=&limit=&cursor=`: what was done, the newest first.
pub(crate) async fn list(
    State(app): State<App>,
    caller: Caller,
    Query(AuditQuery { action, by, from, to, limit, cursor }): Query<AuditQuery>,
) -> Result<Json<PageView<EntryView>>, Problem> {
    let wanted = wanted(action, by, (from, to));
    let cursors = Cursors::of(&app, caller.tenant, format!("audit {wanted:?}"));
    let below = cursors.mark(cursor.as_ref(), "cursor")?.and_then(|mark| mark.parse().ok());
    let page = app.store.audit(caller.tenant, &wanted, below, limit.0).await?;
    let next_cursor = page.next.map(|below| cursors.seal(&below.to_string()));
    Ok(Json(PageView { items: page.items.into_iter().map(EntryView::of).collect(), next_cursor }))
}

/// A table as RFC 4180 has it.
pub(crate) struct Csv(String);

impl IntoResponse for Csv {
    fn into_response(self) -> Response {
        let headers = [
            (CONTENT_TYPE, "text/csv; charset=utf-8; header=present"),
            (CONTENT_DISPOSITION, "attachment; filename=\"audit.csv\""),
        ];
        (headers, self.0).into_response()
    }
}

impl Output for Csv {
    fn describe(operation: &mut Operation, _: &mut Schemas) {
        let body = Some(("text/csv", json!({ "type": "string" })));
        operation.answers.insert(200, Answer { body, ..Answer::empty("A table with a line of names.") });
    }
}

/// `GET /api/audit.csv?action=&by=&from=&to=`: the same as a table for a spreadsheet. It holds the newest ten thousand
/// entries.
pub(crate) async fn table(
    State(app): State<App>,
    caller: Caller,
    Query(TableQuery { action, by, from, to }): Query<TableQuery>,
) -> Result<Csv, Problem> {
    let wanted = wanted(action, by, (from, to));
    note(&app, caller.tenant, caller.by, Action::Exported, "audit", "as CSV").await?;
    let page = app.store.audit(caller.tenant, &wanted, None, LONGEST_TABLE).await?;
    let mut table = "number,at,by,action,target,detail,digest\r\n".to_owned();
    for Entry { number, deed, digest } in page.items {
        let fields = [
            number.to_string(),
            deed.at.to_string(),
            deed.by.to_string(),
            deed.action.to_string(),
            deed.target,
            deed.detail,
            digest,
        ];
        table.push_str(&fields.map(|field| quoted(&field)).join(","));
        table.push_str("\r\n");
    }
    Ok(Csv(table))
}

/// A field of a table as RFC 4180 has it. What a spreadsheet would take for a formula is preceded by an apostrophe.
fn quoted(field: &str) -> String {
    let formula = field.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let mark = if formula { "'" } else { "" };
    format!("\"{mark}{}\"", field.replace('"', "\"\""))
}

fn wanted(action: Option<Action>, by: Option<Actor>, (from, to): (Option<At>, Option<At>)) -> Wanted {
    Wanted { action, by, from: from.map(|at| at.0), to: to.map(|at| at.0) }
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
