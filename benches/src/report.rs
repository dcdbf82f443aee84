//! The page `docs/costs.md`.

use crate::idle::{Counted, Line, month};
use crate::meter::Function;
use crate::operations::{Cost, Operation, of};
use crate::prices::{Batch, Dollars, Prices};
use std::fmt::Write as _;

/// How many come together, in the page.
const BATCHES: [Batch; 3] =
    [Batch { webhook: 1, queue: 1 }, Batch { webhook: 1, queue: 10 }, Batch { webhook: 10, queue: 10 }];

/// The page, from what was measured and counted.
pub fn page(costs: &[Cost], prices: &Prices, counted: &Counted) -> String {
    let mut page = HEAD.to_owned();
    operations(&mut page, costs);
    functions(&mut page, costs);
    dollars(&mut page, costs, prices);
    idle(&mut page, counted, &month(prices, counted, costs), prices);
    page
}

const HEAD: &str = "\
# What things cost

Written by `cargo run --bin costs -- --write docs/costs.md`; `cargo test -p benches` fails where it is not what it would
write now. How it is measured is told in [performance.md](performance.md).

## DynamoDB's units and calls, by operation

Each from its request to the last thing that it leads to: all functions together, and nothing else at work. A unit
writes 1 KB, or reads 4 KB strongly, or 8 KB eventually. Of every message of a customer, one call and one unit keep the
event as it came.

";

/// Appends to a text in memory, which cannot fail.
macro_rules! add {
    ($page:expr, $($what:tt)*) => { let _ = writeln!($page, $($what)*); };
}

fn operations(page: &mut String, costs: &[Cost]) {
    add!(page, "| operation | calls to the table | units written: table | indexes | units read | calls to queues |");
    add!(page, "|---|--:|--:|--:|--:|--:|");
    for cost in costs {
        let (total, units) = (cost.total(), cost.units());
        let name = cost.operation.name();
        let (calls, queue_calls) = (total.calls, total.queue_calls);
        let (table, indexes, reads) = (units.table_writes, units.index_writes, units.reads());
        add!(page, "| {name} | {calls} | {table} | {indexes} | {reads} | {queue_calls} |");
    }
}

fn functions(page: &mut String, costs: &[Cost]) {
    page.push_str("\n## Who spends it\n\n");
    add!(page, "| operation | function | calls to the table | units written | units read |");
    add!(page, "|---|---|--:|--:|--:|");
    let shown = [Operation::FirstContact, Operation::StageMove, Operation::Text, Operation::Send, Operation::Delivered];
    for cost in shown.map(|operation| of(costs, operation)) {
        for (function, spent) in cost.bill.iter().filter(|(_, spent)| spent.calls > 0) {
            let name = cost.operation.name();
            let (calls, writes, reads) = (spent.calls, spent.told.writes(), spent.told.reads());
            add!(page, "| {name} | {} | {calls} | {writes} | {reads} |", word(*function));
        }
    }
}

const fn word(function: Function) -> &'static str {
    match function {
        Function::Webhook => "`webhook`",
        Function::Api => "`api`",
        Function::Inbound => "`inbound`",
        Function::Relay => "`relay`",
        Function::Outbound => "`outbound`",
        Function::Changes => "`changes`",
        Function::Schedule => "`schedule`",
    }
}

/// What a million cost, under the names that the page gives them.
pub fn millions(costs: &[Cost], prices: &Prices, batch: Batch) -> Vec<(&'static str, Dollars)> {
    let of = |operation| prices.million(of(costs, operation), batch);
    let statuses = of(Operation::Sent) + of(Operation::Delivered) + of(Operation::Read);
    vec![
        ("texts of people known", of(Operation::Text)),
        ("photos", of(Operation::Image)),
        ("first contacts", of(Operation::FirstContact)),
        ("messages of ours, each with its three statuses", of(Operation::Send) + statuses),
    ]
}

fn dollars(page: &mut String, costs: &[Cost], prices: &Prices) {
    let Prices { region, noted, taken, .. } = prices;
    let (memory, call, post) = (taken.memory_megabytes, taken.call_milliseconds, taken.post_milliseconds);
    let (asked, line) = (taken.request_log_bytes, taken.line_log_bytes);
    page.push_str("\n## Dollars for a million\n\n");
    add!(
        page,
        "By the list prices of {region} in [`benches/prices.toml`](../benches/prices.toml), noted down on {noted}."
    );
    page.push_str(MILLION);
    add!(page, "- Each function has {memory} MB.");
    add!(
        page,
        "- A call to DynamoDB or SQS takes {call} ms, and no two are made at a time. A post to Meta takes {post} ms."
    );
    add!(page, "- API Gateway logs a request in {asked} bytes, and a function what it has dealt with in {line}.");
    add!(page, "\n| a million | in a webhook | out of a queue | DynamoDB | SQS | Lambda | API Gateway | logs | all |");
    add!(page, "|---|--:|--:|--:|--:|--:|--:|--:|--:|");
    for batch in BATCHES {
        for (name, dollars) in millions(costs, prices, batch) {
            let Dollars { table, queues, functions, gateway, logs } = dollars;
            let all = dollars.total();
            let Batch { webhook, queue } = batch;
            let lambda = format!("{functions:.2} | {gateway:.2} | {logs:.2}");
            add!(page, "| {name} | {webhook} | {queue} | {table:.2} | {queues:.2} | {lambda} | {all:.2} |");
        }
    }
}

const MILLION: &str = "\
The busier a number is, the more come together: in one webhook of Meta's, and out of a queue or the stream. Requests of
agents always come one by one. Nothing is taken off for what AWS gives away. Not measured, but taken for true:

";

fn idle(page: &mut String, counted: &Counted, lines: &[Line], prices: &Prices) {
    page.push_str(IDLE);
    add!(page, "| what | how much | given | dollars | dollars if nothing were given |");
    add!(page, "|---|--:|--:|--:|--:|");
    for line in lines.iter().filter(|line| line.amount > 0.0) {
        let Line { what, amount, free, .. } = line;
        let amount = if *amount < 1.0 { format!("{amount:.3}") } else { format!("{amount:.0}") };
        add!(page, "| {what} | {amount} | {free} | {:.2} | {:.2} |", line.dollars(), line.dollars_without());
    }
    let (with, without) = totals(lines);
    add!(page, "| **all** | | | **{with:.2}** | **{without:.2}** |");
    let (renewal, metric, free) = (prices.month.key, prices.month.metric, prices.free.metrics);
    add!(page, "\nNot in it:\n");
    add!(page, "- what is stored;");
    add!(
        page,
        "- metrics of our own, which an idle month does not write. There are {}. One costs {metric:.2} a",
        counted.metrics
    );
    add!(page, "  month, for the hours in which something is written to it; {free} cost nothing;");
    add!(page, "- the key's first two renewals, of which there is one a year: {renewal:.2} more for each.");
}

const IDLE: &str = "
## A month in which nobody writes

Counted in [`template.yaml`](../template.yaml) and [`infra/watch.yaml`](../infra/watch.yaml) as the stage `prod` deploys
them. *Given* is what every account gets in every month.

";

/// What the lines come to: with what is given, and without.
pub fn totals(lines: &[Line]) -> (f64, f64) {
    (lines.iter().map(Line::dollars).sum(), lines.iter().map(Line::dollars_without).sum())
}
