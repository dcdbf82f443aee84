//! Mails on one machine: they are shown on a page, kept over a restart, and their links lead to pages that work.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has to end")]

mod support;

use reqwest::Client;
use serde_json::{Value, json};
use std::fs;
use support::{Instance, eventually, http, start};
use tempfile::tempdir;

async fn newest(instance: &Instance, http: &Client) -> Option<Value> {
    let mails: Value = http.get(instance.at("/mailbox.json")).send().await.unwrap().json().await.unwrap();
    mails["items"].as_array().unwrap().first().cloned()
}

#[tokio::test]
async fn a_link_in_the_mailbox_leads_to_a_page_of_this_instance_and_chooses_a_password() {
    let folder = tempdir().unwrap();
    let http = http();
    let instance = start(folder.path(), &["--port", "0"]).await;
    let post = async |path: &str, body: Value| http.post(instance.at(path)).json(&body).send().await.unwrap().status();
    let empty = http.get(instance.field("mailboxUrl")).send().await.unwrap().text().await.unwrap();
    assert!(empty.contains("No emails yet"), "{empty}");
    let owner = instance.field("ownerEmail").to_owned();
    assert_eq!(post("/api/auth/forgot-password", json!({"email": owner})).await, 202);
    let mail = eventually("the mail", || newest(&instance, &http)).await;
    let text = mail["text"].as_str().unwrap();
    let start_of_link = format!("{}#token=", instance.at("/reset-password"));
    let (_, rest) = text.split_once(&start_of_link).unwrap_or_else(|| panic!("{text}"));
    let token = rest.split_whitespace().next().unwrap();
    let page = http.get(instance.field("mailboxUrl")).send().await.unwrap().text().await.unwrap();
    assert!(page.contains(&format!("<a href=\"{start_of_link}{token}\">")), "{page}");
    assert_eq!(
        post("/api/auth/reset-password", json!({"token": token, "password": "tangerine raft umbrella"})).await,
        204
    );
    let warned = || async { newest(&instance, &http).await.filter(|mail| mail["subject"] != "Reset your password") };
    let warning = eventually("the warning", warned).await;
    assert_eq!(warning["subject"], "Your password was changed");
    instance.end("TERM").await;
    let again = start(folder.path(), &["--port", "0"]).await;
    assert_eq!(newest(&again, &http).await, Some(warning), "mails are kept");
}

/// Where links in mails lead.
const LINKED: [&str; 3] = ["/reset-password", "/join", "/verify-email"];

#[tokio::test]
async fn a_built_console_takes_the_links_of_mails_and_plain_pages_do_so_without_one() {
    let folder = tempdir().unwrap();
    let console = tempdir().unwrap();
    let http = http();
    let instance = start(folder.path(), &["--port", "0", "--console", console.path().to_str().unwrap()]).await;
    let page = async |path: &str| http.get(instance.at(path)).send().await.unwrap().text().await.unwrap();
    for path in LINKED {
        let plain = page(path).await;
        assert!(plain.contains("/_local/link.js"), "{path}: {plain}");
    }
    fs::create_dir(console.path().join("dist")).unwrap();
    fs::write(console.path().join("dist/index.html"), "<title>Console</title>").unwrap();
    for path in LINKED {
        assert_eq!(page(path).await, "<title>Console</title>", "{path}");
        assert_eq!(page(&format!("{path}?from=mail")).await, "<title>Console</title>", "{path}");
    }
    assert!(page("/mailbox").await.contains("Mailbox"), "the mails stay where they were");
}

#[tokio::test]
async fn the_pages_of_links_need_this_server_alone_and_run_nothing_that_stands_in_them() {
    let folder = tempdir().unwrap();
    let console = tempdir().unwrap();
    let http = http();
    let instance = start(folder.path(), &["--port", "0", "--console", console.path().to_str().unwrap()]).await;
    for path in LINKED.into_iter().chain(["/mailbox"]) {
        let page = http.get(instance.at(path)).send().await.unwrap();
        let policy = page.headers()["content-security-policy"].to_str().unwrap().to_owned();
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{path}: {policy}");
        let text = page.text().await.unwrap();
        assert!(!text.contains("<style") && !text.contains("http"), "{path}: {text}");
        for part in text.split('"').filter(|part| part.starts_with("/_local/")) {
            assert_eq!(http.get(instance.at(part)).send().await.unwrap().status(), 200, "{part}");
        }
    }
}
