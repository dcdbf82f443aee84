//! What WhatsApp delivered and nobody could read: kept aside whole, for the businesses whose numbers it concerns.

use crate::Deps;
use crate::app::App;
use crate::auth::Caller;
use crate::cursor::Cursors;
use crate::path::Id;
use crate::problem::Problem;
use crate::query::{Cursor, Limit, Query, parameters};
use crate::views::{At, PageView};
use axum::Json;
use axum::extract::State;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::ids::ParkedId;
use domain::{PhoneNumberId, TenantId};
use schemars::JsonSchema;
use serde::Serialize;
use store::parked::Parked;

/// The longest body that is shown as text: Lambda gives no answer over 6 MB, and JSON may write a byte in six.
const LONGEST_TEXT: usize = 512 * 1024;

/// A delivery that was kept aside.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ParkedView {
    /// Its id.
    id: ParkedId,
    /// Why it was kept aside.
    reason: String,
    /// How many bytes it has.
    bytes: u64,
    /// When it was kept aside.
    at: At,
    /// Meta's id of the business number that it concerns.
    phone_number_id: Option<PhoneNumberId>,
}

impl ParkedView {
    fn new(parked: Parked) -> Self {
        let Parked { id, reason, bytes, at, number } = parked;
        Self { id, reason, bytes, at: At(at), phone_number_id: number }
    }
}

/// A delivery that was kept aside, with what it holds.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ParkedWhole")]
pub(crate) struct ParkedBodyView {
    #[serde(flatten)]
    parked: ParkedView,
    /// How `body` is written.
    encoding: Encoding,
    /// What was kept aside, byte for byte.
    body: String,
}

/// How bytes are written in JSON.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub(crate) enum Encoding {
    /// As the text that they are.
    #[serde(rename = "utf-8")]
    Text,
    /// In base64: they are no text, or too long for one.
    #[serde(rename = "base64")]
    Base64,
}

parameters! {
    /// Which deliveries.
    ParkedQuery {
        /// How many deliveries a page holds.
        limit = "limit": Limit<20>,
        /// Where the page begins: `nextCursor` of the page before.
        cursor = "cursor": Option<Cursor>,
    }
}

/// `GET /api/parked?limit=&cursor=`: deliveries to the business's numbers that could not be read or were too large, the
/// newest first.
pub(crate) async fn list(
    State(app): State<App>,
    caller: Caller,
    Query(ParkedQuery { limit, cursor }): Query<ParkedQuery>,
) -> Result<Json<PageView<ParkedView>>, Problem> {
    let cursors = Cursors::of(&app, caller.tenant, "parked");
    let below = cursors.mark(cursor.as_ref(), "cursor")?;
    let numbers = numbers(&app, caller.tenant).await?;
    let page = app.store.parked_of(&numbers, below.as_deref(), limit.0).await?;
    let next_cursor = page.next.map(|mark| cursors.seal(&mark));
    Ok(Json(PageView { items: page.items.into_iter().map(ParkedView::new).collect(), next_cursor }))
}

/// `GET /api/parked/{id}`: one of them, with what it holds.
pub(crate) async fn show(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<ParkedId>,
) -> Result<Json<ParkedBodyView>, Problem> {
    let not_found = || Problem::not_found("parked delivery");
    let numbers = numbers(&app, caller.tenant).await?;
    let parked = app.store.parked_event(&numbers, id).await?.ok_or_else(not_found)?;
    let bytes = app.store.parked_bytes(id).await?.ok_or_else(not_found)?;
    let parked = ParkedView::new(parked);
    Ok(Json(match String::from_utf8(bytes) {
        Ok(body) if body.len() <= LONGEST_TEXT => ParkedBodyView { parked, encoding: Encoding::Text, body },
        Ok(long) => ParkedBodyView { parked, encoding: Encoding::Base64, body: STANDARD.encode(long) },
        Err(error) => ParkedBodyView { parked, encoding: Encoding::Base64, body: STANDARD.encode(error.as_bytes()) },
    }))
}

/// The numbers of the business.
async fn numbers(deps: &Deps, tenant: TenantId) -> Result<Vec<PhoneNumberId>, Problem> {
    Ok(deps.store.channels(tenant).await?.into_iter().map(|channel| channel.number).collect())
}
