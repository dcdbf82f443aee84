//! The stories. Each says what happens outside; whatever can go wrong inside is tried by who tells them.

use crate::customer::{Customer, together};
use crate::meta::Mood;
use crate::world::World;
use domain::leads::Stage;
use std::time::Duration;

/// A story, and what it is called.
#[derive(Clone, Copy, Debug)]
pub struct Scenario {
    /// Its name, in words.
    pub name: &'static str,
    /// What happens.
    pub tell: fn(&mut World),
}

/// Every story, those that show much in a few calls first.
pub const ALL: [Scenario; 28] = [
    Scenario { name: "first contact", tell: first_contact },
    Scenario { name: "two sends in order", tell: two_sends_in_order },
    Scenario { name: "texts among others in one webhook", tell: text_among_others },
    Scenario { name: "the same webhook three times", tell: repeated },
    Scenario { name: "statuses in the wrong order", tell: statuses_in_any_order },
    Scenario { name: "a status before its message is recorded", tell: status_before_its_message },
    Scenario { name: "a status without the name that we gave", tell: status_without_echo },
    Scenario { name: "a reaction before its message", tell: reaction_before_its_message },
    Scenario { name: "an edit before its message", tell: edit_before_its_message },
    Scenario { name: "a withdrawal before its message", tell: withdrawal_before_its_message },
    Scenario { name: "a withdrawal right before its message", tell: withdrawal_right_before_its_message },
    Scenario { name: "two edits of a message", tell: two_edits },
    Scenario { name: "a send and a reply", tell: send_and_reply },
    Scenario { name: "the same request to send three times", tell: same_key_three_times },
    Scenario { name: "a request to send that is made once, without a key", tell: impatient_agent },
    Scenario { name: "a send whose answer is lost", tell: answer_lost },
    Scenario { name: "a send that Meta refuses", tell: refused },
    Scenario { name: "a send that fails afterwards", tell: fails_afterwards },
    Scenario { name: "Meta asks to slow down", tell: rate_limited },
    Scenario { name: "what cannot be read", tell: parking },
    Scenario { name: "dead letters are put back", tell: redrive },
    Scenario { name: "the stream is lost", tell: sweep },
    Scenario { name: "one person writes to two businesses", tell: two_businesses },
    Scenario { name: "an agent reads, and moves a lead that writes again", tell: agents_deeds },
    Scenario { name: "a customer has a new number", tell: new_number },
    Scenario { name: "somebody is invited", tell: invitation },
    Scenario { name: "an album of ten photos from somebody new", tell: album },
    Scenario { name: "a replay after days", tell: replay_after_days },
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
    let there = asha.clone().next_door();
    world.post_to_both(together(&[asha.writes(1, "Are you open?"), there.writes(1, "And you?")]));
    world.settle();
    world.send(&asha, "We are open");
    world.post_to_both(there.writes(2, "Never mind").body());
    world.settle();
}

/// An agent reads what a customer wrote and calls the sale won; then the customer writes again.
fn agents_deeds(world: &mut World) {
    let asha = a_customer(world);
    world.read(0);
    world.move_to(0, Stage::Won);
    world.settle();
    world.skip(Duration::from_secs(60));
    world.post(asha.writes(2, "One more, please").body());
    world.settle();
}

/// A customer gets another number, and writes from it.
fn new_number(world: &mut World) {
    let (before, now) = (a_customer(world), Customer::new("Asha", 2));
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
    let (asha, ravi, mei) = (Customer::new("Asha", 1), Customer::new("Ravi", 2), Customer::new("Mei", 3));
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

/// The customer reads an answer, and Meta tells it backwards.
fn statuses_in_any_order(world: &mut World) {
    let asha = an_answered_customer(world, "We are open");
    for (word, seconds) in [("read", 30), ("sent", 10), ("delivered", 20)] {
        world.say("We are open", word, seconds, &asha);
    }
    world.settle();
}

/// Meta tells that a message was delivered, but its answer to the post never came.
fn status_before_its_message(world: &mut World) {
    world.meta.will([Mood::TakesSilently]);
    let asha = an_answered_customer(world, "We are open");
    world.say("We are open", "delivered", 10, &asha);
    world.settle();
}

/// A status without our name for the message comes before we know Meta's name for it.
fn status_without_echo(world: &mut World) {
    world.meta.will([Mood::TakesSilently]);
    let asha = an_answered_customer(world, "We are open");
    world.say_without_name("We are open", "read", 30, &asha);
    world.settle();
    world.say("We are open", "sent", 10, &asha);
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
    world.say("Until six", "delivered", 20, &asha);
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

/// Meta takes a message, its answer is lost, and it never speaks of it.
fn answer_lost(world: &mut World) {
    world.meta.will([Mood::TakesSilently]);
    an_answered_customer(world, "We are open");
}

/// The customer's number is not on WhatsApp any more.
fn refused(world: &mut World) {
    world.meta.will([Mood::Refuses(131_026)]);
    an_answered_customer(world, "We are open");
}

/// Meta takes a message, and tells later that it did not arrive.
fn fails_afterwards(world: &mut World) {
    let asha = an_answered_customer(world, "We are open");
    world.say("We are open", "failed", 10, &asha);
    world.settle();
}

/// Twice Meta asks to slow down: for the number, then for this customer.
fn rate_limited(world: &mut World) {
    world.meta.will([Mood::Refuses(130_429), Mood::Refuses(131_056)]);
    an_answered_customer(world, "We are open");
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

/// What is no webhook, and a message that lacks what makes it one, among others that are well.
fn parking(world: &mut World) {
    let asha = Customer::new("Asha", 1);
    world.post(b"{\"object\": \"whatsapp_business_account\", \"entry\": 7".to_vec());
    world.post(together(&[asha.writes(1, "Hello"), asha.writes(2, "Bye").without("timestamp")]));
    world.settle();
}

/// What the workers could not deal with for days lies among the dead letters; Meta delivers one of the webhooks again;
/// then the dead letters are put back.
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

/// Nobody read the stream for a day: what it would have told is found in the table.
fn sweep(world: &mut World) {
    let asha = a_customer(world);
    world.send(&asha, "We are open");
    world.answer();
    world.forget_stream();
    world.settle();
}

/// Somebody who has written.
fn a_customer(world: &mut World) -> Customer {
    let asha = Customer::new("Asha", 1);
    world.post(asha.writes(1, "Are you open?").body());
    world.settle();
    asha
}

/// Somebody who has written and is sent `text`.
fn an_answered_customer(world: &mut World, text: &str) -> Customer {
    let asha = a_customer(world);
    world.send(&asha, text);
    world.settle();
    asha
}
