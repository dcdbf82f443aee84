//! What a message of ours says, by kind. One door checks every limit of WhatsApp's before anything is written.

use crate::ids::MediaId;
use crate::inbox::content::{Content, Location, Media};
use crate::inbox::interactive::{
    Buttons, CallPermissionRequest, CtaUrl, Flow, List, LocationRequest, Product, ProductList,
};
use crate::inbox::outbound_media::{MediaDraft, MediaKind, MediaSource, OutboundMedia};
use crate::inbox::outbound_template::OutboundTemplate;
use crate::inbox::payments::{OrderUpdate, PaymentRequest};
pub use crate::inbox::plain_contents::{OutboundContacts, OutboundReaction, OutboundText, REACTS_WITHIN};
use crate::limits::{Checked, Violation};
use crate::personal::Text;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a message of ours says. The JSON form is the same in the table and in the API: `{"type": …, …}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case", try_from = "Draft")]
pub enum OutboundContent {
    /// Plain text.
    Text(Checked<OutboundText>),
    /// A picture.
    Image(OutboundMedia),
    /// A film.
    Video(OutboundMedia),
    /// A sound, or a voice note.
    Audio(OutboundMedia),
    /// A file.
    Document(OutboundMedia),
    /// A sticker.
    Sticker(OutboundMedia),
    /// A place.
    Location(Checked<Location>),
    /// Cards of people.
    Contacts(Checked<OutboundContacts>),
    /// An emoji put to another message, or taken back.
    Reaction(Checked<OutboundReaction>),
    /// Up to three buttons.
    Buttons(Checked<Buttons>),
    /// A list to pick from.
    List(Checked<List>),
    /// A button that opens a web page.
    CtaUrl(Checked<CtaUrl>),
    /// A request for the customer's place.
    LocationRequest(Checked<LocationRequest>),
    /// A request for the permission to call.
    CallPermissionRequest(Checked<CallPermissionRequest>),
    /// A request to pay.
    PaymentRequest(Box<Checked<PaymentRequest>>),
    /// The status of an order that the customer was asked to pay.
    OrderStatus(Checked<OrderUpdate>),
    /// A form.
    Flow(Checked<Flow>),
    /// One product.
    Product(Checked<Product>),
    /// Several products.
    ProductList(Checked<ProductList>),
    /// An approved template with its values.
    Template(Box<Checked<OutboundTemplate>>),
}

/// What a message is to say, as a request or the table writes it: nothing of it is checked.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
#[expect(missing_docs, reason = "the kinds of OutboundContent")]
pub enum Draft {
    Text(OutboundText),
    Image(MediaDraft),
    Video(MediaDraft),
    Audio(MediaDraft),
    Document(MediaDraft),
    Sticker(MediaDraft),
    Location(Location),
    Contacts(OutboundContacts),
    Reaction(OutboundReaction),
    Buttons(Buttons),
    List(List),
    CtaUrl(CtaUrl),
    LocationRequest(LocationRequest),
    CallPermissionRequest(CallPermissionRequest),
    PaymentRequest(Box<PaymentRequest>),
    OrderStatus(OrderUpdate),
    Flow(Flow),
    Product(Product),
    ProductList(ProductList),
    Template(Box<OutboundTemplate>),
}

impl OutboundContent {
    /// Takes what a message is to say.
    ///
    /// # Errors
    /// [`Violation`] names the field, without the kind before it, and the limit that it breaks.
    pub fn parse(draft: Draft) -> Result<Self, Violation> {
        Ok(match draft {
            Draft::Text(text) => Self::Text(Checked::new(text)?),
            Draft::Image(media) => Self::Image(OutboundMedia::parse(MediaKind::Image, media)?),
            Draft::Video(media) => Self::Video(OutboundMedia::parse(MediaKind::Video, media)?),
            Draft::Audio(media) => Self::Audio(OutboundMedia::parse(MediaKind::Audio, media)?),
            Draft::Document(media) => Self::Document(OutboundMedia::parse(MediaKind::Document, media)?),
            Draft::Sticker(media) => Self::Sticker(OutboundMedia::parse(MediaKind::Sticker, media)?),
            Draft::Location(place) => Self::Location(Checked::new(place)?),
            Draft::Contacts(cards) => Self::Contacts(Checked::new(cards)?),
            Draft::Reaction(reaction) => Self::Reaction(Checked::new(reaction)?),
            Draft::Buttons(buttons) => Self::Buttons(Checked::new(buttons)?),
            Draft::List(list) => Self::List(Checked::new(list)?),
            Draft::CtaUrl(link) => Self::CtaUrl(Checked::new(link)?),
            Draft::LocationRequest(request) => Self::LocationRequest(Checked::new(request)?),
            Draft::CallPermissionRequest(request) => Self::CallPermissionRequest(Checked::new(request)?),
            Draft::PaymentRequest(request) => Self::PaymentRequest(Box::new(Checked::new(*request)?)),
            Draft::OrderStatus(update) => Self::OrderStatus(Checked::new(update)?),
            Draft::Flow(flow) => Self::Flow(Checked::new(flow)?),
            Draft::Product(product) => Self::Product(Checked::new(product)?),
            Draft::ProductList(products) => Self::ProductList(Checked::new(products)?),
            Draft::Template(template) => Self::Template(Box::new(Checked::new(*template)?)),
        })
    }

    /// A plain text.
    ///
    /// # Errors
    /// [`Violation`] if it is empty or too long.
    pub fn text(body: impl Into<String>) -> Result<Self, Violation> {
        Self::parse(Draft::Text(OutboundText { body: Text::new(body), preview_url: false }))
    }

    /// The word for this kind, in the API and in lists: the same as that of a customer's message of this kind.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Text(_) => "text",
            Self::Image(_) => "image",
            Self::Video(_) => "video",
            Self::Audio(_) => "audio",
            Self::Document(_) => "document",
            Self::Sticker(_) => "sticker",
            Self::Location(_) => "location",
            Self::Contacts(_) => "contacts",
            Self::Reaction(_) => "reaction",
            Self::Buttons(_) => "buttons",
            Self::List(_) => "list",
            Self::CtaUrl(_) => "cta_url",
            Self::LocationRequest(_) => "location_request",
            Self::CallPermissionRequest(_) => "call_permission_request",
            Self::PaymentRequest(_) => "payment_request",
            Self::OrderStatus(_) => "order_status",
            Self::Flow(_) => "flow",
            Self::Product(_) => "product",
            Self::ProductList(_) => "product_list",
            Self::Template(_) => "template",
        }
    }

    /// The file that it carries, if it carries one, and of what kind that is.
    #[must_use]
    pub fn media(&self) -> Option<(MediaKind, &OutboundMedia)> {
        match self {
            Self::Image(media) => Some((MediaKind::Image, media)),
            Self::Video(media) => Some((MediaKind::Video, media)),
            Self::Audio(media) => Some((MediaKind::Audio, media)),
            Self::Document(media) => Some((MediaKind::Document, media)),
            Self::Sticker(media) => Some((MediaKind::Sticker, media)),
            Self::Template(template) => template.file(),
            Self::Text(_)
            | Self::Location(_)
            | Self::Contacts(_)
            | Self::Reaction(_)
            | Self::Buttons(_)
            | Self::List(_)
            | Self::CtaUrl(_)
            | Self::LocationRequest(_)
            | Self::CallPermissionRequest(_)
            | Self::PaymentRequest(_)
            | Self::OrderStatus(_)
            | Self::Flow(_)
            | Self::Product(_)
            | Self::ProductList(_) => None,
        }
    }

    /// The file of ours that it carries; none if it carries none, or one that WhatsApp fetches itself.
    #[must_use]
    pub fn stored_file(&self) -> Option<MediaId> {
        match self.media() {
            Some((_, media)) => match media.source() {
                MediaSource::Stored(id) => Some(*id),
                MediaSource::Link(_) => None,
            },
            None => None,
        }
    }

    /// The files of ours that it carries: several where each card of a template shows one.
    #[must_use]
    pub fn stored_files(&self) -> Vec<MediaId> {
        let stored = |media: &OutboundMedia| match media.source() {
            MediaSource::Stored(id) => Some(*id),
            MediaSource::Link(_) => None,
        };
        match self {
            Self::Template(template) => template.files().filter_map(|(_, media)| stored(media)).collect(),
            Self::Text(_)
            | Self::Image(_)
            | Self::Video(_)
            | Self::Audio(_)
            | Self::Document(_)
            | Self::Sticker(_)
            | Self::Location(_)
            | Self::Contacts(_)
            | Self::Reaction(_)
            | Self::Buttons(_)
            | Self::List(_)
            | Self::CtaUrl(_)
            | Self::LocationRequest(_)
            | Self::CallPermissionRequest(_)
            | Self::PaymentRequest(_)
            | Self::OrderStatus(_)
            | Self::Flow(_)
            | Self::Product(_)
            | Self::ProductList(_) => self.stored_file().into_iter().collect(),
        }
    }

    /// The reaction that it is; none if it is a message with a line of its own.
    #[must_use]
    pub fn reaction(&self) -> Option<&OutboundReaction> {
        match self {
            Self::Reaction(reaction) => Some(reaction),
            Self::Text(_)
            | Self::Image(_)
            | Self::Video(_)
            | Self::Audio(_)
            | Self::Document(_)
            | Self::Sticker(_)
            | Self::Location(_)
            | Self::Contacts(_)
            | Self::Buttons(_)
            | Self::List(_)
            | Self::CtaUrl(_)
            | Self::LocationRequest(_)
            | Self::CallPermissionRequest(_)
            | Self::PaymentRequest(_)
            | Self::OrderStatus(_)
            | Self::Flow(_)
            | Self::Product(_)
            | Self::ProductList(_)
            | Self::Template(_) => None,
        }
    }

    /// The template that it is; none if it is anything else.
    #[must_use]
    pub fn template(&self) -> Option<&OutboundTemplate> {
        if let Self::Template(template) = self { Some(template) } else { None }
    }

    /// Whether WhatsApp delivers it also while the 24-hour window is closed: a template alone.
    #[must_use]
    pub const fn goes_outside_the_window(&self) -> bool {
        matches!(self, Self::Template(_))
    }

    /// A line that a person can read, whatever the kind. It is never blank.
    #[must_use]
    pub fn readable(&self) -> Text {
        match self {
            Self::Buttons(buttons) => buttons.body.clone(),
            Self::List(list) => list.body.clone(),
            Self::CtaUrl(link) => link.body.clone(),
            Self::LocationRequest(request) => request.body.clone(),
            Self::CallPermissionRequest(request) => request.body.clone(),
            Self::PaymentRequest(request) => request.body.clone(),
            Self::OrderStatus(update) => update.body.clone(),
            Self::Flow(flow) => flow.body.clone(),
            Self::Product(product) => {
                let said = product.body.as_ref().and_then(Text::visible).map(Text::as_str);
                Text::new(format!("[Product] {}", said.unwrap_or(&product.product_id)))
            }
            Self::ProductList(products) => products.body.clone(),
            Self::Template(template) => template.body.clone(),
            Self::Text(_)
            | Self::Image(_)
            | Self::Video(_)
            | Self::Audio(_)
            | Self::Document(_)
            | Self::Sticker(_)
            | Self::Location(_)
            | Self::Contacts(_)
            | Self::Reaction(_) => self.shared().map(|content| content.readable()).unwrap_or_default(),
        }
    }

    /// The readable line once the words of this are `words`.
    #[must_use]
    pub fn readable_with(&self, words: &Text) -> Text {
        match self.shared() {
            Some(content) => content.readable_with(words),
            None => words.visible().cloned().unwrap_or_else(|| self.readable()),
        }
    }

    /// The same as a customer would send it; none of the kinds that only a business sends.
    fn shared(&self) -> Option<Content> {
        let file = |media: &OutboundMedia| Media {
            caption: media.caption().cloned(),
            filename: media.filename().cloned(),
            voice: media.is_voice(),
            ..Media::default()
        };
        Some(match self {
            Self::Text(text) => Content::Text { body: text.body.clone() },
            Self::Image(media) => Content::Image(file(media)),
            Self::Video(media) => Content::Video(file(media)),
            Self::Audio(media) => Content::Audio(file(media)),
            Self::Document(media) => Content::Document(file(media)),
            Self::Sticker(media) => Content::Sticker(file(media)),
            Self::Location(place) => Content::Location(Location::clone(place)),
            Self::Contacts(cards) => Content::Contacts { contacts: cards.contacts.clone() },
            Self::Reaction(reaction) => {
                Content::Reaction { target: reaction.target.clone(), emoji: reaction.emoji.clone() }
            }
            Self::Buttons(_)
            | Self::List(_)
            | Self::CtaUrl(_)
            | Self::LocationRequest(_)
            | Self::CallPermissionRequest(_)
            | Self::PaymentRequest(_)
            | Self::OrderStatus(_)
            | Self::Flow(_)
            | Self::Product(_)
            | Self::ProductList(_)
            | Self::Template(_) => return None,
        })
    }
}

impl TryFrom<Draft> for OutboundContent {
    type Error = Violation;

    fn try_from(draft: Draft) -> Result<Self, Violation> {
        Self::parse(draft)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn read(json: Value) -> Result<OutboundContent, Violation> {
        OutboundContent::parse(serde_json::from_value(json).unwrap())
    }

    fn words(length: usize) -> String {
        "é".repeat(length)
    }

    /// `base` with `value` at the place `at`.
    fn with(base: &Value, at: &str, value: Value) -> Value {
        let mut changed = base.clone();
        let (parent, last) = at.rsplit_once('/').unwrap();
        let parent = if parent.is_empty() { Some(&mut changed) } else { changed.pointer_mut(parent) }.unwrap();
        match parent {
            Value::Array(list) => list[last.parse::<usize>().unwrap()] = value,
            other => other[last] = value,
        }
        changed
    }

    fn buttons() -> Value {
        json!({ "type": "buttons", "body": "Tea?", "buttons": [{ "id": "y", "title": "Yes" }] })
    }

    fn list() -> Value {
        let rows = json!([{ "id": "r", "title": "Tue 10:00" }]);
        json!({ "type": "list", "body": "When?", "button": "Open", "sections": [{ "title": "May", "rows": rows }] })
    }

    fn link() -> Value {
        json!({ "type": "cta_url", "body": "Look", "title": "Go", "url": "https://example.com/a" })
    }

    fn flow() -> Value {
        json!({ "type": "flow", "body": "Book", "flowId": "77", "title": "Book now", "screen": "DAY" })
    }

    fn products() -> Value {
        let sections = json!([{ "title": "Tea", "productIds": ["sku-1"] }]);
        json!({ "type": "product_list", "header": "Shop", "body": "Ours", "catalogId": "5", "sections": sections })
    }

    fn payment() -> Value {
        json!({
            "type": "payment_request", "body": "Your order", "reference": "ORD-9", "currency": "INR", "goods": "physical",
            "items": [{ "name": "Tea", "amount": 25000, "quantity": 1 }],
            "method": { "type": "upi", "configuration": "shop" },
        })
    }

    #[test]
    fn each_limit_holds_and_one_more_is_refused_by_its_name() {
        let text = json!({ "type": "text", "body": "hi" });
        let request = json!({ "type": "location_request", "body": "Where?" });
        let product = json!({ "type": "product", "catalogId": "5", "productId": "sku-1" });
        let place = json!({ "type": "location", "latitude": 40.4, "longitude": -3.7 });
        let card = json!({ "type": "contacts", "contacts": [{ "name": "Ana" }] });
        let limits: [(&Value, &str, &str, usize); 36] = [
            (&text, "/body", "body", 4096),
            (&place, "/name", "name", 1000),
            (&place, "/address", "address", 1000),
            (&card, "/contacts/0/name", "[0].name", 1000),
            (&buttons(), "/body", "body", 1024),
            (&buttons(), "/header", "header", 60),
            (&buttons(), "/footer", "footer", 60),
            (&buttons(), "/buttons/0/id", "buttons[0].id", 256),
            (&buttons(), "/buttons/0/title", "buttons[0].title", 20),
            (&list(), "/body", "body", 4096),
            (&list(), "/header", "header", 60),
            (&list(), "/footer", "footer", 60),
            (&list(), "/button", "button", 20),
            (&list(), "/sections/0/title", "sections[0].title", 24),
            (&list(), "/sections/0/rows/0/id", "sections[0].rows[0].id", 200),
            (&list(), "/sections/0/rows/0/title", "sections[0].rows[0].title", 24),
            (&list(), "/sections/0/rows/0/description", "sections[0].rows[0].description", 72),
            (&link(), "/body", "body", 1024),
            (&link(), "/header", "header", 60),
            (&link(), "/footer", "footer", 60),
            (&link(), "/title", "title", 20),
            (&request, "/body", "body", 1024),
            (&flow(), "/body", "body", 1024),
            (&flow(), "/header", "header", 60),
            (&flow(), "/footer", "footer", 60),
            (&flow(), "/flowId", "flowId", 100),
            (&flow(), "/title", "title", 30),
            (&flow(), "/screen", "screen", 100),
            (&product, "/body", "body", 1024),
            (&product, "/catalogId", "catalogId", 100),
            (&product, "/productId", "productId", 100),
            (&products(), "/header", "header", 60),
            (&products(), "/body", "body", 1024),
            (&products(), "/footer", "footer", 60),
            (&products(), "/sections/0/title", "sections[0].title", 24),
            (&products(), "/sections/0/productIds/0", "sections[0].productIds[0]", 100),
        ];
        for (base, at, field, most) in limits {
            assert!(read(with(base, at, json!(words(most)))).is_ok(), "{at} {most}");
            let error = read(with(base, at, json!(words(most + 1)))).unwrap_err();
            let detail = format!("has {} characters; use at most {most}", most + 1);
            assert_eq!((error.field(), error.detail()), (field, detail.as_str()));
            for nothing in [" ", "\u{200e}\u{feff}"] {
                let told = read(with(base, at, json!(nothing))).unwrap_err().to_string();
                assert_eq!(told, format!("{field}: is empty"));
            }
        }
    }

    #[test]
    fn lists_have_as_many_things_as_whatsapp_takes() {
        let button = |n: usize| json!({ "id": n.to_string(), "title": "Yes" });
        let section = |n: usize, rows: usize| {
            let rows: Vec<_> = (0..rows).map(|row| json!({ "id": format!("{n}.{row}"), "title": "t" })).collect();
            json!({ "title": "s", "rows": rows })
        };
        let shelf = |count: usize| json!({ "title": "s", "productIds": vec!["sku"; count] });
        let many = |count: usize, one: &dyn Fn(usize) -> Value| json!((0..count).map(one).collect::<Vec<_>>());
        let cards = |count| json!({ "type": "contacts", "contacts": many(count, &|_| json!({ "name": "Ana" })) });
        let fits = [
            with(&buttons(), "/buttons", many(3, &button)),
            with(&list(), "/sections", many(10, &|n| section(n, 1))),
            with(&list(), "/sections", json!([section(0, 10)])),
            with(&products(), "/sections", many(10, &|_| shelf(3))),
            cards(257),
        ];
        for content in fits {
            assert!(read(content.clone()).is_ok(), "{content}");
        }
        let refused = [
            (with(&buttons(), "/buttons", many(4, &button)), "buttons: has 4 buttons; use 1 to 3"),
            (with(&buttons(), "/buttons", json!([])), "buttons: has 0 buttons; use 1 to 3"),
            (with(&list(), "/sections", many(11, &|n| section(n, 1))), "sections: has 11 sections; use 1 to 10"),
            (
                with(&list(), "/sections", json!([section(0, 5), section(1, 6)])),
                "sections: has 11 rows in all; use 1 to 10",
            ),
            (
                with(&list(), "/sections", json!([section(0, 1), section(1, 0)])),
                "sections[1].rows: has 0 rows; use 1 to 10",
            ),
            (with(&products(), "/sections", many(11, &|_| shelf(1))), "sections: has 11 sections; use 1 to 10"),
            (
                with(&products(), "/sections", json!([shelf(15), shelf(16)])),
                "sections: has 31 products in all; use 1 to 30",
            ),
            (cards(0), ": has 0 cards; use 1 to 257"),
            (cards(258), ": has 258 cards; use 1 to 257"),
        ];
        for (content, told) in refused {
            assert_eq!(read(content).unwrap_err().to_string(), told);
        }
    }

    #[test]
    fn what_cannot_be_answered_or_opened_is_refused() {
        let twins = json!([{ "id": "y", "title": "Yes" }, { "id": "y", "title": "No" }]);
        let untitled =
            json!([{ "rows": [{ "id": "a", "title": "A" }] }, { "title": "s", "rows": [{ "id": "b", "title": "B" }] }]);
        let same = json!([{ "title": "s", "rows": [{ "id": "a", "title": "A" }] }, { "title": "t", "rows": [{ "id": "a", "title": "B" }] }]);
        let refused = [
            (with(&buttons(), "/buttons", twins), "buttons[1].id"),
            (with(&list(), "/sections", untitled), "sections[0].title"),
            (with(&list(), "/sections", same), "sections[1].rows[0].id"),
            (with(&link(), "/url", json!("ftp://example.com")), "url"),
            (with(&link(), "/url", json!("http://localhost:8080/")), "url"),
            (with(&flow(), "/title", json!("Book 🙂")), "title"),
            (with(&flow(), "/data", json!({})), "data"),
            (with(&with(&flow(), "/screen", Value::Null), "/data", json!({ "a": 1 })), "data"),
            (json!({ "type": "location", "latitude": 90.01, "longitude": 0 }), "latitude"),
            (json!({ "type": "location", "latitude": 0, "longitude": -180.01 }), "longitude"),
            (json!({ "type": "location", "latitude": 0, "longitude": 0, "url": "https://a.example" }), "url"),
        ];
        for (content, field) in refused {
            assert_eq!(read(content.clone()).unwrap_err().field(), field, "{content}");
        }
        assert!(read(with(&flow(), "/data", json!({ "day": 3 }))).is_ok());
        assert!(read(with(&link(), "/url", json!("http://example.com"))).is_ok());
    }

    #[test]
    fn a_reaction_is_one_emoji_or_none() {
        let reaction = |emoji: Value| {
            let id = "msg_01M3250VASBF3MSX3QTC83A67F";
            read(json!({ "type": "reaction", "target": "wamid.IN", "messageId": id, "emoji": emoji }))
        };
        assert_eq!(reaction(json!("👍")).unwrap().readable(), Text::new("Reacted 👍"));
        assert_eq!(reaction(Value::Null).unwrap().readable(), Text::new("Removed a reaction"));
        for wrong in ["", "ok", "👍👍"] {
            assert_eq!(reaction(json!(wrong)).unwrap_err().field(), "emoji");
        }
    }

    #[test]
    fn each_kind_reads_back_from_its_json_and_has_a_line_to_read() {
        let file = |kind: &str| json!({ "type": kind, "link": "https://example.com/a" });
        let rest = [
            (json!({ "type": "text", "body": "hi", "previewUrl": true }), "hi"),
            (with(&file("image"), "/caption", json!("at the beach")), "[Image] at the beach"),
            (file("video"), "[Video]"),
            (file("audio"), "[Audio]"),
            (with(&file("audio"), "/voice", json!(true)), "[Voice message]"),
            (with(&file("document"), "/filename", json!("a.pdf")), "[Document] a.pdf"),
            (json!({ "type": "sticker", "mediaId": "med_01M3250VASBF3MSX3QTC83A67F" }), "[Sticker]"),
            (json!({ "type": "location", "latitude": 40.4, "longitude": -3.7, "name": "Sol" }), "[Location] Sol"),
            (json!({ "type": "contacts", "contacts": [{ "name": "Ana" }] }), "[Contact] Ana"),
            (buttons(), "Tea?"),
            (list(), "When?"),
            (link(), "Look"),
            (json!({ "type": "location_request", "body": "Where?" }), "Where?"),
            (json!({ "type": "call_permission_request", "body": "May we call?" }), "May we call?"),
            (payment(), "Your order"),
            (
                json!({ "type": "order_status", "body": "On its way", "reference": "ORD-9", "status": "shipped" }),
                "On its way",
            ),
            (flow(), "Book"),
            (json!({ "type": "product", "catalogId": "5", "productId": "sku-1" }), "[Product] sku-1"),
            (products(), "Ours"),
        ];
        for (json, line) in rest {
            let content = read(json.clone()).unwrap();
            assert_eq!(json["type"], content.kind());
            assert_eq!(serde_json::to_value(&content).unwrap(), json);
            assert_eq!(serde_json::from_value::<OutboundContent>(json).unwrap(), content);
            assert_eq!(content.readable().as_str(), line);
        }
    }

    #[test]
    fn a_text_keeps_the_shape_that_it_has_in_the_table() {
        let text = OutboundContent::text("hello").unwrap();
        assert_eq!(serde_json::to_string(&text).unwrap(), r#"{"type":"text","body":"hello"}"#);
    }
}
