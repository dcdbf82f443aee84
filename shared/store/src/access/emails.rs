//! Emails that we owe people: written in the transaction of what they speak of, due until they were sent or given up.

use crate::reliability::due_rank::{self, DueKind};
use crate::table::client::{Change, Conditional};
use crate::table::expression::{Condition, Update};
use crate::table::item::{RANK, item};
use crate::table::keys::{AccessKey, List};
use crate::table::query::Read;
use crate::{Store, StoreError, TenantStore};
use domain::access::emails::{About, Email, FIRST_SWEEP, LEASE};
use domain::ids::EmailId;
use domain::{TenantId, Timestamp};
use std::time::Duration;

/// How long an item outlives its use: only if nobody has swept for so long does an email go without a word.
const LINGERS: Duration = Duration::from_secs(7 * 24 * 3600);

item! {
    struct EmailItem: "email" {
        about: About = "ab",
        until: Timestamp = "un",
        #[serde(default)]
        tries: u32 = "tr" as TRIES,
        /// Until when a worker has it in hand.
        claimed_until?: Timestamp = "cu" as CLAIMED_UNTIL,
        list: String = "GSI1PK",
        rank: String = "GSI1SK",
        expires: i64 = "ttl",
    }
}

impl EmailItem {
    fn email(self, tenant: TenantId, id: EmailId) -> Email {
        Email { tenant, id, about: self.about, until: self.until, tries: self.tries }
    }
}

/// The change by which an email is owed.
pub(crate) fn owe(email: &Email) -> Result<Change, StoreError> {
    let item = EmailItem {
        about: email.about,
        until: email.until,
        tries: 0,
        claimed_until: None,
        list: List::due(&email.id.ulid_str()).pk(),
        rank: rank(email.tenant, email.id, email.id.at().plus(FIRST_SWEEP)),
        expires: email.until.plus(LINGERS).seconds(),
    };
    Change::create(AccessKey::Email(email.tenant, email.id), &item)
}

impl TenantStore<'_> {
    /// An email that is owed; none if there is none with this id.
    pub async fn email(self, id: EmailId) -> Result<Option<Email>, StoreError> {
        let item: Option<EmailItem> = self.table().get(AccessKey::Email(self.tenant, id), Read::Strong).await?;
        Ok(item.map(|item| item.email(self.tenant, id)))
    }

    /// Claims an email until a minute after `now`, and counts the try. None if it is not owed any more, if it was tried
    /// more than `step` times, or if another worker holds it.
    pub async fn claim_email(self, id: EmailId, step: u32, now: Timestamp) -> Result<Option<Email>, StoreError> {
        let end = now.plus(LEASE);
        let update = Update::at(AccessKey::Email(self.tenant, id))
            .set(EmailItem::CLAIMED_UNTIL, &end)
            .set(RANK, &rank(self.tenant, id, end))
            .count_up(EmailItem::TRIES)
            .when(Condition::is(EmailItem::TRIES, &step))
            .when(Condition::at_most(EmailItem::CLAIMED_UNTIL, &now));
        match self.table().update::<EmailItem>(update).await? {
            Conditional::Applied(item) => Ok(Some(item.email(self.tenant, id))),
            Conditional::Rejected(_) => Ok(None),
        }
    }
}

impl Store {
    /// Gives an email out of hand that was not taken, to be tried again at `next`.
    pub async fn put_off_email(&self, email: &Email, next: Timestamp) -> Result<(), StoreError> {
        let update = Update::at(AccessKey::Email(email.tenant, email.id))
            .set(RANK, &rank(email.tenant, email.id, next))
            .remove(EmailItem::CLAIMED_UNTIL)
            .when(Condition::exists())
            .when(Condition::is(EmailItem::TRIES, &email.tries));
        match self.table.update::<EmailItem>(update).await? {
            Conditional::Applied(_) | Conditional::Rejected(_) => Ok(()),
        }
    }

    /// Takes an email away that was sent, or that nobody is sent.
    pub async fn remove_email(&self, email: &Email) -> Result<(), StoreError> {
        self.table.delete(AccessKey::Email(email.tenant, email.id)).await
    }
}

fn rank(tenant: TenantId, id: EmailId, at: Timestamp) -> String {
    due_rank::due_rank(DueKind::Email, tenant, at, &id.ulid_str())
}
