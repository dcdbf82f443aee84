//! Embedded Signup as a business goes through it: the page on which a number is chosen, the code that it returns with, and
//! the exchange of the code for a token.

use crate::error::Error;
use crate::numbers::BusinessNumber;
use crate::simulator::Simulator;
use crate::storage::signups::{self, CodeRow, Onboarded};
use crate::tokens::{AccessToken, TokenWish};
use reqwest::Url;
use serde_json::Value;
use std::time::Duration;

/// Meta's ID of the app that numbers are shared with.
pub const APP_ID: &str = "670843887433847";

/// Meta's ID of the app's configuration for Embedded Signup.
pub const CONFIG_ID: &str = "1023456789012345";

/// How long a code lasts.
const CODE_LIFE: Duration = Duration::from_secs(30);

/// How long a token of the signup lasts.
const TOKEN_LIFE: u64 = 60 * 24 * 3600;

/// What the page is asked for.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    /// Where it returns to.
    pub redirect: String,
    /// What it returns.
    pub state: String,
    /// Whether the number stays in use on a phone.
    pub on_phone: bool,
}

impl Asked {
    /// Reads the query of the page's URL.
    pub(crate) fn read(query: &[(String, String)]) -> Result<Self, Error> {
        let named = |name: &str| {
            let value = query.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
            value.filter(|value| !value.is_empty()).ok_or_else(|| Error::Invalid(format!("The URL has no {name}.")))
        };
        if named("client_id")? != APP_ID {
            return Err(Error::Invalid(
                "Invalid App ID: the provided app ID does not look like a valid app ID.".into(),
            ));
        }
        if named("config_id")? != CONFIG_ID {
            return Err(Error::Invalid("There is no such configuration of Facebook Login for Business.".into()));
        }
        if named("response_type")? != "code" {
            return Err(Error::Invalid("response_type must be code.".into()));
        }
        let extras: Value = serde_json::from_str(&named("extras")?)?;
        if extras["version"] != "v4" {
            return Err(Error::Invalid("Embedded Signup needs version v4 in extras.".into()));
        }
        let on_phone = extras["featureType"] == "whatsapp_business_app_onboarding";
        Ok(Self { redirect: named("redirect_uri")?, state: named("state")?, on_phone })
    }

    /// The URL that the page returns to, with these parameters beside the state.
    pub(crate) fn back(&self, more: (&str, &str)) -> Result<String, Error> {
        let mut url = Url::parse(&self.redirect).map_err(|error| Error::Invalid(error.to_string()))?;
        url.query_pairs_mut().append_pair(more.0, more.1).append_pair("state", &self.state);
        Ok(url.into())
    }
}

/// The query of `url`, decoded.
pub(crate) fn query(url: &str) -> Result<Vec<(String, String)>, Error> {
    let url = Url::parse(url).map_err(|error| Error::Invalid(error.to_string()))?;
    Ok(url.query_pairs().into_owned().collect())
}

impl Simulator {
    /// A business opens the signup page at `url`, chooses the number with this ID or these digits, and confirms. Returns
    /// the URL that the page returns to.
    ///
    /// # Errors
    /// If the page cannot be opened by this URL, or there is no such number.
    pub fn sign_up(&self, url: &str, number: &str) -> Result<String, Error> {
        self.confirm(&Asked::read(&query(url)?)?, number)
    }

    pub(crate) fn confirm(&self, asked: &Asked, number: &str) -> Result<String, Error> {
        let number = self.known_number(number)?.phone_number_id.clone();
        let code = format!("AQB{}", self.digits("code", 40)?);
        let now = self.now();
        let row = CodeRow { number: number.clone(), redirect: asked.redirect.clone(), until: now.plus(CODE_LIFE) };
        self.storage().write(|connection| {
            let before = signups::onboarded(connection, &number)?;
            let on_phone = before.on_phone || asked.on_phone;
            signups::put_onboarded(connection, &number, Onboarded { at: Some(now), on_phone, ..before })?;
            signups::put_code(connection, &code, &row)
        })?;
        asked.back(("code", &code))
    }

    /// The token for a code; none if it was used, has expired, or came back elsewhere.
    pub(crate) fn exchange(&self, code: &str, redirect: &str) -> Result<Option<AccessToken>, Error> {
        let now = self.now();
        let row = self.storage().write(|connection| signups::take_code(connection, code))?;
        let Some(row) = row.filter(|row| now < row.until && row.redirect == redirect) else { return Ok(None) };
        let waba_id = Some(self.known_number(&row.number)?.waba_id.clone());
        self.issue_token(TokenWish { waba_id, expires_in_seconds: Some(TOKEN_LIFE), ..TokenWish::default() }).map(Some)
    }

    /// Registers a number for the Cloud API.
    pub(crate) fn register(&self, number: &BusinessNumber) -> Result<(), Error> {
        self.storage().write(|connection| {
            let before = signups::onboarded(connection, &number.phone_number_id)?;
            signups::put_onboarded(connection, &number.phone_number_id, Onboarded { registered: true, ..before })
        })
    }

    /// How a number came into use.
    pub(crate) fn onboarded(&self, number: &BusinessNumber) -> Result<Onboarded, Error> {
        self.storage().read(|connection| signups::onboarded(connection, &number.phone_number_id))
    }

    /// Whether a number may send.
    pub(crate) fn is_registered(&self, number: &BusinessNumber) -> bool {
        let later = self.onboarded(number).unwrap_or_default();
        number.is_registered() || later.registered || later.on_phone
    }
}
