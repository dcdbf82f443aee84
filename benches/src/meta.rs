//! Meta as far as it takes messages: each gets a name, and what was told along is remembered for the statuses to come.

use crate::Meter;
use crate::bodies::{Taken, wamid};
use futures::FutureExt;
use futures::future::BoxFuture;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex, PoisonError};
use whatsapp::transport::{Transport, TransportError};

/// What is in every file.
const PHOTO: &[u8] = b"a photo";

/// The SHA-256 digest of it, in base64.
pub const PHOTO_DIGEST: &str = "1OJNdJpP4vFhry3pE8BAKwTjrih9r9D52/pKXFbGkoU=";

#[derive(Clone, Debug)]
pub struct Meta {
    meter: Meter,
    taken: Arc<Mutex<Vec<Taken>>>,
}

impl Meta {
    /// One that has taken nothing yet, and tells `meter` of each post.
    pub fn new(meter: Meter) -> Self {
        Self { meter, taken: Arc::default() }
    }

    /// The last message that it took.
    pub fn last(&self) -> Taken {
        let taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        taken.last().cloned().expect("Meta took a message")
    }

    /// Where a photo is, or its bytes: the same for all of them.
    fn give(&self, uri: &http::Uri) -> http::Response<Vec<u8>> {
        self.meter.posted();
        if uri.path() == "/photo" {
            return http::Response::new(PHOTO.to_vec());
        }
        let url = format!("{}://{}/photo", uri.scheme_str().unwrap_or("http"), uri.host().unwrap_or_default());
        let size = PHOTO.len().to_string();
        http::Response::new(json!({"url": url, "file_size": size}).to_string().into_bytes())
    }

    fn take(&self, body: &[u8]) -> http::Response<Vec<u8>> {
        self.meter.posted();
        let message: Value = serde_json::from_slice(body).unwrap_or_default();
        if message["status"] == "read" {
            return http::Response::new(json!({"success": true}).to_string().into_bytes());
        }
        let callback_data = message["biz_opaque_callback_data"].as_str().unwrap_or_default().to_owned();
        let to = message["to"].as_str().unwrap_or_default().trim_start_matches('+').to_owned();
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let wamid = wamid(1_000_000 + taken.len());
        taken.push(Taken { wamid: wamid.clone(), callback_data, to });
        let answer = json!({"messaging_product": "whatsapp", "messages": [{"id": wamid}]});
        http::Response::new(answer.to_string().into_bytes())
    }
}

impl Transport for Meta {
    fn carry(
        &self,
        request: http::Request<Vec<u8>>,
    ) -> BoxFuture<'static, Result<http::Response<Vec<u8>>, TransportError>> {
        if request.method() == http::Method::GET {
            let answer = self.give(request.uri());
            return async move { Ok(answer) }.boxed();
        }
        let answer = self.take(request.body());
        async move { Ok(answer) }.boxed()
    }
}
