//! Who does something: what stands in the history, in the audit and in a message.

use crate::ids::{ApiKeyId, OperatorId, UserId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// The ID of the user, API key or operator that acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(extend("pattern" = "^((usr|key|opr)_[0-7][0-9A-HJKMNP-TV-Z]{25}|nobody)$"))]
pub enum Actor {
    /// A person of the business.
    User(UserId),
    /// A program of the business.
    ApiKey(ApiKeyId),
    /// Somebody who runs the platform.
    Operator(OperatorId),
    /// Somebody who has not signed in.
    Nobody,
}

/// How nobody is written.
const NOBODY: &str = "nobody";

/// The id of something that does nothing by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected the ID of a user, an API key or an operator")]
pub struct InvalidActor;

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::User(id) => id.fmt(f),
            Self::ApiKey(id) => id.fmt(f),
            Self::Operator(id) => id.fmt(f),
            Self::Nobody => f.write_str(NOBODY),
        }
    }
}

impl FromStr for Actor {
    type Err = InvalidActor;

    fn from_str(text: &str) -> Result<Self, InvalidActor> {
        let user = || text.parse().map(Self::User).ok();
        let key = || text.parse().map(Self::ApiKey).ok();
        let operator = || text.parse().map(Self::Operator).ok();
        let nobody = || (text == NOBODY).then_some(Self::Nobody);
        user().or_else(key).or_else(operator).or_else(nobody).ok_or(InvalidActor)
    }
}

impl TryFrom<String> for Actor {
    type Error = InvalidActor;

    fn try_from(text: String) -> Result<Self, InvalidActor> {
        text.parse()
    }
}

impl From<Actor> for String {
    fn from(actor: Actor) -> Self {
        actor.to_string()
    }
}

impl From<UserId> for Actor {
    fn from(id: UserId) -> Self {
        Self::User(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Timestamp;

    #[test]
    fn an_actor_reads_back_as_what_it_is() {
        let at = Timestamp::from_seconds(1_790_000_000);
        let actors = [
            Actor::User(UserId::from_parts(at, 1)),
            Actor::ApiKey(ApiKeyId::from_parts(at, 1)),
            Actor::Operator(OperatorId::from_parts(at, 1)),
            Actor::Nobody,
        ];
        for actor in actors {
            assert_eq!(actor.to_string().parse(), Ok(actor));
        }
        assert_eq!("led_01M3250VASBF3MSX3QTC83A67F".parse::<Actor>(), Err(InvalidActor));
    }
}
