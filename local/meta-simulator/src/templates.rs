//! Templates as Meta treats them: their review, changes from the page, what a send must fill in, and what the customer reads.

use crate::error::Error;
use crate::graph_error::GraphError;
use crate::simulator::Simulator;
use crate::storage::{TemplateRow, Update, templates};
use domain::Timestamp;
use rusqlite::Connection;
use serde_json::{Map, Value, json};
use std::time::Duration;

/// How often an approved template can be edited.
const MOST_EDITS: usize = 10;
const EDIT_SPAN: Duration = Duration::from_secs(30 * 24 * 3600);
const EDIT_PAUSE: Duration = Duration::from_secs(24 * 3600);

impl Simulator {
    /// All templates of the account, as the Graph API shows them.
    ///
    /// # Errors
    /// If the database fails.
    pub fn templates(&self) -> Result<Vec<Value>, Error> {
        let fields = "name,language,status,category,quality_score,rejected_reason,components";
        let rows = self.storage().templates(self.now())?;
        Ok(rows.iter().map(|row| crate::graph::templates::node(row, Some(fields))).collect())
    }

    /// Changes a template by its id, as Meta's reviewers and systems do, and tells the business by webhook: `status`,
    /// `reason`, `quality`, `category`.
    ///
    /// # Errors
    /// If there is no such template or no such change.
    pub fn change_template(&self, id: &str, changes: &Map<String, Value>) -> Result<Value, Error> {
        let now = self.now();
        let row = self.storage().templates(now)?.into_iter().find(|row| row.id == id);
        let mut row = row.ok_or_else(|| Error::Invalid(format!("no such template: {id}")))?;
        let before = row.clone();
        for (key, value) in changes {
            let value = value.as_str().ok_or_else(|| Error::Invalid(format!("{key} must be a string")))?;
            let field = match key.as_str() {
                "status" => &mut row.status,
                "reason" => &mut row.reason,
                "quality" => &mut row.quality,
                "category" => &mut row.category,
                _ => return Err(Error::Invalid(format!("a template has no {key} to change"))),
            };
            value.clone_into(field);
        }
        row.outcome = None;
        self.storage().write(|connection| {
            templates::put(connection, &row)?;
            for update in told(&before, &row, now) {
                self.enqueue(connection, update)?;
            }
            Ok(())
        })?;
        self.wake();
        Ok(crate::graph::templates::node(&row, None))
    }

    /// Deletes a template in all languages, as somebody in WhatsApp Manager does, and tells the business nothing. Says how many.
    ///
    /// # Errors
    /// If the database fails.
    pub fn delete_template(&self, name: &str) -> Result<usize, Error> {
        self.delete_templates(name, None)
    }

    /// Takes a template for review; none if there is one of this name and language. Its name says what the review comes to:
    /// with `reject`, `pause`, `disable` or `slow` in it, it is rejected, paused or disabled after its approval, or not
    /// reviewed at all.
    pub(crate) fn submit_template(
        &self,
        name: &str,
        language: &str,
        category: &str,
        components: Value,
    ) -> Result<Option<TemplateRow>, Error> {
        let now = self.now();
        let at = now.plus(Duration::from_millis(self.settings().review_ms));
        let count = self.count()?;
        self.storage().write(|connection| {
            if templates::find(connection, name, language, now)?.is_some() {
                return Ok(None);
            }
            let promotes = ["promo", "offer", "sale"].iter().any(|word| name.contains(word));
            let (status, reason) = outcome(name);
            let row = TemplateRow {
                id: format!("16{count:014}"),
                name: name.to_owned(),
                language: language.to_owned(),
                // Meta approves as marketing what looks like it.
                category: if promotes && category == "UTILITY" { "MARKETING" } else { category }.to_owned(),
                status: "PENDING".to_owned(),
                quality: "UNKNOWN".to_owned(),
                reason: "NONE".to_owned(),
                components,
                outcome: status.map(|status| (status.to_owned(), reason.to_owned(), at)),
            };
            templates::put(connection, &row)?;
            if let Some(status) = status {
                let reviewed = TemplateRow { status: status.to_owned(), reason: reason.to_owned(), ..row.clone() };
                self.enqueue(connection, status_update(&reviewed, at))?;
            }
            Ok(Some(row))
        })
    }

    /// Deletes templates by name, or the one with this id. Says how many.
    pub(crate) fn delete_templates(&self, name: &str, id: Option<&str>) -> Result<usize, Error> {
        self.storage().write(|connection| templates::remove(connection, name, id))
    }

    /// Checks a send's template as Meta does: it is there in this language and approved, and every parameter has its value.
    pub(crate) fn check_template(&self, body: &Map<String, Value>) -> Result<(), GraphError> {
        let content = &body["template"];
        let name = content["name"].as_str().unwrap_or_default();
        let language = content["language"]["code"].as_str().unwrap_or_default();
        let found = self.storage().template(name, language, self.now()).unwrap_or_else(|error| {
            tracing::error!(%error, "meta simulator");
            None
        });
        let Some(row) = found else {
            let details = format!("template name ({name}) does not exist in {language}");
            return Err(GraphError::with(132_001, details));
        };
        match row.status.as_str() {
            "APPROVED" => {}
            "PAUSED" => return Err(GraphError::code(132_015)),
            "DISABLED" => return Err(GraphError::code(132_016)),
            _ => {
                let details = format!("template name ({name}) does not exist in {language}");
                return Err(GraphError::with(132_001, details));
            }
        }
        check_components(&row.components, content)
    }

    /// Changes the components of a template by its id, as somebody in WhatsApp Manager does.
    ///
    /// # Errors
    /// If there is no such template, or it takes no change now.
    pub fn edit(&self, id: &str, components: Value) -> Result<(), Error> {
        self.edit_template(id, None, components)?.map_err(|refused| Error::Invalid(refused.title))
    }

    /// Changes a template as its author asks, and reviews it again: its text says what the review comes to, as the name of a
    /// new one does.
    pub(crate) fn edit_template(
        &self,
        id: &str,
        category: Option<&str>,
        components: Value,
    ) -> Result<Result<(), GraphError>, Error> {
        let now = self.now();
        let at = now.plus(Duration::from_millis(self.settings().review_ms));
        let Some(row) = self.storage().templates(now)?.into_iter().find(|row| row.id == id) else {
            return Ok(Err(GraphError::platform(404, 100, "Message template not found")));
        };
        self.storage().write(|connection| {
            let edits = templates::edits(connection, id, now.minus(EDIT_SPAN))?;
            let is_approved = row.status == "APPROVED";
            if !is_approved && row.status != "REJECTED" && row.status != "PAUSED" {
                let words = "Only approved, rejected and paused templates can be edited.";
                return Ok(Err(GraphError::authoring(2_388_025, words)));
            }
            let too_soon = edits.last().is_some_and(|last| now.since(*last) < EDIT_PAUSE);
            if is_approved && (too_soon || edits.len() >= MOST_EDITS) {
                let words = "An approved template can be edited once a day, and 10 times in 30 days.";
                return Ok(Err(GraphError::authoring(2_388_026, words)));
            }
            if is_approved && category.is_some_and(|category| category != row.category) {
                let words = "The category of an approved template can't be changed.";
                return Ok(Err(GraphError::authoring(2_388_027, words)));
            }
            templates::put_edit(connection, id, now)?;
            let (status, reason) = outcome(&body_of(&components));
            let pending = TemplateRow {
                status: "PENDING".to_owned(),
                reason: "NONE".to_owned(),
                category: category.unwrap_or(&row.category).to_owned(),
                outcome: status.map(|status| (status.to_owned(), reason.to_owned(), at)),
                components,
                ..row
            };
            templates::put(connection, &pending)?;
            if let Some(status) = status {
                let reviewed = TemplateRow { status: status.to_owned(), reason: reason.to_owned(), ..pending };
                self.enqueue(connection, status_update(&reviewed, at))?;
            }
            Ok(Ok(()))
        })
    }

    /// The category of a send's template, within a transaction.
    pub(crate) fn template_category(&self, connection: &Connection, body: &Value) -> Result<String, Error> {
        let content = &body["template"];
        let name = content["name"].as_str().unwrap_or_default();
        let language = content["language"]["code"].as_str().unwrap_or_default();
        let row = templates::find(connection, name, language, self.now())?;
        Ok(row.map_or_else(|| "utility".to_owned(), |row| row.category.to_ascii_lowercase()))
    }

    /// What the customer reads of a template: `{header, body, footer, buttons}`.
    pub(crate) fn rendered(&self, content: &Value) -> Option<Value> {
        let row = self.template_of(content)?;
        let mut shown = Map::new();
        for component in row.components.as_array().map(Vec::as_slice).unwrap_or_default() {
            let said = component["text"].as_str().unwrap_or_default();
            match component["type"].as_str() {
                Some("HEADER") if component["format"] == "TEXT" => {
                    shown.insert("header".to_owned(), json!(filled(said, given(content, "header", None))));
                }
                Some("HEADER") => {
                    shown.insert("format".to_owned(), component["format"].clone());
                }
                Some("BODY") => {
                    shown.insert("body".to_owned(), json!(filled(body_text(component), given(content, "body", None))));
                }
                Some("FOOTER") => {
                    shown.insert("footer".to_owned(), json!(said));
                }
                Some("BUTTONS") => {
                    shown.insert("buttons".to_owned(), component["buttons"].clone());
                }
                Some("CAROUSEL") => {
                    shown.insert("cards".to_owned(), component["cards"].clone());
                }
                Some(_) | None => {}
            }
        }
        Some(Value::Object(shown))
    }

    fn template_of(&self, content: &Value) -> Option<TemplateRow> {
        let name = content["name"].as_str()?;
        self.storage().template(name, content["language"]["code"].as_str()?, self.now()).ok()?
    }
}

fn body_of(components: &Value) -> String {
    let all = components.as_array().map(Vec::as_slice).unwrap_or_default();
    let body = all.iter().find(|component| component["type"] == "BODY");
    body.and_then(|body| body["text"].as_str()).unwrap_or_default().to_ascii_lowercase()
}

/// The text of a body. Meta writes that of a template for codes itself.
fn body_text(body: &Value) -> &str {
    body["text"].as_str().unwrap_or("*{{1}}* is your verification code.")
}

/// Whether a send fills every part of a template, or of one card.
fn check_components(components: &Value, content: &Value) -> Result<(), GraphError> {
    for component in components.as_array().map(Vec::as_slice).unwrap_or_default() {
        match component["type"].as_str() {
            Some("HEADER") => header(component, content)?,
            Some("BODY") => {
                text("body", body_text(component), given(content, "body", None))?;
            }
            Some("BUTTONS") => buttons(component, content)?,
            Some("CAROUSEL") => carousel(component, content)?,
            Some(_) | None => {}
        }
    }
    Ok(())
}

/// Every card is there, and filled like a template of its own.
fn carousel(component: &Value, content: &Value) -> Result<(), GraphError> {
    let cards = component["cards"].as_array().map(Vec::as_slice).unwrap_or_default();
    let all = content["components"].as_array().map(Vec::as_slice).unwrap_or_default();
    let sent = all.iter().find(|one| one["type"].as_str().is_some_and(|word| word.eq_ignore_ascii_case("carousel")));
    let sent = sent.and_then(|one| one["cards"].as_array()).map(Vec::as_slice).unwrap_or_default();
    if sent.len() != cards.len() {
        return Err(count_differs("carousel", cards.len(), sent.len()));
    }
    for (place, card) in cards.iter().enumerate() {
        let filled = sent.iter().find(|one| one["card_index"] == place);
        let filled = filled.ok_or_else(|| GraphError::with(132_012, format!("carousel: card {place} is missing")))?;
        check_components(&card["components"], filled)?;
    }
    Ok(())
}

/// What the review of a template comes to.
fn outcome(name: &str) -> (Option<&'static str>, &'static str) {
    if name.contains("slow") {
        (None, "NONE")
    } else if name.contains("reject") {
        (Some("REJECTED"), "INVALID_FORMAT")
    } else if name.contains("pause") {
        (Some("PAUSED"), "NONE")
    } else if name.contains("disable") {
        (Some("DISABLED"), "NONE")
    } else {
        (Some("APPROVED"), "NONE")
    }
}

/// The webhooks by which Meta tells that a template changed.
fn told(before: &TemplateRow, row: &TemplateRow, now: Timestamp) -> Vec<Update> {
    let mut updates = Vec::new();
    let base = json!({
        "message_template_id": row.id.parse::<u64>().unwrap_or_default(),
        "message_template_name": row.name,
        // Webhooks write languages with a dash.
        "message_template_language": row.language.replace('_', "-"),
    });
    let with = |more: Value| {
        let mut value = base.clone();
        for (key, one) in more.as_object().into_iter().flatten() {
            value[key] = one.clone();
        }
        value
    };
    if (&before.status, &before.reason) != (&row.status, &row.reason) {
        updates.push(status_update(row, now));
    }
    if before.quality != row.quality {
        let value = with(json!({"previous_quality_score": before.quality, "new_quality_score": row.quality}));
        updates.push(update("message_template_quality_update", value, now));
    }
    if before.category != row.category {
        let value = with(json!({"previous_category": before.category, "new_category": row.category}));
        updates.push(update("template_category_update", value, now));
    }
    updates
}

fn status_update(row: &TemplateRow, at: Timestamp) -> Update {
    let mut value = json!({
        "event": row.status,
        "message_template_id": row.id.parse::<u64>().unwrap_or_default(),
        "message_template_name": row.name,
        "message_template_language": row.language.replace('_', "-"),
        "message_template_category": row.category,
        "reason": row.reason,
    });
    if row.status == "PAUSED" {
        value["other_info"] = json!({"title": "FIRST_PAUSE", "description": "Customers gave negative feedback."});
    }
    update("message_template_status_update", value, at)
}

fn update(field: &str, value: Value, due: Timestamp) -> Update {
    Update { id: 0, due, field: field.to_owned(), value, wamid: None, kind: "raw".to_owned() }
}

/// The values that a send gives for a component; `index` for that of one button.
fn given<'a>(content: &'a Value, kind: &str, index: Option<usize>) -> &'a [Value] {
    let components = content["components"].as_array().map(Vec::as_slice).unwrap_or_default();
    let at = |component: &Value| match &component["index"] {
        Value::String(text) => text.parse().ok(),
        other => other.as_u64().and_then(|at| usize::try_from(at).ok()),
    };
    let found = components.iter().find(|component| {
        component["type"].as_str().is_some_and(|word| word.eq_ignore_ascii_case(kind))
            && (index.is_none() || at(component) == index)
    });
    found.and_then(|component| component["parameters"].as_array()).map(Vec::as_slice).unwrap_or_default()
}

/// The parameters of a text, each once, in the order in which they first stand there.
fn parameters(text: &str) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for part in text.split("{{").skip(1) {
        if let Some((name, _)) = part.split_once("}}")
            && !names.contains(&name)
        {
            names.push(name);
        }
    }
    names
}

fn is_number(name: &str) -> bool {
    name.bytes().all(|byte| byte.is_ascii_digit())
}

/// Numbered parameters are filled by place, named ones by name.
fn filled(text: &str, values: &[Value]) -> String {
    let mut filled = text.to_owned();
    for (place, name) in parameters(text).into_iter().enumerate() {
        let named = values.iter().find(|value| value["parameter_name"] == name);
        if let Some(value) = named.or_else(|| values.get(place)).and_then(|value| value["text"].as_str()) {
            filled = filled.replace(&format!("{{{{{name}}}}}"), value);
        }
    }
    filled
}

fn count_differs(kind: &str, expected: usize, got: usize) -> GraphError {
    let details = format!(
        "{kind}: number of localizable_params ({got}) does not match the expected number of params ({expected})"
    );
    GraphError::with(132_000, details)
}

/// Every parameter of a text has a value, and there are no more.
fn text(kind: &str, text: &str, values: &[Value]) -> Result<(), GraphError> {
    let names = parameters(text);
    if names.len() != values.len() {
        return Err(count_differs(kind, names.len(), values.len()));
    }
    for name in names.iter().filter(|name| !is_number(name)) {
        if !values.iter().any(|value| value["parameter_name"] == *name) {
            return Err(GraphError::with(132_012, format!("{kind}: parameter_name {name} is missing")));
        }
    }
    if let Some(wrong) = values.iter().find(|value| value["text"].as_str().is_none()) {
        return Err(GraphError::with(132_012, format!("{kind}: expected a text, got {}", wrong["type"])));
    }
    Ok(())
}

fn header(component: &Value, content: &Value) -> Result<(), GraphError> {
    let values = given(content, "header", None);
    let format = component["format"].as_str().unwrap_or_default().to_ascii_lowercase();
    if format == "text" {
        return text("header", component["text"].as_str().unwrap_or_default(), values);
    }
    match values {
        [one] if one["type"] == format.as_str() && one[&format].is_object() => Ok(()),
        [one] => {
            let details =
                format!("header: Format mismatch, expected {}, received {}", format.to_uppercase(), one["type"]);
            Err(GraphError::with(132_012, details))
        }
        _ => {
            let details = format!("header: Format mismatch, expected {}, received UNKNOWN", format.to_uppercase());
            Err(GraphError::with(132_012, details))
        }
    }
}

fn buttons(component: &Value, content: &Value) -> Result<(), GraphError> {
    for (place, button) in component["buttons"].as_array().map(Vec::as_slice).unwrap_or_default().iter().enumerate() {
        let values = given(content, "button", Some(place));
        let expected = match button["type"].as_str() {
            Some("URL") => usize::from(button["url"].as_str().is_some_and(|url| url.contains("{{"))),
            Some("COPY_CODE" | "OTP") => 1,
            Some(_) | None => continue,
        };
        if values.len() != expected {
            return Err(count_differs(&format!("buttons[{place}]"), expected, values.len()));
        }
    }
    Ok(())
}
