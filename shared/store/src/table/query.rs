//! Reads of neighbouring items, of the table or of an index.

use crate::table::expression::{Condition, Expression};
use crate::table::item::{FOUND_BY, LIST, PK, RANK, SK, WAITING_LIST, WAITING_RANK};
use crate::table::keys::Partition;
use aws_sdk_dynamodb::types::AttributeValue;
use std::collections::HashMap;
use std::fmt::Write as _;

/// Whether a read may be a moment behind the writes. A strong one costs twice as much.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Read {
    /// May be behind.
    Eventual,
    /// Sees every write that was answered before.
    Strong,
}

/// An index of the table.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Index {
    /// Lists.
    Lists,
    /// Finding by another name.
    Finds,
    /// Conversations that wait for our answer.
    Waiting,
}

impl Index {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Lists => "GSI1",
            Self::Finds => "GSI2",
            Self::Waiting => "GSI3",
        }
    }

    const fn pk(self) -> &'static str {
        match self {
            Self::Lists => LIST.name(),
            Self::Finds => FOUND_BY.name(),
            Self::Waiting => WAITING_LIST.name(),
        }
    }

    const fn sk(self) -> &'static str {
        match self {
            Self::Lists | Self::Finds => RANK.name(),
            Self::Waiting => WAITING_RANK.name(),
        }
    }
}

/// A read of neighbouring items.
#[derive(Debug)]
pub(crate) struct Query {
    pub(crate) index: Option<Index>,
    pk: String,
    range: Option<(String, String)>,
    below: Option<String>,
    above: Option<String>,
    pub(crate) newest_first: bool,
    pub(crate) limit: Option<i32>,
    filter: Expression,
    pub(crate) read: Read,
    pub(crate) from: Option<Mark>,
}

/// Where a query stopped, to go on from there.
#[derive(Clone, Debug)]
pub(crate) struct Mark(pub(crate) HashMap<String, AttributeValue>);

impl Query {
    /// All items of a partition of the table.
    pub(crate) fn partition(partition: &Partition) -> Self {
        Self::at(partition.pk())
    }

    fn at(pk: String) -> Self {
        Self {
            index: None,
            pk,
            range: None,
            below: None,
            above: None,
            newest_first: false,
            limit: None,
            filter: Expression::default(),
            read: Read::Eventual,
            from: None,
        }
    }

    /// All entries of a partition of an index.
    pub(crate) fn index(index: Index, pk: String) -> Self {
        Self { index: Some(index), ..Self::at(pk) }
    }

    /// Only sort keys from `low` to `high`, both included.
    pub(crate) fn between(mut self, low: String, high: String) -> Self {
        self.range = Some((low, high));
        self
    }

    /// Only sort keys below `bound`.
    pub(crate) fn below(mut self, bound: String) -> Self {
        self.below = Some(bound);
        self
    }

    /// Only sort keys above `bound`.
    pub(crate) fn above(mut self, bound: String) -> Self {
        self.above = Some(bound);
        self
    }

    pub(crate) const fn newest_first(mut self) -> Self {
        self.newest_first = true;
        self
    }

    /// At most this many items are read (before a filter).
    pub(crate) fn limit(mut self, limit: usize) -> Self {
        self.limit = Some(i32::try_from(limit).unwrap_or(i32::MAX));
        self
    }

    pub(crate) fn only(mut self, condition: Condition) -> Self {
        self.filter.and(condition);
        self
    }

    pub(crate) const fn strong(mut self) -> Self {
        self.read = Read::Strong;
        self
    }

    /// Goes on where an earlier page stopped.
    pub(crate) fn from(mut self, mark: Mark) -> Self {
        self.from = Some(mark);
        self
    }

    pub(crate) fn expression(&self) -> Expression {
        let mut expression = self.filter.clone();
        let (pk, sk) = self.index.map_or((PK.name(), SK.name()), |index| (index.pk(), index.sk()));
        let mut text = format!("{} = {}", expression.name(pk), expression.value(AttributeValue::S(self.pk.clone())));
        if let Some((low, high)) = &self.range {
            let low = AttributeValue::S(low.clone());
            let high = AttributeValue::S(high.clone());
            let _ = write!(text, " AND {} BETWEEN {}", expression.name(sk), expression.value(low));
            let _ = write!(text, " AND {}", expression.value(high));
        } else if let Some(below) = &self.below {
            let below = AttributeValue::S(below.clone());
            let _ = write!(text, " AND {} < {}", expression.name(sk), expression.value(below));
        } else if let Some(above) = &self.above {
            let above = AttributeValue::S(above.clone());
            let _ = write!(text, " AND {} > {}", expression.name(sk), expression.value(above));
        }
        expression.key_condition = Some(text);
        expression
    }
}
