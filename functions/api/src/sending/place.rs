//! Where a message goes: which lead, in which of its conversations, to which address.

use super::request::{Named, ReplyTo, SendRequest, Target, no_country_code};
use crate::Deps;
use crate::inbox::{self, missing};
use crate::problem::{FieldError, Kind, Problem};
use crate::views::leads::LeadNames;
use domain::conversations::Head;
use domain::history::Line;
use domain::identities::Recognised;
use domain::leads::Lead;
use domain::phone::TypedPhone;
use domain::sends::Address;
use domain::visibility::Viewer;
use domain::{ChannelId, ConversationId, Customer, LeadId, Phone, TenantId, Text, Timestamp, Wamid};
use store::receipts::MessageName;

/// A lead, and one of its conversations.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub(crate) lead: Lead,
    pub(crate) head: Head,
}

impl Place {
    /// Where `request` goes. Of several conversations it is the one whose window shuts last.
    pub(crate) async fn of(deps: &Deps, tenant: TenantId, request: &SendRequest) -> Result<Self, Problem> {
        let lead = match &request.target {
            Target::Conversation(id) => {
                if request.channel.is_some_and(|channel| channel != id.value.channel) {
                    return Err(invalid("channelId", "is not the channel of this conversation"));
                }
                return Self::in_conversation(deps, tenant, id.value).await;
            }
            Target::Lead(id, phone) => {
                let lead = the_lead(deps, tenant, id.value, id.field).await?;
                if let Some(phone) = phone.as_ref().filter(|phone| lead.phone.as_ref() != Some(phone.value.phone())) {
                    return Err(invalid(phone.field, "is not this lead's phone: the lead decides where it goes"));
                }
                lead
            }
            Target::Phone(phone) => {
                let Some(id) = whose(deps, tenant, phone.value.phone()).await? else {
                    return Err(never_wrote(deps, tenant, phone, request.channel).await?);
                };
                the_lead(deps, tenant, id, phone.field).await?
            }
        };
        let id = conversation_of(deps, tenant, &lead, request.channel).await?;
        let head = match id {
            Some(id) => deps.store.head(tenant, id).await?,
            None => None,
        };
        match head {
            Some(head) => Ok(Self { lead, head }),
            None if deps.store.channels(tenant).await?.is_empty() => Err(not_connected()),
            None => Err(closed(None, deps.clock.now())),
        }
    }

    /// The conversation `id` and its lead.
    pub(crate) async fn in_conversation(deps: &Deps, tenant: TenantId, id: ConversationId) -> Result<Self, Problem> {
        let head = deps.store.head(tenant, id).await?;
        let head = head.ok_or_else(|| absent("conversationId", "there is no such conversation"))?;
        let lead = the_lead(deps, tenant, head.lead, "conversationId").await?;
        Ok(Self { lead, head })
    }

    /// Refuses what could only go out after the window has shut.
    pub(crate) fn requires_open_window(&self, now: Timestamp) -> Result<(), Problem> {
        if self.head.accepts_replies(now) { Ok(()) } else { Err(closed(self.head.window_until(), now)) }
    }

    /// To whom: the phone where it is known, else the user id.
    pub(crate) fn address(&self) -> Result<Address, Problem> {
        let phone = self.lead.phone.clone().map(Address::Phone);
        let address = phone.or_else(|| self.lead.bsuid.clone().map(Address::Bsuid));
        address.ok_or_else(|| {
            Problem::new(Kind::InvalidInput, "WhatsApp has told neither phone nor user id of this lead.")
        })
    }

    /// WhatsApp's id of the message that is answered.
    pub(crate) async fn reply_to(
        &self,
        deps: &Deps,
        tenant: TenantId,
        reply_to: Option<&ReplyTo>,
    ) -> Result<Option<Wamid>, Problem> {
        let id = match reply_to {
            None => return Ok(None),
            Some(ReplyTo::Theirs(wamid)) if self.holds(deps, tenant, wamid).await? => return Ok(Some(wamid.clone())),
            Some(ReplyTo::Theirs(_)) => return Err(no_message_here()),
            Some(ReplyTo::Ours(id)) => *id,
        };
        let entry = deps.store.entry(tenant, self.head.id.home, id).await?;
        let entry = entry.filter(|entry| entry.conversation(self.head.id.home) == Some(self.head.id));
        let wamid = match entry.map(|entry| entry.line) {
            Some(Line::Received(message)) => Some(message.wamid),
            Some(Line::Sent(message)) => {
                let wamid = message.send.wamid;
                return wamid.map(Some).ok_or_else(|| invalid("replyTo", "has not reached WhatsApp yet"));
            }
            Some(Line::Event(_)) | None => None,
        };
        wamid.map(Some).ok_or_else(no_message_here)
    }

    /// Whether the message that WhatsApp calls `wamid` is one of this conversation: a customer's, by its receipt, or one
    /// of ours.
    async fn holds(&self, deps: &Deps, tenant: TenantId, wamid: &Wamid) -> Result<bool, Problem> {
        let here = self.head.id;
        if let Some(channel) = deps.store.channel(tenant, here.channel).await? {
            let name = MessageName { number: channel.number, wamid: wamid.clone() };
            if let Some(receipt) = deps.store.receipt(tenant, &name).await? {
                return Ok(receipt.history == here.home);
            }
        }
        let Some((home, id)) = deps.store.find_sent(tenant, wamid).await? else { return Ok(false) };
        let sent = deps.store.send(tenant, home, id).await?;
        Ok(sent.is_some_and(|send| send.conversation == here))
    }

    /// Refuses a conversation that the viewer does not see.
    pub(crate) fn requires_sight(&self, viewer: &Viewer) -> Result<(), Problem> {
        if inbox::sees(viewer, &self.head) { Ok(()) } else { Err(missing()) }
    }

    /// What the lead is called.
    pub(crate) fn name(&self, names: LeadNames) -> Text {
        names.name(&self.lead, &[&self.head])
    }

    /// The lead's phone, as people read it; none where it is masked.
    pub(crate) fn phone(&self, names: LeadNames) -> Option<String> {
        names.phone(&self.lead)
    }
}

async fn the_lead(deps: &Deps, tenant: TenantId, id: LeadId, field: &str) -> Result<Lead, Problem> {
    let lead = deps.store.lead(tenant, id).await?;
    lead.ok_or_else(|| absent(field, "there is no such lead"))
}

async fn whose(deps: &Deps, tenant: TenantId, phone: &Phone) -> Result<Option<LeadId>, Problem> {
    let customer = Customer { phone: Some(phone.clone()), ..Customer::default() };
    match deps.store.recognise(tenant, &customer, None).await? {
        Recognised::As { lead, .. } => Ok(Some(lead)),
        Recognised::Stranger { .. } => Ok(None),
    }
}

/// The lead's conversation on `channel`; or the one whose window shuts last.
async fn conversation_of(
    deps: &Deps,
    tenant: TenantId,
    lead: &Lead,
    channel: Option<ChannelId>,
) -> Result<Option<ConversationId>, Problem> {
    if let Some(channel) = channel
        && deps.store.channel(tenant, channel).await?.is_none()
    {
        return Err(no_such_channel());
    }
    let on_channel = |id: &ConversationId| channel.is_none_or(|channel| id.channel == channel);
    let candidates: Vec<_> = lead.conversations.iter().copied().filter(on_channel).collect();
    if candidates.len() < 2 {
        return Ok(candidates.first().copied());
    }
    let heads = deps.store.heads(tenant, &candidates).await?;
    Ok(heads.iter().max_by_key(|head| (head.window_until(), head.id.home, head.id.channel)).map(|head| head.id))
}

/// Why nothing can be sent to a phone that belongs to no lead, and what to do next.
async fn never_wrote(
    deps: &Deps,
    tenant: TenantId,
    phone: &Named<TypedPhone>,
    channel: Option<ChannelId>,
) -> Result<Problem, Problem> {
    if phone.value.may_lack_country_code() {
        return Ok(no_country_code(phone.field));
    }
    let channels = deps.store.channels(tenant).await?;
    if channels.is_empty() {
        return Ok(not_connected());
    }
    let ours = channels.iter().find(|ours| channel.is_none_or(|channel| ours.id == channel));
    let Some(ours) = ours else { return Ok(no_such_channel()) };
    let wrote = format!("nobody has written from this phone to {} yet.", ours.display);
    let next = "If the number is right, country code included, ask the customer to write first.";
    Ok(Problem::field(Kind::WindowClosed, phone.field, format!("{wrote} {TEMPLATE_NEEDED} {next}")))
}

pub(super) fn not_connected() -> Problem {
    let detail = "This business has no connected WhatsApp number, so nothing can be sent. Connect a number first.";
    Problem::new(Kind::NoConnectedNumber, detail)
}

/// What WhatsApp takes where no window is open.
const TEMPLATE_NEEDED: &str =
    "Without an open window WhatsApp delivers approved templates only, which Leadwire cannot send yet.";

fn closed(until: Option<Timestamp>, now: Timestamp) -> Problem {
    let when = match until {
        None => "As far as we know, the customer has neither written nor called on this channel.".to_owned(),
        Some(until) if until > now => {
            format!("As far as we know, it closes at {until}, too soon for a message accepted now.")
        }
        Some(until) => {
            format!("As far as we know, it closed at {until}, 24 hours after the customer last wrote or called.")
        }
    };
    let next = "A text can be sent as soon as the customer writes or calls again.";
    Problem::new(Kind::WindowClosed, format!("{when} {TEMPLATE_NEEDED} {next}")).with_window(until)
}

fn no_message_here() -> Problem {
    invalid("replyTo", "is no message of this conversation")
}

pub(super) fn no_such_channel() -> Problem {
    absent("channelId", "there is no such channel")
}

fn absent(field: &str, detail: &str) -> Problem {
    Problem::field(Kind::NotFound, field, detail)
}

fn invalid(field: &str, detail: &str) -> Problem {
    Problem::invalid(vec![FieldError::new(field, detail)])
}
