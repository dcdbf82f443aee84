//! What customers and operators read is plain English: documents, the API description, problems, emails, alarms and
//! the command line. A list of tells holds the dialect out that this repository once spoke.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has to end")]

use std::path::{Path, PathBuf};

/// Words that a sentence of the trade does without, each with what replaces it.
const TELLS: [(&str, &str); 15] = [
    ("whoever", "name the actor: the caller, the owner, anyone who"),
    ("told", "name what happens: the answer says, the user gets an email"),
    ("holds no more", "is invalid, has expired"),
    ("no more", "no longer"),
    ("is let", "may, can, is allowed"),
    ("stands beside", "is next to, belongs to"),
    ("lies aside", "is parked, is in the dead-email queue"),
    ("of which", "split the sentence"),
    ("by which", "split the sentence"),
    ("beside", "besides, next to, with"),
    ("gets no further", "is rejected, stops"),
    ("come to be", "is created, happens"),
    ("to be had", "available"),
    ("somebody", "name the actor: a user, another client"),
    ("nobody", "name the actor, or use the passive of the trade: unassigned, unknown"),
];

/// A tell that one word makes plain: `no more than`.
const UNLESS_BEFORE: [(&str, &str); 1] = [("no more", "than")];

/// Where people read what a string of the product says.
const WITH_TEXTS: [&str; 5] =
    ["functions/api/src", "shared/domain/src", "shared/views/src", "local/stack/src", "local/meta-simulator/src"];

/// The keys of the API description whose values are prose.
const PROSE: [&str; 3] = ["\"description\": \"", "\"summary\": \"", "\"title\": \""];

/// The keys of templates whose values are prose; titles are those of the dashboard.
const OF_TEMPLATES: [&str; 4] = ["Description: ", "AlarmDescription: ", "ConstraintDescription: ", "\"title\": \""];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Every file below `folder` with this ending, by its path from the root.
fn files(folder: &str, ending: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                let is_ours = !name.starts_with('.') && !["target", "node_modules", "dist"].contains(&name.as_str());
                folders.extend(is_ours.then_some(path));
            } else if name.ends_with(ending) {
                let relative = path.strip_prefix(root()).unwrap().to_string_lossy().into_owned();
                found.push((relative, std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

/// A piece of prose: words and what parts sentences, each with its line.
#[derive(Debug, PartialEq)]
struct Token {
    line: usize,
    word: String,
}

/// The words of a text that begins on `line`. Code, between backticks, and the targets of links are left out.
fn words(text: &str, line: usize) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut line = line;
    let mut word = String::new();
    let mut is_code = false;
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        if character.is_alphanumeric() || "'’-_".contains(character) {
            word.extend(character.to_lowercase());
            continue;
        }
        if !word.is_empty() && !is_code {
            tokens.push(Token { line, word: word.clone() });
        }
        word.clear();
        match character {
            '`' => is_code = !is_code,
            '\n' => line += 1,
            ']' if !is_code && characters.next_if_eq(&'(').is_some() => {
                line += characters
                    .by_ref()
                    .take_while(|character| *character != ')')
                    .filter(|character| *character == '\n')
                    .count();
            }
            _ => {}
        }
        if !character.is_whitespace() && !is_code {
            tokens.push(Token { line, word: character.to_string() });
        }
    }
    if !word.is_empty() && !is_code {
        tokens.push(Token { line, word });
    }
    tokens
}

/// The tells in a text that begins on `line`, each with the line on which it begins.
fn tells(text: &str, line: usize) -> Vec<(usize, &'static str)> {
    let tokens = words(text, line);
    let begins = |phrase: &str, from: usize| {
        let mut left = tokens.iter().skip(from);
        phrase.split(' ').all(|word| left.next().is_some_and(|token| token.word == word))
    };
    let is_plain = |tell: &str, at: usize| {
        let after = at + tell.split(' ').count();
        UNLESS_BEFORE.iter().any(|(known, next)| *known == tell && begins(next, after))
    };
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let tell = TELLS.iter().map(|(tell, _)| *tell).find(|tell| begins(tell, at) && !is_plain(tell, at));
        found.extend(tell.map(|tell| (token.line, tell)));
        at += tell.map_or(1, |tell| tell.split(' ').count());
    }
    found
}

/// A document without the blocks of code in it, line by line.
fn prose(document: &str) -> String {
    let mut is_code = false;
    let lines = document.lines().map(|line| {
        let is_fence = line.trim_start().starts_with("```");
        is_code ^= is_fence;
        if is_code || is_fence { "" } else { line }
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The values of `keys` in a file that has one on a line.
fn values<'t>(text: &'t str, keys: &[&str]) -> Vec<(usize, &'t str)> {
    let value = |line: &'t str| {
        let line = line.trim_start();
        keys.iter().find_map(|key| line.strip_prefix(key))
    };
    text.lines().enumerate().filter_map(|(at, line)| value(line).map(|value| (at + 1, value))).collect()
}

/// The string literals of a source that read as prose: those with a space in them. Its tests are left out, and so are
/// comments and what is written to the log.
fn literals(source: &str) -> Vec<(usize, String)> {
    let source = source.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
    let mut found = Vec::new();
    let mut line = 1;
    let mut before = String::new();
    let mut characters = source.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\n' => line += 1,
            '/' if characters.next_if_eq(&'/').is_some() => {
                while characters.next_if(|character| *character != '\n').is_some() {}
            }
            '\'' if characters.next_if_eq(&'"').is_some() => {}
            '"' => {
                let begins = line;
                let mut literal = String::new();
                while let Some(character) = characters.next().filter(|character| *character != '"') {
                    let is_escaped = character == '\\';
                    let character = if is_escaped { characters.next().unwrap_or_default() } else { character };
                    line += usize::from(character == '\n');
                    literal.push(if is_escaped && character == 'n' { ' ' } else { character });
                }
                let statement = before.rsplit([';', '{', '}']).next().unwrap_or_default();
                if literal.contains(' ') && !statement.contains("tracing::") && !statement.contains("internal(") {
                    found.push((begins, literal));
                }
            }
            _ => {}
        }
        before.push(character);
    }
    found
}

/// Where a tell is, as an editor jumps to it.
fn report(file: &str, found: Vec<(usize, &'static str)>) -> Vec<String> {
    let advice = |tell: &str| TELLS.iter().find(|(known, _)| *known == tell).map_or("", |(_, advice)| *advice);
    found.into_iter().map(|(line, tell)| format!("{file}:{line}: `{tell}` ({})", advice(tell))).collect()
}

fn none(found: &[String]) {
    assert!(found.is_empty(), "say it plainly (CONTRIBUTING.md, How we write):\n{}", found.join("\n"));
}

#[test]
fn documents_are_plain_english() {
    let found = files("", ".md").into_iter().flat_map(|(file, text)| report(&file, tells(&prose(&text), 1)));
    none(&found.collect::<Vec<_>>());
}

#[test]
fn the_api_description_is_plain_english() {
    let file = "functions/api/openapi.json";
    let text = std::fs::read_to_string(root().join(file)).unwrap();
    let prose = values(&text, &PROSE);
    assert!(prose.len() > 500, "{} texts", prose.len());
    none(&report(file, prose.into_iter().flat_map(|(line, text)| tells(text, line)).collect()));
}

#[test]
fn alarms_dashboards_and_descriptions_of_templates_are_plain_english() {
    let mut templates = files("infra", ".yaml");
    templates.push(("template.yaml".to_owned(), std::fs::read_to_string(root().join("template.yaml")).unwrap()));
    let found = templates.into_iter().flat_map(|(file, text)| {
        report(&file, values(&text, &OF_TEMPLATES).into_iter().flat_map(|(line, text)| tells(text, line)).collect())
    });
    none(&found.collect::<Vec<_>>());
}

#[test]
fn problems_emails_pages_and_the_command_line_are_plain_english() {
    let mut read = 0;
    let mut found = Vec::new();
    for (file, text) in WITH_TEXTS.iter().flat_map(|folder| files(folder, ".rs")) {
        let texts = literals(&text);
        read += texts.len();
        found.extend(report(&file, texts.iter().flat_map(|(line, text)| tells(text, *line)).collect()));
    }
    assert!(read > 400, "{read} texts");
    none(&found);
}

#[test]
fn a_tell_is_found_with_its_line_and_code_is_left_out() {
    assert_eq!(tells("Plain.\nThe key, of\nwhich there is one, is told.", 1), [(2, "of which"), (3, "told")]);
    assert_eq!(tells("no more than ten, `nobody`, [x](whoever.md)", 1), []);
    assert_eq!(tells("It holds no more.", 7), [(7, "holds no more")]);
    assert_eq!(tells(&prose("a\n```sh\nnobody\n```\nnobody"), 1), [(5, "nobody")]);
    let source = "// \"told in a comment\"\nf('\"', \"is \\\n   told\"); tracing::warn!(\"is told\"); g(\"told\")";
    assert_eq!(literals(source), [(2, "is \n   told".to_owned())]);
}
