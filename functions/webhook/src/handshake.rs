//! The handshake by which Meta checks that this address is ours: it repeats our token, we repeat its challenge.

use crate::{Deps, reply};
use lambda_http::http::StatusCode;
use lambda_http::{Body, Request, RequestExt, Response};
use runtime::MetaSecrets;
use whatsapp::signature::{self, HandshakeError};

pub(crate) async fn answer(deps: &Deps, request: &Request) -> Response<Body> {
    let query = request.query_string_parameters();
    let value = |name| query.first(name).unwrap_or_default();
    let (mode, token, challenge) = (value("hub.mode"), value("hub.verify_token"), value("hub.challenge"));
    let check = |secrets: &MetaSecrets| signature::verify_token(mode, token, challenge, &secrets.verify_token);
    match deps.checked(check, |error| *error == HandshakeError::Token).await {
        Ok(challenge) => reply(StatusCode::OK, challenge),
        Err(error) => {
            tracing::warn!(%error, "refused a handshake");
            reply(StatusCode::FORBIDDEN, "the handshake failed: compare the verify token in Meta's dashboard with ours")
        }
    }
}
