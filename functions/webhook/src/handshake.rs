//! The handshake by which Meta checks that this address is ours: it repeats our token, we repeat its challenge. The token
//! is the application's, or that of a connected number.

use crate::{Deps, reply};
use domain::Secret;
use domain::channels::channels::VerifyToken;
use lambda_http::http::StatusCode;
use lambda_http::{Body, Request, RequestExt, Response};
use runtime::MetaSecrets;
use whatsapp::signature::{self, HandshakeError};

pub(crate) async fn answer(deps: &Deps, request: &Request) -> Response<Body> {
    let query = request.query_string_parameters();
    let value = |name| query.first(name).unwrap_or_default();
    let mode = value("hub.mode");
    let token = value("hub.verify_token");
    let challenge = value("hub.challenge");
    let check = |secrets: &MetaSecrets| signature::verify_token(mode, token, challenge, &secrets.verify_token);
    let mut checked = deps.checked(check, |error| *error == HandshakeError::Token).await;
    if checked == Err(HandshakeError::Token) && of_a_number(deps, token).await {
        checked = signature::verify_token(mode, token, challenge, &Secret::new(token));
    }
    match checked {
        Ok(challenge) => reply(StatusCode::OK, challenge),
        Err(error) => {
            tracing::warn!(%error, "refused a handshake");
            reply(StatusCode::FORBIDDEN, "the handshake failed: compare the verify token in Meta's dashboard with ours")
        }
    }
}

/// Whether the token is that of a connected number. Where the table cannot be read, the handshake fails; it is repeated by
/// hand.
async fn of_a_number(deps: &Deps, token: &str) -> bool {
    let Ok(token) = VerifyToken::parse(token) else { return false };
    deps.store.is_verify_token(&token).await.unwrap_or_else(|error| {
        tracing::error!(%error, "could not look a verify token up");
        false
    })
}
