//! The file `.env`, as people write it: `NAME=value` lines with or without `export`, quotes and comments. A value may
//! hold spaces without quotes, and nothing in it is replaced. An error names the line and the variable, never a value:
//! the file holds tokens.

use std::path::Path;
use std::{fs, io};

/// Why the file cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum DotenvError {
    /// The operating system does not give it.
    #[error(".env cannot be read: {0}")]
    Unreadable(#[from] io::Error),
    /// It is no text.
    #[error(".env is not UTF-8 text: save it as UTF-8")]
    NotText,
    /// A line is no assignment.
    #[error(".env, line {line}: expected NAME=value, where a name has letters, digits and underscores")]
    NoAssignment {
        /// Its number, from 1.
        line: usize,
    },
    /// A value does not end as it began.
    #[error(".env, line {line}, {name}: {problem}")]
    Quotes {
        /// The line's number, from 1.
        line: usize,
        /// The variable.
        name: String,
        /// What is wrong.
        problem: &'static str,
    },
}

/// The variables of the file at `path`; none if there is no such file.
///
/// # Errors
/// [`DotenvError`], which holds no value.
pub fn read(path: &Path) -> Result<Vec<(String, String)>, DotenvError> {
    match fs::read(path) {
        Ok(bytes) => parse(&String::from_utf8(bytes).map_err(|_| DotenvError::NotText)?),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error.into()),
    }
}

fn parse(text: &str) -> Result<Vec<(String, String)>, DotenvError> {
    let text = text.trim_start_matches('\u{feff}');
    let lines = (1..).zip(text.lines().map(str::trim));
    lines
        .filter(|(_, text)| !text.is_empty() && !text.starts_with('#'))
        .map(|(line, text)| assignment(line, text))
        .collect()
}

fn assignment(line: usize, text: &str) -> Result<(String, String), DotenvError> {
    let text = text.strip_prefix("export").filter(|rest| rest.starts_with([' ', '\t'])).unwrap_or(text);
    let (name, value) = text.split_once('=').ok_or(DotenvError::NoAssignment { line })?;
    let name = name.trim();
    if !is_name(name) {
        return Err(DotenvError::NoAssignment { line });
    }
    let value = value.trim();
    let value = match value.chars().next() {
        Some(quote @ ('"' | '\'')) => quoted(&value[1..], quote),
        Some(_) | None => Ok(unquoted(value).to_owned()),
    };
    match value {
        Ok(value) => Ok((name.to_owned(), value)),
        Err(problem) => Err(DotenvError::Quotes { line, name: name.to_owned(), problem }),
    }
}

fn is_name(text: &str) -> bool {
    let begins = text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
    begins && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// A value up to a comment, which begins after a space.
fn unquoted(value: &str) -> &str {
    if value.starts_with('#') {
        return "";
    }
    let comment = value.match_indices('#').map(|(at, _)| at).find(|at| value[..*at].ends_with([' ', '\t']));
    comment.map_or(value, |at| value[..at].trim_end())
}

/// A value up to its closing quote. Within double quotes a backslash takes the quote or backslash behind it as it is.
fn quoted(text: &str, quote: char) -> Result<String, &'static str> {
    let mut value = String::new();
    let mut chars = text.chars();
    loop {
        match chars.next() {
            None => return Err("the quote is not closed on this line"),
            Some(end) if end == quote => break,
            Some('\\') if quote == '"' => match chars.next() {
                Some(escaped @ ('"' | '\\')) => value.push(escaped),
                Some(other) => value.extend(['\\', other]),
                None => return Err("the quote is not closed on this line"),
            },
            Some(other) => value.push(other),
        }
    }
    let rest = chars.as_str().trim_start();
    if rest.is_empty() || rest.starts_with('#') { Ok(value) } else { Err("unexpected text after the closing quote") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(line: &str) -> String {
        let mut variables = parse(line).unwrap_or_else(|error| panic!("{line:?}: {error}"));
        assert_eq!(variables.len(), 1, "{line:?}");
        variables.remove(0).1
    }

    #[test]
    fn a_value_is_read_as_people_write_it() {
        for (line, read) in [
            ("A=+1 555 078 3881", "+1 555 078 3881"),
            ("export A=EAAG", "EAAG"),
            ("export\tA = EAAG ", "EAAG"),
            ("A=EAAG # the token", "EAAG"),
            ("A=abc#def", "abc#def"),
            ("A=# nothing yet", ""),
            ("A=", ""),
            ("A='two words' # and a comment", "two words"),
            (r#"A="say \"hello\" \ # no comment""#, r#"say "hello" \ # no comment"#),
            (r"A='C:\new'", r"C:\new"),
            ("A=it's", "it's"),
            ("A=a=b", "a=b"),
            ("A=$HOME", "$HOME"),
            ("exported=1", "1"),
        ] {
            assert_eq!(value(line), read, "{line:?}");
        }
    }

    #[test]
    fn a_byte_order_mark_carriage_returns_comments_and_empty_lines_are_no_variables() {
        let text = "\u{feff}# of Windows\r\nA=1\r\n\r\n  # and\r\nB=\"2\"\r\n";
        let read = [("A", "1"), ("B", "2")].map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!(parse(text).unwrap(), read);
    }

    #[test]
    fn an_error_names_line_and_variable_and_no_value() {
        for (text, says) in [
            ("A=1\nEAAG secret", ".env, line 2: expected NAME=value"),
            ("A=1\n\n2 SECRET=x", ".env, line 3: expected NAME=value"),
            ("TOKEN='secret", ".env, line 1, TOKEN: the quote is not closed on this line"),
            ("TOKEN=\"secret\\", ".env, line 1, TOKEN: the quote is not closed on this line"),
            ("TOKEN='sec'ret", ".env, line 1, TOKEN: unexpected text after the closing quote"),
        ] {
            let error = parse(text).unwrap_err().to_string();
            assert!(error.starts_with(says), "{text:?}: {error}");
            assert!(!error.contains("sec") && !error.contains("EAAG"), "{error}");
        }
    }
}
