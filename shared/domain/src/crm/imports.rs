//! An import of leads: what people choose, what a row comes to, and how far the job has come.

use crate::access::users::EmailAddress;
use crate::crm::import_fields::ImportField;
use crate::crm::import_file::{LONGEST_CELL, Row};
use crate::crm::lead_changes::LeadChange;
use crate::crm::lead_details::{LeadValue, MOST_TAGS, Tag, currency};
use crate::crm::leads::Source;
use crate::crm::selections::Part;
use crate::digest;
use crate::ids::{LeadId, LongJobId, UserId};
use crate::personal::Text;
use crate::phone::{InvalidPhone, Phone, TypedPhone};
use crate::stages::Stage;
use crate::string_enum::string_enum;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The longest name of a lead, in characters.
const LONGEST_NAME: usize = 200;

/// The longest reason for a lost sale, and the longest proof of consent, in characters.
const LONGEST_REASON: usize = 500;

string_enum! {
    /// The handling of rows whose phone number or email address belongs to a lead.
    Duplicates {
        /// The row is skipped.
        Skip = "skip",
        /// The lead is updated. Empty cells change nothing, and tags are added.
        Update = "update",
        /// The lead is updated, and rows without a lead are skipped.
        UpdateOnly = "update_only",
    }
}

/// A file that was announced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportOrder {
    /// Its name.
    pub filename: Text,
    /// Its size in bytes.
    pub size: u64,
    /// What people chose; none before they did.
    pub settings: Option<ImportSettings>,
}

/// What people choose for an import.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportSettings {
    /// What each column holds; a column without a field is left out.
    pub columns: Vec<Option<ImportField>>,
    /// What happens to rows of known leads.
    pub duplicates: Duplicates,
    /// The country code of numbers that have none, in digits.
    pub calling_code: Option<String>,
    /// The stage of new leads whose row names none.
    pub stage: Stage,
    /// The source of new leads whose row names none.
    pub source: Source,
    /// The tags that every lead gets.
    pub tags: BTreeSet<Tag>,
    /// The owner of new leads whose row names none.
    pub owner: Option<UserId>,
    /// The currency of values whose row names none, by its ISO 4217 code.
    pub currency: Option<String>,
    /// How all customers of the file agreed to marketing; none if a column says so, or nobody does.
    pub consent_proof: Option<Text>,
}

/// How far an import has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportPhase {
    /// The file is awaited.
    Upload,
    /// The rows are checked, and nothing is written.
    Check,
    /// The rows were checked.
    Ready,
    /// The rows are written.
    Run,
}

/// Of how many rows what came.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ImportCounts {
    /// New leads.
    pub created: usize,
    /// Leads that were updated.
    pub updated: usize,
    /// Rows that were skipped.
    pub skipped: usize,
    /// Rows with something wrong.
    pub invalid: usize,
}

/// The state of an import.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportProgress {
    /// What is done.
    pub phase: ImportPhase,
    /// When this phase began: repeated steps write the same lines of history.
    pub began: Timestamp,
    /// How many rows are done.
    pub rows: usize,
    /// How many rows there are, once that is known.
    pub total: Option<usize>,
    /// What came of them.
    pub counts: ImportCounts,
    /// The parts of the report.
    pub parts: Vec<Part>,
    /// The name of the whole report, once it is there.
    pub report: Option<String>,
}

impl ImportProgress {
    /// The beginning of a phase.
    #[must_use]
    pub fn begin(phase: ImportPhase, now: Timestamp) -> Self {
        Self {
            phase,
            began: now,
            rows: 0,
            total: None,
            counts: ImportCounts::default(),
            parts: Vec::new(),
            report: None,
        }
    }
}

/// What a row asks for.
#[derive(Clone, Debug)]
pub struct WantedLead {
    /// The row's number.
    pub row: usize,
    /// The details that the row names.
    pub change: LeadChange,
    /// Whether the customer agrees to marketing, and the proof.
    pub consent: Option<(bool, Option<Text>)>,
}

/// What is wrong with a row: the field, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowFault {
    /// The field.
    pub field: ImportField,
    /// What is wrong with it, without what stands there.
    pub detail: String,
}

impl ImportSettings {
    /// What `row` asks for. `owner` gives the user with an email address.
    ///
    /// # Errors
    /// Every [`RowFault`] of the row.
    pub fn lead(
        &self,
        row: &Row,
        width: usize,
        owner: impl Fn(&EmailAddress) -> Option<UserId>,
    ) -> Result<WantedLead, Vec<RowFault>> {
        let mut faults = Vec::new();
        if row.cells.len() != width {
            let detail = format!("The row has {} cells, and the header has {width}.", row.cells.len());
            return Err(vec![RowFault { field: ImportField::Name, detail }]);
        }
        let cells = Cells { settings: self, row };
        let mut wanted = WantedLead { row: row.number, change: LeadChange::default(), consent: self.agreed_by_all() };
        let mut proof = None;
        for field in ImportField::ALL.iter().copied() {
            let Some(text) = cells.text(field) else { continue };
            let read = if text.len() > LONGEST_CELL {
                Err("The cell is too long. Is a quotation mark missing?".to_owned())
            } else {
                self.read(field, text, &mut wanted, &mut proof, &owner)
            };
            faults.extend(read.err().map(|detail| RowFault { field, detail }));
        }
        if wanted.change.name.is_none() {
            let parts = [ImportField::FirstName, ImportField::LastName].map(|field| cells.text(field));
            let name = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
            if !name.is_empty() {
                match name_of(&name) {
                    Ok(name) => wanted.change.name = Some(Some(name)),
                    Err(detail) => faults.push(RowFault { field: ImportField::FirstName, detail }),
                }
            }
        }
        self.settle_value(&mut wanted, &mut faults);
        if let (Some((_, note)), Some(proof)) = (wanted.consent.as_mut(), proof) {
            *note = Some(proof);
        }
        if matches!(wanted.consent, Some((true, None))) {
            let detail = "Consent needs a proof: how and where the customer agreed.".to_owned();
            faults.push(RowFault { field: ImportField::ConsentProof, detail });
        }
        let change = &wanted.change;
        if faults.is_empty() && change.name.is_none() && change.phone.is_none() && change.email.is_none() {
            let detail = "A lead needs a name, a phone number or an email address.".to_owned();
            faults.push(RowFault { field: ImportField::Name, detail });
        }
        if faults.is_empty() { Ok(wanted) } else { Err(faults) }
    }

    fn agreed_by_all(&self) -> Option<(bool, Option<Text>)> {
        self.consent_proof.clone().map(|proof| (true, Some(proof)))
    }

    fn read(
        &self,
        field: ImportField,
        text: &str,
        wanted: &mut WantedLead,
        proof: &mut Option<Text>,
        owner: &impl Fn(&EmailAddress) -> Option<UserId>,
    ) -> Result<(), String> {
        let change = &mut wanted.change;
        match field {
            ImportField::Name => change.name = Some(Some(name_of(text)?)),
            ImportField::FirstName | ImportField::LastName => {}
            ImportField::Phone => change.phone = Some(Some(self.phone(text)?)),
            ImportField::EmailAddress => {
                let email = EmailAddress::parse(text).map_err(|error| error.to_string())?;
                change.email = Some(Some(email));
            }
            ImportField::Stage => change.stage = Some(parsed(text)?),
            ImportField::Source => change.source = Some(parsed(text)?),
            ImportField::Tags => change.tags = Some(tags_of(text)?),
            ImportField::Owner => {
                let email = EmailAddress::parse(text).map_err(|error| error.to_string())?;
                let user = owner(&email).ok_or("No active user has this email address.")?;
                change.owner = Some(Some(user));
            }
            ImportField::Value => {
                change.amount = Some(Some(amount(text).ok_or("expected a number, such as 1500.50")?));
            }
            ImportField::Currency => {
                change.currency = Some(Some(currency(text).map_err(|error| error.to_string())?));
            }
            ImportField::LostReason => change.lost_reason = Some(Some(short(text)?)),
            ImportField::Consent => {
                let allowed = answer(text).ok_or("expected yes or no")?;
                wanted.consent = Some((allowed, self.consent_proof.clone()));
            }
            ImportField::ConsentProof => *proof = Some(short(text)?),
        }
        Ok(())
    }

    /// A value needs a currency; a currency without a value is nobody's fault, and is left out.
    fn settle_value(&self, wanted: &mut WantedLead, faults: &mut Vec<RowFault>) {
        let change = &mut wanted.change;
        let Some(Some(text)) = &change.amount else {
            change.currency = None;
            return;
        };
        let chosen = self.currency.as_deref().and_then(|code| currency(code).ok());
        let Some(code) = change.currency.flatten().or(chosen) else {
            let detail = "A value needs a currency. Choose one for all rows.".to_owned();
            faults.push(RowFault { field: ImportField::Currency, detail });
            return;
        };
        if let Err(error) = LeadValue::parse(text, code) {
            faults.push(RowFault { field: ImportField::Value, detail: error.to_string() });
        }
        change.currency = Some(Some(code));
    }

    fn phone(&self, text: &str) -> Result<Phone, String> {
        // Spreadsheets put an apostrophe before a number that is text.
        let text = text.trim_start_matches('\'');
        let typed = TypedPhone::parse(text);
        let code = self.calling_code.as_deref();
        match (&typed, code) {
            (Ok(typed), _) if !typed.may_lack_country_code() => return Ok(typed.phone().clone()),
            (Ok(_) | Err(InvalidPhone::NoCountryCode), Some(code)) => {
                let digits: String = text.chars().filter(char::is_ascii_digit).collect();
                let national = digits.trim_start_matches('0');
                return Phone::parse(&format!("+{code}{national}")).map_err(|error| error.to_string());
            }
            (Ok(_) | Err(_), _) => {}
        }
        Err(match typed {
            Err(error @ InvalidPhone::NotANumber) => error.to_string(),
            Ok(_) | Err(InvalidPhone::NoCountryCode) => {
                "The country code is missing. Choose one for all rows.".to_owned()
            }
        })
    }

    /// The change of a new lead.
    #[must_use]
    pub fn creation(&self, wanted: &WantedLead) -> LeadChange {
        let mut change = wanted.change.clone();
        change.stage = change.stage.or(Some(self.stage));
        change.source = change.source.or(Some(self.source));
        change.owner = change.owner.or(Some(self.owner));
        change.tags = Some(with_more(self.tags.clone(), change.tags.iter().flatten()));
        change
    }

    /// The change of a lead that is there, which has `tags`.
    #[must_use]
    pub fn update(&self, wanted: &WantedLead, tags: &BTreeSet<Tag>) -> LeadChange {
        let mut change = wanted.change.clone();
        let more = change.tags.iter().flatten().chain(&self.tags);
        change.tags = Some(with_more(tags.clone(), more));
        change
    }
}

/// The lead that a row makes: the same however often it is made.
#[must_use]
pub fn lead_id(job: LongJobId, began: Timestamp, row: usize) -> LeadId {
    LeadId::from_parts(began, digest::bits80(&["import", &job.ulid_str(), &row.to_string()]))
}

/// The cells of a row by their fields.
struct Cells<'a> {
    settings: &'a ImportSettings,
    row: &'a Row,
}

impl<'a> Cells<'a> {
    /// What stands in the column of `field`; none if there is no such column, or the cell is empty.
    fn text(&self, field: ImportField) -> Option<&'a str> {
        let place = self.settings.columns.iter().position(|column| *column == Some(field))?;
        self.row.cells.get(place).map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
    }
}

/// As many tags as a lead may have.
fn with_more<'a>(mut tags: BTreeSet<Tag>, more: impl Iterator<Item = &'a Tag>) -> BTreeSet<Tag> {
    for tag in more {
        if tags.len() < MOST_TAGS {
            tags.insert(tag.clone());
        }
    }
    tags
}

fn name_of(text: &str) -> Result<Text, String> {
    let name = Text::new(text);
    let fits = text.chars().count() <= LONGEST_NAME && !name.is_blank() && !text.chars().any(char::is_control);
    if fits { Ok(name) } else { Err(format!("Use 1 to {LONGEST_NAME} characters, at least one of them visible.")) }
}

fn short(text: &str) -> Result<Text, String> {
    if text.chars().count() <= LONGEST_REASON {
        Ok(Text::new(text))
    } else {
        Err(format!("Use at most {LONGEST_REASON} characters."))
    }
}

fn parsed<T: std::str::FromStr<Err: ToString>>(text: &str) -> Result<T, String> {
    text.parse().map_err(|error: T::Err| error.to_string())
}

fn tags_of(text: &str) -> Result<BTreeSet<Tag>, String> {
    let parts = text.split([',', ';', '|']).map(str::trim).filter(|part| !part.is_empty());
    let tags: BTreeSet<Tag> = parts.map(Tag::parse).collect::<Result<_, _>>().map_err(|error| error.to_string())?;
    if tags.len() > MOST_TAGS { Err(format!("Use at most {MOST_TAGS} tags.")) } else { Ok(tags) }
}

/// Yes or no, in the console's languages.
fn answer(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "yes" | "y" | "true" | "1" | "x" | "si" | "sí" | "s" | "sim" | "हाँ" | "हां" | "subscribed" => {
            Some(true)
        }
        "no" | "n" | "false" | "0" | "não" | "nao" | "नहीं" | "unsubscribed" => Some(false),
        _ => None,
    }
}

/// An amount as people write it, as a decimal number: currency signs and spaces are left out. The last of comma and point
/// is the decimal sign, unless it divides off three digits and is the only kind, or there are several of it.
fn amount(text: &str) -> Option<String> {
    let first = text.find(|c: char| c.is_ascii_digit())?;
    let last = text.rfind(|c: char| c.is_ascii_digit())?;
    let (before, number, after) = (&text[..first], &text[first..=last], &text[last + 1..]);
    let letters = before.chars().chain(after.chars()).filter(|c| c.is_alphabetic()).count();
    let is_number = number.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || ".,'’".contains(c));
    if letters > 3 || !is_number {
        return None;
    }
    let kept: String = number.chars().filter(|c| c.is_ascii_digit() || ".,".contains(*c)).collect();
    let amount = match kept.rfind(['.', ',']) {
        Some(point) => with_point(&kept, point),
        None => kept,
    };
    Some(if before.contains('-') { format!("-{amount}") } else { amount })
}

/// `kept`, digits with commas and points of which the last stands at `point`, as a decimal number.
fn with_point(kept: &str, point: usize) -> String {
    let (sign, other) = if kept[point..].starts_with('.') { ('.', ',') } else { (',', '.') };
    let whole = &kept[..point];
    let fraction = &kept[point + 1..];
    let divides_thousands = whole.contains(sign) || (!kept.contains(other) && fraction.len() == 3);
    let digits = |text: &str| text.replace(['.', ','], "");
    if divides_thousands { digits(kept) } else { format!("{}.{fraction}", digits(whole)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_seconds(1_790_000_000);

    fn settings(columns: &[ImportField]) -> ImportSettings {
        ImportSettings {
            columns: columns.iter().copied().map(Some).collect(),
            duplicates: Duplicates::Skip,
            calling_code: None,
            stage: Stage::New,
            source: Source::Other,
            tags: BTreeSet::new(),
            owner: None,
            currency: None,
            consent_proof: None,
        }
    }

    fn read(settings: &ImportSettings, cells: &[&str]) -> Result<WantedLead, Vec<RowFault>> {
        let row = Row { number: 2, cells: cells.iter().map(|cell| (*cell).to_owned()).collect() };
        settings.lead(&row, settings.columns.len(), |email| {
            (email.as_str() == "ana@example.com").then(|| UserId::from_parts(NOW, 1))
        })
    }

    fn phone(settings: &ImportSettings, text: &str) -> Result<String, String> {
        let read = read(settings, &[text]).map_err(|faults| faults[0].detail.clone())?;
        Ok(read.change.phone.flatten().map(|phone| phone.e164()).unwrap_or_default())
    }

    #[test]
    fn a_number_without_country_code_takes_the_chosen_one_or_is_refused() {
        let none = settings(&[ImportField::Phone]);
        let india = ImportSettings { calling_code: Some("91".to_owned()), ..none.clone() };
        for (text, without, with) in [
            ("+91 98765 43210", "+919876543210", "+919876543210"),
            ("'+4915112345678", "+4915112345678", "+4915112345678"),
            ("919876543210", "+919876543210", "+919876543210"),
            ("98765 43210", "The country", "+919876543210"),
            ("098765-43210", "The country", "+919876543210"),
            ("call me", "expected a phone", "expected a phone"),
        ] {
            for (settings, wanted) in [(&none, without), (&india, with)] {
                let found = phone(settings, text).unwrap_or_else(|detail| detail);
                assert!(found.starts_with(wanted), "{text}: {found}");
            }
        }
    }

    #[test]
    fn an_amount_is_read_as_people_write_it() {
        for (text, wanted) in [
            ("1500", Some("1500")),
            ("1,500.50", Some("1500.50")),
            ("1.500,50 €", Some("1500.50")),
            ("1.500", Some("1500")),
            ("12,5", Some("12.5")),
            ("1,234,567", Some("1234567")),
            ("₹ 12,34,567", Some("1234567")),
            ("Rs. 500", Some("500")),
            ("1 500,00", Some("1500.00")),
            ("-5", Some("-5")),
            ("five", None),
            ("10-20", None),
            ("", None),
        ] {
            assert_eq!(amount(text).as_deref(), wanted, "{text}");
        }
    }

    #[test]
    fn a_row_says_everything_that_is_wrong_with_it_and_repeats_none_of_it() {
        use ImportField::{Consent, EmailAddress, Owner, Phone, Stage, Tags, Value};
        let settings = settings(&[Phone, EmailAddress, Stage, Tags, Owner, Value, Consent]);
        let faults = read(&settings, &["12", "asha", "Closed", "a,,b", "bo@example.com", "7", "yes"]).unwrap_err();
        let fields: Vec<_> = faults.iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(fields, ["phone", "email", "stage", "owner", "currency", "consentProof"]);
        assert!(faults.iter().all(|fault| !fault.detail.contains("Closed") && !fault.detail.contains("asha")));
        assert_eq!(read(&settings, &["", "", "", "", "", "", ""]).unwrap_err()[0].field, ImportField::Name);
        let short = read(&settings, &["12"]).unwrap_err();
        assert_eq!(short[0].detail, "The row has 1 cells, and the header has 7.");
    }

    #[test]
    fn a_new_lead_takes_what_was_chosen_for_all_and_a_known_one_keeps_what_the_row_does_not_name() {
        use ImportField::{FirstName, LastName, Owner, Tags};
        let tag = |text| Tag::parse(text).unwrap();
        let settings = ImportSettings {
            tags: BTreeSet::from([tag("fair")]),
            stage: Stage::Qualified,
            consent_proof: Some(Text::new("Signed at the fair")),
            ..settings(&[FirstName, LastName, Tags, Owner])
        };
        let wanted = read(&settings, &["Asha", "Rao", "vip; late", "ana@example.com"]).unwrap();
        assert_eq!(wanted.consent, Some((true, Some(Text::new("Signed at the fair")))));
        let new = settings.creation(&wanted);
        assert_eq!(new.name, Some(Some(Text::new("Asha Rao"))));
        assert_eq!((new.stage, new.source), (Some(Stage::Qualified), Some(Source::Other)));
        assert_eq!(new.tags.as_ref().map(BTreeSet::len), Some(3));
        let update = settings.update(&wanted, &BTreeSet::from([tag("old")]));
        assert_eq!((update.stage, update.tags.map(|tags| tags.len())), (None, Some(4)));
    }
}
