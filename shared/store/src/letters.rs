//! Letters that we owe people: written in the transaction of what they speak of, due until they were sent or given up.

use crate::due_rank::{self, DueKind};
use crate::expression::{Condition, Update};
use crate::keys::{Key, List};
use crate::table::{Change, Written};
use crate::{Store, StoreError};
use domain::ids::LetterId;
use domain::letters::{About, FIRST_SWEEP, LEASE, Letter};
use domain::{TenantId, Timestamp};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// How long an item outlives its use: only if nobody has swept for so long does a letter go without a word.
const LINGERS: Duration = Duration::from_secs(7 * 24 * 3600);

#[derive(Serialize, Deserialize)]
struct LetterItem {
    ty: String,
    v: u8,
    ab: About,
    un: Timestamp,
    #[serde(default)]
    tr: u32,
    /// Until when a worker has it in hand.
    #[serde(default)]
    cu: Option<Timestamp>,
    #[serde(rename = "GSI1PK")]
    list: String,
    #[serde(rename = "GSI1SK")]
    rank: String,
    #[serde(rename = "ttl")]
    expires: i64,
}

impl LetterItem {
    fn letter(self, tenant: TenantId, id: LetterId) -> Letter {
        Letter { tenant, id, about: self.ab, until: self.un, tries: self.tr }
    }
}

/// The change by which a letter is owed.
pub(crate) fn owed(letter: &Letter) -> Result<Change, StoreError> {
    let item = LetterItem {
        ty: "letter".into(),
        v: 1,
        ab: letter.about,
        un: letter.until,
        tr: 0,
        cu: None,
        list: List::due(&letter.id.bare()).pk(),
        rank: rank(letter.tenant, letter.id, letter.id.at().plus(FIRST_SWEEP)),
        expires: letter.until.plus(LINGERS).seconds(),
    };
    Change::create(&Key::Letter(letter.tenant, letter.id), &item)
}

impl Store {
    /// Takes a letter in hand until a minute after `now`, and counts the try. None if it is not owed any more, or
    /// another worker has it in hand.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn claim_letter(
        &self,
        tenant: TenantId,
        id: LetterId,
        now: Timestamp,
    ) -> Result<Option<Letter>, StoreError> {
        let end = now.plus(LEASE);
        let update = Update::of(Key::Letter(tenant, id))
            .set("cu", &end)
            .set("GSI1SK", &rank(tenant, id, end))
            .count_up("tr")
            .when(Condition::Exists)
            .when(Condition::at_most("cu", &now));
        match self.table.update::<LetterItem>(update).await? {
            Written::Done(item) => Ok(Some(item.letter(tenant, id))),
            Written::Refused(_) => Ok(None),
        }
    }

    /// Gives a letter out of hand that was not taken, to be tried again at `next`.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn put_off_letter(&self, letter: &Letter, next: Timestamp) -> Result<(), StoreError> {
        let update = Update::of(Key::Letter(letter.tenant, letter.id))
            .set("GSI1SK", &rank(letter.tenant, letter.id, next))
            .remove("cu")
            .when(Condition::Exists)
            .when(Condition::is("tr", &letter.tries));
        match self.table.update::<LetterItem>(update).await? {
            Written::Done(_) | Written::Refused(_) => Ok(()),
        }
    }

    /// Takes a letter away that was sent, or that nobody is sent.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn remove_letter(&self, letter: &Letter) -> Result<(), StoreError> {
        self.table.delete(&Key::Letter(letter.tenant, letter.id)).await
    }
}

fn rank(tenant: TenantId, id: LetterId, at: Timestamp) -> String {
    due_rank::due_rank(DueKind::Letter, tenant, at, &id.bare())
}
