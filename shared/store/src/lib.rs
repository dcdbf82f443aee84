//! What Leadwire keeps, and how: one DynamoDB table. One file for each kind of item, under the name that it has
//! everywhere else. [`Store`] is asked for what is of no tenant, and [`TenantStore`] for what is of one.

pub mod access;
pub mod channels;
pub mod crm;
pub mod inbox;
pub mod insight;
pub mod outreach;
pub mod reliability;
pub mod table;

pub use table::client::Table;
pub use table::error::StoreError;

use domain::TenantId;

/// Everything that is kept, behind one table.
#[derive(Clone, Debug)]
pub struct Store {
    table: Table,
}

impl Store {
    /// The store in `table`.
    #[must_use]
    pub const fn new(table: Table) -> Self {
        Self { table }
    }

    /// What is kept of one tenant.
    #[must_use]
    pub const fn tenant(&self, tenant: TenantId) -> TenantStore<'_> {
        TenantStore { store: self, tenant }
    }

    /// The table it stands in.
    #[must_use]
    pub const fn table(&self) -> &Table {
        &self.table
    }
}

/// What is kept of one tenant.
#[derive(Clone, Copy, Debug)]
pub struct TenantStore<'a> {
    store: &'a Store,
    tenant: TenantId,
}

impl<'a> TenantStore<'a> {
    /// The table it stands in.
    const fn table(self) -> &'a Table {
        &self.store.table
    }
}

/// How often a change is tried again when another write came between, before the caller is told.
const RACES: usize = 8;
