//! What a webhook about an account says of the link between its numbers and this app (Cloud API, `account_update`).

use crate::json::Object;
use crate::webhook::Event;
use domain::channels::sessions::LinkReport;

/// The number that the webhooks name which the app's dashboard posts as a test (WhatsApp, Configuration, Test).
pub const DASHBOARD_TEST_NUMBER: &str = "123456123";

/// The field of the webhooks about an account.
const FIELD: &str = "account_update";

/// The report about the link; none if the event is about something else.
#[must_use]
pub fn parse_link_report(event: &Event) -> Option<LinkReport> {
    if event.field != FIELD {
        return None;
    }
    match Object::from_raw(&event.body)?.text("event")?.as_str() {
        "PARTNER_REMOVED" => Some(LinkReport::Removed),
        "ACCOUNT_OFFBOARDED" => Some(LinkReport::Offboarded),
        "ACCOUNT_RECONNECTED" => Some(LinkReport::Reconnected),
        _ => None,
    }
}
