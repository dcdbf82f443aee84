//! Who an event speaks of, and which of the listed contacts that is.

use crate::content::words;
use crate::json::Object;
use domain::{Bsuid, Customer, Identity, Phone};

/// Who a message is from, and the new identities of that person that it tells.
pub(crate) struct Sender {
    /// The person, as known until now.
    pub(crate) customer: Customer,
    /// What they are known by from now on.
    pub(crate) also: Vec<Identity>,
}

/// Who sent `message`, with what `contact` adds.
///
/// Cloud API, system messages: of a changed number or user id the message tells the old ones (`from`,
/// `previous_user_id`) and the new ones (`wa_id`, before version 12 `new_wa_id`; `user_id`). The customer is the
/// old one, since that is who we know.
pub(crate) fn sender(message: &Object<'_>, contact: Option<&Object<'_>>) -> Sender {
    let said = person(message, "from_user_id", "from_parent_user_id", &["from"]);
    let listed = contact.map(listed).unwrap_or_default();
    let Some((old, new)) = change(message) else {
        return Sender { customer: joined(said, listed), also: Vec::new() };
    };
    let before = joined(old, joined(without(said, &new), without(listed.clone(), &new)));
    let known = before.identities();
    if known.is_empty() {
        return Sender { customer: joined(new, listed), also: Vec::new() };
    }
    let also = new.identities().into_iter().filter(|identity| !known.contains(identity)).collect();
    Sender { customer: before, also }
}

/// Who `status` says that our message went to, with what `contact` adds. In a group it speaks of one participant
/// (Cloud API, group statuses: `recipient_id` is then the group's).
pub(crate) fn recipient(status: &Object<'_>, contact: Option<&Object<'_>>) -> Customer {
    let group = status.text("recipient_type").is_some_and(|word| word == "group");
    let said = if group || status.raw("recipient_participant_id").is_some() {
        person(status, "recipient_participant_user_id", "", &["recipient_participant_id"])
    } else {
        person(status, "recipient_user_id", "recipient_parent_user_id", &["recipient_id"])
    };
    joined(said, contact.map(listed).unwrap_or_default())
}

/// To whom `echo` says that the business wrote, with what `contact` adds.
pub(crate) fn echoed(echo: &Object<'_>, contact: Option<&Object<'_>>) -> Customer {
    let said = person(echo, "to_user_id", "to_parent_user_id", &["to"]);
    joined(said, contact.map(listed).unwrap_or_default())
}

/// Which of `contacts` is `person`. Cloud API, webhooks: contacts are matched by their ids, not by their place.
/// A single contact is taken also where it shares no id with the person, unless their ids contradict each other.
pub(crate) fn matching(person: &Customer, contacts: &[Customer]) -> Vec<usize> {
    let same = |contact: &Customer| !contradict(person, contact) && share(person, contact);
    let found: Vec<usize> = (0..contacts.len()).filter(|index| same(&contacts[*index])).collect();
    match contacts {
        [only] if found.is_empty() && !contradict(person, only) => vec![0],
        _ => found,
    }
}

/// The person whom an entry of `contacts` describes. A name of which nobody sees anything is none.
pub(crate) fn listed(contact: &Object<'_>) -> Customer {
    let profile = contact.object("profile");
    let shown = |key| profile.as_ref().and_then(|profile| words(profile, key));
    Customer {
        name: shown("name"),
        username: shown("username"),
        ..person(contact, "user_id", "parent_user_id", &["wa_id"])
    }
}

/// Who the person was, and who they are from now on, if the message is about that.
fn change(message: &Object<'_>) -> Option<(Customer, Customer)> {
    let system = message.object("system")?;
    match system.text("type")?.as_str() {
        "user_changed_number" | "customer_changed_number" | "user_changed_user_id" => {
            let old = person(&system, "previous_user_id", "previous_parent_user_id", &["customer"]);
            Some((old, person(&system, "user_id", "parent_user_id", &["wa_id", "new_wa_id"])))
        }
        _ => None,
    }
}

fn person(object: &Object<'_>, user: &str, parent: &str, phones: &[&str]) -> Customer {
    let id = |key| object.text(key).and_then(|text| Bsuid::parse(&text).ok());
    let phone = phones.iter().find_map(|key| Phone::parse(&object.text(key)?).ok());
    Customer { bsuid: id(user), parent: id(parent), phone, ..Customer::default() }
}

/// What `first` tells, and where it is silent, what `second` tells.
fn joined(first: Customer, second: Customer) -> Customer {
    Customer {
        portfolio: first.portfolio.or(second.portfolio),
        bsuid: first.bsuid.or(second.bsuid),
        parent: first.parent.or(second.parent),
        phone: first.phone.or(second.phone),
        name: first.name.or(second.name),
        username: first.username.or(second.username),
    }
}

/// `person` without the ids that are also `other`'s.
fn without(person: Customer, other: &Customer) -> Customer {
    Customer {
        bsuid: person.bsuid.filter(|id| Some(id) != other.bsuid.as_ref()),
        parent: person.parent.filter(|id| Some(id) != other.parent.as_ref()),
        phone: person.phone.filter(|phone| Some(phone) != other.phone.as_ref()),
        ..person
    }
}

fn share(one: &Customer, other: &Customer) -> bool {
    equal(one.bsuid.as_ref(), other.bsuid.as_ref()) || equal(one.phone.as_ref(), other.phone.as_ref())
}

/// Whether these are two people: by their user ids, or where one has none, by their phones.
fn contradict(one: &Customer, other: &Customer) -> bool {
    match (&one.bsuid, &other.bsuid, &one.phone, &other.phone) {
        (Some(one), Some(other), ..) => one != other,
        (_, _, Some(one), Some(other)) => one != other,
        _ => false,
    }
}

fn equal<T: PartialEq>(one: Option<&T>, other: Option<&T>) -> bool {
    one.is_some() && one == other
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Text;

    fn customer(bsuid: &str, phone: &str) -> Customer {
        Customer { bsuid: Bsuid::parse(bsuid).ok(), phone: Phone::parse(phone).ok(), ..Customer::default() }
    }

    fn told(json: &str) -> Sender {
        sender(&Object::read(json).unwrap(), None)
    }

    #[test]
    fn a_name_of_which_nobody_sees_anything_is_none() {
        let names = |name: &str| {
            let json = serde_json::json!({ "profile": { "name": name, "username": name }, "wa_id": "919876543210" });
            let contact = listed(&Object::read(&json.to_string()).unwrap());
            [contact.name, contact.username]
        };
        for blank in ["\u{200b}", "\u{3164}\u{3164}", "\u{2800}", " \u{202e}\u{feff}"] {
            assert_eq!(names(blank), [None, None], "{blank:?}");
        }
        assert_eq!(names("\u{200f}علي"), [Some(Text::new("\u{200f}علي")), Some(Text::new("\u{200f}علي"))]);
    }

    #[test]
    fn contacts_of_one_account_match_in_either_spelling() {
        let contacts = [customer("", "5511988887777"), customer("", "919876543210")];
        assert_eq!(matching(&customer("", "551188887777"), &contacts), [0]);
        assert_eq!(matching(&customer("", "551188887777"), &contacts[..1]), [0]);
    }

    #[test]
    fn contacts_are_matched_by_id_and_not_by_place() {
        let contacts = [customer("IN.1", "919876543210"), customer("BR.2", "5511988887777")];
        assert_eq!(matching(&customer("BR.2", ""), &contacts), [1]);
        assert_eq!(matching(&customer("", "919876543210"), &contacts), [0]);
        assert!(matching(&customer("US.3", ""), &contacts).is_empty());
        assert!(matching(&Customer::default(), &contacts).is_empty());
    }

    #[test]
    fn a_single_contact_is_taken_unless_it_is_somebody_else() {
        let only = [customer("IN.1", "919876543210")];
        assert_eq!(matching(&Customer::default(), &only), [0]);
        assert_eq!(matching(&customer("IN.1", "447700900123"), &only), [0], "the user id outweighs the phone");
        assert!(matching(&customer("BR.2", "919876543210"), &only).is_empty());
        assert!(matching(&customer("", "447700900123"), &only).is_empty());
    }

    #[test]
    fn a_changed_number_is_the_old_person_with_new_identities() {
        let sender = told(
            r#"{"from":"919876543210","system":{"type":"user_changed_number","wa_id":"919812345678",
                "user_id":"IN.2","previous_user_id":"IN.1","parent_user_id":"IN.ENT.2"}}"#,
        );
        assert_eq!(sender.customer, customer("IN.1", "919876543210"));
        let also: Vec<_> =
            sender.also.iter().map(|identity| format!("{} {}", identity.kind(), identity.value())).collect();
        assert_eq!(also, ["bsuid IN.2", "parent IN.ENT.2", "phone 919812345678"]);
    }

    #[test]
    fn the_older_shape_of_a_changed_number_is_read_too() {
        let sender = told(
            r#"{"from":"919876543210","system":{"type":"customer_changed_number","new_wa_id":919812345678,
                "customer":"919876543210"}}"#,
        );
        assert_eq!(sender.customer, customer("", "919876543210"));
        assert_eq!(sender.also, [Identity::Phone(Phone::parse("919812345678").unwrap())]);
    }

    #[test]
    fn a_changed_user_id_needs_no_from() {
        let json = r#"{"from":"","from_user_id":"NG.2","system":{"type":"user_changed_user_id","user_id":"NG.2",
            "previous_user_id":"NG.1"}}"#;
        let sender = told(json);
        assert_eq!(sender.customer, customer("NG.1", ""));
        assert_eq!(sender.also, [Identity::Bsuid(Bsuid::parse("NG.2").unwrap())]);
        let only_new = told(r#"{"system":{"type":"user_changed_user_id","user_id":"NG.2"}}"#);
        assert_eq!((only_new.customer, only_new.also.len()), (customer("NG.2", ""), 0));
    }

    #[test]
    fn in_a_group_the_recipient_is_the_participant() {
        let status = r#"{"recipient_type":"group","recipient_id":"120363404694233820",
            "recipient_participant_id":"919876543210","recipient_participant_user_id":"IN.1"}"#;
        assert_eq!(recipient(&Object::read(status).unwrap(), None), customer("IN.1", "919876543210"));
    }
}
