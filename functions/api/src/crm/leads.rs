//! Leads: listed by stage, owner, tag and source, and shown with their history.

use super::identities;
use crate::Deps;
use crate::app::App;
use crate::views::PageView;
use crate::views::gather::{MOST_COUNTED, unread};
use crate::views::leads::{LeadNames, LeadView};
use crate::views::media::Files;
use crate::views::messages::MessageView;
use crate::views::timeline::TimelineView;
use crate::web::answers::Versioned;
use crate::web::auth::{Caller, Viewing};
use crate::web::cursor::Cursors;
use crate::web::path::Id;
use crate::web::problem::{FieldError, Kind, Problem};
use crate::web::query::{Cursor, Limit, Query, Several, parameters};
use axum::Json;
use axum::extract::State;
use domain::access::visibility::Viewer;
use domain::crm::lead_details::Tag;
use domain::crm::lead_fields::LeadFields;
use domain::crm::leads::{Lead, Listing, Source};
use domain::crm::segments::{Filter, OwnerIs};
use domain::ids::InvalidId;
use domain::inbox::conversations::Conversation;
use domain::inbox::history::Entry;
use domain::stages::Stage;
use domain::{Assignee, ConversationId, HistoryId, LeadId, MessageId, TenantId, Timestamp, UserId};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Serialize;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::str::FromStr;
use store::crm::leads::ListedLead;
use store::table::page::Page;
use store::{StoreError, TenantStore};

/// How many leads are looked at for one page.
pub(super) const MOST_ROWS: usize = 1_000;

/// How many are read at once after the first.
const ROWS_AT_ONCE: usize = 100;

/// A lead with a page of its history.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "LeadWithHistory")]
pub(crate) struct LeadPage {
    #[serde(flatten)]
    lead: LeadView,
    /// Other leads that may be the same person.
    possible_duplicates: Vec<LeadId>,
    /// A page of the lead's messages, newest first.
    messages: Vec<MessageView>,
    /// The timeline of the same period, newest first.
    timeline: Vec<TimelineView>,
    /// The cursor for older messages and timeline entries. Null if there are none.
    messages_cursor: Option<String>,
}

parameters! {
    /// The leads to list.
    LeadsQuery {
        /// Only leads in these stages. Repeat the parameter, or separate stages by commas. Defaults to all stages.
        stage = "stage": Several<Stage>,
        /// Only leads of this owner: a user's ID, `me` for your own, or `none` for leads without an owner.
        owner = "owner": Option<AskedOwner>,
        /// Only leads with this tag.
        tag = "tag": Option<Tag>,
        /// Only leads from this source.
        source = "source": Option<Source>,
        /// Only the lead with this phone number, with country code, in any spelling. No other filter applies.
        phone = "phone": Option<String>,
        /// Only the lead with this WhatsApp user ID, parent user ID or phone number. No other filter applies.
        identity = "identity": Option<String>,
        /// Only leads for which this filter holds: the JSON of a segment's `filter`, such as `{"tag":["VIP"]}`.
        filter = "filter": Option<AskedFilter>,
        /// `true` for the leads that were deleted, the last deleted first. No other filter applies to them.
        deleted = "deleted": Option<bool>,
        /// The page size.
        limit = "limit": Limit<20>,
        /// The `nextCursor` of the previous page.
        cursor = "cursor": Option<Cursor>,
    }
}

parameters! {
    /// The part of a lead's history to return.
    HistoryQuery {
        /// The number of history entries to return.
        limit = "limit": Limit<50>,
        /// The `messagesCursor` of the previous page.
        messages_cursor = "messagesCursor": Option<Cursor>,
    }
}

/// The owner of the leads that are asked for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum AskedOwner {
    /// The caller.
    Me,
    /// Nobody.
    Nobody,
    /// A user.
    One(UserId),
}

impl FromStr for AskedOwner {
    type Err = InvalidId;

    fn from_str(text: &str) -> Result<Self, InvalidId> {
        match text {
            "me" => Ok(Self::Me),
            "none" => Ok(Self::Nobody),
            id => id.parse().map(Self::One),
        }
    }
}

impl JsonSchema for AskedOwner {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "AskedOwner".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let user = generator.subschema_for::<UserId>();
        json_schema!({ "anyOf": [{ "type": "string", "enum": ["me", "none"] }, user] })
    }
}

/// The longest filter in a query, in bytes. API Gateway takes 10 KB with all headers.
const LONGEST_FILTER: usize = 6_000;

/// A filter of leads, as JSON.
#[derive(Clone, Debug)]
pub(crate) struct AskedFilter(Filter);

impl FromStr for AskedFilter {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text.len() > LONGEST_FILTER {
            return Err(format!("Use at most {LONGEST_FILTER} bytes. Save a longer filter as a segment."));
        }
        let filter = serde_json::from_str(text);
        filter.map(Self).map_err(|error| domain::personal::without_found(&error.to_string()))
    }
}

impl JsonSchema for AskedFilter {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "AskedFilter".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "maxLength": LONGEST_FILTER, "examples": [r#"{"tag":["VIP"]}"#] })
    }
}

/// `GET /api/leads?stage=&owner=&tag=&source=&phone=&identity=&filter=&deleted=&limit=&cursor=`: List leads. The lead with the newest message comes
/// first. Filters may be combined. A page may hold fewer than `limit` leads and still have a `nextCursor`.
pub(crate) async fn list_leads(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    Query(query): Query<LeadsQuery>,
) -> Result<Json<PageView<LeadView>>, Problem> {
    if let Some(customer) = identities::asked(query.phone.as_deref(), query.identity.as_deref())? {
        let items = identities::found(&app, caller.tenant, &viewer, &customer).await?;
        return Ok(Json(PageView { items, next_cursor: None }));
    }
    let filter = LeadFilter::new(&query, &viewer)?;
    let (wanted, name) = match &query.filter {
        Some(AskedFilter(asked)) => {
            let fields = app.store.tenant(caller.tenant).lead_fields().await?;
            asked
                .check(&fields)
                .map_err(|error| Problem::field(Kind::InvalidParameter, "filter", error.to_string()))?;
            let both = filter.and(asked.clone())?;
            let name = format!("filter {}", serde_json::to_string(&both).unwrap_or_default());
            (Wanted::Filter(both), name)
        }
        None => {
            let name = filter.name();
            (Wanted::Lists(filter), name)
        }
    };
    let cursors = Cursors::for_list(&app, caller.tenant, format!("leads {name}"));
    let below = cursors.mark(query.cursor.as_ref(), "cursor")?;
    let (items, next) = page(&app, caller.tenant, &viewer, &wanted, below, query.limit.0).await?;
    Ok(Json(PageView { items, next_cursor: next.map(|mark| cursors.sign(&mark)) }))
}

/// The leads that are asked for. One of the filters names the list that is read; the others are checked on what is read.
#[derive(Debug)]
pub(super) struct LeadFilter {
    stages: Vec<Stage>,
    all_stages: bool,
    owner: Option<Option<UserId>>,
    tag: Option<Tag>,
    source: Option<Source>,
    deleted: bool,
}

impl LeadFilter {
    fn new(query: &LeadsQuery, viewer: &Viewer) -> Result<Self, Problem> {
        let LeadsQuery { stage: Several(asked), owner, tag, source, deleted, .. } = query;
        let wanted = |stage: &&Stage| asked.is_empty() || asked.contains(stage);
        let own = || match viewer.assignee() {
            Some(Assignee::User(id)) => Ok(id),
            None => Err(Problem::field(Kind::InvalidParameter, "owner", "An API key owns no leads. Send a user's ID.")),
        };
        let owner = match owner {
            Some(AskedOwner::Me) => Some(Some(own()?)),
            Some(AskedOwner::One(id)) => Some(Some(*id)),
            Some(AskedOwner::Nobody) => Some(None),
            None => None,
        };
        Ok(Self {
            stages: Stage::ALL.iter().filter(wanted).copied().collect(),
            all_stages: asked.is_empty(),
            owner,
            tag: tag.clone(),
            source: *source,
            deleted: *deleted == Some(true),
        })
    }

    /// This filter and another one.
    fn and(self, other: Filter) -> Result<Filter, Problem> {
        if self.deleted {
            let detail = "A filter does not apply to deleted leads. Leave out one of the two.";
            return Err(Problem::field(Kind::InvalidParameter, "filter", detail));
        }
        let stages = (!self.all_stages).then_some(Filter::Stage(self.stages));
        let owner = self.owner.map(|owner| Filter::Owner(vec![OwnerIs(owner)]));
        let tag = self.tag.map(|tag| Filter::Tag(vec![tag]));
        let source = self.source.map(|source| Filter::Source(vec![source]));
        Ok(Filter::All([stages, owner, tag, source, Some(other)].into_iter().flatten().collect()))
    }

    /// The filter as the name of its list, to which cursors belong.
    fn name(&self) -> String {
        let stages: Vec<_> = self.stages.iter().map(|stage| stage.as_str()).collect();
        let owner = self.owner.map(|owner| owner.map_or_else(|| "none".to_owned(), |id| id.to_string()));
        let tag = self.tag.as_ref().map(Tag::key);
        let source = self.source.map(Source::as_str);
        format!("{} {owner:?} {tag:?} {source:?} {}", stages.join(","), self.deleted)
    }

    /// The list besides that of a stage which holds what is asked for: the smallest is likely that of a tag.
    fn listing(&self) -> Option<Listing> {
        let tag = self.tag.clone().map(Listing::Tag);
        let owner = self.owner.flatten().map(Listing::Owner);
        let source = self.source.filter(|source| *source != Source::WhatsApp && self.all_stages);
        tag.or(owner).or_else(|| source.map(Listing::Source))
    }

    fn wants(&self, lead: &Lead) -> bool {
        if self.deleted {
            return lead.deleted.is_some();
        }
        lead.deleted.is_none()
            && self.stages.contains(&lead.stage)
            && self.owner.is_none_or(|owner| lead.details.owner == owner)
            && self.tag.as_ref().is_none_or(|tag| lead.details.tags.contains(tag))
            && self.source.is_none_or(|source| lead.source == source)
    }

    async fn read(
        &self,
        store: TenantStore<'_>,
        below: Option<&str>,
        limit: usize,
    ) -> Result<Page<ListedLead>, StoreError> {
        match self.listing() {
            _ if self.deleted => store.list_deleted_leads(below, limit).await,
            Some(listing) => store.list_leads_in(&listing, below, limit).await,
            None => store.list_leads(&self.stages, below, limit).await,
        }
    }
}

/// The leads of a list.
#[derive(Debug)]
pub(super) enum Wanted {
    /// By the parameters of the list.
    Lists(LeadFilter),
    /// By a tree of conditions.
    Filter(Filter),
}

impl Wanted {
    /// A page of `rows` rows, with those of them that are wanted.
    async fn read(
        &self,
        store: TenantStore<'_>,
        below: Option<&str>,
        rows: usize,
        now: Timestamp,
    ) -> Result<Page<ListedLead>, StoreError> {
        match self {
            Self::Lists(filter) => {
                let mut page = filter.read(store, below, rows).await?;
                page.items.retain(|listed| filter.wants(&listed.lead));
                Ok(page)
            }
            Self::Filter(filter) => store.filter_leads(filter, below, rows, now).await,
        }
    }
}

/// `GET /api/leads/{id}?limit=&messagesCursor=`: Get a lead with a page of its messages and timeline. The newest come
/// first.
pub(crate) async fn get_lead(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    Id(id): Id<LeadId>,
    Query(HistoryQuery { limit, messages_cursor }): Query<HistoryQuery>,
) -> Result<Versioned<LeadPage>, Problem> {
    let cursors = Cursors::for_list(&app, caller.tenant, format!("history {id}"));
    let before = cursors.message(messages_cursor.as_ref(), "messagesCursor")?;
    let (lead, conversations) = seen(&app, caller.tenant, &viewer, id).await?;
    let (mut lines, next) = history(&app, caller.tenant, &lead, before, limit.0).await?;
    lines.retain(|(history, entry)| !hides(&viewer, &conversations, *history, entry));
    let now = app.clock.now();
    let timeline = lines.iter().map(|(history, entry)| TimelineView::from_entry(entry, *history, now)).collect();
    let files = Files::read(&app.store, caller.tenant, lines.iter().map(|(history, entry)| (*history, entry))).await?;
    let links = app.links(caller);
    let messages = lines.into_iter();
    let messages =
        messages.filter_map(|(history, entry)| MessageView::with_file(entry, history, &files, &links)).collect();
    let possible_duplicates = lead.possible_duplicates.clone();
    let messages_cursor = next.map(|mark| cursors.sign(&mark.to_string()));
    let lead = view(&app, caller.tenant, &viewer, &lead).await?;
    let revision = lead.revision();
    let body = LeadPage { lead, possible_duplicates, messages, timeline, messages_cursor };
    Ok(Versioned { revision, body })
}

/// The lines of all histories of the lead, merged, newest first; and below which line more lie.
pub(super) async fn history(
    deps: &Deps,
    tenant: TenantId,
    lead: &Lead,
    before: Option<MessageId>,
    limit: usize,
) -> Result<(Vec<(HistoryId, Entry)>, Option<MessageId>), Problem> {
    let mut lines = Vec::new();
    let mut oldest = None;
    for history in lead.histories() {
        let page = deps.store.tenant(tenant).history(history, before, limit).await?;
        // Below the end of a page that goes on, lines of its history are missing.
        oldest = oldest.max(page.next.and_then(|next| next.parse::<MessageId>().ok()));
        lines.extend(page.items.into_iter().map(|entry| (history, entry)));
    }
    lines.sort_by_key(|(_, entry)| std::cmp::Reverse(entry.id));
    let more = oldest.is_some() || lines.len() > limit;
    lines.retain(|(_, entry)| oldest.is_none_or(|oldest| entry.id >= oldest));
    lines.truncate(limit);
    let next = lines.last().filter(|_| more).map(|(_, entry)| entry.id);
    Ok((lines, next))
}

/// The lead, with those of its conversations that the viewer sees; there is at least one, unless they own the lead or see
/// everything. A lead that they do not see, or that was deleted, is not found. For a lead that was merged into another,
/// that one stands.
pub(super) async fn seen(
    deps: &Deps,
    tenant: TenantId,
    viewer: &Viewer,
    id: LeadId,
) -> Result<(Lead, Vec<Conversation>), Problem> {
    let missing = || Problem::not_found("lead");
    let lead = deps.store.tenant(tenant).current_lead(id).await?.ok_or_else(missing)?;
    if lead.deleted.is_some() {
        return Err(missing());
    }
    if viewer.sees_everything() {
        return Ok((lead, Vec::new()));
    }
    let mut conversations = deps.store.tenant(tenant).conversations(&lead.conversations).await?;
    conversations.retain(|conversation| conversation.is_seen_by(viewer));
    if conversations.is_empty() && !owns(viewer, &lead) { Err(missing()) } else { Ok((lead, conversations)) }
}

/// Whether an entry is about a conversation that the viewer does not see. `conversations` are those that they see.
pub(super) fn hides(viewer: &Viewer, conversations: &[Conversation], history: HistoryId, entry: &Entry) -> bool {
    let is_seen = |id| conversations.iter().any(|conversation| conversation.id == id);
    !viewer.sees_everything() && entry.about(history).is_some_and(|id| !is_seen(id))
}

/// Refuses somebody who is no active user of the business.
pub(super) async fn active_user(deps: &Deps, tenant: TenantId, id: UserId, field: &str) -> Result<(), Problem> {
    let user = deps.store.tenant(tenant).user(id).await?;
    if user.is_some_and(|user| user.active) {
        return Ok(());
    }
    let detail = "There is no active user with this ID. Choose another user.";
    Err(Problem::invalid(vec![FieldError::new(field, detail)]))
}

/// Whether the viewer is the lead's owner.
fn owns(viewer: &Viewer, lead: &Lead) -> bool {
    lead.details.owner.is_some() && lead.details.owner.map(Assignee::User) == viewer.assignee()
}

/// A page of the leads that the viewer sees and that are wanted, and where the next one begins. It looks at 1,000 leads
/// at most.
pub(super) async fn page(
    deps: &Deps,
    tenant: TenantId,
    viewer: &Viewer,
    wanted: &Wanted,
    below: Option<String>,
    limit: usize,
) -> Result<(Vec<LeadView>, Option<String>), Problem> {
    let mut items = Vec::with_capacity(limit);
    let mut below = below;
    let mut rows = 0;
    let mut many = limit;
    loop {
        let page = wanted.read(deps.store.tenant(tenant), below.as_deref(), many, deps.clock.now()).await?;
        rows += many;
        below = page.next;
        let leads: Vec<_> = page.items.iter().map(|listed| listed.lead.clone()).collect();
        let mut found = views(deps, tenant, viewer, &leads).await?;
        if items.len() + found.len() > limit {
            found.truncate(limit - items.len());
            let last = found.last().and_then(|view| page.items.iter().find(|listed| listed.lead.id == view.id()));
            below = last.map(|listed| listed.mark.clone());
        }
        items.append(&mut found);
        if below.is_none() || items.len() >= limit || rows >= MOST_ROWS {
            return Ok((items, below));
        }
        many = ROWS_AT_ONCE;
    }
}

/// The view of a lead that the viewer has read or written. It is also shown to somebody who has just handed it over.
pub(super) async fn view(deps: &Deps, tenant: TenantId, viewer: &Viewer, lead: &Lead) -> Result<LeadView, Problem> {
    let mut views = all_views(deps, tenant, viewer, std::slice::from_ref(lead)).await?;
    views.pop().map(|(view, _)| view).ok_or_else(|| Problem::not_found("lead"))
}

/// The views of those leads that the viewer sees, by those of their conversations that the viewer sees.
pub(super) async fn views(
    deps: &Deps,
    tenant: TenantId,
    viewer: &Viewer,
    leads: &[Lead],
) -> Result<Vec<LeadView>, Problem> {
    let views = all_views(deps, tenant, viewer, leads).await?;
    Ok(views.into_iter().filter_map(|(view, is_seen)| is_seen.then_some(view)).collect())
}

/// The view of each lead, by those of its conversations that the viewer sees, and whether the viewer sees the lead.
async fn all_views(
    deps: &Deps,
    tenant: TenantId,
    viewer: &Viewer,
    leads: &[Lead],
) -> Result<Vec<(LeadView, bool)>, Problem> {
    let conversations: BTreeSet<ConversationId> =
        leads.iter().flat_map(|lead| lead.conversations.iter().copied()).collect();
    let conversations: Vec<_> = conversations.into_iter().collect();
    let mut conversations = deps.store.tenant(tenant).conversations(&conversations).await?;
    conversations.retain(|conversation| conversation.is_seen_by(viewer));
    let unread = unread(&deps.store, tenant, &conversations).await?;
    let names = LeadNames { masks_phones: viewer.masks_phones() };
    // Only a lead with values asks for the definitions.
    let has_values = leads.iter().any(|lead| !lead.details.fields.is_empty());
    let fields = if has_values { deps.store.tenant(tenant).lead_fields().await? } else { LeadFields::default() };
    let of_lead = |lead: &Lead| {
        let own: Vec<&Conversation> =
            conversations.iter().filter(|conversation| lead.conversations.contains(&conversation.id)).collect();
        let count = own.iter().filter_map(|conversation| unread.get(&conversation.id)).sum::<usize>();
        let is_seen = viewer.sees_everything() || !own.is_empty() || owns(viewer, lead);
        (LeadView::new(lead, &own, count.min(MOST_COUNTED), names, &fields), is_seen)
    };
    Ok(leads.iter().map(of_lead).collect())
}
