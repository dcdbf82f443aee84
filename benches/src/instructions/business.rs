//! A business with people who have written before, and the events by which its functions are invoked.

use super::aws::Services;
use crate::bodies;
use domain::Secret;
use leadwire::stack::{INBOUND, TABLE};
use runtime::{Clock, SystemClock};
use serde_json::Value;
use std::convert::Infallible;
use std::sync::Mutex;
use std::time::Duration;
use testkit::TestApp;
use whatsapp::signature;

/// How many people have written: as many as come together at most.
const PEOPLE: usize = 10;

/// All that is measured has been written within this, before now.
const LATELY: Duration = Duration::from_secs(3600);

/// A whole Leadwire in memory, of which `webhook` and `inbound` are also run from outside.
#[derive(Debug)]
pub(super) struct Business {
    app: TestApp,
    names: usize,
}

impl Business {
    /// One whose people have each written twice, so that a further text only adds to what there is.
    pub(super) async fn open() -> Self {
        let app = TestApp::start().await;
        app.skip(SystemClock.now().minus(LATELY).since(app.now()));
        let mut business = Self { app, names: 0 };
        for _ in 0..2 {
            let body = business.body(PEOPLE);
            let answer = business.app.deliver(body).await;
            assert!(answer.status.is_success(), "{}", answer.text);
            business.app.settle().await;
        }
        business
    }

    /// The services that it stands on.
    pub(super) fn services(&self) -> Services {
        Services { emulated: self.app.emulator().connector(), secret: testkit::secret(self.app.account()) }
    }

    /// What tells a function where things are.
    pub(super) fn environment(&self) -> [(&'static str, String); 3] {
        let queue = format!("https://sqs.us-east-1.amazonaws.com/000000000000/{INBOUND}");
        [("TABLE_NAME", TABLE.to_owned()), ("INBOUND_QUEUE_URL", queue), ("SECRET_ID", "measured".to_owned())]
    }

    /// Deliveries of Meta's with so many messages each, of as many people, as API Gateway hands them to `webhook`.
    pub(super) fn deliveries(&mut self, many: usize, messages: usize) -> Vec<String> {
        (0..many).map(|_| self.delivery(messages)).collect()
    }

    /// Batches with so many texts each, of as many people, as the queue hands them to `inbound`.
    pub(super) async fn batches(&mut self, many: usize, texts: usize) -> Vec<String> {
        let mut batches = Vec::new();
        for _ in 0..many {
            let body = self.body(texts);
            assert!(self.app.deliver(body).await.status.is_success(), "the webhook takes a delivery");
            batches.extend(self.taken().await);
        }
        batches
    }

    /// How many messages are in the queue. They are not any more afterwards.
    pub(super) async fn queued(&self) -> usize {
        let batches = self.taken().await;
        let read = batches.iter().map(|batch| serde_json::from_str::<Value>(batch).expect("a batch is JSON"));
        read.map(|batch| batch["Records"].as_array().map_or(0, Vec::len)).sum()
    }

    /// How many messages are in the table.
    pub(super) async fn stored(&self) -> usize {
        self.app.count("in").await
    }

    /// Takes everything out of the queue, as events of it.
    async fn taken(&self) -> Vec<String> {
        let source = self.app.emulator().queue_source(INBOUND);
        let batches = Mutex::new(Vec::new());
        let take = |event| {
            let batch = serde_json::to_string(&event).expect("an event is JSON");
            batches.lock().expect("nobody panics here").push(batch);
            async { Ok::<_, Infallible>(Default::default()) }
        };
        while !source.poll_once(&take).await.expect("the queue can be polled").is_empty() {}
        batches.into_inner().expect("nobody panics here")
    }

    fn delivery(&mut self, messages: usize) -> String {
        let body = self.body(messages);
        let mut event: Value = serde_json::from_str(&testkit::event("webhook/text.json")).expect("an event is JSON");
        let signature = signature::sign(body.as_bytes(), &Secret::new(self.app.account().app_secret.clone()));
        event["headers"][signature::HEADER] = signature.into();
        event["headers"]["content-length"] = body.len().to_string().into();
        event["body"] = body.into();
        event.to_string()
    }

    /// A webhook with a new text from each of so many people.
    fn body(&mut self, messages: usize) -> String {
        self.app.skip(Duration::from_secs(1));
        let texts: Vec<Value> = (0..messages).map(|person| self.text(person)).collect();
        let mut webhook = texts[0].clone();
        for list in ["contacts", "messages"] {
            webhook["entry"][0]["changes"][0]["value"][list] =
                texts.iter().map(|text| text["entry"][0]["changes"][0]["value"][list][0].clone()).collect();
        }
        testkit::bodies::as_posted(&webhook.to_string())
    }

    fn text(&mut self, person: usize) -> Value {
        self.names += 1;
        let body = bodies::message("text", person, &bodies::wamid(self.names), self.app.now(), |_| {});
        serde_json::from_slice(&body).expect("a body is JSON")
    }
}
