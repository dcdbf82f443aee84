//! Message templates as WhatsApp last listed them, one item for each name and language of an account, and the list by
//! name.

use crate::access::audit;
use crate::outreach::template_work;
use crate::table::client::{Change, Conditional};
use crate::table::encoding::json;
use crate::table::expression::{Condition, Update};
use crate::table::item::{LIST, RANK, item};
use crate::table::keys::{ChannelsKey, Key, List, Partition};
use crate::table::page::Page;
use crate::table::query::{Index, Query, Read};
use crate::{StoreError, TenantStore};
use domain::access::audit::Entry;
use domain::outreach::template_lint::NewTemplate;
use domain::outreach::templates::{
    Language, Template, TemplateCategory, TemplateName, TemplateParts, TemplateQuality, TemplateStatus,
};
use domain::{ChannelId, TemplateId, TenantId, Text, Timestamp};
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
        list?: String = "GSI1PK",
        rank?: String = "GSI1SK",
    }
}

impl TemplateItem {
    fn new(tenant: TenantId, template: &Template) -> Result<Self, StoreError> {
        Ok(Self {
            account: template.account.clone(),
            whatsapp_id: template.whatsapp_id.clone(),
            name: template.name.clone(),
            language: template.language.clone(),
            category: template.category,
            status: template.status,
            quality: template.quality,
            reason: template.reason.clone(),
            parts: json(&template.parts)?,
            seen: template.seen,
            list: Some(List::Templates(tenant).pk()),
            rank: Some(rank(&template.name, &template.language, template.id)),
        })
    }

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

    /// Writes a template down as WhatsApp lists it.
    pub async fn put_template(self, template: &Template) -> Result<(), StoreError> {
        self.table()
            .put(ChannelsKey::Template(self.tenant, template.id), &TemplateItem::new(self.tenant, template)?)
            .await
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
            .set(TemplateItem::SEEN, &now)
            .set(LIST, &List::Templates(self.tenant).pk())
            .set(RANK, &rank(&new.name, &new.language, id))
            .when(Condition::is_still(TemplateItem::STATUS, before.as_ref()));
        let changes = vec![
            Change::update(update),
            template_work::want(self.tenant, id, channel, Some(&new.examples), now)?,
            audit::append(self.tenant, entry)?,
        ];
        match self.table().transact(changes).await? {
            Conditional::Applied(()) => Ok(true),
            Conditional::Rejected(_) => Ok(false),
        }
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
            changes.push(template_work::want(self.tenant, template.id, channel, None, entry.audit_event.at)?);
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
