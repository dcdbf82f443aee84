//! Walks through all leads or conversations that match a filter, for jobs: along their lists, from the longest quiet to the
//! last active. A list may lag behind for a moment; what stands in it is read as it is now.

use crate::table::keys::{CrmKey, InboxKey, Key, List};
use crate::table::query::{Index, Query};
use crate::{StoreError, TenantStore};
use domain::crm::leads::Lead;
use domain::crm::selections::{ConversationFilter, LeadFilter, WalkMark};
use domain::inbox::conversations::Conversation;
use domain::{Assignee, ConversationId, LeadId};

/// A stretch of a walk.
#[derive(Clone, Debug)]
pub struct Walked<T> {
    /// What matches.
    pub items: Vec<T>,
    /// Where the walk goes on; none at its end.
    pub next: Option<WalkMark>,
}

impl TenantStore<'_> {
    /// The leads that match among the next `limit` of the lists that hold all of them.
    pub async fn walk_leads(
        self,
        filter: &LeadFilter,
        at: &WalkMark,
        limit: usize,
    ) -> Result<Walked<Lead>, StoreError> {
        let lists = match filter.listing() {
            Some(listing) => vec![List::LeadsIn(self.tenant, listing)],
            None => filter.stages().iter().map(|stage| List::Leads(self.tenant, *stage)).collect(),
        };
        let (keys, next) = self.walk_lists(&lists, at, limit).await?;
        let ids: Vec<LeadId> = keys
            .iter()
            .filter_map(|key| match key {
                Key::Crm(CrmKey::Lead(_, id) | CrmKey::Listed(_, id, _)) => Some(*id),
                _ => None,
            })
            .collect();
        let mut items = self.leads_now(&ids).await?;
        items.retain(|lead| filter.wants(lead));
        Ok(Walked { items, next })
    }

    /// The conversations that match among the next `limit` of the lists of these assignees (none: unassigned).
    pub async fn walk_conversations(
        self,
        filter: &ConversationFilter,
        assignees: &[Option<Assignee>],
        at: &WalkMark,
        limit: usize,
    ) -> Result<Walked<Conversation>, StoreError> {
        let pairs = filter.statuses().iter().flat_map(|status| assignees.iter().map(move |one| (*status, *one)));
        let lists: Vec<_> = pairs.map(|(status, one)| List::Inbox(self.tenant, status, one)).collect();
        let (keys, next) = self.walk_lists(&lists, at, limit).await?;
        let ids: Vec<ConversationId> = keys
            .iter()
            .filter_map(|key| match key {
                Key::Inbox(InboxKey::Conversation(_, id)) => Some(*id),
                _ => None,
            })
            .collect();
        let mut items = self.conversations_now(&ids).await?;
        items.retain(|conversation| filter.wants(conversation));
        Ok(Walked { items, next })
    }

    /// The next keys of one of `lists`, and where the walk goes on.
    async fn walk_lists(
        self,
        lists: &[List],
        at: &WalkMark,
        limit: usize,
    ) -> Result<(Vec<Key>, Option<WalkMark>), StoreError> {
        let Some(list) = lists.get(at.list) else { return Ok((Vec::new(), None)) };
        let query = Query::index(Index::Lists, list.pk()).limit(limit);
        let query = if let Some(above) = &at.above { query.above(above.clone()) } else { query };
        let (found, more) = self.table().query(&query).await?;
        let last = found.last().and_then(|item| item.rank.clone());
        let next = match (more, last) {
            (Some(_), Some(above)) => Some(WalkMark { list: at.list, above: Some(above) }),
            (_, _) => Some(WalkMark { list: at.list + 1, above: None }).filter(|next| next.list < lists.len()),
        };
        Ok((found.into_iter().map(|item| item.key).collect(), next))
    }
}
