//! Asks the Graph API whether a number can be used: whether Meta accepts the token, how long it lasts and what it permits,
//! whether it gives access to the number and its account, whether the number is registered and healthy, and whether Meta
//! posts the account's webhooks to the token's app.
//!
//! Nothing here is stored or decided. A finding names what was asked; callers say what to do about it.

use crate::client::Client;
use crate::errors::{Verdict, verdict};
use crate::json::{Object, legible};
use crate::number_setup::callbacks;
use crate::statuses::read_error;
use crate::transport::TransportError;
use domain::channels::business_profile::BusinessProfile;
use domain::channels::channels::{CheckName, CheckResult, NumberCheck, NumberLimits, TokenFacts};
use domain::channels::number_setup::Callbacks;
use domain::channels::prices::money::Currency;
use domain::{PhoneNumberId, Secret, Text, Timestamp};
use http::Method;
use serde::Serialize;
use std::time::Duration;

/// How long a check may take altogether. It makes up to eight requests, of which each takes well under a second.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// What is asked of a number (Graph API, WhatsApp Business Phone Number).
const FIELDS: &str = "id,display_phone_number,verified_name,quality_rating,status,health_status,throughput,\
                      whatsapp_business_manager_messaging_limit,is_on_biz_app,webhook_configuration";

/// How many numbers of an account are read at once.
const PAGE: usize = 100;

/// A portfolio has at most 20 numbers unless Meta raises the limit; this is far beyond it.
const MOST_PAGES: usize = 10;

/// Graph API, error codes: 0, 102 and 190 are about the token; the others about what it may access.
const OF_THE_TOKEN: [i64; 3] = [0, 102, 190];

/// Whether a missing subscription is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subscribing {
    /// It is only reported.
    Reported,
    /// It is made.
    Made,
}

/// The Graph API did not answer, answered nothing that can be read, or asks to try again later.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unanswered(pub String);

/// What Meta says of a number.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NumberReport {
    /// The number, formatted for display.
    pub display: Option<String>,
    /// The name that customers see.
    pub verified_name: Option<Text>,
    /// Meta's rating of the number's messages.
    pub quality: Option<String>,
    /// What Meta reports about the token; none if it reports nothing.
    pub token: Option<TokenFacts>,
    /// The business profile; none if Meta did not show it.
    pub profile: Option<BusinessProfile>,
    /// The currency of the account; none if Meta did not say it, or if it is one without rate cards.
    pub currency: Option<Currency>,
    /// How much the number may send.
    pub limits: NumberLimits,
    /// Where Meta posts its webhooks.
    pub callbacks: Callbacks,
    /// What was found, in the order in which it was asked.
    pub results: Vec<CheckResult>,
}

impl NumberReport {
    /// The result of this check; none if it was not made.
    #[must_use]
    pub fn result(&self, name: CheckName) -> Option<&CheckResult> {
        self.results.iter().find(|result| result.name == name)
    }

    /// The same as it is kept.
    #[must_use]
    pub fn kept(self, at: Timestamp) -> NumberCheck {
        let Self { display: _, verified_name, quality, token, profile, currency, limits, callbacks, results } = self;
        NumberCheck { at, verified_name, quality, token, profile, currency, limits, callbacks, results }
    }

    fn found(&mut self, name: CheckName, detail: impl Into<String>) {
        self.results.push(CheckResult { name, ok: true, detail: Text::new(detail.into()), code: None });
    }

    fn wrong(&mut self, name: CheckName, detail: impl Into<String>) {
        self.results.push(CheckResult { name, ok: false, detail: Text::new(detail.into()), code: None });
    }

    fn refused(&mut self, name: CheckName, refusal: Refusal) {
        let name = if refusal.is_of_token() { CheckName::Token } else { name };
        self.results.retain(|result| result.name != name);
        self.results.push(CheckResult { name, ok: false, detail: Text::new(refusal.said), code: Some(refusal.code) });
    }
}

/// An error by which the Graph API answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Meta's code.
    pub code: i64,
    /// Meta's words.
    pub said: String,
}

impl Refusal {
    fn is_of_token(&self) -> bool {
        OF_THE_TOKEN.contains(&self.code)
    }
}

/// What Meta reports about a token, and of which app it is.
struct Inspected {
    app: Option<String>,
    facts: TokenFacts,
}

/// An answer, or the error that stands in its place.
pub(crate) type Asked = Result<Result<String, Refusal>, Unanswered>;

impl Client {
    /// Asks by `token` for `number` and for its account `waba`. Checks that depend on a failed one are left out. It may be
    /// repeated.
    ///
    /// # Errors
    /// [`Unanswered`] if the Graph API does not answer.
    pub async fn check_number(
        &self,
        number: &PhoneNumberId,
        waba: &str,
        token: &Secret,
        subscribing: Subscribing,
    ) -> Result<NumberReport, Unanswered> {
        let mut report = NumberReport::default();
        let node = match self.ask(Method::GET, &format!("{}?fields={FIELDS}", number.as_str()), token).await? {
            Ok(node) => node,
            Err(refusal) => {
                if !refusal.is_of_token() {
                    report.found(CheckName::Token, "Meta accepts the access token.");
                    report.token = self.inspect(token).await?.map(|inspected| inspected.facts);
                }
                report.refused(CheckName::Number, refusal);
                return Ok(report);
            }
        };
        let node = Object::read(&node).ok_or_else(unreadable)?;
        report.found(CheckName::Token, "Meta accepts the access token.");
        let inspected = self.inspect(token).await?;
        let app = inspected.as_ref().and_then(|inspected| inspected.app.clone());
        report.token = inspected.map(|inspected| inspected.facts);
        report.display = node.text("display_phone_number");
        report.verified_name = node.text("verified_name").map(Text::new);
        report.quality = node.text("quality_rating");
        report.limits = NumberLimits {
            tier: node.text("whatsapp_business_manager_messaging_limit"),
            throughput: node.object("throughput").and_then(|throughput| throughput.text("level")),
            on_phone: node.flag("is_on_biz_app"),
        };
        report.callbacks = callbacks(&node);
        report.found(CheckName::Number, report.display.clone().unwrap_or_else(|| number.as_str().to_owned()));
        match self.lists(number, waba, token).await? {
            Ok(true) => report.found(CheckName::Account, "The number belongs to this account."),
            Ok(false) => report.wrong(CheckName::Account, "Meta does not list the number in this account."),
            Err(refusal) => report.refused(CheckName::Account, refusal),
        }
        registration(&mut report, &node);
        if report.result(CheckName::Account).is_some_and(|account| account.ok) {
            self.subscription(&mut report, waba, app.as_deref(), token, subscribing).await?;
            report.currency = self.currency(waba, token).await?;
        }
        health(&mut report, &node);
        report.profile = self.business_profile(number, token).await?;
        Ok(report)
    }

    /// Whether the account lists the number.
    async fn lists(
        &self,
        number: &PhoneNumberId,
        waba: &str,
        token: &Secret,
    ) -> Result<Result<bool, Refusal>, Unanswered> {
        let first = format!("{waba}/phone_numbers?fields=id&limit={PAGE}");
        let mut path = first.clone();
        for _ in 0..MOST_PAGES {
            let page = match self.ask(Method::GET, &path, token).await? {
                Ok(page) => page,
                Err(refusal) => return Ok(Err(refusal)),
            };
            let page = Object::read(&page).ok_or_else(unreadable)?;
            let listed = page.objects("data");
            if listed.iter().any(|one| one.text("id").is_some_and(|id| id == number.as_str())) {
                return Ok(Ok(true));
            }
            let paging = page.object("paging").filter(|paging| paging.raw("next").is_some());
            let after = paging.and_then(|paging| paging.object("cursors")).and_then(|cursors| cursors.text("after"));
            // The cursor stands in a query: what Meta never uses in one ends the walk.
            let is_plain = |after: &String| after.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_=.~".contains(&b));
            match after.filter(is_plain) {
                Some(after) => path = format!("{first}&after={after}"),
                None => return Ok(Ok(false)),
            }
        }
        Ok(Ok(false))
    }

    /// The currency in which Meta charges the account (Graph API, WhatsApp Business Account).
    async fn currency(&self, waba: &str, token: &Secret) -> Result<Option<Currency>, Unanswered> {
        match self.ask(Method::GET, &format!("{waba}?fields=currency"), token).await? {
            Ok(account) => {
                let account = Object::read(&account).ok_or_else(unreadable)?;
                Ok(account.text("currency").and_then(|code| code.parse().ok()))
            }
            Err(refusal) => {
                tracing::info!(meta.code = refusal.code, "Meta does not say the currency of an account");
                Ok(None)
            }
        }
    }

    /// Whether the account's webhooks go to `app`; to any app, if Meta did not name the token's.
    async fn subscription(
        &self,
        report: &mut NumberReport,
        waba: &str,
        app: Option<&str>,
        token: &Secret,
        subscribing: Subscribing,
    ) -> Result<(), Unanswered> {
        let path = format!("{waba}/subscribed_apps");
        let apps = match self.ask(Method::GET, &path, token).await? {
            Ok(apps) => apps,
            Err(refusal) => {
                report.refused(CheckName::Subscription, refusal);
                return Ok(());
            }
        };
        let apps = Object::read(&apps).ok_or_else(unreadable)?;
        let apps: Vec<_> =
            apps.objects("data").iter().filter_map(|app| app.object("whatsapp_business_api_data")).collect();
        let names: Vec<_> = apps.iter().filter_map(|app| app.text("name")).collect();
        let is_ours = |subscribed: &Object<'_>| app.is_none_or(|app| subscribed.text("id").is_some_and(|id| id == app));
        if apps.iter().any(is_ours) {
            report.found(CheckName::Subscription, format!("Webhooks go to {}.", names.join(", ")));
            return Ok(());
        }
        match subscribing {
            Subscribing::Reported if apps.is_empty() => {
                report.wrong(CheckName::Subscription, "No app receives the account's webhooks.");
            }
            Subscribing::Reported => {
                let others = format!("Webhooks go to {}, not to the app of this token.", names.join(", "));
                report.wrong(CheckName::Subscription, others);
            }
            Subscribing::Made => match self.ask(Method::POST, &path, token).await? {
                Ok(_) => report.found(CheckName::Subscription, "The app of this token was subscribed."),
                Err(refusal) => report.refused(CheckName::Subscription, refusal),
            },
        }
        Ok(())
    }

    /// Meta's id of the token's app; none if Meta does not say.
    ///
    /// # Errors
    /// [`Unanswered`] if the Graph API does not answer.
    pub(crate) async fn app_of(&self, token: &Secret) -> Result<Option<String>, Unanswered> {
        Ok(self.inspect(token).await?.and_then(|inspected| inspected.app))
    }

    /// What Meta reports about the token, which may inspect itself; none if Meta refuses that, or reports no permissions.
    async fn inspect(&self, token: &Secret) -> Result<Option<Inspected>, Unanswered> {
        let path = format!("debug_token?input_token={}", in_query(token.expose()));
        let answer = match self.ask(Method::GET, &path, token).await? {
            Ok(answer) => answer,
            Err(refusal) => {
                tracing::info!(meta.code = refusal.code, "Meta does not let a token inspect itself");
                return Ok(None);
            }
        };
        let answer = Object::read(&answer).ok_or_else(unreadable)?;
        let Some(data) = answer.object("data") else { return Ok(None) };
        let permissions: Vec<String> =
            data.raws("scopes").into_iter().filter_map(|raw| serde_json::from_str(raw.get()).ok()).collect();
        if permissions.is_empty() {
            return Ok(None);
        }
        // 0 stands for never.
        let expires_at = data.integer("expires_at").filter(|seconds| *seconds > 0).map(Timestamp::from_seconds);
        Ok(Some(Inspected { app: data.text("app_id"), facts: TokenFacts { expires_at, permissions } }))
    }

    /// Makes one request. A token authorizes it by its header.
    pub(crate) async fn ask(&self, method: Method, path: &str, token: &Secret) -> Asked {
        self.answer_to(self.bare_request(method, path, token)).await
    }

    /// Makes one request with `content`.
    pub(crate) async fn tell(&self, path: &str, token: &Secret, content: &impl Serialize) -> Asked {
        self.tell_by(Method::POST, path, token, content).await
    }

    /// Makes one request of this method with `content`.
    pub(crate) async fn tell_by(&self, method: Method, path: &str, token: &Secret, content: &impl Serialize) -> Asked {
        self.answer_to(self.json_request(method, path, token, content)).await
    }

    /// Makes one request without a token, whose query says all.
    pub(crate) async fn ask_openly(&self, path: &str) -> Asked {
        self.answer_to(self.open_request(path)).await
    }

    async fn answer_to(&self, request: Result<http::Request<Vec<u8>>, String>) -> Asked {
        let request = request.map_err(Unanswered)?;
        let answer = self.transport().carry(request).await.map_err(|error| match error {
            TransportError::BeforeSending(why) | TransportError::OnTheWay(why) => Unanswered(why),
        })?;
        let text = legible(answer.body()).into_owned();
        if answer.status().is_success() {
            return Ok(Ok(text));
        }
        let read = Object::read(&text);
        let error = read.and_then(|answer| answer.object("error")).ok_or_else(unreadable)?;
        let code = error.integer("code").ok_or_else(unreadable)?;
        if answer.status().is_server_error() || matches!(verdict(code, None), Verdict::Again(_)) {
            return Err(Unanswered(format!("the Graph API answers code {code}")));
        }
        let details = read_error(&error).details.map(|details| details.as_str().to_owned());
        let said = details.or_else(|| error.text("message")).unwrap_or_else(|| "no reason given".to_owned());
        Ok(Err(Refusal { code, said }))
    }
}

/// The number is registered for the Cloud API when its status is `CONNECTED`. An absent status says nothing.
fn registration(report: &mut NumberReport, node: &Object<'_>) {
    match node.text("status") {
        Some(status) if status == "CONNECTED" => report.found(CheckName::Registration, "Meta reports: CONNECTED."),
        Some(status) => report.wrong(CheckName::Registration, format!("Meta reports: {status}.")),
        None => {}
    }
}

/// `health_status.can_send_message` is AVAILABLE, LIMITED or BLOCKED; its entities say why.
fn health(report: &mut NumberReport, node: &Object<'_>) {
    let Some(health) = node.object("health_status") else { return };
    let Some(state) = health.text("can_send_message") else { return };
    let entities = health.objects("entities");
    let why = entities.iter().flat_map(|entity| entity.objects("errors")).find_map(|error| {
        let described = error.text("error_description")?;
        Some(error.text("possible_solution").map_or(described.clone(), |next| format!("{described} {next}")))
    });
    let detail = why.map_or_else(|| format!("Meta reports: {state}."), |why| format!("Meta reports: {state}. {why}"));
    if state == "BLOCKED" { report.wrong(CheckName::Health, detail) } else { report.found(CheckName::Health, detail) }
}

/// `text` as it may stand in a query (RFC 3986, unreserved characters).
pub(crate) fn in_query(text: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    text.bytes()
        .map(|byte| if is_plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

pub(crate) fn unreadable() -> Unanswered {
    Unanswered("the answer cannot be read".to_owned())
}
