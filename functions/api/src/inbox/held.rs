//! Messages that are held for what they cost: list them, approve their price, cancel them.

use crate::app::App;
use crate::inbox::inbox;
use crate::inbox::sending::price::occasion;
use crate::views::prices::QuotedPriceView;
use crate::views::{At, PageView};
use crate::web::answers::Done;
use crate::web::auth::{Caller, Viewing};
use crate::web::body::JsonBody;
use crate::web::cursor::Cursors;
use crate::web::path::MessagePath;
use crate::web::problem::{FieldError, Kind, Problem};
use crate::web::query::{Cursor, Limit, Query, parameters};
use axum::Json;
use axum::extract::State;
use domain::channels::budgets::BudgetAction;
use domain::channels::failures::Reason;
use domain::channels::prices::cards::RateCards;
use domain::channels::prices::money::Amount;
use domain::channels::prices::plan::{AgreedPrice, Form, Price};
use domain::inbox::conversations::Conversation;
use domain::inbox::message_prices::amount;
use domain::inbox::outbound_messages::OutboundMessage;
use domain::{ConversationId, LeadId, MessageId, OutboundContent, TemplateId, Text};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::channels::channels::Channel;

/// A message that is held for what it costs.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "HeldMessage")]
pub(crate) struct HeldMessageView {
    /// The message's ID.
    id: MessageId,
    /// The conversation's ID.
    conversation_id: ConversationId,
    /// The lead's ID.
    lead_id: LeadId,
    /// The message in one line.
    text: Text,
    /// Why it is held: `price_changed` or `budget_spent`.
    reason: Reason,
    /// The price that was agreed to. Null if it was unknown.
    agreed: Option<Amount>,
    /// The price now.
    price: QuotedPriceView,
    /// Whether a user can approve it. A budget that holds lets no message through until it has room.
    approvable: bool,
    /// When it is given up.
    expires_at: At,
}

/// The price that a user approves.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct ApprovalBody {
    /// The most that the message may cost. Defaults to the price that was agreed to before.
    max_price: Option<Amount>,
    /// Whether to send it although its price is unknown.
    #[serde(default)]
    accept_unknown_price: bool,
}

parameters! {
    /// The held messages to list.
    HeldQuery {
        /// The page size.
        limit = "limit": Limit<50>,
        /// The `nextCursor` of the previous page.
        cursor = "cursor": Option<Cursor>,
    }
}

/// `GET /api/messages/held?limit=&cursor=`: List the messages that are held for what they cost, the oldest first. A page may
/// hold fewer than `limit` messages and still have a `nextCursor`.
pub(crate) async fn list_held_messages(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    Query(HeldQuery { limit, cursor }): Query<HeldQuery>,
) -> Result<Json<PageView<HeldMessageView>>, Problem> {
    let cursors = Cursors::for_list(&app, caller.tenant, "held messages".to_owned());
    let after = cursors.mark(cursor.as_ref(), "cursor")?;
    let after = after.and_then(|mark| MessageId::from_ulid_str(&mark).ok());
    let store = app.store.tenant(caller.tenant);
    let (held, next) = store.held_for_cost(after, limit.0).await?;
    let mut items = Vec::new();
    for one in held {
        let conversation = store.conversation(one.conversation).await?;
        let Some(conversation) = conversation.filter(|conversation| conversation.is_seen_by(&viewer)) else { continue };
        let send = store.outbound_message(one.conversation.history, one.id).await?;
        let Some((send, reason)) = send.and_then(|send| send.held_for_cost().map(|reason| (send, reason))) else {
            continue;
        };
        let Some(channel) = store.channel(one.conversation.channel).await? else { continue };
        let now = agreed_now(&app, caller, &send, &channel, &conversation).await?;
        let approvable = may_be_approved(&app, caller, &send, &channel, &now).await?;
        items.push(HeldMessageView {
            id: send.id,
            conversation_id: send.conversation,
            lead_id: conversation.lead,
            text: send.content.readable(),
            reason,
            agreed: send.price.and_then(|agreed| amount(agreed.quote.price)),
            price: QuotedPriceView::new(&now.quote, channel.currency()),
            approvable,
            expires_at: At(send.expires),
        });
    }
    Ok(Json(PageView { items, next_cursor: next.map(|id| cursors.sign(&id.ulid_str())) }))
}

/// `POST /api/conversations/{id}/messages/{messageId}/approve` `{maxPrice, acceptUnknownPrice}`: Approve the price of a held
/// message, and send it. This also lets it through a budget that asks. The rest of a long text goes with it.
pub(crate) async fn approve_held_message(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    path: MessagePath,
    JsonBody(body): JsonBody<ApprovalBody>,
) -> Result<Done, Problem> {
    let conversation = inbox::seen(&app, caller.tenant, &viewer, path.conversation).await?;
    let store = app.store.tenant(caller.tenant);
    let send = held(&app, caller, &path).await?;
    let channel = store.channel(path.conversation.channel).await?.ok_or_else(Problem::no_such_channel)?;
    let now = agreed_now(&app, caller, &send, &channel, &conversation).await?;
    if !may_be_approved(&app, caller, &send, &channel, &now).await? {
        let detail = "A budget holds this message. Raise the budget, or wait for its next period.";
        return Err(Problem::new(Kind::Conflict, detail));
    }
    let approved = approved(&send, now, &body)?;
    let mut approvals = vec![(send.id, approved)];
    let mut after = Some(send.id);
    while let Some(mark) = after {
        let (held, more) = store.held_for_cost(Some(mark), 100).await?;
        for one in held.into_iter().filter(|one| one.conversation == path.conversation) {
            let part = store.outbound_message(one.conversation.history, one.id).await?;
            let is_part = |part: &OutboundMessage| part.part_of == Some(send.part_of.unwrap_or(send.id));
            approvals.extend(part.filter(is_part).map(|part| (part.id, approved)));
        }
        after = more;
    }
    let mut approvals = approvals.into_iter();
    if let Some((id, price)) = approvals.next()
        && !store.release_for_cost(path.conversation.history, id, Some(&price), app.clock.now()).await?
    {
        return Err(over());
    }
    for (id, price) in approvals {
        store.release_for_cost(path.conversation.history, id, Some(&price), app.clock.now()).await?;
    }
    Ok(Done)
}

/// The message in the path, which is held for what it costs.
async fn held(app: &App, caller: Caller, path: &MessagePath) -> Result<OutboundMessage, Problem> {
    let send = app.store.tenant(caller.tenant).outbound_message(path.conversation.history, path.message).await?;
    let send = send.filter(|send| send.conversation == path.conversation);
    let send = send.ok_or_else(|| Problem::not_found("message"))?;
    if send.held_for_cost().is_some() { Ok(send) } else { Err(over()) }
}

/// What its sender would agree to now, with the template's category as it is.
async fn agreed_now(
    app: &App,
    caller: Caller,
    send: &OutboundMessage,
    channel: &Channel,
    conversation: &Conversation,
) -> Result<AgreedPrice, Problem> {
    let mut form = send.content.form();
    if let OutboundContent::Template(message) = &send.content {
        let id = TemplateId::for_name(&channel.waba, &message.name, &message.language);
        if let Some(template) = app.store.tenant(caller.tenant).template(id).await? {
            form = Form::Template(template.category.priced());
        }
    }
    let now = app.clock.now();
    let free_until = app.store.tenant(caller.tenant).free_entry(conversation.id).await?.until;
    let occasion = occasion(channel, form, send.to.recipient(), conversation.window_until(), free_until, now);
    Ok(occasion.agree(RateCards::current()))
}

/// Whether no budget that holds is in the way.
async fn may_be_approved(
    app: &App,
    caller: Caller,
    send: &OutboundMessage,
    channel: &Channel,
    agreed: &AgreedPrice,
) -> Result<bool, Problem> {
    let store = app.store.tenant(caller.tenant);
    let now = app.clock.now();
    let offset = channel.billing.offset(now);
    let budgets = store.budgets().await?;
    let holding = budgets.into_iter().filter(|budget| budget.action == BudgetAction::Hold).collect();
    let standings = store.standings(holding, channel.id, channel.currency(), offset, now).await?;
    let cost = amount(agreed.quote.price).unwrap_or_default();
    Ok(send.price.is_some() && standings.iter().all(|standing| standing.room(cost).admits(true)))
}

/// What `body` agrees to, of a message that costs `now`.
fn approved(send: &OutboundMessage, now: AgreedPrice, body: &ApprovalBody) -> Result<AgreedPrice, Problem> {
    let agreed = AgreedPrice { over_budget: true, ..now };
    let before = send.price.and_then(|price| price.ceiling).map(|ceiling| ceiling.amount);
    match (now.quote.price, body.max_price.or(before)) {
        (Price::Unknown(_), _) if !body.accept_unknown_price => {
            let detail = "The price is unknown. To send the message all the same, send acceptUnknownPrice: true.";
            Err(Problem::fields(Kind::PriceUnknown, vec![FieldError::new("acceptUnknownPrice", detail.to_owned())]))
        }
        (Price::Rated(rated), Some(most)) if rated.money.amount <= most => Ok(agreed.up_to(most)),
        (Price::Rated(rated), _) => {
            let detail = format!("The message costs {}. Send maxPrice with that amount to approve it.", rated.money);
            Err(Problem::fields(Kind::PriceChanged, vec![FieldError::new("maxPrice", detail)]))
        }
        (Price::Free(_) | Price::Unknown(_), _) => Ok(agreed),
    }
}

pub(super) fn over() -> Problem {
    Problem::new(Kind::Conflict, "This message is not held any more. Reload the conversation.")
}
