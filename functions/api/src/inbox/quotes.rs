//! What a message would cost, and whether it can be sent: asked before it is written.

use crate::Deps;
use crate::app::App;
use crate::inbox::sending::place::{Known, address};
use crate::inbox::sending::price::occasion;
use crate::inbox::sending::quote_request::{Asks, QuoteBody};
use crate::inbox::sending::{start, templates as sending_templates};
use crate::views::At;
use crate::views::prices::QuotedPriceView;
use crate::web::auth::{Caller, Viewing};
use crate::web::body::JsonBody;
use crate::web::problem::Problem;
use axum::Json;
use axum::extract::State;
use domain::channels::budgets::BudgetAction;
use domain::channels::prices::cards::{Category, RateCards};
use domain::channels::prices::markets::Recipient;
use domain::channels::prices::money::Amount;
use domain::channels::prices::plan::{FREE_SERVICE_MESSAGES, Form, Plan, Refusal, free_month};
use domain::inbox::consents::{ConsentKind, ConsentState};
use domain::inbox::conversations::Conversation;
use domain::inbox::message_prices::amount;
use domain::inbox::outbound_messages::Address;
use domain::outreach::templates::{Language, Template, TemplateName, TemplateStatus};
use domain::{ChannelId, TenantId};
use schemars::JsonSchema;
use serde::Serialize;
use store::channels::channels::Channel;
use store::outreach::templates::TemplateFilter;

/// How many templates are offered in place of a message that cannot be sent.
const MOST_OFFERED: usize = 20;

/// The categories that a business can choose, in the order in which people read them.
const OFFERED: [Category; 4] = [Category::Service, Category::Utility, Category::Marketing, Category::Authentication];

/// What a message would cost, and whether it can be sent.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "Quote")]
pub(crate) struct QuoteView {
    /// The channel that it would be sent from.
    channel_id: ChannelId,
    /// Whether it can be sent now.
    sendable: bool,
    /// Why it cannot be sent. Null if it can.
    refusal: Option<Refusal>,
    /// The price of each message, once it is delivered.
    price: QuotedPriceView,
    /// How many messages it is sent as. A long text is sent as several.
    messages: usize,
    /// The price of all of them together. Null if it is unknown.
    total: Option<Amount>,
    /// What a budget that has no room for the message does: `warn`, `ask` or `hold`, the strictest of them. Null if every
    /// budget has room.
    over_budget: Option<BudgetAction>,
    /// How many service messages of the number are still free in this month of the account's time zone. They are free in
    /// the order in which WhatsApp delivers them. Null before October 2026.
    free_messages_left: Option<u32>,
    /// What is recorded of the customer's consent to marketing messages.
    marketing_consent: ConsentState,
    /// When the 24-hour window closes. Null if the customer has neither written nor called.
    window_until: Option<At>,
    /// What a message of each category would cost, for this recipient and now.
    categories: Vec<QuotedPriceView>,
    /// Templates that can be sent instead, if the message cannot: up to 20, by name.
    templates: Vec<OfferedTemplate>,
}

/// A template that can be sent now.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct OfferedTemplate {
    /// The name.
    name: TemplateName,
    /// The language.
    language: Language,
    /// The price of a message from it.
    price: QuotedPriceView,
}

/// `POST /api/quotes` `{conversationId | leadId | phoneNumber, channelId, text | template}`: Quote a message. Says whether
/// it can be sent now and what WhatsApp charges for it. Nothing is written or sent. Without `text` and `template` it is a
/// message that is no template. Prices are list prices.
pub(crate) async fn create_quote(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    JsonBody(body): JsonBody<QuoteBody>,
) -> Result<Json<QuoteView>, Problem> {
    let asks = Asks::parse(&body)?;
    let now = app.clock.now();
    let tenant = caller.tenant;
    let known = Known::find(&app, tenant, &viewer, &asks.target, asks.channel).await?;
    let id = match &known.conversation {
        Some(conversation) => conversation.id.channel,
        None => start::channel(&app, tenant, &viewer, known.lead.as_ref(), asks.channel).await?,
    };
    let channel = app.store.tenant(tenant).channel(id).await?.ok_or_else(Problem::no_such_channel)?;
    let window_until = known.conversation.as_ref().and_then(Conversation::window_until);
    let address = known.lead.as_ref().map(address).transpose()?;
    let phone = asks.target.phone().map(Recipient::Phone);
    let recipient = address.as_ref().map(Address::recipient).or(phone);
    let recipient = recipient.ok_or_else(|| Problem::not_found("lead"))?;
    let form = match &asks.template {
        Some((name, language)) => {
            Form::Template(sending_templates::sendable(&app, tenant, &channel, name, language).await?.category.priced())
        }
        None => Form::FreeForm,
    };
    let cards = RateCards::current();
    let currency = channel.currency();
    let free_until = match &known.conversation {
        Some(conversation) => app.store.tenant(tenant).free_entry(conversation.id).await?.until,
        None => None,
    };
    let on = |form| occasion(&channel, form, recipient, window_until, free_until, now);
    let quote = on(form).quote(cards);
    let form_of = |category| match category {
        Category::Service => Form::FreeForm,
        Category::Utility | Category::Marketing | Category::Authentication | Category::AuthenticationInternational => {
            Form::Template(Some(category))
        }
    };
    let priced = |form| QuotedPriceView::new(&on(form).quote(cards), currency);
    let refusal = match on(form).plan(cards) {
        Plan::Send(_) => None,
        Plan::Refuse(refusal) => Some(refusal),
    };
    let templates = match refusal {
        None => Vec::new(),
        Some(Refusal::WindowClosed) => offered(&app, tenant, &channel).await?,
    };
    let templates = templates.into_iter().map(|template| OfferedTemplate {
        price: priced(Form::Template(template.category.priced())),
        name: template.name,
        language: template.language,
    });
    let total = amount(quote.price).map(|amount| amount.times(asks.messages as u64));
    let over_budget = over_budget(&app, tenant, &channel, total.unwrap_or_default()).await?;
    let today = channel.billing.offset(now).date(now);
    let free_messages_left = match free_month(today) {
        Some(month) => {
            let used = app.store.tenant(tenant).free_messages_used(channel.id, &month).await?;
            Some(FREE_SERVICE_MESSAGES.saturating_sub(used))
        }
        None => None,
    };
    let marketing_consent = match &known.lead {
        Some(lead) => app.store.tenant(tenant).consents(lead.id).await?.state(ConsentKind::Marketing),
        None => ConsentState::NotRecorded,
    };
    Ok(Json(QuoteView {
        channel_id: channel.id,
        sendable: refusal.is_none(),
        refusal,
        price: QuotedPriceView::new(&quote, currency),
        messages: asks.messages,
        total,
        over_budget,
        free_messages_left,
        marketing_consent,
        window_until: window_until.map(At),
        categories: OFFERED.into_iter().map(|category| priced(form_of(category))).collect(),
        templates: templates.collect(),
    }))
}

/// What the strictest budget does that has no room for messages that cost `total`.
async fn over_budget(
    deps: &Deps,
    tenant: TenantId,
    channel: &Channel,
    total: Amount,
) -> Result<Option<BudgetAction>, Problem> {
    let store = deps.store.tenant(tenant);
    let now = deps.clock.now();
    let offset = channel.billing.offset(now);
    let standings = store.standings(store.budgets().await?, channel.id, channel.currency(), offset, now).await?;
    let spent = standings.iter().filter(|one| !one.budget.has_room(one.spending.booked, total));
    Ok(spent.map(|standing| standing.budget.action).max_by_key(|action| action.strictness()))
}

/// Templates of the channel's account that can be sent.
async fn offered(deps: &Deps, tenant: TenantId, channel: &Channel) -> Result<Vec<Template>, Problem> {
    let filter = TemplateFilter {
        account: Some(channel.waba.clone()),
        status: Some(TemplateStatus::Approved),
        ..TemplateFilter::default()
    };
    let page = deps.store.tenant(tenant).templates(&filter, None, MOST_OFFERED).await?;
    Ok(page.items.into_iter().filter(|template| template.obstacle().is_none()).collect())
}
