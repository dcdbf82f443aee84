//! Lists that are longer than what one query reads, against the real engine.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has to end")]

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::AttributeValue;
use domain::{ChannelId, PhoneNumberId, TenantId, Text, Timestamp, Wamid};
use emulator::{Emulator, ManualClock};
use std::sync::Arc;
use store::channels::channels::Channel;
use store::reliability::orphans::{Orphan, Waits};
use store::table::keys::Partition;
use store::{Store, Table};

const NOW: Timestamp = Timestamp::from_seconds(1_790_000_000);

/// Five items of this length are more than the 1 MB that one query reads.
const LENGTH: usize = 300_000;

async fn store() -> (Store, Client) {
    let emulator = Emulator::memory(Arc::new(ManualClock::new(NOW))).unwrap();
    let client = Client::new(&emulator.sdk_config());
    let table = Table::new(client.clone(), "leadwire".into());
    table.create_if_missing().await.unwrap();
    (Store::new(table), client)
}

fn tenant() -> TenantId {
    TenantId::from_parts(NOW, 1)
}

/// How many items one query of the partition reads; it says that more follow.
async fn first_page(client: &Client, partition: &Partition) -> usize {
    let query = client.query().table_name("leadwire").key_condition_expression("PK = :pk");
    let page = query.expression_attribute_values(":pk", AttributeValue::S(partition.pk())).send().await.unwrap();
    assert!(page.last_evaluated_key().is_some(), "one page holds everything");
    page.items().len()
}

#[tokio::test]
async fn channels_of_several_pages_are_all_listed() {
    let (store, client) = store().await;
    for n in 0..5 {
        let channel = Channel::new(
            ChannelId::from_parts(NOW, n),
            Text::new("n".repeat(LENGTH)),
            PhoneNumberId::parse(&format!("10654035224292{n}")).unwrap(),
            "+91 98765 43210".into(),
            "102290129340398".into(),
        );
        store.tenant(tenant()).connect(&channel).await.unwrap();
    }
    assert!(first_page(&client, &Partition::Channels(tenant())).await < 5);
    let listed = store.tenant(tenant()).channels().await.unwrap();
    let ids: Vec<_> = listed.into_iter().map(|channel| channel.id).collect();
    assert_eq!(ids, (0..5).map(|n| ChannelId::from_parts(NOW, n)).collect::<Vec<_>>());
}

#[tokio::test]
async fn events_of_several_pages_that_wait_for_one_message_are_all_listed_without_their_mark() {
    let (store, client) = store().await;
    let target = Wamid::parse("wamid.HBgM").unwrap();
    for n in 0..5 {
        let event = "e".repeat(LENGTH);
        let orphan = Orphan { digest: format!("{n}"), event, kind: Waits::ForCertain, until: NOW };
        store.tenant(tenant()).put_orphan(&target, &orphan, false).await.unwrap();
    }
    assert!(first_page(&client, &Partition::Orphans(tenant(), target.clone())).await < 5);
    let listed = store.tenant(tenant()).orphans(&target).await.unwrap();
    assert_eq!(listed.into_iter().map(|orphan| orphan.digest).collect::<Vec<_>>(), ["0", "1", "2", "3", "4"]);
    assert!(store.tenant(tenant()).waiting(&target).await.unwrap().is_some());
}
