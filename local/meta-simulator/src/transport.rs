//! How webhooks reach the business: over HTTP, or by a closure that calls its handler in the same process.

use bytes::Bytes;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

/// One POST to the business's webhook, with the very bytes that were signed.
#[derive(Clone, Debug)]
pub struct WebhookRequest {
    /// Where it goes.
    pub url: String,
    /// Lower-case names and their values.
    pub headers: Vec<(String, String)>,
    /// The body as signed.
    pub body: Bytes,
}

/// An answer to come.
pub type Reply<T> = Pin<Box<dyn Future<Output = Result<T, String>> + Send>>;

/// A way to the business. Every `Fn(WebhookRequest) -> Future<Output = Result<u16, String>>` is one.
pub trait Transport: Send + Sync {
    /// Posts a webhook; the answer is the HTTP status, or why there was none.
    fn post(&self, request: WebhookRequest) -> Reply<u16>;

    /// Asks `url`; the answer is status and body. Used for the handshake alone.
    fn get(&self, url: String) -> Reply<(u16, String)> {
        Box::pin(async move { Err(format!("this transport cannot call {url}")) })
    }
}

impl<F, Answer> Transport for F
where
    F: Fn(WebhookRequest) -> Answer + Send + Sync,
    Answer: Future<Output = Result<u16, String>> + Send + 'static,
{
    fn post(&self, request: WebhookRequest) -> Reply<u16> {
        Box::pin(self(request))
    }
}

/// Webhooks over HTTP, as Meta sends them.
#[derive(Clone, Debug)]
pub struct HttpTransport(reqwest::Client);

impl Default for HttpTransport {
    fn default() -> Self {
        let built = reqwest::Client::builder().no_proxy().timeout(Duration::from_secs(10)).build();
        Self(built.unwrap_or_default())
    }
}

impl Transport for HttpTransport {
    fn post(&self, request: WebhookRequest) -> Reply<u16> {
        let mut post = self.0.post(&request.url).body(request.body);
        for (name, value) in &request.headers {
            post = post.header(name, value);
        }
        Box::pin(async move {
            let answer = post.send().await.map_err(|error| error.to_string())?;
            Ok(answer.status().as_u16())
        })
    }

    fn get(&self, url: String) -> Reply<(u16, String)> {
        let get = self.0.get(url);
        Box::pin(async move {
            let answer = get.send().await.map_err(|error| error.to_string())?;
            let status = answer.status().as_u16();
            let body = answer.text().await.map_err(|error| error.to_string())?;
            Ok((status, body))
        })
    }
}
