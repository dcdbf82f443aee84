//! A lead's search tokens, and its entries in the lists of owners, tags and sources. `changes` writes them from the lead
//! as it stands. What was last written is noted beside the lead, so that each time only the difference is.
//!
//! An entry or token may outlive its reason by a moment; whoever reads a list or a search compares it with the lead. One
//! that should be there is always there: a worker that was taken for dead removes nothing that a later one wrote.

use crate::crm::leads::{LeadItem, ListedLead};
use crate::reliability::due_rank::{self, DueKind};
use crate::table::client::{Change, Conditional};
use crate::table::expression::{Condition, Update};
use crate::table::item::{LIST, RANK, item};
use crate::table::keys::{CrmKey, InboxKey, Key, List, Partition, tokens_range};
use crate::table::page::Page;
use crate::table::query::{Query, Read};
use crate::{RACES, StoreError, TenantStore};
use domain::crm::lead_search::SearchToken;
use domain::crm::leads::{Lead, Listing};
use domain::inbox::conversations::Profile;
use domain::{LeadId, TenantId, Timestamp};
use std::collections::BTreeSet;
use std::time::Duration;

/// When a request that the stream lost is found.
const FIRST_LOOK: Duration = Duration::from_secs(120);

/// How many tokens are read for each term of a search.
const MOST_READ: usize = 1_000;

item! {
    /// What was last written of a lead's lists and tokens.
    struct IndexItem: "lead_index" {
        /// Counts how often it was written.
        revision: u64 = "rv" as REVISION,
        /// The tokens: `w` or `d`, and their text.
        #[serde(default)]
        tokens: Vec<String> = "tk" as TOKENS,
        #[serde(default)]
        listings: Vec<Entry> = "ls" as LISTINGS,
    }
}

/// A list, as an index item holds it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
enum Entry {
    #[serde(rename = "o")]
    Owner(domain::UserId),
    #[serde(rename = "t")]
    Tag(domain::crm::lead_details::Tag),
    #[serde(rename = "s")]
    Source(domain::crm::leads::Source),
}

impl From<Listing> for Entry {
    fn from(listing: Listing) -> Self {
        match listing {
            Listing::Owner(user) => Self::Owner(user),
            Listing::Tag(tag) => Self::Tag(tag),
            Listing::Source(source) => Self::Source(source),
        }
    }
}

impl From<Entry> for Listing {
    fn from(entry: Entry) -> Self {
        match entry {
            Entry::Owner(user) => Self::Owner(user),
            Entry::Tag(tag) => Self::Tag(tag),
            Entry::Source(source) => Self::Source(source),
        }
    }
}

item! {
    /// A request to write them, until that is done.
    struct ReindexItem: "reindex" {
        number: u64 = "n" as NUMBER,
    }
}

item! {
    /// A lead's entry in a list.
    struct ListedItem: "listed" {
        /// The lead's revision when it was written.
        revision: u64 = "rv" as REVISION,
    }
}

item! {
    /// A token of a lead.
    struct TokenItem: "token" {
        /// The lead's revision when it was written.
        revision: u64 = "rv" as REVISION,
    }
}

/// The leads that have a token like each term of a search.
#[derive(Clone, Debug, Default)]
pub struct Candidates {
    /// The leads, the newest first.
    pub leads: Vec<LeadId>,
    /// Whether there may be more.
    pub has_more: bool,
}

/// The change by which a lead's lists and tokens are written: soon by `changes`, else by `schedule`.
pub(crate) fn request(tenant: TenantId, lead: LeadId, now: Timestamp) -> Change {
    Change::update(requested(tenant, lead, now))
}

fn requested(tenant: TenantId, lead: LeadId, now: Timestamp) -> Update {
    let name = lead.ulid_str();
    let rank = due_rank::due_rank(DueKind::Reindex, tenant, now.plus(FIRST_LOOK), &name);
    Update::upsert::<ReindexItem>(CrmKey::Reindex(tenant, lead))
        .count_up(ReindexItem::NUMBER)
        .set(LIST, &List::due(&name).pk())
        .set(RANK, &rank)
}

impl TenantStore<'_> {
    /// Has a lead's lists and search tokens written: after an event that told its phone.
    pub async fn request_lead_index(self, id: LeadId, now: Timestamp) -> Result<(), StoreError> {
        match self.table().update::<ReindexItem>(requested(self.tenant, id, now)).await? {
            Conditional::Applied(_) | Conditional::Rejected(_) => Ok(()),
        }
    }

    /// Writes a lead's lists and search tokens as the lead stands, and settles the request for it. May be repeated, also
    /// by several workers at once.
    pub async fn index_lead(self, id: LeadId) -> Result<(), StoreError> {
        for _ in 0..RACES {
            if self.index_once(id).await? {
                return Ok(());
            }
        }
        Err(StoreError::Conflict)
    }

    /// False if another worker wrote at the same time.
    async fn index_once(self, id: LeadId) -> Result<bool, StoreError> {
        let keys = [CrmKey::Lead(self.tenant, id), CrmKey::Index(self.tenant, id), CrmKey::Reindex(self.tenant, id)];
        let mut lead = None;
        let mut index = None;
        let mut request = None;
        for found in self.table().get_all(&keys, Read::Strong).await? {
            match found.key {
                Key::Crm(CrmKey::Lead(..)) => lead = Some(found.read::<LeadItem>()?),
                Key::Crm(CrmKey::Index(..)) => index = Some(found.read::<IndexItem>()?),
                Key::Crm(CrmKey::Reindex(..)) => request = Some(found.read::<ReindexItem>()?),
                _ => {}
            }
        }
        let Some(lead) = lead else { return self.forget_index(id, index, request).await };
        let place = lead.place().to_owned();
        let lead = lead.lead(id);
        let profiles = self.profiles(&lead).await?;
        let tokens = lead.search_tokens(&profiles);
        let listings: BTreeSet<_> = lead.listings().into_iter().collect();
        let had_tokens = index.iter().flat_map(|index| &index.tokens).filter_map(|text| read_token(text)).collect();
        let had_listings: BTreeSet<Listing> =
            index.iter().flat_map(|index| &index.listings).cloned().map(Listing::from).collect();

        let new = tokens.difference(&had_tokens).map(|token| self.token(token, id)).map(|key| {
            let item = TokenItem { revision: lead.revision };
            (key, item)
        });
        self.table().put_all(&new.collect::<Vec<_>>()).await?;
        let listed = listings.difference(&had_listings).map(|listing| self.list(&lead, listing, &place));
        futures::future::try_join_all(listed).await?;
        let gone = had_tokens.difference(&tokens).map(|token| self.token(token, id));
        let unlisted = had_listings.difference(&listings);
        let unlisted = unlisted.map(|listing| CrmKey::Listed(self.tenant, id, listing.clone()).into());
        let removed = gone.chain(unlisted).map(|key| self.remove_entry(key, lead.revision));
        futures::future::try_join_all(removed).await?;

        if tokens != had_tokens || listings != had_listings {
            let read = index.map(|index| index.revision);
            let update = Update::upsert::<IndexItem>(CrmKey::Index(self.tenant, id))
                .set(IndexItem::REVISION, &(read.unwrap_or_default() + 1))
                .set(IndexItem::TOKENS, &tokens.iter().map(write_token).collect::<Vec<_>>())
                .set(IndexItem::LISTINGS, &listings.into_iter().map(Entry::from).collect::<Vec<_>>())
                .when(Condition::is_still(IndexItem::REVISION, read.as_ref()));
            if let Conditional::Rejected(_) = self.table().update::<IndexItem>(update).await? {
                return Ok(false);
            }
        }
        if let Some(request) = request {
            let done = vec![Condition::is(ReindexItem::NUMBER, &request.number)];
            self.table().delete_when(CrmKey::Reindex(self.tenant, id), done).await?;
        }
        Ok(true)
    }

    /// Removes what is left of a lead that is gone: a worker may have written it from the lead as it was. False if one
    /// writes at the same time.
    async fn forget_index(
        self,
        id: LeadId,
        index: Option<IndexItem>,
        request: Option<ReindexItem>,
    ) -> Result<bool, StoreError> {
        if let Some(index) = index {
            let tokens = index.tokens.iter().filter_map(|text| read_token(text)).map(|token| self.token(&token, id));
            let listed = |entry| CrmKey::Listed(self.tenant, id, Listing::from(entry)).into();
            let entries: Vec<Key> = tokens.chain(index.listings.iter().cloned().map(listed)).collect();
            let removed = entries.into_iter().map(|key| self.table().delete(key));
            futures::future::try_join_all(removed).await?;
            let written = vec![Condition::is(IndexItem::REVISION, &index.revision)];
            self.table().delete_when(CrmKey::Index(self.tenant, id), written).await?;
            let left: Option<IndexItem> = self.table().get(CrmKey::Index(self.tenant, id), Read::Strong).await?;
            if left.is_some() {
                return Ok(false);
            }
        }
        if let Some(request) = request {
            let done = vec![Condition::is(ReindexItem::NUMBER, &request.number)];
            self.table().delete_when(CrmKey::Reindex(self.tenant, id), done).await?;
        }
        Ok(true)
    }

    /// The profiles of a lead's conversations.
    async fn profiles(self, lead: &Lead) -> Result<Vec<Profile>, StoreError> {
        let keys: Vec<_> = lead.conversations.iter().map(|id| InboxKey::Conversation(self.tenant, *id)).collect();
        let mut profiles = Vec::new();
        for found in self.table().get_all(&keys, Read::Strong).await? {
            if let Key::Inbox(InboxKey::Conversation(_, id)) = found.key {
                let item = found.read::<crate::inbox::conversations::ConversationItem>()?;
                profiles.extend(item.conversation(id).profile);
            }
        }
        Ok(profiles)
    }

    fn token(self, token: &SearchToken, lead: LeadId) -> Key {
        CrmKey::Token(self.tenant, token.clone(), lead).into()
    }

    /// Lets a lead stand in a list, at `place` if it is new there.
    async fn list(self, lead: &Lead, listing: &Listing, place: &str) -> Result<(), StoreError> {
        let update = Update::upsert::<ListedItem>(CrmKey::Listed(self.tenant, lead.id, listing.clone()))
            .set(ListedItem::REVISION, &lead.revision)
            .set(LIST, &List::LeadsIn(self.tenant, listing.clone()).pk())
            .set_once(RANK, place)
            .when(Condition::at_most(ListedItem::REVISION, &lead.revision));
        match self.table().update::<ListedItem>(update).await? {
            Conditional::Applied(_) | Conditional::Rejected(_) => Ok(()),
        }
    }

    /// Removes an entry or token that no later revision of its lead wrote.
    async fn remove_entry(self, key: Key, revision: u64) -> Result<(), StoreError> {
        self.table().delete_when(key, vec![Condition::at_most(TokenItem::REVISION, &revision)]).await
    }

    /// Moves a lead up to `place` in its lists besides that of its stage.
    pub(crate) async fn raise_listings(self, lead: &Lead, place: &str) -> Result<(), StoreError> {
        let raised = lead.listings().into_iter().map(|listing| async move {
            let update = Update::at(CrmKey::Listed(self.tenant, lead.id, listing)).set(RANK, place);
            let update = update.when(Condition::exists()).when(Condition::below(RANK, place));
            match self.table().update::<ListedItem>(update).await? {
                Conditional::Applied(_) | Conditional::Rejected(_) => Ok(()),
            }
        });
        futures::future::try_join_all(raised).await.map(|_: Vec<()>| ())
    }

    /// The leads of one owner, tag or source, newest message first, below the mark `below`.
    pub async fn list_leads_in(
        self,
        listing: &Listing,
        below: Option<&str>,
        limit: usize,
    ) -> Result<Page<ListedLead>, StoreError> {
        let mut page = self.leads_of(&[List::LeadsIn(self.tenant, listing.clone())], below, limit).await?;
        page.items.retain(|listed| listed.lead.listings().contains(listing));
        Ok(page)
    }

    /// The leads that were deleted, the newest first, below the mark `below`.
    pub async fn list_deleted_leads(self, below: Option<&str>, limit: usize) -> Result<Page<ListedLead>, StoreError> {
        let mut page = self.leads_of(&[List::DeletedLeads(self.tenant)], below, limit).await?;
        page.items.retain(|listed| listed.lead.deleted.is_some());
        Ok(page)
    }

    /// At most `most` leads that have, for each of `terms`, a token that begins like one of it. Of each beginning at most
    /// 1,000 tokens are read.
    pub async fn find_leads(self, terms: &[Vec<SearchToken>], most: usize) -> Result<Candidates, StoreError> {
        let found = terms.iter().map(|begins| self.leads_with(begins));
        let found = futures::future::try_join_all(found).await?;
        let mut has_more = false;
        let mut common: Option<BTreeSet<LeadId>> = None;
        for (leads, more) in found {
            has_more |= more;
            common = Some(match common {
                Some(common) => common.intersection(&leads).copied().collect(),
                None => leads,
            });
        }
        let leads = common.unwrap_or_default();
        has_more |= leads.len() > most;
        Ok(Candidates { leads: leads.into_iter().rev().take(most).collect(), has_more })
    }

    async fn leads_with(self, begins: &[SearchToken]) -> Result<(BTreeSet<LeadId>, bool), StoreError> {
        let mut leads = BTreeSet::new();
        let mut more = false;
        for token in begins {
            let (low, high) = tokens_range(token);
            let partition = Partition::Tokens(self.tenant, token.clone());
            let query = Query::partition(&partition).between(low, high).limit(MOST_READ);
            let (found, rest) = self.table().query(&query).await?;
            more |= rest.is_some();
            leads.extend(found.into_iter().filter_map(|item| match item.key {
                Key::Crm(CrmKey::Token(_, _, lead)) => Some(lead),
                _ => None,
            }));
        }
        Ok((leads, more))
    }
}

fn write_token(token: &SearchToken) -> String {
    match token {
        SearchToken::Word(text) => format!("w{text}"),
        SearchToken::Digits(text) => format!("d{text}"),
    }
}

fn read_token(text: &str) -> Option<SearchToken> {
    let word = text.strip_prefix('w').map(|word| SearchToken::Word(word.to_owned()));
    word.or_else(|| text.strip_prefix('d').map(|digits| SearchToken::Digits(digits.to_owned())))
}
