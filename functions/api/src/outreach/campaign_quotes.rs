//! What a campaign would do, before it is started: its audience counted, its price, and a message to one lead as a test.

use super::campaign_body::sendable;
use super::campaigns::{ExcludedView, the_campaign};
use crate::app::App;
use crate::web::answers::Accepted;
use crate::web::auth::{Caller, Viewing};
use crate::web::body::JsonBody;
use crate::web::path::Id;
use crate::web::problem::{FieldError, Kind, Problem};
use axum::Json;
use axum::extract::State;
use domain::channels::prices::cards::RateCards;
use domain::channels::prices::money::{Amount, Currency};
use domain::channels::prices::plan::{Form, Price};
use domain::identities::Recognised;
use domain::inbox::conversations::{Conversation, LastMessage};
use domain::inbox::message_prices::amount;
use domain::outreach::campaign_decisions::template_message;
use domain::outreach::campaign_messages::Addressed;
use domain::outreach::campaigns::{Exclusion, lasting_exclusion};
use domain::phone::TypedPhone;
use domain::{CampaignId, Customer, LeadId, MessageId, Phone};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use store::outreach::campaign_audience::AudiencePlace;

/// How many leads of the audience a quote counts.
const MOST_COUNTED: usize = 2_000;

/// What a campaign would do if it started now.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "CampaignQuote")]
pub(crate) struct CampaignQuoteView {
    /// The leads of the audience that were counted: at most 2,000.
    counted: usize,
    /// Whether the audience has more leads. The other numbers are those of the leads that were counted.
    has_more: bool,
    /// How many of them would get the message.
    recipients: usize,
    /// How many would get none, by reason.
    exclusions: Vec<ExcludedView>,
    /// The currency of the account. Null if it is not known.
    currency: Option<Currency>,
    /// The list price of all messages, if all are delivered.
    total: Amount,
    /// The number of messages whose price is unknown.
    unknown: usize,
    /// Whether the budget covers the total.
    within_budget: bool,
}

/// The lead that gets a test message. Send one field.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "CampaignTest", extend("oneOf" = [{ "required": ["leadId"] }, { "required": ["phoneNumber"] }]))]
pub(crate) struct TestBody {
    /// The lead.
    lead_id: Option<LeadId>,
    /// The phone number of the lead, with country code.
    #[schemars(with = "Option<Phone>")]
    phone_number: Option<String>,
}

/// `POST /api/campaigns/{id}/quote`: Count the audience and its price, with the leads that would get no message. Nothing is
/// written or sent. Prices are list prices.
pub(crate) async fn quote_campaign(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<CampaignId>,
) -> Result<Json<CampaignQuoteView>, Problem> {
    let campaign = the_campaign(&app, caller, id).await?;
    let plan = &campaign.plan;
    let (channel, template) = sendable(&app, caller.tenant, plan).await?;
    let store = app.store.tenant(caller.tenant);
    let named = store.campaign_leads(id).await?;
    let now = app.clock.now();
    let form = Form::Template(template.category.priced());
    let mut seen = BTreeSet::new();
    let mut taken = BTreeSet::new();
    let mut excluded = BTreeMap::<Exclusion, i64>::new();
    let mut quote = CampaignQuoteView {
        counted: 0,
        has_more: false,
        recipients: 0,
        exclusions: Vec::new(),
        currency: channel.currency(),
        total: Amount::ZERO,
        unknown: 0,
        within_budget: true,
    };
    let mut place = Some(AudiencePlace::default());
    while let Some(here) = place.take() {
        if quote.counted >= MOST_COUNTED {
            quote.has_more = true;
            break;
        }
        let page = store.audience(&plan.audience, &named, &here).await?;
        let new: Vec<_> = page.leads.into_iter().filter(|lead| seen.insert(*lead)).collect();
        let facts = store.audience_facts(&channel, &new).await?;
        for (lead, exclusion) in facts.recipients(plan, &template, &new, &mut taken, now) {
            quote.counted += 1;
            if let Some(why) = exclusion {
                *excluded.entry(why).or_default() += 1;
                continue;
            }
            quote.recipients += 1;
            let Some((known, to)) = facts.known(lead).and_then(|known| Some((known, template.address_of(known.lead)?)))
            else {
                continue;
            };
            let window_until = known.conversation.and_then(Conversation::window_until);
            let price =
                channel.occasion(form, to.recipient(), window_until, None, now).quote(RateCards::current()).price;
            match amount(price) {
                Some(amount) => quote.total = quote.total.plus(amount),
                None => quote.unknown += 1,
            }
        }
        place = page.next;
    }
    quote.exclusions = excluded.into_iter().map(|(reason, count)| ExcludedView { reason, count }).collect();
    quote.within_budget = plan.budget.is_none_or(|budget| quote.total <= budget);
    Ok(Json(quote))
}

/// `POST /api/campaigns/{id}/test` `{leadId | phoneNumber}`: Send the message of a campaign to one lead, with the values of that
/// lead. It does not count as a message of the campaign.
pub(crate) async fn test_campaign(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    Id(id): Id<CampaignId>,
    JsonBody(body): JsonBody<TestBody>,
) -> Result<Accepted, Problem> {
    let campaign = the_campaign(&app, caller, id).await?;
    let (channel, template) = sendable(&app, caller.tenant, &campaign.plan).await?;
    let store = app.store.tenant(caller.tenant);
    let (field, lead) = match (body.lead_id, &body.phone_number) {
        (Some(lead), None) => ("leadId", Some(lead)),
        (None, Some(phone)) => {
            let phone = TypedPhone::parse(phone).map_err(|error| invalid("phoneNumber", &error.to_string()))?;
            let customer = Customer { phone: Some(phone.phone().clone()), ..Customer::default() };
            let lead = match store.recognise(&customer, None).await? {
                Recognised::As { lead, .. } => Some(lead),
                Recognised::Stranger { .. } => None,
            };
            ("phoneNumber", lead)
        }
        (Some(_), Some(_)) => return Err(invalid("phoneNumber", "Send either leadId or phoneNumber, not both.")),
        (None, None) => return Err(invalid("phoneNumber", "Send leadId or phoneNumber.")),
    };
    let missing =
        || Problem::field(Kind::NotFound, field, "There is no such lead. Create one with this phone number first.");
    let lead = lead.ok_or_else(missing)?;
    let facts = store.audience_facts(&channel, &[lead]).await?;
    let known = facts.known(lead).filter(|known| known.lead.deleted.is_none()).ok_or_else(missing)?;
    if known.conversation.is_some_and(|conversation| !conversation.is_seen_by(&viewer)) {
        return Err(missing());
    }
    if let Some(why) = lasting_exclusion(&template, known.lead, known.conversation, known.consents) {
        let detail = format!("The lead would get no message of the campaign: {why}.");
        return Err(Problem::field(Kind::OptedOut, field, detail));
    }
    let to = template.address_of(known.lead).ok_or_else(missing)?;
    let profile_name =
        known.conversation.and_then(|there| there.profile.as_ref()).and_then(|profile| profile.name.as_ref());
    let content = campaign.plan.message.fill(&template, &Addressed { lead: known.lead, profile_name });
    let content = content.map_err(|errors| {
        let errors = errors.into_iter().map(|violation| violation.under("message"));
        Problem::invalid(errors.map(|error| FieldError::new(error.field(), error.detail())).collect())
    })?;
    let now = app.clock.now();
    let conversation = match known.conversation {
        Some(conversation) => conversation.clone(),
        None => {
            let begun = domain::outreach::campaign_decisions::begun(known.lead, channel.id);
            store.open_conversation(begun.id, known.lead.id).await?;
            store.conversation(begun.id).await?.ok_or_else(missing)?
        }
    };
    let form = Form::Template(template.category.priced());
    let free_until = store.free_entry(conversation.id).await?.until;
    let occasion = channel.occasion(form, to.recipient(), conversation.window_until(), free_until, now);
    let price = occasion.agree(RateCards::current());
    if matches!(price.quote.price, Price::Unknown(_)) && !campaign.plan.accepts_unknown_price {
        let detail =
            "The price of the message is unknown. Set acceptUnknownPrice of the campaign, or check the channel.";
        return Err(Problem::fields(Kind::PriceUnknown, vec![FieldError::new("acceptUnknownPrice", detail)]));
    }
    let id = MessageId::at_moment(now, app.random.u128());
    let send = template_message(id, &conversation, known.lead, to, content, price, now);
    let shown = LastMessage::from_send(&send);
    store.accept_send(conversation, send, &shown, caller.by).await?.ok_or_else(missing)?;
    Ok(Accepted)
}

fn invalid(field: &str, detail: &str) -> Problem {
    Problem::invalid(vec![FieldError::new(field, detail)])
}
