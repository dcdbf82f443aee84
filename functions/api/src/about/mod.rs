//! What the API says of itself.

pub(crate) mod health;
pub(crate) mod openapi;
pub(crate) mod routes;
