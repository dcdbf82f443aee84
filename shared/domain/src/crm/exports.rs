//! An export: leads, or the messages of leads, as CSV or JSON.

use crate::crm::long_jobs::csv_line;
use crate::crm::selections::{Part, Selected, Selection};
use crate::ids::MessageId;
use crate::string_enum::string_enum;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// When a file is as large, the export goes on in another one.
pub const FULL_FILE: u64 = 64 * 1024 * 1024;

string_enum! {
    /// What is exported of leads.
    Exported {
        /// The leads themselves.
        Leads = "leads",
        /// The messages of their conversations.
        Messages = "messages",
    }
}

string_enum! {
    /// The format of an export.
    ExportFormat {
        /// Comma-separated values with a header, for spreadsheets.
        Csv = "csv",
        /// An array of objects.
        Json = "json",
    }
}

/// What an export is to hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportOrder {
    /// What of the leads.
    pub what: Exported,
    /// In which format.
    pub format: ExportFormat,
    /// Of which leads.
    pub selection: Selection,
}

/// A finished file of an export.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportFile {
    /// Its name in the bucket.
    pub name: String,
    /// Its size in bytes.
    pub size: u64,
}

/// Where the messages of a lead go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inside {
    /// The history, by its place among those of the lead.
    pub history: usize,
    /// The message below which it goes on.
    pub before: MessageId,
}

/// How far an export has come.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ExportProgress {
    /// Which leads are meant.
    pub selected: Selected,
    /// How many of them are done.
    pub done: usize,
    /// Where the messages of the next one go on.
    pub inside: Option<Inside>,
    /// How many rows were written.
    pub rows: usize,
    /// How many of them are in the file that is being written.
    pub rows_in_file: usize,
    /// The parts of the file that is being written.
    pub parts: Vec<Part>,
    /// The finished files.
    pub files: Vec<ExportFile>,
}

impl ExportFormat {
    /// What a file begins with, given its columns.
    #[must_use]
    pub fn head(self, columns: &[&str]) -> String {
        match self {
            Self::Csv => format!("\u{feff}{}", csv_line(columns.iter().copied())),
            Self::Json => "[\n".to_owned(),
        }
    }

    /// A row; `is_first` is that of a file.
    #[must_use]
    pub fn row(self, row: &Value, columns: &[&str], is_first: bool) -> String {
        match self {
            Self::Csv => {
                let cells: Vec<_> = columns.iter().map(|column| cell(&row[*column])).collect();
                csv_line(cells.iter().map(String::as_str))
            }
            Self::Json => format!("{}{row}", if is_first { "" } else { ",\n" }),
        }
    }

    /// What a file ends with.
    #[must_use]
    pub const fn tail(self) -> &'static str {
        match self {
            Self::Csv => "",
            Self::Json => "\n]\n",
        }
    }
}

fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(cell).collect::<Vec<_>>().join(", "),
        Value::Bool(_) | Value::Number(_) | Value::Object(_) => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_row_is_the_same_in_both_formats_and_no_formula_in_a_spreadsheet() {
        let row = json!({"name": "=HYPERLINK(1)", "tags": ["a", "b"], "value": 1.5, "email": null});
        let columns = ["name", "tags", "value", "email"];
        assert_eq!(ExportFormat::Csv.row(&row, &columns, true), "\"'=HYPERLINK(1)\",\"a, b\",\"1.5\",\"\"\r\n");
        let json = [
            ExportFormat::Json.head(&columns),
            ExportFormat::Json.row(&row, &columns, true),
            ExportFormat::Json.row(&row, &columns, false),
            ExportFormat::Json.tail().to_owned(),
        ];
        assert_eq!(serde_json::from_str::<Value>(&json.concat()).unwrap(), json!([row, row]));
    }
}
