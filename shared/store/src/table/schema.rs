//! The table's definition: what the local stack and the tests create, and what the template must say as well.

use crate::inbox::conversations::ConversationItem;
use crate::table::client::Table;
use crate::table::error::{StoreError, classify};
use crate::table::item::{self, Attr, FOUND_BY, LIST, PK, RANK, SK, WAITING_LIST, WAITING_RANK};
use crate::table::query::Index;
use aws_sdk_dynamodb::error::BuildError;
use aws_sdk_dynamodb::operation::create_table::CreateTableError;
use aws_sdk_dynamodb::types::{
    AttributeDefinition, BillingMode, GlobalSecondaryIndex, KeySchemaElement, KeyType, Projection, ProjectionType,
    ScalarAttributeType, StreamSpecification, StreamViewType, TableStatus, TimeToLiveSpecification,
};

/// The attribute by which DynamoDB removes items some time after they expire, in seconds since 1970.
/// Code never trusts it: whatever expires is compared with the clock.
pub const EXPIRES: &str = item::EXPIRES.name();

impl Table {
    /// Creates the table unless it exists: keys, indexes, stream and expiry.
    pub async fn create_if_missing(&self) -> Result<(), StoreError> {
        let built = |error: BuildError| StoreError::Rejected(error.to_string());
        let stream =
            StreamSpecification::builder().stream_enabled(true).stream_view_type(StreamViewType::NewAndOldImages);
        let request = self
            .client()
            .create_table()
            .table_name(self.name())
            .billing_mode(BillingMode::PayPerRequest)
            .set_attribute_definitions(Some(attributes().map_err(built)?))
            .set_key_schema(Some(key_schema(PK, Some(SK)).map_err(built)?))
            .set_global_secondary_indexes(Some(indexes().map_err(built)?))
            .stream_specification(stream.build().map_err(built)?);
        match request.send().await {
            Ok(_) => {
                self.wait_until_active().await?;
                self.expire_by_time().await
            }
            Err(error) if error.as_service_error().is_some_and(CreateTableError::is_resource_in_use_exception) => {
                Ok(())
            }
            Err(error) => Err(classify(&error)),
        }
    }

    async fn wait_until_active(&self) -> Result<(), StoreError> {
        loop {
            let answer =
                self.client().describe_table().table_name(self.name()).send().await.map_err(|e| classify(&e))?;
            if answer.table.and_then(|table| table.table_status) == Some(TableStatus::Active) {
                return Ok(());
            }
        }
    }

    async fn expire_by_time(&self) -> Result<(), StoreError> {
        let expiry = TimeToLiveSpecification::builder().enabled(true).attribute_name(EXPIRES).build();
        let expiry = expiry.map_err(|error| StoreError::Rejected(error.to_string()))?;
        let request = self.client().update_time_to_live().table_name(self.name()).time_to_live_specification(expiry);
        request.send().await.map(|_| ()).map_err(|error| classify(&error))
    }
}

fn attributes() -> Result<Vec<AttributeDefinition>, BuildError> {
    [PK, SK, LIST, RANK, FOUND_BY, WAITING_LIST, WAITING_RANK]
        .into_iter()
        .map(|key| {
            AttributeDefinition::builder().attribute_name(key.name()).attribute_type(ScalarAttributeType::S).build()
        })
        .collect()
}

fn key_schema(partition: Attr<String>, sort: Option<Attr<String>>) -> Result<Vec<KeySchemaElement>, BuildError> {
    let partition = KeySchemaElement::builder().attribute_name(partition.name()).key_type(KeyType::Hash).build();
    let sort = sort.map(|key| KeySchemaElement::builder().attribute_name(key.name()).key_type(KeyType::Range).build());
    std::iter::once(partition).chain(sort).collect()
}

fn indexes() -> Result<Vec<GlobalSecondaryIndex>, BuildError> {
    let with_assignee = Projection::builder().projection_type(ProjectionType::Include);
    let with_assignee = with_assignee.non_key_attributes(ConversationItem::ASSIGNEE.name()).build();
    let keys_only = Projection::builder().projection_type(ProjectionType::KeysOnly).build();
    let index = |index: Index, schema, projection| {
        GlobalSecondaryIndex::builder()
            .index_name(index.name())
            .set_key_schema(Some(schema))
            .projection(projection)
            .build()
    };
    Ok(vec![
        index(Index::Lists, key_schema(LIST, Some(RANK))?, with_assignee)?,
        index(Index::Finds, key_schema(FOUND_BY, None)?, keys_only.clone())?,
        index(Index::Waiting, key_schema(WAITING_LIST, Some(WAITING_RANK))?, keys_only)?,
    ])
}
