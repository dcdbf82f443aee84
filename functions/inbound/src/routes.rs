//! Whose number is whose: asked of the table once a minute. Whoever asks brings an event, so that the number is known to be
//! heard from: that is written at most once in ten minutes.

use crate::error::ProcessError;
use domain::{ChannelId, PhoneNumberId, Timestamp};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use store::Store;
use store::channels::channels::{HEARD_STEP, ROUTE_REMEMBERED, Route};

/// Routes that were asked for lately.
#[derive(Debug, Default)]
pub(crate) struct Routes {
    asked: Mutex<HashMap<PhoneNumberId, (Route, Timestamp)>>,
    /// When this worker last wrote that a channel was heard from, or found that another one had.
    heard: Mutex<HashMap<ChannelId, Timestamp>>,
}

impl Routes {
    /// Where the events of `number` go.
    pub(crate) async fn find(
        &self,
        store: &Store,
        number: Option<&PhoneNumberId>,
        now: Timestamp,
    ) -> Result<Route, ProcessError> {
        let unknown = || ProcessError::UnknownNumber { number: number.cloned() };
        let number = number.ok_or_else(unknown)?;
        if let Some(route) = self.remembered(number, now) {
            self.hear(store, route, now).await;
            return Ok(route);
        }
        let route = store.route(number).await?.ok_or_else(unknown)?;
        self.hear(store, route, now).await;
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).insert(number.clone(), (route, now));
        Ok(route)
    }

    /// Writes that an event came, unless that is known. Where it cannot be written the next event says it.
    async fn hear(&self, store: &Store, route: Route, now: Timestamp) {
        {
            let mut heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
            if heard.get(&route.channel).is_some_and(|at| now.since(*at) < HEARD_STEP) {
                return;
            }
            heard.insert(route.channel, now);
        }
        if let Err(error) = store.tenant(route.tenant).hear(route.channel, now).await {
            tracing::warn!(%error, "that a number was heard from is not written");
            self.heard.lock().unwrap_or_else(PoisonError::into_inner).remove(&route.channel);
        }
    }

    fn remembered(&self, number: &PhoneNumberId, now: Timestamp) -> Option<Route> {
        let routes = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        routes.get(number).filter(|(_, asked)| now.since(*asked) < ROUTE_REMEMBERED).map(|(route, _)| *route)
    }
}
