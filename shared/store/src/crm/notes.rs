//! What the team writes into a lead's history by hand.

use crate::inbox::messages::event;
use crate::table::client::Conditional;
use crate::{StoreError, TenantStore};
use domain::inbox::history::Event;
use domain::{HistoryId, LeadId, MessageId};

impl TenantStore<'_> {
    /// Writes a line into a lead's history. The same again changes nothing.
    pub async fn write_line(self, lead: LeadId, line: MessageId, said: &Event) -> Result<(), StoreError> {
        let change = event(self.tenant, HistoryId::for_lead(lead), line, said)?;
        match self.table().transact(vec![change]).await? {
            Conditional::Applied(()) | Conditional::Rejected(_) => Ok(()),
        }
    }
}
