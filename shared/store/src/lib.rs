//! What Leadwire keeps, and how: one DynamoDB table. One file for each kind of item, under the name that it has
//! everywhere else. The tenant is the first argument of everything that belongs to one.

pub mod api_keys;
pub mod assignments;
pub mod audit;
pub mod chain;
pub mod channels;
pub mod connections;
pub mod conversations;
pub mod due;
mod due_rank;
pub mod error;
mod expression;
pub mod first_contact;
pub mod history;
pub mod idempotency;
pub mod identities;
pub mod inbox;
pub mod invitations;
pub mod keys;
pub mod leads;
pub mod letters;
pub mod messages;
pub mod notices;
pub mod orphans;
pub mod parked;
mod query;
pub mod rates;
mod readers;
pub mod receipts;
pub mod resets;
pub mod schema;
pub mod second_factor;
pub mod sends;
pub mod sessions;
pub mod signals;
pub mod stream;
pub mod table;
pub mod tallies;
pub mod tenants;
pub mod tickets;
pub mod trials;
pub mod users;
pub mod waits;

pub use error::StoreError;
pub use table::Table;

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

    /// The table it stands in.
    #[must_use]
    pub const fn table(&self) -> &Table {
        &self.table
    }
}

/// How often a change is tried again when another write came between, before the caller is told.
const RACES: usize = 8;
