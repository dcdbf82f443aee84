//! Where a message goes: which lead, in which of its conversations, to which address.

use super::content::{self, Asked, AskedTemplate};
use super::request::{Named, ReplyTo, SendRequest, Target, no_country_code};
use super::start::{self, StartBody};
use super::templates;
use crate::Deps;
use crate::inbox::files;
use crate::inbox::inbox::missing;
use crate::views::leads::LeadNames;
use crate::web::auth::Caller;
use crate::web::problem::{FieldError, Kind, Problem};
use domain::access::tenants::UnrecordedConsent;
use domain::access::visibility::Viewer;
use domain::channels::prices::cards::Category;
use domain::channels::prices::plan::Form;
use domain::crm::leads::Lead;
use domain::identities::Recognised;
use domain::inbox::consents::{ConsentKind, ConsentState};
use domain::inbox::conversations::Conversation;
use domain::inbox::history::Line;
use domain::inbox::outbound_content::{Draft, REACTS_WITHIN};
use domain::inbox::outbound_messages::Address;
use domain::inbox::shown::Shown;
use domain::inbox::statuses::Status;
use domain::limits::Violation;
use domain::outreach::templates::TemplateCategory;
use domain::phone::TypedPhone;
use domain::{
    ChannelId, ConversationId, Customer, LeadId, MessageId, OutboundContent, Phone, TenantId, Text, Timestamp, Wamid,
};
use store::channels::channels::Channel;
use store::inbox::receipts::MessageName;

/// A lead, and one of its conversations.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub(crate) lead: Lead,
    pub(crate) conversation: Conversation,
}

impl Place {
    /// Where `request` goes. Of several conversations it is the one whose window shuts last. For a template, which needs no
    /// earlier message of the customer, a conversation is started where there is none.
    pub(crate) async fn resolve(
        deps: &Deps,
        caller: Caller,
        viewer: &Viewer,
        request: &SendRequest,
    ) -> Result<Self, Problem> {
        let tenant = caller.tenant;
        let starts = request.content.goes_outside_the_window();
        let lead = match &request.target {
            Target::Conversation(id) => {
                if request.channel.is_some_and(|channel| channel != id.value.channel) {
                    return Err(invalid("channelId", "The conversation is on another channel. Leave out channelId."));
                }
                return Self::in_conversation(deps, tenant, id.value).await;
            }
            Target::Lead(id, phone) => {
                let lead = the_lead(deps, tenant, id.value, id.field).await?;
                if let Some(phone) = phone.as_ref().filter(|phone| lead.phone.as_ref() != Some(phone.value.phone())) {
                    return Err(invalid(phone.field, "The lead has another phone number. Leave out the phone number."));
                }
                lead
            }
            Target::Phone(phone) => {
                let Some(id) = whose(deps, tenant, phone.value.phone()).await? else {
                    if starts && !phone.value.may_lack_country_code() {
                        let body = StartBody::with_phone(&phone.value, request.channel);
                        return Self::started(deps, caller, viewer, &body).await;
                    }
                    return Err(never_wrote(deps, tenant, phone, request.channel).await?);
                };
                the_lead(deps, tenant, id, phone.field).await?
            }
        };
        let id = conversation_of(deps, tenant, &lead, request.channel).await?;
        let conversation = match id {
            Some(id) => deps.store.tenant(tenant).conversation(id).await?,
            None => None,
        };
        match conversation {
            Some(conversation) => Self::addressed(deps, tenant, lead, conversation).await,
            None if deps.store.tenant(tenant).channels().await?.is_empty() => Err(Problem::not_connected()),
            None if starts => {
                let body = StartBody::with_lead(lead.id, request.channel);
                Self::started(deps, caller, viewer, &body).await
            }
            None => Err(closed(None, deps.clock.now())),
        }
    }

    /// The conversation that a template begins.
    async fn started(deps: &Deps, caller: Caller, viewer: &Viewer, body: &StartBody) -> Result<Self, Problem> {
        let (conversation, _) = start::conversation(deps, caller, viewer, body).await?;
        Self::in_conversation(deps, caller.tenant, conversation.id).await
    }

    /// The conversation `id` and its lead.
    pub(crate) async fn in_conversation(deps: &Deps, tenant: TenantId, id: ConversationId) -> Result<Self, Problem> {
        let conversation = deps.store.tenant(tenant).conversation(id).await?;
        let conversation =
            conversation.ok_or_else(|| absent("conversationId", "There is no conversation with this ID."))?;
        let lead = the_lead(deps, tenant, conversation.lead, "conversationId").await?;
        Self::addressed(deps, tenant, lead, conversation).await
    }

    /// A lead and one of its conversations. If that began with a lead that was merged into this one, messages go to the
    /// address of that one: WhatsApp opened the window for it.
    async fn addressed(
        deps: &Deps,
        tenant: TenantId,
        mut lead: Lead,
        conversation: Conversation,
    ) -> Result<Self, Problem> {
        let first = conversation.id.history.first_lead();
        if first != lead.id
            && let Some(first) = deps.store.tenant(tenant).lead(first).await?
            && (first.phone.is_some() || first.bsuid.is_some())
        {
            lead.phone = first.phone;
            lead.bsuid = first.bsuid;
        }
        Ok(Self { lead, conversation })
    }

    /// The conversation's channel. A number that was disconnected is refused by its name.
    pub(crate) async fn connected_channel(&self, deps: &Deps, tenant: TenantId) -> Result<Channel, Problem> {
        let channel = deps.store.tenant(tenant).channel(self.conversation.id.channel).await?;
        let channel = channel.ok_or_else(Problem::no_such_channel)?;
        if channel.is_connected() {
            return Ok(channel);
        }
        let detail = format!(
            "{} ({}) is disconnected. Connect the number again, or write from another number.",
            channel.name.as_str(),
            channel.display
        );
        Err(Problem::new(Kind::NoConnectedNumber, detail))
    }

    /// Refuses what could only go out after the window has shut, but for templates.
    pub(crate) fn requires_open_window(&self, asked: &Asked, now: Timestamp) -> Result<(), Problem> {
        if asked.goes_outside_the_window() || self.conversation.accepts_replies(now) {
            Ok(())
        } else {
            Err(closed(self.conversation.window_until(), now))
        }
    }

    /// Refuses a blocked lead, whose conversations are out of sight, to whoever would see them otherwise.
    pub(crate) async fn requires_unblocked(
        &self,
        deps: &Deps,
        tenant: TenantId,
        viewer: &Viewer,
    ) -> Result<(), Problem> {
        let Conversation { id, assignee, lead_deleted, .. } = &self.conversation;
        let is_hidden = *lead_deleted && viewer.sees(id.channel, *assignee);
        let block = if is_hidden { deps.store.tenant(tenant).block(self.lead.id).await? } else { None };
        if !block.is_some_and(|block| block.blocked) {
            return Ok(());
        }
        let detail = format!("The lead is blocked. Unblock it first, with POST /api/leads/{}/unblock.", self.lead.id);
        Err(Problem::new(Kind::OptedOut, detail))
    }

    /// Refuses what the customer has opted out of. Refuses marketing to a customer whose consent is not recorded, if the
    /// business wants that and the sender has not `vouched` for it.
    pub(crate) async fn requires_consent(
        &self,
        deps: &Deps,
        tenant: TenantId,
        content: &OutboundContent,
        vouched: bool,
    ) -> Result<(), Problem> {
        let store = deps.store.tenant(tenant);
        let consents = store.consents(self.lead.id).await?;
        let Some(kind) = consents.forbids(content.form(), self.conversation.customer_wrote) else {
            let is_marketing = content.form() == Form::Template(Some(Category::Marketing));
            let is_recorded = consents.state(ConsentKind::Marketing) != ConsentState::NotRecorded;
            if !is_marketing || is_recorded || vouched {
                return Ok(());
            }
            let rule = store.tenant().await?.map(|tenant| tenant.unrecorded_marketing);
            return if rule == Some(UnrecordedConsent::Ask) { Err(self.not_recorded()) } else { Ok(()) };
        };
        let since = consents.holds(kind).map(|change| format!(" since {}", change.at)).unwrap_or_default();
        let what = match kind {
            ConsentKind::Marketing => "marketing messages",
            ConsentKind::Service => "messages",
        };
        let detail = format!(
            "The customer has opted out of {what}{since}. You can answer once they write again. If they agreed elsewhere, \
             say so with PATCH /api/leads/{}/consent.",
            self.lead.id
        );
        Err(Problem::new(Kind::OptedOut, detail))
    }

    fn not_recorded(&self) -> Problem {
        let detail = format!(
            "It is not recorded that the customer agreed to marketing messages. Record it with PATCH              /api/leads/{}/consent, or send acceptNoConsent: true if you know that they did.",
            self.lead.id
        );
        Problem::fields(Kind::ConsentNotRecorded, vec![FieldError::new("acceptNoConsent", detail)])
    }

    /// To whom: the phone where it is known, else the user id.
    pub(crate) fn address(&self) -> Result<Address, Problem> {
        address(&self.lead)
    }

    /// What is sent here: of a reaction the message is found that it is put to.
    pub(crate) async fn content(
        &self,
        deps: &Deps,
        caller: Caller,
        viewer: &Viewer,
        asked: &Asked,
        now: Timestamp,
    ) -> Result<OutboundContent, Problem> {
        let tenant = caller.tenant;
        let (message, emoji) = match asked {
            Asked::Text { first, .. } => return Ok(OutboundContent::clone(first)),
            Asked::Message(content) => {
                if let Some(field) = content::stored_file(content) {
                    files::check_sendable(deps, caller, viewer, content, &field, self.conversation.id).await?;
                }
                return Ok(OutboundContent::clone(content));
            }
            Asked::Template(asked) => {
                let content = self.template(deps, tenant, asked).await?;
                for (field, carried) in content::template_files(&content) {
                    files::check_file(deps, caller, viewer, carried, &field, self.conversation.id).await?;
                }
                return Ok(content);
            }
            Asked::Reaction { message, emoji } => (*message, emoji.clone()),
        };
        let field = "reaction.messageId";
        let entry = deps.store.tenant(tenant).entry(self.conversation.id.history, message).await?;
        let entry =
            entry.filter(|entry| entry.conversation(self.conversation.id.history) == Some(self.conversation.id));
        let entry = entry.ok_or_else(|| invalid(field, "is no message of this conversation"))?;
        if now.since(entry.at()) > REACTS_WITHIN {
            return Err(invalid(field, "is older than 30 days: WhatsApp takes no reaction to it any more"));
        }
        if !entry.takes_reactions() {
            return Err(invalid(field, "is a reaction, a correction or a withdrawn message"));
        }
        let wamid = match entry.line {
            Line::Received(message) => Some(message.wamid),
            Line::Sent(message) => message.send.wamid,
            Line::Echo(message) => Some(message.wamid),
            Line::Event(_) => None,
        };
        let wamid = wamid.ok_or_else(|| invalid(field, "has not reached WhatsApp yet"))?;
        content::reaction(message, wamid, emoji).map_err(|error| Problem::invalid(vec![error]))
    }

    /// The template that is asked for, with its values.
    pub(crate) async fn template(
        &self,
        deps: &Deps,
        tenant: TenantId,
        asked: &AskedTemplate,
    ) -> Result<OutboundContent, Problem> {
        let channel = deps
            .store
            .tenant(tenant)
            .channel(self.conversation.id.channel)
            .await?
            .ok_or_else(Problem::no_such_channel)?;
        let AskedTemplate { name, language, values } = asked;
        let template = templates::sendable(deps, tenant, &channel, name, language).await?;
        if template.category == TemplateCategory::Authentication && self.lead.phone.is_none() {
            return Err(invalid("template.name", "is a one-time code, which WhatsApp sends only to a phone number"));
        }
        let under = |violation: Violation| {
            let violation = violation.under("template");
            FieldError::new(violation.field(), violation.detail())
        };
        let filled = template.fill(values.clone());
        let mut filled = filled.map_err(|errors| Problem::invalid(errors.into_iter().map(under).collect()))?;
        filled.asked_language = (template.language != *language).then(|| language.as_str().to_owned());
        let content = OutboundContent::parse(Draft::Template(Box::new(filled)));
        content.map_err(|violation| Problem::invalid(vec![under(violation)]))
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
        let entry = deps.store.tenant(tenant).entry(self.conversation.id.history, id).await?;
        let entry =
            entry.filter(|entry| entry.conversation(self.conversation.id.history) == Some(self.conversation.id));
        let wamid = match entry.map(|entry| entry.line) {
            Some(Line::Received(message)) => Some(message.wamid),
            Some(Line::Echo(message)) => Some(message.wamid),
            Some(Line::Sent(message)) => {
                let wamid = message.send.wamid;
                return wamid
                    .map(Some)
                    .ok_or_else(|| invalid("replyTo", "This message has not reached WhatsApp yet. Try again later."));
            }
            Some(Line::Event(_)) | None => None,
        };
        wamid.map(Some).ok_or_else(no_message_here)
    }

    /// The message that is repeated: one of this conversation that the business sent, and that did not go out or may not
    /// have.
    pub(crate) async fn retry_of(
        &self,
        deps: &Deps,
        tenant: TenantId,
        id: Option<MessageId>,
        now: Timestamp,
    ) -> Result<Option<MessageId>, Problem> {
        let Some(id) = id else { return Ok(None) };
        let sent = deps.store.tenant(tenant).outbound_message(self.conversation.id.history, id).await?;
        let sent = sent.filter(|sent| sent.conversation == self.conversation.id);
        let sent = sent.ok_or_else(|| invalid("retryOf", "There is no such sent message in this conversation."))?;
        match sent.shown(now) {
            Shown::Failed | Shown::Unconfirmed | Shown::Told(Status::Failed) => Ok(Some(id)),
            Shown::Scheduled
            | Shown::Cancelled
            | Shown::Queued
            | Shown::Held
            | Shown::Claimed
            | Shown::Accepted
            | Shown::Told(Status::Sent | Status::Delivered | Status::Read | Status::Played) => {
                Err(invalid("retryOf", "This message has not failed. Leave out retryOf to send another one."))
            }
        }
    }

    /// Whether the message that WhatsApp calls `wamid` is one of this conversation: a customer's, by its receipt, or one
    /// of ours.
    async fn holds(&self, deps: &Deps, tenant: TenantId, wamid: &Wamid) -> Result<bool, Problem> {
        let store = deps.store.tenant(tenant);
        let here = self.conversation.id;
        if let Some(channel) = store.channel(here.channel).await? {
            let name = MessageName { number: channel.number, wamid: wamid.clone() };
            if let Some(receipt) = store.receipt(&name).await? {
                return Ok(receipt.history == here.history);
            }
        }
        let Some((history, id)) = store.find_sent(wamid).await? else { return Ok(false) };
        let sent = store.outbound_message(history, id).await?;
        Ok(sent.is_some_and(|send| send.conversation == here))
    }

    /// Refuses a conversation that the viewer does not see.
    pub(crate) fn requires_sight(&self, viewer: &Viewer) -> Result<(), Problem> {
        if self.conversation.is_seen_by(viewer) { Ok(()) } else { Err(missing()) }
    }

    /// The lead's name.
    pub(crate) fn name(&self, names: LeadNames) -> Text {
        names.name(&self.lead, &[&self.conversation])
    }

    /// The lead's phone, as people read it; none where it is masked.
    pub(crate) fn phone(&self, names: LeadNames) -> Option<String> {
        names.phone(&self.lead)
    }
}

/// Whom a message would go to, as far as they are known.
pub(crate) struct Known {
    pub(crate) lead: Option<Lead>,
    pub(crate) conversation: Option<Conversation>,
}

impl Known {
    /// The lead and the conversation that a message to `target` would go to. Nothing is written.
    pub(crate) async fn find(
        deps: &Deps,
        tenant: TenantId,
        viewer: &Viewer,
        target: &Target,
        channel: Option<ChannelId>,
    ) -> Result<Self, Problem> {
        let lead = match target {
            Target::Conversation(id) => {
                if channel.is_some_and(|channel| channel != id.value.channel) {
                    return Err(invalid("channelId", "The conversation is on another channel. Leave out channelId."));
                }
                let place = Place::in_conversation(deps, tenant, id.value).await?;
                place.requires_sight(viewer)?;
                return Ok(Self { lead: Some(place.lead), conversation: Some(place.conversation) });
            }
            Target::Lead(id, _) => the_lead(deps, tenant, id.value, id.field).await?,
            Target::Phone(phone) => match whose(deps, tenant, phone.value.phone()).await? {
                Some(id) => the_lead(deps, tenant, id, phone.field).await?,
                None if phone.value.may_lack_country_code() => return Err(no_country_code(phone.field)),
                None => return Ok(Self { lead: None, conversation: None }),
            },
        };
        let conversation = match conversation_of(deps, tenant, &lead, channel).await? {
            Some(id) => deps.store.tenant(tenant).conversation(id).await?,
            None => None,
        };
        if conversation.as_ref().is_some_and(|conversation| !conversation.is_seen_by(viewer)) {
            return Err(missing());
        }
        Ok(Self { lead: Some(lead), conversation })
    }
}

/// To whom a message to `lead` goes: the phone where it is known, else the user id.
pub(crate) fn address(lead: &Lead) -> Result<Address, Problem> {
    let phone = lead.phone.clone().map(Address::Phone);
    let address = phone.or_else(|| lead.bsuid.clone().map(Address::Bsuid));
    address.ok_or_else(|| {
        Problem::new(
            Kind::InvalidInput,
            "WhatsApp shares neither the phone number nor the user ID of this lead, so no message can be sent.",
        )
    })
}

async fn the_lead(deps: &Deps, tenant: TenantId, id: LeadId, field: &str) -> Result<Lead, Problem> {
    let lead = deps.store.tenant(tenant).current_lead(id).await?;
    let lead = lead.filter(|lead| lead.deleted.is_none());
    lead.ok_or_else(|| absent(field, "There is no lead with this ID."))
}

async fn whose(deps: &Deps, tenant: TenantId, phone: &Phone) -> Result<Option<LeadId>, Problem> {
    let customer = Customer { phone: Some(phone.clone()), ..Customer::default() };
    match deps.store.tenant(tenant).recognise(&customer, None).await? {
        Recognised::As { lead, .. } => Ok(Some(lead)),
        Recognised::Stranger { .. } => Ok(None),
    }
}

/// The lead's conversation on `channel`; or, of those on connected numbers, the one whose window shuts last.
async fn conversation_of(
    deps: &Deps,
    tenant: TenantId,
    lead: &Lead,
    channel: Option<ChannelId>,
) -> Result<Option<ConversationId>, Problem> {
    let store = deps.store.tenant(tenant);
    if let Some(channel) = channel
        && store.channel(channel).await?.is_none()
    {
        return Err(Problem::no_such_channel());
    }
    let on_channel = |id: &ConversationId| channel.is_none_or(|channel| id.channel == channel);
    let candidates: Vec<_> = lead.conversations.iter().copied().filter(on_channel).collect();
    if candidates.len() < 2 {
        return Ok(candidates.first().copied());
    }
    let conversations = store.conversations(&candidates).await?;
    let connected = store.channels().await?;
    let is_connected = |id: ChannelId| connected.iter().any(|channel| channel.id == id);
    Ok(conversations
        .iter()
        .max_by_key(|conversation| {
            let ConversationId { history, channel } = conversation.id;
            (is_connected(channel), conversation.window_until(), history, channel)
        })
        .map(|conversation| conversation.id))
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
    let channels = deps.store.tenant(tenant).channels().await?;
    if channels.is_empty() {
        return Ok(Problem::not_connected());
    }
    let ours = channels.iter().find(|ours| channel.is_none_or(|channel| ours.id == channel));
    let Some(ours) = ours else { return Ok(Problem::no_such_channel()) };
    let wrote = format!("No message from this phone number has reached {} yet.", ours.display);
    let next = "Or check the number and its country code, or ask the customer to write first.";
    Ok(Problem::field(Kind::WindowClosed, phone.field, format!("{wrote} {TEMPLATE_NEEDED} {next}")))
}

/// What WhatsApp takes where no window is open.
const TEMPLATE_NEEDED: &str =
    "Outside the window, WhatsApp delivers only approved templates: send one as template, from GET /api/templates.";

fn closed(until: Option<Timestamp>, now: Timestamp) -> Problem {
    let when = match until {
        None => "As far as we know, the customer has neither written nor called on this channel.".to_owned(),
        Some(until) if until > now => {
            format!("As far as we know, the window closes at {until}, too soon for a message accepted now.")
        }
        Some(until) => {
            format!(
                "As far as we know, the window closed at {until}, 24 hours after the customer last wrote or called."
            )
        }
    };
    let next = "Other messages can be sent as soon as the customer writes or calls again.";
    Problem::new(Kind::WindowClosed, format!("{when} {TEMPLATE_NEEDED} {next}")).with_window(until)
}

fn no_message_here() -> Problem {
    invalid("replyTo", "There is no such message in this conversation.")
}

fn absent(field: &str, detail: &str) -> Problem {
    Problem::field(Kind::NotFound, field, detail)
}

fn invalid(field: &str, detail: &str) -> Problem {
    Problem::invalid(vec![FieldError::new(field, detail)])
}
