//! Cursors: where the next page of a list begins. Opaque to the caller, and sealed: one that was changed, or that
//! belongs to another tenant, list or filter, is refused.

use crate::Deps;
use crate::problem::{Kind, Problem};
use crate::query::Params;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::{MessageId, Secret, TenantId};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Bytes of the seal: 128 bits.
const SEAL: usize = 16;

/// One list, as its cursors are bound to it.
#[derive(Clone, Debug)]
pub(crate) struct Cursors<'a> {
    key: &'a Secret,
    tenant: TenantId,
    list: String,
}

impl<'a> Cursors<'a> {
    /// The cursors of the list named `list`, with its filter in the name.
    pub(crate) fn of(deps: &'a Deps, tenant: TenantId, list: impl Into<String>) -> Self {
        Self { key: &deps.seal_key, tenant, list: list.into() }
    }

    /// The cursor for the page below `mark`.
    pub(crate) fn seal(&self, mark: &str) -> String {
        let seal = self.mac(mark).finalize().into_bytes();
        URL_SAFE_NO_PAD.encode([&seal[..SEAL], mark.as_bytes()].concat())
    }

    /// The mark in the cursor that came as the parameter `name`, if one came.
    pub(crate) fn mark(&self, params: &Params, name: &str) -> Result<Option<String>, Problem> {
        params.one(name).map(|cursor| self.opened(cursor).ok_or_else(|| foreign(name))).transpose()
    }

    /// The same where marks are ids of messages.
    pub(crate) fn message(&self, params: &Params, name: &str) -> Result<Option<MessageId>, Problem> {
        let mark = self.mark(params, name)?;
        mark.map(|mark| mark.parse().map_err(|_| foreign(name))).transpose()
    }

    fn opened(&self, cursor: &str) -> Option<String> {
        let bytes = URL_SAFE_NO_PAD.decode(cursor).ok()?;
        let (seal, mark) = bytes.split_at_checked(SEAL)?;
        let mark = std::str::from_utf8(mark).ok()?;
        self.mac(mark).verify_truncated_left(seal).ok()?;
        Some(mark.to_owned())
    }

    fn mac(&self, mark: &str) -> Hmac<Sha256> {
        let parts = ["leadwire cursor 1", &self.tenant.bare(), &self.list, mark];
        let mut mac =
            Hmac::<Sha256>::new_from_slice(self.key.expose().as_bytes()).expect("HMAC takes keys of any length");
        for part in parts {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part.as_bytes());
        }
        mac
    }
}

fn foreign(name: &str) -> Problem {
    Problem::field(Kind::InvalidParameter, name, "not a cursor of this list; begin again without one")
}
