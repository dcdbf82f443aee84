//! A new template, checked before it is submitted: what WhatsApp's review would reject by rule (Cloud API, templates;
//! errors 2388xxx).

use crate::characters::{is_emoji, is_visible};
use crate::ids::MediaId;
use crate::inbox::outbound_media::MediaKind;
use crate::inbox::outbound_template::{MAX_BODY, TemplateButtonType};
use crate::limits::Violation;
use crate::outreach::template_button_lint::{ButtonPlace, button, buttons};
use crate::outreach::template_text::{Place, is_number, parameters, places};
use crate::outreach::templates::{
    Language, MAX_EDGE, TemplateCard, TemplateCategory, TemplateHeader, TemplateName, TemplateParts,
};
use crate::personal::Text;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How many cards a carousel has, how long the text of one is, and how many buttons it has.
const FEWEST_CARDS: usize = 2;
const MOST_CARDS: usize = 10;
/// The longest text of a card.
pub const MAX_CARD: usize = 160;
const MOST_CARD_BUTTONS: usize = 2;

/// A template to create, as a request writes it: nothing of it is checked.
#[derive(Clone, Debug)]
pub struct TemplateDraft {
    /// Its name.
    pub name: String,
    /// Its language.
    pub language: String,
    /// Its category.
    pub category: TemplateCategory,
    /// What it says.
    pub parts: TemplateParts,
    /// A sample of each value, for WhatsApp's reviewers.
    pub examples: Examples,
    /// The business's own files: of the header, or of each card.
    pub files: Vec<MediaId>,
}

/// A sample of each value, for WhatsApp's reviewers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Examples {
    /// Of the text header's parameter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub header: Option<Text>,
    /// Of the body's parameters, by name or number.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub body: BTreeMap<String, Text>,
    /// Of buttons, by their place from 0.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub buttons: BTreeMap<String, Text>,
    /// Of the cards, in their order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cards: Vec<CardExamples>,
}

/// A sample of each value of a card.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct CardExamples {
    /// Of its text's parameters, by name or number.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub body: BTreeMap<String, Text>,
    /// Of its buttons, by their place from 0.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub buttons: BTreeMap<String, Text>,
}

/// A template that can be submitted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewTemplate {
    /// Its name.
    pub name: TemplateName,
    /// Its language.
    pub language: Language,
    /// Its category.
    pub category: TemplateCategory,
    /// What it says.
    pub parts: TemplateParts,
    /// A sample of each value.
    pub examples: Examples,
    /// The business's own files: of the header, or of each card.
    pub files: Vec<MediaId>,
}

/// A change of a template: what it says from then on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateEdit {
    /// Its category.
    pub category: TemplateCategory,
    /// What it says.
    pub parts: TemplateParts,
    /// A sample of each value.
    pub examples: Examples,
    /// The business's own files: of the header, or of each card.
    pub files: Vec<MediaId>,
}

impl TemplateParts {
    /// The kinds of the files that it shows, in their order.
    #[must_use]
    pub fn file_kinds(&self) -> Vec<MediaKind> {
        let header = self.header.iter().filter_map(TemplateHeader::file);
        header.chain(self.cards.iter().filter_map(|card| card.header.file())).collect()
    }
}

impl TemplateDraft {
    /// Checks it.
    ///
    /// # Errors
    /// Every rule that it breaks, by field.
    pub fn lint(self) -> Result<NewTemplate, Vec<Violation>> {
        let mut errors = Vec::new();
        let name = TemplateName::parse(&self.name).map_err(|error| errors.push(named("name", &error))).ok();
        let language = Language::parse(&self.language).map_err(|error| errors.push(named("language", &error))).ok();
        match self.category {
            TemplateCategory::Marketing | TemplateCategory::Utility => {}
            TemplateCategory::Authentication => {}
            TemplateCategory::Other => {
                errors.push(Violation::new("category", "use marketing, utility or authentication"));
            }
        }
        if let Some(code) = &self.parts.code {
            code.lint(&mut errors);
        }
        match (self.category, &self.parts.code) {
            (TemplateCategory::Authentication, None) => {
                errors.push(Violation::new("code", "is missing: say how the one-time code is delivered"));
            }
            // Meta fixes the text.
            (TemplateCategory::Authentication, Some(_)) => self.only_a_code(&mut errors),
            (TemplateCategory::Marketing | TemplateCategory::Utility | TemplateCategory::Other, Some(_)) => {
                errors.push(Violation::new("code", "belongs to the category authentication"));
            }
            (TemplateCategory::Marketing | TemplateCategory::Utility | TemplateCategory::Other, None) => {
                self.lint_parts(&mut errors);
            }
        }
        match (name, language) {
            (Some(name), Some(language)) if errors.is_empty() => {
                let Self { category, parts, examples, files, .. } = self;
                let parts = match parts.code {
                    Some(code) => code.parts(),
                    None => parts,
                };
                Ok(NewTemplate { name, language, category, parts, examples, files })
            }
            (_, _) => Err(errors),
        }
    }
}

impl TemplateDraft {
    fn only_a_code(&self, errors: &mut Vec<Violation>) {
        let TemplateParts { header, body, footer, buttons, cards, code: _, unsupported: _ } = &self.parts;
        for (field, is_there) in [
            ("header", header.is_some()),
            ("body", !body.as_str().is_empty()),
            ("footer", footer.is_some()),
            ("buttons", !buttons.is_empty()),
            ("cards", !cards.is_empty()),
        ] {
            if is_there {
                errors.push(Violation::new(field, "WhatsApp writes the text of one-time codes: leave it out"));
            }
        }
    }

    fn lint_parts(&self, errors: &mut Vec<Violation>) {
        let TemplateParts { header: above, body: text, footer: below, buttons: taps, cards: all, .. } = &self.parts;
        header(above.as_ref(), &self.examples, errors);
        body("body", "examples.body", text, MAX_BODY, &self.examples.body, errors);
        footer(below.as_ref(), errors);
        buttons(taps, &self.examples, errors);
        if !all.is_empty() {
            for (field, is_there) in
                [("header", above.is_some()), ("footer", below.is_some()), ("buttons", !taps.is_empty())]
            {
                if is_there {
                    errors.push(Violation::new(field, "a carousel has none: give it to the cards"));
                }
            }
            cards(all, &self.examples.cards, errors);
        }
        self.lint_files(errors);
    }

    /// Every header with a file needs one of the business's own: it is shown to the reviewers, and sent with each message.
    fn lint_files(&self, errors: &mut Vec<Violation>) {
        let wanted = self.parts.file_kinds().len();
        let field = |place: usize| {
            if self.parts.cards.is_empty() { "headerFile".to_owned() } else { format!("cardFiles[{place}]") }
        };
        if self.files.len() < wanted {
            let field = field(self.files.len());
            errors.push(Violation::new(field, "is missing: upload the file by POST /api/media, and name its ID"));
        }
        if self.files.len() > wanted {
            errors.push(Violation::new(field(wanted), "nothing here shows a file"));
        }
    }
}

pub(super) fn named(field: &str, error: &impl ToString) -> Violation {
    Violation::new(field, error.to_string())
}

fn header(header: Option<&TemplateHeader>, examples: &Examples, errors: &mut Vec<Violation>) {
    match header {
        None
        | Some(TemplateHeader::Location | TemplateHeader::Image | TemplateHeader::Video | TemplateHeader::Document) => {
        }
        Some(TemplateHeader::Text { text }) => {
            let field = "header.text";
            if !length(field, text, MAX_EDGE, errors) {
                return;
            }
            let text = text.as_str();
            if text.contains(['\n', '\r', '*', '~', '`']) || text.chars().any(is_picture) {
                errors.push(Violation::new(field, "use no line break, emoji or formatting: WhatsApp rejects them"));
            }
            let names = parameters(text);
            match names.as_slice() {
                [] => {}
                [name] if is_number(name) && *name != "1" => {
                    errors.push(Violation::new(field, "number the parameter {{1}}"));
                }
                [_] => sample("examples.header", examples.header.as_ref(), errors),
                [..] => errors.push(Violation::new(field, "use at most one parameter")),
            }
            braces(field, text, errors);
        }
    }
    let takes_sample = header.is_some_and(|header| header.parameter().is_some());
    if examples.header.is_some() && !takes_sample {
        errors.push(Violation::new("examples.header", "the header has no parameter"));
    }
}

/// Whether people take `c` for an emoji. Digits and signs of the trade can begin one, and are none by themselves.
fn is_picture(c: char) -> bool {
    !c.is_ascii() && !matches!(c, '©' | '®' | '™') && is_emoji(c)
}

/// The text named `field`, of at most `most` characters, and the samples named `sampled`.
fn body(
    field: &str,
    sampled: &str,
    body: &Text,
    most: usize,
    examples: &BTreeMap<String, Text>,
    errors: &mut Vec<Violation>,
) {
    if !length(field, body, most, errors) {
        return;
    }
    let text = body.as_str();
    let found = places(text);
    braces(field, text, errors);
    edges(field, text, &found, errors);
    let names = parameters(text);
    numbering(field, &names, errors);
    for name in &names {
        sample(&format!("{sampled}.{name}"), examples.get(*name), errors);
    }
    for extra in examples.keys().filter(|name| !names.contains(&name.as_str())) {
        errors.push(Violation::new(format!("{sampled}.{extra}"), "the text has no such parameter"));
    }
}

/// All cards are alike: the same format of file, a text or none, and the same kinds of buttons.
fn cards(cards: &[TemplateCard], examples: &[CardExamples], errors: &mut Vec<Violation>) {
    if !(FEWEST_CARDS..=MOST_CARDS).contains(&cards.len()) {
        let detail = format!("has {} cards; use {FEWEST_CARDS} to {MOST_CARDS}", cards.len());
        errors.push(Violation::new("cards", detail));
    }
    if examples.len() > cards.len() {
        errors.push(Violation::new(format!("examples.cards[{}]", cards.len()), "there is no such card"));
    }
    let shape = |card: &TemplateCard| {
        let kinds: Vec<_> = card.buttons.iter().map(|button| button.kind).collect();
        (card.header.file(), card.body.is_some(), kinds)
    };
    for (place, card) in cards.iter().enumerate() {
        let field = |name: &str| format!("cards[{place}].{name}");
        match card.header {
            TemplateHeader::Image | TemplateHeader::Video => {}
            TemplateHeader::Text { .. } | TemplateHeader::Document | TemplateHeader::Location => {
                errors.push(Violation::new(field("header"), "use image or video"));
            }
        }
        if cards.first().is_some_and(|first| shape(first) != shape(card)) {
            let detail = "differs from the first card: give all cards the same format, a text or none, and the same kinds \
                          of buttons";
            errors.push(Violation::new(format!("cards[{place}]"), detail));
        }
        let samples = examples.get(place).cloned().unwrap_or_default();
        let sampled = format!("examples.cards[{place}]");
        if let Some(text) = &card.body {
            body(&field("body"), &format!("{sampled}.body"), text, MAX_CARD, &samples.body, errors);
        }
        if !(1..=MOST_CARD_BUTTONS).contains(&card.buttons.len()) {
            errors.push(Violation::new(field("buttons"), format!("use 1 to {MOST_CARD_BUTTONS} buttons")));
        }
        for (number, one) in card.buttons.iter().enumerate() {
            match one.kind {
                TemplateButtonType::QuickReply | TemplateButtonType::Url | TemplateButtonType::Phone => {}
                TemplateButtonType::CopyCode | TemplateButtonType::Flow | TemplateButtonType::Otp => {
                    let at = format!("cards[{place}].buttons[{number}].type");
                    errors.push(Violation::new(at, "a card takes quick_reply, url and phone"));
                    continue;
                }
            }
            let twin = card.buttons[..number].iter().any(|other| other.text == one.text);
            let at = ButtonPlace {
                field: format!("cards[{place}].buttons[{number}]"),
                sample: format!("{sampled}.buttons.{number}"),
            };
            button(&at, one, twin, samples.buttons.get(&number.to_string()), errors);
        }
    }
}

/// No parameter stands at the start or at the end, and no two stand side by side (2388299).
fn edges(field: &str, text: &str, found: &[Place<'_>], errors: &mut Vec<Violation>) {
    let outside = |place: &Place<'_>| (&text[..place.start], &text[place.end..]);
    if found.first().is_some_and(|first| outside(first).0.trim().is_empty()) {
        errors.push(Violation::new(field, "begins with a parameter: put text before it"));
    }
    if found.last().is_some_and(|last| outside(last).1.trim().is_empty()) {
        errors.push(Violation::new(field, "ends with a parameter: put text after it"));
    }
    if found.windows(2).any(|pair| text[pair[0].end..pair[1].start].trim().is_empty()) {
        errors.push(Violation::new(field, "has two parameters side by side: put text between them"));
    }
}

/// Numbers run from 1 without a gap, or all parameters have names.
fn numbering(field: &str, names: &[&str], errors: &mut Vec<Violation>) {
    let (numbers, words): (Vec<_>, Vec<_>) = names.iter().copied().partition(|name| is_number(name));
    if !numbers.is_empty() && !words.is_empty() {
        return errors.push(Violation::new(field, "mixes numbers and names: use one of them for all parameters"));
    }
    let has = |number: usize| numbers.contains(&number.to_string().as_str());
    if let Some(missing) = (1..=numbers.len()).find(|number| !has(*number)) {
        errors.push(Violation::new(
            field,
            format!("number the parameters from {{{{1}}}} without a gap: {{{{{missing}}}}} is missing"),
        ));
    }
    if let Some(word) = words.iter().find(|word| word.starts_with(|first: char| first.is_ascii_digit())) {
        errors.push(Violation::new(field, format!("begin the name {{{{{word}}}}} with a letter")));
    }
}

/// Braces that are no parameter are a mistake: WhatsApp would show them or reject them.
fn braces(field: &str, text: &str, errors: &mut Vec<Violation>) {
    let found = places(text).len();
    if text.matches("{{").count() != found || text.matches("}}").count() != found {
        let detail = "has double braces that are no parameter: write {{1}} or {{first_name}}";
        errors.push(Violation::new(field, detail));
    }
}

fn footer(footer: Option<&Text>, errors: &mut Vec<Violation>) {
    let Some(footer) = footer else { return };
    if length("footer", footer, MAX_EDGE, errors) && !parameters(footer.as_str()).is_empty() {
        errors.push(Violation::new("footer", "use no parameter here"));
    }
}

/// A sample that WhatsApp's reviewers see: each parameter needs one.
pub(super) fn sample(field: &str, example: Option<&Text>, errors: &mut Vec<Violation>) {
    match example {
        None => errors.push(Violation::new(field, "is missing: WhatsApp's reviewers need a sample")),
        Some(text) if !is_visible(text.as_str()) => errors.push(Violation::new(field, "is empty")),
        Some(text) if text.as_str().contains(['\n', '\r', '\t']) => {
            errors.push(Violation::new(field, "use no line break and no tab"));
        }
        Some(_) => {}
    }
}

/// Whether the text can be seen and has at most `most` characters.
pub(super) fn length(field: &str, text: &Text, most: usize, errors: &mut Vec<Violation>) -> bool {
    let length = text.as_str().chars().count();
    let wrong = if !is_visible(text.as_str()) {
        "is empty".to_owned()
    } else if length > most {
        format!("has {length} characters; use at most {most}")
    } else {
        return true;
    };
    errors.push(Violation::new(field, wrong));
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outreach::templates::TemplateButton;

    fn draft(body: &str) -> TemplateDraft {
        let samples = parameters(body).into_iter().map(|name| (name.to_owned(), Text::new("sample")));
        TemplateDraft {
            name: "order_ready".to_owned(),
            language: "en-US".to_owned(),
            category: TemplateCategory::Utility,
            examples: Examples { body: samples.collect(), ..Examples::default() },
            parts: TemplateParts { body: Text::new(body), ..TemplateParts::default() },
            files: Vec::new(),
        }
    }

    fn with(change: impl FnOnce(&mut TemplateDraft)) -> Vec<String> {
        let mut draft = draft("Hi {{1}}, welcome.");
        change(&mut draft);
        told(draft)
    }

    fn told(draft: TemplateDraft) -> Vec<String> {
        draft.lint().err().unwrap_or_default().iter().map(ToString::to_string).collect()
    }

    fn button(kind: TemplateButtonType, text: &str) -> TemplateButton {
        TemplateButton { kind, text: Text::new(text), url: None, phone_number: None, flow_id: None }
    }

    #[test]
    fn a_good_template_passes_and_its_language_is_written_as_the_graph_api_does() {
        let new = draft("Hi {{first_name}}, order {{order}} is ready.").lint().unwrap();
        assert_eq!((new.name.as_str(), new.language.as_str()), ("order_ready", "en_US"));
    }

    #[test]
    fn a_body_has_text_around_its_parameters_and_numbers_without_a_gap() {
        let wrong = [
            ("{{1}} is ready.", "body: begins with a parameter: put text before it"),
            ("Ready: {{1}}", "body: ends with a parameter: put text after it"),
            ("Hi {{1}} {{2}}, welcome.", "body: has two parameters side by side: put text between them"),
            ("Hi {{1}} and {{3}}, welcome.", "body: number the parameters from {{1}} without a gap: {{2}} is missing"),
            ("Hi {{1}} and {{name}}, welcome.", "body: mixes numbers and names: use one of them for all parameters"),
            ("Hi {{Name}}, welcome.", "body: has double braces that are no parameter: write {{1}} or {{first_name}}"),
            ("Hi {{1name}}, welcome.", "body: begin the name {{1name}} with a letter"),
            (" ", "body: is empty"),
        ];
        for (body, detail) in wrong {
            assert_eq!(told(draft(body)), [detail], "{body}");
        }
        assert!(told(draft(&"é".repeat(1024))).is_empty());
        assert_eq!(told(draft(&"é".repeat(1025))), ["body: has 1025 characters; use at most 1024"]);
    }

    #[test]
    fn each_field_is_named() {
        assert!(with(|draft| draft.name = "Order".into())[0].starts_with("name: "));
        assert!(with(|draft| draft.language = "english".into())[0].starts_with("language: "));
        assert!(with(|draft| draft.category = TemplateCategory::Authentication)[0].starts_with("code: is missing"));
        assert!(with(|draft| draft.category = TemplateCategory::Other)[0].starts_with("category: "));
        assert!(with(|draft| draft.parts.footer = Some(Text::new("{{1}}")))[0].starts_with("footer: "));
        assert!(
            with(|draft| draft.parts.header = Some(TemplateHeader::Image))[0].starts_with("headerFile: is missing")
        );
        let file = MediaId::from_parts(crate::time::Timestamp::default(), 1);
        assert!(with(|draft| draft.files = vec![file])[0].starts_with("headerFile: nothing here"));
        let header = |text: &str| Some(TemplateHeader::Text { text: Text::new(text) });
        for wrong in ["*Bold*", "a\nb", "Hi 🙂", "{{1}} {{2}}", "Order {{2}}", &"x".repeat(61)] {
            assert!(with(|draft| draft.parts.header = header(wrong))[0].starts_with("header.text: "), "{wrong}");
        }
        assert!(with(|draft| draft.parts.header = header("Order {{1}}"))[0].starts_with("examples.header: is missing"));
        assert!(with(|draft| draft.examples = Examples::default())[0].starts_with("examples.body.1: is missing"));
    }

    #[test]
    fn the_cards_of_a_carousel_are_alike() {
        let file = MediaId::from_parts(crate::time::Timestamp::default(), 1);
        let card = || TemplateCard {
            header: TemplateHeader::Image,
            body: Some(Text::new("Two hours by boat.")),
            buttons: vec![button(TemplateButtonType::QuickReply, "Book")],
        };
        let carousel = |change: fn(&mut TemplateDraft)| {
            with(|draft| {
                draft.parts.cards = vec![card(), card()];
                draft.files = vec![file, file];
                change(draft);
            })
        };
        assert!(carousel(|_| {}).is_empty());
        assert!(carousel(|draft| draft.parts.footer = Some(Text::new("x")))[0].starts_with("footer: a carousel"));
        assert!(
            carousel(|draft| draft.parts.cards[1].header = TemplateHeader::Video)[0].starts_with("cards[1]: differs")
        );
        assert!(carousel(|draft| draft.parts.cards[1].buttons.clear())[0].starts_with("cards[1]: differs"));
        assert!(carousel(|draft| draft.files.truncate(1))[0].starts_with("cardFiles[1]: is missing"));
        let long = carousel(|draft| draft.parts.cards[0].body = Some(Text::new("x".repeat(161))));
        assert!(long[0].starts_with("cards[0].body: has 161"), "{long:?}");
        let one = carousel(|draft| {
            draft.parts.cards.truncate(1);
            draft.files.truncate(1);
        });
        assert!(one[0].starts_with("cards: has 1 cards"));
        let open = carousel(|draft| draft.parts.cards[1].body = Some(Text::new("From {{1}} on.")));
        assert!(open[0].starts_with("examples.cards[1].body.1: is missing"), "{open:?}");
    }

    #[test]
    fn buttons_have_their_limits() {
        let buttons = |buttons: Vec<TemplateButton>| with(|draft| draft.parts.buttons = buttons);
        let reply = |n: usize| button(TemplateButtonType::QuickReply, &n.to_string());
        let link = |url: &str| TemplateButton { url: Some(url.to_owned()), ..button(TemplateButtonType::Url, "Open") };
        assert!(buttons((0..10).map(reply).collect()).is_empty());
        assert_eq!(buttons((0..11).map(reply).collect()), ["buttons: has 11 buttons; use at most 10"]);
        assert!(buttons(vec![reply(0), link("https://a.example"), reply(1)])[0].contains("side by side"));
        assert!(buttons(vec![reply(0), reply(0)])[0].starts_with("buttons[1].text: is used twice"));
        assert!(buttons(vec![link("https://a.example/{{1}}/b")])[0].starts_with("buttons[0].url: use one parameter"));
        assert!(buttons(vec![link("ftp://a.example")])[0].starts_with("buttons[0].url: expected"));
        assert!(buttons(vec![link("https://a.example/{{1}}")])[0].starts_with("examples.buttons.0: is missing"));
        assert!(
            buttons(vec![button(TemplateButtonType::Phone, "Call")])[0]
                .starts_with("buttons[0].phoneNumber: is missing")
        );
        assert!(buttons(vec![button(TemplateButtonType::QuickReply, &"x".repeat(26))])[0].contains("use at most 25"));
    }
}
