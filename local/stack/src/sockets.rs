//! What API Gateway does for a WebSocket: the handshake, each frame and the end become events of `realtime`, and what is
//! posted to a connection reaches its browser. As on AWS, nothing can be posted before the handshake is over.

use aws_lambda_events::apigw::ApiGatewayWebsocketProxyRequest;
use axum::extract::ws::{Message, WebSocket};
use axum::extract::{ConnectInfo, Request, State, WebSocketUpgrade};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{RequestPartsExt, Router};
use emulator::Connections;
use emulator::connections::Sent;
use http::{StatusCode, header};
use runtime::{Clock, Random};
use serde_json::{Value, json};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::time::{Instant, sleep_until};

/// API Gateway ends a connection on which nothing is said for so long …
const IDLE: Duration = Duration::from_secs(600);

/// … and each after so long.
const LONGEST: Duration = domain::inbox::realtime::LONGEST;

/// API Gateway takes frames of at most 32 KB.
const MAX_FRAME: usize = 32 * 1024;

/// The WebSocket API in front of `realtime`.
#[derive(Clone, Debug)]
pub struct Sockets {
    realtime: Arc<realtime::Deps>,
    connections: Connections,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
}

/// A connection whose handshake is over.
#[derive(Debug)]
pub struct Socket {
    sockets: Sockets,
    id: String,
    sent: UnboundedReceiver<Sent>,
}

impl Sockets {
    /// The WebSocket API in front of this function.
    #[must_use]
    pub const fn new(
        realtime: Arc<realtime::Deps>,
        connections: Connections,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
    ) -> Self {
        Self { realtime, connections, clock, random }
    }

    /// Asks for a connection with this query.
    ///
    /// # Errors
    /// The status by which the handshake is refused.
    pub async fn connect(&self, query: &str, from: IpAddr) -> Result<Socket, StatusCode> {
        let id = self.ask(query, from).await?;
        Ok(self.opened(id))
    }

    /// The name of the connection that is to be opened, if `realtime` has it opened.
    async fn ask(&self, query: &str, from: IpAddr) -> Result<String, StatusCode> {
        let id = format!("{:032x}", self.random.u128());
        let parameters: Vec<(String, String)> = serde_urlencoded(query);
        let parameters: serde_json::Map<_, _> =
            parameters.into_iter().map(|(name, value)| (name, Value::from(value))).collect();
        let more = json!({ "queryStringParameters": parameters });
        let status = self.tell(&id, "$connect", "CONNECT", &from.to_string(), &more).await;
        if status == 200 { Ok(id) } else { Err(refused(status)) }
    }

    fn opened(&self, id: String) -> Socket {
        let sent = self.connections.open(&id);
        Socket { sockets: self.clone(), id, sent }
    }

    async fn tell(&self, id: &str, route: &str, kind: &str, from: &str, more: &Value) -> i64 {
        let now = self.clock.now().millis();
        let mut event = json!({
            "requestContext": {
                "routeKey": route,
                "eventType": kind,
                "connectionId": id,
                "messageDirection": "IN",
                "stage": "ws",
                "apiId": "local",
                "domainName": "localhost",
                "requestId": format!("{:032x}", self.random.u128()),
                "connectedAt": now,
                "requestTimeEpoch": now,
                "identity": { "sourceIp": from },
            },
            "isBase64Encoded": false,
        });
        event["requestContext"]["messageId"] = json!(format!("{:032x}", self.random.u128()));
        if let (Some(event), Some(more)) = (event.as_object_mut(), more.as_object()) {
            event.extend(more.clone());
        }
        match serde_json::from_value::<ApiGatewayWebsocketProxyRequest>(event) {
            Ok(event) => realtime::handle(&self.realtime, event).await.status_code,
            Err(error) => {
                tracing::error!(%error, "an event of a connection cannot be written");
                500
            }
        }
    }
}

/// The pairs of a query.
fn serde_urlencoded(query: &str) -> Vec<(String, String)> {
    let url = reqwest::Url::parse(&format!("ws://localhost/?{query}"));
    url.map(|url| url.query_pairs().into_owned().collect()).unwrap_or_default()
}

fn refused(status: i64) -> StatusCode {
    u16::try_from(status).ok().and_then(|status| StatusCode::from_u16(status).ok()).unwrap_or(StatusCode::BAD_GATEWAY)
}

impl Socket {
    /// The connection's name.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The browser says something.
    pub async fn say(&self, text: &str) {
        self.sockets.tell(&self.id, "$default", "MESSAGE", "127.0.0.1", &json!({ "body": text })).await;
    }

    /// What has been sent to the browser and not been read; none if there is nothing.
    pub fn received(&mut self) -> Option<Sent> {
        self.sent.try_recv().ok()
    }

    /// The connection is over.
    pub async fn end(self) {
        self.sockets.connections.forget(&self.id);
        let more = json!({ "disconnectStatusCode": 1000 });
        self.sockets.tell(&self.id, "$disconnect", "DISCONNECT", "127.0.0.1", &more).await;
    }

    /// Carries frames both ways until one side ends the connection.
    async fn carry(mut self, mut socket: WebSocket) {
        let ends = Instant::now() + LONGEST;
        let mut idle = Instant::now() + IDLE;
        loop {
            tokio::select! {
                sent = self.sent.recv() => match sent {
                    Some(Sent::Frame(text)) => {
                        idle = Instant::now() + IDLE;
                        if socket.send(Message::Text(text.into())).await.is_err() {
                            break;
                        }
                    }
                    Some(Sent::Close) | None => {
                        let _ = socket.send(Message::Close(None)).await;
                        break;
                    }
                },
                heard = socket.recv() => match heard {
                    Some(Ok(Message::Text(text))) => {
                        idle = Instant::now() + IDLE;
                        self.say(text.as_str()).await;
                    }
                    Some(Ok(Message::Binary(_) | Message::Ping(_) | Message::Pong(_))) => {}
                    Some(Ok(Message::Close(_)) | Err(_)) | None => break,
                },
                () = sleep_until(ends.min(idle)) => {
                    let _ = socket.send(Message::Close(None)).await;
                    break;
                }
            }
        }
        self.end().await;
    }
}

/// `/ws`, as a browser reaches it.
pub(crate) fn served(sockets: Sockets) -> Router {
    Router::new().route("/ws", get(upgrade)).with_state(sockets)
}

/// A WebSocket at `/`, where front ends that link phones connect; anything else at `/` is served as it is without this.
pub(crate) async fn at_root(State(sockets): State<Sockets>, request: Request, next: Next) -> Response {
    if request.uri().path() == "/" && request.headers().contains_key(header::SEC_WEBSOCKET_KEY) {
        return upgrade(State(sockets), request).await;
    }
    next.run(request).await
}

async fn upgrade(State(sockets): State<Sockets>, request: Request) -> Response {
    let from = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let from = from.map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |ConnectInfo(peer)| peer.ip());
    let query = request.uri().query().unwrap_or_default().to_owned();
    let (mut parts, _) = request.into_parts();
    let upgrade = match parts.extract::<WebSocketUpgrade>().await {
        Ok(upgrade) => upgrade.max_message_size(MAX_FRAME),
        Err(rejection) => return rejection.into_response(),
    };
    match sockets.ask(&query, from).await {
        Ok(id) => upgrade.on_upgrade(move |socket| async move { sockets.opened(id).carry(socket).await }),
        Err(status) => status.into_response(),
    }
}
