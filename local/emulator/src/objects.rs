//! One bucket of S3 as far as it is called: files are put, got, looked at and removed by links that are signed by Signature
//! Version 4. Signature, expiry, method, length, type and checksum are checked here by the words of AWS's documents, and
//! not by the code that signs. Left out: everything else, such as lists, versions, parts and other ways to sign.

use blobs::{ByteStream, Transport, once};
use bytes::Bytes;
use domain::Timestamp;
use futures::future::BoxFuture;
use futures::{FutureExt, TryStreamExt};
use hmac::{Hmac, KeyInit, Mac};
use http::{HeaderMap, Method, Request, Response, StatusCode, header};
use runtime::Clock;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// What stands before the name of a file in a path: the bucket shares its address with others.
pub const PATH: &str = "/_bucket";

/// The largest file: 5 GB on AWS, and here what fits into memory.
const LARGEST: usize = 128 * 1024 * 1024;

/// Who may look into the folder of the files.
const OWNER_ALONE: u32 = 0o700;

/// The longest that a link may work.
const LONGEST_LINK: u64 = 7 * 24 * 3600;

/// The bucket. Clones share what is in it.
#[derive(Clone, Debug)]
pub struct Objects {
    clock: Arc<dyn Clock>,
    secret: &'static str,
    kept: Kept,
    /// Requests fail while this is set: as where S3 is not reached.
    failing: Arc<Mutex<bool>>,
}

#[derive(Clone, Debug)]
enum Kept {
    InMemory(Arc<Mutex<BTreeMap<String, Object>>>),
    In(PathBuf),
}

#[derive(Clone, Debug)]
struct Object {
    about: About,
    bytes: Bytes,
}

/// What is kept of a file beside its bytes: the first line of its file on disk.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct About {
    mime_type: String,
}

/// Why a request is refused, by S3's word for it.
type Refusal = (StatusCode, &'static str);

const DENIED: Refusal = (StatusCode::FORBIDDEN, "AccessDenied");
const WRONG_SIGNATURE: Refusal = (StatusCode::FORBIDDEN, "SignatureDoesNotMatch");
const BAD_DIGEST: Refusal = (StatusCode::BAD_REQUEST, "BadDigest");
const INCOMPLETE: Refusal = (StatusCode::BAD_REQUEST, "IncompleteBody");
const TOO_LARGE: Refusal = (StatusCode::BAD_REQUEST, "EntityTooLarge");
const NO_SUCH_KEY: Refusal = (StatusCode::NOT_FOUND, "NoSuchKey");
const NO_METHOD: Refusal = (StatusCode::METHOD_NOT_ALLOWED, "MethodNotAllowed");
const BROKEN: Refusal = (StatusCode::INTERNAL_SERVER_ERROR, "InternalError");

impl Transport for Objects {
    fn carry(&self, request: Request<ByteStream>) -> BoxFuture<'static, io::Result<Response<ByteStream>>> {
        let objects = self.clone();
        async move { Ok(objects.answer(request).await) }.boxed()
    }
}

impl Objects {
    /// A bucket in memory.
    pub(crate) fn memory(clock: Arc<dyn Clock>, secret: &'static str) -> Self {
        Self { clock, secret, kept: Kept::InMemory(Arc::default()), failing: Arc::default() }
    }

    /// A bucket whose files are in the folder `dir`.
    pub(crate) fn open(dir: PathBuf, clock: Arc<dyn Clock>, secret: &'static str) -> io::Result<Self> {
        std::fs::DirBuilder::new().recursive(true).mode(OWNER_ALONE).create(&dir)?;
        Ok(Self { clock, secret, kept: Kept::In(dir), failing: Arc::default() })
    }

    /// Whether requests fail from now on.
    pub fn fail(&self, failing: bool) {
        *self.failing.lock().unwrap_or_else(PoisonError::into_inner) = failing;
    }

    /// The names of all files, in their order.
    ///
    /// # Errors
    /// If the folder cannot be read.
    pub fn names(&self) -> io::Result<Vec<String>> {
        match &self.kept {
            Kept::InMemory(all) => Ok(all.lock().unwrap_or_else(PoisonError::into_inner).keys().cloned().collect()),
            Kept::In(dir) => {
                let names = std::fs::read_dir(dir)?.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()));
                let mut names: Vec<_> = names.collect::<io::Result<_>>()?;
                names.retain(|name| !name.starts_with('.'));
                names.iter_mut().for_each(|name| *name = name.replace('~', "/"));
                names.sort();
                Ok(names)
            }
        }
    }

    /// Answers one request.
    pub async fn answer(&self, request: Request<ByteStream>) -> Response<ByteStream> {
        let is_head = request.method() == Method::HEAD;
        match self.answered(request).await {
            Ok(answer) => answer,
            Err((status, code)) => {
                let xml = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{code}</Code></Error>");
                let body = if is_head { Bytes::new() } else { Bytes::from(xml) };
                let mut answer = Response::new(once(body));
                *answer.status_mut() = status;
                let xml = header::HeaderValue::from_static("application/xml");
                answer.headers_mut().insert(header::CONTENT_TYPE, xml);
                answer
            }
        }
    }

    async fn answered(&self, request: Request<ByteStream>) -> Result<Response<ByteStream>, Refusal> {
        if *self.failing.lock().unwrap_or_else(PoisonError::into_inner) {
            return Err((StatusCode::SERVICE_UNAVAILABLE, "SlowDown"));
        }
        let (parts, body) = request.into_parts();
        let query = Query::parse(parts.uri.query().unwrap_or_default());
        let signed = Signed { method: &parts.method, uri: &parts.uri, headers: &parts.headers, query: &query };
        signed.check(self.secret, self.clock.now())?;
        let name = parts.uri.path().strip_prefix(PATH).unwrap_or_default().trim_start_matches('/');
        if !is_name(name) {
            return Err(DENIED);
        }
        match parts.method {
            Method::PUT => {
                self.put(name, &parts.headers, body).await?;
                Ok(Response::new(once(Bytes::new())))
            }
            Method::GET | Method::HEAD => {
                let object = self.read(name)?.ok_or(NO_SUCH_KEY)?;
                Ok(given(&object, &parts.method, &parts.headers, &query))
            }
            Method::DELETE => {
                self.remove(name).map_err(|_| BROKEN)?;
                let mut answer = Response::new(once(Bytes::new()));
                *answer.status_mut() = StatusCode::NO_CONTENT;
                Ok(answer)
            }
            _ => Err(NO_METHOD),
        }
    }

    async fn put(&self, name: &str, headers: &HeaderMap, body: ByteStream) -> Result<(), Refusal> {
        let said = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        let length: usize = said("content-length").and_then(|text| text.parse().ok()).ok_or(INCOMPLETE)?;
        if length > LARGEST {
            return Err(TOO_LARGE);
        }
        let read = body.map_err(|_| INCOMPLETE).try_fold(Vec::new(), |mut all, chunk| async move {
            all.extend_from_slice(&chunk);
            if all.len() > length { Err(INCOMPLETE) } else { Ok(all) }
        });
        let bytes = read.await?;
        if bytes.len() != length {
            return Err(INCOMPLETE);
        }
        let digest = base64(&Sha256::digest(&bytes));
        if said("x-amz-checksum-sha256").is_some_and(|announced| announced != digest) {
            return Err(BAD_DIGEST);
        }
        let mime_type = said("content-type").unwrap_or("binary/octet-stream").to_owned();
        self.write(name, Object { about: About { mime_type }, bytes: bytes.into() }).map_err(|_| BROKEN)
    }

    fn write(&self, name: &str, object: Object) -> io::Result<()> {
        match &self.kept {
            Kept::InMemory(all) => {
                all.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned(), object);
                Ok(())
            }
            Kept::In(dir) => {
                let name = name.replace('/', "~");
                let unfinished = dir.join(format!(".{name}"));
                let about = serde_json::to_vec(&object.about)?;
                std::fs::write(&unfinished, [&about[..], b"\n", &object.bytes].concat())?;
                std::fs::rename(unfinished, dir.join(name))
            }
        }
    }

    /// Removes a file. S3 answers the same where there is none.
    fn remove(&self, name: &str) -> io::Result<()> {
        match &self.kept {
            Kept::InMemory(all) => {
                all.lock().unwrap_or_else(PoisonError::into_inner).remove(name);
                Ok(())
            }
            Kept::In(dir) => match std::fs::remove_file(dir.join(name.replace('/', "~"))) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
                Ok(()) | Err(_) => Ok(()),
            },
        }
    }

    fn read(&self, name: &str) -> Result<Option<Object>, Refusal> {
        match &self.kept {
            Kept::InMemory(all) => Ok(all.lock().unwrap_or_else(PoisonError::into_inner).get(name).cloned()),
            Kept::In(dir) => {
                let bytes = match std::fs::read(dir.join(name.replace('/', "~"))) {
                    Ok(bytes) => Bytes::from(bytes),
                    Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
                    Err(_) => return Err(BROKEN),
                };
                let end = bytes.iter().position(|byte| *byte == b'\n').ok_or(BROKEN)?;
                let about = serde_json::from_slice(&bytes[..end]).map_err(|_| BROKEN)?;
                Ok(Some(Object { about, bytes: bytes.slice(end + 1..) }))
            }
        }
    }
}

/// Whether it is a name that we give to files: no part of it leads anywhere else.
fn is_name(name: &str) -> bool {
    let known = |byte: u8| byte.is_ascii_alphanumeric() || b"-.".contains(&byte);
    let part = |part: &str| !part.is_empty() && !part.starts_with('.') && part.bytes().all(known);
    name.len() <= 200 && name.split('/').all(part)
}

/// The answer that gives a file, or the part of it that is asked for.
fn given(object: &Object, method: &Method, headers: &HeaderMap, query: &Query) -> Response<ByteStream> {
    let total = object.bytes.len();
    let range = headers.get(header::RANGE).and_then(|value| range(value.to_str().ok()?, total));
    let part = range.clone().map_or_else(|| object.bytes.clone(), |range| object.bytes.slice(range));
    let mime_type = query.get("response-content-type").unwrap_or(&object.about.mime_type);
    let mut answer = Response::builder()
        .header(header::CONTENT_TYPE, mime_type)
        .header(header::CONTENT_LENGTH, part.len())
        .header(header::ACCEPT_RANGES, "bytes");
    if let Some(disposition) = query.get("response-content-disposition") {
        answer = answer.header(header::CONTENT_DISPOSITION, disposition);
    }
    if let Some(range) = range {
        let said = format!("bytes {}-{}/{total}", range.start, range.end.saturating_sub(1));
        answer = answer.status(StatusCode::PARTIAL_CONTENT).header(header::CONTENT_RANGE, said);
    }
    let body = if method == Method::HEAD { Bytes::new() } else { part };
    answer.body(once(body)).unwrap_or_else(|_| Response::new(once(Bytes::new())))
}

/// One range of bytes, by RFC 9110, 14.1.2; none where the whole file is given instead.
fn range(text: &str, total: usize) -> Option<std::ops::Range<usize>> {
    let (first, last) = text.strip_prefix("bytes=")?.split_once('-')?;
    let range = match (first.parse::<usize>(), last.parse::<usize>()) {
        (Ok(first), Ok(last)) => first..last.saturating_add(1).min(total),
        (Ok(first), Err(_)) if last.is_empty() => first..total,
        (Err(_), Ok(many)) if first.is_empty() => total.saturating_sub(many)..total,
        (Ok(_) | Err(_), _) => return None,
    };
    (range.start < range.end).then_some(range)
}

/// The parameters of a query, as they are meant and as they are written.
struct Query(Vec<(String, String, String)>);

impl Query {
    fn parse(text: &str) -> Self {
        let pairs = text.split('&').filter(|pair| !pair.is_empty());
        let one = |pair: &str| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decoded(name), decoded(value), format!("{name}={value}"))
        };
        Self(pairs.map(one).collect())
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, ..)| known == name).map(|(_, value, _)| value.as_str())
    }
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((byte, after)) = rest.split_first() {
        let hex = after.get(..2).filter(|_| *byte == b'%').and_then(|digits| hex::decode(digits).ok());
        match hex {
            Some(decoded) => {
                bytes.extend(decoded);
                rest = &after[2..];
            }
            None => {
                bytes.push(*byte);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A request with what its signature is over.
struct Signed<'a> {
    method: &'a Method,
    uri: &'a http::Uri,
    headers: &'a HeaderMap,
    query: &'a Query,
}

impl Signed<'_> {
    /// Checks the signature as AWS describes it: "Authenticating Requests: Using Query Parameters".
    fn check(&self, secret: &str, now: Timestamp) -> Result<(), Refusal> {
        let parameter = |name: &str| self.query.get(name).ok_or(DENIED);
        if parameter("X-Amz-Algorithm")? != "AWS4-HMAC-SHA256" {
            return Err(DENIED);
        }
        let credential = parameter("X-Amz-Credential")?;
        let scope = credential.split_once('/').map(|(_, scope)| scope).ok_or(DENIED)?;
        let date = parameter("X-Amz-Date")?;
        let lifetime: u64 = parameter("X-Amz-Expires")?.parse().map_err(|_| DENIED)?;
        let signed_at = moment(date).ok_or(DENIED)?;
        let is_over = now >= signed_at.plus(Duration::from_secs(lifetime));
        if lifetime > LONGEST_LINK || is_over || signed_at > now.plus(Duration::from_secs(900)) {
            return Err(DENIED);
        }
        let canonical = self.canonical(parameter("X-Amz-SignedHeaders")?)?;
        let text = format!("AWS4-HMAC-SHA256\n{date}\n{scope}\n{}", hex::encode(Sha256::digest(canonical)));
        let key = scope.split('/').fold(format!("AWS4{secret}").into_bytes(), |key, part| mac(&key, part));
        let expected = hex::encode(mac(&key, &text));
        if parameter("X-Amz-Signature")? == expected { Ok(()) } else { Err(WRONG_SIGNATURE) }
    }

    fn canonical(&self, signed: &str) -> Result<String, Refusal> {
        let mut pairs: Vec<_> =
            self.query.0.iter().filter(|(name, ..)| name != "X-Amz-Signature").map(|(_, _, pair)| pair).collect();
        pairs.sort();
        let pairs: Vec<_> = pairs.into_iter().map(String::as_str).collect();
        let mut headers = String::new();
        for name in signed.split(';') {
            let of_uri = || self.uri.authority().map(ToString::to_string).filter(|_| name == "host");
            let sent = self.headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
            let value = sent.or_else(of_uri).ok_or(WRONG_SIGNATURE)?;
            headers.push_str(&format!("{name}:{}\n", value.trim()));
        }
        if !signed.split(';').any(|name| name == "host") {
            return Err(DENIED);
        }
        let method = self.method;
        let path = self.uri.path();
        Ok(format!("{method}\n{path}\n{}\n{headers}\n{signed}\nUNSIGNED-PAYLOAD", pairs.join("&")))
    }
}

/// A time as signatures write it, `20260921T141320Z`.
fn moment(text: &str) -> Option<Timestamp> {
    let part = |from: usize, to: usize| text.get(from..to);
    let year = part(0, 4)?;
    let month = part(4, 6)?;
    let day = part(6, 8)?;
    let hour = part(9, 11)?;
    let minute = part(11, 13)?;
    let second = part(13, 15)?;
    Timestamp::parse(&format!("{year}-{month}-{day}T{hour}:{minute}:{second}Z"))
}

fn mac(key: &[u8], text: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

fn base64(bytes: &[u8]) -> String {
    use ::base64::Engine;
    ::base64::engine::general_purpose::STANDARD.encode(bytes)
}
