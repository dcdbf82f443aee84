//! The bucket, as a browser reaches it by the links that it was given.

use crate::{Reply, TestApp};
use bytes::Bytes;
use futures::{StreamExt, TryStreamExt};
use http::{HeaderMap, Request};
use serde_json::Value;

/// What the bucket answered.
#[derive(Clone, Debug)]
pub struct Fetched {
    /// The status.
    pub status: http::StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The bytes.
    pub bytes: Bytes,
}

impl TestApp {
    /// Puts `bytes` by the request that an upload was answered with.
    pub async fn put(&self, upload: &Value, bytes: &[u8]) -> Fetched {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let mut request = Request::builder().method(text(&upload["method"]).as_str()).uri(text(&upload["url"]));
        for (name, value) in upload["headers"].as_object().into_iter().flatten() {
            request = request.header(name, text(value));
        }
        let body = blobs::once(Bytes::copy_from_slice(bytes));
        self.fetched(request.body(body).expect("the request is well-formed")).await
    }

    /// Gets the file behind `link`, which is one of the API's, as a page does that shows it: without a token.
    pub async fn follow(&self, link: &str) -> Result<Fetched, Reply> {
        let request = Request::get(link).body(axum::body::Body::empty()).expect("the request is well-formed");
        let answer = self.gateway().serve(request).await;
        let Some(address) = answer.headers().get("location").and_then(|value| value.to_str().ok()) else {
            return Err(crate::app::read(answer).await);
        };
        let request = Request::get(address).body(futures::stream::empty().boxed());
        Ok(self.fetched(request.expect("the request is well-formed")).await)
    }

    async fn fetched(&self, request: Request<blobs::ByteStream>) -> Fetched {
        let (conversation, body) = self.emulator().objects().answer(request).await.into_parts();
        let chunks: Vec<Bytes> = body.try_collect().await.expect("the answer can be read");
        Fetched { status: conversation.status, headers: conversation.headers, bytes: chunks.concat().into() }
    }
}
