//! What each recipient of a campaign gets: a template, whose values are fixed texts or come from the lead.

use crate::crm::leads::Lead;
use crate::inbox::outbound_content::{Draft, OutboundContent};
use crate::inbox::outbound_media::MediaDraft;
use crate::limits::Violation;
use crate::outreach::template_values::TemplateValues;
use crate::outreach::templates::{Language, Template, TemplateName};
use crate::personal::Text;
use crate::string_enum::string_enum;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

string_enum! {
    /// A field of a lead that fills a parameter.
    LeadField {
        /// The name; without one, the name of the WhatsApp profile.
        Name = "name",
        /// The first word of the name.
        FirstName = "first_name",
        /// The phone number.
        Phone = "phone",
        /// The email address.
        Email = "email",
        /// The stage.
        Stage = "stage",
        /// The value of the sale.
        Value = "value",
    }
}

/// The value of a parameter: a text, or a field of the lead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "CampaignVariable", extend("anyOf" = [{ "required": ["text"] }, { "required": ["field"] }]))]
pub struct Variable {
    /// The same text for everybody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Text>,
    /// The field of the lead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<LeadField>,
    /// The text for a lead whose field is empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fallback: Option<Text>,
}

/// The template of a campaign with its values.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CampaignMessage {
    /// The template's name.
    pub name: TemplateName,
    /// Its language.
    pub language: Language,
    /// The value of the text header's parameter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub header: Option<Variable>,
    /// The file of the header.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<MediaDraft>,
    /// The values of the body, by the parameter's name or number.
    #[serde(default)]
    pub body: BTreeMap<String, Variable>,
    /// The values of buttons, by the button's place from 0.
    #[serde(default)]
    pub buttons: BTreeMap<String, Variable>,
}

/// The person whose values fill a message.
#[derive(Clone, Copy, Debug)]
pub struct Addressed<'a> {
    /// The lead.
    pub lead: &'a Lead,
    /// The name of the WhatsApp profile.
    pub profile_name: Option<&'a Text>,
}

impl Addressed<'_> {
    fn value(&self, field: LeadField) -> Option<String> {
        let Self { lead, profile_name } = self;
        let name = || lead.name.as_ref().or(*profile_name).map(|name| name.as_str().trim().to_owned());
        match field {
            LeadField::Name => name(),
            LeadField::FirstName => name().and_then(|name| name.split_whitespace().next().map(str::to_owned)),
            LeadField::Phone => lead.phone.as_ref().map(crate::phone::Phone::e164),
            LeadField::Email => lead.details.email.as_ref().map(|email| email.as_str().to_owned()),
            LeadField::Stage => Some(lead.stage.as_str().to_owned()),
            LeadField::Value => lead.details.value.map(|value| format!("{} {}", value.code(), value.amount())),
        }
    }
}

/// Whitespace that WhatsApp rejects within a value becomes one space.
fn flat(text: &str) -> Text {
    Text::new(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

impl Variable {
    /// The value for a lead; nothing where neither the field nor the fallback has one.
    fn value(&self, addressed: &Addressed<'_>) -> Text {
        if let Some(text) = &self.text {
            return text.clone();
        }
        let value = self.field.and_then(|field| addressed.value(field)).map(|value| flat(&value));
        let value = value.filter(|value| !value.is_blank());
        value.or_else(|| self.fallback.clone()).unwrap_or_default()
    }

    /// What is wrong with it, under `field`.
    fn check(&self, field: &str, errors: &mut Vec<Violation>) {
        let detail = match (&self.text, self.field, &self.fallback) {
            (Some(_), Some(_), _) => "Send either text or field, not both.",
            (None, None, _) => "Send text, or the field of the lead.",
            (Some(_), None, Some(_)) => "A fallback goes with a field. Leave it out.",
            (None, Some(LeadField::Stage), _) | (None, Some(_), Some(_)) | (Some(_), None, None) => return,
            (None, Some(_), None) => "Some leads have no such value. Send a fallback too.",
        };
        errors.push(Violation::new(field, detail));
    }
}

impl CampaignMessage {
    /// The content for one person.
    ///
    /// # Errors
    /// Every value that does not fit the template, by its field.
    pub fn fill(&self, template: &Template, addressed: &Addressed<'_>) -> Result<OutboundContent, Vec<Violation>> {
        let values = |variables: &BTreeMap<String, Variable>| {
            variables.iter().map(|(name, variable)| (name.clone(), variable.value(addressed))).collect()
        };
        let filled = template.fill(TemplateValues {
            header: self.header.as_ref().map(|variable| variable.value(addressed)),
            file: self.file.clone(),
            location: None,
            body: values(&self.body),
            buttons: values(&self.buttons),
            cards: Vec::new(),
        })?;
        OutboundContent::parse(Draft::Template(Box::new(filled))).map_err(|violation| vec![violation])
    }

    /// What is wrong with it for this template, whoever the recipient is.
    ///
    /// # Errors
    /// Every field that does not fit.
    pub fn check(&self, template: &Template) -> Result<(), Vec<Violation>> {
        let mut errors = Vec::new();
        if let Some(header) = &self.header {
            header.check("header", &mut errors);
        }
        for (name, variable) in &self.body {
            variable.check(&format!("body.{name}"), &mut errors);
        }
        for (name, variable) in &self.buttons {
            variable.check(&format!("buttons.{name}"), &mut errors);
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        // A lead of whom nothing is known gets every fallback.
        let nobody = Lead::new(
            crate::ids::LeadId::from_parts(crate::time::Timestamp::default(), 0),
            crate::stages::Stage::New,
            crate::crm::leads::Source::Other,
            crate::time::Timestamp::default(),
        );
        self.fill(template, &Addressed { lead: &nobody, profile_name: None }).map(|_| ())
    }
}
