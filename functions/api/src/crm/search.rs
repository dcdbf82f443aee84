//! Search: leads by any word of their name, email address, username and tags, and by any four digits of their phone.

use super::leads::views;
use crate::app::App;
use crate::views::leads::LeadView;
use crate::web::auth::{Caller, Viewing};
use crate::web::problem::{Kind, Problem};
use crate::web::query::{Limit, Query, parameters};
use axum::Json;
use axum::extract::State;
use domain::ConversationId;
use domain::crm::lead_search::LeadSearch;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeSet;

/// How many leads are looked at for one answer.
const MOST_CANDIDATES: usize = 200;

/// The longest search, in characters.
const LONGEST_SEARCH: usize = 200;

parameters! {
    /// What to search for.
    SearchQuery {
        /// Words or the digits of a phone number. A lead is found if each word begins a word of its name, email address, username or tags,
        /// or is a part of its phone number of at least four digits.
        q = "q": Option<String>,
        /// The most leads to return.
        limit = "limit": Limit<20>,
    }
}

/// What was found.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "SearchResult")]
pub(crate) struct FoundView {
    /// The leads that were found, the last active first.
    items: Vec<LeadView>,
    /// Whether there may be more. Search for another word to find them.
    has_more: bool,
}

/// `GET /api/search?q=&limit=`: Search leads. Callers who see phone numbers masked find a lead by the whole number only.
pub(crate) async fn search_leads(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    Query(SearchQuery { q, limit }): Query<SearchQuery>,
) -> Result<Json<FoundView>, Problem> {
    let text = q.unwrap_or_default();
    if text.chars().count() > LONGEST_SEARCH {
        let detail = format!("Use at most {LONGEST_SEARCH} characters.");
        return Err(Problem::field(Kind::InvalidParameter, "q", detail));
    }
    let search = LeadSearch::parse(&text).ok_or_else(|| {
        Problem::field(Kind::InvalidParameter, "q", "Send a word, or at least four digits of a phone number.")
    })?;
    let store = app.store.tenant(caller.tenant);
    let candidates = store.find_leads(&search.beginnings(), MOST_CANDIDATES).await?;
    let mut leads = store.leads(&candidates.leads).await?;
    let ids: BTreeSet<ConversationId> = leads.iter().flat_map(|lead| lead.conversations.iter().copied()).collect();
    let mut conversations = store.conversations(&ids.into_iter().collect::<Vec<_>>()).await?;
    conversations.retain(|conversation| conversation.is_seen_by(&viewer));
    leads.retain(|lead| {
        let own = conversations.iter().filter(|conversation| lead.conversations.contains(&conversation.id));
        search.finds(lead, own.filter_map(|conversation| conversation.profile.as_ref()), viewer.masks_phones())
    });
    let newest = |lead: &domain::crm::leads::Lead| {
        let own = conversations.iter().filter(|conversation| lead.conversations.contains(&conversation.id));
        own.filter_map(|conversation| conversation.last.as_ref().map(domain::inbox::conversations::LastMessage::at))
            .max()
            .unwrap_or(lead.created)
    };
    leads.sort_by_key(|lead| std::cmp::Reverse((newest(lead), lead.id)));
    let mut has_more = candidates.has_more;
    let mut items = Vec::with_capacity(limit.0);
    for some in leads.chunks(limit.0) {
        items.extend(views(&app, caller.tenant, &viewer, some).await?);
        if items.len() >= limit.0 {
            has_more |= items.len() > limit.0 || leads.len() > limit.0;
            break;
        }
    }
    items.truncate(limit.0);
    Ok(Json(FoundView { items, has_more }))
}
