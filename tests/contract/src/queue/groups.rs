//! Order within a group, and that groups do not wait for one another.

use super::{Place, Queue, bodies, body, owned};
use crate::case::{Case, Disagreement, Verdict, cases, holds, same};

pub(super) const CASES: &[Case<Place>] = cases![
    a_group_comes_in_the_order_of_its_sending,
    one_receive_keeps_the_order_of_each_group,
    a_group_waits_while_one_of_its_messages_is_in_flight,
    other_groups_go_on,
    a_group_goes_on_when_its_message_is_deleted,
    a_group_waits_for_all_that_one_receive_took,
    what_was_in_flight_comes_before_what_was_sent_later,
    several_in_flight_come_again_in_their_order,
    many_groups_are_all_served,
];

/// FIFO-queues-understanding-logic: messages of a group come one after the other, in strict order.
async fn a_group_comes_in_the_order_of_its_sending(place: Place) -> Verdict {
    let queue = place.queue().await?;
    let all: Vec<String> = (0..25).map(|number| format!("{number:02}")).collect();
    queue.send("g", &all.iter().map(String::as_str).collect::<Vec<_>>()).await?;
    same("the order", queue.drain().await?, all)
}

/// FIFO-queues-understanding-logic, "Receiving messages": order is kept for each group.
async fn one_receive_keeps_the_order_of_each_group(place: Place) -> Verdict {
    let queue = place.queue().await?;
    for (group, body) in [("a", "a1"), ("b", "b1"), ("a", "a2"), ("b", "b2"), ("a", "a3")] {
        queue.send(group, &[body]).await?;
    }
    let received = bodies(&queue.receive().await?);
    for (group, expected) in [("a", ["a1", "a2", "a3"].as_slice()), ("b", &["b1", "b2"])] {
        let of_group: Vec<_> = received.iter().filter(|body| body.starts_with(group)).cloned().collect();
        same(group, of_group.as_slice(), &owned(expected)[..of_group.len()])?;
    }
    holds("nothing is received", !received.is_empty())
}

/// FIFO-queues-understanding-logic: while a message is invisible, none of its group is given out.
async fn a_group_waits_while_one_of_its_messages_is_in_flight(place: Place) -> Verdict {
    let queue = place.queue().await?;
    queue.send("a", &["1", "2"]).await?;
    same("the first", body(&queue.one().await?), "1".to_owned())?;
    queue.send("a", &["3"]).await?;
    queue.is_silent("behind one that is in flight").await
}

/// using-messagegroupid-property: messages of other groups are not held up.
async fn other_groups_go_on(place: Place) -> Verdict {
    let queue = place.queue().await?;
    queue.send("a", &["1", "2"]).await?;
    queue.send("b", &["3"]).await?;
    same("the first", body(&queue.one().await?), "1".to_owned())?;
    same("what comes then", queue.drain().await?, owned(&["3"]))
}

/// FIFO-queues-understanding-logic: the next comes when the one before is deleted or visible again.
async fn a_group_goes_on_when_its_message_is_deleted(place: Place) -> Verdict {
    let queue = place.queue().await?;
    queue.send("a", &["1", "2"]).await?;
    let first = queue.one().await?;
    queue.delete(&first).send().await?;
    same("the second", body(&queue.one().await?), "2".to_owned())
}

/// FIFO-queues-understanding-logic: so it is of several that came together.
async fn a_group_waits_for_all_that_one_receive_took(place: Place) -> Verdict {
    let queue = place.queue().await?;
    queue.send("a", &["1", "2", "3"]).await?;
    let taken = two(&queue).await?;
    queue.delete(&taken[0]).send().await?;
    queue.is_silent("while another of the same receive is in flight").await?;
    queue.delete(&taken[1]).send().await?;
    same("the third", body(&queue.one().await?), "3".to_owned())
}

/// FIFO-queues-understanding-logic: a message that becomes visible again is the next of its group.
async fn what_was_in_flight_comes_before_what_was_sent_later(place: Place) -> Verdict {
    let queue = place.queue().await?;
    queue.send("a", &["1"]).await?;
    let first = queue.one().await?;
    queue.send("a", &["2", "3"]).await?;
    queue.change(&first, 0).send().await?;
    same("the order", queue.drain().await?, owned(&["1", "2", "3"]))
}

/// FIFO-queues-understanding-logic: so it is of several, whichever of them becomes visible first.
async fn several_in_flight_come_again_in_their_order(place: Place) -> Verdict {
    let queue = place.queue().await?;
    queue.send("a", &["1", "2", "3"]).await?;
    for message in two(&queue).await?.iter().rev() {
        queue.change(message, 0).send().await?;
    }
    same("the order", queue.drain().await?, owned(&["1", "2", "3"]))
}

/// using-messagegroupid-property: there is no quota of groups.
async fn many_groups_are_all_served(place: Place) -> Verdict {
    let queue = place.queue().await?;
    let groups: Vec<String> = (0..30).map(|number| format!("{number:02}")).collect();
    for group in &groups {
        queue.send(group, &[group.as_str()]).await?;
    }
    let mut all = Vec::new();
    for _ in &groups {
        all.extend(bodies(&queue.receive().await?));
    }
    all.sort();
    same("what is received", all, groups)
}

/// Receives two messages at once.
async fn two(queue: &Queue) -> Result<Vec<aws_sdk_sqs::types::Message>, Disagreement> {
    let messages = queue.asked().max_number_of_messages(2).send().await?.messages.unwrap_or_default();
    same("what one receive takes", bodies(&messages), owned(&["1", "2"]))?;
    Ok(messages)
}
