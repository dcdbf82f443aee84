//! A browser that is connected, as the API's own socket serves it.

use crate::{NOW, TestApp};
use domain::access::sessions::Session;
use domain::access::users::{EmailAddress, Role, User};
use domain::ids::SessionId;
use domain::{Secret, Text, UserId};
use emulator::connections::Sent;
use http::StatusCode;
use leadwire::sockets::Socket;
use serde_json::{Value, json};
use std::net::{IpAddr, Ipv4Addr};

/// A browser that is connected.
#[derive(Debug)]
pub struct Browser {
    socket: Socket,
    closed: bool,
}

/// A colleague of the owner, who has signed in.
#[derive(Clone, Debug)]
pub struct Colleague {
    /// Who.
    pub id: UserId,
    /// Under which session.
    pub session: SessionId,
    /// Their access token, good for a quarter of an hour.
    pub token: String,
}

impl Browser {
    /// What was sent to it since it was asked last, in order.
    pub fn frames(&mut self) -> Vec<Value> {
        let mut frames = Vec::new();
        while let Some(sent) = self.socket.received() {
            match sent {
                Sent::Frame(text) => frames.push(serde_json::from_str(&text).expect("a frame is JSON")),
                Sent::Close => self.closed = true,
            }
        }
        frames
    }

    /// The same, of one type.
    pub fn frames_of(&mut self, kind: &str) -> Vec<Value> {
        self.frames().into_iter().filter(|frame| frame["type"] == kind).collect()
    }

    /// Whether the other side has closed the connection.
    pub fn is_closed(&mut self) -> bool {
        self.frames();
        self.closed
    }

    /// Says something.
    pub async fn says(&self, frame: Value) {
        self.socket.say(&frame.to_string()).await;
    }

    /// Says something that may be no JSON.
    pub async fn says_text(&self, text: &str) {
        self.socket.say(text).await;
    }

    /// Shows a conversation.
    pub async fn opens(&self, conversation: &str) {
        self.says(json!({"type": "open", "conversationId": conversation})).await;
    }

    /// Goes away.
    pub async fn leaves(self) {
        self.socket.end().await;
    }
}

impl TestApp {
    /// A browser of the owner that has been greeted.
    pub async fn browser(&self) -> Browser {
        self.browser_of(&self.token()).await
    }

    /// A browser of the bearer of `token` that has been greeted.
    pub async fn browser_of(&self, token: &str) -> Browser {
        let ticket = self.ticket_of(token).await;
        let mut browser = self.connect(&ticket).await.expect("the ticket opens a connection");
        self.settle().await;
        assert_eq!(browser.frames(), [json!({"type": "hello", "heartbeatSeconds": 300})]);
        browser
    }

    /// A ticket for the bearer of `token`.
    pub async fn ticket_of(&self, token: &str) -> String {
        let request = crate::request(token, http::Method::POST, "/api/realtime/ticket", &[], None);
        let answer = self.ask(request).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        answer.str("ticket").to_owned()
    }

    /// Connects by a ticket.
    ///
    /// # Errors
    /// The status by which the handshake is refused.
    pub async fn connect(&self, ticket: &str) -> Result<Browser, StatusCode> {
        let from = IpAddr::V4(Ipv4Addr::LOCALHOST);
        let socket = self.stack().sockets().connect(&format!("ticket={ticket}"), from).await?;
        Ok(Browser { socket, closed: false })
    }

    /// Somebody who works for the same business and has signed in.
    pub async fn colleague(&self, name: &str, role: Role) -> Colleague {
        let tenant = self.account().tenant;
        let store = self.stack().store();
        let id = UserId::from_parts(NOW, self.random().u128());
        let email = EmailAddress::parse(&format!("{name}@example.com")).expect("a name makes an address");
        let user = User::new(id, tenant, role, Text::new(name), email);
        let made = store.create_user(&user, &Secret::new("a hash that no password has")).await;
        assert!(made.expect("a person can be made"));
        let session = SessionId::from_parts(self.now(), self.random().u128());
        let begun = Session::begun(session, tenant, id, 0, "a test");
        store.open_session(&begun, name, None).await.expect("a session can be opened");
        let token = self.stack().functions().tokens.issue(&begun, self.now()).expect("a token can be signed");
        Colleague { id, session, token }
    }
}
