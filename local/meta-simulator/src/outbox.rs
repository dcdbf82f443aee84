//! Delivery: due updates are packed into POSTs, due POSTs are sent until they are answered with 200.

use crate::envelope::{self, Change, Joint};
use crate::error::Error;
use crate::settings::Settings;
use crate::simulator::Simulator;
use crate::storage::{Post, Update, outbox};
use crate::transport::WebhookRequest;
use bytes::Bytes;
use domain::Timestamp;
use futures::StreamExt;
use futures::future::join_all;
use rusqlite::Connection;
use serde::Serialize;
use std::time::Duration;

/// How long Meta repeats a POST.
const GIVES_UP: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// What one round of delivery did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Delivered {
    /// POSTs answered with 200.
    pub answered: usize,
    /// POSTs answered otherwise or not at all; they are tried again.
    pub refused: usize,
    /// POSTs given up after seven days.
    pub dropped: usize,
}

impl Delivered {
    fn count(&mut self, other: Self) {
        self.answered += other.answered;
        self.refused += other.refused;
        self.dropped += other.dropped;
    }
}

impl Simulator {
    /// Delivers what is due now, once; what is refused waits for a later round.
    ///
    /// # Errors
    /// If the database fails. A business that cannot be reached is no error.
    pub async fn deliver_due(&self) -> Result<Delivered, Error> {
        let _only = self.delivering().lock().await;
        self.pack_due()?;
        let posts = self.storage().due_posts(self.now())?;
        let concurrency = self.settings().concurrency;
        let rounds = futures::stream::iter(bursts(posts)).map(|burst| self.burst(burst));
        let mut all = Delivered::default();
        let mut results = rounds.buffer_unordered(concurrency);
        while let Some(result) = results.next().await {
            all.count(result?);
        }
        Ok(all)
    }

    /// Delivers a POST and its copies at the same moment.
    async fn burst(&self, posts: Vec<Post>) -> Result<Delivered, Error> {
        let mut all = Delivered::default();
        for result in join_all(posts.iter().map(|post| self.attempt(post))).await {
            all.count(result?);
        }
        Ok(all)
    }

    async fn attempt(&self, post: &Post) -> Result<Delivered, Error> {
        let answer = self.config().transport.post(self.request(post)).await;
        let now = self.now();
        let text = match &answer {
            Ok(status) => status.to_string(),
            Err(why) => why.clone(),
        };
        self.storage().write(|connection| {
            if answer == Ok(200) {
                outbox::delivered(connection, post, &text, now)?;
                return Ok(Delivered { answered: 1, ..Delivered::default() });
            }
            let again = self.again(post, now);
            outbox::refused(connection, post, &text, now, again)?;
            let dropped = usize::from(again.is_none());
            Ok(Delivered { answered: 0, refused: 1 - dropped, dropped })
        })
    }

    fn request(&self, post: &Post) -> WebhookRequest {
        let config = self.config();
        let headers = [
            ("content-type", "application/json".to_owned()),
            ("user-agent", "facebookexternalua".to_owned()),
            ("x-hub-signature-256", envelope::sign(&config.app_secret, post.body.as_bytes())),
        ];
        WebhookRequest {
            url: config.webhook_url.clone(),
            headers: headers.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
            body: Bytes::from(post.body.clone()),
        }
    }

    /// When a refused POST is tried again; never after seven days.
    fn again(&self, post: &Post, now: Timestamp) -> Option<Timestamp> {
        let wait = Duration::from_millis(self.settings().backoff_ms(post.attempts + 1));
        (now.since(post.created) < GIVES_UP).then(|| now.plus(wait))
    }

    fn pack_due(&self) -> Result<(), Error> {
        let settings = self.settings();
        let now = self.now();
        self.storage().write(|connection| {
            let mut updates = outbox::due_updates(connection, now)?;
            if settings.reorder > 0.0 {
                self.dice().shuffle(&mut updates);
            }
            for chunk in updates.chunks(settings.batch) {
                if is_ready(chunk, &settings, now) {
                    self.pack(connection, chunk, &settings, now)?;
                }
            }
            Ok(())
        })
    }

    fn pack(
        &self,
        connection: &Connection,
        updates: &[Update],
        settings: &Settings,
        now: Timestamp,
    ) -> Result<(), Error> {
        let mut dice = self.dice();
        let changes = updates.iter().map(|one| Change {
            waba: self.number_of(&one.value).waba_id.clone(),
            field: one.field.clone(),
            value: one.value.clone(),
        });
        let envelope = envelope::pack(changes.collect(), || match dice.between(0, 5) {
            0 => Joint::Entry,
            1 => Joint::Change,
            _ => Joint::Value,
        });
        let lost = dice.happens(settings.loss);
        let delay = Duration::from_millis(dice.between(settings.delay_ms.0, settings.delay_ms.1));
        let mut post = Post::new(envelope::escape(&envelope), updates.len(), now, now.plus(delay));
        post.state = if lost { "lost" } else { "waiting" }.to_owned();
        let ids: Vec<i64> = updates.iter().map(|update| update.id).collect();
        let id = outbox::add_post(connection, &post, &ids)?;
        if lost || !dice.happens(settings.duplicate_fraction) {
            return Ok(());
        }
        for copy in 1..=settings.duplicates {
            let late = if copy % 2 == 1 { 0 } else { dice.between(1, settings.reorder_ms) };
            let due = post.due.plus(Duration::from_millis(late));
            outbox::add_post(connection, &Post { due, copy_of: Some(id), ..post.clone() }, &[])?;
        }
        Ok(())
    }
}

impl Post {
    fn new(body: String, updates: usize, now: Timestamp, due: Timestamp) -> Self {
        Self {
            id: 0,
            created: now,
            due,
            body,
            updates: i64::try_from(updates).unwrap_or(i64::MAX),
            copy_of: None,
            attempts: 0,
            state: "waiting".to_owned(),
            last_answer: None,
            last_at: None,
        }
    }
}

/// A batch goes when it is full or its oldest update has waited long enough.
fn is_ready(chunk: &[Update], settings: &Settings, now: Timestamp) -> bool {
    let oldest = chunk.iter().map(|update| update.due).min().unwrap_or(now);
    chunk.len() >= settings.batch || now.since(oldest) >= Duration::from_millis(settings.batch_wait_ms)
}

/// Copies of one POST that are due together go together.
fn bursts(posts: Vec<Post>) -> Vec<Vec<Post>> {
    let mut bursts: Vec<Vec<Post>> = Vec::new();
    for post in posts {
        let original = post.copy_of.unwrap_or(post.id);
        let same = |burst: &&mut Vec<Post>| burst[0].copy_of.unwrap_or(burst[0].id) == original;
        match bursts.iter_mut().find(same) {
            Some(burst) => burst.push(post),
            None => bursts.push(vec![post]),
        }
    }
    bursts
}
