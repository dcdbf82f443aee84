//! Any request to the API: a line with method and path, lines with a header each, an empty line, and the body.

use crate::first_line;
use crate::world::World;
use axum::body::Body;
use http::{HeaderName, HeaderValue, Method, Request, Uri};

/// Every request is answered, none of them with a fault of ours; what is refused is so by a problem document.
pub fn run(bytes: &[u8]) {
    let Some(request) = read(bytes) else { return };
    let looks = request.method().is_safe();
    World::with(|world| {
        let answer = world.ask(request);
        looks || !answer.status.is_success()
    });
}

/// The request, if HTTP can carry it.
fn read(bytes: &[u8]) -> Option<Request<Body>> {
    let (line, mut rest) = first_line(bytes);
    let place = line.iter().position(|byte| *byte == b' ')?;
    let method = Method::from_bytes(&line[..place]).ok()?;
    let path = Uri::try_from(&line[place + 1..]).ok()?;
    let mut request = Request::builder().method(method).uri(path);
    loop {
        let (line, after) = first_line(rest);
        rest = after;
        if line.is_empty() {
            return request.body(Body::from(rest.to_vec())).ok();
        }
        let colon = line.iter().position(|byte| *byte == b':')?;
        let name = HeaderName::from_bytes(&line[..colon]).ok()?;
        request = request.header(name, HeaderValue::from_bytes(line[colon + 1..].trim_ascii()).ok()?);
    }
}
