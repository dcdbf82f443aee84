//! Pages of lists.

/// One page of a list, and the mark below which the next one begins.
#[derive(Clone, Debug, PartialEq)]
pub struct Page<T> {
    /// The items, in the list's order.
    pub items: Vec<T>,
    /// Where the next page begins; none if this is the last.
    pub next: Option<String>,
}
