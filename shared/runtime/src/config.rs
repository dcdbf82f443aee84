//! Reading the environment: the only place that does, so that every error names the variable.

use std::collections::BTreeMap;
use std::fmt;

/// A variable that is missing or wrong. Debug says the same as Display: it is what `main` shows when it fails.
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// It is not set.
    #[error("the environment variable {0} is not set")]
    Missing(&'static str),
    /// It is set to something else than is expected.
    #[error("the environment variable {name} is invalid: {problem}")]
    Wrong {
        /// Which.
        name: &'static str,
        /// What is wrong with it.
        problem: String,
    },
}

impl fmt::Debug for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The variables that a program was started with.
#[derive(Clone, Default)]
pub struct Environment(BTreeMap<String, String>);

impl Environment {
    /// The variables of this process.
    #[must_use]
    pub fn of_process() -> Self {
        Self(std::env::vars().collect())
    }

    /// Exactly these variables.
    #[must_use]
    pub fn from_variables<const N: usize>(variables: [(&str, &str); N]) -> Self {
        Self(variables.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
    }

    /// The same, with what `others` say of variables that are not set here.
    #[must_use]
    pub fn or(mut self, others: impl IntoIterator<Item = (String, String)>) -> Self {
        for (name, value) in others {
            self.0.entry(name).or_insert(value);
        }
        self
    }

    /// A variable that may be missing; an empty one counts as missing.
    #[must_use]
    pub fn optional(&self, name: &'static str) -> Option<String> {
        self.0.get(name).filter(|value| !value.is_empty()).cloned()
    }

    /// A variable that must be there.
    ///
    /// # Errors
    /// [`ConfigError::Missing`], which names it.
    pub fn required(&self, name: &'static str) -> Result<String, ConfigError> {
        self.optional(name).ok_or(ConfigError::Missing(name))
    }
}

/// Shows the names alone: values may be secret.
impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_variable_is_named() {
        let error = Environment::from_variables([("EMPTY", "")]).required("EMPTY").unwrap_err();
        assert_eq!(error.to_string(), "the environment variable EMPTY is not set");
    }

    #[test]
    fn what_is_set_goes_before_what_others_say() {
        let others = [("PORT", "1"), ("LOG_LEVEL", "info")].map(|(name, value)| (name.to_owned(), value.to_owned()));
        let environment = Environment::from_variables([("PORT", "2")]).or(others);
        let found = ["PORT", "LOG_LEVEL"].map(|name| environment.optional(name));
        assert_eq!(found, [Some("2".to_owned()), Some("info".to_owned())]);
    }

    #[test]
    fn debug_shows_no_value() {
        assert!(!format!("{:?}", Environment::from_variables([("WHATSAPP_TOKEN", "EAAG")])).contains("EAAG"));
    }
}
