//! The audience of a campaign, read page by page, and what is known of its leads.

use crate::channels::channels::Channel;
use crate::table::keys::{CrmKey, Key, List};
use crate::table::query::{Index, Query};
use crate::{StoreError, TenantStore};
use domain::crm::leads::{Lead, Listing, Source};
use domain::inbox::consents::Consents;
use domain::inbox::conversations::Conversation;
use domain::outreach::campaign_decisions::Known;
use domain::outreach::campaigns::{Audience, CampaignPlan, Candidate, Exclusion, exclusion};
use domain::outreach::templates::Template;
use domain::stages::Stage;
use domain::{ConversationId, LeadId, Timestamp};
use std::collections::{BTreeMap, BTreeSet};

/// How many leads are read at a time.
const PAGE: usize = 100;

/// Where an audience goes on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AudiencePlace {
    /// Of several lists of leads, the one that is read; of leads that are named one by one, the page.
    pub list_number: u32,
    /// Where that list goes on.
    pub mark: Option<String>,
}

/// A page of an audience.
#[derive(Clone, Debug)]
pub struct AudiencePage {
    /// Its leads. Some may be of another audience by now.
    pub leads: Vec<LeadId>,
    /// Where the next page begins; none after the last.
    pub next: Option<AudiencePlace>,
}

/// What is known of some leads.
#[derive(Clone, Debug)]
pub struct AudienceFacts {
    leads: BTreeMap<LeadId, Lead>,
    conversations: BTreeMap<ConversationId, Conversation>,
    consents: BTreeMap<LeadId, Consents>,
    nothing: Consents,
}

impl TenantStore<'_> {
    /// A page of an audience, in which `named` are the leads that it names one by one. Of a list, those come first that were
    /// silent for longest: who moves up meanwhile is found again, and nobody is missed.
    pub async fn audience(
        self,
        audience: &Audience,
        named: &[LeadId],
        place: &AudiencePlace,
    ) -> Result<AudiencePage, StoreError> {
        let number = usize::try_from(place.list_number).unwrap_or(usize::MAX);
        let next_list = || AudiencePlace { list_number: place.list_number + 1, mark: None };
        let every_stage = || Stage::ALL.iter().map(|stage| List::Leads(self.tenant, *stage)).collect();
        let one = |listing| vec![List::LeadsIn(self.tenant, listing)];
        let lists: Vec<List> = match audience {
            Audience::Leads(_) => {
                let mut pages = named.chunks(PAGE).skip(number);
                let leads = pages.next().unwrap_or_default().to_vec();
                return Ok(AudiencePage { leads, next: pages.next().map(|_| next_list()) });
            }
            Audience::All | Audience::Source(Source::WhatsApp) => every_stage(),
            Audience::Stage(stage) => vec![List::Leads(self.tenant, *stage)],
            Audience::Tag(tag) => one(Listing::Tag(tag.clone())),
            Audience::Owner(owner) => one(Listing::Owner(*owner)),
            Audience::Source(source) => one(Listing::Source(*source)),
        };
        let Some(list) = lists.get(number) else { return Ok(AudiencePage { leads: Vec::new(), next: None }) };
        let query = Query::index(Index::Lists, list.pk()).limit(PAGE);
        let query = if let Some(mark) = &place.mark { query.above(mark.clone()) } else { query };
        let (found, more) = self.table().query(&query).await?;
        let mark = more.and_then(|_| found.last().and_then(|found| found.rank.clone()));
        let leads = found.into_iter().filter_map(|found| match found.key {
            Key::Crm(CrmKey::Lead(_, id) | CrmKey::Listed(_, id, _)) => Some(id),
            _ => None,
        });
        let next = match mark {
            Some(mark) => Some(AudiencePlace { mark: Some(mark), ..place.clone() }),
            None => (number + 1 < lists.len()).then(next_list),
        };
        Ok(AudiencePage { leads: leads.collect(), next })
    }

    /// What is known of `ids` on `channel`.
    pub async fn audience_facts(self, channel: &Channel, ids: &[LeadId]) -> Result<AudienceFacts, StoreError> {
        let leads: BTreeMap<_, _> = self.leads(ids).await?.into_iter().map(|lead| (lead.id, lead)).collect();
        let ids: Vec<_> = leads.keys().copied().collect();
        let here = |id: &ConversationId| id.channel == channel.id;
        let conversations: BTreeSet<_> =
            leads.values().flat_map(|lead| lead.conversations.iter().copied().filter(here)).collect();
        let conversations: Vec<_> = conversations.into_iter().collect();
        let both = futures::future::try_join(self.conversations(&conversations), self.consents_of(&ids));
        let (conversations, consents) = both.await?;
        let conversations = conversations.into_iter().map(|conversation| (conversation.id, conversation)).collect();
        Ok(AudienceFacts { leads, conversations, consents, nothing: Consents::default() })
    }
}

impl AudienceFacts {
    /// What is known of a lead; none if there is no such lead.
    #[must_use]
    pub fn known(&self, lead: LeadId) -> Option<Known<'_>> {
        let lead = self.leads.get(&lead)?;
        // Of several conversations, the one whose window closes last.
        let theirs = lead.conversations.iter().filter_map(|id| self.conversations.get(id));
        let conversation = theirs.max_by_key(|conversation| (conversation.window_until(), conversation.id));
        Some(Known { lead, conversation, consents: self.consents.get(&lead.id).unwrap_or(&self.nothing) })
    }

    /// Other leads that may be the same people as these.
    #[must_use]
    pub fn doubles(&self) -> Vec<LeadId> {
        let doubles: BTreeSet<_> = self.leads.values().flat_map(|lead| lead.possible_duplicates.clone()).collect();
        doubles.into_iter().collect()
    }

    /// The leads of `ids` that belong to the audience, each with why it gets no message. `taken` are those that are
    /// recipients already; the others are added.
    pub fn recipients(
        &self,
        plan: &CampaignPlan,
        template: &Template,
        ids: &[LeadId],
        taken: &mut BTreeSet<LeadId>,
        now: Timestamp,
    ) -> Vec<(LeadId, Option<Exclusion>)> {
        let mut all = Vec::with_capacity(ids.len());
        for known in ids.iter().filter_map(|id| self.known(*id)) {
            let Known { lead, conversation, consents } = known;
            if !plan.audience.contains(lead) {
                continue;
            }
            let is_duplicate = lead.possible_duplicates.iter().any(|other| taken.contains(other));
            let why = exclusion(plan, template, &Candidate { lead, conversation, consents, is_duplicate }, now);
            if why.is_none() {
                taken.insert(lead.id);
            }
            all.push((lead.id, why));
        }
        all
    }
}
