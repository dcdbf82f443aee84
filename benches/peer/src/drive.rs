//! Connections that post one webhook after the other, each as soon as the last one is answered.

use crate::load::Delivery;
use futures::future::join_all;
use reqwest::Client;
use std::cell::{Cell, RefCell};
use std::time::{Duration, Instant};

/// What came of the posts.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Those that were answered with 200, and after how long.
    pub accepted: Vec<(String, Duration)>,
    /// How many were answered otherwise.
    pub refused: usize,
    /// Those that were not accepted.
    pub open: Vec<Delivery>,
}

/// Posts what `next` gives over `connections` until there is nothing more, or until nobody answers any more.
pub async fn drive(webhook: &str, connections: usize, next: impl Fn() -> Option<Delivery>) -> Outcome {
    let (outcome, gone) = (RefCell::new(Outcome::default()), Cell::new(false));
    join_all((0..connections).map(|_| async {
        // A client of its own is a connection of its own.
        let http = soak::process::http();
        while !gone.get() {
            let Some(delivery) = next() else { return };
            let begun = Instant::now();
            let answer = post(&http, webhook, &delivery).await;
            let took = begun.elapsed();
            let mut outcome = outcome.borrow_mut();
            match answer {
                Some(200) => outcome.accepted.push((delivery.wamid, took)),
                Some(_) => {
                    outcome.refused += 1;
                    outcome.open.push(delivery);
                }
                None => {
                    gone.set(true);
                    outcome.open.push(delivery);
                }
            }
        }
    }))
    .await;
    outcome.into_inner()
}

/// The status of the answer, if there was a whole one.
async fn post(http: &Client, webhook: &str, delivery: &Delivery) -> Option<u16> {
    let post = http.post(webhook).header("content-type", "application/json");
    let post = post.header("x-hub-signature-256", &delivery.signature).body(delivery.body.clone());
    let answer = post.send().await.ok()?;
    let status = answer.status().as_u16();
    answer.bytes().await.ok()?;
    Some(status)
}
