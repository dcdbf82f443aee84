//! Connected WhatsApp business numbers.

pub mod budgets;
pub mod business_profile;
pub mod causes;
pub mod channels;
pub mod failures;
pub mod number_setup;
pub mod prices;
pub mod sessions;
pub mod signup;
