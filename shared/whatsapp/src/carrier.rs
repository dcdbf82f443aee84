//! What carries a request to the Graph API and its answer back: one request, one answer, nothing repeated.

use futures::FutureExt;
use futures::future::BoxFuture;
use reqwest::redirect;
use std::fmt::Debug;
use std::time::Duration;

/// An answer of Meta's has a few hundred bytes; one over this is none.
const LONGEST_ANSWER: usize = 1024 * 1024;

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lost {
    /// Nothing of the request left this machine.
    BeforeSending(String),
    /// Some of it may have arrived.
    OnTheWay(String),
}

/// A way to the Graph API. The real one is [`http_client`].
pub trait Carrier: Debug + Send + Sync {
    /// Carries `request` once.
    fn carry(&self, request: http::Request<Vec<u8>>) -> BoxFuture<'static, Result<http::Response<Vec<u8>>, Lost>>;
}

/// How long Meta is waited for. It answers within a second; what takes longer is as good as lost.
pub const PATIENCE: Duration = Duration::from_secs(10);

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

impl Carrier for reqwest::Client {
    fn carry(&self, request: http::Request<Vec<u8>>) -> BoxFuture<'static, Result<http::Response<Vec<u8>>, Lost>> {
        let client = self.clone();
        async move {
            let request = request.try_into().map_err(lost)?;
            let mut response = client.execute(request).await.map_err(lost)?;
            let mut answer = http::Response::new(Vec::new());
            *answer.status_mut() = response.status();
            while let Some(chunk) = response.chunk().await.map_err(lost)? {
                if answer.body().len() + chunk.len() > LONGEST_ANSWER {
                    return Err(Lost::OnTheWay(format!("the answer is over {LONGEST_ANSWER} bytes")));
                }
                answer.body_mut().extend_from_slice(&chunk);
            }
            Ok(answer)
        }
        .boxed()
    }
}

fn lost(error: reqwest::Error) -> Lost {
    let unsent = error.is_connect() || error.is_builder();
    let problem = chain(&error.without_url());
    if unsent { Lost::BeforeSending(problem) } else { Lost::OnTheWay(problem) }
}

/// An error and what caused it, in one line.
fn chain(error: &dyn std::error::Error) -> String {
    std::iter::successors(error.source(), |error| error.source())
        .fold(error.to_string(), |line, cause| format!("{line}: {cause}"))
}
