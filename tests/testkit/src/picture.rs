//! What people see of an app, in words.

use crate::TestApp;
use serde_json::Value;
use std::fmt::Write as _;

impl TestApp {
    /// What people see, and what waits or lies aside.
    ///
    /// # Panics
    /// If the table does not answer.
    pub async fn picture(&self) -> String {
        let mut picture = String::new();
        let mut pages = Vec::new();
        for lead in self.get("/api/leads?limit=100").await.items() {
            let id = lead["id"].as_str().unwrap_or_default();
            pages.push(self.get(&format!("/api/leads/{id}?limit=100")).await.json);
        }
        pages.sort_by_key(|page| page["id"].to_string());
        for lead in pages {
            let stage = plain(&lead["stage"]);
            let unread = &lead["unread"];
            let _ = writeln!(picture, "  {}: {stage}, {unread} unread", plain(&lead["name"]));
            for message in lead["messages"].as_array().into_iter().flatten().rev() {
                let _ = write!(picture, "    {}: {}", plain(&message["type"]), plain(&message["text"]));
                let marks = [("reaction", "reacted"), ("edited", "edited to"), ("replyTo", "answers")];
                for (field, word) in marks.into_iter().filter(|(field, _)| !message[*field].is_null()) {
                    let _ = write!(picture, " [{word} {}]", plain(&message[field]));
                }
                let _ = writeln!(picture, "{}", if message["forwarded"] == true { " [forwarded]" } else { "" });
            }
        }
        for notice in self.get("/api/notices?limit=100").await.items().iter().rev() {
            let _ = writeln!(picture, "  notice: {}", plain(&notice["field"]));
        }
        let waiting = self.count("orphan").await;
        if waiting > 0 {
            let _ = writeln!(picture, "  waiting for their message: {waiting}");
        }
        for parked in self.stack().store().parked(100).await.expect("the table answers") {
            let _ = writeln!(picture, "  parked: {}", parked.reason);
        }
        picture
    }
}

/// The same text in one line, with nothing in it that an editor would not show.
fn plain(text: &Value) -> String {
    let shown = |c: char| if c.is_control() { c.escape_default().to_string() } else { c.to_string() };
    text.as_str().unwrap_or_default().chars().map(shown).collect()
}
