//! Whether the Graph API knows the token and the number of `.env`, and posts its webhooks: asked before an instance says
//! that it is ready, so that what is wrong is told by its name.

use reqwest::Client;
use runtime::{ConfigError, Environment};
use serde_json::Value;
use std::time::Duration;

/// How long Meta may take for one answer.
const PATIENCE: Duration = Duration::from_secs(15);

/// What is wrong with a real number, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum NumberError {
    /// The Graph API does not answer.
    #[error("{graph} does not answer ({why}): check the connection, and the URL that --meta gives")]
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
        "Meta refuses WHATSAPP_TOKEN ({said}): make a token of a system user in the business settings, with \
         whatsapp_business_messaging and whatsapp_business_management, and put it into .env"
    )]
    Token {
        /// What Meta says.
        said: String,
    },
    /// There is no such thing, or the token may not see it.
    #[error(
        "Meta shows nothing under {variable} to WHATSAPP_TOKEN ({said}): copy the id from WhatsApp, API Setup, in the \
         app's dashboard, and give the system user of the token access to that account"
    )]
    Unknown {
        /// The variable that holds its id.
        variable: &'static str,
        /// What Meta says.
        said: String,
    },
    /// The number belongs to another account.
    #[error(
        "the account of WHATSAPP_BUSINESS_ID does not have the number of WHATSAPP_PHONE_ID: copy both ids from the same \
         page, WhatsApp, API Setup, in the app's dashboard"
    )]
    OtherAccount,
}

/// Whether Meta posts the account's webhooks to an app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subscription {
    /// It does.
    Subscribed,
    /// It does not yet.
    Missing,
}

/// Asks the Graph API at `graph` for the number that `environment` names.
///
/// # Errors
/// [`NumberError`], which says how to mend it.
pub async fn check(client: &Client, graph: &str, environment: &Environment) -> Result<Subscription, NumberError> {
    let number = environment.required("WHATSAPP_PHONE_ID")?;
    let waba = environment.required("WHATSAPP_BUSINESS_ID")?;
    let asked = Asked { client, graph, token: environment.required("WHATSAPP_TOKEN")? };
    asked.get(&number, "WHATSAPP_PHONE_ID").await?;
    let numbers = asked.get(&format!("{waba}/phone_numbers"), "WHATSAPP_BUSINESS_ID").await?;
    let is_listed = listed(&numbers).iter().any(|listed| listed["id"] == number.as_str());
    let are_all = numbers["paging"]["next"].is_null();
    if !is_listed && are_all {
        return Err(NumberError::OtherAccount);
    }
    let apps = asked.get(&format!("{waba}/subscribed_apps"), "WHATSAPP_BUSINESS_ID").await?;
    Ok(if listed(&apps).is_empty() { Subscription::Missing } else { Subscription::Subscribed })
}

/// Whom is asked, and by which token.
struct Asked<'a> {
    client: &'a Client,
    graph: &'a str,
    token: String,
}

impl Asked<'_> {
    /// What the Graph API says of `path`, whose id `variable` holds.
    async fn get(&self, path: &str, variable: &'static str) -> Result<Value, NumberError> {
        let silent = |why: reqwest::Error| NumberError::Silent {
            graph: self.graph.to_owned(),
            why: why.without_url().to_string(),
        };
        let url = format!("{}/{path}", self.graph);
        let answer = self.client.get(url).bearer_auth(&self.token).timeout(PATIENCE).send().await.map_err(silent)?;
        let status = answer.status();
        let body: Value = answer.json().await.map_err(silent)?;
        if status.is_success() {
            return Ok(body);
        }
        let error = &body["error"];
        let said = format!("{}, code {}", error["message"].as_str().unwrap_or("no reason"), error["code"]);
        // Graph API, error codes: 0, 102 and 190 are of the token; the others of what it may see.
        match error["code"].as_i64() {
            Some(0 | 102 | 190) => Err(NumberError::Token { said }),
            Some(_) | None => Err(NumberError::Unknown { variable, said }),
        }
    }
}

fn listed(answer: &Value) -> &[Value] {
    answer["data"].as_array().map_or(&[], Vec::as_slice)
}
