//! The application's secrets: two JSON documents in Secrets Manager, or made by the local stack. Each function fetches
//! those that its role may read.

use crate::config::ConfigError;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::Secret;
use sdk_error::Failure;
use serde::Deserialize;
use std::fmt::Debug;

/// Secrets that cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum SecretsError {
    /// Secrets Manager did not give them.
    #[error("the secret {id} cannot be fetched: {problem}")]
    Unavailable {
        /// Which secret.
        id: String,
        /// What went wrong.
        problem: String,
    },
    /// They are not of the expected shape.
    #[error("the secret {id} cannot be read: {problem}")]
    Unreadable {
        /// Which secret.
        id: String,
        /// What is wrong with it; never its content.
        problem: String,
    },
    /// The configuration does not name them.
    #[error(transparent)]
    Config(#[from] ConfigError),
}

/// One secret of Secrets Manager: a JSON object.
pub trait Document: Clone + Debug + Send + Sync + Sized + 'static {
    /// Reads the document `json`, which was found under `id`.
    ///
    /// # Errors
    /// [`SecretsError::Unreadable`], which names what is wrong without showing it.
    fn parse(id: &str, json: &str) -> Result<Self, SecretsError>;
}

/// What Meta gave us. `webhook` reads this one alone.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MetaSecrets {
    /// What Meta repeats in the webhook's handshake.
    pub verify_token: Secret,
    /// The app secrets by which Meta signs; two while one replaces the other.
    pub app_secrets: Vec<Secret>,
    /// The token by which we send.
    pub access_token: Secret,
}

/// What we made ourselves. `webhook` cannot read it.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OwnSecrets {
    /// The key of cursors and of the names that we give to sends.
    pub token_key: Secret,
    /// The seed of the key that signs access tokens: 32 bytes, base64.
    pub signing_seed: Secret,
    /// The seed before that, while tokens that it signed are still good.
    #[serde(default)]
    pub former_signing_seed: Option<Secret>,
}

/// Both, where one process runs every function.
#[derive(Clone, Debug)]
pub struct Secrets {
    /// What Meta gave us.
    pub meta: MetaSecrets,
    /// What we made ourselves.
    pub own: OwnSecrets,
}

impl Document for MetaSecrets {
    fn parse(id: &str, json: &str) -> Result<Self, SecretsError> {
        let expected = "expected an object with verifyToken, appSecrets and accessToken";
        let secrets: Self = serde_json::from_str(json).map_err(|_| unreadable(id, expected))?;
        if secrets.app_secrets.iter().all(|secret| secret.expose().is_empty()) {
            return Err(unreadable(id, "appSecrets has no secret"));
        }
        Ok(secrets)
    }
}

impl Document for OwnSecrets {
    fn parse(id: &str, json: &str) -> Result<Self, SecretsError> {
        let expected = "expected an object with tokenKey and signingSeed";
        let secrets: Self = serde_json::from_str(json).map_err(|_| unreadable(id, expected))?;
        if secrets.token_key.expose().len() < 32 {
            return Err(unreadable(id, "tokenKey has fewer than 32 characters"));
        }
        if secrets.former_signing_seed.as_ref().is_some_and(|seed| seed_of(seed).is_none()) {
            return Err(unreadable(id, "formerSigningSeed is not 32 bytes in base64"));
        }
        match secrets.signing_seed() {
            Some(_) => Ok(secrets),
            None => Err(unreadable(id, "signingSeed is not 32 bytes in base64")),
        }
    }
}

impl OwnSecrets {
    /// The 32 bytes of the signing seed; none if it is not that.
    #[must_use]
    pub fn signing_seed(&self) -> Option<[u8; 32]> {
        seed_of(&self.signing_seed)
    }

    /// The 32 bytes of the seed before it; none if there is none.
    #[must_use]
    pub fn former_signing_seed(&self) -> Option<[u8; 32]> {
        self.former_signing_seed.as_ref().and_then(seed_of)
    }
}

impl Secrets {
    /// Reads both from one object.
    ///
    /// # Errors
    /// [`SecretsError::Unreadable`], which names what is wrong without showing it.
    pub fn parse(id: &str, json: &str) -> Result<Self, SecretsError> {
        Ok(Self { meta: MetaSecrets::parse(id, json)?, own: OwnSecrets::parse(id, json)? })
    }
}

/// Fetches the document `id` from Secrets Manager.
///
/// # Errors
/// [`SecretsError`] if it cannot be fetched or read.
pub async fn fetch<D: Document>(client: &aws_sdk_secretsmanager::Client, id: &str) -> Result<D, SecretsError> {
    let answer = client.get_secret_value().secret_id(id).send().await.map_err(|error| SecretsError::Unavailable {
        id: id.to_owned(),
        problem: Failure::from_sdk(&error).to_string(),
    })?;
    D::parse(id, answer.secret_string().unwrap_or_default())
}

/// Our own secret, which has this `id`.
///
/// # Errors
/// [`SecretsError`] if it cannot be fetched or read.
pub async fn own(aws: &aws_config::SdkConfig, id: &str) -> Result<OwnSecrets, SecretsError> {
    fetch(&aws_sdk_secretsmanager::Client::new(aws), id).await
}

fn unreadable(id: &str, problem: &str) -> SecretsError {
    SecretsError::Unreadable { id: id.to_owned(), problem: problem.to_owned() }
}

fn seed_of(text: &Secret) -> Option<[u8; 32]> {
    STANDARD.decode(text.expose()).ok()?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unreadable_secret_is_told_without_showing_it() {
        let error = MetaSecrets::parse("app", r#"{"verifyToken":"hush"}"#).unwrap_err().to_string();
        assert!(error.contains("appSecrets") && !error.contains("hush"), "{error}");
    }
}
