//! Connected WhatsApp business numbers, and what WhatsApp says of them.

pub mod allowances;
pub mod budgets;
pub mod channels;
pub mod notices;
pub mod number_setups;
pub mod numbers;
pub mod resumes;
pub mod sessions;
pub mod signups;
