//! `/local`: where everything of this instance is, for people; `/local/info` for the console's sign-in page, which offers
//! to sign in as the demo owner. Both are there only where Meta is simulated: with a real number a tunnel shows this
//! instance to everybody.

use axum::response::Html;
use axum::routing::get;
use axum::{Json, Router};
use serde::Serialize;

/// How to try this instance.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Info {
    /// How the demo owner signs in.
    pub(crate) email: String,
    /// Their password.
    pub(crate) password: String,
    /// The page on which one is the customer.
    pub(crate) simulator_url: String,
    /// The page with the emails that were sent.
    pub(crate) mailbox_url: String,
}

/// The page and what the console asks for.
pub(crate) fn pages(info: Info) -> Router {
    let page = page(&info);
    Router::new()
        .route("/local", get(move || async move { Html(page) }))
        .route("/local/info", get(move || async move { Json(info) }))
}

fn page(info: &Info) -> String {
    let Info { email, password, simulator_url, mailbox_url } = info;
    format!(
        "<!doctype html>\n<meta charset=\"utf-8\">\n<title>Leadwire on this machine</title>\n\
         <link rel=\"stylesheet\" href=\"/_local/style.css\">\n<h1>Leadwire on this machine</h1>\n<ul>\n\
         <li><a href=\"/\">Console</a>: sign in as <code>{email}</code> with <code>{password}</code></li>\n\
         <li><a href=\"{simulator_url}\">Chat as a customer</a></li>\n\
         <li><a href=\"{mailbox_url}\">Mailbox</a>: the emails that this instance has sent</li>\n</ul>\n"
    )
}
