//! A program of the business that calls the API, and looks at the records of the Meta simulator.

use crate::process::{Instance, http};
use reqwest::{Client, RequestBuilder};
use serde_json::{Value, json};

/// A caller with an API key, which outlives the process.
#[derive(Debug)]
pub struct Agent {
    http: Client,
    url: String,
    key: String,
}

impl Agent {
    /// Signs in as the owner of this instance's business, and makes a key.
    pub async fn new(instance: &Instance) -> Self {
        let http = http();
        let token = instance.sign_in(&http).await;
        let body = json!({ "name": "soak", "scopes": ["inbox:read", "inbox:write"],
            "password": instance.field("ownerPassword") });
        let answer = http.post(instance.at("/api/keys")).bearer_auth(token).json(&body).send().await.unwrap();
        assert_eq!(answer.status(), 201, "/api/keys");
        let made: Value = answer.json().await.unwrap();
        let key = made["key"].as_str().unwrap().to_owned();
        Self { http, url: instance.at(""), key }
    }

    /// A POST to `path`.
    pub(crate) fn post(&self, path: &str) -> RequestBuilder {
        self.http.post(format!("{}{path}", self.url)).bearer_auth(&self.key)
    }

    /// GETs `path`; the answer has to be 200.
    pub(crate) async fn get(&self, path: &str) -> Value {
        let answer = self.http.get(format!("{}{path}", self.url)).bearer_auth(&self.key).send().await.unwrap();
        assert_eq!(answer.status(), 200, "{path}");
        answer.json().await.unwrap()
    }

    /// All items of a list, page by page.
    pub async fn all(&self, path: &str, limit: usize) -> Vec<Value> {
        let mut found = Vec::new();
        let mut cursor = String::new();
        loop {
            let page = self.get(&format!("{path}?limit={limit}{cursor}")).await;
            found.extend(page["items"].as_array().expect("a page has items").iter().cloned());
            match &page["nextCursor"] {
                Value::Null => return found,
                Value::String(next) => cursor = format!("&cursor={next}"),
                next => cursor = format!("&cursor={next}"),
            }
        }
    }

    /// A lead with all its messages and its whole timeline.
    pub async fn lead(&self, id: &str) -> Value {
        let mut lead = self.get(&format!("/api/leads/{id}?limit=100")).await;
        while let Some(cursor) = lead["messagesCursor"].take().as_str() {
            let mut page = self.get(&format!("/api/leads/{id}?limit=100&messagesCursor={cursor}")).await;
            for field in ["messages", "timeline"] {
                let more = page[field].as_array_mut().map(std::mem::take).unwrap_or_default();
                lead[field].as_array_mut().expect("a lead has messages and a timeline").extend(more);
            }
            lead["messagesCursor"] = page["messagesCursor"].take();
        }
        lead
    }
}
