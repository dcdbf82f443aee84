//! Held messages of a channel that sends again: they are queued, the oldest first, a page at a step. What becomes of each
//! is decided when it is dispatched. While Meta refuses the channel, the oldest alone is posted from time to time: once
//! Meta takes it, the others follow.

use crate::{Deps, JobError};
use domain::channels::channels::Sending;
use domain::inbox::outbound_messages::SendState;
use domain::{ChannelId, TenantId};
use store::TenantStore;
use store::channels::resumes::PROBE_PAUSE;

/// How many messages one step queues: one after the other they take some two seconds.
const PAGE: usize = 100;

/// Takes the step `step` of releasing what the channel holds, unless it is done or another worker takes it.
pub(crate) async fn release(deps: &Deps, tenant: TenantId, channel: ChannelId, step: u32) -> Result<(), JobError> {
    let store = deps.store.tenant(tenant);
    let Some(holds) = store.claim_resume(channel, step, deps.clock.now()).await? else { return Ok(()) };
    let sending = store.channel_now(channel).await?.map_or(Sending::Disconnected, |channel| channel.sending);
    match sending {
        // What resumes the channel begins anew.
        Sending::Paused => Ok(store.end_resume(channel, step, holds).await?),
        Sending::Refused => {
            // What is held later has it watched again.
            if page(deps, store, channel, 1, true).await? == 0 {
                return Ok(store.end_resume(channel, step, holds).await?);
            }
            Ok(store.put_off_resume(channel, step, deps.clock.now().plus(PROBE_PAUSE)).await?)
        }
        Sending::Active | Sending::Disconnected => {
            if page(deps, store, channel, PAGE, false).await? < PAGE {
                return Ok(store.end_resume(channel, step, holds).await?);
            }
            Ok(store.next_resume_step(channel, step, deps.clock.now()).await?)
        }
    }
}

/// Queues the first `most` messages of the channel's list, and tells how many stood there.
async fn page(
    deps: &Deps,
    store: TenantStore<'_>,
    channel: ChannelId,
    most: usize,
    probe: bool,
) -> Result<usize, JobError> {
    let held = store.held(channel, most).await?;
    for (history, id) in &held {
        if store.release(channel, *history, *id, probe, deps.clock.now()).await? {
            continue;
        }
        let there = store.outbound_message(*history, *id).await?;
        let is_held =
            there.is_some_and(|send| matches!(send.state, SendState::Held(_)) && send.delivery.shown().is_none());
        if !is_held {
            store.forget_held(channel, *id).await?;
        }
    }
    let count = held.len();
    if count > 0 {
        tracing::info!(channel.id = %channel, count, probe, "held messages are queued again");
    }
    Ok(count)
}
