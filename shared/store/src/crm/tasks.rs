//! Tasks of leads, each beside its lead and in the list of its assignee. A reminder is an item of its own, which is due until
//! it was given.

use crate::inbox::messages::event;
use crate::reliability::due_rank::{self, DueKind};
use crate::table::client::{Change, Conditional};
use crate::table::expression::{Condition, Update};
use crate::table::item::{LIST, RANK, item};
use crate::table::keys::{self, CrmKey, Key, List, Partition};
use crate::table::page::Page;
use crate::table::query::{Index, Query, Read};
use crate::{RACES, StoreError, TenantStore};
use domain::crm::leads::Lead;
use domain::crm::tasks::Task;
use domain::ids::TaskId;
use domain::inbox::history::Event;
use domain::{Actor, HistoryId, LeadId, MessageId, TenantId, Text, Timestamp, UserId, digest};

item! {
    struct TaskItem: "task" {
        text: Text = "tx" as TEXT,
        due?: Timestamp = "du" as DUE,
        assignee?: UserId = "as" as ASSIGNEE,
        remind?: Timestamp = "rm" as REMIND,
        done?: Timestamp = "dn" as DONE,
        done_by?: Actor = "db" as DONE_BY,
        by: Actor = "by",
        revision: u64 = "rv" as REVISION,
        list: String = "GSI1PK",
        rank: String = "GSI1SK",
    }
}

item! {
    /// When somebody is reminded of a task.
    struct ReminderItem: "reminder" {
        at: Timestamp = "at" as AT,
        list: String = "GSI1PK",
        rank: String = "GSI1SK",
    }
}

/// A task, and the mark below which its list goes on.
#[derive(Clone, Debug)]
pub struct ListedTask {
    /// The task.
    pub task: Task,
    /// The mark.
    pub mark: String,
}

/// A task without a due time comes after all that have one.
const LAST: Timestamp = Timestamp::from_millis(999_999_999_999_999);

impl TaskItem {
    fn from_task(tenant: TenantId, task: &Task) -> Self {
        let name = task.id.ulid_str();
        let at = task.done.map_or_else(|| task.due.unwrap_or(LAST), |(at, _)| at);
        Self {
            text: task.text.clone(),
            due: task.due,
            assignee: task.assignee,
            remind: task.remind,
            done: task.done.map(|(at, _)| at),
            done_by: task.done.map(|(_, by)| by),
            by: task.by,
            revision: task.revision,
            list: List::Tasks(tenant, task.assignee, task.done.is_some()).pk(),
            rank: keys::rank(at, &name),
        }
    }

    /// Adds to `update` everything that people change.
    fn replace(&self, update: Update) -> Update {
        update
            .set(Self::TEXT, &self.text)
            .set_or_remove(Self::DUE, self.due.as_ref())
            .set_or_remove(Self::ASSIGNEE, self.assignee.as_ref())
            .set_or_remove(Self::REMIND, self.remind.as_ref())
            .set_or_remove(Self::DONE, self.done.as_ref())
            .set_or_remove(Self::DONE_BY, self.done_by.as_ref())
            .set(Self::REVISION, &self.revision)
            .set(LIST, &self.list)
            .set(RANK, &self.rank)
    }

    fn task(self, lead: LeadId, id: TaskId) -> Task {
        Task {
            id,
            lead,
            text: self.text,
            due: self.due,
            assignee: self.assignee,
            remind: self.remind,
            done: self.done.zip(self.done_by),
            by: self.by,
            revision: self.revision,
        }
    }
}

impl TenantStore<'_> {
    /// Writes a new task, with its line in the history.
    pub async fn create_task(self, task: &Task, line: MessageId) -> Result<(), StoreError> {
        let added = Event::TaskAdded {
            task: task.id,
            text: task.text.clone(),
            due: task.due,
            assignee: task.assignee,
            by: task.by,
        };
        let mut changes = vec![
            Change::create(CrmKey::Task(self.tenant, task.lead, task.id), &TaskItem::from_task(self.tenant, task))?,
            event(self.tenant, HistoryId::for_lead(task.lead), line, &added)?,
        ];
        changes.extend(task.remind.map(|at| self.remind(task, at)));
        match self.table().transact(changes).await? {
            Conditional::Applied(()) => Ok(()),
            Conditional::Rejected(_) => Err(StoreError::Conflict),
        }
    }

    /// Writes `after` in the place of `before`. False if the task was changed since. A task that is done for the first time
    /// gets a line in the history.
    pub async fn change_task(self, before: &Task, after: &Task, line: MessageId) -> Result<bool, StoreError> {
        let key = CrmKey::Task(self.tenant, before.lead, before.id);
        let item = TaskItem::from_task(self.tenant, after);
        let update = item.replace(Update::at(key)).when(Condition::is(TaskItem::REVISION, &before.revision));
        let mut changes = vec![Change::update(update)];
        if before.remind != after.remind {
            changes.push(match after.remind {
                Some(at) => self.remind(after, at),
                None => self.forget_reminder(after),
            });
        }
        if let (None, Some((_, by))) = (before.done, after.done) {
            let done = Event::TaskDone { task: after.id, text: after.text.clone(), by };
            changes.push(event(self.tenant, HistoryId::for_lead(after.lead), line, &done)?);
        }
        match self.table().transact(changes).await {
            Ok(Conditional::Applied(())) => Ok(true),
            Ok(Conditional::Rejected(_)) | Err(StoreError::Conflict) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Deletes a task; one that is gone stays gone.
    pub async fn delete_task(self, lead: LeadId, id: TaskId) -> Result<(), StoreError> {
        self.table().delete(CrmKey::Reminder(self.tenant, lead, id)).await?;
        self.table().delete(CrmKey::Task(self.tenant, lead, id)).await
    }

    /// One task.
    pub async fn task(self, lead: LeadId, id: TaskId) -> Result<Option<Task>, StoreError> {
        let item: Option<TaskItem> = self.table().get(CrmKey::Task(self.tenant, lead, id), Read::Strong).await?;
        Ok(item.map(|item| item.task(lead, id)))
    }

    /// The tasks of a lead and of those that were merged into it, the open ones first and by due time.
    pub async fn tasks_of_lead(self, lead: &Lead) -> Result<Vec<Task>, StoreError> {
        let mut tasks = Vec::new();
        for lead in std::iter::once(lead.id).chain(lead.merged.iter().copied()) {
            let (low, high) = keys::tasks_range();
            let partition = Partition::History(self.tenant, HistoryId::for_lead(lead));
            let query = Query::partition(&partition).between(low, high);
            for (key, item) in self.table().list::<TaskItem>(query.strong()).await? {
                if let Key::Crm(CrmKey::Task(_, lead, id)) = key {
                    tasks.push(item.task(lead, id));
                }
            }
        }
        tasks.sort_by_key(|task| (task.done.is_some(), task.due.unwrap_or(LAST), task.id));
        Ok(tasks)
    }

    /// The tasks of one assignee, or without one: open ones by due time, or done ones, the last done first.
    pub async fn list_tasks(
        self,
        assignee: Option<UserId>,
        done: bool,
        after: Option<String>,
        limit: usize,
    ) -> Result<Page<ListedTask>, StoreError> {
        let query = Query::index(Index::Lists, List::Tasks(self.tenant, assignee, done).pk()).limit(limit + 1);
        let query = if done { query.newest_first() } else { query };
        let query = match (after, done) {
            (Some(after), true) => query.below(after),
            (Some(after), false) => query.above(after),
            (None, _) => query,
        };
        let (mut found, _) = self.table().query(&query).await?;
        let more = found.len() > limit;
        found.truncate(limit);
        let marks: Vec<_> = found.into_iter().map(|item| (item.key, item.rank.unwrap_or_default())).collect();
        let next = marks.last().filter(|_| more).map(|(_, mark)| mark.clone());
        let keys: Vec<_> = marks.iter().map(|(key, _)| key.clone()).collect();
        let mut items = Vec::with_capacity(keys.len());
        for found in self.table().get_all(&keys, Read::Eventual).await? {
            let Some(mark) = marks.iter().find(|(key, _)| *key == found.key).map(|(_, mark)| mark.clone()) else {
                continue;
            };
            if let Key::Crm(CrmKey::Task(_, lead, id)) = found.key {
                items.push(ListedTask { task: found.read::<TaskItem>()?.task(lead, id), mark });
            }
        }
        items.sort_by(|a, b| if done { b.mark.cmp(&a.mark) } else { a.mark.cmp(&b.mark) });
        items.retain(|listed| listed.task.assignee == assignee && listed.task.done.is_some() == done);
        Ok(Page { items, next })
    }

    /// Gives the reminder of a task, if its time has come: a line in the history, which browsers are told of. May be repeated.
    pub async fn give_reminder(self, lead: LeadId, id: TaskId, now: Timestamp) -> Result<(), StoreError> {
        let key = CrmKey::Reminder(self.tenant, lead, id);
        for _ in 0..RACES {
            let reminder: Option<ReminderItem> = self.table().get(&key, Read::Strong).await?;
            let Some(reminder) = reminder.filter(|reminder| reminder.at <= now) else { return Ok(()) };
            let settled = Change::remove_when(key.clone(), vec![Condition::is(ReminderItem::AT, &reminder.at)]);
            let Some(task) = self.task(lead, id).await? else {
                return self.table().delete(key).await;
            };
            let bits = digest::bits80(&["task due", &id.ulid_str(), &reminder.at.millis().to_string()]);
            let line = MessageId::at_moment(reminder.at, bits);
            let due = Event::TaskDue { task: id, text: task.text.clone(), assignee: task.assignee };
            let update = Update::at(CrmKey::Task(self.tenant, lead, id))
                .remove(TaskItem::REMIND)
                .count_up(TaskItem::REVISION)
                .when(Condition::is(TaskItem::REVISION, &task.revision));
            let line = event(self.tenant, HistoryId::for_lead(lead), line, &due)?;
            match self.table().transact(vec![settled, Change::update(update), line]).await {
                Ok(Conditional::Applied(())) => return Ok(()),
                Ok(Conditional::Rejected(_)) | Err(StoreError::Conflict) => {}
                Err(error) => return Err(error),
            }
        }
        Err(StoreError::Conflict)
    }

    fn remind(self, task: &Task, at: Timestamp) -> Change {
        let name = task.id.ulid_str();
        let update = Update::upsert::<ReminderItem>(CrmKey::Reminder(self.tenant, task.lead, task.id))
            .set(ReminderItem::AT, &at)
            .set(LIST, &List::due(&name).pk())
            .set(RANK, &due_rank::due_rank(DueKind::Reminder, self.tenant, at, &name));
        Change::update(update)
    }

    fn forget_reminder(self, task: &Task) -> Change {
        Change::remove_when(CrmKey::Reminder(self.tenant, task.lead, task.id), Vec::new())
    }
}
