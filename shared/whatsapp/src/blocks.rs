//! Blocks a user for a number, or unblocks them (Cloud API, block users).

use crate::client::Client;
use crate::graph_check::{Refusal, Unanswered};
use domain::inbox::outbound_messages::Address;
use domain::{PhoneNumberId, Secret};
use http::Method;
use serde::Serialize;

#[derive(Serialize)]
struct Request {
    messaging_product: &'static str,
    block_users: [User; 1],
}

/// The user: a phone with its `+`, or the business-scoped ID. A parent ID is not accepted.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum User {
    User(String),
    UserId(String),
}

impl Client {
    /// Has Meta block `who` for `number`, or unblock them. It may be repeated.
    ///
    /// # Errors
    /// [`Unanswered`] if the Graph API does not answer. It may have been done.
    pub async fn block(
        &self,
        number: &PhoneNumberId,
        token: &Secret,
        who: &Address,
        blocked: bool,
    ) -> Result<Result<(), Refusal>, Unanswered> {
        let user = match who {
            Address::Phone(phone) => User::User(phone.e164()),
            Address::Bsuid(bsuid) => User::UserId(bsuid.as_str().to_owned()),
        };
        let method = if blocked { Method::POST } else { Method::DELETE };
        let path = format!("{}/block_users", number.as_str());
        let body = Request { messaging_product: "whatsapp", block_users: [user] };
        Ok(self.tell_by(method, &path, token, &body).await?.map(|_| ()))
    }
}
