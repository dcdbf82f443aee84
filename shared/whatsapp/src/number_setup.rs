//! What Meta keeps of a number besides its profile: short links (`message_qrdls`), conversational components, flows, call
//! settings and its own callback URL (Cloud API). Every call may be repeated.

use crate::client::Client;
use crate::graph_check::{Asked, Refusal, Unanswered, unreadable};
use crate::json::Object;
use domain::channels::number_setup::{
    CallHours, CallSettings, Callbacks, Command, ConversationStarters, NumberSetup, PublishedFlow, SetupChange,
    ShortLink, Weekday,
};
use domain::{PhoneNumberId, Secret, Text};
use http::Method;
use serde_json::{Value, json};

/// Meta was asked for it before (Cloud API, history synchronisation).
const IMPORTED: i64 = 2_593_107;

/// How many of a kind are read.
const MOST: usize = 100;

impl Client {
    /// What Meta has of `number`, of the account `waba`.
    ///
    /// # Errors
    /// [`Unanswered`] if the Graph API does not answer.
    pub async fn number_setup(
        &self,
        number: &PhoneNumberId,
        waba: &str,
        token: &Secret,
    ) -> Result<Result<NumberSetup, Refusal>, Unanswered> {
        let id = number.as_str();
        let node = match self
            .ask(Method::GET, &format!("{id}?fields=conversational_automation,webhook_configuration"), token)
            .await?
        {
            Ok(node) => node,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let node = Object::read(&node).ok_or_else(unreadable)?;
        let links = match self.links(number, token).await? {
            Ok(links) => links,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let path = format!("{waba}/flows?fields=id,name,status&limit={MOST}");
        let flows = self.shown("flows", self.ask(Method::GET, &path, token).await?);
        let calls = self.shown("calls", self.ask(Method::GET, &format!("{id}/settings"), token).await?);
        Ok(Ok(NumberSetup {
            links,
            starters: starters(&node),
            flows: flows.as_deref().and_then(Object::read).map(|page| published(&page)).unwrap_or_default(),
            calls: calls
                .as_deref()
                .and_then(Object::read)
                .and_then(|node| node.object("calling"))
                .map(|one| calling(&one)),
            callbacks: callbacks(&node),
        }))
    }

    /// What Meta shows; none where it refuses, which does not keep it from showing the rest.
    #[expect(clippy::unused_self, reason = "it belongs to the calls above")]
    fn shown(&self, what: &str, answer: Result<String, Refusal>) -> Option<String> {
        answer
            .map_err(|refusal| tracing::info!(meta.code = refusal.code, what, "Meta does not show it for a number"))
            .ok()
    }

    async fn links(
        &self,
        number: &PhoneNumberId,
        token: &Secret,
    ) -> Result<Result<Vec<ShortLink>, Refusal>, Unanswered> {
        let fields = "code,prefilled_message,deep_link_url";
        let path = format!("{}/message_qrdls?fields={fields}&limit={MOST}", number.as_str());
        let page = match self.ask(Method::GET, &path, token).await? {
            Ok(page) => page,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let page = Object::read(&page).ok_or_else(unreadable)?;
        let link = |node: &Object<'_>| {
            Some(ShortLink {
                code: node.text("code")?,
                message: Text::new(node.text("prefilled_message").unwrap_or_default()),
                url: node.text("deep_link_url")?,
            })
        };
        Ok(Ok(page.objects("data").iter().filter_map(link).collect()))
    }

    /// Sets the picture of the business profile of `number`; `handle` is Meta's of the file that was brought there.
    ///
    /// # Errors
    /// [`Unanswered`] if the Graph API does not answer.
    pub async fn set_profile_picture(
        &self,
        number: &PhoneNumberId,
        token: &Secret,
        handle: &str,
    ) -> Result<Result<(), Refusal>, Unanswered> {
        let content = json!({ "messaging_product": "whatsapp", "profile_picture_handle": handle });
        let path = format!("{}/whatsapp_business_profile", number.as_str());
        Ok(self.tell(&path, token, &content).await?.map(drop))
    }

    /// Makes a change of `number`. A link with the same message is not made a second time.
    ///
    /// # Errors
    /// [`Unanswered`] if the Graph API does not answer. The change may have been made.
    pub async fn change_number_setup(
        &self,
        number: &PhoneNumberId,
        token: &Secret,
        change: &SetupChange,
    ) -> Result<Result<(), Refusal>, Unanswered> {
        let id = number.as_str();
        let done: Asked = match change {
            // A picture is brought first, and then set.
            SetupChange::Read | SetupChange::SetPicture(_) => return Ok(Ok(())),
            SetupChange::AddLink(message) => {
                match self.links(number, token).await? {
                    Ok(links) if links.iter().any(|link| link.message == *message) => return Ok(Ok(())),
                    Ok(_) => {}
                    Err(refusal) => return Ok(Err(refusal)),
                }
                let content = json!({ "prefilled_message": message.as_str() });
                self.tell(&format!("{id}/message_qrdls"), token, &content).await
            }
            SetupChange::ChangeLink { code, message } => {
                let content = json!({ "code": code, "prefilled_message": message.as_str() });
                self.tell(&format!("{id}/message_qrdls"), token, &content).await
            }
            SetupChange::RemoveLink(code) => {
                match self.links(number, token).await? {
                    // An earlier try removed it.
                    Ok(links) if links.iter().all(|link| link.code != *code) => return Ok(Ok(())),
                    Ok(_) => {}
                    Err(refusal) => return Ok(Err(refusal)),
                }
                self.ask(Method::DELETE, &format!("{id}/message_qrdls/{code}"), token).await
            }
            SetupChange::SetStarters(starters) => {
                let commands = starters
                    .commands
                    .iter()
                    .map(|one| json!({ "command_name": one.name, "command_description": one.description.as_str() }));
                let prompts: Vec<_> = starters.questions.iter().map(Text::as_str).collect();
                let content = json!({ "prompts": prompts, "commands": commands.collect::<Value>() });
                self.tell(&format!("{id}/conversational_automation"), token, &content).await
            }
            SetupChange::SetCalls(calls) => {
                self.tell(&format!("{id}/settings"), token, &json!({ "calling": call_content(calls) })).await
            }
            SetupChange::ImportPhone => {
                for kind in ["smb_app_state_sync", "history"] {
                    let content = json!({ "messaging_product": "whatsapp", "sync_type": kind });
                    match self.tell(&format!("{id}/smb_app_data"), token, &content).await? {
                        Err(refusal) if refusal.code != IMPORTED => return Ok(Err(refusal)),
                        Ok(_) | Err(_) => {}
                    }
                }
                return Ok(Ok(()));
            }
            SetupChange::SetCallback(callback) => {
                let configuration = match callback {
                    Some(callback) => {
                        json!({ "override_callback_uri": callback.url, "verify_token": callback.verify_token })
                    }
                    None => json!({ "override_callback_uri": "" }),
                };
                self.tell(id, token, &json!({ "webhook_configuration": configuration })).await
            }
        };
        Ok(done?.map(drop))
    }
}

/// Where a number's webhooks are posted, as its node says.
pub(crate) fn callbacks(node: &Object<'_>) -> Callbacks {
    let Some(all) = node.object("webhook_configuration") else { return Callbacks::default() };
    Callbacks {
        number: all.text("phone_number"),
        account: all.text("whatsapp_business_account"),
        app: all.text("application"),
    }
}

fn starters(node: &Object<'_>) -> ConversationStarters {
    let Some(all) = node.object("conversational_automation") else { return ConversationStarters::default() };
    let command = |node: &Object<'_>| {
        Some(Command {
            name: node.text("command_name")?,
            description: Text::new(node.text("command_description").unwrap_or_default()),
        })
    };
    let prompts = all.raws("prompts").into_iter().filter_map(|raw| serde_json::from_str::<String>(raw.get()).ok());
    ConversationStarters {
        questions: prompts.map(Text::new).collect(),
        commands: all.objects("commands").iter().filter_map(command).collect(),
    }
}

fn published(page: &Object<'_>) -> Vec<PublishedFlow> {
    let nodes = page.objects("data");
    let published = nodes.iter().filter(|node| node.text("status").is_some_and(|status| status == "PUBLISHED"));
    let flow = |node: &Object<'_>| {
        Some(PublishedFlow { id: node.text("id")?, name: Text::new(node.text("name").unwrap_or_default()) })
    };
    published.filter_map(flow).collect()
}

fn calling(node: &Object<'_>) -> CallSettings {
    let is_on = |text: Option<String>| text.is_some_and(|word| word.eq_ignore_ascii_case("enabled"));
    let hours = node.object("call_hours").filter(|hours| is_on(hours.text("status")));
    let time = |text: &str| {
        let (hour, minute) = text.split_at_checked(2)?;
        Some(format!("{hour}:{minute}"))
    };
    let one = |node: &Object<'_>| {
        Some(CallHours {
            day: node.text("day_of_week")?.to_ascii_lowercase().parse::<Weekday>().ok()?,
            open: time(&node.text("open_time")?)?,
            close: time(&node.text("close_time")?)?,
        })
    };
    CallSettings {
        enabled: is_on(node.text("status")),
        time_zone: hours.as_ref().and_then(|hours| hours.text("timezone_id")),
        hours: hours
            .map(|hours| hours.objects("weekly_operating_hours").iter().filter_map(one).collect())
            .unwrap_or_default(),
    }
}

fn call_content(calls: &CallSettings) -> Value {
    let word = |on: bool| if on { "ENABLED" } else { "DISABLED" };
    let mut content = json!({ "status": word(calls.enabled) });
    if calls.hours.is_empty() {
        content["call_hours"] = json!({ "status": word(false) });
        return content;
    }
    let hours = calls.hours.iter().map(|hours| {
        json!({
            "day_of_week": hours.day.as_str().to_ascii_uppercase(),
            "open_time": hours.open.replace(':', ""),
            "close_time": hours.close.replace(':', ""),
        })
    });
    content["call_hours"] = json!({
        "status": word(true),
        "timezone_id": calls.time_zone,
        "weekly_operating_hours": hours.collect::<Value>(),
    });
    content
}
