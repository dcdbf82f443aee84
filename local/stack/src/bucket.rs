//! The bucket of this machine, where browsers put and get files by signed links. Functions reach it without a socket.

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use emulator::Objects;
use emulator::objects::PATH;
use futures::{StreamExt, TryStreamExt};
use http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue,
    X_CONTENT_TYPE_OPTIONS,
};
use http::{Method, StatusCode};
use std::io;

/// Where the bucket is, at the instance that is served at `url`.
pub(crate) fn address(url: &str) -> String {
    format!("{}{PATH}", url.trim_end_matches('/'))
}

/// The bucket as browsers reach it.
pub(crate) fn served(objects: Objects) -> Router {
    Router::new().route(&format!("{PATH}/{{*name}}"), any(serve)).with_state(objects)
}

async fn serve(State(objects): State<Objects>, request: Request) -> Response {
    let mut answer = if request.method() == Method::OPTIONS {
        StatusCode::NO_CONTENT.into_response()
    } else {
        let request = request.map(|body| body.into_data_stream().map_err(io::Error::other).boxed());
        objects.answer(request).await.map(Body::from_stream)
    };
    // Whoever has a link may use it: what a page of another origin reads here, it was given the link to.
    let allowed = [
        (ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD, PUT"),
        (ACCESS_CONTROL_ALLOW_HEADERS, "content-type, range, x-amz-checksum-sha256"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    for (name, value) in allowed {
        answer.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    answer
}
