//! The audit log: who did what.

use crate::app::App;
use crate::views::{At, PageView};
use crate::web::audit::entry;
use crate::web::auth::Caller;
use crate::web::csv::Csv;
use crate::web::cursor::Cursors;
use crate::web::problem::Problem;
use crate::web::query::{Cursor, Limit, Query, parameters};
use axum::Json;
use axum::extract::State;
use domain::Actor;
use domain::access::audit::{Action, AuditEvent, Entry};
use schemars::JsonSchema;
use serde::Serialize;
use store::insight::audit_log::{AuditFilter, Below, Shown};

/// The most entries that one table holds. More are asked for by `to`.
const LONGEST_TABLE: usize = 10_000;

/// How often a page reads, and how often a table does: where few are wanted of many, a page holds fewer than it may and
/// names where the next begins, and a table ends.
const READS: usize = 10;
const READS_OF_A_TABLE: usize = 250;

/// An entry of the audit log.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "AuditEntry")]
pub(crate) struct EntryView {
    /// The entry's ID. If a message was sent, the message's ID.
    id: String,
    /// When it happened.
    at: At,
    /// The user, API key or operator that did it.
    by: Actor,
    /// The action.
    action: Action,
    /// The ID of the object, or the route.
    target: String,
    /// Details of the action.
    detail: String,
    /// How often it happened within this minute. Refused requests and failed sign-ins are counted in one entry.
    times: u32,
    /// The number of the link of the audit chain that covers the entry. Null until there is one, and for messages.
    link: Option<u64>,
}

impl EntryView {
    fn new(shown: Shown) -> Self {
        let (id, audit_event, times, link) = match shown {
            Shown::Entry(Entry { id, audit_event, times }, link) => (id.to_string(), audit_event, times, link),
            Shown::Send(id, audit_event) => (id.to_string(), audit_event, 1, None),
        };
        let AuditEvent { at, by, action, target, detail } = audit_event;
        Self { id, at: At(at), by, action, target, detail, times, link }
    }
}

parameters! {
    /// The entries to list, page by page.
    AuditQuery {
        /// Only this action.
        action = "action": Option<Action>,
        /// Only actions of this user, API key or operator.
        by = "by": Option<Actor>,
        /// Only entries at or after this time.
        from = "from": Option<At>,
        /// Only entries before this time.
        to = "to": Option<At>,
        /// The page size.
        limit = "limit": Limit<50>,
        /// The `nextCursor` of the previous page.
        cursor = "cursor": Option<Cursor>,
    }
}

parameters! {
    /// The entries to export.
    TableQuery {
        /// Only this action.
        action = "action": Option<Action>,
        /// Only actions of this user, API key or operator.
        by = "by": Option<Actor>,
        /// Only entries at or after this time.
        from = "from": Option<At>,
        /// Only entries before this time.
        to = "to": Option<At>,
    }
}

/// `GET /api/audit?action=&by=&from=&to=&limit=&cursor=`: List audit entries. The newest comes first. A page may hold
/// fewer than `limit` entries and still have a `nextCursor`. Refused requests and failed sign-ins are counted, and
/// appear as one entry when their minute has passed.
pub(crate) async fn list_audit_entries(
    State(app): State<App>,
    caller: Caller,
    Query(AuditQuery { action, by, from, to, limit, cursor }): Query<AuditQuery>,
) -> Result<Json<PageView<EntryView>>, Problem> {
    let wanted = wanted(action, by, from, to);
    let cursors = Cursors::for_list(&app, caller.tenant, format!("audit {wanted:?}"));
    let below = cursors.mark(cursor.as_ref(), "cursor")?.and_then(|mark| serde_json::from_str(&mark).ok());
    let page = app.store.tenant(caller.tenant).audit(&wanted, below.unwrap_or_default(), limit.0, READS).await?;
    let mark = page.next.as_ref().map(serde_json::to_string).transpose();
    let mark = mark.map_err(|error| Problem::internal(error.to_string()))?;
    let next_cursor = mark.map(|mark| cursors.sign(&mark));
    Ok(Json(PageView { items: page.items.into_iter().map(EntryView::new).collect(), next_cursor }))
}

/// `GET /api/audit.csv?action=&by=&from=&to=`: Export audit entries as CSV. The file contains the newest 10,000
/// entries.
pub(crate) async fn export_audit_log(
    State(app): State<App>,
    caller: Caller,
    Query(TableQuery { action, by, from, to }): Query<TableQuery>,
) -> Result<Csv, Problem> {
    let wanted = wanted(action, by, from, to);
    let exported = entry(&app, caller.by, Action::Exported, "audit", "as CSV");
    app.store.tenant(caller.tenant).append(&exported).await?;
    let page =
        app.store.tenant(caller.tenant).audit(&wanted, Below::default(), LONGEST_TABLE, READS_OF_A_TABLE).await?;
    let mut table = Csv::new("audit.csv", "id,at,by,action,target,detail,times,link");
    for EntryView { id, at, by, action, target, detail, times, link } in page.items.into_iter().map(EntryView::new) {
        let link = link.map_or_else(String::new, |link| link.to_string());
        let at = at.0.to_string();
        let by = by.to_string();
        let action = action.to_string();
        table.line([id, at, by, action, target, detail, times.to_string(), link]);
    }
    Ok(table)
}

fn wanted(action: Option<Action>, by: Option<Actor>, from: Option<At>, to: Option<At>) -> AuditFilter {
    AuditFilter { action, by, from: from.map(|at| at.0), to: to.map(|at| at.0) }
}
