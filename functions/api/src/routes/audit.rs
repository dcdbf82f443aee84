//! What was done, and by whom.

use crate::app::App;
use crate::auth::Caller;
use crate::cursor::Cursors;
use crate::deeds::entry;
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
use domain::audit::{Action, Deed, Entry};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::json;
use store::audit::{Below, Shown, Wanted};

/// The most entries that one table holds. More are asked for by `to`.
const LONGEST_TABLE: usize = 10_000;

/// How often a page reads, and how often a table does: where few are wanted of many, a page holds fewer than it may and
/// names where the next begins, and a table ends.
const READS: usize = 10;
const READS_OF_A_TABLE: usize = 250;

/// Something that was done.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "AuditEntry")]
pub(crate) struct EntryView {
    /// Its id: of an entry of the audit or, where a message was sent, of the message.
    id: String,
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
    /// How often within this minute: more than once for refusals and failed sign-ins, which are counted.
    times: u32,
    /// The number of the link of the chain that holds it; null until one does, and for a message.
    link: Option<u64>,
}

impl EntryView {
    fn new(shown: Shown) -> Self {
        let (id, deed, times, link) = match shown {
            Shown::Entry(Entry { id, deed, times }, link) => (id.to_string(), deed, times, link),
            Shown::Send(id, deed) => (id.to_string(), deed, 1, None),
        };
        let Deed { at, by, action, target, detail } = deed;
        Self { id, at: At(at), by, action, target, detail, times, link }
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

/// `GET /api/audit?action=&by=&from=&to=&limit=&cursor=`: what was done, the newest first. A page may hold fewer than
/// `limit`, and have a `nextCursor`. Refusals and failed sign-ins appear when their minute is over, once each.
pub(crate) async fn list(
    State(app): State<App>,
    caller: Caller,
    Query(AuditQuery { action, by, from, to, limit, cursor }): Query<AuditQuery>,
) -> Result<Json<PageView<EntryView>>, Problem> {
    let wanted = wanted(action, by, (from, to));
    let cursors = Cursors::of(&app, caller.tenant, format!("audit {wanted:?}"));
    let below = cursors.mark(cursor.as_ref(), "cursor")?.and_then(|mark| serde_json::from_str(&mark).ok());
    let page = app.store.audit(caller.tenant, &wanted, below.unwrap_or_default(), (limit.0, READS)).await?;
    let mark = page.next.as_ref().map(serde_json::to_string).transpose();
    let mark = mark.map_err(|error| Problem::internal(error.to_string()))?;
    let next_cursor = mark.map(|mark| cursors.seal(&mark));
    Ok(Json(PageView { items: page.items.into_iter().map(EntryView::new).collect(), next_cursor }))
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
    let exported = entry(&app, caller.by, Action::Exported, "audit", "as CSV");
    app.store.write_down(caller.tenant, &exported).await?;
    let most = (LONGEST_TABLE, READS_OF_A_TABLE);
    let page = app.store.audit(caller.tenant, &wanted, Below::default(), most).await?;
    let mut table = "id,at,by,action,target,detail,times,link\r\n".to_owned();
    for EntryView { id, at, by, action, target, detail, times, link } in page.items.into_iter().map(EntryView::new) {
        let link = link.map_or_else(String::new, |link| link.to_string());
        let (at, by, action) = (at.0.to_string(), by.to_string(), action.to_string());
        let fields = [id, at, by, action, target, detail, times.to_string(), link];
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
