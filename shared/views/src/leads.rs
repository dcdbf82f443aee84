//! A lead, as a list shows it.

use crate::last::LastView;
use crate::{At, E164};
use domain::access::users::EmailAddress;
use domain::crm::lead_details::Tag;
use domain::crm::lead_fields::{FieldValues, LeadFields};
use domain::crm::leads::{Lead, Source};
use domain::inbox::conversations::{Conversation, Profile};
use domain::stages::Stage;
use domain::{Bsuid, ConversationId, LeadId, Phone, Text, UserId};
use schemars::JsonSchema;
use serde::Serialize;

/// A lead: a customer of the business.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LeadView {
    /// The lead's ID.
    id: LeadId,
    /// The lead's name: as set by the team, from the WhatsApp profile, or the phone number.
    name: Text,
    /// The lead's phone number. Null if WhatsApp does not share it, or if it is masked for the caller.
    #[schemars(regex(pattern = E164))]
    phone: Option<String>,
    /// The last digits of the phone number, if it is masked for the caller.
    #[serde(skip_serializing_if = "Option::is_none")]
    phone_masked: Option<String>,
    /// The lead's WhatsApp username. Null if there is none.
    username: Option<Text>,
    /// WhatsApp's ID of the customer for this business. Null if unknown.
    bsuid: Option<Bsuid>,
    /// The lead's stage.
    stage: Stage,
    /// When the lead came into its stage.
    stage_since: At,
    /// The lead's source.
    source: Source,
    /// The lead's email address. Null if unknown.
    email: Option<EmailAddress>,
    /// The lead's tags.
    tags: Vec<Tag>,
    /// The user who looks after the lead. Null if there is none.
    owner_id: Option<UserId>,
    /// The value of the sale, in `currency`. Null if unknown.
    #[schemars(range(min = 0))]
    value: Option<f64>,
    /// The currency of the value, as ISO 4217 writes it. Null without a value.
    #[schemars(regex(pattern = "^[A-Z]{3}$"))]
    currency: Option<String>,
    /// Why the sale was lost. Null unless the stage is `Lost`.
    lost_reason: Option<Text>,
    /// The values of custom fields, by the field's key. A field without a value is left out.
    fields: FieldValues,
    /// Counts the changes of the lead. It is also the lead's `ETag`.
    revision: u64,
    /// When the lead was deleted. Left out unless it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    deleted_at: Option<At>,
    /// The number of unread messages. 99 means 99 or more.
    #[schemars(range(max = 99))]
    unread: usize,
    /// The newest message. Null if there is none.
    last_message: Option<LastView>,
    /// When the newest message was written. Null if there is none.
    last_message_at: Option<At>,
    /// The lead's conversations that the caller can see: one for each business number.
    conversations: Vec<ConversationId>,
    /// When the lead was created.
    created_at: At,
    /// When the lead last changed.
    updated_at: At,
}

impl LeadView {
    /// `conversations` are the lead's conversations that the caller may see, in any order; `fields` are the custom fields of
    /// the business.
    pub fn new(
        lead: &Lead,
        conversations: &[&Conversation],
        unread: usize,
        names: LeadNames,
        fields: &LeadFields,
    ) -> Self {
        let seen = |id: &&ConversationId| conversations.iter().any(|conversation| conversation.id == **id);
        let last =
            conversations.iter().filter_map(|conversation| conversation.last.as_ref()).max_by_key(|last| last.id);
        Self {
            id: lead.id,
            name: names.name(lead, conversations),
            phone: names.phone(lead),
            phone_masked: names.phone_masked(lead),
            username: username(conversations),
            bsuid: lead.bsuid.clone(),
            stage: lead.stage,
            stage_since: At(lead.stage_since),
            source: lead.source,
            email: lead.details.email.clone(),
            tags: lead.details.tags.iter().cloned().collect(),
            owner_id: lead.details.owner,
            value: lead.details.value.and_then(|value| value.amount().parse().ok()),
            currency: lead.details.value.map(|value| value.code().to_owned()),
            lost_reason: lead.details.lost_reason.clone(),
            fields: fields.shown(&lead.details.fields),
            revision: lead.revision,
            deleted_at: lead.deleted.map(At),
            unread,
            last_message: last.map(LastView::from_last_message),
            last_message_at: last.map(|last| At(last.at())),
            conversations: lead.conversations.iter().filter(seen).copied().collect(),
            created_at: At(lead.created),
            updated_at: At(lead.updated),
        }
    }
}

impl LeadView {
    /// The lead's ID.
    #[must_use]
    pub const fn id(&self) -> LeadId {
        self.id
    }

    /// The lead's name.
    #[must_use]
    pub const fn name(&self) -> &Text {
        &self.name
    }

    /// The lead's revision.
    #[must_use]
    pub const fn revision(&self) -> u64 {
        self.revision
    }
}

/// How a lead's name and phone are shown.
#[derive(Clone, Copy, Debug)]
pub struct LeadNames {
    /// Whether phones are masked.
    pub masks_phones: bool,
}

impl LeadNames {
    /// What the lead is called: as the team says, else as the newest profile says, else by its number.
    pub fn name(self, lead: &Lead, conversations: &[&Conversation]) -> Text {
        let phone = || self.phone(lead).or_else(|| self.phone_masked(lead)).map(Text::new);
        let given = lead.name.clone().filter(|name| !name.is_blank());
        let name = given
            .or_else(|| newest(conversations, |profile| profile.name.as_ref()))
            .or_else(|| username(conversations));
        let email = || lead.details.email.as_ref().map(|email| Text::new(email.as_str()));
        name.or_else(phone).or_else(email).unwrap_or_else(|| Text::new("Unknown"))
    }

    /// The phone; none where it is masked.
    pub fn phone(self, lead: &Lead) -> Option<String> {
        lead.phone.as_ref().filter(|_| !self.masks_phones).map(Phone::e164)
    }

    /// The end of the phone, where it is masked.
    pub fn phone_masked(self, lead: &Lead) -> Option<String> {
        lead.phone.as_ref().filter(|_| self.masks_phones).map(Phone::masked)
    }
}

/// The lead's name at WhatsApp, as the newest profile says.
pub fn username(conversations: &[&Conversation]) -> Option<Text> {
    newest(conversations, |profile| profile.username.as_ref())
}

fn newest(conversations: &[&Conversation], part: impl Fn(&Profile) -> Option<&Text>) -> Option<Text> {
    let profiles = conversations.iter().filter_map(|conversation| conversation.profile.as_ref());
    let told = profiles.filter_map(|profile| Some((profile.told_by, part(profile)?)));
    told.filter(|(_, text)| !text.is_blank()).max_by_key(|(by, _)| *by).map(|(_, text)| text.clone())
}
