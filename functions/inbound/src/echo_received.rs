//! The business wrote to a customer with its phone app: the echo's phone and user id belong to one person.

use crate::Deps;
use crate::error::ProcessError;
use crate::link;
use domain::{MessageId, TenantId, Timestamp};
use queue::InboundTask;
use whatsapp::{Event, parse_echoes};

/// Links the recipients of the echoes in `task` that we know. `arrived` is when the event first reached us.
pub(crate) async fn receive(
    deps: &Deps,
    task: &InboundTask<Event>,
    tenant: TenantId,
    arrived: Timestamp,
) -> Result<(), ProcessError> {
    for echo in parse_echoes(&task.event) {
        if echo.recipient.identities().len() > 1 {
            let event = MessageId::from_parts(echo.at.unwrap_or(arrived).min(arrived), 0);
            link::known_customer(deps, tenant, &echo.recipient, event).await?;
        }
    }
    Ok(())
}
