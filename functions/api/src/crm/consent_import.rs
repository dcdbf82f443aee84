//! Imports what customers have agreed to elsewhere, from a CSV with the proof of each row.

use crate::app::App;
use crate::web::audit::entry;
use crate::web::auth::Caller;
use crate::web::body::JsonBody;
use crate::web::problem::{FieldError, Problem};
use axum::Json;
use axum::extract::State;
use domain::access::audit::Action;
use domain::identities::Recognised;
use domain::inbox::consents::{ConsentChange, ConsentKind, ConsentSource};
use domain::phone::TypedPhone;
use domain::{Actor, Customer, LeadId, Phone, Text, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The most rows of one request: each is some three reads and writes.
const MOST_ROWS: usize = 500;

/// The longest file, in bytes.
const LONGEST: u32 = 200_000;

/// The longest proof, in characters.
const LONGEST_PROOF: usize = 400;

const COLUMNS: [&str; 6] = ["phone", "kind", "allowed", "source", "date", "proof"];

/// A list of consents to import.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct ConsentImportBody {
    /// A CSV with the columns `phone`, `kind` (`marketing` or `service`), `allowed` (`yes` or `no`), `source`, `date`
    /// (such as `2026-10-31`) and `proof`, in this order, and up to 500 rows. The first line names the columns.
    #[schemars(length(min = 1, max = LONGEST))]
    csv: Text,
}

/// What became of an import.
#[derive(Debug, Default, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "ConsentImport")]
pub(crate) struct ConsentImportView {
    /// How many rows were imported.
    imported: usize,
    /// How many rows had been imported before.
    unchanged: usize,
    /// The rows that were not imported.
    errors: Vec<RowError>,
}

/// A row that was not imported.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "ConsentRowError")]
pub(crate) struct RowError {
    /// The row's number. The first row after the names of the columns is 1.
    row: usize,
    /// The column.
    column: String,
    /// What is wrong.
    detail: String,
}

/// A row that can be imported.
struct Row {
    phone: Phone,
    change: ConsentChange,
}

/// `POST /api/consents/import` `{csv}`: Import consents with their proof. Each row that is right is written to the consent
/// history of the lead with that phone; each that is wrong is named. The same file can be imported again: rows that stand
/// already change nothing.
pub(crate) async fn import_consents(
    State(app): State<App>,
    caller: Caller,
    JsonBody(body): JsonBody<ConsentImportBody>,
) -> Result<Json<ConsentImportView>, Problem> {
    let text = body.csv.as_str();
    if text.len() > LONGEST as usize {
        return Err(wrong(format!("Use at most {LONGEST} bytes. Split the file.")));
    }
    let mut rows = records(text).map_err(|line| wrong(format!("A quote in record {line} does not end.")))?.into_iter();
    let names: Vec<_> = rows.next().unwrap_or_default().iter().map(|name| name.trim().to_lowercase()).collect();
    if names != COLUMNS {
        return Err(wrong(format!("The first line must be: {}", COLUMNS.join(","))));
    }
    let rows: Vec<_> = rows.collect();
    if rows.is_empty() || rows.len() > MOST_ROWS {
        return Err(wrong(format!("Use 1 to {MOST_ROWS} rows. Split a longer file.")));
    }
    let now = app.clock.now();
    let mut view = ConsentImportView::default();
    for (row, fields) in (1..).zip(rows) {
        let parsed = match parse(&fields, caller.by, now) {
            Ok(parsed) => parsed,
            Err((column, detail)) => {
                view.errors.push(RowError { row, column: column.to_owned(), detail });
                continue;
            }
        };
        let Some(lead) = lead_of(&app, caller, &parsed.phone).await? else {
            let detail = "No lead has this phone number. Create the lead first.".to_owned();
            view.errors.push(RowError { row, column: "phone".to_owned(), detail });
            continue;
        };
        if write(&app, caller, lead, parsed.change).await? { view.imported += 1 } else { view.unchanged += 1 }
    }
    Ok(Json(view))
}

/// Writes a change down. False if it stands already.
async fn write(app: &App, caller: Caller, lead: LeadId, change: ConsentChange) -> Result<bool, Problem> {
    let store = app.store.tenant(caller.tenant);
    let before = store.consents(lead).await?;
    if before.after(change.clone()) == before {
        return Ok(false);
    }
    let words = format!("{} {}, imported", change.kind, if change.allowed { "on" } else { "off" });
    let said = entry(app, caller.by, Action::ConsentChanged, &lead.to_string(), &words);
    store.change_consent_as(lead, &[change], &said).await?;
    Ok(true)
}

async fn lead_of(app: &App, caller: Caller, phone: &Phone) -> Result<Option<LeadId>, Problem> {
    let customer = Customer { phone: Some(phone.clone()), ..Customer::default() };
    match app.store.tenant(caller.tenant).recognise(&customer, None).await? {
        Recognised::As { lead, .. } => Ok(Some(lead)),
        Recognised::Stranger { .. } => Ok(None),
    }
}

/// Reads one row, or says which column is wrong.
fn parse(fields: &[String], by: Actor, now: Timestamp) -> Result<Row, (&'static str, String)> {
    let [phone, kind, allowed, source, date, proof] = fields else {
        return Err(("phone", format!("The row has {} columns instead of {}.", fields.len(), COLUMNS.len())));
    };
    let phone = TypedPhone::parse(phone.trim()).map_err(|error| ("phone", error.to_string()))?.phone().clone();
    let kind: ConsentKind =
        kind.trim().to_lowercase().parse().map_err(|_| ("kind", "Use marketing or service.".to_owned()))?;
    let allowed = match allowed.trim().to_lowercase().as_str() {
        "yes" => true,
        "no" => false,
        _ => return Err(("allowed", "Use yes or no.".to_owned())),
    };
    let date = date.trim();
    let whole = if date.len() == 10 { format!("{date}T00:00:00Z") } else { date.to_owned() };
    let at = Timestamp::parse(&whole).ok_or(("date", "Use a date such as 2026-10-31.".to_owned()))?;
    if at > now {
        return Err(("date", "The date is in the future.".to_owned()));
    }
    let (source, proof) = (source.trim(), proof.trim());
    if proof.is_empty() {
        return Err(("proof", "Say how the customer agreed: a consent without proof is not imported.".to_owned()));
    }
    let note = if source.is_empty() { proof.to_owned() } else { format!("{source}: {proof}") };
    if note.chars().count() > LONGEST_PROOF {
        return Err(("proof", format!("Use at most {LONGEST_PROOF} characters for source and proof.")));
    }
    let note = Some(Text::new(note));
    let change = ConsentChange { kind, allowed, at, source: ConsentSource::Import, by: Some(by), note };
    Ok(Row { phone, change })
}

/// The records of a CSV (RFC 4180). Empty lines are none. Fails with the number of a record whose quote does not end.
fn records(text: &str) -> Result<Vec<Vec<String>>, usize> {
    let mut records = Vec::new();
    let mut record = Vec::new();
    let mut field = String::new();
    let mut quoted = false;
    let mut chars = text.trim_start_matches('\u{feff}').chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                field.push('"');
            }
            '"' if quoted => quoted = false,
            _ if quoted => field.push(c),
            '"' if field.is_empty() => quoted = true,
            ',' => record.push(std::mem::take(&mut field)),
            '\r' => {}
            '\n' => end(&mut records, &mut record, &mut field),
            _ => field.push(c),
        }
    }
    if quoted {
        return Err(records.len() + 1);
    }
    end(&mut records, &mut record, &mut field);
    Ok(records)
}

fn end(records: &mut Vec<Vec<String>>, record: &mut Vec<String>, field: &mut String) {
    record.push(std::mem::take(field));
    let record = std::mem::take(record);
    if record.iter().any(|field| !field.trim().is_empty()) {
        records.push(record);
    }
}

fn wrong(detail: String) -> Problem {
    Problem::invalid(vec![FieldError::new("csv", detail)])
}
