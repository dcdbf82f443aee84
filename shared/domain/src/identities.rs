//! Ways to recognise a customer. The phone is optional: people with a username may never show it.

use crate::ids::{HistoryId, LeadId, MessageId};
use crate::personal::Text;
use crate::phone::Phone;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fmt;

/// A business-scoped user id that is empty or too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected a business-scoped user ID of 1 to 160 characters without spaces")]
pub struct InvalidBsuid;

/// WhatsApp's business-scoped ID of a user, such as `IN.77120934411`. Case-sensitive.
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

/// The business portfolio that issued a user id. A person has one user id for each portfolio (Cloud API, BSUID).
///
/// WhatsApp's events name the account and not the portfolio, so the account's id stands for its portfolio.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Portfolio(String);

impl Portfolio {
    /// The portfolio of a WhatsApp Business account. None if the id is empty or has white space.
    #[must_use]
    pub fn of_account(account: &str) -> Option<Self> {
        let fits = !account.is_empty() && !account.chars().any(char::is_whitespace);
        fits.then(|| Self(account.to_owned()))
    }

    /// The id that stands for it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Who an event speaks of: whatever WhatsApp told of this person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Customer {
    /// The portfolio that issued the user id; none where the event does not name an account.
    pub portfolio: Option<Portfolio>,
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
    pub history: HistoryId,
    /// Who the person is now.
    pub lead: LeadId,
    /// The other identities that have been seen with it.
    pub seen_with: Vec<SeenWith>,
    /// The event that gave it to this lead, if an event did.
    pub since: Option<MessageId>,
}

/// An identity that an event named together with another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenWith {
    /// Which.
    pub identity: Identity,
    /// The portfolio that issued it, if it is a user id of a known portfolio.
    pub portfolio: Option<Portfolio>,
}

/// A phone that passes from one lead to another: WhatsApp gave the number to a new person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PassedOn {
    /// The phone.
    pub phone: Phone,
    /// Who had it.
    pub from: LeadId,
    /// The user ids that were seen with it until now.
    pub former: Vec<Identity>,
}

/// Who an event's customer is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recognised {
    /// One that is on record.
    As {
        /// By which identity: the strongest that is known.
        by: Identity,
        /// Where the history lives.
        history: HistoryId,
        /// Who it is.
        lead: LeadId,
        /// Identities of this person that have not been seen with that one yet.
        unlinked: Vec<Identity>,
        /// Other leads to whom one of the identities belongs.
        perhaps: Vec<LeadId>,
        /// The event's phone, if it has to move here from another lead.
        passed_on: Option<PassedOn>,
    },
    /// Nobody we know.
    Stranger {
        /// The identities that belong to nobody.
        free: Vec<Identity>,
        /// Leads to whom one of the identities belonged until now, though this is another person.
        perhaps: Vec<LeadId>,
        /// The event's phone, if it has to move to this person from another lead.
        passed_on: Option<PassedOn>,
    },
}

impl Customer {
    /// Who this is, given which of its identities are on record. The strongest known one decides. A phone that was seen
    /// with another user id of the same portfolio does not: the number was given to a new person, and moves to them.
    ///
    /// `event` is what names this person. One from before the phone moved says nothing about the phone any more, so
    /// replays and late events change nothing.
    #[must_use]
    pub fn recognise(&self, on_record: &[Known], event: Option<MessageId>) -> Recognised {
        let outdated =
            |known: &&Known| self.has_passed_on(known) && event.is_some_and(|event| known.since > Some(event));
        let lost: Vec<_> = on_record.iter().filter(outdated).map(|known| &known.identity).collect();
        let mut identities = self.identities();
        identities.retain(|identity| !lost.contains(&identity));
        let known = |identity: &Identity| on_record.iter().find(|known| known.identity == *identity);
        let decisive = identities.iter().filter_map(known).find(|known| !self.has_passed_on(known));
        let others = |lead: Option<LeadId>| {
            let mut leads: Vec<_> = identities.iter().filter_map(known).map(|known| known.lead).collect();
            leads.retain(|other| Some(*other) != lead);
            leads.dedup();
            leads
        };
        let moved = |lead: Option<LeadId>| {
            let mut phones = identities.iter().filter_map(known).filter(|known| Some(known.lead) != lead);
            phones.find(|known| self.has_passed_on(known)).and_then(Known::passed_on)
        };
        match decisive {
            Some(known) => Recognised::As {
                by: known.identity.clone(),
                history: known.history,
                lead: known.lead,
                unlinked: identities
                    .iter()
                    .filter(|id| **id != known.identity && !known.was_seen_with(id))
                    .cloned()
                    .collect(),
                perhaps: others(Some(known.lead)),
                passed_on: moved(Some(known.lead)),
            },
            None => Recognised::Stranger {
                free: identities.iter().filter(|identity| known(identity).is_none()).cloned().collect(),
                perhaps: others(None),
                passed_on: moved(None),
            },
        }
    }

    fn has_passed_on(&self, known: &Known) -> bool {
        let Some(mine) = &self.bsuid else { return false };
        let mine = Identity::Bsuid(mine.clone());
        let same_portfolio = |other: &&SeenWith| match (&other.portfolio, &self.portfolio) {
            (Some(theirs), Some(ours)) => theirs == ours,
            (None, _) | (_, None) => true,
        };
        let is_phone = matches!(known.identity, Identity::Phone(_));
        let users = known.seen_with.iter().filter(|other| matches!(other.identity, Identity::Bsuid(_)));
        is_phone && !known.was_seen_with(&mine) && users.filter(same_portfolio).count() > 0
    }

    /// Whether this names an identity that the addressee `known` does not have, so that both have to be linked.
    #[must_use]
    pub fn tells_more_than(&self, known: &Addressee) -> bool {
        let phone = self.phone.as_ref().is_some_and(|phone| known.phone.as_ref() != Some(phone));
        let bsuid = self.bsuid.as_ref().is_some_and(|bsuid| known.bsuid.as_ref() != Some(bsuid));
        (phone || bsuid) && self.identities().len() > 1
    }
}

/// By what we knew the recipient of a message of ours when we accepted it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Addressee {
    /// The phone.
    pub phone: Option<Phone>,
    /// The user id.
    pub bsuid: Option<Bsuid>,
}

impl Known {
    fn was_seen_with(&self, identity: &Identity) -> bool {
        self.seen_with.iter().any(|other| other.identity == *identity)
    }

    /// What moves if this phone passes to another lead.
    fn passed_on(&self) -> Option<PassedOn> {
        let Identity::Phone(phone) = &self.identity else { return None };
        let users = self.seen_with.iter().map(|other| &other.identity);
        let former = users.filter(|other| matches!(other, Identity::Bsuid(_))).cloned().collect();
        Some(PassedOn { phone: phone.clone(), from: self.lead, former })
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
        let seen_with = seen_with.into_iter().map(|identity| SeenWith { identity, portfolio: None }).collect();
        Known { identity, history: HistoryId::for_lead(lead), lead, seen_with, since: None }
    }

    #[test]
    fn a_phone_on_record_gains_the_user_id_that_comes_with_it() {
        let both = customer(Some("IN.1"), Some("919876543210"));
        let [bsuid, phone] = both.identities().try_into().unwrap();
        let on_record = [known(phone.clone(), 1, vec![])];
        let Recognised::As { by, unlinked, perhaps, .. } = both.recognise(&on_record, None) else {
            panic!("a stranger")
        };
        assert_eq!((by, unlinked, perhaps), (phone, vec![bsuid], vec![]));
    }

    #[test]
    fn a_phone_on_record_is_found_by_its_other_spelling() {
        let [on_record] = customer(None, Some("5511988887777")).identities().try_into().unwrap();
        let writes = customer(None, Some("551188887777"));
        let Recognised::As { unlinked, .. } = writes.recognise(&[known(on_record, 1, vec![])], None) else {
            panic!("new")
        };
        assert_eq!(unlinked, []);
    }

    #[test]
    fn a_number_that_was_passed_on_is_another_person() {
        let new = customer(Some("IN.2"), Some("919876543210"));
        let [_, phone] = new.identities().try_into().unwrap();
        let old = known(phone, 1, vec![Identity::Bsuid(Bsuid::parse("IN.1").unwrap())]);
        let recognised = new.recognise(std::slice::from_ref(&old), None);
        let Recognised::Stranger { free, perhaps, passed_on } = recognised else { panic!("known") };
        assert_eq!((free.len(), perhaps), (1, vec![old.lead]));
        assert_eq!(passed_on.map(|moved| (moved.from, moved.former.len())), Some((old.lead, 1)));
    }

    #[test]
    fn a_user_id_of_another_portfolio_joins_the_lead_and_one_of_the_same_takes_the_phone_away() {
        let mut new = customer(Some("IN.2"), Some("919876543210"));
        let [_, phone] = new.identities().try_into().unwrap();
        let mut old = known(phone, 1, vec![Identity::Bsuid(Bsuid::parse("IN.1").unwrap())]);
        old.seen_with[0].portfolio = Portfolio::of_account("10");
        new.portfolio = Portfolio::of_account("20");
        let joined = new.recognise(std::slice::from_ref(&old), None);
        assert!(matches!(joined, Recognised::As { lead, passed_on: None, .. } if lead == old.lead), "{joined:?}");
        new.portfolio = Portfolio::of_account("10");
        let moved = new.recognise(std::slice::from_ref(&old), None);
        assert!(matches!(moved, Recognised::Stranger { passed_on: Some(_), .. }), "{moved:?}");
    }

    #[test]
    fn an_event_from_before_the_phone_moved_says_nothing_about_the_phone() {
        let former = customer(Some("IN.1"), Some("919876543210"));
        let [bsuid, phone] = former.identities().try_into().unwrap();
        let at = |seconds| MessageId::from_parts(crate::Timestamp::from_seconds(seconds), 0);
        let mut moved = known(phone, 2, vec![Identity::Bsuid(Bsuid::parse("IN.2").unwrap())]);
        moved.since = Some(at(20));
        let on_record = [known(bsuid, 1, vec![]), moved];
        let late = former.recognise(&on_record, Some(at(10)));
        let Recognised::As { unlinked, perhaps, passed_on, .. } = late else { panic!("a stranger") };
        assert_eq!((unlinked, perhaps, passed_on), (vec![], vec![], None));
        let later = former.recognise(&on_record, Some(at(30)));
        assert!(matches!(later, Recognised::As { passed_on: Some(_), .. }), "{later:?}");
    }

    #[test]
    fn what_a_status_repeats_of_its_addressee_needs_no_link() {
        let both = customer(Some("IN.1"), Some("919876543210"));
        let addressee = |told: &Customer| Addressee { phone: told.phone.clone(), bsuid: told.bsuid.clone() };
        assert!(!both.tells_more_than(&addressee(&both)));
        assert!(
            !customer(None, Some("919876543210")).tells_more_than(&Addressee::default()),
            "nothing to link it with"
        );
        assert!(both.tells_more_than(&addressee(&customer(None, Some("919876543210")))));
        assert!(both.tells_more_than(&addressee(&customer(Some("IN.1"), None))));
    }

    #[test]
    fn the_user_id_decides_where_both_are_known_and_the_other_lead_is_told() {
        let both = customer(Some("IN.1"), Some("919876543210"));
        let [bsuid, phone] = both.identities().try_into().unwrap();
        let on_record = [known(bsuid.clone(), 1, vec![]), known(phone, 2, vec![])];
        let Recognised::As { by, perhaps, .. } = both.recognise(&on_record, None) else { panic!("a stranger") };
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
