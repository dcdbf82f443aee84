//! What wraps every route, from the outside in: headers, the request log, CORS, panics; and entity tags where a route asks.

pub(crate) mod catch_panic;
pub mod cors;
pub(crate) mod etag;
pub(crate) mod headers;
pub(crate) mod request_log;
