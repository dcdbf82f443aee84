//! Who may do what: one table. Roles are not an order; what one may do that another may not is said for each permission.

use crate::users::Role;
use crate::words::words;

words! {
    /// Something that a role grants. The word is also the scope by which a token of a program would name it.
    Permission {
        /// Sees leads, conversations and their messages, and the numbers that they come to.
        ReadInbox = "inbox:read",
        /// Sends to customers, moves leads, marks conversations as read.
        ServeCustomers = "inbox:write",
        /// Sees what WhatsApp tells about the account.
        ReadNotices = "notices:read",
        /// Changes how the numbers are connected: by which token is sent.
        ManageChannels = "channels:write",
    }
}

impl Permission {
    /// The roles that grant it.
    #[must_use]
    pub const fn granted_by(self) -> &'static [Role] {
        use Role::{Admin, Agent, Marketer, Owner, Viewer};
        match self {
            Self::ReadInbox => &[Owner, Admin, Marketer, Agent, Viewer],
            Self::ServeCustomers => &[Owner, Admin, Marketer, Agent],
            Self::ReadNotices => &[Owner, Admin, Marketer, Agent, Viewer],
            Self::ManageChannels => &[Owner, Admin],
        }
    }
}

impl Role {
    /// Whether this role grants `permission`.
    #[must_use]
    pub fn may(self, permission: Permission) -> bool {
        permission.granted_by().contains(&self)
    }
}
