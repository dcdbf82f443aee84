//! What a request says about a campaign.

use crate::Deps;
use crate::views::{At, NoTime};
use crate::web::auth::Caller;
use crate::web::body::given;
use crate::web::names::name_of;
use crate::web::problem::{FieldError, Problem};
use domain::access::tenants::TimeZone;
use domain::channels::prices::money::Amount;
use domain::crm::lead_details::Tag;
use domain::crm::leads::Source;
use domain::inbox::outbound_media::MediaDraft;
use domain::outreach::campaign_hours::{LocalTime, QuietHours};
use domain::outreach::campaign_messages::{CampaignMessage, Variable};
use domain::outreach::campaigns::{
    Audience, CampaignPlan, Exclusions, FURTHEST, LONGEST_NAME, MOST_DAYS, MOST_LEADS, Schedule,
};
use domain::outreach::templates::{Language, Template, TemplateName, TemplateStatus};
use domain::stages::Stage;
use domain::{ChannelId, LeadId, TemplateId, TenantId, Text, Timestamp, UserId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use store::channels::channels::Channel;

/// A campaign to create.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "NewCampaign")]
pub(crate) struct CampaignBody {
    /// What the team calls it.
    #[schemars(length(min = 1, max = LONGEST_NAME))]
    name: Text,
    /// The channel that it is sent from.
    channel_id: ChannelId,
    /// The template and its values.
    message: MessageBody,
    /// The leads that it goes to.
    audience: AudienceBody,
    /// The leads of the audience that get no message.
    #[serde(default)]
    exclusions: ExclusionsBody,
    /// When it starts. Defaults to the moment at which somebody starts it.
    schedule: Option<ScheduleBody>,
    /// Hours of each recipient's clock in which no message goes out.
    quiet_hours: Option<QuietHours>,
    /// The most that all messages together may cost, in the currency of the account. Defaults to no limit.
    budget: Option<Amount>,
    /// Whether messages go out whose price is unknown.
    #[serde(default)]
    accept_unknown_price: bool,
}

/// A change of a draft. Omitted fields stay as they are; null removes a value.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "CampaignChange")]
pub(crate) struct CampaignChangeBody {
    /// What the team calls it.
    #[schemars(length(min = 1, max = LONGEST_NAME))]
    name: Option<Text>,
    /// The channel that it is sent from.
    channel_id: Option<ChannelId>,
    /// The template and its values.
    message: Option<MessageBody>,
    /// The leads that it goes to.
    audience: Option<AudienceBody>,
    /// The leads of the audience that get no message.
    exclusions: Option<ExclusionsBody>,
    /// When it starts. Null for the moment at which somebody starts it.
    #[serde(default, deserialize_with = "given")]
    #[schemars(with = "Option<ScheduleBody>")]
    schedule: Option<Option<ScheduleBody>>,
    /// Hours of each recipient's clock in which no message goes out.
    #[serde(default, deserialize_with = "given")]
    #[schemars(with = "Option<QuietHours>")]
    quiet_hours: Option<Option<QuietHours>>,
    /// The most that all messages together may cost.
    #[serde(default, deserialize_with = "given")]
    #[schemars(with = "Option<Amount>")]
    budget: Option<Option<Amount>>,
    /// Whether messages go out whose price is unknown.
    accept_unknown_price: Option<bool>,
}

/// A template with its values.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "CampaignMessage")]
pub(crate) struct MessageBody {
    /// The template's name.
    #[schemars(with = "TemplateName")]
    name: String,
    /// The template's language, exactly as it was approved.
    #[schemars(with = "Language")]
    language: String,
    /// The value of the text header's parameter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    header: Option<Variable>,
    /// The file of the header, by a link.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    file: Option<MediaDraft>,
    /// The values of the body, by the parameter's name or number.
    #[serde(default)]
    body: BTreeMap<String, Variable>,
    /// The values of buttons, by the button's place from 0.
    #[serde(default)]
    buttons: BTreeMap<String, Variable>,
}

/// The leads that a campaign goes to. Send one field.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "Audience")]
pub(crate) struct AudienceBody {
    /// `true` for every lead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    all: Option<bool>,
    /// The leads in this stage.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    stage: Option<Stage>,
    /// The leads with this tag.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tag: Option<Tag>,
    /// The leads of this owner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    owner_id: Option<UserId>,
    /// The leads from this source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    source: Option<Source>,
    /// These leads: at most 5,000.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = MOST_LEADS))]
    lead_ids: Option<Vec<LeadId>>,
}

/// The leads of an audience that get no message. Customers who have opted out never do.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "CampaignExclusions")]
pub(crate) struct ExclusionsBody {
    /// Leads to whom the business has written within this number of days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = MOST_DAYS))]
    contacted_within_days: Option<u16>,
}

/// When a campaign starts: at a moment, or at a time of the clock.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "CampaignSchedule", extend("anyOf" = [{ "required": ["at"] }, { "required": ["localTime"] }]))]
pub(crate) struct ScheduleBody {
    /// The moment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<At>")]
    at: Option<String>,
    /// A date and time without a zone, such as `2026-12-24T09:00`. Each recipient gets the message when their clock shows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}"))]
    local_time: Option<String>,
    /// The time zone of `localTime`, if it is to be the same moment for everybody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<TimeZone>")]
    time_zone: Option<String>,
}

/// A plan, and the leads that it names one by one.
pub(crate) struct Planned {
    pub(crate) plan: CampaignPlan,
    /// None where a change leaves them as they are.
    pub(crate) leads: Option<Vec<LeadId>>,
}

impl CampaignBody {
    /// Reads the body, or says everything that is wrong with it.
    pub(crate) async fn plan(self, deps: &Deps, caller: Caller) -> Result<Planned, Problem> {
        let mut errors = Vec::new();
        let name = named(&self.name, &mut errors);
        let message = self.message.read(&mut errors);
        let audience = self.audience.read(&mut errors);
        let schedule = match &self.schedule {
            Some(schedule) => schedule.read(deps.clock.now(), &mut errors),
            None => Some(Schedule::Now),
        };
        let exclusions = self.exclusions.read(&mut errors);
        let (Some(name), Some(message), Some((audience, leads)), Some(schedule), Some(exclusions), true) =
            (name, message, audience, schedule, exclusions, errors.is_empty())
        else {
            return Err(Problem::invalid(errors));
        };
        let plan = CampaignPlan {
            name,
            channel: self.channel_id,
            message,
            audience,
            exclusions,
            schedule,
            quiet_hours: self.quiet_hours,
            time_zone: time_zone(deps, caller.tenant).await?,
            budget: self.budget,
            accepts_unknown_price: self.accept_unknown_price,
        };
        sendable(deps, caller.tenant, &plan).await?;
        Ok(Planned { plan, leads: Some(leads) })
    }
}

impl CampaignChangeBody {
    /// Reads the change of `before`, or says everything that is wrong with it.
    pub(crate) async fn plan(self, deps: &Deps, caller: Caller, before: &CampaignPlan) -> Result<Planned, Problem> {
        let mut errors = Vec::new();
        let mut plan = before.clone();
        let mut leads = None;
        if let Some(name) = self.name.as_ref().and_then(|name| named(name, &mut errors)) {
            plan.name = name;
        }
        if let Some(message) = self.message.and_then(|message| message.read(&mut errors)) {
            plan.message = message;
        }
        if let Some((audience, named)) = self.audience.and_then(|audience| audience.read(&mut errors)) {
            plan.audience = audience;
            leads = Some(named);
        }
        if let Some(exclusions) = self.exclusions.and_then(|exclusions| exclusions.read(&mut errors)) {
            plan.exclusions = exclusions;
        }
        match &self.schedule {
            Some(Some(schedule)) => {
                plan.schedule = schedule.read(deps.clock.now(), &mut errors).unwrap_or(Schedule::Now);
            }
            Some(None) => plan.schedule = Schedule::Now,
            None => {}
        }
        if !errors.is_empty() {
            return Err(Problem::invalid(errors));
        }
        plan.channel = self.channel_id.unwrap_or(plan.channel);
        plan.quiet_hours = self.quiet_hours.unwrap_or(plan.quiet_hours);
        plan.budget = self.budget.unwrap_or(plan.budget);
        plan.accepts_unknown_price = self.accept_unknown_price.unwrap_or(plan.accepts_unknown_price);
        plan.time_zone = time_zone(deps, caller.tenant).await?;
        sendable(deps, caller.tenant, &plan).await?;
        Ok(Planned { plan, leads })
    }
}

impl MessageBody {
    /// The message as a caller sees it.
    pub(crate) fn new(message: CampaignMessage) -> Self {
        let CampaignMessage { name, language, header, file, body, buttons } = message;
        Self { name: name.as_str().to_owned(), language: language.as_str().to_owned(), header, file, body, buttons }
    }

    fn read(self, errors: &mut Vec<FieldError>) -> Option<CampaignMessage> {
        let Self { name, language, header, file, body, buttons } = self;
        let name = TemplateName::parse(&name);
        let name = name.map_err(|error| errors.push(FieldError::new("message.name", error.to_string()))).ok();
        let language = Language::parse(&language);
        let language =
            language.map_err(|error| errors.push(FieldError::new("message.language", error.to_string()))).ok();
        if file.as_ref().is_some_and(|file| file.media_id.is_some()) {
            let detail = "Send a link: an uploaded file belongs to one conversation.";
            errors.push(FieldError::new("message.file.mediaId", detail));
        }
        Some(CampaignMessage { name: name?, language: language?, header, file, body, buttons })
    }
}

impl AudienceBody {
    /// The audience as a caller sees it.
    pub(crate) fn new(audience: Audience, leads: Vec<LeadId>) -> Self {
        match audience {
            Audience::All => Self { all: Some(true), ..Self::default() },
            Audience::Stage(stage) => Self { stage: Some(stage), ..Self::default() },
            Audience::Tag(tag) => Self { tag: Some(tag), ..Self::default() },
            Audience::Owner(owner) => Self { owner_id: Some(owner), ..Self::default() },
            Audience::Source(source) => Self { source: Some(source), ..Self::default() },
            Audience::Leads(_) => Self { lead_ids: Some(leads), ..Self::default() },
        }
    }

    fn read(self, errors: &mut Vec<FieldError>) -> Option<(Audience, Vec<LeadId>)> {
        let Self { all, stage, tag, owner_id, source, lead_ids } = self;
        let mut given = Vec::new();
        let mut wrong = |field: &str, detail: String| errors.push(FieldError::new(field, detail));
        match all {
            Some(true) => given.push((Audience::All, Vec::new())),
            Some(false) => wrong("audience.all", "Send true, or leave it out.".to_owned()),
            None => {}
        }
        given.extend(stage.map(|stage| (Audience::Stage(stage), Vec::new())));
        given.extend(tag.map(|tag| (Audience::Tag(tag), Vec::new())));
        given.extend(owner_id.map(|owner| (Audience::Owner(owner), Vec::new())));
        given.extend(source.map(|source| (Audience::Source(source), Vec::new())));
        if let Some(leads) = lead_ids {
            let distinct: BTreeSet<_> = leads.into_iter().collect();
            match distinct.len() {
                0 => wrong("audience.leadIds", "The audience is empty. Name at least one lead.".to_owned()),
                count if count > MOST_LEADS => wrong(
                    "audience.leadIds",
                    format!(
                        "There are {count} leads; name at most {MOST_LEADS}. Give more leads a tag, and send the tag."
                    ),
                ),
                count => {
                    let count = u32::try_from(count).unwrap_or(u32::MAX);
                    given.push((Audience::Leads(count), distinct.into_iter().collect()));
                }
            }
        }
        if !errors.is_empty() {
            return None;
        }
        if given.len() != 1 {
            let detail = "Send exactly one of all, stage, tag, ownerId, source and leadIds.";
            errors.push(FieldError::new("audience", detail));
        }
        given.pop().filter(|_| errors.is_empty())
    }
}

impl ExclusionsBody {
    /// The exclusions as a caller sees them.
    pub(crate) const fn new(exclusions: Exclusions) -> Self {
        Self { contacted_within_days: exclusions.contacted_within_days }
    }

    fn read(self, errors: &mut Vec<FieldError>) -> Option<Exclusions> {
        let Self { contacted_within_days } = self;
        if contacted_within_days.is_some_and(|days| !(1..=MOST_DAYS).contains(&days)) {
            let detail = format!("Use 1 to {MOST_DAYS} days.");
            errors.push(FieldError::new("exclusions.contactedWithinDays", detail));
            return None;
        }
        Some(Exclusions { contacted_within_days })
    }
}

impl ScheduleBody {
    /// The schedule as a caller sees it; none for a campaign that starts when somebody starts it.
    pub(crate) fn new(schedule: Schedule) -> Option<Self> {
        let nothing = Self { at: None, local_time: None, time_zone: None };
        match schedule {
            Schedule::Now => None,
            Schedule::At(at) => Some(Self { at: Some(at.to_string()), ..nothing }),
            Schedule::Local(time) => Some(Self { local_time: Some(time.to_string()), ..nothing }),
        }
    }

    fn read(&self, now: Timestamp, errors: &mut Vec<FieldError>) -> Option<Schedule> {
        let mut wrong = |field: &str, detail: String| {
            errors.push(FieldError::new(format!("schedule.{field}"), detail));
            None
        };
        let zone = match self.time_zone.as_deref().map(TimeZone::parse).transpose() {
            Ok(zone) => zone,
            Err(error) => return wrong("timeZone", error.to_string()),
        };
        let (field, schedule, at) = match (&self.at, &self.local_time, zone) {
            (Some(at), None, None) => match at.parse() {
                Ok(At(at)) => ("at", Schedule::At(at), at),
                Err(error) => return wrong("at", NoTime::to_string(&error)),
            },
            (None, Some(time), zone) => match (LocalTime::parse(time), zone) {
                (Err(error), _) => return wrong("localTime", error.to_string()),
                (Ok(time), Some(zone)) => match time.in_zone(&zone) {
                    Some(at) => ("localTime", Schedule::At(at), at),
                    None => {
                        let detail = format!("The clocks of {} skip this hour. Choose another one.", zone.as_str());
                        return wrong("localTime", detail);
                    }
                },
                (Ok(time), None) => ("localTime", Schedule::Local(time), time.latest()),
            },
            (Some(_), None, Some(_)) => return wrong("timeZone", "It goes with localTime.".to_owned()),
            (Some(_), Some(_), _) => return wrong("localTime", "Send either at or localTime, not both.".to_owned()),
            (None, None, _) => return wrong("at", "Send at or localTime.".to_owned()),
        };
        if at <= now {
            return wrong(field, "The time must be in the future. Leave out the schedule to start at once.".to_owned());
        }
        if at > now.plus(FURTHEST) {
            return wrong(field, "The time must be within a year.".to_owned());
        }
        Some(schedule)
    }
}

fn named(name: &Text, errors: &mut Vec<FieldError>) -> Option<Text> {
    let name = name_of("name", name).map_err(|error| errors.push(error)).ok()?;
    if name.as_str().chars().count() > LONGEST_NAME {
        errors.push(FieldError::new("name", format!("Use at most {LONGEST_NAME} characters.")));
        return None;
    }
    Some(name)
}

/// The clock of the business.
async fn time_zone(deps: &Deps, tenant: TenantId) -> Result<TimeZone, Problem> {
    let tenant = deps.store.tenant(tenant).tenant().await?;
    Ok(tenant.map(|tenant| tenant.time_zone).unwrap_or_default())
}

/// The channel and the template of a campaign. A template that cannot be sent, or that its values do not fit, is refused.
pub(crate) async fn sendable(
    deps: &Deps,
    tenant: TenantId,
    plan: &CampaignPlan,
) -> Result<(Channel, Template), Problem> {
    let store = deps.store.tenant(tenant);
    let channel = store.channel(plan.channel).await?.ok_or_else(Problem::no_such_channel)?;
    if !channel.is_connected() {
        let detail = "The number is disconnected. Connect it again, or choose another one.";
        return Err(Problem::field(crate::web::problem::Kind::NoConnectedNumber, "channelId", detail));
    }
    let CampaignMessage { name, language, .. } = &plan.message;
    let invalid = |field: &str, detail: String| Problem::invalid(vec![FieldError::new(field, detail)]);
    let id = TemplateId::for_name(&channel.waba, name.as_str(), language.as_str());
    let template = store.template(id).await?;
    let template = template.filter(|template| template.status != TemplateStatus::Deleted).ok_or_else(|| {
        let number = &channel.display;
        let detail = format!(
            "The account of {number} has no template {name} in the language {language}. GET /api/templates lists the \
             templates."
        );
        invalid("message.name", detail)
    })?;
    if let Some(obstacle) = template.obstacle() {
        return Err(invalid("message.name", obstacle));
    }
    plan.message.check(&template).map_err(|errors| {
        let under = |violation: domain::limits::Violation| violation.under("message");
        let errors = errors.into_iter().map(under);
        Problem::invalid(errors.map(|error| FieldError::new(error.field(), error.detail())).collect())
    })?;
    Ok((channel, template))
}
