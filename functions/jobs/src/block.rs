//! A lead that was blocked or unblocked here: WhatsApp is asked to do the same for each number on which the lead has a
//! conversation. WhatsApp blocks only users who wrote within 24 hours; for us the lead is blocked all the same.

use crate::token::token;
use crate::{Deps, JobError};
use domain::crm::blocks::{MOST_TRIES, PAUSE};
use domain::inbox::outbound_messages::Address;
use domain::{LeadId, TenantId, Text};

/// Takes the step `step`, unless it is done or another worker takes it.
pub(crate) async fn tell(deps: &Deps, tenant: TenantId, id: LeadId, step: u32) -> Result<(), JobError> {
    let store = deps.store.tenant(tenant);
    let Some((block, tries)) = store.claim_block(id, step, deps.clock.now()).await? else { return Ok(()) };
    let Some(lead) = store.lead(id).await? else { return Ok(()) };
    let mut refusal = None;
    for conversation in &lead.conversations {
        let Some(channel) = store.channel(conversation.channel).await?.filter(|channel| channel.is_connected()) else {
            continue;
        };
        let first = conversation.history.first_lead();
        let holder = if first == id { Some(lead.clone()) } else { store.lead(first).await? };
        let Some(holder) = holder else { continue };
        let phone = holder.phone.map(Address::Phone);
        let Some(who) = phone.or_else(|| holder.bsuid.map(Address::Bsuid)) else { continue };
        let token = token(deps, tenant, &channel).await?;
        match deps.graph.block(&channel.number, &token, &who, block.blocked).await {
            Ok(Ok(())) => {}
            Ok(Err(refused)) => refusal = Some(Text::new(refused.said)),
            Err(unanswered) if tries < MOST_TRIES => {
                tracing::warn!(error = %unanswered, "WhatsApp is asked again to block a user");
                return Ok(store.put_off_block(id, step, deps.clock.now().plus(PAUSE)).await?);
            }
            Err(unanswered) => refusal = Some(Text::new(unanswered.to_string())),
        }
    }
    tracing::info!(lead.id = %id, blocked = block.blocked, refused = refusal.is_some(), "asked WhatsApp to block a user");
    Ok(store.settle_block(id, step, refusal.as_ref()).await?)
}
