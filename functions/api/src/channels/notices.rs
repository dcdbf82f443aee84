//! Account notices from WhatsApp.

use crate::app::App;
use crate::views::{At, PageView};
use crate::web::access::shows_phones;
use crate::web::auth::{Caller, Viewing};
use crate::web::cursor::Cursors;
use crate::web::problem::Problem;
use crate::web::query::{Cursor, Limit, Query, parameters};
use axum::Json;
use axum::extract::State;
use domain::MessageId;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::value::RawValue;
use store::channels::notices::Notice;

/// An account notice from WhatsApp.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct NoticeView {
    /// The notice's ID.
    id: MessageId,
    /// WhatsApp's type of the notice, such as `account_update`. Other values may appear.
    field: String,
    /// When the notice arrived.
    at: At,
    /// The notice as WhatsApp sent it: any JSON. Null if it was not JSON.
    #[schemars(with = "Option<serde_json::Value>")]
    raw: Option<Box<RawValue>>,
}

impl NoticeView {
    fn from_notice(notice: Notice) -> Self {
        let raw = RawValue::from_string(notice.raw).ok();
        Self { id: notice.id, field: notice.field, at: At(notice.id.at()), raw }
    }
}

parameters! {
    /// The notices to list.
    NoticesQuery {
        /// The page size.
        limit = "limit": Limit<20>,
        /// The `nextCursor` of the previous page.
        cursor = "cursor": Option<Cursor>,
    }
}

/// `GET /api/notices?limit=&cursor=`: List account notices from WhatsApp. The newest comes first.
pub(crate) async fn list_notices(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    Query(NoticesQuery { limit, cursor }): Query<NoticesQuery>,
) -> Result<Json<PageView<NoticeView>>, Problem> {
    shows_phones(&viewer)?;
    let cursors = Cursors::for_list(&app, caller.tenant, "notices");
    let below = cursors.message(cursor.as_ref(), "cursor")?;
    let page = app.store.tenant(caller.tenant).notices(below, limit.0).await?;
    let next_cursor = page.next.map(|mark| cursors.sign(&mark));
    Ok(Json(PageView { items: page.items.into_iter().map(NoticeView::from_notice).collect(), next_cursor }))
}
