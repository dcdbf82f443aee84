//! What the customer's page shows beside the phone: the lead that came of this customer, as the API tells it.

use crate::functions::Functions;
use axum::Json;
use axum::body::Body;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use domain::access::sessions::Session;
use domain::identities::Recognised;
use domain::ids::SessionId;
use domain::{Bsuid, Customer, Phone, TenantId, UserId};
use http::{Request, StatusCode, header};
use runtime::{Clock, Random};
use serde::Deserialize;
use serde_json::json;
use std::sync::{Arc, Mutex, PoisonError};
use store::Store;
use tower::ServiceExt;

/// What the panel asks with.
#[derive(Clone, Debug)]
pub(crate) struct Panel {
    pub(crate) store: Store,
    pub(crate) functions: Functions,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) random: Arc<dyn Random>,
    pub(crate) owner: (TenantId, UserId),
    /// As whom it asks: opened when it asks for the first time.
    pub(crate) session: Arc<Mutex<Option<Session>>>,
}

/// Which customer.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Who {
    wa_id: Option<String>,
    user_id: Option<String>,
}

/// `GET /_local/lead?waId=&userId=`: the lead's page of the API, or 404.
pub(crate) async fn lead(State(panel): State<Panel>, Query(who): Query<Who>) -> Response {
    let customer = Customer {
        phone: who.wa_id.and_then(|phone| Phone::parse(&phone).ok()),
        bsuid: who.user_id.and_then(|id| Bsuid::parse(&id).ok()),
        ..Customer::default()
    };
    match panel.store.tenant(panel.owner.0).recognise(&customer, None).await {
        Ok(Recognised::As { lead, .. }) => panel.ask(&format!("/api/leads/{lead}")).await,
        Ok(Recognised::Stranger { .. }) => {
            (StatusCode::NOT_FOUND, Json(json!({"title": "No lead yet"}))).into_response()
        }
        Err(error) => (StatusCode::SERVICE_UNAVAILABLE, Json(json!({"title": error.to_string()}))).into_response(),
    }
}

impl Panel {
    async fn ask(&self, path: &str) -> Response {
        let Some(token) = self.token().await else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
        let request = Request::get(path).header(header::AUTHORIZATION, format!("Bearer {token}")).body(Body::empty());
        match request {
            Ok(request) => self.functions.api.clone().oneshot(request).await.into_response(),
            Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        }
    }

    /// A token of the demo owner, who looks over the customer's shoulder here.
    async fn token(&self) -> Option<String> {
        let (tenant, id) = self.owner;
        let owner = self.store.tenant(tenant).user(id).await.ok()??;
        let now = self.clock.now();
        let held = self.session.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let session = match held.filter(|session| session.holds(owner.epoch, now)) {
            Some(session) => session,
            None => {
                let id = SessionId::from_parts(now, self.random.u128());
                let session = Session::begun(id, tenant, owner.id, owner.epoch, "The customer's page");
                // Nobody has its refresh token: its digest is that of nothing.
                self.store.open_session(&session, "", None).await.ok()?;
                *self.session.lock().unwrap_or_else(PoisonError::into_inner) = Some(session.clone());
                session
            }
        };
        self.functions.tokens.issue(&session, now).ok()
    }
}
