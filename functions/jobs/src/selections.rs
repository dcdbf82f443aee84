//! What a job is about, written down as a list of IDs before any of it is worked off.

use crate::long_jobs::{file, keep};
use crate::{Deps, JobError};
use domain::access::permissions::Permission;
use domain::access::visibility::Viewer;
use domain::crm::leads::Lead;
use domain::crm::long_jobs::LongJob;
use domain::crm::selections::{Selected, Selection, Whose};
use domain::inbox::conversations::Conversation;
use domain::{Actor, Assignee, ConversationId, LeadId, TenantId};
use std::collections::BTreeSet;

/// How many rows of lists one read takes.
const READ: usize = 1_000;

/// How many rows of lists one step takes.
const ROWS: usize = 20_000;

/// The largest list of IDs that is read: a million of them.
const LARGEST_LIST: u64 = 64 * 1024 * 1024;

/// As what the person or program that began the job looks now; none if they may no longer do what it does.
pub(crate) async fn viewer(
    deps: &Deps,
    tenant: TenantId,
    by: Actor,
    permission: Permission,
) -> Result<Option<Viewer>, JobError> {
    Ok(match by {
        Actor::User(id) => {
            let user = deps.store.tenant(tenant).user(id).await?;
            user.filter(|user| user.active && user.role.may(permission)).map(|user| user.viewer())
        }
        Actor::ApiKey(_) => Some(Viewer::program()),
        Actor::Operator(_) | Actor::Nobody => None,
    })
}

/// Goes on with the list of IDs. True once it is whole.
pub(crate) async fn select(
    deps: &Deps,
    tenant: TenantId,
    job: &LongJob,
    viewer: &Viewer,
    selection: &Selection,
    selected: &mut Selected,
) -> Result<bool, JobError> {
    if selected.list.is_some() {
        return Ok(true);
    }
    let (ids, next) = match selection {
        Selection::NamedLeads(ids) => (ids.iter().map(ToString::to_string).collect(), None),
        Selection::NamedConversations(ids) => (ids.iter().map(ToString::to_string).collect(), None),
        Selection::Leads(_) | Selection::Conversations(_) => walk(deps, tenant, viewer, selection, selected).await?,
    };
    let text: String = ids.iter().map(|id: &String| format!("{id}\n")).collect();
    let part = keep(deps, tenant, job.id, &job.part("ids"), text).await?;
    selected.parts.push(part);
    if let Some(next) = next {
        selected.walk = next;
        return Ok(false);
    }
    // What moved up during the walk was found twice.
    let mut all = BTreeSet::new();
    for part in &selected.parts {
        let bytes = file(deps, tenant, job.id, &part.name, LARGEST_LIST).await?.unwrap_or_default();
        all.extend(String::from_utf8_lossy(&bytes).lines().map(str::to_owned));
    }
    let whole: String = all.iter().map(|id| format!("{id}\n")).collect();
    let name = job.part("selected");
    keep(deps, tenant, job.id, &name, whole).await?;
    selected.list = Some(name);
    selected.total = Some(all.len());
    Ok(true)
}

type Ids = (Vec<String>, Option<domain::crm::selections::WalkMark>);

async fn walk(
    deps: &Deps,
    tenant: TenantId,
    viewer: &Viewer,
    selection: &Selection,
    selected: &Selected,
) -> Result<Ids, JobError> {
    let store = deps.store.tenant(tenant);
    let assignees = match selection {
        Selection::Conversations(filter) => match filter.assignee {
            Whose::Nobody => vec![None],
            Whose::User(user) => vec![Some(Assignee::User(user))],
            Whose::Anyone => {
                let users = store.users().await?.into_iter().map(|user| Some(Assignee::User(user.id)));
                users.chain([None]).collect()
            }
        },
        Selection::Leads(_) | Selection::NamedLeads(_) | Selection::NamedConversations(_) => Vec::new(),
    };
    let mut ids = Vec::new();
    let mut next = Some(selected.walk.clone());
    let mut rows = 0;
    while let Some(at) = next.clone().filter(|_| rows < ROWS) {
        rows += READ;
        next = match selection {
            Selection::Leads(filter) => {
                let walked = store.walk_leads(filter, &at, READ).await?;
                let seen = seen_leads(deps, tenant, viewer, walked.items).await?;
                ids.extend(seen.iter().map(|lead| lead.id.to_string()));
                walked.next
            }
            Selection::Conversations(filter) => {
                let walked = store.walk_conversations(filter, &assignees, &at, READ).await?;
                let seen = walked.items.iter().filter(|conversation| conversation.is_seen_by(viewer));
                ids.extend(seen.map(|conversation| conversation.id.to_string()));
                walked.next
            }
            Selection::NamedLeads(_) | Selection::NamedConversations(_) => None,
        };
    }
    Ok((ids, next))
}

/// Those of `leads` that the viewer sees: all, their own, and those of whom they see a conversation.
pub(crate) async fn seen_leads(
    deps: &Deps,
    tenant: TenantId,
    viewer: &Viewer,
    leads: Vec<Lead>,
) -> Result<Vec<Lead>, JobError> {
    if viewer.sees_everything() {
        return Ok(leads);
    }
    let ids: Vec<ConversationId> = leads.iter().flat_map(|lead| lead.conversations.iter().copied()).collect();
    let conversations = deps.store.tenant(tenant).conversations_now(&ids).await?;
    let seen: BTreeSet<LeadId> = conversations
        .iter()
        .filter(|conversation: &&Conversation| conversation.is_seen_by(viewer))
        .map(|conversation| conversation.lead)
        .collect();
    let owns =
        |lead: &Lead| lead.details.owner.is_some() && lead.details.owner.map(Assignee::User) == viewer.assignee();
    Ok(leads.into_iter().filter(|lead| owns(lead) || seen.contains(&lead.id)).collect())
}

/// The next IDs of the list, after the first `done`.
pub(crate) async fn ids<T: std::str::FromStr>(
    deps: &Deps,
    tenant: TenantId,
    job: &LongJob,
    selected: &Selected,
    done: usize,
    most: usize,
) -> Result<Vec<T>, JobError> {
    let Some(name) = &selected.list else { return Ok(Vec::new()) };
    let bytes = file(deps, tenant, job.id, name, LARGEST_LIST).await?.ok_or(blobs::BlobError::Missing)?;
    let text = String::from_utf8_lossy(&bytes);
    Ok(text.lines().skip(done).take(most).filter_map(|line| line.parse().ok()).collect())
}
