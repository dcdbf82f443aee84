//! Finds the conversation with a lead or a phone, or starts it. However often it is asked for at once, there is one.

use super::place::{no_such_channel, not_connected};
use super::request::no_country_code;
use crate::Deps;
use crate::auth::Caller;
use crate::deeds::entry;
use crate::inbox;
use crate::problem::{FieldError, Kind, Problem};
use crate::routes::assignments::set_status;
use domain::audit::Action;
use domain::conversations::{ConversationStatus, Head, NewStatus};
use domain::identities::Recognised;
use domain::leads::{Lead, Source, Stage};
use domain::phone::{InvalidPhone, TypedPhone};
use domain::visibility::Viewer;
use domain::{ChannelId, ConversationId, Customer, HomeId, LeadId, MessageId, Phone, TenantId, Text};
use schemars::JsonSchema;
use serde::Deserialize;
use store::channels::Channel;
use store::first_contact::FirstContact;

/// How often a customer is looked up again when somebody else was faster.
const MOST_RACES: usize = 4;

/// The longest name.
const LONGEST_NAME: u32 = 100;

/// With whom a conversation is started: a lead or a phone.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(extend("oneOf" = [{ "required": ["leadId"] }, { "required": ["phone"] }]))]
pub(crate) struct StartBody {
    /// The phone, with its country code.
    #[schemars(with = "Option<Phone>")]
    phone: Option<String>,
    /// The lead.
    lead_id: Option<LeadId>,
    /// The business number to write from. It may be left out where there is one, or where the lead has one conversation.
    channel_id: Option<ChannelId>,
    /// The name of a customer who is not known yet.
    #[schemars(length(min = 1, max = LONGEST_NAME))]
    name: Option<Text>,
}

/// Whom the conversation is with.
enum With {
    Lead(LeadId),
    Phone(Phone),
}

/// The conversation, and whether it was made.
pub(crate) async fn conversation(
    deps: &Deps,
    caller: Caller,
    viewer: &Viewer,
    body: &StartBody,
) -> Result<(Head, bool), Problem> {
    let (with, name) = (with(body)?, name(body)?);
    let tenant = caller.tenant;
    for _ in 0..MOST_RACES {
        let known = match &with {
            With::Lead(id) => {
                let lead = deps.store.lead(tenant, *id).await?;
                let lead = lead.ok_or_else(|| absent("leadId", "there is no such lead"))?;
                Some((lead, HomeId::of(*id)))
            }
            With::Phone(phone) => whose(deps, tenant, phone).await?,
        };
        let lead = known.as_ref().map(|(lead, _)| lead);
        let channel = channel(deps, tenant, viewer, lead, body.channel_id).await?;
        let made = match (&known, &with) {
            (Some((lead, home)), _) => {
                let theirs = lead.conversations.iter().find(|id| id.channel == channel);
                let id = theirs.copied().unwrap_or(ConversationId { home: *home, channel });
                if let Some(head) = deps.store.head(tenant, id).await? {
                    return found(deps, caller, viewer, head).await.map(|head| (head, false));
                }
                let opened = deps.store.open_conversation(tenant, id, lead.id).await?;
                if opened { Some(id) } else { None }
            }
            (None, With::Phone(phone)) => new_lead(deps, tenant, channel, phone, name.as_ref()).await?,
            (None, With::Lead(_)) => None,
        };
        if let Some(id) = made {
            return started(deps, caller, viewer, id).await.map(|head| (head, true));
        }
    }
    Err(store::StoreError::Conflict.into())
}

/// A conversation that was there: open again if it was closed.
async fn found(deps: &Deps, caller: Caller, viewer: &Viewer, head: Head) -> Result<Head, Problem> {
    if !inbox::sees(viewer, &head) {
        let detail = "A colleague has the conversation with this customer, and your settings do not show it to you.";
        return Err(Problem::new(Kind::Forbidden, detail));
    }
    match head.status {
        ConversationStatus::Closed => set_status(deps, caller, head.id, NewStatus::Open).await,
        ConversationStatus::Open | ConversationStatus::Pending | ConversationStatus::Snoozed => Ok(head),
    }
}

/// A conversation that was just made. Who sees only their own gets it.
async fn started(deps: &Deps, caller: Caller, viewer: &Viewer, id: ConversationId) -> Result<Head, Problem> {
    let tenant = caller.tenant;
    let head = deps.store.head(tenant, id).await?.ok_or_else(inbox::missing)?;
    let entry = entry(deps, caller.by, Action::ConversationStarted, &id.to_string(), "by the business");
    deps.store.write_down(tenant, &entry).await?;
    if inbox::sees(viewer, &head) {
        return Ok(head);
    }
    let author = crate::routes::assignments::author(deps, caller);
    let assigned = deps.store.assign(tenant, id, viewer.assignee(), author).await?;
    assigned.map(|changed| changed.head).ok_or_else(inbox::missing)
}

/// A lead who has not written yet, with a conversation. None if somebody else was faster.
async fn new_lead(
    deps: &Deps,
    tenant: TenantId,
    channel: ChannelId,
    phone: &Phone,
    name: Option<&Text>,
) -> Result<Option<ConversationId>, Problem> {
    let now = deps.clock.now();
    let id = LeadId::from_parts(now, deps.ids.bits());
    let conversation = ConversationId { home: HomeId::of(id), channel };
    let lead = Lead {
        id,
        stage: Stage::New,
        source: Source::Other,
        name: name.cloned(),
        phone: Some(phone.clone()),
        bsuid: None,
        first: None,
        conversations: vec![conversation],
        perhaps_same: Vec::new(),
        created: now,
        updated: now,
    };
    let customer = Customer { phone: Some(phone.clone()), ..Customer::default() };
    let (head, identities) = (Head::new(conversation, id, true), customer.identities());
    let contact = FirstContact {
        lead: &lead,
        head: &head,
        identities: &identities,
        portfolio: None,
        event: MessageId::at_moment(now, deps.ids.bits()),
        passed_on: None,
        message: None,
    };
    Ok(deps.store.first_contact(tenant, &contact).await?.then_some(conversation))
}

async fn whose(deps: &Deps, tenant: TenantId, phone: &Phone) -> Result<Option<(Lead, HomeId)>, Problem> {
    let customer = Customer { phone: Some(phone.clone()), ..Customer::default() };
    match deps.store.recognise(tenant, &customer, None).await? {
        Recognised::As { lead, home, .. } => Ok(deps.store.lead(tenant, lead).await?.map(|lead| (lead, home))),
        Recognised::Stranger { .. } => Ok(None),
    }
}

/// The channel that was asked for; or the only one, or the one of the lead's only conversation.
async fn channel(
    deps: &Deps,
    tenant: TenantId,
    viewer: &Viewer,
    lead: Option<&Lead>,
    asked: Option<ChannelId>,
) -> Result<ChannelId, Problem> {
    let channels = deps.store.channels(tenant).await?;
    if channels.is_empty() {
        return Err(not_connected());
    }
    let usable = |channel: &&Channel| viewer.sees(channel.id, None) || viewer.sees(channel.id, viewer.assignee());
    if let Some(asked) = asked {
        let ours = channels.iter().filter(usable).find(|channel| channel.id == asked);
        return ours.map(|channel| channel.id).ok_or_else(no_such_channel);
    }
    let usable: Vec<ChannelId> = channels.iter().filter(usable).map(|channel| channel.id).collect();
    let theirs = lead.map(|lead| lead.conversations.as_slice()).unwrap_or_default();
    match (theirs, usable.as_slice()) {
        ([one], _) if usable.contains(&one.channel) => Ok(one.channel),
        (_, [one]) => Ok(*one),
        (_, _) => Err(invalid("channelId", "is missing: say from which number to write")),
    }
}

fn with(body: &StartBody) -> Result<With, Problem> {
    match (&body.phone, body.lead_id) {
        (None, Some(id)) => Ok(With::Lead(id)),
        (Some(text), None) => match TypedPhone::parse(text) {
            Ok(phone) if phone.may_lack_country_code() => Err(no_country_code("phone")),
            Ok(phone) => Ok(With::Phone(phone.phone().clone())),
            Err(InvalidPhone::NoCountryCode) => Err(no_country_code("phone")),
            Err(error @ InvalidPhone::NotANumber) => Err(invalid("phone", &error.to_string())),
        },
        (None, None) => Err(invalid("phone", "is missing: send a phone or a leadId")),
        (Some(_), Some(_)) => Err(invalid("phone", "stands beside leadId: send one of them")),
    }
}

fn name(body: &StartBody) -> Result<Option<Text>, Problem> {
    let Some(name) = &body.name else { return Ok(None) };
    let length = name.as_str().chars().count();
    if name.is_blank() || length > LONGEST_NAME as usize {
        return Err(invalid("name", &format!("expected 1 to {LONGEST_NAME} characters")));
    }
    Ok(Some(Text::new(name.as_str().trim())))
}

fn absent(field: &str, detail: &str) -> Problem {
    Problem::field(Kind::NotFound, field, detail)
}

fn invalid(field: &str, detail: &str) -> Problem {
    Problem::invalid(vec![FieldError::new(field, detail)])
}
