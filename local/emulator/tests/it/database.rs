//! DynamoDB through the SDK: values, the shapes of its refusals, time to live, and what a file keeps.

use crate::support::{Aws, TABLE, at, text};
use aws_sdk_dynamodb::error::ProvideErrorMetadata as _;
use aws_sdk_dynamodb::types::TimeToLiveSpecification;
use std::time::Duration;

#[tokio::test]
async fn an_unknown_table_and_an_invalid_request_are_refused_as_on_aws() {
    let aws = Aws::memory().await;
    let unknown = aws.dynamodb.get_item().table_name("nowhere").key("id", text("a")).send().await.unwrap_err();
    assert!(unknown.into_service_error().is_resource_not_found_exception());
    let empty = aws.dynamodb.put_item().table_name(TABLE).item("id", text("")).send().await.unwrap_err();
    assert_eq!(empty.into_service_error().code(), Some("ValidationException"));
}

#[tokio::test]
async fn time_to_live_deletes_by_the_injected_clock_and_only_when_swept() {
    let aws = Aws::memory().await;
    let ttl = TimeToLiveSpecification::builder().enabled(true).attribute_name("expires").build().unwrap();
    aws.dynamodb.update_time_to_live().table_name(TABLE).time_to_live_specification(ttl).send().await.unwrap();
    aws.clock.set(at(1_800_000_000_000));
    let expires = aws_sdk_dynamodb::types::AttributeValue::N("1800000060".to_owned());
    let put = aws.dynamodb.put_item().table_name(TABLE).item("id", text("a")).item("value", text("1"));
    put.item("expires", expires).send().await.unwrap();

    assert_eq!(aws.emulator.database().sweep_ttl().unwrap(), 0);
    aws.clock.advance(Duration::from_secs(61));
    assert!(aws.get("a").await.is_some());
    assert_eq!(aws.emulator.database().sweep_ttl().unwrap(), 1);
    assert_eq!(aws.get("a").await, None);
}

#[tokio::test]
async fn reopening_a_file_keeps_the_items() {
    let dir = tempfile::tempdir().unwrap();
    Aws::create(dir.path()).await.put("a", "1").await;
    assert_eq!(Aws::open(dir.path()).get("a").await.as_deref(), Some("1"));
}

#[tokio::test]
async fn a_write_signals_and_a_read_does_not() {
    let aws = Aws::memory().await;
    let mut written = aws.emulator.database().written();
    written.mark_unchanged();
    aws.get("a").await;
    assert!(!written.has_changed().unwrap());
    aws.put("a", "1").await;
    assert!(written.has_changed().unwrap());
}

#[tokio::test]
async fn emulators_in_memory_share_nothing() {
    let one = Aws::memory().await;
    let other = Aws::memory().await;
    one.put("a", "1").await;
    assert_eq!(other.get("a").await, None);
}
