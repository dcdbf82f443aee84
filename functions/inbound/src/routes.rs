//! Whose number is whose: asked of the table once a minute.

use crate::error::ProcessError;
use domain::{PhoneNumberId, Timestamp};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use store::Store;
use store::channels::Route;

/// How long an answer is good for.
const GOOD_FOR: Duration = Duration::from_secs(60);

/// Routes that were asked for lately.
#[derive(Debug, Default)]
pub(crate) struct Routes(Mutex<HashMap<PhoneNumberId, (Route, Timestamp)>>);

impl Routes {
    /// Where the events of `number` go.
    pub(crate) async fn of(
        &self,
        store: &Store,
        number: Option<&PhoneNumberId>,
        now: Timestamp,
    ) -> Result<Route, ProcessError> {
        let unknown = || ProcessError::UnknownNumber { number: number.cloned() };
        let number = number.ok_or_else(unknown)?;
        if let Some(route) = self.remembered(number, now) {
            return Ok(route);
        }
        let route = store.route(number).await?.ok_or_else(unknown)?;
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(number.clone(), (route, now));
        Ok(route)
    }

    fn remembered(&self, number: &PhoneNumberId, now: Timestamp) -> Option<Route> {
        let routes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        routes.get(number).filter(|(_, asked)| now.since(*asked) < GOOD_FOR).map(|(route, _)| *route)
    }
}
