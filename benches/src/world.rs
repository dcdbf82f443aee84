//! A Leadwire in memory whose functions are watched by a meter.

use crate::bucket::Bucket;
use crate::meta::Meta;
use crate::meter::{Function, Meter, Spent};
use axum::body::Body;
use domain::Timestamp;
use http::{Method, Request};
use leadwire::Stack;
use leadwire::gateway::Gateway;
use leadwire::stack::Trigger;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use testkit::between::Guarded;
use testkit::{CountingRandom, Reply, TestApp};

/// What each function spent on an operation.
pub type Bill = BTreeMap<Function, Spent>;

/// The API's answer, and what it cost.
pub type Called = (Reply, Bill);

/// Where operations are measured.
#[derive(Debug)]
pub struct World {
    app: TestApp,
    stack: Stack,
    gateway: Gateway,
    meter: Meter,
    meta: Meta,
}

impl World {
    /// A new one, with the demo business and nobody who has written yet.
    pub async fn start() -> Self {
        let app = TestApp::start().await;
        let meter = Meter::new(app.emulator().database().clone());
        let aws = app.emulator().sdk_config_over(Guarded::new(meter.clone(), app.emulator().http_client()));
        let meta = Meta::new(meter.clone());
        let graph = whatsapp::Client::new(meta.clone(), "https://graph.example/v26.0".to_owned());
        let queues = app.stack().queues().clone();
        let random = Arc::new(CountingRandom::default());
        let secrets = testkit::secrets(app.account());
        let stack = Stack::over(app.emulator(), &aws, queues, app.clock(), random, secrets, graph);
        let stack = stack.expect("the stack can be put together");
        let stack = stack.over_bucket(&Bucket { meter: meter.clone(), objects: app.emulator().objects().clone() });
        let gateway = stack.gateway();
        Self { app, stack, gateway, meter, meta }
    }

    /// What is beside the meter: for preparing things.
    pub const fn app(&self) -> &TestApp {
        &self.app
    }

    pub const fn meta(&self) -> &Meta {
        &self.meta
    }

    pub fn now(&self) -> Timestamp {
        self.app.now()
    }

    /// Lets so many seconds pass.
    pub fn skip(&self, seconds: u64) {
        self.app.skip(Duration::from_secs(seconds));
    }

    /// What follows from a webhook with this body, from its delivery to the last thing that it leads to.
    pub async fn delivered(&self, body: Vec<u8>) -> Bill {
        self.asked(Function::Webhook, self.app.delivery(body)).await.1
    }

    /// What follows from a request of the owner to the API, and its answer.
    pub async fn called(&self, method: Method, path: &str, headers: &[(&str, &str)], body: Option<Value>) -> Called {
        self.asked(Function::Api, self.app.request(method, path, headers, body)).await
    }

    /// What one run of the schedule costs when nothing is due.
    pub async fn minute(&self) -> Bill {
        let _ = self.meter.take();
        self.meter.turn_to(Function::Schedule);
        self.meter.invoked();
        Box::pin(self.stack.pull(Trigger::Schedule)).await.expect("the schedule can be run");
        self.meter.take()
    }

    async fn asked(&self, function: Function, request: Request<Body>) -> Called {
        let _ = self.meter.take();
        self.meter.turn_to(function);
        self.meter.invoked();
        let reply = Box::pin(testkit::ask(&self.gateway, request)).await;
        assert!(reply.status.is_success(), "{}: {}", reply.status, reply.text);
        self.settle().await;
        (reply, self.meter.take())
    }

    /// Lets every trigger invoke its function until there is nothing left to do.
    async fn settle(&self) {
        let triggers = [
            (Trigger::Inbound, Function::Inbound),
            (Trigger::Relay, Function::Relay),
            (Trigger::Outbound, Function::Outbound),
            (Trigger::Changes, Function::Changes),
            (Trigger::Jobs, Function::Jobs),
        ];
        loop {
            let mut worked = false;
            for (trigger, function) in triggers {
                self.meter.turn_to(function);
                while Box::pin(self.stack.pull(trigger)).await.expect("the trigger works") {
                    self.meter.invoked();
                    worked = true;
                }
            }
            if !worked {
                return;
            }
        }
    }
}
