//! What WhatsApp told about the account rather than a message.

use crate::app::App;
use crate::auth::Caller;
use crate::cursor::Cursors;
use crate::problem::Problem;
use crate::query::Params;
use crate::views::{At, PageView};
use axum::Json;
use axum::extract::State;
use domain::MessageId;
use serde::Serialize;
use serde_json::value::RawValue;
use store::notices::Notice;

#[derive(Debug, Serialize)]
pub(crate) struct NoticeView {
    id: MessageId,
    field: String,
    at: At,
    raw: Option<Box<RawValue>>,
}

impl NoticeView {
    fn of(notice: Notice) -> Self {
        let raw = RawValue::from_string(notice.raw).ok();
        Self { id: notice.id, field: notice.field, at: At(notice.id.at()), raw }
    }
}

/// `GET /api/notices?limit=&cursor=`, newest first.
pub(crate) async fn list(
    State(app): State<App>,
    caller: Caller,
    params: Params,
) -> Result<Json<PageView<NoticeView>>, Problem> {
    let cursors = Cursors::of(&app, caller.tenant, "notices");
    let below = cursors.message(&params, "cursor")?;
    let page = app.store.notices(caller.tenant, below, params.limit(20)?).await?;
    let next_cursor = page.next.map(|mark| cursors.seal(&mark));
    Ok(Json(PageView { items: page.items.into_iter().map(NoticeView::of).collect(), next_cursor }))
}
