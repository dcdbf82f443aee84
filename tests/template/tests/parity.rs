//! The template says the same as what runs on one machine: table, queues, filters, and who may do what. What is
//! compared is asked of the running stack and not read in its source.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has to end")]

use aws_lambda_events::dynamodb::EventRecord;
use aws_sdk_sqs::types::QueueAttributeName;
use leadwire::stack::{BATCHES, INBOUND, JOBS, OUTBOUND, TABLE};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::sync::Mutex;
use std::time::Duration;
use template::filter::matches;
use template::page::texts;
use template::rules::{NO_ORIGINS, ORIGINS};
use template::{Code, Deployed, Pages, Stage};
use testkit::TestApp;

mod calls;

/// Asks something of what the stage prod deploys.
fn deployed<T>(ask: impl FnOnce(&Deployed<'_>) -> T) -> T {
    let pages = Pages::read();
    let code = Code::read();
    let stages = Stage::all();
    let prod = stages.iter().find(|stage| stage.name == "prod").unwrap();
    ask(&Deployed::new(&pages, &code, prod))
}

#[tokio::test]
async fn the_table_has_the_keys_and_indexes_stream_and_expiry_that_the_code_makes() {
    let app = TestApp::start().await;
    let asked = json!({"TableName": TABLE}).to_string();
    let [made, expiry] = ["DescribeTable", "DescribeTimeToLive"].map(|operation| {
        let (_, answer) = app.emulator().database().execute(operation, &asked);
        serde_json::from_str::<Value>(&answer).unwrap()
    });
    let made = &made["Table"];
    deployed(|deployed| {
        let table = deployed.resources.get("Table").unwrap();
        assert_eq!(table.at("KeySchema"), &made["KeySchema"]);
        let stream = &made["StreamSpecification"]["StreamViewType"];
        assert_eq!(table.at("StreamSpecification/StreamViewType"), stream);
        let attribute = &expiry["TimeToLiveDescription"]["AttributeName"];
        assert_eq!(table.at("TimeToLiveSpecification/AttributeName"), attribute);
        let attributes = [table.at("AttributeDefinitions"), &made["AttributeDefinitions"]];
        let [said, given] = attributes.map(|list| list.as_array().unwrap().iter().map(Value::to_string));
        assert_eq!(said.collect::<BTreeSet<_>>(), given.collect::<BTreeSet<_>>());
        let indexes = [table.at("GlobalSecondaryIndexes"), &made["GlobalSecondaryIndexes"]];
        let [said, made] = indexes.map(|list| list.as_array().unwrap().iter().map(index).collect::<Vec<_>>());
        assert_eq!(said, made);
    });
}

/// What two definitions of an index have to have in common.
fn index(index: &Value) -> Value {
    let projection = &index["Projection"];
    let others = projection.get("NonKeyAttributes").cloned().unwrap_or_else(|| json!([]));
    json!([index["IndexName"], index["KeySchema"], projection["ProjectionType"], others])
}

/// What the parameter takes the function takes, and what it refuses the function would refuse as well.
#[test]
fn s11_the_parameter_takes_the_sites_that_the_function_takes() {
    let read = |named: &str| {
        api::Origins::from_environment(&runtime::Environment::from_variables([("ALLOWED_ORIGINS", named)]))
    };
    for named in ORIGINS {
        assert!(read(named).is_ok(), "{named}");
    }
    for named in NO_ORIGINS {
        assert!(read(named).is_err(), "{named}");
    }
}

#[tokio::test]
async fn the_queues_are_those_of_the_local_stack() {
    let app = TestApp::start().await;
    let client = aws_sdk_sqs::Client::new(&app.emulator().sdk_config());
    for (id, name) in [("InboundQueue", INBOUND), ("OutboundQueue", OUTBOUND), ("JobsQueue", JOBS)] {
        let made = attributes(&client, name).await;
        let (stem, order) = name.strip_suffix(".fifo").map_or((name, ""), |stem| (stem, ".fifo"));
        let dead = format!("{stem}-dead{order}");
        let made_dead = attributes(&client, &dead).await;
        deployed(|deployed| {
            let queue = &deployed.resources[id];
            assert_eq!(queue.text("QueueName"), name);
            for property in ["FifoQueue", "MessageRetentionPeriod", "VisibilityTimeout"] {
                let made = made.get(property).map_or("null", String::as_str);
                assert_eq!(queue.at(property).to_string(), made, "{property}");
            }
            let redrive: Value = serde_json::from_str(&made["RedrivePolicy"]).unwrap();
            assert_eq!(queue.at("RedrivePolicy/maxReceiveCount"), &redrive["maxReceiveCount"]);
            let aside = deployed.target(queue.at("RedrivePolicy/deadLetterTargetArn")).unwrap();
            assert_eq!(aside.text("QueueName"), dead);
            assert_eq!(aside.at("MessageRetentionPeriod").to_string(), made_dead["MessageRetentionPeriod"]);
        });
    }
}

/// The attributes of a queue of the local stack, by their names.
async fn attributes(client: &aws_sdk_sqs::Client, name: &str) -> BTreeMap<String, String> {
    let url = client.get_queue_url().queue_name(name).send().await.unwrap().queue_url.unwrap();
    let all = client.get_queue_attributes().queue_url(url).attribute_names(QueueAttributeName::All);
    let all = all.send().await.unwrap().attributes.unwrap();
    all.into_iter().map(|(name, value)| (name.as_str().to_owned(), value)).collect()
}

#[test]
fn a_worker_is_handed_as_many_messages_as_locally_and_has_the_time_for_every_post_of_them() {
    for (name, batch) in BATCHES {
        deployed(|deployed| {
            let mappings: Vec<_> = deployed.mappings("AWS::SQS::Queue").collect();
            let (mapping, _) = mappings.iter().find(|(_, queue)| queue.text("QueueName") == name).unwrap();
            assert_eq!(mapping.number("BatchSize"), i64::try_from(batch).ok());
            let function = deployed.target(mapping.at("FunctionName")).unwrap();
            let time = Duration::from_secs(function.number("Timeout").unwrap().unsigned_abs());
            let posts = if name == OUTBOUND { u32::try_from(batch).unwrap() } else { 0 };
            assert!(whatsapp::transport::PATIENCE * posts < time, "{name}");
        });
    }
}

/// Whether the mapping's filters let a record through.
fn passes(deployed: &Deployed<'_>, mapping: &str, record: &Value) -> bool {
    let filters = deployed.resources.get(mapping).unwrap().list("FilterCriteria/Filters");
    let patterns =
        filters.iter().map(|filter| serde_json::from_str::<Value>(filter["Pattern"].as_str().unwrap()).unwrap());
    patterns.into_iter().any(|pattern| matches(&pattern, record))
}

/// As Lambda has it: an image that is not there is left out.
fn as_sent(record: &EventRecord) -> Value {
    let mut record = serde_json::to_value(record).unwrap();
    let change = record["dynamodb"].as_object_mut().unwrap();
    change.retain(|_, part| part.as_object().is_none_or(|image| !image.is_empty()));
    record
}

#[tokio::test]
async fn a_follower_is_told_exactly_what_it_follows() {
    let app = TestApp::start().await;
    calls::everything(&app).await;
    let told = Mutex::new(Vec::new());
    let keep = |record: &EventRecord| {
        told.lock().unwrap().push(record.clone());
        false
    };
    let nothing = |_| async { Ok::<_, Infallible>(aws_lambda_events::streams::DynamoDbEventResponse::default()) };
    app.emulator().stream_source(TABLE, "everything").pump_once(keep, &nothing).await.unwrap();
    let told = told.into_inner().unwrap();
    let mut passed = [0, 0];
    deployed(|deployed| {
        for record in &told {
            let sent = as_sent(record);
            let relay = relay::follows(record);
            let changes = changes::follows(record);
            assert_eq!(passes(deployed, "RelayMapping", &sent), relay, "relay: {sent}");
            assert_eq!(passes(deployed, "ChangesMapping", &sent), changes, "changes: {sent}");
            passed[0] += usize::from(relay);
            passed[1] += usize::from(changes);
        }
    });
    assert!(told.len() > 50 && passed[0] > 2 && passed[1] > 5, "{} records, {passed:?} followed", told.len());
}

/// What a call needs leave for: the action, on what (a table, an index or a queue), and under which leading keys.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Need {
    action: String,
    on: String,
    keys: Vec<String>,
}

fn needs(call: &calls::Call) -> Vec<Need> {
    let body = &call.body;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let item = |operation: &str, key: &Value| Need {
        action: format!("dynamodb:{operation}"),
        on: TABLE.to_owned(),
        keys: vec![text(&key["PK"]["S"])],
    };
    match call.operation.as_str() {
        "GetItem" | "UpdateItem" | "DeleteItem" => vec![item(&call.operation, &body["Key"])],
        "PutItem" => vec![item("PutItem", &body["Item"])],
        "BatchGetItem" => {
            let keys = body["RequestItems"][TABLE]["Keys"].as_array().unwrap();
            keys.iter().map(|key| item("BatchGetItem", key)).collect()
        }
        "BatchWriteItem" => {
            let puts = body["RequestItems"][TABLE].as_array().unwrap();
            puts.iter().map(|put| item("BatchWriteItem", &put["PutRequest"]["Item"])).collect()
        }
        "TransactWriteItems" => {
            let items = body["TransactItems"].as_array().unwrap();
            let one = |write: &Value| {
                let (kind, inside) = write.as_object().and_then(|write| write.iter().next()).unwrap();
                match kind.as_str() {
                    "Put" => item("PutItem", &inside["Item"]),
                    "Delete" => item("DeleteItem", &inside["Key"]),
                    "Update" => item("UpdateItem", &inside["Key"]),
                    "ConditionCheck" => item("ConditionCheckItem", &inside["Key"]),
                    other => panic!("a transaction has a part that is new: {other}"),
                }
            };
            items.iter().map(one).collect()
        }
        "Query" => {
            let condition = text(&body["KeyConditionExpression"]);
            let (_, rest) = condition.split_once("= ").unwrap();
            let value = &body["ExpressionAttributeValues"][rest.split(' ').next().unwrap()]["S"];
            let on = body["IndexName"].as_str().unwrap_or(TABLE).to_owned();
            vec![Need { action: "dynamodb:Query".to_owned(), on, keys: vec![text(value)] }]
        }
        "SendMessageBatch" | "ChangeMessageVisibilityBatch" => {
            let action = format!("sqs:{}", call.operation.strip_suffix("Batch").unwrap());
            let on = text(&body["QueueUrl"]).rsplit('/').next().unwrap_or_default().to_owned();
            vec![Need { action, on, keys: Vec::new() }]
        }
        "PostToConnection" | "DeleteConnection" => {
            let action = "execute-api:ManageConnections".to_owned();
            vec![Need { action, on: "SocketApi".to_owned(), keys: Vec::new() }]
        }
        "SendEmail" => vec![Need { action: "ses:SendEmail".to_owned(), on: IDENTITY.to_owned(), keys: Vec::new() }],
        other => panic!("{} makes a call that is new: {other}", call.function),
    }
}

/// One leave that a function's role has: an action, and on what it is, beside the statement that gives it.
type Leave = (String, String, Value);

fn leaves(deployed: &Deployed<'_>, function: &str) -> Vec<Leave> {
    let function = deployed.functions().find(|one| deployed.word(one) == function).unwrap();
    let role = deployed.target(function.at("Role")).unwrap();
    let statements = role.list("Policies/0/PolicyDocument/Statement");
    let mut leaves = Vec::new();
    for statement in statements.iter().filter(|statement| statement["Effect"] == "Allow") {
        let resources =
            statement["Resource"].as_array().cloned().unwrap_or_else(|| vec![statement["Resource"].clone()]);
        for action in statement["Action"].as_array().unwrap() {
            let on = resources.iter().map(|resource| named(deployed, resource));
            leaves.extend(on.map(|on| (action.as_str().unwrap().to_owned(), on, statement.clone())));
        }
    }
    leaves
}

/// What mails are sent by.
const IDENTITY: &str = "identity";

/// What a policy's resource is called where the calls go.
fn named(deployed: &Deployed<'_>, resource: &Value) -> String {
    if resource.as_str().is_some_and(|text| text.contains(":ses:")) {
        return IDENTITY.to_owned();
    }
    let target = deployed.target(resource).unwrap();
    let index = resource.as_str().and_then(|text| text.rsplit_once("/index/")).map(|(_, index)| index.to_owned());
    match target.kind.as_str() {
        "AWS::DynamoDB::Table" => index.unwrap_or_else(|| TABLE.to_owned()),
        "AWS::SQS::Queue" => target.text("QueueName").to_owned(),
        _ => target.id.clone(),
    }
}

fn allows(leave: &Leave, need: &Need) -> bool {
    let (action, on, statement) = leave;
    let patterns = patterns(statement);
    let like = |key: &String| patterns.is_empty() || patterns.iter().any(|pattern| is_like(key, pattern));
    *action == need.action && *on == need.on && need.keys.iter().all(like)
}

/// The leading keys that a statement is about; none if it is about any.
fn patterns(statement: &Value) -> Vec<&str> {
    texts(&statement["Condition"]["ForAllValues:StringLike"]["dynamodb:LeadingKeys"])
}

/// IAM's `StringLike`, for patterns of stars.
fn is_like(text: &str, pattern: &str) -> bool {
    match pattern.split_once('*') {
        None => text == pattern,
        Some((before, rest)) => text.strip_prefix(before).is_some_and(|left| {
            left.char_indices().map(|(place, _)| place).chain([left.len()]).any(|place| is_like(&left[place..], rest))
        }),
    }
}

/// What Lambda and its log do in a function's name, what is read when it starts, and what is asked of the key: no service
/// of this machine plays that, and a rule says who may.
const NOT_OF_HANDLERS: &str = "\
    dynamodb:DescribeStream dynamodb:GetRecords dynamodb:GetShardIterator dynamodb:ListStreams kms:Decrypt \
    kms:GenerateDataKey logs:CreateLogStream logs:PutLogEvents s3:DeleteObject s3:GetObject s3:PutObject \
    secretsmanager:GetSecretValue sqs:DeleteMessage sqs:GetQueueAttributes sqs:ReceiveMessage";

#[tokio::test]
async fn a_function_may_make_the_calls_that_it_makes_and_no_others() {
    let app = TestApp::start().await;
    let mut calls = calls::everything(&app).await;
    calls.extend(calls::a_first_entry_without_its_record(&TestApp::start().await).await);
    let mut wrong = BTreeSet::new();
    deployed(|deployed| {
        for function in deployed.code.functions.keys() {
            let leaves = leaves(deployed, function);
            let needs: BTreeSet<_> = calls.iter().filter(|call| call.function == function).flat_map(needs).collect();
            assert!(!needs.is_empty(), "{function} made no call");
            let missing = needs.iter().filter(|need| !leaves.iter().any(|leave| allows(leave, need)));
            wrong.extend(missing.map(|need| format!("{function} may not make {need:?}")));
            let dead = deployed.resources["StreamDeadQueue"].text("QueueName");
            let of_handler =
                |(action, on, _): &&Leave| !NOT_OF_HANDLERS.split(' ').any(|one| one == action) && on != dead;
            let idle = leaves.iter().filter(of_handler).filter(|leave| !needs.iter().any(|need| allows(leave, need)));
            wrong.extend(idle.map(|(action, on, statement)| {
                format!("{function} never makes {action} on {on} by {}", statement["Sid"])
            }));
            // Of a statement's keys each has to be touched by one of its actions.
            for (_, _, statement) in &leaves {
                let of_statement = |leave: &&Leave| leave.2 == *statement;
                let used = |need: &&Need| leaves.iter().filter(of_statement).any(|leave| allows(leave, need));
                let keys: Vec<_> = needs.iter().filter(used).flat_map(|need| &need.keys).collect();
                let unused = patterns(statement).into_iter().filter(|one| !keys.iter().any(|key| is_like(key, one)));
                wrong.extend(unused.map(|one| format!("{function} never touches {one} in {}", statement["Sid"])));
            }
        }
    });
    assert!(wrong.is_empty(), "{wrong:#?}");
}
