//! The template that takes the place of a message for which the 24-hour window is closed.

use crate::inbox::messages::{BodyItem, Split};
use crate::inbox::outbound_messages::{OutboundItem, Step};
use crate::table::client::Change;
use crate::table::encoding::json;
use crate::table::expression::{Condition, Update};
use crate::table::keys::InboxKey;
use crate::{StoreError, TenantStore};
use domain::inbox::outbound_messages::{OutboundMessage, SendState};

impl TenantStore<'_> {
    /// Puts the fallback of a message that waits in the place of its content and price. False if it does not wait any more.
    pub async fn fall_back(self, send: &OutboundMessage) -> Result<bool, StoreError> {
        let Some(fallback) = &send.fallback else { return Ok(false) };
        let step = if matches!(send.state, SendState::Held(_)) { Step::Held } else { Step::Queued };
        let split = Split::from_content(&fallback.content, || fallback.content.readable())?;
        let update = Update::at(InboxKey::Entry(self.tenant, send.conversation.history, send.id))
            .set_or_remove(OutboundItem::CONTENT, split.inline.as_ref())
            .set_or_remove(OutboundItem::PREVIEW, split.preview.as_ref())
            .set(OutboundItem::PRICE, &json(&fallback.price)?)
            .remove(OutboundItem::FALLBACK)
            .when(Condition::is(OutboundItem::STEP, &step));
        let body = InboxKey::Body(self.tenant, send.conversation.history, send.id);
        let body = match split.body {
            Some(json) => Change::update(Update::upsert::<BodyItem>(body).set(BodyItem::CONTENT, &json)),
            None => Change::remove_when(body, Vec::new()),
        };
        self.all(vec![Change::update(update.require_no_status()), body]).await
    }
}
