//! Reads a customer's message: who wrote it, when, what it says and what it refers to.

use crate::content::{content, words};
use crate::json::Object;
use crate::malformed::{Malformed, id_and_time};
use crate::people;
use crate::webhook::Event;
use domain::inbox::content::{Context, Referral, ReferredProduct};
use domain::{Content, Customer, Identity, Phone, Timestamp, Wamid};

/// A customer's message.
#[derive(Clone, Debug, PartialEq)]
pub struct InboundMessage {
    /// WhatsApp's id.
    pub wamid: Wamid,
    /// When it was sent, by WhatsApp's clock.
    pub at: Timestamp,
    /// Who wrote it. They have at least one identity.
    pub customer: Customer,
    /// What it says.
    pub content: Content,
    /// What it refers to.
    pub context: Context,
    /// New identities of the same person, told by a system message: the customer above is known by the old ones.
    pub also: Vec<Identity>,
}

/// Reads a message. Only its id, its time and one identity of its sender have to be there; content that cannot
/// be read becomes [`Content::Other`] with a readable line.
///
/// Cloud API, messages: the phone (`from`, `wa_id`) is missing for people with a username, the user id in
/// webhooks from before April 2026.
///
/// # Errors
/// [`Malformed`] if one of the three is missing.
pub fn parse_message(event: &Event) -> Result<InboundMessage, Malformed> {
    let message = event.object().ok_or(Malformed::NotAnObject)?;
    let (wamid, at) = id_and_time(&message)?;
    let sender = people::sender(&message, event.contact().as_ref());
    if sender.customer.identities().is_empty() {
        return Err(Malformed::Sender);
    }
    let content = content(&message);
    let phone = sender.customer.phone.or_else(|| shared_phone(&content));
    let customer = Customer { phone, portfolio: event.portfolio(), ..sender.customer };
    Ok(InboundMessage { wamid, at, customer, content, context: context(&message), also: sender.also })
}

/// The customer's own phone, where they share it because the business asked for it.
///
/// Cloud API, `request_contact_info`: the answer is a card whose `origin` is `contact_request`.
fn shared_phone(content: &Content) -> Option<Phone> {
    let Content::Contacts { contacts } = content else { return None };
    let card = contacts.iter().find(|card| card.origin.as_deref() == Some("contact_request"))?;
    card.phones.iter().find_map(|phone| {
        let written = [phone.wa_id.as_ref(), phone.phone.as_ref()];
        written.into_iter().flatten().find_map(|text| Phone::parse(text.as_str()).ok())
    })
}

/// Cloud API, messages: a forwarded one says `forwarded`, after more than five hops `frequently_forwarded`, and
/// then has no id. An id may be of a message that was never seen here.
pub(crate) fn context(message: &Object<'_>) -> Context {
    let context = message.object("context");
    let id = context.as_ref().and_then(|context| context.text("id"));
    let product = context.as_ref().and_then(|context| context.object("referred_product"));
    Context {
        reply_to: id.and_then(|id| Wamid::parse(&id).ok()),
        forwarded: context.is_some_and(|context| context.flag("forwarded") || context.flag("frequently_forwarded")),
        referred_product: product.map(|product| read_product(&product)),
        referral: message.object("referral").map(|referral| read_referral(&referral)),
    }
}

fn read_product(product: &Object<'_>) -> ReferredProduct {
    ReferredProduct { catalog_id: product.text("catalog_id"), product_retailer_id: product.text("product_retailer_id") }
}

/// Cloud API, referrals: which of the addresses is there depends on `media_type`.
fn read_referral(referral: &Object<'_>) -> Referral {
    Referral {
        source_type: referral.text("source_type"),
        source_id: referral.text("source_id"),
        source_url: referral.text("source_url"),
        headline: words(referral, "headline"),
        body: words(referral, "body"),
        media_type: referral.text("media_type"),
        image_url: referral.text("image_url"),
        video_url: referral.text("video_url"),
        thumbnail_url: referral.text("thumbnail_url"),
        welcome_message: referral.object("welcome_message").and_then(|welcome| words(&welcome, "text")),
        ctwa_clid: referral.text("ctwa_clid"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::webhook::{Part, split};
    use domain::{Bsuid, Text};

    /// The one event of a webhook with this message and these contacts.
    fn event(message: &str, contacts: &str) -> Event {
        let value = format!(r#"{{"contacts":[{contacts}],"messages":[{message}]}}"#);
        let body = format!(r#"{{"entry":[{{"changes":[{{"field":"messages","value":{value}}}]}}]}}"#);
        match split(body.as_bytes()).remove(0) {
            Part::Event(event) => event,
            Part::Unreadable { flaw, .. } => panic!("{flaw}"),
        }
    }

    fn parsed(message: &str, contacts: &str) -> Result<InboundMessage, Malformed> {
        parse_message(&event(message, contacts))
    }

    #[test]
    fn the_sender_is_put_together_from_message_and_contact() {
        let message = r#"{"id":"wamid.A","timestamp":"1790000000","from":"5511988887777","from_user_id":"","type":"text",
            "text":{"body":"a\u0000b \ud83d"}}"#;
        let contact = r#"{"profile":{"name":"Ana","username":"ana.p"},"wa_id":"5511988887777","user_id":"BR.1",
            "parent_user_id":"BR.ENT.1"}"#;
        let read = parsed(message, contact).unwrap();
        let expected = Customer {
            portfolio: None,
            bsuid: Bsuid::parse("BR.1").ok(),
            parent: Bsuid::parse("BR.ENT.1").ok(),
            phone: Phone::parse("5511988887777").ok(),
            name: Some(Text::new("Ana")),
            username: Some(Text::new("ana.p")),
        };
        assert_eq!(read.customer, expected);
        assert_eq!(read.at, Timestamp::from_seconds(1_790_000_000));
        assert_eq!(read.content, Content::Text { body: Text::new("a\0b \u{fffd}") });
    }

    #[test]
    fn a_message_without_id_time_or_sender_is_malformed() {
        let without = |field: &str| {
            let fields = [r#""id":"A""#, r#""timestamp":1"#, r#""from_user_id":"BR.1""#];
            let left: Vec<_> = fields.into_iter().filter(|text| !text.contains(field)).collect();
            parsed(&format!("{{{}}}", left.join(",")), "").err()
        };
        assert_eq!(without("nothing"), None, "not even the type has to be there");
        assert_eq!(without("\"id\""), Some(Malformed::Id));
        assert_eq!(without("timestamp"), Some(Malformed::Time));
        assert_eq!(without("from_user_id"), Some(Malformed::Sender));
        let long = format!(r#"{{"id":"{}","timestamp":1,"from":"5511988887777"}}"#, "x".repeat(600));
        assert_eq!(parsed(&long, "").err(), Some(Malformed::Id));
    }

    #[test]
    fn the_context_tells_reply_forwarding_and_advertisement() {
        let context = |extra: &str| {
            parsed(&format!(r#"{{"id":"A","timestamp":1,"from":"5511988887777",{extra}}}"#), "").unwrap().context
        };
        assert_eq!(context(r#""context":{"id":"B","from":"1"}"#).reply_to, Wamid::parse("B").ok());
        assert!(context(r#""context":{"frequently_forwarded":true}"#).forwarded);
        assert_eq!(context(r#""context":{"id":"","forwarded":false},"referral":null"#), Context::default());
        let referral =
            context(r#""referral":{"source_type":"ad","source_id":120226,"headline":"Homes"}"#).referral.unwrap();
        assert_eq!(referral.source_id.as_deref(), Some("120226"));
        assert_eq!(referral.headline, Some(Text::new("Homes")));
        let product = context(r#""context":{"referred_product":{"catalog_id":7,"product_retailer_id":[]}}"#);
        let expected = ReferredProduct { catalog_id: Some("7".to_owned()), product_retailer_id: None };
        assert_eq!(product.referred_product, Some(expected));
    }
}
