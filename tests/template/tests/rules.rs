//! Every rule holds for the template as it is, and is noticed to fail where a defect is planted.

use std::collections::BTreeSet;
use template::defects::{DEFECTS, TRIED};
use template::file;
use template::{Code, Deployed, Pages, RULES, Stage};

/// A test for each rule, under its name.
macro_rules! rules {
    ($($name:ident)*) => {
        $(#[test]
        fn $name() {
            assert_holds(stringify!($name));
        })*

        #[test]
        fn every_rule_has_its_test() {
            assert_eq!(RULES.map(|(name, _)| name).to_vec(), [$(stringify!($name)),*]);
        }
    };
}

fn assert_holds(name: &str) {
    let (pages, code) = (Pages::read(), Code::read());
    let (_, rule) = RULES.iter().find(|(one, _)| *one == name).unwrap_or_else(|| panic!("there is no rule {name}"));
    for stage in Stage::all() {
        let wrong = rule(&Deployed::new(&pages, &code, &stage));
        assert!(wrong.is_empty(), "{}: {wrong:#?}", stage.name);
    }
}

rules! {
    every_function_of_the_code_is_deployed_and_no_other
    a_function_is_built_from_its_own_binary_for_the_machine_that_lambda_has
    a_function_is_given_the_variables_that_it_reads_and_no_others
    a_function_is_connected_to_what_it_is_for
    a_function_ends_before_whoever_waits_for_it_gives_up
    a_function_keeps_its_logs_in_a_group_of_its_own
    a_function_has_a_role_of_its_own
    nobody_may_do_everything_and_every_action_is_one_that_there_is
    what_may_be_done_may_be_done_to_what_is_named
    the_key_itself_is_asked_for_what_is_sealed_alone
    only_services_and_the_account_itself_are_let_in
    a_queue_has_dead_letters_of_its_own_kind
    dead_letters_are_kept_as_long_as_sqs_keeps_anything
    a_passing_fault_empties_no_queue_into_its_dead_letters
    a_message_stays_hidden_for_six_times_as_long_as_its_worker_may_take
    a_queue_hands_over_batches_that_may_fail_in_part
    no_more_workers_are_asked_for_than_are_kept
    a_queue_is_encrypted
    a_follower_of_the_stream_gets_past_what_it_cannot_deal_with
    what_the_stream_gave_up_is_told_to_a_queue
    a_follower_of_the_stream_is_told_what_it_follows
    due_work_is_looked_for_every_minute
    what_cannot_be_made_again_is_kept_when_the_stack_goes
    the_table_can_be_brought_back_and_is_not_deleted_by_accident
    a_key_is_renewed_every_year
    logs_are_kept_for_a_time_that_cloudwatch_knows
    no_secret_is_written_down
    every_route_of_the_code_is_served_and_no_other
    a_route_reaches_the_function_that_serves_it
    no_other_site_may_act_with_a_person_s_cookies
    the_api_is_throttled_and_tells_who_asked
    an_alarm_tells_somebody_and_says_what_to_read
    all_that_can_fail_has_an_alarm
    what_the_code_counts_is_watched_and_nothing_else
    the_runbook_has_an_entry_for_each_alarm_and_no_other
    the_dashboard_can_be_drawn
    a_saved_query_looks_for_lines_that_the_code_writes
    whatever_is_referred_to_exists
    a_resource_has_properties_that_there_are_and_a_parameter_says_what_it_may_be
}

#[test]
fn there_is_a_stage_to_try_things_on_and_one_that_is_meant() {
    let names: Vec<_> = Stage::all().into_iter().map(|stage| stage.name).collect();
    assert_eq!(names, ["dev", "prod"]);
}

#[test]
fn every_planted_defect_is_noticed_by_its_rule() {
    let (pages, code, stages) = (Pages::read(), Code::read(), Stage::all());
    for (name, rule, plant) in DEFECTS {
        let mut spoilt = pages.clone();
        plant(&mut spoilt);
        assert_ne!(spoilt, pages, "{name} was not planted");
        let by: BTreeSet<_> = spoilt.findings(&code, &stages).into_iter().map(|(by, _)| by).collect();
        assert!(by.contains(rule), "{name} is not noticed by {rule}, but by {by:?}");
    }
}

#[test]
fn no_rule_is_without_a_defect_that_it_notices() {
    let noticed: BTreeSet<_> = DEFECTS.iter().map(|(_, rule, _)| *rule).collect();
    assert_eq!(RULES.iter().map(|(rule, _)| *rule).filter(|rule| !noticed.contains(rule)).collect::<Vec<_>>(), [""; 0]);
    let tried: BTreeSet<_> = DEFECTS.iter().take(TRIED).map(|(name, _, _)| *name).collect();
    assert_eq!(tried.len(), TRIED, "each of the list is one of its own");
}

/// cargo-lambda ends the process at a panic unless the profile says otherwise.
#[test]
fn a_panic_does_not_end_a_function() {
    let workspace: toml::Table = file("Cargo.toml").parse().expect("Cargo.toml is TOML");
    assert_eq!(workspace["profile"]["release"].get("panic").and_then(toml::Value::as_str), Some("unwind"));
}
