//! The handshake by which Meta checks that this address is ours: it repeats our token, we repeat its challenge.

use crate::{Deps, reply};
use lambda_http::http::StatusCode;
use lambda_http::{Body, Request, RequestExt, Response};
use whatsapp::signature;

pub(crate) fn answer(deps: &Deps, request: &Request) -> Response<Body> {
    let query = request.query_string_parameters();
    let value = |name| query.first(name).unwrap_or_default();
    match signature::verify_token(
        value("hub.mode"),
        value("hub.verify_token"),
        value("hub.challenge"),
        &deps.verify_token,
    ) {
        Ok(challenge) => reply(StatusCode::OK, challenge),
        Err(error) => {
            tracing::warn!(%error, "refused a handshake");
            reply(StatusCode::FORBIDDEN, "the handshake failed: compare the verify token in Meta's dashboard with ours")
        }
    }
}
