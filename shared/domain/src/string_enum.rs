//! Closed lists of words: an enum, its spelling in the API, in keys and on screen, and one parsing door.

/// A word that is none of a closed list.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected one of {expected}")]
pub struct UnknownVariant {
    expected: String,
}

impl UnknownVariant {
    /// Names the words that would have done.
    pub(crate) fn expected<'a>(words: impl Iterator<Item = &'a str>) -> Self {
        Self { expected: words.collect::<Vec<_>>().join(", ") }
    }
}

macro_rules! string_enum {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[derive(schemars::JsonSchema)]
        pub enum $name { $($(#[$variant_doc])* #[serde(rename = $word)] $variant),* }

        impl $name {
            /// Every value, in the order in which people read them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word for it, in the API, in keys and on screen.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::string_enum::UnknownVariant;
            fn from_str(text: &str) -> Result<Self, $crate::string_enum::UnknownVariant> {
                let found = Self::ALL.iter().copied().find(|value| value.as_str().eq_ignore_ascii_case(text));
                found.ok_or_else(|| $crate::string_enum::UnknownVariant::expected(Self::ALL.iter().map(|value| value.as_str())))
            }
        }
    };
}
pub(crate) use string_enum;
