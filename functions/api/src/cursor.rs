//! Cursors: where the next page of a list begins. Opaque to the caller, and sealed: one that was changed, or that
//! belongs to another tenant, list or filter, is refused.

use crate::Deps;
use crate::problem::{Kind, Problem};
use crate::query::Cursor;
use domain::{MessageId, Secret, TenantId, seals};

/// One list, as its cursors are bound to it.
#[derive(Clone, Debug)]
pub(crate) struct Cursors<'a> {
    key: &'a Secret,
    tenant: String,
    list: String,
}

impl<'a> Cursors<'a> {
    /// The cursors of the list named `list`, with its filter in the name.
    pub(crate) fn of(deps: &'a Deps, tenant: TenantId, list: impl Into<String>) -> Self {
        Self { key: &deps.seal_key, tenant: tenant.bare(), list: list.into() }
    }

    /// The cursor for the page below `mark`.
    pub(crate) fn seal(&self, mark: &str) -> String {
        seals::seal(self.key, &self.purpose(), mark.as_bytes())
    }

    /// The mark in the cursor that came as the parameter `name`, if one came.
    pub(crate) fn mark(&self, cursor: Option<&Cursor>, name: &str) -> Result<Option<String>, Problem> {
        cursor.map(|Cursor(cursor)| self.opened(cursor).ok_or_else(|| foreign(name))).transpose()
    }

    /// The same where marks are ids of messages.
    pub(crate) fn message(&self, cursor: Option<&Cursor>, name: &str) -> Result<Option<MessageId>, Problem> {
        let mark = self.mark(cursor, name)?;
        mark.map(|mark| mark.parse().map_err(|_| foreign(name))).transpose()
    }

    fn opened(&self, cursor: &str) -> Option<String> {
        String::from_utf8(seals::open(self.key, &self.purpose(), cursor)?).ok()
    }

    fn purpose(&self) -> [&str; 3] {
        ["leadwire cursor 1", &self.tenant, &self.list]
    }
}

fn foreign(name: &str) -> Problem {
    Problem::field(Kind::InvalidParameter, name, "not a cursor of this list; begin again without one")
}
