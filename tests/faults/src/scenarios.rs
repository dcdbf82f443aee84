//! The stories: what happens outside. The faults inside are injected by whoever runs them.

use crate::accounts;
use crate::customer::{Customer, together};
use crate::jobs;
use crate::leads;
use crate::meta::Answer;
use crate::numbers;
use crate::template::other_tenant;
use crate::world::World;
use domain::Timestamp;
use domain::stages::Stage;
use serde_json::json;
use std::time::Duration;

/// When WhatsApp begins to charge for service messages: 2026-10-01 in UTC, in seconds.
pub(crate) const SERVICE_CHARGED: i64 = 1_790_812_800;

/// A story.
#[derive(Clone, Copy, Debug)]
pub struct Scenario {
    /// Its name, in words.
    pub name: &'static str,
    pub(crate) run: fn(&mut World),
}

/// Every story.
pub const ALL: [Scenario; 57] = [
    Scenario { name: "first contact", run: first_contact },
    Scenario { name: "two messages in order", run: two_sends_in_order },
    Scenario { name: "texts among others in one webhook", run: text_among_others },
    Scenario { name: "the same webhook three times", run: repeated },
    Scenario { name: "statuses in the wrong order", run: statuses_in_any_order },
    Scenario { name: "a status before its message is recorded", run: status_before_its_message },
    Scenario { name: "a status with another business's callback data", run: foreign_callback_data },
    Scenario { name: "a status without callback data", run: status_without_echo },
    Scenario { name: "a reaction before its message", run: reaction_before_its_message },
    Scenario { name: "an edit before its message", run: edit_before_its_message },
    Scenario { name: "a withdrawal before its message", run: withdrawal_before_its_message },
    Scenario { name: "a withdrawal right before its message", run: withdrawal_right_before_its_message },
    Scenario { name: "two edits of a message", run: two_edits },
    Scenario { name: "a message and a reply", run: send_and_reply },
    Scenario { name: "the same request to send three times", run: same_key_three_times },
    Scenario { name: "a request to send that is made once, without a key", run: impatient_agent },
    Scenario { name: "a message whose answer is lost", run: answer_lost },
    Scenario { name: "a message that Meta refuses", run: refused },
    Scenario { name: "a scheduled message", run: scheduled },
    Scenario { name: "a scheduled message that is dropped since the customer wrote", run: scheduled_in_vain },
    Scenario { name: "a message that fails afterwards", run: fails_afterwards },
    Scenario { name: "Meta asks to slow down", run: rate_limited },
    Scenario { name: "Meta asks to slow down and accepts the message", run: rate_limited_and_accepted },
    Scenario { name: "a message costs more by the time at which it may go out", run: price_rises },
    Scenario { name: "a customer opts out before a message goes out", run: opts_out },
    Scenario { name: "an unreadable webhook", run: parking },
    Scenario { name: "dead letters are put back", run: redrive },
    Scenario { name: "the stream is lost", run: sweep },
    Scenario { name: "one person writes to two businesses", run: two_businesses },
    Scenario { name: "an agent reads, and moves a lead that writes again", run: agents_audit_events },
    Scenario { name: "an agent claims, closes and snoozes a conversation", run: handled_conversation },
    Scenario { name: "a customer has a new number", run: new_number },
    Scenario { name: "a user is invited", run: invitation },
    Scenario { name: "an album of ten photos from a new customer", run: album },
    Scenario { name: "a replay after days", run: replay_after_days },
    Scenario { name: "a replay after the phone has moved to another customer", run: replay_after_a_move },
    Scenario { name: "a message with two timestamps at once", run: two_timestamps },
    Scenario { name: "two-factor authentication is set up and used", run: accounts::second_factor },
    Scenario { name: "a password is reset by an emailed link", run: accounts::reset },
    Scenario { name: "an invited user joins", run: accounts::joining },
    Scenario { name: "an API key is made, taken over and revoked", run: accounts::api_key },
    Scenario { name: "the settings are changed", run: accounts::settings },
    Scenario { name: "a number's own token is replaced", run: accounts::channel_token },
    Scenario { name: "an agent starts a conversation", run: accounts::starting },
    Scenario { name: "a number is connected on Meta's page", run: numbers::signup },
    Scenario { name: "a phone is linked by a QR code and unlinks itself", run: numbers::session },
    Scenario { name: "a linked phone brings its past", run: numbers::past },
    Scenario { name: "a short link is made at Meta", run: numbers::short_link },
    Scenario { name: "a dead token holds messages and is replaced", run: accounts::dead_token },
    Scenario { name: "a number is paused and resumed", run: accounts::paused },
    Scenario { name: "a budget holds a message and is raised", run: accounts::budget },
    Scenario { name: "a lead is created, changed and deleted, and then writes", run: leads::written_by_hand },
    Scenario { name: "two leads are merged and parted again", run: leads::merged_and_parted },
    Scenario { name: "a person is erased and writes again", run: leads::erased },
    Scenario { name: "a second deal of a lead leaves the first", run: leads::two_deals },
    Scenario { name: "a file of leads is imported", run: jobs::import },
    Scenario { name: "leads are tagged in bulk, and that is undone", run: jobs::bulk },
];

/// Somebody writes for the first time.
fn first_contact(world: &mut World) {
    let asha = Customer::new("Asha", 1);
    world.post(asha.writes(1, "Hello").body());
    world.settle();
}

/// Somebody new sends ten photos at once, each in a webhook of its own.
fn album(world: &mut World) {
    let asha = Customer::new("Asha", 1);
    for number in 1..=10 {
        world.post(asha.sends_photo(number).body());
    }
    world.settle();
}

/// Somebody writes to two businesses within a moment, from the same phone, and Meta puts all into one webhook; ours
/// answers, and the person writes to the other again.
fn two_businesses(world: &mut World) {
    let asha = Customer::new("Asha", 1);
    let there = asha.clone().of_other_business();
    world.post_to_both(together(&[asha.writes(1, "Are you open?"), there.writes(1, "And you?")]));
    world.settle();
    world.send(&asha, "We are open");
    world.post_to_both(there.writes(2, "Never mind").body());
    world.settle();
}

/// An agent reads what a customer wrote and calls the sale won; then the customer writes again.
fn agents_audit_events(world: &mut World) {
    let asha = a_customer(world);
    world.read(0);
    world.move_to(0, Stage::Won);
    world.settle();
    world.skip(Duration::from_secs(60));
    world.post(asha.writes(2, "One more, please").body());
    world.settle();
}

/// An agent takes a conversation, reads and closes it; the customer writes again, which opens it. Then it is snoozed, and
/// wakes.
fn handled_conversation(world: &mut World) {
    let asha = a_customer(world);
    world.claim(0);
    world.read(0);
    world.settle();
    world.set_status(0, json!({"status": "closed"}));
    world.settle();
    world.skip(Duration::from_secs(60));
    world.post(asha.writes(2, "One more thing").body());
    world.settle();
    let until = world.now().plus(Duration::from_secs(900)).to_string();
    world.set_status(0, json!({"status": "snoozed", "snoozedUntil": until}));
    world.settle();
}

/// A customer gets another number, and writes from it.
fn new_number(world: &mut World) {
    let before = a_customer(world);
    let now = Customer::new("Asha", 2);
    world.post(before.becomes(2, &now).body());
    world.settle();
    world.post(now.writes(3, "This is my new number").body());
    world.settle();
}

/// The owner invites an agent, who gets a mail.
fn invitation(world: &mut World) {
    world.invite("bo@example.com");
    world.settle();
}

/// Three people write within a moment, one of them twice, and Meta puts all into one webhook.
fn text_among_others(world: &mut World) {
    let asha = Customer::new("Asha", 1);
    let ravi = Customer::new("Ravi", 2);
    let mei = Customer::new("Mei", 3);
    world.post(asha.writes(1, "Hello").body());
    world.settle();
    world.post(together(&[
        asha.writes(2, "Are you open?"),
        ravi.writes(1, "Good morning"),
        mei.sends_photo(1),
        asha.writes(3, "And tomorrow?"),
    ]));
    world.settle();
}

/// Meta delivers one webhook three times at the same moment, as it may.
fn repeated(world: &mut World) {
    let asha = Customer::new("Asha", 1);
    for _ in 0..3 {
        world.post(together(&[asha.writes(1, "Hello"), asha.writes(2, "Anybody there?")]));
    }
    world.settle();
}

/// The customer reads an answer, and the statuses come in the wrong order.
fn statuses_in_any_order(world: &mut World) {
    let asha = an_answered_customer(world, "We are open");
    for (word, seconds) in [("read", 30), ("sent", 10), ("delivered", 20)] {
        world.report("We are open", word, seconds, &asha);
    }
    world.settle();
}

/// Meta reports that a message was delivered, but its answer to the post never came.
fn status_before_its_message(world: &mut World) {
    world.meta.will([Answer::AcceptsSilently]);
    let asha = an_answered_customer(world, "We are open");
    world.report("We are open", "delivered", 10, &asha);
    world.settle();
}

/// A status comes to our number with callback data that name another business.
fn foreign_callback_data(world: &mut World) {
    let asha = an_answered_customer(world, "We are open");
    let foreign = |name: &str| Some(format!("{}.{name}", other_tenant().ulid_str()));
    world.report_with("We are open", "delivered", 20, &asha, foreign);
    world.settle();
}

/// A status without callback data comes before we know Meta's id of the message.
fn status_without_echo(world: &mut World) {
    world.meta.will([Answer::AcceptsSilently]);
    let asha = an_answered_customer(world, "We are open");
    world.report_with("We are open", "read", 30, &asha, |_| None);
    world.settle();
    world.report("We are open", "sent", 10, &asha);
    world.settle();
}

/// A customer reacts to their own message, and the reaction is delivered first.
fn reaction_before_its_message(world: &mut World) {
    let asha = Customer::new("Asha", 1);
    world.post(asha.reacts(2, &asha.wamid(1), "👍").body());
    world.settle();
    world.post(asha.writes(1, "Hello").body());
    world.settle();
}

/// A customer corrects a message, and the correction is delivered first.
fn edit_before_its_message(world: &mut World) {
    let asha = Customer::new("Asha", 1);
    world.post(asha.edits(2, 1, "Hello there").body());
    world.settle();
    world.post(asha.writes(1, "Helo there").body());
    world.settle();
}

/// A customer takes a message back, and that is delivered first.
fn withdrawal_before_its_message(world: &mut World) {
    let asha = Customer::new("Asha", 1);
    world.post(asha.withdraws(2, 1).body());
    world.settle();
    world.post(asha.writes(1, "Wrong number").body());
    world.settle();
}

/// A customer takes a message back, and both come at once, the wrong way round.
fn withdrawal_right_before_its_message(world: &mut World) {
    let asha = Customer::new("Asha", 1);
    world.post(together(&[asha.withdraws(2, 1), asha.writes(1, "Wrong number")]));
    world.settle();
}

/// A customer changes a message, and again right after.
fn two_edits(world: &mut World) {
    let asha = Customer::new("Asha", 1);
    world.post(asha.writes(1, "See you at eight").body());
    world.settle();
    world.post(together(&[asha.edits(2, 1, "See you at nine"), asha.edits(3, 1, "See you at ten")]));
    world.settle();
}

/// An agent answers a question, and the customer says thanks.
fn send_and_reply(world: &mut World) {
    let asha = Customer::new("Asha", 1);
    world.post(asha.writes(1, "Are you open?").body());
    world.settle();
    world.reply(&asha, &asha.wamid(1), "Until six");
    world.settle();
    world.report("Until six", "delivered", 20, &asha);
    world.post(asha.writes(2, "Thank you").body());
    world.settle();
}

/// An agent sends two messages, one right after the other.
fn two_sends_in_order(world: &mut World) {
    let asha = a_customer(world);
    world.send(&asha, "First");
    world.send(&asha, "Second");
    world.settle();
}

/// A weak network: the agent's application asks three times under the same key.
fn same_key_three_times(world: &mut World) {
    let asha = a_customer(world);
    for _ in 0..3 {
        world.send_under("a-key", &asha, "We are open");
    }
    world.settle();
}

/// Somebody asks once, without a key, and does not ask again whatever happens.
fn impatient_agent(world: &mut World) {
    let asha = a_customer(world);
    world.send_once(&asha, "We are open");
    world.settle();
    world.post(asha.writes(2, "Thank you").body());
    world.settle();
}

/// Meta accepts a message, its answer is lost, and no status comes.
fn answer_lost(world: &mut World) {
    world.meta.will([Answer::AcceptsSilently]);
    an_answered_customer(world, "We are open");
}

/// An agent schedules a message. It goes out at its time, once.
fn scheduled(world: &mut World) {
    let asha = a_customer(world);
    world.schedule(&asha, "We open now", Duration::from_secs(3600), false);
    world.settle();
    world.skip(Duration::from_secs(3600));
    world.settle();
}

/// An agent schedules a message, unless the customer writes before. The customer does, and it never goes out.
fn scheduled_in_vain(world: &mut World) {
    let asha = a_customer(world);
    world.schedule(&asha, "Do you still need help?", Duration::from_secs(3600), true);
    world.settle();
    world.skip(Duration::from_secs(60));
    world.post(asha.writes(62, "It works now").body());
    world.settle();
    world.skip(Duration::from_secs(3600));
    world.settle();
}

/// The customer's number is not on WhatsApp any more.
fn refused(world: &mut World) {
    world.meta.will([Answer::Refuses(131_026)]);
    an_answered_customer(world, "We are open");
}

/// Meta accepts a message, and reports later that it failed.
fn fails_afterwards(world: &mut World) {
    let asha = an_answered_customer(world, "We are open");
    world.report("We are open", "failed", 10, &asha);
    world.settle();
}

/// Twice Meta asks to slow down: for the number, then for this customer.
fn rate_limited(world: &mut World) {
    world.meta.will([Answer::Refuses(130_429), Answer::Refuses(131_056)]);
    an_answered_customer(world, "We are open");
}

/// Meta answers that there are too many messages to this customer, though it accepts the first one and reports it.
fn rate_limited_and_accepted(world: &mut World) {
    let asha = a_customer(world);
    world.meta.will([Answer::AcceptsAndRefuses(131_056)]);
    world.meta.will([Answer::Refuses(131_056); 10]);
    world.send(&asha, "We are open");
    world.settle();
}

/// In the last minutes of September 2026 a reply is free. Meta asks to wait for five minutes, and by then it is charged.
fn price_rises(world: &mut World) {
    world.skip(Timestamp::from_seconds(SERVICE_CHARGED).since(world.now()) - Duration::from_secs(120));
    world.meta.will([Answer::Refuses(133_015)]);
    an_answered_customer(world, "We are open");
}

/// An agent answers, and Meta asks to wait for five minutes. Meanwhile the customer writes STOP.
fn opts_out(world: &mut World) {
    let asha = a_customer(world);
    world.meta.will([Answer::Refuses(133_015)]);
    world.send(&asha, "We are open");
    world.post(asha.writes(2, "STOP").body());
    world.settle();
}

/// A webhook is delivered again after five minutes, after seven days and after a month.
fn replay_after_days(world: &mut World) {
    let asha = Customer::new("Asha", 1);
    let webhook = together(&[asha.writes(1, "Hello"), asha.edits(2, 1, "Hello!"), asha.writes(3, "Anybody there?")]);
    world.post(webhook.clone());
    world.settle();
    for minutes in [5, 7 * 24 * 60, 30 * 24 * 60] {
        world.skip(Duration::from_secs(minutes * 60));
        world.post(webhook.clone());
        world.settle();
    }
}

/// A phone passes to a new person, who writes; then Meta delivers what the first owner wrote again.
fn replay_after_a_move(world: &mut World) {
    let asha = a_customer(world);
    world.skip(Duration::from_secs(60));
    world.post(asha.heir("Bo", 2).writes(2, "This is my number now").body());
    world.settle();
    world.post(asha.writes(1, "Are you open?").body());
    world.post(asha.hidden().writes(3, "I have a new phone").body());
    world.settle();
}

/// Meta delivers one message twice in one webhook, the second time under another timestamp.
fn two_timestamps(world: &mut World) {
    let asha = a_customer(world);
    let message = asha.writes(2, "Hello");
    world.post(together(&[message.clone(), message.triggered_at(9), asha.writes(3, "And tomorrow?")]));
    world.settle();
}

/// What is no webhook, and a message that lacks what makes it one, among others that are well.
fn parking(world: &mut World) {
    let asha = Customer::new("Asha", 1);
    world.post(b"{\"object\": \"whatsapp_business_account\", \"entry\": 7".to_vec());
    world.post(together(&[asha.writes(1, "Hello"), asha.writes(2, "Bye").without("timestamp")]));
    world.settle();
}

/// What the workers could not process for days is in the dead-letter queue. Meta delivers one of the webhooks again;
/// then the dead letters are moved back.
fn redrive(world: &mut World) {
    let asha = Customer::new("Asha", 1);
    world.post(asha.writes(1, "Hello").body());
    world.post(asha.writes(2, "Anybody there?").body());
    world.answer();
    world.bury();
    world.skip(Duration::from_secs(600));
    world.post(asha.writes(2, "Anybody there?").body());
    world.settle();
    world.redrive();
    world.settle();
}

/// The stream is not read for a day: what it would have started is found in the table.
fn sweep(world: &mut World) {
    let asha = a_customer(world);
    world.send(&asha, "We are open");
    world.answer();
    world.forget_stream();
    world.settle();
}

/// A customer who has written.
pub(crate) fn a_customer(world: &mut World) -> Customer {
    let asha = Customer::new("Asha", 1);
    world.post(asha.writes(1, "Are you open?").body());
    world.settle();
    asha
}

/// A customer who has written and is sent `text`.
fn an_answered_customer(world: &mut World, text: &str) -> Customer {
    let asha = a_customer(world);
    world.send(&asha, text);
    world.settle();
    asha
}
