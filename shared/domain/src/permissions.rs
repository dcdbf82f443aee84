//! Who may do what: one table. Roles are not an order; what one may do that another may not is said for each permission.

use crate::users::Role;
use crate::words::words;

words! {
    /// Something that a role grants. The word is also the scope by which a program's key names it.
    Permission {
        /// Sees leads, conversations and their messages, and the numbers that they come to.
        ReadInbox = "inbox:read",
        /// Sends to customers, moves leads, marks conversations as read.
        ServeCustomers = "inbox:write",
        /// Sees what WhatsApp tells about the account.
        ReadNotices = "notices:read",
        /// Sees what of WhatsApp's could not be read, and was kept aside.
        ReadParked = "parked:read",
        /// Changes how the numbers are connected: by which token is sent.
        ManageChannels = "channels:write",
        /// Sees who works here.
        ReadUsers = "users:read",
        /// Invites people, gives them roles, shuts them out.
        ManageUsers = "users:write",
        /// Changes what holds for the whole business.
        ManageSettings = "settings:write",
        /// Makes and revokes keys for programs.
        ManageKeys = "keys:write",
        /// Sees what was done, and by whom.
        ReadAudit = "audit:read",
    }
}

impl Permission {
    /// The roles that grant it.
    #[must_use]
    pub const fn granted_by(self) -> &'static [Role] {
        use Role::{Admin, Agent, Marketer, Owner, Viewer};
        match self {
            Self::ReadInbox | Self::ReadNotices | Self::ReadUsers => &[Owner, Admin, Marketer, Agent, Viewer],
            Self::ServeCustomers => &[Owner, Admin, Marketer, Agent],
            Self::ManageUsers | Self::ManageChannels | Self::ManageKeys | Self::ReadAudit | Self::ReadParked => {
                &[Owner, Admin]
            }
            Self::ManageSettings => &[Owner],
        }
    }

    /// Whether a program's key may have it: a key makes no people and no further keys.
    #[must_use]
    pub const fn is_for_keys(self) -> bool {
        match self {
            Self::ReadInbox | Self::ServeCustomers | Self::ReadNotices | Self::ReadUsers | Self::ReadAudit => true,
            Self::ManageUsers | Self::ManageChannels | Self::ManageSettings | Self::ManageKeys | Self::ReadParked => {
                false
            }
        }
    }
}

impl Role {
    /// Whether this role grants `permission`.
    #[must_use]
    pub fn may(self, permission: Permission) -> bool {
        permission.granted_by().contains(&self)
    }

    /// Whether somebody with this role gives `role` to others, and takes it from them: an owner every role, whoever
    /// else manages people every role but the owner's.
    #[must_use]
    pub fn gives(self, role: Self) -> bool {
        self.may(Permission::ManageUsers) && (role != Self::Owner || self == Self::Owner)
    }
}
