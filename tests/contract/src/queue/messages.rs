//! What a message may be, and what comes with it.

use super::{LARGEST, Place, attribute, bodies, body, owned};
use crate::case::{Case, Verdict, cases, holds, refused, same};
use aws_sdk_sqs::types::MessageSystemAttributeName as Attribute;

pub(super) const CASES: &[Case<Place>] = cases![
    a_message_comes_as_it_was_sent,
    a_message_tells_its_group_and_its_number,
    sequence_numbers_rise,
    a_message_counts_its_receives,
    attributes_come_only_if_asked_for,
    a_message_has_a_mebibyte_at_most,
    an_empty_message_is_refused,
    characters_that_xml_has_not_are_refused,
    a_message_needs_a_group,
    group_and_deduplication_id_have_128_characters_at_most,
    a_message_has_no_delay_of_its_own,
    one_receive_brings_ten_at_most,
    more_than_ten_cannot_be_asked_for,
    a_receive_waits_20_seconds_at_most,
    a_waiting_receive_is_answered_when_a_message_comes,
    an_empty_queue_is_silent,
];

/// API_SendMessage: text with the characters of XML 1.0; the answers carry its MD5.
async fn a_message_comes_as_it_was_sent(place: Place) -> Verdict {
    let queue = place.queue().await?;
    let text = "{\"a\": \"\\u0000 <&>'\"}\t\r\n é 日本語 שלום 👍🏽 \u{200d}\u{fffd}";
    let sent = queue.message("g", text).message_deduplication_id("d").send().await?;
    let digest = format!("{:x}", md5::compute(text));
    same("the MD5 of what was sent", sent.md5_of_message_body(), Some(digest.as_str()))?;
    let message = queue.one().await?;
    same("the body", body(&message), text.to_owned())?;
    same("the MD5 of the body", message.md5_of_body(), Some(digest.as_str()))?;
    same("the id", message.message_id(), sent.message_id())
}

/// API_ReceiveMessage: MessageGroupId, MessageDeduplicationId, SequenceNumber.
async fn a_message_tells_its_group_and_its_number(place: Place) -> Verdict {
    let queue = place.queue().await?;
    let sent = queue.message("group!", "1").send().await?;
    let message = queue.one().await?;
    same("the group", attribute(&message, &Attribute::MessageGroupId)?, "group!".to_owned())?;
    same("the deduplication id", attribute(&message, &Attribute::MessageDeduplicationId)?, "group!-1".to_owned())?;
    same("the number", Some(attribute(&message, &Attribute::SequenceNumber)?.as_str()), sent.sequence_number())
}

/// FIFO-queues-understanding-logic and API_SendMessage, "SequenceNumber": it rises within a group.
async fn sequence_numbers_rise(place: Place) -> Verdict {
    let queue = place.queue().await?;
    let mut numbers: Vec<u128> = Vec::new();
    for body in 0..10 {
        let sent = queue.message("g", &body.to_string()).send().await?;
        numbers.extend(sent.sequence_number().and_then(|number| number.parse::<u128>().ok()));
    }
    holds(&format!("the numbers are {numbers:?}"), numbers.len() == 10 && numbers.is_sorted_by(|a, b| a < b))
}

/// API_ReceiveMessage: ApproximateReceiveCount, and ApproximateFirstReceiveTimestamp, which stays.
async fn a_message_counts_its_receives(place: Place) -> Verdict {
    let queue = place.queue().await?;
    queue.send("g", &["1"]).await?;
    let mut first = Vec::new();
    for count in 1..=3 {
        let message = queue.one().await?;
        same("the count", attribute(&message, &Attribute::ApproximateReceiveCount)?, count.to_string())?;
        first.push(attribute(&message, &Attribute::ApproximateFirstReceiveTimestamp)?);
        queue.change(&message, 0).send().await?;
    }
    holds(&format!("the first receive moves: {first:?}"), first.windows(2).all(|pair| pair[0] == pair[1]))
}

/// API_ReceiveMessage, "MessageSystemAttributeNames".
async fn attributes_come_only_if_asked_for(place: Place) -> Verdict {
    let queue = place.queue().await?;
    queue.send("g", &["1"]).await?;
    let receive = place.client().receive_message().queue_url(&queue.url);
    let receive = receive.message_system_attribute_names(Attribute::MessageGroupId).send().await?;
    let names: Vec<_> = receive.messages().iter().filter_map(|message| message.attributes()).collect();
    let names: Vec<_> = names.into_iter().flat_map(|attributes| attributes.keys().cloned()).collect();
    same("the attributes", names, vec![Attribute::MessageGroupId])
}

/// quotas-messages: 1 MiB.
async fn a_message_has_a_mebibyte_at_most(place: Place) -> Verdict {
    let queue = place.queue().await?;
    let message = |bytes: usize| queue.message("g", &"x".repeat(bytes)).message_deduplication_id(bytes.to_string());
    message(LARGEST).send().await?;
    refused(message(LARGEST + 1).send().await, &["InvalidParameterValue", "InvalidMessageContents"])?;
    same("the length", body(&queue.one().await?).len(), LARGEST)
}

/// API_SendMessage, "MessageBody": one character at least.
async fn an_empty_message_is_refused(place: Place) -> Verdict {
    let queue = place.queue().await?;
    let codes = ["MissingParameter", "MissingRequiredParameter", "InvalidParameterValue"];
    refused(queue.message("g", "").send().await, &codes).map(|_| ())
}

/// API_SendMessage, "MessageBody" and "Errors": InvalidMessageContents.
async fn characters_that_xml_has_not_are_refused(place: Place) -> Verdict {
    let queue = place.queue().await?;
    for bad in ["\u{0}", "a\u{8}", "\u{1b}[0m", "\u{ffff}"] {
        let message = queue.message("g", bad).message_deduplication_id("d");
        refused(message.send().await, &["InvalidMessageContents"])?;
    }
    queue.is_silent("although nothing was taken").await
}

/// API_SendMessage, "MessageGroupId": required for FIFO queues.
async fn a_message_needs_a_group(place: Place) -> Verdict {
    let queue = place.queue().await?;
    let send = place.client().send_message().queue_url(&queue.url).message_body("1").message_deduplication_id("d");
    refused(send.send().await, &["MissingParameter", "MissingRequiredParameter"]).map(|_| ())
}

/// API_SendMessage, "MessageGroupId" and "MessageDeduplicationId": 128 alphanumeric and punctuation characters.
async fn group_and_deduplication_id_have_128_characters_at_most(place: Place) -> Verdict {
    let queue = place.queue().await?;
    let message =
        |group: &str, id: &str| queue.message("g", "1").message_group_id(group).message_deduplication_id(id).send();
    let longest = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~".repeat(4);
    message(&longest, &longest).await?;
    let longer = "x".repeat(129);
    for (group, id) in [(longer.as_str(), "d"), ("g", longer.as_str()), ("a b", "d"), ("g", "é")] {
        refused(message(group, id).await, &["InvalidParameterValue"])?;
    }
    Ok(())
}

/// API_SendMessage, "DelaySeconds": on a FIFO queue it cannot be set for one message.
async fn a_message_has_no_delay_of_its_own(place: Place) -> Verdict {
    let queue = place.queue().await?;
    refused(queue.message("g", "1").delay_seconds(5).send().await, &["InvalidParameterValue"])?;
    refused(queue.message("g", "2").delay_seconds(901).send().await, &["InvalidParameterValue"]).map(|_| ())
}

/// API_ReceiveMessage, "MaxNumberOfMessages": never more than this, and 1 by default.
async fn one_receive_brings_ten_at_most(place: Place) -> Verdict {
    let queue = place.queue().await?;
    let all: Vec<String> = (0..12).map(|number| format!("{number:02}")).collect();
    queue.send("g", &all.iter().map(String::as_str).collect::<Vec<_>>()).await?;
    let one = place.client().receive_message().queue_url(&queue.url).send().await?.messages.unwrap_or_default();
    same("what comes by default", bodies(&one), owned(&["00"]))?;
    queue.change(&one[0], 0).send().await?;
    let ten = queue.receive().await?;
    holds(&format!("{} messages come at once", ten.len()), ten.len() <= 10)?;
    same("they", bodies(&ten), all[..ten.len()].to_vec())
}

/// API_ReceiveMessage, "MaxNumberOfMessages": 1 to 10.
async fn more_than_ten_cannot_be_asked_for(place: Place) -> Verdict {
    let queue = place.queue().await?;
    for count in [0, 11] {
        let receive = queue.asked().max_number_of_messages(count);
        refused(receive.send().await, &["InvalidParameterValue", "ReadCountOutOfRange"])?;
    }
    Ok(())
}

/// sqs-short-and-long-polling: 20 seconds at most.
async fn a_receive_waits_20_seconds_at_most(place: Place) -> Verdict {
    let queue = place.queue().await?;
    refused(queue.asked().wait_time_seconds(21).send().await, &["InvalidParameterValue"]).map(|_| ())
}

/// API_ReceiveMessage, "WaitTimeSeconds": if a message is there sooner, the call returns sooner.
async fn a_waiting_receive_is_answered_when_a_message_comes(place: Place) -> Verdict {
    let queue = place.queue().await?;
    let (received, sent) = futures::join!(queue.asked().wait_time_seconds(20).send(), queue.message("g", "1").send());
    sent?;
    same("what comes", bodies(received?.messages()), owned(&["1"]))
}

/// API_ReceiveMessage: where there is nothing, there is nothing in the answer.
async fn an_empty_queue_is_silent(place: Place) -> Verdict {
    place.queue().await?.is_silent("from an empty queue").await
}
