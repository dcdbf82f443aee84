//! The values for a template's parameters, checked against WhatsApp's limits, and the message that they make of it.

use crate::characters::is_visible;
use crate::ids::MediaId;
use crate::inbox::content::Location;
use crate::inbox::outbound_media::{MAX_URL, MediaDraft, MediaKind, OutboundMedia};
use crate::inbox::outbound_template::{
    FilledButton, FilledCard, FilledHeader, FilledText, OutboundTemplate, Parameter,
};
use crate::inbox::outbound_template::{MAX_BODY, TemplateButtonType};
use crate::limits::{Limits, Violation};
use crate::outreach::template_lint::MAX_CARD;
use crate::outreach::template_text::{is_number, parameters, render};
use crate::outreach::templates::{MAX_CODE, MAX_EDGE, Template, TemplateButton, TemplateCard, TemplateHeader};
use crate::personal::Text;
use serde::Serialize;
use std::collections::BTreeMap;

/// More spaces than this in a row, a newline or a tab: WhatsApp rejects the value with 132018.
const MOST_SPACES: usize = 4;

/// The values for a template's parameters.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct TemplateValues {
    /// The value of the text header's parameter.
    pub header: Option<Text>,
    /// The file of the header.
    pub file: Option<MediaDraft>,
    /// The place of the header.
    pub location: Option<Location>,
    /// The values of the body, by the parameter's name or number.
    pub body: BTreeMap<String, Text>,
    /// The values of buttons, by the button's place from 0.
    pub buttons: BTreeMap<String, Text>,
    /// The values of the cards, in their order.
    pub cards: Vec<CardValues>,
}

/// The values of a card of a carousel.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct CardValues {
    /// Its file; the template's own if none.
    pub file: Option<MediaDraft>,
    /// The values of its text, by the parameter's name or number.
    pub body: BTreeMap<String, Text>,
    /// The values of its buttons, by the button's place from 0.
    pub buttons: BTreeMap<String, Text>,
}

impl Template {
    /// The message that these values make of it.
    ///
    /// # Errors
    /// Every value that is missing, not asked for, or not taken by WhatsApp, by its field.
    pub fn fill(&self, values: TemplateValues) -> Result<OutboundTemplate, Vec<Violation>> {
        let mut errors = Vec::new();
        let TemplateValues { header, file, location, body, mut buttons, cards } = values;
        let own =
            self.files.first().copied().filter(|_| self.parts.header.as_ref().is_some_and(|one| one.file().is_some()));
        let file = file.or_else(|| own.map(stored));
        let header = self.filled_header(header, file, location, &mut errors);
        let (rendered, filled) = filled_body("body", &self.parts.body, MAX_BODY, &body, &mut errors);
        self.code_to_copy(&body, &mut buttons);
        let filled_buttons = filled_buttons("buttons", &self.parts.buttons, &buttons, &mut errors);
        let filled_cards = self.filled_cards(&cards, &mut errors);
        if !errors.is_empty() {
            return Err(errors);
        }
        Ok(OutboundTemplate {
            name: self.name.as_str().to_owned(),
            language: self.language.as_str().to_owned(),
            asked_language: None,
            category: self.category.priced(),
            header,
            body: rendered,
            footer: self.parts.footer.clone(),
            buttons: filled_buttons,
            cards: filled_cards,
            parameters: filled,
        })
    }

    /// The button of a one-time code copies the code of the text. It may be left out.
    fn code_to_copy(&self, body: &BTreeMap<String, Text>, buttons: &mut BTreeMap<String, Text>) {
        let Some(code) = body.get("1") else { return };
        for (place, button) in self.parts.buttons.iter().enumerate() {
            if button.kind == TemplateButtonType::Otp {
                buttons.entry(place.to_string()).or_insert_with(|| code.clone());
            }
        }
    }

    fn filled_cards(&self, values: &[CardValues], errors: &mut Vec<Violation>) -> Vec<FilledCard> {
        let cards = &self.parts.cards;
        if values.len() > cards.len() {
            let field = format!("cards[{}]", cards.len());
            errors.push(Violation::new(field, "the template has no such card"));
        }
        let mut filled = Vec::with_capacity(cards.len());
        for (place, card) in cards.iter().enumerate() {
            let own = self.files.get(place).copied();
            let given = values.get(place).cloned().unwrap_or_default();
            filled.extend(filled_card(place, card, given, own, errors));
        }
        filled
    }

    fn filled_header(
        &self,
        value: Option<Text>,
        file: Option<MediaDraft>,
        location: Option<Location>,
        errors: &mut Vec<Violation>,
    ) -> Option<FilledHeader> {
        let header = self.parts.header.as_ref();
        let parameter = header.and_then(TemplateHeader::parameter);
        let kind = header.and_then(TemplateHeader::file);
        if value.is_some() && parameter.is_none() {
            errors.push(Violation::new("header", "the template's header has no parameter"));
        }
        if file.is_some() && kind.is_none() {
            errors.push(Violation::new("file", "the template's header has no file"));
        }
        if location.is_some() && header != Some(&TemplateHeader::Location) {
            errors.push(Violation::new("location", "the template's header has no location"));
        }
        match header? {
            TemplateHeader::Text { text } => {
                if parameter.is_some() {
                    value_of("header", value.as_ref(), errors);
                }
                let rendered = Text::new(render(text.as_str(), |_| value.as_ref().map(Text::as_str)));
                too_long("header", &rendered, MAX_EDGE, errors);
                let parameter = parameter
                    .zip(value)
                    .map(|(name, value)| Parameter { name: (!is_number(name)).then(|| name.to_owned()), value });
                Some(FilledHeader::Text(FilledText { text: rendered, parameter }))
            }
            TemplateHeader::Image => file_of(MediaKind::Image, file, errors).map(FilledHeader::Image),
            TemplateHeader::Video => file_of(MediaKind::Video, file, errors).map(FilledHeader::Video),
            TemplateHeader::Document => file_of(MediaKind::Document, file, errors).map(FilledHeader::Document),
            TemplateHeader::Location => {
                let Some(place) = location else {
                    errors.push(Violation::new("location", "is missing: the template's header shows a place"));
                    return None;
                };
                if let Err(violation) = place.check() {
                    errors.push(violation.under("location"));
                }
                Some(FilledHeader::Location(place))
            }
        }
    }
}

fn filled_buttons(
    named: &str,
    buttons: &[TemplateButton],
    values: &BTreeMap<String, Text>,
    errors: &mut Vec<Violation>,
) -> Vec<FilledButton> {
    let mut filled = Vec::with_capacity(buttons.len());
    let mut asked = Vec::new();
    for (place, button) in buttons.iter().enumerate() {
        let place = place.to_string();
        let field = format!("{named}.{place}");
        let mut value = None;
        if button.takes_value() {
            value = values.get(&place).cloned();
            value_of(&field, value.as_ref(), errors);
            let said = value.clone().unwrap_or_default();
            match button.kind {
                TemplateButtonType::CopyCode | TemplateButtonType::Otp => too_long(&field, &said, MAX_CODE, errors),
                TemplateButtonType::Url if said.as_str().contains(char::is_whitespace) => {
                    errors.push(Violation::new(&field, "is part of an address: use no spaces"));
                }
                TemplateButtonType::Url
                | TemplateButtonType::QuickReply
                | TemplateButtonType::Phone
                | TemplateButtonType::Flow => {}
            }
            asked.push(place);
        }
        let url = button.url.as_deref().map(|url| render(url, |_| value.as_ref().map(Text::as_str)));
        if url.as_ref().is_some_and(|url| url.chars().count() > MAX_URL) {
            errors.push(Violation::new(field, format!("makes an address of more than {MAX_URL} characters")));
        }
        filled.push(FilledButton { kind: button.kind, text: button.text.clone(), url, value });
    }
    for extra in values.keys().filter(|place| !asked.contains(place)) {
        errors.push(Violation::new(format!("{named}.{extra}"), "the template has no button here that takes a value"));
    }
    filled
}

/// The template's own file, as a message carries it.
fn stored(id: MediaId) -> MediaDraft {
    MediaDraft { media_id: Some(id), ..MediaDraft::default() }
}

/// The text named `field` with its values, and these values in the order of its parameters.
fn filled_body(
    field: &str,
    text: &Text,
    most: usize,
    values: &BTreeMap<String, Text>,
    errors: &mut Vec<Violation>,
) -> (Text, Vec<Parameter>) {
    let names = parameters(text.as_str());
    for name in &names {
        value_of(&format!("{field}.{name}"), values.get(*name), errors);
    }
    for extra in values.keys().filter(|name| !names.contains(&name.as_str())) {
        errors.push(Violation::new(format!("{field}.{extra}"), "the template has no such parameter"));
    }
    let rendered = Text::new(render(text.as_str(), |name| values.get(name).map(Text::as_str)));
    too_long(field, &rendered, most, errors);
    let is_named = names.iter().any(|name| !is_number(name));
    let parameter = |name: &&str| Parameter {
        name: is_named.then(|| (*name).to_owned()),
        value: values.get(*name).cloned().unwrap_or_default(),
    };
    (rendered, names.iter().map(parameter).collect())
}

/// A card with its values; `own` is the template's file for it.
fn filled_card(
    place: usize,
    card: &TemplateCard,
    values: CardValues,
    own: Option<MediaId>,
    errors: &mut Vec<Violation>,
) -> Option<FilledCard> {
    let under = format!("cards[{place}]");
    let CardValues { file, body, buttons } = values;
    let (rendered, parameters) = match &card.body {
        Some(text) => {
            let (rendered, parameters) = filled_body(&format!("{under}.body"), text, MAX_CARD, &body, errors);
            (Some(rendered), parameters)
        }
        None => (None, Vec::new()),
    };
    let buttons = filled_buttons(&format!("{under}.buttons"), &card.buttons, &buttons, errors);
    let mut wrong = Vec::new();
    let kind = card.header.file().unwrap_or(MediaKind::Image);
    let media = file_of(kind, file.or_else(|| own.map(stored)), &mut wrong);
    errors.extend(wrong.into_iter().map(|violation| violation.under(&under)));
    let header = match kind {
        MediaKind::Video => FilledHeader::Video(media?),
        MediaKind::Image | MediaKind::Audio | MediaKind::Document | MediaKind::Sticker => FilledHeader::Image(media?),
    };
    Some(FilledCard { header, body: rendered, buttons, parameters })
}

/// The file of a header. A header has no words beside it.
fn file_of(kind: MediaKind, file: Option<MediaDraft>, errors: &mut Vec<Violation>) -> Option<OutboundMedia> {
    let Some(file) = file else {
        let what = kind.as_str();
        errors.push(Violation::new("file", format!("is missing: the template's header shows a file ({what})")));
        return None;
    };
    if file.caption.is_some() {
        errors.push(Violation::new("file.caption", "the header of a template has none"));
    }
    match OutboundMedia::parse(kind, file) {
        Ok(media) => Some(media),
        Err(violation) => {
            errors.push(violation.under("file"));
            None
        }
    }
}

/// Checks a value that has to be there. WhatsApp takes no newline, no tab and no more than four spaces in a row.
fn value_of(field: &str, value: Option<&Text>, errors: &mut Vec<Violation>) {
    let spaces = " ".repeat(MOST_SPACES + 1);
    let wrong = match value.map(Text::as_str) {
        None => "is missing",
        Some(text) if !is_visible(text) => "is empty",
        Some(text) if text.contains(['\n', '\r', '\t']) => "has a line break or a tab: WhatsApp rejects it",
        Some(text) if text.contains(&spaces) => "has more than four spaces in a row: WhatsApp rejects it",
        Some(text) if text.chars().count() > MAX_BODY => {
            let length = text.chars().count();
            errors.push(Violation::new(field, format!("has {length} characters; use at most {MAX_BODY}")));
            return;
        }
        Some(_) => return,
    };
    errors.push(Violation::new(field, wrong));
}

fn too_long(field: &str, text: &Text, most: usize, errors: &mut Vec<Violation>) {
    let length = text.as_str().chars().count();
    if length > most {
        errors.push(Violation::new(field, format!("has {length} characters with its values; use at most {most}")));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::TemplateId;
    use crate::inbox::outbound_content::{Draft, OutboundContent};
    use crate::outreach::templates::{
        Language, TemplateButton, TemplateCategory, TemplateEdits, TemplateName, TemplateParts, TemplateQuality,
        TemplateStatus,
    };
    use crate::time::Timestamp;

    fn button(kind: TemplateButtonType, url: Option<&str>) -> TemplateButton {
        TemplateButton { kind, text: Text::new("Open"), url: url.map(str::to_owned), phone_number: None, flow_id: None }
    }

    fn template(header: Option<TemplateHeader>, body: &str, buttons: Vec<TemplateButton>) -> Template {
        Template {
            id: TemplateId::for_name("1", "order_ready", "en"),
            account: "1".to_owned(),
            whatsapp_id: Some("2".to_owned()),
            name: TemplateName::parse("order_ready").unwrap(),
            language: Language::parse("en").unwrap(),
            category: TemplateCategory::Utility,
            status: TemplateStatus::Approved,
            quality: TemplateQuality::Unknown,
            reason: None,
            parts: TemplateParts { header, body: Text::new(body), buttons, ..TemplateParts::default() },
            files: Vec::new(),
            is_default: false,
            edits: TemplateEdits::default(),
            seen: Timestamp::default(),
        }
    }

    fn map(values: &[(&str, &str)]) -> BTreeMap<String, Text> {
        values.iter().map(|(name, value)| ((*name).to_owned(), Text::new(*value))).collect()
    }

    fn body(values: &[(&str, &str)]) -> TemplateValues {
        TemplateValues { body: map(values), ..TemplateValues::default() }
    }

    fn told(template: &Template, values: TemplateValues) -> Vec<String> {
        let errors = template.fill(values).unwrap_err();
        errors.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn values_make_the_text_that_the_customer_reads() {
        let header = TemplateHeader::Text { text: Text::new("Order {{1}}") };
        let link = button(TemplateButtonType::Url, Some("https://example.com/{{1}}"));
        let template = template(Some(header), "Hi {{1}}, {{2}} is ready.", vec![link]);
        let values = TemplateValues {
            header: Some(Text::new("7")),
            buttons: map(&[("0", "ord-9")]),
            ..body(&[("1", "Ana"), ("2", "tea")])
        };
        let filled = template.fill(values).unwrap();
        assert_eq!(filled.body.as_str(), "Hi Ana, tea is ready.");
        let Some(FilledHeader::Text(header)) = &filled.header else { panic!("no text header") };
        assert_eq!(header.text.as_str(), "Order 7");
        assert_eq!(filled.buttons[0].url.as_deref(), Some("https://example.com/ord-9"));
        let order: Vec<_> = filled.parameters.iter().map(|one| (one.name.clone(), one.value.as_str())).collect();
        assert_eq!(order, [(None, "Ana"), (None, "tea")]);
    }

    #[test]
    fn named_parameters_go_out_under_their_names() {
        let filled = template(None, "Hi {{first_name}}!", vec![]).fill(body(&[("first_name", "Ana")])).unwrap();
        assert_eq!(filled.parameters[0].name.as_deref(), Some("first_name"));
    }

    #[test]
    fn every_wrong_value_is_named_by_its_field() {
        let template = template(None, "Hi {{1}} and {{2}}.", vec![]);
        assert_eq!(told(&template, body(&[("1", "Ana")])), ["body.2: is missing"]);
        let wrong = body(&[("1", "a\nb"), ("2", "a     b"), ("3", "c")]);
        assert_eq!(
            told(&template, wrong),
            [
                "body.1: has a line break or a tab: WhatsApp rejects it",
                "body.2: has more than four spaces in a row: WhatsApp rejects it",
                "body.3: the template has no such parameter",
            ]
        );
        assert_eq!(told(&template, body(&[("1", " "), ("2", "b")])), ["body.1: is empty"]);
        let long = "x".repeat(1015);
        let too_long = told(&template, body(&[("1", &long), ("2", "b")]));
        assert_eq!(too_long, ["body: has 1025 characters with its values; use at most 1024"]);
        assert!(template.fill(body(&[("1", &long[1..]), ("2", "b")])).is_ok());
    }

    #[test]
    fn a_header_takes_what_its_format_asks_for_and_nothing_else() {
        let image = template(Some(TemplateHeader::Image), "Hi", vec![]);
        assert_eq!(
            told(&image, TemplateValues::default()),
            ["file: is missing: the template's header shows a file (image)"]
        );
        let file = |link: &str| MediaDraft { link: Some(link.to_owned()), ..MediaDraft::default() };
        let linked = |link| TemplateValues { file: Some(file(link)), ..TemplateValues::default() };
        assert!(image.fill(linked("https://example.com/a.jpg")).unwrap().file().is_some());
        assert!(told(&image, linked("ftp://a"))[0].starts_with("file.link: "));
        let plain = template(None, "Hi", vec![]);
        let all = TemplateValues {
            header: Some(Text::new("x")),
            location: Some(Location { latitude: 1.0, longitude: 1.0, name: None, address: None, url: None }),
            buttons: map(&[("0", "x")]),
            ..linked("https://example.com/a.jpg")
        };
        assert_eq!(
            told(&plain, all),
            [
                "header: the template's header has no parameter",
                "file: the template's header has no file",
                "location: the template's header has no location",
                "buttons.0: the template has no button here that takes a value",
            ]
        );
        let place = template(Some(TemplateHeader::Location), "Hi", vec![]);
        assert!(told(&place, TemplateValues::default())[0].starts_with("location: is missing"));
    }

    #[test]
    fn a_template_shows_its_own_file_unless_a_message_names_another() {
        let id = MediaId::from_parts(Timestamp::default(), 1);
        let own = Template { files: vec![id], ..template(Some(TemplateHeader::Image), "Hi", vec![]) };
        let filled = own.fill(TemplateValues::default()).unwrap();
        assert_eq!(OutboundContent::parse(Draft::Template(Box::new(filled))).unwrap().stored_file(), Some(id));
        let link = MediaDraft { link: Some("https://example.com/a.jpg".to_owned()), ..MediaDraft::default() };
        let filled = own.fill(TemplateValues { file: Some(link), ..TemplateValues::default() }).unwrap();
        assert_eq!(OutboundContent::parse(Draft::Template(Box::new(filled))).unwrap().stored_file(), None);
    }

    #[test]
    fn each_card_has_its_file_and_its_values() {
        let id = |n| MediaId::from_parts(Timestamp::default(), n);
        let card = TemplateCard {
            header: TemplateHeader::Image,
            body: Some(Text::new("From {{1}} on.")),
            buttons: vec![button(TemplateButtonType::Url, Some("https://a.example/{{1}}"))],
        };
        let mut tour = template(None, "Tours", vec![]);
        tour.parts.cards = vec![card.clone(), card];
        tour.files = vec![id(1), id(2)];
        let values = |end: &str| CardValues { file: None, body: map(&[("1", "9 am")]), buttons: map(&[("0", end)]) };
        let all = |cards| TemplateValues { cards, ..TemplateValues::default() };
        let filled = tour.fill(all(vec![values("a"), values("b")])).unwrap();
        assert_eq!(filled.cards[1].buttons[0].url.as_deref(), Some("https://a.example/b"));
        assert_eq!(filled.cards[0].body.as_ref().unwrap().as_str(), "From 9 am on.");
        let content = OutboundContent::parse(Draft::Template(Box::new(filled))).unwrap();
        assert_eq!(content.stored_files(), [id(1), id(2)]);
        assert_eq!(
            told(&tour, all(vec![values("a")])),
            ["cards[1].body.1: is missing", "cards[1].buttons.0: is missing"]
        );
        tour.files.pop();
        let missing = told(&tour, all(vec![values("a"), values("b")]));
        assert!(missing[0].starts_with("cards[1].file: is missing"), "{missing:?}");
    }

    #[test]
    fn the_button_of_a_one_time_code_copies_the_code_of_the_text() {
        let code = template(None, "{{1}} is your code.", vec![button(TemplateButtonType::Otp, None)]);
        let filled = code.fill(body(&[("1", "123456")])).unwrap();
        assert_eq!(filled.buttons[0].value.as_ref().map(Text::as_str), Some("123456"));
    }

    #[test]
    fn codes_are_short_and_addresses_have_no_spaces() {
        let template = template(
            None,
            "Hi",
            vec![
                button(TemplateButtonType::QuickReply, None),
                button(TemplateButtonType::CopyCode, None),
                button(TemplateButtonType::Url, Some("https://a.example/{{1}}")),
            ],
        );
        let buttons = |code: &str, end: &str| TemplateValues {
            buttons: map(&[("1", code), ("2", end)]),
            ..TemplateValues::default()
        };
        assert!(template.fill(buttons("SAVE20", "x")).is_ok());
        assert_eq!(
            told(&template, buttons("SAVE20SAVE20SAVE", "a b")),
            [
                "buttons.1: has 16 characters with its values; use at most 15",
                "buttons.2: is part of an address: use no spaces",
            ]
        );
    }
}
