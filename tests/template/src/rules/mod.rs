//! The rules. Each is given what a stage deploys and answers what is wrong with it, in words.

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

/// A rule: what it finds wrong.
pub type Rule = fn(&Deployed<'_>) -> Vec<String>;

/// Every rule, under the name of its test.
pub const RULES: [(&str, Rule); 39] = [
    ("every_function_of_the_code_is_deployed_and_no_other", functions::are_those_of_the_code),
    ("a_function_is_built_from_its_own_binary_for_the_machine_that_lambda_has", functions::are_built),
    ("a_function_is_given_the_variables_that_it_reads_and_no_others", functions::variables),
    ("a_function_is_connected_to_what_it_is_for", functions::connections),
    ("a_function_ends_before_whoever_waits_for_it_gives_up", functions::timeouts),
    ("a_function_keeps_its_logs_in_a_group_of_its_own", functions::logs),
    ("a_function_has_a_role_of_its_own", policies::roles),
    ("nobody_may_do_everything_and_every_action_is_one_that_there_is", policies::actions),
    ("what_may_be_done_may_be_done_to_what_is_named", policies::resources),
    ("the_key_itself_is_asked_for_what_is_sealed_alone", policies::seals),
    ("only_services_and_the_account_itself_are_let_in", policies::principals),
    ("a_queue_has_dead_letters_of_its_own_kind", queues::dead_letters),
    ("dead_letters_are_kept_as_long_as_sqs_keeps_anything", queues::retention),
    ("a_passing_fault_empties_no_queue_into_its_dead_letters", queues::patience),
    ("a_message_stays_hidden_for_six_times_as_long_as_its_worker_may_take", queues::visibility),
    ("a_queue_hands_over_batches_that_may_fail_in_part", queues::batches),
    ("no_more_workers_are_asked_for_than_are_kept", queues::workers),
    ("a_queue_is_encrypted", queues::encryption),
    ("a_follower_of_the_stream_gets_past_what_it_cannot_deal_with", streams::faults),
    ("what_the_stream_gave_up_is_told_to_a_queue", streams::destinations),
    ("a_follower_of_the_stream_is_told_what_it_follows", streams::filters),
    ("due_work_is_looked_for_every_minute", streams::schedule),
    ("what_cannot_be_made_again_is_kept_when_the_stack_goes", state::retained),
    ("the_table_can_be_brought_back_and_is_not_deleted_by_accident", state::table),
    ("a_key_is_renewed_every_year", state::keys),
    ("logs_are_kept_for_a_time_that_cloudwatch_knows", state::logs),
    ("no_secret_is_written_down", state::secrets),
    ("every_route_of_the_code_is_served_and_no_other", http::routes),
    ("a_route_reaches_the_function_that_serves_it", http::targets),
    ("no_other_site_may_act_with_a_person_s_cookies", http::origins),
    ("the_api_is_throttled_and_tells_who_asked", http::stage),
    ("an_alarm_tells_somebody_and_says_what_to_read", watch::alarms),
    ("all_that_can_fail_has_an_alarm", watch::coverage),
    ("what_the_code_counts_is_watched_and_nothing_else", watch::counted),
    ("the_runbook_has_an_entry_for_each_alarm_and_no_other", watch::runbook),
    ("the_dashboard_can_be_drawn", watch::dashboard),
    ("a_saved_query_looks_for_lines_that_the_code_writes", watch::queries),
    ("whatever_is_referred_to_exists", shape::references),
    ("a_resource_has_properties_that_there_are_and_a_parameter_says_what_it_may_be", shape::names),
];
