//! Random histories of one queue against what FIFO promises, stated without looking at how it is done.

use crate::support::{Aws, attribute, url};
use aws_sdk_sqs::types::{Message, MessageSystemAttributeName as Attribute};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::time::Duration;

const QUEUE: &str = "model.fifo";
/// The default visibility timeout of a queue, in seconds.
const VISIBILITY: u64 = 30;

#[derive(Clone, Debug)]
enum Action {
    Send { group: u8 },
    Receive { limit: i32 },
    Delete { which: usize },
    Release { which: usize },
    Wait { seconds: u64 },
}

fn action() -> impl Strategy<Value = Action> {
    prop_oneof![
        3 => (0..3_u8).prop_map(|group| Action::Send { group }),
        3 => (1..=10).prop_map(|limit| Action::Receive { limit }),
        2 => any::<usize>().prop_map(|which| Action::Delete { which }),
        1 => any::<usize>().prop_map(|which| Action::Release { which }),
        1 => (1..=VISIBILITY).prop_map(|seconds| Action::Wait { seconds }),
    ]
}

/// What must be there, and what is in flight until when.
#[derive(Default)]
struct Model {
    now: u64,
    sent: usize,
    waiting: BTreeMap<String, Vec<String>>,
    in_flight: Vec<(u64, Message)>,
}

impl Model {
    fn pick(&mut self, which: usize) -> Option<Message> {
        self.in_flight.retain(|(until, _)| *until > self.now);
        let index = which.checked_rem(self.in_flight.len())?;
        Some(self.in_flight.remove(index).1)
    }

    /// Each group's messages are its oldest ones in order, and come only if none of the group was in flight.
    fn check(&mut self, received: Vec<Message>) {
        self.in_flight.retain(|(until, _)| *until > self.now);
        let mut delivered = BTreeMap::<String, Vec<String>>::new();
        for message in &received {
            let group = attribute(message, &Attribute::MessageGroupId);
            delivered.entry(group).or_default().push(message.body().unwrap().to_owned());
        }
        for (group, bodies) in delivered {
            assert!(!self.busy(&group), "{group} delivered while in flight");
            assert!(self.waiting[&group].starts_with(&bodies), "{group} out of order");
        }
        self.in_flight.extend(received.into_iter().map(|message| (self.now + VISIBILITY, message)));
    }

    fn busy(&self, group: &str) -> bool {
        let in_group = |message: &Message| attribute(message, &Attribute::MessageGroupId) == group;
        self.in_flight.iter().any(|(until, message)| *until > self.now && in_group(message))
    }

    fn deliverable(&self) -> bool {
        self.waiting.iter().any(|(group, bodies)| !bodies.is_empty() && !self.busy(group))
    }

    fn deleted(&mut self, message: &Message) {
        let bodies = self.waiting.get_mut(&attribute(message, &Attribute::MessageGroupId)).unwrap();
        bodies.retain(|body| Some(body.as_str()) != message.body());
    }
}

async fn receive(aws: &Aws, limit: i32) -> Vec<Message> {
    let receive = aws.sqs.receive_message().queue_url(url(QUEUE)).max_number_of_messages(limit);
    let received = receive.message_system_attribute_names(Attribute::All).send().await.unwrap();
    received.messages.unwrap_or_default()
}

async fn act(aws: &Aws, model: &mut Model, action: Action) {
    match action {
        Action::Send { group } => {
            model.sent += 1;
            let group = format!("g{group}");
            let body = model.sent.to_string();
            let send = aws.sqs.send_message().queue_url(url(QUEUE)).message_group_id(&group).message_body(&body);
            send.message_deduplication_id(&body).send().await.unwrap();
            model.waiting.entry(group).or_default().push(body);
        }
        Action::Receive { limit } => {
            let received = receive(aws, limit).await;
            assert!(!received.is_empty() || !model.deliverable(), "something could have been delivered");
            model.check(received);
        }
        Action::Delete { which } => {
            if let Some(message) = model.pick(which) {
                let handle = message.receipt_handle().unwrap();
                aws.sqs.delete_message().queue_url(url(QUEUE)).receipt_handle(handle).send().await.unwrap();
                model.deleted(&message);
            }
        }
        Action::Release { which } => {
            if let Some(message) = model.pick(which) {
                let change = aws.sqs.change_message_visibility().queue_url(url(QUEUE)).visibility_timeout(0);
                change.receipt_handle(message.receipt_handle().unwrap()).send().await.unwrap();
            }
        }
        Action::Wait { seconds } => {
            model.now += seconds;
            aws.clock.advance(Duration::from_secs(seconds));
        }
    }
}

/// Receives and deletes until nothing is left: nothing may be lost, and nothing may come that was deleted.
async fn drain(aws: &Aws, model: &mut Model) {
    act(aws, model, Action::Wait { seconds: VISIBILITY }).await;
    while model.deliverable() {
        act(aws, model, Action::Receive { limit: 10 }).await;
        while !model.in_flight.is_empty() {
            act(aws, model, Action::Delete { which: 0 }).await;
        }
    }
    assert!(receive(aws, 10).await.is_empty());
}

fn run(actions: Vec<Action>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    runtime.block_on(async {
        let aws = Aws::memory().await;
        aws.sqs.create_queue().queue_name(QUEUE).send().await.unwrap();
        let mut model = Model::default();
        for action in actions {
            act(&aws, &mut model, action).await;
        }
        drain(&aws, &mut model).await;
    });
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_history_keeps_order_blocks_groups_and_loses_nothing(actions in prop::collection::vec(action(), 0..60)) {
        run(actions);
    }
}
