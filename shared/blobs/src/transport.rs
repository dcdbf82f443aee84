//! What carries a request to the bucket and its answer back, both as streams: one request, one answer, nothing repeated.

use bytes::Bytes;
use futures::future::BoxFuture;
use futures::stream::BoxStream;
use futures::{FutureExt, Stream, StreamExt};
use http::Method;
use http_body::Frame;
use http_body_util::StreamBody;
use reqwest::redirect;
use std::fmt::Debug;
use std::io;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

/// The bytes of a file, as they come.
pub type ByteStream = BoxStream<'static, io::Result<Bytes>>;

/// The longest that a file of 100 MB may take on its way.
const PATIENCE: Duration = Duration::from_secs(55);

/// A way to the bucket. The real one is [`http_client`].
pub trait Transport: Debug + Send + Sync {
    /// Carries `request` once.
    fn carry(&self, request: http::Request<ByteStream>) -> BoxFuture<'static, io::Result<http::Response<ByteStream>>>;
}

/// A file that is there as a whole.
#[must_use]
pub fn once(bytes: Bytes) -> ByteStream {
    futures::stream::iter([Ok(bytes)]).boxed()
}

/// The HTTP client to give to [`Blobs::new`](crate::Blobs::new). It follows no redirect, repeats nothing, asks no proxy,
/// and holds an idle connection for no longer than 5 s: that of a frozen Lambda is dead.
///
/// # Errors
/// If the machine has no certificates to trust.
pub fn http_client() -> Result<reqwest::Client, reqwest::Error> {
    reqwest::Client::builder()
        .timeout(PATIENCE)
        .connect_timeout(Duration::from_secs(3))
        .pool_idle_timeout(Duration::from_secs(5))
        .redirect(redirect::Policy::none())
        .retry(reqwest::retry::never())
        .no_proxy()
        .build()
}

impl Transport for reqwest::Client {
    fn carry(&self, request: http::Request<ByteStream>) -> BoxFuture<'static, io::Result<http::Response<ByteStream>>> {
        let client = self.clone();
        async move {
            let (parts, stream) = request.into_parts();
            // Even an empty stream would be sent in chunks.
            let body = match parts.method {
                Method::GET | Method::HEAD | Method::DELETE => reqwest::Body::default(),
                _ => reqwest::Body::wrap(StreamBody::new(Shared(Mutex::new(stream)))),
            };
            let request = http::Request::from_parts(parts, body).try_into().map_err(failed)?;
            let answer = client.execute(request).await.map_err(failed)?;
            let mut response = http::Response::new(());
            *response.status_mut() = answer.status();
            *response.headers_mut() = answer.headers().clone();
            let chunks = futures::stream::try_unfold(answer, |mut answer| async move {
                let chunk = answer.chunk().await.map_err(failed)?;
                Ok(chunk.map(|chunk| (chunk, answer)))
            });
            Ok(response.map(|()| chunks.boxed()))
        }
        .boxed()
    }
}

/// A stream that may be looked at by several threads, as the HTTP client wants it. Nobody but the client does.
struct Shared(Mutex<ByteStream>);

impl Stream for Shared {
    type Item = io::Result<Frame<Bytes>>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let stream = self.get_mut().0.get_mut().unwrap_or_else(PoisonError::into_inner);
        stream.poll_next_unpin(context).map(|next| next.map(|chunk| chunk.map(Frame::data)))
    }
}

fn failed(error: reqwest::Error) -> io::Error {
    // The address holds the signature.
    io::Error::other(error.without_url())
}
