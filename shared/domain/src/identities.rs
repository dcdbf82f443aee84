//! Ways to recognise a customer. The phone is optional: people with a username may never show it.

use crate::ids::{HomeId, LeadId};
use crate::personal::Text;
use crate::phone::Phone;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fmt;

/// A business-scoped user id that is empty or too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected a business-scoped user id of 1 to 160 characters without spaces")]
pub struct InvalidBsuid;

/// WhatsApp's business-scoped id of a user, such as `IN.77120934411`. Opaque and case-sensitive.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(extend("minLength" = 1, "maxLength" = 160), example = &"IN.77120934411")]
pub struct Bsuid(String);

impl Bsuid {
    /// Takes the id as WhatsApp wrote it.
    ///
    /// # Errors
    /// [`InvalidBsuid`] if it is empty, over 160 bytes, or has white space.
    pub fn parse(text: &str) -> Result<Self, InvalidBsuid> {
        let fits = (1..=160).contains(&text.len()) && !text.chars().any(|c| c.is_whitespace() || c.is_control());
        if fits { Ok(Self(text.to_owned())) } else { Err(InvalidBsuid) }
    }

    /// The id as WhatsApp wrote it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Bsuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Bsuid({}…)", self.0.get(..3).unwrap_or_default())
    }
}

impl TryFrom<String> for Bsuid {
    type Error = InvalidBsuid;
    fn try_from(text: String) -> Result<Self, InvalidBsuid> {
        Self::parse(&text)
    }
}

impl From<Bsuid> for String {
    fn from(id: Bsuid) -> Self {
        id.0
    }
}

/// One way to recognise a customer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Identity {
    /// By the business-scoped user id.
    Bsuid(Bsuid),
    /// By the id that several businesses of one owner share.
    ParentBsuid(Bsuid),
    /// By phone number, in whichever of its spellings.
    Phone(Phone),
}

impl Identity {
    /// The word for this kind, as table keys have it.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Bsuid(_) => "bsuid",
            Self::ParentBsuid(_) => "parent",
            Self::Phone(_) => "phone",
        }
    }

    /// The value within its kind, as table keys have it: the same for all spellings of a phone.
    #[must_use]
    pub fn value(&self) -> Cow<'_, str> {
        match self {
            Self::Bsuid(id) | Self::ParentBsuid(id) => Cow::Borrowed(id.as_str()),
            Self::Phone(phone) => phone.canonical(),
        }
    }
}

/// Who an event speaks of: whatever WhatsApp told of this person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Customer {
    /// The business-scoped user id: there since April 2026.
    pub bsuid: Option<Bsuid>,
    /// The id above it, of owners enrolled for it.
    pub parent: Option<Bsuid>,
    /// The phone: absent where the person has a username and never wrote to this number by phone.
    pub phone: Option<Phone>,
    /// The profile's name, as the person chose it.
    pub name: Option<Text>,
    /// The username; for show, never a key.
    pub username: Option<Text>,
}

impl Customer {
    /// The ways to recognise this person, the strongest first: BSUID, parent BSUID, phone.
    #[must_use]
    pub fn identities(&self) -> Vec<Identity> {
        let bsuid = self.bsuid.clone().map(Identity::Bsuid);
        let parent = self.parent.clone().map(Identity::ParentBsuid);
        let phone = self.phone.clone().map(Identity::Phone);
        [bsuid, parent, phone].into_iter().flatten().collect()
    }
}

/// An identity that is on record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// Which.
    pub identity: Identity,
    /// Where the person's history lives.
    pub home: HomeId,
    /// Who the person is now.
    pub lead: LeadId,
    /// The other identities that have been seen with it.
    pub seen_with: Vec<Identity>,
}

/// Who an event's customer is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recognised {
    /// One that is on record.
    As {
        /// By which identity: the strongest that is known.
        by: Identity,
        /// Where the history lives.
        home: HomeId,
        /// Who it is.
        lead: LeadId,
        /// Identities of this person that have not been seen with that one yet.
        unlinked: Vec<Identity>,
        /// Other leads to whom one of the identities belongs.
        perhaps: Vec<LeadId>,
    },
    /// Nobody we know.
    Stranger {
        /// The identities that belong to nobody.
        free: Vec<Identity>,
        /// Leads to whom one of the identities belongs, though this is another person: a number passes on.
        perhaps: Vec<LeadId>,
    },
}

impl Customer {
    /// Who this is, given which of its identities are on record. The strongest known one decides. A phone that
    /// was seen with another user id does not: numbers are given to new people.
    #[must_use]
    pub fn recognise(&self, on_record: &[Known]) -> Recognised {
        let identities = self.identities();
        let known = |identity: &Identity| on_record.iter().find(|known| known.identity == *identity);
        let decisive = identities.iter().filter_map(known).find(|known| !self.has_passed_on(known));
        let others = |lead: Option<LeadId>| {
            let mut leads: Vec<_> = identities.iter().filter_map(known).map(|known| known.lead).collect();
            leads.retain(|other| Some(*other) != lead);
            leads.dedup();
            leads
        };
        match decisive {
            Some(known) => Recognised::As {
                by: known.identity.clone(),
                home: known.home,
                lead: known.lead,
                unlinked: identities
                    .iter()
                    .filter(|id| **id != known.identity && !known.seen_with.contains(id))
                    .cloned()
                    .collect(),
                perhaps: others(Some(known.lead)),
            },
            None => Recognised::Stranger {
                free: identities.iter().filter(|identity| known(identity).is_none()).cloned().collect(),
                perhaps: others(None),
            },
        }
    }

    fn has_passed_on(&self, known: &Known) -> bool {
        let Some(mine) = &self.bsuid else { return false };
        let is_phone = matches!(known.identity, Identity::Phone(_));
        let users: Vec<_> = known.seen_with.iter().filter(|other| matches!(other, Identity::Bsuid(_))).collect();
        is_phone && !users.is_empty() && !users.contains(&&Identity::Bsuid(mine.clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn customer(bsuid: Option<&str>, phone: Option<&str>) -> Customer {
        Customer {
            bsuid: bsuid.map(|id| Bsuid::parse(id).unwrap()),
            phone: phone.map(|digits| Phone::parse(digits).unwrap()),
            ..Customer::default()
        }
    }

    fn known(identity: Identity, lead: u128, seen_with: Vec<Identity>) -> Known {
        let lead = LeadId::from_parts(crate::Timestamp::default(), lead);
        Known { identity, home: HomeId::of(lead), lead, seen_with }
    }

    #[test]
    fn a_phone_on_record_gains_the_user_id_that_comes_with_it() {
        let both = customer(Some("IN.1"), Some("919876543210"));
        let [bsuid, phone] = both.identities().try_into().unwrap();
        let on_record = [known(phone.clone(), 1, vec![])];
        let Recognised::As { by, unlinked, perhaps, .. } = both.recognise(&on_record) else { panic!("a stranger") };
        assert_eq!((by, unlinked, perhaps), (phone, vec![bsuid], vec![]));
    }

    #[test]
    fn a_phone_on_record_is_found_by_its_other_spelling() {
        let [on_record] = customer(None, Some("5511988887777")).identities().try_into().unwrap();
        let writes = customer(None, Some("551188887777"));
        let Recognised::As { unlinked, .. } = writes.recognise(&[known(on_record, 1, vec![])]) else { panic!("new") };
        assert_eq!(unlinked, []);
    }

    #[test]
    fn a_number_that_was_passed_on_is_another_person() {
        let new = customer(Some("IN.2"), Some("919876543210"));
        let [_, phone] = new.identities().try_into().unwrap();
        let old = known(phone, 1, vec![Identity::Bsuid(Bsuid::parse("IN.1").unwrap())]);
        let Recognised::Stranger { free, perhaps } = new.recognise(std::slice::from_ref(&old)) else { panic!("known") };
        assert_eq!((free.len(), perhaps), (1, vec![old.lead]));
    }

    #[test]
    fn the_user_id_decides_where_both_are_known_and_the_other_lead_is_told() {
        let both = customer(Some("IN.1"), Some("919876543210"));
        let [bsuid, phone] = both.identities().try_into().unwrap();
        let on_record = [known(bsuid.clone(), 1, vec![]), known(phone, 2, vec![])];
        let Recognised::As { by, perhaps, .. } = both.recognise(&on_record) else { panic!("a stranger") };
        assert_eq!((by, perhaps), (bsuid, vec![on_record[1].lead]));
    }

    #[test]
    fn the_bsuid_is_asked_first() {
        let customer = Customer {
            bsuid: Some(Bsuid::parse("IN.1").unwrap()),
            phone: Some(Phone::parse("919876543210").unwrap()),
            ..Customer::default()
        };
        let kinds: Vec<_> = customer.identities().iter().map(Identity::kind).collect();
        assert_eq!(kinds, ["bsuid", "phone"]);
    }
}
