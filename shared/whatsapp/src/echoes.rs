//! Reads from a webhook of field `smb_message_echoes` to whom the business wrote with its phone app.
//!
//! Each echo names the recipient's phone and user id, which belong together, and says what a message says.

use crate::content::content;
use crate::json::Object;
use crate::messages::context;
use crate::people;
use crate::webhook::Event;
use domain::inbox::content::Context;
use domain::{Content, Customer, Timestamp, Wamid};

/// The webhook's fields: of the phone app, and of other senders.
const ECHOES: [&str; 2] = ["smb_message_echoes", "message_echoes"];

/// A message that the business sent in another way than through us.
#[derive(Clone, Debug, PartialEq)]
pub struct Echo {
    /// To whom. They have at least one identity.
    pub recipient: Customer,
    /// When, by WhatsApp's clock; none if that cannot be read.
    pub at: Option<Timestamp>,
    /// WhatsApp's id; none if that cannot be read.
    pub wamid: Option<Wamid>,
    /// What it says.
    pub content: Content,
    /// What it refers to.
    pub context: Context,
    /// Its own JSON.
    pub json: String,
}

/// The echoes in `event`, in its order.
///
/// Cloud API, `smb_message_echoes`: `to` is the recipient's phone, `to_user_id` their user id.
#[must_use]
pub fn parse_echoes(event: &Event) -> Vec<Echo> {
    let Some(value) = event.object().filter(|_| ECHOES.contains(&event.field.as_str())) else { return Vec::new() };
    let contacts = value.objects("contacts");
    let echoes = value.raws("message_echoes").into_iter().filter_map(|raw| Some((raw, Object::from_raw(raw)?)));
    let echoes = echoes.map(|(raw, echo)| Echo {
        recipient: Customer { portfolio: event.portfolio(), ..recipient(&echo, &contacts) },
        at: echo.integer("timestamp").map(Timestamp::from_seconds),
        wamid: echo.text("id").and_then(|id| Wamid::parse(&id).ok()),
        content: content(&echo),
        context: context(&echo),
        json: raw.get().to_owned(),
    });
    echoes.filter(|echo| !echo.recipient.identities().is_empty()).collect()
}

fn recipient(echo: &Object<'_>, contacts: &[Object<'_>]) -> Customer {
    let listed: Vec<_> = contacts.iter().map(people::listed).collect();
    let contact = people::matching(&people::echoed(echo, None), &listed).first().map(|index| &contacts[*index]);
    people::echoed(echo, contact)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::webhook::{Part, split};
    use domain::{Bsuid, Phone};

    #[test]
    fn an_echo_names_the_recipient_by_phone_and_user_id() {
        let value = r#"{"contacts":[{"wa_id":"5511988887777","user_id":"BR.1"}],"message_echoes":[
            {"from":"15550000001","to":"5511988887777","to_user_id":"BR.1","id":"wamid.A","timestamp":"1790000000"},
            {"from":"15550000001","to":"551177776666","id":"wamid.B"}]}"#;
        let body =
            format!(r#"{{"entry":[{{"id":"10","changes":[{{"field":"smb_message_echoes","value":{value}}}]}}]}}"#);
        let Part::Event(event) = split(body.as_bytes()).remove(0) else { panic!("unreadable") };
        let echoes = parse_echoes(&event);
        let named: Vec<_> =
            echoes.iter().map(|echo| (echo.recipient.phone.clone(), echo.recipient.bsuid.clone())).collect();
        let phone = |digits: &str| Phone::parse(digits).ok();
        assert_eq!(named, [(phone("5511988887777"), Bsuid::parse("BR.1").ok()), (phone("551177776666"), None)]);
        assert_eq!(echoes[0].wamid, Wamid::parse("wamid.A").ok());
        assert_eq!(echoes[0].at, Some(Timestamp::from_seconds(1_790_000_000)));
        assert_eq!(echoes[0].recipient.portfolio, event.portfolio());
    }
}
