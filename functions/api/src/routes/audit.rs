//! What was done, and by whom.

use crate::app::App;
use crate::auth::Caller;
use crate::cursor::Cursors;
use crate::deeds::note;
use crate::problem::{Kind, Problem};
use crate::query::Params;
use crate::views::{At, PageView};
use axum::Json;
use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use domain::audit::{Action, Entry};
use domain::{Actor, Timestamp};
use serde::Serialize;
use store::audit::Wanted;

/// The most entries that one table holds. More are asked for by `to`.
const LONGEST_TABLE: usize = 10_000;

#[derive(Debug, Serialize)]
pub(crate) struct EntryView {
    number: u64,
    at: At,
    by: Actor,
    action: Action,
    target: String,
    detail: String,
    digest: String,
}

impl EntryView {
    fn of(entry: Entry) -> Self {
        let Entry { number, deed, digest } = entry;
        let (at, by, action) = (At(deed.at), deed.by, deed.action);
        Self { number, at, by, action, target: deed.target, detail: deed.detail, digest }
    }
}

/// `GET /api/audit?action=&by=&from=&to=&limit=&cursor=`, the newest first.
pub(crate) async fn list(
    State(app): State<App>,
    caller: Caller,
    params: Params,
) -> Result<Json<PageView<EntryView>>, Problem> {
    let wanted = wanted(&params)?;
    let cursors = Cursors::of(&app, caller.tenant, format!("audit {wanted:?}"));
    let below = cursors.mark(&params, "cursor")?.and_then(|mark| mark.parse().ok());
    let page = app.store.audit(caller.tenant, &wanted, below, params.limit(50)?).await?;
    let next_cursor = page.next.map(|below| cursors.seal(&below.to_string()));
    Ok(Json(PageView { items: page.items.into_iter().map(EntryView::of).collect(), next_cursor }))
}

/// `GET /api/audit.csv`, filtered in the same way: a table for a spreadsheet, with the newest ten thousand entries.
pub(crate) async fn table(State(app): State<App>, caller: Caller, params: Params) -> Result<Response, Problem> {
    let wanted = wanted(&params)?;
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
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8; header=present"),
        (CONTENT_DISPOSITION, "attachment; filename=\"audit.csv\""),
    ];
    Ok((headers, table).into_response())
}

/// A field of a table as RFC 4180 has it. What a spreadsheet would take for a formula is preceded by an apostrophe.
fn quoted(field: &str) -> String {
    let formula = field.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let mark = if formula { "'" } else { "" };
    format!("\"{mark}{}\"", field.replace('"', "\"\""))
}

fn wanted(params: &Params) -> Result<Wanted, Problem> {
    Ok(Wanted {
        action: params.parsed("action")?,
        by: params.parsed("by")?,
        from: time(params, "from")?,
        to: time(params, "to")?,
    })
}

fn time(params: &Params, name: &str) -> Result<Option<Timestamp>, Problem> {
    let Some(text) = params.one(name) else { return Ok(None) };
    let expected = || Problem::field(Kind::InvalidParameter, name, "expected a time such as 2026-09-21T14:13:20Z");
    Timestamp::parse(text).map(Some).ok_or_else(expected)
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
