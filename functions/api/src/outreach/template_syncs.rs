//! Reading the templates of every account from WhatsApp anew.

use crate::Deps;
use crate::app::App;
use crate::views::{At, PageView};
use crate::web::auth::Caller;
use crate::web::openapi::describe::{Answer, Operation, Output};
use crate::web::openapi::schemas::Schemas;
use crate::web::problem::Problem;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::{ChannelId, TenantId, Text};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;
use store::outreach::template_syncs::{SyncState, TemplateSync};

/// How far an account's templates were read from WhatsApp.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "TemplateSync")]
pub(crate) struct SyncView {
    /// The channel whose access token reads them.
    channel_id: ChannelId,
    /// How far the synchronisation is.
    state: SyncStateView,
    /// How many templates were read.
    count: u32,
    /// When it began.
    started_at: At,
    /// When it ended. Null while it runs.
    ended_at: Option<At>,
    /// Why it failed.
    problem: Option<Text>,
}

/// How far a synchronisation is.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "TemplateSyncState")]
enum SyncStateView {
    /// Templates are being read.
    Running,
    /// All templates were read.
    Done,
    /// WhatsApp did not list them.
    Failed,
}

impl SyncView {
    fn new(sync: TemplateSync) -> Self {
        Self {
            channel_id: sync.channel,
            state: match sync.state {
                SyncState::Running => SyncStateView::Running,
                SyncState::Done => SyncStateView::Done,
                SyncState::Failed => SyncStateView::Failed,
            },
            count: sync.count,
            started_at: At(sync.began),
            ended_at: sync.ended.map(At),
            problem: sync.problem,
        }
    }
}

/// A synchronisation that has begun.
pub(crate) struct Begun(Json<PageView<SyncView>>);

impl IntoResponse for Begun {
    fn into_response(self) -> Response {
        (StatusCode::ACCEPTED, self.0).into_response()
    }
}

impl Output for Begun {
    fn describe(operation: &mut Operation, schemas: &mut Schemas) {
        operation.answers.insert(202, Answer::json::<PageView<SyncView>>("Started.", schemas));
    }
}

/// `POST /api/templates/sync`: Read the templates of every account from WhatsApp anew. It also happens once a day, and when
/// WhatsApp reports a change. Follow it with `GET /api/templates/sync`.
pub(crate) async fn start_template_sync(State(app): State<App>, caller: Caller) -> Result<Begun, Problem> {
    let channels = app.store.tenant(caller.tenant).channels().await?;
    if channels.is_empty() {
        return Err(Problem::not_connected());
    }
    let mut accounts = BTreeMap::new();
    for channel in &channels {
        accounts.entry(channel.waba.as_str()).or_insert(channel.id);
    }
    let now = app.clock.now();
    for (account, first) in accounts {
        // Webhooks name the account alone, and are led to this channel.
        let route = app.store.account_route(account).await?.map(|route| route.channel);
        let routed = route.filter(|route| channels.iter().any(|channel| channel.id == *route));
        app.store.tenant(caller.tenant).begin_template_sync(routed.unwrap_or(first), None, now).await?;
    }
    syncs(&app, caller.tenant).await.map(|syncs| Begun(Json(syncs)))
}

/// `GET /api/templates/sync`: Get the progress of the synchronisation, for each account. All of them are on one page.
pub(crate) async fn get_template_sync(
    State(app): State<App>,
    caller: Caller,
) -> Result<Json<PageView<SyncView>>, Problem> {
    syncs(&app, caller.tenant).await.map(Json)
}

async fn syncs(deps: &Deps, tenant: TenantId) -> Result<PageView<SyncView>, Problem> {
    let syncs = deps.store.tenant(tenant).template_syncs().await?;
    Ok(PageView { items: syncs.into_iter().map(SyncView::new).collect(), next_cursor: None })
}
