//! The connected business numbers.

use crate::app::App;
use crate::auth::Caller;
use crate::problem::Problem;
use crate::views::PageView;
use axum::Json;
use axum::extract::State;
use domain::{ChannelId, PhoneNumberId, Text};
use serde::Serialize;
use store::channels::Channel;

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ChannelView {
    id: ChannelId,
    name: Text,
    phone_number: String,
    phone_number_id: PhoneNumberId,
}

impl ChannelView {
    fn of(channel: Channel) -> Self {
        Self { id: channel.id, name: channel.name, phone_number: channel.display, phone_number_id: channel.number }
    }
}

#[derive(Debug, Serialize)]
pub(crate) struct StatusView {
    configured: bool,
    message: &'static str,
    channels: Vec<ChannelView>,
}

/// `GET /api/channels`: all of them, in one page.
pub(crate) async fn list(State(app): State<App>, caller: Caller) -> Result<Json<PageView<ChannelView>>, Problem> {
    let channels = app.store.channels(caller.tenant).await?;
    Ok(Json(PageView { items: channels.into_iter().map(ChannelView::of).collect(), next_cursor: None }))
}

/// `GET /api/whatsapp/status`
pub(crate) async fn status(State(app): State<App>, caller: Caller) -> Result<Json<StatusView>, Problem> {
    let channels = app.store.channels(caller.tenant).await?;
    let configured = !channels.is_empty();
    let message = if configured { "WhatsApp is connected" } else { "WhatsApp is not configured" };
    Ok(Json(StatusView { configured, message, channels: channels.into_iter().map(ChannelView::of).collect() }))
}
