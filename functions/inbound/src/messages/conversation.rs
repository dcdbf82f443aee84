//! Keeps the facts of a conversation that lists show, and lets a message move the lead's stage.

use super::{Arrival, MAX_RACES, PREVIEW, Placed};
use crate::Deps;
use crate::error::ProcessError;
use domain::inbox::conversations::{LastMessage, Received};
use domain::inbox::history::{self, Entry, Line};
use domain::{Direction, MessageId, Text, Timestamp};
use store::inbox::receipts::Receipt;

/// Updates the conversation, opening it if it is the lead's first on this channel, and lets the message move the stage.
/// False if there is no such lead.
pub(super) async fn update(
    deps: &Deps,
    arrival: &Arrival<'_>,
    placed: Placed,
    arrived: Timestamp,
) -> Result<bool, ProcessError> {
    let tenant = arrival.route.tenant;
    let store = deps.store.tenant(tenant);
    let id = arrival.conversation(placed.history);
    let received = arrival.received(placed.id, arrived);
    if received.profile.is_none() && received.shown.is_none() {
        return Ok(true);
    }
    let conversation = match store.receive(id, &received).await? {
        Some(conversation) => conversation,
        None => {
            if !store.open_conversation(id, placed.lead).await? {
                return Ok(false);
            }
            match store.receive(id, &received).await? {
                Some(conversation) => conversation,
                None => return Ok(false),
            }
        }
    };
    if conversation.stage_open && arrival.message.content.opens_window() {
        store.move_stage(conversation.lead, id, placed.id, arrived, deps.clock.now()).await?;
    }
    Ok(true)
}

/// Shows the present words of an amended message in lists. Of two edits the later one stands whichever came first: the
/// words are read from the message itself, and written only if nobody has changed the conversation since. The worker that
/// stored the message may not have updated the conversation yet, so this does.
pub(super) async fn reword(
    deps: &Deps,
    arrival: &Arrival<'_>,
    placed: Placed,
    parent: Receipt,
) -> Result<(), ProcessError> {
    let tenant = arrival.route.tenant;
    let store = deps.store.tenant(tenant);
    let mut id = arrival.conversation(parent.history);
    for _ in 0..MAX_RACES {
        let conversation = store.conversation_to_change(id).await?;
        let entry = store.entry(parent.history, parent.id).await?;
        let Some(Entry { line: Line::Received(message), .. }) = entry else { return Ok(()) };
        if !message.content.opens_window() {
            return Ok(());
        }
        if id.channel != message.channel {
            id.channel = message.channel;
            continue;
        }
        match conversation {
            Some((conversation, revision)) => {
                let after = conversation.reworded(&present_words(parent.id, &message));
                if after == conversation || store.replace_conversation(&after, revision).await? {
                    return Ok(());
                }
            }
            None if store.open_conversation(id, placed.lead).await? => {}
            None => break,
        }
    }
    Err(ProcessError::Unsettled)
}

/// What a conversation shows of a message whose words have changed.
fn present_words(id: MessageId, message: &history::Received) -> Received {
    let kind = message.content.kind().to_owned();
    let preview = Text::new(message.shown_text().excerpt(PREVIEW));
    let shown = LastMessage { id, direction: Direction::In, kind, preview };
    Received { id, arrived: message.arrived, profile: None, shown: Some(shown) }
}
