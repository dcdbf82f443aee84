//! The parameters in a template's text: `{{1}}` or `{{first_name}}`.

/// Whether a parameter is a number: `{{1}}`.
#[must_use]
pub fn is_number(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit())
}

/// The parameters of a text, each once, in the order in which they first stand there.
#[must_use]
pub fn parameters(text: &str) -> Vec<&str> {
    let mut names = Vec::new();
    for name in places(text).into_iter().map(|place| place.name) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// The text with values in the place of its parameters. A parameter without a value stays as it is written.
#[must_use]
pub fn render<'a>(text: &str, value: impl Fn(&str) -> Option<&'a str>) -> String {
    let mut rendered = String::with_capacity(text.len());
    let mut from = 0;
    for place in places(text) {
        rendered.push_str(&text[from..place.start]);
        rendered.push_str(value(place.name).unwrap_or(&text[place.start..place.end]));
        from = place.end;
    }
    rendered.push_str(&text[from..]);
    rendered
}

/// A parameter in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place<'a> {
    /// Its name or number.
    pub(crate) name: &'a str,
    /// Where its braces begin, in bytes.
    pub(crate) start: usize,
    /// Where they end.
    pub(crate) end: usize,
}

/// Every parameter of a text: `{{`, lower-case letters, digits and underscores, `}}`.
pub(crate) fn places(text: &str) -> Vec<Place<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = text[at..].find("{{") {
        let start = at + open;
        let inside = start + 2;
        let Some(length) = text[inside..].find("}}") else { break };
        let name = text[inside..inside + length].trim();
        let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        if !name.is_empty() && name.bytes().all(fits) {
            at = inside + length + 2;
            found.push(Place { name, start, end: at });
        } else {
            at = inside;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_found_once_and_in_order() {
        assert_eq!(parameters("Hi {{2}}, {{1}} and {{2}}"), ["2", "1"]);
        assert_eq!(parameters("Hi {{ first_name }}!"), ["first_name"]);
        for none in ["", "{1}", "{{}}", "{{First}}", "{{a", "{{a b}}", "}}{{"] {
            assert!(parameters(none).is_empty(), "{none}");
        }
        assert_eq!(parameters("{{ {{1}} }}"), ["1"]);
    }

    #[test]
    fn values_stand_where_their_parameters_stood() {
        let value = |name: &str| (name == "1").then_some("Ana {{2}}");
        assert_eq!(render("Hi {{1}} and {{2}}, é{{1}}", value), "Hi Ana {{2}} and {{2}}, éAna {{2}}");
    }
}
