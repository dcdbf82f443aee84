//! The bucket: what may be done with a file in it.

use crate::sign::{Link, Signer};
use crate::transport::{ByteStream, Transport};
use aws_config::SdkConfig;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use domain::Timestamp;
use domain::inbox::media::{MediaType, Sha256Digest};
use futures::{StreamExt, TryStreamExt};
use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use http::{Method, Request, Response, StatusCode};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// How long the link of a function's own request works.
const OWN_LINK: Duration = Duration::from_secs(60);

/// What S3 checks while it takes a file (`PutObject`): the SHA-256 digest of the body, base64.
const CHECKSUM: &str = "x-amz-checksum-sha256";

/// Why a file could not be put, or got.
#[derive(Debug, thiserror::Error)]
pub enum BlobError {
    /// There is no such file.
    #[error("there is no such file in the bucket")]
    Missing,
    /// The bucket did not answer, or answered with a fault of its own.
    #[error("the bucket did not answer: {0}")]
    Unavailable(String),
    /// The bucket refused the request: the file is not as it was announced, or a defect of ours.
    #[error("the bucket refused the request with {0}")]
    Refused(u16),
    /// The request could not be signed.
    #[error("the request could not be signed: {0}")]
    Unsigned(String),
}

impl BlobError {
    /// Whether the same request may succeed later.
    #[must_use]
    pub const fn is_retryable(&self) -> bool {
        match self {
            Self::Unavailable(_) | Self::Unsigned(_) => true,
            Self::Missing | Self::Refused(_) => false,
        }
    }
}

/// What is known of a file before it is there, and has to be true of it: size, type and digest are signed.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// How many bytes it has.
    pub size: u64,
    /// Its type.
    pub mime_type: &'a MediaType,
    /// The digest of its bytes; none if nobody announced it.
    pub sha256: Option<&'a Sha256Digest>,
}

/// The bucket, by one way to it.
#[derive(Clone)]
pub struct Blobs {
    transport: Arc<dyn Transport>,
    credentials: Option<SharedCredentialsProvider>,
    region: String,
    url: String,
}

impl fmt::Debug for Blobs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Blobs").field("url", &self.url).field("transport", &self.transport).finish_non_exhaustive()
    }
}

impl Blobs {
    /// The bucket at `url`, such as `https://name.s3.us-east-1.amazonaws.com`, with the credentials and in the region of
    /// `aws`.
    #[must_use]
    pub fn new(aws: &SdkConfig, url: &str, transport: impl Transport + 'static) -> Self {
        Self {
            transport: Arc::new(transport),
            credentials: aws.credentials_provider(),
            region: aws.region().map(ToString::to_string).unwrap_or_default(),
            url: url.trim_end_matches('/').to_owned(),
        }
    }

    /// The same bucket where browsers reach it at `url`.
    #[must_use]
    pub fn at(self, url: &str) -> Self {
        Self { url: url.trim_end_matches('/').to_owned(), ..self }
    }

    /// The same bucket by another way.
    #[must_use]
    pub fn over(self, transport: impl Transport + 'static) -> Self {
        Self { transport: Arc::new(transport), ..self }
    }

    /// A link by which a browser puts the file `object`, exactly as `facts` say.
    ///
    /// # Errors
    /// [`BlobError::Unsigned`] if there are no credentials.
    pub async fn upload_link(
        &self,
        object: &str,
        facts: &Facts<'_>,
        lifetime: Duration,
        now: Timestamp,
    ) -> Result<Link, BlobError> {
        let mut headers =
            vec![("content-length", facts.size.to_string()), ("content-type", facts.mime_type.as_str().to_owned())];
        headers.extend(facts.sha256.map(|digest| (CHECKSUM, digest.base64())));
        self.link(Method::PUT, object, &[], headers, lifetime, now).await
    }

    /// A link by which a browser gets the file `object`, as a file of this type and with this Content-Disposition.
    ///
    /// # Errors
    /// [`BlobError::Unsigned`] if there are no credentials.
    pub async fn download_link(
        &self,
        object: &str,
        shown: (&MediaType, &str),
        lifetime: Duration,
        now: Timestamp,
    ) -> Result<Link, BlobError> {
        let (mime_type, disposition) = shown;
        let query = [("response-content-disposition", disposition), ("response-content-type", mime_type.as_str())];
        self.link(Method::GET, object, &query, Vec::new(), lifetime, now).await
    }

    /// Puts a file that comes as a stream. Where the stream ends early, or is not what `facts` say, nothing is kept.
    ///
    /// # Errors
    /// [`BlobError`] if the bucket did not take it.
    pub async fn put(
        &self,
        object: &str,
        facts: &Facts<'_>,
        bytes: ByteStream,
        now: Timestamp,
    ) -> Result<(), BlobError> {
        let link = self.upload_link(object, facts, OWN_LINK, now).await?;
        self.call(link, bytes).await.map(drop)
    }

    /// How many bytes the file `object` has; none if it is not there.
    ///
    /// # Errors
    /// [`BlobError`] if the bucket did not say.
    pub async fn size(&self, object: &str, now: Timestamp) -> Result<Option<u64>, BlobError> {
        let link = self.link(Method::HEAD, object, &[], Vec::new(), OWN_LINK, now).await?;
        match self.call(link, nothing()).await {
            Ok(answer) => {
                let length = answer.headers().get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
                Ok(Some(length.unwrap_or_default()))
            }
            Err(BlobError::Missing) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Removes the file `object`. S3 says the same whether it was there; other buckets may say [`BlobError::Missing`].
    ///
    /// # Errors
    /// [`BlobError`] if the bucket did not do it.
    pub async fn remove(&self, object: &str, now: Timestamp) -> Result<(), BlobError> {
        let link = self.link(Method::DELETE, object, &[], Vec::new(), OWN_LINK, now).await?;
        self.call(link, nothing()).await.map(drop)
    }

    /// The bytes of the file `object`.
    ///
    /// # Errors
    /// [`BlobError`] if the bucket does not give it.
    pub async fn get(&self, object: &str, now: Timestamp) -> Result<ByteStream, BlobError> {
        let link = self.link(Method::GET, object, &[], Vec::new(), OWN_LINK, now).await?;
        Ok(self.call(link, nothing()).await?.into_body())
    }

    async fn link(
        &self,
        method: Method,
        object: &str,
        query: &[(&str, &str)],
        headers: Vec<(&'static str, String)>,
        lifetime: Duration,
        now: Timestamp,
    ) -> Result<Link, BlobError> {
        let provider = self.credentials.as_ref().ok_or_else(|| BlobError::Unsigned("no credentials".to_owned()))?;
        let credentials = provider.provide_credentials().await;
        let credentials = credentials.map_err(|error| BlobError::Unsigned(error.to_string()))?;
        let mut url = format!("{}/{object}", self.url);
        for (place, (name, value)) in query.iter().enumerate() {
            let joint = if place == 0 { '?' } else { '&' };
            url = format!("{url}{joint}{name}={}", encoded(value));
        }
        let signer = Signer { credentials, region: &self.region, now };
        signer.link(method, &url, headers, lifetime).map_err(BlobError::Unsigned)
    }

    async fn call(&self, link: Link, body: ByteStream) -> Result<Response<ByteStream>, BlobError> {
        let mut request = Request::builder().method(link.method).uri(link.url);
        for (name, value) in link.headers {
            request = request.header(name, value);
        }
        let request = request.body(body).map_err(|error| BlobError::Unsigned(error.to_string()))?;
        let answer = self.transport.carry(request).await;
        let answer = answer.map_err(|error| BlobError::Unavailable(error.to_string()))?;
        match answer.status() {
            status if status.is_success() => Ok(answer),
            StatusCode::NOT_FOUND => Err(BlobError::Missing),
            status if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS => {
                Err(BlobError::Unavailable(status.to_string()))
            }
            status => {
                let said = said(answer).await;
                tracing::warn!(http.status = status.as_u16(), said, "the bucket refused a request");
                Err(BlobError::Refused(status.as_u16()))
            }
        }
    }
}

/// S3's own word for what is wrong, out of the XML in which it says it.
async fn said(answer: Response<ByteStream>) -> String {
    let has_type = answer.headers().contains_key(CONTENT_TYPE);
    let first = if has_type { answer.into_body().try_next().await.ok().flatten() } else { None };
    let text = first.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
    let code = text.split_once("<Code>").and_then(|(_, rest)| rest.split_once("</Code>"));
    code.map(|(code, _)| code.to_owned()).unwrap_or_default()
}

fn nothing() -> ByteStream {
    futures::stream::empty().boxed()
}

/// A value of a query (RFC 3986): everything but letters, digits and a few signs is written as its bytes.
fn encoded(value: &str) -> String {
    value.bytes().fold(String::with_capacity(value.len()), |mut text, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
        text
    })
}
