//! What carries a request to the Graph API and its answer back: one request, one answer, nothing repeated.

use bytes::Bytes;
use futures::future::BoxFuture;
use futures::stream::BoxStream;
use futures::{FutureExt, Stream, StreamExt, TryStreamExt};
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

/// An answer of Meta's has a few hundred bytes; one over this is none.
const LONGEST_ANSWER: usize = 1024 * 1024;

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TransportError {
    /// Nothing of the request left this machine.
    BeforeSending(String),
    /// Some of it may have arrived.
    OnTheWay(String),
}

/// A way to the Graph API. The real one is [`http_client`].
pub trait Transport: Debug + Send + Sync {
    /// Carries `request` once.
    fn carry(
        &self,
        request: http::Request<Vec<u8>>,
    ) -> BoxFuture<'static, Result<http::Response<Vec<u8>>, TransportError>>;

    /// Carries a request once that holds a file, or whose answer does. The real one holds neither as a whole; any other may
    /// carry it as it does the rest.
    fn stream(
        &self,
        request: http::Request<ByteStream>,
    ) -> BoxFuture<'_, Result<http::Response<ByteStream>, TransportError>> {
        async move {
            let (parts, body) = request.into_parts();
            let whole = body.try_fold(Vec::new(), |mut whole, chunk| async move {
                whole.extend_from_slice(&chunk);
                Ok(whole)
            });
            let whole = whole.await.map_err(|error| TransportError::BeforeSending(error.to_string()))?;
            let answer = self.carry(http::Request::from_parts(parts, whole)).await?;
            Ok(answer.map(|body| futures::stream::iter([Ok(Bytes::from(body))]).boxed()))
        }
        .boxed()
    }
}

/// The bytes of a file, as they come.
pub type ByteStream = BoxStream<'static, io::Result<Bytes>>;

/// How long Meta is waited for. It answers within a second; what takes longer is as good as lost.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// How long a file of 100 MB may take on its way.
pub const PATIENCE_WITH_FILES: Duration = Duration::from_secs(55);

/// The HTTP client to give to [`Client::new`](crate::Client::new). It follows no redirect, repeats nothing, asks no
/// proxy, and holds an idle connection for no longer than 5 s: that of a frozen Lambda is dead.
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
    fn carry(
        &self,
        request: http::Request<Vec<u8>>,
    ) -> BoxFuture<'static, Result<http::Response<Vec<u8>>, TransportError>> {
        let client = self.clone();
        async move {
            let request = request.try_into().map_err(lost)?;
            let mut response = client.execute(request).await.map_err(lost)?;
            let mut answer = http::Response::new(Vec::new());
            *answer.status_mut() = response.status();
            while let Some(chunk) = response.chunk().await.map_err(lost)? {
                if answer.body().len() + chunk.len() > LONGEST_ANSWER {
                    return Err(TransportError::OnTheWay(format!("the answer is over {LONGEST_ANSWER} bytes")));
                }
                answer.body_mut().extend_from_slice(&chunk);
            }
            Ok(answer)
        }
        .boxed()
    }

    fn stream(
        &self,
        request: http::Request<ByteStream>,
    ) -> BoxFuture<'_, Result<http::Response<ByteStream>, TransportError>> {
        let client = self.clone();
        async move {
            let (parts, stream) = request.into_parts();
            let body = if parts.method == Method::GET {
                reqwest::Body::default()
            } else {
                reqwest::Body::wrap(StreamBody::new(Shared(Mutex::new(stream))))
            };
            let mut request: reqwest::Request = http::Request::from_parts(parts, body).try_into().map_err(lost)?;
            *request.timeout_mut() = Some(PATIENCE_WITH_FILES);
            let answer = client.execute(request).await.map_err(lost)?;
            let mut response = http::Response::new(());
            *response.status_mut() = answer.status();
            *response.headers_mut() = answer.headers().clone();
            let chunks = futures::stream::try_unfold(answer, |mut answer| async move {
                let chunk = answer.chunk().await.map_err(|error| io::Error::other(error.without_url()))?;
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

fn lost(error: reqwest::Error) -> TransportError {
    let unsent = error.is_connect() || error.is_builder();
    let problem = chain(&error.without_url());
    if unsent { TransportError::BeforeSending(problem) } else { TransportError::OnTheWay(problem) }
}

/// An error and what caused it, in one line.
fn chain(error: &dyn std::error::Error) -> String {
    std::iter::successors(error.source(), |error| error.source())
        .fold(error.to_string(), |line, cause| format!("{line}: {cause}"))
}
