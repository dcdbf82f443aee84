//! Reads and changes the business profile of a number (Cloud API, business profiles).

use crate::client::Client;
use crate::graph_check::{Refusal, Unanswered, unreadable};
use crate::json::Object;
use domain::channels::business_profile::{BusinessProfile, ProfileChange};
use domain::{PhoneNumberId, Secret, Text};
use http::Method;
use serde::Serialize;

/// What is asked of a profile.
const FIELDS: &str = "about,address,description,email,websites";

/// A change as the Graph API takes it.
#[derive(Serialize)]
struct Changed<'a> {
    messaging_product: &'static str,
    #[serde(flatten)]
    change: &'a ProfileChange,
}

impl Client {
    /// The profile of `number`; none if Meta refuses to show it.
    ///
    /// # Errors
    /// [`Unanswered`] if the Graph API does not answer.
    pub(crate) async fn business_profile(
        &self,
        number: &PhoneNumberId,
        token: &Secret,
    ) -> Result<Option<BusinessProfile>, Unanswered> {
        let path = format!("{}/whatsapp_business_profile?fields={FIELDS}", number.as_str());
        let Ok(answer) = self.ask(Method::GET, &path, token).await? else { return Ok(None) };
        let answer = Object::read(&answer).ok_or_else(unreadable)?;
        let Some(profile) = answer.objects("data").into_iter().next() else { return Ok(None) };
        let text = |key| profile.text(key).map(Text::new);
        let websites = profile.raws("websites").into_iter().filter_map(|raw| serde_json::from_str(raw.get()).ok());
        Ok(Some(BusinessProfile {
            about: text("about"),
            address: text("address"),
            description: text("description"),
            email: text("email"),
            websites: websites.collect(),
        }))
    }

    /// Changes the profile of `number`. It may be repeated.
    ///
    /// # Errors
    /// [`Unanswered`] if the Graph API does not answer. The change may have been made.
    pub async fn change_business_profile(
        &self,
        number: &PhoneNumberId,
        token: &Secret,
        change: &ProfileChange,
    ) -> Result<Result<(), Refusal>, Unanswered> {
        let path = format!("{}/whatsapp_business_profile", number.as_str());
        let body = Changed { messaging_product: "whatsapp", change };
        Ok(self.tell(&path, token, &body).await?.map(|_| ()))
    }
}
