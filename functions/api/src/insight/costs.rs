//! What messages cost in a month.

use super::csv::Csv;
use crate::app::App;
use crate::web::audit::entry;
use crate::web::auth::Caller;
use crate::web::cursor::Cursors;
use crate::web::problem::Problem;
use crate::web::query::{Cursor, Query, parameters};
use axum::Json;
use axum::extract::State;
use domain::access::audit::Action;
use domain::access::tenants::TimeZone;
use domain::channels::prices::cards::Category;
use domain::channels::prices::money::{Amount, Currency};
use domain::insight::costs::{Cost, CostKey, Costs, Month};
use domain::{Actor, ChannelId, ConversationId, MessageId};
use schemars::JsonSchema;
use serde::Serialize;

/// How many reads of 100 messages a page makes, and a table: 1,000 messages and 10,000.
const READS: usize = 10;
const READS_OF_A_TABLE: usize = 100;

/// Costs of the messages of one day, channel, category, template and sender.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "Cost")]
pub(crate) struct CostView {
    /// The day on which they were sent, by the time zone of the business.
    #[schemars(extend("format" = "date"))]
    day: String,
    /// The channel's ID.
    channel_id: ChannelId,
    /// The category. Null if WhatsApp has one that Leadwire does not know, or if the messages have no price.
    category: Option<Category>,
    /// The currency. Null if it is not known.
    currency: Option<Currency>,
    /// The name of the template. Null if the messages are no templates.
    template: Option<String>,
    /// Who sent them.
    by: Actor,
    /// How many messages were sent.
    messages: u32,
    /// How many of them WhatsApp has settled, or failed.
    settled_messages: u32,
    /// How many of them have no known price. They are in no amount.
    unknown_messages: u32,
    /// What the settled messages cost.
    settled: Amount,
    /// What the messages that are not settled yet were quoted at.
    open: Amount,
    /// What all of them were quoted at.
    quoted: Amount,
}

/// A message that WhatsApp charges differently from its quote.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "CostDifference")]
pub(crate) struct DifferenceView {
    /// The message's ID.
    message_id: MessageId,
    /// The conversation's ID.
    conversation_id: ConversationId,
    /// The currency. Null if it is not known.
    currency: Option<Currency>,
    /// The quote. Null if the price was unknown.
    quoted: Option<Amount>,
    /// What WhatsApp charges. Null if no rate card has it.
    settled: Option<Amount>,
}

/// Costs of a month, or of a part of it. A page adds up at most 1,000 messages: add the pages.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "Costs")]
pub(crate) struct CostsView {
    /// The month.
    month: Month,
    /// The sums of the messages on this page. A sum may occur on several pages.
    items: Vec<CostView>,
    /// The messages on this page that WhatsApp charges differently from their quotes.
    differences: Vec<DifferenceView>,
    /// The cursor of the next page. Null if this is the last one.
    next_cursor: Option<String>,
}

parameters! {
    /// The costs to add up.
    CostsQuery {
        /// The month. Defaults to the current one.
        month = "month": Option<Month>,
        /// The `nextCursor` of the previous page.
        cursor = "cursor": Option<Cursor>,
    }
}

parameters! {
    /// The costs to export.
    CostTableQuery {
        /// The month. Defaults to the current one.
        month = "month": Option<Month>,
    }
}

impl CostView {
    fn new(key: CostKey, cost: Cost) -> Self {
        let CostKey { day, channel, category, currency, template, by } = key;
        let Cost { messages, settled_messages, unknown_messages, settled, open, quoted } = cost;
        Self {
            day,
            channel_id: channel,
            category,
            currency,
            template,
            by,
            messages,
            settled_messages,
            unknown_messages,
            settled,
            open,
            quoted,
        }
    }
}

/// `GET /api/costs?month=&cursor=`: Add up what messages cost in a month. From the messages themselves, at list prices: by
/// day, channel, category, template and sender. Messages count on the day on which they were sent. Those that still wait to be sent
/// count nowhere.
pub(crate) async fn get_costs(
    State(app): State<App>,
    caller: Caller,
    Query(CostsQuery { month, cursor }): Query<CostsQuery>,
) -> Result<Json<CostsView>, Problem> {
    let (month, zone) = asked(&app, caller, month).await?;
    let cursors = Cursors::for_list(&app, caller.tenant, format!("costs {month}"));
    let after = cursors.mark(cursor.as_ref(), "cursor")?;
    let (from, to) = month.bounds(&zone);
    let (costs, next) = app.store.tenant(caller.tenant).costs(from, to, after, READS, &zone).await?;
    let Costs { sums, differences } = costs;
    let differences = differences.into_iter().map(|difference| DifferenceView {
        message_id: difference.message,
        conversation_id: difference.conversation,
        currency: difference.currency,
        quoted: difference.quoted,
        settled: difference.settled,
    });
    Ok(Json(CostsView {
        month,
        items: sums.into_iter().map(|(key, cost)| CostView::new(key, cost)).collect(),
        differences: differences.collect(),
        next_cursor: next.map(|mark| cursors.sign(&mark)),
    }))
}

/// `GET /api/costs.csv?month=`: Export the costs of a month as CSV. The file adds up the first 10,000 messages of the month,
/// and says in its last line if there are more.
pub(crate) async fn export_costs(
    State(app): State<App>,
    caller: Caller,
    Query(CostTableQuery { month }): Query<CostTableQuery>,
) -> Result<Csv, Problem> {
    let (month, zone) = asked(&app, caller, month).await?;
    let exported = entry(&app, caller.by, Action::Exported, "costs", "as CSV");
    let store = app.store.tenant(caller.tenant);
    store.append(&exported).await?;
    let (from, to) = month.bounds(&zone);
    let (costs, next) = store.costs(from, to, None, READS_OF_A_TABLE, &zone).await?;
    let columns =
        "day,channelId,category,currency,template,by,messages,settledMessages,unknownMessages,settled,open,quoted";
    let mut table = Csv::new("costs.csv", columns);
    for cost in costs.sums.into_iter().map(|(key, cost)| CostView::new(key, cost)) {
        table.line([
            cost.day,
            cost.channel_id.to_string(),
            cost.category.map_or_else(String::new, |category| category.to_string()),
            cost.currency.map_or_else(String::new, |currency| currency.to_string()),
            cost.template.unwrap_or_default(),
            cost.by.to_string(),
            cost.messages.to_string(),
            cost.settled_messages.to_string(),
            cost.unknown_messages.to_string(),
            cost.settled.to_string(),
            cost.open.to_string(),
            cost.quoted.to_string(),
        ]);
    }
    if next.is_some() {
        table.line(["There are more messages in this month. GET /api/costs adds up all of them.".to_owned()]);
    }
    Ok(table)
}

/// The month that is asked for, and the clock of the business.
async fn asked(app: &App, caller: Caller, month: Option<Month>) -> Result<(Month, TimeZone), Problem> {
    let tenant = app.store.tenant(caller.tenant).tenant().await?;
    let zone = tenant.map(|tenant| tenant.time_zone).unwrap_or_default();
    let now = app.clock.now();
    let month = match month {
        Some(month) => month,
        None => Month::containing(zone.offset(now).date(now)),
    };
    Ok((month, zone))
}
