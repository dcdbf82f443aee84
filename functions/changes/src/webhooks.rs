//! What a batch of records tells the webhooks of each business: a delivery for each event and each webhook that asks for
//! it. A business without webhooks costs one small read.

use crate::{Batch, Deps};
use domain::TenantId;
use domain::access::webhooks::WebhookEvent;
use std::collections::BTreeMap;
use store::StoreError;
use store::reliability::happened::happened;

/// How many deliveries are written side by side.
const AT_ONCE: usize = 16;

/// Writes the deliveries of the batch, each once however often the batch comes.
pub(crate) async fn write_deliveries(deps: &Deps, batch: &Batch) -> Result<(), StoreError> {
    let mut events: BTreeMap<TenantId, Vec<WebhookEvent>> = BTreeMap::new();
    for record in &batch.event.records {
        let change = &record.change;
        let sequence = change.sequence_number.as_deref().unwrap_or_default();
        if let Some((tenant, event)) = happened(&change.keys, &change.old_image, &change.new_image, sequence) {
            events.entry(tenant).or_default().push(event);
        }
    }
    let of_tenants = events.iter().map(|(tenant, events)| write_of_tenant(deps, *tenant, events));
    futures::future::try_join_all(of_tenants).await.map(|_| ())
}

async fn write_of_tenant(deps: &Deps, tenant: TenantId, events: &[WebhookEvent]) -> Result<(), StoreError> {
    let webhooks = deps.store.tenant(tenant).webhooks().await?;
    let wanted = events.iter().flat_map(|event| {
        webhooks.iter().filter(|webhook| webhook.wants(event.event_type)).map(move |webhook| (webhook.id, event))
    });
    let wanted: Vec<_> = wanted.collect();
    let now = deps.clock.now();
    for some in wanted.chunks(AT_ONCE) {
        let writes = some.iter().map(|(webhook, event)| deps.store.tenant(tenant).add_delivery(*webhook, event, now));
        futures::future::try_join_all(writes).await?;
    }
    Ok(())
}
