//! What dealing with an event comes to, where nothing is wrong with it.

/// What became of an event that has been dealt with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ingested {
    /// It is kept: in its place, or aside until what it speaks of comes.
    New,
    /// It was kept before.
    Duplicate,
}
