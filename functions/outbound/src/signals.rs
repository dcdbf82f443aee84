//! Read receipts and the typing indicator: read as they are wanted now, and posted for the newest message of the customer.

use crate::Deps;
use crate::dispatch::DispatchError;
use crate::token::Bearer;
use domain::channels::channels::Sending;
use domain::inbox::conversations::Conversation;
use domain::inbox::history::{Line, Received};
use domain::inbox::signals::{OLDEST_MESSAGE, Show};
use domain::{MessageId, TenantId, Timestamp, Wamid};
use encryption::EncryptionError;
use queue::{Record, SignalTask, Verdict};
use store::channels::channels::Channel;
use whatsapp::Marked;

/// How many messages are looked through at once for the customer's newest one, and how often.
const PAGE: (usize, usize) = (20, 5);

/// After so many receipts of the task it is left to the sweeper, which tries again later.
const MOST_RECEIPTS: u32 = 5;

pub(crate) async fn show(deps: &Deps, record: &Record, task: SignalTask) -> Result<Verdict, DispatchError> {
    let tenant = task.tenant;
    let store = deps.store.tenant(tenant);
    let id = task.signal;
    tracing::Span::current().record("tenant", tenant.digest());
    let Some(signal) = store.signal(id).await?.filter(|signal| signal.number == task.wish) else {
        return Ok(Verdict::Done);
    };
    let now = deps.clock.now();
    let typing = match signal.show(now) {
        Show::Nothing => {
            store.settle_signal(&signal).await?;
            return Ok(Verdict::Done);
        }
        Show::Read => false,
        Show::ReadAndTyping => true,
    };
    let shows = |channel: &Channel| channel.read_receipts && channel.sending == Sending::Active;
    let channel = store.channel(id.channel).await?.filter(shows);
    let conversation = store.conversation(id).await?;
    let (Some(channel), Some(conversation)) = (channel, conversation) else {
        store.settle_signal(&signal).await?;
        return Ok(Verdict::Done);
    };
    let bearer = match Bearer::resolve(deps, tenant, &channel).await {
        Err(EncryptionError::Unreadable(_)) => {
            store.settle_signal(&signal).await?;
            return Ok(Verdict::Done);
        }
        bearer => bearer?,
    };
    if let Some(newest) = newest(deps, tenant, &conversation, typing, now).await? {
        match deps.graph.mark_read(&channel.number, bearer.token(), &newest, typing).await {
            Marked::Again if record.received < MOST_RECEIPTS => return Ok(Verdict::Again(record.backoff())),
            Marked::Again => return Ok(Verdict::Done),
            Marked::Done => tracing::info!(wamid = %newest.digest(), typing, "the customer is shown that we read"),
            Marked::Refused(code) => {
                tracing::warn!(wamid = %newest.digest(), code, "WhatsApp refuses a read receipt");
            }
        }
    }
    store.settle_signal(&signal).await?;
    Ok(Verdict::Done)
}

/// The customer's newest message that an agent has read; while an agent types, the newest of all. A line that only says
/// something about another message, such as a reaction, is none, nor is one of a phone's past. None if it is too old.
async fn newest(
    deps: &Deps,
    tenant: TenantId,
    conversation: &Conversation,
    typing: bool,
    now: Timestamp,
) -> Result<Option<Wamid>, DispatchError> {
    let read = |arrived: Timestamp| typing || conversation.read_at.is_some_and(|read_at| arrived <= read_at);
    let is_new = |message: &Received| message.content.opens_window() && !message.imported;
    let (many, times) = PAGE;
    let mut before: Option<MessageId> = None;
    for _ in 0..times {
        let page = deps.store.tenant(tenant).messages(conversation.id, before, many).await?;
        for entry in page.items {
            if now.since(entry.id.at()) >= OLDEST_MESSAGE {
                return Ok(None);
            }
            match entry.line {
                Line::Received(message) if is_new(&message) && read(message.arrived) => {
                    return Ok(Some(message.wamid));
                }
                Line::Received(_) | Line::Sent(_) | Line::Echo(_) | Line::Event(_) => {}
            }
        }
        before = page.next.and_then(|mark| mark.parse().ok());
        if before.is_none() {
            return Ok(None);
        }
    }
    Ok(None)
}
