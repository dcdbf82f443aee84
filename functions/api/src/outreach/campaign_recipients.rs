//! The recipients of a campaign, by what has become of them.

use super::campaigns::the_campaign;
use crate::Deps;
use crate::app::App;
use crate::views::leads::LeadNames;
use crate::views::{At, PageView};
use crate::web::audit::entry;
use crate::web::auth::{Caller, Viewing};
use crate::web::csv::Csv;
use crate::web::cursor::Cursors;
use crate::web::path::Id;
use crate::web::problem::Problem;
use crate::web::query::{Cursor, Limit, Query, parameters};
use axum::Json;
use axum::extract::State;
use domain::access::audit::Action;
use domain::access::visibility::Viewer;
use domain::channels::failures::Failure;
use domain::inbox::outbound_messages::{OutboundMessage, SendState};
use domain::outreach::campaigns::{CampaignOutcome, Exclusion, RecipientState};
use domain::{CampaignId, ConversationId, LeadId, MessageId, Text, Timestamp};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;
use store::outreach::campaign_recipients::Recipient;

/// How many recipients are looked at for one page.
const MOST_ROWS: usize = 1_000;

/// How many lines a file has at most.
const MOST_LINES: usize = 10_000;

/// A recipient of a campaign.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "CampaignRecipient")]
pub(crate) struct RecipientView {
    /// The lead.
    lead_id: LeadId,
    /// The lead's name. Null if the lead was erased.
    name: Option<Text>,
    /// The lead's phone number. Null if it is not known, or masked for you.
    phone: Option<String>,
    /// What has become of the recipient.
    outcome: CampaignOutcome,
    /// Why the lead gets no message. Null if it gets one.
    exclusion: Option<Exclusion>,
    /// The conversation. Null without a message.
    conversation_id: Option<ConversationId>,
    /// The message. Null without one.
    message_id: Option<MessageId>,
    /// When the message was written.
    sent_at: Option<At>,
    /// When the customer replied.
    replied_at: Option<At>,
    /// Meta's code of the failure.
    error_code: Option<i64>,
}

parameters! {
    /// The recipients to list.
    RecipientsQuery {
        /// Only recipients with this outcome.
        outcome = "outcome": Option<CampaignOutcome>,
        /// The page size.
        limit = "limit": Limit<50>,
        /// The `nextCursor` of the previous page.
        cursor = "cursor": Option<Cursor>,
    }
}

parameters! {
    /// The recipients to export.
    RecipientTableQuery {
        /// Only recipients with this outcome.
        outcome = "outcome": Option<CampaignOutcome>,
    }
}

/// A recipient, and the message as it stands.
struct Row {
    recipient: Recipient,
    message: Option<(OutboundMessage, Option<Timestamp>)>,
    outcome: CampaignOutcome,
}

/// `GET /api/campaigns/{id}/recipients?outcome=&limit=&cursor=`: List the recipients of a campaign, and the leads that get no
/// message. A page may hold fewer than `limit` and still have a `nextCursor`.
pub(crate) async fn list_recipients(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    Id(id): Id<CampaignId>,
    Query(RecipientsQuery { outcome, limit, cursor }): Query<RecipientsQuery>,
) -> Result<Json<PageView<RecipientView>>, Problem> {
    the_campaign(&app, caller, id).await?;
    let cursors = Cursors::for_list(&app, caller.tenant, format!("recipients {id} {outcome:?}"));
    let after = cursors.mark(cursor.as_ref(), "cursor")?.and_then(|mark| LeadId::from_ulid_str(&mark).ok());
    let (rows, next) = rows(&app, caller, id, outcome, after, limit.0, MOST_ROWS).await?;
    let items = views(&app, caller, &viewer, rows).await?;
    Ok(Json(PageView { items, next_cursor: next.map(|lead| cursors.sign(&lead.ulid_str())) }))
}

/// `GET /api/campaigns/{id}/recipients.csv?outcome=`: Export the recipients of a campaign as CSV. The file has the first
/// 10,000, and says in its last line if there are more.
pub(crate) async fn export_recipients(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    Id(id): Id<CampaignId>,
    Query(RecipientTableQuery { outcome }): Query<RecipientTableQuery>,
) -> Result<Csv, Problem> {
    the_campaign(&app, caller, id).await?;
    let exported = entry(&app, caller.by, Action::Exported, &id.to_string(), "recipients as CSV");
    app.store.tenant(caller.tenant).append(&exported).await?;
    let (rows, next) = rows(&app, caller, id, outcome, None, MOST_LINES, MOST_LINES).await?;
    let columns = "leadId,name,phone,outcome,exclusion,messageId,sentAt,repliedAt,errorCode";
    let mut table = Csv::new("recipients.csv", columns);
    for row in views(&app, caller, &viewer, rows).await? {
        table.line([
            row.lead_id.to_string(),
            row.name.map_or_else(String::new, |name| name.as_str().to_owned()),
            row.phone.unwrap_or_default(),
            row.outcome.to_string(),
            row.exclusion.map_or_else(String::new, |why| why.to_string()),
            row.message_id.map_or_else(String::new, |id| id.to_string()),
            row.sent_at.map_or_else(String::new, |At(at)| at.to_string()),
            row.replied_at.map_or_else(String::new, |At(at)| at.to_string()),
            row.error_code.map_or_else(String::new, |code| code.to_string()),
        ]);
    }
    if next.is_some() {
        table.line(["There are more recipients. GET /api/campaigns/{id}/recipients lists all of them.".to_owned()]);
    }
    Ok(table)
}

/// Recipients with this outcome after `after`, of at most `most` that are looked at; and after which it goes on.
async fn rows(
    deps: &Deps,
    caller: Caller,
    id: CampaignId,
    outcome: Option<CampaignOutcome>,
    after: Option<LeadId>,
    limit: usize,
    most: usize,
) -> Result<(Vec<Row>, Option<LeadId>), Problem> {
    let store = deps.store.tenant(caller.tenant);
    let now = deps.clock.now();
    let mut found = Vec::new();
    let mut mark = after;
    let mut looked = 0;
    loop {
        let page = store.recipients(id, mark, 100).await?;
        let messages: Vec<_> = page.items.iter().filter_map(|recipient| recipient.message).collect();
        let mut messages = store.campaign_messages(&messages).await?;
        for recipient in page.items {
            if found.len() == limit {
                return Ok((found, mark));
            }
            mark = Some(recipient.lead);
            looked += 1;
            let message = recipient.message.and_then(|(conversation, id)| messages.remove(&(conversation.history, id)));
            let came_to = match (recipient.state, &message) {
                (RecipientState::Excluded, _) => CampaignOutcome::Excluded,
                (RecipientState::Pending, _) => CampaignOutcome::Pending,
                (RecipientState::Queued, Some((send, replied))) => {
                    CampaignOutcome::from_message(send.shown(now), replied.is_some())
                }
                (RecipientState::Queued, None) => CampaignOutcome::Queued,
            };
            if outcome.is_none_or(|asked| asked == came_to) {
                found.push(Row { recipient, message, outcome: came_to });
            }
        }
        if page.next.is_none() {
            return Ok((found, None));
        }
        if looked >= most {
            return Ok((found, mark));
        }
    }
}

async fn views(deps: &Deps, caller: Caller, viewer: &Viewer, rows: Vec<Row>) -> Result<Vec<RecipientView>, Problem> {
    let ids: Vec<_> = rows.iter().map(|row| row.recipient.lead).collect();
    let leads = deps.store.tenant(caller.tenant).leads(&ids).await?;
    let leads: BTreeMap<_, _> = leads.into_iter().map(|lead| (lead.id, lead)).collect();
    let names = LeadNames { masks_phones: viewer.masks_phones() };
    let view = |Row { recipient, message, outcome }: Row| {
        let lead = leads.get(&recipient.lead);
        let send = message.as_ref().map(|(send, _)| send);
        let ours = |failure: &Failure| failure.code;
        let error_code = send.and_then(|send| match &send.state {
            SendState::Failed(failure) => ours(failure),
            SendState::Scheduled
            | SendState::Cancelled
            | SendState::Queued { .. }
            | SendState::Held(_)
            | SendState::Claimed { .. }
            | SendState::Accepted
            | SendState::Unconfirmed => send.delivery.errors.first().map(|error| error.code),
        });
        RecipientView {
            lead_id: recipient.lead,
            name: lead.map(|lead| names.name(lead, &[])),
            phone: lead.and_then(|lead| names.phone(lead)),
            outcome,
            exclusion: recipient.exclusion,
            conversation_id: recipient.message.map(|(conversation, _)| conversation),
            message_id: recipient.message.map(|(_, message)| message),
            sent_at: send.map(|send| At(send.id.moment())),
            replied_at: message.as_ref().and_then(|(_, replied)| *replied).map(At),
            error_code,
        }
    };
    Ok(rows.into_iter().map(view).collect())
}
