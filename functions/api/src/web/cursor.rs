//! Cursors: where the next page of a list begins. Opaque to the caller, and signed: one that was changed, or that
//! belongs to another tenant, list or filter, is refused.

use crate::Deps;
use crate::web::problem::{Kind, Problem};
use crate::web::query::Cursor;
use domain::{MessageId, Secret, TenantId, signed_token};

/// One list, as its cursors are bound to it.
#[derive(Clone, Debug)]
pub(crate) struct Cursors<'a> {
    key: &'a Secret,
    tenant: String,
    list: String,
}

impl<'a> Cursors<'a> {
    /// The cursors of the list named `list`, with its filter in the name.
    pub(crate) fn for_list(deps: &'a Deps, tenant: TenantId, list: impl Into<String>) -> Self {
        Self { key: &deps.token_key, tenant: tenant.ulid_str(), list: list.into() }
    }

    /// The cursor for the page below `mark`.
    pub(crate) fn sign(&self, mark: &str) -> String {
        signed_token::sign(self.key, &self.purpose(), mark.as_bytes())
    }

    /// The mark in the cursor that came as the parameter `name`, if one came.
    pub(crate) fn mark(&self, cursor: Option<&Cursor>, name: &str) -> Result<Option<String>, Problem> {
        cursor.map(|Cursor(cursor)| self.verify(cursor).ok_or_else(|| foreign(name))).transpose()
    }

    /// The same where marks are ids of messages.
    pub(crate) fn message(&self, cursor: Option<&Cursor>, name: &str) -> Result<Option<MessageId>, Problem> {
        let mark = self.mark(cursor, name)?;
        mark.map(|mark| mark.parse().map_err(|_| foreign(name))).transpose()
    }

    fn verify(&self, cursor: &str) -> Option<String> {
        String::from_utf8(signed_token::verify(self.key, &self.purpose(), cursor)?).ok()
    }

    fn purpose(&self) -> [&str; 3] {
        ["leadwire cursor 1", &self.tenant, &self.list]
    }
}

fn foreign(name: &str) -> Problem {
    Problem::field(Kind::InvalidParameter, name, "This is not a cursor of this list. Start again without a cursor.")
}
