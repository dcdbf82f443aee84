//! The account and region that everything here bears.

/// The region in all names and events, the one that AWS's own examples use.
pub(crate) const REGION: &str = "us-east-1";
/// The account in all names.
pub(crate) const ACCOUNT: &str = "000000000000";
