//! Read receipts and the typing indicator: read as they are wanted now, and posted for the newest message of the customer.

use crate::Deps;
use crate::dispatch::DispatchError;
use crate::token::Bearer;
use domain::conversations::Head;
use domain::history::Line;
use domain::signals::{OLDEST_MESSAGE, Show};
use domain::{MessageId, TenantId, Timestamp, Wamid};
use queue::{Record, SignalTask, Verdict};
use seal::SealError;
use whatsapp::Marked;

/// How many messages are looked through at once for the customer's newest one, and how often.
const PAGE: (usize, usize) = (20, 5);

/// After so many receipts of the task it is left to the sweeper, which tries again later.
const MOST_RECEIPTS: u32 = 5;

pub(crate) async fn show(deps: &Deps, record: &Record, task: SignalTask) -> Result<Verdict, DispatchError> {
    let (tenant, id) = (task.tenant, task.signal);
    tracing::Span::current().record("tenant", tenant.digest());
    let Some(signal) = deps.store.signal(tenant, id).await?.filter(|signal| signal.number == task.wish) else {
        return Ok(Verdict::Done);
    };
    let now = deps.clock.now();
    let typing = match signal.show(now) {
        Show::Nothing => {
            deps.store.settle_signal(tenant, &signal).await?;
            return Ok(Verdict::Done);
        }
        Show::Read => false,
        Show::ReadAndTyping => true,
    };
    let channel = deps.store.channel(tenant, id.channel).await?.filter(|channel| channel.read_receipts);
    let head = deps.store.head(tenant, id).await?;
    let (Some(channel), Some(head)) = (channel, head) else {
        deps.store.settle_signal(tenant, &signal).await?;
        return Ok(Verdict::Done);
    };
    let bearer = match Bearer::of(deps, tenant, &channel).await {
        Err(SealError::Unreadable(_)) => {
            deps.store.settle_signal(tenant, &signal).await?;
            return Ok(Verdict::Done);
        }
        bearer => bearer?,
    };
    if let Some(newest) = newest(deps, tenant, &head, typing, now).await? {
        match deps.graph.mark_read(&channel.number, bearer.token(), &newest, typing).await {
            Marked::Again if record.received < MOST_RECEIPTS => return Ok(Verdict::Again(record.backoff())),
            Marked::Again => return Ok(Verdict::Done),
            Marked::Done => tracing::info!(wamid = %newest.digest(), typing, "the customer is shown that we read"),
            Marked::Refused(code) => {
                tracing::warn!(wamid = %newest.digest(), code, "WhatsApp refuses a read receipt");
            }
        }
    }
    deps.store.settle_signal(tenant, &signal).await?;
    Ok(Verdict::Done)
}

/// The customer's newest message that an agent has read; while an agent types, the newest of all. A line that only says
/// something about another message, such as a reaction, is none. None if it is too old.
async fn newest(
    deps: &Deps,
    tenant: TenantId,
    head: &Head,
    typing: bool,
    now: Timestamp,
) -> Result<Option<Wamid>, DispatchError> {
    let read = |arrived: Timestamp| typing || head.read_at.is_some_and(|read_at| arrived <= read_at);
    let (many, times) = PAGE;
    let mut before: Option<MessageId> = None;
    for _ in 0..times {
        let page = deps.store.messages(tenant, head.id, before, many).await?;
        for entry in page.items {
            if now.since(entry.id.at()) >= OLDEST_MESSAGE {
                return Ok(None);
            }
            match entry.line {
                Line::Received(message) if message.content.counts() && read(message.arrived) => {
                    return Ok(Some(message.wamid));
                }
                Line::Received(_) | Line::Sent(_) | Line::Event(_) => {}
            }
        }
        before = page.next.and_then(|mark| mark.parse().ok());
        if before.is_none() {
            return Ok(None);
        }
    }
    Ok(None)
}
