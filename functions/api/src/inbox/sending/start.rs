//! Finds the conversation with a lead or a phone, or starts it. However often it is asked for at once, there is one.

use super::request::no_country_code;
use crate::Deps;
use crate::inbox::assignments::set_status;
use crate::inbox::inbox;
use crate::web::audit::entry;
use crate::web::auth::Caller;
use crate::web::problem::{FieldError, Kind, Problem};
use domain::access::audit::{Action, Entry};
use domain::access::visibility::Viewer;
use domain::crm::leads::{Lead, Source};
use domain::identities::Recognised;
use domain::inbox::conversations::{Conversation, ConversationStatus, NewStatus};
use domain::phone::{InvalidPhone, TypedPhone};
use domain::stages::Stage;
use domain::{ChannelId, ConversationId, Customer, HistoryId, LeadId, MessageId, Phone, TenantId, Text};
use schemars::JsonSchema;
use serde::Deserialize;
use store::channels::channels::Channel;
use store::crm::first_contact::FirstContact;

/// How often a customer is looked up again when somebody else was faster.
const MOST_RACES: usize = 4;

/// The longest name.
const LONGEST_NAME: u32 = 100;

/// The customer to start a conversation with: a lead or a phone number.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(extend("oneOf" = [{ "required": ["leadId"] }, { "required": ["phone"] }]))]
pub(crate) struct StartBody {
    /// The customer's phone number, with country code.
    #[schemars(with = "Option<Phone>")]
    phone: Option<String>,
    /// The lead's ID.
    lead_id: Option<LeadId>,
    /// The channel to write from. Optional if the business has one channel, or if the lead has one conversation.
    channel_id: Option<ChannelId>,
    /// The name of a new customer.
    #[schemars(length(min = 1, max = LONGEST_NAME))]
    name: Option<Text>,
}

impl StartBody {
    /// A conversation with a lead, for a message that needs none yet.
    pub(super) const fn with_lead(lead_id: LeadId, channel_id: Option<ChannelId>) -> Self {
        Self { phone: None, lead_id: Some(lead_id), channel_id, name: None }
    }

    /// A conversation with whoever has this phone, for a message that needs none yet.
    pub(super) fn with_phone(phone: &TypedPhone, channel_id: Option<ChannelId>) -> Self {
        Self { phone: Some(phone.phone().e164()), lead_id: None, channel_id, name: None }
    }
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
) -> Result<(Conversation, bool), Problem> {
    let with = with(body)?;
    let name = name(body)?;
    let tenant = caller.tenant;
    for _ in 0..MOST_RACES {
        let known = match &with {
            With::Lead(id) => {
                let lead = deps.store.tenant(tenant).current_lead(*id).await?;
                let lead = lead.filter(|lead| lead.deleted.is_none());
                let lead = lead.ok_or_else(|| absent("leadId", "There is no lead with this ID."))?;
                let history = HistoryId::for_lead(lead.id);
                Some((lead, history))
            }
            With::Phone(phone) => whose(deps, tenant, phone).await?,
        };
        let lead = known.as_ref().map(|(lead, _)| lead);
        let channel = channel(deps, tenant, viewer, lead, body.channel_id).await?;
        let made = match (&known, &with) {
            (Some((lead, history)), _) => {
                let theirs = lead.conversations.iter().find(|id| id.channel == channel);
                let id = theirs.copied().unwrap_or(ConversationId { history: *history, channel });
                if let Some(conversation) = deps.store.tenant(tenant).conversation(id).await? {
                    return found(deps, caller, viewer, conversation).await.map(|conversation| (conversation, false));
                }
                let entry = started_by(deps, caller, id);
                deps.store.tenant(tenant).start_conversation(id, lead.id, &entry).await?.then_some(id)
            }
            (None, With::Phone(phone)) => new_lead(deps, caller, channel, phone, name.as_ref()).await?,
            (None, With::Lead(_)) => None,
        };
        if let Some(id) = made {
            return started(deps, caller, viewer, id).await.map(|conversation| (conversation, true));
        }
    }
    Err(store::StoreError::Conflict.into())
}

/// A conversation that was there: open again if it was closed.
async fn found(
    deps: &Deps,
    caller: Caller,
    viewer: &Viewer,
    conversation: Conversation,
) -> Result<Conversation, Problem> {
    if !conversation.is_seen_by(viewer) {
        let detail = "The conversation with this customer is assigned to a colleague, and you cannot see it. Ask an \
                      owner or admin.";
        return Err(Problem::new(Kind::Forbidden, detail));
    }
    match conversation.status {
        ConversationStatus::Closed => set_status(deps, caller, conversation.id, NewStatus::Open).await,
        ConversationStatus::Open | ConversationStatus::Pending | ConversationStatus::Snoozed => Ok(conversation),
    }
}

/// A conversation that was just made. Who sees only their own gets it.
async fn started(deps: &Deps, caller: Caller, viewer: &Viewer, id: ConversationId) -> Result<Conversation, Problem> {
    let tenant = caller.tenant;
    let conversation = deps.store.tenant(tenant).conversation(id).await?.ok_or_else(inbox::missing)?;
    if conversation.is_seen_by(viewer) {
        return Ok(conversation);
    }
    let author = crate::inbox::assignments::author(deps, caller);
    let assigned = deps.store.tenant(tenant).assign(id, viewer.assignee(), author).await?;
    assigned.map(|changed| changed.conversation).ok_or_else(inbox::missing)
}

/// The entry that says that `caller` starts a conversation. It is written together with the conversation.
fn started_by(deps: &Deps, caller: Caller, id: ConversationId) -> Entry {
    entry(deps, caller.by, Action::ConversationStarted, &id.to_string(), "by the business")
}

/// A lead who has not written yet, with a conversation. None if somebody else was faster.
async fn new_lead(
    deps: &Deps,
    caller: Caller,
    channel: ChannelId,
    phone: &Phone,
    name: Option<&Text>,
) -> Result<Option<ConversationId>, Problem> {
    let now = deps.clock.now();
    let id = LeadId::from_parts(now, deps.random.u128());
    let conversation_id = ConversationId { history: HistoryId::for_lead(id), channel };
    let lead = Lead {
        name: name.cloned(),
        phone: Some(phone.clone()),
        conversations: vec![conversation_id],
        ..Lead::new(id, Stage::New, Source::Other, now)
    };
    let customer = Customer { phone: Some(phone.clone()), ..Customer::default() };
    let conversation = Conversation::new(conversation_id, id, true);
    let identities = customer.identities();
    let contact = FirstContact {
        lead: &lead,
        conversation: &conversation,
        identities: &identities,
        portfolio: None,
        event: MessageId::at_moment(now, deps.random.u128()),
        passed_on: None,
        message: None,
        entry: Some(&started_by(deps, caller, conversation_id)),
        imported: false,
    };
    Ok(deps.store.tenant(caller.tenant).first_contact(&contact).await?.then_some(conversation_id))
}

async fn whose(deps: &Deps, tenant: TenantId, phone: &Phone) -> Result<Option<(Lead, HistoryId)>, Problem> {
    let customer = Customer { phone: Some(phone.clone()), ..Customer::default() };
    match deps.store.tenant(tenant).recognise(&customer, None).await? {
        Recognised::As { lead, history, .. } => {
            let lead = deps.store.tenant(tenant).current_lead(lead).await?;
            if lead.as_ref().is_some_and(|lead| lead.deleted.is_some()) {
                return Err(absent("phone", "The lead with this phone number was deleted. Restore it first."));
            }
            Ok(lead.map(|lead| (lead, history)))
        }
        Recognised::Stranger { .. } => Ok(None),
    }
}

/// The channel that was asked for; or the only one, or the one of the lead's only conversation.
pub(crate) async fn channel(
    deps: &Deps,
    tenant: TenantId,
    viewer: &Viewer,
    lead: Option<&Lead>,
    asked: Option<ChannelId>,
) -> Result<ChannelId, Problem> {
    let channels = deps.store.tenant(tenant).channels().await?;
    if channels.is_empty() {
        return Err(Problem::not_connected());
    }
    let usable = |channel: &&Channel| viewer.sees(channel.id, None) || viewer.sees(channel.id, viewer.assignee());
    if let Some(asked) = asked {
        let ours = channels.iter().filter(usable).find(|channel| channel.id == asked);
        return ours.map(|channel| channel.id).ok_or_else(Problem::no_such_channel);
    }
    let usable: Vec<ChannelId> = channels.iter().filter(usable).map(|channel| channel.id).collect();
    let theirs = lead.map(|lead| lead.conversations.as_slice()).unwrap_or_default();
    match (theirs, usable.as_slice()) {
        ([one], _) if usable.contains(&one.channel) => Ok(one.channel),
        (_, [one]) => Ok(*one),
        (_, _) => Err(invalid("channelId", "Name the channel to write from.")),
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
        (None, None) => Err(invalid("phone", "Send a phone or a leadId.")),
        (Some(_), Some(_)) => Err(invalid("phone", "Send either phone or leadId, not both.")),
    }
}

fn name(body: &StartBody) -> Result<Option<Text>, Problem> {
    let Some(name) = &body.name else { return Ok(None) };
    let length = name.as_str().chars().count();
    if name.is_blank() || length > LONGEST_NAME as usize {
        return Err(invalid("name", &format!("Use 1 to {LONGEST_NAME} characters.")));
    }
    Ok(Some(Text::new(name.as_str().trim())))
}

fn absent(field: &str, detail: &str) -> Problem {
    Problem::field(Kind::NotFound, field, detail)
}

fn invalid(field: &str, detail: &str) -> Problem {
    Problem::invalid(vec![FieldError::new(field, detail)])
}
