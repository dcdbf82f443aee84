//! Embedded Signup: the address of Meta's page, the exchange of its code for a token, and the numbers that the token gives
//! access to. It decides nothing.

use crate::client::Client;
use crate::graph_check::{Refusal, Unanswered, in_query, unreadable};
use crate::json::Object;
use domain::channels::channels::GraphId;
use domain::channels::signup::{Returned, SharedNumber, SignupKind};
use domain::{PhoneNumberId, Secret, Text, Timestamp};
use http::Method;
use serde::Serialize;
use serde_json::json;

/// What is asked of each number of an account (Graph API, WhatsApp Business Phone Number).
const FIELDS: &str = "id,display_phone_number,verified_name,status,is_on_biz_app,last_onboarded_time";

/// A portfolio has at most 20 numbers unless Meta raises the limit.
const MOST_NUMBERS: usize = 100;

/// A business shares one account, seldom a second. More would take longer than a browser waits.
const MOST_ACCOUNTS: usize = 5;

/// The host of the Graph API, and of Meta's pages.
const HOSTS: (&str, &str) = ("://graph.facebook.com", "://www.facebook.com");

/// The app at Meta that businesses share their numbers with.
#[derive(Clone, Debug)]
pub struct SignupApp {
    /// Meta's ID of the app.
    pub app_id: GraphId,
    /// The ID of the configuration of Facebook Login for Business, with the variation WhatsApp Embedded Signup.
    pub config_id: GraphId,
    /// The page that Meta returns to. The app's dashboard has to list it.
    pub return_url: String,
}

impl Client {
    /// Meta's page on which a business shares its number. It returns to [`SignupApp::return_url`] with a code and `state`
    /// (Facebook Login for Business; Embedded Signup, version 4).
    #[must_use]
    pub fn signup_url(&self, app: &SignupApp, state: &Returned, kind: SignupKind) -> String {
        let base = self.base();
        let base = if base.contains(HOSTS.0) { base.replacen(HOSTS.0, HOSTS.1, 1) } else { base.to_owned() };
        let feature = match kind {
            SignupKind::Cloud => "",
            SignupKind::Phone => "whatsapp_business_app_onboarding",
        };
        let extras = json!({"version": "v4", "setup": {}, "featureType": feature, "sessionInfoVersion": "3"});
        format!(
            "{base}/dialog/oauth?client_id={}&config_id={}&redirect_uri={}&state={}&response_type=code\
             &override_default_response_type=true&extras={}",
            app.app_id.as_str(),
            app.config_id.as_str(),
            in_query(&app.return_url),
            in_query(state.expose()),
            in_query(&extras.to_string()),
        )
    }

    /// Exchanges a code for the business's token. A code lasts 30 seconds and works once.
    ///
    /// # Errors
    /// [`Unanswered`] if the Graph API does not answer.
    pub async fn exchange_code(
        &self,
        app: &SignupApp,
        secret: &Secret,
        code: &Returned,
    ) -> Result<Result<Secret, Refusal>, Unanswered> {
        let path = format!(
            "oauth/access_token?client_id={}&client_secret={}&redirect_uri={}&code={}",
            app.app_id.as_str(),
            in_query(secret.expose()),
            in_query(&app.return_url),
            in_query(code.expose()),
        );
        let answer = match self.ask_openly(&path).await? {
            Ok(answer) => answer,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let token = Object::read(&answer).and_then(|answer| answer.text("access_token"));
        Ok(Ok(Secret::new(token.ok_or_else(unreadable)?)))
    }

    /// The numbers of the accounts that `token` was given access to (Graph API, `debug_token`).
    ///
    /// # Errors
    /// [`Unanswered`] if the Graph API does not answer.
    pub async fn shared_numbers(&self, token: &Secret) -> Result<Result<Vec<SharedNumber>, Refusal>, Unanswered> {
        let path = format!("debug_token?input_token={}", in_query(token.expose()));
        let answer = match self.ask(Method::GET, &path, token).await? {
            Ok(answer) => answer,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let mut accounts = Vec::new();
        let answer = Object::read(&answer).ok_or_else(unreadable)?;
        let scopes = answer.object("data").map(|data| data.objects("granular_scopes")).unwrap_or_default();
        for scope in scopes.iter().filter(|scope| scope.text("scope").is_some_and(|name| name.starts_with("whatsapp")))
        {
            let targets = scope.raws("target_ids").into_iter();
            let ids = targets.filter_map(|raw| serde_json::from_str::<String>(raw.get()).ok());
            for id in ids.filter_map(|id| GraphId::parse(&id).ok()) {
                if !accounts.contains(&id) {
                    accounts.push(id);
                }
            }
        }
        let mut numbers = Vec::new();
        for account in accounts.into_iter().take(MOST_ACCOUNTS) {
            match self.numbers_of(&account, token).await? {
                Ok(listed) => numbers.extend(listed),
                Err(refusal) => return Ok(Err(refusal)),
            }
        }
        Ok(Ok(numbers))
    }

    async fn numbers_of(
        &self,
        account: &GraphId,
        token: &Secret,
    ) -> Result<Result<Vec<SharedNumber>, Refusal>, Unanswered> {
        let path = format!("{}/phone_numbers?fields={FIELDS}&limit={MOST_NUMBERS}", account.as_str());
        let page = match self.ask(Method::GET, &path, token).await? {
            Ok(page) => page,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let page = Object::read(&page).ok_or_else(unreadable)?;
        let listed = page.objects("data");
        Ok(Ok(listed.iter().filter_map(|number| shared(account, number)).collect()))
    }

    /// Registers a number for the Cloud API, with `pin` for its two-step verification. A number that has another PIN is
    /// rejected. Ten calls are possible in 72 hours.
    ///
    /// # Errors
    /// [`Unanswered`] if the Graph API does not answer.
    pub async fn register_number(
        &self,
        number: &PhoneNumberId,
        token: &Secret,
        pin: &Secret,
    ) -> Result<Result<(), Refusal>, Unanswered> {
        let content = Registration { messaging_product: "whatsapp", pin: pin.expose() };
        Ok(self.tell(&format!("{}/register", number.as_str()), token, &content).await?.map(drop))
    }
}

/// A registration as the Graph API takes it (Cloud API, registration).
#[derive(Serialize)]
struct Registration<'a> {
    messaging_product: &'static str,
    pin: &'a str,
}

fn shared(account: &GraphId, number: &Object<'_>) -> Option<SharedNumber> {
    let id = GraphId::parse(&number.text("id")?).ok()?;
    let display = number.text("display_phone_number").unwrap_or_else(|| id.as_str().to_owned());
    Some(SharedNumber {
        waba: account.clone(),
        id,
        display,
        verified_name: number.text("verified_name").map(Text::new),
        is_registered: number.text("status").is_none_or(|status| status == "CONNECTED"),
        is_on_phone: number.flag("is_on_biz_app"),
        onboarded: number.text("last_onboarded_time").and_then(|text| Timestamp::parse(&text)),
    })
}
