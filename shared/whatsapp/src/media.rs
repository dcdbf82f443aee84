//! Files at WhatsApp: what it keeps of a customer's file, the bytes behind its short-lived link, and files that we take
//! there. Nothing here tries again, and no file is held as a whole.

use crate::client::Client;
use crate::errors::{Verdict, verdict};
use crate::json::{Object, legible};
use crate::transport::{ByteStream, TransportError};
use bytes::Bytes;
use domain::inbox::media::{MediaType, Sha256Digest};
use domain::{PhoneNumberId, Secret, Text};
use futures::{StreamExt, TryStreamExt};
use http::header::{AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, HeaderValue, USER_AGENT};
use http::{Request, Uri};

/// Where Meta keeps files (Cloud API, media). It wants the token there too; besides the Graph API itself no other host gets
/// it, and from no other host is anything fetched.
const MEDIA_HOSTS: [&str; 1] = ["lookaside.fbsbx.com"];

/// Some of Meta's servers refuse a client that does not say what it is.
const OWN_NAME: &str = "leadwire";

/// What WhatsApp says of a file (Cloud API, `GET /{MEDIA_ID}`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MediaNode {
    /// Where it is, for five minutes.
    pub url: String,
    /// Its type.
    pub mime_type: Option<MediaType>,
    /// The digest of its bytes.
    pub sha256: Option<Sha256Digest>,
    /// How many bytes it has.
    pub size: Option<u64>,
}

/// A file on its way from WhatsApp.
pub struct Download {
    /// Its type, as the server of the file says.
    pub mime_type: Option<MediaType>,
    /// How many bytes it has, as the server says.
    pub size: Option<u64>,
    /// Its bytes.
    pub bytes: ByteStream,
}

/// Why WhatsApp did not do its part with a file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MediaError {
    /// It may be asked again.
    #[error("WhatsApp may give it later: {0}")]
    Again(String),
    /// It has no such file, or no longer.
    #[error("WhatsApp has no such file")]
    Missing,
    /// The link leads to a host that no file comes from.
    #[error("the file is said to be at a host that is not Meta's")]
    Host,
    /// The token is not good for it.
    #[error("WhatsApp refuses the token")]
    Unauthorised,
    /// It refuses the file.
    #[error("WhatsApp refuses the file: {0:?}")]
    Refused(Text),
}

/// A file of ours on its way to WhatsApp.
#[derive(Clone, Copy, Debug)]
pub struct Upload<'a> {
    /// Its type.
    pub mime_type: &'a MediaType,
    /// How many bytes it has.
    pub size: u64,
    /// What tells it from other files: no text of the form ends inside it.
    pub digest: &'a Sha256Digest,
}

impl Client {
    /// What WhatsApp says of the file `id`, which came to `number`.
    ///
    /// # Errors
    /// [`MediaError`] if it says nothing of it.
    pub async fn media(&self, number: &PhoneNumberId, token: &Secret, id: &str) -> Result<MediaNode, MediaError> {
        // An id of WhatsApp's has digits alone; signs of an address would make another address of it.
        if id.is_empty() || !id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
            return Err(MediaError::Missing);
        }
        let url = format!("{}/{id}?phone_number_id={}", self.base(), number.as_str());
        let request = bearing(Request::get(url), token)?.body(Vec::new()).map_err(|error| again(&error))?;
        let answer = self.transport().carry(request).await.map_err(lost)?;
        let text = legible(answer.body());
        let object = Object::read(&text);
        if !answer.status().is_success() {
            return Err(refused(answer.status().as_u16(), object.as_ref()));
        }
        let Some(node) = object else { return Err(MediaError::Again("its answer cannot be read".to_owned())) };
        let url = node.text("url").ok_or_else(|| MediaError::Again("it names no link".to_owned()))?;
        Ok(MediaNode {
            url,
            mime_type: node.text("mime_type").and_then(|text| MediaType::parse(&text).ok()),
            sha256: node.text("sha256").and_then(|text| text.parse().ok()),
            size: node
                .text("file_size")
                .and_then(|text| text.parse().ok())
                .or_else(|| node.integer("file_size").and_then(|size| u64::try_from(size).ok())),
        })
    }

    /// Begins to fetch the file that is at `url`. Whoever reads it stops where it has had enough.
    ///
    /// # Errors
    /// [`MediaError`] if it does not come, or is not at a host of Meta's.
    pub async fn download(&self, token: &Secret, url: &str) -> Result<Download, MediaError> {
        let uri: Uri = url.parse().map_err(|_| MediaError::Host)?;
        if !self.is_allowed(&uri) {
            return Err(MediaError::Host);
        }
        let request = bearing(Request::get(uri), token)?.header(USER_AGENT, OWN_NAME);
        let request = request.body(futures::stream::empty().boxed()).map_err(|error| again(&error))?;
        let answer = self.transport().stream(request).await.map_err(lost)?;
        let status = answer.status();
        let header = |name| answer.headers().get(name).and_then(|value: &HeaderValue| value.to_str().ok());
        let mime_type = header(CONTENT_TYPE).and_then(|text| MediaType::parse(text).ok());
        let size = header(CONTENT_LENGTH).and_then(|text| text.parse().ok());
        match status.as_u16() {
            200 => Ok(Download { mime_type, size, bytes: answer.into_body() }),
            401 | 403 => Err(MediaError::Unauthorised),
            404 | 410 => Err(MediaError::Missing),
            status => Err(MediaError::Again(format!("its file server answered {status}"))),
        }
    }

    /// Takes a file to WhatsApp for `number`, and gives WhatsApp's id of it.
    ///
    /// # Errors
    /// [`MediaError`] if WhatsApp did not take it. It may have: a file that is there twice does no harm.
    pub async fn upload(
        &self,
        number: &PhoneNumberId,
        token: &Secret,
        file: &Upload<'_>,
        bytes: ByteStream,
    ) -> Result<String, MediaError> {
        let form = Form::with_file(file);
        let url = format!("{}/{}/media", self.base(), number.as_str());
        let request = bearing(Request::post(url), token)?
            .header(CONTENT_TYPE, &form.content_type)
            .header(CONTENT_LENGTH, form.length(file.size))
            .body(form.around(bytes));
        let answer = self.transport().stream(request.map_err(|error| again(&error))?).await.map_err(lost)?;
        let status = answer.status();
        let body = beginning(answer.into_body()).await?;
        let text = legible(&body);
        let object = Object::read(&text);
        let id = object.as_ref().and_then(|answer| answer.text("id")).filter(|id| !id.is_empty());
        match id {
            Some(id) if status.is_success() => Ok(id),
            Some(_) | None => Err(refused(status.as_u16(), object.as_ref())),
        }
    }

    /// Whether a file may be fetched from there: from Meta's own servers of files, or from the Graph API itself.
    fn is_allowed(&self, uri: &Uri) -> bool {
        let is_https = uri.scheme_str() == Some("https");
        let of_meta = is_https
            && uri.port_u16().is_none_or(|port| port == 443)
            && uri.host().is_some_and(|host| MEDIA_HOSTS.contains(&host));
        let graph = self.base().parse::<Uri>().ok();
        let origin = |uri: &Uri| (uri.scheme_str().map(str::to_owned), uri.authority().map(ToString::to_string));
        of_meta || graph.is_some_and(|graph| origin(&graph) == origin(uri))
    }
}

/// A form with one file, by RFC 7578.
struct Form {
    content_type: String,
    head: Bytes,
    tail: Bytes,
}

impl Form {
    fn with_file(file: &Upload<'_>) -> Self {
        let boundary = format!("leadwire-{}", &file.digest.hex()[..32]);
        let mime_type = file.mime_type;
        let head = format!(
            "--{boundary}\r\ncontent-disposition: form-data; name=\"messaging_product\"\r\n\r\nwhatsapp\r\n\
             --{boundary}\r\ncontent-disposition: form-data; name=\"type\"\r\n\r\n{mime_type}\r\n\
             --{boundary}\r\ncontent-disposition: form-data; name=\"file\"; filename=\"file\"\r\n\
             content-type: {mime_type}\r\n\r\n"
        );
        let tail = format!("\r\n--{boundary}--\r\n");
        Self {
            content_type: format!("multipart/form-data; boundary={boundary}"),
            head: Bytes::from(head),
            tail: Bytes::from(tail),
        }
    }

    fn length(&self, file: u64) -> u64 {
        file + self.head.len() as u64 + self.tail.len() as u64
    }

    fn around(&self, bytes: ByteStream) -> ByteStream {
        let part = |part: &Bytes| futures::stream::iter([Ok(part.clone())]);
        part(&self.head).chain(bytes).chain(part(&self.tail)).boxed()
    }
}

/// The longest answer that is read of one that holds no file.
const LONGEST_ANSWER: usize = 64 * 1024;

pub(crate) async fn beginning(mut bytes: ByteStream) -> Result<Vec<u8>, MediaError> {
    let mut read = Vec::new();
    while let Some(chunk) = bytes.try_next().await.map_err(|error| again(&error))? {
        read.extend_from_slice(&chunk);
        if read.len() > LONGEST_ANSWER {
            return Err(MediaError::Again("its answer does not end".to_owned()));
        }
    }
    Ok(read)
}

fn bearing(request: http::request::Builder, token: &Secret) -> Result<http::request::Builder, MediaError> {
    let mut authorization =
        HeaderValue::try_from(format!("Bearer {}", token.expose())).map_err(|_| MediaError::Unauthorised)?;
    authorization.set_sensitive(true);
    Ok(request.header(AUTHORIZATION, authorization))
}

/// What an error of the Graph API means for a file. Code 100 with subcode 33, and 131052, say that there is none.
pub(crate) fn refused(status: u16, answer: Option<&Object<'_>>) -> MediaError {
    let error = answer.and_then(|answer| answer.object("error"));
    let code = error.as_ref().and_then(|error| error.integer("code"));
    let subcode = error.as_ref().and_then(|error| error.integer("error_subcode"));
    tracing::info!(http.status = status, meta.code = code, "the Graph API refused a file");
    if status == 404 || (code, subcode) == (Some(100), Some(33)) || matches!(code, Some(33 | 131_052)) {
        return MediaError::Missing;
    }
    let words = error.as_ref().and_then(|error| error.text("message")).unwrap_or_default();
    match code.map(|code| verdict(code, subcode)) {
        Some(Verdict::Unauthorised) => MediaError::Unauthorised,
        Some(Verdict::Refused(_)) => MediaError::Refused(Text::new(words)),
        Some(Verdict::Again(_) | Verdict::Ambiguous) | None => MediaError::Again(format!("it answered {status}")),
    }
}

pub(crate) fn lost(lost: TransportError) -> MediaError {
    match lost {
        TransportError::BeforeSending(problem) | TransportError::OnTheWay(problem) => MediaError::Again(problem),
    }
}

fn again(error: &impl ToString) -> MediaError {
    MediaError::Again(error.to_string())
}
