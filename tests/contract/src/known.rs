//! The disagreements that are known: what is done instead of what AWS documents, and the page that settles it. An
//! entry that no longer holds fails the run, as does a disagreement that shows another sign.

use crate::{Player, Service};

/// A case that a player fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// The case.
    pub case: &'static str,
    /// What the case says when it fails has this in it.
    pub sign: &'static str,
    /// The page of AWS's documentation that settles who is right.
    pub page: &'static str,
    /// What is done instead; by our own services also why nothing of ours counts on it.
    pub instead: &'static str,
}

/// What is known of each player of each service.
#[must_use]
pub const fn of(player: Player, service: Service) -> &'static [Known] {
    match (player, service) {
        (Player::Embedded, Service::Database) => EMBEDDED_DATABASE,
        (Player::Ministack, Service::Database) => MINISTACK_DATABASE,
        (Player::Ministack, Service::Queue) => MINISTACK_QUEUE,
        (Player::Moto, Service::Queue) => MOTO_QUEUE,
        (Player::Embedded, Service::Queue) | (Player::Moto, Service::Database) => &[],
    }
}

const EMBEDDED_DATABASE: &[Known] = &[
    Known {
        case: "a_put_that_changes_nothing_is_no_record",
        sign: r#"["1", "1", "1", "2"]"#,
        page: "Streams",
        instead: "a record all the same. A record too many is a repetition to those who follow the stream: they act on \
                  what is new in an item, and what they put into a queue has the same deduplication id again",
    },
    Known {
        case: "an_update_that_changes_nothing_is_no_record",
        sign: r#"["1", "1", "1", "2"]"#,
        page: "Streams",
        instead: "a record all the same, as for a put",
    },
    Known {
        case: "a_removal_by_time_is_a_record_of_the_service",
        sign: "(Remove, None)",
        page: "API_streams_Identity",
        instead: "GetRecords spells the identity as Lambda's events do, so the SDK does not see it. Functions get \
                  Lambda's events, where it is right, and none of ours asks who removed an item",
    },
];

const MINISTACK_DATABASE: &[Known] = &[
    Known {
        case: "a_place_is_named_once",
        sign: "ValidationException is taken",
        page: "API_UpdateItem",
        instead: "one of the two changes holds",
    },
    Known {
        case: "a_sum_with_text_is_refused",
        sign: "ValidationException is taken",
        page: "Expressions.UpdateExpressions",
        instead: "the update is taken",
    },
    Known {
        case: "what_does_not_fit_an_answer_is_left_for_the_next",
        sign: "18 MB come in one answer",
        page: "API_BatchGetItem",
        instead: "an answer has any size",
    },
    Known {
        case: "a_filter_cannot_name_the_key",
        sign: "ValidationException is taken",
        page: "Query.FilterExpression",
        instead: "it filters by the key",
    },
    Known {
        case: "a_filter_on_an_index_sees_what_is_in_the_index",
        sign: r#"secret = :u: ["a"]"#,
        page: "GSI",
        instead: "the filter sees the whole item",
    },
    Known {
        case: "a_sum_with_text_cancels_all",
        sign: "TransactionCanceledException is taken",
        page: "API_TransactWriteItems",
        instead: "the transaction is taken",
    },
    Known {
        case: "a_removal_by_time_is_a_record_of_the_service",
        sign: "the records: [(Insert, None)], not",
        page: "time-to-live-ttl-streams",
        instead: "a removal by time is not in the stream",
    },
];

const MINISTACK_QUEUE: &[Known] = &[
    Known {
        case: "group_and_deduplication_id_have_128_characters_at_most",
        sign: "InvalidParameterValue is taken",
        page: "API_SendMessage",
        instead: "any length is taken",
    },
    Known {
        case: "a_receive_waits_20_seconds_at_most",
        sign: "InvalidParameterValue is taken",
        page: "sqs-short-and-long-polling",
        instead: "it waits longer",
    },
    Known {
        case: "a_timeout_has_twelve_hours_at_most",
        sign: "InvalidParameterValue is taken",
        page: "API_ChangeMessageVisibility",
        instead: "any timeout is taken",
    },
    Known {
        case: "deleting_twice_is_no_error",
        sign: "ReceiptHandleIsInvalid",
        page: "API_DeleteMessage",
        instead: "the second time is refused",
    },
    Known {
        case: "what_went_aside_comes_back_to_where_it_was",
        sign: "StartMessageMoveTask is not valid",
        page: "API_StartMessageMoveTask",
        instead: "there is no such action",
    },
    Known {
        case: "what_went_aside_goes_where_it_is_sent",
        sign: "StartMessageMoveTask is not valid",
        page: "API_StartMessageMoveTask",
        instead: "there is no such action",
    },
    Known {
        case: "only_from_a_dead_letter_queue_can_be_moved",
        sign: "InvalidAction",
        page: "API_StartMessageMoveTask",
        instead: "there is no such action",
    },
];

const MOTO_QUEUE: &[Known] = &[
    Known {
        case: "a_timeout_of_a_queue_has_twelve_hours_at_most",
        sign: "is taken",
        page: "API_SetQueueAttributes",
        instead: "any timeout is taken",
    },
    Known {
        case: "a_delay_of_a_queue_has_15_minutes_at_most",
        sign: "is taken",
        page: "API_SetQueueAttributes",
        instead: "any delay is taken",
    },
    Known {
        case: "sequence_numbers_rise",
        sign: "the numbers are",
        page: "FIFO-queues-understanding-logic",
        instead: "the numbers are random",
    },
    Known { case: "an_empty_message_is_refused", sign: "is taken", page: "API_SendMessage", instead: "it is taken" },
    Known {
        case: "characters_that_xml_has_not_are_refused",
        sign: "InvalidMessageContents is taken",
        page: "API_SendMessage",
        instead: "they are taken",
    },
    Known {
        case: "group_and_deduplication_id_have_128_characters_at_most",
        sign: "InvalidParameterValue is taken",
        page: "API_SendMessage",
        instead: "some that are too long or have other characters are taken",
    },
    Known {
        case: "a_group_keeps_its_order_when_its_time_is_over",
        sign: "the order:",
        page: "FIFO-queues-understanding-logic",
        instead: "what was in flight comes again in another order",
    },
    Known {
        case: "an_older_receipt_deletes_nothing",
        sign: "what comes again: []",
        page: "API_DeleteMessage",
        instead: "every receipt deletes",
    },
    Known {
        case: "an_older_receipt_changes_no_timeout",
        sign: "can be received",
        page: "API_ChangeMessageVisibility",
        instead: "every receipt changes the timeout",
    },
    Known {
        case: "a_repeated_id_is_swallowed_after_its_message_is_deleted",
        sign: "although it was deleted already",
        page: "using-messagededuplicationid-property",
        instead: "an id is forgotten with its message",
    },
    Known {
        case: "an_id_counts_in_its_group_if_the_queue_says_so",
        sign: r#"what comes: ["a"]"#,
        page: "API_CreateQueue",
        instead: "an id counts in the whole queue, whatever its attribute says",
    },
    Known {
        case: "a_refused_message_leaves_its_id_free",
        sign: "InvalidMessageContents is taken",
        page: "API_SendMessage",
        instead: "the message that should be refused is taken",
    },
    Known {
        case: "an_entry_s_name_is_short_and_plain",
        sign: "InvalidBatchEntryId is taken",
        page: "API_SendMessageBatchRequestEntry",
        instead: "some names that are too long or have other characters are taken",
    },
    Known {
        case: "an_entry_that_is_refused_fails_alone",
        sign: r#"what was taken: ["a", "b", "c"]"#,
        page: "API_SendMessageBatch",
        instead: "the entry that should be refused is taken",
    },
    Known {
        case: "what_went_aside_comes_back_to_where_it_was",
        sign: "unexpected token '<'",
        page: "API_StartMessageMoveTask",
        instead: "there is no such action",
    },
    Known {
        case: "what_went_aside_goes_where_it_is_sent",
        sign: "unexpected token '<'",
        page: "API_StartMessageMoveTask",
        instead: "there is no such action",
    },
    Known {
        case: "only_from_a_dead_letter_queue_can_be_moved",
        sign: "it is refused with  ()",
        page: "API_StartMessageMoveTask",
        instead: "there is no such action",
    },
];
