//! The console as CloudFront serves it on AWS: the files of `web/dist`, and its page for every path that is no file. Where
//! Node is there, it is built at the first start and after a change of its sources, while everything else runs.

mod build;

use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use http::{HeaderName, Method, StatusCode, header};
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// What the first part of a path is that belongs to others. So does a version of the Graph API, such as `v26.0`.
const NOT_OURS: [&str; 11] =
    ["api", "webhook", "ws", "_sim", "_local", "_media", "_bucket", "local", "customer", "mailbox", "mailbox.json"];

/// Where links in mails lead. Until the console is built, the plain pages of this server answer there.
const MAILED: [&str; 3] = ["/join", "/reset-password", "/verify-email"];

const PERMISSIONS: HeaderName = HeaderName::from_static("permissions-policy");

/// The console of this instance.
#[derive(Clone, Debug)]
pub(crate) struct Console {
    folder: PathBuf,
    policy: String,
    state: Arc<Mutex<Progress>>,
}

/// Why the console is not there yet, if it is not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Progress {
    building: bool,
    /// What to do about it, in one line.
    advice: Option<String>,
}

impl Console {
    /// The console whose sources are in `folder`, for pages of this port.
    pub(crate) fn new(folder: PathBuf, port: u16) -> Self {
        Self { folder, policy: policy(port), state: Arc::default() }
    }

    /// Builds what is missing or older than its sources, on a thread of its own, with progress on stderr.
    pub(crate) fn build(&self) -> build::Building {
        let folder = self.folder.clone();
        let state = Arc::clone(&self.state);
        build::start(folder, move |building, advice| {
            let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
            *state = Progress { building, advice };
        })
    }

    /// `router` with the console at every path that is nobody else's.
    pub(crate) fn around(self, router: Router) -> Router {
        router.layer(from_fn_with_state(self, serve))
    }

    fn dist(&self) -> PathBuf {
        self.folder.join("dist")
    }

    async fn read(&self, path: &str) -> Option<Response> {
        let relative = Path::new(path.trim_start_matches('/'));
        let plain = |part: Component<'_>| match part {
            Component::Normal(name) => !name.to_string_lossy().starts_with('.'),
            Component::CurDir | Component::ParentDir | Component::RootDir | Component::Prefix(_) => false,
        };
        if relative.as_os_str().is_empty() || !relative.components().all(plain) {
            return None;
        }
        let file = self.dist().join(relative);
        let bytes = tokio::task::spawn_blocking(move || std::fs::read(file)).await.ok()?.ok()?;
        // Vite names what it builds by a digest of its content; everything else may change under its name.
        let cache = if path.starts_with("/assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
        let headers = [(header::CONTENT_TYPE, kind(path)), (header::CACHE_CONTROL, cache)];
        Some(self.guarded((headers, bytes).into_response()))
    }

    async fn page(&self) -> Response {
        if let Some(page) = self.read("/index.html").await {
            return page;
        }
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let says = match state {
            Progress { building: true, .. } => "The console is being built. Reload this page in a minute.".to_owned(),
            Progress { advice: Some(advice), .. } => advice,
            Progress { advice: None, .. } => {
                "The console is not built: run `npm ci && npm run build` in web/.".to_owned()
            }
        };
        let headers = [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "no-store")];
        self.guarded((StatusCode::SERVICE_UNAVAILABLE, headers, format!("{says}\n")).into_response())
    }

    /// The headers that the distribution adds on AWS.
    fn guarded(&self, mut response: Response) -> Response {
        let fixed = [
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (header::X_FRAME_OPTIONS, "DENY"),
            (header::REFERRER_POLICY, "strict-origin-when-cross-origin"),
            (PERMISSIONS, "camera=(), geolocation=(), microphone=(self)"),
            (header::CONTENT_SECURITY_POLICY, &self.policy),
        ];
        for (name, value) in fixed {
            if let Ok(value) = value.parse() {
                response.headers_mut().insert(name, value);
            }
        }
        response
    }
}

/// What the console's page may load: its own files and the WebSocket of this instance, which some browsers do not take
/// for its own origin.
fn policy(port: u16) -> String {
    let sockets = ["localhost", "127.0.0.1"].map(|host| format!("ws://{host}:{port}")).join(" ");
    format!(
        "default-src 'self'; img-src 'self' data: blob:; media-src 'self' data: blob:; connect-src 'self' {sockets}; \
         worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
    )
}

fn kind(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// A file, or the console's page where the path names a place in the console: it has no ending.
async fn serve(State(console): State<Console>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if ![Method::GET, Method::HEAD].contains(request.method()) || is_of_others(path) {
        return next.run(request).await;
    }
    if MAILED.contains(&path) {
        return match console.read("/index.html").await {
            Some(page) => page,
            None => next.run(request).await,
        };
    }
    match console.read(path).await {
        Some(file) => file,
        None if path.rsplit('/').next().is_some_and(|last| last.contains('.')) => StatusCode::NOT_FOUND.into_response(),
        None => console.page().await,
    }
}

fn is_of_others(path: &str) -> bool {
    let first = path.split('/').nth(1).unwrap_or_default();
    let is_version = first.strip_prefix('v').is_some_and(|rest| rest.starts_with(|sign: char| sign.is_ascii_digit()));
    is_version || NOT_OURS.contains(&first)
}
