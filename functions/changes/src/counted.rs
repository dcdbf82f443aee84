//! What a batch of records adds to the figures.

use crate::{Batch, Deps};
use domain::TenantId;
use domain::insight::figures::HalfHour;
use std::collections::BTreeMap;
use store::StoreError;
use store::insight::figures::{Counted, Sequence};
use store::reliability::counted::{Difference, differences, moves};

/// How many half hours are written side by side.
const AT_ONCE: usize = 16;

/// Counts the records of the batch, each once however often the batch comes.
pub(crate) async fn count(deps: &Deps, batch: &Batch) -> Result<(), StoreError> {
    let mut counted: BTreeMap<(TenantId, HalfHour), Vec<Counted>> = BTreeMap::new();
    let mut standing: BTreeMap<TenantId, Vec<Counted>> = BTreeMap::new();
    for record in &batch.event.records {
        let change = &record.change;
        let sequence = Sequence::new(change.sequence_number.as_deref().unwrap_or_default());
        if let Some((tenant, tally)) = moves(&change.keys, &change.old_image, &change.new_image) {
            let counted = tally.iter().map(|(figure, times)| Counted { sequence: sequence.clone(), figure, times });
            standing.entry(tenant).or_default().extend(counted);
        }
        for Difference { tenant, half_hour, figure, times } in
            differences(&change.keys, &change.old_image, &change.new_image)
        {
            counted.entry((tenant, half_hour)).or_default().push(Counted { sequence: sequence.clone(), figure, times });
        }
    }
    let now = deps.clock.now();
    let counted: Vec<_> = counted.into_iter().collect();
    for some in counted.chunks(AT_ONCE) {
        let writes = some.iter().map(|((tenant, half_hour), records)| {
            deps.store.tenant(*tenant).count(*half_hour, &batch.shard_id, records, now)
        });
        futures::future::try_join_all(writes).await?;
    }
    let standing: Vec<_> = standing.into_iter().collect();
    for some in standing.chunks(AT_ONCE) {
        let writes = some
            .iter()
            .map(|(tenant, records)| deps.store.tenant(*tenant).count_standing(&batch.shard_id, records, now));
        futures::future::try_join_all(writes).await?;
    }
    Ok(())
}
