//! Blocking a customer: here at once, and at WhatsApp by a job.

use super::leads::seen;
use crate::Deps;
use crate::app::App;
use crate::views::At;
use crate::web::audit::entry;
use crate::web::auth::{Caller, Viewing};
use crate::web::path::Id;
use crate::web::problem::Problem;
use axum::Json;
use axum::extract::State;
use domain::access::audit::Action;
use domain::access::visibility::Viewer;
use domain::crm::blocks::{AtWhatsapp, Block};
use domain::{Actor, LeadId, Text};
use schemars::JsonSchema;
use serde::Serialize;

/// How often a change is made again when somebody else was faster.
const MOST_RACES: usize = 8;

/// Whether a lead is blocked.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "Block")]
pub(crate) struct BlockView {
    /// Whether the lead is blocked by the business.
    blocked: bool,
    /// Who blocked or unblocked the lead. Null if it was never blocked.
    by: Option<Actor>,
    /// When. Null if it was never blocked.
    at: Option<At>,
    /// What WhatsApp did about it. Null if the lead was never blocked.
    at_whatsapp: Option<AtWhatsapp>,
    /// Why WhatsApp refused. Null if it did not.
    reason: Option<Text>,
}

impl From<Option<Block>> for BlockView {
    fn from(block: Option<Block>) -> Self {
        let Some(Block { blocked, by, at, at_whatsapp, reason }) = block else {
            return Self { blocked: false, by: None, at: None, at_whatsapp: None, reason: None };
        };
        Self { blocked, by: Some(by), at: Some(At(at)), at_whatsapp: Some(at_whatsapp), reason }
    }
}

/// `GET /api/leads/{id}/block`: Get whether a lead is blocked, and what WhatsApp did about it.
pub(crate) async fn get_block(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    Id(id): Id<LeadId>,
) -> Result<Json<BlockView>, Problem> {
    let (lead, _) = seen(&app, caller.tenant, &viewer, id).await?;
    Ok(Json(BlockView::from(app.store.tenant(caller.tenant).block(lead.id).await?)))
}

/// `POST /api/leads/{id}/block`: Block a lead. Nothing more is sent to it. Its conversations leave the inbox, and what it still
/// writes is only stored. WhatsApp is asked to block the user too; it does so within 24 hours after their last message.
pub(crate) async fn block_lead(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    Id(id): Id<LeadId>,
) -> Result<Json<BlockView>, Problem> {
    set(&app, caller, &viewer, id, true).await
}

/// `POST /api/leads/{id}/unblock`: Unblock a lead. Its conversations come back to the inbox.
pub(crate) async fn unblock_lead(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    Id(id): Id<LeadId>,
) -> Result<Json<BlockView>, Problem> {
    set(&app, caller, &viewer, id, false).await
}

async fn set(
    deps: &Deps,
    caller: Caller,
    viewer: &Viewer,
    id: LeadId,
    blocked: bool,
) -> Result<Json<BlockView>, Problem> {
    let store = deps.store.tenant(caller.tenant);
    for _ in 0..MOST_RACES {
        let (lead, _) = seen(deps, caller.tenant, viewer, id).await?;
        let there = store.block(lead.id).await?;
        if there.as_ref().is_some_and(|block| block.blocked) == blocked {
            return Ok(Json(BlockView::from(there)));
        }
        let action = if blocked { Action::LeadBlocked } else { Action::LeadUnblocked };
        let entry = entry(deps, caller.by, action, &lead.id.to_string(), "by a user");
        if store.set_block(&lead, blocked, caller.by, &entry).await? {
            return Ok(Json(BlockView::from(store.block(lead.id).await?)));
        }
    }
    Err(store::StoreError::Conflict.into())
}
