//! What the team writes into a lead's timeline, and the timeline itself.

use super::leads::{MOST_ROWS, active_user, hides, history, seen};
use crate::Deps;
use crate::app::App;
use crate::views::timeline::TimelineView;
use crate::views::{At, NoTime, PageView};
use crate::web::answers::Created;
use crate::web::auth::{Caller, Viewing};
use crate::web::body::JsonBody;
use crate::web::cursor::Cursors;
use crate::web::path::Id;
use crate::web::problem::{FieldError, Problem};
use crate::web::query::{Cursor, Limit, Query, Several, parameters};
use axum::Json;
use axum::extract::State;
use domain::activities::ActivityKind;
use domain::crm::timeline::{LONGEST_ACTIVITY, LONGEST_NOTE, MOST_MENTIONS, TimelineKind};
use domain::inbox::history::{Entry, Event, Line};
use domain::{HistoryId, LeadId, MessageId, TenantId, Text, Timestamp, UserId};
use schemars::JsonSchema;
use serde::Deserialize;

/// A note to write.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NoteBody {
    /// What the note says. Customers never see it.
    #[schemars(length(min = 1, max = LONGEST_NOTE))]
    text: Text,
    /// The users whom the note mentions.
    #[serde(default)]
    #[schemars(length(max = MOST_MENTIONS))]
    mentions: Vec<UserId>,
}

/// A call, email or meeting to log.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct ActivityBody {
    /// Whether it was a call, an email or a meeting.
    #[serde(rename = "type")]
    #[schemars(with = "ActivityKind")]
    kind: String,
    /// What it was about.
    #[schemars(length(min = 1, max = LONGEST_NOTE))]
    text: Option<Text>,
    /// When it took place. Defaults to now.
    #[schemars(with = "Option<At>")]
    at: Option<String>,
    /// How many minutes it took.
    #[schemars(range(min = 1, max = LONGEST_ACTIVITY))]
    minutes: Option<u32>,
}

parameters! {
    /// The part of a lead's timeline to return.
    TimelineQuery {
        /// Only entries of these kinds. Repeat the parameter, or separate kinds by commas. Defaults to all kinds.
        kind = "kind": Several<TimelineKind>,
        /// The page size.
        limit = "limit": Limit<50>,
        /// The `nextCursor` of the previous page.
        cursor = "cursor": Option<Cursor>,
    }
}

/// `GET /api/leads/{id}/timeline?kind=&limit=&cursor=`: List a lead's timeline. The newest entry comes first. A page may hold fewer
/// than `limit` entries and still have a `nextCursor`.
pub(crate) async fn list_timeline(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    Id(id): Id<LeadId>,
    Query(TimelineQuery { kind: Several(kinds), limit, cursor }): Query<TimelineQuery>,
) -> Result<Json<PageView<TimelineView>>, Problem> {
    let words: Vec<_> = kinds.iter().map(|kind| kind.as_str()).collect();
    let cursors = Cursors::for_list(&app, caller.tenant, format!("timeline {id} {}", words.join(",")));
    let mut before = cursors.message(cursor.as_ref(), "cursor")?;
    let (lead, conversations) = seen(&app, caller.tenant, &viewer, id).await?;
    let now = app.clock.now();
    let mut items = Vec::new();
    let mut rows = 0;
    loop {
        let (lines, next) = history(&app, caller.tenant, &lead, before, limit.0).await?;
        rows += limit.0;
        before = next;
        for (history, entry) in lines {
            let is_kind = kinds.is_empty() || kinds.contains(&TimelineKind::of_entry(&entry));
            if !is_kind || hides(&viewer, &conversations, history, &entry) {
                continue;
            }
            if items.len() == limit.0 {
                break;
            }
            before = if items.len() + 1 == limit.0 { Some(entry.id) } else { before };
            items.push(TimelineView::from_entry(&entry, history, now));
        }
        if items.len() == limit.0 || before.is_none() || rows >= MOST_ROWS {
            break;
        }
        before = next;
    }
    Ok(Json(PageView { items, next_cursor: before.map(|mark| cursors.sign(&mark.to_string())) }))
}

/// `POST /api/leads/{id}/notes` `{text, mentions}`: Write a note into a lead's timeline. Customers never see notes.
pub(crate) async fn create_note(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    Id(id): Id<LeadId>,
    JsonBody(body): JsonBody<NoteBody>,
) -> Result<Created<TimelineView>, Problem> {
    let text = written("text", &body.text, LONGEST_NOTE)?;
    if body.mentions.len() > MOST_MENTIONS {
        return Err(invalid("mentions", format!("Mention at most {MOST_MENTIONS} users.")));
    }
    seen(&app, caller.tenant, &viewer, id).await?;
    let mut mentions = body.mentions;
    mentions.sort_unstable();
    mentions.dedup();
    for user in &mentions {
        active_user(&app, caller.tenant, *user, "mentions").await?;
    }
    let note = Event::Note { text, mentions, by: caller.by };
    write(&app, caller.tenant, id, app.clock.now(), note).await
}

/// `POST /api/leads/{id}/activities` `{type, text, at, minutes}`: Log a call, an email or a meeting. It stands in the timeline at
/// the time when it took place.
pub(crate) async fn log_activity(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    Id(id): Id<LeadId>,
    JsonBody(body): JsonBody<ActivityBody>,
) -> Result<Created<TimelineView>, Problem> {
    let kind: ActivityKind =
        body.kind.parse().map_err(|error: domain::string_enum::UnknownVariant| invalid("type", error.to_string()))?;
    let text = body.text.as_ref().map(|text| written("text", text, LONGEST_NOTE)).transpose()?;
    if body.minutes.is_some_and(|minutes| !(1..=LONGEST_ACTIVITY).contains(&minutes)) {
        return Err(invalid("minutes", format!("Use a number from 1 to {LONGEST_ACTIVITY}.")));
    }
    let now = app.clock.now();
    let at = match body.at.as_deref() {
        Some(text) => time_of("at", text)?,
        None => now,
    };
    if at > now {
        return Err(invalid("at", "Use a time in the past. For something to be done, create a task.".to_owned()));
    }
    let (lead, _) = seen(&app, caller.tenant, &viewer, id).await?;
    let activity = Event::Activity { kind, text, minutes: body.minutes, by: caller.by };
    write(&app, caller.tenant, lead.id, at, activity).await
}

async fn write(
    deps: &Deps,
    tenant: TenantId,
    lead: LeadId,
    at: Timestamp,
    event: Event,
) -> Result<Created<TimelineView>, Problem> {
    let id = MessageId::at_moment(at, deps.random.u128());
    deps.store.tenant(tenant).write_line(lead, id, &event).await?;
    let entry = Entry { id, line: Line::Event(event) };
    Ok(Created(TimelineView::from_entry(&entry, HistoryId::for_lead(lead), deps.clock.now())))
}

/// A text that people wrote, without the space around it.
pub(super) fn written(field: &str, text: &Text, longest: usize) -> Result<Text, Problem> {
    let trimmed = text.as_str().trim();
    if text.is_blank() || trimmed.chars().count() > longest {
        return Err(invalid(field, format!("Use 1 to {longest} characters, at least one of them visible.")));
    }
    Ok(Text::new(trimmed))
}

pub(super) fn time_of(field: &str, text: &str) -> Result<Timestamp, Problem> {
    text.parse().map(|At(at)| at).map_err(|error: NoTime| invalid(field, error.to_string()))
}

pub(super) fn invalid(field: &str, detail: String) -> Problem {
    Problem::invalid(vec![FieldError::new(field, detail)])
}
