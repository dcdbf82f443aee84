//! What WhatsApp told about the account rather than a message.

use crate::app::App;
use crate::auth::{Caller, Viewing};
use crate::cursor::Cursors;
use crate::inbox::shows_phones;
use crate::problem::Problem;
use crate::query::{Cursor, Limit, Query, parameters};
use crate::views::{At, PageView};
use axum::Json;
use axum::extract::State;
use domain::MessageId;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::value::RawValue;
use store::notices::Notice;

/// What WhatsApp told about the account.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct NoticeView {
    /// Its id.
    id: MessageId,
    /// WhatsApp's word for its kind, such as `account_update`: an open list.
    field: String,
    /// When it came.
    at: At,
    /// All of it as it came: any JSON. Null if it was none.
    #[schemars(with = "Option<serde_json::Value>")]
    raw: Option<Box<RawValue>>,
}

impl NoticeView {
    fn of(notice: Notice) -> Self {
        let raw = RawValue::from_string(notice.raw).ok();
        Self { id: notice.id, field: notice.field, at: At(notice.id.at()), raw }
    }
}

parameters! {
    /// Which notices.
    NoticesQuery {
        /// How many notices a page holds.
        limit = "limit": Limit<20>,
        /// Where the page begins: `nextCursor` of the page before.
        cursor = "cursor": Option<Cursor>,
    }
}

/// `GET /api/notices?limit=&cursor=`: what WhatsApp told about the account, the newest first.
pub(crate) async fn list(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    Query(NoticesQuery { limit, cursor }): Query<NoticesQuery>,
) -> Result<Json<PageView<NoticeView>>, Problem> {
    shows_phones(&viewer)?;
    let cursors = Cursors::of(&app, caller.tenant, "notices");
    let below = cursors.message(cursor.as_ref(), "cursor")?;
    let page = app.store.notices(caller.tenant, below, limit.0).await?;
    let next_cursor = page.next.map(|mark| cursors.seal(&mark));
    Ok(Json(PageView { items: page.items.into_iter().map(NoticeView::of).collect(), next_cursor }))
}
