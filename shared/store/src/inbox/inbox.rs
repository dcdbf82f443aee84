//! The lists of the inbox, each read at its own key: conversations by status and assignee, last active first; and those
//! that wait for our answer, the oldest first. A list shows what the conversations say now.

use crate::table::keys::{InboxKey, Key, List};
use crate::table::query::{Index, Query};
use crate::{StoreError, TenantStore};
use domain::inbox::conversations::{Conversation, ConversationStatus};
use domain::{Assignee, ConversationId, TenantId};

/// What sorts after every rank: ranks are digits, letters and `#`.
const AFTER_ALL: &str = "~";

/// Some lists of the inbox that are read as one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lists {
    /// Conversations of these statuses and assignees (none: unassigned), last active first.
    Inbox(Vec<ConversationStatus>, Vec<Option<Assignee>>),
    /// Open conversations of these assignees that wait for our answer, the oldest first.
    Waiting(Vec<Option<Assignee>>),
}

/// A page of the inbox.
#[derive(Clone, Debug, PartialEq)]
pub struct InboxPage {
    /// The conversations, each with its mark: a page after that begins behind it.
    pub items: Vec<(Conversation, String)>,
    /// Where the next page begins; none if this is the last.
    pub next: Option<String>,
}

impl Lists {
    fn all(&self, tenant: TenantId) -> Vec<List> {
        match self {
            Self::Inbox(statuses, assignees) => {
                let pairs = statuses.iter().flat_map(|status| assignees.iter().map(move |one| (*status, *one)));
                pairs.map(|(status, one)| List::Inbox(tenant, status, one)).collect()
            }
            Self::Waiting(assignees) => assignees.iter().map(|one| List::Waiting(tenant, *one)).collect(),
        }
    }

    fn query(&self, list: &List, after: Option<&str>, limit: usize) -> Query {
        match self {
            Self::Inbox(..) => {
                let query = Query::index(Index::Lists, list.pk()).newest_first().limit(limit);
                if let Some(below) = after { query.below(below.to_owned()) } else { query }
            }
            Self::Waiting(_) => {
                let query = Query::index(Index::Waiting, list.pk()).limit(limit);
                // Ranks are of one length: this is right behind the last one.
                if let Some(above) = after { query.between(format!("{above}!"), AFTER_ALL.to_owned()) } else { query }
            }
        }
    }
}

impl TenantStore<'_> {
    /// A page of `lists`, after the mark `after`. A conversation that has just been changed may be in a list that it
    /// does not belong to any longer, or missing.
    pub async fn inbox(self, lists: &Lists, after: Option<&str>, limit: usize) -> Result<InboxPage, StoreError> {
        let (ranked, next) = self.ranked(lists, after, limit).await?;
        let ids: Vec<ConversationId> = ranked.iter().map(|(_, id)| *id).collect();
        let conversations = self.conversations(&ids).await?;
        let conversation = |id| conversations.iter().find(|conversation| conversation.id == id).cloned();
        let items = ranked.into_iter().filter_map(|(mark, id)| Some((conversation(id)?, mark))).collect();
        Ok(InboxPage { items, next })
    }

    /// How many conversations stand in `lists`, counted up to `most`: no conversation is read.
    pub async fn count_inbox(self, lists: &Lists, most: usize) -> Result<usize, StoreError> {
        Ok(self.ranked(lists, None, most).await?.0.len())
    }

    async fn ranked(
        self,
        lists: &Lists,
        after: Option<&str>,
        limit: usize,
    ) -> Result<(Vec<(String, ConversationId)>, Option<String>), StoreError> {
        let queries = lists.all(self.tenant).into_iter().map(|list| lists.query(&list, after, limit + 1));
        let pages = queries.map(|query| async move { self.table().query(&query).await });
        let mut ranked = Vec::new();
        for (found, _) in futures::future::try_join_all(pages).await? {
            ranked.extend(found.into_iter().filter_map(|item| match item.key {
                Key::Inbox(InboxKey::Conversation(_, id)) => Some((item.rank.unwrap_or_default(), id)),
                _ => None,
            }));
        }
        ranked.sort_unstable();
        if matches!(lists, Lists::Inbox(..)) {
            ranked.reverse();
        }
        let more = ranked.len() > limit;
        ranked.truncate(limit);
        let next = ranked.last().filter(|_| more).map(|(rank, _)| rank.clone());
        Ok((ranked, next))
    }
}
