//! Gives every request an ID, writes its problem out as a document, and logs one line.

use crate::app::App;
use crate::web::problem::Problem;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{Extensions, HeaderMap, HeaderName, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::Response;
use lambda_http::request::RequestContext;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Longer ids than this are not taken over from the caller.
const LONGEST_ID: usize = 128;

pub(crate) async fn log_request(State(app): State<App>, request: Request, next: Next) -> Response {
    let id = request_id(request.extensions(), request.headers())
        .unwrap_or_else(|| domain::digest::hex(&[&app.random.u128().to_string()]));
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let answer = next.run(request).await;
    log(&id, &method, route.as_deref().unwrap_or("none"), &answer);
    let answer = match answer.extensions().get::<Problem>().cloned() {
        Some(problem) => problem.document(&id, answer),
        None => answer,
    };
    with_id(answer, &id)
}

/// The id under which API Gateway knows the request, or the one that the caller gave it.
fn request_id(extensions: &Extensions, headers: &HeaderMap) -> Option<String> {
    if let Some(RequestContext::ApiGatewayV2(context)) = extensions.get::<RequestContext>() {
        return context.request_id.clone();
    }
    let id = headers.get("x-amzn-requestid")?.to_str().ok()?;
    let fits = (1..=LONGEST_ID).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_graphic());
    fits.then(|| id.to_owned())
}

/// One line for each request: the route and not the path, the problem's kind and not its detail.
fn log(id: &str, method: &Method, route: &str, answer: &Response) {
    let status = answer.status().as_u16();
    let problem = answer.extensions().get::<Problem>().map_or("", Problem::for_log);
    if answer.status().is_server_error() {
        tracing::error!(
            request.id = id, http.method = %method, http.route = route, http.status = status, problem, "failed"
        );
    } else {
        tracing::info!(
            request.id = id, http.method = %method, http.route = route, http.status = status, problem, "answered"
        );
    }
}

fn with_id(mut answer: Response, id: &str) -> Response {
    if let Ok(id) = HeaderValue::from_str(id) {
        answer.headers_mut().insert(REQUEST_ID, id);
    }
    answer
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Deps;
    use crate::web::middleware::catch_panic;
    use axum::body::Body;
    use axum::http::StatusCode;
    use axum::middleware::from_fn_with_state;
    use axum::routing::get;
    use domain::{Secret, Timestamp};
    use emulator::{Emulator, ManualClock};
    use http_body_util::BodyExt;
    use runtime::secrets::Document as _;
    use std::sync::Arc;
    use tower::ServiceExt;

    fn app() -> App {
        let clock = Arc::new(ManualClock::new(Timestamp::from_seconds(1_790_000_000)));
        let emulator = Emulator::memory(Arc::<ManualClock>::clone(&clock)).unwrap();
        let config = emulator.sdk_config();
        let table = store::Table::new(aws_sdk_dynamodb::Client::new(&config), "leadwire".into());
        let json = r#"{"tokenKey":"signature-key-of-at-least-thirty-two-characters","signingSeed":"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="}"#;
        let secrets = runtime::OwnSecrets::parse("test", json).unwrap();
        Arc::new(Deps {
            store: store::Store::new(table),
            clock,
            random: Arc::new(runtime::SystemRandom),
            signing: crate::Signing::by(runtime::Keyring::holding(secrets)),
            passwords: crate::access::password_hashes::Passwords::default(),
            token_key: Secret::new("key"),
            https: true,
            origins: crate::Origins::default(),
            encryptor: encryption::Encryptor::new(encryption::LocalKey::new("local", &Secret::new("key"), || 1)),
            blobs: blobs::Blobs::new(&config, "http://localhost/_bucket", emulator.objects().clone()),
            calls_private: false,
            edge: crate::Edge { realtime_url: String::new(), webhook_url: String::new(), origin_key: None },
            graph: whatsapp::Client::new(whatsapp::transport::http_client().unwrap(), "http://graph.test".to_owned()),
            signups: None,
        })
    }

    async fn panics() -> &'static str {
        panic!("the text that a customer wrote")
    }

    #[tokio::test]
    async fn a_panic_becomes_a_problem_with_an_id_and_says_nothing_of_itself() {
        let app = app();
        let router = axum::Router::new().route("/", get(panics)).layer(catch_panic::layer());
        let router = router.layer(from_fn_with_state(app, log_request));
        let answer = router.oneshot(Request::new(Body::empty())).await.unwrap();
        assert_eq!(answer.status(), StatusCode::INTERNAL_SERVER_ERROR);
        let id = answer.headers().get("x-request-id").unwrap().to_str().unwrap().to_owned();
        let body = answer.into_body().collect().await.unwrap().to_bytes();
        let body: serde_json::Value = serde_json::from_slice(&body).unwrap();
        assert_eq!((&body["type"], &body["requestId"]), (&"/problems/internal".into(), &id.into()));
        assert!(!body.to_string().contains("customer wrote"), "{body}");
    }

    #[test]
    fn an_id_that_the_caller_gave_is_taken_over_if_it_looks_like_one() {
        for (given, taken) in [("JpQX8qB-pdiGtGs=", true), ("two words", false), ("", false)] {
            let headers = HeaderMap::from_iter([("x-amzn-requestid".parse().unwrap(), given.parse().unwrap())]);
            assert_eq!(request_id(&Extensions::new(), &headers).is_some(), taken, "{given}");
        }
    }
}
