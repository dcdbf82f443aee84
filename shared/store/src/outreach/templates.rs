//! Message templates as WhatsApp last listed them, one item for each name and language of an account, and the list by
//! name.

use crate::access::audit;
use crate::outreach::template_work::{self, TemplateTask};
use crate::table::client::{Change, Conditional};
use crate::table::encoding::json;
use crate::table::expression::{Condition, Update};
use crate::table::item::{LIST, RANK, item};
use crate::table::keys::{ChannelsKey, Key, List, Partition};
use crate::table::page::Page;
use crate::table::query::{Index, Query, Read};
use crate::{StoreError, TenantStore};
use domain::access::audit::Entry;
use domain::outreach::template_lint::{NewTemplate, TemplateEdit};
use domain::outreach::templates::{
    Language, Template, TemplateCategory, TemplateEdits, TemplateName, TemplateParts, TemplateQuality, TemplateStatus,
};
use domain::{ChannelId, MediaId, TemplateId, Text, Timestamp};
use std::collections::HashMap;

/// How many entries of the list are read at a time.
const READ: usize = 100;

/// How many entries one page passes over at most.
const MOST_READ: usize = 1_000;

/// Which templates are listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TemplateFilter {
    /// Only those of this account.
    pub account: Option<String>,
    /// Only those of this status.
    pub status: Option<TemplateStatus>,
    /// Only those in this language.
    pub language: Option<Language>,
    /// Only those whose name has this in it.
    pub name: Option<String>,
}

item! {
    struct TemplateItem: "template" {
        account: String = "wa" as ACCOUNT,
        whatsapp_id?: String = "wi" as WHATSAPP_ID,
        name: TemplateName = "nm" as NAME,
        language: Language = "la" as LANGUAGE,
        category: TemplateCategory = "ca" as CATEGORY,
        status: TemplateStatus = "st" as STATUS,
        quality: TemplateQuality = "ql" as QUALITY,
        reason?: Text = "er" as REASON,
        /// What it says, as JSON.
        parts: String = "pt" as PARTS,
        /// When it was last read from WhatsApp, or submitted.
        seen: Timestamp = "sn" as SEEN,
        /// The business's own files, of the header or of each card.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        files: Vec<MediaId> = "fi" as FILES,
        /// Only where it is the default language of its name.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        is_default: bool = "df" as IS_DEFAULT,
        /// When WhatsApp took a change of ours.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        edited: Vec<Timestamp> = "ed" as EDITED,
        /// Only where a change is on its way.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        is_edited: bool = "ep" as IS_EDITED,
        /// Why WhatsApp did not take the last change.
        edit_refused?: Text = "ex" as EDIT_REFUSED,
        list?: String = "GSI1PK",
        rank?: String = "GSI1SK",
    }
}

impl TemplateItem {
    fn template(self, id: TemplateId) -> Result<Template, StoreError> {
        let parts: TemplateParts =
            serde_json::from_str(&self.parts).map_err(|error| StoreError::corrupt(id.to_string(), &error))?;
        Ok(Template {
            id,
            account: self.account,
            whatsapp_id: self.whatsapp_id,
            name: self.name,
            language: self.language,
            category: self.category,
            status: self.status,
            quality: self.quality,
            reason: self.reason,
            parts,
            files: self.files,
            is_default: self.is_default,
            edits: TemplateEdits { taken: self.edited, is_pending: self.is_edited, refused: self.edit_refused },
            seen: self.seen,
        })
    }
}

impl TenantStore<'_> {
    /// A template; also one that WhatsApp no longer has.
    pub async fn template(self, id: TemplateId) -> Result<Option<Template>, StoreError> {
        let item: Option<TemplateItem> = self.table().get(ChannelsKey::Template(self.tenant, id), Read::Strong).await?;
        item.map(|item| item.template(id)).transpose()
    }

    /// A page of templates by name and language, above the mark `above`. It passes over at most 1,000.
    pub async fn templates(
        self,
        filter: &TemplateFilter,
        above: Option<String>,
        limit: usize,
    ) -> Result<Page<Template>, StoreError> {
        let mut mark = above;
        let mut items = Vec::new();
        let mut passed = 0;
        loop {
            let query = Query::index(Index::Lists, List::Templates(self.tenant).pk()).limit(READ);
            let query = if let Some(mark) = mark.clone() { query.above(mark) } else { query };
            let (found, more) = self.table().query(&query).await?;
            let mut wanted = Vec::new();
            for entry in found {
                let (Key::Channels(ChannelsKey::Template(_, id)), Some(rank)) = (entry.key, entry.rank) else {
                    continue;
                };
                passed += 1;
                wanted.push((id, rank));
            }
            let named: Vec<_> = wanted.iter().filter(|(_, rank)| filter.takes_name(rank)).map(|(id, _)| *id).collect();
            let mut read = self.templates_of(&named).await?;
            for (id, rank) in wanted {
                if items.len() == limit {
                    return Ok(Page { items, next: mark });
                }
                items.extend(read.remove(&id).filter(|template| filter.takes(template)));
                mark = Some(rank);
            }
            if more.is_none() {
                return Ok(Page { items, next: None });
            }
            if passed >= MOST_READ {
                return Ok(Page { items, next: mark });
            }
        }
    }

    async fn templates_of(self, ids: &[TemplateId]) -> Result<HashMap<TemplateId, Template>, StoreError> {
        let keys: Vec<_> = ids.iter().map(|id| ChannelsKey::Template(self.tenant, *id)).collect();
        let mut read = HashMap::new();
        for item in self.table().get_all(&keys, Read::Eventual).await? {
            if let Key::Channels(ChannelsKey::Template(_, id)) = item.key {
                read.insert(id, item.read::<TemplateItem>()?.template(id)?);
            }
        }
        Ok(read)
    }

    /// The templates of `account` with this name, in all languages. Those that WhatsApp deleted are left out.
    pub async fn template_languages(self, account: &str, name: &TemplateName) -> Result<Vec<Template>, StoreError> {
        let query = Query::index(Index::Lists, List::Templates(self.tenant).pk())
            .between(format!("{name}#"), format!("{name}#~"));
        let (found, _) = self.table().query(&query).await?;
        let ids = found.into_iter().filter_map(|entry| match entry.key {
            Key::Channels(ChannelsKey::Template(_, id)) => Some(id),
            _ => None,
        });
        let read = self.templates_of(&ids.collect::<Vec<_>>()).await?;
        Ok(read.into_values().filter(|template| template.account == account).collect())
    }

    /// Writes a template down as WhatsApp lists it. The business's files, its choice of a default and its changes stay.
    pub async fn put_template(self, template: &Template) -> Result<(), StoreError> {
        let update = Update::upsert::<TemplateItem>(ChannelsKey::Template(self.tenant, template.id))
            .set(TemplateItem::ACCOUNT, &template.account)
            .set_or_remove(TemplateItem::WHATSAPP_ID, template.whatsapp_id.as_ref())
            .set(TemplateItem::NAME, &template.name)
            .set(TemplateItem::LANGUAGE, &template.language)
            .set(TemplateItem::CATEGORY, &template.category)
            .set(TemplateItem::STATUS, &template.status)
            .set(TemplateItem::QUALITY, &template.quality)
            .set_or_remove(TemplateItem::REASON, template.reason.as_ref())
            .set(TemplateItem::PARTS, &json(&template.parts)?)
            .set(TemplateItem::SEEN, &template.seen)
            .set(LIST, &List::Templates(self.tenant).pk())
            .set(RANK, &rank(&template.name, &template.language, template.id));
        self.change_template(update).await
    }

    /// Marks the templates of `account` as deleted that WhatsApp listed before `began` and not since. Says how many.
    pub async fn remove_templates(self, account: &str, began: Timestamp) -> Result<usize, StoreError> {
        let partition = Partition::Templates(self.tenant);
        let mut from = None;
        let mut removed = 0;
        loop {
            let query = Query::partition(&partition)
                .between("0".to_owned(), "8".to_owned())
                .only(Condition::is(TemplateItem::ACCOUNT, account))
                .only(Condition::below(TemplateItem::SEEN, &began));
            let query = if let Some(mark) = from { query.from(mark) } else { query };
            let (found, more) = self.table().query(&query).await?;
            for item in found {
                let Key::Channels(ChannelsKey::Template(_, id)) = item.key else { continue };
                let item: TemplateItem = item.read()?;
                // What was never submitted is not WhatsApp's to list.
                if item.whatsapp_id.is_some() && item.status != TemplateStatus::Deleted {
                    self.mark_template_deleted(id, item.seen).await?;
                    removed += 1;
                }
            }
            if more.is_none() {
                return Ok(removed);
            }
            from = more;
        }
    }

    async fn mark_template_deleted(self, id: TemplateId, seen: Timestamp) -> Result<(), StoreError> {
        let update = deleted(ChannelsKey::Template(self.tenant, id)).when(Condition::is(TemplateItem::SEEN, &seen));
        self.change_template(update).await
    }

    /// Creates a template that is to be submitted by the token of `channel`; `entry` says so. False if there is one of this
    /// name and language that WhatsApp has or is to get.
    pub async fn create_template(
        self,
        account: &str,
        channel: ChannelId,
        new: &NewTemplate,
        entry: &Entry,
    ) -> Result<bool, StoreError> {
        let now = entry.audit_event.at;
        let id = TemplateId::for_name(account, new.name.as_str(), new.language.as_str());
        let before = self.template(id).await?.map(|template| template.status);
        match before {
            None | Some(TemplateStatus::Deleted | TemplateStatus::NotSubmitted) => {}
            Some(_) => return Ok(false),
        }
        let update = Update::upsert::<TemplateItem>(ChannelsKey::Template(self.tenant, id))
            .set(TemplateItem::ACCOUNT, account)
            .remove(TemplateItem::WHATSAPP_ID)
            .set(TemplateItem::NAME, &new.name)
            .set(TemplateItem::LANGUAGE, &new.language)
            .set(TemplateItem::CATEGORY, &new.category)
            .set(TemplateItem::STATUS, &TemplateStatus::Submitting)
            .set(TemplateItem::QUALITY, &TemplateQuality::Unknown)
            .remove(TemplateItem::REASON)
            .set(TemplateItem::PARTS, &json(&new.parts)?)
            .set(TemplateItem::FILES, &new.files)
            .remove(TemplateItem::IS_DEFAULT)
            .remove(TemplateItem::EDITED)
            .remove(TemplateItem::IS_EDITED)
            .remove(TemplateItem::EDIT_REFUSED)
            .set(TemplateItem::SEEN, &now)
            .set(LIST, &List::Templates(self.tenant).pk())
            .set(RANK, &rank(&new.name, &new.language, id))
            .when(Condition::is_still(TemplateItem::STATUS, before.as_ref()));
        let changes = vec![
            Change::update(update),
            template_work::want(self.tenant, id, channel, &TemplateTask::Submit(new.examples.clone()), now)?,
            audit::append(self.tenant, entry)?,
        ];
        match self.table().transact(changes).await? {
            Conditional::Applied(()) => Ok(true),
            Conditional::Rejected(_) => Ok(false),
        }
    }

    /// Has WhatsApp change a template by the token of `channel`; `entry` says so. False if something else is under way with
    /// it, or it is not as `template` says any more.
    pub async fn edit_template(
        self,
        template: &Template,
        channel: ChannelId,
        edit: TemplateEdit,
        entry: &Entry,
    ) -> Result<bool, StoreError> {
        let update = Update::at(ChannelsKey::Template(self.tenant, template.id))
            .set(TemplateItem::IS_EDITED, &true)
            .remove(TemplateItem::EDIT_REFUSED)
            .when(Condition::is(TemplateItem::STATUS, &template.status))
            .when(Condition::is(TemplateItem::SEEN, &template.seen))
            .when(Condition::absent(TemplateItem::IS_EDITED));
        let task = TemplateTask::Edit(Box::new(edit));
        let changes = vec![
            Change::update(update),
            template_work::want(self.tenant, template.id, channel, &task, entry.audit_event.at)?,
            audit::append(self.tenant, entry)?,
        ];
        match self.table().transact(changes).await? {
            Conditional::Applied(()) => Ok(true),
            Conditional::Rejected(_) => Ok(false),
        }
    }

    /// Makes `chosen` the default of its name, or no longer. Of several defaults of a name none is left but `chosen`.
    pub async fn set_default_template(
        self,
        chosen: &Template,
        is_default: bool,
        entry: &Entry,
    ) -> Result<bool, StoreError> {
        let change = |id, is_default: bool| {
            let update = Update::at(ChannelsKey::Template(self.tenant, id)).when(Condition::exists());
            if is_default {
                update.set(TemplateItem::IS_DEFAULT, &true)
            } else {
                update.remove(TemplateItem::IS_DEFAULT)
            }
        };
        let mut changes = vec![Change::update(change(chosen.id, is_default))];
        if is_default {
            let others = self.template_languages(&chosen.account, &chosen.name).await?;
            let others = others.into_iter().filter(|other| other.is_default && other.id != chosen.id);
            changes.extend(others.map(|other| Change::update(change(other.id, false))));
        }
        changes.push(audit::append(self.tenant, entry)?);
        match self.table().transact(changes).await? {
            Conditional::Applied(()) => Ok(true),
            Conditional::Rejected(_) => Ok(false),
        }
    }

    /// Has messages show these files of the business: of the header, or of each card. False if there is no such template.
    pub async fn set_template_files(
        self,
        id: TemplateId,
        files: &[MediaId],
        entry: &Entry,
    ) -> Result<bool, StoreError> {
        let update = Update::at(ChannelsKey::Template(self.tenant, id))
            .set(TemplateItem::FILES, &files.to_vec())
            .when(Condition::exists());
        let changes = vec![Change::update(update), audit::append(self.tenant, entry)?];
        match self.table().transact(changes).await? {
            Conditional::Applied(()) => Ok(true),
            Conditional::Rejected(_) => Ok(false),
        }
    }

    /// Writes down that WhatsApp took a change at `now`, and reviews it.
    pub async fn template_edited(
        self,
        template: &Template,
        edit: &TemplateEdit,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let update = Update::at(ChannelsKey::Template(self.tenant, template.id))
            .set(TemplateItem::PARTS, &json(&edit.parts)?)
            .set(TemplateItem::CATEGORY, &edit.category)
            .set(TemplateItem::FILES, &edit.files)
            .set(TemplateItem::STATUS, &TemplateStatus::Pending)
            .set(TemplateItem::EDITED, &template.edits.with(now).taken)
            .set(TemplateItem::SEEN, &now)
            .remove(TemplateItem::IS_EDITED)
            .remove(TemplateItem::REASON)
            .when(Condition::is(TemplateItem::IS_EDITED, &true));
        self.change_template(update).await
    }

    /// Writes down that WhatsApp did not take a change, and why. The template stays as it is.
    pub async fn template_not_edited(self, id: TemplateId, why: &Text) -> Result<(), StoreError> {
        let update = Update::at(ChannelsKey::Template(self.tenant, id))
            .set(TemplateItem::EDIT_REFUSED, why)
            .remove(TemplateItem::IS_EDITED)
            .when(Condition::is(TemplateItem::IS_EDITED, &true));
        self.change_template(update).await
    }

    /// Has WhatsApp delete a template by the token of `channel`; `entry` says so. One that was never submitted is deleted at
    /// once. False if something else is under way with it.
    pub async fn delete_template(
        self,
        template: &Template,
        channel: ChannelId,
        entry: &Entry,
    ) -> Result<bool, StoreError> {
        let key = ChannelsKey::Template(self.tenant, template.id);
        let unchanged = Condition::is(TemplateItem::STATUS, &template.status);
        let mut changes = vec![audit::append(self.tenant, entry)?];
        if template.whatsapp_id.is_some() {
            let update = Update::at(key).set(TemplateItem::STATUS, &TemplateStatus::Deleting).when(unchanged);
            changes.push(Change::update(update));
            let task = TemplateTask::Delete;
            changes.push(template_work::want(self.tenant, template.id, channel, &task, entry.audit_event.at)?);
        } else {
            changes.push(Change::update(deleted(key).when(unchanged)));
        }
        match self.table().transact(changes).await? {
            Conditional::Applied(()) => Ok(true),
            Conditional::Rejected(_) => Ok(false),
        }
    }

    /// Writes down that WhatsApp deleted a template.
    pub async fn template_deleted(self, id: TemplateId) -> Result<(), StoreError> {
        self.change_template(deleted(ChannelsKey::Template(self.tenant, id)).when(Condition::exists())).await
    }

    /// Writes down that a template did not get to WhatsApp, and why.
    pub async fn template_not_submitted(self, id: TemplateId, reason: &Text) -> Result<(), StoreError> {
        let update = Update::at(ChannelsKey::Template(self.tenant, id))
            .set(TemplateItem::STATUS, &TemplateStatus::NotSubmitted)
            .set(TemplateItem::REASON, reason)
            .when(Condition::is(TemplateItem::STATUS, &TemplateStatus::Submitting));
        self.change_template(update).await
    }

    async fn change_template(self, update: Update) -> Result<(), StoreError> {
        match self.table().update::<TemplateItem>(update).await? {
            Conditional::Applied(_) | Conditional::Rejected(_) => Ok(()),
        }
    }
}

/// A template that WhatsApp no longer has: it stands in no list.
fn deleted(key: impl Into<Key>) -> Update {
    Update::at(key).set(TemplateItem::STATUS, &TemplateStatus::Deleted).remove(LIST).remove(RANK)
}

impl TemplateFilter {
    /// Whether name and language are asked for, by the place in the list.
    fn takes_name(&self, rank: &str) -> bool {
        let mut parts = rank.split('#');
        let name = parts.next().unwrap_or_default();
        let language = parts.next().unwrap_or_default();
        self.name.as_deref().is_none_or(|asked| name.contains(asked))
            && self.language.as_ref().is_none_or(|asked| asked.as_str() == language)
    }

    fn takes(&self, template: &Template) -> bool {
        self.account.as_ref().is_none_or(|account| *account == template.account)
            && self.status.is_none_or(|status| status == template.status)
    }
}

fn rank(name: &TemplateName, language: &Language, id: TemplateId) -> String {
    format!("{name}#{language}#{}", id.ulid_str())
}
