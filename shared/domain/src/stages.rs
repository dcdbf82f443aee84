//! The stages of a sale. A line of the history names them too, so they stand beside the leads that have them.

use crate::string_enum::string_enum;

string_enum! {
    /// The stage of a lead.
    Stage {
        /// Created by the team; has not written yet.
        New = "New",
        /// Wrote for the first time.
        Incoming = "Incoming",
        /// Wrote again.
        Contacted = "Contacted",
        /// Qualified by the team.
        Qualified = "Qualified",
        /// Has received an offer.
        Proposal = "Proposal",
        /// In negotiation.
        Negotiation = "Negotiation",
        /// Bought.
        Won = "Won",
        /// Will not buy.
        Lost = "Lost",
    }
}
