//! Entity tags of what is polled: who sends the tag of what they have is answered 304 while it is the same. The tag is a
//! digest of the answer, so it cannot be forgotten when a field is added.

use crate::web::problem::Problem;
use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body_util::BodyExt;

/// Gives an answer its tag, or answers 304 in its place.
pub(crate) async fn tag_answer(request: Request, next: Next) -> Response {
    let asked = request.headers().get_all(IF_NONE_MATCH).iter().cloned().collect::<Vec<_>>();
    let answer = next.run(request).await;
    if answer.status() != StatusCode::OK {
        return answer;
    }
    let (mut parts, body) = answer.into_parts();
    let Ok(body) = body.collect().await else {
        return Problem::internal("an answer cannot be read back").into_response();
    };
    let body: Bytes = body.to_bytes();
    let tag = tag(&body);
    let Ok(value) = HeaderValue::try_from(&tag) else {
        return Problem::internal("a tag cannot stand in a header").into_response();
    };
    parts.headers.insert(ETAG, value);
    if matches(&asked, &tag) {
        parts.status = StatusCode::NOT_MODIFIED;
        forget_body(&mut parts.headers);
        return Response::from_parts(parts, Body::empty());
    }
    Response::from_parts(parts, Body::from(body))
}

fn tag(body: &[u8]) -> String {
    format!("\"{:020x}\"", domain::digest::bits80_of(body))
}

/// RFC 9110, 13.1.2: `*`, or a list of tags, compared weakly.
fn matches(asked: &[HeaderValue], tag: &str) -> bool {
    let lists = asked.iter().filter_map(|value| value.to_str().ok());
    let mut tags = lists.flat_map(|list| list.split(',')).map(str::trim);
    tags.any(|one| one == "*" || one.strip_prefix("W/").unwrap_or(one) == tag)
}

fn forget_body(headers: &mut HeaderMap) {
    headers.remove(CONTENT_LENGTH);
    headers.remove(CONTENT_TYPE);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_found_in_a_list_weak_or_strong() {
        let asked = |text: &'static str| [HeaderValue::from_static(text)];
        for same in ["\"a\"", "W/\"a\"", "\"b\", \"a\"", "*"] {
            assert!(matches(&asked(same), "\"a\""), "{same}");
        }
        for other in ["\"b\"", "a", ""] {
            assert!(!matches(&asked(other), "\"a\""), "{other}");
        }
    }
}
