//! A lead, as a list shows it.

use crate::last::LastView;
use crate::{At, E164};
use domain::conversations::{Head, Profile};
use domain::leads::{Lead, Source, Stage};
use domain::{Bsuid, ConversationId, LeadId, Phone, Text};
use schemars::JsonSchema;
use serde::Serialize;

/// A customer of the business.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LeadView {
    /// Its id.
    id: LeadId,
    /// What the lead is called: as the team says, else as their profile says, else by their number.
    name: Text,
    /// Their phone; null if WhatsApp has not told it, or if it is masked for the caller.
    #[schemars(regex(pattern = E164))]
    phone: Option<String>,
    /// The last digits of the phone, where it is masked for the caller.
    #[serde(skip_serializing_if = "Option::is_none")]
    phone_masked: Option<String>,
    /// Their name at WhatsApp; null if they have none.
    username: Option<Text>,
    /// WhatsApp's id of them for this business; null if it is not known.
    bsuid: Option<Bsuid>,
    /// Where they stand in the sale.
    stage: Stage,
    /// Where they came from.
    source: Source,
    /// How many of their messages nobody has read: 99 means 99 or more.
    #[schemars(range(max = 99))]
    unread: usize,
    /// The newest message; null before the first.
    last_message: Option<LastView>,
    /// When that was; null before the first.
    last_message_at: Option<At>,
    /// Their conversations that the caller may see: one for each number that they have written to.
    conversations: Vec<ConversationId>,
    /// When they became known.
    created_at: At,
    /// When anything of this changed last.
    updated_at: At,
}

impl LeadView {
    /// `heads` are the lead's conversations that the caller may see, in any order.
    pub fn new(lead: &Lead, heads: &[&Head], unread: usize, names: LeadNames) -> Self {
        let seen = |id: &&ConversationId| heads.iter().any(|head| head.id == **id);
        let last = heads.iter().filter_map(|head| head.last.as_ref()).max_by_key(|last| last.id);
        Self {
            id: lead.id,
            name: names.name(lead, heads),
            phone: names.phone(lead),
            phone_masked: names.phone_masked(lead),
            username: username(heads),
            bsuid: lead.bsuid.clone(),
            stage: lead.stage,
            source: lead.source,
            unread,
            last_message: last.map(LastView::of),
            last_message_at: last.map(|last| At(last.at())),
            conversations: lead.conversations.iter().filter(seen).copied().collect(),
            created_at: At(lead.created),
            updated_at: At(lead.updated),
        }
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
    pub fn name(self, lead: &Lead, heads: &[&Head]) -> Text {
        let phone = || self.phone(lead).or_else(|| self.phone_masked(lead)).map(Text::new);
        let given = lead.name.clone().filter(|name| !name.is_blank());
        let name = given.or_else(|| newest(heads, |profile| profile.name.as_ref())).or_else(|| username(heads));
        name.or_else(phone).unwrap_or_else(|| Text::new("Unknown"))
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
pub fn username(heads: &[&Head]) -> Option<Text> {
    newest(heads, |profile| profile.username.as_ref())
}

fn newest(heads: &[&Head], part: impl Fn(&Profile) -> Option<&Text>) -> Option<Text> {
    let profiles = heads.iter().filter_map(|head| head.profile.as_ref());
    let told = profiles.filter_map(|profile| Some((profile.told_by, part(profile)?)));
    told.filter(|(_, text)| !text.is_blank()).max_by_key(|(by, _)| *by).map(|(_, text)| text.clone())
}
