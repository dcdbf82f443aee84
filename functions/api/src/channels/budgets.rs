//! Budgets: how much the business spends on messages in a day or a month.

use crate::app::App;
use crate::views::At;
use crate::web::answers::{Done, Versioned};
use crate::web::audit::entry;
use crate::web::auth::Caller;
use crate::web::body::JsonBody;
use crate::web::if_match::{IfMatch, changed_meanwhile};
use crate::web::path::Id;
use crate::web::problem::{FieldError, Kind, Problem};
use axum::Json;
use axum::extract::State;
use domain::access::audit::Action;
use domain::channels::budgets::{Budget, BudgetAction, BudgetPeriod, BudgetScope, MOST_BUDGETS, PeriodName, Spending};
use domain::channels::prices::money::{Amount, Currency};
use domain::ids::BudgetId;
use domain::{ChannelId, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A budget, and what is spent of it in the current period.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "Budget")]
pub(crate) struct BudgetView {
    /// The budget's ID.
    id: BudgetId,
    /// The channel whose messages it covers. Null if it covers those of all channels.
    channel_id: Option<ChannelId>,
    /// The currency. Messages that are paid in another currency do not count.
    currency: Currency,
    /// The amount that may be spent in a period.
    amount: Amount,
    /// How long a period lasts.
    period: BudgetPeriod,
    /// What happens to messages for which there is no room.
    action: BudgetAction,
    /// The current period: its day or month.
    current: PeriodName,
    /// The settled costs of the period, and the quotes of messages that are on their way.
    spent: Amount,
    /// The part of `spent` that WhatsApp has settled.
    settled: Amount,
    /// When 80 % of the amount was reached. Null if it was not.
    reached80_at: Option<At>,
    /// When 100 % of the amount was reached. Null if it was not.
    reached100_at: Option<At>,
}

/// The budgets of the business.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "Budgets")]
pub(crate) struct BudgetsView {
    /// The budgets, the oldest first.
    items: Vec<BudgetView>,
}

/// A budget to create.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct NewBudgetBody {
    /// The channel whose messages it covers. Defaults to all channels.
    channel_id: Option<ChannelId>,
    /// The currency: that of the WhatsApp Business account that pays.
    currency: Currency,
    /// The amount that may be spent in a period. With 0, only free messages are sent.
    amount: Amount,
    /// How long a period lasts.
    period: BudgetPeriod,
    /// What happens to messages for which there is no room.
    action: BudgetAction,
}

/// A change of a budget. Omitted fields stay as they are.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct BudgetBody {
    /// The amount that may be spent in a period.
    amount: Option<Amount>,
    /// What happens to messages for which there is no room.
    action: Option<BudgetAction>,
}

/// `GET /api/budgets`: List the budgets, each with what is spent of it in its current period. A message counts in the
/// period of its account's time zone.
pub(crate) async fn list_budgets(State(app): State<App>, caller: Caller) -> Result<Json<BudgetsView>, Problem> {
    let mut items = Vec::new();
    for budget in app.store.tenant(caller.tenant).budgets().await? {
        items.push(shown(&app, caller, budget).await?);
    }
    Ok(Json(BudgetsView { items }))
}

/// `POST /api/budgets` `{channelId, currency, amount, period, action}`: Create a budget. It counts messages that are sent
/// from now on.
pub(crate) async fn create_budget(
    State(app): State<App>,
    caller: Caller,
    JsonBody(body): JsonBody<NewBudgetBody>,
) -> Result<Versioned<BudgetView, 201>, Problem> {
    let store = app.store.tenant(caller.tenant);
    let scope = match body.channel_id {
        None => BudgetScope::Business,
        Some(id) => {
            let channel = store.channel(id).await?;
            let channel = channel.ok_or_else(|| wrong("channelId", "There is no channel with this ID.".to_owned()))?;
            if let Some(currency) = channel.currency().filter(|currency| *currency != body.currency) {
                let detail = format!("The account of {} pays in {currency}. Use that currency.", channel.display);
                return Err(wrong("currency", detail));
            }
            BudgetScope::Channel(id)
        }
    };
    if store.budgets().await?.len() >= MOST_BUDGETS {
        let detail = format!("A business has at most {MOST_BUDGETS} budgets. Change or delete one first.");
        return Err(Problem::new(Kind::Conflict, detail));
    }
    let budget = Budget {
        id: BudgetId::from_parts(app.clock.now(), app.random.u128()),
        scope,
        currency: body.currency,
        amount: body.amount,
        period: body.period,
        action: body.action,
        revision: 1,
    };
    let said = entry(&app, caller.by, Action::BudgetCreated, &budget.id.to_string(), &summary(&budget));
    store.create_budget(&budget, &said).await?;
    Ok(Versioned { revision: budget.revision, body: shown(&app, caller, budget).await? })
}

/// `PATCH /api/budgets/{id}` `{amount, action}`: Change a budget. Messages that it holds are sent within a minute, as far
/// as there is room now.
pub(crate) async fn update_budget(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<BudgetId>,
    if_match: IfMatch,
    JsonBody(body): JsonBody<BudgetBody>,
) -> Result<Versioned<BudgetView>, Problem> {
    if body.amount.is_none() && body.action.is_none() {
        return Err(wrong("amount", "Send amount, action or both.".to_owned()));
    }
    let before = existing(&app, caller, id).await?;
    if_match.admits(before.revision)?;
    let amount = body.amount.unwrap_or(before.amount);
    let action = body.action.unwrap_or(before.action);
    let changed = Budget { amount, action, ..before };
    let said = entry(&app, caller.by, Action::BudgetChanged, &id.to_string(), &summary(&changed));
    if !app.store.tenant(caller.tenant).change_budget(&changed, &said, app.clock.now()).await? {
        return Err(changed_meanwhile());
    }
    let after = Budget { revision: changed.revision + 1, ..changed };
    Ok(Versioned { revision: after.revision, body: shown(&app, caller, after).await? })
}

/// `DELETE /api/budgets/{id}`: Delete a budget. Messages that it holds are sent within a minute.
pub(crate) async fn delete_budget(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<BudgetId>,
    if_match: IfMatch,
) -> Result<Done, Problem> {
    let before = existing(&app, caller, id).await?;
    if_match.admits(before.revision)?;
    let said = entry(&app, caller.by, Action::BudgetDeleted, &id.to_string(), &summary(&before));
    if app.store.tenant(caller.tenant).delete_budget(&before, &said, app.clock.now()).await? {
        Ok(Done)
    } else {
        Err(changed_meanwhile())
    }
}

async fn existing(app: &App, caller: Caller, id: BudgetId) -> Result<Budget, Problem> {
    app.store.tenant(caller.tenant).budget(id).await?.ok_or_else(|| Problem::not_found("budget"))
}

/// The budget with what is spent in the period in which a message would count that is sent now. A budget of all channels
/// shows the period of the first channel that pays in its currency.
async fn shown(app: &App, caller: Caller, budget: Budget) -> Result<BudgetView, Problem> {
    let store = app.store.tenant(caller.tenant);
    let now = app.clock.now();
    let channels = store.channels().await?;
    let paying = channels.iter().find(|channel| budget.covers(channel.id, channel.currency()));
    let offset = paying.map(|channel| channel.billing.offset(now)).unwrap_or_default();
    let current = budget.period.name(offset.date(now));
    let Spending { booked, settled, reached } = store.spending(budget.id, &current).await?;
    let [reached80, reached100] = reached.map(|at: Option<Timestamp>| at.map(At));
    Ok(BudgetView {
        id: budget.id,
        channel_id: match budget.scope {
            BudgetScope::Business => None,
            BudgetScope::Channel(id) => Some(id),
        },
        currency: budget.currency,
        amount: budget.amount,
        period: budget.period,
        action: budget.action,
        current,
        spent: booked,
        settled,
        reached80_at: reached80,
        reached100_at: reached100,
    })
}

fn summary(budget: &Budget) -> String {
    let Budget { currency, amount, period, action, .. } = budget;
    format!("{currency} {amount} a {period}, {action}")
}

fn wrong(field: &str, detail: String) -> Problem {
    Problem::invalid(vec![FieldError::new(field, detail)])
}
