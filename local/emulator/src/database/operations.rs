//! From the name of an operation to the engine's method, and its errors in the words of DynamoDB.

use dynoxide::DynoxideError;
use serde::Serialize;
use serde::de::DeserializeOwned;

type Answered = Result<String, DynoxideError>;

/// Whether the operation can change a table or its items, so that readers of a stream should look.
pub(super) fn writes(operation: &str) -> bool {
    matches!(
        operation,
        "BatchExecuteStatement"
            | "BatchWriteItem"
            | "CreateTable"
            | "DeleteItem"
            | "DeleteTable"
            | "ExecuteStatement"
            | "ExecuteTransaction"
            | "PutItem"
            | "TransactWriteItems"
            | "UpdateItem"
            | "UpdateTable"
    )
}

/// Executes one operation on its JSON body and returns the JSON of the response.
pub(super) fn execute(db: &dynoxide::Database, operation: &str, body: &str) -> Answered {
    let answered = match operation {
        "PutItem" => call(body, |request| db.put_item(request)),
        "GetItem" => call(body, |request| db.get_item(request)),
        "UpdateItem" => call(body, |request| db.update_item(request)),
        "DeleteItem" => call(body, |request| db.delete_item(request)),
        "Query" => call(body, |request| db.query(request)),
        "Scan" => call(body, |request| db.scan(request)),
        "BatchGetItem" => call(body, |request| db.batch_get_item(request)),
        "BatchWriteItem" => call(body, |request| db.batch_write_item(request)),
        "TransactGetItems" => call(body, |request| db.transact_get_items(request)),
        "TransactWriteItems" => call(body, |request| db.transact_write_items(request)),
        "ExecuteStatement" => call(body, |request| db.execute_statement(request)),
        "ExecuteTransaction" => call(body, |request| db.execute_transaction(request)),
        "BatchExecuteStatement" => call(body, |request| db.batch_execute_statement(request)),
        "CreateTable" => call(body, |request| db.create_table(request)),
        "DeleteTable" => call(body, |request| db.delete_table(request)),
        "DescribeTable" => call(body, |request| db.describe_table(request)),
        "ListTables" => call(body, |request| db.list_tables(request)),
        "UpdateTable" => call(body, |request| db.update_table(request)),
        "UpdateTimeToLive" => call(body, |request| db.update_time_to_live(request)),
        "DescribeTimeToLive" => call(body, |request| db.describe_time_to_live(request)),
        "TagResource" => call(body, |request| db.tag_resource(request)),
        "UntagResource" => call(body, |request| db.untag_resource(request)),
        "ListTagsOfResource" => call(body, |request| db.list_tags_of_resource(request)),
        "ListStreams" => call(body, |request| db.list_streams(request)),
        "DescribeStream" => call(body, |request| db.describe_stream(request)),
        "GetShardIterator" => call(body, |request| db.get_shard_iterator(request)),
        "GetRecords" => call(body, |request| db.get_records(request)),
        unknown => Err(DynoxideError::UnsupportedCapability(unknown.to_owned())),
    };
    answered.map_err(|error| worded(operation, error))
}

fn call<Q, R>(body: &str, method: impl FnOnce(Q) -> Result<R, DynoxideError>) -> Answered
where
    Q: DeserializeOwned,
    R: Serialize,
{
    let request = serde_json::from_str(body).map_err(|error| unreadable(&error))?;
    let response = method(request)?;
    serde_json::to_string(&response).map_err(|error| DynoxideError::InternalServerError(error.to_string()))
}

/// The engine's types mark in their message which kind of error a body deserves; without a mark it is a body that no
/// SDK would write.
fn unreadable(error: &serde_json::Error) -> DynoxideError {
    let message = error.to_string();
    let place = message.rfind(" at line ").unwrap_or(message.len());
    let text = &message[..place];
    if let Some(text) = text.strip_prefix("VALIDATION_REQUEST:") {
        DynoxideError::EnvelopedValidation(text.to_owned())
    } else if let Some(text) = text.strip_prefix("VALIDATION:") {
        DynoxideError::ValidationException(text.to_owned())
    } else if let Some(text) = text.strip_prefix("SERIALIZATION:") {
        DynoxideError::SerializationException(text.to_owned())
    } else {
        DynoxideError::ValidationException(text.to_owned())
    }
}

/// DynamoDB puts some refusals of a single write into an envelope; the engine leaves that to whoever serves it.
fn worded(operation: &str, error: DynoxideError) -> DynoxideError {
    match (operation, error) {
        ("PutItem" | "UpdateItem" | "DeleteItem", DynoxideError::EnvelopedValidation(text)) => {
            DynoxideError::ValidationException(format!("1 validation error detected: {text}"))
        }
        (_, error) => error,
    }
}
