//! What people do with leads: create, change, delete and restore. Each is one transaction with its line in the history,
//! its entry in the audit, and the request to write the lead's lists and search tokens.

use crate::access::audit;
use crate::crm::identities::{IdentityItem, KnownBy};
use crate::crm::lead_index;
use crate::crm::leads::{LeadItem, rank, set_stage_open};
use crate::crm::standings;
use crate::inbox::conversations::replace_with;
use crate::inbox::messages::event;
use crate::reliability::idempotency::KEPT;
use crate::table::client::{Change, Conditional, Put};
use crate::table::expression::{Condition, Update};
use crate::table::item::{EXPIRES, LIST, RANK, item};
use crate::table::keys::{CrmKey, List, WorkKey};
use crate::table::query::Read;
use crate::{StoreError, TenantStore};
use domain::access::audit::Entry;
use domain::access::users::EmailAddress;
use domain::crm::lead_changes::LeadField;
use domain::crm::leads::Lead;
use domain::inbox::conversations::Conversation;
use domain::inbox::history::Event;
use domain::{Actor, HistoryId, Identity, LeadId, MessageId, Phone, Timestamp};

item! {
    /// Which lead has an email address.
    pub(crate) struct EmailItem: "lead_email" {
        pub(crate) lead: LeadId = "ld" as LEAD,
    }
}

/// What an idempotency key stands for: a request to create a lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeadRequest {
    /// A digest of the request's content.
    pub content: String,
    /// The lead that it makes.
    pub lead: LeadId,
}

item! {
    struct LeadRequestItem: "lead_request" {
        content: String = "bh",
        lead: LeadId = "ld",
        expires: i64 = "ttl",
    }
}

/// What came of writing a lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeadWrite {
    /// It is written.
    Done,
    /// Somebody changed the lead meanwhile, or it is gone.
    Stale,
    /// Another lead has the phone or the email address.
    Taken {
        /// Which lead.
        lead: LeadId,
        /// Which field.
        field: LeadField,
    },
}

/// Who writes a lead: the line of the history, and the entry of the audit.
#[derive(Clone, Copy, Debug)]
pub struct LeadAuthor<'a> {
    /// Who.
    pub by: Actor,
    /// The ID of the line of the history. A change that also moves the stage takes the next one too.
    pub line: MessageId,
    /// The ID of the line that says that the stage was moved.
    pub stage_line: MessageId,
    /// The entry of the audit; none where that of a whole import or bulk change says so.
    pub entry: Option<&'a Entry>,
}

/// Who restores a lead.
#[derive(Clone, Copy, Debug)]
pub enum Restorer<'a> {
    /// A person or a program, with the entry of the audit.
    Caller(Actor, &'a Entry),
    /// The customer, by a message.
    Customer,
}

impl Restorer<'_> {
    const fn actor(self) -> Option<Actor> {
        match self {
            Self::Caller(by, _) => Some(by),
            Self::Customer => None,
        }
    }
}

impl TenantStore<'_> {
    /// Lets the key named by `digest` stand for `request`, unless it stands for one already: the one that it stands for is
    /// returned either way.
    pub async fn remember_lead_request(
        self,
        digest: &str,
        request: &LeadRequest,
        now: Timestamp,
    ) -> Result<LeadRequest, StoreError> {
        let item =
            LeadRequestItem { content: request.content.clone(), lead: request.lead, expires: now.plus(KEPT).seconds() };
        let key = WorkKey::Idempotency(self.tenant, digest.to_owned());
        let over = Condition::below(EXPIRES, &(now.seconds() + 1));
        match self.table().create_over::<LeadRequestItem>(key, &item, Some(over)).await? {
            Put::New => Ok(request.clone()),
            Put::Exists(there) => Ok(LeadRequest { content: there.content, lead: there.lead }),
        }
    }

    /// Writes a new lead. The same again, under the same ID, changes nothing and is done.
    pub async fn create_lead(self, lead: &Lead, author: LeadAuthor<'_>) -> Result<LeadWrite, StoreError> {
        self.write_new_lead(lead, LeadItem::from_lead(self.tenant, lead, None), author).await
    }

    /// The same for a lead that an import brings along: it counts as no new lead.
    pub async fn import_lead(self, lead: &Lead, author: LeadAuthor<'_>) -> Result<LeadWrite, StoreError> {
        let mut item = LeadItem::from_lead(self.tenant, lead, None);
        item.imported = Some(true);
        self.write_new_lead(lead, item, author).await
    }

    async fn write_new_lead(
        self,
        lead: &Lead,
        item: LeadItem,
        author: LeadAuthor<'_>,
    ) -> Result<LeadWrite, StoreError> {
        let history = HistoryId::for_lead(lead.id);
        let mut changes = vec![
            Change::create(CrmKey::Lead(self.tenant, lead.id), &item)?,
            event(self.tenant, history, author.line, &Event::LeadCreated { by: author.by })?,
            lead_index::request(self.tenant, lead.id, lead.created),
        ];
        changes.extend(author.entry.map(|entry| audit::append(self.tenant, entry)).transpose()?);
        if let Some(phone) = &lead.phone {
            changes.push(self.take_phone(lead.id, phone, author.line)?);
        }
        if let Some(email) = &lead.details.email {
            changes.push(self.take_email(lead.id, email)?);
        }
        match self.table().transact(changes).await? {
            Conditional::Applied(()) => Ok(LeadWrite::Done),
            Conditional::Rejected(_) if self.lead(lead.id).await?.is_some() => Ok(LeadWrite::Done),
            Conditional::Rejected(_) => Ok(self.taken(lead).await?.unwrap_or(LeadWrite::Stale)),
        }
    }

    /// Writes `after` in the place of `before`, unless the lead was changed since.
    pub async fn change_lead(
        self,
        before: &Lead,
        after: &Lead,
        author: LeadAuthor<'_>,
    ) -> Result<LeadWrite, StoreError> {
        let history = HistoryId::for_lead(before.id);
        let fields = before.changed_fields(after);
        let by = author.by;
        let mut changes = vec![Change::update(self.replace_lead(before, after))];
        changes.extend(author.entry.map(|entry| audit::append(self.tenant, entry)).transpose()?);
        if before.listings() != after.listings() || before.search_tokens([]) != after.search_tokens([]) {
            changes.push(lead_index::request(self.tenant, before.id, after.updated));
        }
        changes.extend(standings::moved(self.tenant, before, after));
        let moved = before.stage != after.stage;
        if moved {
            let reason = after.details.lost_reason.clone();
            let (from, to) = (before.stage, after.stage);
            let moved = Event::StageChanged { from, to, by: Some(by), reason, cause: None };
            changes.push(event(self.tenant, history, author.stage_line, &moved)?);
            for conversation in &before.conversations {
                changes.push(set_stage_open(self.tenant, *conversation, after.stage.is_open()));
            }
        }
        let told = |field: &&LeadField| !(moved && matches!(field, LeadField::Stage | LeadField::LostReason));
        let fields: Vec<_> = fields.iter().filter(told).map(|field| field.as_str().to_owned()).collect();
        if !fields.is_empty() {
            changes.push(event(self.tenant, history, author.line, &Event::LeadChanged { fields, by })?);
        }
        if before.phone != after.phone {
            if let Some(phone) = &before.phone {
                let key = CrmKey::Identity(self.tenant, Identity::Phone(phone.clone()));
                changes.push(Change::remove_when(key, vec![Condition::is(IdentityItem::LEAD, &before.id)]));
            }
            if let Some(phone) = &after.phone {
                changes.push(self.take_phone(before.id, phone, author.line)?);
            }
        }
        if before.details.email != after.details.email {
            if let Some(email) = &before.details.email {
                let key = CrmKey::EmailAddress(self.tenant, email.clone());
                changes.push(Change::remove_when(key, vec![Condition::is(EmailItem::LEAD, &before.id)]));
            }
            if let Some(email) = &after.details.email {
                changes.push(self.take_email(before.id, email)?);
            }
        }
        match self.table().transact(changes).await {
            Ok(Conditional::Applied(())) => Ok(LeadWrite::Done),
            Ok(Conditional::Rejected(_)) => Ok(self.taken(after).await?.unwrap_or(LeadWrite::Stale)),
            Err(StoreError::Conflict) => Ok(LeadWrite::Stale),
            Err(error) => Err(error),
        }
    }

    /// Deletes a lead for now: no list and no search shows it or its conversations. False if it was changed since it was
    /// read.
    pub async fn delete_lead(self, lead: &Lead, by: Actor, line: MessageId, entry: &Entry) -> Result<bool, StoreError> {
        let now = entry.audit_event.at;
        let after = Lead { deleted: Some(now), updated: now, revision: lead.revision + 1, ..lead.clone() };
        let update = self.replace_lead(lead, &after);
        let update = update.set(RANK, &rank(now, lead.id)).when(Condition::absent(LeadItem::DELETED));
        let mut changes = vec![
            Change::update(update),
            event(self.tenant, HistoryId::for_lead(lead.id), line, &Event::LeadDeleted { by })?,
            audit::append(self.tenant, entry)?,
            lead_index::request(self.tenant, lead.id, now),
        ];
        self.change_conversations(lead, &mut changes, Conversation::with_lead_deleted).await?;
        changes.extend(self.hide_deals(lead, true).await?);
        changes.extend(standings::moved(self.tenant, lead, &after));
        self.applied(changes).await
    }

    /// Restores a lead that was deleted. False if it was changed since it was read.
    pub async fn restore_lead(
        self,
        lead: &Lead,
        by: Restorer<'_>,
        line: MessageId,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let after = Lead { deleted: None, updated: now, revision: lead.revision + 1, ..lead.clone() };
        let restored = Event::LeadRestored { by: by.actor() };
        let mut changes = vec![
            event(self.tenant, HistoryId::for_lead(lead.id), line, &restored)?,
            lead_index::request(self.tenant, lead.id, now),
        ];
        if let Restorer::Caller(_, entry) = by {
            changes.push(audit::append(self.tenant, entry)?);
        }
        let newest = self.change_conversations(lead, &mut changes, Conversation::with_lead_restored).await?;
        changes.extend(self.hide_deals(lead, false).await?);
        changes.extend(standings::moved(self.tenant, lead, &after));
        let place = rank(newest.map_or(lead.created, MessageId::at), lead.id);
        let update = self.replace_lead(lead, &after).set(RANK, &place);
        changes.push(Change::update(update.when(Condition::is_still(LeadItem::DELETED, lead.deleted.as_ref()))));
        self.applied(changes).await
    }

    /// The lead that has this phone or email address beside `lead` itself.
    pub async fn taken(self, lead: &Lead) -> Result<Option<LeadWrite>, StoreError> {
        if let Some(phone) = &lead.phone {
            let key = CrmKey::Identity(self.tenant, Identity::Phone(phone.clone()));
            let item: Option<IdentityItem> = self.table().get(key, Read::Strong).await?;
            if let Some(item) = item.filter(|item| item.lead != lead.id) {
                return Ok(Some(LeadWrite::Taken { lead: item.lead, field: LeadField::Phone }));
            }
        }
        if let Some(email) = &lead.details.email {
            let key = CrmKey::EmailAddress(self.tenant, email.clone());
            let item: Option<EmailItem> = self.table().get(key, Read::Strong).await?;
            if let Some(item) = item.filter(|item| item.lead != lead.id) {
                return Ok(Some(LeadWrite::Taken { lead: item.lead, field: LeadField::EmailAddress }));
            }
        }
        Ok(None)
    }

    async fn applied(self, changes: Vec<Change>) -> Result<bool, StoreError> {
        match self.table().transact(changes).await {
            Ok(Conditional::Applied(())) => Ok(true),
            Ok(Conditional::Rejected(_)) | Err(StoreError::Conflict) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Adds the changes by which the conversations of a lead become as `become_so` says, and gives the newest message of
    /// them.
    pub(crate) async fn change_conversations(
        self,
        lead: &Lead,
        changes: &mut Vec<Change>,
        become_so: impl Fn(&Conversation) -> Conversation,
    ) -> Result<Option<MessageId>, StoreError> {
        let mut newest = None;
        for id in &lead.conversations {
            let Some((conversation, revision)) = self.conversation_to_change(*id).await? else { continue };
            newest = newest.max(conversation.last.as_ref().map(|last| last.id));
            changes.push(Change::update(replace_with(self.tenant, &become_so(&conversation), revision.0)));
        }
        Ok(newest)
    }

    fn take_phone(self, lead: LeadId, phone: &Phone, event: MessageId) -> Result<Change, StoreError> {
        let identity = Identity::Phone(phone.clone());
        let history = HistoryId::for_lead(lead);
        let by = KnownBy { history, lead, identity: &identity, portfolio: None, event };
        Change::create(CrmKey::Identity(self.tenant, identity.clone()), &IdentityItem::new(&by, &[]))
    }

    fn take_email(self, lead: LeadId, email: &EmailAddress) -> Result<Change, StoreError> {
        Change::create(CrmKey::EmailAddress(self.tenant, email.clone()), &EmailItem { lead })
    }

    /// The update by which stage and details become those of `after`, if nobody changed them since `before`.
    pub(crate) fn replace_lead(self, before: &Lead, after: &Lead) -> Update {
        let list = match after.deleted {
            Some(_) => List::DeletedLeads(self.tenant),
            None => List::Leads(self.tenant, after.stage),
        };
        let item = LeadItem::from_lead(self.tenant, after, None);
        let was = Some(before.revision).filter(|revision| *revision > 0);
        let update = Update::at(CrmKey::Lead(self.tenant, before.id));
        let update = if before.phone == after.phone {
            update
        } else {
            update
                .set_or_remove(LeadItem::PHONE, item.phone.as_ref())
                .when(Condition::is_still(LeadItem::PHONE, before.phone.as_ref()))
        };
        item.set_details(update)
            .set(LIST, &list.pk())
            .when(Condition::exists())
            .when(Condition::is_still(LeadItem::REVISION, was.as_ref()))
    }
}
