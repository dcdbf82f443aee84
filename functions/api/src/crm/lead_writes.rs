//! Leads: create, change, delete and restore. Each is recorded in the lead's timeline and in the audit log.

use super::lead_body::{LeadBody, WholeBody};
use super::leads::{active_user, seen, view};
use crate::Deps;
use crate::app::App;
use crate::views::leads::LeadView;
use crate::web::answers::{Done, Versioned};
use crate::web::audit::entry;
use crate::web::auth::{Caller, Viewing};
use crate::web::body::JsonBody;
use crate::web::idempotency_key::IdempotencyKey;
use crate::web::if_match::{IfMatch, changed_meanwhile};
use crate::web::path::Id;
use crate::web::problem::{FieldError, Kind, Problem};
use axum::extract::State;
use domain::access::audit::Action;
use domain::access::visibility::Viewer;
use domain::crm::lead_changes::{LeadChange, LeadField, LeadRefused};
use domain::crm::lead_fields::{FieldValue, LeadFields};
use domain::crm::leads::{Lead, Source};
use domain::stages::Stage;
use domain::{Assignee, LeadId, MessageId, digest};
use store::crm::lead_changes::{LeadAuthor, LeadRequest, LeadWrite, Restorer};

/// How often a change is made again when somebody else was faster.
const MOST_RACES: usize = 8;

/// `POST /api/leads` `{name, phone, email, stage, source, tags, ownerId, value, currency, fields}`: Create a lead. It needs a name, a
/// phone number or an email address. The stage defaults to `New` and the source to `Other`. If a lead has the phone number
/// or the email address already, the answer is 409 and names that lead.
pub(crate) async fn create_lead(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    IdempotencyKey(key): IdempotencyKey,
    JsonBody(body): JsonBody<LeadBody>,
) -> Result<Versioned<LeadView, 201>, Problem> {
    let fields = fields_for(&app, caller, &body).await?;
    let change = body.change(&fields)?;
    let now = app.clock.now();
    let store = app.store.tenant(caller.tenant);
    let mut id = LeadId::from_parts(now, app.random.u128());
    if let Some(key) = key {
        let content = digest::hex(&["new lead", &format!("{:?}", unmasked(&change))]);
        let request = LeadRequest { content: content.clone(), lead: id };
        let known = store.remember_lead_request(&digest::hex(&["leads", &key]), &request, now).await?;
        if known.content != content {
            let detail = "This idempotency key was used for another lead. Use a new key for each lead.";
            return Err(Problem::new(Kind::KeyReused, detail));
        }
        id = known.lead;
        if let Some(lead) = store.lead(id).await? {
            return shown(&app, caller, &viewer, &lead).await;
        }
    }
    let blank = Lead::new(id, Stage::New, Source::Other, now);
    let mut lead = change.apply(&blank, now).map_err(refused)?;
    lead.revision = 1;
    if !viewer.sees_everything() && lead.details.owner.is_none() {
        // Nobody makes a lead that they cannot see.
        lead.details.owner = viewer.assignee().map(|Assignee::User(id)| id);
    }
    owner_is_there(&app, caller, &blank, &lead).await?;
    let entry = entry(&app, caller.by, Action::LeadCreated, &id.to_string(), &format!("in {}", lead.stage));
    match store.create_lead(&lead, author(&app, caller, &entry)).await? {
        LeadWrite::Done => shown(&app, caller, &viewer, &lead).await,
        LeadWrite::Stale => Err(store::StoreError::Conflict.into()),
        LeadWrite::Taken { lead, field } => Err(taken(&app, caller, &viewer, lead, field).await?),
    }
}

/// `PATCH /api/leads/{id}` `{name, phone, email, stage, source, tags, ownerId, value, currency, lostReason, fields}`:
/// Update a lead.
/// Omitted fields stay as they are; null removes a value. With `If-Match`, the change is refused if another client changed the
/// lead first.
pub(crate) async fn update_lead(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    Id(id): Id<LeadId>,
    if_match: IfMatch,
    JsonBody(body): JsonBody<LeadBody>,
) -> Result<Versioned<LeadView>, Problem> {
    let fields = fields_for(&app, caller, &body).await?;
    let change = body.change(&fields)?;
    changed(&app, caller, &viewer, id, if_match, |_| Ok(change.clone())).await
}

/// `PUT /api/leads/{id}`: Update a lead by sending it back as `GET` returned it, with changes. Fields may be left out. A changed
/// read-only field is rejected by name.
pub(crate) async fn replace_lead(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    Id(id): Id<LeadId>,
    IfMatch(if_match): IfMatch,
    JsonBody(body): JsonBody<WholeBody>,
) -> Result<Versioned<LeadView>, Problem> {
    let (lead, _) = seen(&app, caller.tenant, &viewer, id).await?;
    let if_match = IfMatch(if_match.or_else(|| body.revision()));
    if_match.admits(lead.revision)?;
    let current = view(&app, caller.tenant, &viewer, &lead).await?;
    let body = body.changes(&current)?;
    let fields = fields_for(&app, caller, &body).await?;
    let change = body.change(&fields)?;
    changed(&app, caller, &viewer, id, if_match, |_| Ok(change.clone())).await
}

/// `DELETE /api/leads/{id}`: Delete a lead with its conversations, messages and timeline. It can be restored for 30 days. A new
/// message from the customer restores it too.
pub(crate) async fn delete_lead(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    Id(id): Id<LeadId>,
    if_match: IfMatch,
) -> Result<Done, Problem> {
    for _ in 0..MOST_RACES {
        let (lead, _) = seen(&app, caller.tenant, &viewer, id).await?;
        if_match.admits(lead.revision)?;
        let entry = entry(&app, caller.by, Action::LeadDeleted, &id.to_string(), &format!("from {}", lead.stage));
        let line = line(&app);
        if app.store.tenant(caller.tenant).delete_lead(&lead, caller.by, line, &entry).await? {
            return Ok(Done);
        }
    }
    Err(store::StoreError::Conflict.into())
}

/// `POST /api/leads/{id}/restore`: Restore a lead that was deleted within the last 30 days. A lead that was not deleted stays as
/// it is.
pub(crate) async fn restore_lead(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    Id(id): Id<LeadId>,
) -> Result<Versioned<LeadView>, Problem> {
    let store = app.store.tenant(caller.tenant);
    for _ in 0..MOST_RACES {
        let now = app.clock.now();
        let lead = store.current_lead(id).await?.ok_or_else(|| Problem::not_found("lead"))?;
        if lead.deleted.is_none() {
            let (lead, _) = seen(&app, caller.tenant, &viewer, id).await?;
            return shown(&app, caller, &viewer, &lead).await;
        }
        if !lead.may_be_restored(now) {
            let detail = "The lead was deleted more than 30 days ago. Create a new lead.";
            return Err(Problem::new(Kind::Conflict, detail));
        }
        let entry = entry(&app, caller.by, Action::LeadRestored, &id.to_string(), &format!("to {}", lead.stage));
        store.restore_lead(&lead, Restorer::Caller(caller.by, &entry), line(&app), now).await?;
    }
    Err(store::StoreError::Conflict.into())
}

/// Makes a change to the lead as it stands, again if somebody else was faster and the caller did not name a revision.
async fn changed(
    deps: &Deps,
    caller: Caller,
    viewer: &Viewer,
    id: LeadId,
    if_match: IfMatch,
    change: impl Fn(&Lead) -> Result<LeadChange, Problem>,
) -> Result<Versioned<LeadView>, Problem> {
    let store = deps.store.tenant(caller.tenant);
    for _ in 0..MOST_RACES {
        let (before, _) = seen(deps, caller.tenant, viewer, id).await?;
        if_match.admits(before.revision)?;
        let after = change(&before)?.apply(&before, deps.clock.now()).map_err(refused)?;
        if after == before {
            return shown(deps, caller, viewer, &before).await;
        }
        owner_is_there(deps, caller, &before, &after).await?;
        if before.stage != after.stage {
            required_are_there(deps, caller, &after).await?;
        }
        let fields: Vec<_> = before.changed_fields(&after).iter().map(|field| field.as_str()).collect();
        let (action, detail) = if fields == [LeadField::Stage.as_str()] {
            (Action::StageMoved, format!("to {}", after.stage))
        } else {
            (Action::LeadChanged, fields.join(", "))
        };
        let entry = entry(deps, caller.by, action, &id.to_string(), &detail);
        match store.change_lead(&before, &after, author(deps, caller, &entry)).await? {
            LeadWrite::Done => return shown(deps, caller, viewer, &after).await,
            LeadWrite::Stale if if_match.0.is_some() => return Err(changed_meanwhile()),
            LeadWrite::Stale => {}
            LeadWrite::Taken { lead, field } => return Err(taken(deps, caller, viewer, lead, field).await?),
        }
    }
    Err(store::StoreError::Conflict.into())
}

/// The custom fields, if the body gives values to some.
async fn fields_for(deps: &Deps, caller: Caller, body: &LeadBody) -> Result<LeadFields, Problem> {
    if body.has_fields() {
        Ok(deps.store.tenant(caller.tenant).lead_fields().await?)
    } else {
        Ok(LeadFields::default())
    }
}

/// Refuses a move to a stage at which the business requires fields that have no value.
async fn required_are_there(deps: &Deps, caller: Caller, after: &Lead) -> Result<(), Problem> {
    let fields = deps.store.tenant(caller.tenant).lead_fields().await?;
    let missing = fields.missing(after.stage, &after.details.fields).map(|field| {
        let detail = format!("The stage {} requires {}. Send a value too.", after.stage, field.name);
        FieldError::new(format!("fields.{}", field.key), detail)
    });
    let missing: Vec<_> = missing.collect();
    if missing.is_empty() { Ok(()) } else { Err(Problem::invalid(missing)) }
}

fn author<'a>(deps: &Deps, caller: Caller, entry: &'a domain::access::audit::Entry) -> LeadAuthor<'a> {
    LeadAuthor { by: caller.by, line: line(deps), stage_line: line(deps), entry: Some(entry) }
}

/// The ID of a line of the history that is written now.
fn line(deps: &Deps) -> MessageId {
    MessageId::at_moment(deps.clock.now(), deps.random.u128())
}

async fn shown<const STATUS: u16>(
    deps: &Deps,
    caller: Caller,
    viewer: &Viewer,
    lead: &Lead,
) -> Result<Versioned<LeadView, STATUS>, Problem> {
    let body = view(deps, caller.tenant, viewer, lead).await?;
    Ok(Versioned { revision: lead.revision, body })
}

fn refused(refused: LeadRefused) -> Problem {
    Problem::invalid(vec![FieldError::new(refused.field().as_str(), refused.to_string())])
}

/// Refuses an owner who is no user of the business, or is deactivated.
async fn owner_is_there(deps: &Deps, caller: Caller, before: &Lead, after: &Lead) -> Result<(), Problem> {
    let Some(owner) = after.details.owner.filter(|owner| Some(*owner) != before.details.owner) else { return Ok(()) };
    active_user(deps, caller.tenant, owner, LeadField::Owner.as_str()).await
}

/// Another lead has the phone or the email address. It is named to those who see it.
async fn taken(
    deps: &Deps,
    caller: Caller,
    viewer: &Viewer,
    other: LeadId,
    field: LeadField,
) -> Result<Problem, Problem> {
    let what = match field {
        LeadField::EmailAddress => "email address",
        LeadField::Phone
        | LeadField::Name
        | LeadField::Stage
        | LeadField::Source
        | LeadField::Tags
        | LeadField::Owner
        | LeadField::Value
        | LeadField::Currency
        | LeadField::LostReason
        | LeadField::Fields => "phone number",
    };
    let lead = deps.store.tenant(caller.tenant).lead(other).await?;
    let is_deleted = lead.as_ref().is_some_and(|lead| lead.deleted.is_some());
    let is_seen = seen(deps, caller.tenant, viewer, other).await.is_ok();
    let next = match (is_deleted, is_seen) {
        (true, _) => "It was deleted. Restore it, or use another one.",
        (false, true) => "Open that lead, or use another one.",
        (false, false) => "You cannot see that lead. Ask an owner or admin.",
    };
    let detail = format!("A lead with this {what} exists. {next}");
    let id = (is_seen || is_deleted).then_some(other);
    Ok(Problem::field(Kind::LeadExists, field.as_str(), detail).with_lead(id))
}

/// The change as text for a digest: names and addresses mask themselves in Debug, and would all be one.
fn unmasked(change: &LeadChange) -> String {
    let text = |text: &Option<Option<domain::Text>>| {
        format!("{:?}", text.as_ref().map(|text| text.as_ref().map(domain::Text::as_str)))
    };
    let email = change.email.as_ref().map(|email| email.as_ref().map(|email| email.as_str().to_owned()));
    let phone = change.phone.as_ref().map(|phone| phone.as_ref().map(domain::Phone::e164));
    let tags: Option<Vec<_>> =
        change.tags.as_ref().map(|tags| tags.iter().map(domain::crm::lead_details::Tag::as_str).collect());
    let value = |value: &FieldValue| serde_json::to_string(value).unwrap_or_default();
    let fields: Vec<_> = change.fields.iter().map(|(key, given)| (key.as_str(), given.as_ref().map(value))).collect();
    let LeadChange { stage, source, owner, amount, currency, .. } = change;
    let name = text(&change.name);
    let reason = text(&change.lost_reason);
    format!(
        "{name} {phone:?} {email:?} {stage:?} {source:?} {tags:?} {owner:?} {amount:?} {currency:?} {reason} {fields:?}"
    )
}
