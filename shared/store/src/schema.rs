//! The table's definition: what the local stack and the tests create, and what the template must say as well.

use crate::error::{StoreError, sort};
use crate::query::Index;
use crate::table::Table;
use aws_sdk_dynamodb::error::BuildError;
use aws_sdk_dynamodb::operation::create_table::CreateTableError;
use aws_sdk_dynamodb::types::{
    AttributeDefinition, BillingMode, GlobalSecondaryIndex, KeySchemaElement, KeyType, Projection, ProjectionType,
    ScalarAttributeType, StreamSpecification, StreamViewType, TableStatus, TimeToLiveSpecification,
};

/// The attribute by which DynamoDB removes items some time after they expire, in seconds since 1970.
/// Code never trusts it: whatever expires is compared with the clock.
pub const EXPIRES: &str = "ttl";

impl Table {
    /// Creates the table unless it exists: keys, indexes, stream and expiry.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be created.
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
            .set_key_schema(Some(key_schema("PK", Some("SK")).map_err(built)?))
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
            Err(error) => Err(sort(&error)),
        }
    }

    async fn wait_until_active(&self) -> Result<(), StoreError> {
        loop {
            let answer = self.client().describe_table().table_name(self.name()).send().await.map_err(|e| sort(&e))?;
            if answer.table.and_then(|table| table.table_status) == Some(TableStatus::Active) {
                return Ok(());
            }
        }
    }

    async fn expire_by_time(&self) -> Result<(), StoreError> {
        let expiry = TimeToLiveSpecification::builder().enabled(true).attribute_name(EXPIRES).build();
        let expiry = expiry.map_err(|error| StoreError::Rejected(error.to_string()))?;
        let request = self.client().update_time_to_live().table_name(self.name()).time_to_live_specification(expiry);
        request.send().await.map(|_| ()).map_err(|error| sort(&error))
    }
}

fn attributes() -> Result<Vec<AttributeDefinition>, BuildError> {
    ["PK", "SK", "GSI1PK", "GSI1SK", "GSI2PK", "GSI3PK", "GSI3SK"]
        .into_iter()
        .map(|name| AttributeDefinition::builder().attribute_name(name).attribute_type(ScalarAttributeType::S).build())
        .collect()
}

fn key_schema(partition: &str, sort: Option<&str>) -> Result<Vec<KeySchemaElement>, BuildError> {
    let partition = KeySchemaElement::builder().attribute_name(partition).key_type(KeyType::Hash).build();
    let sort = sort.map(|name| KeySchemaElement::builder().attribute_name(name).key_type(KeyType::Range).build());
    std::iter::once(partition).chain(sort).collect()
}

fn indexes() -> Result<Vec<GlobalSecondaryIndex>, BuildError> {
    let with_assignee =
        Projection::builder().projection_type(ProjectionType::Include).non_key_attributes("assignee").build();
    let keys_only = Projection::builder().projection_type(ProjectionType::KeysOnly).build();
    let index = |index: Index, schema, projection| {
        GlobalSecondaryIndex::builder()
            .index_name(index.name())
            .set_key_schema(Some(schema))
            .projection(projection)
            .build()
    };
    Ok(vec![
        index(Index::Lists, key_schema("GSI1PK", Some("GSI1SK"))?, with_assignee)?,
        index(Index::Finds, key_schema("GSI2PK", None)?, keys_only.clone())?,
        index(Index::Waiting, key_schema("GSI3PK", Some("GSI3SK"))?, keys_only)?,
    ])
}
