//! What things cost is what `docs/costs.md` says, and not more than they may.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has to end")]

use benches::idle::{self, Counted};
use benches::operations::{self, Cost, cost_of};
use benches::{Function, Operation, Prices, World, bodies, report};
use http::Method;
use std::ops::RangeInclusive;
use std::sync::LazyLock;

/// What an idle month may cost, in dollars.
const IDLE: f64 = 4.5;

static COSTS: LazyLock<Vec<Cost>> = LazyLock::new(|| run(operations::measure()));

fn run<T: Send + 'static>(work: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.unwrap().block_on(work)
}

#[test]
fn the_page_says_what_things_cost() {
    let page = report::page(&COSTS, &Prices::read(), &Counted::in_template());
    let written = template::file("docs/costs.md");
    assert!(page == written, "write it anew: cargo run --bin costs -- --write docs/costs.md\n{page}");
}

#[test]
fn dynamodb_and_the_sizes_of_items_say_the_same() {
    for cost in COSTS.iter() {
        let total = cost.total();
        assert_eq!(total.told, total.worked_out, "{}", cost.operation.name());
    }
}

#[test]
fn a_customer_s_text_costs_four_units_one_more_for_the_event_as_it_came_and_half_a_read() {
    let spent = cost_of(&COSTS, Operation::Text).bill[&Function::Inbound];
    assert!(spent.told.writes() <= 4 + 1, "{spent:?}");
    assert!(spent.told.half_reads <= 1, "{spent:?}");
    assert!(spent.calls <= 3 + 1, "{spent:?}");
}

#[test]
fn a_text_that_begins_a_wait_costs_one_unit_more_for_its_place_among_those_that_wait() {
    let inbound = |operation| cost_of(&COSTS, operation).bill[&Function::Inbound].told.writes();
    assert!(inbound(Operation::TextAfterAnswer) <= inbound(Operation::Text) + 1);
}

#[test]
fn a_photo_costs_at_most_six_units_more_and_a_first_contact_fourteen() {
    let writes = |operation| cost_of(&COSTS, operation).units().writes();
    let first = cost_of(&COSTS, Operation::FirstContact).bill[&Function::Inbound].told.writes();
    // Its file is noted, taken in hand and kept, and is due meanwhile.
    assert!(writes(Operation::Image) <= writes(Operation::Text) + 6, "{}", writes(Operation::Image));
    // One of them for its place among those that wait.
    assert!(first <= 14 + 1, "{first}");
}

#[test]
fn a_status_costs_one_unit_and_one_more_where_it_is_counted() {
    for (operation, counted) in [(Operation::Sent, 0), (Operation::Delivered, 1), (Operation::Read, 1)] {
        let units = cost_of(&COSTS, operation).units();
        // Half a read each to learn that no browser is connected and no webhook asks for it, and a strong one of the figures.
        let expected = (1 + counted, 0, 2 + 2 * counted);
        assert_eq!((units.table_writes, units.index_writes, units.half_reads), expected, "{}", operation.name());
    }
}

#[test]
fn nothing_is_invoked_more_than_once_for_one_operation() {
    for cost in COSTS.iter() {
        for (function, spent) in &cost.bill {
            // Browsers are told of a photo twice: that it came, and that its bytes are there.
            let told = usize::from(cost.operation == Operation::Image && *function == Function::Changes);
            assert!(spent.invocations <= 1 + told, "{}: {function:?} {spent:?}", cost.operation.name());
        }
    }
}

#[test]
fn an_idle_month_costs_no_more_than_it_may() {
    let (all, without) = report::totals(&idle::month(&Prices::read(), &Counted::in_template(), &COSTS));
    assert!(all <= IDLE, "{all:.2} dollars: see the lines in docs/costs.md for what to leave out");
    let readme = template::file("README.md");
    assert!(
        readme.contains(&format!("${all:.2} ")) && readme.contains(&format!("${without:.2} ")),
        "{all:.2}, {without:.2}"
    );
}

#[test]
fn a_page_reads_as_much_however_much_lies_behind_it() {
    run(async {
        let world = World::start().await;
        write(&world, 1..=25, 1).await;
        let leads = reads(&world, "/api/leads?limit=20").await;
        write(&world, 26..=50, 1).await;
        assert_eq!(reads(&world, "/api/leads?limit=20").await, leads);

        write(&world, 1..=1, 10).await;
        let conversations = world.app().get("/api/conversations?limit=1").await;
        let path = format!("/api/conversations/{}/messages?limit=5", conversations.items()[0]["id"].as_str().unwrap());
        let messages = reads(&world, &path).await;
        write(&world, 1..=1, 100).await;
        assert_eq!(reads(&world, &path).await, messages);
    });
}

/// Each of these people writes so many texts.
async fn write(world: &World, people: RangeInclusive<usize>, texts: usize) {
    for person in people {
        for _ in 0..texts {
            world.skip(1);
            let name = bodies::wamid(usize::try_from(world.now().seconds()).unwrap());
            world.delivered(bodies::message("text", person, &name, world.now(), |_| {})).await;
        }
    }
}

/// The half units that a page reads.
async fn reads(world: &World, path: &str) -> usize {
    world.called(Method::GET, path, &[], None).await.1[&Function::Api].told.half_reads
}
