//! Defects that are planted to see whether a rule notices them. The first 21 are those of which linters, on a template
//! like this, noticed nine.

use crate::Pages;
use serde_json::{Value, json};

/// A defect: what it is called, the rule that has to notice it, and how it is planted.
pub type Defect = (&'static str, &'static str, fn(&mut Pages));

/// How many of the defects are of the list that linters were tried on.
pub const TRIED: usize = 21;

const SHAPE: &str = "a_resource_has_properties_that_there_are_and_a_parameter_says_what_it_may_be";
const EXISTS: &str = "whatever_is_referred_to_exists";

/// Every defect.
pub const DEFECTS: [Defect; 54] = [
    ("a misspelt property", SHAPE, |pages| rename(pages, "InboundQueue", "VisibilityTimeout", "VisibilityTimeOut")),
    ("a reference to nothing", EXISTS, |pages| {
        set(pages, "ApiFunction", "Environment/Variables/TABLE_NAME", json!({"Ref": "Tabel"}));
    }),
    ("an attribute that there is not", EXISTS, |pages| {
        set(pages, "RelayMapping", "EventSourceArn", json!({"Fn::GetAtt": ["Table", "StreamARN"]}));
    }),
    ("dead letters of another kind than their queue", "a_queue_has_dead_letters_of_its_own_kind", |pages| {
        remove(pages, "InboundDeadQueue", "FifoQueue");
    }),
    ("logs kept for 45 days", "logs_are_kept_for_a_time_that_cloudwatch_knows", |pages| {
        set(pages, "ApiLogs", "RetentionInDays", json!(45));
    }),
    ("a table that goes with its stack", "what_cannot_be_made_again_is_kept_when_the_stack_goes", |pages| {
        drop_beside(pages, "Table", "DeletionPolicy");
    }),
    ("another way to build", "a_function_is_built_from_its_own_binary_for_the_machine_that_lambda_has", |pages| {
        pages.template["Resources"]["RelayFunction"]["Metadata"]["BuildMethod"] = json!("makefile");
    }),
    ("a key that is never renewed", "a_key_is_renewed_every_year", |pages| {
        set(pages, "Key", "EnableKeyRotation", json!(false));
    }),
    ("credentials in the environment", "no_secret_is_written_down", |pages| {
        set(pages, "OutboundFunction", "Environment/Variables/GRAPH_URL", json!(["AKIA", "IOSFODNN7EXAMPLE"].concat()));
    }),
    (
        "messages that show again while they are worked on",
        "a_message_stays_hidden_for_six_times_as_long_as_its_worker_may_take",
        |pages| {
            set(pages, "InboundQueue", "VisibilityTimeout", json!(10));
        },
    ),
    ("batches that fail as a whole", "a_queue_hands_over_batches_that_may_fail_in_part", |pages| {
        remove(pages, "InboundMapping", "FunctionResponseTypes");
    }),
    ("more workers than are kept", "no_more_workers_are_asked_for_than_are_kept", |pages| {
        set(pages, "OutboundMapping", "ScalingConfig/MaximumConcurrency", json!(200));
    }),
    ("a misspelt action", "nobody_may_do_everything_and_every_action_is_one_that_there_is", |pages| {
        set(pages, "WebhookRole", "Policies/0/PolicyDocument/Statement/1/Action/0", json!("sqs:SendMessages"));
    }),
    ("batches of a hundred from a FIFO queue", "a_queue_hands_over_batches_that_may_fail_in_part", |pages| {
        set(pages, "InboundMapping", "BatchSize", json!(100));
    }),
    (
        "a runtime that there is not",
        "a_function_is_built_from_its_own_binary_for_the_machine_that_lambda_has",
        |pages| {
            pages.template["Globals"]["Function"]["Runtime"] = json!("provided.al2024");
        },
    ),
    ("a queue that gives up at once", "a_passing_fault_empties_no_queue_into_its_dead_letters", |pages| {
        set(pages, "OutboundQueue", "RedrivePolicy/maxReceiveCount", json!(1));
    }),
    ("dead letters that are forgotten first", "dead_letters_are_kept_as_long_as_sqs_keeps_anything", |pages| {
        set(pages, "InboundDeadQueue", "MessageRetentionPeriod", json!(86400));
    }),
    (
        "a role that may do anything to the table",
        "nobody_may_do_everything_and_every_action_is_one_that_there_is",
        |pages| {
            set(pages, "ApiRole", "Policies/0/PolicyDocument/Statement/0/Action", json!("dynamodb:*"));
        },
    ),
    ("an alarm that tells nobody", "an_alarm_tells_somebody_and_says_what_to_read", |pages| {
        remove(pages, "InboundAge", "AlarmActions");
    }),
    ("an API for every site, with cookies", "no_other_site_may_act_with_a_person_s_cookies", |pages| {
        set(pages, "HttpApi", "CorsConfiguration", json!({"AllowOrigins": ["*"], "AllowCredentials": true}));
    }),
    ("a dashboard that is no JSON", "the_dashboard_can_be_drawn", |pages| {
        set(pages, "Dashboard", "DashboardBody", json!({"Fn::Sub": "{\"widgets\": ["}));
    }),
    ("a count that nobody keeps", "what_the_code_counts_is_watched_and_nothing_else", |pages| {
        set(pages, "ParkedEvents", "MetricName", json!("parked_events"));
    }),
    ("a count of every deployment together", "what_the_code_counts_is_watched_and_nothing_else", |pages| {
        remove(pages, "UnconfirmedSends", "Dimensions");
    }),
    ("a function that is not deployed", "every_function_of_the_code_is_deployed_and_no_other", |pages| {
        take(&mut pages.template["Resources"], "ChangesFunction");
    }),
    ("a variable that is not given", "a_function_is_given_the_variables_that_it_reads_and_no_others", |pages| {
        remove(pages, "ScheduleFunction", "Environment/Variables/OUTBOUND_QUEUE_URL");
    }),
    ("a variable that nobody reads", "a_function_is_given_the_variables_that_it_reads_and_no_others", |pages| {
        set(pages, "RelayFunction", "Environment/Variables/TABLE_NAME", json!({"Ref": "Table"}));
    }),
    ("an answer that comes too late", "a_function_ends_before_whoever_waits_for_it_gives_up", |pages| {
        set(pages, "ApiFunction", "Timeout", json!(60));
    }),
    ("logs of another function", "a_function_keeps_its_logs_in_a_group_of_its_own", |pages| {
        set(pages, "ApiFunction", "LoggingConfig/LogGroup", json!({"Ref": "WebhookLogs"}));
    }),
    ("a role of two functions", "a_function_has_a_role_of_its_own", |pages| {
        set(pages, "RelayFunction", "Role", json!({"Fn::GetAtt": ["ApiRole", "Arn"]}));
    }),
    ("a key that opens whatever is under it", "the_key_itself_is_asked_for_what_is_sealed_alone", |pages| {
        remove(pages, "OutboundRole", "Policies/0/PolicyDocument/Statement/3/Condition/Null");
    }),
    ("an API that opens tokens", "the_key_itself_is_asked_for_what_is_sealed_alone", |pages| {
        set(pages, "ApiRole", "Policies/0/PolicyDocument/Statement/5/Action/0", json!("kms:Decrypt"));
    }),
    ("a policy about everything", "what_may_be_done_may_be_done_to_what_is_named", |pages| {
        set(pages, "ApiRole", "Policies/0/PolicyDocument/Statement/0/Resource", json!("*"));
    }),
    ("mails by any address", "what_may_be_done_may_be_done_to_what_is_named", |pages| {
        remove(pages, "ChangesRole", "Policies/0/PolicyDocument/Statement/6/Condition");
    }),
    ("a role for anybody", "only_services_and_the_account_itself_are_let_in", |pages| {
        set(pages, "ApiRole", "AssumeRolePolicyDocument/Statement/0/Principal", json!({"AWS": "*"}));
    }),
    ("a queue that is not encrypted", "a_queue_is_encrypted", |pages| {
        set(pages, "OutboundQueue", "SqsManagedSseEnabled", json!(false));
    }),
    ("a stream that one record holds up", "a_follower_of_the_stream_gets_past_what_it_cannot_deal_with", |pages| {
        remove(pages, "RelayMapping", "BisectBatchOnFunctionError");
    }),
    ("records that are given up in silence", "what_the_stream_gave_up_is_told_to_a_queue", |pages| {
        remove(pages, "ChangesMapping", "DestinationConfig");
    }),
    ("a follower that is told everything", "a_follower_of_the_stream_is_told_what_it_follows", |pages| {
        remove(pages, "RelayMapping", "FilterCriteria");
    }),
    ("a schedule every hour", "due_work_is_looked_for_every_minute", |pages| {
        set(pages, "EveryMinute", "ScheduleExpression", json!("rate(1 hour)"));
    }),
    ("a table that can be deleted", "the_table_can_be_brought_back_and_is_not_deleted_by_accident", |pages| {
        set(pages, "Table", "DeletionProtectionEnabled", json!(false));
    }),
    ("a table without recovery", "the_table_can_be_brought_back_and_is_not_deleted_by_accident", |pages| {
        remove(pages, "Table", "PointInTimeRecoverySpecification");
    }),
    ("a route that is missing", "every_route_of_the_code_is_served_and_no_other", |pages| {
        take(&mut pages.template["Resources"], "PutLeadsOneRoute");
    }),
    ("a route to the other function", "a_route_reaches_the_function_that_serves_it", |pages| {
        set(pages, "GetLeadsRoute", "Target", json!({"Fn::Sub": "integrations/${WebhookIntegration}"}));
    }),
    ("an API without limits", "the_api_is_throttled_and_tells_who_asked", |pages| {
        remove(pages, "HttpStage", "DefaultRouteSettings");
    }),
    ("a limit of a route that there is not", "the_api_is_throttled_and_tells_who_asked", |pages| {
        rename(pages, "HttpStage", "RouteSettings/POST ~1api~1auth~1login", "POST /api/login");
    }),
    ("dead letters without an alarm", "all_that_can_fail_has_an_alarm", |pages| {
        take(&mut pages.watch["Resources"], "InboundDeadLetters");
    }),
    ("an alarm without an entry", "an_alarm_tells_somebody_and_says_what_to_read", |pages| {
        pages.runbook = pages.runbook.replace("### inbound-age", "### inbound-delay");
    }),
    ("an entry without an alarm", "the_runbook_has_an_entry_for_each_alarm_and_no_other", |pages| {
        pages.runbook.push_str("\n### moon-phase\n");
    }),
    ("a query for a line that nobody writes", "a_saved_query_looks_for_lines_that_the_code_writes", |pages| {
        set(pages, "ParkedQuery", "QueryString", json!("filter message = \"put an event aside\""));
    }),
    ("a token of Meta's in a default", "no_secret_is_written_down", |pages| {
        pages.template["Parameters"]["GraphUrl"]["Default"] = json!(format!("EAA{}", "Gm0PX4ZCpsBAO1".repeat(3)));
    }),
    ("a follower that puts sends among events", "a_function_is_connected_to_what_it_is_for", |pages| {
        set(pages, "RelayFunction", "Environment/Variables/OUTBOUND_QUEUE_URL", json!({"Ref": "InboundQueue"}));
    }),
    ("a queue that feeds the other worker", "a_function_is_connected_to_what_it_is_for", |pages| {
        set(pages, "OutboundMapping", "FunctionName", json!({"Ref": "InboundFunction"}));
    }),
    ("a parameter that takes any site", "no_other_site_may_act_with_a_person_s_cookies", |pages| {
        pages.template["Parameters"]["AllowedOrigins"]["AllowedPattern"] = json!(r"^(\*|https://.*)$");
    }),
    ("a parameter that may be anything", SHAPE, |pages| {
        take(&mut pages.template["Parameters"]["GraphUrl"], "AllowedPattern");
    }),
];

/// The resource of this id, on whichever page it is.
fn resource<'p>(pages: &'p mut Pages, id: &str) -> &'p mut Value {
    let page = if pages.template["Resources"][id].is_null() { &mut pages.watch } else { &mut pages.template };
    &mut page["Resources"][id]
}

/// The object that holds a property, and the property's name in it.
fn holder<'p, 'n>(pages: &'p mut Pages, id: &str, path: &'n str) -> (&'p mut Value, &'n str) {
    let (above, name) =
        path.rsplit_once('/').map_or((String::new(), path), |(above, name)| (format!("/{above}"), name));
    let held = resource(pages, id).pointer_mut(&format!("/Properties{above}"));
    (held.unwrap_or_else(|| panic!("{id} has no {path}")), name)
}

fn set(pages: &mut Pages, id: &str, path: &str, value: Value) {
    let (held, name) = holder(pages, id, path);
    match name.parse::<usize>() {
        Ok(place) => held[place] = value,
        Err(_) => held[name] = value,
    }
}

fn remove(pages: &mut Pages, id: &str, path: &str) {
    let (held, name) = holder(pages, id, path);
    take(held, name);
}

fn rename(pages: &mut Pages, id: &str, path: &str, new: &str) {
    let (held, name) = holder(pages, id, path);
    held[new] = take(held, &name.replace("~1", "/"));
}

fn drop_beside(pages: &mut Pages, id: &str, name: &str) {
    take(resource(pages, id), name);
}

fn take(held: &mut Value, name: &str) -> Value {
    let fields = held.as_object_mut().expect("an object holds it");
    fields.remove(name).unwrap_or_else(|| panic!("{name} is not there"))
}
