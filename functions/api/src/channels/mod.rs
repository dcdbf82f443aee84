//! Connected WhatsApp business numbers, and what WhatsApp says of them.

pub(crate) mod budgets;
pub(crate) mod channels;
pub(crate) mod notices;
pub(crate) mod number_setup;
pub(crate) mod numbers;
pub(crate) mod parked;
pub(crate) mod profiles;
pub(crate) mod routes;
pub(crate) mod sessions;
pub(crate) mod signup;
