//! The embedded services behind a socket, plain or with TLS, and a secret beside them.

use aws_smithy_runtime_api::client::http::HttpConnector;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::body::SdkBody;
use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::serve::Listener;
use emulator::InProcess;
use http::HeaderMap;
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use serde_json::json;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::PrivatePkcs8KeyDer;
use tokio_rustls::server::TlsStream;

/// Where they listen; the certificate is made out to it.
const HOST: &str = "127.0.0.1";

/// The services.
#[derive(Clone, Debug)]
pub(super) struct Services {
    /// DynamoDB and SQS.
    pub(super) emulated: InProcess,
    /// What Secrets Manager gives.
    pub(super) secret: String,
}

impl Services {
    /// Serves them over plain HTTP, and says where.
    pub(super) async fn serve(self) -> String {
        let listener = listener().await;
        format!("http://{}", self.serve_on(listener))
    }

    /// Serves them over TLS, and says where.
    pub(super) async fn serve_tls(self, host: ServerConfig) -> String {
        let listener = Tls { listener: listener().await, acceptor: TlsAcceptor::from(Arc::new(host)) };
        format!("https://{}", self.serve_on(listener))
    }

    fn serve_on<L: Listener<Addr = SocketAddr>>(self, listener: L) -> SocketAddr {
        let address = listener.local_addr().expect("a bound port has an address");
        let router = Router::new().fallback(answer).with_state(self);
        tokio::spawn(async move { axum::serve(listener, router).await });
        address
    }
}

async fn listener() -> TcpListener {
    TcpListener::bind((HOST, 0)).await.expect("a port is free")
}

async fn answer(State(services): State<Services>, headers: HeaderMap, body: String) -> Response {
    let target = headers.get("x-amz-target").and_then(|target| target.to_str().ok()).unwrap_or_default().to_owned();
    if target == "secretsmanager.GetSecretValue" {
        return axum::Json(json!({"Name": "measured", "SecretString": services.secret})).into_response();
    }
    let mut request = HttpRequest::new(SdkBody::from(body));
    request.headers_mut().insert("x-amz-target", target);
    let answer = services.emulated.call(request).await.expect("the services answer");
    let (parts, body) = answer.try_into_http1x().expect("what they answer is HTTP").into_parts();
    (parts.status, parts.headers, body.bytes().unwrap_or_default().to_vec()).into_response()
}

/// A host with a certificate of this moment, and the authority that gave it (PEM). Every connection is opened in full:
/// AWS's services are several hosts, and none of them knows the other's tickets.
pub(super) fn host() -> (ServerConfig, String) {
    let key = || KeyPair::generate().expect("a key can be made");
    let mut params = CertificateParams::default();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let issuer_key = key();
    let authority = params.self_signed(&issuer_key).expect("an authority can be made");
    let (host_key, issuer) = (key(), Issuer::new(params, issuer_key));
    let name = CertificateParams::new([HOST.to_owned()]).expect("an address is a name");
    let certificate = name.signed_by(&host_key, &issuer).expect("a certificate can be made");
    let private = PrivatePkcs8KeyDer::from(host_key.serialize_der()).into();
    let mut config = ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.into()], private)
        .expect("key and certificate belong together");
    config.send_tls13_tickets = 0;
    (config, authority.pem())
}

/// A listener whose connections speak TLS.
struct Tls {
    listener: TcpListener,
    acceptor: TlsAcceptor,
}

impl Listener for Tls {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        loop {
            let (stream, address) = Listener::accept(&mut self.listener).await;
            if let Ok(stream) = self.acceptor.accept(stream).await {
                return (stream, address);
            }
        }
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        self.listener.local_addr()
    }
}
