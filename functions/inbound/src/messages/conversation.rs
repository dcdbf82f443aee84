//! Keeps the facts of a conversation that lists show, and lets a message move the lead's stage.

use super::{Arrival, MAX_RACES, PREVIEW, Placed};
use crate::Deps;
use crate::error::ProcessError;
use domain::conversations::{Last, Received};
use domain::history::{self, Entry, Line};
use domain::{Direction, MessageId, Text, Timestamp};
use store::conversations::Told;
use store::receipts::Receipt;

/// Updates the conversation, opening it if it is the lead's first on this channel, and lets the message move the stage.
/// False if there is no such lead.
pub(super) async fn update(
    deps: &Deps,
    arrival: &Arrival<'_>,
    placed: Placed,
    arrived: Timestamp,
) -> Result<bool, ProcessError> {
    let tenant = arrival.route.tenant;
    let conversation = arrival.conversation(placed.history);
    let received = arrival.received(placed.id, arrived);
    if received.profile.is_none() && received.shown.is_none() {
        return Ok(true);
    }
    let head = match deps.store.receive(tenant, conversation, &received).await? {
        Told::Head(head) => head,
        Told::Missing => {
            if !deps.store.open_conversation(tenant, conversation, placed.lead).await? {
                return Ok(false);
            }
            match deps.store.receive(tenant, conversation, &received).await? {
                Told::Head(head) => head,
                Told::Missing => return Ok(false),
            }
        }
    };
    if head.stage_open && arrival.message.content.counts() {
        let message = (placed.id, arrived);
        deps.store.move_stage(tenant, head.lead, conversation, message, deps.clock.now()).await?;
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
    let mut conversation = arrival.conversation(parent.history);
    for _ in 0..MAX_RACES {
        let head = deps.store.head_to_change(tenant, conversation).await?;
        let entry = deps.store.entry(tenant, parent.history, parent.id).await?;
        let Some(Entry { line: Line::Received(message), .. }) = entry else { return Ok(()) };
        if !message.content.counts() {
            return Ok(());
        }
        if conversation.channel != message.channel {
            conversation.channel = message.channel;
            continue;
        }
        match head {
            Some((head, revision)) => {
                let after = head.reworded(&present_words(parent.id, &message));
                if after == head || deps.store.replace_head(tenant, &after, revision).await? {
                    return Ok(());
                }
            }
            None if deps.store.open_conversation(tenant, conversation, placed.lead).await? => {}
            None => break,
        }
    }
    Err(ProcessError::Unsettled)
}

/// What a conversation shows of a message whose words have changed.
fn present_words(id: MessageId, message: &history::Received) -> Received {
    let kind = message.content.kind().to_owned();
    let preview = Text::new(message.shown_text().excerpt(PREVIEW));
    let shown = Last { id, direction: Direction::In, kind, preview };
    Received { id, arrived: message.arrived, profile: None, shown: Some(shown) }
}
