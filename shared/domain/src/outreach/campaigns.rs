//! Campaigns: one template to many leads. What a campaign is, the states it goes through, and every decision about it as a
//! pure function. Who is a recipient is decided when it starts; what each gets, when its turn comes.

use crate::access::tenants::TimeZone;
use crate::actors::Actor;
use crate::channels::channels::Sending;
use crate::channels::prices::money::Amount;
use crate::channels::prices::plan::Form;
use crate::crm::lead_details::Tag;
use crate::crm::leads::{Lead, Source};
use crate::digest;
use crate::ids::{CampaignId, ChannelId, LeadId, MessageId, UserId};
use crate::inbox::consents::Consents;
use crate::inbox::conversations::Conversation;
use crate::inbox::outbound_messages::Address;
use crate::inbox::shown::Shown;
use crate::inbox::statuses::Status;
use crate::outreach::campaign_hours::{LocalTime, QuietHours};
use crate::outreach::campaign_messages::CampaignMessage;
use crate::outreach::templates::Template;
use crate::personal::Text;
use crate::stages::Stage;
use crate::string_enum::string_enum;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// The longest name, in characters.
pub const LONGEST_NAME: usize = 100;

/// The most leads that a campaign names one by one. They are one item of the table, of at most 400 KB.
pub const MOST_LEADS: usize = 5_000;

/// The longest time, in days, for which a recent message of the business keeps a lead out.
pub const MOST_DAYS: u16 = 90;

/// How far ahead a campaign may be scheduled.
pub const FURTHEST: Duration = Duration::from_secs(365 * 24 * 3600);

/// How long after a campaign's message a customer's first message counts as a reply to it.
pub const REPLIES_WITHIN: Duration = Duration::from_secs(7 * 24 * 3600);

/// How much of a number's pace campaigns use, in percent. The rest is for users and rules.
const SHARE_OF_PACE: u32 = 80;

/// How long the messages of one step take at the campaign's pace.
pub const STEP: Duration = Duration::from_secs(5);

/// How long a step waits that finds its number, its template or an hour closed.
pub const LOOK_AGAIN: Duration = Duration::from_secs(60);

string_enum! {
    /// The state of a campaign.
    CampaignState {
        /// It is being written.
        Draft = "draft",
        /// It starts at its time.
        Scheduled = "scheduled",
        /// It sends.
        Running = "running",
        /// It is paused. Resume it, and it goes on with the next recipient.
        Paused = "paused",
        /// Every recipient was attempted.
        Finished = "finished",
        /// It was cancelled.
        Cancelled = "cancelled",
        /// It cannot be sent.
        Failed = "failed",
    }
}

string_enum! {
    /// Why a campaign is paused or failed.
    StopReason {
        /// A user paused it.
        User = "user",
        /// WhatsApp no longer sends its template.
        Template = "template",
        /// Its number was disconnected.
        Disconnected = "disconnected",
        /// The price of a message is unknown, and the campaign does not accept that.
        PriceUnknown = "price_unknown",
        /// The next message would exceed the campaign's budget.
        Budget = "budget",
        /// WhatsApp rates the quality of the number as low.
        Quality = "quality",
        /// The audience has no recipient.
        EmptyAudience = "empty_audience",
    }
}

string_enum! {
    /// Why a running campaign sends nothing at the moment. It goes on by itself.
    CampaignWait {
        /// The number is paused, or Meta rejects its token.
        Channel = "channel",
        /// It is quiet hours where the remaining recipients are.
        QuietHours = "quiet_hours",
    }
}

string_enum! {
    /// Why a lead of the audience gets no message.
    Exclusion {
        /// The customer has opted out of such messages.
        NoConsent = "no_consent",
        /// The business has written to the customer recently.
        RecentlyContacted = "recently_contacted",
        /// The lead has neither a phone number nor a WhatsApp user ID.
        NoPhone = "no_phone",
        /// The customer is a recipient already, as another lead.
        Duplicate = "duplicate",
        /// The lead was deleted.
        Deleted = "deleted",
        /// WhatsApp could not deliver an earlier message to the customer, or holds marketing messages back.
        Suppressed = "suppressed",
        /// The values of the lead do not fit the template.
        Unfillable = "unfillable",
    }
}

string_enum! {
    /// How far a recipient has come on the campaign's side. What became of the message, the message says.
    RecipientState {
        /// Waits for its turn.
        Pending = "pending",
        /// Has a message.
        Queued = "queued",
        /// Gets none.
        Excluded = "excluded",
    }
}

string_enum! {
    /// What has become of a recipient.
    CampaignOutcome {
        /// The recipient's turn has not come.
        Pending = "pending",
        /// The message waits to go out.
        Queued = "queued",
        /// WhatsApp has the message.
        Sent = "sent",
        /// It has reached the customer.
        Delivered = "delivered",
        /// The customer has read it.
        Read = "read",
        /// The customer has replied.
        Replied = "replied",
        /// It could not be sent or delivered.
        Failed = "failed",
        /// The lead gets no message.
        Excluded = "excluded",
    }
}

impl CampaignOutcome {
    /// What has become of a recipient: by the message as it is shown, and whether the customer has replied.
    #[must_use]
    pub const fn from_message(shown: Shown, has_replied: bool) -> Self {
        match shown {
            _ if has_replied => Self::Replied,
            Shown::Scheduled | Shown::Queued | Shown::Held | Shown::Claimed => Self::Queued,
            Shown::Cancelled => Self::Pending,
            Shown::Accepted | Shown::Unconfirmed | Shown::Told(Status::Sent) => Self::Sent,
            Shown::Told(Status::Delivered) => Self::Delivered,
            Shown::Told(Status::Read | Status::Played) => Self::Read,
            Shown::Failed | Shown::Told(Status::Failed) => Self::Failed,
        }
    }
}

/// Whom a campaign goes to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// Every lead.
    All,
    /// The leads in one stage.
    Stage(Stage),
    /// The leads with one tag.
    Tag(Tag),
    /// The leads of one owner.
    Owner(UserId),
    /// The leads from one source.
    Source(Source),
    /// So many leads, named one by one.
    Leads(u32),
}

/// Who of the audience gets no message. Who has opted out never does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exclusions {
    /// Those to whom the business has written within this number of days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contacted_within_days: Option<u16>,
}

/// When a campaign starts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Schedule {
    /// As soon as somebody starts it.
    Now,
    /// At this moment, for everybody.
    At(Timestamp),
    /// At this time of the clock, where each recipient is.
    Local(LocalTime),
}

/// What people decide about a campaign.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CampaignPlan {
    /// What the team calls it.
    pub name: Text,
    /// The number that it is sent from.
    pub channel: ChannelId,
    /// What each recipient gets.
    pub message: CampaignMessage,
    /// Whom it goes to.
    pub audience: Audience,
    /// Who of them gets nothing.
    #[serde(default)]
    pub exclusions: Exclusions,
    /// When it starts.
    pub schedule: Schedule,
    /// When no message goes out, where the recipient is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quiet_hours: Option<QuietHours>,
    /// The clock of recipients whose country is not known.
    #[serde(default)]
    pub time_zone: TimeZone,
    /// The most that all messages together may cost, in the currency of the account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budget: Option<Amount>,
    /// Whether messages go out whose price is unknown.
    #[serde(default)]
    pub accepts_unknown_price: bool,
}

/// A campaign.
#[derive(Clone, Debug, PartialEq)]
pub struct Campaign {
    /// Its id.
    pub id: CampaignId,
    /// What people decided about it.
    pub plan: CampaignPlan,
    /// Where it stands.
    pub state: CampaignState,
    /// Why it is paused or failed.
    pub reason: Option<StopReason>,
    /// Why it sends nothing at the moment.
    pub waits_for: Option<CampaignWait>,
    /// Who created it.
    pub by: Actor,
    /// When it began to send.
    pub started: Option<Timestamp>,
    /// When it ended.
    pub ended: Option<Timestamp>,
    /// Counts the changes by people and of the state.
    pub revision: u64,
}

/// What people do to a campaign, beside changing its draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// Send it, at its time.
    Start,
    /// Stop after the message that is being sent.
    Pause,
    /// Go on.
    Resume,
    /// End it for good.
    Cancel,
}

/// A command that does not fit the state of the campaign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the campaign is {0}")]
pub struct WrongState(pub CampaignState);

impl CampaignState {
    /// The state after `command`; `now` and the start of the campaign say whether it runs at once.
    ///
    /// # Errors
    /// [`WrongState`] if the command does not fit.
    pub fn after(self, command: Command, starts_later: bool) -> Result<Self, WrongState> {
        match (self, command) {
            (Self::Draft, Command::Start) if starts_later => Ok(Self::Scheduled),
            (Self::Draft, Command::Start) => Ok(Self::Running),
            (Self::Scheduled | Self::Running, Command::Pause) => Ok(Self::Paused),
            (Self::Paused, Command::Resume) if starts_later => Ok(Self::Scheduled),
            (Self::Paused, Command::Resume) => Ok(Self::Running),
            (Self::Scheduled | Self::Running | Self::Paused, Command::Cancel) => Ok(Self::Cancelled),
            (
                Self::Draft
                | Self::Scheduled
                | Self::Running
                | Self::Paused
                | Self::Finished
                | Self::Cancelled
                | Self::Failed,
                Command::Start | Command::Pause | Command::Resume | Command::Cancel,
            ) => Err(WrongState(self)),
        }
    }

    /// Whether a message that waits in the queue may still go out.
    #[must_use]
    pub const fn sends(self) -> bool {
        match self {
            Self::Running | Self::Finished => true,
            Self::Draft | Self::Scheduled | Self::Paused | Self::Cancelled | Self::Failed => false,
        }
    }

    /// Whether it has ended.
    #[must_use]
    pub const fn has_ended(self) -> bool {
        match self {
            Self::Finished | Self::Cancelled | Self::Failed => true,
            Self::Draft | Self::Scheduled | Self::Running | Self::Paused => false,
        }
    }
}

impl CampaignPlan {
    /// The first moment at which anybody gets the message, for a start at `now`.
    #[must_use]
    pub fn begins(&self, now: Timestamp) -> Timestamp {
        match &self.schedule {
            Schedule::Now => now,
            Schedule::At(at) => (*at).max(now),
            Schedule::Local(time) => time.earliest().max(now),
        }
    }

    /// The moment from which this recipient may get the message, not before `now`.
    #[must_use]
    pub fn turn(&self, address: &Address, now: Timestamp) -> Timestamp {
        let zones = crate::outreach::campaign_hours::zones(address.recipient(), &self.time_zone);
        let begins = match &self.schedule {
            Schedule::Now => now,
            Schedule::At(at) => (*at).max(now),
            Schedule::Local(time) => time.latest_in(&zones).max(now),
        };
        self.quiet_hours.map_or(begins, |quiet| quiet.next_open(&zones, begins))
    }
}

/// Whether a step sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gate {
    /// It does.
    Open,
    /// Not now: it looks again in a minute.
    Wait(CampaignWait),
    /// A person has to look at it.
    Pause(StopReason),
}

/// What a step asks before it sends.
#[derive(Clone, Copy, Debug)]
pub struct StepCircumstances<'a> {
    /// The number; none if it is gone.
    pub channel: Option<Sending>,
    /// Meta's rating of the number, as it was last told.
    pub quality: Option<&'a str>,
    /// The template; none if it is gone.
    pub template: Option<&'a Template>,
}

/// Whether a step of a running campaign sends.
#[must_use]
pub fn gate(circumstances: &StepCircumstances<'_>) -> Gate {
    match circumstances.channel {
        None | Some(Sending::Disconnected) => return Gate::Pause(StopReason::Disconnected),
        Some(Sending::Paused | Sending::Refused) => return Gate::Wait(CampaignWait::Channel),
        Some(Sending::Active) => {}
    }
    if circumstances.quality.is_some_and(|quality| quality.eq_ignore_ascii_case("RED")) {
        return Gate::Pause(StopReason::Quality);
    }
    match circumstances.template {
        Some(template) if template.obstacle().is_none() => Gate::Open,
        Some(_) | None => Gate::Pause(StopReason::Template),
    }
}

/// How many messages one step writes for a number that sends `pace` messages a second.
#[must_use]
pub fn messages_per_step(pace: u32) -> usize {
    let seconds = u32::try_from(STEP.as_secs()).unwrap_or(1);
    let messages = pace.saturating_mul(seconds).saturating_mul(SHARE_OF_PACE) / 100;
    usize::try_from(messages.max(1)).unwrap_or(1)
}

/// What is known of a lead when it is decided whether it is a recipient.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'a> {
    /// The lead.
    pub lead: &'a Lead,
    /// Its conversation on the campaign's number, if it has one.
    pub conversation: Option<&'a Conversation>,
    /// What the customer has agreed to.
    pub consents: &'a Consents,
    /// Whether another lead that is the same person is a recipient.
    pub is_duplicate: bool,
}

/// Why the lead gets no message; none if it is a recipient.
#[must_use]
pub fn exclusion(
    plan: &CampaignPlan,
    template: &Template,
    candidate: &Candidate<'_>,
    now: Timestamp,
) -> Option<Exclusion> {
    let Candidate { lead, conversation, consents, is_duplicate } = candidate;
    let lasting = lasting_exclusion(template, lead, *conversation, consents);
    if lasting.is_some() {
        return lasting;
    }
    if *is_duplicate {
        return Some(Exclusion::Duplicate);
    }
    let last_send = conversation.and_then(|conversation| conversation.last_send).map(MessageId::moment);
    let days = plan.exclusions.contacted_within_days.unwrap_or_default();
    let recent = now.minus(Duration::from_secs(u64::from(days) * 24 * 3600));
    if days > 0 && last_send.is_some_and(|at| at > recent) {
        return Some(Exclusion::RecentlyContacted);
    }
    None
}

/// Why the lead gets no message, whenever that is asked: once as the audience is frozen, and once more as its turn comes.
#[must_use]
pub fn lasting_exclusion(
    template: &Template,
    lead: &Lead,
    conversation: Option<&Conversation>,
    consents: &Consents,
) -> Option<Exclusion> {
    if lead.deleted.is_some() {
        return Some(Exclusion::Deleted);
    }
    if template.address_of(lead).is_none() {
        return Some(Exclusion::NoPhone);
    }
    let form = Form::Template(template.category.priced());
    let wrote = conversation.and_then(|conversation| conversation.customer_wrote);
    consents.forbids(form, wrote).map(|_| Exclusion::NoConsent)
}

impl Audience {
    /// Whether `lead` belongs to it, as far as the lead itself says so.
    #[must_use]
    pub fn contains(&self, lead: &Lead) -> bool {
        match self {
            Self::All | Self::Leads(_) => true,
            Self::Stage(stage) => lead.stage == *stage,
            Self::Tag(tag) => lead.details.tags.contains(tag),
            Self::Owner(owner) => lead.details.owner == Some(*owner),
            Self::Source(source) => lead.source == *source,
        }
    }
}

impl Lead {
    /// To whom a message goes: the phone where it is known, else the user id.
    #[must_use]
    pub fn address(&self) -> Option<Address> {
        let phone = self.phone.clone().map(Address::Phone);
        phone.or_else(|| self.bsuid.clone().map(Address::Bsuid))
    }
}

impl Template {
    /// Where this template goes for `lead`; none if WhatsApp would not deliver it. A one-time code goes to a phone alone.
    #[must_use]
    pub fn address_of(&self, lead: &Lead) -> Option<Address> {
        lead.address().filter(|address| match address {
            Address::Phone(_) => true,
            Address::Bsuid(_) => !self.needs_phone(),
        })
    }

    /// Whether WhatsApp sends it only to a phone number.
    #[must_use]
    pub fn needs_phone(&self) -> bool {
        self.category == crate::outreach::templates::TemplateCategory::Authentication
    }
}

/// The id of the message that `lead` gets of `campaign`, written at `now`. `turn` counts the messages that were withdrawn
/// because the campaign was paused before they went out.
#[must_use]
pub fn message_id(campaign: CampaignId, lead: LeadId, turn: u32, now: Timestamp) -> MessageId {
    let bits = digest::bits80(&["campaign", &campaign.ulid_str(), &lead.ulid_str(), &turn.to_string()]);
    MessageId::at_moment(now, bits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_fits_some_states_alone() {
        use CampaignState::{Cancelled, Draft, Finished, Paused, Running, Scheduled};
        assert_eq!(Draft.after(Command::Start, true), Ok(Scheduled));
        assert_eq!(Draft.after(Command::Start, false), Ok(Running));
        assert_eq!(Running.after(Command::Pause, false), Ok(Paused));
        assert_eq!(Paused.after(Command::Resume, false), Ok(Running));
        assert_eq!(Paused.after(Command::Cancel, false), Ok(Cancelled));
        for ended in [Finished, Cancelled, CampaignState::Failed] {
            for command in [Command::Start, Command::Pause, Command::Resume, Command::Cancel] {
                assert_eq!(ended.after(command, false), Err(WrongState(ended)));
            }
        }
    }

    #[test]
    fn a_step_takes_four_fifths_of_the_pace_for_five_seconds() {
        assert_eq!(messages_per_step(80), 320);
        assert_eq!(messages_per_step(1_000), 4_000);
        assert_eq!(messages_per_step(0), 1);
    }

    #[test]
    fn a_recipient_has_one_message_for_each_turn() {
        let now = Timestamp::from_seconds(1_790_000_000);
        let campaign = CampaignId::from_parts(now, 1);
        let lead = LeadId::from_parts(now, 2);
        assert_eq!(message_id(campaign, lead, 0, now), message_id(campaign, lead, 0, now));
        assert_ne!(message_id(campaign, lead, 0, now), message_id(campaign, lead, 1, now));
    }

    #[test]
    fn a_step_waits_for_the_number_and_pauses_for_a_person() {
        let asks = |channel, quality| gate(&StepCircumstances { channel, quality, template: None });
        assert_eq!(asks(Some(Sending::Paused), None), Gate::Wait(CampaignWait::Channel));
        assert_eq!(asks(Some(Sending::Refused), None), Gate::Wait(CampaignWait::Channel));
        assert_eq!(asks(Some(Sending::Disconnected), None), Gate::Pause(StopReason::Disconnected));
        assert_eq!(asks(None, None), Gate::Pause(StopReason::Disconnected));
        assert_eq!(asks(Some(Sending::Active), Some("RED")), Gate::Pause(StopReason::Quality));
        assert_eq!(asks(Some(Sending::Active), Some("GREEN")), Gate::Pause(StopReason::Template));
    }
}
