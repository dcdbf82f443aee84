//! The texts of an operation: the doc comment of its handler. So the code and the API description say the same.

/// What is said of an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Words {
    /// In one line, without its full stop.
    pub(crate) summary: String,
    /// The rest; empty if the summary says it all.
    pub(crate) description: String,
}

impl Words {
    /// What the doc comment of the handler `name` in `source` says, without the route that it begins with; none if
    /// there is none, or nothing in it.
    pub(crate) fn of_handler(source: &str, name: &str) -> Option<Self> {
        let lines: Vec<_> = source.lines().collect();
        let begins = format!("pub(crate) async fn {name}(");
        let at = lines.iter().position(|line| line.starts_with(&begins))?;
        let above = lines[..at].iter().rev().take_while(|line| line.starts_with("///") || line.starts_with("#["));
        let mut said: Vec<_> = above.filter_map(|line| line.strip_prefix("///")).collect();
        said.reverse();
        Self::parse(&joined(&said))
    }

    /// What the first paragraph of a module says of it.
    pub(crate) fn of_module(source: &str) -> String {
        let said: Vec<_> = source.lines().map_while(|line| line.strip_prefix("//!")).collect();
        joined(&said).split("\n\n").next().unwrap_or_default().to_owned()
    }

    fn parse(said: &str) -> Option<Self> {
        let mut rest = said.trim_start();
        while let Some((_, after)) = rest.strip_prefix('`').and_then(|rest| rest.split_once('`')) {
            rest = after.trim_start();
        }
        let rest = rest.trim_start_matches([':', '.', ',', ' ']);
        let mut letters = rest.chars();
        let rest = format!("{}{}", letters.next()?.to_uppercase(), letters.as_str());
        let end = rest.find(". ").or_else(|| rest.find(".\n")).unwrap_or(rest.len());
        let (summary, description) = rest.split_at(end);
        let description = description.trim_start_matches('.').trim_start().to_owned();
        Some(Self { summary: summary.trim_end_matches('.').to_owned(), description })
    }
}

/// Lines as paragraphs: what stands on several lines is one, until an empty line.
fn joined(lines: &[&str]) -> String {
    let lines: Vec<_> = lines.iter().map(|line| line.trim()).collect();
    let paragraphs = lines.split(|line| line.is_empty()).filter(|lines| !lines.is_empty());
    paragraphs.map(|lines| lines.join(" ")).collect::<Vec<_>>().join("\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_route_is_left_out_and_the_first_sentence_is_the_summary() {
        let source = "/// `GET /a?b=`, the newest\n/// first. All of them.\n#[x]\npub(crate) async fn list(\n";
        let words = Words::of_handler(source, "list").unwrap();
        assert_eq!(words.summary, "The newest first");
        assert_eq!(words.description, "All of them.");
        let short = Words::of_handler("/// `POST /a` `{b}`: makes one.\npub(crate) async fn make(", "make").unwrap();
        assert_eq!((short.summary.as_str(), short.description.as_str()), ("Makes one", ""));
    }

    #[test]
    fn a_handler_without_a_description_has_no_words() {
        for source in ["pub(crate) async fn list(", "/// `GET /a`\npub(crate) async fn list(", ""] {
            assert_eq!(Words::of_handler(source, "list"), None, "{source}");
        }
    }
}
