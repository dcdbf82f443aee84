//! Keys of what waits, is set aside or is tried again.

use super::{Partition, Parts, rank};
use domain::digest;
use domain::ids::ParkedId;
use domain::{PhoneNumberId, TenantId, Timestamp, Wamid};

/// The sort key under which it stands that events wait.
const WAITING: &str = "WAITING";

/// An item of work that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WorkKey {
    /// An event that waits for the message it speaks of.
    Orphan(TenantId, Wamid, String),
    /// That events wait for this message, and when they are tried again.
    Waiting(TenantId, Wamid),
    /// A part of a parked event. Not under a tenant: it may not be known.
    ParkedPart(ParkedId, u16),
    /// A parked event: why, and how many parts. Written last.
    Parked(ParkedId),
    /// A parked event in the list of the business number that it concerns, by when it was parked.
    ParkedOf(PhoneNumberId, Timestamp, ParkedId),
    /// Set before an event that has failed often is tried again, and taken away after.
    Attempt(String),
    /// What a client's idempotency key stands for.
    Idempotency(TenantId, String),
}

impl WorkKey {
    /// The partition key.
    #[must_use]
    pub fn pk(&self) -> String {
        match self {
            Self::Orphan(tenant, wamid, _) | Self::Waiting(tenant, wamid) => {
                Partition::Orphans(*tenant, wamid.clone()).pk()
            }
            Self::ParkedPart(id, _) | Self::Parked(id) => format!("PARK#{}", id.ulid_str()),
            Self::ParkedOf(number, ..) => Partition::ParkedOf(number.clone()).pk(),
            Self::Attempt(event) => format!("ATTEMPT#{event}"),
            Self::Idempotency(tenant, digest) => format!("T#{}#IDEM#{digest}", tenant.ulid_str()),
        }
    }

    /// The sort key.
    #[must_use]
    pub fn sk(&self) -> String {
        match self {
            Self::Orphan(_, _, digest) => digest.clone(),
            Self::Waiting(..) => WAITING.to_owned(),
            Self::ParkedPart(_, part) => format!("PART#{part:05}"),
            Self::Parked(_) => "MANIFEST".to_owned(),
            Self::ParkedOf(_, at, id) => rank(*at, &id.ulid_str()),
            Self::Attempt(_) => "ATTEMPT".to_owned(),
            Self::Idempotency(..) => "IDEM".to_owned(),
        }
    }

    /// What stands in these two keys; none if that is of another area.
    pub(super) fn read(parts: &Parts<'_>) -> Option<Self> {
        match (parts.tenant, parts.head, parts.rest) {
            (Some(tenant), "ORPH", Some(wamid)) if parts.sk == WAITING => {
                Some(Self::Waiting(tenant, Wamid::parse(wamid).ok()?))
            }
            (Some(tenant), "ORPH", Some(wamid)) => {
                Some(Self::Orphan(tenant, Wamid::parse(wamid).ok()?, parts.sk.to_owned()))
            }
            (Some(tenant), "IDEM", Some(digest)) => Some(Self::Idempotency(tenant, digest.to_owned())),
            (None, "PARK", Some(parked)) => read_parked(parked, parts.sk),
            (None, "ATTEMPT", Some(event)) => Some(Self::Attempt(event.to_owned())),
            _ => None,
        }
    }

    /// Words for a log, where the keys hold a phone, an address or a name of WhatsApp.
    pub(super) fn masked(&self) -> Option<String> {
        match self {
            Self::Orphan(..) | Self::Waiting(..) => {
                Some(format!("orphan #{} {}", digest::hex(&[&self.pk()]), self.sk()))
            }
            Self::ParkedPart(..) | Self::Parked(_) | Self::ParkedOf(..) | Self::Attempt(_) | Self::Idempotency(..) => {
                None
            }
        }
    }
}

fn read_parked(parked: &str, sk: &str) -> Option<WorkKey> {
    if let Some(number) = parked.strip_prefix("CH#") {
        let number = PhoneNumberId::parse(number).ok()?;
        let (at, id) = sk.split_once('#')?;
        let at = Timestamp::from_millis(at.parse().ok()?);
        return Some(WorkKey::ParkedOf(number, at, ParkedId::from_ulid_str(id).ok()?));
    }
    let id = ParkedId::from_ulid_str(parked).ok()?;
    match sk.strip_prefix("PART#") {
        Some(part) => Some(WorkKey::ParkedPart(id, part.parse().ok()?)),
        None => Some(WorkKey::Parked(id)),
    }
}
