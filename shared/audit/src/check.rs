//! Whether a chain is as it was written.

use crate::{ChainError, Chains};
use domain::access::audit::{CHAINED_WITHIN, Held, Link};
use domain::ids::AuditId;
use domain::{TenantId, Timestamp};
use std::collections::BTreeMap;
use std::fmt;

/// How many links or entries are read at once.
const PAGE: usize = 1000;

/// What links hold: entries, each with its digest.
type Digests = BTreeMap<AuditId, String>;

/// What the audit of a business turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chain {
    /// Every link follows the one before, and every entry is as its link holds it.
    Whole {
        /// How many entries there are.
        entries: usize,
    },
    /// It is not as it was written.
    Broken(Fault),
}

/// The first thing that is not as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// This link does not follow the one before: it was changed, or one before it was changed or removed.
    Link(u64),
    /// This entry is not as its link holds it: it was changed.
    Changed(AuditId),
    /// A link holds this entry, and it is gone.
    Gone(AuditId),
    /// No link holds this entry, though it is older than ten minutes.
    Unchained(AuditId),
}

impl fmt::Display for Chain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole { entries } => write!(f, "intact, {entries} entries"),
            Self::Broken(Fault::Link(number)) => write!(f, "BROKEN: link {number} does not continue the previous one"),
            Self::Broken(Fault::Changed(id)) => write!(f, "BROKEN: entry {id} was changed"),
            Self::Broken(Fault::Gone(id)) => write!(f, "BROKEN: entry {id} was removed"),
            Self::Broken(Fault::Unchained(id)) => write!(f, "BROKEN: entry {id} is in no link"),
        }
    }
}

impl Chains {
    /// Follows the chain of `tenant` from its beginning, and looks at each entry.
    ///
    /// # Errors
    /// [`ChainError`] if the table cannot be read or the key not be opened.
    pub async fn check(&self, tenant: TenantId, now: Timestamp) -> Result<Chain, ChainError> {
        let mut held = match self.links(tenant, now).await? {
            Ok(held) => held,
            Err(number) => return Ok(Chain::Broken(Fault::Link(number))),
        };
        let mut entries = 0;
        let mut above = None;
        loop {
            let page = self.store.tenant(tenant).entries(above, PAGE).await?;
            let Some((last, _)) = page.last() else { break };
            above = Some(last.id);
            entries += page.len();
            for (entry, _) in page {
                match held.remove(&entry.id) {
                    Some(digest) if digest == entry.digest() => {}
                    Some(_) => return Ok(Chain::Broken(Fault::Changed(entry.id))),
                    None if now.since(entry.audit_event.at) < CHAINED_WITHIN => {}
                    None => return Ok(Chain::Broken(Fault::Unchained(entry.id))),
                }
            }
        }
        Ok(held.keys().next().map_or(Chain::Whole { entries }, |id| Chain::Broken(Fault::Gone(*id))))
    }

    /// What the links hold; or the number of the first that does not follow.
    async fn links(&self, tenant: TenantId, now: Timestamp) -> Result<Result<Digests, u64>, ChainError> {
        let key = match self.store.chain_key().await? {
            Some(ciphertext) => Some(self.open(&ciphertext, now).await?),
            None => None,
        };
        let mut held = BTreeMap::new();
        let mut last = None::<Link>;
        loop {
            let page = self.store.tenant(tenant).links(last.as_ref().map_or(0, |last| last.number), PAGE).await?;
            if page.is_empty() {
                return Ok(Ok(held));
            }
            for link in page {
                if !key.as_ref().is_some_and(|key| link.follows(key, tenant, last.as_ref())) {
                    return Ok(Err(link.number));
                }
                held.extend(link.held.iter().map(|Held { id, digest }| (*id, digest.clone())));
                last = Some(link);
            }
        }
    }
}
