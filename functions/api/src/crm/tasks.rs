//! Tasks of leads: create, change, delete and list.

use super::leads::{AskedOwner, active_user, seen, views};
use super::notes::{time_of, written};
use crate::Deps;
use crate::app::App;
use crate::views::{At, PageView};
use crate::web::answers::{Created, Done};
use crate::web::auth::{Caller, Viewing};
use crate::web::body::{JsonBody, given};
use crate::web::cursor::Cursors;
use crate::web::openapi::describe::{Input, Operation};
use crate::web::openapi::schemas::Schemas;
use crate::web::path::Id;
use crate::web::problem::{Kind, Problem};
use crate::web::query::{Cursor, Limit, Query, parameters};
use axum::Json;
use axum::extract::{FromRequestParts, Path, State};
use axum::http::request::Parts;
use domain::crm::tasks::{LONGEST_TASK, MOST_TASKS, Task, TaskChange};
use domain::ids::TaskId;
use domain::{Actor, Assignee, LeadId, MessageId, Text, UserId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// How often a change is made again when somebody else was faster.
const MOST_RACES: usize = 8;

/// A task of a lead.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "Task")]
pub(crate) struct TaskView {
    /// The task's ID.
    id: TaskId,
    /// The lead's ID.
    lead_id: LeadId,
    /// The lead's name. Null if the caller cannot see the lead.
    lead_name: Option<Text>,
    /// What is to be done.
    text: Text,
    /// When it is to be done. Null if any time will do.
    due_at: Option<At>,
    /// When the assignee is reminded. Null if no reminder is to come.
    remind_at: Option<At>,
    /// Who does it. Null if the task is unassigned.
    assignee_id: Option<UserId>,
    /// When it was done. Null while it is open.
    done_at: Option<At>,
    /// Who marked it as done. Null while it is open.
    done_by: Option<Actor>,
    /// Who created the task.
    by: Actor,
    /// When the task was created.
    created_at: At,
}

impl TaskView {
    fn new(task: Task, lead_name: Option<Text>) -> Self {
        Self {
            id: task.id,
            lead_id: task.lead,
            lead_name,
            text: task.text,
            due_at: task.due.map(At),
            remind_at: task.remind.map(At),
            assignee_id: task.assignee,
            done_at: task.done.map(|(at, _)| At(at)),
            done_by: task.done.map(|(_, by)| by),
            by: task.by,
            created_at: At(task.id.at()),
        }
    }
}

/// A task to create.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct NewTaskBody {
    /// What is to be done.
    #[schemars(length(min = 1, max = LONGEST_TASK))]
    text: Text,
    /// When it is to be done.
    #[schemars(with = "Option<At>")]
    due_at: Option<String>,
    /// When the assignee is reminded. Defaults to `dueAt`; null for no reminder.
    #[serde(default, deserialize_with = "given")]
    #[schemars(with = "Option<At>")]
    remind_at: Option<Option<String>>,
    /// Who does it. Defaults to the caller; null leaves the task unassigned.
    #[serde(default, deserialize_with = "given")]
    #[schemars(with = "Option<UserId>")]
    assignee_id: Option<Option<UserId>>,
}

/// A change of a task. Omitted fields stay as they are; null removes a value.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct TaskBody {
    /// What is to be done.
    #[schemars(length(min = 1, max = LONGEST_TASK))]
    text: Option<Text>,
    /// When it is to be done.
    #[serde(default, deserialize_with = "given")]
    #[schemars(with = "Option<At>")]
    due_at: Option<Option<String>>,
    /// When the assignee is reminded.
    #[serde(default, deserialize_with = "given")]
    #[schemars(with = "Option<At>")]
    remind_at: Option<Option<String>>,
    /// Who does it.
    #[serde(default, deserialize_with = "given")]
    #[schemars(with = "Option<UserId>")]
    assignee_id: Option<Option<UserId>>,
    /// Whether it is done.
    done: Option<bool>,
}

/// The lead and the task in the path.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TaskPath {
    lead: LeadId,
    task: TaskId,
}

impl<S: Send + Sync> FromRequestParts<S> for TaskPath {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let ids = Path::<(String, String)>::from_request_parts(parts, state).await.ok();
        let read = ids.and_then(|Path((lead, task))| Some(Self { lead: lead.parse().ok()?, task: task.parse().ok()? }));
        read.ok_or_else(|| Problem::not_found("task"))
    }
}

impl Input for TaskPath {
    fn describe(operation: &mut Operation, schemas: &mut Schemas) {
        let lead = schemas.taken::<LeadId>();
        let task = schemas.taken::<TaskId>();
        for (name, schema) in [("id", lead), ("taskId", task)] {
            operation.parameters.push(json!({ "name": name, "in": "path", "required": true, "schema": schema }));
        }
        operation.problems.insert(Kind::NotFound);
    }
}

parameters! {
    /// The tasks to list.
    TasksQuery {
        /// Whose tasks: a user's ID, `me` for your own, which is the default, or `none` for tasks without an assignee.
        assignee = "assignee": Option<AskedOwner>,
        /// `true` for tasks that are done, the last done first. Defaults to open tasks, by due time.
        done = "done": Option<bool>,
        /// The page size.
        limit = "limit": Limit<50>,
        /// The `nextCursor` of the previous page.
        cursor = "cursor": Option<Cursor>,
    }
}

/// `GET /api/tasks?assignee=&done=&limit=&cursor=`: List the tasks of one assignee: open ones by due time, or done ones. A page may
/// hold fewer than `limit` tasks and still have a `nextCursor`.
pub(crate) async fn list_tasks(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    Query(TasksQuery { assignee, done, limit, cursor }): Query<TasksQuery>,
) -> Result<Json<PageView<TaskView>>, Problem> {
    let own = match (viewer.assignee(), assignee) {
        (Some(Assignee::User(id)), _) => Some(id),
        (None, Some(AskedOwner::One(_) | AskedOwner::Nobody)) => None,
        (None, Some(AskedOwner::Me) | None) => {
            return Err(Problem::field(
                Kind::InvalidParameter,
                "assignee",
                "An API key has no tasks. Send a user's ID.",
            ));
        }
    };
    let asked = match assignee {
        Some(AskedOwner::One(id)) => Some(id),
        Some(AskedOwner::Nobody) => None,
        Some(AskedOwner::Me) | None => own,
    };
    let done = done == Some(true);
    let cursors = Cursors::for_list(&app, caller.tenant, format!("tasks {asked:?} {done}"));
    let after = cursors.mark(cursor.as_ref(), "cursor")?;
    let store = app.store.tenant(caller.tenant);
    let page = store.list_tasks(asked, done, after, limit.0).await?;
    let ids: Vec<_> = page.items.iter().map(|listed| listed.task.lead).collect();
    let mut leads = store.current_leads(&ids).await?;
    leads.retain(|lead| lead.deleted.is_none());
    let shown = views(&app, caller.tenant, &viewer, &leads).await?;
    let is_own = asked.is_some() && asked == own;
    let items = page.items.into_iter().filter_map(|listed| {
        let owner = leads.iter().find(|lead| lead.is_or_has(listed.task.lead)).map(|lead| lead.id);
        let lead = shown.iter().find(|view| Some(view.id()) == owner);
        let is_there = owner.is_some();
        // One's own tasks are shown even if the lead is not.
        (lead.is_some() || is_own && is_there).then(|| TaskView::new(listed.task, lead.map(|view| view.name().clone())))
    });
    let items = items.collect();
    Ok(Json(PageView { items, next_cursor: page.next.map(|mark| cursors.sign(&mark)) }))
}

/// `GET /api/leads/{id}/tasks`: List a lead's tasks. Open ones come first, by due time. All of them are on one page.
pub(crate) async fn list_lead_tasks(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    Id(id): Id<LeadId>,
) -> Result<Json<PageView<TaskView>>, Problem> {
    let (lead, _) = seen(&app, caller.tenant, &viewer, id).await?;
    let name = super::leads::view(&app, caller.tenant, &viewer, &lead).await?.name().clone();
    let tasks = app.store.tenant(caller.tenant).tasks_of_lead(&lead).await?;
    let items = tasks.into_iter().map(|task| TaskView::new(task, Some(name.clone()))).collect();
    Ok(Json(PageView { items, next_cursor: None }))
}

/// `POST /api/leads/{id}/tasks` `{text, dueAt, remindAt, assigneeId}`: Create a task.
pub(crate) async fn create_task(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    Id(id): Id<LeadId>,
    JsonBody(body): JsonBody<NewTaskBody>,
) -> Result<Created<TaskView>, Problem> {
    let text = written("text", &body.text, LONGEST_TASK)?;
    let due = body.due_at.as_deref().map(|text| time_of("dueAt", text)).transpose()?;
    let remind = match &body.remind_at {
        Some(Some(text)) => Some(time_of("remindAt", text)?),
        Some(None) => None,
        None => due,
    };
    let name = name_of(&app, caller, &viewer, id).await?;
    let assignee = match (body.assignee_id, caller.by) {
        (Some(assignee), _) => assignee,
        (None, Actor::User(user)) => Some(user),
        (None, _) => None,
    };
    if let Some(user) = assignee {
        active_user(&app, caller.tenant, user, "assigneeId").await?;
    }
    let store = app.store.tenant(caller.tenant);
    let lead = store.current_lead(id).await?.ok_or_else(|| Problem::not_found("lead"))?;
    let open = store.tasks_of_lead(&lead).await?.iter().filter(|task| task.done.is_none()).count();
    if open >= MOST_TASKS {
        let detail = format!("A lead has at most {MOST_TASKS} open tasks. Finish or delete one first.");
        return Err(Problem::new(Kind::Conflict, detail));
    }
    let now = app.clock.now();
    let task = Task {
        id: TaskId::from_parts(now, app.random.u128()),
        lead: id,
        text,
        due,
        assignee,
        remind,
        done: None,
        by: caller.by,
        revision: 1,
    };
    store.create_task(&task, line(&app)).await?;
    Ok(Created(TaskView::new(task, name)))
}

/// `PATCH /api/leads/{id}/tasks/{taskId}` `{text, dueAt, remindAt, assigneeId, done}`: Update a task, or mark it as done.
pub(crate) async fn update_task(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    path: TaskPath,
    JsonBody(body): JsonBody<TaskBody>,
) -> Result<Json<TaskView>, Problem> {
    let time = |field: &str, given: &Option<Option<String>>| match given {
        Some(Some(text)) => time_of(field, text).map(|at| Some(Some(at))),
        Some(None) => Ok(Some(None)),
        None => Ok(None),
    };
    let change = TaskChange {
        text: body.text.as_ref().map(|text| written("text", text, LONGEST_TASK)).transpose()?,
        due: time("dueAt", &body.due_at)?,
        remind: time("remindAt", &body.remind_at)?,
        assignee: body.assignee_id,
        done: body.done,
    };
    if let Some(Some(user)) = body.assignee_id {
        active_user(&app, caller.tenant, user, "assigneeId").await?;
    }
    let store = app.store.tenant(caller.tenant);
    for _ in 0..MOST_RACES {
        let (task, name) = the_task(&app, caller, &viewer, path).await?;
        let after = change.apply(&task, caller.by, app.clock.now());
        if after == task || store.change_task(&task, &after, line(&app)).await? {
            return Ok(Json(TaskView::new(after, name)));
        }
    }
    Err(store::StoreError::Conflict.into())
}

/// `DELETE /api/leads/{id}/tasks/{taskId}`: Delete a task. What the timeline says about it stays.
pub(crate) async fn delete_task(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    path: TaskPath,
) -> Result<Done, Problem> {
    let (task, _) = the_task(&app, caller, &viewer, path).await?;
    app.store.tenant(caller.tenant).delete_task(task.lead, task.id).await?;
    Ok(Done)
}

/// The task, and its lead's name. It is shown to its assignee and to those who see the lead.
async fn the_task(
    deps: &Deps,
    caller: Caller,
    viewer: &domain::access::visibility::Viewer,
    path: TaskPath,
) -> Result<(Task, Option<Text>), Problem> {
    let store = deps.store.tenant(caller.tenant);
    let mut task = store.task(path.lead, path.task).await?;
    if task.is_none() {
        // A task stays with the lead that it was written for, also once that was merged into another.
        for id in store.current_lead(path.lead).await?.map(|lead| lead.merged).unwrap_or_default() {
            task = task.or(store.task(id, path.task).await?);
        }
    }
    let task = task.ok_or_else(|| Problem::not_found("task"))?;
    let is_own = task.assignee.is_some() && task.assignee.map(Assignee::User) == viewer.assignee();
    match name_of(deps, caller, viewer, path.lead).await {
        Ok(name) => Ok((task, name)),
        Err(_) if is_own => Ok((task, None)),
        Err(problem) => Err(problem),
    }
}

async fn name_of(
    deps: &Deps,
    caller: Caller,
    viewer: &domain::access::visibility::Viewer,
    id: LeadId,
) -> Result<Option<Text>, Problem> {
    let (lead, _) = seen(deps, caller.tenant, viewer, id).await?;
    let view = super::leads::view(deps, caller.tenant, viewer, &lead).await?;
    Ok(Some(view.name().clone()))
}

fn line(deps: &Deps) -> MessageId {
    MessageId::at_moment(deps.clock.now(), deps.random.u128())
}
