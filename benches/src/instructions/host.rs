//! What a function talks to: Lambda's Runtime API, and DynamoDB, SQS and Secrets Manager over TLS.

use aws_smithy_runtime_api::client::http::HttpConnector;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::body::SdkBody;
use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use emulator::InProcess;
use http::{HeaderMap, StatusCode};
use leadwire::stack::{INBOUND, TABLE};
use runtime::{Clock, Environment, SystemClock};
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use testkit::TestApp;
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::PrivatePkcs8KeyDer;

const HOST: &str = "127.0.0.1";

/// What a function has reported to the Runtime API.
pub(super) enum Report {
    Answer(Value),
    Failure(String),
    /// It asks for an event, and none is left.
    Idle,
}

/// The host of one function.
pub(super) struct Host {
    pub(super) environment: Vec<(&'static str, String)>,
    pub(super) reports: UnboundedReceiver<Report>,
}

#[derive(Clone)]
struct Served {
    services: InProcess,
    secret: String,
    events: Arc<Mutex<VecDeque<String>>>,
    reports: UnboundedSender<Report>,
}

impl Host {
    /// Serves `events`, and writes the certificate that the function has to trust to `trusted`.
    pub(super) async fn start(app: &TestApp, events: Vec<String>, trusted: &Path) -> Self {
        let (sender, reports) = unbounded_channel();
        let services = app.emulator().connector();
        let events = Arc::new(Mutex::new(events.into()));
        let router = Router::new()
            .route("/2018-06-01/runtime/invocation/next", get(next))
            .route("/2018-06-01/runtime/invocation/{id}/response", post(answered))
            .route("/2018-06-01/runtime/invocation/{id}/error", post(failed))
            .route("/2018-06-01/runtime/init/error", post(failed))
            .fallback(aws)
            .with_state(Served { services, secret: testkit::secret(app.account()), events, reports: sender });
        let listener = TcpListener::bind((HOST, 0)).await.expect("a port is free");
        let plain = listener.local_addr().expect("a bound port has an address");
        tokio::spawn(async move { axum::serve(listener, router).await });
        let environment = vec![
            ("AWS_LAMBDA_RUNTIME_API", plain.to_string()),
            ("AWS_LAMBDA_FUNCTION_NAME", "measured".to_owned()),
            ("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST".to_owned()),
            ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512".to_owned()),
            ("AWS_REGION", "us-east-1".to_owned()),
            ("AWS_ACCESS_KEY_ID", "ASIAEXAMPLEEXAMPLEXY".to_owned()),
            ("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY".to_owned()),
            ("AWS_SESSION_TOKEN", "measured".to_owned()),
            ("AWS_ENDPOINT_URL", format!("https://{}", tls(plain, trusted).await)),
            ("SSL_CERT_FILE", trusted.to_string_lossy().into_owned()),
            ("PATH", Environment::of_process().optional("PATH").unwrap_or_default()),
            ("TABLE_NAME", TABLE.to_owned()),
            ("INBOUND_QUEUE_URL", format!("https://sqs.us-east-1.amazonaws.com/000000000000/{INBOUND}")),
            ("SECRET_ID", "measured".to_owned()),
            ("LOG_LEVEL", "info".to_owned()),
            ("STACK", "measured".to_owned()),
        ];
        Self { environment, reports }
    }
}

async fn next(State(served): State<Served>) -> Response {
    let event = served.events.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
    let Some(event) = event else {
        let _ = served.reports.send(Report::Idle);
        return std::future::pending().await;
    };
    let deadline = SystemClock.now().plus(Duration::from_secs(15)).millis().to_string();
    let headers = [
        ("lambda-runtime-aws-request-id", "8476a536-e9f4-11e8-9739-2dfe598c3fcd"),
        ("lambda-runtime-deadline-ms", deadline.as_str()),
        ("lambda-runtime-invoked-function-arn", "arn:aws:lambda:us-east-1:000000000000:function:measured"),
    ];
    (headers, event).into_response()
}

async fn answered(State(served): State<Served>, body: String) -> StatusCode {
    let answer = serde_json::from_str(&body);
    let _ = served.reports.send(answer.map_or_else(|error| Report::Failure(error.to_string()), Report::Answer));
    StatusCode::ACCEPTED
}

async fn failed(State(served): State<Served>, body: String) -> StatusCode {
    let _ = served.reports.send(Report::Failure(body));
    StatusCode::ACCEPTED
}

async fn aws(State(served): State<Served>, headers: HeaderMap, body: String) -> Response {
    let target = headers.get("x-amz-target").and_then(|target| target.to_str().ok()).unwrap_or_default().to_owned();
    if target == "secretsmanager.GetSecretValue" {
        return axum::Json(json!({"Name": "measured", "SecretString": served.secret})).into_response();
    }
    let mut request = HttpRequest::new(SdkBody::from(body));
    request.headers_mut().insert("x-amz-target", target);
    let answer = served.services.call(request).await.expect("the services answer");
    let (parts, body) = answer.try_into_http1x().expect("they answer in HTTP").into_parts();
    (parts.status, parts.headers, body.bytes().unwrap_or_default().to_vec()).into_response()
}

/// Forwards TLS connections to `plain`, and writes the certificate to `trusted`. It gives out no tickets: each connection
/// opens in full, as those to AWS's different hosts do.
async fn tls(plain: SocketAddr, trusted: &Path) -> SocketAddr {
    let own = rcgen::generate_simple_self_signed([HOST.to_owned()]).expect("a certificate can be made");
    std::fs::write(trusted, own.cert.pem()).expect("a file can be written");
    let key = PrivatePkcs8KeyDer::from(own.signing_key.serialize_der()).into();
    let config = ServerConfig::builder().with_no_client_auth().with_single_cert(vec![own.cert.into()], key);
    let mut config = config.expect("key and certificate match");
    config.send_tls13_tickets = 0;
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind((HOST, 0)).await.expect("a port is free");
    let address = listener.local_addr().expect("a bound port has an address");
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let accepted = acceptor.accept(stream);
            tokio::spawn(async move {
                let mut inner = TcpStream::connect(plain).await?;
                copy_bidirectional(&mut accepted.await?, &mut inner).await
            });
        }
    });
    address
}
