//! Conversations: one lead on one channel each, listed by last activity.

use crate::Deps;
use crate::app::App;
use crate::auth::Caller;
use crate::cursor::Cursors;
use crate::path::Id;
use crate::problem::Problem;
use crate::query::Params;
use crate::views::PageView;
use crate::views::conversations::ConversationView;
use crate::views::messages::MessageView;
use axum::Json;
use axum::extract::State;
use domain::conversations::{ConversationStatus, Head};
use domain::{ConversationId, LeadId, TenantId};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use store::conversations::Told;

/// Unread messages are counted up to here; what is more is shown as "99".
pub(crate) const MOST_UNREAD: usize = 99;

/// How many counts are taken at once.
const COUNTS_AT_ONCE: usize = 16;

/// `GET /api/conversations?status=&limit=&cursor=`, last active first. Without a status the open ones are listed.
pub(crate) async fn list(
    State(app): State<App>,
    caller: Caller,
    params: Params,
) -> Result<Json<PageView<ConversationView>>, Problem> {
    let status = params.parsed("status")?.unwrap_or(ConversationStatus::Open);
    let cursors = Cursors::of(&app, caller.tenant, format!("conversations {status}"));
    let below = cursors.mark(&params, "cursor")?;
    let page = app.store.list_conversations(caller.tenant, status, below.as_deref(), params.limit(20)?).await?;
    let next_cursor = page.next.map(|mark| cursors.seal(&mark));
    Ok(Json(PageView { items: views(&app, caller.tenant, &page.items).await?, next_cursor }))
}

/// `GET /api/conversations/{id}`
pub(crate) async fn show(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<ConversationId>,
) -> Result<Json<ConversationView>, Problem> {
    let head = app.store.head(caller.tenant, id).await?.ok_or_else(missing)?;
    let view = views(&app, caller.tenant, &[head]).await?.pop();
    view.map(Json).ok_or_else(missing)
}

/// `GET /api/conversations/{id}/messages?limit=&cursor=`, newest first.
pub(crate) async fn messages(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<ConversationId>,
    params: Params,
) -> Result<Json<PageView<MessageView>>, Problem> {
    let cursors = Cursors::of(&app, caller.tenant, format!("messages {id}"));
    let before = cursors.message(&params, "cursor")?;
    let limit = params.limit(50)?;
    app.store.head(caller.tenant, id).await?.ok_or_else(missing)?;
    let page = app.store.messages(caller.tenant, id, before, limit).await?;
    let now = app.clock.now();
    let items = page.items.into_iter().filter_map(|entry| MessageView::of(entry, id.home, now)).collect();
    Ok(Json(PageView { items, next_cursor: page.next.map(|mark| cursors.seal(&mark)) }))
}

/// `POST /api/conversations/{id}/read`: everything that has arrived was read.
pub(crate) async fn read(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<ConversationId>,
) -> Result<Json<Value>, Problem> {
    match app.store.mark_read(caller.tenant, id).await? {
        Told::Head(head) => {
            let unread = app.store.unread(caller.tenant, &head, MOST_UNREAD).await?;
            Ok(Json(json!({ "id": id, "unread": unread })))
        }
        Told::Missing => Err(missing()),
    }
}

fn missing() -> Problem {
    Problem::not_found("conversation")
}

/// How many messages nobody has read, of those conversations that have any.
pub(crate) async fn unread(
    deps: &Deps,
    tenant: TenantId,
    heads: &[Head],
) -> Result<BTreeMap<ConversationId, usize>, Problem> {
    let mut counts = BTreeMap::new();
    let unread: Vec<_> = heads.iter().filter(|head| head.is_unread()).collect();
    for some in unread.chunks(COUNTS_AT_ONCE) {
        let found = some.iter().map(|head| deps.store.unread(tenant, head, MOST_UNREAD));
        let found = futures::future::try_join_all(found).await?;
        counts.extend(some.iter().map(|head| head.id).zip(found));
    }
    Ok(counts)
}

async fn views(deps: &Deps, tenant: TenantId, heads: &[Head]) -> Result<Vec<ConversationView>, Problem> {
    let ids: BTreeSet<LeadId> = heads.iter().map(|head| head.lead).collect();
    let ids: Vec<_> = ids.into_iter().collect();
    let leads = deps.store.leads(tenant, &ids).await?;
    let unread = unread(deps, tenant, heads).await?;
    let view = |head: &Head| {
        let lead = leads.iter().find(|lead| lead.id == head.lead);
        ConversationView::of(head, lead, unread.get(&head.id).copied().unwrap_or(0))
    };
    Ok(heads.iter().map(view).collect())
}
