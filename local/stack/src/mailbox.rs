//! What SES would have sent, on a page; and the three pages that links of mails lead to while the console is not built.
//! They need nothing but this server, and run no script that stands in a page.

use axum::extract::State;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use emulator::mailbox::{Mail, Mailbox, MailboxError};
use http::{StatusCode, header};
use serde_json::json;
use std::fmt::Write as _;

/// How many mails are shown.
const SHOWN: u32 = 100;

/// Scripts, styles and calls of this server, and nothing else.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; \
    form-action 'none'; frame-ancestors 'none'";

static LINK: &str = include_str!("pages/link.html");
static SCRIPT: &str = include_str!("pages/link.js");
static STYLE: &str = include_str!("pages/style.css");

/// The mails: `/mailbox` for people, `/mailbox.json` for programs. Whoever reads them can choose everybody's password.
pub(crate) fn mails(mailbox: Mailbox) -> Router {
    Router::new().route("/mailbox", get(page)).route("/mailbox.json", get(list)).with_state(mailbox)
}

/// The pages that links lead to while the console is not built.
pub(crate) fn pages() -> Router {
    let file =
        |kind: &'static str, text: &'static str| get(move || async move { ([(header::CONTENT_TYPE, kind)], text) });
    let link = || get(|| async { shown(LINK.to_owned()) });
    Router::new()
        .route("/reset-password", link())
        .route("/join", link())
        .route("/verify-email", link())
        .route("/_local/link.js", file("text/javascript; charset=utf-8", SCRIPT))
        .route("/_local/style.css", file("text/css; charset=utf-8", STYLE))
}

async fn list(State(mailbox): State<Mailbox>) -> Response {
    let one = |mail: &Mail| {
        let Mail { id, at, from, to, subject, text } = mail;
        json!({"id": id, "at": at.to_string(), "from": from, "to": to, "subject": subject, "text": text})
    };
    match mailbox.newest(SHOWN) {
        Ok(mails) => Json(json!({"items": mails.iter().map(one).collect::<Vec<_>>()})).into_response(),
        Err(error) => failed(&error),
    }
}

async fn page(State(mailbox): State<Mailbox>) -> Response {
    match mailbox.newest(SHOWN) {
        Ok(mails) => shown(drawn(&mails)),
        Err(error) => failed(&error),
    }
}

fn failed(error: &MailboxError) -> Response {
    (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response()
}

fn shown(page: String) -> Response {
    let headers = [(header::CONTENT_SECURITY_POLICY, POLICY), (header::REFERRER_POLICY, "no-referrer")];
    (headers, Html(page)).into_response()
}

fn drawn(mails: &[Mail]) -> String {
    let mut page = "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>Mailbox</title>\n\
        <link rel=\"stylesheet\" href=\"/_local/style.css\">\n<h1>Mailbox</h1>\n\
        <p>The emails of this instance, newest first. They are not sent to the internet.</p>\n"
        .to_owned();
    if mails.is_empty() {
        page.push_str("<p>No emails yet. Sign up, invite a colleague, or request a password reset.</p>\n");
    }
    for Mail { at, to, subject, text, .. } in mails {
        let to = escaped(to);
        let subject = escaped(subject);
        let text = linked(text);
        let _ = write!(page, "<article>\n<h2>{subject}</h2>\n<p>To {to}, {at}</p>\n<pre>{text}</pre>\n</article>\n");
    }
    page
}

/// A text whose addresses can be followed.
fn linked(text: &str) -> String {
    let word = |word: &str| {
        let (word, end) = word.split_at(word.trim_end().len());
        let safe = escaped(word);
        let address = ["http://", "https://"].iter().any(|start| word.starts_with(start));
        if address { format!("<a href=\"{safe}\">{safe}</a>{end}") } else { safe + end }
    };
    text.split_inclusive(char::is_whitespace).map(word).collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Timestamp;

    #[test]
    fn a_mail_is_shown_with_links_that_can_be_followed_and_nothing_of_it_is_markup() {
        let mail = Mail {
            id: 1,
            at: Timestamp::from_seconds(1_790_000_000),
            from: "a@b".to_owned(),
            to: "<b>@example.com".to_owned(),
            subject: "A & B".to_owned(),
            text: "Hello <script>,\n\nhttp://127.0.0.1/join#token=a\"b\n\nBye".to_owned(),
        };
        let page = drawn(&[mail]);
        assert!(page.contains("<h2>A &amp; B</h2>") && page.contains("To &lt;b&gt;@example.com"));
        let link = "http://127.0.0.1/join#token=a&quot;b";
        assert!(page.contains(&format!("&lt;script&gt;,\n\n<a href=\"{link}\">{link}</a>\n\nBye")), "{page}");
    }
}
