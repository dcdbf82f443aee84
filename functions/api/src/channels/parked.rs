//! Parked webhook deliveries: those that could not be read or were too large, kept in full.

use crate::Deps;
use crate::app::App;
use crate::views::{At, PageView};
use crate::web::auth::Caller;
use crate::web::cursor::Cursors;
use crate::web::path::Id;
use crate::web::problem::Problem;
use crate::web::query::{Cursor, Limit, Query, parameters};
use axum::Json;
use axum::extract::State;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::ids::ParkedId;
use domain::{PhoneNumberId, TenantId};
use schemars::JsonSchema;
use serde::Serialize;
use store::reliability::parked::Parked;

/// The longest body that is shown as text: Lambda gives no answer over 6 MB, and JSON may write a byte in six.
const LONGEST_TEXT: usize = 512 * 1024;

/// A parked webhook delivery.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ParkedView {
    /// The delivery's ID.
    id: ParkedId,
    /// Why the delivery was parked.
    reason: String,
    /// The size in bytes.
    bytes: u64,
    /// When the delivery was parked.
    at: At,
    /// Meta's ID of the business phone number.
    phone_number_id: Option<PhoneNumberId>,
}

impl ParkedView {
    fn new(parked: Parked) -> Self {
        let Parked { id, reason, bytes, at, number } = parked;
        Self { id, reason, bytes, at: At(at), phone_number_id: number }
    }
}

/// A parked webhook delivery with its content.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ParkedWhole")]
pub(crate) struct ParkedBodyView {
    #[serde(flatten)]
    parked: ParkedView,
    /// The encoding of `body`.
    encoding: Encoding,
    /// The content, byte for byte.
    body: String,
}

/// How bytes are encoded in JSON.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub(crate) enum Encoding {
    /// UTF-8 text.
    #[serde(rename = "utf-8")]
    Text,
    /// Base64, for content that is not text or is too long.
    #[serde(rename = "base64")]
    Base64,
}

parameters! {
    /// The deliveries to list.
    ParkedQuery {
        /// The page size.
        limit = "limit": Limit<20>,
        /// The `nextCursor` of the previous page.
        cursor = "cursor": Option<Cursor>,
    }
}

/// `GET /api/parked?limit=&cursor=`: List parked webhook deliveries to the numbers of the business. They could not be
/// read or were too large. The newest comes first.
pub(crate) async fn list_parked_deliveries(
    State(app): State<App>,
    caller: Caller,
    Query(ParkedQuery { limit, cursor }): Query<ParkedQuery>,
) -> Result<Json<PageView<ParkedView>>, Problem> {
    let cursors = Cursors::for_list(&app, caller.tenant, "parked");
    let below = cursors.mark(cursor.as_ref(), "cursor")?;
    let numbers = numbers(&app, caller.tenant).await?;
    let page = app.store.parked_of(&numbers, below.as_deref(), limit.0).await?;
    let next_cursor = page.next.map(|mark| cursors.sign(&mark));
    Ok(Json(PageView { items: page.items.into_iter().map(ParkedView::new).collect(), next_cursor }))
}

/// `GET /api/parked/{id}`: Get a parked webhook delivery with its content.
pub(crate) async fn get_parked_delivery(
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
    Ok(deps.store.tenant(tenant).channels().await?.into_iter().map(|channel| channel.number).collect())
}
