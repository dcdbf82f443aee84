//! The rules. Each is given what a stage deploys and answers what is wrong with it, in words. Beside each stand the
//! defects that it has to notice; its test, of the same name, plants them.

mod functions;
mod http;
mod policies;
mod queues;
mod shape;
mod state;
mod streams;
mod watch;

pub use http::{NO_ORIGINS, ORIGINS};

use crate::Deployed;
use crate::defects::Change::{self, Remove, Rename, Runbook, Set};

/// A rule.
#[derive(Debug)]
pub struct Rule {
    /// The name of its test.
    pub name: &'static str,
    /// What it finds wrong.
    pub find: fn(&Deployed<'_>) -> Vec<String>,
    /// Defects that it has to notice: what each is called, and the change that plants it.
    pub defects: &'static [(&'static str, Change)],
}

macro_rules! rules {
    ($($name:ident: $find:path, $($defect:literal = $change:expr),+;)+) => {
        /// Every rule.
        pub const RULES: &[Rule] = &[$(
            Rule { name: stringify!($name), find: $find, defects: &[$(($defect, $change)),+] },
        )+];

        #[cfg(test)]
        mod tests {
            $(#[test]
            fn $name() {
                super::assert_holds_and_notices(stringify!($name));
            })+
        }
    };
}

rules! {
    every_function_of_the_code_is_deployed_and_no_other: functions::are_those_of_the_code,
        "a function that is not deployed" = Remove("/Resources/ChangesFunction");
    a_function_is_built_from_its_own_binary_for_the_machine_that_lambda_has: functions::are_built,
        "another way to build" = Set("/Resources/RelayFunction/Metadata/BuildMethod", "makefile"),
        "an unknown runtime" = Set("/Globals/Function/Runtime", "provided.al2024");
    a_function_is_given_the_variables_that_it_reads_and_no_others: functions::variables,
        "a missing variable" = Remove("ScheduleFunction/Environment/Variables/OUTBOUND_QUEUE_URL"),
        "an unused variable" = Set("RelayFunction/Environment/Variables/TABLE_NAME", r#"{"Ref": "Table"}"#);
    a_function_is_connected_to_what_it_is_for: functions::connections,
        "sends put among events" =
            Set("RelayFunction/Environment/Variables/OUTBOUND_QUEUE_URL", r#"{"Ref": "InboundQueue"}"#),
        "jobs put among sends" = Set("ChangesFunction/Environment/Variables/JOBS_QUEUE_URL", r#"{"Ref": "OutboundQueue"}"#),
        "a queue that feeds the other worker" = Set("OutboundMapping/FunctionName", r#"{"Ref": "InboundFunction"}"#);
    a_function_ends_before_whoever_waits_for_it_gives_up: functions::timeouts,
        "an answer that comes too late" = Set("ApiFunction/Timeout", "60");
    a_function_keeps_its_logs_in_a_group_of_its_own: functions::logs,
        "lines that Lambda drops" = Remove("/Globals/Function/LoggingConfig/ApplicationLogLevel"),
        "logs of another function" = Set("ApiFunction/LoggingConfig/LogGroup", r#"{"Ref": "WebhookLogs"}"#);
    a_function_has_a_role_of_its_own: policies::roles,
        "a role of two functions" = Set("RelayFunction/Role", r#"{"Fn::GetAtt": ["ApiRole", "Arn"]}"#);
    nobody_may_do_everything_and_every_action_is_one_that_there_is: policies::actions,
        "a misspelt action" = Set("WebhookRole/Policies/0/PolicyDocument/Statement/QueueEvents/Action/0", "sqs:SendMessages"),
        "a role that may do anything to the table" =
            Set("ApiRole/Policies/0/PolicyDocument/Statement/ServeAgents/Action", "dynamodb:*");
    what_may_be_done_may_be_done_to_what_is_named: policies::resources,
        "a policy about every resource" = Set("ApiRole/Policies/0/PolicyDocument/Statement/ServeAgents/Resource", "*"),
        "mails from any address" = Remove("JobsRole/Policies/0/PolicyDocument/Statement/SendEmails/Condition");
    only_channels_webhooks_users_and_audit_chains_use_the_key: policies::encryption,
        "a key that opens everything" = Remove("OutboundRole/Policies/0/PolicyDocument/Statement/OpenTokens/Condition/Null"),
        "an API that opens tokens" = Set("ApiRole/Policies/0/PolicyDocument/Statement/SealTokens/Action/0", "kms:Decrypt"),
        "an API that opens the secrets of webhooks" =
            Set("ApiRole/Policies/0/PolicyDocument/Statement/SealWebhookSecrets/Action/0", "kms:Decrypt");
    a_function_may_read_the_secrets_that_it_is_given_and_no_others: policies::secrets,
        "a webhook that reads what signs tokens" =
            Set("WebhookRole/Policies/0/PolicyDocument/Statement/ReadSecret/Resource", r#"{"Ref": "AppSecret"}"#);
    a_worker_may_write_the_kinds_of_items_that_it_names: policies::writes,
        "a schedule that writes everything" = Set(
            "ScheduleRole/Policies/0/PolicyDocument/Statement/PutOffDueWork/Condition/ForAllValues:StringLike/dynamodb:LeadingKeys/0",
            "T#*"
        );
    only_services_and_the_account_itself_are_let_in: policies::principals,
        "a role for anybody" = Set("ApiRole/AssumeRolePolicyDocument/Statement/0/Principal", r#"{"AWS": "*"}"#);
    a_queue_has_dead_letters_of_its_own_kind: queues::dead_letters,
        "a standard queue for the dead emails of a FIFO queue" = Remove("InboundDeadQueue/FifoQueue");
    dead_letters_are_kept_as_long_as_sqs_keeps_anything: queues::retention,
        "dead emails deleted after a day" = Set("InboundDeadQueue/MessageRetentionPeriod", "86400");
    a_passing_fault_empties_no_queue_into_its_dead_letters: queues::patience,
        "a queue that gives up at once" = Set("OutboundQueue/RedrivePolicy/maxReceiveCount", "1");
    a_message_stays_hidden_for_six_times_as_long_as_its_worker_may_take: queues::visibility,
        "messages visible again during the work" = Set("InboundQueue/VisibilityTimeout", "10");
    a_queue_hands_over_batches_that_may_fail_in_part: queues::batches,
        "batches that fail as a whole" = Remove("InboundMapping/FunctionResponseTypes"),
        "batches of a hundred from a FIFO queue" = Set("InboundMapping/BatchSize", "100");
    no_more_workers_are_asked_for_than_are_kept: queues::workers,
        "a share that a new account does not have" = Set("ApiFunction/ReservedConcurrentExecutions", "100"),
        "a function that the others may starve" = Remove("RelayFunction/ReservedConcurrentExecutions"),
        "more workers than are reserved" = Set("OutboundMapping/ScalingConfig/MaximumConcurrency", "200");
    a_queue_is_encrypted: queues::encryption,
        "a queue that is not encrypted" = Set("OutboundQueue/SqsManagedSseEnabled", "false");
    a_follower_of_the_stream_gets_past_what_it_cannot_deal_with: streams::faults,
        "a stream that one record holds up" = Remove("RelayMapping/BisectBatchOnFunctionError");
    what_the_stream_gave_up_is_told_to_a_queue: streams::destinations,
        "records given up in silence" = Remove("ChangesMapping/DestinationConfig");
    a_follower_of_the_stream_is_told_what_it_follows: streams::filters,
        "a follower that gets every record" = Remove("RelayMapping/FilterCriteria");
    due_work_is_looked_for_every_minute: streams::schedule,
        "a schedule every hour" = Set("EveryMinute/ScheduleExpression", "rate(1 hour)");
    what_cannot_be_made_again_is_kept_when_the_stack_goes: state::retained,
        "a table deleted with its stack" = Remove("/Resources/Table/DeletionPolicy"),
        "files deleted with their stack" = Set("/Resources/MediaBucket/DeletionPolicy", "Delete"),
        "a queue that a failed deployment leaves behind" = Set("/Resources/InboundQueue/DeletionPolicy", "Retain"),
        "logs that dev leaves behind" = Set("/Resources/ApiLogs/DeletionPolicy", "RetainExceptOnCreate");
    the_table_can_be_brought_back_and_is_not_deleted_by_accident: state::table,
        "a table that can be deleted" = Set("Table/DeletionProtectionEnabled", "false"),
        "a table without recovery" = Remove("Table/PointInTimeRecoverySpecification");
    a_key_is_renewed_every_year: state::keys,
        "a key that is never renewed" = Set("Key/EnableKeyRotation", "false");
    logs_are_kept_for_a_time_that_cloudwatch_knows: state::logs,
        "logs kept for 45 days" = Set("ApiLogs/RetentionInDays", "45");
    no_secret_is_written_down: state::secrets,
        "credentials in the environment" =
            Set("OutboundFunction/Environment/Variables/GRAPH_URL", concat!("AKIA", "IOSFODNN7EXAMPLE")),
        "a token of Meta in a default" =
            Set("/Parameters/GraphUrl/Default", concat!("EAA", "Gm0PX4ZCpsBAO1", "Gm0PX4ZCpsBAO1"));
    every_route_of_the_code_is_served_and_no_other: http::routes,
        "a missing route" = Remove("/Resources/PutLeadsOneRoute");
    a_route_reaches_the_function_that_serves_it: http::targets,
        "a route to the other function" =
            Set("GetLeadsRoute/Target", r#"{"Fn::Sub": "integrations/${WebhookIntegration}"}"#);
    no_other_site_may_act_with_a_person_s_cookies: http::origins,
        "an API for every site, with cookies" =
            Set("HttpApi/CorsConfiguration", r#"{"AllowOrigins": ["*"], "AllowCredentials": true}"#),
        "a parameter that takes any site" = Set("/Parameters/AllowedOrigins/AllowedPattern", r"^(\*|https://.*)$");
    the_api_is_throttled_and_tells_who_asked: http::stage,
        "an API without limits" = Remove("HttpStage/DefaultRouteSettings"),
        "a limit that one host uses up for all" =
            Set("HttpStage/RouteSettings/POST ~1webhook~1incoming/ThrottlingRateLimit", "5"),
        "a limit of an unknown route" = Rename("HttpStage/RouteSettings/POST ~1webhook~1incoming", "POST /webhook");
    browsers_have_one_origin_that_caches_no_answer_and_proves_itself: http::distribution,
        "answers that are cached" = Set(
            "Distribution/DistributionConfig/CacheBehaviors/0/CachePolicyId",
            "658327ea-f89d-4fab-a63d-7e88639e58f6"
        ),
        "a stage that no path names" = Set("SocketStage/StageName", "prod"),
        "a key that the API does not know" = Remove("ApiFunction/Environment/Variables/ORIGIN_KEY"),
        "a bucket that may be public" = Set("ConsoleBucket/PublicAccessBlockConfiguration/BlockPublicPolicy", "false");
    an_alarm_tells_somebody_and_says_what_to_read: watch::alarms,
        "an alarm without a recipient" = Remove("InboundAge/AlarmActions"),
        "an alarm without an entry" = Runbook("### inbound-age", "### inbound-delay");
    all_that_can_fail_has_an_alarm: watch::coverage,
        "dead emails without an alarm" = Remove("/Resources/InboundDeadLetters"),
        "bounces that nobody sees" = Remove("/Resources/EmailBounces"),
        "an account without a budget" = Remove("/Resources/Budget");
    what_the_code_counts_is_watched_and_nothing_else: watch::counted,
        "an alarm on an unknown count" = Set("ParkedEvents/MetricName", "parked_events"),
        "a count of every deployment together" = Remove("UnconfirmedSends/Dimensions");
    the_runbook_has_an_entry_for_each_alarm_and_no_other: watch::runbook,
        "an entry without an alarm" = Runbook("### inbound-age", "### moon-phase\n\n### inbound-age");
    the_dashboard_can_be_drawn: watch::dashboard,
        "a dashboard that is not JSON" = Set("Dashboard/DashboardBody", r#"{"Fn::Sub": "{\"widgets\": ["}"#);
    a_saved_query_looks_for_lines_that_the_code_writes: watch::queries,
        "a query for an unknown line" = Set("ParkedQuery/QueryString", r#"filter message = "put an event aside""#);
    whatever_is_referred_to_exists: shape::references,
        "a reference to nothing" = Set("ApiFunction/Environment/Variables/TABLE_NAME", r#"{"Ref": "Tabel"}"#),
        "an unknown attribute" = Set("RelayMapping/EventSourceArn", r#"{"Fn::GetAtt": ["Table", "StreamARN"]}"#);
    a_resource_has_properties_that_there_are_and_a_parameter_says_what_it_may_be: shape::names,
        "a misspelt property" = Rename("InboundQueue/VisibilityTimeout", "VisibilityTimeOut"),
        "a parameter that may be anything" = Remove("/Parameters/GraphUrl/AllowedPattern");
    a_domain_without_a_certificate_is_refused_before_the_deployment: shape::together,
        "a domain without a certificate" = Remove("/Rules/DomainNeedsCertificate"),
        "a certificate that is always needed" = Remove("/Rules/DomainNeedsCertificate/RuleCondition");
}

/// That a rule holds for the pages as they are, on every stage, and that it notices each of its defects on one.
#[cfg(test)]
fn assert_holds_and_notices(name: &str) {
    let rule = RULES.iter().find(|rule| rule.name == name).expect("every test has its rule");
    let code = crate::Code::read();
    let mut stages = crate::Stage::all();
    stages.extend(stages.last().map(crate::Stage::with_quota));
    let found = |pages: &crate::Pages| -> Vec<String> {
        stages.iter().flat_map(|stage| (rule.find)(&Deployed::new(pages, &code, stage))).collect()
    };
    let pages = crate::Pages::read();
    let wrong = found(&pages);
    assert!(wrong.is_empty(), "{wrong:#?}");
    for (defect, change) in rule.defects {
        let mut spoilt = pages.clone();
        change.plant(&mut spoilt);
        assert_ne!(spoilt, pages, "{defect} was not planted");
        assert!(!found(&spoilt).is_empty(), "{defect} is not noticed");
    }
}
