//! `GET /{version}/dialog/oauth`: the page of Embedded Signup; `GET /{version}/oauth/access_token`: the exchange of its code;
//! `POST /{version}/{phone_number_id}/register`.

use super::{admit, no_such_object, number_for, refuse, stored};
use crate::error::Error;
use crate::graph_error::GraphError;
use crate::signup::{APP_ID, Asked};
use crate::simulator::Simulator;
use crate::tokens::MANAGEMENT;
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;
use serde_json::{Value, json};

/// The page.
pub(super) async fn page(
    State(simulator): State<Simulator>,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Html<String>, Error> {
    let asked = Asked::read(&query)?;
    let choice = |id: &str, display: &str, name: &str| {
        let pairs = query.iter().map(|(key, value)| (key.as_str(), value.as_str())).chain([("number", id)]);
        let inputs: String = pairs.map(|(key, value)| hidden(key, value)).collect();
        format!(
            "<form action=\"/_sim/signup\">{inputs}<button>Share +{} &ndash; {}</button></form>",
            escaped(display),
            escaped(name)
        )
    };
    let numbers = simulator.numbers().iter();
    let numbers: String = numbers
        .map(|number| choice(&number.phone_number_id, &number.display_phone_number, &number.verified_name))
        .collect();
    let what = if asked.on_phone {
        "Confirm in the WhatsApp Business app of the phone that you want to link. The number stays in use there."
    } else {
        "Choose the WhatsApp number that you want to use with the Cloud API."
    };
    let cancel = asked.back(("error", "access_denied"))?;
    Ok(Html(format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>Embedded Signup (simulator)</title><style>body{{font:16px system-ui;max-width:32rem;margin:3rem auto;\
         padding:0 1rem}}button{{font:inherit;width:100%;padding:.8rem;margin:.3rem 0}}</style>\
         <h1>Share a WhatsApp number with Leadwire</h1><p>{what}</p>{numbers}<p><a href=\"{}\">Cancel</a></p></html>",
        escaped(&cancel)
    )))
}

/// What the page's buttons do: the number is shared, and the browser goes back.
pub(crate) async fn confirm(
    State(simulator): State<Simulator>,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Redirect, Error> {
    let number = query.iter().find(|(key, _)| key == "number").map(|(_, value)| value.as_str());
    let number = number.ok_or_else(|| Error::Invalid("number is missing".to_owned()))?;
    Ok(Redirect::to(&simulator.confirm(&Asked::read(&query)?, number)?))
}

fn hidden(name: &str, value: &str) -> String {
    format!("<input type=\"hidden\" name=\"{}\" value=\"{}\">", escaped(name), escaped(value))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[derive(Deserialize)]
pub(super) struct Exchange {
    #[serde(default)]
    client_id: String,
    #[serde(default)]
    client_secret: String,
    #[serde(default)]
    redirect_uri: String,
    #[serde(default)]
    code: String,
}

/// The exchange.
pub(super) async fn exchange(State(simulator): State<Simulator>, Query(asked): Query<Exchange>) -> Response {
    let wrong = |message: &str| refuse(&simulator, &GraphError::platform(400, 100, message));
    if asked.client_id != APP_ID {
        return refuse(
            &simulator,
            &GraphError::platform(400, 101, "Error validating application. Invalid application ID."),
        );
    }
    if asked.client_secret != simulator.config().app_secret {
        return refuse(&simulator, &GraphError::platform(400, 1, "Error validating client secret."));
    }
    match stored(simulator.exchange(&asked.code, &asked.redirect_uri)) {
        Ok(Some(token)) => Json(json!({
            "access_token": token.access_token,
            "token_type": "bearer",
            "expires_in": token.expires_at.map(|at| at.since(simulator.now()).as_secs()),
        }))
        .into_response(),
        Ok(None) => wrong("This authorization code has been used, has expired, or is of another redirect_uri."),
        Err(error) => refuse(&simulator, &error),
    }
}

/// The registration of a number.
pub(super) async fn register(
    State(simulator): State<Simulator>,
    Path((version, id)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let registered = admit(&simulator, &version, &headers).and_then(|token| {
        let number = number_for(&simulator, &token, &id).ok_or_else(|| no_such_object(&id))?;
        if !token.permits(MANAGEMENT) {
            return Err(GraphError::code(200));
        }
        let body: Value = serde_json::from_slice(&body).unwrap_or_default();
        let pin = body["pin"].as_str().unwrap_or_default();
        if pin.len() != 6 || !pin.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(GraphError::with(100, "Param pin must be a string of 6 digits."));
        }
        if simulator.onboarded(number).is_ok_and(|number| number.on_phone) {
            return Err(GraphError::with(133_008, "The number is in use in the WhatsApp Business app."));
        }
        stored(simulator.register(number))
    });
    match registered {
        Ok(()) => Json(json!({"success": true})).into_response(),
        Err(error) => refuse(&simulator, &error),
    }
}
