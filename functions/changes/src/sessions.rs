//! What front ends that link phones are told: how a session is, and which messages its number received.

use crate::told::Changes;
use domain::access::permissions::Permission;
use domain::access::users::User;
use domain::channels::sessions::{PhoneSession, SessionState};
use domain::inbox::conversations::Conversation;
use domain::inbox::history::Line;
use domain::inbox::realtime::may_see;
use domain::{ConversationId, TenantId, Timestamp};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use store::channels::channels::Channel;
use store::{Store, StoreError};

/// What is told of one batch.
#[derive(Debug, Default)]
pub(crate) struct News {
    sessions: Vec<String>,
    messages: Vec<(Conversation, Received)>,
}

/// A message as it is told; the customer's phone is masked for some.
#[derive(Debug)]
struct Received {
    frame: Value,
    phone: Option<String>,
}

impl News {
    /// Reads what the frames say.
    pub(crate) async fn read(
        store: &Store,
        tenant: TenantId,
        changes: &Changes,
        now: Timestamp,
    ) -> Result<Self, StoreError> {
        let tenant = store.tenant(tenant);
        let (all, channels) = futures::future::try_join(tenant.phone_sessions(), tenant.all_channels()).await?;
        let is_told = |session: &&PhoneSession| {
            let channel = session.channel();
            changes.phone_sessions.contains(&session.id) || channel.is_some_and(|id| changes.channels.contains(&id))
        };
        let sessions = all.iter().filter(is_told).flat_map(|session| told(session, &channels, now)).collect();
        let mut messages = Vec::new();
        for (history, id) in &changes.messages {
            let Some(entry) = tenant.entry(*history, *id).await? else { continue };
            let Some(here) = entry.conversation(*history) else { continue };
            let session = all.iter().find(|session| session.channel() == Some(here.channel));
            let (Some(session), Line::Received(message)) = (session, &entry.line) else { continue };
            if message.imported {
                continue;
            }
            let frame = json!({
                "type": "message_received",
                "sessionId": session.id,
                "message": {
                    "id": entry.id,
                    "conversationId": here,
                    "type": message.content.kind(),
                    "text": message.content.readable(),
                    "timestamp": entry.at().seconds(),
                },
            });
            messages.push((here, frame));
        }
        let ids: BTreeSet<ConversationId> = messages.iter().map(|(id, _)| *id).collect();
        let conversations = tenant.conversations(&ids.into_iter().collect::<Vec<_>>()).await?;
        let mut received = Vec::new();
        for (id, frame) in messages {
            let Some(conversation) = conversations.iter().find(|conversation| conversation.id == id) else { continue };
            let lead = tenant.lead(conversation.lead).await?;
            let phone = lead.and_then(|lead| lead.phone).map(|phone| phone.e164());
            received.push((conversation.clone(), Received { frame, phone }));
        }
        Ok(Self { sessions, messages: received })
    }

    /// The frames for `user`.
    pub(crate) fn frames(&self, user: &User) -> Vec<String> {
        if !user.role.may(Permission::ReadInbox) {
            return Vec::new();
        }
        let seen = self.messages.iter().filter(|(conversation, _)| may_see(user, conversation));
        let received = seen.map(|(_, received)| {
            let mut frame = received.frame.clone();
            let phone = received.phone.as_deref().filter(|_| !user.visibility.masks_phones);
            frame["message"]["from"] = json!(phone);
            frame.to_string()
        });
        self.sessions.iter().cloned().chain(received).collect()
    }
}

/// What is told of one session.
fn told(session: &PhoneSession, channels: &[Channel], now: Timestamp) -> Vec<String> {
    let channel = session.channel().and_then(|id| channels.iter().find(|channel| channel.id == id));
    let status = session.state(channel.map(Channel::linked), now);
    let update = json!({
        "type": "status_update", "sessionId": session.id, "status": status, "error": session.error(now),
    });
    let ready = json!({"type": "session_ready", "sessionId": session.id, "phoneNumber": session.phone});
    let is_ready = status == SessionState::Connected;
    is_ready.then_some(ready).into_iter().chain([update]).map(|frame| frame.to_string()).collect()
}
