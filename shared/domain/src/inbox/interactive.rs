//! Messages that ask the customer for an answer: buttons, lists, links, a place, a form, products. Their limits are
//! WhatsApp's (Cloud API, interactive messages).

use crate::characters::is_emoji;
use crate::inbox::outbound_media::{MAX_URL, public};
use crate::limits::{Limits, Violation, counted, distinct, id, optional, required};
use crate::personal::Text;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The longest body beside buttons, a link, a place, a form or a product.
const MAX_BODY: usize = 1024;

/// The longest body above a list or several products.
const MAX_LIST_BODY: usize = 4096;

/// The longest header or footer.
const MAX_EDGE: usize = 60;

/// The longest words on a button.
const MAX_BUTTON: usize = 20;

/// The longest id of a button.
const MAX_BUTTON_ID: usize = 256;

/// The longest id of a row of a list, its words and its second line.
const MAX_ROW_ID: usize = 200;
const MAX_ROW: usize = 24;
const MAX_ROW_DESCRIPTION: usize = 72;

/// The longest title of a section.
const MAX_SECTION: usize = 24;

/// How many buttons, sections, rows of all sections, and products of all sections there may be.
const MOST_BUTTONS: usize = 3;
const MOST_SECTIONS: usize = 10;
const MOST_ROWS: usize = 10;
const MOST_PRODUCTS: usize = 30;

/// The longest words on the button that opens a flow.
const MAX_FLOW_BUTTON: usize = 30;

/// Longer than any id of Meta's, and of a product in a shop's own system (100 in a catalogue's feed).
const MAX_ID: usize = 100;

/// Up to three buttons. The customer taps one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Buttons {
    /// The question.
    #[schemars(length(min = 1, max = MAX_BODY))]
    pub body: Text,
    /// A line above it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = MAX_EDGE))]
    pub header: Option<Text>,
    /// A small line below it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = MAX_EDGE))]
    pub footer: Option<Text>,
    /// The buttons.
    #[schemars(length(min = 1, max = MOST_BUTTONS))]
    pub buttons: Vec<ReplyButton>,
}

/// A button that answers with its id.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReplyButton {
    /// What the answer names, and no other button of the message.
    #[schemars(length(min = 1, max = MAX_BUTTON_ID))]
    pub id: String,
    /// What it shows.
    #[schemars(length(min = 1, max = MAX_BUTTON))]
    pub title: Text,
}

/// A list. The customer picks one row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct List {
    /// The question.
    #[schemars(length(min = 1, max = MAX_LIST_BODY))]
    pub body: Text,
    /// A line above it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = MAX_EDGE))]
    pub header: Option<Text>,
    /// A small line below it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = MAX_EDGE))]
    pub footer: Option<Text>,
    /// What the button that opens the list shows.
    #[schemars(length(min = 1, max = MAX_BUTTON))]
    pub button: Text,
    /// The sections, with at most ten rows in all of them together.
    #[schemars(length(min = 1, max = MOST_SECTIONS))]
    pub sections: Vec<ListSection>,
}

/// A part of a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListSection {
    /// What stands above its rows; needed where there are several sections.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = MAX_SECTION))]
    pub title: Option<Text>,
    /// The rows.
    #[schemars(length(min = 1, max = MOST_ROWS))]
    pub rows: Vec<ListRow>,
}

/// A row of a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListRow {
    /// What the answer names, and no other row of the list.
    #[schemars(length(min = 1, max = MAX_ROW_ID))]
    pub id: String,
    /// What it shows.
    #[schemars(length(min = 1, max = MAX_ROW))]
    pub title: Text,
    /// Its second line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = MAX_ROW_DESCRIPTION))]
    pub description: Option<Text>,
}

/// A button that opens a web page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CtaUrl {
    /// What it is about.
    #[schemars(length(min = 1, max = MAX_BODY))]
    pub body: Text,
    /// A line above it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = MAX_EDGE))]
    pub header: Option<Text>,
    /// A small line below it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = MAX_EDGE))]
    pub footer: Option<Text>,
    /// What the button shows.
    #[schemars(length(min = 1, max = MAX_BUTTON))]
    pub title: Text,
    /// The page, with `https://` or `http://`.
    #[schemars(length(min = 1, max = MAX_URL), extend("format" = "uri"))]
    pub url: String,
}

/// Asks the customer where they are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LocationRequest {
    /// Why it is asked.
    #[schemars(length(min = 1, max = MAX_BODY))]
    pub body: Text,
}

/// Asks the customer for the permission to call.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CallPermissionRequest {
    /// Why the business wants to call.
    #[schemars(length(min = 1, max = MAX_BODY))]
    pub body: Text,
}

/// A form that the customer fills in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Flow {
    /// What it is about.
    #[schemars(length(min = 1, max = MAX_BODY))]
    pub body: Text,
    /// A line above it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = MAX_EDGE))]
    pub header: Option<Text>,
    /// A small line below it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = MAX_EDGE))]
    pub footer: Option<Text>,
    /// Meta's id of the flow.
    #[schemars(length(min = 1, max = MAX_ID))]
    pub flow_id: String,
    /// What the button that opens it shows: no emoji.
    #[schemars(length(min = 1, max = MAX_FLOW_BUTTON))]
    pub title: Text,
    /// The screen at which it begins; the flow's first, unless it is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = MAX_ID))]
    pub screen: Option<String>,
    /// The data of the first screen: an object with at least one field. Requires `screen`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Map<String, Value>>")]
    pub data: Option<Map<String, Value>>,
}

/// One product of the catalogue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Product {
    /// What is said about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = MAX_BODY))]
    pub body: Option<Text>,
    /// A small line below it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = MAX_EDGE))]
    pub footer: Option<Text>,
    /// Meta's id of the catalogue.
    #[schemars(length(min = 1, max = MAX_ID))]
    pub catalog_id: String,
    /// The business's own id of the product.
    #[schemars(length(min = 1, max = MAX_ID))]
    pub product_id: String,
}

/// Several products of the catalogue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ProductList {
    /// A line above them.
    #[schemars(length(min = 1, max = MAX_EDGE))]
    pub header: Text,
    /// What is said about them.
    #[schemars(length(min = 1, max = MAX_BODY))]
    pub body: Text,
    /// A small line below them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = MAX_EDGE))]
    pub footer: Option<Text>,
    /// Meta's id of the catalogue.
    #[schemars(length(min = 1, max = MAX_ID))]
    pub catalog_id: String,
    /// The sections, with at most 30 products in all of them together.
    #[schemars(length(min = 1, max = MOST_SECTIONS))]
    pub sections: Vec<ProductSection>,
}

/// A part of a list of products.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ProductSection {
    /// What stands above its products.
    #[schemars(length(min = 1, max = MAX_SECTION))]
    pub title: Text,
    /// The business's own ids of the products.
    #[schemars(length(min = 1, max = MOST_PRODUCTS), inner(length(min = 1, max = MAX_ID)))]
    pub product_ids: Vec<String>,
}

fn edges(header: Option<&Text>, footer: Option<&Text>) -> Result<(), Violation> {
    optional("header", header, MAX_EDGE)?;
    optional("footer", footer, MAX_EDGE)
}

impl Limits for Buttons {
    fn check(&self) -> Result<(), Violation> {
        required("body", &self.body, MAX_BODY)?;
        edges(self.header.as_ref(), self.footer.as_ref())?;
        counted("buttons", self.buttons.len(), "buttons", 1..=MOST_BUTTONS)?;
        for (at, button) in self.buttons.iter().enumerate() {
            button.check().map_err(|error| error.under(&format!("buttons[{at}]")))?;
        }
        let ids = self.buttons.iter().enumerate();
        distinct(ids.map(|(at, button)| (format!("buttons[{at}].id"), button.id.as_str())))
    }
}

impl Limits for ReplyButton {
    fn check(&self) -> Result<(), Violation> {
        id("id", &self.id, MAX_BUTTON_ID)?;
        required("title", &self.title, MAX_BUTTON)
    }
}

impl Limits for List {
    fn check(&self) -> Result<(), Violation> {
        required("body", &self.body, MAX_LIST_BODY)?;
        edges(self.header.as_ref(), self.footer.as_ref())?;
        required("button", &self.button, MAX_BUTTON)?;
        counted("sections", self.sections.len(), "sections", 1..=MOST_SECTIONS)?;
        let rows = self.sections.iter().map(|section| section.rows.len()).sum();
        counted("sections", rows, "rows in all", 1..=MOST_ROWS)?;
        for (at, section) in self.sections.iter().enumerate() {
            let here = format!("sections[{at}]");
            if section.title.is_none() && self.sections.len() > 1 {
                let detail = "is missing: each of several sections has a title";
                return Err(Violation::new(format!("{here}.title"), detail));
            }
            section.check().map_err(|error| error.under(&here))?;
        }
        let rows = self.sections.iter().enumerate().flat_map(|(at, section)| {
            let name = move |row: usize| format!("sections[{at}].rows[{row}].id");
            section.rows.iter().enumerate().map(move |(row, one)| (name(row), one.id.as_str()))
        });
        distinct(rows)
    }
}

impl Limits for ListSection {
    fn check(&self) -> Result<(), Violation> {
        optional("title", self.title.as_ref(), MAX_SECTION)?;
        counted("rows", self.rows.len(), "rows", 1..=MOST_ROWS)?;
        for (at, row) in self.rows.iter().enumerate() {
            row.check().map_err(|error| error.under(&format!("rows[{at}]")))?;
        }
        Ok(())
    }
}

impl Limits for ListRow {
    fn check(&self) -> Result<(), Violation> {
        id("id", &self.id, MAX_ROW_ID)?;
        required("title", &self.title, MAX_ROW)?;
        optional("description", self.description.as_ref(), MAX_ROW_DESCRIPTION)
    }
}

impl Limits for CtaUrl {
    fn check(&self) -> Result<(), Violation> {
        required("body", &self.body, MAX_BODY)?;
        edges(self.header.as_ref(), self.footer.as_ref())?;
        required("title", &self.title, MAX_BUTTON)?;
        let rest = self.url.strip_prefix("https://").or_else(|| self.url.strip_prefix("http://"));
        let rest =
            rest.ok_or_else(|| Violation::new("url", "expected an address that begins with https:// or http://"))?;
        public(&self.url, rest).map_err(|error| Violation::new("url", error.to_string()))
    }
}

impl Limits for LocationRequest {
    fn check(&self) -> Result<(), Violation> {
        required("body", &self.body, MAX_BODY)
    }
}

impl Limits for CallPermissionRequest {
    fn check(&self) -> Result<(), Violation> {
        required("body", &self.body, MAX_BODY)
    }
}

impl Limits for Flow {
    fn check(&self) -> Result<(), Violation> {
        required("body", &self.body, MAX_BODY)?;
        edges(self.header.as_ref(), self.footer.as_ref())?;
        id("flowId", &self.flow_id, MAX_ID)?;
        required("title", &self.title, MAX_FLOW_BUTTON)?;
        if self.title.as_str().chars().any(|c| !c.is_ascii() && is_emoji(c)) {
            return Err(Violation::new("title", "may have no emoji"));
        }
        match (&self.screen, &self.data) {
            (Some(screen), None) => id("screen", screen, MAX_ID),
            (Some(_), Some(data)) if data.is_empty() => Err(Violation::new("data", "is empty")),
            (Some(screen), Some(_)) => id("screen", screen, MAX_ID),
            (None, Some(_)) => Err(Violation::new("data", "is for a screen: name it in screen")),
            (None, None) => Ok(()),
        }
    }
}

impl Limits for Product {
    fn check(&self) -> Result<(), Violation> {
        optional("body", self.body.as_ref(), MAX_BODY)?;
        edges(None, self.footer.as_ref())?;
        id("catalogId", &self.catalog_id, MAX_ID)?;
        id("productId", &self.product_id, MAX_ID)
    }
}

impl Limits for ProductList {
    fn check(&self) -> Result<(), Violation> {
        required("header", &self.header, MAX_EDGE)?;
        required("body", &self.body, MAX_BODY)?;
        edges(None, self.footer.as_ref())?;
        id("catalogId", &self.catalog_id, MAX_ID)?;
        counted("sections", self.sections.len(), "sections", 1..=MOST_SECTIONS)?;
        let products = self.sections.iter().map(|section| section.product_ids.len()).sum();
        counted("sections", products, "products in all", 1..=MOST_PRODUCTS)?;
        for (at, section) in self.sections.iter().enumerate() {
            section.check().map_err(|error| error.under(&format!("sections[{at}]")))?;
        }
        Ok(())
    }
}

impl Limits for ProductSection {
    fn check(&self) -> Result<(), Violation> {
        required("title", &self.title, MAX_SECTION)?;
        counted("productIds", self.product_ids.len(), "products", 1..=MOST_PRODUCTS)?;
        for (at, product) in self.product_ids.iter().enumerate() {
            id(&format!("productIds[{at}]"), product, MAX_ID)?;
        }
        Ok(())
    }
}
