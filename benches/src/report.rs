//! The page `docs/costs.md`.

use crate::idle::{Counted, Line, month};
use crate::meter::Function;
use crate::operations::{Cost, Operation, cost_of};
use crate::prices::{Batch, Dollars, Prices};
use std::fmt::Write as _;

/// How many come together, in the page.
const BATCHES: [Batch; 3] =
    [Batch { webhook: 1, queue: 1 }, Batch { webhook: 1, queue: 10 }, Batch { webhook: 10, queue: 10 }];

/// The page, from what was measured and counted.
pub fn page(costs: &[Cost], prices: &Prices, counted: &Counted) -> String {
    let mut page = CONVERSATION.to_owned();
    operations(&mut page, costs);
    functions(&mut page, costs);
    dollars(&mut page, costs, prices);
    idle(&mut page, counted, &month(prices, counted, costs), prices);
    page
}

const CONVERSATION: &str = "\
# Costs

`cargo run --bin costs -- --write docs/costs.md` writes this page, and `cargo test -p benches` fails if it is out of date.
[performance.md](performance.md) explains how the figures are measured.

## DynamoDB units and calls, by operation

Each figure covers all functions, from the request to its last effect, with no other load. A unit writes 1 KB, or reads
4 KB strongly or 8 KB eventually. Storing the original event takes one call and one unit of every customer's message.

";

/// Appends to a text in memory, which cannot fail.
macro_rules! add {
    ($page:expr, $($what:tt)*) => { let _ = writeln!($page, $($what)*); };
}

fn operations(page: &mut String, costs: &[Cost]) {
    add!(page, "| operation | calls to the table | units written: table | indexes | units read | calls to queues |");
    add!(page, "|---|--:|--:|--:|--:|--:|");
    for cost in costs {
        let total = cost.total();
        let units = cost.units();
        let name = cost.operation.name();
        let calls = total.calls;
        let queue_calls = total.queue_calls;
        let table = units.table_writes;
        let indexes = units.index_writes;
        let reads = units.reads();
        add!(page, "| {name} | {calls} | {table} | {indexes} | {reads} | {queue_calls} |");
    }
}

fn functions(page: &mut String, costs: &[Cost]) {
    page.push_str("\n## Cost by function\n\n");
    add!(page, "| operation | function | calls to the table | units written | units read |");
    add!(page, "|---|---|--:|--:|--:|");
    let shown = [Operation::FirstContact, Operation::StageMove, Operation::Text, Operation::Send, Operation::Delivered];
    for cost in shown.map(|operation| cost_of(costs, operation)) {
        for (function, spent) in cost.bill.iter().filter(|(_, spent)| spent.calls > 0) {
            let name = cost.operation.name();
            let calls = spent.calls;
            let writes = spent.told.writes();
            let reads = spent.told.reads();
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
        Function::Jobs => "`jobs`",
        Function::Schedule => "`schedule`",
    }
}

/// What a million cost, under the names that the page gives them.
pub fn millions(costs: &[Cost], prices: &Prices, batch: Batch) -> Vec<(&'static str, Dollars)> {
    let of = |operation| prices.million(cost_of(costs, operation), batch);
    let statuses = of(Operation::Sent) + of(Operation::Delivered) + of(Operation::Read);
    vec![
        ("texts of known customers", of(Operation::Text)),
        ("photos", of(Operation::Image)),
        ("first contacts", of(Operation::FirstContact)),
        ("outbound messages, each with its three statuses", of(Operation::Send) + statuses),
    ]
}

fn dollars(page: &mut String, costs: &[Cost], prices: &Prices) {
    let Prices { region, noted, taken, .. } = prices;
    let memory = taken.memory_megabytes;
    let call = taken.call_milliseconds;
    let post = taken.post_milliseconds;
    let asked = taken.request_log_bytes;
    let line = taken.line_log_bytes;
    page.push_str("\n## Dollars per million\n\n");
    add!(page, "By the list prices of {region} in [`benches/prices.toml`](../benches/prices.toml), noted on {noted}.");
    page.push_str(MILLION);
    add!(page, "- Each function has {memory} MB.");
    add!(
        page,
        "- A call to DynamoDB or SQS takes {call} ms, and calls are sequential. A POST to Meta takes {post} ms."
    );
    add!(page, "- API Gateway logs a request in {asked} bytes, and a function logs its work in {line}.");
    add!(page, "\n| a million | per webhook | per batch | DynamoDB | SQS | Lambda | API Gateway | logs | total |");
    add!(page, "|---|--:|--:|--:|--:|--:|--:|--:|--:|");
    for batch in BATCHES {
        for (name, dollars) in millions(costs, prices, batch) {
            let Dollars { table, queues, functions, gateway, files, logs } = dollars;
            let all = dollars.total();
            let Batch { webhook, queue } = batch;
            let lambda = format!("{functions:.2} | {gateway:.2} | {files:.2} | {logs:.2}");
            add!(page, "| {name} | {webhook} | {queue} | {table:.2} | {queues:.2} | {lambda} | {all:.2} |");
        }
    }
}

const MILLION: &str = "\
The busier a number is, the larger are the batches: of events in a webhook, and of records from a queue or the stream.
Agents' requests are never batched. The free tier is not deducted. These assumptions are not measured:

";

fn idle(page: &mut String, counted: &Counted, lines: &[Line], prices: &Prices) {
    page.push_str(IDLE);
    add!(page, "| what | amount | free | dollars | dollars without the free allowance |");
    add!(page, "|---|--:|--:|--:|--:|");
    for line in lines.iter().filter(|line| line.amount > 0.0) {
        let Line { what, amount, free, .. } = line;
        let amount = if *amount < 1.0 { format!("{amount:.3}") } else { format!("{amount:.0}") };
        add!(page, "| {what} | {amount} | {free} | {:.2} | {:.2} |", line.dollars(), line.dollars_without());
    }
    let (with, without) = totals(lines);
    add!(page, "| **total** | | | **{with:.2}** | **{without:.2}** |");
    let renewal = prices.month.key;
    let metric = prices.month.metric;
    let free = prices.free.metrics;
    add!(page, "\nNot included:\n");
    add!(page, "- storage;");
    add!(
        page,
        "- custom metrics, which an idle month does not write. There are {}. One costs {metric:.2} a",
        counted.metrics
    );
    add!(page, "  month, for the hours in which it is written; {free} are free;");
    add!(page, "- the key's first two annual rotations: {renewal:.2} each.");
}

const IDLE: &str = "
## An idle month

Counted in [`template.yaml`](../template.yaml) and [`infra/watch.yaml`](../infra/watch.yaml), for the stage `prod`. *Free* is
the monthly allowance of every account.

";

/// What the lines come to: with what is given, and without.
pub fn totals(lines: &[Line]) -> (f64, f64) {
    (lines.iter().map(Line::dollars).sum(), lines.iter().map(Line::dollars_without).sum())
}
