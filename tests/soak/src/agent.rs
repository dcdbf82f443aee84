//! An agent of the business, signed in for as long as it takes, who also looks at what Meta has on record.

use crate::process::Instance;
use reqwest::{Client, RequestBuilder};
use serde_json::Value;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::Mutex;
use tokio::time::{Interval, MissedTickBehavior, interval};

/// So long is between two requests to send. One person and their programs may make fifty a second; what is refused would
/// only be asked again.
const PACE: Duration = Duration::from_millis(25);

/// A token is good for 15 minutes; after this long another one is fetched.
const RENEW: Duration = Duration::from_secs(600);

/// Somebody who is signed in at one instance. Clones are the same person.
#[derive(Clone, Debug)]
pub struct Agent {
    http: Client,
    url: String,
    login: Value,
    token: Arc<Mutex<Option<(Instant, String)>>>,
    pace: Arc<Mutex<Interval>>,
}

impl Agent {
    /// The owner of this instance's business.
    #[must_use]
    pub fn of(instance: &Instance, http: &Client) -> Self {
        let url = instance.told("url").to_owned();
        let mut pace = interval(PACE);
        pace.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let pace = Arc::new(Mutex::new(pace));
        Self { http: http.clone(), url, login: instance.login(), token: Arc::default(), pace }
    }

    /// A POST to `path`, when it is time for the next; none if there is nobody who would let the agent in.
    pub async fn post(&self, path: &str) -> Option<RequestBuilder> {
        self.pace.lock().await.tick().await;
        Some(self.http.post(self.at(path)).bearer_auth(self.token().await?))
    }

    /// Asks the API or Meta, whose answer has to be 200.
    ///
    /// # Panics
    /// If it is another one.
    pub async fn get(&self, path: &str) -> Value {
        let token = self.token().await.unwrap();
        let answer = self.http.get(self.at(path)).bearer_auth(token).send().await.unwrap();
        assert_eq!(answer.status(), 200, "{path}");
        answer.json().await.unwrap()
    }

    /// All pages of a list whose next page `cursor` asks for.
    ///
    /// # Panics
    /// If an answer is not 200, or no page.
    pub async fn all(&self, path: &str, limit: usize) -> Vec<Value> {
        let (mut found, mut cursor) = (Vec::new(), String::new());
        loop {
            let mut page = self.get(&format!("{path}?limit={limit}{cursor}")).await;
            match page["items"].take() {
                Value::Array(items) => found.extend(items),
                other => panic!("{path} is no list: {other}"),
            }
            match &page["nextCursor"] {
                Value::Null => return found,
                Value::String(next) => cursor = format!("&cursor={next}"),
                next => cursor = format!("&cursor={next}"),
            }
        }
    }

    fn at(&self, path: &str) -> String {
        format!("{}{path}", self.url)
    }

    async fn token(&self) -> Option<String> {
        let mut token = self.token.lock().await;
        if let Some((_, token)) = token.as_ref().filter(|(since, _)| since.elapsed() < RENEW) {
            return Some(token.clone());
        }
        let answer = self.http.post(self.at("/api/auth/login")).json(&self.login).send().await.ok()?;
        let answer: Value = answer.json().await.ok()?;
        let new = answer["accessToken"].as_str()?.to_owned();
        *token = Some((Instant::now(), new.clone()));
        Some(new)
    }
}
