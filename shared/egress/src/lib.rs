//! The one door to addresses that customers name: webhooks. It calls public addresses only, whatever a name leads to at the
//! moment of the call; follows no redirect, repeats nothing, and reads no more than 64 kB of an answer.

mod addresses;

pub use addresses::is_public;

use futures::FutureExt;
use futures::future::BoxFuture;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::redirect;
use std::error::Error;
use std::fmt::Debug;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

/// How much of an answer is read. Nobody needs more of it than the status and a few words.
const LONGEST_ANSWER: usize = 64 * 1024;

/// How long a connection may take to open.
const CONNECT: Duration = Duration::from_secs(3);

/// Why no answer came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EgressError {
    /// The name leads to an address of a private network, or is one.
    #[error("the name leads to a private network")]
    Private,
    /// The time was over.
    #[error("no answer came in time")]
    Timeout,
    /// Nobody answered, or what came was no answer.
    #[error("the connection failed")]
    NoConnection,
}

/// A way to the addresses that customers name. The real one is [`http_client`].
pub trait Transport: Debug + Send + Sync {
    /// Carries `request` once. The answer's body is cut off at 64 kB.
    fn carry(
        &self,
        request: http::Request<Vec<u8>>,
    ) -> BoxFuture<'static, Result<http::Response<Vec<u8>>, EgressError>>;
}

/// Which addresses may be called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Public ones.
    Public,
    /// This machine's and its network's too: for the local stack and tests.
    Everything,
}

/// A client that calls what is in `reach`, and waits at most `patience` for a whole answer.
///
/// # Errors
/// If the machine has no certificates to trust.
pub fn http_client(reach: Reach, patience: Duration) -> Result<impl Transport + use<>, reqwest::Error> {
    let client = reqwest::Client::builder()
        .timeout(patience)
        .connect_timeout(CONNECT)
        .pool_max_idle_per_host(0)
        .redirect(redirect::Policy::none())
        .retry(reqwest::retry::never())
        .no_proxy()
        .dns_resolver(Arc::new(Guarded(reach)))
        .build()?;
    Ok(Guard { client, reach })
}

#[derive(Clone, Debug)]
struct Guard {
    client: reqwest::Client,
    reach: Reach,
}

impl Transport for Guard {
    fn carry(
        &self,
        request: http::Request<Vec<u8>>,
    ) -> BoxFuture<'static, Result<http::Response<Vec<u8>>, EgressError>> {
        let Self { client, reach } = self.clone();
        async move {
            // A bare address is asked of no resolver.
            let host = request.uri().host().unwrap_or_default().trim_matches(['[', ']']);
            if host.parse::<IpAddr>().is_ok_and(|address| !is_in(reach, address)) {
                return Err(EgressError::Private);
            }
            let request: reqwest::Request = request.try_into().map_err(|error| kind(&error))?;
            let mut response = client.execute(request).await.map_err(|error| kind(&error))?;
            let mut answer = http::Response::new(Vec::new());
            *answer.status_mut() = response.status();
            *answer.headers_mut() = std::mem::take(response.headers_mut());
            while let Some(chunk) = response.chunk().await.map_err(|error| kind(&error))? {
                let room = LONGEST_ANSWER - answer.body().len();
                answer.body_mut().extend(chunk.iter().take(room));
                if chunk.len() >= room {
                    break;
                }
            }
            Ok(answer)
        }
        .boxed()
    }
}

fn is_in(reach: Reach, address: IpAddr) -> bool {
    match reach {
        Reach::Public => is_public(address),
        Reach::Everything => true,
    }
}

/// The system's resolver, which gives only addresses that may be called.
#[derive(Debug)]
struct Guarded(Reach);

impl Resolve for Guarded {
    fn resolve(&self, name: Name) -> Resolving {
        let reach = self.0;
        async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            let allowed: Vec<_> = found.iter().copied().filter(|address| is_in(reach, address.ip())).collect();
            if allowed.is_empty() && !found.is_empty() {
                return Err(EgressError::Private.into());
            }
            Ok(Box::new(allowed.into_iter()) as Addrs)
        }
        .boxed()
    }
}

fn kind(error: &reqwest::Error) -> EgressError {
    let mut source = error.source();
    while let Some(cause) = source {
        if let Some(known) = cause.downcast_ref::<EgressError>() {
            return *known;
        }
        source = cause.source();
    }
    if error.is_timeout() { EgressError::Timeout } else { EgressError::NoConnection }
}
