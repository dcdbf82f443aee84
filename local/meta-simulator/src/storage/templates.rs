//! The account's templates: those that are there from the start, and those that were created since.

use super::Storage;
use crate::error::Error;
use domain::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde_json::{Value, json};

/// One template.
#[derive(Clone, Debug)]
pub(crate) struct TemplateRow {
    pub id: String,
    pub name: String,
    pub language: String,
    pub category: String,
    pub status: String,
    pub quality: String,
    pub reason: String,
    pub components: Value,
    /// What its review comes to, and when that is told.
    pub outcome: Option<(String, String, Timestamp)>,
}

const COLUMNS: &str =
    "id, name, language, category, status, quality, reason, components, review_status, review_reason, review_at";

/// A row as it is at `now`: a review that is over has come to its outcome.
fn template(row: &Row<'_>, now: Timestamp) -> rusqlite::Result<TemplateRow> {
    let outcome: Option<String> = row.get(8)?;
    let reason: Option<String> = row.get(9)?;
    let at: Option<i64> = row.get(10)?;
    let mut read = TemplateRow {
        id: row.get(0)?,
        name: row.get(1)?,
        language: row.get(2)?,
        category: row.get(3)?,
        status: row.get(4)?,
        quality: row.get(5)?,
        reason: row.get(6)?,
        components: row.get(7)?,
        outcome: None,
    };
    if let (Some(status), Some(at)) = (outcome, at.map(Timestamp::from_millis)) {
        let reason = reason.unwrap_or_default();
        if at <= now {
            (read.status, read.reason) = (status, reason);
        } else {
            read.outcome = Some((status, reason, at));
        }
    }
    Ok(read)
}

/// Writes a template down, in the place of one with its id.
pub(crate) fn put(connection: &Connection, row: &TemplateRow) -> Result<(), Error> {
    let sql = "INSERT INTO templates (id, name, language, category, status, quality, reason, components,
        review_status, review_reason, review_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
        ON CONFLICT (id) DO UPDATE SET category = ?4, status = ?5, quality = ?6, reason = ?7, components = ?8,
        review_status = ?9, review_reason = ?10, review_at = ?11";
    let outcome = row.outcome.as_ref();
    connection.prepare_cached(sql)?.execute(params![
        row.id,
        row.name,
        row.language,
        row.category,
        row.status,
        row.quality,
        row.reason,
        row.components,
        outcome.map(|(status, _, _)| status),
        outcome.map(|(_, reason, _)| reason),
        outcome.map(|(_, _, at)| at.millis()),
    ])?;
    Ok(())
}

/// Takes templates away by name, or the one with this id. Says how many.
pub(crate) fn remove(connection: &Connection, name: &str, id: Option<&str>) -> Result<usize, Error> {
    let sql = "DELETE FROM templates WHERE name = ?1 AND (?2 IS NULL OR id = ?2)";
    Ok(connection.prepare_cached(sql)?.execute(params![name, id])?)
}

/// When a template was changed since `after`, oldest first.
pub(crate) fn edits(connection: &Connection, id: &str, after: Timestamp) -> Result<Vec<Timestamp>, Error> {
    let sql = "SELECT at FROM template_edits WHERE template = ?1 AND at > ?2 ORDER BY at";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map(params![id, after.millis()], |row| row.get(0).map(Timestamp::from_millis))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Writes down that a template was changed.
pub(crate) fn put_edit(connection: &Connection, id: &str, at: Timestamp) -> Result<(), Error> {
    let sql = "INSERT INTO template_edits (template, at) VALUES (?1, ?2)";
    connection.prepare_cached(sql)?.execute(params![id, at.millis()])?;
    Ok(())
}

/// Puts the templates there that every account has at the start, unless it has templates.
pub(crate) fn seed(connection: &Connection) -> Result<(), Error> {
    let known: Option<i64> =
        connection.query_row("SELECT 1 FROM templates LIMIT 1", [], |row| row.get(0)).optional()?;
    if known.is_some() {
        return Ok(());
    }
    seeds().iter().try_for_each(|row| put(connection, row))
}

impl Storage {
    /// All templates, in the order of their ids.
    pub(crate) fn templates(&self, now: Timestamp) -> Result<Vec<TemplateRow>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM templates ORDER BY id");
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&sql)?;
            Ok(statement.query_map([], |row| template(row, now))?.collect::<Result<_, _>>()?)
        })
    }

    /// The template `name` in `language`.
    pub(crate) fn template(&self, name: &str, language: &str, now: Timestamp) -> Result<Option<TemplateRow>, Error> {
        self.read(|connection| find(connection, name, language, now))
    }
}

/// The template `name` in `language`.
pub(crate) fn find(
    connection: &Connection,
    name: &str,
    language: &str,
    now: Timestamp,
) -> Result<Option<TemplateRow>, Error> {
    let sql = format!("SELECT {COLUMNS} FROM templates WHERE name = ?1 AND language = ?2");
    let mut statement = connection.prepare_cached(&sql)?;
    Ok(statement.query_row([name, language], |row| template(row, now)).optional()?)
}

fn body(text: &str) -> Value {
    json!({"type": "BODY", "text": text})
}

fn footer(text: &str) -> Value {
    json!({"type": "FOOTER", "text": text})
}

fn header(format: &str) -> Value {
    json!({"type": "HEADER", "format": format})
}

fn buttons(buttons: &Value) -> Value {
    json!({"type": "BUTTONS", "buttons": buttons})
}

fn card(text: &str, page: &str) -> Value {
    let book = json!([{"type": "URL", "text": "Book", "url": format!("https://example.com/{page}/{{{{1}}}}")}]);
    json!({"components": [header("IMAGE"), body(text), buttons(&book)]})
}

/// Templates of every state, header and kind of button.
fn seeds() -> Vec<TemplateRow> {
    let track =
        |text: &str| buttons(&json!([{"type": "URL", "text": text, "url": "https://example.com/orders/{{1}}"}]));
    let stop = || buttons(&json!([{"type": "QUICK_REPLY", "text": "Stop promotions"}]));
    let reminder = |text: &str| json!([body(text)]);
    let all = [
        (
            "order_ready",
            "en_US",
            "UTILITY",
            "APPROVED",
            "GREEN",
            "NONE",
            json!([
            {"type": "HEADER", "format": "TEXT", "text": "Order {{1}}"},
            body("Hi {{1}}, your order {{2}} is ready to collect."), footer("Leadwire Demo"), track("Track order")]),
        ),
        (
            "order_ready",
            "es",
            "UTILITY",
            "APPROVED",
            "GREEN",
            "NONE",
            json!([body("Hola {{1}}, tu pedido {{2}} ya está listo para recoger."), track("Ver pedido")]),
        ),
        (
            "appointment_reminder",
            "en",
            "UTILITY",
            "APPROVED",
            "GREEN",
            "NONE",
            reminder("Hello {{first_name}}, we will see you on {{day}} at {{time}}."),
        ),
        (
            "appointment_reminder",
            "hi",
            "UTILITY",
            "APPROVED",
            "GREEN",
            "NONE",
            reminder("नमस्ते {{first_name}}, हम आपसे {{day}} को {{time}} बजे मिलेंगे।"),
        ),
        (
            "appointment_reminder",
            "pt_BR",
            "UTILITY",
            "APPROVED",
            "UNKNOWN",
            "NONE",
            reminder("Olá {{first_name}}, esperamos você em {{day}} às {{time}}."),
        ),
        (
            "welcome_offer",
            "en",
            "MARKETING",
            "APPROVED",
            "YELLOW",
            "NONE",
            json!([
                header("IMAGE"),
                body("Welcome, {{1}}! Your first order is on us."),
                footer("Reply STOP to opt out"),
                stop()
            ]),
        ),
        (
            "we_miss_you",
            "en",
            "MARKETING",
            "APPROVED",
            "GREEN",
            "NONE",
            json!([
                body("It has been a while. Shall we talk again?"),
                buttons(
                    &json!([{"type": "QUICK_REPLY", "text": "Yes, please"}, {"type": "QUICK_REPLY", "text": "No, thanks"}])
                )
            ]),
        ),
        (
            "coupon",
            "en",
            "MARKETING",
            "APPROVED",
            "UNKNOWN",
            "NONE",
            json!([
                body("Use this code before Sunday."),
                buttons(&json!([{"type": "COPY_CODE", "text": "Copy code"}]))
            ]),
        ),
        (
            "invoice",
            "en",
            "UTILITY",
            "APPROVED",
            "GREEN",
            "NONE",
            json!([
                header("DOCUMENT"),
                body("Your invoice for {{1}} is attached. Thank you!"),
                buttons(&json!([{"type": "PHONE_NUMBER", "text": "Call us", "phone_number": "+15550001111"}]))
            ]),
        ),
        (
            "product_film",
            "en",
            "MARKETING",
            "APPROVED",
            "UNKNOWN",
            "NONE",
            json!([header("VIDEO"), body("See how it works.")]),
        ),
        (
            "store_location",
            "en",
            "UTILITY",
            "APPROVED",
            "GREEN",
            "NONE",
            json!([header("LOCATION"), body("This is where you find us.")]),
        ),
        (
            "book_table",
            "en",
            "UTILITY",
            "APPROVED",
            "UNKNOWN",
            "NONE",
            json!([
                body("Would you like to book a table?"),
                buttons(&json!([{"type": "FLOW", "text": "Book a table", "flow_id": "1700000000000001"}]))
            ]),
        ),
        (
            "login_code",
            "en",
            "AUTHENTICATION",
            "APPROVED",
            "UNKNOWN",
            "NONE",
            json!([
                body("{{1}} is your verification code."),
                buttons(&json!([{"type": "OTP", "otp_type": "COPY_CODE", "text": "Copy code"}]))
            ]),
        ),
        (
            "city_tour",
            "en",
            "MARKETING",
            "APPROVED",
            "UNKNOWN",
            "NONE",
            json!([body("Three tours for you, {{1}}!"), {"type": "CAROUSEL", "cards": [
                card("By boat from {{1}} on.", "boat"), card("By bike from {{1}} on.", "bike")]}]),
        ),
        (
            "flash_sale",
            "en",
            "MARKETING",
            "PAUSED",
            "RED",
            "NONE",
            json!([body("Only today: 20 % off everything."), stop()]),
        ),
        ("old_news", "en", "MARKETING", "DISABLED", "RED", "NONE", json!([body("Read our news.")])),
        ("gift_card", "en", "UTILITY", "REJECTED", "UNKNOWN", "PROMOTIONAL", json!([body("You won a gift card!")])),
        ("spring_promotion", "en", "MARKETING", "PENDING", "UNKNOWN", "NONE", json!([body("Spring is here."), stop()])),
    ];
    let row = |(number, (name, language, category, status, quality, reason, components))| TemplateRow {
        id: format!("15000000000000{number:02}"),
        name: str::to_owned(name),
        language: str::to_owned(language),
        category: str::to_owned(category),
        status: str::to_owned(status),
        quality: str::to_owned(quality),
        reason: str::to_owned(reason),
        components,
        outcome: None,
    };
    (1..).zip(all).map(row).collect()
}
