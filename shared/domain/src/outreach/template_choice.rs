//! The language in which a template is sent, where it does not have the one that was asked for. Meta sends only what is
//! named exactly, so the choice is ours, and every answer says it.

use crate::outreach::templates::{Language, Template};

/// The variant that a message in `asked` is sent in, of a template that does not have this language: one of the same
/// language for another region, else the one that the business made the template's default.
#[must_use]
pub fn instead(variants: Vec<Template>, asked: &Language) -> Option<Template> {
    let sendable = variants.into_iter().filter(|variant| variant.obstacle().is_none());
    let rank = |variant: &Template| {
        let is_same = variant.language.without_region() == asked.without_region();
        let has_region = variant.language.as_str() != variant.language.without_region();
        (!is_same, has_region, variant.language.clone())
    };
    let fits = |variant: &Template| variant.language.without_region() == asked.without_region() || variant.is_default;
    sendable.filter(fits).min_by_key(rank)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::TemplateId;
    use crate::outreach::templates::{
        TemplateCategory, TemplateEdits, TemplateName, TemplateParts, TemplateQuality, TemplateStatus,
    };
    use crate::time::Timestamp;

    fn variant(code: &str, is_default: bool) -> Template {
        Template {
            id: TemplateId::for_name("1", "a", code),
            account: "1".to_owned(),
            whatsapp_id: None,
            name: TemplateName::parse("a").unwrap(),
            language: Language::parse(code).unwrap(),
            category: TemplateCategory::Utility,
            status: TemplateStatus::Approved,
            quality: TemplateQuality::Unknown,
            reason: None,
            parts: TemplateParts::default(),
            files: Vec::new(),
            is_default,
            edits: TemplateEdits::default(),
            seen: Timestamp::default(),
        }
    }

    fn chosen(codes: &[(&str, bool)], asked: &str) -> Option<String> {
        let variants = codes.iter().map(|(code, is_default)| variant(code, *is_default)).collect();
        instead(variants, &Language::parse(asked).unwrap()).map(|variant| variant.language.to_string())
    }

    #[test]
    fn the_same_language_comes_before_the_default_and_nothing_is_guessed() {
        assert_eq!(chosen(&[("es_MX", false), ("es", false), ("en", true)], "es_AR").as_deref(), Some("es"));
        assert_eq!(chosen(&[("es_MX", false), ("es_ES", false)], "es").as_deref(), Some("es_ES"));
        assert_eq!(chosen(&[("es", false), ("en", true)], "hi").as_deref(), Some("en"));
        assert_eq!(chosen(&[("es", false)], "hi"), None);
        assert_eq!(chosen(&[], "hi"), None);
    }

    #[test]
    fn what_cannot_be_sent_is_not_chosen() {
        let paused = Template { status: TemplateStatus::Paused, ..variant("es", false) };
        let asked = Language::parse("es_AR").unwrap();
        assert_eq!(instead(vec![paused, variant("en", false)], &asked), None);
    }
}
