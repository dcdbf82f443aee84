//! Who may do what: one table. Roles are not an order; what one may do that another may not is said for each permission.

use crate::access::users::Role;
use crate::string_enum::string_enum;

string_enum! {
    /// A permission of a role, and the scope of an API key.
    Permission {
        /// Read leads, conversations, messages and channels.
        ReadInbox = "inbox:read",
        /// Send messages, create and change leads, manage conversations.
        ServeCustomers = "inbox:write",
        /// Delete, restore, import and export leads, and define their fields.
        ManageLeads = "leads:write",
        /// Read account notices from WhatsApp.
        ReadNotices = "notices:read",
        /// Read parked webhook deliveries.
        ReadParked = "parked:read",
        /// Change channels and their access tokens.
        ManageChannels = "channels:write",
        /// Create, delete and synchronise message templates.
        ManageTemplates = "templates:write",
        /// Read users and settings.
        ReadUsers = "users:read",
        /// Invite, change and deactivate users.
        ManageUsers = "users:write",
        /// Change the settings of the business.
        ManageSettings = "settings:write",
        /// Create and revoke API keys.
        ManageKeys = "keys:write",
        /// Create, change and delete webhooks, and read their deliveries.
        ManageWebhooks = "webhooks:write",
        /// Read the audit log.
        ReadAudit = "audit:read",
        /// Read what messages cost.
        ReadCosts = "costs:read",
        /// Read reports of messages, leads and response times.
        ReadReports = "reports:read",
        /// Report delivery statuses of messages to `POST /webhook/incoming`.
        ReportStatuses = "statuses:write",
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
            Self::ManageTemplates | Self::ReadCosts => &[Owner, Admin, Marketer],
            Self::ReadReports => &[Owner, Admin, Marketer, Viewer],
            Self::ManageUsers
            | Self::ManageChannels
            | Self::ManageLeads
            | Self::ManageKeys
            | Self::ManageWebhooks
            | Self::ReadAudit
            | Self::ReadParked
            | Self::ReportStatuses => &[Owner, Admin],
            Self::ManageSettings => &[Owner],
        }
    }

    /// Whether a program's key may have it: a key makes no people and no further keys.
    #[must_use]
    pub const fn is_for_keys(self) -> bool {
        match self {
            Self::ReadInbox
            | Self::ServeCustomers
            | Self::ManageLeads
            | Self::ReadNotices
            | Self::ManageTemplates
            | Self::ReadUsers
            | Self::ReadAudit
            | Self::ReadCosts
            | Self::ReadReports
            | Self::ReportStatuses => true,
            Self::ManageUsers
            | Self::ManageChannels
            | Self::ManageSettings
            | Self::ManageKeys
            | Self::ManageWebhooks
            | Self::ReadParked => false,
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
