//! Time to live: what has expired is removed some time later, by the service itself.

use super::streams::Reader;
use super::{Place, n, names};
use crate::case::{Case, Verdict, cases, same, there};
use aws_sdk_dynamodb::types::TimeToLiveStatus;
use aws_sdk_dynamodbstreams::types::OperationType;
use std::time::Duration;

/// How often to look, and how far apart, for a removal: longer than an emulator's sweeper rests. AWS may take days,
/// which is no disagreement.
const LOOKS: usize = 30;
const BETWEEN_LOOKS: Duration = Duration::from_secs(5);

pub(super) const CASES: &[Case<Place>] = cases![
    our_table_expires_by_time,
    what_has_expired_is_read_until_it_is_removed,
    a_removal_by_time_is_a_record_of_the_service,
];

/// API_DescribeTimeToLive.
async fn our_table_expires_by_time(place: Place) -> Verdict {
    let answer = place.client().describe_time_to_live().table_name(&place.table).send().await?;
    let expiry = there("description", answer.time_to_live_description)?;
    same("the attribute", expiry.attribute_name(), Some(store::schema::EXPIRES))?;
    same("the status", expiry.time_to_live_status(), Some(&TimeToLiveStatus::Enabled))
}

/// TTL: items that have expired and are not deleted yet still appear in reads and queries, and can be updated.
async fn what_has_expired_is_read_until_it_is_removed(place: Place) -> Verdict {
    match is_read(&place).await {
        // A sweeper may have come by, but not twice in a row.
        Err(_) => is_read(&place).await,
        read => read,
    }
}

async fn is_read(place: &Place) -> Verdict {
    let mut item = place.item("it", [(store::schema::EXPIRES, n(1_700_000_000))]);
    place.put(item.clone()).send().await?;
    same("the item", place.get("it").await?, Some(item.clone()))?;
    same("what a query finds", names(&place.query("").send().await?), vec!["it".to_owned()])?;
    item.insert("a".to_owned(), n(1));
    let update = place.update("it", "SET a = :a").expression_attribute_values(":a", n(1)).send().await?;
    same("the updated item", update.attributes, Some(item))
}

/// time-to-live-ttl-streams: a removal by time is a REMOVE whose user identity is `dynamodb.amazonaws.com`.
async fn a_removal_by_time_is_a_record_of_the_service(place: Place) -> Verdict {
    let reader = Reader::new(&place).await?;
    place.put(place.item("it", [(store::schema::EXPIRES, n(1_700_000_000))])).send().await?;
    for _ in 0..LOOKS {
        place.world.pass(BETWEEN_LOOKS).await;
        if place.get("it").await?.is_none() {
            return was_removed_by_time(&reader).await;
        }
    }
    Ok(())
}

async fn was_removed_by_time(reader: &Reader) -> Verdict {
    let records: Vec<_> = reader.records(2).await?.into_iter().map(|record| (record.kind, record.by)).collect();
    let service = Some("dynamodb.amazonaws.com".to_owned());
    same("the records", records, vec![(OperationType::Insert, None), (OperationType::Remove, service)])
}
