//! Items as Rust types. An attribute has a short name in the table, which bills each byte of it, and a full name and a
//! type in Rust. [`item!`] states both once.

use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt;
use std::marker::PhantomData;

/// An item of the table, without its key. The table adds the type and the version when it writes one.
pub(crate) trait Item: Serialize + DeserializeOwned {
    /// The item's type, for the filters of the stream.
    const TYPE: &'static str;
    /// The version of the item's attributes. The table reads no other.
    const VERSION: u8 = 1;
}

/// An attribute of an item, with values of type `T`.
pub(crate) struct Attr<T> {
    name: &'static str,
    value: PhantomData<fn() -> T>,
}

impl<T> Attr<T> {
    /// The attribute called `name` in the table. Only this file and [`item!`] name one.
    pub(crate) const fn new(name: &'static str) -> Self {
        Self { name, value: PhantomData }
    }

    pub(crate) const fn name(&self) -> &'static str {
        self.name
    }
}

impl<T> Clone for Attr<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Attr<T> {}

impl<T> fmt::Debug for Attr<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// The partition key.
pub(crate) const PK: Attr<String> = Attr::new("PK");
/// The sort key.
pub(crate) const SK: Attr<String> = Attr::new("SK");
/// The item's type.
pub(crate) const TYPE: Attr<String> = Attr::new("ty");
/// The item's version.
pub(crate) const VERSION: Attr<u8> = Attr::new("v");
/// The list that contains the item.
pub(crate) const LIST: Attr<String> = Attr::new("GSI1PK");
/// The item's place in its list.
pub(crate) const RANK: Attr<String> = Attr::new("GSI1SK");
/// The second key by which the item is found.
pub(crate) const FOUND_BY: Attr<String> = Attr::new("GSI2PK");
/// The list of waiting conversations that contains the item.
pub(crate) const WAITING_LIST: Attr<String> = Attr::new("GSI3PK");
/// The item's place in the list of waiting conversations.
pub(crate) const WAITING_RANK: Attr<String> = Attr::new("GSI3SK");
/// When the item expires, in seconds since 1970.
pub(crate) const EXPIRES: Attr<i64> = Attr::new("ttl");

/// Defines an item: a struct, its [`Item`] and the constants of its attributes.
///
/// `field: T = "nm" as NAME` is a field of type `T`, and `field?: T` one of type `Option<T>`. Both are `nm` in the
/// table. The constant `NAME` is an `Attr<T>` for updates and conditions.
macro_rules! item {
    (
        $(#[$of_item:meta])*
        $scope:vis struct $Item:ident: $type:literal {
            $(
                $(#[$of_field:meta])*
                $field_scope:vis $field:ident $(?: $optional:ty)? $(: $required:ty)?
                    = $name:literal $(as $CONSTANT:ident)?
            ),* $(,)?
        }
    ) => {
        $(#[$of_item])*
        #[derive(serde::Serialize, serde::Deserialize)]
        $scope struct $Item {
            $(
                $(#[$of_field])*
                #[serde(rename = $name)]
                $field_scope $field: $($required)? $(Option<$optional>)?,
            )*
        }

        impl $crate::table::item::Item for $Item {
            const TYPE: &'static str = $type;
        }

        impl $Item {
            $($crate::table::item::attribute!([$($CONSTANT)?] [$($required)? $($optional)?] $name);)*
        }
    };
}

/// The constant of one attribute, where it has one.
macro_rules! attribute {
    ([] [$value:ty] $name:literal) => {};
    ([$CONSTANT:ident] [$value:ty] $name:literal) => {
        pub(crate) const $CONSTANT: $crate::table::item::Attr<$value> = $crate::table::item::Attr::new($name);
    };
}

pub(crate) use {attribute, item};
