//! Whether the Graph API knows the token and the number of `.env`, and posts its webhooks: asked before an instance says
//! that it is ready, so that what is wrong is told by its name.

use domain::channels::channels::{CheckName, TokenFacts};
use domain::channels::prices::money::Currency;
use domain::{PhoneNumberId, Secret, Timestamp};
use runtime::{Clock, ConfigError, Environment, SystemClock};
use std::time::Duration;
use whatsapp::graph_check::PATIENCE;
use whatsapp::{Client, Subscribing};

/// What is wrong with a real number, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum NumberError {
    /// The Graph API does not answer.
    #[error("{graph} does not answer ({why}): check the connection and the URL of --meta")]
    Silent {
        /// Its address.
        graph: String,
        /// What went wrong.
        why: String,
    },
    /// The environment does not say enough.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// It takes no call by this token.
    #[error(
        "Meta rejects WHATSAPP_TOKEN ({said}): in the business settings, create a system user's token with \
         whatsapp_business_messaging and whatsapp_business_management, and put it into .env"
    )]
    Token {
        /// What Meta says.
        said: String,
    },
    /// There is no such thing, or the token may not see it.
    #[error(
        "Meta gives WHATSAPP_TOKEN no access to the ID in {variable} ({said}): copy the ID from WhatsApp, API Setup, \
         in the app's dashboard, and give the token's system user access to that account"
    )]
    Unknown {
        /// The variable that holds its id.
        variable: &'static str,
        /// What Meta says.
        said: String,
    },
    /// The number belongs to another account.
    #[error(
        "Meta does not list the number WHATSAPP_PHONE_ID in the account WHATSAPP_BUSINESS_ID: copy both IDs from the \
         same page, WhatsApp, API Setup, in the app's dashboard"
    )]
    OtherAccount,
}

/// Whether Meta posts the account's webhooks to an app.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Subscription {
    /// It does.
    #[default]
    Subscribed,
    /// It does not yet.
    Missing,
}

/// What was found of a number that works.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Whether Meta posts its webhooks.
    pub subscription: Subscription,
    /// What will stop it, or stops a part of it; none if nothing will.
    pub warning: Option<String>,
    /// The currency in which Meta charges its account; none if Meta does not say it.
    pub currency: Option<Currency>,
}

/// A token of the dashboard's page API Setup lasts for less than this. It is for a first try.
const TEMPORARY: Duration = Duration::from_secs(24 * 3600);

/// What is to be said of a token, as of `now`.
#[must_use]
pub fn token_warning(token: &TokenFacts, now: Timestamp) -> Option<String> {
    let next = "In Meta's business settings, create a token of a system user that never expires.";
    let missing = token.missing_permissions();
    if !missing.is_empty() {
        return Some(format!("the token does not have {}. {next}", missing.join(" and ")));
    }
    match token.expires_at {
        Some(at) if at <= now => Some(format!("the token expired at {at}. {next}")),
        Some(at) if at.since(now) <= TEMPORARY => {
            Some(format!("this is a temporary token, which expires at {at}. {next}"))
        }
        Some(at) => Some(format!("the token expires at {at}. {next}")),
        None => None,
    }
}

/// Asks the Graph API at `address`, through `graph`, for the number that `environment` names.
///
/// # Errors
/// [`NumberError`], which says how to mend it.
pub async fn check(graph: &Client, address: &str, environment: &Environment) -> Result<Found, NumberError> {
    let silent = |why: String| NumberError::Silent { graph: address.to_owned(), why };
    let number = environment.required("WHATSAPP_PHONE_ID")?;
    let unknown = |variable, said: String| NumberError::Unknown { variable, said };
    let number = PhoneNumberId::parse(&number).map_err(|error| unknown("WHATSAPP_PHONE_ID", error.to_string()))?;
    let waba = environment.required("WHATSAPP_BUSINESS_ID")?;
    let token = Secret::new(environment.required("WHATSAPP_TOKEN")?);
    let asked = graph.check_number(&number, &waba, &token, Subscribing::Reported);
    let asked = tokio::time::timeout(PATIENCE, asked).await.map_err(|_| silent("no answer in time".to_owned()))?;
    let report = asked.map_err(|error| silent(error.to_string()))?;
    let mut warnings: Vec<_> =
        report.token.as_ref().and_then(|token| token_warning(token, SystemClock.now())).into_iter().collect();
    let mut subscription = Subscription::Subscribed;
    for result in report.results.iter().filter(|result| !result.ok) {
        let said = match result.code {
            Some(code) => format!("{}, code {code}", result.detail.as_str()),
            None => result.detail.as_str().to_owned(),
        };
        match (result.name, result.code) {
            (CheckName::Token, _) => return Err(NumberError::Token { said }),
            (CheckName::Number, _) => return Err(unknown("WHATSAPP_PHONE_ID", said)),
            (CheckName::Account, None) => return Err(NumberError::OtherAccount),
            (CheckName::Account | CheckName::Subscription, Some(_)) => {
                return Err(unknown("WHATSAPP_BUSINESS_ID", said));
            }
            (CheckName::Subscription, None) => subscription = Subscription::Missing,
            (CheckName::Registration, _) => warnings.push(format!(
                "the number is not registered for the Cloud API ({said}). Register it in WhatsApp Manager, under Phone numbers."
            )),
            (CheckName::Health, _) => warnings.push(format!(
                "Meta does not let the number send freely ({said}). Open it in WhatsApp Manager and resolve what it reports."
            )),
            (CheckName::Expiry | CheckName::Permissions | CheckName::Callback | CheckName::Profile, _) => {}
        }
    }
    let own = report.callbacks.number.as_deref().or(report.callbacks.account.as_deref());
    if let Some(own) = own {
        warnings.push(format!(
            "Meta posts the webhooks of this number to an address of its own, {own}. Enter this instance's address there."
        ));
    }
    let warning = (!warnings.is_empty()).then(|| warnings.join("\nWarning: "));
    Ok(Found { subscription, warning, currency: report.currency })
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::channels::channels::NEEDED_PERMISSIONS;

    #[test]
    fn a_temporary_token_is_called_so() {
        let now = Timestamp::from_seconds(1_790_000_000);
        let token = |hours: u64| {
            let expires_at = (hours > 0).then(|| now.plus(Duration::from_secs(hours * 3600)));
            TokenFacts { expires_at, permissions: NEEDED_PERMISSIONS.map(str::to_owned).to_vec() }
        };
        assert_eq!(token_warning(&token(0), now), None);
        assert!(token_warning(&token(23), now).unwrap().contains("temporary token"));
        assert!(token_warning(&token(1440), now).unwrap().starts_with("the token expires at 2026-11"));
        let bare = TokenFacts { permissions: Vec::new(), ..token(0) };
        assert!(token_warning(&bare, now).unwrap().contains("whatsapp_business_messaging"));
    }
}
