//! What people try when nothing seems to work: a check of everything between Meta and the API, and a message. Both ask a
//! running instance over its API, as any front end does.

use crate::data::{ACCOUNT_FILE, Account};
use crate::platform::{DOOR_FILE, Door};
use runtime::{Environment, Random, SystemRandom};
use serde_json::{Value, json};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long one request may take.
const PATIENCE: Duration = Duration::from_secs(15);

/// How often the result of a check with Meta is looked for, and how often at most.
const LOOKS: (Duration, usize) = (Duration::from_millis(500), 40);

/// Why nothing can be checked or sent.
#[derive(Debug, thiserror::Error)]
pub enum DoctorError {
    /// The data folder holds no instance.
    #[error(
        "no instance has used {folder} ({why}): start one with `cargo run`, or choose another folder with --data DIR"
    )]
    NoInstance {
        /// Which.
        folder: PathBuf,
        /// What is wrong with it.
        why: io::Error,
    },
    /// A file of it cannot be read.
    #[error("{file} cannot be read: {why}")]
    Unreadable {
        /// Which.
        file: PathBuf,
        /// What is wrong with it.
        why: serde_json::Error,
    },
    /// The instance does not answer.
    #[error("the instance at {url} does not answer ({why}): start it with `cargo run`")]
    Silent {
        /// Its address.
        url: String,
        /// What went wrong.
        why: String,
    },
    /// The owner cannot be signed in.
    #[error("the owner cannot sign in ({0}): set LEADWIRE_API_KEY to an API key of yours")]
    SignedOut(String),
}

/// Where the lines go.
type Say<'a> = &'a (dyn Fn(String) + Sync);

/// Checks an instance. False if something is to be fixed.
///
/// # Errors
/// [`DoctorError`] if nothing can be checked.
pub async fn doctor(folder: &Path, environment: &Environment, say: Say<'_>) -> Result<bool, DoctorError> {
    let instance = Instance::open(folder)?;
    let (status, _) = instance.ask("GET", "/api/health", None, None).await?;
    let mut fine = line(say, status == 200, "api", &format!("{} answers {status}.", instance.url), None);
    let token = instance.token(environment).await?;
    fine &= line(say, true, "database", "The owner was read and signed in.", None);
    let (_, found) = instance.ask("GET", "/api/whatsapp/status", Some(&token), None).await?;
    let channels = found["channels"].as_array().cloned().unwrap_or_default();
    if channels.is_empty() {
        let next = "Connect a number on the console's page Numbers.";
        return Ok(line(say, false, "number", "No number is connected.", Some(next)));
    }
    for channel in &channels {
        fine &= instance.number(&token, channel, say).await?;
    }
    fine &= instance.templates(&token, say).await?;
    fine &= instance.sessions(&token, say).await?;
    if let Some(at) = found["dashboardTestAt"].as_str() {
        line(say, true, "test", &format!("A test of Meta's dashboard arrived at {at}."), None);
    }
    Ok(fine)
}

/// Sends a text, and waits for WhatsApp's answer. False if it was not sent.
///
/// # Errors
/// [`DoctorError`] if the instance cannot be asked.
pub async fn send(
    folder: &Path,
    environment: &Environment,
    phone: &str,
    text: &str,
    say: Say<'_>,
) -> Result<bool, DoctorError> {
    let instance = Instance::open(folder)?;
    let token = instance.token(environment).await?;
    let body = json!({"phone": phone, "text": text});
    let (status, answer) = instance.ask("POST", "/api/messages", Some(&token), Some(&body)).await?;
    let text = |name: &str| answer[name].as_str().unwrap_or_default().to_owned();
    if !(200..300).contains(&status) {
        say(format!("not sent: {}", text("detail")));
        return Ok(false);
    }
    let sent = answer["success"] == true;
    let why = answer["error"]["detail"].as_str().map_or_else(String::new, |why| format!(": {why}"));
    say(format!("{} {}{why}", text("id"), text("status")));
    Ok(sent)
}

/// An instance that runs.
struct Instance {
    url: String,
    client: reqwest::Client,
    account: Account,
}

impl Instance {
    fn open(folder: &Path) -> Result<Self, DoctorError> {
        let door: Door = read(folder, DOOR_FILE)?;
        let account = read(folder, ACCOUNT_FILE)?;
        let client = reqwest::Client::builder().no_proxy().timeout(PATIENCE).build();
        let url = door.instance().to_owned();
        let client = client.map_err(|error| DoctorError::Silent { url: url.clone(), why: error.to_string() })?;
        Ok(Self { url, client, account })
    }

    /// What proves who asks: the key in the environment, or else the owner's token.
    async fn token(&self, environment: &Environment) -> Result<String, DoctorError> {
        if let Some(key) = environment.optional("LEADWIRE_API_KEY") {
            return Ok(key);
        }
        let body = json!({"email": self.account.owner_email, "password": self.account.owner_password});
        let (_, answer) = self.ask("POST", "/api/auth/login", None, Some(&body)).await?;
        let token = answer["accessToken"].as_str().map(str::to_owned);
        token.ok_or_else(|| DoctorError::SignedOut(answer["detail"].as_str().unwrap_or("no token").to_owned()))
    }

    async fn ask(
        &self,
        method: &str,
        path: &str,
        token: Option<&str>,
        body: Option<&Value>,
    ) -> Result<(u16, Value), DoctorError> {
        let url = format!("{}{path}", self.url);
        let silent =
            |why: reqwest::Error| DoctorError::Silent { url: self.url.clone(), why: why.without_url().to_string() };
        let request = match method {
            "POST" => self.client.post(url).header("idempotency-key", format!("{:032x}", SystemRandom.u128())),
            _ => self.client.get(url),
        };
        let request = request.header("prefer", "wait=5");
        let request = token.into_iter().fold(request, reqwest::RequestBuilder::bearer_auth);
        let request = body.into_iter().fold(request, reqwest::RequestBuilder::json);
        let answer = request.send().await.map_err(silent)?;
        let status = answer.status().as_u16();
        let text = answer.text().await.map_err(silent)?;
        Ok((status, serde_json::from_str(&text).unwrap_or(Value::Null)))
    }

    /// Says whether the templates of every account were read.
    async fn templates(&self, token: &str, say: Say<'_>) -> Result<bool, DoctorError> {
        let (_, syncs) = self.ask("GET", "/api/templates/sync", Some(token), None).await?;
        let mut fine = true;
        for sync in syncs["items"].as_array().into_iter().flatten() {
            let problem = sync["problem"].as_str().unwrap_or_default();
            let detail = format!("{} read, {}. {problem}", sync["count"], sync["state"].as_str().unwrap_or_default());
            fine &= line(say, sync["state"] != "failed", "templates", detail.trim_end(), None);
        }
        Ok(fine)
    }

    /// Names the phones that are not linked any more.
    async fn sessions(&self, token: &str, say: Say<'_>) -> Result<bool, DoctorError> {
        let (_, all) = self.ask("GET", "/api/sessions", Some(token), None).await?;
        let mut fine = true;
        for session in all["sessions"].as_array().into_iter().flatten() {
            if session["status"] == "logged_out" {
                let phone = session["phoneNumber"].as_str().unwrap_or("A phone");
                let next = "Link the phone again by a new QR code, on the console's page Numbers.";
                fine &= line(say, false, "session", &format!("{phone} was unlinked on the phone."), Some(next));
            }
        }
        Ok(fine)
    }

    /// Says what Meta did not change at a number, and how much of its phone's past has come.
    async fn setup(&self, token: &str, channel: &Value, say: Say<'_>) -> Result<bool, DoctorError> {
        let id = channel["id"].as_str().unwrap_or_default();
        let (_, setup) = self.ask("GET", &format!("/api/channels/{id}/setup"), Some(token), None).await?;
        let fine = match setup["problem"].as_str() {
            Some(problem) => line(say, false, "setup", problem, None),
            None => true,
        };
        if let Some(percent) = channel["historyPercent"].as_u64() {
            line(say, true, "history", &format!("{percent} % of the phone's past has been imported."), None);
        }
        Ok(fine)
    }

    /// Has a number checked with Meta, and says what was found.
    async fn number(&self, token: &str, channel: &Value, say: Say<'_>) -> Result<bool, DoctorError> {
        let text = |value: &Value, name: &str| value[name].as_str().unwrap_or_default().to_owned();
        let id = text(channel, "id");
        say(format!("{} ({})", text(channel, "name"), text(channel, "phoneNumber")));
        let (status, wanted) = self.ask("POST", &format!("/api/channels/{id}/check"), Some(token), None).await?;
        if status != 200 {
            return Ok(line(say, false, "check", &text(&wanted, "detail"), None));
        }
        let mut checked = wanted;
        for _ in 0..LOOKS.1 {
            let (_, all) = self.ask("GET", "/api/channels", Some(token), None).await?;
            let found = all["items"].as_array().and_then(|items| items.iter().find(|item| item["id"] == channel["id"]));
            checked = found.cloned().unwrap_or_default();
            if checked["checking"] == false {
                break;
            }
            tokio::time::sleep(LOOKS.0).await;
        }
        if checked["checking"] != false || checked["checks"].as_array().is_none_or(Vec::is_empty) {
            let next = "Check the connection to the Graph API, then run this again.";
            return Ok(line(say, false, "meta", "Meta did not answer.", Some(next)));
        }
        let mut fine = true;
        for check in checked["checks"].as_array().into_iter().flatten() {
            let ok = check["ok"] == true;
            fine &= line(say, ok, &text(check, "name"), &text(check, "detail"), check["nextStep"].as_str());
        }
        match checked["lastHeardAt"].as_str() {
            Some(at) => line(say, true, "webhook", &format!("Last heard from Meta: {at}."), None),
            None => line(say, true, "webhook", "No webhook of this number has arrived yet.", None),
        };
        fine &= self.setup(token, &checked, say).await?;
        Ok(fine)
    }
}

/// Says one finding, and gives whether it is fine.
fn line(say: Say<'_>, fine: bool, what: &str, detail: &str, next: Option<&str>) -> bool {
    let mark = if fine { "ok " } else { "FIX" };
    let next = next.map_or_else(String::new, |next| format!(" {next}"));
    say(format!("{mark} {what:<12} {detail}{next}"));
    fine
}

fn read<T: serde::de::DeserializeOwned>(folder: &Path, name: &str) -> Result<T, DoctorError> {
    let file = folder.join(name);
    let json = std::fs::read(&file).map_err(|why| DoctorError::NoInstance { folder: folder.to_owned(), why })?;
    serde_json::from_slice(&json).map_err(|why| DoctorError::Unreadable { file, why })
}
